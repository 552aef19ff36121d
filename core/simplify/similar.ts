/** A function of a product commutes with it: A*f(W)*inv(A)*B = B*f(W) for W = inv(A)*B, so that factors cancel across f(W). */
import type { Graph, Tail } from '../algebra/graph';
import type { Node } from '../algebra/node';
import { viewOf } from '../algebra/product';
import { addQ, isOneQ, isZeroQ } from '../algebra/rational';

/** Primary functions of their first argument. */
const FUNCTIONS = new Set(['logm', 'expm', 'power']);

/** The factors of W where the node is a function of W. */
function factorsInside(g: Graph, f: Node): readonly Node[] | undefined {
  const { base, flipped } = viewOf(f);
  const inner = base.kind === 'apply' && FUNCTIONS.has(base.op) ? base.args[0] : base.kind === 'product' ? base : undefined;
  if (inner?.kind !== 'product' || inner.factors.length < 2 || inner.scalars.length > 0 || !isOneQ(inner.coefficient)) return undefined;
  return flipped ? [...inner.factors].reverse().map((x) => g.transpose(x)) : inner.factors;
}

const cancels = (a: Node, b: Node): boolean => {
  const [x, y] = [viewOf(a), viewOf(b)];
  return x.base === y.base && x.flipped === y.flipped && isZeroQ(addQ(x.exponent, y.exponent));
};

/** `a*f(W)*W` as `a*W*f(W)` where W begins with the inverse of a; `W*f(W)*b` as `f(W)*W*b` where it ends with that of b. */
export function similarTail(g: Graph, stack: readonly Node[], next: Node): Tail | undefined {
  const top = stack.at(-1);
  const before = top && factorsInside(g, top);
  if (top && before && cancels(before.at(-1) as Node, next)) {
    const from = stack.length - 1 - before.length;
    if (from >= 0 && before.every((x, i) => x === stack[from + i])) return { used: before.length + 1, node: g.mul(top, ...before, next) };
  }
  for (let at = stack.length - 1; at > 0; at--) {
    const W = factorsInside(g, stack[at] as Node);
    if (!W || stack.length - at !== W.length || W.at(-1) !== next || !cancels(stack[at - 1] as Node, W[0] as Node)) continue;
    if (W.slice(0, -1).every((x, i) => x === stack[at + 1 + i])) return { used: W.length + 1, node: g.mul(stack[at - 1] as Node, ...W, stack[at] as Node) };
  }
  return undefined;
}
