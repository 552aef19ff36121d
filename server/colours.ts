/** Semantic tokens (full, range, delta) and inlay hints: what is drawn over the text. */
import { InlayHintKind, type InlayHint, type SemanticTokens, type SemanticTokensDelta } from 'vscode-languageserver';
import { hints } from '../core/ide/hints';
import { semanticTokens, TOKEN_MODIFIERS, TOKEN_TYPES, type SemanticToken } from '../core/ide/tokens';
import { inDocument, type Handler, type Open } from './handler';
import { fields, range } from './params';
import type { Session } from './session';
import { offsetAt, positionAt, rangeAt, type TextDocument } from './text';

/** Five numbers a token, each place relative to the one before. */
export function encodeTokens(document: TextDocument, tokens: readonly SemanticToken[]): number[] {
  const data: number[] = [];
  let line = 0;
  let character = 0;
  for (const token of tokens) {
    const start = positionAt(document, token.range.start);
    const modifiers = token.modifiers.reduce((bits, modifier) => bits | (1 << TOKEN_MODIFIERS.indexOf(modifier)), 0);
    data.push(start.line - line, start.line === line ? start.character - character : start.character, token.range.end - token.range.start, TOKEN_TYPES.indexOf(token.type), modifiers);
    line = start.line;
    character = start.character;
  }
  return data;
}

/** The one edit that turns the old numbers into the new ones; none where they are equal. */
export function tokenEdits(before: readonly number[], after: readonly number[]): SemanticTokensDelta['edits'] {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start++;
  let tail = 0;
  while (tail < shorter - start && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail++;
  const deleteCount = before.length - start - tail;
  const data = after.slice(start, after.length - tail);
  return deleteCount === 0 && data.length === 0 ? [] : [{ start, deleteCount, data }];
}

function send(session: Session, { document, analysis }: Open): SemanticTokens {
  const data = encodeTokens(document, semanticTokens(analysis));
  const resultId = `${document.version}.${(session.tokenResults += 1)}`;
  session.sentTokens.set(document.uri, { resultId, data });
  return { resultId, data };
}

/** Colours of comments in other languages are left to the servers of those languages. */
const isOurs = ({ document }: Open): boolean => document.languageId === 'mcalc';

const legend = { tokenTypes: [...TOKEN_TYPES], tokenModifiers: [...TOKEN_MODIFIERS] };

export const colours: readonly Handler[] = [
  inDocument('textDocument/semanticTokens/full', { semanticTokensProvider: { documentSelector: [{ language: 'mcalc' }], legend, full: { delta: true }, range: true } },
    (open, session) => (isOurs(open) ? send(session, open) : { data: [] })),

  inDocument('textDocument/semanticTokens/full/delta', {}, (open, session, params) => {
    if (!isOurs(open)) return { data: [] };
    const before = session.sentTokens.get(open.document.uri);
    const after = send(session, open);
    if (before?.resultId !== fields(params).previousResultId || before === undefined) return after;
    return { resultId: after.resultId, edits: tokenEdits(before.data, after.data) };
  }),

  inDocument('textDocument/semanticTokens/range', {}, (open, _session, params) => {
    if (!isOurs(open)) return { data: [] };
    const among = range(fields(params).range);
    const { document, analysis } = open;
    return { data: encodeTokens(document, semanticTokens(analysis, { start: offsetAt(document, among.start), end: offsetAt(document, among.end) })) };
  }),

  inDocument('textDocument/inlayHint', { inlayHintProvider: true }, ({ document, analysis }, _session, params) => {
    const among = range(fields(params).range);
    return hints(analysis, { start: offsetAt(document, among.start), end: offsetAt(document, among.end) }).map((hint): InlayHint => ({
      position: positionAt(document, hint.at), label: hint.label, kind: InlayHintKind.Type, paddingLeft: false,
      // Between the hint and what stands there already, one space.
      paddingRight: !/[\s),]/.test(analysis.text.charAt(hint.at)),
      tooltip: { kind: 'markdown', value: hint.tooltip },
      ...(hint.insert && { textEdits: [{ range: rangeAt(document, hint.insert.range), newText: hint.insert.text }] }),
    }));
  }),
];
