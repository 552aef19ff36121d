/** A run of matrix factors as a tree: slices for basis vectors, E(k, l) for their products, row and column sums, names for runs. */
import { turnedRun } from '../algebra/chain';
import { isOne, sameDim } from '../algebra/dim';
import type { Node } from '../algebra/node';
import { childrenOf } from '../algebra/substitute';
import { ELEMENTWISE_MAPS } from '../calculus/elementwise-maps';
import type { Expr, IndexItem } from '../syntax/tree';
import { tells, TOLD, type Place } from './place';
import { equalQ, mulQ, MINUS_ONE, ONE, rational } from '../algebra/rational';
import { peel, type Scaled } from './scaled';
import { all, binary, call, dimTree, indexed, itemAt, itemRange, named, powerTree, times, transposeOf } from './trees';
import { treeSize } from './cost';
import { matched } from './named-runs';
import { shortest, type Writer } from './writer';

type Basis = Node & { kind: 'basis' };
const basisOf = (f: Node | undefined): Basis | undefined => (f?.kind === 'basis' ? f : undefined);
const rowOf = (f: Node | undefined): Basis | undefined => (f?.kind === 'transpose' ? basisOf(f.arg) : undefined);

/** The tree of factors[0]*factors[1]*…, with the numbers that its parts were printed with; an outer product is printed as its two sides. */
export function factorsTree(w: Writer, factors: readonly Node[], place: Place): Scaled {
  const at = factors.findIndex((f, i) => i > 0 && isOne(f.shape.rows));
  if (at < 0) return segment(w, factors, place);
  const left = factors.slice(0, at);
  const right = factors.slice(at);
  const [i, j] = [basisOf(left[left.length - 1]), rowOf(right[0])];
  // U[:, n]*W[:, n]' of known columns; E(k, l) is for what varies.
  const areColumns = i && j && left.length > 1 && right.length > 1 && isFixed(i.index) && isFixed(j.index);
  if (!i || !j || areColumns || w.isTaken('E')) return side(segment(w, left, { rows: place.rows, cols: true }), segment(w, right, { rows: true, cols: place.cols }));
  const before = left[left.length - 2];
  const after = right[1];
  const isTold = (before ? tells(before).cols : place.rows) && (after ? tells(after).rows : place.cols);
  const args = [w.tree(i.index, TOLD), w.tree(j.index, TOLD)];
  const unit = call('E', ...args, ...(isTold ? [] : [dimTree(i.shape.rows), dimTree(j.shape.rows)]));
  return side(
    ...(left.length > 1 ? [run(w, left.slice(0, -1), { rows: place.rows, cols: isTold })] : []), { q: ONE, tree: unit },
    ...(right.length > 1 ? [run(w, right.slice(1), { rows: isTold, cols: place.cols })] : []),
  );
}

/** A number or a size, not an index. */
const isFixed = (a: Node): boolean => (a.kind === 'symbol' ? a.role === 'dimension' : childrenOf(a).every(isFixed));

/** `isClosed`: a product that keeps its parentheses behind another factor; `run`: the name that the part is, or is a power of, and which one. */
interface Part extends Scaled { readonly isClosed?: boolean; readonly run?: { readonly name: string; readonly times: number } }

function side(...parts: readonly Part[]): Scaled {
  const [first, ...rest] = parts;
  return {
    q: parts.reduce((q, p) => mulQ(q, p.q), ONE),
    tree: rest.reduce((left, p) => (p.isClosed ? binary('*', left, p.tree) : times(left, p.tree)), (first as Part).tree),
  };
}

/** Whether a column or matrix is written with a scalar product in front, 2*u'*v*M, which would take the factor before it for its own. */
export function leadsWithScalar(nodeOf: Writer['nodeOf'], tree: Expr): boolean {
  const operands: Expr[] = [];
  let e = tree;
  for (; e.kind === 'binary' && (e.op === '*' || e.op === '/'); e = e.left) if (e.op === '*') operands.push(e.right);
  for (const operand of [e, ...operands.reverse()]) {
    const inner = operand.kind === 'transpose' ? nodeOf(operand.arg)?.shape : undefined;
    const own = inner ? { rows: inner.cols, cols: inner.rows } : nodeOf(operand)?.shape;
    if (!own || (isOne(own.rows) && isOne(own.cols))) continue;
    return operands.length > 0 && isOne(own.rows);
  }
  return false;
}

const within = (s: Scaled, make: (e: Expr) => Expr): Scaled => ({ q: s.q, tree: make(s.tree) });

/** e(i)'*M*e(j) and their like as M[i, j]; the sum of rows or columns. */
function segment(w: Writer, factors: readonly Node[], place: Place): Scaled {
  const first = factors[0] as Node;
  const last = factors[factors.length - 1] as Node;
  if (factors.length > 1) {
    const row = pick(w, first, false);
    const col = pick(w, last, true);
    const middle = factors.slice(row ? 1 : 0, factors.length - (col ? 1 : 0));
    if ((row ?? col) && middle.length > 0 && !(row && longestNamed(w, factors, 0)) && !(col && endsNamed(w, factors))) return slice(w, middle, row, col);
    if (isTriangleOfOnes(first, 'tril')) return within(run(w, factors.slice(1), { rows: false, cols: place.cols }), (e) => call('cumsum', e));
    if (isTriangleOfOnes(last, 'triu') && isOne(first.shape.rows)) return within(run(w, factors.slice(0, -1), { rows: true, cols: false }), (e) => call('cumsum', e));
    if (last.kind === 'ones' && isOne(last.shape.cols)) return within(run(w, factors.slice(0, -1), { rows: place.rows, cols: false }), (e) => summed('rowsum', e));
    if (first.kind === 'ones' && isOne(first.shape.rows)) return within(run(w, factors.slice(1), { rows: false, cols: place.cols }), (e) => summed('colsum', e));
  }
  return run(w, factors, place);
}

/** colsum(A .* B)', not rowsum((A .* B)'). */
const summed = (op: 'rowsum' | 'colsum', e: Expr): Expr =>
  e.kind === 'transpose' && e.arg.kind !== 'name' ? transposeOf(call(op === 'rowsum' ? 'colsum' : 'rowsum', e.arg)) : call(op, e);

/** skew3(a)*b for a column b is cross(a, b). */
function crossed(w: Writer, f: Node, behind: readonly Node[]): Scaled | undefined {
  const last = behind.at(-1);
  if (f.kind !== 'apply' || f.op !== 'skew3' || !last || !isOne(last.shape.cols) || w.isTaken('cross')) return undefined;
  const left = peel(w.tree(f.args[0] as Node, TOLD));
  const right = run(w, behind, TOLD);
  return { q: mulQ(left.q, right.q), tree: call('cross', left.tree, right.tree) };
}

/** b'*A*skew3(a)*M is cross(A'*b, a)'*M; the row of one factor stays, which may stand beside its own transpose. */
function crossedRow(w: Writer, factors: readonly Node[]): { readonly part: Part; readonly length: number } | undefined {
  const at = factors.findLastIndex((f) => f.kind === 'apply' && f.op === 'skew3');
  const f = factors[at];
  if (at < 2 || f?.kind !== 'apply' || !isOne((factors[0] as Node).shape.rows) || w.isTaken('cross')) return undefined;
  const turned = turnedRun(w.g, factors.slice(0, at));
  const left = run(w, turned.factors, TOLD);
  const right = peel(w.tree(f.args[0] as Node, TOLD));
  return { part: { q: mulQ(turned.sign, mulQ(left.q, right.q)), tree: transposeOf(call('cross', left.tree, right.tree)) }, length: at + 1 };
}

const isTriangleOfOnes = (a: Node, op: string): boolean => a.kind === 'apply' && a.op === op && a.args[0]?.kind === 'ones' && sameDim(a.shape.rows, a.shape.cols);

/** What a leading row of the identity, or a trailing column, picks. */
function pick(w: Writer, f: Node, trailing: boolean): IndexItem | undefined {
  const inner = trailing ? f : f.kind === 'transpose' ? f.arg : f;
  if (inner.kind === 'basis' && (trailing || f.kind === 'transpose')) return itemAt(w.tree(inner.index, TOLD));
  const selector = trailing ? (f.kind === 'transpose' ? f.arg : undefined) : f;
  return selector?.kind === 'selector' ? itemRange(dimTree(selector.from), dimTree(selector.to)) : undefined;
}

const NONE: Place = { rows: false, cols: false };

function slice(w: Writer, middle: readonly Node[], row: IndexItem | undefined, col: IndexItem | undefined): Scaled {
  const first = middle[0] as Node;
  const last = middle[middle.length - 1] as Node;
  const flipped = (): readonly Node[] => [...middle].reverse().map((f) => w.g.transpose(f));
  if (row && isOne(last.shape.cols)) return within(run(w, middle, { rows: false, cols: true }), (e) => entryOf(e, row));
  if (col && isOne(first.shape.rows)) return within(run(w, flipped(), { rows: false, cols: true }), (e) => transposeIf(col.kind !== 'at', entryOf(e, col)));
  if (!row) return side(...rest(w, middle.slice(0, -1)), within(peel(w.tree(last, NONE)), (e) => sliced(e, all, col ?? all)));
  if (!col) return side(within(peel(w.tree(first, NONE)), (e) => sliced(e, row, all)), ...rest(w, middle.slice(1)));
  const straight = within(run(w, middle, NONE), (e) => entryWithin(e, [row, col]));
  const turned = within(run(w, flipped(), NONE), (e) => entryWithin(e, [col, row]));
  if (row.kind !== 'at' || col.kind !== 'at') return straight;
  return isShorter(turned, straight) ? turned : straight;
}
/** Columns of X' are rows of X. */
const sliced = (e: Expr, row: IndexItem, col: IndexItem): Expr => (e.kind === 'transpose' ? transposeOf(indexed(e.arg, [col, row])) : indexed(e, [row, col]));

/** An entry of a column: of M[:, j] it is M[i, j], of M[i, :]' it is M[i, j]. */
function entryOf(column: Expr, item: IndexItem): Expr {
  const turned = column.kind === 'transpose';
  const inner = turned ? column.arg : column;
  const [row, col] = inner.kind === 'index' ? inner.items : [];
  if (inner.kind === 'index' && row && col) {
    if (!turned && row.kind === 'all') return indexed(inner.arg, [item, col]);
    if (turned && col.kind === 'all' && item.kind === 'at') return indexed(inner.arg, [row, item]);
  }
  return entryWithin(column, [item]);
}

/** exp(X[i, j]) for exp(X)[i, j]. */
function entryWithin(e: Expr, items: readonly IndexItem[]): Expr {
  const [only, other] = e.kind === 'call' ? e.args : [];
  const isMap = e.kind === 'call' && ELEMENTWISE_MAPS.has(e.callee.name) && only?.kind === 'name' && !other;
  return isMap && items.every((i) => i.kind === 'at') ? call(e.callee.name, indexed(only, items)) : indexed(e, items);
}
const isShorter = (a: Scaled, b: Scaled): boolean => shortest([b.tree, a.tree]) === a.tree;
const transposeIf = (turns: boolean, e: Expr): Expr => (turns ? transposeOf(e) : e);
const rest = (w: Writer, factors: readonly Node[]): readonly Scaled[] => (factors.length > 0 ? [run(w, factors, NONE)] : []);

/** Factors side by side; the longest runs that have a name are written as it. */
export function run(w: Writer, given: readonly Node[], place: Place): Scaled {
  const parts: Part[] = [];
  let factors = given;
  for (let i = 0; i < factors.length; i++) {
    const found = longestNamed(w, factors, i);
    if (found) {
      parts.push(...found.before.map((f) => peel(w.tree(f, TOLD))));
      parts.push(namedPart(found.tree, parts));
      // What the run leaves may begin the next one.
      factors = [...factors.slice(0, i + 1), ...found.behind, ...factors.slice(i + found.length)];
      continue;
    }
    const repeated = repetition(w, factors, i);
    if (repeated) {
      parts.push(repeated.part);
      i += repeated.length - 1;
      continue;
    }
    const f = factors[i] as Node;
    const crossRow = i === 0 ? crossedRow(w, factors) : undefined;
    if (crossRow) {
      parts.push(crossRow.part);
      i += crossRow.length - 1;
      continue;
    }
    const cross = crossed(w, f, factors.slice(i + 1));
    if (cross) { parts.push(cross); break; }
    const taken = slicedWithin(w, f, factors[i + 1], factors[i + 2]);
    if (taken) {
      parts.push(taken.part);
      i += taken.length - 1;
      continue;
    }
    const before = factors[i - 1];
    const after = factors[i + 1];
    const s = w.signed(f, { rows: before ? tells(before).cols : place.rows, cols: after ? tells(after).rows : place.cols });
    const p = peel(s.tree);
    parts.push({ q: s.negative ? mulQ(MINUS_ONE, p.q) : p.q, tree: p.tree, isClosed: i > 0 && !isOne(f.shape.rows) && leadsWithScalar(w.nodeOf, p.tree) });
  }
  return side(...parts);
}

/** Fewer repetitions are written out: A*X*A*X is no longer than (A*X)^2. */
const FEWEST_REPETITIONS = 3;

/** What is repeated from a factor on: (A*X)^5 for A*X*A*X*…; the shortest that is. */
function repetition(w: Writer, factors: readonly Node[], from: number): { readonly part: Part; readonly length: number } | undefined {
  for (let period = 2; from + period * FEWEST_REPETITIONS <= factors.length; period++) {
    let end = from + period;
    while (end < factors.length && factors[end] === factors[end - period]) end++;
    const times = Math.floor((end - from) / period);
    if (times < FEWEST_REPETITIONS) continue;
    const { q, tree } = run(w, factors.slice(from, from + period), TOLD);
    if (equalQ(q, ONE)) return { part: { q, tree: powerTree(tree, rational(times)) }, length: times * period };
  }
  return undefined;
}

/** A run by its name; behind the same one it is its power: M^2 for M*M. */
function namedPart(tree: Expr, parts: Part[]): Part {
  if (tree.kind !== 'name') return { q: ONE, tree };
  const last = parts.at(-1)?.run;
  if (last?.name !== tree.name) return { q: ONE, tree, run: { name: tree.name, times: 1 } };
  parts.pop();
  return { q: ONE, tree: powerTree(tree, rational(last.times + 1)), run: { name: tree.name, times: last.times + 1 } };
}

/** A factor beside rows or columns of the identity, inside a product: the rows, the columns or both of it. */
function slicedWithin(w: Writer, f: Node, next: Node | undefined, third: Node | undefined): { readonly part: Part; readonly length: number } | undefined {
  const rowsAt = f.kind === 'selector' && next && !columnsAt(w, next) ? itemRange(dimTree(f.from), dimTree(f.to)) : undefined;
  const matrix = rowsAt && next ? next : f;
  const columns = columnsAt(w, rowsAt ? third : next);
  if ((!rowsAt && !columns) || isSelector(matrix)) return undefined;
  const { q, tree } = peel(w.tree(matrix, NONE));
  const part = isOne(matrix.shape.cols) && rowsAt ? entryOf(tree, rowsAt) : isOne(matrix.shape.rows) && columns ? transposeOf(entryOf(transposeOf(tree), columns)) : sliced(tree, rowsAt ?? all, columns ?? all);
  return { part: { q, tree: part }, length: 1 + (rowsAt ? 1 : 0) + (columns ? 1 : 0) };
}
const isSelector = (f: Node): boolean => (f.kind === 'transpose' ? f.arg : f).kind === 'selector';
const columnsAt = (w: Writer, f: Node | undefined): IndexItem | undefined => (f && isSelector(f) ? pick(w, f, true) : undefined);

/** Whether a run that has a name ends with the last factor: a slice that has a name is written as it. */
const endsNamed = (w: Writer, factors: readonly Node[]): boolean => factors.some((_, i) => (longestNamed(w, factors, i)?.length ?? 0) === factors.length - i);

/** Whether a factor stands in a run that is written as its name. */
export const standsInName = (w: Writer, factors: readonly Node[], at: number): boolean =>
  factors.some((_, i) => i <= at && i + (longestNamed(w, factors, i)?.length ?? 0) > at);

/** A run with a name: what it leaves of its first factor before it, and of its last behind it. */
interface NamedRun { readonly tree: Expr; readonly length: number; readonly before: readonly Node[]; readonly behind: readonly Node[] }

function longestNamed(w: Writer, factors: readonly Node[], from: number): NamedRun | undefined {
  let best: NamedRun | undefined;
  for (const { name, node } of w.names.runsFrom(factors[from] as Node)) {
    if (node.kind !== 'product' || (best && best.length >= node.factors.length)) continue;
    const turned = [...node.factors].reverse().map((f) => w.g.transpose(f));
    const straight = matched(w.g, node.factors, factors, from);
    const other = straight ?? matched(w.g, turned, factors, from);
    if (other && isWorth(w, factors, from, other)) best = { ...other, tree: straight ? named(name) : transposeOf(named(name)) };
  }
  return best;
}

/** Whether the run is shorter by its name: A*b is no shorter than A^2*x. What it leaves may be another run that has a name: X*B^-2*X' is F*F'. */
function isWorth(w: Writer, factors: readonly Node[], from: number, { length, before, behind }: Omit<NamedRun, 'tree'>): boolean {
  if (before.length + behind.length === 0 || (before.length === 0 && beginsNamed(w, [...behind, ...factors.slice(from + length)]))) return true;
  const weigh = (list: readonly Node[]): number => list.reduce((n, f) => n + treeSize(w.tree(f, TOLD)) + 1, 0);
  return weigh([...before, ...behind]) + 2 < weigh(factors.slice(from, from + length));
}

/** Whether the factors begin with a whole run that has a name. */
function beginsNamed(w: Writer, factors: readonly Node[]): boolean {
  const next = longestNamed(w, factors, 0);
  return next !== undefined && next.before.length + next.behind.length === 0;
}
