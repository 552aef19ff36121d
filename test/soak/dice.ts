/** Repeatable chance: the same seed throws the same dice on every machine. */
export interface Dice {
  /** A whole number from 0 to below `n`. */
  (n: number): number;
}

/** Mulberry32 (Ettinger 2017). */
export function dice(seed: number): Dice {
  let state = seed >>> 0;
  return (n) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 2 ** 32) * n);
  };
}

export const one = <T>(roll: Dice, list: readonly T[]): T => list[roll(list.length)] as T;
