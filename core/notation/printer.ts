/** Graph nodes to syntax trees that parse and resolve to the same value. Each node is printed once for each kind of place. */
import { blockTrace } from './block-traces';
import { isOne, isScalar, type Shape } from '../algebra/dim';
import type { Graph } from '../algebra/graph';
import type { Node } from '../algebra/node';
import { divQ, isIntegerQ, isNegativeQ, isOneQ, negQ, powQ, type Rational } from '../algebra/rational';
import { split } from '../algebra/sign';
import { childrenOf } from '../algebra/substitute';
import type { Expr } from '../syntax/tree';
import { holdsOpenBasis } from '../calculus/entries';
import { applyTree } from './apply-tree';
import { treeSize } from './cost';
import { withEntryNames, type HadamardNode } from './entry-names';
import { factorsTree, leadsWithScalar } from './factors-tree';
import { turnedFactors } from './upright';
import type { Arrange } from './arrange';
import { indexNames, namesBut } from './name-index';
import { searchOf } from './search';
import { isPlaced, NOWHERE, TOLD, turned, type Place } from './place';
import { productTree } from './product-tree';
import { exprOf, peel } from './scaled';
import { normTree } from './scalars-tree';
import { treeShape } from './tree-shape';
import { hadamardTree, joined, onesTree, signedTerms } from './sum-tree';
import { binary, call, digits, dimTree, inverseTransposeOf, indexed, itemAt, itemRange, all, named, powerTree, times, transposeOf } from './trees';
import { reluctance } from './turned';
import { shorter, withSign, type Naming, type Signed, type Writer } from './writer';

export interface PrinterOptions {
  readonly names?: readonly Naming[];
  /** A search for a shorter arrangement of a sum. */
  readonly arrange?: Arrange;
  /** Names that mean something of the file's own: no constant of the language may be written with them. */
  readonly taken?: ReadonlySet<string>;
  /** Whether M + M' may be written as 2*sym(M); true where nothing is said. */
  readonly symmetricParts?: boolean;
}

/** Linear operators that a minus passes through. */
const PASSES_MINUS = new Set(['diag', 'kron', 'vec', 'unvec', 'tril', 'triu', 'phi', 'tr', 'sum']);

export function createWriter(g: Graph, options: PrinterOptions = {}): Writer {
  const names = indexNames(g, options.names ?? []);
  const exact = exactNames(g, options.names ?? []);
  const search = searchOf(g);
  // What is printed depends on the node, its place and these two alone, so that each is printed once and in any order.
  let depth = 0;
  let isInside = options.arrange === undefined;
  const memo = tables<Signed>();
  const sums = tables<readonly Signed[]>();
  const minusSums = tables<readonly Signed[]>();
  const origins = new Map<Expr, Node>();
  const isTaken = (name: string): boolean => options.taken?.has(name) ?? false;

  const tableOf = <T>(from: Tables<T>, a: Node, place: Place): Map<number, T> => {
    const at = (depth * 2 + (isInside ? 1 : 0)) * 4 + (isPlaced(a) ? (place.rows ? 1 : 0) + (place.cols ? 2 : 0) : 0);
    return (from[at] ??= new Map<number, T>());
  };

  const termsOf = (a: Node & { kind: 'sum' }, place: Place, isNegated = false): readonly Signed[] => {
    const table = tableOf(isNegated ? minusSums : sums, a, place);
    const old = table.get(a.id);
    if (old) return old;
    const outer = isInside;
    isInside = true;
    const terms = isNegated ? a.terms.map((t) => g.neg(t)) : a.terms;
    const made = options.arrange ? options.arrange(w, terms, place) : signedTerms(w, terms, place);
    isInside = outer;
    table.set(a.id, made);
    return made;
  };

  const together = (terms: readonly Node[], place: Place): Signed => {
    const outer = isInside;
    isInside = true;
    const made = options.arrange ? options.arrange(w, terms, place) : signedTerms(w, terms, place);
    isInside = outer;
    return sumTree(made);
  };

  /** One level further into the search. */
  const deeper = <T>(make: (depth: number) => T): T => {
    const made = make(depth++);
    depth--;
    return made;
  };

  const signed = (a: Node, place: Place): Signed => {
    const table = tableOf(memo, a, place);
    const old = table.get(a.id);
    if (old) return old;
    const [outer, level] = [isInside, depth];
    // An argument is an expression of its own; parts of a sum that is being arranged are not multiplied out again.
    if (options.arrange && (a.kind === 'apply' || a.kind === 'power')) { isInside = false; depth = 0; }
    const made = exact.get(a.id) ?? multipliedOut(a, place, write(a, place));
    [isInside, depth] = [outer, level];
    if (!made.negative && !origins.has(made.tree)) origins.set(made.tree, a);
    table.set(a.id, made);
    return made;
  };

  /** The same multiplied out and arranged anew, where that is shorter. */
  const multipliedOut = (a: Node, place: Place, made: Signed): Signed => {
    if (isInside || (a.kind !== 'sum' && a.kind !== 'product' && a.kind !== 'hadamard' && a.kind !== 'chain')) return made;
    const other = search.expanded(a);
    if (!other) return made;
    isInside = true;
    const found = signed(other, place);
    isInside = false;
    return shorter(withSign(found), withSign(made)) ? found : made;
  };

  const plus = (tree: Expr): Signed => ({ negative: false, tree });

  const write = (a: Node, place: Place): Signed => {
    switch (a.kind) {
      case 'symbol': return plus(a.role === 'dimension' && a.dim ? dimTree(a.dim) : named(a.name));
      case 'identity': return plus(isTaken('I') ? call('diag', call('ones', dimTree(a.shape.rows))) : place.rows || place.cols ? named('I') : call('I', dimTree(a.shape.rows)));
      case 'ones': return plus(onesTree(a));
      case 'zero': return plus(zeroTree(a));
      case 'basis': return plus(basisTree(a, place));
      case 'selector': return plus(indexed(w.tree(g.identity(a.shape.cols), NOWHERE), [itemRange(dimTree(a.from), dimTree(a.to)), all]));
      case 'transpose': return a.arg.kind === 'selector' ? plus(indexed(w.tree(g.identity(a.shape.rows), NOWHERE), [all, itemRange(dimTree(a.arg.from), dimTree(a.arg.to))])) : transposeTree(a.arg, turned(place));
      case 'product': return productTree(w, a, place);
      case 'chain': return asNorm(a, chainTree(a.factors));
      case 'sum': return sumTree(termsOf(a, place));
      case 'power': return plus(matrixPower(a.base, a.exponent, place));
      case 'hadamard': return [...hadamardTrees(a, place), ...withEntryNames(g, a, w.names.entriesOf).map((x) => hadamardTree(w, x, place, elementPower))].reduce((x, y) => (treeSize(y.tree) < treeSize(x.tree) ? y : x));
      case 'apply': { const tree = shortest([applyTree(w, a, place), ...sumTrees(a), ...traceTrees(a)]); return asNorm(a, tree.kind === 'unary' && tree.op === '-' ? { negative: true, tree: tree.arg } : plus(tree)); }
    }
  };

  /** diag(P*Q) as rowsum(P .* Q') and colsum(P' .* Q)'. */
  const sumTrees = (a: Node & { kind: 'apply' }): readonly Expr[] => {
    const product = a.op === 'diag' ? a.args[0] : undefined;
    const [P, Q] = product?.kind === 'product' && product.factors.length === 2 ? product.factors : [];
    if (!P || !Q || isOne(Q.shape.cols) || isOne(P.shape.cols)) return [];
    const M = g.hadamard(P, g.transpose(Q));
    return [call('rowsum', w.tree(M, NOWHERE)), transposeOf(call('colsum', w.tree(g.transpose(M), NOWHERE)))];
  };

  const traceTrees = (a: Node & { kind: 'apply' }): readonly Expr[] => {
    const factors = a.op === 'unvec' ? blockTrace(g, a) : undefined;
    return factors ? [exprOf(factorsTree(w, factors, NOWHERE))] : [];
  };

  /** x'*x as norm(x)^2 where that is shorter. */
  const asNorm = (a: Node, made: Signed): Signed => {
    const square = made.negative ? undefined : normTree(w, a);
    return square && shorter(square, made.tree) ? plus(square) : made;
  };

  const sumTree = (terms: readonly Signed[]): Signed => {
    const [only] = terms;
    return only && terms.length === 1 ? only : plus(joined(terms));
  };

  const basisTree = (a: Node & { kind: 'basis' }, place: Place): Expr =>
    isTaken('e') ? indexed(w.tree(g.identity(a.shape.rows), NOWHERE), [all, itemAt(w.tree(a.index, TOLD))]) : call('e', w.tree(a.index, TOLD), ...(place.rows ? [] : [dimTree(a.shape.rows)]));

  const ofTransposes = (a: HadamardNode): HadamardNode => ({ ...a, factors: a.factors.map((f) => ({ base: g.transpose(f.base), exponent: f.exponent })) });

  /** Entry by entry, and the transpose of the same of the transposes. */
  const hadamardTrees = (a: HadamardNode, place: Place): readonly [Signed, Signed] => {
    const other = hadamardTree(w, ofTransposes(a), turned(place), elementPower);
    return [hadamardTree(w, a, place, elementPower), { negative: other.negative, tree: transposeOf(other.tree) }];
  };

  const transposeTree = (arg: Node, place: Place): Signed => {
    if (arg.kind === 'hadamard' && !exact.has(arg.id)) {
      const [straight, other] = hadamardTrees(arg, place).map((s): Signed => ({ negative: s.negative, tree: transposeOf(s.tree) }));
      if (straight && other && treeSize(other.tree) < treeSize(straight.tree)) return other;
    }
    if (arg.kind === 'power' && arg.exponent.n === -1n && arg.exponent.d === 1n) {
      const base = w.tree(arg.base, place);
      // With a variable T, `A^-T` would be a power.
      if (base.kind === 'name' && !isTaken('T')) return plus(inverseTransposeOf(base));
    }
    const s = signed(arg, place);
    const whole = { negative: s.negative, tree: turnedOver(s.tree) };
    // Terms that are short the other way round: (I - K*H)*S*H', not (H*S*(I - H'*K'))'.
    const apart = arg.kind === 'sum' && whole.tree.kind === 'transpose' && whole.tree.arg.kind === 'binary' && whole.tree.arg.op === '*' && depth === 0 && holdsOpenBasis(arg) ? together(arg.terms.map((t) => g.transpose(t)), turned(place)) : undefined;
    return apart && treeSize(withSign(apart)) < treeSize(withSign(whole)) ? apart : whole;
  };

  const shapeKnown = (x: Expr): Shape | undefined => origins.get(x)?.shape;

  /** The transpose, inside the numbers and scalars that stand before a product: N*vec(A)', not (N*vec(A))'; r'*S for (S*r)' of a symmetric S. */
  const turnedOver = (e: Expr): Expr => {
    if (e.kind === 'binary' && e.op === '/') return binary('/', turnedOver(e.left), e.right);
    const node = origins.get(e);
    if (node && !isScalar(node.shape) && g.isSymmetric(node)) return e;
    if (e.kind === 'power' && !e.elementwise && e.base.kind === 'name' && isMinusOne(e.exponent) && !isTaken('T')) return inverseTransposeOf(e.base);
    if (e.kind !== 'binary' || e.op !== '*') return transposeOf(e);
    const shape = treeShape(e.left, shapeKnown);
    if (e.left.kind === 'number' || (shape && isScalar(shape))) return times(e.left, turnedOver(e.right));
    const factors = [...factorsOf(e.left), e.right];
    const shapes = factors.map((f) => treeShape(f, shapeKnown));
    if (!shapes.every((s, i) => s && (i === 0 || !isOne(s.rows)) && (i === shapes.length - 1 || !isOne(s.cols)))) return transposeOf(e);
    // (u'*v*M)*x turned over is x'*(u'*v*M').
    const apart = factors.map(turnedOver).reduceRight((left, f) => (leadsWithScalar((x) => origins.get(x), f) ? binary('*', left, f) : times(left, f)));
    return treeSize(apart) <= treeSize(e) + 1 ? apart : transposeOf(e);
  };
  const factorsOf = (e: Expr): readonly Expr[] => (e.kind === 'binary' && e.op === '*' && !origins.has(e) ? [...factorsOf(e.left), e.right] : [e]);

  const matrixPower = (base: Node, q: Rational, place: Place): Expr => {
    const raise = (tree: Expr, e: Rational): Expr => {
      if (e.n !== -1n || e.d !== 1n || tree.kind === 'name') return powerTree(tree, e);
      return tree.kind === 'transpose' && tree.arg.kind === 'name' && !isTaken('T') ? inverseTransposeOf(tree.arg) : call('inv', tree);
    };
    const root = names.powersOf(base).find(({ node }) => node.kind === 'power' && isIntegerQ(divQ(q, node.exponent)));
    if (root?.node.kind === 'power' && !exact.has(base.id)) return raise(named(root.name), divQ(q, root.node.exponent));
    const p = isIntegerQ(q) ? peel(w.tree(base, place)) : undefined;
    const outside = p && !isOneQ(p.q) ? powQ(p.q, Number(q.n)) : undefined;
    // A name of a multiple: (3*D)^2 is 9*D^2.
    return p && outside && p.tree.kind === 'name' ? exprOf({ q: outside, tree: raise(p.tree, q) }) : raise(w.tree(base, place), q);
  };

  const elementPower = (base: Node, q: Rational, place: Place): Expr => {
    const tree = w.tree(base, place);
    return q.n === 1n && q.d === 2n ? call('sqrt', tree) : powerTree(tree, q, true);
  };

  /** Read from the end at which it is shorter; as long either way, from the one that leaves its direction upright. */
  const chainTree = (factors: readonly Node[], by: Writer = w): Signed => {
    // A skew factor stays as it is and turns the sign.
    const reversed = [...factors].reverse().map((f) => (g.isSkew(f) ? f : g.transpose(f)));
    const at = exprOf(factorsTree(by, factors, TOLD));
    const turned = factorsTree(by, reversed, TOLD);
    const other = exprOf({ q: factors.filter((f) => g.isSkew(f)).length % 2 === 1 ? negQ(turned.q) : turned.q, tree: turned.tree });
    const turns = treeSize(at) === treeSize(other) ? turnedFactors(g, reversed) - turnedFactors(g, factors) : 0;
    const best = turns < 0 || (turns === 0 && shorter(other, at)) ? other : at;
    return best.kind === 'unary' && best.op === '-' ? { negative: true, tree: best.arg } : plus(best);
  };

  const negated = (a: Node, place: Place): Expr | undefined => {
    if (exact.has(a.id)) return undefined;
    switch (a.kind) {
      case 'transpose': {
        const inner = negated(a.arg, turned(place));
        const straight = inner && turnedOver(inner);
        const other = a.arg.kind === 'hadamard' ? insideOut(ofTransposes(a.arg), place) : undefined;
        return straight && other && treeSize(other) < treeSize(straight) ? other : straight;
      }
      case 'sum': {
        const terms = termsOf(a, place, true);
        if (terms[0]?.negative) return undefined;
        const tree = joined(terms);
        if (beginsWithMinus(tree)) return undefined;
        if (!origins.has(tree)) origins.set(tree, g.neg(a));
        return tree;
      }
      case 'hadamard': case 'product': case 'apply': {
        if (a.kind === 'apply' && !PASSES_MINUS.has(a.op)) return undefined;
        if (!childrenOf(a).some((c) => c.kind === 'sum' || c.kind === 'hadamard' || c.kind === 'apply' || c.kind === 'transpose' || (a.kind === 'apply' && c.kind === 'product'))) return undefined;
        if (a.kind === 'apply') return insideOut(a, place);
        if (a.kind === 'hadamard') {
          const [straight, other] = [insideOut(a, place), insideOut(ofTransposes(a), turned(place))];
          return straight && other && treeSize(other) + 1 < treeSize(straight) ? transposeOf(other) : straight;
        }
        const minus = signed(g.neg(a), place);
        return minus.negative ? undefined : minus.tree;
      }
      case 'chain': {
        const part = a.factors.find((f) => a.factors.every((x) => x === f || x !== g.transpose(f)) && a.factors.filter((x) => x === f).length === 1 && negated(f, NOWHERE));
        if (!part) return undefined;
        const stand = g.symbol(`?${part.id}`, part.shape);
        const at = (p: Place): Expr => (negated(part, p) ?? negated(part, NOWHERE)) as Expr;
        const write = (x: Node, p: Place): Expr => (x === stand ? at(p) : x.kind === 'transpose' && x.arg === stand ? transposeOf(at(turned(p))) : w.tree(x, p));
        const made = chainTree(a.factors.map((f) => (f === part ? stand : f)), { ...w, tree: write, signed: (x, p) => ({ negative: false, tree: write(x, p) }), searches: false });
        return made.negative ? undefined : made.tree;
      }
      default: return undefined;
    }
  };

  /** The minus taken by the first part that takes it. */
  const insideOut = (a: HadamardNode | (Node & { kind: 'apply' }), place: Place): Expr | undefined => {
    const parts = a.kind === 'apply' ? a.args : a.factors.filter((f) => isIntegerQ(f.exponent) && f.exponent.n % 2n !== 0n).map((f) => f.base);
    for (const part of [...parts].sort((x, y) => reluctance(x) - reluctance(y))) {
      if (!negated(part, NOWHERE)) continue;
      const stand = g.symbol(`?${part.id}`, part.shape);
      const other: Writer = { ...w, tree: (x, p) => (x === stand ? ((negated(part, p) ?? negated(part, NOWHERE)) as Expr) : w.tree(x, p)) };
      const swap = (x: Node): Node => (x === part ? stand : x);
      if (a.kind === 'apply') {
        const at = a.args.indexOf(part);
        return applyTree(other, { ...a, args: a.args.map((x, i) => (i === at ? stand : x)) }, place);
      }
      const made = hadamardTree(other, { ...a, factors: a.factors.map((f) => ({ base: swap(f.base), exponent: f.exponent })) }, place,
        (base, q, p) => (base === stand ? powerTree(other.tree(base, p), q, true) : elementPower(base, q, p)));
      return made.negative ? undefined : made.tree;
    }
    return undefined;
  };

  const half = (a: Node): { readonly op: 'sym' | 'skewpart'; readonly node: Node } | undefined => {
    if (options.symmetricParts === false || a.kind !== 'sum' || exact.has(a.id)) return undefined;
    const whole = search.pairs(a.terms).find((p) => p.kind === 'sym' && p.members.length === a.terms.length);
    return whole?.kind === 'sym' ? { op: whole.op, node: whole.half } : undefined;
  };

  const w: Writer = {
    g, names, searches: options.arrange !== undefined, signed, negated, half, isTaken, terms: termsOf, together, nodeOf: (e) => origins.get(e), deeper,
    tree: (a, place) => withSign(signed(a, place)),
    definition: (a) => withSign(multipliedOut(a, NOWHERE, a.kind === 'product' ? productTree({ ...w, names: namesBut(names, a) }, a, NOWHERE) : write(a, NOWHERE))),
  };
  return w;
}

const isMinusOne = (e: Expr): boolean => e.kind === 'unary' && e.op === '-' && e.arg.kind === 'number' && e.arg.text === '1';

const shortest = (trees: readonly Expr[]): Expr => trees.reduce((x, y) => (treeSize(y) < treeSize(x) ? y : x));

const beginsWithMinus = (e: Expr): boolean => (e.kind === 'unary' ? e.op === '-' : e.kind === 'binary' && beginsWithMinus(e.left));


/** One map for each depth, context and place. */
type Tables<T> = (Map<number, T> | undefined)[];
const tables = <T>(): Tables<T> => [];

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
