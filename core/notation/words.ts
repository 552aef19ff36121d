/** The names that a tree holds. */
import type { Expr } from '../syntax/tree';

const known = new WeakMap<Expr, ReadonlySet<string>>();
const NONE: ReadonlySet<string> = new Set();

/** Each tree is looked at once; parts that trees share are shared here too. */
export function wordsOf(e: Expr): ReadonlySet<string> {
  const old = known.get(e);
  if (old) return old;
  const found = e.kind === 'name' ? new Set([e.name]) : union(partsOf(e).map(wordsOf));
  known.set(e, found);
  return found;
}

function union(sets: readonly ReadonlySet<string>[]): ReadonlySet<string> {
  let out = NONE;
  for (const s of sets) {
    if (s === out || s.size === 0) continue;
    if (out.size === 0) { out = s; continue; }
    let isNew = false;
    for (const x of s) if (!out.has(x)) { isNew = true; break; }
    if (isNew) out = new Set([...out, ...s]);
  }
  return out;
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
