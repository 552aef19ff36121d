/**
 * Functions of a square matrix, written once over a ring: the ring of matrices gives f(A); the ring of dual matrices A + εE,
 * which is that of the blocks [A E; 0 A], gives the Fréchet derivative L_f(A, E) beside it (Higham 2008, Theorem 3.6).
 */
import { HALF, ONE, TWO, num, type Num } from './oracle-decimal';
import { add, identity, inverse, isScalarSize, largest, matrix, at, mul, numberOf, OutsideDomain, requireSquare, scalar, scale, trace, unit, vec, zeros, UNWATCHED, type Matrix, type Watch } from './oracle-matrix';

interface Ring<T> {
  readonly one: T;
  readonly mul: (a: T, b: T) => T;
  readonly add: (a: T, b: T) => T;
  readonly scale: (a: T, by: Num) => T;
  readonly inverse: (a: T) => T;
  /** Size of the largest entry times n: an upper bound of the matrix norms. */
  readonly size: (a: T) => Num;
  /** The mean of the diagonal: the middle of the eigenvalues. */
  readonly centre: (a: T) => Num;
}

const matrices = (n: number, watch: Watch): Ring<Matrix> => ({
  one: identity(n), mul, add, scale, inverse: (A) => inverse(A, watch), size: (A) => largest(A).times(n),
  centre: (A) => trace(A).div(n),
});

const MINUS = ONE.neg();

interface Dual { readonly value: Matrix; readonly tangent: Matrix }

/** Products and inverses of the value part, kept while their operands live: directions at one point share them. */
const products = new WeakMap<Matrix, WeakMap<Matrix, Matrix>>();
const inverses = new WeakMap<Matrix, Matrix>();
const scaled = new WeakMap<Matrix, Map<string, Matrix>>();
const sums = new WeakMap<Matrix, WeakMap<Matrix, Matrix>>();
const kept = (memo: WeakMap<Matrix, WeakMap<Matrix, Matrix>>, make: (A: Matrix, B: Matrix) => Matrix) => (A: Matrix, B: Matrix): Matrix => {
  const row = memo.get(A) ?? new WeakMap<Matrix, Matrix>();
  memo.set(A, row);
  const old = row.get(B);
  if (old) return old;
  const made = make(A, B);
  row.set(B, made);
  return made;
};
const keptProduct = kept(products, mul);
const keptSum = kept(sums, add);
function keptScale(A: Matrix, by: Num): Matrix {
  const row = scaled.get(A) ?? new Map<string, Matrix>();
  scaled.set(A, row);
  const key = by.toString();
  const old = row.get(key);
  if (old) return old;
  const made = scale(A, by);
  row.set(key, made);
  return made;
}
const identities = new Map<number, Matrix>();
function keptIdentity(n: number): Matrix {
  const made = identities.get(n) ?? identity(n);
  identities.set(n, made);
  return made;
}

const duals = (n: number, watch: Watch): Ring<Dual> => ({
  one: { value: keptIdentity(n), tangent: zeros(n, n) },
  mul: (a, b) => ({ value: keptProduct(a.value, b.value), tangent: add(mul(a.value, b.tangent), mul(a.tangent, b.value)) }),
  add: (a, b) => ({ value: keptSum(a.value, b.value), tangent: add(a.tangent, b.tangent) }),
  scale: (a, by) => ({ value: keptScale(a.value, by), tangent: scale(a.tangent, by) }),
  inverse: (a) => {
    const B = inverses.get(a.value) ?? inverse(a.value, watch);
    inverses.set(a.value, B);
    return { value: B, tangent: scale(mul(mul(B, a.tangent), B), MINUS) };
  },
  size: (a) => {
    const v = largest(a.value);
    const t = largest(a.tangent);
    return (v.gt(t) ? v : t).times(n);
  },
  centre: (a) => trace(a.value).div(n),
});

const HALFWAY = num('1e-33');

/** A^(1/2) by Denman and Beavers's iteration in product form: M → I, one inverse a step (Higham 2008, 6.29). */
function squareRoot<T>(ring: Ring<T>, A: T): T {
  // Eigenvalues about 1 save the iterations that would only bring them there.
  const centre = ring.centre(A);
  const factor = (centre.gt(0) ? centre : ring.size(A)).sqrt();
  if (factor.isZero()) throw new OutsideDomain('the square root of a singular matrix is not differentiable');
  const offset = (M: T): T => ring.add(M, ring.scale(ring.one, MINUS));
  let M = ring.scale(A, ONE.div(factor.times(factor)));
  let X = M;
  for (let k = 0; k < 200; k++) {
    const inverted = ring.inverse(M);
    X = ring.scale(ring.mul(X, ring.add(ring.one, inverted)), HALF);
    M = ring.scale(ring.add(ring.one, ring.scale(ring.add(M, inverted), HALF)), HALF);
    const left = ring.size(offset(M));
    if (!left.isFinite()) break;
    if (left.lt(HALFWAY)) return ring.scale(ring.mul(X, ring.scale(ring.add(ring.one, ring.inverse(M)), HALF)), factor);
  }
  throw new OutsideDomain('the principal square root: an eigenvalue lies on the closed negative axis');
}

/** Σ c_k A^k up to k = degree, by Paterson and Stockmeyer's scheme: some 2√degree products (Higham 2008, 4.2). */
function powerSeries<T>(ring: Ring<T>, A: T, degree: number, coefficient: (k: number) => Num): T {
  const block = Math.max(1, Math.ceil(Math.sqrt(degree)));
  const powers: T[] = [ring.one];
  for (let k = 1; k <= block; k++) powers.push(k === 1 ? A : ring.mul(powers[k - 1] ?? A, A));
  const part = (from: number): T => {
    let sum = ring.scale(ring.one, coefficient(from));
    for (let k = 1; k < block && from + k <= degree; k++) sum = ring.add(sum, ring.scale(powers[k] ?? A, coefficient(from + k)));
    return sum;
  };
  let from = Math.floor(degree / block) * block;
  let sum = part(from);
  for (from -= block; from >= 0; from -= block) sum = ring.add(ring.mul(sum, powers[block] ?? A), part(from));
  return sum;
}

const factorials: readonly Num[] = Array.from({ length: 44 }, (_, k) => k).reduce<Num[]>((all, k) => [...all, k === 0 ? ONE : (all[k - 1] ?? ONE).times(k)], []);
/** Terms of e^A that are left out are below 1e-67 for a size up to a half. */
const EXP_DEGREE = 42;

/** e^A by scaling, Taylor's series and squaring. */
function exponential<T>(ring: Ring<T>, A: T): T {
  let squarings = 0;
  for (let size = ring.size(A); size.gt(HALF); size = size.times(HALF)) if (++squarings > 300) throw new OutsideDomain('the exponential overflows');
  // Squaring doubles relative errors: a few digits more to start with.
  const extra = squarings > 12 ? 4 : 2;
  let sum = powerSeries(ring, ring.scale(A, HALF.pow(squarings + extra)), EXP_DEGREE, (k) => ONE.div(factorials[k] ?? ONE));
  for (let k = 0; k < squarings + extra; k++) sum = ring.mul(sum, sum);
  return sum;
}

/** The series of artanh is summed where its ratio is below this; a square root costs as much as the terms beyond. */
const RATIO = 0.7;

/** log A = 2·artanh((A − I)(A + I)⁻¹), after square roots where the series would be long (Higham 2008, 11.2). */
function logarithm<T>(ring: Ring<T>, A: T): T {
  const centre = ring.centre(A);
  const factor = centre.gt(0) ? centre : ONE;
  let B = ring.scale(A, ONE.div(factor));
  for (let roots = 0; roots <= 80; roots++) {
    const Z = ring.mul(ring.add(B, ring.scale(ring.one, MINUS)), ring.inverse(ring.add(B, ring.one)));
    const square = ring.mul(Z, Z);
    let eighth = square;
    for (let k = 0; k < 3; k++) eighth = ring.mul(eighth, eighth);
    // ‖S‖ ≤ ‖S⁸‖^(1/8) in the long run; tangents have a factor k more.
    const ratio = Math.pow(ring.size(eighth).toNumber(), 1 / 8);
    if (ratio <= RATIO) {
      const degree = Math.max(4, Math.ceil(70 / -Math.log10(Math.max(ratio, 1e-30))) + 4);
      const series = powerSeries(ring, square, degree, (k) => ONE.div(2 * k + 1));
      return ring.add(ring.scale(ring.mul(Z, series), TWO.pow(roots + 1)), ring.scale(ring.one, factor.ln()));
    }
    if (!Number.isFinite(ratio)) break;
    B = squareRoot(ring, B);
  }
  throw new OutsideDomain('the principal logarithm: an eigenvalue lies on the closed negative axis');
}

function wholePower<T>(ring: Ring<T>, A: T, k: number): T {
  if (k < 0) return wholePower(ring, ring.inverse(A), -k);
  let result = ring.one;
  let base = A;
  for (let e = k; e > 0; e = Math.floor(e / 2)) {
    if (e % 2 === 1) result = ring.mul(result, base);
    if (e > 1) base = ring.mul(base, base);
  }
  return result;
}

const WHOLE_LIMIT = 4096;
function anyPower<T>(ring: Ring<T>, A: T, p: Num): T {
  const twice = p.times(TWO);
  if (!twice.isInteger() || twice.abs().gt(WHOLE_LIMIT)) return exponential(ring, ring.scale(logarithm(ring, A), p));
  const k = twice.toNumber();
  if (k % 2 === 0) return wholePower(ring, A, k / 2);
  return wholePower(ring, squareRoot(ring, A), k);
}

/** Of a power as the arithmetic sees it: about its digits before the point. */
const LARGEST_EXPONENT = 100_000;

/** x^p of a number, principal. @throws OutsideDomain for a negative base under a fractional power and for 0 under a negative one. */
export function scalarPower(x: Num, p: Num, watch: Watch = UNWATCHED): Num {
  // The arithmetic would take minutes over such a power, and nothing that is made of it has 64 digits.
  if (p.abs().times(Math.abs(x.e) + 1).gt(LARGEST_EXPONENT)) throw new OutsideDomain('a power is beyond 64 digits here');
  if (p.isInteger()) {
    if (p.isNegative()) {
      if (x.isZero()) throw new OutsideDomain('division by zero');
      watch.near(x.abs().toNumber(), 'a denominator is nearly 0');
    }
    return x.pow(p);
  }
  if (x.isNegative() && !x.isZero()) throw new OutsideDomain('a fractional power of a negative number');
  if (x.isZero() && p.isNegative()) throw new OutsideDomain('division by zero');
  watch.near(x.toNumber(), 'the base of a fractional power is nearly 0');
  return p.eq(HALF) ? x.sqrt() : p.eq(HALF.neg()) ? ONE.div(x.sqrt()) : x.pow(p);
}

export type PrimaryFunction =
  | { readonly kind: 'exp' } | { readonly kind: 'log' } | { readonly kind: 'power'; readonly exponent: Num };

function apply<T>(f: PrimaryFunction, ring: Ring<T>, A: T): T {
  switch (f.kind) {
    case 'exp': return exponential(ring, A);
    case 'log': return logarithm(ring, A);
    case 'power': return anyPower(ring, A, f.exponent);
  }
}

/** f(A), the principal one. */
export function matrixFunction(f: PrimaryFunction, A: Matrix, watch: Watch = UNWATCHED): Matrix {
  const n = requireSquare(A, 'a matrix function');
  if (isScalarSize(A) && f.kind === 'power') return scalar(scalarPower(numberOf(A), f.exponent, watch));
  return apply(f, matrices(n, watch), A);
}

/** L_f(A, E): the derivative of f at A along E. */
export function frechet(f: PrimaryFunction, A: Matrix, E: Matrix, watch: Watch = UNWATCHED): Matrix {
  const n = requireSquare(A, 'a matrix function');
  const size = largest(E);
  if (size.isZero()) return zeros(n, n);
  // Of A's own size, E disturbs no stopping criterion.
  const factor = largest(A).isZero() ? ONE.div(size) : largest(A).div(size);
  return scale(apply(f, duals(n, watch), { value: A, tangent: scale(E, factor) }).tangent, ONE.div(factor));
}

/** The matrix of vec(E) ↦ vec(L_f(A, E)). */
export function frechetMatrix(f: PrimaryFunction, A: Matrix, watch: Watch = UNWATCHED): Matrix {
  const n = requireSquare(A, 'a matrix function');
  const columns = Array.from({ length: n * n }, (_, k) => vec(frechet(f, A, unit(n, n, k % n, Math.floor(k / n)), watch)));
  return matrix(n * n, n * n, (i, j) => at(columns[j] ?? zeros(n * n, 1), i, 0));
}
