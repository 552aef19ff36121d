/**
 * Expressions for machines: what the planner works on. Simpler than the graph of the engine (scalars are coefficients,
 * operators are calls), hash-consed per generated function, and every transpose is pushed down to the leaves.
 */
import type { Dim, Shape } from '../algebra/dim';
import type { StructureWord } from '../algebra/program';
import type { Rational } from '../algebra/rational';

interface Base {
  readonly id: number;
  readonly shape: Shape;
}
/** A parameter of the generated function, or an array or index that the emitter names itself (`local`). */
export interface Leaf extends Base { readonly kind: 'leaf'; readonly name: string; readonly words: ReadonlySet<StructureWord>; readonly local: boolean }
export interface Num extends Base { readonly kind: 'number'; readonly value: Rational }
/** A scalar that is JavaScript already: `Math.PI`, or a loop's index as a whole number from 0. */
export interface Literal extends Base { readonly kind: 'literal'; readonly text: string }
export interface Size extends Base { readonly kind: 'size'; readonly dim: Dim }
export interface Identity extends Base { readonly kind: 'identity' }
export interface Ones extends Base { readonly kind: 'ones' }
export interface Zeros extends Base { readonly kind: 'zeros' }
/** A column of the identity; `index` counts from 0. */
export interface Unit extends Base { readonly kind: 'unit'; readonly index: Expr }
/** Rows from.. of the identity, `from` counted from 0. */
export interface Range extends Base { readonly kind: 'range'; readonly from: Dim }
/** The transpose of something that cannot take it in: a leaf, a unit, a range, a call. */
export interface Transpose extends Base { readonly kind: 'transpose'; readonly arg: Expr }
/** A product of at least two arrays without scalar factors; its result may be 1×1. */
export interface Product extends Base { readonly kind: 'product'; readonly factors: readonly Expr[] }
export interface Term { readonly coefficient: Expr; readonly arg: Expr }
/** Coefficients are scalars (numbers where the sum itself is a scalar). A scaled array is a sum of one term. */
export interface Sum extends Base { readonly kind: 'sum'; readonly terms: readonly Term[] }
export interface Power { readonly base: Expr; readonly exponent: Rational }
/** Elementwise product of powers; for scalars the ordinary one. */
export interface Times extends Base { readonly kind: 'times'; readonly powers: readonly Power[] }
/** A function of every entry; scalar arguments are broadcast. */
export interface Map_ extends Base { readonly kind: 'map'; readonly fn: string; readonly args: readonly Expr[] }
export interface Inverse extends Base { readonly kind: 'inverse'; readonly arg: Expr }
/** The diagonal matrix of a column. */
export interface Diag extends Base { readonly kind: 'diag'; readonly arg: Expr }
/** The diagonal of a square matrix as a column. */
export interface DiagOf extends Base { readonly kind: 'diagOf'; readonly arg: Expr }
/** The sum of all entries. */
export interface Total extends Base { readonly kind: 'total'; readonly arg: Expr }
/** The trace of a product of at least two factors. */
export interface Trace extends Base { readonly kind: 'trace'; readonly factors: readonly Expr[] }
/** Everything else: a kernel's result; `part` tells the results of one call apart (eigenvectors and eigenvalues). */
export interface Call extends Base { readonly kind: 'call'; readonly op: string; readonly part: number; readonly args: readonly Expr[]; readonly dims: readonly Dim[] }

export type Expr =
  | Leaf | Num | Literal | Size | Identity | Ones | Zeros | Unit | Range | Transpose | Product | Sum | Times | Map_ | Inverse
  | Diag | DiagOf | Total | Trace | Call;

export const childrenOf = (e: Expr): readonly Expr[] => {
  switch (e.kind) {
    case 'leaf': case 'number': case 'literal': case 'size': case 'identity': case 'ones': case 'zeros': case 'range': return [];
    case 'unit': return [e.index];
    case 'transpose': case 'inverse': case 'diag': case 'diagOf': case 'total': return [e.arg];
    case 'product': case 'trace': return e.factors;
    case 'sum': return e.terms.flatMap((t) => [t.coefficient, t.arg]);
    case 'times': return e.powers.map((p) => p.base);
    case 'map': case 'call': return e.args;
  }
};
