/** Logarithms of determinants that are no numbers themselves: from the factors, whatever the sign. */
import { expect, test } from 'vitest';
import { generateModule } from '../../core/codegen/generate';
import { argumentsOf, load, prepare } from './harness';

const n = 40;
/** I plus a dyad, scaled, with two rows swapped: det = -scale^n*(1 + v'v). */
const v = Array.from({ length: n }, (_, i) => Math.sin(i + 1));
const matrix = (scale: number): Float64Array => Float64Array.from({ length: n * n }, (_, q) => {
  const [i, j] = [Math.floor(q / n), q % n];
  const row = i === 0 ? 1 : i === 1 ? 0 : i;
  return scale * ((row === j ? 1 : 0) + v[row]! * v[j]!);
});
const logDet = (scale: number): number => n * Math.log(scale) + Math.log(1 + v.reduce((s, x) => s + x * x, 0));
const SYMMETRIC = (scale: number): Float64Array => Float64Array.from({ length: n * n }, (_, q) => { const [i, j] = [Math.floor(q / n), q % n]; return i === j ? (i % 2 === 0 ? scale : -scale) : 0; });

test.each([
  ['f = log(abs(det(A)))', (s: number) => logDet(s)],
  ['f = log(det(A)^2)', (s: number) => 2 * logDet(s)],
  ['f = log(abs(3*det(A)^3*t))', (s: number) => Math.log(1.5) + 3 * logDet(s)],
  ["f = log(abs(det(A)*det(S)))", (s: number) => logDet(s) + n * Math.log(s)],
  ['f = log(abs(det(tril(A))))', (s: number) => (n - 2) * Math.log(s) + Array.from({ length: n }, (_, i) => (i === 0 ? v[1]! * v[0]! : i === 1 ? v[0]! * v[1]! : 1 + v[i]! * v[i]!)).reduce((sum, x) => sum + Math.log(Math.abs(x)), 0) + 2 * Math.log(s)],
])('%s', (text, wanted) => {
  const [prepared] = prepare(`A : matrix(n, n); S : matrix(n, n) symmetric; t : scalar\n${text}\ngrad(f, A)`);
  for (const target of ['typescript', 'typescript-wasm'] as const) {
    const module = generateModule([prepared!.input], { target });
    const code = load(module.text);
    for (const scale of [1e-12, 1, 1e12]) {
      const values = new Map<string, Float64Array | number>([['A', matrix(scale)], ['S', SYMMETRIC(scale)], ['t', -0.5]]);
      const call = (kind: string): number | Float64Array => { const f = module.functions.find((x) => x.kind === kind)!; return code[f.name]!(...argumentsOf(f, values, new Map([['n', n]]))); };
      expect(call('value')).toBeCloseTo(wanted(scale), 9);
      // The derivative along A itself counts the degree in A.
      const along = (call('gradient') as Float64Array).reduce((s, x, i) => s + x * matrix(scale)[i]!, 0);
      expect(along / n).toBeCloseTo(text.includes('^2') ? 2 : text.includes('^3') ? 3 : 1, 9);
    }
  }
});
test('a determinant whose sign matters is as it is written', () => {
  const [prepared] = prepare('A : matrix(n, n)\nf = log(det(A)^3)\nf');
  const f = load(generateModule([prepared!.input]).text)['f']!;
  expect(f(Float64Array.of(2, 0, 0, 3))).toBeCloseTo(3 * Math.log(6), 12);
  expect(() => { const y = f(Float64Array.of(2, 0, 0, -3)); if (Number.isNaN(y)) throw new Error('NaN'); }).toThrow();
});
