/** How a bracket is read to its end, or its end is missed. Part of the expression parser. */
import { type Cursor, lastRange, named, peek, rangeOf, report, take } from './cursor';
import type { Edit, Fix } from './diagnostic';
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

const ends = (t: Token): boolean => t.kind === 'name' || t.kind === 'number' || t.kind === 'superscript' || isSymbol(t, "'", ')', ']', '.T');
const begins = (t: Token): boolean => t.kind === 'name' || t.kind === 'number' || isSymbol(t, '(', '[');

/** `[1 2; 3 4]`, as elsewhere: the commas between what stands beside each other. */
function missingCommas(c: Cursor, open: Token): readonly Fix[] {
  const edits: Edit[] = [];
  let depth = 0;
  for (let i = c.words.indexOf(open, c.from); i < c.to; i++) {
    const [word, next] = [c.words[i], c.words[i + 1]];
    if (!word) break;
    if (isSymbol(word, '(', '[')) depth++;
    else if (isSymbol(word, ')', ']') && --depth === 0) break;
    if (next && i + 1 < c.to && depth === 1 && ends(word) && begins(next) && word.end < next.start) edits.push({ range: { start: word.end, end: next.start }, text: ', ' });
  }
  return edits.length > 0 ? [{ title: 'Write commas between the blocks', edits, safe: false }] : [];
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
  report(c, 'MC1003', `Found ${named(token)} where ${expected} was expected.`, rangeOf(token), {
    related: [{ range: rangeOf(open), message: `\`${open.text}\` was opened here.` }],
    fixes: open.text === '[' ? missingCommas(c, open) : [],
  });
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
