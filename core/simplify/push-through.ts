/**
 * Low-rank updates moved to their small side: inv(c*I + U*R)*U = U*inv(c*I + R*U), and inv(A + U*R)*U = inv(A)*U*inv(I + R*inv(A)*U)
 * (Henderson & Searle 1981, On deriving the inverse of a sum of matrices).
 */
import { isOne, sameDim, type Dim } from '../algebra/dim';
import type { Graph, Tail } from '../algebra/graph';
import type { Node, ScalarPower } from '../algebra/node';
import { unjoined, viewOf } from '../algebra/product';
import { equalQ, MINUS_ONE, ONE } from '../algebra/rational';
import { coefficientOf, split } from '../algebra/sign';
import { weightOf } from '../algebra/weight';

const LONGEST = 6;
/** Terms with inverses of updates in one sum; more are not compared. */
const MOST_HOLDERS = 8;

/** c where the node is c*I. */
const multipleOfI = (g: Graph, a: Node): Node | undefined => a.kind === 'identity' ? g.number(1)
  : a.kind === 'product' && a.factors.length === 1 && a.factors[0]?.kind === 'identity' ? g.product(a.coefficient, a.scalars, []) : undefined;

/** What an inverse is of: `rest` plus a product `by` * factors[0] * factors[1] * …. */
interface Update { readonly rest: Node; readonly by: Node; readonly factors: readonly Node[] }

function updatesOf(g: Graph, f: Node): readonly Update[] {
  const { base, exponent, flipped } = viewOf(f);
  if (f.kind === 'sum' || base.kind !== 'sum' || !equalQ(exponent, MINUS_ONE)) return [];
  const terms = flipped ? base.terms.map((t) => g.transpose(t)) : base.terms;
  return terms.flatMap((t): readonly Update[] => {
    const factors = unjoined(g, t.kind === 'product' ? t.factors : [t]);
    return factors.length < 2 ? [] : [{ rest: g.add(...terms.filter((x) => x !== t)), by: scalarsOf(g, t), factors }];
  });
}

const scalarsOf = (g: Graph, t: Node): Node => (t.kind === 'product' ? g.product(t.coefficient, t.scalars, []) : g.number(1));

/** Whether a is smaller than b by what is known of the sizes. */
const isSmaller = (g: Graph, a: Dim, b: Dim): boolean => !sameDim(a, b) && (isOne(a) || g.atLeast(b, a));

/** inv(c*I + U*R)*U where U has fewer columns than rows; `isLeft`: W*inv(c*I + R*W) where W has fewer rows than columns. */
function pushed(g: Graph, inverse: Node, run: readonly Node[], isLeft: boolean): Node | undefined {
  const inner = isLeft ? (run[0] as Node).shape.rows : (run.at(-1) as Node).shape.cols;
  if (!isSmaller(g, inner, inverse.shape.rows)) return undefined;
  for (const { rest, by, factors } of updatesOf(g, inverse)) {
    const c = multipleOfI(g, rest);
    const at = isLeft ? factors.length - run.length : 0;
    if (!c || run.length >= factors.length || run.some((x, i) => x !== factors[at + i])) continue;
    const turned = isLeft ? [...run, ...factors.slice(0, at)] : [...factors.slice(run.length), ...run];
    const small = g.inverse(g.add(g.mul(c, g.identity(inner)), g.mul(by, ...turned)));
    return isLeft ? g.mul(small, ...run) : g.mul(...run, small);
  }
  return undefined;
}

/** What the last factors of a product become with the next: an inverse and what follows it, or what stands before it, on the smaller side. */
export function pushedTail(g: Graph, stack: readonly Node[], f: Node): Tail | undefined {
  for (let i = stack.length - 1; i >= 0 && stack.length - i <= LONGEST; i--) {
    const made = pushed(g, stack[i] as Node, [...stack.slice(i + 1), f], false);
    if (made) return { used: stack.length - i, node: made };
  }
  for (let n = 1; n <= Math.min(LONGEST, stack.length); n++) {
    const made = pushed(g, f, stack.slice(stack.length - n), true);
    if (made) return { used: n, node: made };
  }
  return undefined;
}

/** The ways to write a product with an inverse of a square update on the other side of U: inv(c*I + U*R)*U and U*inv(c*I + R*U). */
function pushedForms(g: Graph, a: Node): readonly Node[] {
  if (a.kind !== 'product') return [];
  return a.factors.flatMap((f, i) => updatesOf(g, f).flatMap(({ rest, by, factors }): readonly Node[] => {
    const c = multipleOfI(g, rest);
    if (!c) return [];
    return factors.slice(1).flatMap((x, n) => {
      const [U, R] = [factors.slice(0, n + 1), factors.slice(n + 1)];
      if (!sameDim(x.shape.rows, f.shape.rows)) return [];
      const other = g.inverse(g.add(g.mul(c, g.identity(x.shape.rows)), g.mul(by, ...R, ...U)));
      const whole = (before: readonly Node[], after: readonly Node[]): Node => g.product(a.coefficient, a.scalars, [...before, ...after]);
      const isBehind = U.every((u, k) => u === a.factors[i + 1 + k]);
      const isBefore = R.every((r, k) => r === a.factors[i - R.length + k]);
      return [
        ...(isBehind ? [whole([...a.factors.slice(0, i), ...U, other], a.factors.slice(i + 1 + U.length))] : []),
        ...(isBefore ? [whole([...a.factors.slice(0, i - R.length), other, ...R], a.factors.slice(i + 1))] : []),
      ];
    });
  }));
}

/** Terms that are one but for the side on which an inverse stands: inv(I + A*B)*A - A*inv(I + B*A) = 0. */
export function pushedTogether(g: Graph, terms: readonly Node[]): Node | undefined {
  const holders = terms.filter((t) => t.kind === 'product' && t.factors.length > 1 && t.factors.some((f) => equalQ(viewOf(f).exponent, MINUS_ONE) && viewOf(f).base.kind === 'sum'));
  if (holders.length < 2 || holders.length > MOST_HOLDERS) return undefined;
  for (const t of holders) {
    const form = pushedForms(g, t).find((x) => holders.some((o) => o !== t && split(g, o).rest === split(g, x).rest));
    if (form) return g.add(form, ...terms.filter((x) => x !== t));
  }
  return undefined;
}

/** det(I + U*R) = det(I + R*U), where R*U is the smaller: what stands under the determinant. */
export function smallDeterminant(g: Graph, a: Node): Node | undefined {
  if (a.kind !== 'sum' || a.terms.length !== 2) return undefined;
  const I = a.terms.find((t) => t.kind === 'identity');
  const L = a.terms.find((t) => t !== I);
  if (!I || !L) return undefined;
  const factors = unjoined(g, L.kind === 'product' ? L.factors : [L]);
  for (let i = 1; i < factors.length; i++) {
    const inner = (factors[i] as Node).shape.rows;
    if (!isSmaller(g, inner, a.shape.rows)) continue;
    return g.add(g.identity(inner), g.mul(scalarsOf(g, L), ...factors.slice(i), ...factors.slice(0, i)));
  }
  return undefined;
}

/** `by`: the name of the identity. */
export interface OtherSide { readonly node: Node; readonly from: Dim; readonly to: Dim; readonly by: string }

/** A node with the inverses of updates written with inverses of their inner sizes, the shortest of the ways; undefined where there is none. */
export function otherSide(g: Graph, root: Node): OtherSide | undefined {
  // Each node once, however many hold it.
  const known = new Map<Node, OtherSide | undefined>();
  const of = (a: Node): OtherSide | undefined => {
    if (known.has(a)) return known.get(a);
    const found = look(a);
    known.set(a, found);
    return found;
  };
  const together = (parts: readonly Node[], join: (parts: readonly Node[]) => Node): OtherSide | undefined => {
    const others = parts.map(of);
    const first = others.find((x) => x !== undefined);
    return first && { ...first, node: join(parts.map((x, i) => others[i]?.node ?? x)) };
  };
  const look = (a: Node): OtherSide | undefined => {
    if (a.kind === 'sum') return together(a.terms, (terms) => g.add(...terms));
    if (a.kind === 'apply' && a.op === 'tr') return together(a.args, (args) => g.apply(a.op, args));
    const scalars = a.kind === 'product' && a.factors.length === 0 ? a.scalars : [];
    if (scalars.length > 0) return together(scalars.map((p) => p.base), (bases) => g.product(coefficientOf(a), bases.map((base, i) => ({ base, exponent: (scalars[i] as ScalarPower).exponent })), []));
    return ofProduct(g, a);
  };
  return of(root);
}

function ofProduct(g: Graph, a: Node): OtherSide | undefined {
  const p = a.kind === 'product' ? a : undefined;
  const factors = p?.factors ?? [a];
  const whole = (parts: readonly Node[]): Node => g.product(p?.coefficient ?? ONE, p?.scalars ?? [], parts);
  const found: OtherSide[] = [];
  factors.forEach((f, i) => {
    for (const u of updatesOf(g, f)) {
      if (!multipleOfI(g, u.rest) && !g.isInvertible(u.rest)) continue;
      for (let n = 1; n < u.factors.length; n++) {
        const to = (u.factors[n] as Node).shape.rows;
        if (isSmaller(g, f.shape.rows, to) || sameDim(f.shape.rows, to)) continue;
        const put = (made: readonly Node[], by: string): void => { found.push({ node: whole(made), from: f.shape.rows, to, by: isOne(to) ? 'Sherman–Morrison formula' : by }); };
        for (const made of followed(g, factors, i, u, n)) put(made, 'push-through identity');
        for (const made of alone(g, u, n)) put([...factors.slice(0, i), made, ...factors.slice(i + 1)], 'Woodbury identity');
      }
    }
  });
  return found.filter((x) => x.node !== a).sort((x, y) => weightOf(x.node) - weightOf(y.node))[0];
}

/** inv(I + R*inv(A)*U), and with R = C*W the product inv(inv(C) + W*inv(A)*U)*inv(C). */
function cores(g: Graph, { rest, by, factors }: Update, n: number): readonly (readonly Node[])[] {
  const U = factors.slice(0, n);
  const R = factors.slice(n);
  const [C, ...W] = R as [Node, ...Node[]];
  const AU = g.mul(g.inverse(rest), ...U);
  const k = C.shape.rows;
  const plain = [g.inverse(g.add(g.identity(k), g.mul(by, ...R, AU)))];
  if (W.length === 0 || !g.isPosdef(C)) return [plain];
  const inside = g.mul(g.power(by, MINUS_ONE), g.inverse(C));
  return [plain, [g.inverse(g.add(inside, g.mul(...W, AU))), inside]];
}

/** An inverse with U behind it, or R before it. */
function followed(g: Graph, factors: readonly Node[], i: number, u: Update, n: number): readonly (readonly Node[])[] {
  const U = u.factors.slice(0, n);
  const after = factors.slice(i + 1);
  const before = factors.slice(0, i);
  const made: (readonly Node[])[] = [];
  if (U.every((x, k) => x === after[k])) for (const core of cores(g, u, n)) made.push([...before, g.inverse(u.rest), ...U, ...core, ...after.slice(n)]);
  const R = u.factors.slice(n);
  if (R.length <= i && R.every((x, k) => x === before[i - R.length + k])) {
    const [core] = cores(g, u, n) as readonly [readonly Node[]];
    made.push([...before.slice(0, i - R.length), ...core, ...R, g.inverse(u.rest), ...after]);
  }
  return made;
}

/** The inverse by itself: inv(A) - inv(A)*U*inv(I + R*inv(A)*U)*R*inv(A). */
function alone(g: Graph, u: Update, n: number): readonly Node[] {
  const Ai = g.inverse(u.rest);
  return cores(g, u, n).map((core) => g.sub(Ai, g.mul(u.by, Ai, ...u.factors.slice(0, n), ...core, ...u.factors.slice(n), Ai)));
}
