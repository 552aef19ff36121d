/** Other forms of a derivative that people know, each with its label. */
import { isScalar, sameDim } from '../algebra/dim';
import type { Graph } from '../algebra/graph';
import type { Node } from '../algebra/node';
import { equalQ, HALF, rational } from '../algebra/rational';
import { instantiate } from './instantiate';
import { project, spaceOf } from './projection';

export interface AlternativeNode {
  readonly label: string;
  readonly form: 'directional' | 'gradient';
  readonly node: Node;
  /** A part that is known by an operator, to be written as it where the file has no name for it. */
  readonly part?: { readonly node: Node; readonly op: string; readonly arg: Node };
}

export interface AlternativeRequest {
  readonly of: Node;
  readonly symbol: Node;
  readonly direction: Node;
  readonly gradient?: Node;
}

/** X where the node is X*(X'X)^(-1/2). */
function polarOf(g: Graph, a: Node): Node | undefined {
  if (a.kind !== 'product' || a.factors.length !== 2 || a.scalars.length > 0 || !equalQ(a.coefficient, rational(1))) return undefined;
  const [X, P] = a.factors as readonly [Node, Node];
  if (P.kind !== 'power' || !equalQ(P.exponent, rational(-1, 2))) return undefined;
  return P.base === g.mul(g.transpose(X), X) ? X : undefined;
}

export function alternativesOf(g: Graph, { of, symbol, direction, gradient }: AlternativeRequest): AlternativeNode[] {
  const found: AlternativeNode[] = [];
  const X = polarOf(g, of);
  if (X === symbol && spaceOf(symbol) === undefined) {
    const H = g.power(g.mul(g.transpose(X), X), HALF);
    const names = new Map([['U', of], ['H', H], ['V', direction]]);
    const square = sameDim(X.shape.rows, X.shape.cols);
    const text = square ? "U*sylvester(H, H, U'*V - V'*U)" : "U*sylvester(H, H, U'*V - V'*U) + (V - U*(U'*V))*inv(H)";
    const label = square ? 'stable polar form: the factor times a skew-symmetric matrix' : 'stable polar form: one part within the span of the columns, one orthogonal to it';
    found.push({ label, form: 'directional', node: instantiate(g, text, names), part: { node: of, op: 'polar', arg: X } });
  }
  if (gradient && isScalar(of.shape) && spaceOf(symbol) === 'symmetric') {
    const G = project(g, symbol, gradient);
    const twice = g.sub(g.scale(rational(2), G), g.apply('diag', [g.apply('diag', [G])]));
    found.push({ label: "statistics convention (entries above the diagonal only: G + G' - I .* G); not the gradient in the space of symmetric matrices", form: 'gradient', node: twice });
  }
  return found;
}
