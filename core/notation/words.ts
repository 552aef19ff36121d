/** The names that a tree holds. */
import type { Expr } from '../syntax/tree';

const known = new WeakMap<Expr, ReadonlySet<string>>();

/** Each part is looked at once, however often it stands in the tree. */
export function wordsOf(root: Expr): ReadonlySet<string> {
  const old = known.get(root);
  if (old) return old;
  const found = new Set<string>();
  const seen = new Set<Expr>([root]);
  const stack = [root];
  for (let e = stack.pop(); e; e = stack.pop()) {
    if (e.kind === 'name') found.add(e.name);
    for (const c of partsOf(e)) if (!seen.has(c)) { seen.add(c); stack.push(c); }
  }
  known.set(root, found);
  return found;
}

/** Whether a part of the tree is so; each part is looked at once. */
export function somePart(root: Expr, isSo: (e: Expr) => boolean): boolean {
  const seen = new Set<Expr>([root]);
  const stack = [root];
  for (let e = stack.pop(); e; e = stack.pop()) {
    if (isSo(e)) return true;
    for (const c of partsOf(e)) if (!seen.has(c)) { seen.add(c); stack.push(c); }
  }
  return false;
}

/** The expressions directly below. */
export function partsOf(e: Expr): readonly Expr[] {
  switch (e.kind) {
    case 'number': case 'name': case 'missing': return [];
    case 'binary': return [e.left, e.right];
    case 'unary': case 'transpose': case 'inverseTranspose': case 'paren': return [e.arg];
    case 'power': return [e.base, e.exponent];
    case 'call': case 'nabla': return e.args;
    case 'index': return [e.arg, ...e.items.flatMap((i) => (i.kind === 'at' ? [i.expr] : i.kind === 'range' ? [i.from, i.to] : []))];
    case 'blocks': return e.rows.flat();
    case 'finiteSum': return [e.body, e.from, e.to];
    case 'leibniz': return [e.of];
  }
}
