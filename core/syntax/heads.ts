/** How a statement begins, seen from its words alone: what the scan for declared names and the recovery of lines rest on. */
import type { Token } from './tree';
import { STATEMENT_WORDS, STRUCTURE_WORDS, TYPE_WORDS } from './words';

export type Head =
  | { readonly kind: 'word'; readonly word: string }
  /** Indices of the words that are declared; `colon` is that of `:`, `∈` or `in`. */
  | { readonly kind: 'declaration'; readonly names: readonly number[]; readonly colon: number }
  | { readonly kind: 'definition'; readonly name: number; readonly parameters?: readonly number[]; readonly equals: number }
  | { readonly kind: 'other' };

/** Words by their index, from 0 on. */
export interface Words { readonly at: (i: number) => Token | undefined }

const OTHER: Head = { kind: 'other' };
/** One of some symbols; no list is made, since this is asked for nearly every word. */
export function isSymbol(token: Token | undefined, a: string, b?: string, c?: string, d?: string): boolean {
  if (token === undefined || token.kind !== 'symbol') return false;
  const { text } = token;
  return text === a || (b !== undefined && (text === b || (c !== undefined && (text === c || (d !== undefined && text === d)))));
}
export const isOneOf = (token: Token | undefined, texts: ReadonlySet<string>): boolean => token !== undefined && token.kind === 'symbol' && texts.has(token.text);
const isEquals = (token: Token | undefined): boolean => isSymbol(token, '=', ':=');

/** Does a type, or structure words, begin at this word? A variable called `R` is one, not the reals. */
export function startsType(token: Token | undefined, isVariable: (name: string) => boolean): boolean {
  if (token?.kind !== 'name') return false;
  if (token.text === 'ℝ') return true;
  return (TYPE_WORDS.has(token.text) || STRUCTURE_WORDS.has(token.text) || token.text === 'R') && !isVariable(token.text);
}

/** The head of the statement that begins at `from`; reads no word at or after `to`. Linear in the head's length. */
export function readHead(tokens: Words, from: number, to: number, isVariable: (name: string) => boolean): Head {
  const first = tokens.at(from);
  if (from >= to || first?.kind !== 'name') return OTHER;
  const second = from + 1 < to ? tokens.at(from + 1) : undefined;
  const bound = isEquals(second) || isSymbol(second, ':', '∈', ',') || (second?.kind === 'name' && second.text === 'in');
  if (STATEMENT_WORDS.has(first.text) && !bound) return { kind: 'word', word: first.text };
  if (isEquals(second)) return { kind: 'definition', name: from, equals: from + 1 };
  if (isSymbol(second, '(')) {
    const parameters: number[] = [];
    let at = from + 2;
    while (at < to) {
      const token = tokens.at(at);
      if (isSymbol(token, ')')) return at + 1 < to && isEquals(tokens.at(at + 1)) ? { kind: 'definition', name: from, parameters, equals: at + 1 } : OTHER;
      if (token?.kind === 'name') parameters.push(at);
      else if (!isSymbol(token, ',')) return OTHER;
      at++;
    }
    return OTHER;
  }
  const names = [from];
  let at = from + 1;
  while (at + 1 < to && isSymbol(tokens.at(at), ',') && tokens.at(at + 1)?.kind === 'name') {
    names.push(at + 1);
    at += 2;
  }
  if (at >= to) return OTHER;
  const colon = tokens.at(at);
  const next = at + 1 < to ? tokens.at(at + 1) : undefined;
  const membership = isSymbol(colon, '∈') || (colon?.kind === 'name' && colon.text === 'in' && startsType(next, isVariable));
  if (membership || (isSymbol(colon, ':') && startsType(next, isVariable))) return { kind: 'declaration', names, colon: at };
  return OTHER;
}
