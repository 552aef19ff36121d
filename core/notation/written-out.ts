/** A tree with names replaced by what they stand for. Shared parts stay shared. */
import type { Expr, IndexItem } from '../syntax/tree';

/** @param by what some names stand for, with none of these names inside */
export function writtenOut(tree: Expr, by: ReadonlyMap<string, Expr>): Expr {
  if (by.size === 0) return tree;
  const known = new Map<Expr, Expr>();
  const go = (e: Expr): Expr => {
    const old = known.get(e);
    if (old) return old;
    const made = replaced(e);
    known.set(e, made);
    return made;
  };
  const item = (i: IndexItem): IndexItem => (i.kind === 'at' ? { ...i, expr: go(i.expr) } : i.kind === 'range' ? { ...i, from: go(i.from), to: go(i.to) } : i);
  const replaced = (e: Expr): Expr => {
    switch (e.kind) {
      case 'number': case 'missing': return e;
      case 'name': return by.get(e.name) ?? e;
      case 'paren': case 'unary': case 'transpose': case 'inverseTranspose': return { ...e, arg: go(e.arg) };
      case 'binary': return { ...e, left: go(e.left), right: go(e.right) };
      case 'power': return { ...e, base: go(e.base), exponent: go(e.exponent) };
      case 'call': case 'nabla': return { ...e, args: e.args.map(go) };
      case 'index': return { ...e, arg: go(e.arg), items: e.items.map(item) };
      case 'blocks': return { ...e, rows: e.rows.map((r) => r.map(go)) };
      case 'finiteSum': return { ...e, body: go(e.body), from: go(e.from), to: go(e.to) };
      case 'leibniz': return { ...e, of: go(e.of) };
    }
  };
  return go(tree);
}
