/** What verification is given and what it answers: plain data, free of mathjs, so that every room may import it. */
import type { Program } from '../algebra/program';
import type { Term } from '../algebra/term';
import type { Sizes, Values } from '../numeric/points';

export type Verdict = 'verified' | 'refuted' | 'undecided';

/** Row-major float64, as `eval --json` prints it: a derivative's shape is that of F, then that of each variable. */
export interface Tensor {
  readonly shape: readonly number[];
  readonly data: ArrayLike<number>;
}

/** The engine's answer to a request, as it was printed and read again. */
export interface Candidate {
  /** The file with `where` definitions and the names below declared. */
  readonly program: Program;
  /** DF(X)[V]; for a second derivative D(∇f)(X)[V], in the first variable's shape, V like the last variable. */
  readonly directional?: Term;
  /** The name of V. */
  readonly direction?: string;
  /** ∇f of a scalar f. */
  readonly gradient?: Term;
  /** DF(X)*[Ȳ], in the variable's shape. */
  readonly vjp?: { readonly term: Term; readonly cotangent: string };
  /** The value of the whole request, for requests that are no function of a direction (`diff`, `hvp`, `vjp`, a bare expression). */
  readonly result?: Term;
  /** The generated float64 program. */
  readonly run?: (sizes: Sizes, values: Values) => { readonly value?: Tensor; readonly derivative?: Tensor };
}

/** A point as a values file holds it: `{"X": [[1, 2]], "dims": {"m": 1}}`. */
export type ValuesFile = Readonly<Record<string, number | readonly number[] | readonly (readonly number[])[] | Readonly<Record<string, number>>>>;

export interface Refutation {
  /** Positions from 1: of F's entry, then of the variable's; those of a scalar are left out. */
  readonly entry: readonly number[];
  /** What the entry is called: `dF[2, 1]/dX[1, 3]`. */
  readonly name: string;
  readonly expected: number;
  readonly found: number;
  /** The point, in a form to paste. */
  readonly values: ValuesFile;
  /** The likely mistake, where one fits: "twice the right one". */
  readonly slip?: string;
}

export interface Verification {
  readonly of: string;
  readonly wrt: readonly string[];
  readonly line: number;
  readonly verdict: Verdict;
  /** How many points were used. */
  readonly points: number;
  readonly seed: number;
  /** The directional derivative against central differences, both at 64 digits. */
  readonly finiteDifference?: { readonly maxRelativeError: number };
  /** The least rate at which the Taylor remainder falls. */
  readonly taylor?: { readonly order: number };
  /** ⟨W, DF[V]⟩ against ⟨DF*[W], V⟩. */
  readonly adjoint?: { readonly maxRelativeError: number };
  /** Im F(X + ihV)/h in float64 against the derivative along V. */
  readonly complexStep?: { readonly maxRelativeError: number };
  /** Digits on which the formula and the differences agree, the worst of all points. */
  readonly exact?: { readonly digits: number };
  /** The generated program against the 64-digit value. */
  readonly program?: { readonly maxRelativeError: number; readonly ulps: number };
  /** The largest relative condition number of F at the points, along the directions. */
  readonly condition?: number;
  readonly refutation?: Refutation;
  /** Why a figure is missing, why it is undecided, what was left out. */
  readonly notes: readonly string[];
}

export interface VerifyOptions {
  readonly seed?: number;
  /** A point of the user's, instead of drawn ones. */
  readonly point?: { readonly sizes: Sizes; readonly values: Values };
  /** Called as work proceeds; false stops it, and the verdict is then `undecided`. */
  readonly onStep?: (done: number, total: number) => boolean;
}
