/** A plan: steps in order, each writing one new array or scalar (a kernel may write several). Names and memory come later. */
import type { Dim } from '../algebra/dim';
import type { Expr, Leaf } from './expr';

interface Base {
  /** What it computes, in terms of the function's parameters. */
  readonly value: Expr;
  readonly out: Leaf;
  readonly flops: Dim;
}
/** out = alpha * a * b + beta * add; operands are arrays or their transposes. 1×1 results are `scalar` steps. */
export interface ProductStep extends Base {
  readonly kind: 'product';
  readonly a: Expr;
  readonly b: Expr;
  readonly alpha: Expr;
  readonly beta: Expr;
  /** An array of out's orientation, or `out` itself as an earlier step left it. */
  readonly add: Leaf | undefined;
  readonly symmetric: boolean;
  /**
   * `leftLower`, `leftUpper`, `rightLower`, `rightUpper`: that operand is such an array, or its transpose; else which operand is
   * tridiagonal.
   */
  readonly structure: 'leftLower' | 'leftUpper' | 'rightLower' | 'rightUpper' | 'bandLeft' | 'bandRight' | undefined;
}
/** The structure of a product whose left, or right, operand is such a triangle. */
export const LEFT = { lower: 'leftLower', upper: 'leftUpper', none: undefined } as const;
export const RIGHT = { lower: 'rightLower', upper: 'rightUpper', none: undefined } as const;
/** out = body, entry by entry; `accumulate` adds to what stands there; `diagonal` touches the diagonal alone. */
export interface LoopStep extends Base {
  readonly kind: 'loop';
  readonly body: Expr;
  readonly accumulate: boolean;
  readonly diagonal: boolean;
}
export type Factor = 'lower' | 'lowerT' | 'upper' | 'upperT' | 'cholesky' | 'lu' | 'luT';
/** out = inverse * right side. The right side is an array or its transpose, scaled by alpha. */
export interface SolveStep extends Base {
  readonly kind: 'solve';
  readonly factor: Factor;
  /** The triangular matrix, or the LU factors. */
  readonly matrix: Leaf;
  readonly pivots: Leaf | undefined;
  readonly right: Expr;
  readonly alpha: Expr;
}
/** A kernel's call. `outs` are all its results (`out` is the first); arguments are arrays of the right orientation, or scalars. */
export interface KernelStep extends Base {
  readonly kind: 'kernel';
  readonly op: string;
  readonly outs: readonly Leaf[];
  /** The values of `outs`; empty where there is one. */
  readonly parts: readonly Expr[];
  readonly args: readonly Expr[];
  readonly dims: readonly Dim[];
}
/** Sums along the rows of body (out is a column) or down its columns. */
export interface ReduceStep extends Base {
  readonly kind: 'reduce';
  readonly body: Expr;
  readonly along: 'rows' | 'columns';
}
export interface ScalarStep extends Base {
  readonly kind: 'scalar';
  readonly body: Expr;
}
export type Step = ProductStep | LoopStep | SolveStep | KernelStep | ReduceStep | ScalarStep;

export interface Plan {
  readonly steps: readonly Step[];
  /** An array (a parameter or a step's), its transpose never; or a scalar expression. */
  readonly result: Expr;
  /** With `lazyResult`, of a tuple: what its arguments but the last are, arrays of their own or scalar expressions. */
  readonly beside?: readonly Expr[];
  readonly flops: Dim;
}

export interface PlanOptions {
  /** Leaves the outermost entry-by-entry work to the caller: the result, or a tuple's last part, is an expression over stored arrays. */
  readonly lazyResult?: boolean;
  /** Products that stand inside longer ones are arrays of their own, not added into a sum's as they are computed. */
  readonly keepsSegments?: boolean;
  /** Whether a value changes from one turn of the caller's loop to the next; the others are computed once, before it. */
  readonly varies?: (e: Expr) => boolean;
}
