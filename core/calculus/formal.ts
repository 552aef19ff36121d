/** Functions that are declared without a body: g(u) changes by its gradient or Jacobian, ∇g(u) by its Hessian. */
import { isScalar, sameShape } from '../algebra/dim';
import type { Graph } from '../algebra/graph';
import type { Node } from '../algebra/node';
import { refuse } from '../algebra/refusal';
import type { NamedRule } from './rules';

/**
 * ∇g has u's shape for a scalar g, else it is the Jacobian transposed, (entries of u)×(entries of g); ∇²g is the matrix of second derivatives.
 * @throws Refusal where the derivative has no notation.
 */
export function formalChange(g: Graph, a: Node & { readonly kind: 'apply' }, d: (a: Node) => Node, say: (rule: NamedRule) => void): Node {
  const [, orderText, ...rest] = a.op.split(':');
  const order = Number(orderText);
  const name = rest.join(':');
  const [u] = a.args;
  if (!u || a.args.length !== 1) return refuse(`the derivative of ${name}, a function of several arguments without a body`);
  const next = (rows: Node['shape']['rows'], cols: Node['shape']['cols']): Node => g.apply(`formal:${order + 1}:${name}`, [u], [rows, cols]);
  const vec = (x: Node): Node => g.apply('vec', [x]);
  const shaped = (column: Node): Node => g.apply('unvec', [column], [a.shape.rows, a.shape.cols]);
  const entries = (x: Node): Node['shape']['rows'] => vec(x).shape.rows;
  if (order === 0) {
    say({ name: 'chain rule' });
    if (isScalar(a.shape)) return g.apply('frobenius', [next(u.shape.rows, u.shape.cols), d(u)]);
    return shaped(g.mul(g.transpose(next(entries(u), entries(a))), vec(d(u))));
  }
  if (order === 1 && sameShape(a.shape, u.shape)) {
    say({ name: 'chain rule' });
    return shaped(g.mul(next(entries(u), entries(u)), vec(d(u))));
  }
  return refuse(order === 1 ? `the second derivative of ${name}, which is no scalar, has no notation` : `derivatives of ${'∇'.repeat(order)}${name} have no notation`);
}
