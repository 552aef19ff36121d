/** `\sigma'(z)`: the derivative of a function that acts on every entry, where the function is known. */
import { type Letter, mayBeCalled } from './letters';
import { type Reader, ambiguous, binaryExpr, callExpr, note, numberExpr } from './reader';
import { isChar } from './tokens';
import type { Expr } from '../tree';

/** The cursor is at the letter; undefined where no primed function stands there. */
export function derivativeOf(r: Reader, letter: Letter, argumentsOf: (r: Reader) => readonly Expr[]): Expr | undefined {
  const prime = r.tokens[letter.end];
  if (!isChar(prime, "'", '′') || !isChar(r.tokens[letter.end + 1], '(') || !mayBeCalled(r, letter)) return undefined;
  r.at = letter.end + 1;
  if (letter.name !== 'sigma' || r.snippet.sigmaIsName) {
    return ambiguous(r, `A prime can be a transpose or a derivative, and \`${letter.name}'\` has no spelling of its own: write the function that it is, or \`\\frac{\\partial ${letter.name}(x)}{\\partial x}\`.`, prime);
  }
  note(r, "`\\sigma'(…)` is read as the derivative of the sigmoid, entry by entry.");
  const value = callExpr('sigmoid', ...argumentsOf(r));
  return { kind: 'paren', arg: binaryExpr('.*', value, { kind: 'paren', arg: binaryExpr('-', numberExpr('1'), value), range: value.range }), range: value.range };
}
