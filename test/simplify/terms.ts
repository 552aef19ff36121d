// The identities of a sum's terms: the value of an expression built with one of them, and its text.
import { applyShape } from '../../core/algebra/apply-shape';
import { createGraph, type GraphOptions, type NamedRewrite } from '../../core/algebra/graph';
import { resolve } from '../../core/algebra/resolve';
import { openWorkspace } from '../../core/calculus/workspace';
import { toTree } from '../../core/notation/tree';
import { evaluate } from '../../core/numeric/evaluate';
import { identities } from '../../core/simplify';
import { parse } from '../../core/syntax/parse';
import { printText } from '../../core/syntax/print';
import { naive } from '../fuzz/naive';
import { drawPoint } from '../fuzz/point';
import { randomFrom } from '../fuzz/random';

export { gap } from './tails';

export type Terms = NonNullable<GraphOptions['terms']>;

export function opened(declared: string, text: string, terms: Terms): { readonly text: string; readonly values: readonly number[]; readonly want: readonly number[] } {
  const program = resolve(parse(`${declared}\n${text}`));
  const term = program.requests.at(-1)?.term;
  if (!term || program.diagnostics.some((d) => d.severity === 'error')) throw new Error(text);
  const rewrites = new Map<string, NamedRewrite[]>();
  for (const i of identities) rewrites.set(i.op, [...(rewrites.get(i.op) ?? []), i]);
  const w = openWorkspace(program, (facts) => createGraph({ rewrites, terms, dimFacts: facts, shapeOf: (op, args, dims) => applyShape(op, args, dims, facts) }));
  const node = w.node(term);
  const point = drawPoint(program, 0, randomFrom(11));
  return { text: printText(toTree(w.g, node)), values: [...evaluate(node, point).data], want: [...naive(program, term, point).data] };
}
