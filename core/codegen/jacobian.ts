/**
 * Jacobians and Hessians, tabulated: the derivative along the basis direction e_k e_l' as an expression in k and l, whose
 * products with basis vectors are columns and rows that are there already. What does not depend on k and l is computed once.
 */
import { isOne, isScalar, mulDim } from '../algebra/dim';
import type { FunctionSpec } from './emit-function';
import type { Sizes } from './cost';
import { childrenOf, type Expr } from './expr';
import type { Exprs } from './exprs';
import type { Facts } from './facts';
import { formula } from './formula';
import type { LinearMap } from './generation';
import { createLowering } from './lower';
import { readsOf } from './memory';
import { planExpression } from './planner';
import type { Plan, Step } from './plan';

export interface Tabulated { readonly plan: Plan; readonly finish: FunctionSpec['finish']; readonly text: string }

/** The two indices of a column, until the emitter knows which names are free. */
const K = 'K__', L = 'L__';

export function tabulate(ex: Exprs, facts: Facts, sizes: Sizes, map: LinearMap, leaves: ReadonlyMap<string, Expr>, vec: 'column' | 'row'): Tabulated {
  const { rows, cols } = map.direction.shape;
  const k = ex.literal(K);
  const l = ex.literal(L);
  const basis = ex.product([ex.unit(k, rows), ex.transpose(ex.unit(l, cols))], rows);
  const direction = isScalar(map.direction.shape) ? ex.number(1) : isOne(cols) ? ex.unit(k, rows) : isOne(rows) ? ex.transpose(ex.unit(l, cols)) : basis;
  const lower = createLowering(ex, facts, (s) => (s === map.direction ? direction : s.role === 'variable' || s.role === 'direction' ? leaves.get(s.name) : undefined));
  const plain = createLowering(ex, facts, (s) => (s === map.direction ? ex.leaf('E', s.shape) : leaves.get(s.name)));
  const memo = new Map<number, boolean>();
  const varies = (e: Expr): boolean => {
    const known = memo.get(e.id);
    if (known !== undefined) return known;
    const made = e === k || e === l || childrenOf(e).some(varies);
    memo.set(e.id, made);
    return made;
  };
  const e = lower(map.node);
  const plan = planExpression(ex, facts, sizes, e, { lazyResult: true, varies });
  const inner = varyingSteps(plan.steps, k, l);
  const finish: FunctionSpec['finish'] = (w, { before, write }, names) => {
    const index = { i: names.local('i'), j: names.local('j'), k: names.local('k'), l: names.local('l') };
    const declarations: string[] = [];
    const once = write(plan.steps.filter((s) => !inner.has(s)));
    const each = write(plan.steps.filter((s) => inner.has(s)), declarations);
    const shape = map.node.shape;
    const [p, q, m, n] = [names.size(shape.rows), names.size(shape.cols), names.size(rows), names.size(cols)];
    const row = vec === 'column' ? flat(index.j, p, index.i, q) : flat(index.i, q, index.j, p);
    const column = vec === 'column' ? flat(L, m, K, n) : flat(K, n, L, m);
    const width = names.size(mulDim(rows, cols));
    const lines: string[] = [];
    const [i, j] = [isOne(shape.rows) ? '0' : index.i, isOne(shape.cols) ? '0' : index.j];
    const value = isScalar(shape) ? w.scalar(plan.result, lines) : w.cells(lines, plan.result, i, j)(plan.result, i, j).text;
    const at = `${names.out}[${row === '0' ? '' : `${wrap(row)} * ${wrap(width)} + `}${column}]`;
    const store = [...lines, `${at} = ${value};`];
    const rowLoops = (content: readonly string[]): readonly string[] => loops(vec === 'column' ? [[index.j, q], [index.i, p]] : [[index.i, p], [index.j, q]], content);
    const columnLoops = (content: readonly string[]): readonly string[] => loops(vec === 'column' ? [[L, n], [K, m]] : [[K, m], [L, n]], content);
    const made = [...once, ...declarations, ...(inner.size === 0 ? rowLoops(columnLoops(store)) : columnLoops([...each, ...rowLoops(store)]))];
    before.push(...made.map((line) => line.replace(/\bK__\b/g, index.k).replace(/\bL__\b/g, index.l)));
  };
  return { plan, finish, text: formula(plain(map.node), (name) => name) };
}

const wrap = (text: string): string => (/^[\p{ID_Continue}.$]+$/u.test(text) ? text : `(${text})`);
/** `major * size + minor` where neither is a single turn. */
const flat = (major: string, size: string, minor: string, majorTurns: string): string => {
  if (size === '1') return majorTurns === '1' ? '0' : major;
  return majorTurns === '1' ? minor : `${major} * ${wrap(size)} + ${minor}`;
};
function loops(list: readonly (readonly [string, string])[], content: readonly string[]): readonly string[] {
  let lines = [...content];
  for (const [name, turns] of [...list].reverse()) {
    if (turns === '1') continue;
    const head = `for (let ${name} = 0; ${name} < ${turns}; ${name}++)`;
    const [only] = lines;
    lines = lines.length === 1 && only !== undefined && !only.startsWith('for') ? [`${head} ${only}`] : [`${head} {`, ...lines.map((x) => `  ${x}`), '}'];
  }
  return lines;
}

/** The steps whose results change with k or l. */
function varyingSteps(steps: readonly Step[], k: Expr, l: Expr): ReadonlySet<Step> {
  const inner = new Set<Step>();
  const changing = new Set<Expr>();
  const holds = (e: Expr): boolean => e === k || e === l || childrenOf(e).some(holds);
  const bodies = (s: Step): readonly Expr[] => {
    switch (s.kind) {
      case 'product': return [s.a, s.b, s.alpha, s.beta];
      case 'loop': case 'reduce': case 'scalar': return [s.body];
      case 'solve': return [s.right, s.alpha];
      case 'kernel': return s.args;
    }
  };
  for (const s of steps) {
    if (![...readsOf(s)].some((r) => changing.has(r)) && !bodies(s).some(holds)) continue;
    inner.add(s);
    changing.add(s.out);
    if (s.kind === 'kernel') for (const o of s.outs) changing.add(o);
  }
  return inner;
}
