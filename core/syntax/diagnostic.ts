/** What a user is told about a text. The rows that messages are made from stand in `codes.ts`. */
import type { Range } from './range';

export type Severity = 'error' | 'warning' | 'information' | 'hint';

export interface Edit {
  readonly range: Range;
  readonly text: string;
}

/** An edit that would make the diagnostic go away. `safe` ones are applied by `check --fix`. */
export interface Fix {
  readonly title: string;
  readonly edits: readonly Edit[];
  readonly safe: boolean;
  /** It declares the name that is complained of; all such fixes of a document can be made at once. */
  readonly declares?: true;
}

export interface Related {
  readonly range: Range;
  readonly message: string;
}

export interface Diagnostic {
  /** `MC` and four digits; the first says the layer: 1 syntax, 2 names, 3 shapes, 4 calculus, 5 generation, 6 verification. */
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  readonly range: Range;
  readonly related?: readonly Related[];
  readonly fixes?: readonly Fix[];
}
