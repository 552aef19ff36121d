/**
 * Terms: what names, sizes and operators of a tree turned out to be. Nothing is simplified here: the 64-digit oracle
 * evaluates terms, so that it shares no algebra with the engine, which turns terms into graph nodes (`build.ts`).
 */
import type { Range } from '../syntax/tree';
import type { Dim, Shape } from './dim';
import type { Rational } from './rational';

interface Base {
  readonly shape: Shape;
  readonly range: Range;
}

export type DerivativeKind = 'grad' | 'jacobian' | 'hessian' | 'diff' | 'hvp' | 'vjp';

/** A number, exactly as written. */
export interface NumberTerm extends Base { readonly kind: 'number'; readonly value: Rational }
/** `pi`. */
export interface ConstantTerm extends Base { readonly kind: 'constant'; readonly name: 'pi' }
/** A declared or inferred variable, also one that stands for a direction. */
export interface VariableTerm extends Base { readonly kind: 'variable'; readonly name: string }
/** A dimension, or a polynomial in dimensions, used as a number. */
export interface DimensionTerm extends Base { readonly kind: 'dimension'; readonly dim: Dim }
/** The index of an enclosing finite sum, used as a number. */
export interface IndexTerm extends Base { readonly kind: 'index'; readonly name: string }
/** A definition of the program, by name (`f` of `f(w) = …` too: its parameters are variables of the program). */
export interface ReferenceTerm extends Base { readonly kind: 'reference'; readonly name: string }
/**
 * A row of the operator table applied to arguments. Infix operators have rows too: `add sub neg mul hadamard elementDivide
 * rightDivide leftDivide kron kronsum frobenius transpose`. `mul` is a matrix product, or a scalar times an array on either
 * side. `add`/`sub` of a scalar and an array add to every entry. `elementDivide` also divides by a scalar.
 * `dims` are size parameters: `identity [n]`, `ones [m, n]`, `zeros [m, n]`, `unvec [m, n]`, `commutation [m, n]`, `duplication [n]`,
 * `diagonalisation [n]`, `basis [n]` (arg: the index), `unit [m, n]` (args: the two indices).
 */
export interface ApplyTerm extends Base {
  readonly kind: 'apply';
  readonly op: string;
  readonly args: readonly Term[];
  readonly dims: readonly Dim[];
}
/** `base^exponent`: matrix power of a square base, else a scalar's power; elementwise for `.^`. */
export interface PowerTerm extends Base {
  readonly kind: 'power';
  readonly base: Term;
  /** A rational where the exponent is a number, else a scalar term. */
  readonly exponent: Rational | Term;
  readonly elementwise: boolean;
}
export type SliceItem =
  | { readonly kind: 'all' }
  | { readonly kind: 'at'; readonly index: Term }
  | { readonly kind: 'range'; readonly from: Dim; readonly to: Dim };
/** Entries and slices, counted from 1. For a vector `cols` is `all`. */
export interface SliceTerm extends Base { readonly kind: 'slice'; readonly arg: Term; readonly rows: SliceItem; readonly cols: SliceItem }
export interface BlocksTerm extends Base { readonly kind: 'blocks'; readonly rows: readonly (readonly Term[])[] }
export interface FiniteSumTerm extends Base {
  readonly kind: 'finiteSum';
  readonly index: string;
  readonly from: Dim;
  readonly to: Dim;
  readonly body: Term;
}
/**
 * `grad(of, wrt)`, `jacobian`, `hessian` (`wrt` twice, or two variables), `diff(of, wrt, V)`, `hvp(of, wrt, v)`, `vjp(of, wrt, Ybar)`.
 * `args` are the direction arguments.
 */
export interface DerivativeTerm extends Base {
  readonly kind: 'derivative';
  readonly op: DerivativeKind;
  readonly of: Term;
  readonly wrt: readonly string[];
  readonly args: readonly Term[];
}
/** A function without a body, applied: `g(A*x)`; `order` 1 is its gradient ∇g (Jacobian transposed for a vector result). */
export interface FormalTerm extends Base { readonly kind: 'formal'; readonly name: string; readonly order: number; readonly args: readonly Term[] }

export type Term =
  | NumberTerm | ConstantTerm | VariableTerm | DimensionTerm | IndexTerm | ReferenceTerm | ApplyTerm | PowerTerm
  | SliceTerm | BlocksTerm | FiniteSumTerm | DerivativeTerm | FormalTerm;
