/** The order in which definitions are read: what they need first. Circles are reported, each once. */
import type { DefinitionEntry, Scope } from './scope';
import { namesIn } from './walk';

interface Frame { readonly entry: DefinitionEntry; readonly needs: readonly { readonly entry: DefinitionEntry; readonly range: { readonly start: number; readonly end: number } }[]; at: number }

/** Definitions, each after those that it names; by an explicit stack, since chains are as long as a file. */
export function inOrder(scope: Scope, definitions: readonly DefinitionEntry[]): readonly DefinitionEntry[] {
  const state = new Map<DefinitionEntry, 'open' | 'done'>();
  const order: DefinitionEntry[] = [];
  const frame = (entry: DefinitionEntry): Frame => {
    const names = entry.statement ? namesIn(entry.statement.body) : [];
    const own = new Set(entry.parameters);
    const needs = names.flatMap(({ name, range }) => {
      const needed = scope.names.get(name);
      return needed?.kind === 'definition' && needed.statement && !own.has(name) ? [{ entry: needed, range }] : [];
    });
    state.set(entry, 'open');
    return { entry, needs, at: 0 };
  };
  for (const start of definitions) {
    if (state.has(start)) continue;
    const stack = [frame(start)];
    for (let top = stack.at(-1); top; top = stack.at(-1)) {
      const need = top.needs[top.at++];
      if (!need) {
        state.set(top.entry, 'done');
        order.push(top.entry);
        stack.pop();
      } else if (state.get(need.entry) === undefined) stack.push(frame(need.entry));
      else if (state.get(need.entry) === 'open') reportCircle(scope, stack, need);
    }
  }
  return order;
}

function reportCircle(scope: Scope, stack: readonly Frame[], need: Frame['needs'][number]): void {
  const from = stack.findIndex((f) => f.entry === need.entry);
  const circle = stack.slice(from).map((f) => f.entry);
  const isKnown = circle.every((e) => e.owner.broken);
  for (const e of circle) e.owner.broken = true;
  if (isKnown) return;
  const names = circle.map((e) => e.name);
  const path = names.length <= 6 ? [...names, need.entry.name] : [...names.slice(0, 3), `… ${names.length - 4} more …`, ...names.slice(-1), need.entry.name];
  scope.report('MC2003', names.length === 1 ? `\`${need.entry.name}\` is defined by itself` : `a circle of definitions: ${path.join(' → ')}`, need.range, {
    related: circle.slice(0, 5).flatMap((e) => (e.statement ? [{ range: e.statement.name.range, message: `\`${e.name}\` is defined here` }] : [])),
  });
}
