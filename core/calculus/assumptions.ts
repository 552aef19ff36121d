/** Assumptions in a graph: equations become facts that rewrite what is built from here on, words become structure. */
import { OPEN } from '../algebra/assumed';
import { isScalar, sameDim } from '../algebra/dim';
import type { Graph } from '../algebra/graph';
import type { Node } from '../algebra/node';
import type { Assumption } from '../algebra/program';
import { divQ, isIntegerQ, isOneQ, ONE } from '../algebra/rational';
import { childrenOf } from '../algebra/substitute';
import type { Term } from '../algebra/term';

const RANKS: ReadonlySet<string> = new Set(['invertible', 'fullrank', 'posdef']);
/** Whether a derivative by a variable in it leaves the points where the assumption holds. */
export const leavesPoints = (a: Assumption): boolean => a.right !== undefined || !OPEN.has(a.word ?? '');

/** Of a word, what an inverse may take for granted: that holds around a point too. */
export function implyRank(g: Graph, a: Assumption, node: (t: Term) => Node): void {
  if (a.word !== undefined && RANKS.has(a.word)) g.implyInvertible(node(a.left));
}

/**
 * Makes the equation or word a fact of the graph.
 * @param isClosed whether no variable may come in that what is replaced does not have: code and numbers know of no others
 */
export function assume(g: Graph, a: Assumption, node: (t: Term) => Node, isClosed: boolean): void {
  const left = node(a.left);
  if (!a.right) {
    implyRank(g, a, node);
    if (a.word !== undefined) g.implyWord(left, a.word);
    if (a.word === 'symmetric' || a.word === 'skew') mirrored(g, left, a.word);
    return;
  }
  const right = node(a.right);
  const [from, to] = order(left) >= order(right) ? [left, right] : [right, left];
  const mayReplace = (old: Node, by: Node): boolean => !isClosed || !some(by, (x) => x.kind === 'symbol' && x.role === 'variable' && !some(old, (y) => y === x));
  if (from === to || !mayReplace(from, to)) return;
  if (!factors(g, from, to, mayReplace)) equal(g, from, to);
}

/** Neighbouring factors that equal something simpler, also transposed; square factors whose product is I are each other's inverses. */
function factors(g: Graph, from: Node, to: Node, mayReplace: (old: Node, by: Node) => boolean): boolean {
  if (from.kind !== 'product' || from.factors.length < 2 || from.scalars.length > 0 || !isOneQ(from.coefficient)) return false;
  const add = (list: readonly Node[], equals: Node): void => {
    g.factorFacts.push({ factors: list, equals });
    const flipped = [...list].reverse().map((f) => g.transpose(f));
    if (flipped.some((f, i) => f !== list[i])) g.factorFacts.push({ factors: flipped, equals: g.transpose(equals) });
  };
  add(from.factors, to);
  const [a, b] = from.factors;
  if (to.kind !== 'identity' || from.factors.length !== 2 || !a || !b || !sameDim(a.shape.rows, a.shape.cols)) return true;
  add([b, a], to);
  if (b !== g.transpose(a)) {
    if (mayReplace(a, b)) g.equate(g.inverse(a), b);
    if (mayReplace(b, a)) g.equate(g.inverse(b), a);
  }
  return true;
}

/** The transposed factors of a symmetric or skew product become the product. */
function mirrored(g: Graph, a: Node, word: 'symmetric' | 'skew'): void {
  if (a.kind !== 'product' || a.factors.length < 2 || a.scalars.length > 0 || !isOneQ(a.coefficient)) return;
  const flipped = [...a.factors].reverse().map((f) => g.transpose(f));
  if (flipped.some((f, i) => f !== a.factors[i])) g.factorFacts.push({ factors: flipped, equals: word === 'symmetric' ? a : g.neg(a) });
}

/** One node for another, and what follows: `norm(x) == c` says x'*x == c^2, `P^2 == P` says what every power of P is. */
function equal(g: Graph, from: Node, to: Node): void {
  if (from.kind === 'symbol' || from.kind === 'zero' || contains(to, from)) return;
  const root = from.kind === 'product' && from.factors.length === 0 && from.scalars.length === 1 && isOneQ(from.coefficient) ? from.scalars[0] : undefined;
  if (root && !isOneQ(root.exponent)) {
    if (g.isNonnegative(root.base) && g.isNonnegative(to)) g.equate(root.base, g.power(to, divQ(ONE, root.exponent)));
    else g.equate(from, to);
    return;
  }
  if (from.kind === 'power' && isIntegerQ(from.exponent) && from.exponent.n > 1n) {
    if (holdsPower(to, from.base, from.exponent.n)) return;
    g.powerFacts.set(from.base.id, { exponent: from.exponent.n, equals: to });
    return;
  }
  if (isScalar(from.shape) || from.kind !== 'product') g.equate(from, to);
}

/** Which side is rewritten: a power says the most, the higher the more; then the longer side. */
const order = (a: Node): number => (a.kind === 'power' && isIntegerQ(a.exponent) && a.exponent.n > 1n ? 1e6 * Number(a.exponent.n) : a.weight);

const contains = (a: Node, part: Node): boolean => a.height >= part.height && some(a, (x) => x === part);
/** B^2 == C B^3 would go on for ever. */
const holdsPower = (a: Node, base: Node, exponent: bigint): boolean => some(a, (x) => x.kind === 'power' && x.base === base && x.exponent.n >= exponent);

function some(a: Node, test: (x: Node) => boolean): boolean {
  const seen = new Set<Node>();
  const stack: Node[] = [a];
  for (let x = stack.pop(); x; x = stack.pop()) {
    if (test(x)) return true;
    if (seen.has(x)) continue;
    seen.add(x);
    stack.push(...childrenOf(x));
  }
  return false;
}
