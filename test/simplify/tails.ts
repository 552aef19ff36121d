// The identities of a product's end: the value of an expression built with one of them, its text, and a mutated twin.
import { applyShape } from '../../core/algebra/apply-shape';
import { createGraph, type GraphOptions } from '../../core/algebra/graph';
import type { Node } from '../../core/algebra/node';
import { rational } from '../../core/algebra/rational';
import { resolve } from '../../core/algebra/resolve';
import { openWorkspace } from '../../core/calculus/workspace';
import { toTree } from '../../core/notation/tree';
import { evaluate } from '../../core/numeric/evaluate';
import { pairIdentity } from '../../core/simplify/matrix';
import { parse } from '../../core/syntax/parse';
import { printText } from '../../core/syntax/print';
import { naive } from '../fuzz/naive';
import { drawPoint } from '../fuzz/point';
import { randomFrom } from '../fuzz/random';

export type Tail = NonNullable<GraphOptions['tail']>;

/** `text` after declarations, built with the identities of neighbours, inverses and this one. */
export function open(declared: string, text: string, tail: Tail): { readonly text: string; readonly values: readonly number[]; readonly want: readonly number[]; readonly node: Node } {
  const document = parse(`${declared}\n${text}`);
  const program = resolve(document);
  const error = [...document.diagnostics, ...program.diagnostics].find((d) => d.severity === 'error');
  const term = program.requests.at(-1)?.term;
  if (error || !term) throw new Error(`${error?.message ?? 'nothing'} in ${text}`);
  const w = openWorkspace(program, (facts) => createGraph({ pair: pairIdentity, tail, dimFacts: facts, shapeOf: (op, args, dims) => applyShape(op, args, dims, facts), rewrites: new Map([
    ['inv', [{ text: 'inv(A) = A^-1', rewrite: (g, [A]) => A && g.inverse(A) }]],
  ]) }));
  const node = w.node(term);
  const point = drawPoint(program, 0, randomFrom(7));
  return { node, text: printText(toTree(w.g, node)), values: [...evaluate(node, point).data], want: [...naive(program, term, point).data] };
}
export const gap = (a: readonly number[], b: readonly number[]): number => Math.max(...a.map((x, i) => Math.abs(x - (b[i] ?? NaN)))) / Math.max(1, ...b.map(Math.abs));

/** The same with a wrong result. */
export const mutated = (tail: Tail): Tail => (g, factors, next) => {
  const made = tail(g, factors, next);
  return made && { used: made.used, node: made.node.kind === 'zero' ? g.ones(made.node.shape) : g.scale(rational(2), made.node) };
};
