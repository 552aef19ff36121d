/** Every term that a term is made of, definitions opened, each definition once. */
import type { Program } from './program';
import type { SliceItem, Term } from './term';

export function* termsWithin(program: Program, ...roots: readonly Term[]): Generator<Term> {
  const opened = new Set<string>();
  const stack: Term[] = [...roots];
  const ofItem = (item: SliceItem): void => { if (item.kind === 'at') stack.push(item.index); };
  for (let t = stack.pop(); t; t = stack.pop()) {
    yield t;
    switch (t.kind) {
      case 'reference': {
        const body = opened.has(t.name) ? undefined : program.definitions.get(t.name)?.body;
        opened.add(t.name);
        if (body) stack.push(body);
        break;
      }
      case 'apply': case 'formal': stack.push(...t.args); break;
      case 'power': stack.push(t.base); if ('kind' in t.exponent) stack.push(t.exponent); break;
      case 'slice': stack.push(t.arg); ofItem(t.rows); ofItem(t.cols); break;
      case 'blocks': for (const row of t.rows) stack.push(...row); break;
      case 'finiteSum': stack.push(t.body); break;
      case 'derivative': stack.push(t.of, ...t.args); break;
      case 'variable': case 'number': case 'constant': case 'dimension': case 'index': break;
    }
  }
}

/** The variables by which something is differentiated within the terms. */
export function differentiatedIn(program: Program, ...roots: readonly Term[]): ReadonlySet<string> {
  const names = new Set<string>();
  for (const t of termsWithin(program, ...roots)) if (t.kind === 'derivative') for (const x of t.wrt) names.add(x);
  return names;
}
