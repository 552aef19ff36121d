/**
 * Claims entry by entry: functions that act on every entry, products of entries, diagonal factors, outer products, sums over rows,
 * columns and all, as values of `functions.ts`. Whatever else stands inside is an array of which nothing is known.
 */
import { isOne, isScalar, sameShape, type Dim } from '../algebra/dim';
import type { Graph } from '../algebra/graph';
import type { Node, ScalarPower } from '../algebra/node';
import { MINUS_ONE, ONE, rational, type Rational } from '../algebra/rational';
import { createFunctions } from './functions';
import { Unfit } from './polynomial';
import { PI_KEY, type At, type Functions, type Index, type Value } from './values';

/** The identities of a proof; undefined where the entries' difference is not 0 by them. */
export function proveByEntries(g: Graph, left: Node, right: Node): readonly string[] | undefined {
  if (!sameShape(left.shape, right.shape)) return undefined;
  try {
    const f = createFunctions();
    // What stands below roots and logarithms is known to be at least 0 when both sides are read again.
    difference(g, f, left, right);
    f.used.clear();
    return f.isZero(difference(g, f, left, right)) ? ['both sides entry by entry', ...f.used] : undefined;
  } catch (error) {
    if (error instanceof Unfit) return undefined;
    throw error;
  }
}

function difference(g: Graph, f: Functions, left: Node, right: Node): Value {
  const entries = createEntries(g, f);
  const at: At = { r: isOne(left.shape.rows) ? '' : 'i', c: isOne(left.shape.cols) ? '' : 'j' };
  return f.add(entries(left, at), f.scale(MINUS_ONE, entries(right, at)));
}

type Read = (x: Value, f: Functions) => Value;
const half = rational(1, 2);
const one = (f: Functions): Value => f.number(ONE);
const minus = (f: Functions, a: Value, b: Value): Value => f.add(a, f.scale(MINUS_ONE, b));
const over = (f: Functions, a: Value, b: Value): Value => f.mul(a, f.inverse(b));
const named = (f: Functions, text: string, made: Value): Value => { f.used.add(text); return made; };
const hyperbolic = (sign: Rational): Read => (x, f) => { const e = f.exp(x); return f.scale(half, f.add(e, f.scale(sign, f.inverse(e)))); };
const larger = (f: Functions, sign: Rational, a: Value, b: Value): Value => f.scale(half, f.add(a, b, f.scale(sign, f.abs(minus(f, a, b)))));

/** Functions by exponentials, logarithms and absolute values. */
const FUNCTIONS: Readonly<Record<string, Read>> = {
  exp: (x, f) => f.exp(x),
  log: (x, f) => f.log(x),
  abs: (x, f) => f.abs(x),
  sin: (x, f) => f.sin(x),
  cos: (x, f) => f.cos(x),
  tan: (x, f) => named(f, 'tan(x) = sin(x) ./ cos(x)', over(f, f.sin(x), f.cos(x))),
  sinh: (x, f) => named(f, 'sinh(x) = (exp(x) - exp(-x)) / 2', hyperbolic(MINUS_ONE)(x, f)),
  cosh: (x, f) => named(f, 'cosh(x) = (exp(x) + exp(-x)) / 2', hyperbolic(ONE)(x, f)),
  tanh: (x, f) => named(f, 'tanh(x) = sinh(x) ./ cosh(x)', over(f, hyperbolic(MINUS_ONE)(x, f), hyperbolic(ONE)(x, f))),
  sigmoid: (x, f) => named(f, 'sigmoid(x) = exp(x) ./ (1 + exp(x))', over(f, f.exp(x), f.add(one(f), f.exp(x)))),
  softplus: (x, f) => named(f, 'softplus(x) = log(1 + exp(x))', f.log(f.add(one(f), f.exp(x)))),
  relu: (x, f) => named(f, 'relu(x) = (x + abs(x)) / 2', larger(f, ONE, x, f.number(rational(0)))),
};
/** Functions that are not made of exponentials: equal arguments have equal values, and no more is known. */
const OPAQUE: ReadonlySet<string> = new Set(['sign', 'step', 'asin', 'acos', 'atan', 'erf', 'normcdf', 'gamma', 'lgamma', 'digamma', 'trigamma']);

const SCALAR_AT: At = { r: '', c: '' };
const turned = (at: At): At => ({ r: at.c, c: at.r });

function createEntries(g: Graph, f: Functions): (a: Node, at: At) => Value {
  const memo = new Map<string, Value>();
  const entry = (a: Node, given: At): Value => {
    const at: At = { r: isOne(a.shape.rows) ? '' : given.r, c: isOne(a.shape.cols) ? '' : given.c };
    const key = `${a.id}@${at.r},${at.c}`;
    const old = memo.get(key);
    if (old) return old;
    const made = read(a, at);
    memo.set(key, made);
    return made;
  };
  /** An array that is seen no deeper into. */
  const opaque = (a: Node, at: At): Value => {
    if (a.kind === 'symbol' && a.role === 'constant') return f.entry(PI_KEY, SCALAR_AT, true);
    const isTurned = at.r > at.c && g.isSymmetric(a);
    return f.entry(`${a.id}`, isTurned ? turned(at) : at, g.isNonnegative(a));
  };
  const size = (n: Dim): Value => entry(g.dimension(n), SCALAR_AT);
  const sumOver = (a: Value, index: Index, n: Dim): Value => f.sum(a, index, size(n), n.key);

  const read = (a: Node, at: At): Value => {
    switch (a.kind) {
      case 'zero': return f.number(rational(0));
      case 'ones': return one(f);
      case 'transpose': return entry(a.arg, turned(at));
      case 'sum': return f.add(...a.terms.map((t) => entry(t, at)));
      case 'product': return f.mul(f.number(a.coefficient), ...a.scalars.map(scalarPower), ...(a.factors.length > 0 ? [product(a.factors, at)] : []));
      case 'chain': return contraction(a.factors) ?? opaque(a, at);
      case 'hadamard': return f.mul(...a.factors.map((p) => f.power(entry(p.base, at), p.exponent)));
      case 'apply': return applied(a, at);
      case 'power': return isScalar(a.shape) ? f.power(entry(a.base, at), a.exponent) : opaque(a, at);
      case 'symbol': case 'identity': case 'basis': case 'selector': return opaque(a, at);
    }
  };
  const scalarPower = (p: ScalarPower): Value => f.power(entry(p.base, SCALAR_AT), p.exponent);

  const diagonalOf = (a: Node | undefined): Node | undefined => (a?.kind === 'apply' && a.op === 'diag' && a.args[0] && isOne(a.args[0].shape.cols) ? a.args[0] : undefined);
  const isColumnOfOnes = (a: Node | undefined): boolean => a?.kind === 'ones' && isOne(a.shape.cols);
  const isRowOfOnes = (a: Node | undefined): boolean => (a?.kind === 'ones' && isOne(a.shape.rows)) || (a?.kind === 'transpose' && isColumnOfOnes(a.arg));

  /** The entry of a product: diagonal factors outside, two parts that meet in one dimension 1, sums of rows and of columns. */
  const product = (factors: readonly Node[], at: At): Value => {
    const [first, last] = [factors[0] as Node, factors.at(-1) as Node];
    if (factors.length === 1) return entry(first, at);
    const [before, after] = [diagonalOf(first), diagonalOf(last)];
    if (before) return f.mul(entry(before, { r: at.r, c: '' }), product(factors.slice(1), at));
    if (after) return f.mul(product(factors.slice(0, -1), at), entry(after, { r: at.c, c: '' }));
    const bond = factors.findIndex((x, k) => k < factors.length - 1 && isOne(x.shape.cols));
    if (bond >= 0) return f.mul(product(factors.slice(0, bond + 1), { r: at.r, c: '' }), product(factors.slice(bond + 1), { r: '', c: at.c }));
    if (isColumnOfOnes(last)) return sumOver(product(factors.slice(0, -1), { r: at.r, c: otherThan(at.r) }), otherThan(at.r), last.shape.rows);
    if (isRowOfOnes(first)) return sumOver(product(factors.slice(1), { r: otherThan(at.c), c: at.c }), otherThan(at.c), first.shape.cols);
    return (at.c === '' ? column(factors, at.r) : undefined) ?? opaque(g.mul(...factors), at);
  };
  /** M*diag(d)*v as a sum over the columns of M, behind diagonal factors. */
  const column = (factors: readonly Node[], r: Index | ''): Value | undefined => {
    const [first, last] = [factors[0] as Node, factors.at(-1) as Node];
    if (!isOne(last.shape.cols)) return undefined;
    if (factors.length === 1) return entry(last, { r, c: '' });
    const before = diagonalOf(first);
    const rest = before && column(factors.slice(1), r);
    if (before) return rest && f.mul(entry(before, { r, c: '' }), rest);
    const between = factors.slice(1, -1).map(diagonalOf);
    const k = otherThan(r);
    if (r === '' || !between.every((d) => d !== undefined)) return undefined;
    return sumOver(f.mul(entry(first, { r, c: k }), ...between.map((d) => entry(d, { r: k, c: '' })), entry(last, { r: k, c: '' })), k, last.shape.rows);
  };
  const otherThan = (i: Index | ''): Index => (i === 'i' ? 'j' : 'i');

  /** x'*diag(d)*y and x'*M*y as sums over entries, 1'*M*1 as one over rows and columns. */
  const contraction = (factors: readonly Node[]): Value | undefined => {
    const [first, last] = [factors[0] as Node, factors.at(-1) as Node];
    if (isRowOfOnes(first) && isColumnOfOnes(last)) return sumOver(sumOver(product(factors.slice(1, -1), { r: 'i', c: 'j' }), 'j', last.shape.rows), 'i', first.shape.cols);
    const rest = column(factors.slice(1), 'i');
    return rest && sumOver(f.mul(entry(first, { r: '', c: 'i' }), rest), 'i', first.shape.cols);
  };
  const total = (a: Node, of: (x: Value) => Value): Value => {
    const { rows, cols } = a.shape;
    const x = isOne(rows) && !isOne(cols) ? entry(a, { r: '', c: 'i' }) : entry(a, { r: 'i', c: 'j' });
    const made = of(x);
    if (isScalar(a.shape)) return made;
    if (isOne(rows) || isOne(cols)) return sumOver(made, 'i', isOne(rows) ? cols : rows);
    return sumOver(sumOver(made, 'j', cols), 'i', rows);
  };

  const applied = (a: Node & { readonly kind: 'apply' }, at: At): Value => {
    const [x, y] = a.args;
    if (!x) return opaque(a, at);
    const known = FUNCTIONS[a.op];
    if (known) return known(entry(x, at), f);
    if (OPAQUE.has(a.op)) return f.call(a.op, entry(x, at));
    switch (a.op) {
      case 'max': case 'min': return y ? named(f, `${a.op}(x, y) = (x + y ${a.op === 'max' ? '+' : '-'} abs(x - y)) / 2`, larger(f, a.op === 'max' ? ONE : MINUS_ONE, entry(x, at), entry(y, at))) : opaque(a, at);
      // A power with an exponent of any kind has values at negative numbers too where that happens to be whole.
      case 'power': case 'elementPower': return y && isScalarOrEntry(a, x) && g.isPositive(x) ? named(f, 'x.^y = exp(y .* log(x))', f.exp(f.mul(entry(y, at), f.log(entry(x, at))))) : opaque(a, at);
      case 'sum': return total(x, (v) => v);
      case 'logsumexp': return named(f, 'logsumexp(x) = log(sum(exp(x)))', f.log(total(x, (v) => f.exp(v))));
      case 'entropy': return named(f, 'entropy(p) = -sum(p .* log(p))', f.scale(MINUS_ONE, total(x, (v) => f.mul(v, f.log(v)))));
      case 'norm1': return named(f, 'norm1(x) = sum(abs(x))', total(x, (v) => f.abs(v)));
      case 'softmax': return isOne(x.shape.cols) ? named(f, 'softmax(x) = exp(x) / sum(exp(x))', over(f, f.exp(entry(x, at)), total(x, (v) => f.exp(v)))) : opaque(a, at);
      default: return opaque(a, at);
    }
  };
  const isScalarOrEntry = (a: Node & { readonly kind: 'apply' }, base: Node): boolean => isScalar(base.shape) || a.op === 'elementPower';
  return entry;
}
