/** Adjoints of many thousands of terms are read again: in pieces, each of which the parser takes. */
import { expect, test } from 'vitest';
import { resolve } from '../../core/algebra/resolve';
import { candidateOf } from '../../core/ide/candidate';
import { inPieces } from '../../core/ide/pieces';
import { treeSize } from '../../core/notation/cost';
import { parse } from '../../core/syntax/parse';
import { printText } from '../../core/syntax/print';
import type { Expr } from '../../core/syntax/tree';
import { createOracle } from '../../core/verify/oracle';
import { firstRequest } from '../verify/document';

const DECLARED = 'A, B : matrix(n, n)\nx : vector(n)\n';
const POINT = new Map([['A', { rows: 2, cols: 2, data: ['1', '2', '3', '5'] }], ['B', { rows: 2, cols: 2, data: ['2', '-1', '7', '4'] }], ['x', { rows: 2, cols: 1, data: ['3', '-2'] }]]);
const valueOf = (lines: readonly string[]): readonly string[] => {
  const p = resolve(parse(`${DECLARED}${lines.join('\n')}`));
  expect(p.diagnostics.filter((d) => d.severity === 'error')).toEqual([]);
  return createOracle(p, new Map([['n', 2]]), POINT).evaluate(firstRequest(p).term).data.map((d) => d.toString());
};
const treeOf = (text: string): Expr => {
  const statement = parse(`${DECLARED}${text}`).statements.at(-1);
  if (statement?.kind !== 'request') throw new Error(text);
  return statement.expr;
};
const written = (text: string, most: number): readonly string[] => {
  let k = 0;
  const { tree, lines } = inPieces(treeOf(text), () => `P_${++k}`, most);
  for (const t of [tree, ...lines.map((d) => d.tree)]) expect(treeSize(t)).toBeLessThanOrEqual(most);
  return [...lines.map((d) => `${d.name} = ${printText(d.tree)}`), printText(tree)];
};

test.each([
  ["A*B - (B - A')*(A*B + 2*A - B^3)' + 3*B - A*x*x' + A*B*A*B - A", 12],
  ["-(A - B*A + A*B - A)'*(B - (A - B))*x", 8],
  ["tr((A + B*A - B)^2 - A*B) - x'*A*B*x - x'*(A - B + A*A)*x", 10],
  ['[A*B - A, B + A*A - B; A - B, A*B*A] * [A - B*A + B; A*A*A - B]', 9],
])('%s in pieces of at most %i has the same value', (text, most) => {
  const lines = written(text, most);
  expect(lines.length).toBeGreaterThan(2);
  expect(valueOf(lines)).toEqual(valueOf([text]));
});

test('what is short stays one line, and pieces of pieces are made where there are many', () => {
  expect(written('A*B - B*A', 100)).toEqual(['A*B - B*A']);
  const lines = written(Array.from({ length: 400 }, (_, k) => `${k + 1}*A*B`).join(' - '), 20);
  expect(lines.length).toBeGreaterThan(80);
  expect(valueOf(lines)).toEqual(valueOf([`${1 - (400 * 401) / 2 + 1}*A*B`]));
});

test('an adjoint that is too long for one statement is read again', () => {
  const names = Array.from({ length: 30 }, (_, k) => `A_${k + 1}`);
  const p = resolve(parse(`X, ${names.join(', ')} : matrix(n, n)\nF = ${names.map((a) => `(X - ${a})`).join('*')}\njacobian(F, X)`));
  const candidate = candidateOf(p, firstRequest(p));
  expect(candidate?.directional).toBeDefined();
  expect(candidate?.vjp).toBeDefined();
  expect(candidate?.program.text.match(/^part\w* = .{1000}/gm)?.length).toBeGreaterThan(3);
});

// Seed 9006480 of `npm run fuzz`: multiplied out it had 150 000 characters.
test('an adjoint on orthogonal matrices is not multiplied out', () => {
  const p = resolve(parse('dim m >= n\nS : matrix(n, n) posdef\nQ : matrix(n, n) orthogonal\nN : matrix(n, n) invertible\nR : matrix(n, n) positive\np : vector(n) positive\nD2 = sym(Q)\nF = logmFrechet((((S*diag(p)*(S)\'))^(1/2)*(((S*diag(p)*(S)\'))^(1/2))\' + I), sym(((R - D2) * (N \\ D2)))^3))\njacobian(F, Q)'));
  const candidate = candidateOf(p, firstRequest(p));
  expect(candidate?.vjp).toBeDefined();
  expect(candidate?.program.text.length).toBeLessThan(3000);
});

test('an answer with a name for what holds the direction is read again', () => {
  const p = resolve(parse('X : matrix(m, n)\nW : matrix(n, k)\nZ = X*W\nf = sum(log(rowsum(exp(Z))))\nhvp(f, W, V)'));
  const candidate = candidateOf(p, firstRequest(p));
  expect(candidate?.program.text).toMatch(/^V : matrix\(n, k\)\nM = .*V.*$/m);
  expect(candidate?.result).toBeDefined();
});
