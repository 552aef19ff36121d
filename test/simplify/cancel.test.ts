// Inverses that cancel inside a sum: what becomes of the product is its value, a mutated twin is noticed, and what does not cancel stays.
import { describe, expect, test } from 'vitest';
import { applyShape } from '../../core/algebra/apply-shape';
import { createGraph, type GraphOptions } from '../../core/algebra/graph';
import type { Node } from '../../core/algebra/node';
import { rational } from '../../core/algebra/rational';
import { resolve } from '../../core/algebra/resolve';
import { openWorkspace } from '../../core/calculus/workspace';
import { toTree } from '../../core/notation/tree';
import { evaluate } from '../../core/numeric/evaluate';
import { cancelledTail } from '../../core/simplify/cancel';
import { pairIdentity } from '../../core/simplify/matrix';
import { parse } from '../../core/syntax/parse';
import { printText } from '../../core/syntax/print';
import { naive } from '../fuzz/naive';
import { drawPoint } from '../fuzz/point';
import { randomFrom } from '../fuzz/random';

const DECLARED = `
dim m >= n
X, Y : matrix(m, n) fullrank
V, v : matrix(m, m) invertible
B : matrix(m, n) fullrank
S : matrix(m, m) posdef
C : matrix(n, n) invertible
y, z, w : vector(m)
b : vector(n)
a : vector(m) positive
lambda : scalar positive`;

type Tail = NonNullable<GraphOptions['tail']>;

function open(text: string, tail: Tail): { readonly text: string; readonly values: readonly number[]; readonly want: readonly number[]; readonly node: Node } {
  const document = parse(`${DECLARED}\n${text}`);
  const program = resolve(document);
  const error = [...document.diagnostics, ...program.diagnostics].find((d) => d.severity === 'error');
  const term = program.requests.at(-1)?.term;
  if (error || !term) throw new Error(`${error?.message ?? 'nothing'} in ${text}`);
  const w = openWorkspace(program, (facts) => createGraph({ pair: pairIdentity, tail, dimFacts: facts, shapeOf: (op, args, dims) => applyShape(op, args, dims, facts), rewrites: new Map([
    ['inv', [{ text: 'inv(A) = A^-1', rewrite: (g, [A]) => A && g.inverse(A) }]],
  ]) }));
  const node = w.node(term);
  const point = drawPoint(program, 0, randomFrom(7));
  return { node, text: printText(toTree(w.g, node)), values: [...evaluate(node, point).data], want: [...naive(program, term, point).data] };
}
const gap = (a: readonly number[], b: readonly number[]): number => Math.max(...a.map((x, i) => Math.abs(x - (b[i] ?? NaN)))) / Math.max(1, ...b.map(Math.abs));

const cases: readonly (readonly [string, string])[] = [
  ["X'*(y - X*inv(X'*X)*X'*y)", 'zeros(n)'],
  ["(y' - y'*X*inv(X'*X)*X')*X", 'zeros(1, n)'],
  ["(y - X*inv(X'*X)*X'*y)'*X*b", '0'],
  ["(I - X*inv(X'*X)*X')*X*C", 'zeros(m, n)'],
  ["C'*X'*(I - X*inv(X'*X)*X')", 'zeros(n, m)'],
  ["X'*(2*y - X*inv(X'*X)*X'*y)", "X'*y"],
  ["B'*v'*(v*(z - B*inv(B'*v'*v*B)*B'*v'*(v*z - w)) - w)", 'zeros(n)'],
  ["X'*S*(y - X*inv(X'*S*X)*X'*S*y)", 'zeros(n)'],
  ["X'*inv(S)*(y - X*inv(X'*inv(S)*X)*X'*inv(S)*y)", 'zeros(n)'],
  ["X'*(a .* (y - X*inv(X'*diag(a)*X)*X'*(a .* y)))", 'zeros(n)'],
  ["X'*(a .* (X*inv(X'*diag(a)*X)*b))", 'b'],
  ["V*(y - inv(V)*z)", 'V*y - z'],
  ["(y' - z'*inv(V))*V", "(V'*y - z)'"],
  ["(X'*X + lambda*I)*(b - inv(X'*X + lambda*I)*X'*y)", "(X'*X + lambda*I)*b - X'*y"],
  ["Y'*X*(b - inv(Y'*X)*Y'*y)", "Y'*X*b - Y'*y"],
];

describe('an inverse cancels', () => {
  test.each(cases)('%s = %s', (text, shown) => {
    const made = open(text, cancelledTail);
    expect(gap(made.values, made.want)).toBeLessThan(1e-8);
    expect(made.text).toBe(shown);
    const twin = open(text, (g, factors, next) => {
      const tail = cancelledTail(g, factors, next);
      return tail && { used: tail.used, node: tail.node.kind === 'zero' ? g.ones(tail.node.shape) : g.scale(rational(2), tail.node) };
    });
    expect(gap(twin.values, made.want)).toBeGreaterThan(1e-3);
  });
});

describe('what only looks like it stays as it is', () => {
  test.each([
    "X'*(y - X*inv(X'*X + I)*X'*y)", "Y'*(y - X*inv(X'*X)*X'*y)", "X'*(y - Y*inv(X'*X)*X'*y)", "X'*S*(y - X*inv(X'*X)*X'*y)", "X'*(y + S*X*inv(X'*X)*X'*y)", "X'*(a .* (y - X*inv(X'*X)*X'*y))",
    "V'*(y - inv(V)*z)", "X'*(a.^2 .* (y - X*inv(X'*diag(a)*X)*X'*(a .* y)))",
  ])('%s', (text) => {
    let cancels = 0;
    const made = open(text, (g, factors, next) => {
      const tail = cancelledTail(g, factors, next);
      if (tail) cancels++;
      return tail;
    });
    expect(cancels).toBe(0);
    expect(gap(made.values, made.want)).toBeLessThan(1e-8);
  });
});
