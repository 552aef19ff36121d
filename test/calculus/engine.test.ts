/** Derivatives of expressions given as text, against central differences of the evaluated function, in every projection of the operator. */
import { expect, test } from 'vitest';
import { dimName, dimNumber, evaluateDim, shape, type Dim, type Shape } from '../../core/algebra/dim';
import type { Node } from '../../core/algebra/node';
import type { StructureWord } from '../../core/algebra/program';
import { adjoint } from '../../core/calculus/adjoint';
import { differential } from '../../core/calculus/differential';
import { entry } from '../../core/calculus/entries';
import { instantiate } from '../../core/calculus/instantiate';
import { vecMatrix } from '../../core/calculus/vec-matrix';
import { evaluate, type NumericArray } from '../../core/numeric/evaluate';
import { newGraph } from '../../core/simplify';

const [m, n, k] = ['m', 'n', 'k'].map(dimName) as [Dim, Dim, Dim];
const one = dimNumber(1);
const SHAPES: Readonly<Record<string, readonly [Shape, ...StructureWord[]]>> = {
  A: [shape(n, n)], B: [shape(n, n)], C: [shape(m, m)], S: [shape(n, n), 'posdef'], T: [shape(n, n), 'symmetric'], X: [shape(m, n), 'fullrank'], Y: [shape(m, n)], W: [shape(n, k)], Q: [shape(n, n), 'invertible'],
  x: [shape(n, one)], y: [shape(n, one)], z: [shape(m, one)], p: [shape(n, one), 'positive'], t: [shape(one, one), 'positive'], H: [shape(m, n)],
};
const sizes = new Map([['m', 4], ['n', 3], ['k', 2]]);

function random(seed: number): () => number {
  let s = seed;
  return () => {
    s = (s * 1103515245 + 12345) % 2147483648;
    return s / 1073741824 - 1;
  };
}
const numeric = (rows: number, cols: number, f: (i: number, j: number) => number): NumericArray =>
  ({ rows, cols, data: Float64Array.from({ length: rows * cols }, (_, q) => f(Math.floor(q / cols), q % cols)) });

function draw(name: string, next: () => number): NumericArray {
  const [s, ...words] = SHAPES[name] ?? [shape(one, one)];
  const r = evaluateDim(s.rows, sizes);
  const c = evaluateDim(s.cols, sizes);
  const raw = numeric(r, c, () => next());
  const at = (i: number, j: number): number => raw.data[i * c + j] ?? 0;
  if (words.includes('posdef')) return numeric(r, c, (i, j) => Array.from({ length: r }, (_, q) => at(q, i) * at(q, j)).reduce((a, b) => a + b, i === j ? 1.5 : 0));
  if (words.includes('symmetric')) return numeric(r, c, (i, j) => at(i, j) + at(j, i));
  if (words.includes('positive')) return numeric(r, c, (i, j) => Math.abs(at(i, j)) + 0.3);
  return r === c && r > 1 ? numeric(r, c, (i, j) => at(i, j) * 0.6 + (i === j ? 1.6 : 0)) : raw;
}

const CASES: readonly (readonly [string, string])[] = [
  ["X*(X'*X)^(-1/2)", 'X'], ["A*X'*X*A'", 'X'], ["x'*inv(A)*y", 'A'], ["W*W'", 'W'], ["(t*x*x' + I)^(1/2)", 'x'], ["(t*x*x' + I)^(1/2)", 't'],
  ['inv(A)*B', 'A'], ['A^3', 'A'], ["(A*A')^2", 'A'], ['S^(1/2)', 'S'], ['S^(-1/2)', 'S'], ['S^(3/2)', 'S'], ['S^(1/3)', 'S'], ['expm(A)', 'A'], ['logm(S)', 'S'],
  ['chol(S)', 'S'], ['logdet(S)', 'S'], ['det(A)', 'A'], ['logdet(T*T + I)', 'T'], ["tr(A'*B*A*A)", 'A'], ["sum(exp(A) .* B)", 'A'], ['tanh(A*x + y)', 'x'], ['tanh(A*x + y)', 'A'],
  ['sum(softplus(A*x))', 'x'], ['logsumexp(A*x)', 'x'], ['softmax(A*x)', 'x'], ['A .* B', 'A'], ['diag(x)*A', 'x'], ['diag(A*B)', 'A'], ['A ⊗ B', 'A'], ['A ⊗ B', 'B'], ['vec(A*B)', 'A'],
  ['normF(A)', 'A'], ['norm(A*x)', 'x'], ["x/norm(x)", 'x'], ["x'*A*x/(x'*x)", 'x'], ['norm2(H)', 'H'], ['eigmax(T)', 'T'], ['normNuc(X)', 'X'], ['pinv(X)', 'X'], ['adj(A)', 'A'],
  ['sylvester(S, S, A)', 'A'], ['sylvester(S, S, A)', 'S'], ['tril(A)*B', 'A'], ['phi(A)', 'A'], ["A[1, 2]*A[2, :]", 'A'], ['sum(p .^ t)', 't'], ['x .^ 3', 'x'], ['sqrt(p)', 'p'], ['A ./ (B .* B + 1)', 'B'],
  ["log(det(S))*S", 'S'], ["tr(S*logm(S))", 'S'], ["tr(expm(A))", 'A'], ["tr(A^5)", 'A'], ["A*sym(B)*A'", 'B'], ["eigvals(T)", 'T'], ["svdvals(H)", 'H'], ["cumsum(A)", 'A'], ["prod(p)", 'p'],
  ["(A ⊗ B)*vec(A)", 'A'], ["A ⊕ B", 'A'], ["max(x, y)", 'x'], ["entropy(p)", 'p'], ["mean(A)", 'A'], ["cond(A)", 'A'], ["gamma(p)", 'p'], ["erf(x)", 'x'], ["x'*A", 'x'],
  ["eigvecs(T)*diag(eigvals(T))*eigvecs(T)'", 'T'], ["eigvecs(T)[:, 1]", 'T'], ['expmFrechet(A, B)', 'A'], ['expmFrechet(A, A)', 'A'], ['logmFrechet(S, B)', 'S'], ['powmFrechet(S, 1/3, B)', 'S'], ['normInf(x)', 'x'], ['max(A)', 'A'], ['min(A)', 'A'], ['band(A)*B', 'A'],
  ["polygamma(1, p)", 'p'], ["lgamma(p)", 'p'], ["digamma(p)", 'p'], ["normcdf(x)", 'x'], ["atan(x)", 'x'], ["asin(x/9)", 'x'], ["tan(x/3)", 'x'], ["cosh(x) .* sinh(x)", 'x'], ["abs(x)", 'x'], ["relu(A*x)", 'x'], ["vech(T)", 'T'],
  ["logdet(I + W'*W)", 'W'], ["X*inv(X'*X)*X'", 'X'], ["exp(-norm(x - y)^2/2)", 'x'],
];

for (const [text, by] of CASES) {
  test(`${text} by ${by}`, () => {
    const g = newGraph([{ left: m, op: '>=', right: n, range: { start: 0, end: 0 } }]);
    const symbols = new Map<string, Node>(Object.entries(SHAPES).map(([name, [s, ...words]]) => [name, g.symbol(name, s, 'variable', new Set(words))]));
    const F = instantiate(g, text, symbols);
    const X = symbols.get(by) as Node;
    const words = new Set<StructureWord>(['S', 'T'].includes(by) ? ['symmetric'] : []);
    const V = g.symbol('V', X.shape, 'direction', words);
    const G = g.symbol('G', F.shape, 'variable');
    const dF = differential(g, { of: F, symbol: X, direction: V });
    const next = random(text.length * 7919 + by.charCodeAt(0));
    const values = new Map<string, NumericArray>(Object.keys(SHAPES).map((name) => [name, draw(name, next)]));
    const x0 = values.get(by) as NumericArray;
    const raw = numeric(x0.rows, x0.cols, () => next());
    const v = words.size > 0 ? numeric(x0.rows, x0.cols, (i, j) => (raw.data[i * x0.cols + j] ?? 0) + (raw.data[j * x0.cols + i] ?? 0)) : raw;
    values.set('V', v);
    const fShape = [evaluateDim(F.shape.rows, sizes), evaluateDim(F.shape.cols, sizes)] as const;
    values.set('G', numeric(fShape[0], fShape[1], () => next()));
    const at = (h: number): Float64Array => evaluate(F, { sizes, values: new Map([...values, [by, { ...x0, data: x0.data.map((e, q) => e + h * (v.data[q] ?? 0)) }]]) }).data;
    const h = 1e-3;
    const [a, b, c, d] = [at(-2 * h), at(-h), at(h), at(2 * h)];
    const difference = a.map((_, q) => ((a[q] ?? 0) - 8 * (b[q] ?? 0) + 8 * (c[q] ?? 0) - (d[q] ?? 0)) / (12 * h));
    const env = { sizes, values };
    const close = (got: Float64Array, want: Float64Array, what: string): void => {
      const scale = Math.max(1e-6, ...want.map(Math.abs));
      expect(got.length, what).toBe(want.length);
      got.forEach((e, q) => expect(Math.abs(e - (want[q] ?? NaN)) / scale, `${what}[${q}]: ${e} for ${want[q]}`).toBeLessThan(1e-7));
    };
    const value = evaluate(dF, env).data;
    close(value, difference, 'DF[V]');
    const back = evaluate(adjoint(g, dF, V, G), env).data;
    const left = value.reduce((s, e, q) => s + e * (values.get('G')?.data[q] ?? 0), 0);
    const right = back.reduce((s, e, q) => s + e * (v.data[q] ?? 0), 0);
    expect(Math.abs(left - right)).toBeLessThan(1e-9 * Math.max(1, Math.abs(left)));
    const M = evaluate(vecMatrix(g, dF, V), env);
    expect([M.rows, M.cols]).toEqual([fShape[0] * fShape[1], x0.rows * x0.cols]);
    const product = Float64Array.from({ length: M.rows }, (_, r) => {
      let s = 0;
      for (let q = 0; q < M.cols; q++) s += (M.data[r * M.cols + q] ?? 0) * (v.data[(q % x0.rows) * x0.cols + Math.floor(q / x0.rows)] ?? 0);
      return s;
    });
    close(Float64Array.from({ length: value.length }, (_, q) => product[(q % fShape[1]) * fShape[0] + Math.floor(q / fShape[1])] ?? 0), difference, 'vec');
    const [i, j] = [g.number(1), g.number(fShape[1])];
    const e = evaluate(entry(g, dF, i, j), env).data[0] ?? NaN;
    expect(Math.abs(e - (value[fShape[1] - 1] ?? 0))).toBeLessThan(1e-9 * Math.max(1, Math.abs(e)));
  });
}
