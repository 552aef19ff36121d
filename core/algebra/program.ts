/** A resolved document: names bound, sizes inferred, diagnostics collected. Made by `resolve.ts`, total for every tree. */
import type { Diagnostic } from '../syntax/diagnostic';
import type { Range } from '../syntax/tree';
import type { Dim, Shape } from './dim';
import type { DerivativeKind, Term } from './term';

export type StructureWord =
  | 'symmetric' | 'skew' | 'diagonal' | 'tridiagonal' | 'lower' | 'upper' | 'posdef' | 'possemidef' | 'orthogonal'
  | 'invertible' | 'positive' | 'nonnegative' | 'fullrank';

export interface Variable {
  readonly name: string;
  readonly shape: Shape;
  /** As declared (`spd` and `psd` are read as `posdef` and `possemidef`). */
  readonly words: ReadonlySet<StructureWord>;
  /** Where it is declared, or first used where it is inferred. */
  readonly range: Range;
  readonly inferred: boolean;
}
export interface FormalFunction { readonly name: string; readonly from: readonly Shape[]; readonly to: Shape; readonly range: Range }
export interface ProgramDefinition {
  readonly name: string;
  /** The variables that it is differentiated by when nothing else is said: its parameters; empty where none are given. */
  readonly parameters: readonly string[];
  readonly body: Term;
  /** The body's, which is known without asking for the body: after an edit that moved it, that one is copied. */
  readonly shape: Shape;
  readonly range: Range;
  readonly nameRange: Range;
}
export interface ProgramRequest {
  /** What is differentiated: a definition's name, else the expression's own text. */
  readonly of: string;
  readonly ofTerm: Term;
  /** One name, two for a mixed second derivative; empty for a bare expression that asks for no derivative. */
  readonly wrt: readonly string[];
  /** `value`: a bare expression. `grad` of an array by a scalar, and Leibniz spellings, are settled here. */
  readonly kind: DerivativeKind | 'value';
  /** The whole request as a term (what `eval --expr` evaluates). */
  readonly term: Term;
  readonly range: Range;
  /** From 1. */
  readonly line: number;
}
export interface ProgramClaim { readonly left: Term; readonly right: Term; readonly range: Range; readonly line: number }
/** `assume A == B`, or `assume invertible(M)` with the word and without `right`. */
export interface Assumption { readonly left: Term; readonly right?: Term; readonly word?: StructureWord; readonly range: Range }
/** `left >= right` or `left = right`, in this direction. */
export interface DimFact { readonly left: Dim; readonly op: '=' | '>='; readonly right: Dim; readonly range: Range }
export interface Settings { readonly vec: 'column' | 'row'; readonly layout: 'mixed' | 'numerator' | 'denominator' }
/** The shape of a subexpression or name at a place, for hovers and inlay hints. */
export interface ShapeAt { readonly range: Range; readonly shape: Shape; readonly term?: Term }

export interface Program {
  readonly text: string;
  readonly variables: ReadonlyMap<string, Variable>;
  readonly functions: ReadonlyMap<string, FormalFunction>;
  readonly definitions: ReadonlyMap<string, ProgramDefinition>;
  readonly requests: readonly ProgramRequest[];
  readonly claims: readonly ProgramClaim[];
  readonly assumptions: readonly Assumption[];
  readonly dimFacts: readonly DimFact[];
  /** Dimension names, each with its first place, in the order of appearance. */
  readonly dimensions: ReadonlyMap<string, Range>;
  /** Sizes that `dim n = 3` fixes. */
  readonly sizes: ReadonlyMap<string, number>;
  readonly settings: Settings;
  readonly shapes: readonly ShapeAt[];
  readonly diagnostics: readonly Diagnostic[];
}
