/** Simplification: the tables of identities, and the graph that applies them as it builds. */
import { applyShape } from '../algebra/apply-shape';
import { createGraph, type Graph, type NamedRewrite } from '../algebra/graph';
import type { DimFact } from '../algebra/program';
import { cancelledTail } from './cancel';
import { circled } from './circular';
import { collapsed } from './collapse';
import { crossedTail } from './cross';
import { diagonalisedTail } from './diagonalisation';
import { elementwiseIdentities } from './elementwise';
import { mergedExponentials } from './exponentials';
import { matrixIdentities, pairIdentity } from './matrix';
import { mergedTail } from './merged-inverse';
import { pushedTail, pushedTogether } from './push-through';
import { joinedPowers } from './powers';
import { resolventTail } from './resolvent';
import type { Identity } from './rewrite';
import { similarTail } from './similar';
import { leadingTail, spectralIdentities, spectralTail } from './spectral';
import { scalarIdentities } from './trace';

export const identities: readonly Identity[] = [...elementwiseIdentities, ...spectralIdentities, ...scalarIdentities, ...matrixIdentities];

const table: ReadonlyMap<string, readonly NamedRewrite[]> = (() => {
  const rows = new Map<string, NamedRewrite[]>();
  for (const row of identities) rows.set(row.op, [...(rows.get(row.op) ?? []), row]);
  return rows;
})();

export const newGraph = (dimFacts: readonly DimFact[] = [], moving?: ReadonlySet<string>): Graph => createGraph({
  ...(moving ? { moving } : {}),
  rewrites: table, pair: pairIdentity, tail: (g, factors, next) => cancelledTail(g, factors, next) ?? mergedTail(g, factors, next) ?? resolventTail(g, factors, next) ?? similarTail(g, factors, next) ?? pushedTail(g, factors, next) ?? crossedTail(g, factors, next) ?? diagonalisedTail(g, factors, next) ?? spectralTail(g, factors, next) ?? leadingTail(g, factors, next), powers: joinedPowers, terms: (g, terms) => collapsed(g, terms) ?? mergedExponentials(g, terms) ?? circled(g, terms) ?? pushedTogether(g, terms), dimFacts, shapeOf: (op, args, dims) => applyShape(op, args, dims, dimFacts),
});
