/**
 * Inverses and determinants of low-rank updates on their small side (Golub & Van Loan 2013, section 2.1.4):
 * push-through inv(P + U*V)*U = inv(P)*U*inv(I + V*inv(P)*U), Woodbury's formula, and det(c*I + U*U') = c^(n-k)*det(c*I + U'*U)
 * (Sylvester's determinant theorem). P is c*I, a diagonal matrix, or the inverse of something.
 */
import { D1, isOne, isScalar, sameDim, subDim, type Dim } from '../algebra/dim';
import { childrenOf, type Expr, type Term } from './expr';
import type { Exprs } from './exprs';
import { isNumberOne, type Facts } from './facts';
import { substitute } from './rebuild';
import type { Rewriting } from './rewritings';

/** Steps of `smallSideOf`. */
const MOST_STEPS = 12;

/**
 * All of an expression on the small side: the inverses that stand in it are replaced wherever they do. One product at a time would
 * keep the large factor for the others, and so never pay.
 */
export function smallSideOf(ex: Exprs, facts: Facts, root: Expr): Expr {
  const large = new Set<number>();
  const collected = new Set<Expr>();
  const collect = (e: Expr): void => {
    if (collected.has(e)) return;
    collected.add(e);
    if (e.kind === 'inverse' || (e.kind === 'call' && e.op === 'chol')) for (const c of childrenOf(e)) if (c.kind === 'sum') large.add(c.id);
    for (const c of childrenOf(e)) collect(c);
  };
  collect(root);
  const ofLarge = (e: Expr): boolean => childrenOf(e).some((c) => (c.kind === 'inverse' || c.kind === 'call') && childrenOf(c).some((x) => large.has(x.id) || large.has(ex.transpose(x).id)));
  const first = (e: Expr, seen: Set<number>): Rewriting | undefined => {
    if (seen.has(e.id)) return undefined;
    seen.add(e.id);
    for (const c of childrenOf(e)) { const found = first(c, seen); if (found) return found; }
    return ofLarge(e) ? smallSides(ex, facts, e)[0] : undefined;
  };
  let now = root;
  for (let step = 0; step < MOST_STEPS && large.size > 0; step++) {
    const found = first(now, new Set());
    if (!found) break;
    now = substitute(ex, now, found[0], found[1]);
  }
  return now;
}

export function smallSides(ex: Exprs, facts: Facts, e: Expr): readonly Rewriting[] {
  if (e.kind === 'product') {
    const back = [...e.factors].reverse().map(ex.transpose);
    return [...pushed(ex, facts, e.factors).map((to): Rewriting => [e, ex.product(to, e.shape.rows)]), ...pushed(ex, facts, back).map((to): Rewriting => [e, ex.transpose(ex.product(to, e.shape.cols))]), ...woodbury(ex, facts, e)];
  }
  if (e.kind === 'trace') {
    const back = [...e.factors].reverse().map(ex.transpose);
    return [...pushed(ex, facts, e.factors), ...pushed(ex, facts, back)].map((to): Rewriting => [e, ex.trace(ex.product(to))]);
  }
  if (e.kind === 'call' && e.op === 'choleskyLogdet') {
    const [chol] = e.args;
    const arg = chol?.kind === 'call' && chol.op === 'chol' ? chol.args[0] : undefined;
    const to = arg?.kind === 'sum' ? determinant(ex, facts, arg) : undefined;
    return to ? [[e, to]] : [];
  }
  return [];
}
/** I - inv(P + R)*R as inv(P + R)*P, which nothing cancels in; and with the inverse on the right. */
export function complements(ex: Exprs, e: Expr & { kind: 'sum' }): readonly Rewriting[] {
  const unit = e.terms.find((t) => t.arg.kind === 'identity');
  if (!unit) return [];
  return e.terms.flatMap((t): readonly Rewriting[] => {
    if (t.arg.kind !== 'product') return [];
    return [t.arg.factors, [...t.arg.factors].reverse().map(ex.transpose)].flatMap((factors, side): readonly Rewriting[] => {
      const [f, ...rest] = factors;
      if (f?.kind !== 'inverse' || f.arg.kind !== 'sum') return [];
      const R = ex.product(rest);
      const own = f.arg.terms.find((u) => u.arg === R);
      if (!own || ex.multiply(unit.coefficient, own.coefficient) !== ex.multiply(ex.number(-1), t.coefficient)) return [];
      const P = ex.sum(f.arg.terms.filter((u) => u !== own), f.arg.shape);
      const made = ex.product([f, P]);
      return [[e, ex.sum([...e.terms.filter((u) => u !== t && u !== unit), { coefficient: unit.coefficient, arg: side === 0 ? made : ex.transpose(made) }], e.shape)]];
    });
  });
}
interface Split {
  readonly base: Term;
  /** inv(P), where P is cheap to invert; undefined for the identity with coefficient c. */
  readonly inverse: Expr | undefined;
  readonly update: Term;
  readonly factors: readonly Expr[];
}
/** P + a*U*V as its two parts: one is a product through a bond that is another dimension. */
function splits(ex: Exprs, facts: Facts, s: Expr & { kind: 'sum' }): readonly Split[] {
  if (s.terms.length !== 2) return [];
  return s.terms.flatMap((update, k): readonly Split[] => {
    const base = s.terms[1 - k];
    if (!base || update.arg.kind !== 'product' || isScalar(s.shape)) return [];
    const p = base.arg;
    // Only what is certainly regular may be inverted.
    const inverse = p.kind === 'identity' ? undefined
      : p.kind === 'inverse' ? p.arg
        : p.kind === 'diag' && facts.sign(p.arg) === 'positive' ? ex.diag(ex.power(p.arg, -1)) : null;
    if (inverse === null || facts.sign(base.coefficient) !== 'positive') return [];
    return [{ base, inverse, update, factors: update.arg.factors }];
  });
}
const over = (ex: Exprs, c: Expr): Expr => ex.power(c, -1);
/** inv(c*P)*X for the base of a split. */
const based = (ex: Exprs, s: Split, x: readonly Expr[]): Expr => {
  const body = ex.product(s.inverse ? [s.inverse, ...x] : x);
  return ex.scale(over(ex, s.base.coefficient), body);
};

/** …*inv(P + U*V)*U*… */
function pushed(ex: Exprs, facts: Facts, factors: readonly Expr[]): readonly (readonly Expr[])[] {
  return factors.flatMap((f, at): readonly (readonly Expr[])[] => {
    if (f.kind !== 'inverse' || f.arg.kind !== 'sum') return [];
    return splits(ex, facts, f.arg).flatMap((s): readonly (readonly Expr[])[] => {
      let length = 0;
      while (length < s.factors.length - 1 && factors[at + 1 + length] === s.factors[length]) length++;
      const out: (readonly Expr[])[] = [];
      for (let cut = length; cut >= 1; cut--) {
        const U = s.factors.slice(0, cut);
        const V = s.factors.slice(cut);
        const bond = U[U.length - 1]?.shape.cols;
        if (!bond || isOne(bond) || (!s.inverse && sameDim(bond, f.shape.rows))) continue;
        const to = pushedThrough(ex, s, U, V, bond);
        out.push([...factors.slice(0, at), to, ...factors.slice(at + 1 + cut)]);
      }
      return out;
    });
  });
}
function pushedThrough(ex: Exprs, s: Split, U: readonly Expr[], V: readonly Expr[], bond: Dim): Expr {
  const last = U[U.length - 1];
  if (last?.kind === 'inverse') {
    // inv(P + U1*inv(R)*V)*U1*inv(R) = inv(P)*U1*inv(R + V*inv(P)*U1): R stays as it is.
    const first = U.slice(0, -1);
    if (first.length > 0) {
      const inner = ex.add(last.arg, ex.scale(s.update.coefficient, ex.product([...V, based(ex, s, first)])));
      return ex.product([based(ex, s, first), ex.inverse(inner)]);
    }
  }
  if (!s.inverse) {
    const inner = ex.add(ex.scale(s.base.coefficient, ex.identity(bond)), ex.scale(s.update.coefficient, ex.product([...V, ...U])));
    return ex.product([...U, ex.inverse(inner)]);
  }
  const inner = ex.add(ex.identity(bond), ex.scale(s.update.coefficient, ex.product([...V, based(ex, s, U)])));
  return ex.product([based(ex, s, U), ex.inverse(inner)]);
}

/** L*inv(P + U*U')*R as L*inv(P)*R - L*inv(P)*U*inv(I + U'*inv(P)*U)*U'*inv(P)*R. */
function woodbury(ex: Exprs, facts: Facts, e: Expr & { kind: 'product' }): readonly Rewriting[] {
  return e.factors.flatMap((f, at): readonly Rewriting[] => {
    if (f.kind !== 'inverse' || f.arg.kind !== 'sum' || !facts.definite(f.arg)) return [];
    return splits(ex, facts, f.arg).flatMap((s): readonly Rewriting[] => {
      const half = halves(ex, s.factors);
      if (!half || isOne(half.bond) || (!s.inverse && sameDim(half.bond, f.shape.rows))) return [];
      // Where it can be pushed through, that is shorter and nothing cancels.
      if (e.factors[at + 1] === half.U[0] || e.factors[at - 1] === half.V[half.V.length - 1]) return [];
      const left = e.factors.slice(0, at);
      const right = e.factors.slice(at + 1);
      const { U, V, middle, bond } = half;
      if (middle && !(s.inverse && isNumberOne(s.update.coefficient))) return [];
      const outside = s.inverse ? [s.inverse] : [];
      const corner = middle ? middle.arg : s.inverse ? ex.identity(bond) : ex.scale(s.base.coefficient, ex.identity(bond));
      const small = ex.add(corner, ex.scale(s.update.coefficient, ex.product([...V, s.inverse ? based(ex, s, U) : ex.product(U)])));
      const inner = ex.product([...outside, ...U, ex.inverse(small), ...V, ...outside]);
      const c = over(ex, s.base.coefficient);
      const by = s.inverse ? ex.multiply(s.update.coefficient, c, c) : ex.multiply(s.update.coefficient, c);
      const terms: Term[] = [
        { coefficient: c, arg: ex.product([...left, ...(s.inverse ? [s.inverse] : []), ...right], f.shape.rows) },
        { coefficient: ex.multiply(ex.number(-1), by), arg: ex.product([...left, inner, ...right]) },
      ];
      return [[e, ex.sum(terms, e.shape)]];
    });
  });
}
interface Halves { readonly U: readonly Expr[]; readonly V: readonly Expr[]; readonly middle: (Expr & { kind: 'inverse' }) | undefined; readonly bond: Dim }
/** U and V = U' of a palindrome U*V, or U*inv(R)*V. */
function halves(ex: Exprs, factors: readonly Expr[]): Halves | undefined {
  const n = factors.length;
  const U = factors.slice(0, n >> 1);
  const V = factors.slice((n + 1) >> 1);
  const [first] = V;
  const middle = n % 2 === 1 ? factors[n >> 1] : undefined;
  if (!first || (middle && middle.kind !== 'inverse')) return undefined;
  return U.every((u, k) => ex.transpose(u) === V[V.length - 1 - k]) ? { U, V, middle: middle?.kind === 'inverse' ? middle : undefined, bond: first.shape.rows } : undefined;
}

/** log det(c*P + a*U*U') = log det(c*P) + log det(I + a/c*U'*inv(P)*U), where P is I or a positive diagonal matrix. */
function determinant(ex: Exprs, facts: Facts, arg: Expr & { kind: 'sum' }): Expr | undefined {
  for (const s of splits(ex, facts, arg)) {
    const half = s.base.arg.kind === 'identity' || s.base.arg.kind === 'diag' ? halves(ex, s.factors) : undefined;
    if (!half || half.middle || isOne(half.bond) || sameDim(half.bond, arg.shape.rows)) continue;
    const [unit, turns] = s.inverse ? [ex.number(1), based(ex, s, half.U)] : [s.base.coefficient, ex.product(half.U)];
    const inner = ex.add(ex.scale(unit, ex.identity(half.bond)), ex.scale(s.update.coefficient, ex.product([...half.V, turns])));
    const small = ex.call('choleskyLogdet', [ex.call('chol', [inner], inner.shape)], { rows: D1, cols: D1 });
    const logs = s.base.arg.kind === 'diag' ? [ex.total(ex.map('log', [s.base.arg.arg]))] : [];
    const rest = isNumberOne(s.base.coefficient) ? [] : [ex.multiply(ex.size(s.inverse ? arg.shape.rows : subDim(arg.shape.rows, half.bond)), ex.map('log', [s.base.coefficient]))];
    return [...logs, ...rest].reduce((sum, x) => ex.add(sum, x), small);
  }
  return undefined;
}
