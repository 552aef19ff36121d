/** Graph nodes to syntax trees that parse and resolve to the same value. Each node is printed once for each kind of place. */
import type { Graph } from '../algebra/graph';
import type { Node } from '../algebra/node';
import { isNegativeQ, negQ, type Rational } from '../algebra/rational';
import { split } from '../algebra/sign';
import type { Expr } from '../syntax/tree';
import { applyTree } from './apply-tree';
import { factorsTree } from './factors-tree';
import { TOLD, turned, type Place } from './place';
import { productTree } from './product-tree';
import { hadamardTree, joined, onesTree, opposite, signedTerms } from './sum-tree';
import { call, digits, dimTree, inverseTransposeOf, indexed, itemRange, all, minus, named, powerTree, transposeOf } from './trees';
import { shorter, type Naming, type Signed, type Writer } from './writer';

/** How the terms of a sum are arranged: as they stand, or factored. */
export type Arrange = (w: Writer, sum: Node & { kind: 'sum' }, place: Place) => readonly Signed[];

export interface PrinterOptions {
  readonly names?: readonly Naming[];
  /** A search for a shorter arrangement of a sum. */
  readonly arrange?: Arrange;
}

export function createWriter(g: Graph, options: PrinterOptions = {}): Writer {
  const names = options.names ?? [];
  const exact = exactNames(g, names);
  const memo = new Map<string, Signed>();
  const sums = new Map<string, readonly Signed[]>();

  const termsOf = (a: Node & { kind: 'sum' }, place: Place): readonly Signed[] => {
    const key = keyOf(a, place);
    const old = sums.get(key);
    if (old) return old;
    const made = options.arrange ? options.arrange(w, a, place) : signedTerms(w, a.terms, place);
    sums.set(key, made);
    return made;
  };

  const signed = (a: Node, place: Place): Signed => {
    const key = keyOf(a, place);
    const old = memo.get(key);
    if (old) return old;
    const made = exact.get(a.id) ?? write(a, place);
    memo.set(key, made);
    return made;
  };

  const plus = (tree: Expr): Signed => ({ negative: false, tree });

  const write = (a: Node, place: Place): Signed => {
    switch (a.kind) {
      case 'symbol': return plus(a.role === 'dimension' && a.dim ? dimTree(a.dim) : named(a.name));
      case 'identity': return plus(place.rows || place.cols ? named('I') : call('I', dimTree(a.shape.rows)));
      case 'ones': return plus(onesTree(a));
      case 'zero': return plus(zeroTree(a));
      case 'basis': return plus(call('e', w.tree(a.index, TOLD), ...(place.rows ? [] : [dimTree(a.shape.rows)])));
      case 'selector': return plus(indexed(call('I', dimTree(a.shape.cols)), [itemRange(dimTree(a.from), dimTree(a.to)), all]));
      case 'transpose': return transposeTree(a.arg, turned(place));
      case 'product': return productTree(w, a, place);
      case 'chain': return plus(chainTree(a.factors));
      case 'sum': return plus(joined(termsOf(a, place)));
      case 'power': return plus(matrixPower(a.base, a.exponent, place));
      case 'hadamard': return plus(hadamardTree(w, a, place, (base, q, at) => elementPower(base, q, at)));
      case 'apply': return plus(applyTree(w, a, place));
    }
  };

  const transposeTree = (arg: Node, place: Place): Signed => {
    if (arg.kind === 'power' && arg.exponent.n === -1n && arg.exponent.d === 1n) {
      const base = w.tree(arg.base, place);
      if (base.kind === 'name') return plus(inverseTransposeOf(base));
    }
    const s = signed(arg, place);
    return { negative: s.negative, tree: transposeOf(s.tree) };
  };

  const matrixPower = (base: Node, q: Rational, place: Place): Expr => {
    const tree = w.tree(base, place);
    return q.n === -1n && q.d === 1n && tree.kind !== 'name' ? call('inv', tree) : powerTree(tree, q);
  };

  const elementPower = (base: Node, q: Rational, place: Place): Expr => {
    const tree = w.tree(base, place);
    return q.n === 1n && q.d === 2n ? call('sqrt', tree) : powerTree(tree, q, true);
  };

  const chainTree = (factors: readonly Node[]): Expr => {
    const at = factorsTree(w, factors, TOLD);
    const other = factorsTree(w, [...factors].reverse().map((f) => g.transpose(f)), TOLD);
    return shorter(other, at) ? other : at;
  };

  const negated = (a: Node, place: Place): Expr | undefined => {
    if (exact.has(a.id)) return undefined;
    if (a.kind === 'transpose') {
      const inner = negated(a.arg, turned(place));
      return inner && transposeOf(inner);
    }
    if (a.kind !== 'sum') return undefined;
    const terms = termsOf(a, place);
    return terms.some((t) => t.negative) ? joined(opposite(terms)) : undefined;
  };

  const w: Writer = {
    g, names, searches: options.arrange !== undefined, signed, negated,
    tree: (a, place) => { const s = signed(a, place); return s.negative ? minus(s.tree) : s.tree; },
    nameOf: (a) => exact.get(a.id),
  };
  return w;
}

const keyOf = (a: Node, p: Place): string => `${a.id}${p.rows ? 'r' : ''}${p.cols ? 'c' : ''}`;

function zeroTree(a: Node): Expr {
  const { rows, cols } = a.shape;
  if (rows.key === '1' && cols.key === '1') return digits('0');
  return cols.key === '1' ? call('zeros', dimTree(rows)) : call('zeros', dimTree(rows), dimTree(cols));
}

/** Nodes that are exactly a name, its transpose, or minus one of these. */
function exactNames(g: Graph, names: readonly Naming[]): ReadonlyMap<number, Signed> {
  const found = new Map<number, Signed>();
  const put = (a: Node, negative: boolean, tree: Expr): void => { if (!found.has(a.id) && a.kind !== 'symbol' && !isNumber(a)) found.set(a.id, { negative, tree }); };
  for (const { name, node } of names) put(node, false, named(name));
  for (const { name, node } of names) {
    put(g.transpose(node), false, transposeOf(named(name)));
    const { coefficient, rest } = split(g, node);
    if (isNegativeQ(coefficient)) put(g.scale(negQ(coefficient), rest), true, named(name));
    else put(g.neg(node), true, named(name));
  }
  return found;
}
const isNumber = (a: Node): boolean => a.kind === 'product' && a.factors.length === 0 && a.scalars.length === 0;
