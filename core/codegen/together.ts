/** Value and derivatives at once: one plan over all of them, offered where it saves work. */
import { isScalar, SCALAR, type Shape } from '../algebra/dim';
import { typicalSizes } from './cost';
import { choosePlan } from './choice';
import type { FunctionSpec } from './emit-function';
import type { Expr } from './expr';
import type { Exprs } from './exprs';
import type { Facts } from './facts';
import type { GenerationInput } from './generation';
import { asMatrix } from './jacobian';
import { createLowering } from './lower';
import { nanoseconds } from './plan-cost';
import type { Plan } from './plan';
import { createStable } from './stable';

/** A function of its own pays where it saves this share of all the work, or of all but the dearest part. */
const OF_ALL = 0.1, OF_OTHERS = 0.5;

export interface TogetherPlan extends Pick<FunctionSpec, 'plan' | 'other' | 'results'> { readonly flopsApart: Plan['flops'][]; readonly assumes?: string }

/** Undefined where nothing is shared, or where a result has no plan of its own (a Hessian by a matrix is tabulated). */
export function planTogether(ex: Exprs, facts: Facts, input: GenerationInput, leaves: ReadonlyMap<string, Expr>): TogetherPlan | undefined {
  if (!input.gradient || !isScalar(input.value.shape)) return undefined;
  const lower = createLowering(ex, facts, (s) => (s.role === 'variable' || s.role === 'direction' ? leaves.get(s.name) : undefined), createStable(ex, facts));
  const parts: { key: 'value' | 'gradient' | 'hessian'; e: Expr; shape: Shape }[] = [
    { key: 'value', e: lower(input.value), shape: input.value.shape }, { key: 'gradient', e: lower(input.gradient), shape: input.gradient.shape },
  ];
  if (input.kind === 'hessian' && input.tabulate) {
    const hessian = asMatrix(ex, facts, input.tabulate, leaves, createStable(ex, facts));
    if (hessian) parts.push({ key: 'hessian', e: hessian, shape: hessian.shape });
  }
  const context = { given: input.sizes ?? new Map<string, number>(), inputs: input.inputs.map((x) => x.shape), result: input.gradient.shape, facts: input.dimFacts ?? [] };
  const sizes = typicalSizes(context.given, context.inputs, context.result, context.facts);
  const apart = parts.map((p) => choosePlan(ex, facts, p.e, context).plan);
  const made = choosePlan(ex, facts, ex.call('tuple', parts.map((p) => p.e), SCALAR), context);
  const costs = apart.map((p) => nanoseconds(p, sizes));
  const all = costs.reduce((sum, c) => sum + c, 0);
  const saved = all - nanoseconds(made.plan, sizes);
  if (saved < OF_ALL * all && saved < OF_OTHERS * (all - Math.max(...costs))) return undefined;
  return { ...made, results: parts.map((p) => ({ key: p.key, shape: p.shape })), flopsApart: apart.map((p) => p.flops) };
}
