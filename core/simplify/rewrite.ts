/** Rows of identities: what an operator's application is rewritten to as it is built, and under which condition. */
import type { Dim } from '../algebra/dim';
import type { Graph, Rewrite } from '../algebra/graph';
import type { Node } from '../algebra/node';

export interface Identity {
  readonly op: string;
  /** As a person reads it: `log(det(A)) = logdet(A)`. */
  readonly text: string;
  /** When it holds, where it does not always. */
  readonly condition?: string;
  readonly rewrite: Rewrite;
}

export function identity(op: string, text: string, rewrite: Rewrite, condition?: string): Identity {
  return condition === undefined ? { op, text, rewrite } : { op, text, rewrite, condition };
}

/** An identity of one argument that looks at the argument's own operator. */
export const under = (op: string, inner: string, text: string, make: (g: Graph, args: readonly Node[], outer: readonly Node[], dims: readonly Dim[]) => Node | undefined, condition?: string): Identity =>
  identity(op, text, (g, args, dims) => {
    const [a] = args;
    return a?.kind === 'apply' && a.op === inner ? make(g, a.args, args, dims) : undefined;
  }, condition);
