/** Which variables a term's value depends on, and whether the assumptions about them hold at a point. */
import type { Assumption, Program } from '../algebra/program';
import type { Term } from '../algebra/term';
import { termsWithin } from '../algebra/terms-within';

export interface Needs {
  readonly variables: ReadonlySet<string>;
  /** Functions without a body that would be needed. */
  readonly formal: ReadonlySet<string>;
}

/** @param wrt variables that are differentiated by, whether or not a term holds them */
export function needsOf(program: Program, terms: readonly Term[], wrt: readonly string[] = []): Needs {
  const variables = new Set<string>(wrt);
  const formal = new Set<string>();
  for (const t of termsWithin(program, ...terms)) {
    if (t.kind === 'variable') variables.add(t.name);
    if (t.kind === 'formal') formal.add(t.name);
    if (t.kind === 'derivative') for (const name of t.wrt) variables.add(name);
  }
  return { variables, formal };
}

/** The assumptions that speak of these variables, and all variables that those speak of. */
export function withAssumptions(program: Program, needs: Needs): { readonly names: readonly string[]; readonly assumptions: readonly Assumption[] } {
  const names = new Set(needs.variables);
  const chosen = new Set<Assumption>();
  for (let grew = true; grew; ) {
    grew = false;
    for (const a of program.assumptions) {
      if (chosen.has(a)) continue;
      const own = needsOf(program, a.right ? [a.left, a.right] : [a.left]).variables;
      if (![...own].some((n) => names.has(n))) continue;
      chosen.add(a);
      own.forEach((n) => names.add(n));
      grew = true;
    }
  }
  return { names: [...names], assumptions: [...chosen] };
}
