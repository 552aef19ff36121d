/** Transposes, pushed towards the leaves where the operation lets them through. */
import { isOne, sameShape, transposed } from './dim';
import type { Constructors, Graph } from './graph';
import type { Node } from './node';
import { compareNodes } from './order';
import { neg as negCoefficient } from './sign';

/** Operators f with f(A)' = f(A'): the transpose stands outside. */
export const COMMUTES_WITH_TRANSPOSE = new Set(['expm', 'logm', 'adj', 'pinv', 'power']);

export function transposeConstructors(g: Graph): Pick<Constructors, 'transpose'> {
  const outside = (a: Node): Node =>
    g.intern(`t:${a.id}`, (id, linear) => ({ kind: 'transpose', id, arg: a, shape: transposed(a.shape), linear }), [a]);

  // Each node once: a nest of sums would otherwise be walked again from every level.
  const known = new Map<number, Node>();
  const transpose = (a: Node): Node => {
    if (a.shape.rows.key === '1' && a.shape.cols.key === '1') return a;
    if (a.kind === 'transpose') return a.arg;
    const old = known.get(a.id);
    if (old) return old;
    const made = flip(a);
    known.set(a.id, made);
    return made;
  };

  const symmetricOr = (a: Node): Node => (g.isSymmetric(a) ? a : g.isSkew(a) ? negCoefficient(g, a) : outside(a));

  const flip = (a: Node): Node => {
    switch (a.kind) {
      case 'transpose': return a.arg;
      case 'zero': return g.zero(transposed(a.shape));
      case 'ones': return g.ones(transposed(a.shape));
      case 'identity': return a;
      case 'product': return g.isSymmetric(a) ? a : g.product(a.coefficient, a.scalars, [...a.factors].reverse().map(transpose));
      case 'sum': {
        if (g.isSymmetric(a)) return a;
        if (g.isSkew(a)) return negCoefficient(g, a);
        const terms = a.terms.map(transpose);
        const [needed, own] = [terms.reduce((n, t) => n + marks(t), 0), a.terms.reduce((n, t) => n + marks(t), 0)];
        return needed < own || (needed === own && (a.linear || !isOne(a.shape.cols))) ? g.add(...terms) : outside(a);
      }
      case 'power': {
        // Beside S' stands inv(S') where S' is a sum of its own, and inv(I - K)' = inv(I + K) for a skew K: the two cancel.
        const base = a.base.kind === 'sum' ? transpose(a.base) : a.base;
        return base !== a.base && (base.kind === 'sum' || (base.kind === 'product' && marks(base) === 0)) ? g.power(base, a.exponent) : symmetricOr(a);
      }
      case 'symbol': case 'hadamard': return symmetricOr(a);
      case 'apply': return transposeApply(a, a.op, a.args);
      case 'basis': case 'selector': case 'chain': return outside(a);
    }
  };

  const transposeApply = (a: Node & { kind: 'apply' }, op: string, args: readonly Node[]): Node => {
    const [x, y, z] = args;
    if (g.isSymmetric(a)) return a;
    if (op === 'kron' && x && y) return g.apply('kron', [transpose(x), transpose(y)]);
    if (op === 'sylvester' && x && y && z) return g.apply('sylvester', [transpose(y), transpose(x), transpose(z)]);
    if ((op === 'expmFrechet' || op === 'logmFrechet') && x && y) return g.apply(op, [transpose(x), transpose(y)]);
    if (op === 'powmFrechet' && x && y && z) return g.apply(op, [transpose(x), y, transpose(z)]);
    if (op === 'tril' && x) return g.apply('triu', [transpose(x)]);
    if (op === 'triu' && x) return g.apply('tril', [transpose(x)]);
    if (op === 'band' && x) return g.apply('band', [transpose(x)]);
    if (op === 'commutation' && a.dims[0] && a.dims[1]) return g.apply('commutation', [], [a.dims[1], a.dims[0]]);
    if (op === 'expm' && x && g.isSkew(x)) return g.apply(op, [g.neg(x)]);
    if (op === 'skew3') return negCoefficient(g, a);
    return outside(a);
  };
  return { transpose };
}

/** How many transposes stand in a term's factors: the measure by which S or S' is kept. */
export function marks(a: Node): number {
  switch (a.kind) {
    case 'transpose': return 1;
    case 'product': return a.factors.reduce((n, f) => n + marks(f), 0);
    default: return 0;
  }
}

/**
 * A' where a function with f(A') = f(A)' is written of that: A' has fewer transposes, is a column, or comes first in order. Undefined
 * where A is.
 */
export function otherWay(g: Graph, a: Node): Node | undefined {
  if (a.kind === 'transpose') return a.arg;
  if (a.kind !== 'sum' && a.kind !== 'product') return undefined;
  const t = g.transpose(a);
  // A skew A' is -A, which even and odd functions write their own way.
  if (t === a || t.kind !== a.kind || g.neg(t) === a) return undefined;
  const count = (x: Node): number => (x.kind === 'sum' ? x.terms.reduce((n, y) => n + marks(y), 0) : marks(x));
  const d = count(t) - count(a) || Number(isOne(a.shape.cols)) - Number(isOne(t.shape.cols)) || compareNodes(t, a);
  return d < 0 ? t : undefined;
}

export const isSquareNode = (a: Node): boolean => sameShape(a.shape, transposed(a.shape));
