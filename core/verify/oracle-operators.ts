/** What each operator of the language is at 64 digits: one row an operator. Shares nothing with the engine's kernels. */
import { ONE, TWO, ZERO, num, sumOf, type Num } from './oracle-decimal';
import { frechet, frechetMatrix, matrixFunction } from './oracle-functions';
import {
  add, adjugate, at, cholesky, column, det, identity, inner, inverse, isScalarSize, kron, largest, map, matrix, mul, neg, normF,
  numberOf, OutsideDomain, requireSquare, scalar, skewPart, solve, sub, sylvester, symmetricPart, times, trace, transpose, unvec,
  vec, zeros, zip, type Matrix, type Watch,
} from './oracle-matrix';
import { erf, gamma, logGamma, normalCdf, polygamma } from './oracle-special';
import { columnOf, eigen, pinv, polar, svd, watchGaps } from './oracle-spectral';

/** `dims` are the evaluated size parameters. @throws OutsideDomain where the operator has no value. */
export type Operator = (args: readonly Matrix[], dims: readonly number[], watch: Watch) => Matrix;

const argument = (args: readonly Matrix[], k: number): Matrix => {
  const A = args[k];
  if (!A) throw new OutsideDomain(`argument ${k + 1} is missing`);
  return A;
};
const one = (f: (A: Matrix, watch: Watch) => Matrix): Operator => (args, _, watch) => f(argument(args, 0), watch);
const two = (f: (A: Matrix, B: Matrix, watch: Watch) => Matrix): Operator => (args, _, watch) => f(argument(args, 0), argument(args, 1), watch);
const three = (f: (A: Matrix, B: Matrix, C: Matrix, watch: Watch) => Matrix): Operator =>
  (args, _, watch) => f(argument(args, 0), argument(args, 1), argument(args, 2), watch);
const toNumber = (f: (A: Matrix, watch: Watch) => Num): Operator => one((A, watch) => scalar(f(A, watch)));
const each = (f: (x: Num, watch: Watch) => Num): Operator => one((A, watch) => map(A, (x) => f(x, watch)));
const sized = (f: (dims: readonly number[], args: readonly Matrix[]) => Matrix): Operator => (args, dims) => f(dims, args);

const small = (x: Num): number => x.abs().toNumber();
const positive = (x: Num, what: string, watch: Watch): Num => {
  if (x.isZero() || x.isNegative()) throw new OutsideDomain(`${what} of a number that is not positive`);
  watch.near(x.toNumber(), `the argument of ${what} is nearly 0`);
  return x;
};
const within = (x: Num, what: string, watch: Watch): Num => {
  if (x.abs().gt(ONE)) throw new OutsideDomain(`${what} of a number outside [-1, 1]`);
  watch.near(ONE.minus(x.abs()).toNumber(), `the argument of ${what} is nearly 1 in size`);
  return x;
};
const denominator = (x: Num, watch: Watch): Num => {
  if (x.isZero()) throw new OutsideDomain('division by zero');
  watch.near(small(x), 'a denominator is nearly 0');
  return x;
};
const kink = (x: Num, watch: Watch, what: string): Num => {
  watch.near(small(x), what);
  return x;
};
const signOf = (x: Num): Num => (x.isZero() ? ZERO : x.isNegative() ? ONE.neg() : ONE);

/** log(1 + y) without cancellation. */
const logOnePlus = (y: Num): Num => y.div(y.plus(TWO)).atanh().times(TWO);

/** The series of the arithmetic is exact near 0 and endless far from it. */
const sinh = (x: Num): Num => (x.abs().lt(ONE) ? x.sinh() : x.exp().minus(x.neg().exp()).div(TWO));
const tanh = (x: Num): Num => {
  if (x.abs().lt(ONE)) return x.tanh();
  const e = x.abs().times(TWO).neg().exp();
  return ONE.minus(e).div(ONE.plus(e)).times(signOf(x));
};

const isVectorSize = (A: Matrix): boolean => A.cols === 1 || A.rows === 1;
const diag = (A: Matrix): Matrix =>
  isVectorSize(A)
    ? matrix(A.data.length, A.data.length, (i, j) => (i === j ? A.data[i] ?? ZERO : ZERO))
    : matrix(Math.min(A.rows, A.cols), 1, (i) => at(A, i, i));
const masked = (keep: (i: number, j: number) => Num): Operator => one((A) => matrix(A.rows, A.cols, (i, j) => at(A, i, j).times(keep(i, j))));

/** The k-th (from 0) of the pairs i ≥ j, column by column: the order of vech. */
const lowerPairs = (n: number): readonly (readonly [number, number])[] =>
  Array.from({ length: n }, (_, j) => Array.from({ length: n - j }, (_, i) => [i + j, j] as const)).flat();

const commutation = (m: number, n: number): Matrix =>
  matrix(m * n, m * n, (r, c) => (c === (r % n) * m + Math.floor(r / n) ? ONE : ZERO));
const duplication = (n: number): Matrix => {
  const pairs = lowerPairs(n);
  return matrix(n * n, pairs.length, (r, c) => {
    const [i, j] = pairs[c] ?? [0, 0];
    return r === j * n + i || r === i * n + j ? ONE : ZERO;
  });
};
const kronsum = (A: Matrix, B: Matrix): Matrix => add(kron(A, identity(B.rows)), kron(identity(A.rows), B));
const skew3 = (v: Matrix): Matrix => {
  const [a, b, c] = [at(v, 0, 0), at(v, 1, 0), at(v, 2, 0)];
  return { rows: 3, cols: 3, data: [ZERO, c.neg(), b, c, ZERO, a.neg(), b.neg(), a, ZERO] };
};
const logSumExp = (A: Matrix): Num => {
  const top = A.data.reduce((m, x) => (x.gt(m) ? x : m), A.data[0] ?? ZERO);
  return sumOf(A.data.map((x) => x.minus(top).exp())).ln().plus(top);
};
const norm = (A: Matrix, watch: Watch): Num => kink(normF(A), watch, 'a norm is nearly 0');

/** The largest (smallest for `sign` -1) entry; watches the runner-up. */
const extreme = (A: Matrix, sign: 1 | -1, watch: Watch): Num => {
  const sorted = [...A.data].sort((a, b) => b.cmp(a) * sign);
  const best = sorted[0] ?? ZERO;
  const second = sorted[1];
  if (second) watch.near(small(best.minus(second)), 'the largest or smallest entry is nearly shared');
  return best;
};
const extremum = (sign: 1 | -1): Operator => (args, _, watch) =>
  args.length === 1
    ? scalar(extreme(argument(args, 0), sign, watch))
    : args.slice(1).reduce((A, B) => zip(A, B, (a, b) => {
      watch.near(small(a.minus(b)), 'the arguments of max or min nearly meet');
      return (sign > 0 ? a.gte(b) : a.lte(b)) ? a : b;
    }), argument(args, 0));

const eigenvalues = (A: Matrix, watch: Watch): readonly Num[] => {
  const { values } = eigen(A);
  watchGaps(values, watch, 'eigenvalues nearly meet');
  return values;
};
const singularValues = (A: Matrix, watch: Watch): readonly Num[] => {
  const { values } = svd(A);
  watchGaps([...values, ZERO], watch, 'singular values nearly meet, or one is nearly 0');
  return values;
};
/** Only the gap at one end matters to the extreme eigenvalue or singular value. */
const firstOf = (values: readonly Num[], watch: Watch, what: string): Num => {
  watchGaps(values.slice(0, 2), watch, what, values);
  return values[0] ?? ZERO;
};

const EXP = { kind: 'exp' } as const;
const LOG = { kind: 'log' } as const;
const power = (p: Num) => ({ kind: 'power', exponent: p }) as const;

export const OPERATORS: ReadonlyMap<string, Operator> = new Map<string, Operator>([
  // arithmetic
  ['add', two(add)], ['sub', two(sub)], ['neg', one(neg)], ['mul', two(mul)], ['transpose', one(transpose)],
  ['hadamard', two(times)], ['elementDivide', two((A, B, w) => zip(A, B, (a, b) => a.div(denominator(b, w))))],
  ['rightDivide', two((A, B, w) => (isScalarSize(B) ? zip(A, B, (a, b) => a.div(denominator(b, w))) : mul(A, inverse(B, w))))],
  ['leftDivide', two((A, B, w) => (isScalarSize(A) ? zip(B, A, (b, a) => b.div(denominator(a, w))) : solve(A, B, w)))],
  ['kron', two(kron)], ['kronsum', two(kronsum)], ['frobenius', two((A, B) => scalar(inner(A, B)))], ['dot', two((A, B) => scalar(inner(A, B)))],
  // constants
  ['identity', sized(([n = 1]) => identity(n))], ['ones', sized(([m = 1, n = 1]) => matrix(m, n, () => ONE))], ['zeros', sized(([m = 1, n = 1]) => zeros(m, n))],
  ['basis', sized(([n = 1], args) => basis(n, argument(args, 0)))],
  ['unit', sized(([m = 1, n = 1], args) => mul(basis(m, argument(args, 0)), transpose(basis(n, argument(args, 1)))))],
  ['delta', two((A, B) => scalar(numberOf(A).eq(numberOf(B)) ? ONE : ZERO))],
  ['commutation', sized(([m = 1, n = 1]) => commutation(m, n))], ['duplication', sized(([n = 1]) => duplication(n))],
  ['diagonalisation', sized(([n = 1]) => matrix(n * n, n, (r, c) => (r === c * n + c ? ONE : ZERO)))],
  // each entry
  ['exp', each((x) => x.exp())], ['log', each((x, w) => positive(x, 'log', w).ln())],
  ['sqrt', each((x, w) => {
    if (x.isNegative() && !x.isZero()) throw new OutsideDomain('the square root of a negative number');
    return kink(x, w, 'the argument of a square root is nearly 0').sqrt();
  })],
  ['sin', each((x) => x.sin())], ['cos', each((x) => x.cos())], ['tan', each((x, w) => x.sin().div(denominator(x.cos(), w)))],
  ['asin', each((x, w) => within(x, 'asin', w).asin())], ['acos', each((x, w) => within(x, 'acos', w).acos())], ['atan', each((x) => x.atan())],
  ['sinh', each(sinh)], ['cosh', each((x) => x.exp().plus(x.neg().exp()).div(TWO))], ['tanh', each(tanh)],
  ['abs', each((x, w) => kink(x, w, 'the argument of abs is nearly 0').abs())],
  ['sign', each((x, w) => signOf(kink(x, w, 'the argument of sign is nearly 0')))],
  ['step', each((x, w) => (kink(x, w, 'the argument of a step is nearly 0').isNegative() || x.isZero() ? ZERO : ONE))],
  ['relu', each((x, w) => (kink(x, w, 'the argument of relu is nearly 0').isNegative() ? ZERO : x))],
  ['sigmoid', each((x) => ONE.div(ONE.plus(x.neg().exp())))], ['softplus', each((x) => logOnePlus(x.abs().neg().exp()).plus(x.isNegative() ? ZERO : x))],
  ['erf', each(erf)], ['normcdf', each(normalCdf)],
  ['normpdf', each((x) => x.times(x).div(TWO).neg().exp().div(num(-1).acos().times(TWO).sqrt()))],
  ['gamma', each(gamma)], ['lgamma', each(logGamma)], ['digamma', each((x, w) => polygamma(0, x, w))], ['trigamma', each((x, w) => polygamma(1, x, w))],
  ['polygamma', two((M, A, w) => map(A, (x) => polygamma(numberOf(M).toNumber(), x, w)))],
  ['max', extremum(1)], ['min', extremum(-1)],
  // matrix to matrix
  ['inv', one((A, w) => (isScalarSize(A) ? map(A, (x) => ONE.div(denominator(x, w))) : inverse(A, w)))], ['pinv', one(pinv)], ['polar', one(polar)],
  ['sqrtm', one((A, w) => matrixFunction(power(num('0.5')), A, w))], ['invsqrtm', one((A, w) => matrixFunction(power(num('-0.5')), A, w))],
  ['expm', one((A, w) => matrixFunction(EXP, A, w))], ['logm', one((A, w) => matrixFunction(LOG, A, w))],
  ['powm', two((A, p, w) => matrixFunction(power(numberOf(p)), A, w))],
  ['chol', one(cholesky)], ['adj', one(adjugate)],
  ['sym', one(symmetricPart)], ['skewpart', one(skewPart)],
  ['tril', masked((i, j) => (i >= j ? ONE : ZERO))], ['triu', masked((i, j) => (i <= j ? ONE : ZERO))],
  ['band', masked((i, j) => (Math.abs(i - j) <= 1 ? ONE : ZERO))],
  ['argmax', one((A) => {
    const top = A.data.reduce((m, x) => (x.gt(m) ? x : m), A.data[0] ?? ZERO);
    const share = ONE.div(A.data.filter((x) => x.eq(top)).length);
    return map(A, (x) => (x.eq(top) ? share : ZERO));
  })],
  ['reciprocalGaps', one((w, watch) => matrix(w.rows, w.rows, (i, j) => (i === j ? ZERO : ONE.div(denominator(at(w, j, 0).minus(at(w, i, 0)), watch)))))],
  ['phi', masked((i, j) => (i > j ? ONE : i === j ? num('0.5') : ZERO))],
  ['diag', one(diag)], ['vec', one(vec)], ['unvec', (args, [m = 1, n = 1]) => unvec(argument(args, 0), m, n)],
  ['vech', one((A) => column(lowerPairs(requireSquare(A, 'vech')).map(([i, j]) => at(A, i, j))))],
  ['rowsum', one((A) => matrix(A.rows, 1, (i) => sumOf(Array.from({ length: A.cols }, (_, j) => at(A, i, j)))))],
  ['colsum', one((A) => matrix(1, A.cols, (_, j) => sumOf(Array.from({ length: A.rows }, (_, i) => at(A, i, j)))))],
  ['cumsum', one((A) => matrix(A.rows, A.cols, (i, j) => sumOf(Array.from({ length: i + 1 }, (_, k) => at(A, k, j)))))],
  ['softmax', one((A) => {
    const total = logSumExp(A);
    return map(A, (x) => x.minus(total).exp());
  })],
  ['cross', two((a, b) => mul(skew3(a), b))], ['skew3', one(skew3)],
  ['eigvals', one((A, w) => column(eigenvalues(A, w)))], ['svdvals', one((A, w) => column(singularValues(A, w)))],
  ['eigvecs', one((A, w) => {
    eigenvalues(A, w);
    return eigen(A).vectors;
  })],
  ['svdu', one((A, w) => {
    singularValues(A, w);
    return svd(A).u;
  })],
  ['svdv', one((A, w) => {
    singularValues(A, w);
    return svd(A).v;
  })],
  ['svdu1', one((A, w) => {
    firstOf(svd(A).values, w, 'the two largest singular values nearly meet');
    return columnOf(svd(A).u, 0);
  })],
  ['svdv1', one((A, w) => {
    firstOf(svd(A).values, w, 'the two largest singular values nearly meet');
    return columnOf(svd(A).v, 0);
  })],
  ['sylvester', three(sylvester)],
  ['expmFrechet', two((A, E, w) => frechet(EXP, A, E, w))], ['logmFrechet', two((A, E, w) => frechet(LOG, A, E, w))],
  ['powmFrechet', three((A, p, E, w) => frechet(power(numberOf(p)), A, E, w))],
  ['expmKron', one((A, w) => frechetMatrix(EXP, A, w))], ['logmKron', one((A, w) => frechetMatrix(LOG, A, w))],
  ['powmKron', two((A, p, w) => frechetMatrix(power(numberOf(p)), A, w))],
  // array to number
  ['tr', toNumber(trace)], ['det', toNumber(det)], ['logdet', toNumber((A, w) => logDet(A, w))],
  ['sum', toNumber((A) => sumOf(A.data))], ['mean', toNumber((A) => sumOf(A.data).div(A.data.length))],
  ['prod', toNumber((A) => A.data.reduce((p, x) => p.times(x), ONE))],
  ['norm', toNumber(norm)], ['normF', toNumber(norm)],
  ['norm1', toNumber((A, w) => sumOf(A.data.map((x) => kink(x, w, 'an entry under norm1 is nearly 0').abs())))],
  ['normInf', toNumber((A, w) => extreme(map(A, (x) => x.abs()), 1, w))],
  ['norm2', toNumber((A, w) => kink(firstOf(svd(A).values, w, 'the two largest singular values nearly meet'), w, 'a norm is nearly 0'))],
  ['normNuc', toNumber((A, w) => {
    const { values } = svd(A);
    const top = values[0] ?? ZERO;
    values.forEach((s) => w.near(top.isZero() ? 0 : s.div(top).toNumber(), 'a singular value under the nuclear norm is nearly 0'));
    return sumOf(values);
  })],
  ['logsumexp', toNumber(logSumExp)],
  ['entropy', toNumber((A, w) => sumOf(A.data.map((x) => x.times(positive(x, 'entropy', w).ln()))).neg())],
  ['eigmax', toNumber((A, w) => firstOf([...eigen(A).values].reverse(), w, 'the two largest eigenvalues nearly meet'))],
  ['eigmin', toNumber((A, w) => firstOf(eigen(A).values, w, 'the two smallest eigenvalues nearly meet'))],
  ['cond', toNumber((A, w) => {
    const { values } = svd(A);
    const least = denominator(values[values.length - 1] ?? ZERO, w);
    watchGaps(values.slice(0, 2), w, 'the two largest singular values nearly meet');
    watchGaps(values.slice(-2), w, 'the two smallest singular values nearly meet');
    return (values[0] ?? ZERO).div(least);
  })],
]);

function basis(n: number, index: Matrix): Matrix {
  const k = numberOf(index);
  if (!k.isInteger() || k.lt(1) || k.gt(n)) throw new OutsideDomain(`basis vector ${k.toString()} of ${n}`);
  return matrix(n, 1, (i) => (k.eq(i + 1) ? ONE : ZERO));
}
function logDet(A: Matrix, watch: Watch): Num {
  const d = det(A);
  if (d.isZero() || d.isNegative()) throw new OutsideDomain('logdet of a matrix whose determinant is not positive');
  const size = largest(A).pow(A.rows);
  watch.near(d.div(size).toNumber(), 'a matrix whose logdet is taken is nearly singular');
  return d.ln();
}
