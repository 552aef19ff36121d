/** Names that were written without the space between them: `AXX` for `A X X`, `XTX` for `X'X`. */
import type { Scope } from './scope';

/** A longer word is no product that anybody types. */
const LONGEST = 24;

/** The word as a product of declared names, the longest ones first; `T` and `t` behind one are a transpose where nothing has that name. */
export function unglued(scope: Scope, word: string): string | undefined {
  const letters = [...word];
  if (letters.length > LONGEST || letters.length < 2) return undefined;
  const isName = (text: string): boolean => {
    const entry = scope.names.get(text);
    return entry?.kind === 'definition' || (entry?.kind === 'variable' && !entry.unknown);
  };
  const isMark = (text: string): boolean => (text === 'T' || text === 't' || text === 'ᵀ') && !scope.names.has(text) && !scope.dimensions.has(text);
  /** Each rest of the word once. */
  const known = new Map<number, readonly string[] | undefined>();
  const from = (at: number): readonly string[] | undefined => {
    if (at === letters.length) return [];
    if (known.has(at)) return known.get(at);
    let found: readonly string[] | undefined;
    for (let end = letters.length; end > at && !found; end--) {
      const name = letters.slice(at, end).join('');
      if (name === word || !isName(name)) continue;
      const marked = end < letters.length && isMark(letters[end] ?? '') ? from(end + 1) : undefined;
      const rest = marked ? undefined : from(end);
      found = marked ? [`${name}'`, ...marked] : rest && [name, ...rest];
    }
    known.set(at, found);
    return found;
  };
  const parts = from(0);
  if (!parts || (parts.length < 2 && parts[0]?.endsWith("'") !== true)) return undefined;
  return parts.reduce((text, part) => (text.endsWith("'") ? `${text}${part}` : `${text} ${part}`));
}
