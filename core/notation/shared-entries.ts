/** Powers that several terms hold entry by entry. */
import { isScalar } from '../algebra/dim';
import type { Graph } from '../algebra/graph';
import type { ElementPower, Node } from '../algebra/node';
import { compareQ, isZeroQ, ONE, subQ, type Rational, ZERO } from '../algebra/rational';
import { weightOf } from '../algebra/weight';
import { candidate, put, type Candidate, type Term } from './group-terms';

/** a .* u + a .* v = a .* (u + v), for one a, and for all that the same terms have in common. */
export function commonElements(g: Graph, list: readonly Term[]): readonly Candidate[] {
  const byBase = new Map<Node, { readonly t: Term; readonly e: Rational }[]>();
  for (const t of list) for (const e of elementsOf(t)) put(byBase, e.base, { t, e: e.exponent });
  const groups: Candidate[] = [];
  const alike = new Map<string, { readonly members: readonly Term[]; readonly shared: ElementPower[] }>();
  for (const [base, all] of byBase) {
    for (const sign of [1, -1]) {
      const with_ = all.filter(({ e }) => compareQ(e, ZERO) === sign);
      if (with_.length < 2) continue;
      const members = with_.map((m) => m.t);
      const power = { base, exponent: with_.map((m) => m.e).reduce((a, b) => (compareQ(a, b) * sign <= 0 ? a : b)) };
      groups.push(entryGroup(g, members, [power]));
      const key = members.map((t) => t.node.id).join();
      const same = alike.get(key) ?? { members, shared: [] };
      alike.set(key, same);
      same.shared.push(power);
    }
  }
  return [...groups, ...[...alike.values()].filter((x) => x.shared.length > 1).map((x) => ({ ...entryGroup(g, x.members, x.shared), isJoint: true }))];
}

export function elementsOf(t: Term): readonly ElementPower[] {
  const [f] = t.factors;
  if (!f || t.factors.length !== 1 || isScalar(f.shape)) return [];
  return f.kind === 'hadamard' ? f.factors : f.kind === 'ones' || f.kind === 'identity' ? [] : [{ base: f, exponent: ONE }];
}

function entryGroup(g: Graph, terms: readonly Term[], shared: readonly ElementPower[]): Candidate {
  const members = terms.map((t) => t.node);
  return candidate(members, (members.length - 1) * shared.reduce((n, p) => n + weightOf(p.base) + 1, 0), () => {
    const rests = terms.map((t) => {
      const others = elementsOf(t).map((x) => ({ base: x.base, exponent: subQ(x.exponent, shared.find((p) => p.base === x.base)?.exponent ?? ZERO) })).filter((x) => !isZeroQ(x.exponent));
      return others.length > 0 ? g.elementProduct(t.coefficient, t.scalars, others) : g.product(t.coefficient, t.scalars, [g.ones((shared[0] as ElementPower).base.shape)]);
    });
    return { kind: 'node', members, node: g.elementProduct(ONE, [], [...shared, { base: g.add(...rests), exponent: ONE }]) };
  });
}
