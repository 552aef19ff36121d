/** The body of a function that gives several results at once: one plan, whose last step names them. */
import { isScalar } from '../algebra/dim';
import { CannotGenerate } from './cannot-generate';
import type { TogetherResult } from './emit-function';
import { createStepWriter, type Surroundings } from './emit-steps';
import type { Expr, Leaf } from './expr';
import { assignMemory } from './memory';
import type { KernelStep, Plan } from './plan';

const isTuple = (s: Plan['steps'][number]): s is KernelStep => s.kind === 'kernel' && s.op === 'tuple';

/** @param locals what the arrays are called that hold the results */
export function togetherLines(plan: Plan, results: readonly TogetherResult[], locals: ReadonlyMap<string, string>, s: Surroundings): string[] {
  const last = plan.steps.find(isTuple);
  if (!last) throw new CannotGenerate('the results were not planned together');
  const steps = plan.steps.filter((x) => x !== last);
  const places = new Map<Leaf, string>();
  const arrays = results.map((r, k) => ({ key: r.key, value: last.args[k] as Expr, name: locals.get(r.key) ?? '' })).filter(({ value }) => !isScalar(value.shape));
  for (const { value, name } of arrays) if (value.kind === 'leaf' && value.local && !places.has(value)) places.set(value, name);
  const memory = assignMemory(steps, last.value.kind === 'call' ? { ...last.value, args: last.args } : undefined, new Set(), places);
  const w = createStepWriter(steps, memory, s);
  const lines = w.write(steps);
  // A parameter, or an array that is another result too, is copied.
  for (const { value, name } of arrays) {
    const held = value.kind === 'leaf' ? w.nameOf(value.name, value.local) : '';
    if (held !== name) lines.push(`${name}.set(${held});`);
  }
  const before: string[] = [];
  const entries = results.map((r, k) => {
    const text = isScalar(r.shape) ? w.scalar(last.args[k] as Expr, before) : locals.get(r.key) ?? '';
    return text === r.key ? text : `${r.key}: ${text}`;
  });
  return [...lines, ...before, `return { ${entries.join(', ')} };`];
}
