/** When two trees are the same: ranges, spellings, parentheses and the place of a product's minus aside. */

const PRODUCTS = new Set(['*', '.*', './', '/', '\\', '⊗']);
/** `-(A*B)` as `(-A)*B`. */
function negate(e: unknown): unknown {
  const node = e as { kind: string; op?: string; left?: unknown };
  return node.kind === 'binary' && PRODUCTS.has(node.op ?? '') ? { ...node, left: negate(node.left) } : { kind: 'unary', op: '-', arg: e };
}
/** What of a tree has a meaning, as plain data. */
export function essence(e: unknown): unknown {
  if (Array.isArray(e)) return e.map(essence);
  if (e === null || typeof e !== 'object') return e;
  const node = e as { readonly kind?: string; readonly arg?: unknown; readonly op?: string };
  if (node.kind === 'paren') return essence(node.arg);
  if (node.kind === 'unary' && node.op === '-') return negate(essence(node.arg));
  return Object.fromEntries(Object.entries(node).filter(([key]) => !['range', 'opRange', 'implicit', 'spelling'].includes(key)).map(([key, value]) => [key, essence(value)]));
}
