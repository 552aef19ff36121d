/** D = diagonalisation(n), whose column k is vec(E_kk): it picks of a Kronecker product what the entrywise product has. */
import { isOne, sameShape } from '../algebra/dim';
import type { Graph, Tail } from '../algebra/graph';
import type { Node } from '../algebra/node';

const isD = (a: Node | undefined): a is Node & { kind: 'apply' } => a?.kind === 'apply' && a.op === 'diagonalisation';

/** What the end of a product becomes. */
export const diagonalisedTail = (g: Graph, factors: readonly Node[], next: Node): Tail | undefined => between(g, factors, next) ?? weighted(g, factors, next);

/** D'*(A ⊗ B)*D = A .* B: entry (k, l) is vec(E_kk)'*(A ⊗ B)*vec(E_ll) = A[k, l]*B[k, l]. Term by term of a sum too. */
function between(g: Graph, factors: readonly Node[], next: Node): Tail | undefined {
  const middle = factors.at(-1);
  const first = factors.at(-2);
  if (!isD(next) || !middle || first?.kind !== 'transpose' || !isD(first.arg)) return undefined;
  const node = entrywise(g, middle);
  return node && { used: 2, node };
}

/** diag(vec(N))*(I ⊗ M)*D = (I ⊗ (N .* M))*D, as column k of (I ⊗ M)*D is e(k) ⊗ M*e(k); transposed, D'*(I ⊗ M)*diag(vec(N)) = D'*(I ⊗ (M .* N')). */
function weighted(g: Graph, factors: readonly Node[], next: Node): Tail | undefined {
  const [first, middle] = [factors.at(-2), factors.at(-1)];
  if (!first || !isBlock(middle)) return undefined;
  if (isD(next)) {
    const M = blockOfRun(g, [first, middle]);
    return M && { used: 2, node: g.mul(g.apply('kron', [g.identity(next.shape.cols), M]), next) };
  }
  const M = first.kind === 'transpose' && isD(first.arg) ? blockOfRun(g, [g.transpose(next), g.transpose(middle)]) : undefined;
  return M && { used: 2, node: g.mul(first, g.apply('kron', [g.identity(first.shape.rows), g.transpose(M)])) };
}
/** The M for which A*D = (I ⊗ M)*D, of a sum over its terms. */
function blockOf(g: Graph, a: Node): Node | undefined {
  if (a.kind === 'sum') {
    const blocks = a.terms.map((t) => blockOf(g, t));
    return blocks.every((t) => t !== undefined) ? g.add(...blocks) : undefined;
  }
  if (isBlock(a)) return a.args[1];
  const M = a.kind === 'product' ? blockOfRun(g, a.factors) : undefined;
  return M && a.kind === 'product' ? g.product(a.coefficient, a.scalars, [M]) : undefined;
}
/** Of (I ⊗ M), or of diag(vec(N))*(I ⊗ M). */
function blockOfRun(g: Graph, factors: readonly Node[]): Node | undefined {
  const [kron, weights, more] = [...factors].reverse();
  if (!isBlock(kron) || more) return undefined;
  const [, M] = kron.args;
  if (!weights) return M;
  const N = weightsOf(weights);
  return N && sameShape(N.shape, M.shape) ? g.hadamard(N, M) : undefined;
}
/** N where the node is diag(vec(N)). */
const weightsOf = (a: Node): Node | undefined => {
  const entries = a.kind === 'apply' && a.op === 'diag' ? a.args[0] : undefined;
  return entries?.kind === 'apply' && entries.op === 'vec' ? entries.args[0] : undefined;
};

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

/** D'*D = I and K*D = D: vec(E_kk) is of length 1, and the vec of a symmetric matrix. (A ⊗ r')*D = A*diag(r): D picks the columns k*n + k. */
export function diagonalisedPair(g: Graph, a: Node, b: Node): Node | undefined {
  if (a.kind === 'transpose' && isD(a.arg) && isD(b)) return g.identity(b.shape.cols);
  if (isD(b) && a.kind === 'apply' && a.op === 'commutation') return b;
  if (a.kind === 'transpose' && isD(a.arg) && b.kind === 'apply' && b.op === 'commutation') return a;
  const M = isD(b) && a.kind === 'sum' ? blockOf(g, a) : undefined;
  if (M) return g.mul(g.apply('kron', [g.identity(b.shape.cols), M]), b);
  const N = a.kind === 'transpose' && isD(a.arg) && b.kind === 'sum' ? blockOf(g, g.transpose(b)) : undefined;
  if (N) return g.mul(a, g.apply('kron', [g.identity(a.shape.rows), g.transpose(N)]));
  const [A, r] = isD(b) && a.kind === 'apply' && a.op === 'kron' ? a.args : [];
  if (A && r && isOne(r.shape.rows)) return g.mul(A, g.apply('diag', [g.transpose(r)]));
  const [B, c] = a.kind === 'transpose' && isD(a.arg) && b.kind === 'apply' && b.op === 'kron' ? b.args : [];
  if (B && c && isOne(c.shape.cols)) return g.mul(g.apply('diag', [c]), B);
  return undefined;
}

/** (I ⊗ A)*((I ⊗ B)*C + (I ⊗ E)*F) = (I ⊗ A*B)*C + (I ⊗ A*E)*F, where A is a row: what stands behind a block may need the row beside it. */
export function rowOverTerms(g: Graph, a: Node, b: Node): Node | undefined {
  const row = isBlock(a) && isOne(a.args[1].shape.rows) && b.kind === 'sum' && b.terms.every((t) => isBlock(t.kind === 'product' ? t.factors[0] : t));
  return row ? g.add(...b.terms.map((t) => g.mul(a, t))) : undefined;
}
const isBlock = (a: Node | undefined): a is Node & { kind: 'apply'; args: readonly [Node, Node] } => a?.kind === 'apply' && a.op === 'kron' && a.args[0]?.kind === 'identity';
