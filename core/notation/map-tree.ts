/** A tree made again with some of its expressions replaced, from the leaves up. */
import type { Expr, IndexItem } from '../syntax/tree';

export function mapTree(e: Expr, replace: (e: Expr) => Expr | undefined): Expr {
  const go = (x: Expr): Expr => mapTree(x, replace);
  const made = replace(e);
  if (made) return made;
  switch (e.kind) {
    case 'number': case 'name': case 'missing': return e;
    case 'binary': return { ...e, left: go(e.left), right: go(e.right) };
    case 'unary': case 'transpose': case 'inverseTranspose': case 'paren': return { ...e, arg: go(e.arg) };
    case 'power': return { ...e, base: go(e.base), exponent: go(e.exponent) };
    case 'call': case 'nabla': return { ...e, args: e.args.map(go) };
    case 'index': return { ...e, arg: go(e.arg), items: e.items.map((item): IndexItem => (item.kind === 'at' ? { ...item, expr: go(item.expr) } : item.kind === 'range' ? { ...item, from: go(item.from), to: go(item.to) } : item)) };
    case 'blocks': return { ...e, rows: e.rows.map((r) => r.map(go)) };
    case 'finiteSum': return { ...e, body: go(e.body), from: go(e.from), to: go(e.to) };
    case 'leibniz': return { ...e, of: go(e.of) };
  }
}
