/** Every operator of the oracle against the equation that defines it, and off its domain. */
import { expect, test } from 'vitest';
import { operators } from '../../core/algebra/operators';
import { num, ONE, ZERO } from '../../core/verify/oracle-decimal';
import {
  add, at, column, identity, inner, kron, largest, map, matrix, mul, OutsideDomain, product, scalar, scale, sub, transpose, UNWATCHED, vec, type Matrix,
} from '../../core/verify/oracle-matrix';
import { OPERATORS } from '../../core/verify/oracle-operators';

const apply = (op: string, args: readonly Matrix[], dims: readonly number[] = []): Matrix => {
  const f = OPERATORS.get(op);
  if (!f) throw new Error(op);
  return f(args, dims, UNWATCHED);
};
/** Numbers of two digits without a pattern. */
const draw = (m: number, n: number, seed = 1): Matrix =>
  matrix(m, n, (i, j) => num(Math.round(Math.sin(12.9898 * (i + 1) + 78.233 * (j + 1) + seed) * 150) / 100));
const A = draw(3, 3);
const B = draw(4, 4, 2);
const C = draw(3, 4, 3);
const T = draw(5, 3, 4);
const D = draw(5, 3, 6);
const E = draw(3, 3, 5);
const S = add(mul(transpose(T), T), identity(3));
const Q = apply('eigvecs', [S]);
const I3 = identity(3);
const two = num(2);

/** Both sides of an equation. */
const identities: readonly (readonly [string, () => Matrix, () => Matrix])[] = [
  ['inv', () => mul(A, apply('inv', [A])), () => I3],
  ['leftDivide', () => mul(A, apply('leftDivide', [A, C])), () => C],
  ['rightDivide', () => mul(apply('rightDivide', [transpose(C), A]), A), () => transpose(C)],
  ['det of a product', () => apply('det', [mul(A, E)]), () => mul(apply('det', [A]), apply('det', [E]))],
  ['logdet', () => apply('exp', [apply('logdet', [S])]), () => apply('det', [S])],
  ['adj', () => mul(A, apply('adj', [A])), () => scale(I3, at(apply('det', [A]), 0, 0))],
  ['adj of a singular matrix', () => apply('adj', [matrix(2, 2, () => ONE)]), () => ({ rows: 2, cols: 2, data: [ONE, ONE.neg(), ONE.neg(), ONE] })],
  ['chol', () => mul(apply('chol', [S]), transpose(apply('chol', [S]))), () => S],
  ['sqrtm', () => mul(apply('sqrtm', [S]), apply('sqrtm', [S])), () => S],
  ['invsqrtm', () => product(apply('invsqrtm', [S]), S, apply('invsqrtm', [S])), () => I3],
  ['logm', () => apply('expm', [apply('logm', [S])]), () => S],
  ['expm', () => mul(apply('expm', [A]), apply('expm', [scale(A, ONE.neg())])), () => I3],
  ['tr expm', () => apply('log', [apply('det', [apply('expm', [A])])]), () => apply('tr', [A])],
  ['polar is orthonormal', () => mul(transpose(apply('polar', [T])), apply('polar', [T])), () => I3],
  ['polar', () => mul(apply('polar', [T]), apply('sqrtm', [mul(transpose(T), T)])), () => T],
  ['pinv 1', () => product(T, apply('pinv', [T]), T), () => T],
  ['pinv is symmetric', () => mul(T, apply('pinv', [T])), () => transpose(mul(T, apply('pinv', [T])))],
  ['pinv of rank 2', () => product(mul(draw(4, 2), draw(2, 3)), apply('pinv', [mul(draw(4, 2), draw(2, 3))]), mul(draw(4, 2), draw(2, 3))), () => mul(draw(4, 2), draw(2, 3))],
  ['pinv wide', () => mul(C, apply('pinv', [C])), () => I3],
  ['eigvecs', () => product(Q, apply('diag', [apply('eigvals', [S])]), transpose(Q)), () => S],
  ['eigmax', () => apply('eigmax', [S]), () => scalar(at(apply('eigvals', [S]), 2, 0))],
  ['eigmin', () => apply('eigmin', [S]), () => scalar(at(apply('eigvals', [S]), 0, 0))],
  ['svd tall', () => product(apply('svdu', [T]), apply('diag', [apply('svdvals', [T])]), transpose(apply('svdv', [T]))), () => T],
  ['svd wide', () => product(apply('svdu', [C]), apply('diag', [apply('svdvals', [C])]), transpose(apply('svdv', [C]))), () => C],
  ['svdvals', () => apply('hadamard', [apply('svdvals', [A]), apply('svdvals', [A])]), () => column([2, 1, 0].map((k) => at(apply('eigvals', [mul(transpose(A), A)]), k, 0)))],
  ['svdu1', () => mul(C, apply('svdv1', [C])), () => scale(apply('svdu1', [C]), at(apply('norm2', [C]), 0, 0))],
  ['svdv1', () => mul(transpose(T), apply('svdu1', [T])), () => scale(apply('svdv1', [T]), at(apply('norm2', [T]), 0, 0))],
  ['norm2', () => apply('norm2', [T]), () => scalar(at(apply('svdvals', [T]), 0, 0))],
  ['normNuc', () => apply('normNuc', [T]), () => apply('tr', [apply('sqrtm', [mul(transpose(T), T)])])],
  ['cond', () => apply('cond', [S]), () => apply('elementDivide', [apply('eigmax', [S]), apply('eigmin', [S])])],
  ['normF', () => apply('hadamard', [apply('normF', [T]), apply('normF', [T])]), () => scalar(inner(T, T))],
  ['sylvester', () => add(mul(A, apply('sylvester', [A, B, C])), mul(apply('sylvester', [A, B, C]), B)), () => C],
  ['expmFrechet', () => apply('expmFrechet', [S, S]), () => mul(S, apply('expm', [S]))],
  ['logmFrechet inverts expmFrechet', () => apply('expmFrechet', [apply('logm', [S]), apply('logmFrechet', [S, E])]), () => E],
  ['powmFrechet 1/2', () => apply('powmFrechet', [S, scalar(num('0.5')), E]), () => apply('sylvester', [apply('sqrtm', [S]), apply('sqrtm', [S]), E])],
  ['powmFrechet -1', () => apply('powmFrechet', [A, scalar(num(-1)), E]), () => scale(product(apply('inv', [A]), E, apply('inv', [A])), ONE.neg())],
  ['powmFrechet 1/3', () => mul(scale(apply('powmFrechet', [S, scalar(ONE.div(3)), S]), num(3)), I3), () => apply('powm', [S, scalar(ONE.div(3))])],
  ['expmKron', () => mul(apply('expmKron', [A]), vec(E)), () => vec(apply('expmFrechet', [A, E]))],
  ['logmKron', () => mul(apply('logmKron', [S]), vec(E)), () => vec(apply('logmFrechet', [S, E]))],
  ['powmKron', () => mul(apply('powmKron', [S, scalar(num('0.5'))]), vec(E)), () => vec(apply('powmFrechet', [S, scalar(num('0.5')), E]))],
  ['kron and vec', () => mul(kron(transpose(B), A), vec(C)), () => vec(product(A, C, B))],
  ['kronsum', () => mul(apply('kronsum', [transpose(B), A]), vec(C)), () => vec(add(mul(A, C), mul(C, B)))],
  ['commutation', () => mul(apply('commutation', [], [3, 4]), vec(C)), () => vec(transpose(C))],
  ['duplication', () => mul(apply('duplication', [], [3]), apply('vech', [S])), () => vec(S)],
  ['diagonalisation', () => mul(apply('diagonalisation', [], [5]), draw(5, 1)), () => vec(apply('diag', [draw(5, 1)]))],
  ['unvec', () => apply('unvec', [vec(C)], [3, 4]), () => C],
  ['phi', () => add(apply('phi', [S]), transpose(apply('phi', [S]))), () => S],
  ['sym and skewpart', () => add(apply('sym', [A]), apply('skewpart', [A])), () => A],
  ['tril and triu', () => sub(add(apply('tril', [A]), apply('triu', [A])), apply('diag', [apply('diag', [A])])), () => A],
  ['rowsum', () => apply('rowsum', [C]), () => mul(C, matrix(4, 1, () => ONE))],
  ['colsum', () => apply('colsum', [C]), () => mul(matrix(1, 3, () => ONE), C)],
  ['cumsum', () => apply('cumsum', [C]), () => mul(apply('tril', [matrix(3, 3, () => ONE)]), C)],
  ['cross', () => mul(transpose(apply('cross', [draw(3, 1), draw(3, 1, 9)])), draw(3, 1)), () => scalar(ZERO)],
  ['skew3', () => mul(apply('skew3', [draw(3, 1)]), draw(3, 1, 9)), () => apply('cross', [draw(3, 1), draw(3, 1, 9)])],
  ['softmax', () => apply('softmax', [draw(4, 1)]), () => map(draw(4, 1), (x) => x.exp().div(draw(4, 1).data.reduce((s, y) => s.plus(y.exp()), ZERO)))],
  ['logsumexp', () => apply('exp', [apply('logsumexp', [C])]), () => apply('sum', [apply('exp', [C])])],
  ['entropy', () => apply('entropy', [apply('exp', [C])]), () => scalar(inner(C, apply('exp', [C])).neg())],
  ['mean', () => scale(apply('mean', [C]), num(12)), () => apply('sum', [C])],
  ['prod', () => apply('prod', [apply('exp', [C])]), () => apply('exp', [apply('sum', [C])])],
  ['basis and unit', () => apply('unit', [scalar(two), scalar(num(3))], [4, 5]), () => mul(apply('basis', [scalar(two)], [4]), transpose(apply('basis', [scalar(num(3))], [5])))],
  ['delta', () => add(apply('delta', [scalar(two), scalar(two)]), apply('delta', [scalar(two), scalar(ONE)])), () => scalar(ONE)],
  ['relu and step', () => apply('relu', [C]), () => apply('hadamard', [C, apply('step', [C])])],
  ['abs and sign', () => apply('abs', [C]), () => apply('hadamard', [C, apply('sign', [C])])],
  ['max and min', () => add(apply('max', [C, scale(C, two)]), apply('min', [C, scale(C, two)])), () => scale(C, num(3))],
  ['max of an array', () => apply('max', [C]), () => scalar(C.data.reduce((m, x) => (x.gt(m) ? x : m)))],
  ['normInf', () => apply('normInf', [draw(4, 1)]), () => apply('max', [apply('abs', [draw(4, 1)])])],
  ['norm1', () => apply('norm1', [draw(4, 1)]), () => apply('sum', [apply('abs', [draw(4, 1)])])],
  ['frobenius', () => apply('frobenius', [T, D]), () => apply('tr', [mul(transpose(T), D)])],
];
test.each(identities)('%s', (_, left, right) => {
  const [L, R] = [left(), right()];
  expect([L.rows, L.cols]).toEqual([R.rows, R.cols]);
  const size = largest(R).toNumber() || 1;
  expect(largest(sub(L, R)).toNumber() / size).toBeLessThan(1e-55);
});

const outside: readonly (readonly [string, readonly Matrix[]])[] = [
  ['inv', [matrix(2, 2, () => ONE)]], ['chol', [scale(S, ONE.neg())]], ['chol', [A]], ['log', [scalar(ZERO)]], ['sqrt', [scalar(num(-1))]],
  ['logdet', [scale(S, ONE.neg())]], ['sqrtm', [scale(S, ONE.neg())]], ['logm', [scale(S, ONE.neg())]], ['polar', [C]], ['eigvals', [A]],
  ['gamma', [scalar(num(-2))]], ['lgamma', [scalar(num('-0.5'))]], ['asin', [scalar(two)]], ['elementDivide', [scalar(ONE), scalar(ZERO)]],
  ['entropy', [column([ONE, ZERO])]], ['sylvester', [I3, scale(I3, ONE.neg()), E]], ['mul', [C, C]], ['basis', [scalar(ZERO)]],
];
test.each(outside)('%s says where it has no value', (op, args) => {
  expect(() => apply(op, args, [3])).toThrow(OutsideDomain);
});

test('every operator of the language has a row', () => {
  const elsewhere = new Set(['pi', 'power']);
  const missing = operators.filter((o) => o.family !== 'calculus' && !elsewhere.has(o.name) && !OPERATORS.has(o.name)).map((o) => o.name);
  expect(missing).toEqual([]);
});
