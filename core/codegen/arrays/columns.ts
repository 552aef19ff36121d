/** A Jacobian or Hessian for languages of whole arrays: products where it is a matrix expression, else one column for each entry of the variable. */
import { isOne, isScalar } from '../../algebra/dim';
import { cheapestPlan } from '../alternatives';
import type { Sizes } from '../cost';
import type { FunctionSpec } from '../emit-function';
import { childrenOf, type Expr } from '../expr';
import type { Exprs } from '../exprs';
import type { Facts } from '../facts';
import { formula } from '../formula';
import type { LinearMap } from '../generation';
import { asMatrix } from '../jacobian';
import { varyingSteps } from '../jacobian-steps';
import { createLowering } from '../lower';
import type { Plan } from '../plan';

/** What the loops' indices are called in the expressions. */
export const ROW_INDEX = 'K__', COLUMN_INDEX = 'L__';

export function planColumns(ex: Exprs, facts: Facts, sizes: Sizes, map: LinearMap, leaves: ReadonlyMap<string, Expr>, vec: 'column' | 'row', form: (e: Expr) => Expr): { readonly plan: Plan; readonly columns?: FunctionSpec['columns']; readonly text: string } {
  const text = formula(createLowering(ex, facts, (s) => (s === map.direction ? ex.leaf('E', s.shape) : leaves.get(s.name)), form)(map.node), (name) => name);
  const whole = asMatrix(ex, facts, map, leaves, form);
  if (whole) return { plan: cheapestPlan(ex, facts, sizes, whole), text: formula(whole, (name) => name) };
  const { rows, cols } = map.direction.shape;
  const [k, l] = [ex.literal(ROW_INDEX), ex.literal(COLUMN_INDEX)];
  const direction = isScalar(map.direction.shape) ? ex.number(1) : isOne(cols) ? ex.unit(k, rows) : isOne(rows) ? ex.transpose(ex.unit(l, cols)) : ex.product([ex.unit(k, rows), ex.transpose(ex.unit(l, cols))], rows);
  const memo = new Map<number, boolean>();
  const varies = (e: Expr): boolean => {
    const known = memo.get(e.id);
    if (known !== undefined) return known;
    const made = e === k || e === l || childrenOf(e).some(varies);
    memo.set(e.id, made);
    return made;
  };
  const e = createLowering(ex, facts, (s) => (s === map.direction ? direction : s.role === 'variable' || s.role === 'direction' ? leaves.get(s.name) : undefined), form)(map.node);
  const plan = cheapestPlan(ex, facts, sizes, e, { lazyResult: true, varies });
  return { plan, columns: { varying: varyingSteps(plan.steps, [k, l]), variable: map.direction.shape, value: map.node.shape, vec }, text };
}
