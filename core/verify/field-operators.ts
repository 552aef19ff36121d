/** The rational operators of the language in the field, and roots and signs: one row an operator. Shares nothing with the engine. */
import { HALF, rational } from '../algebra/rational';
import { addJ, base, invJ, jet, mulJ, negJ, ONE_JET, powJ, signJ, subJ, ZERO_JET, type Jet } from './field-jet';
import {
  columnF, detF, entryF, identityF, inverseF, kronF, mapF, maskF, minusF, plusF, scalarF, scaleF, solveF, sumF, tabulateF, timesF, totalF, traceF, transposeF,
  unvecF, vecF, zipF, type FieldMatrix,
} from './field-matrix';
import { fromInteger, invF } from './field-numbers';
import { OutsideDomain } from './oracle-matrix';

export type FieldOperator = (args: readonly FieldMatrix[], dims: readonly number[]) => FieldMatrix;

const argument = (args: readonly FieldMatrix[], k: number): FieldMatrix => {
  const A = args[k];
  if (!A) throw new OutsideDomain(`argument ${k + 1} is missing`);
  return A;
};
const one = (f: (A: FieldMatrix) => FieldMatrix): FieldOperator => (args) => f(argument(args, 0));
const two = (f: (A: FieldMatrix, B: FieldMatrix) => FieldMatrix): FieldOperator => (args) => f(argument(args, 0), argument(args, 1));
const toNumber = (f: (A: FieldMatrix) => Jet): FieldOperator => one((A) => scalarF(f(A)));
const constant = (f: (dims: readonly number[]) => FieldMatrix): FieldOperator => (_, dims) => f(dims);
const whole = (x: FieldMatrix): number => base(x.data[0] ?? ZERO_JET);

const half: Jet = [invF(2)];
const halved = (A: FieldMatrix): FieldMatrix => scaleF(half, A);
const diag = (A: FieldMatrix): FieldMatrix => {
  const vector = A.cols === 1 ? A : A.rows === 1 ? transposeF(A) : undefined;
  return vector ? tabulateF(vector.rows, vector.rows, (i, j) => (i === j ? entryF(vector, i, 0) : ZERO_JET)) : columnF(Array.from({ length: A.rows }, (_, i) => entryF(A, i, i)));
};
const lower = (i: number, j: number): boolean => i >= j;
const squares = (A: FieldMatrix): Jet => totalF(A.data.map((x) => mulJ(x, x)));
const root = (x: Jet): Jet => powJ(x, HALF);
const absolute = (x: Jet): Jet => mulJ(x, signJ(x));
/** 1 where x is positive. */
const positive = (x: Jet): Jet => mulJ(half, addJ(signJ(x), ONE_JET));
const skew3 = (x: FieldMatrix): FieldMatrix => {
  const [a, b, c] = [0, 1, 2].map((i) => x.data[i] ?? ZERO_JET) as [Jet, Jet, Jet];
  return { rows: 3, cols: 3, data: [ZERO_JET, negJ(c), b, c, ZERO_JET, negJ(a), negJ(b), a, ZERO_JET] };
};
const ones = (m: number, n: number): FieldMatrix => tabulateF(m, n, () => ONE_JET);
const pairs = (n: number): readonly (readonly [number, number])[] => Array.from({ length: n }, (_, j) => Array.from({ length: n - j }, (_x, i) => [i + j, j] as const)).flat();
const larger = (A: FieldMatrix, B: FieldMatrix): FieldMatrix => zipF(A, B, (x, y) => addJ(y, mulJ(subJ(x, y), same(x, y) ? ZERO_JET : positive(subJ(x, y)))));
const same = (x: Jet, y: Jet): boolean => base(x) === base(y);

/** A generic matrix has full rank: the left or right inverse. */
const pinv = (A: FieldMatrix): FieldMatrix => {
  const t = transposeF(A);
  return A.rows >= A.cols ? solveF(timesF(t, A), t).X : timesF(t, inverseF(timesF(A, t)));
};
/** The Y with A Y + Y B = C, from (I ⊗ A + B' ⊗ I) vec Y = vec C. */
function sylvester(A: FieldMatrix, B: FieldMatrix, C: FieldMatrix): FieldMatrix {
  const system = plusF(kronF(identityF(B.rows), A), kronF(transposeF(B), identityF(A.rows)));
  return unvecF(solveF(system, vecF(C)).X, A.rows, B.rows);
}

export const FIELD_OPERATORS: ReadonlyMap<string, FieldOperator> = new Map<string, FieldOperator>([
  ['add', two(plusF)], ['sub', two(minusF)], ['neg', one((A) => mapF(A, negJ))], ['mul', two(timesF)], ['transpose', one(transposeF)],
  ['hadamard', two((A, B) => zipF(A, B, mulJ))], ['elementDivide', two((A, B) => zipF(A, B, (x, y) => mulJ(x, invJ(y))))],
  ['rightDivide', two((A, B) => (B.rows === 1 && B.cols === 1 ? mapF(A, (x) => mulJ(x, invJ(B.data[0] ?? ZERO_JET))) : timesF(A, inverseF(B))))], ['leftDivide', two((A, B) => solveF(A, B).X)],
  ['kron', two(kronF)], ['kronsum', two((A, B) => plusF(kronF(A, identityF(B.rows)), kronF(identityF(A.rows), B)))],
  ['frobenius', two((A, B) => scalarF(sumF(zipF(A, B, mulJ))))], ['dot', two((A, B) => scalarF(sumF(zipF(A, B, mulJ))))],
  ['inv', one(inverseF)], ['pinv', one(pinv)], ['adj', one((A) => scaleF(detF(A), inverseF(A)))], ['det', toNumber(detF)], ['tr', toNumber(traceF)], ['sum', toNumber(sumF)],
  ['mean', toNumber((A) => mulJ(sumF(A), jet(invF(fromInteger(A.data.length)))))], ['prod', toNumber((A) => A.data.reduce(mulJ, ONE_JET))],
  ['norm', toNumber((A) => root(squares(A)))], ['normF', toNumber((A) => root(squares(A)))], ['norm1', toNumber((A) => totalF(A.data.map(absolute)))],
  ['sqrt', one((A) => mapF(A, root))], ['abs', one((A) => mapF(A, absolute))], ['sign', one((A) => mapF(A, signJ))], ['step', one((A) => mapF(A, positive))],
  ['relu', one((A) => mapF(A, (x) => mulJ(x, positive(x))))], ['max', two(larger)], ['min', two((A, B) => minusF(plusF(A, B), larger(A, B)))],
  ['diag', one(diag)], ['vec', one(vecF)], ['unvec', ([v], [m, n]) => unvecF(argument(v ? [v] : [], 0), m ?? 1, n ?? 1)],
  ['vech', one((A) => columnF(pairs(A.rows).map(([i, j]) => entryF(A, i, j))))],
  ['tril', one((A) => maskF(A, lower))], ['triu', one((A) => maskF(A, (i, j) => i <= j))], ['band', one((A) => maskF(A, (i, j) => Math.abs(i - j) <= 1))],
  ['phi', one((A) => tabulateF(A.rows, A.cols, (i, j) => (i > j ? entryF(A, i, j) : i === j ? mulJ(half, entryF(A, i, i)) : ZERO_JET)))],
  ['sym', one((A) => halved(plusF(A, transposeF(A))))], ['skewpart', one((A) => halved(minusF(A, transposeF(A))))],
  ['rowsum', one((A) => timesRows(A, ones(A.cols, 1)))], ['colsum', one((A) => transposeF(timesRows(transposeF(A), ones(A.rows, 1))))],
  ['cumsum', one((A) => timesRows(maskF(ones(A.rows, A.rows), lower), A))],
  ['cross', two((a, b) => timesF(skew3(a), b))], ['skew3', one(skew3)], ['sylvester', (args) => sylvester(argument(args, 0), argument(args, 1), argument(args, 2))],
  ['identity', constant(([n]) => identityF(n ?? 1))], ['ones', constant(([m, n]) => ones(m ?? 1, n ?? 1))], ['zeros', constant(([m, n]) => tabulateF(m ?? 1, n ?? 1, () => ZERO_JET))],
  ['basis', ([i], [n]) => tabulateF(n ?? 1, 1, (r) => (i && whole(i) === r + 1 ? ONE_JET : ZERO_JET))],
  ['unit', ([i, j], [m, n]) => tabulateF(m ?? 1, n ?? 1, (r, c) => (i && j && whole(i) === r + 1 && whole(j) === c + 1 ? ONE_JET : ZERO_JET))],
  ['delta', two((i, j) => scalarF(whole(i) === whole(j) ? ONE_JET : ZERO_JET))],
  ['commutation', constant(([m = 1, n = 1]) => tabulateF(m * n, m * n, (r, c) => (Math.floor(r / n) === c % m && r % n === Math.floor(c / m) ? ONE_JET : ZERO_JET)))],
  ['duplication', constant(([n = 1]) => {
    const list = pairs(n);
    return tabulateF(n * n, list.length, (r, c) => {
      const [i, j] = [r % n, Math.floor(r / n)];
      const [p, q] = list[c] ?? [0, 0];
      return (p === i && q === j) || (p === j && q === i) ? ONE_JET : ZERO_JET;
    });
  })],
  ['diagonalisation', constant(([n = 1]) => tabulateF(n * n, n, (r, c) => (r === c * (n + 1) ? ONE_JET : ZERO_JET)))],
]);

/** A product of arrays, sizes of 1 included. */
function timesRows(A: FieldMatrix, B: FieldMatrix): FieldMatrix {
  return tabulateF(A.rows, B.cols, (i, j) => totalF(Array.from({ length: A.cols }, (_, k) => mulJ(entryF(A, i, k), entryF(B, k, j)))));
}

/** A^p: whole powers of matrices; of scalars and entry by entry, powers whose denominator is a power of 2. */
export function powerF(A: FieldMatrix, n: bigint, d: bigint, elementwise: boolean): FieldMatrix {
  if (elementwise || (A.rows === 1 && A.cols === 1)) return mapF(A, (x) => powJ(x, { n, d }));
  if (d !== 1n) throw new OutsideDomain('a fractional power of a matrix is not rational');
  if (n < 0n) return powerF(inverseF(A), -n, rational(1).d, false);
  let out = identityF(A.rows);
  for (let k = 0n; k < n; k++) out = timesF(out, A);
  return out;
}
