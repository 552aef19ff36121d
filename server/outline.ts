/** Symbols, folding, selection ranges and links: the outline of a document. */
import { FoldingRangeKind, SymbolKind, type DocumentSymbol as LspSymbol, type DocumentLink, type FoldingRange, type SelectionRange, type SymbolInformation } from 'vscode-languageserver';
import { folds } from '../core/ide/folding';
import { links } from '../core/ide/links';
import { selections } from '../core/ide/selection';
import { documentSymbols, type DocumentSymbol, type SymbolRole } from '../core/ide/symbols';
import { inDocument, type Handler } from './handler';
import { originLink } from './origin';
import { fields, list, position, text } from './params';
import { readOf } from './session';
import { offsetAt, rangeAt, type TextDocument } from './text';

const KINDS: Readonly<Record<SymbolRole, SymbolKind>> = {
  part: SymbolKind.Namespace, variable: SymbolKind.Variable, function: SymbolKind.Function, definition: SymbolKind.Constant, request: SymbolKind.Operator, check: SymbolKind.Boolean,
};

const nested = (document: TextDocument, symbol: DocumentSymbol): LspSymbol => ({
  name: symbol.name === '' ? '?' : symbol.name, detail: symbol.detail, kind: KINDS[symbol.role],
  range: rangeAt(document, symbol.range), selectionRange: rangeAt(document, symbol.selection),
  children: symbol.children.map((child) => nested(document, child)),
});

const flat = (document: TextDocument, symbol: DocumentSymbol, containerName?: string): readonly SymbolInformation[] => [
  { name: symbol.name === '' ? '?' : symbol.name, kind: KINDS[symbol.role], location: { uri: document.uri, range: rangeAt(document, symbol.range) }, ...(containerName !== undefined && { containerName }) },
  ...symbol.children.flatMap((child) => flat(document, child, symbol.name)),
];

/** Offsets of a selection, innermost first, as the protocol's linked list. */
const linked = (document: TextDocument, ranges: ReturnType<typeof selections>): SelectionRange => {
  let parent: SelectionRange | undefined;
  for (const range of [...ranges].reverse()) parent = { range: rangeAt(document, range), ...(parent && { parent }) };
  return parent ?? { range: rangeAt(document, { start: 0, end: 0 }) };
};

const MAX_WORKSPACE_SYMBOLS = 500;

export const outline: readonly Handler[] = [
  inDocument('textDocument/documentSymbol', { documentSymbolProvider: { label: 'mcalc' } }, ({ document, analysis }, session) => {
    const symbols = documentSymbols(analysis);
    return session.client.hierarchicalSymbols ? symbols.map((s) => nested(document, s)) : symbols.flatMap((s) => flat(document, s));
  }),

  inDocument('textDocument/foldingRange', { foldingRangeProvider: true }, ({ document, analysis }, session) =>
    folds(analysis).slice(0, session.client.foldLimit).map((fold): FoldingRange => {
      const { start, end } = rangeAt(document, fold.range);
      return { startLine: start.line, endLine: end.line, ...(fold.kind && { kind: fold.kind === 'comment' ? FoldingRangeKind.Comment : FoldingRangeKind.Region }) };
    })),

  inDocument('textDocument/selectionRange', { selectionRangeProvider: true }, ({ document, analysis }, _session, params) =>
    list(fields(params).positions, 'positions').map((p) => linked(document, selections(analysis, offsetAt(document, position(p, 'positions')))))),

  inDocument('textDocument/documentLink', { documentLinkProvider: { resolveProvider: false } }, ({ document, analysis }) => {
    const origin = originLink(document);
    return [...(origin ? [origin] : []), ...links(analysis).map((link): DocumentLink => ({ range: rangeAt(document, link.range), target: link.target }))];
  }),

  {
    method: 'workspace/symbol', capability: { workspaceSymbolProvider: true },
    reads: (session) => [...session.documents.keys()],
    *handle(session, params) {
      const query = text(fields(params).query ?? '', 'query').toLowerCase();
      const found: SymbolInformation[] = [];
      for (const uri of [...session.documents.keys()]) {
        if (found.length >= MAX_WORKSPACE_SYMBOLS) break;
        const open = readOf(session, uri);
        for (const symbol of open ? documentSymbols(open.analysis).flatMap((s) => flat(open.document, s)) : []) {
          if (symbol.name.toLowerCase().includes(query) && found.length < MAX_WORKSPACE_SYMBOLS) found.push(symbol);
        }
        yield;
      }
      return found;
    },
  },
];
