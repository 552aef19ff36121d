/** Entries, slices and finite sums: everything with an index, counted from 1. */
import type { Expr, FiniteSumExpr, IndexExpr, IndexItem } from '../syntax/tree';
import { addDim, constantDim, D1, hasUnknown, isKnownShape, isOne, isScalar, SCALAR, shape, subDim, type Dim } from './dim';
import { known, origins } from './infer-conflict';
import { derivativeByEntry, introduceIndices } from './infer-entry';
import { bracketedCall } from './infer-name';
import { isIntegerQ, toNumber } from './rational';
import { constantOf } from './infer-power';
import type { Place, Typed } from './scope';
import { readSize } from './sizes';
import type { SliceItem } from './term';
import { bare, excerpt } from './walk';
import { infer, typed } from './typed';

interface Item { readonly size: (whole: Dim) => Dim; readonly settle: () => SliceItem; readonly check: (whole: Dim, of: Expr) => void }

function outside(place: Place, at: Expr, index: Dim, whole: Dim, of: Expr): void {
  const { scope, owner } = place;
  const w = scope.solver.resolve(whole);
  const excess = constantDim(subDim(index, w));
  if (excess === undefined || excess <= 0) {
    if (excess === undefined && !hasUnknown(w) && constantDim(index) !== 1) scope.implied.push({ left: w, op: '>=', right: index, range: at.range });
    return;
  }
  owner.broken = true;
  scope.report('MC3013', `index ${index.key} is beyond the size ${w.key}`, at.range, { related: origins(place, of) });
}

function readItem(place: Place, item: IndexItem): Item | 'fromZero' | undefined {
  switch (item.kind) {
    case 'all':
      return { size: (whole) => whole, settle: () => ({ kind: 'all' }), check: () => undefined };
    case 'range': {
      const last = bare(item.to);
      if (last.kind === 'name' && last.name === 'end' && !place.scope.names.has('end') && !place.scope.dimensions.has('end')) return toEnd(place, item.range, item.from, last.range);
      const first = constantOf(item.from);
      if (first && isIntegerQ(first) && toNumber(first) < 1 && last.kind !== 'missing') return 'fromZero';
      const from = readSize(place, item.from, { introduce: true });
      const to = readSize(place, item.to, { introduce: true });
      if (!from || !to) return undefined;
      const count = addDim(subDim(to, from), D1);
      const value = constantDim(count);
      if (value !== undefined && value < 1) {
        place.scope.report('MC3013', `the range ${from.key}:${to.key} is empty`, item.range);
        return undefined;
      }
      return { size: () => count, settle: () => ({ kind: 'range', from, to }), check: (whole, of) => outside(place, item.to, to, whole, of) };
    }
    case 'at': {
      const constant = constantOf(item.expr);
      if (constant && (!isIntegerQ(constant) || toNumber(constant) < 1)) {
        return 'fromZero';
      }
      if (behindEnd(place, item.expr) !== undefined) return 'fromZero';
      const index = infer(place, item.expr);
      if (!index) return undefined;
      if (!place.scope.solver.unifyShape(index.shape, SCALAR)) {
        place.scope.report('MC3013', `an index is a whole number; \`${excerpt(place.scope.text, item.range)}\` is ${known(place.scope, index.shape)}`, item.expr.range);
        return undefined;
      }
      const e = bare(item.expr);
      const bound = e.kind === 'name' ? place.indices.get(e.name) : isSizeLike(place, item.expr) ? readSize(place, item.expr, { introduce: false, anySign: true }) : undefined;
      const check = (whole: Dim, of: Expr): void => {
        if (!bound) return;
        if (e.kind === 'name' && place.indices.has(e.name) && !place.scope.solver.isKnown(whole)) place.scope.defaults.push(() => void place.scope.solver.unify(whole, bound));
        place.scope.checks.push(() => outside(place, item.expr, bound, whole, of));
      };
      return { size: () => D1, settle: () => ({ kind: 'at', index: index.settle() }), check };
    }
  }
}

/** `x[2:end]`: the size has a name here. */
function toEnd(place: Place, range: Expr['range'], first: Expr, end: Expr['range']): undefined {
  const all = bare(first);
  const isAll = all.kind === 'number' && all.text === '1';
  place.scope.report('MC3013', `\`end\` is no index: ${isAll ? 'all of them are `:`' : 'a slice ends at a size that has a name, as in `x[2:n]`'}`, isAll ? range : end, { fixes: isAll ? [{ title: 'Write :', edits: [{ range, text: ':' }], safe: true }] : endFixes(place, end) });
  return undefined;
}

const endFixes = ({ scope }: Place, range: Expr['range']) => [...scope.dimensions.keys()].slice(0, 3).map((n) => ({ title: `Write ${n}`, edits: [{ range, text: n }], safe: false }));

/** `x[0]`, `A[0, -1]`, `x[0:k]` as Python counts: from 0, from the end below it, and slices without their last. One complaint with one fix for all of them. */
function countedFromZero(place: Place, expr: IndexExpr, arg: Typed): undefined {
  const { scope } = place;
  const s = scope.solver.resolveShape(arg.shape);
  const sizes = expr.items.length > 1 ? [s.rows, s.cols] : [isScalar(s) || s.rows.key !== '1' ? s.rows : s.cols];
  const toEnds = expr.items.filter((i) => i.kind === 'at' && behindEnd(place, i.expr) !== undefined);
  const wrong = expr.items.filter((i) => toEnds.includes(i) || isBelowOne(i.kind === 'range' ? i.from : i.kind === 'at' ? i.expr : undefined));
  const [only] = wrong;
  const counted = expr.items.map((item, i) => fromOne(place, item, sizes[i]));
  // `A[0]` is a row there.
  const row = expr.items.length === 1 && !isOne(s.cols) && !isOne(s.rows) && isKnownShape(s) ? ', :' : '';
  const edits = expr.items.flatMap((item, i) => (wrong.includes(item) ? [{ range: item.range, text: `${counted[i] ?? ''}${row}` }] : []));
  const written = `${counted.join(', ')}${row}`;
  const range = wrong.length === 1 && only ? (only.kind === 'range' ? only.from.range : only.range) : { start: wrong[0]?.range.start ?? expr.range.start, end: wrong.at(-1)?.range.end ?? expr.range.end };
  const said = toEnds.length > 0 && toEnds.length === wrong.length ? '`end` is no index: the last one has the size as its number' : `an index is a whole number from 1; this is ${excerpt(scope.text, range)}`;
  scope.report('MC3013', said, range, counted.every((c) => c !== undefined) ? { fixes: [{ title: `Write ${written}`, edits, safe: false }] } : undefined);
  return undefined;
}

const isBelowOne = (e: Expr | undefined): boolean => { const c = e && constantOf(e); return c !== undefined && (!isIntegerQ(c) || toNumber(c) < 1); };

/** How far before the last one `end` and `end - 1` of MATLAB and Julia are; undefined for another index. */
function behindEnd({ scope }: Place, expr: Expr): number | undefined {
  const found = /^end\s*(?:-\s*(\d{1,6}))?$/.exec(scope.text.slice(expr.range.start, expr.range.end));
  return found && !scope.names.has('end') && !scope.dimensions.has('end') ? Number(found[1] ?? 0) : undefined;
}

/** An item of Python's as it is counted here; undefined where that is not sure. */
function fromOne(place: Place, item: IndexItem, size: Dim | undefined): string | undefined {
  const { text } = place.scope;
  const own = text.slice(item.range.start, item.range.end);
  switch (item.kind) {
    case 'all': return own;
    case 'range': {
      const from = constantOf(item.from);
      // The last of `0:k` is left out there, so that it ends at k here.
      return from && toNumber(from) === 0 && !isBelowOne(item.to) ? `1:${text.slice(item.to.range.start, item.to.range.end)}` : isBelowOne(item.from) ? undefined : own;
    }
    case 'at': {
      const behind = behindEnd(place, item.expr);
      if (behind !== undefined) return lastBut(size, behind);
      const at = constantOf(item.expr);
      if (!at || (isIntegerQ(at) && toNumber(at) > 0)) return own;
      if (!isIntegerQ(at)) return undefined;
      if (toNumber(at) === 0) return '1';
      return lastBut(size, -toNumber(at) - 1);
    }
  }
}

const lastBut = (size: Dim | undefined, behind: number): string | undefined => (!size || hasUnknown(size) ? undefined : behind === 0 ? size.key : `${size.key} - ${behind}`);

/** A number, or a formula of dimensions, so that it can be compared with the bounds. */
function isSizeLike(place: Place, expr: Expr): boolean {
  const e = bare(expr);
  if (e.kind === 'number') return /^\d+$/.test(e.text);
  if (e.kind === 'name') return !place.indices.has(e.name) && place.scope.dimensions.has(e.name) && !place.scope.names.has(e.name);
  return e.kind === 'binary' && (e.op === '+' || e.op === '-' || e.op === '*') && isSizeLike(place, e.left) && isSizeLike(place, e.right);
}

export function inferIndex(place: Place, expr: IndexExpr): Typed | undefined {
  const { scope } = place;
  const { solver } = scope;
  if (expr.arg.kind === 'name' && bracketedCall(place, expr.arg)) return undefined;
  if (expr.arg.kind === 'leibniz') introduceIndices(place, expr.items);
  const arg = infer(place, expr.arg);
  const along = arg && derivativeByEntry(place, expr, arg);
  if (along) return along === 'refused' ? undefined : along;
  const items = expr.items.map((i) => readItem(place, i));
  if (!arg || expr.items.length === 0) return undefined;
  if (items.includes('fromZero')) return countedFromZero(place, expr, arg);
  const [first, second, third] = items.filter((i) => i !== 'fromZero');
  if (!first || items.some((i) => i === undefined)) return undefined;
  if (third) {
    scope.report('MC3013', 'an array has rows and columns: two indices at most', expr.range);
    return undefined;
  }
  const all: Item = { size: (whole) => whole, settle: () => ({ kind: 'all' }), check: () => undefined };
  let [rows, cols] = [first, second ?? all];
  if (!second) {
    const s = solver.resolveShape(arg.shape);
    if (!isScalar(s) && s.rows.key === '1') [rows, cols] = [all, first];
    else if (!solver.unify(arg.shape.cols, D1)) {
      scope.report('MC3013', `\`${excerpt(scope.text, arg.expr.range)}\` is ${known(scope, s)}: an entry of a matrix has two indices`, expr.range, { related: origins(place, arg.expr) });
      return undefined;
    }
  }
  rows.check(arg.shape.rows, expr.arg);
  cols.check(arg.shape.cols, expr.arg);
  const result = shape(rows.size(arg.shape.rows), cols.size(arg.shape.cols));
  return typed(place, expr, result, (s) => ({ kind: 'slice', arg: arg.settle(), rows: rows.settle(), cols: cols.settle(), shape: s, range: expr.range }));
}

export function inferFiniteSum(place: Place, expr: FiniteSumExpr): Typed | undefined {
  const { scope } = place;
  const from = readSize(place, expr.from, { introduce: true });
  const to = readSize(place, expr.to, { introduce: true });
  const index = expr.index.name;
  const body = infer({ ...place, indices: new Map(place.indices).set(index, to ?? D1) }, expr.body);
  if (!body || !from || !to) return undefined;
  const count = constantDim(subDim(to, from));
  if (count !== undefined && count < 0) {
    scope.report('MC3013', `the range ${from.key}:${to.key} is empty`, expr.to.range);
    return undefined;
  }
  return typed(place, expr, body.shape, (s) => ({ kind: 'finiteSum', index, from, to, body: body.settle(), shape: s, range: expr.range }));
}
