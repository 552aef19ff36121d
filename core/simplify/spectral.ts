/** Functions of the eigenvalues of a symmetric matrix as functions of the matrix, which have derivatives where eigenvalues meet too (Lewis 1996, Derivatives of spectral functions). */
import { isOne, isScalar } from '../algebra/dim';
import type { Graph, Tail } from '../algebra/graph';
import type { Node } from '../algebra/node';
import { equalQ, isIntegerQ, isNegativeQ, MINUS_ONE, ONE } from '../algebra/rational';
import { childrenOf } from '../algebra/substitute';
import { identity, type Identity } from './rewrite';

const applied = (a: Node | undefined, op: string): Node | undefined => (a?.kind === 'apply' && a.op === op ? a.args[0] : undefined);

const matrices = new WeakMap<Node, Node | 'none' | 'several'>();
/** The one matrix of whose eigenvalues (singular values) a node holds functions. */
function matrixOf(a: Node): Node | 'none' | 'several' {
  const old = matrices.get(a);
  if (old) return old;
  const own = applied(a, 'eigvals') ?? applied(a, 'svdvals');
  const found = own ? [own] : childrenOf(a).map(matrixOf).filter((x) => x !== 'none');
  const [first = 'none'] = found;
  const made = found.every((x) => x === first) ? first : 'several';
  matrices.set(a, made);
  return made;
}

/** f(S) for the column f(eigvals(S)); undefined where no operator says it, or S would have to be posdef and is not known to be. */
export function ofEigenvalues(g: Graph, f: Node): Node | undefined {
  const S = applied(f, 'eigvals');
  if (S) return S;
  switch (f.kind) {
    case 'ones': return isOne(f.shape.cols) ? g.identity(f.shape.rows) : undefined;
    case 'product': {
      const [only] = f.factors;
      const made = only && f.factors.length === 1 ? ofEigenvalues(g, only) : undefined;
      return made && g.product(f.coefficient, f.scalars, [made]);
    }
    case 'sum': { const terms = all(f.terms, (t) => ofEigenvalues(g, t)); return terms && g.add(...terms); }
    case 'hadamard': {
      const factors = all(f.factors, (p) => {
        const base = ofEigenvalues(g, p.base);
        return base && (isIntegerQ(p.exponent) || g.isPosdef(base)) ? g.power(base, p.exponent) : undefined;
      });
      return factors && g.mul(...factors);
    }
    case 'apply': {
      const [x, p] = f.args;
      const base = x && ofEigenvalues(g, x);
      if (!base || base.kind === 'identity') return undefined;
      if (f.op === 'exp') return g.apply('expm', [base]);
      if (!g.isPosdef(base)) return undefined;
      return f.op === 'log' ? g.apply('logm', [base]) : f.op === 'elementPower' && p && isScalar(p.shape) ? g.apply('power', [base, p]) : undefined;
    }
    default: return undefined;
  }
}

function all<T, U>(list: readonly T[], make: (item: T) => U | undefined): readonly U[] | undefined {
  const made: U[] = [];
  for (const item of list) {
    const one = make(item);
    if (one === undefined) return undefined;
    made.push(one);
  }
  return made;
}

/** Whether the node is a function of one matrix' eigenvalues. */
const isSpectral = (a: Node | undefined): a is Node => { const m = a && matrixOf(a); return m !== undefined && m !== 'none' && m !== 'several'; };

export const spectralIdentities: readonly Identity[] = [
  identity('sum', 'sum(exp(eigvals(S))) = tr(expm(S)), and other functions', (g, [f]) => {
    const made = isSpectral(f) ? ofEigenvalues(g, f) : undefined;
    return made && g.apply('tr', [made]);
  }),
  identity('prod', 'prod(1 + eigvals(S).^2) = det(I + S^2), and other functions', (g, [f]) => {
    const made = isSpectral(f) ? ofEigenvalues(g, f) : undefined;
    return made && g.apply('det', [made]);
  }),
  identity('maximum', 'max(eigvals(S)) = eigmax(S)', (g, [f]) => { const S = applied(f, 'eigvals'); return S && g.apply('eigmax', [S]); }),
  identity('minimum', 'min(eigvals(S)) = eigmin(S)', (g, [f]) => { const S = applied(f, 'eigvals'); return S && g.apply('eigmin', [S]); }),
  identity('maximum', 'max(svdvals(A)) = norm2(A)', (g, [f]) => { const A = applied(f, 'svdvals'); return A && g.apply('norm2', [A]); }),
];

/** x'*y for functions of the eigenvalues of one matrix is the trace of their product; x'*x for its singular values the squared Frobenius norm. */
export function spectralDot(g: Graph, row: Node, column: Node): Node | undefined {
  if (row.kind !== 'transpose' || !isOne(row.shape.rows) || !isOne(column.shape.cols)) return undefined;
  const A = applied(column, 'svdvals');
  if (A && row.arg === column) return g.apply('tr', [g.mul(g.transpose(A), A)]);
  if (!isSpectral(row) || matrixOf(row) !== matrixOf(column)) return undefined;
  const [x, y] = [ofEigenvalues(g, row.arg), ofEigenvalues(g, column)];
  return x && y && g.apply('tr', [g.mul(x, y)]);
}

/** eigvecs(S)*diag(f(eigvals(S)))*eigvecs(S)' = f(S), and svdu(A)*diag(f(svdvals(A)))*svdv(A)' for odd powers f. */
export function spectralTail(g: Graph, factors: readonly Node[], next: Node): Tail | undefined {
  const [first, middle] = [factors.at(-2), factors.at(-1)];
  const f = applied(middle, 'diag');
  if (next.kind !== 'transpose' || !f || !isOne(f.shape.cols) || !isSpectral(f)) return undefined;
  const S = applied(first, 'eigvecs');
  if (S && first === next.arg && matrixOf(f) === S) {
    const node = ofEigenvalues(g, f);
    return node && { used: 2, node };
  }
  const A = applied(first, 'svdu');
  if (!A || applied(next.arg, 'svdv') !== A || matrixOf(f) !== A) return undefined;
  const node = ofSingularValues(g, A, f, () => g.product(ONE, [], [first as Node, next]));
  return node && { used: 2, node };
}

/** A*svdv1(A) = norm2(A)*svdu1(A), A'*svdu1(A) = norm2(A)*svdv1(A), B*svdu1(A) = svdv1(A)/norm2(A) for A = pinv(B), and both have length 1. */
export function leadingTail(g: Graph, factors: readonly Node[], next: Node): Tail | undefined {
  const before = factors.at(-1);
  if (!before) return undefined;
  const made = leadingPair(g, before, next);
  if (made) return { used: 1, node: made };
  const turned = isOne(before.shape.rows) ? leadingPair(g, g.transpose(next), g.transpose(before)) : undefined;
  return turned && { used: 1, node: g.transpose(turned) };
}

function leadingPair(g: Graph, a: Node, b: Node): Node | undefined {
  const [u, v] = [applied(b, 'svdu1'), applied(b, 'svdv1')];
  const A = u ?? v;
  if (!A) return undefined;
  if (a.kind === 'transpose' && a.arg === b) return g.number(1);
  const B = applied(A, 'pinv');
  // svdv1(pinv(B)) lies in the range of B, and svdu1(pinv(B)) in that of B'.
  if (B && a.kind === 'sum' && a === complementOf(g, v ? [B, A] : [A, B])) return g.zero(b.shape);
  const inverted = B ?? (A.kind === 'power' && equalQ(A.exponent, MINUS_ONE) ? A.base : undefined);
  if (inverted && a === (u ? inverted : g.transpose(inverted))) return g.mul(g.power(g.apply('norm2', [A]), MINUS_ONE), g.apply(u ? 'svdv1' : 'svdu1', [A]));
  return a === (u ? g.transpose(A) : A) ? g.mul(g.apply('norm2', [A]), g.apply(u ? 'svdv1' : 'svdu1', [A])) : undefined;
}

/** I - P for the product P of the factors. */
function complementOf(g: Graph, factors: readonly [Node, Node]): Node {
  const P = g.mul(...factors);
  return g.add(g.identity(P.shape.rows), g.product(MINUS_ONE, [], [P]));
}

/** U*diag(f(s))*V' for A = U*diag(s)*V' and f a sum of odd powers of s from -1 on and, where there are others, of 1. */
function ofSingularValues(g: Graph, A: Node, f: Node, plain: () => Node): Node | undefined {
  if (applied(f, 'svdvals')) return A;
  switch (f.kind) {
    case 'product': {
      const [only] = f.factors;
      const made = only && f.factors.length === 1 ? ofSingularValues(g, A, only, plain) : undefined;
      return made && g.product(f.coefficient, f.scalars, [made]);
    }
    case 'sum': {
      const terms = all(f.terms, (t) => (t.kind === 'ones' ? plain() : t.kind === 'product' && t.factors.length === 1 && t.factors[0]?.kind === 'ones' ? g.product(t.coefficient, t.scalars, [plain()]) : ofSingularValues(g, A, t, plain)));
      return terms && g.add(...terms);
    }
    case 'hadamard': {
      const [p, ...others] = f.factors;
      if (!p || others.length > 0 || !applied(p.base, 'svdvals') || !isIntegerQ(p.exponent) || p.exponent.n % 2n === 0n) return undefined;
      if (isNegativeQ(p.exponent)) return p.exponent.n === -1n ? g.transpose(g.apply('pinv', [A])) : undefined;
      const turned = g.transpose(A);
      return g.mul(A, ...Array.from({ length: (Number(p.exponent.n) - 1) / 2 }, () => [turned, A]).flat());
    }
    default: return undefined;
  }
}
