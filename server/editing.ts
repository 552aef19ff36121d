/** Code actions and formatting: edits that the server proposes. */
import { CodeActionKind, type CodeAction, type TextEdit } from 'vscode-languageserver';
import { codeActions } from '../core/ide/fixes';
import { formatting, onNewLine } from '../core/ide/formatting';
import type { Edit } from '../core/syntax/diagnostic';
import { inDocument, type Handler } from './handler';
import { fields, isFields, position, range } from './params';
import { allDiagnostics, lspDiagnostic } from './publish';
import { FORMATTING } from './register';
import { offsetAt, rangeAt, type TextDocument } from './text';

export const textEdits = (document: TextDocument, edits: readonly Edit[]): TextEdit[] => edits.map((e) => ({ range: rangeAt(document, e.range), newText: e.text }));

const KINDS = { quickfix: CodeActionKind.QuickFix, refactor: CodeActionKind.Refactor, fixAll: CodeActionKind.SourceFixAll } as const;

export const editing: readonly Handler[] = [
  inDocument('textDocument/codeAction', { codeActionProvider: { codeActionKinds: Object.values(KINDS) } }, (open, session, params) => {
    const { document, analysis } = open;
    const among = range(fields(params).range);
    const context = fields(params).context;
    const only = isFields(context) && Array.isArray(context.only) ? context.only.filter((k) => typeof k === 'string') : undefined;
    const diagnostics = allDiagnostics(session, open);
    return codeActions(analysis, { start: offsetAt(document, among.start), end: offsetAt(document, among.end) }, diagnostics)
      .filter((action) => only === undefined || only.some((k) => KINDS[action.kind] === k || KINDS[action.kind].startsWith(`${k}.`)))
      .map((action): CodeAction => ({
        title: action.title, kind: KINDS[action.kind], isPreferred: action.isPreferred,
        ...(action.diagnostic && { diagnostics: [lspDiagnostic(document, action.diagnostic)] }),
        edit: { changes: { [document.uri]: textEdits(document, action.edits) } },
      }));
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
