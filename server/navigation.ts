/** Definition, references, highlights, rename, linked editing: places of names. */
import { DocumentHighlightKind, ErrorCodes, ResponseError, type DocumentHighlight, type Location, type TextEdit } from 'vscode-languageserver';
import { linkedDimensions, rename, symbolAt } from '../core/ide/navigate';
import { atPosition, type Handler } from './handler';
import { codeAt, formulaAt } from './origin';
import { fields, isFields, text } from './params';
import { rangeAt } from './text';

const declarationAt = (method: string, capability: Handler['capability']): Handler =>
  atPosition(method, capability, async (open, offset, session, _params, token): Promise<Location | null> => {
    const { document, analysis } = open;
    const formula = await formulaAt(session, open, offset, token);
    if (formula) return formula;
    const symbol = symbolAt(analysis, offset);
    return symbol ? { uri: document.uri, range: rangeAt(document, symbol.declaration) } : null;
  });

export const navigation: readonly Handler[] = [
  declarationAt('textDocument/definition', { definitionProvider: true }),
  declarationAt('textDocument/declaration', { declarationProvider: true }),
  atPosition('textDocument/implementation', { implementationProvider: true }, async (open, offset, session, _params, token): Promise<Location | null> => await codeAt(session, open, offset, token) ?? null),

  atPosition('textDocument/references', { referencesProvider: true }, ({ document, analysis }, offset, _session, params): readonly Location[] => {
    const context = fields(params).context;
    const withDeclaration = !isFields(context) || context.includeDeclaration !== false;
    const places = symbolAt(analysis, offset)?.places ?? [];
    return places.filter((p) => withDeclaration || !p.isDeclaration).map((p) => ({ uri: document.uri, range: rangeAt(document, p.range) }));
  }),

  atPosition('textDocument/documentHighlight', { documentHighlightProvider: true }, ({ document, analysis }, offset): readonly DocumentHighlight[] =>
    (symbolAt(analysis, offset)?.places ?? []).map((p) =>
      ({ range: rangeAt(document, p.range), kind: p.isDeclaration ? DocumentHighlightKind.Write : DocumentHighlightKind.Read }))),

  atPosition('textDocument/prepareRename', {}, ({ document, analysis }, offset) => {
    const symbol = symbolAt(analysis, offset);
    return symbol ? { range: rangeAt(document, symbol.here), placeholder: symbol.name } : null;
  }),

  atPosition('textDocument/rename', { renameProvider: { prepareProvider: true } }, ({ document, analysis }, offset, _session, params) => {
    const renamed = rename(analysis, offset, text(fields(params).newName, 'newName'));
    if ('refused' in renamed) return new ResponseError(ErrorCodes.InvalidRequest, renamed.refused);
    const edits: readonly TextEdit[] = renamed.edits.map((e) => ({ range: rangeAt(document, e.range), newText: e.text }));
    return { changes: { [document.uri]: edits } };
  }),

  atPosition('textDocument/linkedEditingRange', { linkedEditingRangeProvider: true }, ({ document, analysis }, offset) => {
    const ranges = linkedDimensions(analysis, offset);
    // No pattern of words goes with them: VS Code compiles it without the flag that `\p{L}` needs, and its own for the language serves.
    return ranges ? { ranges: ranges.map((r) => rangeAt(document, r)) } : null;
  }),
];
