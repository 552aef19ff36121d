/** Names of sums among more terms: with h = X*w + b, X*w + b - y is h - y, and 2*X*w + 2*b + y is 2*h + y; the same of their traces. */
import { isScalar, sameDim } from '../algebra/dim';
import type { Graph } from '../algebra/graph';
import type { Node } from '../algebra/node';
import { divQ } from '../algebra/rational';
import { split } from '../algebra/sign';
import { weightOf } from '../algebra/weight';
import { scaledTerms } from '../algebra/expand';
import { standFor } from './stand';
import type { Naming } from './writer';

/** A sum that can be written with a name. */
export interface NamedSum {
  /** What the name is of. */
  readonly node: Node;
  readonly terms: readonly Node[];
  /** The sum, written with the name. */
  stand(): Node;
}

/** The sums that a name stands for: its own, and its trace. */
export function sumsOf(g: Graph, naming: Naming): readonly NamedSum[] {
  const { node } = naming;
  const { own, trace } = termsIn(g, node);
  const stand = (): Node => standFor(g, naming);
  return [...(own.length > 1 ? [{ node, terms: own, stand }] : []), ...(trace.length > 1 ? [{ node, terms: trace, stand: () => g.apply('tr', [stand()]) }] : [])];
}

/** The term that tells most about a sum: many hold I. */
export const tellingTerm = (terms: readonly Node[]): Node => terms.reduce((x, y) => (weightOf(y) > weightOf(x) ? y : x));

/** Traces of heavier sums would be written out for nothing. */
const MAX_TRACED_WEIGHT = 100;
const known = new WeakMap<Node, { readonly own: readonly Node[]; readonly trace: readonly Node[] }>();
/** The terms of a sum and of its trace; a writer is made for each set of names that is tried. */
function termsIn(g: Graph, node: Node): { readonly own: readonly Node[]; readonly trace: readonly Node[] } {
  const old = known.get(node);
  if (old) return old;
  const own = scaledTerms(g, node);
  const isTraced = own.length > 1 && !isScalar(node.shape) && sameDim(node.shape.rows, node.shape.cols) && weightOf(node) <= MAX_TRACED_WEIGHT;
  const made = { own, trace: isTraced ? scaledTerms(g, g.apply('tr', [node])) : [] };
  known.set(node, made);
  return made;
}

/** The terms with a multiple of the named sum taken out for its name; undefined where one of its terms is not there. */
export function withNamedSum(g: Graph, terms: readonly Node[], { terms: own, stand }: NamedSum): Node | undefined {
  if (own.length > terms.length) return undefined;
  const wanted = split(g, tellingTerm(own));
  const at = terms.find((t) => split(g, t).rest === wanted.rest);
  if (!at) return undefined;
  const times = divQ(split(g, at).coefficient, wanted.coefficient);
  const members = new Set(own.map((t) => g.scale(times, t)));
  const rest = terms.filter((t) => !members.has(t));
  return rest.length === terms.length - own.length ? g.add(...rest, g.scale(times, stand())) : undefined;
}
