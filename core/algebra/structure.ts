/** Structure, inferred bottom-up: symmetric, positive definite, triangular, orthogonal, of full column rank, of one sign. */
import { commuting } from './commuting';
import { isOne, isScalar, sameDim } from './dim';
import type { Graph } from './graph';
import type { Node, ScalarPower } from './node';
import type { StructureWord } from './program';
import { compareQ, isIntegerQ, ZERO } from './rational';

export interface StructureQueries {
  isSymmetric(a: Node): boolean;
  isSkew(a: Node): boolean;
  isPosdef(a: Node): boolean;
  isPossemidef(a: Node): boolean;
  isLower(a: Node): boolean;
  isUpper(a: Node): boolean;
  isDiagonal(a: Node): boolean;
  isOrthogonal(a: Node): boolean;
  isInvertible(a: Node): boolean;
  /** Full column rank (so at least as many rows as columns). */
  isTall(a: Node): boolean;
  /** Every entry > 0. */
  isPositive(a: Node): boolean;
  /** Every entry ≥ 0. */
  isNonnegative(a: Node): boolean;
  /** What an inverse takes for granted: its base is invertible, so a Gram matrix's factor has full column rank. */
  implyInvertible(a: Node): void;
  /** An expression has a structure that nothing in it shows, from `assume`. */
  implyWord(a: Node, word: StructureWord): void;
  /** F'*M*F, or F'*F without a middle: positive definite where F has full column rank and M is positive definite. */
  congruence(a: Node): { readonly outer: Node; readonly middle?: Node } | undefined;
  /** Nodes that are taken to be invertible, or of full column rank where they are not square. */
  readonly implied: ReadonlyMap<number, Node>;
}

const ELEMENTWISE_POSITIVE = new Set(['exp', 'cosh', 'softplus', 'sigmoid', 'softmax', 'normcdf', 'step']);
const ELEMENTWISE_NONNEGATIVE = new Set(['abs', 'relu', 'norm2', 'normInf', 'svdvals']);
/** Operators that keep symmetry of their (first) argument. */
const KEEPS_SYMMETRY = new Set(['expm', 'logm', 'adj', 'pinv', 'band', 'power', 'elementPower', 'exp', 'log', 'sin', 'cos', 'tan', 'tanh', 'sinh', 'cosh', 'abs', 'sign',
  'relu', 'sigmoid', 'softplus', 'erf', 'normcdf', 'gamma', 'lgamma', 'digamma', 'trigamma', 'asin', 'acos', 'atan', 'step']);

/** The questions that each word answers with yes. */
const SAID: Readonly<Record<StructureWord, string>> = {
  symmetric: 's', skew: 'k', diagonal: 'slu', tridiagonal: '', lower: 'l', upper: 'u', posdef: 'spqif', possemidef: 'sq', orthogonal: 'oif', invertible: 'if', positive: '+0', nonnegative: '0', fullrank: '',
};

/** x^p of scalars or entry by entry, with an exponent that is no number. */
const isPowerByEntry = (a: Node & { kind: 'apply' }): boolean => a.op === 'elementPower' || (a.op === 'power' && isScalar(a.shape));

export function structureQueries(g: Graph): StructureQueries {
  const implied = new Map<number, Node>();
  const memo = new Map<string, boolean>();
  const words = new Set<string>();
  const ask = (what: string, a: Node, answer: () => boolean): boolean => {
    const key = `${what}${a.id}`;
    const old = memo.get(key);
    if (old !== undefined) return old;
    memo.set(key, false);
    const result = words.has(key) || answer();
    memo.set(key, result);
    return result;
  };
  const word = (a: Node, ...words: readonly StructureWord[]): boolean => a.kind === 'symbol' && words.some((w) => a.words.has(w));
  const square = (a: Node): boolean => sameDim(a.shape.rows, a.shape.cols);
  const positivePowers = (ps: readonly ScalarPower[]): boolean => ps.every((p) => isPositive(p.base) || (p.exponent.n % 2n === 0n && p.exponent.d === 1n));
  const arg = (a: Node & { kind: 'apply' }, i = 0): Node => a.args[i] as Node;

  const isSymmetric = (a: Node): boolean => square(a) && ask('s', a, () => {
    switch (a.kind) {
      case 'symbol': return word(a, 'symmetric', 'posdef', 'possemidef', 'diagonal') || isScalar(a.shape);
      case 'identity': case 'ones': case 'zero': case 'chain': return true;
      case 'basis': case 'selector': return false;
      case 'transpose': return isSymmetric(a.arg);
      case 'power': return isSymmetric(a.base) || (isIntegerQ(a.exponent) && a.exponent.n % 2n === 0n && isSkew(a.base));
      case 'product': return a.factors.length === 0 || mirrored(a.factors) === 1 || commutingOn(a.factors, isSymmetric) || isQuotient(a.factors) || isAroundFunction(a.factors);
      case 'sum': {
        const own = new Set(a.terms.map((t) => t.id));
        return a.terms.every((t) => isSymmetric(t) || (t.kind !== 'sum' && own.has(g.transpose(t).id)));
      }
      case 'hadamard': {
        const own = new Map(a.factors.map((f) => [f.base.id, f.exponent] as const));
        return a.factors.every((f) => {
          if (isSymmetric(f.base)) return true;
          if (f.base.kind === 'sum') return false;
          const e = own.get(g.transpose(f.base).id);
          return e !== undefined && compareQ(e, f.exponent) === 0;
        });
      }
      case 'apply':
        if (KEEPS_SYMMETRY.has(a.op)) return isSymmetric(arg(a));
        if (a.op === 'diag') return isOne(arg(a).shape.cols);
        if (a.op === 'kron') return isSymmetric(arg(a)) && isSymmetric(arg(a, 1));
        if (a.op === 'sylvester') return isSymmetric(arg(a, 2)) && arg(a, 1) === g.transpose(arg(a));
        if (a.op === 'expmFrechet' || a.op === 'logmFrechet') return isSymmetric(arg(a)) && isSymmetric(arg(a, 1));
        if (a.op === 'powmFrechet') return isSymmetric(arg(a)) && isSymmetric(arg(a, 2));
        return false;
    }
  });

  /** Symmetric functions of one matrix, which commute: their product is symmetric, and posdef where they all are. */
  const commutingOn = (fs: readonly Node[], holds: (a: Node) => boolean): boolean => {
    const found = commuting(g, fs);
    return found !== undefined && isSymmetric(found.root) && found.units.every((u) => holds(u.length > 1 ? found.root : (u[0] as Node)));
  };

  const palindrome = (fs: readonly Node[]): boolean => mirrored(fs) === 1 && !fs.some((f, i) => i !== (fs.length - 1) / 2 && isSkew(f));

  /** 1 where the product is its own transpose, -1 where it is the negative of it; A*S*A has a skew A on both sides. */
  const mirrored = (fs: readonly Node[]): 1 | -1 | 0 => {
    let sign: 1 | -1 = 1;
    for (let i = 0, j = fs.length - 1; i <= j; i++, j--) {
      const x = fs[i] as Node;
      const y = fs[j] as Node;
      const fits = x === y ? isSymmetric(x) : (y.kind !== 'sum' && x === g.transpose(y)) || (x.kind !== 'sum' && y === g.transpose(x));
      if (fits) continue;
      if (x !== y || !isSkew(x)) return 0;
      if (i === j) sign = sign === 1 ? -1 : 1;
    }
    return sign;
  };

  /** The factors between pairs that are each other's transposes. */
  const innerOf = (fs: readonly Node[]): readonly Node[] => {
    let n = 0;
    while (2 * n + 2 < fs.length && fs[n] !== undefined && (fs[fs.length - 1 - n] as Node).kind !== 'sum' && fs[n] === g.transpose(fs[fs.length - 1 - n] as Node)) n++;
    return fs.slice(n, fs.length - n);
  };

  /** L*inv(M) where L'*M is symmetric, as in S*inv(I + P*S); inv(M)*R where R*M' is. */
  const isQuotient = (all: readonly Node[]): boolean => {
    const fs = innerOf(all);
    const [first, last] = [fs[0] as Node, fs.at(-1) as Node];
    const sumOf = (f: Node): Node | undefined => (f.kind === 'power' && f.base.kind === 'sum' && f.exponent.n === -1n && f.exponent.d === 1n ? f.base : undefined);
    if (fs.length < 2 || fs.length > 8) return false;
    const over = (M: Node, make: (t: Node) => Node): boolean => M.kind === 'sum' && M.terms.length <= 4 && isSymmetric(g.add(...M.terms.map(make)));
    const [M, N] = [sumOf(last), sumOf(first)];
    const rest = (from: number, to: number): Node => g.mul(...fs.slice(from, to));
    return (M !== undefined && square(rest(0, -1)) && over(M, (t) => g.mul(g.transpose(rest(0, -1)), t))) || (N !== undefined && square(rest(1, fs.length)) && over(N, (t) => g.mul(rest(1, fs.length), g.transpose(t))));
  };

  /** inv(A)*f(W)*R where R are the first factors of W or inv(W), A the last one: it is inv(A)*f(W)*W*inv(A), as in S^(-1/2)*logm(S^(-1/2)*T*S^(-1/2))*S^(1/2)*inv(T). */
  const isAroundFunction = (fs: readonly Node[]): boolean => {
    const at = fs.findIndex((f) => (f.kind === 'apply' && (f.op === 'logm' || f.op === 'expm' || f.op === 'power')) || (f.kind === 'power' && f.base.kind === 'product'));
    const f = fs[at];
    const W = f?.kind === 'apply' ? f.args[0] : f?.kind === 'power' ? f.base : undefined;
    if (!f || W?.kind !== 'product' || W.scalars.length > 0 || !isSymmetric(W) || !W.factors.every(square)) return false;
    const lists = [W.factors, ...(W.factors.every(isInvertible) ? [[...W.factors].reverse().map((x) => g.inverse(x))] : [])];
    const [before, after] = [fs.slice(0, at), fs.slice(at + 1)];
    return lists.some((list) => {
      const ends = (own: readonly Node[], other: readonly Node[]): boolean => own.length > 0 && own.length < list.length && own.every((x, i) => x === list[i])
        && list.slice(own.length).every(isInvertible) && g.mul(...[...list.slice(own.length)].reverse().map((x) => g.inverse(x))) === g.transpose(g.mul(...other));
      return before.length > 0 && after.length > 0 && (ends(after, before) || ends([...before].reverse().map((x) => g.transpose(x)), [...after].reverse().map((x) => g.transpose(x))));
    });
  };

  const isSkew = (a: Node): boolean => square(a) && !isScalar(a.shape) && ask('k', a, () => {
    if (a.kind === 'symbol') return word(a, 'skew');
    if (a.kind === 'zero') return true;
    if (a.kind === 'transpose') return isSkew(a.arg);
    if (a.kind === 'apply') return a.op === 'skew3' || (a.op === 'kron' && ((isSkew(arg(a)) && isSymmetric(arg(a, 1))) || (isSymmetric(arg(a)) && isSkew(arg(a, 1)))));
    if (a.kind === 'sum') {
      const own = new Set(a.terms.map((t) => t.id));
      return a.terms.every((t) => isSkew(t) || (t.kind !== 'sum' && t.kind !== 'symbol' && own.has(g.neg(g.transpose(t)).id)));
    }
    if (a.kind === 'power') return isIntegerQ(a.exponent) && a.exponent.n % 2n !== 0n && isSkew(a.base);
    return a.kind === 'product' && mirrored(a.factors) === -1;
  });

  /** Splits G' M G; M absent for G' G. */
  const congruence: StructureQueries['congruence'] = (a) => {
    if (a.kind !== 'product' || a.factors.length < 2 || !palindrome(a.factors)) return undefined;
    const half = Math.floor(a.factors.length / 2);
    const outer = g.mul(...a.factors.slice(a.factors.length - half));
    return a.factors.length % 2 === 0 ? { outer } : { outer, middle: a.factors[half] as Node };
  };

  const isPosdef = (a: Node): boolean => square(a) && ask('p', a, () => {
    if (isScalar(a.shape)) return isPositive(a);
    if (implied.has(a.id) && isPossemidef(a)) return true;
    switch (a.kind) {
      case 'symbol': return word(a, 'posdef') || (word(a, 'possemidef', 'diagonal') && word(a, 'invertible') && word(a, 'possemidef', 'positive')) || (word(a, 'diagonal') && word(a, 'positive'));
      case 'identity': return true;
      case 'power': return isPosdef(a.base);
      case 'product': {
        if (compareQ(a.coefficient, ZERO) <= 0 || !positivePowers(a.scalars)) return false;
        if (a.factors.length === 1) return isPosdef(a.factors[0] as Node);
        if (commutingOn(a.factors, isPosdef)) return true;
        const c = congruence(a);
        return c !== undefined && isTall(c.outer) && (!c.middle || isPosdef(c.middle));
      }
      case 'sum': return a.terms.every(isPossemidef) && a.terms.some(isPosdef);
      case 'hadamard': return a.factors.every((f) => f.exponent.d === 1n && f.exponent.n === 1n && isPosdef(f.base));
      case 'apply':
        if (a.op === 'expm') return isSymmetric(arg(a));
        if (a.op === 'kron') return isPosdef(arg(a)) && isPosdef(arg(a, 1));
        if (a.op === 'diag') return isOne(arg(a).shape.cols) && isPositive(arg(a));
        if (a.op === 'power') return isPosdef(arg(a));
        return false;
      default: return false;
    }
  });

  const isPossemidef = (a: Node): boolean => square(a) && ask('q', a, () => {
    if (isScalar(a.shape)) return isNonnegative(a);
    switch (a.kind) {
      case 'symbol': return word(a, 'posdef', 'possemidef') || (word(a, 'diagonal') && word(a, 'positive', 'nonnegative'));
      case 'identity': case 'ones': case 'zero': return true;
      case 'power': return isPossemidef(a.base);
      case 'product': {
        if (compareQ(a.coefficient, ZERO) < 0 || !a.scalars.every((p) => isNonnegative(p.base) || evenPower(p))) return false;
        if (a.factors.length === 1) return isPossemidef(a.factors[0] as Node);
        if (commutingOn(a.factors, isPossemidef)) return true;
        const c = congruence(a);
        return c !== undefined && (!c.middle || isPossemidef(c.middle));
      }
      case 'sum': return a.terms.every(isPossemidef);
      case 'hadamard': return a.factors.every((f) => f.exponent.d === 1n && f.exponent.n > 0n && isPossemidef(f.base));
      case 'apply':
        if (a.op === 'kron') return isPossemidef(arg(a)) && isPossemidef(arg(a, 1));
        if (a.op === 'diag') return isOne(arg(a).shape.cols) && isNonnegative(arg(a));
        return isPosdef(a);
      default: return false;
    }
  });
  const evenPower = (p: ScalarPower): boolean => isIntegerQ(p.exponent) && p.exponent.n % 2n === 0n;

  const isLower = (a: Node): boolean => square(a) && ask('l', a, () => {
    switch (a.kind) {
      case 'symbol': return word(a, 'lower', 'diagonal');
      case 'identity': case 'zero': return true;
      case 'transpose': return isUpper(a.arg);
      case 'power': return isLower(a.base) && isIntegerQ(a.exponent);
      case 'product': return a.factors.length > 0 && a.factors.every(isLower);
      case 'sum': return a.terms.every(isLower);
      case 'hadamard': return a.factors.some((f) => f.exponent.n > 0n && isLower(f.base)) && a.factors.every((f) => f.exponent.n > 0n);
      case 'apply': return a.op === 'tril' || a.op === 'phi' || a.op === 'chol' || (a.op === 'diag' && isOne(arg(a).shape.cols)) || (a.op === 'kron' && a.args.every(isLower));
      default: return false;
    }
  });
  const isUpper = (a: Node): boolean => square(a) && ask('u', a, () => {
    switch (a.kind) {
      case 'symbol': return word(a, 'upper', 'diagonal');
      case 'identity': case 'zero': return true;
      case 'transpose': return isLower(a.arg);
      case 'power': return isUpper(a.base) && isIntegerQ(a.exponent);
      case 'product': return a.factors.length > 0 && a.factors.every(isUpper);
      case 'sum': return a.terms.every(isUpper);
      case 'hadamard': return a.factors.some((f) => f.exponent.n > 0n && isUpper(f.base)) && a.factors.every((f) => f.exponent.n > 0n);
      case 'apply': return a.op === 'triu' || (a.op === 'diag' && isOne(arg(a).shape.cols)) || (a.op === 'kron' && a.args.every(isUpper));
      default: return false;
    }
  });

  const isOrthogonal = (a: Node): boolean => square(a) && ask('o', a, () => {
    if (a.kind === 'symbol') return word(a, 'orthogonal');
    if (a.kind === 'identity') return true;
    if (a.kind === 'transpose') return isOrthogonal(a.arg);
    if (a.kind === 'power') return isIntegerQ(a.exponent) && isOrthogonal(a.base);
    if (a.kind === 'apply') return a.op === 'commutation' || a.op === 'eigvecs' || (a.op === 'kron' && a.args.every(isOrthogonal));
    return a.kind === 'product' && a.coefficient.n === 1n && a.coefficient.d === 1n && a.scalars.length === 0 && a.factors.length > 0 && a.factors.every(isOrthogonal);
  });

  const isInvertible = (a: Node): boolean => square(a) && (implied.has(a.id) || ask('i', a, () => {
    if (isPosdef(a) || isOrthogonal(a)) return true;
    switch (a.kind) {
      case 'symbol': return word(a, 'invertible', 'fullrank');
      case 'transpose': return isInvertible(a.arg);
      case 'power': return isInvertible(a.base);
      case 'product': return a.factors.every(isInvertible);
      case 'apply': return a.op === 'expm' || a.op === 'chol' || (a.op === 'kron' && a.args.every(isInvertible));
      case 'sum': return a.terms.length === 2 && a.terms.some((t) => t.kind === 'identity' || t.kind === 'product' && t.factors[0]?.kind === 'identity' && t.scalars.length === 0) && a.terms.some((t) => isSkew(t));
      default: return false;
    }
  }));

  const isTall = (a: Node): boolean => implied.has(a.id) || isInvertible(a) || ask('f', a, () => {
    if (a.kind === 'symbol') return isOne(a.shape.cols) ? false : word(a, 'fullrank') && g.atLeast(a.shape.rows, a.shape.cols);
    if (a.kind === 'transpose' && a.arg.kind === 'selector') return true;
    if (a.kind === 'transpose') return a.arg.kind === 'symbol' && word(a.arg, 'fullrank') && g.atLeast(a.shape.rows, a.shape.cols);
    if (a.kind === 'product') return a.factors.length > 0 && a.factors.every(isTall);
    return a.kind === 'apply' && (a.op === 'duplication' || a.op === 'diagonalisation');
  });

  const isPositive = (a: Node): boolean => ask('+', a, () => {
    switch (a.kind) {
      case 'symbol': return word(a, 'positive') && !word(a, 'diagonal');
      case 'ones': return true;
      case 'product': return compareQ(a.coefficient, ZERO) > 0 && a.scalars.every((p) => isPositive(p.base)) && a.factors.every(isPositive);
      case 'sum': return a.terms.every(isNonnegative) && a.terms.some(isPositive);
      case 'hadamard': return a.factors.every((f) => isPositive(f.base));
      case 'transpose': return isPositive(a.arg);
      case 'chain': return a.factors.every(isPositive);
      case 'apply':
        if (ELEMENTWISE_POSITIVE.has(a.op) && a.op !== 'step') return true;
        if (a.op === 'det' || a.op === 'tr' || a.op === 'eigmax' || a.op === 'eigmin') return isPosdef(arg(a));
        if (a.op === 'diag') return !isOne(arg(a).shape.cols) && isPosdef(arg(a));
        return (a.op === 'sum' || isPowerByEntry(a)) && isPositive(arg(a));
      default: return false;
    }
  });

  const isNonnegative = (a: Node): boolean => ask('0', a, () => {
    if (isPositive(a)) return true;
    switch (a.kind) {
      case 'symbol': return word(a, 'nonnegative', 'positive');
      case 'zero': case 'identity': case 'basis': case 'selector': return true;
      case 'product': return compareQ(a.coefficient, ZERO) >= 0 && a.scalars.every((p) => isNonnegative(p.base) || evenPower(p)) && a.factors.every(isNonnegative);
      case 'sum': return a.terms.every(isNonnegative);
      case 'hadamard': return a.factors.every((f) => isNonnegative(f.base) || (isIntegerQ(f.exponent) && f.exponent.n % 2n === 0n));
      case 'transpose': return isNonnegative(a.arg);
      case 'chain': return a.factors.every(isNonnegative) || (palindrome(a.factors) && (a.factors.length % 2 === 0 || isPossemidef(a.factors[(a.factors.length - 1) / 2] as Node)));
      case 'apply':
        if (ELEMENTWISE_NONNEGATIVE.has(a.op) || ELEMENTWISE_POSITIVE.has(a.op)) return true;
        if (a.op === 'det' || a.op === 'tr' || a.op === 'eigmax' || a.op === 'eigmin') return isPossemidef(arg(a));
        if (a.op === 'diag') return isOne(arg(a).shape.cols) ? isNonnegative(arg(a)) : isPossemidef(arg(a));
        return (a.op === 'sum' || isPowerByEntry(a)) && isNonnegative(arg(a));
      default: return false;
    }
  });

  const implyInvertible = (a: Node): void => {
    if (a.linear || implied.has(a.id)) return;
    const plain = a.kind === 'symbol' && (word(a, 'invertible', 'posdef', 'orthogonal') || (square(a) && word(a, 'fullrank')));
    const isRegular = a.kind === 'apply' && (a.op === 'chol' || a.op === 'expm');
    if (plain || isRegular || isPosdef(a)) return;
    implied.set(a.id, a);
    memo.clear();
    const c = congruence(a);
    if (c && !isTall(c.outer)) implied.set(c.outer.id, c.outer);
  };

  const implyWord = (a: Node, w: StructureWord): void => {
    for (const what of SAID[w]) words.add(`${what}${a.id}`);
    memo.clear();
  };

  return { implyWord, isSymmetric, isSkew, isPosdef, isPossemidef, isLower, isUpper, isDiagonal: (a) => isLower(a) && isUpper(a), isOrthogonal, isInvertible, isTall, isPositive, isNonnegative, implyInvertible, congruence, implied };
}
