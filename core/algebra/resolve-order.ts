/** The order in which definitions are read: what they need first. Circles are reported, each once. */
import type { DefinitionEntry, Scope } from './scope';
import { bodyNames } from './units';
import { namesIn } from './walk';

interface Frame { readonly entry: DefinitionEntry; readonly needs: readonly DefinitionEntry[]; at: number }

/** Definitions, each after those of them that it names; by an explicit stack, since chains are as long as a file. */
export function inOrder(scope: Pick<Scope, 'names' | 'report'>, definitions: readonly DefinitionEntry[]): readonly DefinitionEntry[] {
  const all = new Set(definitions);
  const state = new Map<DefinitionEntry, 'open' | 'done'>();
  const order: DefinitionEntry[] = [];
  const frame = (entry: DefinitionEntry): Frame => {
    const needs: DefinitionEntry[] = [];
    for (const name of entry.statement ? bodyNames(entry.statement) : []) {
      const needed = scope.names.get(name);
      if (needed?.kind === 'definition' && all.has(needed) && !entry.parameters.includes(name)) needs.push(needed);
    }
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
      } else if (state.get(need) === undefined) stack.push(frame(need));
      else if (state.get(need) === 'open') reportCircle(scope, stack, need);
    }
  }
  return order;
}

function reportCircle(scope: Pick<Scope, 'report'>, stack: readonly Frame[], need: DefinitionEntry): void {
  const from = stack.findIndex((f) => f.entry === need);
  const circle = stack.slice(from).map((f) => f.entry);
  const isKnown = circle.every((e) => e.owner.broken);
  for (const e of circle) e.owner.broken = true;
  if (isKnown) return;
  const names = circle.map((e) => e.name);
  const path = names.length <= 6 ? [...names, need.name] : [...names.slice(0, 3), `… ${names.length - 4} more …`, ...names.slice(-1), need.name];
  const last = stack.at(-1)?.entry.statement;
  const range = last && namesIn(last.body).find((n) => n.name === need.name)?.range;
  if (range) scope.report('MC2003', names.length === 1 ? `\`${need.name}\` is defined by itself` : `a circle of definitions: ${path.join(' → ')}`, range, {
    related: circle.slice(0, 5).flatMap((e) => (e.statement ? [{ range: e.statement.name.range, message: `\`${e.name}\` is defined here` }] : [])),
  });
}
