/** Derivatives of Fréchet derivatives, and of their Kronecker matrices, through functions of block matrices. */
import { addDim, D1, dimNumber, mulDim, scaleDim, type Dim } from '../algebra/dim';
import type { Graph } from '../algebra/graph';
import type { Node } from '../algebra/node';
import { refuse } from '../algebra/refusal';
import type { NamedRule } from './rules';

type Apply = Node & { readonly kind: 'apply' };
type Change = (a: Node) => Node;
type Say = (rule: NamedRule) => void;

const two = dimNumber(2);
/** [A, B; C, D]. */
const blocks = (g: Graph, ...parts: readonly [Node, Node, Node, Node]): Node => g.apply('blocks', parts, [two, two]);
/** The upper right block of a matrix of twice this size. */
function corner(g: Graph, L: Node, n: Dim): Node {
  const all = scaleDim(n, 2);
  return g.mul(g.selector(D1, n, all), L, g.transpose(g.selector(addDim(n, D1), all, all)));
}

/** L_f(A, E): E's change enters linearly; A's through the corner of L_f of a block matrix (Higham & Relton 2014, Theorem 3.5). */
export function frechetChange(g: Graph, a: Apply, symbol: Node, d: Change, say: Say): Node {
  const A = a.args[0] as Node;
  const E = a.args[a.args.length - 1] as Node;
  const middle = a.args.slice(1, -1);
  if (middle.some((p) => g.depends(p, symbol))) refuse('the derivative of a Fréchet derivative of a power by its exponent');
  const terms: Node[] = [];
  if (g.depends(E, symbol)) terms.push(g.apply(a.op, [A, ...middle, d(E)]));
  if (g.depends(A, symbol)) {
    say({ name: 'second Fréchet derivative', source: 'Higham & Relton 2014, Theorem 3.5' });
    const Z = g.zero(A.shape);
    terms.push(corner(g, g.apply(a.op, [blocks(g, A, E, Z, A), ...middle, blocks(g, d(A), Z, Z, d(A))]), A.shape.rows));
  }
  return g.add(...terms);
}

/**
 * K_f(A) is the upper right block of f(M), M = [A' ⊗ I, I; 0, I ⊗ A], for the two diagonal blocks commute and f's divided difference at
 * them is K_f(A) (Higham 2008, Theorem 3.6 and section 3.2); so its change is that block of L_f(M, [dA' ⊗ I, 0; 0, I ⊗ dA]).
 */
export function frechetMatrixChange(g: Graph, a: Apply, symbol: Node, d: Change, say: Say): Node {
  const A = a.args[0] as Node;
  const middle = a.args.slice(1);
  if (middle.some((p) => g.depends(p, symbol))) refuse('the derivative of a Fréchet derivative of a power by its exponent');
  say({ name: 'derivative of the matrix of a Fréchet derivative', source: 'Higham 2008, Functions of Matrices, Theorem 3.6' });
  const n = A.shape.rows;
  const I = g.identity(n);
  const all = mulDim(n, n);
  const Z = g.zero(g.identity(all).shape);
  const left = (X: Node): Node => g.apply('kron', [g.transpose(X), I]);
  const right = (X: Node): Node => g.apply('kron', [I, X]);
  const M = blocks(g, left(A), g.identity(all), Z, right(A));
  return corner(g, g.apply(a.op.replace('Kron', 'Frechet'), [M, ...middle, blocks(g, left(d(A)), Z, Z, right(d(A)))]), all);
}
