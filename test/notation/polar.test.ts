/** The stable polar form, with the file's name for the factor, the names of its square, and polar(X) where there is none; what is assumed is said once. */
import { resolve } from '../../core/algebra/resolve';
import { present } from '../../core/notation/present';
import { parse } from '../../core/syntax/parse';
import { expect, test } from 'vitest';

const shown = (text: string) => {
  const program = resolve(parse(text));
  const p = present(program, program.requests.at(-1)!);
  if ('refused' in p) throw new Error(p.refused.message);
  return p;
};
const stable = (text: string): string | undefined => shown(text).alternatives.find((a) => a.label.startsWith('stable polar form'))?.text;

test.each([
  ['X : matrix(m, n)\nF = X*(X\'*X)^(-1/2)\njacobian(F, X)', "(I - F*F')*V*B^-1 + 2*F*sylvester(B, B, skewpart(F'*V))"],
  ['X : matrix(m, n)\njacobian(polar(X), X)', "(I - polar(X)*polar(X)')*V*B^-1 + 2*polar(X)*sylvester(B, B, skewpart(polar(X)'*V))"],
  ['X : matrix(n, n)\njacobian(polar(X), X)', "2*polar(X)*sylvester(B, B, skewpart(polar(X)'*V))"],
])('%s', (text, expected) => expect(stable(text)).toBe(expected));

const assumed = (text: string): readonly string[] => shown(text).notes.filter((n) => n.startsWith('Assumes'));
test.each([
  ['X : matrix(m, n)\njacobian(polar(X), X)', ['Assumes that X has full column rank.']],
  ['X : matrix(n, n)\njacobian(polar(X), X)', ['Assumes that X is invertible.']],
  ["X : matrix(m, n)\nS : matrix(m, m) posdef\ny : vector(n)\ngrad(y'*inv(X'*S*X)*y, X)", ['Assumes that X has full column rank.']],
  // Where S is not definite, a full rank of X does not make the product invertible.
  ["X : matrix(m, n)\nS : matrix(m, m) symmetric\ny : vector(n)\ngrad(y'*inv(X'*S*X)*y, X)", ["Assumes that X'*S*X is invertible.", 'Assumes that X has full column rank.']],
  ['S : matrix(n, n) posdef\na, b : vector(n)\ngrad(a\'*inv(chol(S))*b, S)', []],
  ['S : matrix(n, n) posdef\ngrad(tr(inv(S[1:k, 1:k])), S)', []],
] as const)('what is assumed: %s', (text, expected) => expect(assumed(text)).toEqual(expected));
