/** What the parts of the printer share: they call each other through the writer, so that their files need not import one another. */
import type { Graph } from '../algebra/graph';
import type { Node } from '../algebra/node';
import { printText } from '../syntax/print';
import type { Expr } from '../syntax/tree';
import { treeSize } from './cost';
import type { NameIndex } from './name-index';
import type { Place } from './place';
import { minus } from './trees';

/** A tree and whether a minus stands before it. */
export interface Signed {
  readonly negative: boolean;
  readonly tree: Expr;
  /** Where a sum among the factors took the minus in: what stands after the minus when it is left outside, as in a sum. */
  readonly outside?: Expr;
}

/** A name that stands for a node, and how the node looks as a product. */
export interface Naming { readonly name: string; readonly node: Node }

export interface Writer {
  readonly g: Graph;
  readonly names: NameIndex;
  /** Whether shorter forms are searched for, or terms printed as they stand. */
  readonly searches: boolean;
  tree(a: Node, place: Place): Expr;
  /** What a name for the node stands for: the node itself, whatever its own name. */
  definition(a: Node): Expr;
  /** The sign apart from the rest. */
  signed(a: Node, place: Place): Signed;
  /** The terms of a sum, or of minus a sum, as they are printed. */
  terms(a: Node & { kind: 'sum' }, place: Place, isNegated?: boolean): readonly Signed[];
  /** The sum of terms that the graph would write in another way. */
  together(terms: readonly Node[], place: Place): Signed;
  /** M where the node is M + M' (sym), or M - M' (skewpart). */
  half(a: Node): { readonly op: 'sym' | 'skewpart'; readonly node: Node } | undefined;
  /** Prints parts one level further into the search, which ends at a depth. */
  deeper<T>(make: (depth: number) => T): T;
  /** The node that a tree was printed from. */
  nodeOf(e: Expr): Node | undefined;
  /** Whether a name of the language means something else here. */
  isTaken(name: string): boolean;
  /** -a without a minus before it, where that is no longer than a. */
  negated(a: Node, place: Place): Expr | undefined;
}

/** Fewest operators and leaves, then the shortest text, then the first in the alphabet. */
export function shorter(a: Expr, b: Expr): boolean {
  const d = treeSize(a) - treeSize(b);
  if (d !== 0) return d < 0;
  if (a === b) return false;
  const [x, y] = [textOf(a), textOf(b)];
  return x.length !== y.length ? x.length < y.length : x < y;
}

export const withSign = (s: Signed): Expr => (s.negative ? minus(s.tree) : s.tree);

export function shortest(trees: readonly (Expr | undefined)[]): Expr | undefined {
  let best: Expr | undefined;
  for (const t of trees) if (t && (!best || shorter(t, best))) best = t;
  return best;
}

/** By the text, names before what is longer. */
export const byText = (a: Expr, b: Expr): number => {
  const [x, y] = [textOf(a), textOf(b)];
  return x < y ? -1 : x > y ? 1 : 0;
};
export const bySizeThenText = (a: Expr, b: Expr): number => treeSize(a) - treeSize(b) || byText(a, b);

const texts = new WeakMap<Expr, string>();
function textOf(e: Expr): string {
  const old = texts.get(e);
  if (old !== undefined) return old;
  const text = printText(e);
  texts.set(e, text);
  return text;
}
