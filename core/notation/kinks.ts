/** Where an operator has no derivative, and which subgradients (or one-sided derivatives) it has there. */
import { isScalar } from '../algebra/dim';
import type { Graph } from '../algebra/graph';
import type { Node } from '../algebra/node';
import { operator } from '../algebra/operators';
import { childrenOf } from '../algebra/substitute';
import { isSymmetricFunction } from '../calculus/spectral-sum';
import { isSpread } from './place';
import { reachable } from './reachable';

type Print = (a: Node) => string;

/** By operator, of its printed arguments. Rockafellar 1970, Convex Analysis, section 23; Watson 1992 for norms of matrices; Overton 1992 for eigenvalues. */
const STATEMENTS: Readonly<Record<string, (A: string, B: string) => string>> = {
  abs: (A) => `where an entry of ${A} is 0; there each number in [-1, 1] is a subgradient of abs`,
  relu: (A) => `where an entry of ${A} is 0; there each number in [0, 1] is a subgradient of relu`,
  max: (A, B) => `where ${meeting(A, B)}; there the derivative from each side is that of the one which is larger on that side`,
  min: (A, B) => `where ${meeting(A, B)}; there the derivative from each side is that of the one which is smaller on that side`,
  maximum: (A) => `where the largest entry of ${A} is not unique; there the subgradients of max are the convex combinations of the basis vectors of its places`,
  minimum: (A) => `where the smallest entry of ${A} is not unique; there the supergradients of min are the convex combinations of the basis vectors of its places`,
  normInf: (A) => `where the largest absolute entry of ${A} is not unique; there the subgradients of normInf are the convex combinations of the signed basis vectors of its places (all u with norm1(u) <= 1 at 0)`,
  norm2: (A) => `where the largest singular value of ${A} is not simple; there the subgradients of norm2 are the convex combinations of u*v' over its pairs of singular vectors`,
  eigmax: (A) => `where the largest eigenvalue of ${A} is not simple; there the subgradients of eigmax are the convex combinations of v*v' over its unit eigenvectors`,
  eigmin: (A) => `where the smallest eigenvalue of ${A} is not simple; there the supergradients of eigmin are the convex combinations of v*v' over its unit eigenvectors`,
};

/** A number is one for all entries. */
function meeting(A: string, B: string): string {
  const [number, other] = /^-?\d+$/.test(A) ? [A, B] : [B, A];
  return /^-?\d+$/.test(number) ? `an entry of ${other} is ${number}` : `entries of ${A} and ${B} are equal`;
}

export const hasStatement = (op: string): boolean => op in STATEMENTS;

/** A sentence for each kink below a node, with the arguments as they are printed. */
export function kinksOf(g: Graph, root: Node, print: Print): readonly string[] {
  const notes: string[] = [];
  const all = [...reachable(root)];
  // log(abs(x)) has no value where abs has no derivative.
  const inLogarithms = new Set(all.flatMap((a) => (a.kind === 'apply' && a.op === 'log' ? a.args : [])));
  for (const a of all) for (const c of a.kind === 'apply' && a.op === 'log' ? [] : childrenOf(a)) inLogarithms.delete(c);
  for (const a of all) {
    if (inLogarithms.has(a)) continue;
    if (a.kind === 'apply' && (a.op === 'eigvals' || a.op === 'eigvecs') && isSymmetricFunction(g, root, g.apply('eigvals', a.args))) continue;
    const said = statementOf(g, a, print);
    if (said !== undefined) notes.push(`Not differentiable ${said}.`);
  }
  return notes;
}

function statementOf(g: Graph, a: Node, print: Print): string | undefined {
  if (a.kind === 'product') {
    const v = a.scalars.filter((p) => p.exponent.d === 2n && p.exponent.n === 1n).map((p) => rootOf(g, p.base)).find((x) => x !== undefined);
    return v && (v.isMatrix ? `where ${print(v.node)} = 0; there the subgradients of normF are the U with normF(U) <= 1` : `where ${print(v.node)} = 0; there the subgradients of norm are the u with norm(u) <= 1`);
  }
  if (a.kind !== 'apply') return undefined;
  const [x, y] = a.args;
  const nuclear = a.op === 'tr' && x?.kind === 'power' && x.exponent.n === 1n && x.exponent.d === 2n && x.base.kind === 'product' ? half(g, x.base.factors) : undefined;
  if (nuclear) return `where the rank of ${print(nuclear)} falls; there the subgradients of normNuc are U*V' + W with the thin singular vectors U, V of the rank that is left, U'*W = 0, W*V = 0, norm2(W) <= 1`;
  // The determinant of an invertible matrix is not 0.
  if (a.op === 'abs' && x?.kind === 'apply' && x.op === 'det' && g.isInvertible(x.args[0] as Node)) return undefined;
  const statement = STATEMENTS[a.op];
  const number = (n: Node): Node => (n.kind === 'zero' ? g.number(0) : n.kind === 'product' && isSpread(n) ? g.product(n.coefficient, n.scalars, []) : isSpread(n) ? g.number(1) : n);
  const said = statement && x && isScalar(x.shape) && !y ? statement(print(x), '').replace('an entry of ', '') : undefined;
  if (said !== undefined) return said;
  if (statement && x) return y ? statement(print(number(x)), print(number(y))) : statement(print(x), '');
  const kinks = operator(a.op)?.notDifferentiable?.replace(/\.$/, '');
  if (kinks === undefined) return undefined;
  return /^(?:where|at|off) /.test(kinks) ? kinks : `where ${x ? kinks.replace(/^x = 0$/, `an entry of ${print(x)} is 0`) : kinks}`;
}

/** v where the node is v'*v, A where it is tr(A'*A). */
function rootOf(g: Graph, a: Node): { readonly node: Node; readonly isMatrix: boolean } | undefined {
  const inside = a.kind === 'chain' ? a.factors : a.kind === 'apply' && a.op === 'tr' && a.args[0]?.kind === 'product' ? a.args[0].factors : [];
  const node = half(g, inside);
  return node && { node, isMatrix: a.kind !== 'chain' };
}

function half(g: Graph, factors: readonly Node[]): Node | undefined {
  const n = factors.length;
  if (n < 2 || n % 2 !== 0 || factors.some((f, i) => f !== g.transpose(factors[n - 1 - i] as Node))) return undefined;
  return g.mul(...factors.slice(n / 2));
}
