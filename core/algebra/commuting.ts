/** Products of functions of one matrix: they commute, so they stand in one order (Higham 2008, Functions of Matrices, theorem 1.13). */
import { sameDim } from './dim';
import type { Graph } from './graph';
import type { Node } from './node';
import { compareNodes } from './order';
import { ONE } from './rational';

/** `identity`: a multiple of I, which commutes with everything. */
type Root = Node | 'identity';

const FUNCTIONS = new Set(['expm', 'logm', 'power']);
const roots = new WeakMap<Graph, Map<Node, Root>>();

/** The matrix that a square matrix is seen to be a function of: itself where nothing else is seen. */
export function rootOf(g: Graph, a: Node): Root {
  const known = roots.get(g) ?? new Map<Node, Root>();
  roots.set(g, known);
  const old = known.get(a);
  if (old) return old;
  const made = look(g, a);
  known.set(a, made);
  return made;
}

function look(g: Graph, a: Node): Root {
  switch (a.kind) {
    case 'identity': return 'identity';
    case 'power': return rootOf(g, a.base);
    case 'apply': return FUNCTIONS.has(a.op) ? rootOf(g, a.args[0] as Node) : a;
    case 'transpose': {
      const root = rootOf(g, a.arg);
      return root === 'identity' || root === a.arg ? a : g.transpose(root);
    }
    case 'product': {
      const [only] = a.factors;
      if (only && a.factors.length === 1) return rootOf(g, only);
      if (a.factors.length === 0) return a;
      return commuting(g, a.factors)?.root ?? g.product(ONE, [], a.factors);
    }
    case 'sum': {
      const own = a.terms.map((t) => rootOf(g, t)).filter((r) => r !== 'identity');
      const [first] = own;
      if (!first) return 'identity';
      if (own.every((r) => r === first)) return first;
      return own.length === a.terms.length ? a : g.add(...a.terms.filter((t) => rootOf(g, t) !== 'identity'));
    }
    default: return a;
  }
}

/** The functions of one matrix that a product consists of, one factor or, for a product as that matrix, several. */
export interface Commuting { readonly root: Node; readonly units: readonly (readonly Node[])[] }

const isFunction = (a: Node): boolean => a.kind === 'power' || a.kind === 'sum' || (a.kind === 'apply' && FUNCTIONS.has(a.op)) || (a.kind === 'transpose' && isFunction(a.arg));

export function commuting(g: Graph, factors: readonly Node[]): Commuting | undefined {
  const root = factors.length < 2 ? undefined : rootAmong(g, factors);
  if (!root) return undefined;
  const run = root.kind === 'product' ? root.factors : [];
  const units: (readonly Node[])[] = [];
  for (let i = 0; i < factors.length;) {
    const here = run.length > 1 && run.every((x, k) => x === factors[i + k]) ? factors.slice(i, i + run.length) : [factors[i] as Node];
    const [only] = here;
    if (here.length === 1 && (!only || !sameDim(only.shape.rows, only.shape.cols) || ![root, 'identity'].includes(rootOf(g, only)))) return undefined;
    units.push(here);
    i += here.length;
  }
  return units.length > 1 ? { root, units } : undefined;
}

function rootAmong(g: Graph, factors: readonly Node[]): Node | undefined {
  for (const f of factors) {
    if (!isFunction(f) || !sameDim(f.shape.rows, f.shape.cols)) continue;
    const root = rootOf(g, f);
    if (root !== 'identity' && root !== f) return root;
  }
  return undefined;
}

/** The matrix itself and its powers first, inverses of sums last, as in A*inv(I + A). */
const rank = ([a, ...more]: readonly Node[]): number => {
  if (!a || more.length > 0) return 0;
  const inner = a.kind === 'transpose' ? a.arg : a;
  if (inner.kind === 'sum') return 1;
  if (inner.kind === 'apply') return 2;
  return inner.kind === 'power' && inner.base.kind === 'sum' ? 3 : 0;
};

/** A term with its factors in one order, where they all commute. Before other factors they keep theirs, so that what sums have in common stays outside. */
export function inCommutingOrder(g: Graph, a: Node): Node {
  const found = a.kind === 'product' ? commuting(g, a.factors) : undefined;
  if (a.kind !== 'product' || !found) return a;
  return g.product(a.coefficient, a.scalars, [...found.units].sort((x, y) => rank(x) - rank(y) || compareNodes(x[0] as Node, y[0] as Node)).flat());
}
