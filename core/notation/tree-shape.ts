/** The shape of a printed tree, where its leaves' shapes tell it; undefined for what is not looked into. */
import { D1, isOne, isScalar, SCALAR, type Shape } from '../algebra/dim';
import { ELEMENTWISE_MAPS } from '../calculus/elementwise-maps';
import type { Expr } from '../syntax/tree';

/** Functions whose value is a number, and functions of an array that keep its shape. */
const SCALARS = new Set(['tr', 'sum', 'mean', 'norm', 'normF', 'det', 'logdet']);
const KEEP_SHAPE = new Set(['softmax', 'sqrt', 'inv', 'sym', 'skewpart', 'expm', 'logm', 'sqrtm', 'adj', 'tril', 'triu', 'phi', 'eigvecs']);

/** @param known the shapes of names, and of other trees that were printed from one node */
export function treeShape(e: Expr, known: (e: Expr) => Shape | undefined): Shape | undefined {
  const told = known(e);
  if (told) return told;
  const go = (x: Expr): Shape | undefined => treeShape(x, known);
  switch (e.kind) {
    case 'number': return SCALAR;
    case 'paren': return go(e.arg);
    case 'unary': return go(e.arg);
    case 'transpose': { const s = go(e.arg); return s && { rows: s.cols, cols: s.rows }; }
    case 'call': {
      const [only, other] = e.args;
      if (SCALARS.has(e.callee.name)) return SCALAR;
      if (e.callee.name === 'diag' && only && !other) { const s = go(only); return s && { rows: s.rows, cols: isOne(s.cols) ? s.rows : D1 }; }
      return only && !other && (ELEMENTWISE_MAPS.has(e.callee.name) || KEEP_SHAPE.has(e.callee.name)) ? go(only) : undefined;
    }
    // A matrix that has powers is square.
    case 'power': return go(e.base);
    case 'inverseTranspose': return go(e.arg);
    case 'binary': {
      const [a, b] = [go(e.left), go(e.right)];
      // I has the shape of what it is added to.
      if (!a || !b) { const one = e.op === '+' || e.op === '-' ? a ?? b : undefined; return one && !isScalar(one) ? one : undefined; }
      if (e.op === '*') return isScalar(a) ? b : isScalar(b) ? a : isOne(a.rows) && isOne(b.cols) ? SCALAR : { rows: a.rows, cols: b.cols };
      return ['+', '-', '.*', './', '/'].includes(e.op) ? (isScalar(a) ? b : a) : undefined;
    }
    default: return undefined;
  }
}
