/** What a target is: one file that implements this over the plan's operations; the table of targets stands in `targets/index.ts`. */
import type { FunctionSpec } from './emit-function';
import type { FunctionKind, ManifestFunction, Target } from './generation';
import type { Names } from './names';

export interface WrittenFunction {
  readonly text: string;
  readonly manifest: ManifestFunction;
  /** The document's names of the parameters, in order. */
  readonly variables: readonly string[];
}

/** One module in the making. */
export interface ModuleWriter {
  /** Names that the module's functions and its private code bear. */
  readonly names: Names;
  /** What a derivative's function wants to be called. */
  readonly functionName: (kind: FunctionKind, of: string, by: readonly string[]) => string;
  /** Writes one function. @throws CannotGenerate, and leaves the module as it was */
  readonly write: (spec: FunctionSpec) => WrittenFunction;
  /** What stands above and below the functions: imports; private kernels. Both end in a line break or are empty. */
  readonly surroundings: () => { readonly above: string; readonly below: string };
  /** The last change to the text of a function or of the surroundings. */
  readonly finish: (text: string) => string;
}

export interface Language {
  readonly name: Target;
  /** In one line, for lists of targets. */
  readonly says: string;
  /** Of the file that a module is written to. */
  readonly extension: 'ts' | 'mjs' | 'py';
  /** Whether functions take and give flat `Float64Array`s, so that the companion tests and callers of the TypeScript target fit. */
  readonly flat: boolean;
  /** How full Jacobians are made: entry by entry in loops, or a column for each entry of the variable by whole-array operations. */
  readonly tabulates: 'entries' | 'columns';
  readonly open: () => ModuleWriter;
}
