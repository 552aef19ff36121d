/** Edits that would make operands fit: transposing one factor, swapping two, the product by entries. Each is checked on the shapes first. */
import type { Edit, Fix } from '../syntax/diagnostic';
import type { BinaryExpr, Expr } from '../syntax/tree';
import { isScalar, sameDim, sameShape, shape, transposed, type Shape } from './dim';
import type { Place, Typed } from './scope';
import { excerpt } from './walk';

/** Adds a transpose, or takes away the one that is there. */
export function transposeEdit(expr: Expr): Edit[] {
  if (expr.kind === 'transpose') return [{ range: { start: expr.arg.range.end, end: expr.range.end }, text: '' }];
  const { start, end } = expr.range;
  const tight = expr.kind === 'name' || expr.kind === 'paren' || expr.kind === 'call' || expr.kind === 'index' || expr.kind === 'blocks' || expr.kind === 'power';
  return tight ? [{ range: { start: end, end }, text: "'" }] : [{ range: { start, end: start }, text: '(' }, { range: { start: end, end }, text: ")'" }];
}

interface Factor { readonly expr: Expr; readonly shape: Shape }

/** The factors of a product that leans to the left, with their shapes where they are known. */
function factors(place: Place, expr: Expr, whole: Shape): readonly Factor[] {
  const { scope } = place;
  const out: Factor[] = [];
  let at = expr;
  while (at.kind === 'binary' && at.op === '*') {
    const right = at.right;
    const typed = scope.shapes.findLast((s) => s.expr === right);
    if (!typed) return [{ expr, shape: whole }];
    out.unshift({ expr: right, shape: scope.solver.resolveShape(typed.shape) });
    at = at.left;
  }
  const first = scope.shapes.findLast((s) => s.expr === at);
  return at === expr || !first ? [{ expr, shape: whole }] : [{ expr: at, shape: scope.solver.resolveShape(first.shape) }, ...out];
}

/** The shape of a product, or undefined where two neighbours do not fit. */
function product(shapes: readonly Shape[]): Shape | undefined {
  let result: Shape | undefined;
  for (const s of shapes) {
    if (!result || isScalar(result)) result = s;
    else if (!isScalar(s)) {
      if (!sameDim(result.cols, s.rows)) return undefined;
      result = shape(result.rows, s.cols);
    }
  }
  return result;
}

const textOf = (place: Place, e: Expr): string => place.scope.text.slice(e.range.start, e.range.end);

/** Edits for an infix operator; only those after which the shapes fit, also those of the factors that follow. */
export function operandFixes(place: Place, expr: BinaryExpr, left: Typed, right: Typed, rest: readonly Typed[]): readonly Fix[] {
  const { solver } = place.scope;
  const a = solver.resolveShape(left.shape);
  const b = solver.resolveShape(right.shape);
  const name = (e: Expr): string => excerpt(place.scope.text, e.range, 24);
  const fixes: Fix[] = [];
  const twice = textOf(place, expr.left) === textOf(place, expr.right);
  const transposeFix = (e: Expr): Fix => {
    const which = twice ? (e === expr.left ? 'the left ' : 'the right ') : '';
    return { title: e.kind === 'transpose' ? `Remove the transpose of ${which}${name(e.arg)}` : `Transpose ${which}${name(e)}`, edits: transposeEdit(e), safe: false };
  };
  if (expr.op === '*') {
    const chain = [...factors(place, expr.left, a), { expr: expr.right, shape: b }];
    const shapes = chain.map((f) => f.shape);
    const after = rest.map((t) => solver.resolveShape(t.shape));
    chain.forEach((f, i) => {
      if (!isScalar(f.shape) && product([...shapes.map((s, j) => (i === j ? transposed(s) : s)), ...after])) fixes.push(transposeFix(f.expr));
    });
    const heights = [...shapes, ...after].map((s) => s.rows.key);
    if (place.asBlocks && expr.implicit && heights.every((h) => h === heights[0])) fixes.unshift(place.asBlocks);
    const swapped = [...chain];
    const last = swapped.length - 1;
    const [x, y] = [swapped[last - 1], swapped[last]];
    if (x && y) {
      swapped.splice(last - 1, 2, y, x);
      if (product([...swapped.map((f) => f.shape), ...after])) {
        fixes.push({ title: `Swap ${name(x.expr)} and ${name(y.expr)}`, edits: [{ range: x.expr.range, text: textOf(place, y.expr) }, { range: y.expr.range, text: textOf(place, x.expr) }], safe: false });
      }
    }
    if (sameShape(a, b) && product([a, ...after])) fixes.push({ title: 'Write .* for the product by entries', edits: [{ range: expr.opRange, text: expr.implicit ? ' .* ' : '.*' }], safe: false });
    return fixes;
  }
  if (expr.op === '/' || expr.op === '\\') {
    if (expr.op === '/' && isScalar(a) && sameDim(b.rows, b.cols)) {
      fixes.push({ title: `Write ${name(expr.left)}*inv(${name(expr.right)})`, edits: [{ range: expr.opRange, text: '*inv(' }, { range: { start: expr.right.range.end, end: expr.right.range.end }, text: ')' }], safe: false });
    }
    if (expr.op === '/' && (sameShape(a, b) || isScalar(a))) fixes.push({ title: 'Write ./ for the quotient by entries', edits: [{ range: expr.opRange, text: './' }], safe: false });
    const isSquare = expr.op === '/' ? sameDim(b.rows, b.cols) : sameDim(a.rows, a.cols);
    if (expr.op === '\\' && isSquare && sameDim(a.cols, b.cols)) fixes.push(transposeFix(expr.right));
    if (expr.op === '/' && isSquare && sameDim(a.rows, b.rows)) fixes.push(transposeFix(expr.left));
    if (expr.op === '\\' && !isSquare && sameDim(a.rows, b.rows)) fixes.push({ title: `Write pinv(${name(expr.left)})*${name(expr.right)}, the least squares`, edits: [{ range: { start: expr.left.range.start, end: expr.left.range.start }, text: 'pinv(' }, { range: { start: expr.left.range.end, end: expr.opRange.end }, text: ')*' }, ...(expr.opRange.end < expr.right.range.start ? [{ range: { start: expr.opRange.end, end: expr.right.range.start }, text: '' }] : [])], safe: false });
    return fixes;
  }
  if (expr.op !== '⊗' && expr.op !== '⊕') {
    if (sameShape(a, transposed(b))) fixes.push(transposeFix(expr.right), transposeFix(expr.left));
  }
  return fixes;
}
