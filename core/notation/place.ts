/** Which sizes a printed node tells by itself. A bare `I` and `e(i)` tell none: they are written with their size where the place tells none either. */
import { isOne } from '../algebra/dim';
import type { Node } from '../algebra/node';
import { childrenOf } from '../algebra/substitute';

/** Whether the rows and the columns are known: from the printed text itself, or from where it stands. */
export interface Place { readonly rows: boolean; readonly cols: boolean }
export const NOWHERE: Place = { rows: false, cols: false };
export const TOLD: Place = { rows: true, cols: true };
export const turned = (p: Place): Place => ({ rows: p.cols, cols: p.rows });

const ELEMENTWISE = new Set(['exp', 'log', 'sin', 'cos', 'tan', 'asin', 'acos', 'atan', 'sinh', 'cosh', 'tanh', 'abs', 'sign', 'relu', 'sigmoid', 'softplus', 'erf',
  'normcdf', 'gamma', 'lgamma', 'digamma', 'trigamma', 'step']);
/** Functions that act on every entry: their argument stands where they stand. */
export const isElementwise = (op: string): boolean => ELEMENTWISE.has(op);

const known = new WeakMap<Node, Place>();

export function tells(a: Node): Place {
  const old = known.get(a);
  if (old) return old;
  const found = look(a);
  known.set(a, found);
  return found;
}

/** A multiple of ones, which a sum with other arrays prints as a number. */
export const isSpread = (a: Node): boolean => a.kind === 'ones' || (a.kind === 'product' && a.factors.length === 1 && a.factors[0]?.kind === 'ones');

/** Entry by entry: 1 - tanh(X).^2 is read as it is meant. */
const isByEntry = (a: Node): boolean => {
  switch (a.kind) {
    case 'hadamard': return true;
    case 'apply': return isElementwise(a.op);
    case 'transpose': return isByEntry(a.arg);
    case 'product': return a.factors.length === 1 && isByEntry(a.factors[0] as Node);
    default: return false;
  }
};

/** Whether a multiple of ones beside these arrays may stand as a number: 1 + A*B would be read as I + A*B. */
export const broadcasts = (arrays: readonly Node[]): boolean => arrays.some((a) => isOne(a.shape.rows) || isOne(a.shape.cols) || isByEntry(a));

function look(a: Node): Place {
  switch (a.kind) {
    case 'symbol': case 'ones': case 'zero': case 'selector': case 'chain': return TOLD;
    case 'identity': return NOWHERE;
    case 'basis': return { rows: false, cols: true };
    case 'transpose': return turned(tells(a.arg));
    case 'power': { const p = tells(a.base); return p.rows || p.cols ? TOLD : NOWHERE; }
    case 'hadamard': return either(a.factors.map((f) => f.base));
    case 'sum': { const arrays = a.terms.filter((t) => !isSpread(t)); return arrays.length < a.terms.length && !broadcasts(arrays) ? TOLD : either(arrays); }
    case 'product': {
      const [first] = a.factors;
      const last = a.factors[a.factors.length - 1];
      return first && last ? { rows: tells(first).rows, cols: tells(last).cols } : TOLD;
    }
    case 'apply': return a.args[0] && isElementwise(a.op) ? tells(a.args[0]) : TOLD;
  }
}

const placed = new WeakMap<Node, boolean>();

/** Whether the text may depend on the place: an identity or a basis vector stands in it. */
export function isPlaced(a: Node): boolean {
  const old = placed.get(a);
  if (old !== undefined) return old;
  const found = a.kind === 'identity' || a.kind === 'basis' || childrenOf(a).some(isPlaced);
  placed.set(a, found);
  return found;
}

export function either(nodes: readonly Node[]): Place {
  const all = nodes.map(tells);
  return { rows: all.some((p) => p.rows), cols: all.some((p) => p.cols) };
}
export const or = (a: Place, b: Place): Place => ({ rows: a.rows || b.rows, cols: a.cols || b.cols });
