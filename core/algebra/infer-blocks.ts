/** Block matrices: heights agree along a row, widths from row to row. A block `0` takes the size that fits. */
import type { Fix } from '../syntax/diagnostic';
import type { BlocksExpr, Expr } from '../syntax/tree';
import { addDim, D1, isKnownShape, shape, type Dim, type Shape } from './dim';
import { known, origins } from './infer-conflict';
import type { Place, Scope, Typed } from './scope';
import { standingAt } from './settled';
import type { Term } from './term';
import { bare, excerpt } from './walk';
import { infer, typed } from './typed';

const isZero = (e: Expr): boolean => {
  const b = bare(e);
  return b.kind === 'number' && /^0*\.?0*$/.test(b.text);
};

function zeroBlock(place: Place, expr: Expr): Typed {
  const { solver } = place.scope;
  const s = solver.unknownShape();
  place.scope.defaults.push(() => {
    solver.unify(s.rows, D1);
    solver.unify(s.cols, D1);
  });
  return typed(place, expr, s, (at): Term => (at.rows.key === '1' && at.cols.key === '1'
    ? { kind: 'number', value: { n: 0n, d: 1n }, shape: at, range: expr.range }
    : { kind: 'apply', op: 'zeros', args: [], dims: [at.rows, at.cols], shape: at, range: expr.range }));
}

/** The factors of each row, where all are written beside each other: `[A B; C D]`, which is read as products and is blocks elsewhere. */
function writtenBeside(text: string, expr: BlocksExpr): readonly (readonly Expr[])[] | undefined {
  const rows: Expr[][] = [];
  for (const row of expr.rows) {
    let [e] = row;
    if (!e || row.length > 1) return undefined;
    const factors: Expr[] = [];
    for (; e.kind === 'binary' && e.implicit && /^[ \t]+$/.test(text.slice(e.left.range.end, e.right.range.start)); e = e.left) factors.push(e.right);
    if (factors.length === 0) return undefined;
    rows.push([...factors, e].reverse());
  }
  return rows;
}

const commas = (rows: readonly (readonly Expr[])[]): Fix => ({
  title: 'Write commas between the blocks', safe: false,
  edits: rows.flatMap((row) => row.slice(1).map((e, i) => ({ range: { start: row[i]?.range.end ?? e.range.start, end: e.range.start }, text: ', ' }))),
});

/** A hint where what is written beside each other would fit as blocks too. */
function hintBlocks(scope: Scope, expr: BlocksExpr, rows: readonly (readonly Expr[])[]): void {
  const shapes = rows.map((row) => row.map((e) => { const at = bare(e); return scope.shapes.findLast((s) => s.expr === at)?.shape; }));
  const widths: string[] = [];
  for (const row of shapes) {
    const known = row.filter((s) => s !== undefined).map((s) => scope.solver.resolveShape(s));
    if (known.length !== row.length || known.some((s) => !isKnownShape(s) || s.rows.key !== known[0]?.rows.key)) return;
    widths.push(known.map((s) => s.cols).reduce(addDim).key);
  }
  if (widths.some((w) => w !== widths[0])) return;
  const [a, b] = rows[0] ?? [];
  const shown = a && b ? `\`${excerpt(scope.text, { start: a.range.start, end: b.range.end })}\` is a product` : 'these are products';
  scope.report('MC3021', `${shown}; blocks are separated by commas`, expr.range, { fixes: [commas(rows)] });
}

export function inferBlocks(outer: Place, expr: BlocksExpr): Typed | undefined {
  const { scope } = outer;
  const beside = writtenBeside(scope.text, expr);
  const place: Place = beside ? { ...outer, asBlocks: commas(beside) } : outer;
  const { solver } = scope;
  const several = expr.rows.flat().length > 1;
  const rows = expr.rows.map((r) => r.map((e) => (several && isZero(e) ? zeroBlock(place, e) : infer(place, e))));
  const blocks: Typed[][] = rows.map((r) => r.filter((b) => b !== undefined));
  if (rows.length === 0 || rows.some((r, i) => r.length === 0 || blocks[i]?.length !== r.length)) return undefined;
  if (beside) scope.checks.push(() => { hintBlocks(scope, expr, beside); });
  const fail = (at: Typed, what: string): undefined => {
    scope.report('MC3014', what, at.expr.range, { related: origins(place, expr) });
    return undefined;
  };
  for (const row of blocks) {
    const [first] = row;
    for (const block of row) {
      if (first && !solver.unify(first.shape.rows, block.shape.rows)) return fail(block, `this block is ${known(scope, block.shape)}, the first of its row ${known(scope, first.shape)}: blocks in a row are equally high`);
    }
  }
  const [top] = blocks;
  if (!top) return undefined;
  const width = (row: readonly Typed[]): Dim => row.map((b) => b.shape.cols).reduce(addDim);
  for (const row of blocks.slice(1)) {
    const open = [...row, ...top].some((b) => !solver.isKnown(b.shape.cols));
    if (open && row.length === top.length) row.forEach((b, i) => top[i] && solver.unify(b.shape.cols, top[i].shape.cols));
    const [first] = row;
    if (first && !solver.unify(width(row), width(top))) {
      // Rows of different length were told as they were read.
      if (row.length !== top.length) return undefined;
      const text = (d: Dim): string => solver.resolve(d).key;
      return fail(first, `this row of blocks has ${text(width(row))} columns, the first one ${text(width(top))}`);
    }
  }
  const whole: Shape = shape(blocks.map((r) => r[0]?.shape.rows ?? D1).reduce(addDim), width(top));
  if (blocks.length === 1 && top.length === 1) return top[0] && standingAt(top[0], expr);
  return typed(place, expr, whole, (s) => ({ kind: 'blocks', rows: blocks.map((r) => r.map((b) => b.settle())), shape: s, range: expr.range }));
}
