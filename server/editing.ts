/** Code actions and formatting: edits that the server proposes. */
import { CodeActionKind, type CodeAction, type Range, type TextEdit } from 'vscode-languageserver';
import { codeActions } from '../core/ide/fixes';
import { formatting, onNewLine } from '../core/ide/formatting';
import { blockOf, blocksOf } from '../core/ide/generated';
import { overlaps } from '../core/ide/walk';
import type { Diagnostic, Edit } from '../core/syntax/diagnostic';
import { inDocument, type Handler, type Open } from './handler';
import { fields, isFields, position, range } from './params';
import { sourceUriOf } from './origin';
import { GENERATE, GENERATE_ALL } from './protocol';
import { allDiagnostics, lspDiagnostic } from './publish';
import { inQuotes } from './quoting';
import { FORMATTING } from './register';
import type { Session } from './session';
import { offsetAt, rangeAt, type TextDocument } from './text';
import { lensesOf } from './verify';

export const textEdits = (document: TextDocument, edits: readonly Edit[]): TextEdit[] => edits.map((e) => ({ range: rangeAt(document, e.range), newText: e.text }));

const KINDS = { quickfix: CodeActionKind.QuickFix, refactor: CodeActionKind.Refactor, fixAll: CodeActionKind.SourceFixAll } as const;

/** What brings stale code up to date: a command, since the code is written only when it is asked for. */
function updateActions(session: Session, { document, analysis }: Open, stale: readonly Diagnostic[]): readonly CodeAction[] {
  const source = sourceUriOf(document);
  const blocks = blocksOf(document.text);
  return stale.flatMap((diagnostic) => {
    const part = analysis.parts.find((p) => blockOf(analysis, p, blocks)?.mark.start === diagnostic.range.start);
    const item = analysis.items.find((i) => i.part === part && i.kind === 'request');
    const command = item ? { command: GENERATE, arguments: [document.uri, item.id] } : source === undefined ? undefined : { command: GENERATE_ALL, arguments: [source] };
    if (!command) return [];
    return [{
      title: 'Generate the code again', kind: CodeActionKind.QuickFix, isPreferred: true, diagnostics: [lspDiagnostic(session, document, diagnostic)],
      command: { title: 'Generate the code again', ...command },
    }];
  });
}

/** For a client that shows no lenses: what they would do on these lines. */
const lensActions = (session: Session, open: Open, among: Range): readonly CodeAction[] => (session.client.showsLenses ? [] : lensesOf(session, open)
  .flatMap(({ range, command }) => (command && command.command !== '' && range.start.line <= among.end.line && among.start.line <= range.end.line ? [{ title: command.title, kind: CodeActionKind.Source, command }] : [])));

export const editing: readonly Handler[] = [
  inDocument('textDocument/codeAction', { codeActionProvider: { codeActionKinds: [...Object.values(KINDS), CodeActionKind.Source] } }, (open, session, params) => {
    const { document, analysis } = open;
    const among = range(fields(params).range);
    const context = fields(params).context;
    const only = isFields(context) && Array.isArray(context.only) ? context.only.filter((k) => typeof k === 'string') : undefined;
    const diagnostics = allDiagnostics(session, open);
    const offsets = { start: offsetAt(document, among.start), end: offsetAt(document, among.end) };
    const wants = (kind: CodeActionKind): boolean => only === undefined || only.some((k) => kind === k || kind.startsWith(`${k}.`));
    const updates = wants(CodeActionKind.QuickFix) ? updateActions(session, open, diagnostics.filter((d) => d.code === 'MC5001' && overlaps(d.range, offsets))) : [];
    const commands = wants(CodeActionKind.Source) ? lensActions(session, open, among) : [];
    return [...updates, ...codeActions(analysis, offsets, diagnostics)
      .filter((action) => wants(KINDS[action.kind]))
      .map((action): CodeAction => ({
        title: inQuotes(action.title), kind: KINDS[action.kind], isPreferred: action.isPreferred,
        ...(action.diagnostic && { diagnostics: [lspDiagnostic(session, document, action.diagnostic)] }),
        edit: { changes: { [document.uri]: textEdits(document, action.edits) } },
      })), ...commands];
  }),

  inDocument('textDocument/formatting', { documentFormattingProvider: FORMATTING.documentFormattingProvider }, ({ document, analysis }) =>
    textEdits(document, formatting(analysis))),

  inDocument('textDocument/rangeFormatting', { documentRangeFormattingProvider: FORMATTING.documentRangeFormattingProvider }, ({ document, analysis }, _session, params) => {
    const among = range(fields(params).range);
    return textEdits(document, formatting(analysis, { start: offsetAt(document, among.start), end: offsetAt(document, among.end) }));
  }),

  inDocument('textDocument/onTypeFormatting', { documentOnTypeFormattingProvider: FORMATTING.documentOnTypeFormattingProvider }, ({ document, analysis }, _session, params) =>
    (fields(params).ch === FORMATTING.documentOnTypeFormattingProvider.firstTriggerCharacter
      ? textEdits(document, onNewLine(analysis, offsetAt(document, position(fields(params).position)))) : [])),
];
