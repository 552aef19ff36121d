/** Several results of one request at once: one plan over all of them, offered where it saves work. */
import { addDim, isOne, isScalar, mulDim, scaleDim, SCALAR, shape, type Shape } from '../algebra/dim';
import { RATES, typicalSizes, type Sizes } from './cost';
import { choosePlan } from './choice';
import type { FunctionSpec } from './emit-function';
import { childrenOf, type Expr } from './expr';
import type { Exprs } from './exprs';
import type { Facts } from './facts';
import { variablesOf, type GenerationInput, type LinearMap, type TogetherKind } from './generation';
import { asMatrix, tabulate, type Tabulated } from './jacobian';
import { createLowering } from './lower';
import { nanoseconds } from './plan-cost';
import type { Plan } from './plan';
import { holdsCentred } from './centred';
import { createStable } from './stable';

/** A function of its own pays where it saves this share of all the work, or of all but the dearest part. */
const OF_ALL = 0.1, OF_OTHERS = 0.5;

export interface TogetherPlan extends Pick<FunctionSpec, 'plan' | 'other' | 'results' | 'finish'> { readonly flopsApart: Plan['flops'][]; readonly assumes?: string }

/** What is offered of a request: a scalar's value and derivatives, with its Hessian's product too; a value with its Jacobian, with its derivative along a direction, or the adjoint's. */
export function togetherKinds(input: GenerationInput): readonly (readonly TogetherKind[])[] {
  if (input.wrt === undefined) return [];
  if (input.gradient && isScalar(input.value.shape)) return input.kind === 'hessian' ? [['value', 'gradient', 'hessian'], ...(byMatrix(input) ? [['value', 'gradient'] as const] : []), ...(input.hvp ? [['value', 'gradient', 'hvp'] as const] : [])] : [['value', 'gradient']];
  return [...(input.gradient ? [['value', 'gradient'] as const] : []), ...(input.tabulate ? [['value', 'jacobian'] as const] : []), ...(input.jvp ? [['value', 'jvp'] as const] : []), ...(input.vjp ? [['value', 'vjp'] as const] : [])];
}
/** Whose Hessian is so large that many do without it. */
const byMatrix = ({ tabulate: table }: GenerationInput): boolean => table !== undefined && !isOne(table.direction.shape.rows) && !isOne(table.direction.shape.cols);
/** The map of those that take a direction. */
export function mapOf(input: GenerationInput, kinds: readonly TogetherKind[]): LinearMap | undefined {
  return kinds.includes('jvp') ? input.jvp : kinds.includes('vjp') ? input.vjp : kinds.includes('hvp') ? input.hvp : undefined;
}

/** Undefined where nothing is shared. A Jacobian or Hessian that is no single matrix expression is tabulated beside the other results. */
export function planTogether(ex: Exprs, facts: Facts, input: GenerationInput, leaves: ReadonlyMap<string, Expr>, kinds: readonly TogetherKind[], direction?: Expr): TogetherPlan | undefined {
  const map = mapOf(input, kinds);
  const form = createStable(ex, facts, variablesOf(input, kinds[kinds.length - 1] ?? 'value').flatMap((v) => leaves.get(v) ?? []));
  const table = kinds.some((k) => k === 'jacobian' || k === 'hessian') ? input.tabulate : undefined;
  const single = table && isScalar(table.node.shape) && isScalar(table.direction.shape);
  const E = table && ex.leaf('E__', table.direction.shape, new Set(), true);
  const lower = createLowering(ex, facts, (s) => (map && s === map.direction ? direction : table && s === table.direction ? (single ? ex.number(1) : E) : s.role === 'variable' || s.role === 'direction' ? leaves.get(s.name) : undefined), form);
  const whole = table && !single ? asMatrix(ex, facts, table, leaves, form) : undefined;
  const isTabulated = table !== undefined && !single && !whole;
  const parts: { key: TogetherKind; e: Expr; shape: Shape }[] = [];
  for (const key of kinds) {
    const isTable = key === 'jacobian' || key === 'hessian';
    const node = key === 'value' ? input.value : key === 'gradient' ? input.gradient : isTable ? table?.node : map?.node;
    if (!node) return undefined;
    const e = (isTable ? whole : undefined) ?? lower(node);
    parts.push({ key, e, shape: isTable && table ? tableShape(table) : node.shape });
  }
  const [value, ...others] = parts;
  if (value?.key === 'value' && others.some((p) => holdsCentred(p.e))) parts[0] = { ...value, e: lower(input.value) };
  if (!shareWork(ex, parts.map((p) => p.e))) return undefined;
  const context = { given: input.sizes ?? new Map<string, number>(), inputs: input.inputs.map((x) => x.shape), result: parts[1]?.shape ?? SCALAR, facts: input.dimFacts ?? [] };
  const sizes = typicalSizes(context.given, context.inputs, context.result, context.facts);
  const tabulated = (beside?: readonly Expr[]): Tabulated | undefined => (isTabulated && table ? tabulate(ex, facts, sizes, table, leaves, input.vec ?? 'column', form, beside) : undefined);
  const apart = parts.map((p, k) => (k === parts.length - 1 ? tabulated()?.plan : undefined) ?? choosePlan(ex, facts, p.e, context).plan);
  const made = tabulated(parts.slice(0, -1).map((p) => p.e)) ?? choosePlan(ex, facts, ex.call('tuple', parts.map((p) => p.e), SCALAR), context);
  const costs = apart.map((p) => wholeCost(p, sizes));
  const all = costs.reduce((sum, c) => sum + c, 0);
  const saved = all - wholeCost(made.plan, sizes);
  if (saved < OF_ALL * all && saved < OF_OTHERS * (all - Math.max(...costs))) return undefined;
  return { ...made, results: parts.map((p) => ({ key: p.key, shape: p.shape })), flopsApart: apart.map((p) => p.flops) };
}
const tableShape = ({ node, direction }: LinearMap): Shape => shape(mulDim(node.shape.rows, node.shape.cols), mulDim(direction.shape.rows, direction.shape.cols));
/** With the loops around its steps that tabulate entries, which only its flops tell. */
function wholeCost(plan: Plan, sizes: Sizes): number {
  const around = plan.steps.reduce((rest, s) => addDim(rest, scaleDim(s.flops, -1)), plan.flops);
  return nanoseconds(plan, sizes) + RATES.entry * Math.max(0, sizes.of(around));
}

/** Whether two of them hold one matrix or function of an array: nothing else is worth a plan. */
function shareWork(ex: Exprs, roots: readonly Expr[]): boolean {
  const first = new Map<number, number>();
  return roots.some((root, k) => {
    const seen = new Set<number>();
    const visit = (e: Expr): boolean => {
      if (e.kind === 'transpose') return visit(e.arg);
      const key = Math.min(e.id, ex.transpose(e).id);
      if (seen.has(key)) return false;
      seen.add(key);
      // Products share their factors' names in any order: the arrays that they multiply are what tells.
      const worth = e.kind === 'call' || e.kind === 'inverse' || e.kind === 'map' || e.kind === 'total' || (e.kind === 'leaf' && !isOne(e.shape.rows) && !isOne(e.shape.cols));
      if (worth && (first.get(key) ?? k) !== k) return true;
      if (worth) first.set(key, k);
      return childrenOf(e).some(visit);
    };
    return visit(root);
  });
}
