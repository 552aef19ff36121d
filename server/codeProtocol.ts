/** What the server asks of its thread about generated code, and what it is given, as plain data. */
import type { ManifestFunction, Target } from '../core/codegen/generation';
import type { Framework } from '../core/codegen/test-options';
import type { Edit } from '../core/syntax/diagnostic';

interface Code {
  /** Empty where no code can be written. */
  readonly text: string;
  readonly refused: readonly string[];
}
export interface ModuleCode extends Code { readonly functions: readonly ManifestFunction[] }
export interface BlockCode {
  readonly edits: readonly Edit[];
  readonly refused: readonly string[];
  /** Offsets of the marks of blocks that someone edited, and that these edits replace. */
  readonly edited: readonly number[];
}
export interface CodeFile { readonly uri: string; readonly text: string }
export interface FileCode { readonly files: readonly CodeFile[]; readonly refused: readonly string[] }

export interface CodeAsked {
  /** Of all formulas, as it would stand in a file beside them; `name` is the document's, for the head. */
  readonly module: { readonly name: string };
  /** Of one request, by its id. */
  readonly request: { readonly id: string };
  /** What one part's functions are; parts are told by their numbers. */
  readonly functions: { readonly part: number };
  /** Into the file of the comments: of the wanted parts, and of those that have code. */
  readonly blocks: { readonly wanted: readonly number[]; readonly target: Target };
  /** Files beside the formulas: the module, and its tests where a framework is named. */
  readonly files: { readonly uri: string; readonly target: Target; readonly framework?: Framework };
}
export interface CodeGiven {
  readonly module: ModuleCode;
  readonly request: Code;
  readonly functions: readonly ManifestFunction[];
  readonly blocks: BlockCode;
  readonly files: FileCode;
}
export type CodeKind = keyof CodeAsked;
/** For this, too, the thread analyses the text itself. */
export interface AboutCode<K extends CodeKind = CodeKind> {
  readonly text: string;
  readonly languageId: string;
  readonly kind: K;
  readonly asked: CodeAsked[K];
}
