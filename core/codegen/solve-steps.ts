/** Steps that solve with a triangle, a Cholesky factor or LU factors; a matrix and its transpose share their factors. */
import { D1, shape } from '../algebra/dim';
import { flopsOf } from './cost';
import type { Expr, Leaf } from './expr';
import type { Exprs } from './exprs';
import type { Facts } from './facts';
import type { Factor, SolveStep } from './plan';

export interface SolveContext {
  readonly array: (e: Expr) => Expr;
  readonly exact: (e: Expr) => Leaf;
  readonly stored: ReadonlyMap<number, Leaf>;
  readonly lookup: (e: Expr) => Expr | undefined;
  readonly put: (step: Omit<SolveStep, 'out'>) => Leaf;
}
export interface Solves {
  /** inv(m)*right, scaled by alpha. */
  solve(m: Expr, right: Expr, alpha: Expr, value: Expr): Leaf;
  solveBy(factor: Factor, matrix: Leaf, pivots: Leaf | undefined, right: Expr, alpha: Expr, value: Expr): Leaf;
}

export function createSolves(ex: Exprs, facts: Facts, { array, exact, stored, lookup, put }: SolveContext): Solves {
  const isLeaf = (x: Expr): x is Leaf => x.kind === 'leaf';
  function solve(m: Expr, right: Expr, alpha: Expr, value: Expr): Leaf {
    if (facts.triangle(m)) {
      const a = array(m);
      if (isLeaf(a)) return solveBy(facts.triangle(m) === 'lower' ? 'lower' : 'upper', a, undefined, right, alpha, value);
      const inner = exact(ex.transpose(a));
      return solveBy(facts.triangle(m) === 'lower' ? 'upperT' : 'lowerT', inner, undefined, right, alpha, value);
    }
    const turned = ex.transpose(m);
    const flip = turned !== m && (stored.has(ex.call('lu', [turned], m.shape).id) || (!stored.has(ex.call('lu', [m], m.shape).id) && !isLeaf(lookup(m) ?? m) && isLeaf(lookup(turned) ?? m)));
    const base = flip ? turned : m;
    const matrix = exact(ex.call('lu', [base], m.shape));
    const pivots = exact(ex.call('lu', [base], shape(m.shape.rows, D1), [], 1));
    return solveBy(flip ? 'luT' : 'lu', matrix, pivots, right, alpha, value);
  }
  function solveBy(factor: Factor, matrix: Leaf, pivots: Leaf | undefined, right: Expr, alpha: Expr, value: Expr): Leaf {
    const both = factor === 'cholesky' || factor === 'lu' || factor === 'luT';
    return put({ kind: 'solve', value, factor, matrix, pivots, right, alpha, flops: flopsOf(both ? 2 : 1, matrix.shape.rows, matrix.shape.rows, right.shape.cols) });
  }
  return { solve, solveBy };
}
