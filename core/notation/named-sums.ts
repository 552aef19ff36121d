/** Names of sums among more terms: with h = X*w + b, X*w + b - y is h - y, and 2*X*w + 2*b + y is 2*h + y; the same of their traces. */
import { isScalar, sameDim } from '../algebra/dim';
import type { Graph } from '../algebra/graph';
import type { Node } from '../algebra/node';
import { divQ } from '../algebra/rational';
import { split } from '../algebra/sign';
import { scaledTerms } from '../simplify/expand';
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
  const terms = scaledTerms(g, node);
  if (terms.length < 2) return [];
  const plain: NamedSum = { node, terms, stand: () => standFor(g, naming) };
  if (isScalar(node.shape) || !sameDim(node.shape.rows, node.shape.cols)) return [plain];
  return [plain, { node, terms: scaledTerms(g, g.apply('tr', [node])), stand: () => g.apply('tr', [standFor(g, naming)]) }];
}

/** The terms with a multiple of the named sum taken out for its name; undefined where one of its terms is not there. */
export function withNamedSum(g: Graph, terms: readonly Node[], { terms: own, stand }: NamedSum): Node | undefined {
  const [first] = own;
  if (!first || own.length < 2 || own.length > terms.length) return undefined;
  const wanted = split(g, first);
  const at = terms.find((t) => split(g, t).rest === wanted.rest);
  if (!at) return undefined;
  const times = divQ(split(g, at).coefficient, wanted.coefficient);
  const members = new Set(own.map((t) => g.scale(times, t)));
  const rest = terms.filter((t) => !members.has(t));
  return rest.length === terms.length - own.length ? g.add(...rest, g.scale(times, stand())) : undefined;
}
