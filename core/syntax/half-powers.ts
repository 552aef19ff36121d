/** Powers that look like roots: `A^-1/2` is half of the inverse. */
import { type Cursor, peek, report } from './cursor';
import { isSymbol } from './heads';
import type { Expr, Range } from './tree';

/** `A^-1/2`, written without blanks, looks like a root and is none. */
export function rootMeant(c: Cursor, exponent: Expr, power: Range): void {
  const slash = peek(c);
  const below = peek(c, 1);
  const number = exponent.kind === 'unary' ? exponent.arg : exponent;
  if (!slash || !below || !isSymbol(slash, '/') || below.kind !== 'number' || slash.start !== exponent.range.end || below.start !== slash.end) return;
  if (number.kind !== 'number' || !/^[0-9]+$/.test(below.text) || !(exponent.kind === 'unary' || number.text === '1')) return;
  const sign = exponent.kind === 'unary' ? '-' : '';
  const meant = `(${sign}${number.text}/${below.text})`;
  report(c, 'MC1025', `The power ends before \`/\`: this is the power \`${sign}${number.text}\`, divided by ${below.text}.`, { start: power.start, end: below.end }, {
    fixes: [{ title: `Write \`^${meant}\``, edits: [{ range: { start: exponent.range.start, end: below.end }, text: meant }], safe: false }],
  });
}
