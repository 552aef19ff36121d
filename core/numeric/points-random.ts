/** Reproducible draws: the same seed gives the same points on every machine. */

export interface Random {
  /** In [0, 1). */
  next(): number;
  /** A whole number from `low` to `high`, both included. */
  whole(low: number, high: number): number;
  pick<T>(items: readonly [T, ...T[]]): T;
}

/** The generator mulberry32 (Tommy Ettinger, 2017), started from a number and any texts that tell streams apart. */
export function randomFrom(seed: number, ...streams: readonly (string | number)[]): Random {
  let state = seed >>> 0;
  for (const ch of streams.join('|')) state = (Math.imul(state ^ (ch.codePointAt(0) ?? 0), 0x01000193) + 0x9e3779b9) >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const whole = (low: number, high: number): number => low + Math.floor(next() * (high - low + 1));
  return { next, whole, pick: (items) => items[whole(0, items.length - 1)] ?? items[0] };
}
