/** Names of sums among more terms: with h = X*w + b, X*w + b - y is h - y, and 2*X*w + 2*b + y is 2*h + y. */
import type { Graph } from '../algebra/graph';
import type { Node } from '../algebra/node';
import { divQ } from '../algebra/rational';
import { split } from '../algebra/sign';
import { scaledTerms } from '../simplify/expand';
import { standFor } from './stand';
import type { Naming } from './writer';

/** The terms with a multiple of the named sum taken out for its name; undefined where one of its terms is not there. */
export function withNamedSum(g: Graph, terms: readonly Node[], naming: Naming): Node | undefined {
  const own = scaledTerms(g, naming.node);
  const [first] = own;
  if (!first || own.length < 2 || own.length >= terms.length + 1) return undefined;
  const wanted = split(g, first);
  const at = terms.find((t) => split(g, t).rest === wanted.rest);
  if (!at) return undefined;
  const times = divQ(split(g, at).coefficient, wanted.coefficient);
  const members = new Set(own.map((t) => g.scale(times, t)));
  const rest = terms.filter((t) => !members.has(t));
  return rest.length === terms.length - own.length ? g.add(...rest, g.scale(times, standFor(g, naming))) : undefined;
}
