/** Every expression of a tree, without recursion, so that no nesting overflows the stack. Imports only the tree. */
import type { Expr, Statement, TypeExpr } from './tree';

/** The expressions directly inside one, in the order of the text. */
export function partsOf(e: Expr): readonly Expr[] {
  switch (e.kind) {
    case 'number': case 'name': case 'missing': return [];
    case 'binary': return [e.left, e.right];
    case 'unary': case 'transpose': case 'inverseTranspose': case 'paren': return [e.arg];
    case 'power': return [e.base, e.exponent];
    case 'call': case 'nabla': return [e.callee, ...e.args];
    case 'index': return [e.arg, ...e.items.flatMap((i) => (i.kind === 'at' ? [i.expr] : i.kind === 'range' ? [i.from, i.to] : []))];
    case 'blocks': return e.rows.flat();
    case 'finiteSum': return [e.body, e.index, e.from, e.to];
    case 'leibniz': return [e.of, ...e.wrt];
  }
}

/** The types inside a type, itself first. */
export const typesOf = (type: TypeExpr): readonly TypeExpr[] => (type.kind === 'function' ? [type, ...type.from, type.to] : [type]);
const sizesOf = (type: TypeExpr): readonly Expr[] =>
  typesOf(type).flatMap((t) => (t.kind === 'vector' ? [t.size] : t.kind === 'matrix' ? [t.rows, t.cols] : [])).filter((e) => e !== undefined);

/** The expressions of a statement, sizes and dimensions included. */
export function rootsOf(s: Statement): readonly Expr[] {
  switch (s.kind) {
    case 'declaration': return s.type ? sizesOf(s.type) : [];
    case 'dim': return s.relations.flatMap((r) => [r.left, r.right]);
    case 'definition': return [s.body];
    case 'request': return [s.expr];
    case 'check': return [s.left, s.right];
    case 'assume': return s.right ? [s.left, s.right] : [s.left];
    case 'set': case 'broken': return [];
  }
}

export function* everyExpr(roots: readonly Expr[]): Generator<Expr, void, void> {
  const waiting = [...roots].reverse();
  for (let e = waiting.pop(); e; e = waiting.pop()) {
    yield e;
    const parts = partsOf(e);
    for (let i = parts.length - 1; i >= 0; i--) {
      const part = parts[i];
      if (part) waiting.push(part);
    }
  }
}
