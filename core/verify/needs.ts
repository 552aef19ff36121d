/** Which variables a term's value depends on, and whether the assumptions about them hold at a point. */
import type { Assumption, Program } from '../algebra/program';
import type { Term } from '../algebra/term';

function children(term: Term): readonly Term[] {
  switch (term.kind) {
    case 'number': case 'constant': case 'variable': case 'dimension': case 'index': case 'reference': return [];
    case 'apply': case 'formal': return term.args;
    case 'power': return 'n' in term.exponent ? [term.base] : [term.base, term.exponent];
    case 'slice': return [term.arg, ...[term.rows, term.cols].flatMap((s) => (s.kind === 'at' ? [s.index] : []))];
    case 'blocks': return term.rows.flat();
    case 'finiteSum': return [term.body];
    case 'derivative': return [term.of, ...term.args];
  }
}

export interface Needs {
  readonly variables: ReadonlySet<string>;
  /** Functions without a body that would be needed. */
  readonly formal: ReadonlySet<string>;
}

export function needsOf(program: Program, terms: readonly Term[]): Needs {
  const variables = new Set<string>();
  const formal = new Set<string>();
  const seen = new Set<string>();
  const open: Term[] = [...terms];
  for (let t = open.pop(); t; t = open.pop()) {
    if (t.kind === 'variable') variables.add(t.name);
    if (t.kind === 'formal') formal.add(t.name);
    if (t.kind === 'derivative') for (const name of t.wrt) variables.add(name);
    if (t.kind === 'reference' && !seen.has(t.name)) {
      seen.add(t.name);
      const body = program.definitions.get(t.name)?.body;
      if (body) open.push(body);
    }
    open.push(...children(t));
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
