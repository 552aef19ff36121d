/** A node and all below it. */
import type { Node } from '../algebra/node';
import { childrenOf } from '../algebra/substitute';

export function reachable(root: Node): ReadonlySet<Node> {
  const seen = new Set<Node>();
  const stack: Node[] = [root];
  while (stack.length > 0) {
    const a = stack.pop() as Node;
    if (seen.has(a)) continue;
    seen.add(a);
    stack.push(...childrenOf(a));
  }
  return seen;
}
