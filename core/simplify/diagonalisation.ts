/** D = diagonalisation(n), whose column k is vec(E_kk): it picks of a Kronecker product what the entrywise product has. */
import type { Graph, Tail } from '../algebra/graph';
import type { Node } from '../algebra/node';

const isD = (a: Node | undefined): a is Node & { kind: 'apply' } => a?.kind === 'apply' && a.op === 'diagonalisation';

/** D'*(A ⊗ B)*D = A .* B: entry (k, l) is vec(E_kk)'*(A ⊗ B)*vec(E_ll) = A[k, l]*B[k, l]. Term by term of a sum too. */
export function diagonalisedTail(g: Graph, factors: readonly Node[], next: Node): Tail | undefined {
  const middle = factors.at(-1);
  const first = factors.at(-2);
  if (!isD(next) || !middle || first?.kind !== 'transpose' || !isD(first.arg)) return undefined;
  const node = entrywise(g, middle);
  return node && { used: 2, node };
}

function entrywise(g: Graph, a: Node): Node | undefined {
  if (a.kind === 'sum') {
    const terms = a.terms.map((t) => entrywise(g, t));
    return terms.every((t) => t !== undefined) ? g.add(...terms) : undefined;
  }
  if (a.kind === 'product' && a.factors.length === 1) {
    const made = entrywise(g, a.factors[0] as Node);
    return made && g.product(a.coefficient, a.scalars, [made]);
  }
  if (a.kind !== 'apply' || a.op !== 'kron') return undefined;
  const [A, B] = a.args as readonly [Node, Node];
  return A.shape.rows.key === B.shape.rows.key && A.shape.cols.key === B.shape.cols.key ? g.hadamard(A, B) : undefined;
}

/** D'*D = I and K*D = D: vec(E_kk) is of length 1, and the vec of a symmetric matrix. */
export function diagonalisedPair(g: Graph, a: Node, b: Node): Node | undefined {
  if (a.kind === 'transpose' && isD(a.arg) && isD(b)) return g.identity(b.shape.cols);
  if (isD(b) && a.kind === 'apply' && a.op === 'commutation') return b;
  if (a.kind === 'transpose' && isD(a.arg) && b.kind === 'apply' && b.op === 'commutation') return a;
  return undefined;
}
