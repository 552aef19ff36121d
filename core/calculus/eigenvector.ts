/**
 * One eigenvector, `eigvecs(A)[:, k]`, within a product: its differential exists where its own eigenvalue is simple, whatever the others do
 * (Magnus 1985, Theorem 1: dv = (λI - A)⁺ dA v). The pseudo-inverse is written as an inverse, which has no rank to be guessed at:
 * (λI - A)⁺ = (λI - A + v*v')^-1 - v*v'.
 */
import type { Graph } from '../algebra/graph';
import type { Node } from '../algebra/node';
import { ONE } from '../algebra/rational';
import type { NamedRule } from './rules';
import { spectralRule, spectralSum } from './spectral-sum';

/** eigvecs(A)*e(k). */
export interface Eigenvector { readonly A: Node; readonly index: Node; readonly column: Node }

export const eigenvectorRule = {
  name: 'differential of an eigenvector', of: 'v', differential: "(inv(lambda*I - A + v*v') - v*v')*dA*v",
  condition: 'the eigenvalue of the eigenvector is simple', source: 'Magnus 1985, Theorem 1',
} as const;

function eigenvector(g: Graph, x: Node | undefined, e: Node | undefined): Eigenvector | undefined {
  return x?.kind === 'apply' && x.op === 'eigvecs' && x.args[0] && e?.kind === 'basis' ? { A: x.args[0], index: e.index, column: g.mul(x, e) } : undefined;
}

/** Factors, with each pair that is an eigenvector (or its transpose) as one, and each sum of shifted powers of a matrix whose change by `symbol` is one. */
export type Unit = { readonly node: Node; readonly whole?: { readonly of: Node; readonly rule: NamedRule; readonly change: (dA: Node) => Node } };
export function unitsOf(g: Graph, factors: readonly Node[], symbol: Node): readonly Unit[] {
  const units: Unit[] = [];
  for (let i = 0; i < factors.length; i++) {
    const [x, y] = [factors[i] as Node, factors[i + 1]];
    const plain = eigenvector(g, x, y);
    const flipped = x.kind === 'transpose' && y?.kind === 'transpose' ? eigenvector(g, y.arg, x.arg) : undefined;
    const found = plain ?? flipped;
    const sum = found ? undefined : spectralSum(g, factors, i, symbol);
    if (sum) {
      units.push({ node: g.mul(...factors.slice(i, i + 3)), whole: { of: sum.S, rule: spectralRule, change: sum.change } });
      i += 2;
    } else if (found) {
      units.push({ node: plain ? found.column : g.transpose(found.column), whole: {
        of: found.A, rule: eigenvectorRule, change: (dA) => { const dv = eigenvectorChange(g, found, dA); return plain ? dv : g.transpose(dv); },
      } });
      i++;
    } else units.push({ node: x });
  }
  return units;
}

/** dv for v = eigvecs(A)[:, k]. */
export function eigenvectorChange(g: Graph, { A, index, column: v }: Eigenvector, dA: Node): Node {
  const n = A.shape.rows;
  const last = index === g.dimension(n);
  const first = index === g.number(1);
  const lambda = last || first ? g.apply(last ? 'eigmax' : 'eigmin', [A]) : g.mul(g.transpose(g.basis(index, n)), g.apply('eigvals', [A]));
  const outer = g.mul(v, g.transpose(v));
  const inverse = g.inverse(g.add(g.product(ONE, [{ base: lambda, exponent: ONE }], [g.identity(n)]), g.neg(A), outer));
  return g.mul(g.sub(inverse, outer), dA, v);
}

/** What the differential of a node is written in terms of: its parts, and of an eigenvector the matrix that it is one of. */
export function differentiated(g: Graph, a: Node, children: readonly Node[], symbol: Node): readonly Node[] {
  if (a.kind !== 'product' && a.kind !== 'chain') return children;
  const scalars = a.kind === 'product' ? a.scalars.map((p) => p.base) : [];
  return [...scalars, ...unitsOf(g, a.factors, symbol).map((u) => u.whole?.of ?? u.node)];
}
