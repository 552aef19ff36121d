// Terms over one inverse that are one term together: right, done where it is shorter, and left alone elsewhere.
import { describe, expect, test } from 'vitest';
import { resolve } from '../../core/algebra/resolve';
import { openWorkspace } from '../../core/calculus/workspace';
import { present } from '../../core/notation/present';
import { toTree } from '../../core/notation/tree';
import { evaluate } from '../../core/numeric/evaluate';
import { newGraph } from '../../core/simplify';
import { parse } from '../../core/syntax/parse';
import { printText } from '../../core/syntax/print';
import { naive } from '../fuzz/naive';
import { drawPoint } from '../fuzz/point';
import { randomFrom } from '../fuzz/random';
import { gap } from './tails';

const DECLARED = `
A, B, C : matrix(n, n)
S : matrix(n, n) posdef
K : matrix(n, n) skew
X : matrix(m, n)
x, y : vector(n)
a, b, c : scalar positive`;

function open(text: string): { readonly text: string; readonly values: readonly number[]; readonly want: readonly number[] } {
  const document = parse(`${DECLARED}\n${text}`);
  const program = resolve(document);
  const term = program.requests.at(-1)?.term;
  if (!term || program.diagnostics.some((d) => d.severity === 'error')) throw new Error(text);
  const w = openWorkspace(program, newGraph);
  const node = w.node(term);
  const point = drawPoint(program, 0, randomFrom(11));
  return { text: printText(toTree(w.g, node)), values: [...evaluate(node, point).data], want: [...naive(program, term, point).data] };
}

describe('terms over one inverse', () => {
  test.each([
    ['I - inv(A + B)*B', 'inv(A + B)*A'], ['I - B*inv(A + B)', 'A*inv(A + B)'], ["I - X'*X*inv(X'*X + c*I)", "c*inv(X'*X + c*I)"], ['C*y - C*inv(A + B)*B*y', 'C*inv(A + B)*A*y'],
    ['inv(I - K)*(I + K) + I', '2*inv(I - K)'], ['inv(A + S)^2*S - inv(A + S)', '-(A + S)^-2*A'], ['A - A*inv(A + B)*A', 'A*inv(A + B)*B'],
    ['1 - b/(a + b)', 'a / (a + b)'], ["1 - x'*S*x/(1 + x'*S*x)", "1 / (1 + x'*S*x)"], ["y/(a + b) - a*y/(a + b)^2", 'b*y / (a + b)^2'],
    ['1/sqrt(a + b) - a/(a + b)^(3/2)', 'b / sqrt(a + b)^3'], ['1 - x.^2 ./ (a + x.^2)', 'a ./ (a + x.^2)'], ['x .* y ./ (a*b^2 + x.^2).^2 - x.^3 .* y ./ (a*b^2 + x.^2).^3', 'a*b^2*(x .* y ./ (a*b^2 + x.^2).^3)'],
    ["n - tr(X'*X*inv(X'*X + c*I))", "c*tr(inv(X'*X + c*I))"], ['2*a*n - 2*a*tr(inv(A + B)*B)', '2*a*tr(A*inv(A + B))'], ["tr(inv(X'*X + c*I)) - c*tr(inv(X'*X + c*I)^2)", "tr(X'*X*(X'*X + c*I)^-2)"],
  ])('%s = %s', (text, shown) => {
    const made = open(text);
    expect(gap(made.values, made.want)).toBeLessThan(1e-9);
    expect(made.text).toBe(shown);
  });
  test.each(['inv(A + B)*C + I', 'inv(A + B)*C*x + x', 'B*inv(A + B)*C + C*B', 'c/(a + b) + 1', 'y - x ./ (a + x.^2)', 'a + b*tr(inv(A + B)*B)', "m - tr(X'*X*inv(X'*X + c*I))", 'inv(A)*B + I'])('%s stays', (text) => {
    const { text: shown, values, want } = open(text);
    expect(gap(values, want)).toBeLessThan(1e-9);
    expect(shown).toMatch(/[+-] /);
  });
  test('the Cayley transform reads as in the books', () => {
    const program = resolve(parse(`${DECLARED}\nQ = inv(I + K)*(I - K)\njacobian(Q, K)`));
    const request = program.requests[0];
    const p = request && present(program, request);
    expect(p && 'forms' in p ? p.forms.components?.text : undefined).toBe('-inv(I + K)*(E(k, l) - E(l, k))*inv(I + K)');
  });
});
