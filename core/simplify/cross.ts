/** Cross products: skew3(a)*b = -skew3(b)*a, so that a direction stands outside the skew matrix and what is simpler inside, and skew3(a)*a = 0. */
import { isOne } from '../algebra/dim';
import type { Graph, Tail } from '../algebra/graph';
import type { Node } from '../algebra/node';
import { termsOf } from '../algebra/expand';

const LONGEST = 6;
const axisOf = (a: Node): Node | undefined => (a.kind === 'apply' && a.op === 'skew3' ? a.args[0] : undefined);

/** skew3(a)*b with b the column that the run multiplies to. */
function timesColumn(g: Graph, axis: Node, run: readonly Node[]): Node | undefined {
  const b = g.mul(...run);
  if (b === axis) return g.zero(b.shape);
  const turns = axis.linear ? !b.linear : !b.linear && b.weight < axis.weight;
  return turns ? g.neg(g.mul(g.apply('skew3', [b]), axis)) : undefined;
}

/** skew3(dx)*W + W*skew3(dx), a sum in which a direction stands inside a skew matrix. */
const turnsIn = (a: Node): boolean => a.kind === 'sum' && a.linear && a.terms.some((t) => (t.kind === 'product' ? t.factors : [t]).some((f) => axisOf(f)?.linear));

/** What the end of a product becomes with the next factor, where a skew matrix meets a column behind it or a row before it. */
export function crossedTail(g: Graph, stack: readonly Node[], f: Node): Tail | undefined {
  if (isOne(f.shape.cols)) {
    for (let i = stack.length - 1; i >= 0 && stack.length - i <= LONGEST; i--) {
      const before = stack[i] as Node;
      const run = [...stack.slice(i + 1), f];
      if (turnsIn(before) && !run.some((x) => x.linear)) return { used: stack.length - i, node: g.add(...termsOf(g, before).map((t) => g.mul(t, ...run))) };
      const axis = axisOf(before);
      const node = axis && timesColumn(g, axis, run);
      if (node) return { used: stack.length - i, node };
    }
  }
  const axis = axisOf(f);
  if (!axis) return undefined;
  for (let n = 1; n <= Math.min(LONGEST, stack.length); n++) {
    const run = stack.slice(stack.length - n);
    if (!isOne((run[0] as Node).shape.rows)) continue;
    // b'*skew3(a) = -(skew3(a)*b)'.
    const node = timesColumn(g, axis, run.map((x) => g.transpose(x)).reverse());
    if (node) return { used: n, node: g.neg(g.transpose(node)) };
  }
  return undefined;
}
