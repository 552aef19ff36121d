/** Which of two signs of a sum people write: I - F and 1 - s, not F - I and s - 1. */
import type { Node } from '../algebra/node';
import { isNegativeQ } from '../algebra/rational';

const isUnit = (t: Node, negative: boolean): boolean => t.kind === 'identity' || t.kind === 'ones' ? !negative
  : t.kind === 'product' && isNegativeQ(t.coefficient) === negative && t.scalars.every((p) => p.base.kind === 'apply' && p.base.op === 'delta') && t.factors.every((f) => f.kind === 'identity' || f.kind === 'ones');

const anywhere = (a: Node, holds: (sum: Node & { kind: 'sum' }) => boolean): boolean => {
  switch (a.kind) {
    case 'sum': return holds(a);
    case 'transpose': return anywhere(a.arg, holds);
    case 'hadamard': return a.factors.some((f) => anywhere(f.base, holds));
    case 'apply': return a.args.some((x) => anywhere(x, holds));
    default: return false;
  }
};

/** F - I, s - 1 and s - δ_ij, which people write the other way round. */
export const isTurned = (a: Node): boolean => anywhere(a, (s) => s.terms.some((t) => isUnit(t, true)));
/** I - F, 1 - s: it is the last to take a minus in. */
const isUpright = (a: Node): boolean => anywhere(a, (s) => s.terms.some((t) => isUnit(t, false)));

/** The better an expression takes a minus in, the less. */
export const reluctance = (a: Node): number => (isTurned(a) ? 0 : isUpright(a) ? 2 : 1);
