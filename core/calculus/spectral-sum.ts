/**
 * Q*diag(u)*Q' for S = Q*diag(l)*Q' and u = (l*1' + 1*t').^p*w, p a whole number: a sum of shifted powers of S. Its differential is by divided
 * differences (Daleckii & Krein 1965), which are sums of products here and exist where eigenvalues meet: those of 1/(l + t) are -1/((l_j + t)*(l_k + t)).
 */
import { D1, isOne, shape } from '../algebra/dim';
import type { Graph } from '../algebra/graph';
import type { Node } from '../algebra/node';
import { operator } from '../algebra/operators';
import { ONE, rational, type Rational } from '../algebra/rational';
import { childrenOf } from '../algebra/substitute';

export const spectralRule = {
  name: 'divided differences of a function of a symmetric matrix', of: "Q*diag(f(l))*Q'", differential: "Q*(D .* (Q'*dA*Q))*Q'", source: 'Higham 2008, Functions of Matrices, section 3.2',
} as const;

/** The matrix S and how the function of it changes with it. */
export interface SpectralSum { readonly S: Node; readonly change: (dS: Node) => Node }

const applied = (a: Node | undefined, op: string): Node | undefined => (a?.kind === 'apply' && a.op === op ? a.args[0] : undefined);

/** The middle u of eigvecs(S), diag(u), eigvecs(S)'. */
function middleOf(factors: readonly Node[], at: number): { readonly S: Node; readonly u: Node } | undefined {
  const [Q, middle, turned] = [factors[at], factors[at + 1], factors[at + 2]];
  const S = applied(Q, 'eigvecs');
  const u = applied(middle, 'diag');
  return S && u && isOne(u.shape.cols) && turned?.kind === 'transpose' && turned.arg === Q ? { S, u } : undefined;
}

/** A trace's argument, turned so that eigvecs(S)*diag(u)*eigvecs(S)' stands together in it. */
export function turnedTogether(g: Graph, a: Node, symbol: Node): Node {
  if (a.kind !== 'product') return a;
  const by = [1, 2].find((k) => a.factors.length > 3 && spectralSum(g, [...a.factors.slice(-k), ...a.factors.slice(0, 3 - k)], 0, symbol));
  return by === undefined ? a : g.product(a.coefficient, a.scalars, [...a.factors.slice(-by), ...a.factors.slice(0, -by)]);
}

const MOST_TERMS = 4n;

/** The three factors from `at` on, where they are such a function and nothing but S changes in it. */
export function spectralSum(g: Graph, factors: readonly Node[], at: number, symbol: Node): SpectralSum | undefined {
  const found = middleOf(factors, at);
  if (!found || !g.depends(found.S, symbol)) return undefined;
  const { S, u } = found;
  const l = g.apply('eigvals', [S]);
  /** l*1' + 1*t', or its transpose. */
  const isShifted = (M: Node, turned: boolean): boolean => {
    const moving = M.kind === 'sum' ? M.terms.filter((t) => g.depends(t, symbol)) : [];
    const [only] = moving;
    return moving.length === 1 && only?.kind === 'product' && only === (turned ? g.mul(g.ones(shape(M.shape.rows, D1)), g.transpose(l)) : g.mul(l, g.ones(shape(D1, M.shape.cols))));
  };
  const parts = (u.kind === 'sum' ? u.terms : [u]).map((term): { readonly M: Node; readonly turned: boolean; readonly p: Rational; readonly w: Node } | undefined => {
    const [first, ...rest] = term.kind === 'product' ? term.factors : [];
    const turned = first?.kind === 'transpose';
    const H = turned ? first.arg : first;
    if (term.kind !== 'product' || H?.kind !== 'hadamard' || H.factors.length !== 1 || rest.length === 0) return undefined;
    const { base: M, exponent: p } = H.factors[0] ?? { base: H, exponent: ONE };
    const w = g.product(term.coefficient, term.scalars, rest);
    return p.d === 1n && -p.n >= 1n && -p.n <= MOST_TERMS && isShifted(M, turned) && !g.depends(w, symbol) ? { M, turned, p, w } : undefined;
  });
  if (parts.length === 0 || parts.includes(undefined)) return undefined;
  const Q = g.apply('eigvecs', [S]);
  const differences = g.add(...parts.flatMap((part) => {
    if (!part) return [];
    const { M, turned, p, w } = part;
    const powers = (k: number, asRows: boolean): Node => { const made = g.elementPower(M, rational(k)); return turned === asRows ? made : g.transpose(made); };
    const count = Number(-p.n);
    return Array.from({ length: count }, (_, k) => g.neg(g.mul(powers(-k - 1, false), g.apply('diag', [w]), powers(k - count, true))));
  }));
  return { S, change: (dS) => g.mul(Q, g.hadamard(differences, g.mul(g.transpose(Q), dS, Q)), g.transpose(Q)) };
}

/**
 * Whether a node reads the values of `of`, eigvals(S), in an order that does not matter: then it has a derivative where some are equal
 * (Lewis 1996). What reads single eigenvectors is none of these.
 */
export function isSymmetricFunction(g: Graph, root: Node, of: Node): boolean {
  const S = of.kind === 'apply' ? of.args[0] : undefined;
  const vectors = S && g.apply('eigvecs', [S]);
  const done = new Map<string, boolean>();
  const held = new Map<number, boolean>();
  const holds = (a: Node): boolean => {
    const old = held.get(a.id);
    if (old !== undefined) return old;
    const made = a === of || a === vectors || childrenOf(a).some(holds);
    held.set(a.id, made);
    return made;
  };
  /** Whether permuting the values permutes the node's rows (and its columns) alike. */
  const follows = (a: Node, rows: boolean, cols: boolean): boolean => {
    const key = `${a.id} ${rows} ${cols}`;
    const old = done.get(key);
    if (old !== undefined) return old;
    const made = asked(a, rows, cols);
    done.set(key, made);
    return made;
  };
  const some = (a: Node): boolean => follows(a, false, false) || follows(a, true, false) || follows(a, false, true) || follows(a, true, true);
  const asked = (a: Node, rows: boolean, cols: boolean): boolean => {
    if (a === of) return rows && !cols;
    if (!rows && !cols && !holds(a)) return true;
    switch (a.kind) {
      case 'ones': case 'zero': return true;
      case 'identity': return rows === cols;
      case 'transpose': return follows(a.arg, cols, rows);
      case 'sum': return a.terms.every((t) => follows(t, rows, cols));
      case 'hadamard': return a.factors.every((f) => follows(f.base, rows, cols));
      case 'product': return a.scalars.every((s) => follows(s.base, false, false)) && chained(a.factors, rows, cols);
      case 'chain': return chained(a.factors, rows, cols);
      case 'power': return rows === cols && follows(a.base, rows, cols);
      case 'apply': {
        const [x] = a.args;
        if (!x || a === vectors) return false;
        if (a.op === 'sum' || a.op === 'prod' || a.op === 'logsumexp') return some(x);
        if (a.op === 'diag') return isOne(x.shape.cols) ? rows === cols && follows(x, rows, false) : !cols && follows(x, rows, rows);
        if (a.op === 'tr' && x.kind === 'product' && [1, 2].some((k) => x.scalars.every((s) => follows(s.base, false, false)) && chained([...x.factors.slice(-k), ...x.factors.slice(0, -k)], false, false))) return true;
        if (a.op === 'tr' || a.op === 'det' || a.op === 'logdet') return follows(x, false, false) || follows(x, true, true);
        if (operator(a.op)?.kind === 'elementwise') return a.args.every((arg) => follows(arg, rows && !isOne(arg.shape.rows), cols && !isOne(arg.shape.cols)));
        return !rows && !cols && a.args.every((arg) => follows(arg, false, false));
      }
      default: return false;
    }
  };
  const chained = (factors: readonly Node[], rows: boolean, cols: boolean): boolean => {
    let ways: ReadonlySet<boolean> = new Set([rows]);
    for (let i = 0; i < factors.length; i++) {
      const whole = middleOf(factors, i);
      if (whole && whole.S === S && follows(whole.u, true, false)) { ways = new Set(ways.has(false) ? [false] : []); i += 2; continue; }
      const f = factors[i] as Node;
      ways = new Set([false, true].filter((next) => [...ways].some((before) => follows(f, before, next))));
    }
    return ways.has(cols) && (factors.length > 0 || (!rows && !cols));
  };
  return follows(root, false, false);
}
