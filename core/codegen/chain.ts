/**
 * The order of a product: interval search over its factors, where a value that is there already costs nothing and a value
 * that occurs twice is paid once. Inverses are never multiplied: they solve.
 */
import { D1, isOne, shape, type Dim } from '../algebra/dim';
import { flopsOf, RATES, type Sizes } from './cost';
import type { Expr } from './expr';
import type { Exprs } from './exprs';
import { isBand, type Facts } from './facts';

/** How a product of factors[from..to] is computed. */
export type Tree =
  | { readonly kind: 'factor'; readonly value: Expr }
  | { readonly kind: 'stored'; readonly value: Expr }
  | { readonly kind: 'multiply'; readonly value: Expr; readonly left: Tree; readonly right: Tree }
  /** inverse * right. */
  | { readonly kind: 'solve'; readonly value: Expr; readonly inverse: Expr; readonly right: Tree }
  /** left * inverse. */
  | { readonly kind: 'solveRight'; readonly value: Expr; readonly inverse: Expr; readonly left: Tree }
  /** Entry by entry: diagonal factors, columns and rows of something, outer products. */
  | { readonly kind: 'loop'; readonly value: Expr; readonly left: Tree; readonly right: Tree };

/** What each part costs, once. */
type Parts = Map<number, number>;
/** What is known of the arcs of a cycle, by the numbers of their factors. */
type Arcs = Map<string, Best>;
const NONE: ReadonlyMap<number, number> = new Map();

/** The cost of all parts, each once, as the last of them says. */
function together(left: ReadonlyMap<number, number>, right: ReadonlyMap<number, number>, added: ReadonlyMap<number, number>): number {
  let cost = 0;
  for (const [id, c] of left) cost += added.get(id) ?? right.get(id) ?? c;
  for (const [id, c] of right) if (!left.has(id)) cost += added.get(id) ?? c;
  for (const [id, c] of added) if (!left.has(id) && !right.has(id)) cost += c;
  return cost;
}

interface Best { readonly tree: Tree; readonly cost: number; readonly parts: ReadonlyMap<number, number> }

/** Above this many factors the middle is cut, so that the search stays small. */
const LONGEST = 14;

export interface ChainSearch {
  /** The cheapest order. */
  product(factors: readonly Expr[], isStored: (e: Expr) => boolean): Tree;
  /** The trace of a product as the Frobenius product `left' : right` of two halves of the cycle; with `turns` 1, of the diagonal's two halves as they stand. */
  trace(factors: readonly Expr[], isStored: (e: Expr) => boolean, turns?: number): { readonly left: Expr; readonly right: Expr };
}

/** Orders that were found: of the many plans that are weighed for one function, most multiply the same. */
const found = new WeakMap<Facts, WeakMap<Sizes, WeakMap<object, Map<string, Best>>>>();
const ALL_FIXED = {};
function ordersOf(facts: Facts, sizes: Sizes, varies: object = ALL_FIXED): Map<string, Best> {
  const bySizes = kept(found, facts, () => new WeakMap<Sizes, WeakMap<object, Map<string, Best>>>());
  return kept(kept(bySizes, sizes, () => new WeakMap<object, Map<string, Best>>()), varies, () => new Map<string, Best>());
}
function kept<K extends object, V>(map: WeakMap<K, V>, key: K, make: () => V): V {
  const there = map.get(key) ?? make();
  map.set(key, there);
  return there;
}

/** What is computed once before a loop weighs this much less than what every turn computes. */
const ONCE = 1e-4;

/** An inverse is written out where it is wanted itself, not to be multiplied with. */
const NEVER = 1e3;

export function createChainSearch(ex: Exprs, facts: Facts, sizes: Sizes, varies?: (e: Expr) => boolean): ChainSearch {
  const orders = ordersOf(facts, sizes, varies);
  const canonical = (e: Expr): number => Math.min(e.id, ex.transpose(e).id);
  const nanoseconds = (rate: number, ...dims: readonly Dim[]): number => rate * dims.reduce((p, d) => p * sizes.of(d), 1);

  const once = (e: Expr): number => (varies && !varies(e) ? ONCE : 1);

  const product: ChainSearch['product'] = (factors, isStored) => {
    const all = factors.flatMap(halves);
    if (all.length > LONGEST) {
      const cut = all.length >> 1;
      return search([ex.product(all.slice(0, cut)), ex.product(all.slice(cut))], isStored).tree;
    }
    return search(all, isStored).tree;
  };
  const trace: ChainSearch['trace'] = (factors, isStored, turns = LONGEST) => {
    const all = factors.flatMap(halves);
    const n = all.length;
    // The halves of a cycle share their arcs, and nothing is stored between them.
    const arcs: Arcs = new Map();
    let found: { left: Expr; right: Expr; cost: number } | undefined;
    for (let turn = 0; turn < Math.min(n, turns); turn++) {
      const cycle = [...all.slice(turn), ...all.slice(0, turn)];
      for (let cut = 1; cut < n; cut++) {
        const left = ex.product(cycle.slice(0, cut));
        const right = ex.product(cycle.slice(cut));
        if (left.kind === 'sum' || right.kind === 'sum') continue;
        const p = side(left, isStored, arcs);
        const q = side(right, isStored, arcs);
        const parts = new Map([...p, ...q]);
        let cost = nanoseconds(2 * RATES.vector, left.shape.rows, left.shape.cols);
        for (const c of parts.values()) cost += c;
        if (!found || cost < found.cost * (1 - 1e-12)) found = { left, right, cost };
      }
    }
    return found ?? { left: ex.product(all.slice(0, 1)), right: ex.product(all.slice(1)) };
  };
  /** What one half of a cycle costs; an inverse alone is computed as such. */
  const side = (e: Expr, isStored: (x: Expr) => boolean, arcs: Arcs): ReadonlyMap<number, number> => {
    if (isStored(e)) return NONE;
    if (e.kind === 'product' && e.factors.length <= LONGEST) return search(e.factors.flatMap(halves), isStored, arcs).parts;
    if (e.kind === 'inverse') return new Map([[canonical(e), RATES.call + nanoseconds(RATES.lu * 2, e.shape.rows, e.shape.rows, e.shape.rows)]]);
    return NONE;
  };
  return { product, trace };

  /** inv(M) of a positive definite M is L^-T * L^-1, so that half solves and sharing are found by the search itself. */
  function halves(f: Expr): readonly Expr[] {
    if (f.kind === 'ones' && !isOne(f.shape.rows) && !isOne(f.shape.cols)) return [ex.ones(shape(f.shape.rows, D1)), ex.ones(shape(D1, f.shape.cols))];
    if (f.kind !== 'inverse') return [f];
    if (facts.triangle(f.arg) || !facts.definite(f.arg)) return [f];
    const l = ex.call('chol', [f.arg], f.arg.shape);
    return [ex.inverse(ex.transpose(l)), ex.inverse(l)];
  }

  function search(list: readonly Expr[], isStored: (e: Expr) => boolean, arcs?: Arcs): Best {
    const key = situation(list, isStored);
    const there = orders.get(key);
    if (there) return there;
    const found = searched(list, isStored, arcs);
    orders.set(key, found);
    return found;
  }

  /** All that an order depends on: the factors, and which of their products are there. */
  function situation(list: readonly Expr[], isStored: (e: Expr) => boolean): string {
    let key = '';
    for (const f of list) key += `${f.id},`;
    for (let i = 0; i < list.length; i++) {
      for (let j = i + 2; j <= list.length; j++) if (isStored(ex.product(list.slice(i, j)))) key += `|${i}-${j}`;
    }
    return key;
  }

  function searched(list: readonly Expr[], isStored: (e: Expr) => boolean, arcs?: Arcs): Best {
    const n = list.length;
    const table: Best[][] = list.map(() => []);
    const known = new Map<number, Best>();
    for (let i = 0; i < n; i++) {
      const value = list[i] as Expr;
      (table[i] as Best[])[i] = { tree: { kind: 'factor', value }, cost: 0, parts: NONE };
    }
    for (let length = 2; length <= n; length++) {
      for (let i = 0; i + length <= n; i++) {
        const j = i + length - 1;
        (table[i] as Best[])[j] = twin(known, list.slice(i, j + 1), () => arc(list, table, i, j, isStored, arcs));
      }
    }
    return (table[0] as Best[])[n - 1] ?? { tree: { kind: 'factor', value: list[0] as Expr }, cost: 0, parts: NONE };
  }

  /** A product and its transpose are computed the same way, so that one serves both: of two orders that cost the same, each would else take its own. */
  function twin(known: Map<number, Best>, factors: readonly Expr[], find: () => Best): Best {
    const value = ex.product(factors);
    const there = value.kind === 'product' ? known.get(canonical(value)) : undefined;
    if (there?.tree.value === value) return there;
    if (there?.tree.value === ex.transpose(value)) return { ...there, tree: turned(ex, there.tree) };
    const made = find();
    known.set(canonical(value), made);
    return made;
  }

  function arc(list: readonly Expr[], table: readonly (readonly Best[])[], i: number, j: number, isStored: (e: Expr) => boolean, arcs: Arcs | undefined): Best {
    if (!arcs) return best(list, table, i, j, isStored);
    let key = list.length > 2 ? '' : 'whole';
    for (let k = i; k <= j; k++) key += `,${(list[k] as Expr).id}`;
    const known = arcs.get(key) ?? best(list, table, i, j, isStored);
    arcs.set(key, known);
    return known;
  }

  function best(list: readonly Expr[], table: readonly (readonly Best[])[], i: number, j: number, isStored: (e: Expr) => boolean): Best {
    const value = ex.product(list.slice(i, j + 1));
    if (isStored(value)) return { tree: { kind: 'stored', value }, cost: 0, parts: NONE };
    const own = canonical(value);
    let found: { readonly tree: Tree; readonly cost: number; readonly left: Best; readonly right: Best; readonly added: Parts } | undefined;
    for (let k = i; k < j; k++) {
      const left = table[i]?.[k];
      const right = table[k + 1]?.[j];
      if (!left || !right) continue;
      const added: Parts = new Map();
      const step = join(value, left.tree, right.tree, added, list.length);
      if (!added.has(own) && !left.parts.has(own) && !right.parts.has(own)) added.set(own, step.cost * once(value));
      const cost = together(left.parts, right.parts, added);
      if (!found || cost < found.cost * (1 - 1e-12)) found = { tree: step.tree, cost, left, right, added };
    }
    return found ? { tree: found.tree, cost: found.cost, parts: new Map([...found.left.parts, ...found.right.parts, ...found.added]) } : { tree: { kind: 'factor', value }, cost: 0, parts: NONE };
  }

  function join(value: Expr, left: Tree, right: Tree, parts: Parts, length: number): { tree: Tree; cost: number } {
    const a = left.value;
    const b = right.value;
    if (varies && isUnit(b) && a.kind === 'inverse' && !varies(a)) return column(value, left, right, a, parts);
    if (varies && isUnit(a) && b.kind === 'inverse' && !varies(b)) return column(value, left, right, b, parts);
    if (isLoopProduct(a, b)) return { tree: { kind: 'loop', value, left, right }, cost: RATES.call + nanoseconds(RATES.entry, value.shape.rows, value.shape.cols) };
    if (left.kind === 'factor' && a.kind === 'inverse') return { tree: { kind: 'solve', value, inverse: a, right }, cost: solveCost(a, b.shape.cols, parts, right.kind === 'factor' && b.kind === 'inverse') * (right.kind === 'factor' && b.kind === 'inverse' && length > 2 && !varies ? NEVER : 1) };
    if (right.kind === 'factor' && b.kind === 'inverse') return { tree: { kind: 'solveRight', value, inverse: b, left }, cost: 1.02 * solveCost(b, a.shape.rows, parts, false) };
    const tree: Tree = { kind: 'multiply', value, left, right };
    const m = a.shape.rows;
    const k = a.shape.cols;
    const n = b.shape.cols;
    if (isBand(a) || isBand(b)) return { tree, cost: RATES.call + nanoseconds(3 * RATES.entry, m, n) };
    if (isOne(m) || isOne(n)) return { tree, cost: RATES.call + nanoseconds(2 * RATES.vector, m, k, n) };
    if (facts.isSymmetric(value)) return { tree, cost: RATES.call + nanoseconds(RATES.symmetric, m, k, n) };
    if ((facts.triangle(a) && b.kind !== 'transpose') || (facts.triangle(b) && a.kind !== 'transpose')) return { tree, cost: RATES.call + nanoseconds(RATES.triangular, m, k, n) };
    return { tree, cost: RATES.call + nanoseconds(2 * RATES.multiply, m, k, n) };
  }

  /** A column of an inverse that is computed once. */
  function column(value: Expr, left: Tree, right: Tree, inverse: Expr, parts: Parts): { tree: Tree; cost: number } {
    const n = inverse.shape.rows;
    parts.set(canonical(inverse), ONCE * nanoseconds(2 * RATES.lu, n, n, n));
    return { tree: { kind: 'loop', value, left, right }, cost: RATES.call + nanoseconds(RATES.entry, n) };
  }

  function solveCost(inverse: Expr, q: Dim, parts: Parts, explicit: boolean): number {
    if (inverse.kind !== 'inverse') return 0;
    const m = inverse.arg;
    const n = m.shape.rows;
    const rate = isOne(q) ? RATES.solveOne : RATES.solveMany;
    const base = m.kind === 'transpose' ? m.arg : m;
    if (facts.triangle(m)) {
      if (base.kind === 'call' && base.op === 'chol') parts.set(canonical(base), once(base) * (RATES.call + nanoseconds(RATES.cholesky / 3, n, n, n)));
      return RATES.call + nanoseconds(rate * (explicit ? (varies ? 4 / 3 : 1 / 3) : 1), n, n, explicit ? n : q);
    }
    parts.set(-canonical(m) - 1, once(m) * (RATES.call + nanoseconds((2 * RATES.lu) / 3, n, n, n)));
    return RATES.call + nanoseconds(2 * rate, n, n, q);
  }
}

/** The same product the other way round. */
export function turned(ex: Exprs, tree: Tree): Tree {
  const value = ex.transpose(tree.value);
  switch (tree.kind) {
    case 'factor': case 'stored': return { ...tree, value };
    case 'multiply': case 'loop': return { kind: tree.kind, value, left: turned(ex, tree.right), right: turned(ex, tree.left) };
    case 'solve': return { kind: 'solveRight', value, inverse: ex.transpose(tree.inverse), left: turned(ex, tree.right) };
    case 'solveRight': return { kind: 'solve', value, inverse: ex.transpose(tree.inverse), right: turned(ex, tree.left) };
  }
}

/** Products that are no sums: a diagonal factor, a unit vector, rows of an identity, or a bond of dimension 1. */
export function isLoopProduct(a: Expr, b: Expr): boolean {
  if (a.kind === 'inverse' || b.kind === 'inverse') return false;
  if (isOne(a.shape.cols)) return true;
  return isPicker(a) || isPicker(b);
}
const isUnit = (e: Expr): boolean => (e.kind === 'transpose' ? e.arg : e).kind === 'unit';
const isPicker = (e: Expr): boolean => {
  const f = e.kind === 'transpose' ? e.arg : e;
  return f.kind === 'diag' || f.kind === 'unit' || f.kind === 'range';
};
export const gemmFlops = (m: Dim, k: Dim, n: Dim, symmetric: boolean): Dim => flopsOf(symmetric ? 1 : 2, m, k, n);
