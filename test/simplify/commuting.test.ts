// Functions of one matrix commute: one order, one node, symmetric where the matrix is; and what is none does not.
import { describe, expect, test } from 'vitest';
import { resolve } from '../../core/algebra/resolve';
import type { Node } from '../../core/algebra/node';
import { openWorkspace } from '../../core/calculus/workspace';
import { evaluate } from '../../core/numeric/evaluate';
import { newGraph } from '../../core/simplify';
import { parse } from '../../core/syntax/parse';
import { naive } from '../fuzz/naive';
import { drawPoint } from '../fuzz/point';
import { randomFrom } from '../fuzz/random';
import { best } from '../notation/best';
import { gap } from './tails';

const DECLARED = 'A, B : matrix(n, n)\nS, T : matrix(n, n) symmetric\nP, R : matrix(n, n) posdef\nX : matrix(m, n)\nc : scalar positive';

function sides(text: string): { readonly isOne: boolean; readonly values: readonly (readonly number[])[]; readonly want: readonly (readonly number[])[] } {
  const program = resolve(parse(`${DECLARED}\n${text.split(' == ').join('\n')}`));
  const terms = program.requests.map((r) => r.term);
  if (terms.length !== 2 || program.diagnostics.some((d) => d.severity === 'error')) throw new Error(text);
  const w = openWorkspace(program, newGraph);
  const nodes = terms.map((t) => w.node(t));
  const point = drawPoint(program, 0, randomFrom(3));
  const [left, right] = nodes as [Node, Node];
  return { isOne: w.g.sub(left, right).kind === 'zero', values: nodes.map((n) => [...evaluate(n, point).data]), want: terms.map((t) => [...naive(program, t, point).data]) };
}

describe('commuting factors', () => {
  test.each([
    'A*expm(A) == expm(A)*A', 'inv(P)*logm(P) == logm(P)*inv(P)', "(inv(P)*logm(P))' == inv(P)*logm(P)", 'sym(S*expm(S)) == S*expm(S)', '(I - S)*inv(2*I + S^2) == inv(2*I + S^2)*(I - S)',
    '(I + c*I)*expm(A) == expm(A)*(c*I + I)', "(inv(P + c*I)*P^(1/2))' == P^(1/2)*inv(P + c*I)", "inv(X'*X + c*I)*X'*X == X'*X*inv(X'*X + c*I)", "expm(A')*A' == (A*expm(A))'", 'P^(1/3)*logm(P) == logm(P)*P^(1/3)',
  ])('%s', (text) => {
    const { isOne, values, want } = sides(text);
    expect(isOne).toBe(true);
    for (const [i, v] of values.entries()) expect(gap(v, want[i] ?? [])).toBeLessThan(1e-9);
  });
  test.each(['A*expm(B) == expm(B)*A', 'S*expm(T) == expm(T)*S', "A*expm(A') == expm(A')*A", "sym(A*expm(A)) == A*expm(A)", 'P*logm(R)*inv(P) == logm(R)'])('not %s', (text) => {
    expect(sides(text).isOne).toBe(false);
  });
  test('the squared distance on the cone of posdef matrices', () => {
    expect(best('X : matrix(n, n) posdef\nf = normF(logm(X))^2\ngrad(f, X)')).toBe('2*X^-1*logm(X)');
  });
  test('a common factor before a vector is still found', () => {
    expect(best('A : matrix(n, n)\nx, b : vector(n)\nF = expm(A)*A*x - expm(A)*b\nF')).toBe('expm(A)*(A*x - b)');
  });
});
