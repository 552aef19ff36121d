/** A run of matrix factors as a tree: slices for basis vectors, E(k, l) for their products, row and column sums, names for runs. */
import { isOne } from '../algebra/dim';
import type { Node } from '../algebra/node';
import type { Expr, IndexItem } from '../syntax/tree';
import { tells, TOLD, turned, type Place } from './place';
import { all, call, dimTree, indexed, itemAt, itemRange, named, productOf, transposeOf } from './trees';
import { shortest, type Writer } from './writer';

type Basis = Node & { kind: 'basis' };
const basisOf = (f: Node | undefined): Basis | undefined => (f?.kind === 'basis' ? f : undefined);
const rowOf = (f: Node | undefined): Basis | undefined => (f?.kind === 'transpose' ? basisOf(f.arg) : undefined);

/** The tree of factors[0]*factors[1]*…; an outer product is printed as its two sides. */
export function factorsTree(w: Writer, factors: readonly Node[], place: Place): Expr {
  const at = factors.findIndex((f, i) => i > 0 && isOne(f.shape.rows));
  if (at < 0) return segment(w, factors, place);
  const left = factors.slice(0, at);
  const right = factors.slice(at);
  const [i, j] = [basisOf(left[left.length - 1]), rowOf(right[0])];
  if (!i || !j) return productOf([segment(w, left, { rows: place.rows, cols: true }), segment(w, right, { rows: true, cols: place.cols })]) as Expr;
  const before = left[left.length - 2];
  const after = right[1];
  const isTold = (before ? tells(before).cols : place.rows) && (after ? tells(after).rows : place.cols);
  const args = [w.tree(i.index, TOLD), w.tree(j.index, TOLD)];
  const unit = call('E', ...args, ...(isTold ? [] : [dimTree(i.shape.rows), dimTree(j.shape.rows)]));
  return productOf([
    ...(left.length > 1 ? [run(w, left.slice(0, -1), { rows: place.rows, cols: isTold })] : []), unit,
    ...(right.length > 1 ? [run(w, right.slice(1), { rows: isTold, cols: place.cols })] : []),
  ]) as Expr;
}

/** e(i)'*M*e(j) and their like as M[i, j]; the sum of rows or columns. */
function segment(w: Writer, factors: readonly Node[], place: Place): Expr {
  const first = factors[0] as Node;
  const last = factors[factors.length - 1] as Node;
  if (factors.length > 1) {
    const row = pick(w, first, false);
    const col = pick(w, last, true);
    const middle = factors.slice(row ? 1 : 0, factors.length - (col ? 1 : 0));
    if ((row ?? col) && middle.length > 0) return slice(w, middle, row ?? all, col ?? all, row !== undefined, col !== undefined);
    if (last.kind === 'ones' && isOne(last.shape.cols)) return call('rowsum', run(w, factors.slice(0, -1), { rows: place.rows, cols: false }));
    if (first.kind === 'ones' && isOne(first.shape.rows)) return call('colsum', run(w, factors.slice(1), { rows: false, cols: place.cols }));
  }
  return run(w, factors, place);
}

/** What a leading row of the identity, or a trailing column, picks. */
function pick(w: Writer, f: Node, trailing: boolean): IndexItem | undefined {
  const inner = trailing ? f : f.kind === 'transpose' ? f.arg : f;
  if (inner.kind === 'basis' && (trailing || f.kind === 'transpose')) return itemAt(w.tree(inner.index, TOLD));
  const selector = trailing ? (f.kind === 'transpose' ? f.arg : undefined) : f;
  return selector?.kind === 'selector' ? itemRange(dimTree(selector.from), dimTree(selector.to)) : undefined;
}

function slice(w: Writer, middle: readonly Node[], rows: IndexItem, cols: IndexItem, hasRow: boolean, hasCol: boolean): Expr {
  const isColumn = isOne((middle[middle.length - 1] as Node).shape.cols);
  const isRow = isOne((middle[0] as Node).shape.rows);
  if (isColumn && hasRow) return indexed(run(w, middle, turned(NO_ROWS)), [rows]);
  if (isRow && hasCol) return transposeIf(rows.kind !== 'all' || cols.kind === 'at', indexed(run(w, flip(w, middle), turned(NO_ROWS)), [cols]));
  const straight = hasRow && hasCol ? indexed(run(w, middle, NO_PLACE), [rows, cols])
    : hasCol ? productOf([...heads(w, middle, false), indexed(w.tree(middle[middle.length - 1] as Node, NO_PLACE), [all, cols])])
      : productOf([indexed(w.tree(middle[0] as Node, NO_PLACE), [rows, all]), ...heads(w, middle, true)]);
  if (!hasRow || !hasCol || rows.kind !== 'at' || cols.kind !== 'at') return straight as Expr;
  return shortest([straight, indexed(run(w, flip(w, middle), NO_PLACE), [cols, rows])]) as Expr;
}
const NO_PLACE: Place = { rows: false, cols: false };
const NO_ROWS: Place = { rows: true, cols: false };
const transposeIf = (isScalar: boolean, e: Expr): Expr => (isScalar ? e : transposeOf(e));
const flip = (w: Writer, factors: readonly Node[]): readonly Node[] => [...factors].reverse().map((f) => w.g.transpose(f));
const heads = (w: Writer, middle: readonly Node[], afterFirst: boolean): Expr[] => {
  const rest = afterFirst ? middle.slice(1) : middle.slice(0, -1);
  return rest.length > 0 ? [run(w, rest, NO_PLACE)] : [];
};

/** Factors side by side; the longest runs that have a name are written as it. */
export function run(w: Writer, factors: readonly Node[], place: Place): Expr {
  const parts: Expr[] = [];
  for (let i = 0; i < factors.length; ) {
    const found = longestNamed(w, factors, i);
    if (found) {
      parts.push(found.tree);
      i += found.length;
      continue;
    }
    const f = factors[i] as Node;
    const before = factors[i - 1];
    const after = factors[i + 1];
    parts.push(w.tree(f, { rows: before ? tells(before).cols : place.rows, cols: after ? tells(after).rows : place.cols }));
    i++;
  }
  return productOf(parts) as Expr;
}

function longestNamed(w: Writer, factors: readonly Node[], from: number): { readonly tree: Expr; readonly length: number } | undefined {
  let best: { tree: Expr; length: number } | undefined;
  for (const { name, node } of w.names) {
    if (node.kind !== 'product' || node.scalars.length > 0 || node.coefficient.n !== 1n || node.coefficient.d !== 1n || node.factors.length < 2) continue;
    const length = node.factors.length;
    if (from + length > factors.length || (best && best.length >= length)) continue;
    if (node.factors.every((f, k) => f === factors[from + k])) best = { tree: named(name), length };
    else if (node.factors.every((f, k) => w.g.transpose(f) === factors[from + length - 1 - k])) best = { tree: transposeOf(named(name)), length };
  }
  return best;
}
