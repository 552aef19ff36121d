/**
 * The expression graph: hash-consed nodes in a canonical form that `graph.ts` maintains. Equal nodes of one graph are identical.
 * Children have smaller ids than their parents, so ids are a topological order.
 */
import type { Dim, Shape } from './dim';
import type { StructureWord } from './program';
import type { Rational } from './rational';

interface Base {
  readonly id: number;
  readonly shape: Shape;
  /** Contains a direction symbol (dX, V): every node is at most linear in each direction. */
  readonly linear: boolean;
  /** Holds a variable by which something is differentiated. */
  readonly moves: boolean;
  /** How deep it is: 0 for a leaf or a number; transposes do not count. */
  readonly height: number;
  /** About how many operators and leaves it is printed with: see `weight.ts`. */
  readonly weight: number;
}

/**
 * A leaf with a name. `variable`; `direction` (dX, V; `of` names its variable where it has one); `dimension` (the number n;
 * `dim` is set and `name` is its text); `constant` (pi); `opaque` (d(node) in a step);
 * `name` (an array by its name, while a formula is printed).
 */
export interface SymbolNode extends Base {
  readonly kind: 'symbol';
  readonly role: 'variable' | 'direction' | 'dimension' | 'constant' | 'opaque' | 'name';
  readonly name: string;
  readonly words: ReadonlySet<StructureWord>;
  readonly dim?: Dim;
}
/** I(n); a 1×1 identity is the number 1 and never stands here. */
export interface IdentityNode extends Base { readonly kind: 'identity' }
/** All ones, not 1×1. "scalar + array" is stored as scalar * ones. */
export interface OnesNode extends Base { readonly kind: 'ones' }
/** All zeros, any shape; the scalar zero too. */
export interface ZeroNode extends Base { readonly kind: 'zero' }
/** e(index): the index-th column of I(n), n×1. `index` is a scalar node (whole number from 1). */
export interface BasisNode extends Base { readonly kind: 'basis'; readonly index: Node }
/** Rows from..to of I(n): (to-from+1)×n. X[1:k, :] is selector * X. */
export interface SelectorNode extends Base { readonly kind: 'selector'; readonly from: Dim; readonly to: Dim }
/** A' of something whose transpose is not pushed further in (a symbol, a sum, a power, an elementwise map, …). */
export interface TransposeNode extends Base { readonly kind: 'transpose'; readonly arg: Node }
/**
 * coefficient * Π scalar^exponent * factors[0] * factors[1] * …. With no factors it is a scalar (a pure number has no scalars
 * either). With factors its shape is theirs; no factor is 1×1, an `add` only where not distributed, and bonds of dimension 1
 * inside occur only in outer products.
 */
export interface ProductNode extends Base {
  readonly kind: 'product';
  readonly coefficient: Rational;
  readonly scalars: readonly ScalarPower[];
  readonly factors: readonly Node[];
}
export interface ScalarPower { readonly base: Node; readonly exponent: Rational }
/** A 1×1 product of arrays, such as x'*A*y, in canonical orientation. */
export interface ChainNode extends Base { readonly kind: 'chain'; readonly factors: readonly Node[] }
/** A sum of at least two terms of one shape; equal terms are merged by their coefficient-free parts. */
export interface SumNode extends Base { readonly kind: 'sum'; readonly terms: readonly Node[] }
/** base^exponent of a square, non-scalar base; the inverse is exponent -1, sqrtm 1/2. */
export interface PowerNode extends Base { readonly kind: 'power'; readonly base: Node; readonly exponent: Rational }
/** Elementwise product of powers of arrays (all of this shape, not 1×1); A ./ B has exponent -1. */
export interface HadamardNode extends Base { readonly kind: 'hadamard'; readonly factors: readonly ElementPower[] }
export interface ElementPower { readonly base: Node; readonly exponent: Rational }
/** Every other operator of the table: elementwise maps, tr, det, logdet, chol, sylvester, kron, vec, blocks, …. */
export interface ApplyNode extends Base {
  readonly kind: 'apply';
  readonly op: string;
  readonly args: readonly Node[];
  readonly dims: readonly Dim[];
}

export type Node =
  | SymbolNode | IdentityNode | OnesNode | ZeroNode | BasisNode | SelectorNode | TransposeNode | ProductNode | ChainNode
  | SumNode | PowerNode | HadamardNode | ApplyNode;

type Unmeasured<T> = T extends Node ? Omit<T, 'height' | 'moves' | 'weight'> : never;
/** A node before the graph has measured it. */
export type NewNode = Unmeasured<Node>;
export type NodeKind = Node['kind'];
export type { Shape };
