/** Work that symmetry saves: entries that are functions of each entry of a symmetric array are computed once for both halves. */
import { expect, test } from 'vitest';
import { generateModule } from '../../core/codegen/generate';
import { load, prepare } from './harness';

const textOf = (document: string): string => generateModule(prepare(document).map((p) => p.input)).text;

const HALVED: readonly (readonly [document: string, name: string, fn: 'exp' | 'log' | 'cosh'])[] = [
  ['D : matrix(n, n) symmetric; l : scalar positive\nK = exp(-D/(2*l^2))\nK', 'K', 'exp'],
  ['D : matrix(n, n) symmetric; l : scalar positive\nK = l*cosh(D) + l*I\nK', 'K', 'cosh'],
  ["X : matrix(n, n)\nK = exp(X*X')\nK", 'K', 'exp'],
];
for (const [document, name, fn] of HALVED) {
  test(`half of the entries are computed: ${document.split('\n')[1]}`, () => {
    const n = 5;
    const code = load(textOf(document));
    const D = Float64Array.from({ length: n * n }, (_, k) => Math.cos((Math.floor(k / n) + 1) * ((k % n) + 1)));
    const whole = Math[fn];
    let count = 0;
    Math[fn] = (x) => { count++; return whole(x); };
    let K: Float64Array;
    try { K = (document.includes('l :') ? code[name]!(D, 1.5) : code[name]!(D)) as Float64Array; } finally { Math[fn] = whole; }
    expect(count).toBe((n * (n + 1)) / 2);
    for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) {
      const x = document.includes('X*X') ? Array.from({ length: n }, (_, p) => D[i * n + p]! * D[j * n + p]!).reduce((a, b) => a + b) : D[i * n + j]!;
      const want = document.includes('cosh') ? 1.5 * Math.cosh(x) + (i === j ? 1.5 : 0) : Math.exp(document.includes('X*X') ? x : -x / 4.5);
      expect(K[i * n + j]).toBeCloseTo(want, 12);
      expect(K[i * n + j]).toBe(K[j * n + i]);
    }
  });
}
test('what is not symmetric, or costs no more than a store, is written entry by entry', () => {
  expect(textOf('D : matrix(n, n)\nK = exp(D)\nK')).toMatch(/out\[i\] = Math\.exp\(D\[i\]!?\)/);
  expect(textOf('D : matrix(n, n) symmetric\nK = D.^2 + D\nK')).not.toContain('j <= i');
});
test.each(['', ' positive'])("X'*diag(d)*X is a symmetric product, d%s", (word) => {
  const text = textOf(`X : matrix(m, n); d : vector(m)${word}\nF = X'*diag(d)*X\nF`);
  expect(text.match(/multiply\w*\(X, P/g)).toEqual(['multiplyTNSym(X, P']);
  const F = load(text)['F']!(Float64Array.of(1, 2, 3, 4, 5, 6), Float64Array.of(2, 1, 3)) as Float64Array;
  expect([...F]).toEqual([2 + 9 + 75, 4 + 12 + 90, 4 + 12 + 90, 8 + 16 + 108]);
});
