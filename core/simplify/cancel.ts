/**
 * Products over sums in which an inverse cancels: X'*(y - X*inv(X'*X)*X'*y) = 0, as (I - P)*X = 0 for the projector P onto X's columns,
 * however the projector is spread over a sum; and over sums of what is centred, 1'*(X - 1*1'*X/m) = 0. Sums stay undistributed else; here the product is multiplied out, for what it becomes is shorter.
 */
import { D1 } from '../algebra/dim';
import type { Graph } from '../algebra/graph';
import type { Node } from '../algebra/node';
import { factorsOf, viewOf } from '../algebra/product';
import { isNegativeQ, ONE } from '../algebra/rational';
import { expand, termsOf } from '../algebra/expand';
import { weightOf } from '../algebra/weight';

/** More terms than this are not multiplied out. */
const MOST_TERMS = 24;
/** Factors before an inverse, and factors that may complete them to the inverse's base. */
const LONGEST = 8;
/** Ways to an inverse that are looked at in one sum. */
const MOST_HEADS = 12;

/** Factors at the left edge of a term, and the inverse that follows them. */
interface Head { readonly before: readonly Node[]; readonly inverse: Node }
const NONE: readonly Head[] = [];

const heads = new WeakMap<Node, readonly Head[]>();
const inverses = new WeakMap<Node, boolean>();

const isSum = (a: Node): boolean => a.kind === 'sum' || (a.kind === 'transpose' && a.arg.kind === 'sum');
const isColumn = (a: Node): boolean => a.shape.cols.key === '1';
/** What a factor may hide a sum in: a sum, or a column that is multiplied entry by entry, diag(w)*(a - b). */
const isOpen = (a: Node): boolean => isSum(a) || (a.kind === 'hadamard' && isColumn(a));
const isInverse = (a: Node): boolean => isNegativeQ(viewOf(a).exponent);

/** Whether an inverse stands where a product with this factor could reach it. */
function holdsInverse(a: Node): boolean {
  const old = inverses.get(a);
  if (old !== undefined) return old;
  const found = a.kind === 'sum' ? a.terms.some(holdsInverse)
    : a.kind === 'transpose' ? isInverse(a) || (a.arg.kind === 'sum' && holdsInverse(a.arg))
      : a.kind === 'product' ? a.factors.some(holdsInverse)
        : a.kind === 'hadamard' ? isColumn(a) && a.factors.some((f) => holdsInverse(f.base)) : isInverse(a);
  inverses.set(a, found);
  return found;
}

function headsOf(g: Graph, a: Node): readonly Head[] {
  if (!holdsInverse(a)) return NONE;
  const old = heads.get(a);
  if (old) return old;
  const found = look(g, a).slice(0, MOST_HEADS);
  heads.set(a, found);
  return found;
}

function look(g: Graph, a: Node): readonly Head[] {
  if (isSum(a)) return termsOf(g, a).flatMap((t) => headsOf(g, t));
  if (a.kind === 'hadamard') return weighted(g, a).flatMap(({ weight, rest }) => headsOf(g, rest).map((h) => ({ before: [weight, ...h.before], inverse: h.inverse })));
  const before: Node[] = [];
  for (const f of a.kind === 'product' ? a.factors : [a]) {
    if (isInverse(f)) return [{ before, inverse: f }];
    if (isOpen(f)) return headsOf(g, f).map((h) => ({ before: [...before, ...h.before], inverse: h.inverse }));
    before.push(f);
    if (before.length > LONGEST) break;
  }
  return NONE;
}

/** u .* v = diag(u)*v, for each factor v that may hold an inverse. */
function weighted(g: Graph, a: Node & { kind: 'hadamard' }): readonly { readonly weight: Node; readonly rest: Node }[] {
  return a.factors.flatMap((f) => {
    if (f.exponent.n !== 1n || f.exponent.d !== 1n || a.factors.length < 2 || !holdsInverse(f.base)) return [];
    return [{ weight: g.apply('diag', [g.elementProduct(ONE, [], a.factors.filter((x) => x !== f))]), rest: f.base }];
  });
}

/** How many factors at the end of a run complete a head to the base of its inverse; 0 where they do not. */
function completing(g: Graph, run: readonly Node[], { before, inverse }: Head): number {
  const view = viewOf(inverse);
  const list = factorsOf(g, view) ?? [view.flipped ? g.transpose(view.base) : view.base];
  const missing = list.length - before.length;
  if (missing < 1 || missing > run.length) return 0;
  const from = run.length - missing;
  return list.every((x, i) => x === (i < missing ? run[from + i] : before[i - missing])) ? missing : 0;
}

export interface Cancelled { readonly factors: number; readonly node: Node }

/** The run's last factors times `a`, multiplied out, where an inverse inside `a` cancels and the result is shorter. */
export function cancelled(g: Graph, run: readonly Node[], a: Node): Cancelled | undefined {
  if (!isOpen(a)) return undefined;
  const counts = new Set(headsOf(g, a).map((h) => completing(g, run, h)).filter((n) => n > 0));
  for (const n of [...counts].sort((x, y) => x - y)) {
    const left = run.slice(run.length - n);
    const limit = left.reduce((sum, f) => sum + weightOf(f) + 1, weightOf(a));
    const whole = expand(g, a, MOST_TERMS);
    for (const form of whole && whole !== a ? [whole, a] : [a]) {
      const node = form.kind === 'hadamard' ? ofColumn(g, left, form) : g.add(...termsOf(g, form).map((t) => g.mul(...left, t)));
      if (node && weightOf(node) < limit) return { factors: n, node };
    }
  }
  return undefined;
}

/** L*(u .* v) = L*diag(u)*v. */
function ofColumn(g: Graph, left: readonly Node[], a: Node & { kind: 'hadamard' }): Node | undefined {
  const part = weighted(g, a).find(({ weight, rest }) => headsOf(g, rest).some((h) => completing(g, left, { before: [weight, ...h.before], inverse: h.inverse }) > 0));
  return part && !isSum(part.rest) ? g.mul(...left, part.weight, part.rest) : undefined;
}

const startsWithOnes = (t: Node): boolean => (t.kind === 'product' ? t.factors[0] : t)?.kind === 'ones';
const endsWithOnes = (t: Node): boolean => (t.kind === 'product' ? t.factors.at(-1) : t)?.kind === 'ones';

/** 1'*(X - 1*1'*X/m) = 0 and (X - X*1*1'/n)*1 = 0: what is centred adds up to nothing. */
function centred(g: Graph, last: Node | undefined, f: Node): Node | undefined {
  if (!last) return undefined;
  const isLeft = last.kind === 'ones' && last.shape.rows.key === '1' && isSum(f);
  const isRight = f.kind === 'ones' && f.shape.cols.key === '1' && isSum(last);
  if (!isLeft && !isRight) return undefined;
  const terms = termsOf(g, isLeft ? f : last);
  if (terms.length > MOST_TERMS || !terms.some(isLeft ? startsWithOnes : endsWithOnes)) return undefined;
  const node = g.add(...terms.map((t) => (isLeft ? g.mul(last, t) : g.mul(t, f))));
  return weightOf(node) < weightOf(last) + 1 + weightOf(f) ? node : undefined;
}

/** (X - X*1*1'/n)*(I - 1*1'/n) is its first factor, and likewise from the left: what is centred already stays as it is. */
function centredAgain(g: Graph, last: Node | undefined, f: Node): Node | undefined {
  if (!last || !isSum(last) || !isSum(f)) return undefined;
  for (const [centring, a, isLeft] of [[f, last, false], [last, f, true]] as const) {
    const terms = termsOf(g, centring);
    const unit = terms.find((t) => t.kind === 'identity');
    if (!unit || terms.length !== 2) continue;
    const other = terms.find((t) => t !== unit) as Node;
    const column = g.ones(isLeft ? { rows: D1, cols: a.shape.rows } : { rows: a.shape.cols, cols: D1 });
    if (other.kind !== 'product' || other.factors.length !== 1 || other.factors[0]?.kind !== 'ones') continue;
    if ((isLeft ? centred(g, column, a) : centred(g, a, column))?.kind === 'zero') return a;
  }
  return undefined;
}

/** What the end of a product's factors becomes with the factor behind it; `used` of the factors go into it. */
export function cancelledTail(g: Graph, stack: readonly Node[], f: Node): { readonly used: number; readonly node: Node } | undefined {
  const flat = centred(g, stack.at(-1), f) ?? centredAgain(g, stack.at(-1), f);
  if (flat) return { used: 1, node: flat };
  if (isOpen(f) && holdsInverse(f)) {
    const made = cancelled(g, stack.slice(-LONGEST), f);
    if (made) return { used: made.factors, node: made.node };
  }
  for (let i = stack.length - 1; i >= 0 && stack.length - i <= LONGEST; i--) {
    const s = stack[i] as Node;
    if (!(isSum(s) || (s.kind === 'transpose' && isOpen(s.arg))) || !holdsRight(s)) continue;
    const run = [f, ...stack.slice(i + 1).reverse()].map((x) => g.transpose(x));
    const made = cancelled(g, run, g.transpose(s));
    // The factors between must all go into it.
    if (made?.factors === run.length) return { used: stack.length - i, node: g.transpose(made.node) };
  }
  return undefined;
}
const holdsRight = (s: Node): boolean => holdsInverse(s) || (s.kind === 'transpose' && holdsInverse(s.arg));
