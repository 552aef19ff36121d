/** What the generator is given for a request, and what it gives back. */
import type { Dim, Shape } from '../algebra/dim';
import type { Node } from '../algebra/node';
import type { DimFact, StructureWord } from '../algebra/program';

export interface InputVariable { readonly name: string; readonly shape: Shape; readonly words?: ReadonlySet<StructureWord> }
/** A node that is linear in a direction symbol, and that symbol. */
export interface LinearMap { readonly node: Node; readonly direction: Node }

/** One request. All nodes are of one graph. */
export interface GenerationInput {
  /** What is differentiated: a definition's name, or text that names a bare expression (`line3`). */
  readonly name: string;
  /** The variable; undefined where only the value is wanted. */
  readonly wrt?: string;
  /** Of a mixed Hessian, the variable that its gradient is by; `wrt` is then the second. */
  readonly first?: string;
  /** Set where the gradient's own space turns with the point (orthogonal matrices): the Hessian is then not the gradient's derivative. */
  readonly curved?: true;
  readonly kind: 'value' | 'gradient' | 'jacobian' | 'hessian';
  readonly value: Node;
  /** In the variable's shape, or by a scalar in the value's shape. */
  readonly gradient?: Node;
  /** The matrix of the Jacobian or Hessian is tabulated from this map: the direction is a plain matrix, projections are in the node. For a Hessian it is the hvp. */
  readonly tabulate?: LinearMap;
  readonly jvp?: LinearMap;
  readonly vjp?: LinearMap;
  readonly hvp?: LinearMap;
  /** The variables of the value, as declared and in this order. */
  readonly inputs: readonly InputVariable[];
  readonly dimFacts?: readonly DimFact[];
  readonly sizes?: ReadonlyMap<string, number>;
  readonly vec?: 'column' | 'row';
  /** Formulas for the doc comments, in mcalc. */
  readonly texts?: { readonly value?: string; readonly gradient?: string; readonly jacobian?: string; readonly hessian?: string; readonly jvp?: string; readonly vjp?: string; readonly hvp?: string };
  /** Values that have names: definitions and `where` parts. */
  readonly named?: readonly { readonly name: string; readonly node: Node }[];
  /** Conditions and places where it is not differentiable, for the doc comments. */
  readonly notes?: readonly string[];
}

export type FunctionKind = 'value' | 'gradient' | 'jacobian' | 'hessian' | 'jvp' | 'vjp' | 'hvp';

/** The variables that a function differentiates by: a mixed Hessian's gradient is by the first, its other functions by both. */
export function variablesOf(input: Pick<GenerationInput, 'wrt' | 'first'>, kind: FunctionKind): readonly string[] {
  if (kind === 'value' || input.wrt === undefined) return [];
  if (input.first === undefined) return [input.wrt];
  return kind === 'gradient' ? [input.first] : [input.first, input.wrt];
}

export interface ManifestParameter {
  readonly name: string;
  /** `Float64Array`, `number` or `dims` in the self-contained targets; what the language or library calls them in the others. */
  readonly type: 'Float64Array' | 'number' | 'dims' | 'ndarray' | 'float' | 'Matrix';
  readonly role: 'input' | 'direction' | 'dims' | 'out';
  readonly shape: readonly string[];
}
export interface ManifestFunction {
  readonly name: string;
  readonly of: string;
  /** Both variables of a mixed Hessian, as in `x,y`. */
  readonly wrt: string | null;
  readonly kind: FunctionKind;
  readonly parameters: readonly ManifestParameter[];
  readonly returns: { readonly type: 'number' | 'Float64Array' | 'ndarray' | 'float' | 'Matrix'; readonly shape: readonly [string, string] };
}
/** What a function of several results may give. */
export type TogetherKind = FunctionKind;
/** A function that gives several of a request's results at once, since they share work. */
export interface ManifestTogether {
  readonly name: string;
  readonly of: string;
  readonly wrt: string;
  /** The keys of the object that it returns. */
  readonly kinds: readonly TogetherKind[];
  readonly parameters: readonly ManifestParameter[];
}
export type Target = 'typescript' | 'javascript' | 'typescript-wasm' | 'mathjs' | 'ml-matrix' | 'numpy';
export interface GenerationOptions {
  readonly target?: Target;
}
export interface Refused { readonly name: string; readonly kind: FunctionKind; readonly reason: string }
/** One step of a function's plan, in words. */
export interface PlanStep {
  /** `matrix product`, `Cholesky solve`, or the kernel's name. */
  readonly operation: string;
  /** The array or number that it makes: `t1`; the last one is the result. */
  readonly name: string;
  /** In terms of the parameters and of earlier steps. */
  readonly formula: string;
  readonly flops: Dim;
}
export interface FunctionPlan {
  readonly name: string;
  readonly kind: FunctionKind;
  readonly steps: readonly PlanStep[];
  /** More than the steps' together where entries are tabulated in loops around them. */
  readonly flops: Dim;
}
export interface GeneratedModule {
  readonly text: string;
  /** What the text is made of: imports above, each function by its name, private code below. */
  readonly head: string;
  readonly texts: ReadonlyMap<string, string>;
  readonly rest: string;
  /** What each function computes, in the order of `functions`. */
  readonly plans: readonly FunctionPlan[];
  readonly functions: readonly ManifestFunction[];
  /** Functions of the self-contained targets that give several results at once, where that saves work. */
  readonly together: readonly ManifestTogether[];
  /** The document's names of each function's parameters, in order, by the function's name. */
  readonly variables: ReadonlyMap<string, readonly string[]>;
  /** Functions that could not be written, with the reason. */
  readonly refused: readonly Refused[];
}
