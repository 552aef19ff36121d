/** How a bracket is read to its end, or its end is missed. Part of the expression parser. */
import { type Cursor, lastRange, named, peek, rangeOf, report, take } from './cursor';
import { isSymbol } from './heads';
import type { Token } from './tree';

/** From here on a bracket is open: `‖` pairs up within it alone. The result is for `leaveBracket`. */
export function openBracket(c: Cursor, open: string): number {
  const outside = c.bars;
  c.bars = 0;
  c.brackets.push(open);
  return outside;
}
export function leaveBracket(c: Cursor, outside: number): void {
  c.brackets.pop();
  c.bars = outside;
}

/** Takes the closing bracket, or says what is wrong and skips to it where it comes later. Gives where the bracket ends. */
export function closeBracket(c: Cursor, open: Token, closer: string, expected: string): number {
  const close = take(c, closer);
  if (close) return close.end;
  const token = peek(c);
  if (token === undefined) {
    const end = lastRange(c).end;
    report(c, 'MC1003', `\`${open.text}\` is never closed. Write the missing \`${closer}\`.`, rangeOf(open), {
      fixes: [{ title: `Add \`${closer}\` at the end of the statement`, edits: [{ range: { start: end, end }, text: closer }], safe: false }],
    });
    return end;
  }
  if (isSymbol(token, ')', ']', '}')) {
    report(c, 'MC1003', `Found ${named(token)} where ${expected} was expected.`, rangeOf(token), {
      related: [{ range: rangeOf(open), message: `\`${open.text}\` was opened here.` }],
      fixes: [{ title: `Replace by \`${closer}\``, edits: [{ range: rangeOf(token), text: closer }], safe: false }],
    });
    const opener = token.text === ')' ? '(' : token.text === ']' ? '[' : '{';
    if (!c.brackets.slice(0, -1).includes(opener)) c.at++;
    return lastRange(c).end;
  }
  report(c, 'MC1003', `Found ${named(token)} where ${expected} was expected.`, rangeOf(token), { related: [{ range: rangeOf(open), message: `\`${open.text}\` was opened here.` }] });
  let depth = 0;
  for (let next = peek(c); next; next = peek(c)) {
    if (isSymbol(next, '(', '[')) depth++;
    else if (isSymbol(next, ')', ']')) {
      if (depth === 0) return take(c, closer)?.end ?? lastRange(c).end;
      depth--;
    }
    c.at++;
  }
  return lastRange(c).end;
}
