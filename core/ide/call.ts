/** The call that an offset stands in, read off the words, so that it is found in half-written text too. */
import type { Token } from '../syntax/tree';

export interface CallAt {
  readonly name: Token;
  /** From 0. */
  readonly argument: number;
}

const OPENING: ReadonlySet<string> = new Set(['(', '[', '{']);
const CLOSING: ReadonlySet<string> = new Set([')', ']', '}']);

/** The innermost `name(` before an offset that is not closed there, with the number of commas between; undefined outside calls. */
export function callAt(tokens: readonly Token[], offset: number, isCallable: (name: string) => boolean): CallAt | undefined {
  let closed = 0;
  let argument = 0;
  let last = tokens.length - 1;
  while (last >= 0 && (tokens[last]?.end ?? 0) > offset) last--;
  for (let i = last; i >= 0; i--) {
    const token = tokens[i];
    if (!token) break;
    if (token.kind !== 'symbol') continue;
    if (CLOSING.has(token.text)) {
      closed++;
    } else if (OPENING.has(token.text)) {
      if (closed > 0) {
        closed--;
        continue;
      }
      const name = tokens[i - 1];
      if (token.text === '(' && name?.kind === 'name' && isCallable(name.text)) return { name, argument };
      argument = 0;
    } else if (closed === 0 && token.text === ',') {
      argument++;
    } else if (closed === 0 && token.text === ';') {
      // A `;` inside brackets parts the rows of blocks; outside it ends a statement.
      if (!insideBrackets(tokens, i)) return undefined;
    }
  }
  return undefined;
}

function insideBrackets(tokens: readonly Token[], from: number): boolean {
  let closed = 0;
  for (let i = from - 1; i >= 0; i--) {
    const text = tokens[i]?.kind === 'symbol' ? tokens[i]?.text ?? '' : '';
    if (CLOSING.has(text)) closed++;
    else if (OPENING.has(text) && closed-- === 0) return true;
  }
  return false;
}
