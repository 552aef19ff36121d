/** What each analytic operator of the language is over the complex numbers: one row an operator. What has no row is not analytic, or has no plain algorithm here. */
import {
  absC, acosC, asinC, atanC, C0, C1, complex, cosC, coshC, erfC, expC, gammaC, logC, logGammaC, minusC, negC, overC, plusC, polygammaC, scaleC, sigmoidC,
  sinC, sinhC, softplusC, sqrtC, tanC, tanhC, timesC, type Complex,
} from './complex-numbers';
import { exponentialC, frechetC, inverseRootC, logarithmC, matrixPowerC, rootC } from './complex-functions';
import {
  addC, adjugateC, choleskyC, columnC, detC, entryC, identityC, innerC, inverseC, isScalarC, kronC, mapC, mulC, numberC, requireSquareC, scalarC, solveC, stretchC,
  subC, sumC, sylvesterC, tabulateC, traceC, transposeC, unvecC, vecC, zerosC, zipC, type ComplexMatrix,
} from './complex-matrix';
import { columnOfC, eigenC, svdC } from './complex-spectral';
import { OutsideDomain } from './oracle-matrix';

/** `dims` are the evaluated size parameters. @throws OutsideDomain where the operator has no value. */
export type ComplexOperator = (args: readonly ComplexMatrix[], dims: readonly number[]) => ComplexMatrix;

const argument = (args: readonly ComplexMatrix[], k: number): ComplexMatrix => {
  const A = args[k];
  if (!A) throw new OutsideDomain(`argument ${k + 1} is missing`);
  return A;
};
const one = (f: (A: ComplexMatrix) => ComplexMatrix): ComplexOperator => (args) => f(argument(args, 0));
const two = (f: (A: ComplexMatrix, B: ComplexMatrix) => ComplexMatrix): ComplexOperator => (args) => f(argument(args, 0), argument(args, 1));
const three = (f: (A: ComplexMatrix, B: ComplexMatrix, C: ComplexMatrix) => ComplexMatrix): ComplexOperator => (args) => f(argument(args, 0), argument(args, 1), argument(args, 2));
const toNumber = (f: (A: ComplexMatrix) => Complex): ComplexOperator => one((A) => scalarC(f(A)));
const each = (f: (x: Complex) => Complex): ComplexOperator => one((A) => mapC(A, f));
const sized = (f: (dims: readonly number[], args: readonly ComplexMatrix[]) => ComplexMatrix): ComplexOperator => (args, dims) => f(dims, args);

const isVectorC = (A: ComplexMatrix): boolean => A.cols === 1 || A.rows === 1;
const diagC = (A: ComplexMatrix): ComplexMatrix =>
  isVectorC(A) ? tabulateC(A.data.length, A.data.length, (i, j) => (i === j ? A.data[i] ?? C0 : C0)) : tabulateC(Math.min(A.rows, A.cols), 1, (i) => entryC(A, i, i));
const masked = (keep: (i: number, j: number) => number): ComplexOperator => one((A) => tabulateC(A.rows, A.cols, (i, j) => scaleC(entryC(A, i, j), keep(i, j))));
const lowerPairs = (n: number): readonly (readonly [number, number])[] => Array.from({ length: n }, (_, j) => Array.from({ length: n - j }, (_, i) => [i + j, j] as const)).flat();
const marked = (rows: number, cols: number, isOne: (r: number, c: number) => boolean): ComplexMatrix => tabulateC(rows, cols, (r, c) => (isOne(r, c) ? C1 : C0));
const basisC = (n: number, index: ComplexMatrix): ComplexMatrix => marked(n, 1, (i) => i + 1 === numberC(index).re);
const skew3C = (v: ComplexMatrix): ComplexMatrix => {
  const [a = C0, b = C0, c = C0] = v.data;
  return { rows: 3, cols: 3, data: [C0, negC(c), b, c, C0, negC(a), negC(b), a, C0] };
};
/** The largest real part shifts the exponents: a constant near the point. */
const logSumExpC = (A: ComplexMatrix): Complex => {
  const top = complex(A.data.reduce((m, x) => Math.max(m, x.re), -Infinity));
  return plusC(logC(sumC(A.data.map((x) => expC(minusC(x, top))))), top);
};
const rootOfSquares = (A: ComplexMatrix): Complex => sqrtC(innerC(A, A));
/** The entry whose real part is extreme. */
const extremeC = (A: ComplexMatrix, sign: 1 | -1): Complex => A.data.reduce((m, x) => (sign * (x.re - m.re) > 0 ? x : m));
const extremum = (sign: 1 | -1): ComplexOperator => (args) =>
  args.length === 1 ? scalarC(extremeC(argument(args, 0), sign)) : args.slice(1).reduce((A, B) => zipC(A, B, (a, b) => (sign * (a.re - b.re) >= 0 ? a : b)), argument(args, 0));
/** The Gram matrix of the shorter side, and on which side of A its functions stand. */
const gram = (A: ComplexMatrix): { readonly G: ComplexMatrix; readonly isRight: boolean } =>
  (A.rows >= A.cols ? { G: mulC(transposeC(A), A), isRight: true } : { G: mulC(A, transposeC(A)), isRight: false });
const beside = (A: ComplexMatrix, of: (G: ComplexMatrix) => ComplexMatrix): ComplexMatrix => {
  const { G, isRight } = gram(A);
  return isRight ? mulC(A, of(G)) : mulC(of(G), A);
};

/** The matrix of vec(E) ↦ vec(L_f(A, E)). */
const frechetMatrixC = (f: (A: ComplexMatrix) => ComplexMatrix, A: ComplexMatrix): ComplexMatrix => {
  const n = A.rows;
  const columns = Array.from({ length: n * n }, (_, k) => vecC(frechetC(f, A, marked(n, n, (i, j) => i === k % n && j === Math.floor(k / n)))));
  return tabulateC(n * n, n * n, (i, j) => entryC(columns[j] ?? A, i, 0));
};

export const COMPLEX_OPERATORS: ReadonlyMap<string, ComplexOperator> = new Map<string, ComplexOperator>([
  // arithmetic
  ['add', two(addC)], ['sub', two(subC)], ['neg', each(negC)], ['mul', two(mulC)], ['transpose', one(transposeC)],
  ['hadamard', two((A, B) => zipC(A, B, timesC))], ['elementDivide', two((A, B) => zipC(A, B, overC))],
  ['rightDivide', two((A, B) => (isScalarC(B) ? zipC(A, B, overC) : mulC(A, inverseC(B))))],
  ['leftDivide', two((A, B) => (isScalarC(A) ? zipC(B, A, overC) : solveC(A, B)))],
  ['kron', two(kronC)], ['kronsum', two((A, B) => addC(kronC(A, identityC(B.rows)), kronC(identityC(A.rows), B)))],
  ['frobenius', two((A, B) => scalarC(innerC(A, B)))], ['dot', two((A, B) => scalarC(innerC(A, B)))],
  // constants
  ['identity', sized(([n = 1]) => identityC(n))], ['ones', sized(([m = 1, n = 1]) => marked(m, n, () => true))], ['zeros', sized(([m = 1, n = 1]) => zerosC(m, n))],
  ['basis', sized(([n = 1], args) => basisC(n, argument(args, 0)))],
  ['unit', sized(([m = 1, n = 1], args) => mulC(basisC(m, argument(args, 0)), transposeC(basisC(n, argument(args, 1)))))],
  ['delta', two((A, B) => scalarC(complex(numberC(A).re === numberC(B).re ? 1 : 0)))],
  ['commutation', sized(([m = 1, n = 1]) => marked(m * n, m * n, (r, c) => c === (r % n) * m + Math.floor(r / n)))],
  ['duplication', sized(([n = 1]) => {
    const pairs = lowerPairs(n);
    return marked(n * n, pairs.length, (r, c) => {
      const [i, j] = pairs[c] ?? [0, 0];
      return r === j * n + i || r === i * n + j;
    });
  })],
  ['diagonalisation', sized(([n = 1]) => marked(n * n, n, (r, c) => r === c * n + c))],
  // each entry
  ['exp', each(expC)], ['log', each(logC)], ['sqrt', each(sqrtC)], ['sin', each(sinC)], ['cos', each(cosC)], ['tan', each(tanC)],
  ['asin', each(asinC)], ['acos', each(acosC)], ['atan', each(atanC)], ['sinh', each(sinhC)], ['cosh', each(coshC)], ['tanh', each(tanhC)],
  ['abs', each(absC)], ['sign', each((x) => complex(Math.sign(x.re)))], ['step', each((x) => complex(x.re > 0 ? 1 : 0))], ['relu', each((x) => (x.re > 0 ? x : C0))],
  ['sigmoid', each(sigmoidC)], ['softplus', each(softplusC)], ['erf', each(erfC)],
  ['normcdf', each((x) => scaleC(plusC(C1, erfC(scaleC(x, Math.SQRT1_2))), 0.5))],
  ['normpdf', each((x) => scaleC(expC(scaleC(timesC(x, x), -0.5)), 1 / Math.sqrt(2 * Math.PI)))],
  ['gamma', each(gammaC)], ['lgamma', each(logGammaC)], ['digamma', each((x) => polygammaC(0, x))], ['trigamma', each((x) => polygammaC(1, x))],
  ['polygamma', two((M, A) => mapC(A, (x) => polygammaC(numberC(M).re, x)))],
  ['max', extremum(1)], ['min', extremum(-1)],
  // matrix to matrix
  ['inv', one((A) => (isScalarC(A) ? mapC(A, (x) => overC(C1, x)) : inverseC(A)))],
  // Of full rank only: where the rank is less, the pseudoinverse is analytic along no open set of directions.
  ['pinv', one((A) => transposeC(beside(A, inverseC)))], ['polar', one((A) => beside(A, inverseRootC))],
  ['sqrtm', one(rootC)], ['invsqrtm', one(inverseRootC)], ['expm', one(exponentialC)], ['logm', one(logarithmC)],
  ['powm', two((A, p) => {
    const exponent = numberC(p);
    return exponent.im === 0 ? matrixPowerC(A, exponent.re) : exponentialC(mulC(scalarC(exponent), logarithmC(A)));
  })],
  ['chol', one(choleskyC)], ['adj', one(adjugateC)],
  ['sym', one((A) => stretchC(addC(A, transposeC(A)), 0.5))], ['skewpart', one((A) => stretchC(subC(A, transposeC(A)), 0.5))],
  ['tril', masked((i, j) => (i >= j ? 1 : 0))], ['triu', masked((i, j) => (i <= j ? 1 : 0))], ['band', masked((i, j) => (Math.abs(i - j) <= 1 ? 1 : 0))],
  ['phi', masked((i, j) => (i > j ? 1 : i === j ? 0.5 : 0))],
  ['argmax', one((A) => { const top = extremeC(A, 1).re; const share = 1 / A.data.filter((x) => x.re === top).length; return mapC(A, (x) => complex(x.re === top ? share : 0)); })],
  ['reciprocalGaps', one((w) => tabulateC(w.rows, w.rows, (i, j) => (i === j ? C0 : overC(C1, minusC(entryC(w, j, 0), entryC(w, i, 0))))))],
  ['diag', one(diagC)], ['vec', one(vecC)], ['unvec', (args, [m = 1, n = 1]) => unvecC(argument(args, 0), m, n)],
  ['vech', one((A) => columnC(lowerPairs(requireSquareC(A, 'vech')).map(([i, j]) => entryC(A, i, j))))],
  ['rowsum', one((A) => mulC(A, marked(A.cols, 1, () => true)))], ['colsum', one((A) => mulC(marked(1, A.rows, () => true), A))],
  ['cumsum', one((A) => mulC(marked(A.rows, A.rows, (i, j) => i >= j), A))],
  ['softmax', one((A) => { const total = logSumExpC(A); return mapC(A, (x) => expC(minusC(x, total))); })],
  ['cross', two((a, b) => mulC(skew3C(a), b))], ['skew3', one(skew3C)],
  ['eigvals', one((A) => columnC(eigenC(A).values))], ['eigvecs', one((A) => eigenC(A).vectors)],
  ['svdvals', one((A) => columnC(svdC(A).values))], ['svdu', one((A) => svdC(A).u)], ['svdv', one((A) => svdC(A).v)],
  ['svdu1', one((A) => columnOfC(svdC(A).u, 0))], ['svdv1', one((A) => columnOfC(svdC(A).v, 0))],
  ['sylvester', three(sylvesterC)],
  ['expmFrechet', two((A, E) => frechetC(exponentialC, A, E))], ['logmFrechet', two((A, E) => frechetC(logarithmC, A, E))],
  ['powmFrechet', three((A, p, E) => frechetC((B) => matrixPowerC(B, numberC(p).re), A, E))],
  ['expmKron', one((A) => frechetMatrixC(exponentialC, A))], ['logmKron', one((A) => frechetMatrixC(logarithmC, A))],
  ['powmKron', two((A, p) => frechetMatrixC((B) => matrixPowerC(B, numberC(p).re), A))],
  // array to number
  ['tr', toNumber(traceC)], ['det', toNumber(detC)], ['logdet', toNumber((A) => logC(detC(A)))],
  ['sum', toNumber((A) => sumC(A.data))], ['mean', toNumber((A) => scaleC(sumC(A.data), 1 / A.data.length))], ['prod', toNumber((A) => A.data.reduce(timesC, C1))],
  ['norm', toNumber(rootOfSquares)], ['normF', toNumber(rootOfSquares)], ['norm1', toNumber((A) => sumC(A.data.map(absC)))], ['normInf', toNumber((A) => extremeC(mapC(A, absC), 1))],
  ['normNuc', toNumber((A) => traceC(rootC(gram(A).G)))],
  ['norm2', toNumber((A) => svdC(A).values[0] ?? C0)], ['eigmax', toNumber((A) => eigenC(A).values.at(-1) ?? C0)], ['eigmin', toNumber((A) => eigenC(A).values[0] ?? C0)],
  ['cond', toNumber((A) => { const { values } = svdC(A); return overC(values[0] ?? C1, values.at(-1) ?? C1); })],
  ['logsumexp', toNumber(logSumExpC)], ['entropy', toNumber((A) => negC(sumC(A.data.map((x) => timesC(x, logC(x))))))],
]);
