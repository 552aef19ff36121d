/** The commands that write code: into the file of the comment, or into a file beside the formulas. */
import type { CreateFile, TextDocumentEdit, TextEdit, WorkspaceEdit } from 'vscode-languageserver';
import { generate } from '../core/ide/generate';
import { blockEdits, blockOf, blocksOf } from '../core/ide/generated';
import { moduleFile, moduleName } from '../core/ide/module-file';
import type { Part } from '../core/ide/part';
import type { Target } from '../core/codegen/generation';
import { textEdits } from './editing';
import { invalidParams } from './guard';
import type { Open } from './handler';
import type { Session } from './session';
import { rangeAt } from './text';

const SCRIPTS: ReadonlyMap<string, Target> = new Map([
  ['typescript', 'typescript'], ['typescriptreact', 'typescript'], ['javascript', 'javascript'], ['javascriptreact', 'javascript'],
]);

export interface Generated {
  /** The file that was written to; absent where nothing had to change. */
  readonly uri?: string;
  readonly refused: readonly string[];
}

const nameOf = (uri: string): string => decodeURIComponent(uri.slice(uri.lastIndexOf('/') + 1)).replace(/[\r\n]/g, ' ');

async function apply(session: Session, label: string, edit: WorkspaceEdit): Promise<void> {
  if (!session.client.appliesEdits) throw invalidParams('this editor does not let a server edit its documents');
  const { applied, failureReason } = await session.connection.workspace.applyEdit({ label, edit });
  if (!applied) throw invalidParams(`the editor did not apply the edit${failureReason === undefined ? '' : `: ${failureReason}`}`);
}

function intoDocument({ document, analysis }: Open, wanted: readonly Part[], target: Target): { readonly edits: TextEdit[]; readonly refused: readonly string[] } {
  const blocks = blocksOf(document.text);
  const indented = wanted.find((part) => rangeAt(document, part.range).start.character > 0);
  if (indented) throw invalidParams('generated functions are exported, so the comment must stand at the top level of its file, at the start of a line');
  const parts = analysis.parts.filter((part) => wanted.includes(part) || blockOf(analysis, part, blocks) !== undefined);
  const { module, codes, refused } = generate(analysis, parts, target);
  return { edits: textEdits(document, blockEdits(analysis, module, codes.filter((c) => c.functions.length > 0))), refused: refused.map((r) => r.message) };
}

function besideDocument(session: Session, { document, analysis }: Open): { readonly uri: string; readonly edit: WorkspaceEdit | undefined; readonly refused: readonly string[] } {
  const { module, text, refused: messages } = moduleFile(analysis, nameOf(document.uri));
  const uri = moduleName(document.uri);
  if (module.functions.length === 0) return { uri, edit: undefined, refused: messages };
  const open = session.documents.get(uri);
  if (open?.text === text) return { uri, edit: undefined, refused: messages };
  if (open) return { uri, edit: { changes: { [uri]: [{ range: rangeAt(open, { start: 0, end: open.text.length }), newText: text }] } }, refused: messages };
  if (!session.client.createsFiles) throw invalidParams('this editor does not let a server create files');
  const create: CreateFile = { kind: 'create', uri, options: { overwrite: true } };
  const fill: TextDocumentEdit = { textDocument: { uri, version: null }, edits: [{ range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } }, newText: text }] };
  return { uri, edit: { documentChanges: [create, fill] }, refused: messages };
}

/** Writes the code of these parts. @throws ResponseError where the editor cannot, or nothing can be generated. */
export async function writeCode(session: Session, open: Open, parts: readonly Part[]): Promise<Generated> {
  const { document } = open;
  const target = SCRIPTS.get(document.languageId);
  if (target) {
    const { edits, refused } = intoDocument(open, parts, target);
    warn(session, refused);
    if (edits.length === 0) return { refused };
    await apply(session, 'Generate code', { documentChanges: [{ textDocument: { uri: document.uri, version: document.version }, edits }] });
    return { uri: document.uri, refused };
  }
  const { uri, edit, refused } = besideDocument(session, open);
  warn(session, refused);
  if (!edit) return { refused };
  await apply(session, 'Generate code', edit);
  return { uri, refused };
}

function warn(session: Session, refused: readonly string[]): void {
  if (refused.length > 0) void session.connection.window.showWarningMessage(`No code for ${refused.join('; ')}`);
}
