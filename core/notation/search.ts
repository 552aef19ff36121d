/** What the search for short forms finds out about a graph's nodes whatever their names are: groups of terms, products multiplied out. */
import type { Graph } from '../algebra/graph';
import type { Node } from '../algebra/node';
import { expand, naiveBulk, scaledTerms } from '../algebra/expand';
import { weightOf } from '../algebra/weight';
import type { Candidate, Group } from './group-terms';
import { candidatesOf, symmetricPairs } from './groups';
import { MAX_EXPANDED_TERMS } from './limits';

export interface Search {
  /** The most saving first. */
  groups(terms: readonly Node[]): readonly Candidate[];
  pairs(terms: readonly Node[]): readonly Group[];
  /** The node multiplied out, where that is another node with few terms. */
  expanded(a: Node): Node | undefined;
}

const searches = new WeakMap<Graph, Search>();

export function searchOf(g: Graph): Search {
  const old = searches.get(g);
  if (old) return old;
  const made = createSearch(g);
  searches.set(g, made);
  return made;
}

/** Multiplied out, where something cancelled or merged: else it is the same with more in it. */
function shrunk(g: Graph, a: Node): Node | undefined {
  const made = expand(g, a, MAX_EXPANDED_TERMS);
  if (!made) return undefined;
  const bulk = naiveBulk(a);
  const terms = scaledTerms(g, made);
  const isLess = terms.length < bulk.terms || weightOf(made) <= 1.75 * weightOf(a);
  return isLess ? made : undefined;
}

function createSearch(g: Graph): Search {
  const keyOf = (terms: readonly Node[]): string => terms.map((t) => t.id).join();
  const kept = <K, T>(make: (of: T) => K, key: (of: T) => string | number): ((of: T) => K) => {
    const known = new Map<string | number, K>();
    return (of) => {
      const k = key(of);
      if (known.has(k)) return known.get(k) as K;
      const made = make(of);
      known.set(k, made);
      return made;
    };
  };
  return {
    groups: kept((terms: readonly Node[]) => candidatesOf(g, terms), keyOf),
    pairs: kept((terms: readonly Node[]) => symmetricPairs(g, terms), keyOf),
    expanded: kept((a: Node) => shrunk(g, a), (a) => a.id),
  };
}
