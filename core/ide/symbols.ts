/** The outline: declarations, definitions, requests and claims, with their shapes. */
import { shapeText } from '../algebra/dim';
import type { Range } from '../syntax/tree';
import type { Analysis } from './analysis';
import { ownStatements, rangeToDocument, textOf } from './part';

export type SymbolRole = 'part' | 'variable' | 'function' | 'definition' | 'request' | 'check';

export interface DocumentSymbol {
  readonly name: string;
  readonly detail: string;
  readonly role: SymbolRole;
  /** In the document; `selection` lies inside `range`. */
  readonly range: Range;
  readonly selection: Range;
  readonly children: readonly DocumentSymbol[];
}

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** The outline of a document: flat for a single part, else one symbol a part. */
export function documentSymbols(analysis: Analysis): readonly DocumentSymbol[] {
  const groups = analysis.parts.map((part): DocumentSymbol => {
    const { compiled } = part;
    const { program } = compiled;
    const at = (range: Range): Range => rangeToDocument(part, range);
    const children = ownStatements(compiled).flatMap((statement): readonly DocumentSymbol[] => {
      const symbol = (name: string, detail: string, role: SymbolRole, selection: Range): DocumentSymbol =>
        ({ name, detail, role, range: at(statement.range), selection: at(selection), children: [] });
      switch (statement.kind) {
        case 'declaration':
          return statement.names.map((name) => {
            const variable = program.variables.get(name.name);
            const words = statement.words.map((w) => w.word).join(' ');
            const shape = variable ? shapeText(variable.shape) : '';
            return symbol(name.name, oneLine(`${shape} ${words}`), statement.type?.kind === 'function' ? 'function' : 'variable', name.range);
          });
        case 'definition': {
          const definition = program.definitions.get(statement.name.name);
          const role = statement.parameters?.length ? 'function' : 'definition';
          return [symbol(statement.name.name, definition ? shapeText(definition.shape) : '', role, statement.name.range)];
        }
        case 'request':
          return [symbol(oneLine(textOf(compiled, statement.range)), '', 'request', statement.range)];
        case 'check':
          return [symbol(oneLine(textOf(compiled, statement.range)), '', 'check', statement.range)];
        case 'dim': case 'assume': case 'set': case 'broken':
          return [];
      }
    });
    return { name: '@mcalc', detail: '', role: 'part', range: part.range, selection: part.range, children };
  });
  const only = groups.length === 1 ? groups[0] : undefined;
  return only && analysis.languageId === 'mcalc' ? only.children : groups;
}
