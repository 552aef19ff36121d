/** Counts on expressions that the planner goes by: how often a value is used, and how much work an entry is. */
import { isScalar } from '../algebra/dim';
import { toNumber } from '../algebra/rational';
import { childrenOf, type Expr, type Term } from './expr';
import type { Exprs } from './exprs';
import { isNumberOne } from './facts';
import { onceEach } from './once-each';

/** Terms of a sum that is not whole yet: its parts are expressions of their own, so that all of them would be a square's worth. */
export const LONGEST_PARTIAL = 30;

/** Operations an entry that are done again wherever their result is read; more are done once. */
export const REPEATED = 16;

/** How often each value occurs as a child, by its own or its transpose's id, whichever is less; coefficients count too. */
export function countUses(ex: Exprs, root: Expr): ReadonlyMap<number, number> {
  const uses = new Map<number, number>();
  const seen = new Set<number>();
  const canonical = (e: Expr): Expr => { const t = ex.transpose(e); return t.id < e.id ? t : e; };
  const stack = [canonical(root)];
  while (stack.length > 0) {
    const e = stack.pop() as Expr;
    if (seen.has(e.id)) continue;
    seen.add(e.id);
    for (const c of childrenOf(e)) {
      const child = canonical(c);
      uses.set(child.id, (uses.get(child.id) ?? 0) + 1);
      stack.push(child);
    }
  }
  return uses;
}

/** Whether a product is a part of a longer one below the root, or the transpose of one. */
export function segmentsIn(ex: Exprs, root: Expr): (e: Expr) => boolean {
  const keys = new Set<string>();
  const keyOf = (factors: readonly Expr[]): string => factors.map((f) => f.id).join();
  const seen = new Set<Expr>();
  const stack = [root];
  while (stack.length > 0) {
    const e = stack.pop() as Expr;
    if (seen.has(e)) continue;
    seen.add(e);
    const { length } = e.kind === 'product' ? e.factors : [];
    if (e.kind === 'product') for (let size = 2; size < length; size++) for (let at = 0; at + size <= length; at++) keys.add(keyOf(e.factors.slice(at, at + size)));
    stack.push(...childrenOf(e));
  }
  return (e) => [e, ex.transpose(e)].some((x) => x.kind === 'product' && keys.has(keyOf(x.factors)));
}

/** The negative of a name: another name for it would say no more. */
export const isMinus = (e: Expr): boolean =>
  e.kind === 'sum' && e.terms.length === 1 && e.terms.every((t) => t.arg.kind === 'leaf' && t.coefficient.kind === 'number' && toNumber(t.coefficient.value) === -1);

/** Traces of at least three inputs alone come last: of the ways to multiply them, one may be there by then. */
export const inputsLast = (terms: readonly Term[]): readonly Term[] => [...terms].sort((s, t) => Number(isOfInputs(s.arg)) - Number(isOfInputs(t.arg)));
const isOfInputs = (e: Expr): boolean => (e.kind === 'trace' || e.kind === 'product') && e.factors.length > 2 && e.factors.every((f) => (f.kind === 'transpose' ? f.arg : f).kind === 'leaf');

/** Whether an entry takes a quotient, a root or a function. */
export const isCostly: (e: Expr) => boolean = onceEach((e) =>
  !isScalar(e.shape) && ((e.kind === 'map' && e.args.length > 0) || (e.kind === 'times' && e.powers.some((p) => !isScalar(p.base.shape) && (p.exponent.n < 0n || p.exponent.d !== 1n))) || ((e.kind === 'times' || e.kind === 'sum' || e.kind === 'map') && childrenOf(e).some(isCostly))));

/** Cheap enough to stand in a loop. */
export const isSimple = (e: Expr): boolean => {
  switch (e.kind) {
    case 'number': case 'leaf': case 'size': case 'literal': return true;
    case 'times': return e.powers.length <= 2 && e.powers.every((p) => p.base.kind === 'leaf' && p.exponent.n === 1n && p.exponent.d === 1n);
    case 'sum': return e.terms.length === 1 && e.terms.every((t) => t.arg.kind === 'leaf' || t.arg.kind === 'size' || isEntry(t.arg));
    case 'product': return isEntry(e);
    default: return false;
  }
};

/** An entry of an array at a loop's indices. */
const isEntry = (e: Expr): boolean =>
  e.kind === 'product' && isScalar(e.shape) && e.factors.length <= 3 && e.factors.every((f) => { const x = f.kind === 'transpose' ? f.arg : f; return x.kind === 'leaf' || (x.kind === 'unit' && x.index.kind === 'literal'); });

/** Operations an entry, each part as often as it is read. */
export const operations: (e: Expr) => number = onceEach((e) => {
  switch (e.kind) {
    case 'sum': return e.terms.reduce((n, t) => n + (isNumberOne(t.coefficient) ? 0 : 1) + operations(t.arg), e.terms.length - 1);
    case 'times': return e.powers.reduce((n, p) => n + 1 + operations(p.base), -1);
    case 'map': return 8 + e.args.reduce((n, a) => n + operations(a), 0);
    case 'product': return e.factors.length - 1;
    default: return 0;
  }
});

/** A quotient by several scalars, or by a power of one: it may be too small for a number although what it scales would bring it back. */
export const mayVanish = (e: Expr): boolean =>
  e.kind === 'times' && e.powers.every((p) => p.exponent.n < 0n) && e.powers.some((p) => p.base.kind !== 'size') && e.powers.reduce((sum, p) => sum + toNumber(p.exponent), 0) <= -2;
