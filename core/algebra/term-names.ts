/** The variables that a term reads, through definitions too. */
import type { Program } from './program';
import type { SliceItem, Term } from './term';

export function termNames(program: Program, root: Term): Set<string> {
  const names = new Set<string>();
  const opened = new Set<string>();
  const stack: Term[] = [root];
  const ofItem = (item: SliceItem): void => { if (item.kind === 'at') stack.push(item.index); };
  for (let t = stack.pop(); t; t = stack.pop()) {
    switch (t.kind) {
      case 'variable': names.add(t.name); break;
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
      case 'derivative': stack.push(t.of, ...t.args); for (const x of t.wrt) names.add(x); break;
      case 'number': case 'constant': case 'dimension': case 'index': break;
    }
  }
  return names;
}
