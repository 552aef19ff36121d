/** Recognises how a wrong derivative differs from the right one: a factor, a sign, a transpose, a missing term. */
import { num, ZERO, type Num } from './oracle-decimal';
import { at, inverse, largest, matrix, mul, OutsideDomain, sub, transpose, type Matrix } from './oracle-matrix';
import { entryAt, positions, type Derivative, type Position } from './tensor';

const SAME = num('1e-12');

/** The constant c with A = c·B, where there is one. */
function factor(A: readonly Num[], B: readonly Num[]): Num | undefined {
  let k = 0;
  B.forEach((b, i) => {
    if (b.abs().gt((B[k] ?? ZERO).abs())) k = i;
  });
  const pivot = B[k];
  if (!pivot || pivot.isZero() || A.length !== B.length) return undefined;
  const c = (A[k] ?? ZERO).div(pivot);
  const size = A.reduce((m, a) => (a.abs().gt(m) ? a.abs() : m), ZERO);
  return A.every((a, i) => a.minus(c.times(B[i] ?? ZERO)).abs().lte(size.times(SAME))) ? c : undefined;
}

const KNOWN_FACTORS: readonly (readonly [string, string])[] = [
  ['-1', 'the sign is the opposite of the right one'], ['2', 'twice the right one'], ['0.5', 'half the right one'],
  ['-2', 'minus twice the right one'], ['-0.5', 'minus half the right one'], ['4', 'four times the right one'], ['0.25', 'a quarter of the right one'],
];
const short = (x: Num): string => x.toSignificantDigits(4).toString();

/** c as a small fraction, if it is one. */
function named(c: Num): string {
  for (let d = 1; d <= 12; d++) {
    const n = c.times(d).round();
    if (c.times(d).minus(n).abs().lt(SAME)) return d === 1 ? n.toString() : `${n.toString()}/${d}`;
  }
  return short(c);
}
function factorSlip(found: readonly Num[], right: readonly Num[]): string | undefined {
  const c = factor(found, right);
  if (!c) return undefined;
  if (c.isZero()) return 'it is 0, and the right one is not';
  for (const [value, text] of KNOWN_FACTORS) if (c.minus(value).abs().lt(SAME)) return text;
  return `${named(c)} times the right one`;
}

type Move = (p: Position) => Position;
const MOVES: readonly (readonly [string, (D: Derivative) => boolean, Move])[] = [
  ['equal to its transpose', (D) => D.rows === 1 && D.cols === 1 && D.p === D.q && D.p > 1, ([i, j, k, l]) => [i, j, l, k]],
  ['the transpose of the Jacobian', (D) => D.rows === D.p && D.cols === D.q && D.rows * D.cols > 1, ([i, j, k, l]) => [k, l, i, j]],
  ['the rows and columns of F are exchanged', (D) => D.rows === D.cols && D.rows > 1, ([i, j, k, l]) => [j, i, k, l]],
  ['the rows and columns of the variable are exchanged', (D) => D.p === D.q && D.p > 1, ([i, j, k, l]) => [i, j, l, k]],
];

const flat = (D: Derivative): readonly Num[] => [...positions(D)].map(([i, j, k, l]) => entryAt(D, i, j, k, l) ?? ZERO);
const gradientOf = (D: Derivative): Matrix => matrix(D.p, D.q, (k, l) => entryAt(D, 0, 0, k, l) ?? ZERO);

/** What is there besides the derivative to be proportional to: variables of its shape, and constants. */
export interface Known { readonly name: string; readonly value: Matrix }

/** `2*alpha` for a coefficient, where a small multiple of a scalar of the formula, or of a product of two, gives it. */
function coefficient(c: Num, scalars: readonly Known[]): string {
  const plain = named(c);
  if (!plain.includes('.')) return plain;
  const values = [...scalars, ...scalars.flatMap((a, i) => scalars.slice(i).map((b) => ({ name: `${a.name}*${b.name}`, value: matrix(1, 1, () => at(a.value, 0, 0).times(at(b.value, 0, 0))) })))];
  for (const s of values) {
    const x = at(s.value, 0, 0);
    if (x.isZero()) continue;
    const text = named(c.div(x));
    if (!text.includes('.')) return text === '1' ? s.name : text === '-1' ? `-${s.name}` : `${text}*${s.name}`;
  }
  return plain;
}

function missingTerm(found: Matrix, right: Matrix, known: readonly Known[]): string | undefined {
  const rest = sub(right, found);
  if (largest(rest).lte(largest(right).times(SAME))) return undefined;
  const scalars = known.filter((k) => k.value.rows === 1 && k.value.cols === 1);
  const n = right.rows;
  const constants: readonly Known[] = [
    ...(n === right.cols && n > 1 ? [{ name: 'I', value: matrix(n, n, (i, j) => (i === j ? num(1) : ZERO)) }] : []),
    ...(n * right.cols > 1 ? [{ name: 'the ones', value: matrix(n, right.cols, () => num(1)) }] : []),
  ];
  const shaped = known.flatMap((k) => [k, ...(k.value.rows > 1 && k.value.cols > 1 ? [{ name: `${k.name}'`, value: transpose(k.value) }] : [])])
    .filter((k) => k.value.rows === right.rows && k.value.cols === right.cols && right.rows * right.cols > 1);
  for (const k of [...shaped, ...constants]) {
    const c = factor(rest.data, k.value.data);
    if (c && !c.isZero()) return `missing a term proportional to ${k.name}: ${coefficient(c, scalars)} times it`;
  }
  return undefined;
}

/** The found matrices are M*K where K*M are right, or K*M for M*K, with one K for all of them. */
function sideSlip(found: readonly Matrix[], right: readonly Matrix[], known: readonly Known[]): string | undefined {
  const same = (A: Matrix, B: Matrix): boolean => largest(sub(A, B)).lte(largest(B).times(SAME));
  for (const { name, value } of known) {
    if (value.rows !== value.cols || value.rows === 1) continue;
    for (const [text, K] of [[name, value], [`${name}'`, transpose(value)]] as const) {
      const undone = inverseOf(K);
      if (!undone) continue;
      const fits = (move: (M: Matrix) => Matrix, back: (A: Matrix) => Matrix): boolean => found.every((F, i) => { const R = right[i]; return R !== undefined && same(move(back(F)), R); });
      const [F] = found;
      if (!F || F.rows !== F.cols || F.rows !== K.rows) continue;
      if (fits((M) => mul(K, M), (A) => mul(A, undone)) || fits((M) => mul(M, K), (A) => mul(undone, A))) return `${text} stands on the wrong side of the product`;
    }
  }
  return undefined;
}
function inverseOf(K: Matrix): Matrix | undefined {
  try {
    return inverse(K);
  } catch (error) {
    if (error instanceof OutsideDomain) return undefined;
    throw error;
  }
}

/**
 * The most likely mistake, where one fits.
 * @param projected the found derivative projected on the variable's structure, where it has one
 */
export function slipOf(found: Derivative, right: Derivative, known: readonly Known[], projected?: Derivative): string | undefined {
  const [a, b] = [flat(found), flat(right)];
  const whole = factorSlip(a, b);
  if (whole) return whole;
  for (const [text, applies, move] of MOVES) {
    if (!applies(right)) continue;
    const moved = [...positions(right)].map((p) => entryAt(right, ...move(p)) ?? ZERO);
    const c = factor(a, moved);
    if (c?.minus(1).abs().lt(SAME)) return text;
    if (c && c.plus(1).abs().lt(SAME)) return `${text}, with the opposite sign`;
    if (c?.minus(2).abs().lt(SAME)) return `${text}, and twice the right one`;
  }
  if (projected && factor(flat(projected), b)?.minus(1).abs().lt(SAME)) return "not projected on the variable's structure";
  if (right.rows !== 1 || right.cols !== 1) return sideSlip(found.columns, right.columns, known);
  const [F, R] = [gradientOf(found), gradientOf(right)];
  const side = sideSlip([F], [R], known);
  if (side) return side;
  if (R.rows === R.cols && R.rows > 1) {
    const doubled = factor(F.data, matrix(R.rows, R.cols, (i, j) => at(R, i, j).times(i === j ? 1 : 2)).data);
    if (doubled?.minus(1).abs().lt(SAME)) return "entries off the diagonal count twice (the convention G + G' - diag(G), which is not the gradient)";
    const c = factor(R.data, matrix(R.rows, R.cols, (i, j) => at(F, i, j).plus(at(F, j, i))).data);
    if (c?.minus(1).abs().lt(SAME)) return 'missing its own transpose: G where G + G\' is right';
    if (c?.times(2).minus(1).abs().lt(SAME)) return "not projected on the symmetric matrices: G where sym(G) is right";
  }
  return missingTerm(F, R, known);
}
