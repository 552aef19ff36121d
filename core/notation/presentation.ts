/** What a derivative looks like to a person: every notation of one request. Plain data, made by `present.ts`. */
import type { Range } from '../syntax/tree';

export type FormName = 'differential' | 'directional' | 'gradient' | 'components' | 'index' | 'vec' | 'tensor' | 'value';
export const FORM_NAMES: readonly FormName[] = ['differential', 'directional', 'gradient', 'components', 'index', 'vec', 'tensor', 'value'];

/** One expression in three spellings. `text` is mcalc itself and parses again (except the tensor form's). */
export interface Written {
  readonly text: string;
  readonly unicode: string;
  readonly latex: string;
}
export interface Form extends Written {
  /** Operators and leaves of `text` with the `where` definitions that it needs; solves count 10 more. */
  readonly size: number;
  /** Names of the free indices: those of F's entry, then those of X's. */
  readonly indices?: readonly string[];
}
/** `B = (X' * X)^(1/2)`; the text holds the whole definition. */
export interface WhereDefinition extends Written { readonly name: string }

/** One line of a derivation. Each line's expression is numerically equal to the one before it. */
export interface Step extends Written {
  /** The rule that led here, as a person names it: "product rule", "differential of the inverse". */
  readonly rule: string;
  /** The rule itself in mcalc (`d inv(A) = -inv(A)*dA*inv(A)`), its condition and its source, where it has them. */
  readonly formula?: string;
  readonly condition?: string;
  readonly source?: string;
  /** Definitions (`D = …`) of the names that this line uses beside the shared ones, where it would be too long without them. */
  readonly where?: readonly string[];
}

/** Another form that people know: the stable polar form, the statistics convention. */
export interface Alternative extends Written {
  readonly label: string;
  readonly form: FormName;
}

/** Each part is made when it is first read; what it is does not depend on which others were read. */
export interface Presentation {
  readonly of: string;
  readonly wrt: readonly string[];
  /** grad, jacobian, hessian, diff, hvp, vjp or value. */
  readonly kind: string;
  /** From 1. */
  readonly line: number;
  readonly range: Range;
  /** Dimension texts of the requested object: `["m*n", "m*n"]` for a Jacobian. */
  readonly shape: readonly [string, string];
  readonly size: number;
  /** The name that stands for the direction in the directional form; empty where there is none. */
  readonly direction: string;
  /** Which form answers the request best (shown first). */
  readonly best: FormName;
  readonly forms: Readonly<Partial<Record<FormName, Form>>>;
  readonly alternatives: readonly Alternative[];
  readonly where: readonly WhereDefinition[];
  /** Conditions of validity, where it is not differentiable, layout, statistics conventions. */
  readonly notes: readonly string[];
  readonly steps: readonly Step[];
}
