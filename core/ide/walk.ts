/** Walks over the syntax tree: the parts of an expression and of a statement, and the way down to an offset. */
import type { Expr, Range, Statement, TypeExpr } from '../syntax/tree';

/** The expressions directly inside an expression, in the order of the text. */
export function partsOf(expr: Expr): readonly Expr[] {
  switch (expr.kind) {
    case 'number': case 'name': case 'missing':
      return [];
    case 'binary':
      return [expr.left, expr.right];
    case 'unary': case 'transpose': case 'inverseTranspose': case 'paren':
      return [expr.arg];
    case 'power':
      return [expr.base, expr.exponent];
    case 'call': case 'nabla':
      return [expr.callee, ...expr.args];
    case 'index':
      return [expr.arg, ...expr.items.flatMap((item) => (item.kind === 'at' ? [item.expr] : item.kind === 'range' ? [item.from, item.to] : []))];
    case 'blocks':
      return expr.rows.flat();
    case 'finiteSum':
      return [expr.body, expr.index, expr.from, expr.to];
    case 'leibniz':
      return [expr.of, ...expr.wrt];
  }
}

/** The expressions that give a type its sizes. */
export function sizesOf(type: TypeExpr): readonly Expr[] {
  switch (type.kind) {
    case 'scalar':
      return [];
    case 'vector':
      return type.size ? [type.size] : [];
    case 'matrix':
      return [type.rows, type.cols].filter((e) => e !== undefined);
    case 'function':
      return [...type.from, type.to].flatMap(sizesOf);
  }
}

/** The expressions of a statement that are not sizes or dimensions. */
export function expressionsOf(statement: Statement): readonly Expr[] {
  switch (statement.kind) {
    case 'definition':
      return [statement.body];
    case 'request':
      return [statement.expr];
    case 'check':
      return [statement.left, statement.right];
    case 'assume':
      return statement.right ? [statement.left, statement.right] : [statement.left];
    case 'declaration': case 'dim': case 'set': case 'broken':
      return [];
  }
}

/** Every expression inside one, itself first. Iterative, so that no nesting overflows the stack. */
export function* everyExpr(root: Expr): Generator<Expr, void, void> {
  const waiting: Expr[] = [root];
  for (let expr = waiting.pop(); expr; expr = waiting.pop()) {
    yield expr;
    waiting.push(...[...partsOf(expr)].reverse());
  }
}

export const contains = (range: Range, offset: number): boolean => range.start <= offset && offset <= range.end;
export const within = (inner: Range, outer: Range): boolean => outer.start <= inner.start && inner.end <= outer.end;
export const overlaps = (a: Range, b: Range): boolean => a.start <= b.end && b.start <= a.end;

/** The expressions around an offset, outermost first. An offset between two of them belongs to the one that starts there. */
export function pathTo(roots: readonly Expr[], offset: number): readonly Expr[] {
  const path: Expr[] = [];
  let among = roots;
  for (;;) {
    const inside = among.filter((e) => contains(e.range, offset));
    const next = inside.find((e) => offset < e.range.end) ?? inside[inside.length - 1];
    if (!next) return path;
    path.push(next);
    among = partsOf(next);
  }
}
