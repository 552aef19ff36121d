/** Powers of scalars that several terms have in common, entries with an index among them. */
import type { Graph } from '../algebra/graph';
import type { Node, ScalarPower } from '../algebra/node';
import { compareQ, equalQ, negQ, ONE, type Rational, ZERO } from '../algebra/rational';
import { weightOf } from '../algebra/weight';
import { holdsOpenBasis } from '../calculus/entries';
import { candidate, isBasis, put, type Candidate, type Term } from './group-terms';

/** a*s^p + b*s^q = s^p*(a + b*s^(q - p)), for one s, and for all that the same terms have in common. */
export function commonScalars(g: Graph, list: readonly Term[]): readonly Candidate[] {
  const groups: Candidate[] = [];
  const byBase = new Map<Node, { readonly x: Term; readonly e: Rational }[]>();
  for (const x of list) for (const p of x.powers) put(byBase, p.base, { x, e: p.exponent });
  const alike = new Map<string, { readonly members: readonly Term[]; readonly shared: ScalarPower[] }>();
  const entries = [...byBase].filter(([base, all]) => all.length > 1 && all.length < list.length && isOpenEntry(base)).map(([, all]) => all.map((m) => m.x));
  const areApart = entries.flat().length === list.length && new Set(entries.flat()).size === list.length;
  for (const [base, all] of byBase) {
    for (const sign of [1, -1]) {
      const with_ = all.filter(({ e }) => compareQ(e, ZERO) === sign);
      if (with_.length < 2) continue;
      if (with_.length < list.length && isOpenEntry(base) && !areApart) {
        groups.push(...ofOneEntry(with_.map((m) => m.x), base).map((terms) => scalarGroup(g, terms, [{ base, exponent: ONE }])));
        continue;
      }
      const exponent = with_.map((m) => m.e).reduce((a, b) => (compareQ(a, b) * sign <= 0 ? a : b));
      const members = with_.map((m) => m.x);
      groups.push(scalarGroup(g, members, [{ base, exponent }]));
      const key = members.map((x) => x.node.id).join();
      const same = alike.get(key) ?? { members, shared: [] };
      alike.set(key, same);
      same.shared.push({ base, exponent });
    }
  }
  return [...groups, ...[...alike.values()].filter((x) => x.shared.length > 1).map((x) => ({ ...scalarGroup(g, x.members, x.shared), isJoint: true }))];
}

/** x[i] of an index i. Taken out of some terms of x[i]*x[j] + x[i]*y[j] + y[i]*x[j] it would hide that i and j stand alike; not where such entries part the terms. */
const isOpenEntry = (a: Node): boolean => a.kind === 'chain' && holdsOpenBasis(a) && a.factors.some((f) => !isBasis(f));

/** Terms that are the same but for one other entry, of one index: x[k]*(A*x)[i] + x[k]*(B*x)[i] is x[k]*((A + B)*x)[i]. */
function ofOneEntry(terms: readonly Term[], base: Node): readonly (readonly Term[])[] {
  const alike = new Map<string, Term[]>();
  for (const t of terms) {
    const others = t.powers.filter((p) => p.base !== base);
    const [entry, another] = others.filter((p) => isOpenEntry(p.base) && equalQ(p.exponent, ONE));
    const ends = entry?.base.kind === 'chain' ? entry.base.factors.filter(isBasis) : [];
    if (!entry || another || ends.length !== 1) continue;
    put(alike, [...others.filter((p) => p !== entry).map((p) => `${p.base.id}^${p.exponent.n}/${p.exponent.d}`), upright(ends[0] as Node).id].join(), t);
  }
  return [...alike.values()].filter((ts) => ts.length > 1);
}
const upright = (f: Node): Node => (f.kind === 'transpose' ? f.arg : f);

function scalarGroup(g: Graph, terms: readonly Term[], shared: readonly ScalarPower[]): Candidate {
  const members = terms.map((x) => x.node);
  return candidate(members, (members.length - 1) * shared.reduce((n, p) => n + weightOf(p.base) + 1, 0), () => {
    const away = shared.map((p) => ({ base: p.base, exponent: negQ(p.exponent) }));
    const rest = g.add(...members.map((x) => g.product(ONE, away, [x])));
    return { kind: 'node', members, node: g.product(ONE, shared, [rest]) };
  });
}
