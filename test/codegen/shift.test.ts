/** Softmax of each row or column, however it is written, at entries whose exponentials are no numbers. */
import { expect, test } from 'vitest';
import { generate, load } from './harness';

const [m, n] = [3, 4];
/** Rows a thousand apart in both directions, and within a row. */
const X = Float64Array.of(1000, 1001, 999.5, 1000.25, -1000, -1002, -1000.5, -999, 800, -800, 799, 0);
const rows = <T>(f: (row: readonly number[]) => T): readonly T[] => Array.from({ length: m }, (_, i) => f([...X.slice(i * n, (i + 1) * n)]));
const turned = Float64Array.from({ length: m * n }, (_, k) => X[(k % m) * n + Math.floor(k / m)]!);
const softmax = (x: readonly number[]): readonly number[] => { const top = Math.max(...x); const e = x.map((v) => Math.exp(v - top)); const s = e.reduce((a, b) => a + b); return e.map((v) => v / s); };
const logsumexp = (x: readonly number[]): number => { const top = Math.max(...x); return top + Math.log(x.map((v) => Math.exp(v - top)).reduce((a, b) => a + b)); };
const P = rows(softmax);

function run(text: string, name: string, given: Readonly<Record<string, unknown>>): readonly number[] {
  const module = generate(text);
  expect(module.refused).toEqual([]);
  const f = module.functions.find((x) => x.name === name);
  if (!f) throw new Error(`${name} is not among ${module.functions.map((x) => x.name).join(', ')}`);
  const made = load(module.text)[name]!(...f.parameters.filter((p) => p.role !== 'out').map((p) => (p.name === 'dims' ? { m, n } : given[p.name])));
  return typeof made === 'number' ? [made] : [...made];
}
const near = (found: readonly number[], wanted: readonly number[]): void => {
  expect(found).toHaveLength(wanted.length);
  found.forEach((x, i) => expect(Math.abs(x - wanted[i]!)).toBeLessThanOrEqual(1e-12 * Math.max(1, Math.abs(wanted[i]!))));
};
const D = 'X : matrix(m, n)\n';
const V = Float64Array.from({ length: m * n }, (_, k) => Math.sin(k + 1));
const v = (i: number, j: number): number => V[i * n + j]!;

test.each([
  ['a finite sum', 'f = sum(logsumexp(X[i, :]), i = 1:m)\ngrad(f, X)', 'f', [rows(logsumexp).reduce((a, b) => a + b)]],
  ['its gradient', 'f = sum(logsumexp(X[i, :]), i = 1:m)\ngrad(f, X)', 'gradientFByX', P.flat()],
  ['logarithms of row sums', 'F = log(rowsum(exp(X)))\nF', 'F', rows(logsumexp)],
  ['twice the logarithm of squares', 'F = log(rowsum(exp(X)).^2)\nF', 'F', rows((x) => 2 * logsumexp(x))],
  ['a quotient', "F = exp(X) ./ (rowsum(exp(X))*ones(n)')\nF", 'F', P.flat()],
  ['a diagonal matrix before it', 'F = diag(1 ./ rowsum(exp(X)))*exp(X)\nF', 'F', P.flat()],
  ['a difference under exp', "F = exp(X - log(rowsum(exp(X)))*ones(n)')\nF", 'F', P.flat()],
  ['its derivative', "F = exp(X) ./ (rowsum(exp(X))*ones(n)')\njacobian(F, X)", 'jvpFByX', P.flatMap((p, i) => p.map((x, j) => x * (v(i, j) - p.reduce((s, y, k) => s + y * v(i, k), 0))))],
  ['a product with the quotients by row sums', "F = (1 ./ rowsum(exp(X)))'*exp(X)\nF", 'F', Array.from({ length: n }, (_, j) => P.reduce((sum, p) => sum + p[j]!, 0))],
  ['cross entropy by a bias of all rows', "c : vector(n)\nZ = X + ones(m)*c'\nf = sum(log(rowsum(exp(Z))))\ngrad(f, c)", 'gradientFByC', Array.from({ length: n }, (_, j) => P.reduce((sum, p) => sum + p[j]!, 0))],
  ['a product of a softmax and its transpose', "F = diag(1 ./ rowsum(exp(X)))*exp(X)*exp(X)'*diag(1 ./ rowsum(exp(X)))\nF", 'F', P.flatMap((p) => P.map((q) => p.reduce((sum, x, j) => sum + x * q[j]!, 0)))],
])('rows: %s', (_, text, name, wanted) => { near(run(D + text, name, { X, V, c: new Float64Array(n) }), wanted); });

test.each([
  ['logarithms of column sums', "F = log(colsum(exp(X)))\nF", 'F', rows(logsumexp)],
  ['a quotient', 'F = exp(X) ./ (ones(m)*colsum(exp(X)))\nF', 'F', Array.from({ length: m * n }, (_, k) => P[k % m]![Math.floor(k / m)]!)],
  ["rows of quotients by the sums of columns", "F = exp(X)*(1 ./ colsum(exp(X))')\nF", 'F', Array.from({ length: n }, (_, i) => P.reduce((sum, p) => sum + p[i]!, 0))],
])('columns: %s', (_, text, name, wanted) => {
  const module = generate(`X : matrix(m, n)\n${text}`);
  const f = module.functions.find((x) => x.name === name)!;
  near([...load(module.text)[name]!(...f.parameters.filter((p) => p.role !== 'out').map((p) => (p.name === 'dims' ? { m: n, n: m } : turned))) as Float64Array], wanted);
});

const ALL = softmax([...X]);
const mean = (of: Float64Array): number => ALL.reduce((sum, p, k) => sum + p * of[k]!, 0);
test.each([
  ['a quotient', 'F = exp(X)/sum(exp(X))\nF', 'F', ALL],
  ['a mean', 'f = sum(X .* exp(X))/sum(exp(X))\nf', 'f', [mean(X)]],
  ['its gradient', 'f = sum(X .* exp(X))/sum(exp(X))\ngrad(f, X)', 'gradientFByX', ALL.map((p, k) => p * (1 + X[k]! - mean(X)))],
  ['its derivative', 'F = exp(X)/sum(exp(X))\njacobian(F, X)', 'jvpFByX', ALL.map((p, k) => p * (V[k]! - mean(V)))],
])('all entries: %s', (_, text, name, wanted) => { near(run(D + text, name, { X, V }), wanted); });
test('all entries of a vector: the quotient and its Jacobian', () => {
  const code = load(generate('x : vector(n)\nF = exp(x)/sum(exp(x))\njacobian(F, x)').text);
  const x = Float64Array.of(1000, 1001, -1000, 999.5), p = softmax([...x]);
  near([...code['F']!(x) as Float64Array], p);
  near([...code['jacobianFByX']!(x) as Float64Array], p.flatMap((a, i) => p.map((b, j) => (i === j ? a : 0) - a * b)));
});
test('what is not divided by the whole sum is as it is written: its largest entry may be left out', () => {
  const code = load(generate("x, a : vector(n)\nf = log(a'*exp(x))\nf").text);
  expect(code['f']!(Float64Array.of(700, -100), Float64Array.of(0, 1))).toBeCloseTo(-100, 12);
});

/** The largest entry of each row has no weight, and the others' exponentials are nothing beside its own. */
const FAR = Float64Array.of(700, -100, -101.5, -99, 650, -200, -201, -200.5, 709, -36, -37, -35.25);
const weighted = (w: readonly number[]): readonly number[] => Array.from({ length: m }, (_, i) => { const x = [...FAR.slice(i * n, (i + 1) * n)].slice(1); return logsumexp(x.map((v, j) => v + Math.log(w[j + 1]!))); });
test.each([
  ['a product with weights', 'w : vector(n)\nF = log(exp(X)*w)\nF', 'F', 0],
  ['weights entry by entry', 'W : matrix(m, n)\nF = log(rowsum(W .* exp(X)))\nF', 'F', 0],
  ['its gradient', "w : vector(n)\nf = sum(log(exp(X)*w))\ngrad(f, X)", 'gradientFByX', 1],
  ['weights that may be 0', 'w : vector(n) nonnegative\nF = log(exp(X)*w)\nF', 'F', 0],
] as const)('a largest entry without weight is not what rows are measured by: %s', (_, text, name, order) => {
  const w = [0, 0.5, 2, 1.25];
  const wanted = order === 0 ? weighted(w) : Array.from({ length: m * n }, (_x, k) => { const [i, j] = [Math.floor(k / n), k % n]; return w[j] === 0 ? 0 : Math.exp(FAR[k]! + Math.log(w[j]!) - weighted(w)[i]!); });
  near(run(`X : matrix(m, n)\n${text}`, name, { X: FAR, w: Float64Array.from(w), W: Float64Array.from({ length: m * n }, (_x, k) => w[k % n]!) }), wanted);
});
test.each([
  ['a product with weights', 'w : vector(n) positive\nF = log(exp(X)*w)\nF'],
  ['a mixture', "a : vector(n)\nF = log(exp(X)*exp(a))\nF"],
  ['rows that are scaled', 'w, v : vector(n) positive; u : vector(m) positive\nF = log((u .* (exp(X)*w))*v\')\nF'],
])('positive weights keep the largest entry: %s', (_, text) => { expect(generate(`X : matrix(m, n)\n${text}`).text).toContain('rowMax('); });

test.each([
  ['the sums themselves', 'F = rowsum(exp(X))\nF'],
  ['a sum of all', 'f = sum(exp(X))\nf'],
  ['two matrices', 'Y : matrix(m, n)\nF = rowsum(exp(X)) ./ rowsum(exp(Y))\nF'],
  ['a symmetric matrix over a number', 'S : matrix(n, n) symmetric; l : scalar positive\nF = exp(-S/(2*l^2))\nF'],
  ['a symmetric matrix, scaled on both sides', 'S : matrix(n, n) symmetric\nF = diag(1 ./ rowsum(exp(S)))*exp(S)*diag(1 ./ rowsum(exp(S)))\nF'],
  ['rows and columns of a square', 'A : matrix(n, n)\nF = exp(A) ./ (rowsum(exp(A))*colsum(exp(A)))\nF'],
])('%s: as it is written', (_, text) => { expect(generate(D + text).text).not.toContain('rowMax('); });

test('a symmetric matrix over its row sums is shifted', () => {
  expect(generate("S : matrix(n, n) symmetric\nF = exp(S) ./ (rowsum(exp(S))*ones(n)')\nF").text).toContain('rowMax(S');
});

test('one of the two that are divided: the one that does not change', () => {
  const text = generate(`${D}Y : matrix(m, n)\nF = (exp(X) ./ (rowsum(exp(X))*ones(n)')) .* exp(Y)\nF`).text;
  expect(text.match(/rowMax\(\w+/g)?.slice(0, 1)).toEqual(['rowMax(X']);
  expect(text).not.toContain('rowMax(Y');
});

test('the logarithm of a root is as it is written: what it loses is no whole number of times the largest entry', () => {
  expect(generate(`${D}F = log(rowsum(exp(X)).^(1/2))\nF`).text).not.toContain('rowMax(');
});
