/** Graph nodes to machine expressions: every node kind, every operator. Structure decides the kernel (a symmetric power is an eigenvalue problem). */
import { D1, dimNumber, isOne, isScalar, mulDim, SCALAR, shape, subDim } from '../algebra/dim';
import type { Node } from '../algebra/node';
import { equalQ, HALF, isIntegerQ, isNegativeQ, negQ, rational, subQ, type Rational } from '../algebra/rational';
import { least } from './calls';
import { rotation } from './rotation';
import { CannotGenerate } from './cannot-generate';
import type { Expr } from './expr';
import type { Exprs } from './exprs';
import { scaledEntries, scaledProducts } from './scalings';
import { shuffledRows } from './shuffles';
import type { Facts } from './facts';
import { MAPS, MASKS } from './maps';

export interface Lowering { (node: Node): Expr }

/** Whole powers up to here are products, so that the search shares their squares. */
const LARGEST_CHAIN = 12;

/** `replace` says what stands for a symbol (a parameter of the function, or a basis direction); `form` is what is made of results (`stable.ts`). */
export function createLowering(ex: Exprs, facts: Facts, replace: (symbol: Node & { kind: 'symbol' }) => Expr | undefined, form: (e: Expr) => Expr = (e) => e): Lowering {
  const memo = new Map<number, Expr>();
  const lower: Lowering = (node) => {
    const known = memo.get(node.id);
    if (known) return known;
    const made = translate(node);
    memo.set(node.id, made);
    return made;
  };
  const minus = ex.number(-1);

  const translate = (n: Node): Expr => {
    switch (n.kind) {
      case 'symbol': return symbol(n);
      case 'identity': return ex.identity(n.shape.rows);
      case 'ones': return ex.ones(n.shape);
      case 'zero': return ex.zeros(n.shape);
      case 'basis': return ex.unit(ex.add(lower(n.index), minus), n.shape.rows);
      case 'selector': return ex.range(subDim(n.from, D1), n.shape.rows, n.shape.cols);
      case 'transpose': return ex.transpose(lower(n.arg));
      case 'product': {
        const at = minusIn(n);
        if (at >= 0) return ex.product(together(n.factors, (f, i) => (i === at ? negatedSum(f) : lower(f))), n.shape.rows);
        const scalars = ex.multiply(ex.number(n.coefficient), ...n.scalars.map((p) => scalarPower(lower(p.base), p.exponent)));
        return n.factors.length === 0 ? scalars : ex.scale(scalars, ex.product(together(n.factors), n.shape.rows));
      }
      case 'chain': return ex.product(together(n.factors));
      case 'sum': return ex.sum(n.terms.map((t) => ({ coefficient: ex.number(1), arg: lower(t) })), n.shape);
      case 'power': return matrixPower(lower(n.base), n.exponent);
      case 'hadamard': return ex.times(n.factors.map((f) => ({ base: scaledProducts(ex, lower(f.base)), exponent: f.exponent })), n.shape);
      case 'apply': return apply(n);
    }
  };
  /** The factors of a product, with those that only scale or move rows taken into their neighbours. */
  const together = (factors: readonly Node[], of: (f: Node, at: number) => Expr = lower): readonly Expr[] => shuffledRows(ex, scaledEntries(ex, factors.map((f, i) => of(f, i))));
  /** Where the minus of -A*(b - C*x) goes: into a sum that nothing before has taken as it is; else -1. */
  const minusIn = (n: Node & { kind: 'product' }): number => n.coefficient.n !== -1n || n.coefficient.d !== 1n || n.scalars.length > 0 ? -1
    : n.factors.findIndex((f) => f.kind === 'sum' && !memo.has(f.id));
  const negatedSum = (f: Node): Expr => (f.kind === 'sum' ? ex.sum(f.terms.map((t) => ({ coefficient: minus, arg: lower(t) })), f.shape) : lower(f));
  const symbol = (n: Node & { kind: 'symbol' }): Expr => {
    const given = replace(n);
    if (given) return structured(given);
    if (n.role === 'dimension') return ex.size(n.dim ?? dimNumber(1));
    if (n.role === 'constant') return ex.literal('Math.PI');
    throw new CannotGenerate(`${n.name} has no value here`);
  };
  /** Declared diagonal: only the diagonal is read. */
  const structured = (e: Expr): Expr => (e.kind === 'leaf' && !isScalar(e.shape) && e.words.has('diagonal') ? ex.diag(ex.diagOf(e)) : e);
  const scalarPower = (base: Expr, exponent: Rational): Expr => ex.power(base, exponent);

  /** A of a symmetric matrix as Q, λ: functions of one matrix share one decomposition. */
  const spectral = (a: Expr): { readonly q: Expr; readonly values: Expr } | undefined => {
    if (a.kind === 'diag') return { q: ex.identity(a.shape.rows), values: a.arg };
    if (!facts.isSymmetric(a)) return undefined;
    if (a.kind === 'product' && a.factors.length === 3) {
      const [q, d, t] = a.factors;
      if (q && d && t && q.kind === 'call' && q.op === 'eigSym' && d.kind === 'diag' && ex.transpose(q) === t) return { q, values: d.arg };
    }
    if (a.kind === 'sum' && a.terms.length === 1 && a.terms[0]) {
      const inner = spectral(a.terms[0].arg);
      return inner && { q: inner.q, values: ex.scale(a.terms[0].coefficient, inner.values) };
    }
    if (a.kind === 'inverse') {
      const inner = spectral(a.arg);
      return inner && { q: inner.q, values: ex.power(inner.values, -1) };
    }
    return { q: ex.call('eigSym', [a], a.shape), values: ex.call('eigSym', [a], shape(a.shape.rows, D1), [], 1) };
  };
  const ofSpectrum = (a: Expr, f: (values: Expr) => Expr): Expr | undefined => {
    if (a.kind === 'diag') return ex.diag(f(a.arg));
    const s = spectral(a);
    return s && ex.product([s.q, ex.diag(f(s.values)), ex.transpose(s.q)]);
  };
  /** L(A, E) in the eigenbasis of a symmetric A: divided differences, entry by entry. */
  const divided = (a: Expr, e: Expr, table: (rows: Expr, cols: Expr) => Expr): Expr | undefined => {
    const s = spectral(a);
    if (!s) return undefined;
    const n = a.shape.rows;
    const rows = ex.product([s.values, ex.ones(shape(D1, n))]);
    const cols = ex.product([ex.ones(shape(n, D1)), ex.transpose(s.values)]);
    return ex.product([s.q, ex.multiply(ex.product([ex.transpose(s.q), e, s.q]), table(rows, cols)), ex.transpose(s.q)]);
  };

  /** Eigenvalues and singular values as they come out of a decomposition, without what is rounding alone; those of a product are none of these. */
  const within = (values: Expr, op: 'positiveSpectrum' | 'nonnegativeSpectrum'): Expr =>
    isSpectrum(values) || (values.kind === 'sum' && values.terms.length === 1 && values.terms.every((t) => isSpectrum(t.arg))) ? ex.call(op, [values], values.shape) : values;
  const isSpectrum = (e: Expr): boolean => e.kind === 'call' && (e.op === 'eigSym' || e.op === 'svd');

  const matrixPower = (base: Expr, exponent: Rational): Expr => {
    if (isScalar(base.shape)) return ex.power(base, exponent);
    if (isIntegerQ(exponent)) {
      const k = Number(exponent.n);
      if (k < 0) return matrixPower(ex.inverse(base), negQ(exponent));
      if (k <= LARGEST_CHAIN) return ex.product(Array.from({ length: k }, () => base), base.shape.rows);
      return ofSpectrum(base, (v) => ex.power(v, exponent)) ?? ex.call('powm', [base, ex.number(exponent)], base.shape);
    }
    const symmetric = ofSpectrum(base, (v) => ex.power(within(v, isNegativeQ(exponent) ? 'positiveSpectrum' : 'nonnegativeSpectrum'), exponent));
    if (symmetric) return symmetric;
    if (isNegativeQ(exponent)) return ex.inverse(matrixPower(base, negQ(exponent)));
    if (equalQ(exponent, HALF)) return ex.call('sqrtm', [base], base.shape);
    if (exponent.d === 2n) return ex.product([matrixPower(base, subQ(exponent, HALF)), ex.call('sqrtm', [base], base.shape)]);
    return ex.call('powm', [base, ex.number(exponent)], base.shape);
  };

  /** sign(max(X) - X) is 1 - sign(argmax(X)): X is compared as it is stored, since a difference of sums that are equal need not be 0 in floating point. */
  const largestIn = (e: Expr): Expr | undefined => {
    for (const t of e.kind === 'sum' ? e.terms : []) {
      for (const top of [t.arg, t.coefficient]) {
        const [x] = top.kind === 'call' && top.op === 'maximum' ? top.args : [];
        if (!x || isScalar(e.shape)) continue;
        const place = ex.map('sign', [ex.call('argmax', [x], x.shape)]);
        if (ex.add(top, ex.scale(minus, x)) === e) return ex.add(ex.number(1), ex.scale(minus, place));
        if (ex.add(top, ex.scale(minus, ex.transpose(x))) === e) return ex.add(ex.number(1), ex.scale(minus, ex.transpose(place)));
      }
    }
    return undefined;
  };

  const apply = (n: Node & { kind: 'apply' }): Expr => {
    const args = n.args.map(lower);
    const [a, b, c] = args;
    const s = n.shape;
    if (!a) return constant(n);
    if (MASKS.has(n.op)) return isScalar(s) ? (n.op === 'phi' ? ex.scale(ex.number(HALF), a) : a) : ex.map(n.op, [a]);
    // An array and its transpose have one largest entry.
    if ((n.op === 'max' || n.op === 'min') && !b) return isScalar(a.shape) ? a : ex.call(n.op === 'max' ? 'maximum' : 'minimum', [a.kind === 'transpose' ? a.arg : a], SCALAR);
    if (n.op === 'sqrt') return ex.power(a, HALF);
    if (n.op === 'polygamma' && b) return ex.map('polygamma', [a, b], s);
    const place = n.op === 'sign' ? largestIn(a) : undefined;
    if (place) return place;
    if (MAPS[n.op]) return ex.map(n.op, args, s);
    switch (n.op) {
      case 'tr': return ex.trace(a);
      case 'sum': return ex.total(a);
      case 'mean': return ex.multiply(ex.total(a), ex.power(ex.size(mulDim(a.shape.rows, a.shape.cols)), -1));
      case 'norm': case 'normF': return ex.power(ex.total(ex.power(a, 2)), HALF);
      case 'norm1': return ex.total(ex.map('abs', [a]));
      case 'normInf': return isScalar(a.shape) ? ex.map('abs', [a]) : ex.call('maximum', [ex.map('abs', [a])], SCALAR);
      case 'dot': case 'frobenius': return b ? ex.total(ex.multiply(a, b)) : a;
      case 'entropy': return ex.multiply(minus, ex.total(ex.multiply(a, ex.map('log', [a]))));
      case 'logsumexp': {
        const top = ex.call('maximum', [a], SCALAR);
        return ex.add(top, ex.map('log', [ex.total(shifted(a, top))]));
      }
      case 'softmax': {
        const e = shifted(a, ex.call('maximum', [a], SCALAR));
        return ex.scale(ex.power(ex.total(e), -1), e);
      }
      case 'maximum': case 'minimum': case 'prod': case 'cumsum': case 'cross': case 'skew3': case 'vech': case 'blocks': return ex.call(n.op, args, s, n.dims);
      case 'vec': return isOne(a.shape.cols) ? a : isOne(a.shape.rows) ? ex.transpose(a) : ex.call('vec', [a], s);
      case 'unvec': return isOne(s.cols) ? a : isOne(s.rows) ? ex.transpose(a) : ex.call('unvec', [a], s);
      case 'diag': return isOne(a.shape.cols) ? ex.diag(a) : isOne(a.shape.rows) && !isScalar(a.shape) ? ex.diag(ex.transpose(a)) : ex.diagOf(a);
      case 'sym': return ex.scale(ex.number(HALF), ex.add(a, ex.transpose(a)));
      case 'skewpart': return ex.scale(ex.number(HALF), ex.add(a, ex.scale(minus, ex.transpose(a))));
      case 'argmax': return isScalar(s) ? ex.number(1) : ex.call('argmax', [a], s);
      case 'reciprocalGaps': return ex.map('reciprocalGap', [ex.product([a, ex.ones(shape(D1, a.shape.rows))]), ex.product([ex.ones(shape(a.shape.rows, D1)), ex.transpose(a)])]);
      case 'rowsum': return ex.product([a, ex.ones(shape(a.shape.cols, D1))], a.shape.rows);
      case 'colsum': return ex.product([ex.ones(shape(D1, a.shape.rows)), a], D1);
      case 'kron': return b ? (isScalar(a.shape) || isScalar(b.shape) ? ex.multiply(a, b) : ex.call('kron', [a, b], s)) : a;
      case 'kronsum': return b ? ex.add(ex.call('kron', [a, ex.identity(b.shape.rows)], s), ex.call('kron', [ex.identity(a.shape.rows), b], s)) : a;
      case 'det': return determinant(a);
      case 'logdet': return logDeterminant(a);
      case 'inv': return ex.inverse(a);
      case 'hadamard': return ex.multiply(...args);
      case 'add': return ex.add(...args);
      case 'mul': return ex.product(args);
      case 'chol': return isScalar(s) ? ex.power(a, HALF) : ex.call('chol', [a], s);
      case 'sqrtm': return matrixPower(a, HALF);
      case 'invsqrtm': return matrixPower(a, rational(-1, 2));
      case 'power': return b ? anyPower(a, b) : a;
      case 'elementPower': return b ? ex.map('pow', [a, b], s) : a;
      case 'polar': return isOne(a.shape.cols) ? ex.scale(ex.power(ex.total(ex.power(a, 2)), rational(-1, 2)), a) : ex.product([a, matrixPower(ex.product([ex.transpose(a), a]), rational(-1, 2))]);
      case 'expm': return rotation(ex, a) ?? expm(a, n.op);
      case 'logm': return ofSpectrum(a, (v) => ex.map('log', [within(v, 'positiveSpectrum')])) ?? plain('log', a, n.op);
      case 'adj': return ex.call('adjugate', [a], s);
      case 'pinv': return ex.call('pinv', [a], s);
      case 'eigvals': return ex.call('eigSym', [a], shape(a.shape.rows, D1), [], 1);
      case 'eigvecs': return ex.call('eigSym', [a], a.shape, [], 0);
      case 'eigmax': return entry(ex.call('eigSym', [a], shape(a.shape.rows, D1), [], 1), ex.size(subDim(a.shape.rows, D1)));
      case 'eigmin': return entry(ex.call('eigSym', [a], shape(a.shape.rows, D1), [], 1), ex.number(0));
      case 'svdu': return svd(a, 0);
      case 'svdvals': return svd(a, 1);
      case 'svdv': return svd(a, 2);
      case 'svdu1': return leading(a, 0);
      case 'svdv1': return leading(a, 2);
      case 'norm2': return isOne(a.shape.cols) || isOne(a.shape.rows) ? ex.power(ex.total(ex.power(a, 2)), HALF) : a.kind === 'inverse' ? ex.power(smallest(a.arg), -1) : entry(svd(a, 1), ex.number(0));
      case 'normNuc': return ex.total(a.kind === 'inverse' ? ex.power(within(svd(a.arg, 1), 'positiveSpectrum'), -1) : svd(a, 1));
      case 'cond': return ex.multiply(entry(svd(a, 1), ex.number(0)), ex.power(smallest(a), -1));
      case 'sylvester': return b && c ? sylvester(a, b, c) : a;
      case 'expmFrechet': return b ? rotation(ex, a, b) ?? divided(a, b, (p, q) => ex.map('dividedExp', [p, q])) ?? (isScalar(s) ? ex.multiply(ex.map('exp', [a]), b) : ex.call(n.op, args, s)) : a;
      case 'logmFrechet': return b ? divided(a, b, (p, q) => ex.map('dividedLog', [p, q])) ?? (isScalar(s) ? ex.multiply(ex.power(a, -1), b) : ex.call(n.op, args, s)) : a;
      case 'powmFrechet': return b && c ? divided(a, c, (p, q) => ex.map('dividedPower', [p, q, b])) ?? ex.call(n.op, args, s) : a;
      default: return ex.call(n.op, args, s, n.dims);
    }
  };
  const expm = (a: Expr, op: string): Expr => ofSpectrum(a, (v) => ex.map('exp', [v])) ?? plain('exp', a, op);
  const plain = (fn: string, a: Expr, op: string): Expr => (isScalar(a.shape) ? ex.map(fn, [a]) : ex.call(op, [a], a.shape));
  const constant = (n: Node & { kind: 'apply' }): Expr => ex.call(n.op, [], n.shape, n.dims);
  const shifted = (a: Expr, top: Expr): Expr => ex.map('exp', [ex.add(a, ex.scale(ex.multiply(minus, top), ex.ones(a.shape)))]);
  const entry = (v: Expr, index: Expr): Expr => (isScalar(v.shape) ? v : ex.product([ex.transpose(ex.unit(index, v.shape.rows)), v]));
  const svd = (a: Expr, part: 0 | 1 | 2): Expr => {
    const r = least(a.shape);
    return ex.call('svd', [a], part === 0 ? shape(a.shape.rows, r) : part === 1 ? shape(r, D1) : shape(a.shape.cols, r), [], part);
  };
  const smallest = (a: Expr): Expr => entry(within(svd(a, 1), 'positiveSpectrum'), ex.size(subDim(least(a.shape), D1)));
  /** The first column of U or V; also of an inverse, for the last of the matrix's own V or U may have the other sign. */
  const leading = (a: Expr, part: 0 | 2): Expr => (isOne(part === 0 ? a.shape.rows : a.shape.cols) ? ex.number(1) : ex.product([svd(a, part), ex.unit(ex.number(0), least(a.shape))]));
  const anyPower = (a: Expr, p: Expr): Expr => {
    if (p.kind === 'number') return matrixPower(a, p.value);
    if (isScalar(a.shape)) return ex.map('pow', [a, p]);
    return ofSpectrum(a, (v) => ex.map('pow', [v, p])) ?? ex.call('powm', [a, p], a.shape);
  };
  const determinant = (a: Expr): Expr => {
    if (isScalar(a.shape)) return a;
    if (a.kind === 'diag' || facts.triangle(a)) return ex.call('prod', [ex.diagOf(a)], SCALAR);
    if (a.kind === 'inverse') return ex.power(determinant(a.arg), -1);
    return ex.call('luDeterminant', [ex.call('lu', [a], a.shape), ex.call('lu', [a], shape(a.shape.rows, D1), [], 1)], SCALAR);
  };
  const logDeterminant = (a: Expr): Expr => {
    if (isScalar(a.shape)) return ex.map('log', [a]);
    if (a.kind === 'diag' || facts.triangle(a)) return ex.total(ex.map('log', [ex.map('abs', [ex.diagOf(a)])]));
    if (a.kind === 'inverse') return ex.multiply(minus, logDeterminant(a.arg));
    if (facts.definite(a)) return ex.call('choleskyLogdet', [ex.call('chol', [a], a.shape)], SCALAR);
    return ex.call('luLogdet', [ex.call('lu', [a], a.shape), ex.call('lu', [a], shape(a.shape.rows, D1), [], 1)], SCALAR);
  };
  const sylvester = (a: Expr, b: Expr, c: Expr): Expr => {
    if (isScalar(a.shape) && isScalar(b.shape)) return ex.multiply(c, ex.power(ex.add(a, b), -1));
    if (isScalar(b.shape)) return ex.product([ex.inverse(ex.add(a, ex.scale(b, ex.identity(a.shape.rows)))), c]);
    if (isScalar(a.shape)) return ex.product([c, ex.inverse(ex.add(b, ex.scale(a, ex.identity(b.shape.rows))))]);
    const p = spectral(a);
    const q = spectral(b);
    if (!p || !q) return ex.call('sylvester', [a, b, c], c.shape);
    const sums = ex.add(ex.product([p.values, ex.ones(shape(D1, b.shape.rows))]), ex.product([ex.ones(shape(a.shape.rows, D1)), ex.transpose(q.values)]));
    return ex.product([p.q, ex.multiply(ex.product([ex.transpose(p.q), c, q.q]), ex.power(sums, -1)), ex.transpose(q.q)]);
  };
  return (node) => form(lower(node));
}

