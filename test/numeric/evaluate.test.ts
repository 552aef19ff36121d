// Evaluation of graph nodes: every kind, every operator, and errors instead of NaN.
import { describe, expect, test } from 'vitest';
import { applyShape } from '../../core/algebra/apply-shape';
import { addDim, D1, dimName, dimNumber, mulDim, SCALAR, shape, type Dim } from '../../core/algebra/dim';
import { createGraph, type Graph } from '../../core/algebra/graph';
import type { Node } from '../../core/algebra/node';
import { operators } from '../../core/algebra/operators';
import { rational } from '../../core/algebra/rational';
import { fromRows, scalar, toRows, type NumericArray } from '../../core/numeric/array';
import { evaluate, evaluator, NumericError, type Environment } from '../../core/numeric/evaluate';
import { implementations } from '../../core/numeric/operators';

const m = dimName('m');
const n = dimName('n');
const A = fromRows([[4, 1, 0.5], [1, 3, -1], [0.5, -1, 5]]);
const B = fromRows([[1, 2, 0], [-1, 1, 3], [0.5, 0, 2]]);
const X = fromRows([[1, 2, 3], [4, 5, 6.5], [0, -1, 2], [2, 2, 2]]);
const x = fromRows([[1], [-2], [0.5]]);
const env: Environment = {
  sizes: new Map([['m', 4], ['n', 3]]),
  values: new Map<string, NumericArray>([['A', A], ['B', B], ['X', X], ['x', x], ['c', scalar(2)], ['z', scalar(0)]]),
};

interface Leaves { readonly g: Graph; readonly A: Node; readonly B: Node; readonly X: Node; readonly x: Node; readonly c: Node; readonly z: Node }
function leaves(): Leaves {
  const g = createGraph({ shapeOf: applyShape });
  const square = shape(n, n);
  return { g, A: g.symbol('A', square), B: g.symbol('B', square), X: g.symbol('X', shape(m, n)), x: g.symbol('x', shape(n, D1)), c: g.symbol('c', SCALAR), z: g.symbol('z', SCALAR) };
}

const rows = (make: (l: Leaves) => Node): number[][] => toRows(evaluate(make(leaves()), env));
const close = (have: number[][], want: readonly (readonly number[])[]): void => {
  expect(have.length).toBe(want.length);
  have.forEach((r, i) => r.forEach((v, j) => expect(v, `(${i + 1}, ${j + 1})`).toBeCloseTo(want[i]![j]!, 11)));
};
const mul = (a: number[][], b: number[][]): number[][] => a.map((r) => b[0]!.map((_, j) => r.reduce((s, v, k) => s + v * b[k]![j]!, 0)));
const flip = (a: number[][]): number[][] => a[0]!.map((_, j) => a.map((r) => r[j]!));
const a = toRows(A);
const b = toRows(B);
const xs = toRows(X);
const eye = [[1, 0, 0], [0, 1, 0], [0, 0, 1]];

describe('node kinds', () => {
  test('a sum of products, and a product in the cheapest order', () => {
    close(rows(({ g, A: S, B: T }) => g.sub(g.mul(S, T), g.scale(rational(1, 2), g.transpose(T)))), mul(a, b).map((r, i) => r.map((v, j) => v - b[j]![i]! / 2)));
    close(rows(({ g, X: M, x: v }) => g.mul(M, g.transpose(M), M, v)), mul(xs, mul(flip(xs), mul(xs, toRows(x)))));
  });
  test('inverses in products are solves', () => {
    close(rows(({ g, A: S, B: T }) => g.mul(S, g.inverse(T), g.inverse(S), T)), mul(a, mul(rows(({ g, B: T }) => g.inverse(T)), mul(rows(({ g, A: S }) => g.inverse(S)), b))));
    close(rows(({ g, X: M, A: S }) => g.mul(M, g.inverse(S), S)), xs);
  });
  test('chains, scalars, dimensions and constants', () => {
    expect(rows(({ g, x: v, A: S }) => g.mul(g.transpose(v), S, v))[0]![0]).toBeCloseTo(mul(flip(toRows(x)), mul(a, toRows(x)))[0]![0]!, 12);
    expect(rows(({ g, c }) => g.product(rational(3), [{ base: c, exponent: rational(-1, 2) }], []))).toEqual([[3 / Math.sqrt(2)]]);
    expect(rows(({ g }) => g.dimension(addDim(mulDim(m, n), dimNumber(1))))).toEqual([[13]]);
    expect(rows(({ g }) => g.pi())).toEqual([[Math.PI]]);
  });
  test('identity, ones, zero, basis, selector', () => {
    close(rows(({ g, A: S }) => g.add(S, g.identity(n))), a.map((r, i) => r.map((v, j) => v + eye[i]![j]!)));
    expect(rows(({ g }) => g.ones(shape(m, dimNumber(2))))).toEqual([[1, 1], [1, 1], [1, 1], [1, 1]]);
    expect(rows(({ g }) => g.zero(shape(n, D1)))).toEqual([[0], [0], [0]]);
    expect(rows(({ g }) => g.basis(g.number(2), n))).toEqual([[0], [1], [0]]);
    expect(rows(({ g, X: M }) => g.mul(g.selector(dimNumber(2), dimNumber(3), m), M))).toEqual([xs[1], xs[2]]);
  });
  test('powers and elementwise products', () => {
    const root = rows(({ g, A: S }) => g.power(S, rational(1, 2)));
    close(mul(root, root), a);
    const cube = rows(({ g, A: S }) => g.power(S, rational(-1, 3)));
    close(mul(mul(cube, cube), mul(cube, a)), eye);
    close(rows(({ g, B: T }) => g.power(T, rational(-2))), rows(({ g, B: T }) => g.mul(g.inverse(T), g.inverse(T))));
    close(rows(({ g, X: M }) => g.hadamard(M, g.elementPower(g.add(M, g.scale(rational(10), g.ones(shape(m, n)))), rational(-1)))), xs.map((r) => r.map((v) => v / (v + 10))));
  });
});

test('a graph of 100000 levels is evaluated without recursion', () => {
  const { g, x: v } = leaves();
  let node = v;
  for (let i = 0; i < 100000; i++) node = g.apply('abs', [node]);
  expect(toRows(evaluate(node, env))).toEqual([[1], [2], [0.5]]);
});

test('an evaluator keeps what it has computed', () => {
  const { g, A: S } = leaves();
  const of = evaluator(env);
  const node = g.apply('expm', [S]);
  expect(of(node)).toBe(of(node));
});

test('every operator of the language has a row', () => {
  const settledElsewhere = new Set(['pi']);
  expect(operators.filter((o) => o.family !== 'calculus' && !settledElsewhere.has(o.name) && !implementations.has(o.name)).map((o) => o.name)).toEqual([]);
});

const apply = (op: string, args: readonly (readonly (readonly number[])[])[], dims: readonly number[] = []): number[][] =>
  toRows(implementations.get(op)!(args.map(fromRows), dims));

const M2 = [[1, 2], [3, 5]];
const S2 = [[2, 1], [1, 3]];
test.each<readonly [string, readonly (readonly (readonly number[])[])[], readonly number[], readonly (readonly number[])[]]>([
  ['vec', [[[1, 2, 3], [4, 5, 6]]], [], [[1], [4], [2], [5], [3], [6]]],
  ['unvec', [[[1], [4], [2], [5], [3], [6]]], [2, 3], [[1, 2, 3], [4, 5, 6]]],
  ['vech', [[[1, 9, 9], [2, 4, 9], [3, 5, 6]]], [], [[1], [2], [3], [4], [5], [6]]],
  ['kron', [[[1, 2]], [[3], [4]]], [], [[3, 6], [4, 8]]],
  ['kronsum', [[[1, 2], [3, 4]], [[10]]], [], [[11, 2], [3, 14]]],
  ['kronsum', [[[1, 2], [3, 4]], [[10, 20], [30, 40]]], [], [[11, 20, 2, 0], [30, 41, 0, 2], [3, 0, 14, 20], [0, 3, 30, 44]]],
  ['diag', [[[1], [2]]], [], [[1, 0], [0, 2]]],
  ['diag', [[[1, 2], [3, 4]]], [], [[1], [4]]],
  ['tril', [[[1, 2], [3, 4], [5, 6]]], [], [[1, 0], [3, 4], [5, 6]]],
  ['triu', [[[1, 2], [3, 4], [5, 6]]], [], [[1, 2], [0, 4], [0, 0]]],
  ['phi', [[[1, 2], [3, 4]]], [], [[0.5, 0], [3, 2]]],
  ['sym', [M2], [], [[1, 2.5], [2.5, 5]]],
  ['skewpart', [M2], [], [[0, -0.5], [0.5, 0]]],
  ['cross', [[[1], [2], [3]], [[4], [5], [6]]], [], [[-3], [6], [-3]]],
  ['skew3', [[[1], [2], [3]]], [], [[0, -3, 2], [3, 0, -1], [-2, 1, 0]]],
  ['rowsum', [M2], [], [[3], [8]]],
  ['colsum', [M2], [], [[4, 7]]],
  ['cumsum', [[[1], [2], [3]]], [], [[1], [3], [6]]],
  ['cumsum', [[[1, 2, 3]]], [], [[1, 2, 3]]],
  ['cumsum', [M2], [], [[1, 2], [4, 7]]],
  ['blocks', [[[1, 2]], [[3]], [[4, 5]], [[6]]], [2, 2], [[1, 2, 3], [4, 5, 6]]],
  ['commutation', [], [2, 2], [[1, 0, 0, 0], [0, 0, 1, 0], [0, 1, 0, 0], [0, 0, 0, 1]]],
  ['duplication', [], [2], [[1, 0, 0], [0, 1, 0], [0, 1, 0], [0, 0, 1]]],
  ['diagonalisation', [], [2], [[1, 0], [0, 0], [0, 0], [0, 1]]],
  ['unit', [[[1]], [[2]]], [2, 3], [[0, 1, 0], [0, 0, 0]]],
  ['delta', [[[2]], [[2]]], [], [[1]]],
  ['tr', [M2], [], [[6]]],
  ['det', [M2], [], [[-1]]],
  ['det', [[[1, 2], [2, 4]]], [], [[0]]],
  ['logdet', [S2], [], [[Math.log(5)]]],
  ['logdet', [[[-1, 0], [0, -2]]], [], [[Math.log(2)]]],
  ['sum', [M2], [], [[11]]],
  ['mean', [M2], [], [[2.75]]],
  ['prod', [M2], [], [[30]]],
  ['norm', [[[3], [4]]], [], [[5]]],
  ['normF', [M2], [], [[Math.sqrt(39)]]],
  ['norm2', [[[3, 0], [0, -7]]], [], [[7]]],
  ['normNuc', [[[3, 0], [0, -7]]], [], [[10]]],
  ['norm1', [[[3], [-4]]], [], [[7]]],
  ['normInf', [[[3], [-4]]], [], [[4]]],
  ['cond', [[[3, 0], [0, -6]]], [], [[2]]],
  ['frobenius', [M2, S2], [], [[22]]],
  ['max', [M2], [], [[5]]],
  ['max', [M2, [[2.5]]], [], [[2.5, 2.5], [3, 5]]],
  ['min', [[[2.5]], M2], [], [[1, 2], [2.5, 2.5]]],
  ['entropy', [[[0.5], [0.5], [0]]], [], [[Math.log(2)]]],
  ['eigvals', [[[2, 1], [1, 2]]], [], [[1], [3]]],
  ['eigmax', [[[2, 1], [1, 2]]], [], [[3]]],
  ['eigmin', [[[2, 1], [1, 2]]], [], [[1]]],
  ['eigvecs', [[[2, 1], [1, 2]]], [], [[Math.SQRT1_2, Math.SQRT1_2], [-Math.SQRT1_2, Math.SQRT1_2]]],
  ['svdvals', [[[0, 2], [3, 0], [0, 0]]], [], [[3], [2]]],
  ['svdu', [[[0, 2], [3, 0], [0, 0]]], [], [[0, 1], [1, 0], [0, 0]]],
  ['svdv', [[[0, 2], [3, 0], [0, 0]]], [], [[1, 0], [0, 1]]],
  ['pinv', [[[2, 0], [0, 0], [0, 4]]], [], [[0.5, 0, 0], [0, 0, 0.25]]],
  ['polar', [[[2, 0], [0, 0], [0, -4]]], [], [[1, 0], [0, 0], [0, -1]]],
  ['adj', [M2], [], [[5, -2], [-3, 1]]],
  ['adj', [[[1, 2], [2, 4]]], [], [[4, -2], [-2, 1]]],
  ['inv', [M2], [], [[-5, 2], [3, -1]]],
  ['leftDivide', [M2, [[1], [0]]], [], [[-5], [3]]],
  ['rightDivide', [[[1, 0]], M2], [], [[-5, 2]]],
  ['chol', [[[4, 2], [2, 5]]], [], [[2, 0], [1, 2]]],
  ['sqrtm', [[[0, 0], [0, 0]]], [], [[0, 0], [0, 0]]],
  ['sqrtm', [[[2, 2], [2, 2]]], [], [[1, 1], [1, 1]]],
  ['sqrtm', [[[1, 1], [0, 4]]], [], [[1, 1 / 3], [0, 2]]],
  ['sqrtm', [[[0, -2], [2, 0]]], [], [[1, -1], [1, 1]]],
  ['invsqrtm', [[[4, 0], [0, 9]]], [], [[0.5, 0], [0, 1 / 3]]],
  ['expm', [[[0, 1], [0, 0]]], [], [[1, 1], [0, 1]]],
  ['logm', [[[1, 1], [0, 1]]], [], [[0, 1], [0, 0]]],
  ['power', [[[1, 1], [0, 1]], [[3]]], [], [[1, 3], [0, 1]]],
  ['power', [[[-2]], [[3]]], [], [[-8]]],
  ['elementPower', [M2, [[2]]], [], [[1, 4], [9, 25]]],
  ['sylvester', [[[2]], [[3]], [[10]]], [], [[2]]],
  ['sylvester', [[[2, 1], [0, 3]], [[1]], [[5], [8]]], [], [[1], [2]]],
  ['powmFrechet', [M2, [[2]], S2], [], mul(M2, S2).map((r, i) => r.map((v, j) => v + mul(S2, M2)[i]![j]!))],
  ['polygamma', [[[1]], [[1]]], [], [[Math.PI ** 2 / 6]]],
  ['logsumexp', [[[0], [0]]], [], [[Math.LN2]]],
])('%s of %j %j', (op, args, dims, want) => close(apply(op, args, dims), want));

test('matrices of derivatives act on stacked directions', () => {
  const E = [[0.3, -1], [2, 0.5]];
  const stacked = flip([flip(E).flat()]);
  const families: readonly (readonly [string, readonly number[][][]])[] = [['expm', []], ['logm', []], ['powm', [[[1 / 3]]]]];
  for (const [name, extra] of families) {
    for (const P of [S2, [[2, 1], [-0.5, 3]]]) {
      const K = apply(`${name}Kron`, [P, ...extra]);
      close(mul(K, stacked), flip([flip(apply(`${name}Frechet`, [P, ...extra, E])).flat()]));
    }
  }
});

describe('errors name the operator and the reason', () => {
  test.each<readonly [string, readonly (readonly (readonly number[])[])[], RegExp]>([
    ['log', [[[1], [-2]]], /^log: -2 is not positive$/],
    ['log', [[[0]]], /^log: 0 is not positive$/],
    ['sqrt', [[[-1]]], /^sqrt: -1 is negative$/],
    ['asin', [[[1.5]]], /^asin: 1.5 is not between/],
    ['gamma', [[[-2]]], /^gamma: -2 is a pole/],
    ['lgamma', [[[-0.5]]], /^lgamma: /],
    ['elementDivide', [[[1]], [[0]]], /division by zero/],
    ['elementPower', [[[-2]], [[0.5]]], /-2 is negative and the exponent 0.5/],
    ['inv', [[[1, 2], [2, 4]]], /^inv: the matrix is singular, or nearly so \(pivot 2\)$/],
    ['inv', [[[1, 2, 3], [2, 4, 5]]], /not square/],
    ['logdet', [[[1, 2], [3, 5]]], /^logdet: the determinant is negative$/],
    ['logdet', [[[1, 2], [2, 4]]], /^logdet: the matrix is singular/],
    ['chol', [[[1, 2], [2, 1]]], /^chol: the matrix is not positive definite \(pivot 2\)$/],
    ['chol', [[[1, 2], [3, 10]]], /^chol: the matrix is not symmetric$/],
    ['eigmax', [[[1, 2], [3, 10]]], /^eigmax: the matrix is not symmetric$/],
    ['sqrtm', [[[-1, 0], [0, 1]]], /^sqrtm: the eigenvalue -1 is negative$/],
    ['sqrtm', [[[0, 1], [0, 0]]], /^sqrtm: a defective eigenvalue 0 has no square root$/],
    ['sqrtm', [[[-1, 1], [0, 1]]], /^sqrtm: the eigenvalue -1 lies on the negative axis$/],
    ['invsqrtm', [[[1, 1], [1, 1]]], /^invsqrtm: the matrix is singular/],
    ['logm', [[[1, 1], [1, 1]]], /^logm: the eigenvalue .* is not positive$/],
    ['logm', [[[1, 2], [0, -3]]], /^logm: the eigenvalue -3 lies on the negative axis$/],
    ['logm', [[[1, 2], [0, 0]]], /^logm: the matrix is singular/],
    ['expm', [[[1000, 1], [0, 1000]]], /^expm: the result is too large/],
    ['sylvester', [[[1, 0], [0, 2]], [[-2]], [[1], [1]]], /^sylvester: an eigenvalue of the first matrix is the negative of one of the second$/],
    ['polar', [[[1, 1], [1, 1]]], /^polar: the matrix has not full column rank$/],
    ['polar', [[[1, 1]]], /^polar: .*column rank$/],
    ['cond', [[[1, 1], [1, 1]]], /^cond: /],
    ['entropy', [[[-1]]], /^entropy: /],
  ])('%s of %j', (op, args, message) => {
    expect(() => apply(op, args)).toThrow(NumericError);
    expect(() => apply(op, args)).toThrow(message);
  });

  const whole = (make: (l: Leaves) => Node, message: RegExp, at: Environment = env): void => {
    expect(() => evaluate(make(leaves()), at)).toThrow(NumericError);
    expect(() => evaluate(make(leaves()), at)).toThrow(message);
  };
  test('in graphs', () => {
    whole(({ g, c, z }) => g.product(rational(1), [{ base: c, exponent: rational(1) }, { base: z, exponent: rational(-1) }], []), /division by zero/);
    whole(({ g, X: M }) => g.inverse(g.mul(M, g.transpose(M))), /singular/);
    whole(({ g, A: S }) => g.apply('expm', [g.scale(rational(1000), S)]), /too large/);
    whole(({ g, c }) => g.apply('exp', [g.scale(rational(1000), c)]), /^exp: an entry is too large/);
    whole(({ g }) => g.symbol('Y', shape(n, n)), /^Y: has no value$/);
    whole(({ g }) => g.symbol('X', shape(n, n)), /^X: is 4×3, expected n×n = 3×3$/);
    whole(({ g, x: v }) => g.apply('exp', [v]), /^x: an entry is not a number$/, { ...env, values: new Map([['x', fromRows([[1], [NaN], [2]])]]) });
    whole(({ g, x: v }) => g.apply('unheard', [v]), /^unheard: has no numeric implementation$/);
    whole(({ g }) => g.basis(g.number(5), n), /index 5 is not from 1 to 3/);
    expect(() => evaluate(leaves().g.identity(dimName('q') as Dim), env)).toThrow(RangeError);
  });
});
