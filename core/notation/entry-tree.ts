/** An entry of a printed array: (u*v')[k, l] is u[k]*v[l], (a .* b)[k] is a[k]*b[k], and a product of matrices keeps its index outside. */
import { isOne, isScalar, type Shape } from '../algebra/dim';
import { ELEMENTWISE_MAPS } from '../calculus/elementwise-maps';
import type { Expr, IndexItem } from '../syntax/tree';
import { treeSize } from './cost';
import { binary, call, indexed, minus, over, productOf, raisedTo, transposeOf, whole } from './trees';

/** @param items one for a column, two for a matrix */
export function entryTree(e: Expr, items: readonly IndexItem[], shapeOf: (e: Expr) => Shape | undefined): Expr | undefined {
  const shape = shapeOf(e);
  if (!shape) return undefined;
  if (isScalar(shape)) return e;
  const go = (x: Expr): Expr | undefined => entryTree(x, items, shapeOf);
  switch (e.kind) {
    case 'paren': return go(e.arg);
    case 'unary': { const inner = go(e.arg); return inner && minus(inner); }
    case 'name': if (e.name === 'I') return ofIdentity(items);
      return indexed(e, isOne(shape.cols) ? items.slice(0, 1) : items);
    case 'transpose': {
      const [row, col] = items;
      const inner = shapeOf(e.arg);
      if (!row || !inner) return undefined;
      if (isOne(inner.rows)) return transposeOf(e.arg).kind === 'transpose' ? undefined : entryTree(e.arg, items, shapeOf);
      return isOne(inner.cols) ? entryTree(e.arg, col ? [col] : [row], shapeOf) : col ? indexed(e.arg, [col, row]) : undefined;
    }
    case 'inverseTranspose': { const [row, col] = items; return row && col && indexed(raisedTo(e.arg, minus(whole(1))), [col, row]); }
    case 'power': { const inner = e.elementwise ? go(e.base) : undefined; return inner && raisedTo(inner, e.exponent); }
    case 'call': return ofCall(e, items, shapeOf);
    case 'binary': return ofBinary(e, items, shapeOf);
    default: return indexed(e, items);
  }
}

/** The identity is written as a name where its place tells its size. */
function ofIdentity([row, col]: readonly IndexItem[]): Expr | undefined {
  return row?.kind === 'at' && col?.kind === 'at' ? call('delta', row.expr, col.expr) : undefined;
}

function ofCall(e: Expr & { kind: 'call' }, items: readonly IndexItem[], shapeOf: (e: Expr) => Shape | undefined): Expr | undefined {
  const { name } = e.callee;
  if (name === 'sym' || name === 'skewpart') return undefined;
  // A unit without its sizes says them by its place, which its entry has not.
  if (name === 'E' || name === 'e') {
    const deltas = items.map((item, i) => { const at = e.args[i]; return item.kind === 'at' && at ? call('delta', item.expr, at) : undefined; });
    return deltas.some((d) => d === undefined) ? indexed(e, items) : productOf(deltas as Expr[]);
  }
  const [only, other] = e.args;
  const inner = only && !other && ELEMENTWISE_MAPS.has(name) ? entryTree(only, items, shapeOf) : undefined;
  return inner ? call(name, inner) : indexed(e, items);
}

function ofBinary(e: Expr & { kind: 'binary' }, items: readonly IndexItem[], shapeOf: (e: Expr) => Shape | undefined): Expr | undefined {
  const go = (x: Expr): Expr | undefined => entryTree(x, items, shapeOf);
  if (e.op === '/') { const inner = go(e.left); return inner && over(inner, e.right); }
  if (e.op === '*') {
    const factors = factorsOf(e);
    const shapes = factors.map(shapeOf);
    const first = shapes.findIndex((s) => s && !isScalar(s));
    const cut = shapes.findIndex((s, i) => i > first && s !== undefined && isOne(s.rows) && !isScalar(s));
    if (first < 0 || shapes.some((s) => s === undefined) || shapes.slice(first).some((s) => s && isScalar(s))) return undefined;
    const [row, col] = items;
    const parts = cut < 0 ? [entryOfProduct(factors.slice(first), items, shapeOf)]
      : row && col ? [entryOfProduct(factors.slice(first, cut), [row], shapeOf), entryTree(transposeOf(productOf(factors.slice(cut)) as Expr), [col], shapeOf)] : [undefined];
    return parts.some((p) => p === undefined) ? undefined : productOf([...factors.slice(0, first), ...(parts as Expr[])]);
  }
  const [a, b] = [go(e.left), go(e.right)];
  if (!a || !b) return undefined;
  if (e.op === '+' || e.op === '-') return isSimple(a) && isSimple(b) ? binary(e.op, a, b) : indexed(e, items);
  return e.op === '.*' ? productOf([a, b]) : e.op === './' ? over(a, b) : undefined;
}

/** A product of matrices, or of a matrix and a column, keeps its index outside. */
const entryOfProduct = (factors: readonly Expr[], items: readonly IndexItem[], shapeOf: (e: Expr) => Shape | undefined): Expr | undefined => {
  const [only, other] = factors;
  return only && !other ? entryTree(only, items, shapeOf) : indexed(productOf(factors) as Expr, items);
};

/** No entry of a product: sums of those stay in one pair of brackets. */
const isSimple = (e: Expr): boolean => {
  switch (e.kind) {
    case 'index': return e.arg.kind === 'name';
    case 'binary': return isSimple(e.left) && isSimple(e.right);
    case 'unary': case 'paren': return isSimple(e.arg);
    case 'power': return isSimple(e.base);
    case 'call': return e.args.every(isSimple);
    default: return e.kind === 'name' || e.kind === 'number';
  }
};
const factorsOf = (e: Expr): readonly Expr[] => (e.kind === 'binary' && e.op === '*' ? [...factorsOf(e.left), e.right] : [e]);

/** vec(G)' with the scalars of a printed gradient G before it, of a column G'. */
export function rowOf(e: Expr, shapeOf: (e: Expr) => Shape | undefined, isColumn: boolean): Expr | undefined {
  if (e.kind === 'unary') { const inner = rowOf(e.arg, shapeOf, isColumn); return inner && minus(inner); }
  if (e.kind === 'binary' && e.op === '/') { const inner = rowOf(e.left, shapeOf, isColumn); return inner && over(inner, e.right); }
  const factors = factorsOf(e);
  const shapes = factors.map(shapeOf);
  const first = shapes.findIndex((s) => s && !isScalar(s));
  if (first < 0 || shapes.slice(0, first).some((s) => s === undefined)) return undefined;
  const arrays = factors.slice(first);
  const row = !isColumn ? transposeOf(call('vec', productOf(arrays) as Expr)) : shapes.slice(first).every((s) => s && !isScalar(s)) ? turnedOver(arrays) : transposeOf(productOf(arrays) as Expr);
  return productOf([...factors.slice(0, first), row]);
}

/** The transpose of a product of arrays: of the whole, or factor by factor where that is shorter. */
export function turnedOver(es: readonly Expr[]): Expr {
  const [whole, apart] = [transposeOf(productOf(es) as Expr), productOf([...es].reverse().map(transposeOf)) as Expr];
  return treeSize(apart) < treeSize(whole) ? apart : whole;
}
