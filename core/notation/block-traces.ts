/**
 * The adjoint of the Kronecker product is a partial trace: Σ_pq B[p, q]*G[(i, p), (j, q)] is (I ⊗ vec(B')')*(G ⊗ I)*(I ⊗ vec(I)), which says
 * more than the rows of G in another order. Code keeps the order of rows, which needs no array of that size.
 */
import { constantDim, isOne, mulDim, sameDim, type Dim } from '../algebra/dim';
import type { Graph } from '../algebra/graph';
import type { Node } from '../algebra/node';
import { ONE } from '../algebra/rational';

type Apply = Node & { readonly kind: 'apply' };
const applied = (a: Node | undefined, op: string): Apply | undefined => (a?.kind === 'apply' && a.op === op ? a : undefined);

/** The product that a reordering times a vector, `unvec(R*w)`, is; undefined for any other node. */
export function blockTrace(g: Graph, a: Apply): readonly Node[] | undefined {
  const of = a.op === 'unvec' ? a.args[0] : undefined;
  const [first, ...behind] = of?.kind === 'product' ? of.factors : [];
  if (of?.kind !== 'product' || !first || behind.length === 0 || of.scalars.length > 0 || of.coefficient !== ONE) return undefined;
  const turned = first.kind === 'transpose';
  const shuffled = applied(turned ? first.arg : first, 'unvec');
  const found = shuffled && shuffledOf(g, shuffled);
  if (!found) return undefined;
  const { G, sizes: [p, q, r, s] } = found;
  const w = g.product(ONE, [], behind);
  const vec = (x: Node): Node => g.apply('vec', [x]);
  const I = (n: Dim): Node => g.identity(n);
  if (turned) {
    const B = g.apply('unvec', [w], [r, s]);
    return [g.apply('kron', [I(p), g.transpose(vec(g.transpose(B)))]), g.apply('kron', [G, I(s)]), g.apply('kron', [I(q), vec(I(s))])];
  }
  const A = g.apply('unvec', [w], [p, q]);
  return [g.apply('kron', [g.transpose(vec(A)), I(r)]), g.apply('kron', [I(q), G]), g.apply('kron', [vec(I(q)), I(s)])];
}

/** G of (pr)×(qs) where the node is its rearrangement of (rs)×(pq), made by the commutation matrix of p and s. */
function shuffledOf(g: Graph, a: Apply): { readonly G: Node; readonly sizes: readonly [Dim, Dim, Dim, Dim] } | undefined {
  const product = applied(a.args[0], 'vec')?.args[0];
  const [P, inner] = product?.kind === 'product' && product.factors.length === 2 ? product.factors : [];
  const [K, I] = applied(P, 'kron')?.args ?? [];
  const commutation = applied(K, 'commutation');
  const source = applied(inner, 'unvec');
  const [p, s] = commutation?.dims ?? [];
  const q = source?.shape.cols;
  if (!p || !s || !q || I?.kind !== 'identity' || !source?.args[0]) return undefined;
  const r = I.shape.rows;
  if (constantDim(r) === 1 || isOne(q) || !sameDim(a.shape.rows, mulDim(r, s)) || !sameDim(a.shape.cols, mulDim(p, q))) return undefined;
  return { G: g.apply('unvec', [source.args[0]], [mulDim(p, r), mulDim(q, s)]), sizes: [p, q, r, s] };
}
