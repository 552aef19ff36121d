/**
 * Which plan, where that depends on sizes that only the call knows: two plans and the comparison of dimensions that tells them
 * apart, or the sizes that the one plan was made for.
 */
import { addDim, dimNames, scaleDim, type Dim } from '../algebra/dim';
import { searchPlans, type Weighed } from './alternatives';
import { sizesBy, typicalSizes, type Relation, type Sizes } from './cost';
import type { Expr } from './expr';
import type { Exprs } from './exprs';
import type { Facts } from './facts';
import type { Plan } from './plan';
import { nanoseconds } from './plan-cost';
import { planExpression } from './planner';
import { impliedRelations } from './relations';

export interface Choice {
  readonly plan: Plan;
  /** `plan` where left <= right, this one else. */
  readonly other?: { readonly plan: Plan; readonly when: Comparison };
  /** For the doc comment, where the plan may be a bad one at other sizes. */
  readonly assumes?: string;
}
export interface Comparison { readonly left: Dim; readonly right: Dim }
export interface SizeContext {
  readonly given: ReadonlyMap<string, number>;
  readonly inputs: Parameters<typeof typicalSizes>[1];
  readonly result: Parameters<typeof typicalSizes>[2];
  readonly facts: readonly Relation[];
}

/** How far a dimension is moved to see whether another plan would be better, and by how much that must be. */
const FAR = 30, LEAST = 4, MUCH = 2;
/** A comparison is good where following it never costs more than this times the better plan; beyond `FAIR` it is not used. */
const GOOD = 1.6, FAIR = 3;
/** Terms of a comparison of flops. */
const LONGEST = 4;
const GRID = [4, 20, 100, 500, 2000];
/** Dimensions that are moved; functions with more have one plan. */
const MOST_NAMES = 6;

export function choosePlan(ex: Exprs, facts: Facts, e: Expr, context: SizeContext): Choice {
  const relations = [...context.facts, ...impliedRelations(e)];
  const typical = typicalSizes(context.given, context.inputs, context.result, relations);
  const { best, weighed } = searchPlans(ex, facts, typical, e);
  const names = [...dimNames(weighed.reduce((sum, w) => addDim(sum, w.plan.flops), best.plan.flops))].filter((n) => !context.given.has(n));
  const alone: Choice = { plan: best.plan };
  if (names.length < 2 || names.length > MOST_NAMES || names.some((n) => n.startsWith('min('))) return alone;
  const base = new Map(names.map((n) => [n, typical.of({ key: n, terms: [{ coefficient: 1, names: [n] }] })]));
  const at = (moved: ReadonlyMap<string, number>): Sizes => sizesBy((n) => moved.get(n) ?? base.get(n) ?? context.given.get(n) ?? 100);
  const allowed = (sizes: Sizes): boolean => relations.every((r) => {
    const [left, right] = [sizes.of(r.left), sizes.of(r.right)];
    return r.op === '>=' ? left >= right : true;
  });

  let found: { sizes: Sizes; ratio: number } | undefined;
  for (const name of names) {
    for (const size of [(base.get(name) ?? 100) * FAR, Math.max(LEAST, (base.get(name) ?? 100) / FAR)]) {
      const sizes = at(new Map([[name, size]]));
      if (!allowed(sizes)) continue;
      const own = nanoseconds(best.plan, sizes);
      const others = [...weighed.map((w) => w.plan), planExpression(ex, facts, sizes, best.e), planExpression(ex, facts, sizes, e)];
      const ratio = own / Math.min(...others.map((p) => nanoseconds(p, sizes)));
      if (ratio > (found?.ratio ?? MUCH)) found = { sizes, ratio };
    }
  }
  if (!found) return alone;
  const other: Weighed = searchPlans(ex, facts, found.sizes, e).best;
  const grid = gridOf(names).map(at).filter(allowed);
  const when = comparison(best.plan, other.plan, names, grid);
  if (when) return { plan: best.plan, other: { plan: other.plan, when } };
  return { plan: best.plan, assumes: `Made for sizes like ${names.map((n) => `${n} = ${base.get(n)}`).join(', ')}.` };
}

/** Sizes on a grid; where that is too large, its diagonal and its edges. */
function gridOf(names: readonly string[]): readonly ReadonlyMap<string, number>[] {
  let list: ReadonlyMap<string, number>[] = [new Map()];
  for (const n of names) {
    const values = names.length <= 3 ? GRID : names.length === 4 ? [GRID[0] ?? 4, GRID[2] ?? 100, GRID[4] ?? 2000] : [GRID[1] ?? 20, GRID[3] ?? 500];
    list = list.flatMap((m) => values.map((v) => new Map([...m, [n, v]])));
  }
  return list;
}

/** The comparison under which `first` is taken; undefined where none tells the plans apart well. */
function comparison(first: Plan, second: Plan, names: readonly string[], grid: readonly Sizes[]): Comparison | undefined {
  const costs = grid.map((sizes) => ({ sizes, a: nanoseconds(first, sizes), b: nanoseconds(second, sizes) }));
  const penalty = ({ left, right }: Comparison): number =>
    Math.max(...costs.map(({ sizes, a, b }) => (sizes.of(left) <= sizes.of(right) ? a : b) / Math.min(a, b)));
  const dim = (n: string): Dim => ({ key: n, terms: [{ coefficient: 1, names: [n] }] });
  let best: { when: Comparison; penalty: number } | undefined;
  const consider = (when: Comparison): void => {
    const p = penalty(when);
    if (p < (best?.penalty ?? FAIR)) best = { when, penalty: p };
  };
  for (const a of names) for (const b of names) if (a !== b) consider({ left: dim(a), right: dim(b) });
  const plain = best?.when;
  if (best && best.penalty < GOOD) return plain;
  const flops = leading(addDim(first.flops, scaleDim(second.flops, -1)));
  if (flops && flops.left.terms.length + flops.right.terms.length <= LONGEST) consider(flops);
  return best?.when;
}

/** The terms of highest degree of a difference, the positive ones against the negative ones, without what all of them share. */
function leading(difference: Dim): Comparison | undefined {
  const degree = Math.max(...difference.terms.map((t) => t.names.length));
  let terms = difference.terms.filter((t) => t.names.length === degree);
  const [first] = terms;
  if (!first) return undefined;
  for (const name of new Set(first.names)) {
    while (terms.every((t) => t.names.includes(name))) {
      terms = terms.map((t) => { const at = t.names.indexOf(name); return { coefficient: t.coefficient, names: t.names.filter((_, k) => k !== at) }; });
    }
  }
  // Thirds that were added up are sixths again.
  terms = terms.map((t) => ({ ...t, coefficient: Math.round(6 * t.coefficient) / 6 }));
  const sum = (list: readonly Dim['terms'][number][]): Dim => list.reduce<Dim>((d, t) => addDim(d, { key: '', terms: [t] }), { key: '0', terms: [] });
  const [left, right] = [terms.filter((t) => t.coefficient > 0), terms.filter((t) => t.coefficient < 0).map((t) => ({ ...t, coefficient: -t.coefficient }))];
  if (left.length === 0 || right.length === 0) return undefined;
  const all = [...left, ...right].map((t) => t.coefficient);
  const smallest = Math.min(...all);
  const even = all.every((c) => Number.isInteger(c / smallest)) ? 1 / smallest : all.every(Number.isInteger) ? 1 : 3;
  return { left: scaleDim(sum(left), even), right: scaleDim(sum(right), even) };
}
