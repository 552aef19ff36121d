/** What a step costs: flops as a polynomial in the dimensions, and nanoseconds at sizes that stand for typical ones. */
import { D1, evaluateDim, isOne, mulDim, scaleDim, type Dim, type Shape } from '../algebra/dim';
import type { DimFact } from '../algebra/program';

/** Nanoseconds a flop, from measurements of the kernels (Node 20), rounded; a step costs CALL on top. */
export const RATES = {
  multiply: 0.22, symmetric: 0.24, triangular: 0.24, solveMany: 0.3, cholesky: 0.35, lu: 0.45, inverse: 0.4, vector: 0.45, solveOne: 0.6, outer: 0.7,
  entry: 0.8, map: 8, eigen: 1.2, kernel: 1, call: 40,
} as const;

export type Flops = Dim;
export const area = (s: Shape): Dim => mulDim(s.rows, s.cols);
export const flopsOf = (by: number, ...dims: readonly Dim[]): Flops => scaleDim(dims.reduce(mulDim, D1), by);

export interface Sizes { readonly of: (dim: Dim) => number }

/**
 * Sizes for comparing plans: given ones; else 1000 for what only counts rows of data, 10 for what counts right-hand sides (columns of
 * the result and of arrays whose rows are another's columns), 100 for the rest; known relations `m >= n` give m = 10 n.
 */
export function typicalSizes(given: ReadonlyMap<string, number>, inputs: readonly Shape[], result: Shape, facts: readonly Relation[]): Sizes {
  const sizes = new Map<string, number>(given);
  const rowsOnly = new Set<string>();
  const others = new Set<string>();
  for (const s of inputs) {
    for (const t of s.rows.terms) for (const n of t.names) (isOne(s.cols) || s.rows.key === s.cols.key ? new Set<string>() : rowsOnly).add(n);
    for (const t of s.cols.terms) for (const n of t.names) others.add(n);
  }
  const countsRightSides = (name: string): boolean =>
    others.has(name) && !rowsOnly.has(name) && result.cols.key === name && result.rows.key !== name
    && inputs.some((s) => s.cols.key === name && s.rows.key !== name && others.has(s.rows.key));
  const lookUp = (name: string): number => {
    const known = sizes.get(name);
    if (known !== undefined) return known;
    const larger = facts.some((f) => f.op === '>=' && f.left.key === name && f.right.key !== name);
    const size = larger || (rowsOnly.has(name) && !others.has(name)) ? 1000 : countsRightSides(name) ? 10 : 100;
    sizes.set(name, size);
    return size;
  };
  return sizesBy((name) => lookUp(name));
}
export type Relation = Pick<DimFact, 'left' | 'op' | 'right'>;

/** Sizes from what each name stands for. */
export function sizesBy(lookUp: (name: string) => number): Sizes {
  const cache = new Map<string, number>();
  return {
    of: (dim) => {
      const known = cache.get(dim.key);
      if (known !== undefined) return known;
      const sizes = new Map<string, number>();
      for (const t of dim.terms) for (const n of t.names) sizes.set(n, lookUp(n));
      const value = evaluateDim(dim, sizes);
      cache.set(dim.key, value);
      return value;
    },
  };
}

/** `2*m*n^2 + n^3/3`. */
export function flopsText(flops: Flops): string {
  if (flops.terms.length === 0) return '0';
  return flops.terms.map((t, i) => {
    const size = Math.abs(t.coefficient);
    const third = !Number.isInteger(size) && Math.abs(size * 3 - Math.round(size * 3)) < 1e-9;
    const [over, by] = Number.isInteger(size) ? [size, 1] : third ? [Math.round(size * 3), 3] : [Math.round(size * 2), 2];
    const body = monomial(t.names);
    const text = (body === '' ? `${over}` : over === 1 ? body : `${over}*${body}`) + (by === 1 ? '' : `/${by}`);
    return i === 0 ? (t.coefficient < 0 ? `-${text}` : text) : `${t.coefficient < 0 ? '-' : '+'} ${text}`;
  }).join(' ');
}
function monomial(names: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const n of names) counts.set(n, (counts.get(n) ?? 0) + 1);
  return [...counts].map(([n, c]) => (c === 1 ? n : `${n}^${c}`)).join('*');
}
