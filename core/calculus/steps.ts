/**
 * The derivation, line by line: each line is the whole differential with some nodes left as d(node), and the next line replaces one of
 * them by its rule. Lines are made by the differentiator itself, one node at a time, so they cannot disagree with the result.
 */
import type { Graph } from '../algebra/graph';
import type { Node } from '../algebra/node';
import { compareNodes } from '../algebra/order';
import type { StructureWord } from '../algebra/program';
import { childrenOf } from '../algebra/substitute';
import { differential, differentials, type RuleUse } from './differential';
import { differentiated } from './eigenvector';

export interface DerivationLine {
  readonly node: Node;
  readonly rules: readonly RuleUse[];
  /** What each opaque symbol of the line is the differential of. */
  readonly opaque: ReadonlyMap<Node, Node>;
}

/** The symbols that a node holds; each part is looked at once. */
function symbolsIn(root: Node): ReadonlySet<Node> {
  const seen = new Set<Node>([root]);
  for (const a of seen) for (const c of childrenOf(a)) seen.add(c);
  return seen;
}

/** Longer derivations are folded: after this many lines the rest is expanded at once. */
const LINES = 16;

export function derivation(g: Graph, of: Node, symbol: Node, direction: Node): DerivationLine[] {
  const opaques = new Map<Node, Node>();
  /** Numbered as they come, so that the order of a line's terms does not depend on the numbers of nodes. */
  const opaqueOf = (a: Node): Node => {
    const old = opaques.get(a);
    if (old) return old;
    const words = new Set<StructureWord>(g.isSymmetric(a) ? ['symmetric'] : g.isSkew(a) ? ['skew'] : []);
    const d = g.symbol(`d#${opaques.size}`, a.shape, 'opaque', words);
    opaques.set(a, d);
    return d;
  };
  const lines: DerivationLine[] = [];
  let line = opaqueOf(of);
  lines.push({ node: line, rules: [], opaque: new Map([[line, of]]) });
  let pending: Node[] = [of];
  /** What was applied without a line of its own: it is said with the next. */
  let unsaid: RuleUse[] = [];
  while (pending.length > 0) {
    pending.sort((a, b) => b.height - a.height || compareNodes(a, b));
    const a = pending.shift() as Node;
    const uses: RuleUse[] = [];
    // d(X') is dX' on the spot: a line of its own would say nothing.
    const below = [...new Set(differentiated(g, a, childrenOf(a), symbol))].filter((c) => c !== symbol && c !== g.transpose(symbol) && g.depends(c, symbol));
    const step = differential(g, { of: a, symbol, direction, opaque: new Map(below.map((c) => [c, opaqueOf(c)])) }, (u) => uses.push(u));
    line = g.substitute(line, new Map([[opaqueOf(a), step]]));
    const held = symbolsIn(line);
    const quiet = uses.length === 0;
    const left = [...new Set([...pending, ...below])].filter((c) => held.has(opaqueOf(c)));
    pending = left;
    if (lines.length >= LINES && left.length > 0) {
      const rest: RuleUse[] = [...unsaid, ...uses];
      const d = differentials(g, { symbol, direction }, (u) => rest.push(u));
      const all = new Map(left.map((c) => [opaqueOf(c), d(c)] as const));
      line = g.substitute(line, all);
      lines.push({ node: line, rules: rest, opaque: new Map() });
      return lines;
    }
    if (quiet) unsaid.push(...silentRule(a));
    if (quiet && left.length > 0) continue;
    lines.push({ node: line, rules: [...unsaid, ...uses], opaque: new Map(left.map((c) => [opaqueOf(c), c])) });
    unsaid = [];
  }
  return lines;
}

/** The rule of what is differentiated term by term, or by applying the same to the change. */
function silentRule(a: Node): readonly RuleUse[] {
  if (a.kind === 'sum') return [{ node: a, name: 'sum rule', formula: 'd(A + B) = dA + dB' }];
  return a.kind === 'apply' && a.op !== 'blocks' ? [{ node: a, name: `${a.op} is linear`, formula: `d ${a.op}(A) = ${a.op}(dA)` }] : [];
}
