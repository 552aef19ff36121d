/** Quotients that have names of their own: sum(x)/n is mean(x), exp(x)/sum(exp(x)) is softmax(x). */
import { isOne, mulDim } from '../algebra/dim';
import type { Graph } from '../algebra/graph';
import type { Node } from '../algebra/node';
import { addQ, isIntegerQ, isNegativeQ, isOneQ, negQ, ONE } from '../algebra/rational';
import { partsOf, type Parts, type ProductNode, type WithName } from './parts';
import { NOWHERE } from './place';
import { call, powerTree } from './trees';
import type { Writer } from './writer';

/** sum(x)/n is mean(x). */
export function means(w: Writer, a: Parts): readonly WithName[] {
  if (!w.searches || w.isTaken('mean')) return [];
  return a.scalars.flatMap((s): readonly WithName[] => {
    const inside = s.base.kind === 'apply' && s.base.op === 'sum' ? s.base.args[0] : undefined;
    if (!inside || !isIntegerQ(s.exponent)) return [];
    const size = w.g.dimension(mulDim(inside.shape.rows, inside.shape.cols));
    const rest = w.g.product(a.coefficient, [...a.scalars.filter((p) => p !== s), { base: size, exponent: s.exponent }], a.factors);
    const isBelow = isNegativeQ(s.exponent);
    return [{ id: 'mean', rest: partsOf(rest), name: { tree: powerTree(call('mean', w.tree(inside, NOWHERE)), isBelow ? negQ(s.exponent) : s.exponent), below: isBelow } }];
  });
}

/** exp(x)/sum(exp(x)) is softmax(x), also as a factor entry by entry and within diag. */
export function softmaxes({ g, isTaken }: Writer, a: ProductNode): readonly Parts[] {
  if (isTaken('softmax')) return [];
  return a.scalars.flatMap((s): readonly Parts[] => {
    const exp = s.base.kind === 'apply' && s.base.op === 'sum' && isIntegerQ(s.exponent) && isNegativeQ(s.exponent) ? s.base.args[0] : undefined;
    const x = exp?.kind === 'apply' && exp.op === 'exp' && isOne(exp.shape.cols) ? exp.args[0] : undefined;
    if (!x || !exp) return [];
    const soft = g.apply('softmax', [x]);
    const at = a.factors.findIndex((f) => exchange(g, f, exp, soft) !== undefined);
    if (at < 0) return [];
    const scalars = a.scalars.map((p) => (p === s ? { base: p.base, exponent: addQ(p.exponent, ONE) } : p));
    return [partsOf(g.product(a.coefficient, scalars, a.factors.map((f, i) => (i === at ? exchange(g, f, exp, soft) ?? f : f))))];
  });
}

/** The factor with one array in place of another, in which it is linear. */
function exchange(g: Graph, f: Node, from: Node, to: Node): Node | undefined {
  if (f === from) return to;
  if (f.kind === 'transpose' && f.arg === from) return g.transpose(to);
  if (f.kind === 'apply' && f.op === 'diag') { const inner = exchange(g, f.args[0] as Node, from, to); return inner && g.apply('diag', [inner]); }
  return f.kind === 'hadamard' && f.factors.some((p) => p.base === from && isOneQ(p.exponent)) ? g.elementProduct(ONE, [], f.factors.map((p) => (p.base === from ? { base: to, exponent: ONE } : p))) : undefined;
}
