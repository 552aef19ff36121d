/** What is known while a document is resolved: names, the solver, diagnostics; and what an expression is read as. */
import type { Code } from '../syntax/codes';
import type { Fix, Related, Severity } from '../syntax/diagnostic';
import type { Definition, Expr, Range } from '../syntax/tree';
import type { Dim, Shape } from './dim';
import type { Pages } from './pages';
import type { DimFact, FormalFunction, StructureWord } from './program';
import type { DerivativeKind, Term } from './term';
import type { Results } from './settled';
import type { Solver } from './unify';

/** An expression whose sizes may still hold unknowns. `settle` gives its term once they are solved. */
export interface Typed {
  readonly shape: Shape;
  readonly expr: Expr;
  readonly owner: Owner;
  settle(): Term;
  /** What it asks for, where it is a derivative. */
  readonly derivative?: Derivation | undefined;
  /** A 1×1 array that is a product of arrays; next to it `I` is 1×1. */
  readonly fromArrays?: boolean | undefined;
  readonly wrt?: string | undefined;
  /** What its term is made of, where nothing else is open; none for a leaf. */
  readonly parts?: readonly Typed[];
}
export interface Derivation {
  readonly kind: () => DerivativeKind;
  readonly of: Typed;
  readonly ofText: string;
  readonly wrt: readonly string[];
}

/** One statement as it is read: an error in it withholds its result. */
export interface Owner {
  broken: boolean;
  readonly range: Range;
  /** Its result rests on more than its own words and what its names mean, so that it is read each time. */
  tied?: boolean;
}

export interface VariableEntry {
  readonly kind: 'variable';
  readonly name: string;
  readonly shape: Shape;
  readonly words: ReadonlySet<StructureWord>;
  readonly range: Range;
  readonly inferred: boolean;
  /** Whether the form (matrix, vector, scalar) is still to be found. */
  readonly open: boolean;
  /** Used without having been declared: an error has been reported, or is when nothing is found that it stands for. */
  readonly unknown: boolean;
  /** Comes from an earlier comment of the same file, so its ranges are not this text's. */
  readonly outer: boolean;
}
export interface DefinitionEntry {
  readonly kind: 'definition';
  readonly name: string;
  readonly parameters: readonly string[];
  readonly statement?: Definition;
  readonly owner: Owner;
  typed?: Typed;
  /** Once its body's sizes are solved. */
  term?: () => Term;
}
export interface FunctionEntry { readonly kind: 'function'; readonly name: string; readonly formal: FormalFunction }
export type Entry = VariableEntry | DefinitionEntry | FunctionEntry;

export interface Scope {
  readonly text: string;
  readonly names: Map<string, Entry>;
  /** The names among which shapes may be open, in order. */
  readonly unsettled: () => Iterable<Entry>;
  readonly dimensions: Map<string, Range>;
  readonly facts: DimFact[];
  /** What entries and slices say of sizes: a point must have them, but no other reading rests on them. */
  readonly implied: DimFact[];
  readonly sizes: Map<string, number>;
  /** Equalities of dimensions that are applied to every size. */
  readonly equal: ReadonlyMap<string, Dim>;
  readonly solver: Solver;
  readonly results: Results;
  readonly shapesByKey: Map<string, Map<string, Shape>>;
  /** The shapes of names that were glanced at: an entry whose shape becomes known is another entry. */
  readonly glanced: Map<Entry, Shape>;
  /** Whether what is right at a glance is read no further. */
  readonly glances: boolean;
  /** Reads one expression by its kind. */
  readonly read: (place: Place, expr: Expr) => Typed | undefined;
  /** Arrays whose size is a default where nothing says more; in order. */
  readonly defaults: (() => void)[];
  /** Choices that are made when nothing else decides, in order. */
  readonly choices: (() => void)[];
  /** Run when all sizes are solved, before terms are made. */
  readonly checks: (() => void)[];
  /** Everything that has a shape, with the statement that it stands in. */
  readonly shapes: Pages<Typed>;
  /** Those whose sizes were not known when they were read. */
  readonly open: Typed[];
  /** Undeclared names that are used in ways which no one declaration fits. */
  readonly clashing: Set<string>;
  /** Names with a size that was named because nothing says it. */
  readonly fresh: Set<string>;
  /** The sizes that it named there. */
  readonly freshSizes: Set<string>;
  /** How many nodes calls of definitions have been expanded to. */
  expanded: number;
  /** Reports are kept back until `unlisten`, and forgotten; the answer tells whether there was one. */
  listen(): () => boolean;
  unlisten(): void;
  hasErrors(): boolean;
  /** The same, asked before all has been looked at: the answer rests on the order in which things are. */
  hasErrorsByNow(): boolean;
  /** Whether that was asked. */
  restsOnOrder: boolean;
  /** Nothing more will be reported, so that explaining is not worth its time. */
  isFull(): boolean;
  report(code: Code, message: string, range: Range, extra?: { readonly related?: readonly Related[]; readonly fixes?: readonly Fix[]; readonly severity?: Severity }): void;
}

/** Where an expression stands. */
export interface Place {
  readonly scope: Scope;
  readonly owner: Owner;
  /** Indices of the enclosing finite sums, with their upper bounds. */
  readonly indices: ReadonlyMap<string, Dim>;
  /** Inside `[A B; C D]`: the commas that would make its products blocks. */
  readonly asBlocks?: Fix;
}

/** Outside of all finite sums. */
export const NO_INDICES: ReadonlyMap<string, Dim> = new Map();
/** A variable of which nothing more is said. */
export const NO_WORDS: ReadonlySet<StructureWord> = new Set();
