/** Restriction to a variable's structure: the orthogonal projection (Frobenius) on its linear space, or on the tangent space at the point. */
import { expand, expandedCount } from '../algebra/expand';
import type { Graph } from '../algebra/graph';
import type { Node } from '../algebra/node';
import { HALF } from '../algebra/rational';
import { weightOf } from '../algebra/weight';

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
      const QtG = cancelled(g, g.mul(g.transpose(symbol), G));
      return g.mul(symbol, g.scale(HALF, g.sub(QtG, g.transpose(QtG))));
    }
  }
}

/** Few terms are multiplied out whatever comes of it; more, where Q'Q = I in them makes up for it; and no more than these, which nobody reads. */
const FEW_TERMS = 12;
const MOST_TERMS = 200;
function cancelled(g: Graph, a: Node): Node {
  const made = expand(g, a, MOST_TERMS) ?? a;
  return expandedCount(a, FEW_TERMS) <= FEW_TERMS || weightOf(made) <= weightOf(a) ? made : a;
}
