/** What the generator of programs is made of: nodes, ways to make them, and the places in which they fit. */
import type { Random } from './random';
import type { Demand, Sizes, Tree } from './tree';

export const SCALAR: Sizes = ['1', '1'];
const DIMS = ['m', 'n', 'k'] as const;
export const same = (a: Sizes, b: Sizes): boolean => a[0] === b[0] && a[1] === b[1];
export const isScalar = (s: Sizes): boolean => same(s, SCALAR);
export const isSquare = (s: Sizes): boolean => s[0] === s[1];

export interface Context {
  readonly r: Random;
  readonly definitions: readonly Tree[];
  /** The argument of the function whose body is made. */
  readonly parameter?: string;
  /** A tree of this shape that meets this demand, of about this depth. */
  readonly grow: (s: Sizes, demand: Demand, depth: number) => Tree;
}
/** A way to make a value of this shape that meets this demand; undefined where it does not apply. */
export type Make = (c: Context, s: Sizes, depth: number) => Tree | undefined;
/** With how often each is drawn beside the others. */
export type Makers = readonly (readonly [number, Make])[];

export const node = (op: string, shape: Sizes, demand: Demand, args: readonly Tree[], write: Tree['write']): Tree => ({ op, shape, demand, args, write });
export const call = (name: string): Tree['write'] => (a) => `${name}(${a.join(', ')})`;
export const infix = (op: string): Tree['write'] => (a) => `(${a.join(` ${op} `)})`;

/** f applied to arguments of given shapes and demands. */
export const of = (name: string, args: (s: Sizes) => readonly (readonly [Sizes, Demand])[], write: Tree['write'] = call(name), fits: (s: Sizes) => boolean = () => true): Make =>
  (c, s, depth) => (fits(s) ? node(name, s, 'any', args(s).map(([shape, demand]) => c.grow(shape, demand, depth - 1)), write) : undefined);

export const one = (s: Sizes): readonly (readonly [Sizes, Demand])[] => [[s, 'any']];
export const two = (s: Sizes): readonly (readonly [Sizes, Demand])[] => [[s, 'any'], [s, 'any']];
export const matrix = (s: Sizes): boolean => s[0] !== '1' && s[1] !== '1';
export const array = (s: Sizes): boolean => !isScalar(s);
export const vector = (s: Sizes): boolean => s[1] === '1' && s[0] !== '1';
export const isDim = (d: string): boolean => (DIMS as readonly string[]).includes(d);
export const proper = (s: Sizes): boolean => matrix(s) && isSquare(s) && isDim(s[0]);
