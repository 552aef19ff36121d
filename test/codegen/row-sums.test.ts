/** rowsum(A .* (P*Q)) through A*Q', where that is there: the same numbers, and nothing where it is not. */
import { expect, test } from 'vitest';
import { generate, load, random } from './harness';
import { planOf } from './plan-of';

test('alone, the product that is written', () => {
  expect(planOf('A, B : matrix(n, n)\nP : matrix(n, d)\nQ : matrix(d, n)\nrowsum(A .* (P*Q))').kernels).toBe('multiply loop');
});
test.each([
  ['rows', "A, P, Q : matrix(n, n)\nF = rowsum(A .* (P*Q)) + (A*Q')*ones(n)\nF", 'multiplyNT loop loop loop'],
  ['columns', "A, P, Q : matrix(n, n)\nF = colsum(A .* (P*Q))' + (P'*A)*ones(n)\nF", 'multiplyTN loop loop loop'],
  ['scaled rows', "A, P, Q : matrix(n, n)\nu : vector(n) positive\nF = P .* ((A ./ (u*ones(n)'))*Q') + rowsum((A ./ (u*ones(n)').^2) .* (P*Q))*ones(n)'\nF", 'multiplyNT loop loop'],
])('%s: as entry by entry', (_, text, kernels) => {
  expect(planOf(text).kernels).toBe(kernels);
  const module = generate(text);
  const next = random(5), n = 3;
  const [A, P, Q] = [0, 1, 2].map(() => Float64Array.from({ length: n * n }, next)) as [Float64Array, Float64Array, Float64Array];
  const u = Float64Array.of(0.5, 1.5, 2);
  const at = (M: Float64Array, i: number, j: number): number => M[i * n + j]!;
  const sum = (f: (k: number) => number): number => [0, 1, 2].reduce((s, k) => s + f(k), 0);
  const name = module.functions[0]!.name;
  const made = load(module.text)[name]!(...module.functions[0]!.parameters.filter((p) => p.role !== 'out').map((p) => ({ A, P, Q, u, dims: { n } })[p.name as 'A']));
  const PQ = (i: number, j: number): number => sum((k) => at(P, i, k) * at(Q, k, j));
  const want = text.includes('colsum')
    ? [0, 1, 2].map((j) => sum((i) => at(A, i, j) * PQ(i, j)) + sum((l) => sum((k) => at(P, k, j) * at(A, k, l))))
    : text.includes('F = rowsum')
      ? [0, 1, 2].map((i) => sum((j) => at(A, i, j) * PQ(i, j)) + sum((l) => sum((k) => at(A, i, k) * at(Q, l, k))))
      : Array.from(A, (_a, at_) => { const [i, l] = [Math.floor(at_ / n), at_ % n]; return at(P, i, l) * sum((k) => (at(A, i, k) / u[i]!) * at(Q, l, k)) + sum((j) => (at(A, i, j) / u[i]! ** 2) * PQ(i, j)); });
  (typeof made === 'number' ? [made] : [...made]).forEach((x, i) => expect(x).toBeCloseTo(want[i]!, 12));
});

test('value and gradient of attention at once: three products, not four', () => {
  const text = generate("Q, K, V, G : matrix(n, d)\nP = exp(Q*K'/sqrt(d))\nO = P*V ./ (rowsum(P)*ones(1, d))\nf = sum(G .* O)\ngrad(f, Q)").texts.get('valueAndGradientFByQ') ?? '';
  expect(text.match(/\bmultiply\w*\(/g)).toEqual(['multiplyNT(', 'multiplyNT(', 'multiply(']);
});
