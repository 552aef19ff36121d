/** Restriction to a variable's structure: the orthogonal projection (Frobenius) on its linear space, or on the tangent space at the point. */
import type { Graph } from '../algebra/graph';
import type { Node } from '../algebra/node';
import { HALF } from '../algebra/rational';

type Space = 'symmetric' | 'skew' | 'diagonal' | 'lower' | 'upper' | 'tridiagonal' | 'orthogonal';

/** The space that a variable moves in; undefined for all matrices of its shape. */
export function spaceOf(symbol: Node): Space | undefined {
  if (symbol.kind !== 'symbol' || symbol.shape.cols.key === '1') return undefined;
  const has = (...words: readonly string[]): boolean => words.some((w) => (symbol.words as ReadonlySet<string>).has(w));
  if (has('orthogonal')) return 'orthogonal';
  if (has('diagonal') || (has('lower') && has('upper'))) return 'diagonal';
  if (has('tridiagonal')) return 'tridiagonal';
  if (has('symmetric', 'posdef', 'possemidef')) return 'symmetric';
  if (has('skew')) return 'skew';
  return has('lower') ? 'lower' : has('upper') ? 'upper' : undefined;
}

/** The projection of G on the space of `symbol` (Edelman, Arias & Smith 1998, section 2.2.1, for orthogonal matrices). */
export function project(g: Graph, symbol: Node, G: Node): Node {
  const each = (f: (t: Node) => Node): Node => (G.kind === 'sum' ? g.add(...G.terms.map(f)) : f(G));
  switch (spaceOf(symbol)) {
    case undefined: return G;
    case 'symmetric': return g.isSymmetric(G) ? G : each((t) => (g.isSymmetric(t) ? t : g.scale(HALF, g.add(t, g.transpose(t)))));
    case 'skew': return g.isSkew(G) ? G : g.scale(HALF, g.sub(G, g.transpose(G)));
    case 'diagonal': return g.apply('diag', [g.apply('diag', [G])]);
    case 'lower': return each((t) => g.apply('tril', [t]));
    case 'upper': return each((t) => g.apply('triu', [t]));
    case 'tridiagonal': return g.apply('band', [G]);
    case 'orthogonal': {
      const QtG = expandProducts(g, g.mul(g.transpose(symbol), G));
      return g.mul(symbol, g.scale(HALF, g.sub(QtG, g.transpose(QtG))));
    }
  }
}

/** Products over sums, once, so that Q'Q = I inside them shows. */
export function expandProducts(g: Graph, a: Node): Node {
  if (a.kind === 'sum') return g.add(...a.terms.map((t) => expandProducts(g, t)));
  if (a.kind !== 'product') return a;
  const at = a.factors.findIndex((f) => f.kind === 'sum' || (f.kind === 'transpose' && f.arg.kind === 'sum'));
  const f = a.factors[at];
  if (!f) return a;
  const terms = f.kind === 'sum' ? f.terms : f.kind === 'transpose' && f.arg.kind === 'sum' ? f.arg.terms.map((t) => g.transpose(t)) : [];
  return g.add(...terms.map((t) => expandProducts(g, g.product(a.coefficient, a.scalars, [...a.factors.slice(0, at), t, ...a.factors.slice(at + 1)]))));
}
