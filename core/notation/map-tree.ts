/** A tree made again with some of its expressions replaced, from the leaves up. Shared parts stay shared, and what holds nothing to replace stays as it is. */
import type { Expr, IndexItem } from '../syntax/tree';
import { UNMEASURED } from './cost';

/** @param replace what stands for an expression; it is not looked into again */
export function mapTree(root: Expr, replace: (e: Expr) => Expr | undefined): Expr {
  const known = new Map<Expr, Expr>();
  const go = (e: Expr): Expr => {
    const old = known.get(e);
    if (old) return old;
    const made = replace(e) ?? within(e);
    known.set(e, made);
    return made;
  };
  const list = (es: readonly Expr[]): readonly Expr[] => { const made = es.map(go); return made.every((x, i) => x === es[i]) ? es : made; };
  const item = (i: IndexItem): IndexItem => {
    if (i.kind === 'all') return i;
    if (i.kind === 'at') { const expr = go(i.expr); return expr === i.expr ? i : { ...i, expr }; }
    const [from, to] = [go(i.from), go(i.to)];
    return from === i.from && to === i.to ? i : { ...i, from, to };
  };
  const within = (e: Expr): Expr => {
    switch (e.kind) {
      case 'number': case 'name': case 'missing': return e;
      case 'binary': { const [left, right] = [go(e.left), go(e.right)]; return left === e.left && right === e.right ? e : { ...e, ...UNMEASURED, left, right }; }
      case 'unary': case 'transpose': case 'inverseTranspose': case 'paren': { const arg = go(e.arg); return arg === e.arg ? e : { ...e, ...UNMEASURED, arg }; }
      case 'power': { const [base, exponent] = [go(e.base), go(e.exponent)]; return base === e.base && exponent === e.exponent ? e : { ...e, ...UNMEASURED, base, exponent }; }
      case 'call': case 'nabla': { const args = list(e.args); return args === e.args ? e : { ...e, ...UNMEASURED, args }; }
      case 'index': {
        const [arg, items] = [go(e.arg), e.items.map(item)];
        return arg === e.arg && items.every((x, i) => x === e.items[i]) ? e : { ...e, ...UNMEASURED, arg, items };
      }
      case 'blocks': { const rows = e.rows.map(list); return rows.every((r, i) => r === e.rows[i]) ? e : { ...e, ...UNMEASURED, rows }; }
      case 'finiteSum': { const [body, from, to] = [go(e.body), go(e.from), go(e.to)]; return body === e.body && from === e.from && to === e.to ? e : { ...e, ...UNMEASURED, body, from, to }; }
      case 'leibniz': { const of = go(e.of); return of === e.of ? e : { ...e, ...UNMEASURED, of }; }
    }
  };
  return go(root);
}
