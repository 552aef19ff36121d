/** The variables that a term reads, through definitions too. */
import type { Program } from './program';
import type { Term } from './term';
import { termsWithin } from './terms-within';

export function termNames(program: Program, root: Term): Set<string> {
  const names = new Set<string>();
  for (const t of termsWithin(program, root)) {
    if (t.kind === 'variable') names.add(t.name);
    if (t.kind === 'derivative') for (const x of t.wrt) names.add(x);
  }
  return names;
}
