/**
 * What stays as it is when all points are moved is computed from points about their mean: sums of differences that are written out in
 * products (4*S*X - 4*diag(rowsum(S))*X) lose digits where the points lie far from 0, as their squares do twice.
 */
import { isOne } from '../algebra/dim';
import { isOneQ } from '../algebra/rational';
import { DISTANCES, isCentred } from './calls';
import { childrenOf, type Expr, type Sum } from './expr';
import type { Exprs } from './exprs';
import { meanTakenAway } from './means';
import { isZero, movesOf, type Moves } from './moved-points';
import { onceEach } from './once-each';
import { rebuilt } from './rebuild';

/** Parts of an expression that is looked at, and matrices of points in it. */
const MOST_PARTS = 400, MOST_MATRICES = 6;

/** @param variables of the derivative that this is part of: where they stand but once here, they do so twice in what it is of */
export function createCentred(ex: Exprs, variables: readonly Expr[]): (root: Expr) => Expr {
  const made = new Set<Expr>();
  const moves = new Map<string, Moves>(); // results of one request share their parts
  const movesBy = (points: readonly Expr[]): Moves => {
    const key = points.map((X) => X.id).join();
    const known = moves.get(key) ?? movesOf(ex, points);
    moves.set(key, known);
    return known;
  };
  return (root) => {
    const parts = partsOf(root);
    if (parts.size > MOST_PARTS || ![...parts].some((e) => e.kind === 'ones' || e.kind === 'diag' || e.kind === 'total')) return root;
    const leaves = [...parts].filter((e) => e.kind === 'leaf' && !e.local && e.words.size === 0 && !isOne(e.shape.rows) && degree([e])(root) > (variables.includes(e) ? 0 : 1));
    if (leaves.length > MOST_MATRICES) return root;
    const pairs = leaves.flatMap((X, k) => leaves.slice(k + 1).filter((Z) => !isOne(X.shape.cols) && Z.shape.cols.key === X.shape.cols.key && Z !== X).map((Z) => [X, Z]));
    return [...leaves.map((X) => [X]), ...pairs].reduce((e, points) => about(ex, e, points, movesBy(points), made), root);
  };
}
/** Whether points about their mean stand in it. */
export const holdsCentred = (root: Expr): boolean => [...partsOf(root)].some(isCentred);

function partsOf(root: Expr): ReadonlySet<Expr> {
  const seen = new Set<Expr>();
  const stack = [root];
  for (let e = stack.pop(); e; e = stack.pop()) {
    if (seen.has(e)) continue;
    seen.add(e);
    if (seen.size > MOST_PARTS) break;
    stack.push(...childrenOf(e));
  }
  return seen;
}
/** How often these factors occur in a product at most; 2 inside of any function. */
function degree(points: readonly Expr[]): (e: Expr) => number {
  const of: (e: Expr) => number = onceEach((e) => {
    const below = childrenOf(e).map(of);
    switch (e.kind) {
      case 'product': case 'trace': return below.reduce((s, d) => s + d, 0);
      case 'times': return e.powers.reduce((s, p) => s + of(p.base) * (isOneQ(p.exponent) ? 1 : 2), 0);
      case 'sum': return Math.max(0, ...e.terms.map((t) => of(t.coefficient) + of(t.arg)));
      case 'map': case 'call': case 'inverse': return Math.max(0, ...below) > 0 ? 2 : 0;
      default: return Math.max(0, ...below);
    }
  }, points.map((X) => [X, 1] as const));
  return of;
}

/**
 * The root with what does not change when these points are moved computed from points about the mean of the first of them.
 * @param made arrays of points about their own mean that were made so far
 */
function about(ex: Exprs, root: Expr, points: readonly Expr[], moves: Moves, made: Set<Expr>): Expr {
  const [first] = points as readonly [Expr];
  const inner = new Map(points.map((X) => [X, ex.call('centredRows', [X, first], X.shape)]));
  const stays = (e: Expr): boolean => isZero(moves.change(e));
  const degreeOf = degree(points);
  /** x - mean(x), or x_i - x_j: nothing is lost there; where a loop of the caller's chooses i and j, it is multiplied out. */
  const isDifference = (e: Expr): boolean => degreeOf(e) < 2 && [...partsOf(e)].every((x) => (x.kind !== 'leaf' || inner.has(x)) && x.kind !== 'literal');
  const own = inner.get(first) as Expr;
  const rewritten = (known: (e: Expr) => Expr | undefined): Expr => {
    const whole: (e: Expr) => Expr = onceEach((e) => known(e) ?? (!moves.holds(e) || isDifference(e) || (e.kind === 'call' && DISTANCES.has(e.op)) ? e : rebuilt(ex, e, childrenOf(e).every((c) => !moves.holds(c) || stays(c)) ? whole : within)));
    const within: (e: Expr) => Expr = onceEach((e) => inner.get(e) ?? (!moves.holds(e) ? e : stays(e) ? whole(e) : rebuilt(ex, e, within)));
    const outside: (e: Expr) => Expr = onceEach((e) => (!moves.holds(e) || e.kind === 'leaf' ? e : stays(e) ? whole(e) : e.kind === 'sum' ? inGroups(ex, e, moves, whole, outside) : rebuilt(ex, e, outside)));
    return outside(root);
  };
  const plain = made.has(own) ? root : rewritten(() => undefined);
  if (!made.has(own) && !partsOf(plain).has(own)) return plain;
  made.add(own);
  const difference = meanTakenAway(ex, first, first);
  // Where that array is made, c*(x - mean(x)) reads it.
  return rewritten((e) => {
    for (const turned of e.kind === 'sum' ? [e, ex.transpose(e)] : []) {
      const t = turned.kind === 'sum' ? turned.terms.find((x) => x.arg === first) : undefined;
      if (!t || turned !== ex.sum([{ coefficient: t.coefficient, arg: difference }], first.shape)) continue;
      const scaled = ex.scale(t.coefficient, own);
      return turned === e ? scaled : ex.transpose(scaled);
    }
    return undefined;
  });
}

/** A sum of which some terms change, with those that do so together and those whose changes cancel apart. */
function inGroups(ex: Exprs, e: Sum, moves: Moves, whole: (e: Expr) => Expr, outside: (e: Expr) => Expr): Expr {
  const groups: { keys: Set<number>; terms: Sum['terms'][number][] }[] = [];
  for (const t of e.terms) {
    const change = moves.change(ex.sum([t], e.shape));
    const keys = new Set(change === undefined ? [-1] : isZero(change) ? [-2 - t.arg.id] : change.kind === 'sum' ? change.terms.map((x) => x.arg.id) : [change.id]);
    const own = groups.filter((g) => [...keys].some((k) => g.keys.has(k)));
    const joined = { keys: new Set([...keys, ...own.flatMap((g) => [...g.keys])]), terms: [...own.flatMap((g) => g.terms), t] };
    groups.splice(0, groups.length, ...groups.filter((g) => !own.includes(g)), joined);
  }
  return ex.sum(groups.flatMap((g) => {
    const sum = ex.sum(g.terms, e.shape);
    if (isZero(moves.change(sum))) return [{ coefficient: ex.number(1), arg: whole(sum) }];
    return g.terms.map((t) => ({ coefficient: outside(t.coefficient), arg: outside(t.arg) }));
  }), e.shape);
}
