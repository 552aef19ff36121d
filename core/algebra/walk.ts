/** Walking syntax trees without recursion: subexpressions, the names that occur, the text of a place. */
import type { Expr, NameExpr, Range } from '../syntax/tree';

/** Direct subexpressions, in order; a call's or a nabla's callee is a name of its own and not among them. */
export function subexpressions(expr: Expr): readonly Expr[] {
  switch (expr.kind) {
    case 'number':
    case 'name':
    case 'missing':
      return [];
    case 'binary':
      return [expr.left, expr.right];
    case 'unary':
    case 'transpose':
    case 'inverseTranspose':
    case 'paren':
      return [expr.arg];
    case 'power':
      return [expr.base, expr.exponent];
    case 'call':
    case 'nabla':
      return expr.args;
    case 'index':
      return [expr.arg, ...expr.items.flatMap((i) => (i.kind === 'all' ? [] : i.kind === 'at' ? [i.expr] : [i.from, i.to]))];
    case 'blocks':
      return expr.rows.flat();
    case 'finiteSum':
      return [expr.body, expr.from, expr.to];
    case 'leibniz':
      return [expr.of, ...expr.wrt];
  }
}

/** Every name that occurs, callees too, in the order of the text except that a callee comes before its arguments. */
export function namesIn(expr: Expr): readonly NameExpr[] {
  const out: NameExpr[] = [];
  const todo: Expr[] = [expr];
  for (let e = todo.pop(); e; e = todo.pop()) {
    if (e.kind === 'name') out.push(e);
    else if (e.kind === 'call' || e.kind === 'nabla') out.push(e.callee);
    const parts = subexpressions(e);
    for (let i = parts.length - 1; i >= 0; i--) todo.push(parts[i] ?? e);
  }
  return out;
}

/** The expression without parentheses around it. */
export function bare(expr: Expr): Expr {
  let e = expr;
  while (e.kind === 'paren') e = e.arg;
  return e;
}

export const textAt = (text: string, range: Range): string => text.slice(range.start, range.end);

/** The text of a place on one line, cut to what a message can hold. */
export function excerpt(text: string, range: Range, most = 40): string {
  const flat = textAt(text, range).replace(/\s+/g, ' ');
  return flat.length <= most ? flat : `${flat.slice(0, most - 1)}…`;
}
