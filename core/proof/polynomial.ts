/** Polynomials in letters that do not commute, such as `s - a + a*U*t*V*a`, with scalars that do: the free algebra in which claims are proved. */
import { isScalar, sameDim, shape, type Dim, type Shape } from '../algebra/dim';
import { addQ, isZeroQ, keyQ, mulQ, type Rational } from '../algebra/rational';

/** A product of letters; the empty one is the identity. */
export type Word = readonly number[];
/** Scalars times a word: the scalars are sorted, and stand as often as their power says. */
export interface Monomial { readonly scalars: readonly number[]; readonly word: Word }
export interface Summand extends Monomial { readonly coefficient: Rational }
export interface Polynomial { readonly shape: Shape; readonly terms: ReadonlyMap<string, Summand> }
/** A word and what it maps between. */
export interface Path { readonly shape: Shape; readonly word: Word }

/** What does not fit the algebra: proving gives up. */
export class Unfit extends Error {}

export const monomialKey = (m: Monomial): string => `${m.scalars.join(',')}|${m.word.join(',')}`;
export const pathKey = (p: Path): string => `${p.shape.rows.key}×${p.shape.cols.key}:${p.word.join(',')}`;

/** Adds a summand in place. */
export function put(into: Map<string, Summand>, t: Summand): void {
  const key = monomialKey(t);
  const old = into.get(key);
  const coefficient = old ? addQ(old.coefficient, t.coefficient) : t.coefficient;
  if (isZeroQ(coefficient)) into.delete(key);
  else into.set(key, { ...t, coefficient });
}

export function polynomial(s: Shape, terms: Iterable<Summand>): Polynomial {
  const made = new Map<string, Summand>();
  for (const t of terms) put(made, t);
  return { shape: s, terms: made };
}
export const zero = (s: Shape): Polynomial => ({ shape: s, terms: new Map() });
export const isZero = (p: Polynomial): boolean => p.terms.size === 0;

export function add(...all: readonly [Polynomial, ...Polynomial[]]): Polynomial {
  return polynomial(all[0].shape, all.flatMap((p) => [...p.terms.values()]));
}
export const scale = (by: Rational, p: Polynomial): Polynomial => polynomial(p.shape, [...p.terms.values()].map((t) => ({ ...t, coefficient: mulQ(by, t.coefficient) })));

export const merged = (a: readonly number[], b: readonly number[]): readonly number[] =>
  a.length === 0 ? b : b.length === 0 ? a : [...a, ...b].sort((x, y) => x - y);

/** The scalars of `a` without those of `b`; undefined where b's are not all among them. */
export function without(a: readonly number[], b: readonly number[]): readonly number[] | undefined {
  if (b.length === 0) return a;
  const out: number[] = [];
  let k = 0;
  for (const x of a) {
    if (k < b.length && b[k] === x) k++;
    else out.push(x);
  }
  return k === b.length ? out : undefined;
}

/** The shape of a product; scalars fit everywhere. */
export function productShape(a: Shape, b: Shape): Shape {
  if (isScalar(a)) return b;
  if (isScalar(b)) return a;
  if (!sameDim(a.cols, b.rows)) throw new Unfit(`a product over ${a.cols.key} and ${b.rows.key}`);
  return shape(a.rows, b.cols);
}
export const flipped = (s: Shape): Shape => shape(s.cols, s.rows);
export const square = (n: Dim): Shape => shape(n, n);

/** What tells polynomials apart: equal keys are equal polynomials. */
export const polynomialKey = (p: Polynomial): string =>
  `${p.shape.rows.key}×${p.shape.cols.key}:${[...p.terms].map(([key, t]) => `${keyQ(t.coefficient)}*${key}`).sort().join(' + ')}`;

/** The only term of a polynomial. */
export const onlyTerm = (p: Polynomial): Summand | undefined => (p.terms.size === 1 ? [...p.terms.values()][0] : undefined);
