/** Which arrays share memory: results in place where an operand dies, the last ones in `out`, the rest in numbered scratch. */
import { isOne, sameShape } from '../algebra/dim';
import { childrenOf, type Expr, type Leaf } from './expr';
import type { Step } from './plan';

export interface Memory {
  /** The array whose memory this one lives in; itself where it has its own. */
  rootOf(leaf: Leaf): Leaf;
  /** `out`, the name of one of several results, or the number of its scratch slot; undefined for scalars. */
  placeOf(root: Leaf): string | number | undefined;
}

export function leavesOf(e: Expr, found: Set<Leaf> = new Set()): Set<Leaf> {
  if (e.kind === 'leaf') found.add(e);
  else for (const c of childrenOf(e)) leavesOf(c, found);
  return found;
}

export function readsOf(step: Step): ReadonlySet<Leaf> {
  const found = new Set<Leaf>();
  switch (step.kind) {
    case 'product':
      for (const e of [step.a, step.b, step.alpha, step.beta]) leavesOf(e, found);
      if (step.add) found.add(step.add);
      break;
    case 'loop': case 'reduce': case 'scalar': leavesOf(step.body, found); break;
    case 'solve':
      found.add(step.matrix);
      if (step.pivots) found.add(step.pivots);
      leavesOf(step.right, found);
      leavesOf(step.alpha, found);
      break;
    case 'kernel': for (const a of step.args) leavesOf(a, found); break;
  }
  return found;
}
export const outsOf = (step: Step): readonly Leaf[] => (step.kind === 'kernel' && step.outs.length > 0 ? step.outs : [step.out]);

/** The operand in whose memory the result may be written. */
function reusable(step: Step): Leaf | undefined {
  const leafOf = (e: Expr): Leaf | undefined => (e.kind === 'leaf' ? e : e.kind === 'transpose' && e.arg.kind === 'leaf' && (isOne(e.shape.rows) || isOne(e.shape.cols)) ? e.arg : undefined);
  switch (step.kind) {
    case 'product': return step.add && [step.a, step.b].every((e) => !leavesOf(e).has(step.add as Leaf)) ? step.add : undefined;
    case 'loop': return step.accumulate ? accumulated(step.body, step.out) : undefined;
    case 'solve': return leafOf(step.right);
    case 'kernel': return (step.op === 'positiveSpectrum' || step.op === 'nonnegativeSpectrum') && step.args[0] ? leafOf(step.args[0]) : undefined;
    case 'reduce': case 'scalar': return undefined;
  }
}
/** The array that an accumulating loop starts from: its body is `array + …` or `number * array`. */
export function accumulated(body: Expr, out: Leaf): Leaf | undefined {
  if (body.kind === 'leaf') return body;
  if (body.kind !== 'sum') return undefined;
  const [only] = body.terms;
  if (body.terms.length === 1 && only?.arg.kind === 'leaf') return only.arg;
  for (const t of body.terms) {
    if (t.arg.kind !== 'leaf' || !t.arg.local || !sameShape(t.arg.shape, out.shape)) continue;
    const leaf = t.arg;
    const others = body.terms.filter((x) => x !== t);
    if (others.every((x) => !leavesOf(x.arg).has(leaf) && !leavesOf(x.coefficient).has(leaf))) return leaf;
  }
  return undefined;
}

/** `held` are arrays that must survive to the end; without a result nothing is written into `out`. Of several results, `names` says what each array's is called. */
export function assignMemory(steps: readonly Step[], result: Expr | undefined, held: ReadonlySet<Leaf> = new Set(), names: ReadonlyMap<Leaf, string> = new Map()): Memory {
  const last = new Map<Leaf, number>();
  steps.forEach((s, k) => { for (const l of readsOf(s)) last.set(l, k); });
  for (const l of [...(result ? leavesOf(result) : []), ...held]) last.set(l, steps.length);
  const root = new Map<Leaf, Leaf>();
  const rootOf = (l: Leaf): Leaf => { const r = root.get(l); return r ? rootOf(r) : l; };
  steps.forEach((s, k) => {
    const operand = reusable(s);
    if (!operand || !operand.local || last.get(operand) !== k || held.has(operand) || held.has(s.out)) return;
    const first = outsOf(s)[0];
    if (first && sameLength(first, operand)) root.set(first, operand);
  });
  const finals = new Map([...names].map(([leaf, name]) => [rootOf(leaf), name] as const));
  if (result?.kind === 'leaf' && result.local) finals.set(rootOf(result), 'out');
  const ends = new Map<Leaf, number>();
  steps.forEach((s, k) => {
    for (const l of outsOf(s)) ends.set(rootOf(l), Math.max(ends.get(rootOf(l)) ?? k, last.get(l) ?? k));
  });
  const place = new Map<Leaf, string | number>();
  const free: number[] = [];
  const busy: { slot: number; end: number }[] = [];
  let count = 0;
  steps.forEach((s, k) => {
    for (let b = busy.length - 1; b >= 0; b--) {
      const entry = busy[b];
      if (entry && entry.end < k) { free.push(entry.slot); busy.splice(b, 1); }
    }
    for (const l of outsOf(s)) {
      const r = rootOf(l);
      if (place.has(r) || isScalarLeaf(r)) continue;
      const final = finals.get(r);
      if (final !== undefined) { place.set(r, final); continue; }
      free.sort((a, b) => a - b);
      const slot = free.shift() ?? count++;
      place.set(r, slot);
      busy.push({ slot, end: ends.get(r) ?? k });
    }
  });
  return { rootOf, placeOf: (r) => place.get(r) };
}
const isScalarLeaf = (l: Leaf): boolean => isOne(l.shape.rows) && isOne(l.shape.cols);
const sameLength = (a: Leaf, b: Leaf): boolean => sameShape(a.shape, b.shape) || (a.shape.rows.key === b.shape.cols.key && a.shape.cols.key === b.shape.rows.key);
