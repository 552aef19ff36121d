/** Whether a formula is a scalar, a vector or a matrix: by its declarations, else by the kind of its letters. */
import { strip } from '../strength';
import type { Expr } from '../tree';

export type Kind = 'scalar' | 'vector' | 'matrix';
/** `row`: a transposed vector. */
type Shape = Kind | 'row' | 'unknown';

export interface KindsOfNames {
  readonly kindOf: (name: string) => Kind | undefined;
}

const SCALAR_LETTERS = /^(?:[i-nN]|[pqrst]|alpha|beta|gamma|delta|epsilon|zeta|eta|theta|iota|kappa|lambda|mu|nu|xi|pi|rho|sigma|tau|upsilon|phi|chi|psi|omega)$/;
/** By its first letter, as people choose them: `A` a matrix, `x` a vector, `α` and `n` scalars. */
export function kindOfLetter(name: string): Kind {
  const base = name.split('_')[0] ?? name;
  if (SCALAR_LETTERS.test(base)) return 'scalar';
  return /^\p{Lu}/u.test(base) ? 'matrix' : 'vector';
}

const TO_SCALAR: ReadonlySet<string> = new Set(['tr', 'det', 'logdet', 'norm', 'normF', 'norm2', 'normNuc', 'norm1', 'normInf', 'sum', 'dot', 'logsumexp', 'eigmax', 'eigmin', 'delta', 'cond']);
const TO_MATRIX: ReadonlySet<string> = new Set(['inv', 'pinv', 'sqrtm', 'expm', 'logm', 'I', 'E', 'commutation', 'kron', 'chol', 'adj', 'unvec', 'tril', 'triu', 'sym', 'skewpart']);
const TO_VECTOR: ReadonlySet<string> = new Set(['vec', 'vech', 'ones', 'zeros', 'e', 'softmax']);

/** The kind of an expression. `unknown` where two kinds do not fit. */
export function shapeOf(expr: Expr, names: KindsOfNames): Shape {
  const e = strip(expr);
  switch (e.kind) {
    case 'number': return 'scalar';
    case 'name': return e.name === 'I' ? 'matrix' : names.kindOf(e.name) ?? kindOfLetter(e.name);
    case 'unary': return shapeOf(e.arg, names);
    case 'transpose': case 'inverseTranspose': return transposed(shapeOf(e.arg, names));
    case 'power': return shapeOf(e.base, names);
    case 'binary': {
      const [left, right] = [shapeOf(e.left, names), shapeOf(e.right, names)];
      if (e.op === ':') return 'scalar';
      if (e.op === '⊗' || e.op === '⊕') return left === 'scalar' ? right : right === 'scalar' ? left : left === right && left !== 'matrix' ? left : 'matrix';
      if (e.op === '*' || e.op === '/' || e.op === '\\') return times(left, right);
      // Beside x'*A*x a letter that nothing declares is a number, whatever its case.
      if ((left === 'scalar' && isMade(e.left) && isGuess(e.right, names)) || (right === 'scalar' && isMade(e.right) && isGuess(e.left, names))) return 'scalar';
      return left === 'unknown' || left === 'scalar' ? right : left;
    }
    case 'call': {
      const [first] = e.args;
      if (TO_SCALAR.has(e.callee.name)) return 'scalar';
      if (TO_MATRIX.has(e.callee.name)) return 'matrix';
      if (TO_VECTOR.has(e.callee.name)) return 'vector';
      if (first === undefined) return 'unknown';
      if (e.callee.name === 'diag') return shapeOf(first, names) === 'matrix' ? 'vector' : 'matrix';
      const own = names.kindOf(e.callee.name);
      return own ?? (/^[a-z]$/.test(e.callee.name) ? 'scalar' : shapeOf(first, names));
    }
    case 'index': return e.items[0]?.kind !== 'at' && e.items.length === 2 ? 'vector' : e.items[1] && e.items[1].kind !== 'at' ? 'row' : 'scalar';
    case 'finiteSum': return shapeOf(e.body, names);
    case 'blocks': return 'matrix';
    case 'leibniz': case 'nabla': case 'missing': case 'paren': return 'unknown';
  }
}

const isMade = (expr: Expr): boolean => !['name', 'number'].includes(strip(expr).kind);
const isGuess = (expr: Expr, names: KindsOfNames): boolean => {
  const e = strip(expr);
  return e.kind === 'name' && e.name !== 'I' && names.kindOf(e.name) === undefined;
};

const transposed = (s: Shape): Shape => (s === 'vector' ? 'row' : s === 'row' ? 'vector' : s);

function times(left: Shape, right: Shape): Shape {
  if (left === 'scalar') return right;
  if (right === 'scalar') return left;
  if (left === 'unknown' || right === 'unknown') return 'unknown';
  if (left === 'row') return right === 'vector' ? 'scalar' : right === 'matrix' ? 'row' : 'unknown';
  if (right === 'row') return left === 'vector' ? 'matrix' : 'unknown';
  if (left === 'vector') return 'unknown';
  return right;
}
