/** Sizes for the dimension names of a program: distinct and greater than 1 unless `dim` says otherwise. */
import { evaluateDim, dimNames, type Dim } from '../algebra/dim';
import type { Program } from '../algebra/program';
import { randomFrom } from './points-random';

export type Sizes = ReadonlyMap<string, number>;

/** In the order in which they are preferred: big enough to tell sides apart, small enough to be quick. */
const POOL = [3, 2, 4, 5, 6, 7, 8, 9, 10, 11, 12] as const;
const SEARCH_BUDGET = 20_000;
const ENOUGH_SOLUTIONS = 60;

const known = (d: Dim, sizes: Sizes): boolean => [...dimNames(d)].every((n) => sizes.has(n));

/** Whether every fact and every variable's shape that can be decided already is all right. */
function fits(program: Program, sizes: Sizes): boolean {
  for (const f of program.dimFacts) {
    if (!known(f.left, sizes) || !known(f.right, sizes)) continue;
    const [a, b] = [evaluateDim(f.left, sizes), evaluateDim(f.right, sizes)];
    if (f.op === '=' ? a !== b : a < b) return false;
  }
  for (const v of program.variables.values()) for (const d of [v.shape.rows, v.shape.cols]) {
    if (!known(d, sizes)) continue;
    const size = evaluateDim(d, sizes);
    if (!Number.isInteger(size) || size < 1) return false;
  }
  return true;
}

function search(program: Program, names: readonly string[], pool: readonly number[], distinct: boolean): readonly Sizes[] {
  const found: Sizes[] = [];
  let budget = SEARCH_BUDGET;
  const place = (k: number, sizes: Map<string, number>): void => {
    if (found.length >= ENOUGH_SOLUTIONS || budget-- <= 0) return;
    const name = names[k];
    if (name === undefined) {
      found.push(new Map(sizes));
      return;
    }
    for (const value of pool) {
      if (distinct && [...sizes.values()].includes(value)) continue;
      sizes.set(name, value);
      if (fits(program, sizes)) place(k + 1, sizes);
      sizes.delete(name);
    }
  };
  const fixed = new Map(program.sizes);
  if (!fits(program, fixed)) return [];
  place(0, fixed);
  return found;
}

/**
 * Sizes to try, the cheapest first; the seed orders equal ones. Distinct where the relations allow it.
 * Empty where no sizes up to 12 satisfy the relations. `preferred` are tried before the usual small ones.
 */
export function sizesToTry(program: Program, seed: number, preferred?: readonly number[]): readonly Sizes[] {
  const names = [...program.dimensions.keys()].filter((n) => !program.sizes.has(n));
  const pools = [...(preferred ? [preferred] : []), POOL.slice(0, Math.max(3, names.length + 1)), POOL, [...POOL, 1]];
  for (const distinct of [true, false]) for (const pool of pools) {
    const found = search(program, names, pool, distinct);
    if (found.length === 0) continue;
    const random = randomFrom(seed, 'sizes');
    const cost = (s: Sizes): number => [...s.values()].reduce((t, x) => t + x * x + (x === 2 ? 3 : 0), 0);
    return found.map((s) => ({ s, key: cost(s) + random.next() })).sort((a, b) => a.key - b.key).map(({ s }) => s);
  }
  return [];
}

/** The rest, those that differ in most names from what was used first: a size that hides a mistake does not stay. */
export const furthestFirst = (rest: readonly Sizes[], used: Sizes): readonly Sizes[] => {
  const same = (s: Sizes): number => [...s].filter(([name, x]) => used.get(name) === x).length;
  return rest.map((s, i) => ({ s, key: same(s) * 1000 + i })).sort((a, b) => a.key - b.key).map(({ s }) => s);
};
