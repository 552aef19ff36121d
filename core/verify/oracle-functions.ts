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

interface Dual { readonly value: Matrix; readonly tangent: Matrix }
const duals = (n: number, watch: Watch): Ring<Dual> => ({
  one: { value: identity(n), tangent: zeros(n, n) },
  mul: (a, b) => ({ value: mul(a.value, b.value), tangent: add(mul(a.value, b.tangent), mul(a.tangent, b.value)) }),
  add: (a, b) => ({ value: add(a.value, b.value), tangent: add(a.tangent, b.tangent) }),
  scale: (a, by) => ({ value: scale(a.value, by), tangent: scale(a.tangent, by) }),
  inverse: (a) => {
    const B = inverse(a.value, watch);
    return { value: B, tangent: scale(mul(mul(B, a.tangent), B), ONE.neg()) };
  },
  size: (a) => {
    const v = largest(a.value);
    const t = largest(a.tangent);
    return (v.gt(t) ? v : t).times(n);
  },
  centre: (a) => trace(a.value).div(n),
});

const MINUS = ONE.neg();
const HALFWAY = num('1e-33');
const DONE = num('1e-66');

/** A^(1/2) and A^(-1/2) by Denman and Beavers's iteration (Higham 2008, 6.15). */
function roots<T>(ring: Ring<T>, A: T): { readonly root: T; readonly inverseRoot: T } {
  // Eigenvalues about 1 save the iterations that would only bring them there.
  const centre = ring.centre(A);
  const factor = (centre.gt(0) ? centre : ring.size(A)).sqrt();
  if (factor.isZero()) throw new OutsideDomain('the square root of a singular matrix is not differentiable');
  let X = ring.scale(A, ONE.div(factor.times(factor)));
  let Y = ring.one;
  for (let k = 0; k < 200; k++) {
    const nextX = ring.scale(ring.add(X, ring.inverse(Y)), HALF);
    const nextY = ring.scale(ring.add(Y, ring.inverse(X)), HALF);
    const change = ring.size(ring.add(nextX, ring.scale(X, MINUS)));
    X = nextX;
    Y = nextY;
    if (!change.isFinite()) break;
    if (change.lt(ring.size(X).times(HALFWAY))) return { root: ring.scale(X, factor), inverseRoot: ring.scale(Y, ONE.div(factor)) };
  }
  throw new OutsideDomain('the principal square root: an eigenvalue lies on the closed negative axis');
}

/** e^A by scaling, Taylor's series and squaring. */
function exponential<T>(ring: Ring<T>, A: T): T {
  let squarings = 0;
  for (let size = ring.size(A); size.gt(num('0.03')); size = size.times(HALF)) if (++squarings > 300) throw new OutsideDomain('the exponential overflows');
  const B = ring.scale(A, HALF.pow(squarings));
  let term = ring.one;
  let sum = ring.one;
  for (let k = 1; k < 80; k++) {
    term = ring.scale(ring.mul(term, B), ONE.div(k));
    sum = ring.add(sum, term);
    if (ring.size(term).lt(DONE)) break;
  }
  for (let k = 0; k < squarings; k++) sum = ring.mul(sum, sum);
  return sum;
}

/** log A by square roots until A is near I, then 2·artanh((A − I)(A + I)⁻¹) as a series. */
function logarithm<T>(ring: Ring<T>, A: T): T {
  const centre = ring.centre(A);
  const factor = centre.gt(0) ? centre : ONE;
  let B = ring.scale(A, ONE.div(factor));
  let doublings = 0;
  const offset = (T: T): T => ring.add(T, ring.scale(ring.one, MINUS));
  while (ring.size(offset(B)).gt(num('0.3'))) {
    if (++doublings > 80) throw new OutsideDomain('the principal logarithm: an eigenvalue lies on the closed negative axis');
    B = roots(ring, B).root;
  }
  const Z = ring.mul(offset(B), ring.inverse(ring.add(B, ring.one)));
  const square = ring.mul(Z, Z);
  let power = Z;
  let sum = Z;
  for (let k = 3; k < 400; k += 2) {
    power = ring.mul(power, square);
    const term = ring.scale(power, ONE.div(k));
    sum = ring.add(sum, term);
    if (ring.size(term).lt(DONE)) break;
  }
  return ring.add(ring.scale(sum, TWO.pow(doublings + 1)), ring.scale(ring.one, factor.ln()));
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
  const { root, inverseRoot } = roots(ring, A);
  return wholePower(ring, k > 0 ? root : inverseRoot, Math.abs(k));
}

/** x^p of a number, principal. @throws OutsideDomain for a negative base under a fractional power and for 0 under a negative one. */
export function scalarPower(x: Num, p: Num, watch: Watch = UNWATCHED): Num {
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
