/** Assumptions that a draw can satisfy by its making. */
import { making, type Making } from '../algebra/assumed';
import type { Program } from '../algebra/program';

/** How each variable is to be made, from the assumptions that say so. The rest are only tested at the point. */
export function makings(program: Program): ReadonlyMap<string, ReadonlySet<Making>> {
  const out = new Map<string, Set<Making>>();
  for (const a of program.assumptions) {
    const found = making(a);
    if (!found) continue;
    const [name, how] = found;
    out.set(name, (out.get(name) ?? new Set()).add(how));
  }
  return out;
}
