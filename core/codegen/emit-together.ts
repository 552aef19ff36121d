/** The body of a function that gives several results at once: one plan, whose last step names them. */
import { isScalar } from '../algebra/dim';
import { CannotGenerate } from './cannot-generate';
import type { TogetherResult } from './emit-function';
import { createStepWriter, type StepWriter, type Surroundings } from './emit-steps';
import type { Expr, Leaf } from './expr';
import { assignMemory } from './memory';
import type { KernelStep, Plan } from './plan';

const isTuple = (s: Plan['steps'][number]): s is KernelStep => s.kind === 'kernel' && s.op === 'tuple';

/** @param locals what the arrays are called that hold the results */
export function togetherLines(plan: Plan, results: readonly TogetherResult[], locals: ReadonlyMap<string, string>, s: Surroundings): string[] {
  const last = plan.steps.find(isTuple);
  if (!last) throw new CannotGenerate('the results were not planned together');
  const steps = plan.steps.filter((x) => x !== last);
  const places = placesOf(last.args, results, locals);
  const memory = assignMemory(steps, last.value.kind === 'call' ? { ...last.value, args: last.args } : undefined, new Set(), places);
  const w = createStepWriter(steps, memory, s);
  const lines = w.write(steps);
  return [...lines, ...givenBack(last.args, results, locals, w)];
}
const arraysOf = (values: readonly Expr[], results: readonly TogetherResult[], locals: ReadonlyMap<string, string>): readonly { readonly value: Expr; readonly name: string }[] =>
  values.flatMap((value, k) => { const name = locals.get(results[k]?.key ?? ''); return isScalar(value.shape) || name === undefined ? [] : [{ value, name }]; });
/** Where the arrays live that are given back. */
export function placesOf(values: readonly Expr[], results: readonly TogetherResult[], locals: ReadonlyMap<string, string>): ReadonlyMap<Leaf, string> {
  const places = new Map<Leaf, string>();
  for (const { value, name } of arraysOf(values, results, locals)) if (value.kind === 'leaf' && value.local && !places.has(value)) places.set(value, name);
  return places;
}
/** The last lines: what is not where it is given back is copied there; then the object. @param values of the results in their order; of those behind them the arrays are filled */
export function givenBack(values: readonly Expr[], results: readonly TogetherResult[], locals: ReadonlyMap<string, string>, w: StepWriter): string[] {
  const lines: string[] = [];
  // A parameter, or an array that is another result too, is copied.
  for (const { value, name } of arraysOf(values, results, locals)) {
    const held = value.kind === 'leaf' ? w.nameOf(value.name, value.local) : '';
    if (held !== name) lines.push(`${name}.set(${held});`);
  }
  const before: string[] = [];
  const entries = results.map((r, k) => {
    const value = values[k];
    const text = value && isScalar(r.shape) ? w.scalar(value, before) : locals.get(r.key) ?? '';
    return text === r.key ? text : `${r.key}: ${text}`;
  });
  return [...lines, ...before, `return { ${entries.join(', ')} };`];
}
