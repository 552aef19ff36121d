/** What a loop over a row's entries does not change stands before it, under as few names as say the same. */
import { expect, test } from 'vitest';
import { createFixedLines } from '../../core/codegen/fixed-lines';
import { generateModule } from '../../core/codegen/generate';
import { requested } from './harness';

const codeOf = (text: string): string => generateModule(requested(text)).text;
const names = (): ((wish: string) => string) => { let k = 0; return (wish) => `${wish}${(k += 1) === 1 ? '' : k}`; };

test('a name that one other name alone reads is written there', () => {
  const { name, settled } = createFixedLines();
  const root = name('1 / Math.sqrt(r[i])');
  const both = name(`c * ${root}`);
  expect(settled(names(), [`s += ${both} * A[j];`])).toEqual({ fixed: ['const t = c / Math.sqrt(r[i]);'], lines: ['s += t * A[j];'] });
});
test('a sum keeps its parentheses, and what is read twice its name', () => {
  const { name, settled } = createFixedLines();
  const total = name('a[i] + b');
  const product = name(`c * ${total}`);
  expect(settled(names(), [`s += ${product} * A[j];`]).fixed).toEqual(['const t = c * (a[i] + b);']);
  expect(settled(names(), [`s += ${product} * A[j] + ${total};`]).fixed).toEqual(['const t = a[i] + b;', 'const t2 = c * t;']);
});
test('what nothing reads is not declared', () => {
  const { name, settled } = createFixedLines();
  name('Math.exp(u[i])');
  expect(settled(names(), ['s += A[j];'])).toEqual({ fixed: [], lines: ['s += A[j];'] });
});
test('a row sum takes roots and quotients once a row', () => {
  const text = codeOf('X : matrix(m, n); r : vector(m) positive; g : vector(n)\nF = rowsum(diag(1 ./ sqrt(r))*X*diag(g) + X .* X)\nF');
  const inner = text.split('\n').filter((line) => /for \(let j = 0/.test(line));
  expect(inner.some((line) => line.includes('Math.sqrt'))).toBe(false);
  expect(text).toContain('= 1 / Math.sqrt(r[i]!);');
});
test('a number and a row\'s own are multiplied before the loop', () => {
  const text = codeOf('X : matrix(m, n); u : vector(m); c : scalar\nF = exp(X + c*u*ones(n)\')\nF');
  expect(text).toContain('const t = c * u[i]!;');
  expect(text).toContain('Math.exp(X[i * n + j]! + t)');
});
test('a division by a number is one', () => {
  const text = codeOf('x : vector(n)\nF = x/norm(x)\njacobian(F, x)');
  expect(text).not.toMatch(/1 \/ \w+ \*|\* 1 \//);
});
test('the largest entries of columns are found where they lie', () => {
  const text = codeOf("Q, K, V, G : matrix(n, d)\nE = exp(Q*K')\nf = sum(G .* ((E ./ (rowsum(E)*ones(1, n)))*V))\ngrad(f, K)");
  expect(text).toMatch(/colMax\(\w+, largest, n, n\)/);
  expect(text).not.toContain('transpose(');
});
