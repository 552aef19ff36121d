/** An inverse that is wanted itself: from the triangle, the Cholesky factor or the LU factors. */
import { D1, shape, type Dim } from '../algebra/dim';
import { flopsOf } from './cost';
import type { Expr, Leaf } from './expr';
import type { Exprs } from './exprs';
import type { Facts } from './facts';

export interface InverseContext {
  readonly exact: (e: Expr) => Leaf;
  readonly kernel: (op: string, args: readonly Expr[], value: Expr, flops: Dim) => Leaf;
}

export function inverseSteps(ex: Exprs, facts: Facts, value: Expr, m: Expr, { exact, kernel }: InverseContext): Expr {
  const n = m.shape.rows;
  const cubes = (by: number): Dim => flopsOf(by, n, n, n);
  const triangle = facts.triangle(m);
  if (triangle === 'lower') return kernel('lowerInverse', [exact(m)], value, cubes(1 / 3));
  if (triangle === 'upper') return ex.transpose(kernel('lowerInverse', [exact(ex.transpose(m))], ex.transpose(value), cubes(1 / 3)));
  if (facts.definite(m)) return kernel('choleskyInverse', [exact(ex.call('chol', [m], m.shape))], value, cubes(2 / 3));
  // Of a transpose of what is stored, the inverse's transpose: it shares its factors with all else that A is factored for.
  if (m.kind === 'transpose') return ex.transpose(inverseSteps(ex, facts, ex.transpose(value), m.arg, { exact, kernel }));
  return kernel('luInverse', [exact(ex.call('lu', [m], m.shape)), exact(ex.call('lu', [m], shape(n, D1), [], 1))], value, cubes(4 / 3));
}
