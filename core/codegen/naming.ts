/** What a person would call an intermediate value. */
import { isOne, isScalar } from '../algebra/dim';
import type { Expr, Leaf } from './expr';
import type { Facts } from './facts';

/** `called` gives the names of parameters and of values that are there already. */
export function wishFor(value: Expr, facts: Facts, called: (e: Expr) => string | undefined): string {
  const own = called(value);
  if (own !== undefined) return own;
  const scalar = isScalar(value.shape);
  const vector = isOne(value.shape.rows) || isOne(value.shape.cols);
  switch (value.kind) {
    case 'product': {
      const letters = value.factors.map((f) => letter(f, called));
      const joined = letters.every((l) => l !== undefined) ? letters.join('') : '';
      if (joined !== '' && joined.length <= 6) return joined;
      const [first] = value.factors;
      if (first?.kind === 'inverse') return scalar ? 's' : vector ? 'z' : 'Z';
      return scalar ? 's' : vector ? 'u' : 'P';
    }
    case 'call':
      switch (value.op) {
        case 'chol': return 'L';
        case 'lu': return value.part === 0 ? 'LU' : 'pivots';
        case 'eigSym': return value.part === 0 ? 'Q' : 'lambda';
        case 'positiveSpectrum': case 'nonnegativeSpectrum': return 'lambda';
        case 'svd': return ['U', 'sigma', 'V'][value.part] ?? 'U';
        case 'maximum': return 'largest';
        case 'minimum': return 'smallest';
        case 'choleskyLogdet': case 'luLogdet': return 'logdet';
        case 'luDeterminant': return 'det';
        default: return value.op.length <= 8 ? value.op : scalar ? 's' : vector ? 'v' : 'F';
      }
    case 'inverse': { const l = letter(value.arg, called); return l === undefined ? 'Inverse' : `${l}inv`; }
    case 'transpose': return `${letter(value.arg, called) ?? 'A'}t`;
    case 'sum': return scalar ? 's' : vector ? 'r' : value.terms.length === 1 ? 'D' : facts.isSymmetric(value) ? 'S' : 'R';
    case 'map': return scalar ? 'c' : vector ? 'p' : 'M';
    case 'times': return scalar ? 'c' : vector ? 'd' : 'D';
    case 'total': case 'trace': return 's';
    default: return scalar ? 'c' : vector ? 'v' : 'T';
  }
}
function letter(e: Expr, called: (e: Expr) => string | undefined): string | undefined {
  const inner = e.kind === 'transpose' ? e.arg : e;
  const name = called(inner);
  const short = name !== undefined && name.length <= 3 ? name : undefined;
  return short === undefined ? undefined : e.kind === 'transpose' ? `${short}t` : short;
}
export const isInteger32 = (leaf: Leaf, valueOf: (leaf: Leaf) => Expr | undefined): boolean => {
  const v = valueOf(leaf);
  return v?.kind === 'call' && v.op === 'lu' && v.part === 1;
};
