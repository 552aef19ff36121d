/** A seeded stream of numbers: the same seed gives the same programs and points on every machine. */
export interface Random {
  /** In [0, 1). */
  next(): number;
  /** A whole number in [0, n). */
  below(n: number): number;
  pick<T>(from: readonly [T, ...T[]] | readonly T[]): T;
  chance(p: number): boolean;
}

/** Mulberry32 (Tommy Ettinger, public domain), seeded through one round of itself. */
export function randomFrom(seed: number): Random {
  let state = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const below = (n: number): number => Math.floor(next() * n);
  return {
    next, below,
    pick: (from) => {
      const at = from[below(from.length)];
      if (at === undefined) throw new Error('nothing to pick from');
      return at;
    },
    chance: (p) => next() < p,
  };
}
