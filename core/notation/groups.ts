/** Groups of a sum's terms that can be written together: what they have in common stands once. */
import { isScalar, sameDim } from '../algebra/dim';
import type { Graph } from '../algebra/graph';
import type { Node, ScalarPower } from '../algebra/node';
import { equalQ, HALF, isNegativeQ, MINUS_ONE, negQ, ONE } from '../algebra/rational';
import { holdsOpenBasis } from '../calculus/entries';
import { overOneLine } from './over-one-line';
import { commonElements } from './shared-entries';
import { commonScalars } from './shared-powers';
import { isSolve } from './cost';
import { diagonalFactors } from './diagonal-factors';
import { doublesOf } from './doubles';
import { candidate, isBasis, partsOf, put, termOf, type Candidate, type Group, type Term } from './group-terms';
import { MAX_RUN } from './limits';
import { numberOf } from '../algebra/sign';
import { weightOf } from '../algebra/weight';
import { turnedChanges } from './upright';

const scalarsOf = (g: Graph, t: Term): Node => g.product(t.coefficient, t.scalars, []);

/** The most saving first. */
export function candidatesOf(g: Graph, terms: readonly Node[]): readonly Candidate[] {
  const list = terms.map((t) => termOf(g, t));
  const found = [
    ...symmetricPairs(g, terms).map((x) => ({ ...candidate(x.members, x.members.reduce((n, m) => n + weightOf(m), 0) / 2, () => x), isPair: true })),
    ...kronSums(g, list).map((x) => candidate(x.members, 4, () => x)), ...mirrored(g, list).map((x) => candidate(x.members, 2, () => x)),
    ...doublesOf(g, terms).map((x) => ({ ...candidate(x.members, x.members.reduce((n, m) => n + weightOf(m), 0) - weightOf(x.node), () => ({ kind: 'node', ...x })), isProduct: true })),
    ...commonScalars(g, list), ...commonRuns(g, list, false), ...commonRuns(g, list, true), ...runsInPowers(g, list), ...commonMatrix(g, list),
    ...commonElements(g, list), ...overOneLine(g, list), ...diagonalFactors(g, list), ...commonKron(g, list), ...commonOperator(g, list), ...commonNumber(g, list),
  ];
  return found.sort((a, b) => b.saving - a.saving);
}

/** L*A + L*B = L*(A + B), and on the other side; `leavesFactors` where a factor must be left of each. */
function commonRuns(g: Graph, list: readonly Term[], atEnd: boolean, leavesFactors = false): readonly Candidate[] {
  const groups: Candidate[] = [];
  const seen = new Set<string>();
  const at = (t: Term, i: number): Node => t.factors[atEnd ? t.factors.length - 1 - i : i] as Node;
  /** The terms that begin (or end) alike. */
  const alike = new Map<string, Term[]>();
  for (const t of list) {
    let key = '';
    for (let n = 0; n < Math.min(2 * MAX_RUN, t.factors.length); n++) put(alike, (key += `${at(t, n).id},`), t);
  }
  for (const t of list) {
    let key = '';
    let weight = 0;
    let shorter: { readonly count: number; readonly index: number } | undefined;
    for (let n = 1, most = MAX_RUN; n <= Math.min(most, t.factors.length); n++) {
      const f = at(t, n - 1);
      // A basis vector is half of a factor E(k, l), or of a slice.
      if (isBasis(f)) most++;
      if (f.kind === 'identity' || f.kind === 'ones') break;
      key += `${f.id},`;
      weight += weightOf(f) + 1;
      if (seen.has(key)) { shorter = undefined; continue; }
      seen.add(key);
      const members = alike.get(key) ?? [];
      if (members.length < 2 || (leavesFactors && members.some((x) => x.factors.length === n))) break;
      const made = candidate(members.map((x) => x.node), (members.length - 1) * weight, () => runGroup(g, members, n, atEnd));
      // The same terms have more in common: that is the better group.
      const index = shorter?.count === members.length ? shorter.index : groups.length;
      groups[index] = made;
      shorter = { count: members.length, index };
    }
  }
  return groups;
}

/** Powers up to this one are taken apart. */
const MAX_SPLIT = 4n;
/** A^2*y + B*A*y = (A + B)*A*y: runs that end inside a power. */
function runsInPowers(g: Graph, list: readonly Term[]): readonly Candidate[] {
  const basesIn = (t: Term): readonly Node[] => t.factors.flatMap((f) => (splits(f) ? [f.base] : []));
  const bases = new Set(list.flatMap(basesIn));
  if (bases.size === 0 || !list.some((t) => t.factors.some((f) => bases.has(f)))) return [];
  const apart = list.map((t): Term => (basesIn(t).length === 0 ? t : { ...t, factors: t.factors.flatMap((f) => (splits(f) && bases.has(f.base) ? Array.from({ length: Number(f.exponent.n) }, () => f.base) : [f])) }));
  return [...commonRuns(g, apart, false, true), ...commonRuns(g, apart, true, true)];
}
const splits = (f: Node): f is Node & { kind: 'power' } => f.kind === 'power' && f.exponent.d === 1n && f.exponent.n > 1n && f.exponent.n <= MAX_SPLIT;

/** Undefined where what is left of the terms has several shapes: what stands between is cut into scalars in some of them. */
function runGroup(g: Graph, members: readonly Term[], n: number, atEnd: boolean): Group | undefined {
  const shared = sharedScalars(members);
  const away = shared.map((p) => ({ base: p.base, exponent: negQ(p.exponent) }));
  const rests = members.map((x) => g.mul(g.product(x.coefficient, [...x.scalars, ...away], []), ...restOf(g, x, n, atEnd)));
  const [first] = rests;
  const { factors } = members[0] as Term;
  const run = merged(g, atEnd ? factors.slice(factors.length - n) : factors.slice(0, n));
  if (!first || rests.some((r) => !sameDim(r.shape.rows, first.shape.rows) || !sameDim(r.shape.cols, first.shape.cols))) return undefined;
  // x'*(a*e(i) + b*e(j)) is a*x[i] + b*x[j].
  if (rests.some((r) => isOpenUnit(r)) && members.some((x) => isScalar(x.node.shape))) return undefined;
  const nodes = members.map((x) => x.node);
  const multiples = rests.map((r) => multipleOfI(g, r));
  if (multiples.every((m) => m !== undefined)) return { kind: 'node', members: nodes, node: g.mul(g.product(ONE, shared, []), g.add(...multiples), ...run) };
  // A basis vector that all have on the other side too stays outside: (X'*(A + B))[k, l].
  const ends = rests.map((r) => (r.kind === 'product' ? r.factors : [r])).map((fs) => (atEnd ? fs[0] : fs.at(-1)));
  const [end] = ends;
  if (end && isBasis(end) && ends.every((e) => e === end) && rests.every((r) => r.kind === 'product' && r.factors.length > 1)) {
    const without = rests.map((r) => (r.kind === 'product' ? g.product(r.coefficient, r.scalars, atEnd ? r.factors.slice(1) : r.factors.slice(0, -1)) : r));
    const between = g.add(...without);
    return { kind: 'node', members: nodes, node: g.product(ONE, shared, atEnd ? [end, between, ...run] : [...run, between, end]) };
  }
  const inner = oneSkew(g, rests) ?? g.add(...rests);
  return { kind: 'node', members: nodes, node: g.product(ONE, shared, atEnd ? [inner, ...run] : [...run, inner]) };
}

/** s*skew3(a) + t*skew3(b) = skew3(s*a + t*b), which is a cross product with what follows. */
function oneSkew(g: Graph, terms: readonly Node[]): Node | undefined {
  const axes = terms.map((t) => {
    const { coefficient, scalars, factors: [f, ...others] } = partsOf(t);
    return f?.kind === 'apply' && f.op === 'skew3' && others.length === 0 ? g.product(coefficient, scalars, [f.args[0] as Node]) : undefined;
  });
  return axes.every((x) => x !== undefined) ? g.apply('skew3', [g.add(...axes)]) : undefined;
}

/** What a power was taken apart to, together again. */
function merged(g: Graph, run: readonly Node[]): readonly Node[] {
  if (!run.some((f, i) => f === run[i + 1])) return run;
  const whole = g.mul(...run);
  return whole.kind === 'product' ? whole.factors : [whole];
}

/** A multiple of e(i) for an index i. */
function isOpenUnit(a: Node): boolean {
  const only = a.kind === 'product' && a.factors.length === 1 ? (a.factors[0] as Node) : a;
  return isBasis(only) && holdsOpenBasis(only);
}

const endsInOpenUnit = (a: Node): boolean => a.kind === 'product' && isOpenUnit(a.factors.at(-1) as Node) && a.factors.length > 1;

/** c where the node is c*I. */
const multipleOfI = (g: Graph, a: Node): Node | undefined => a.kind === 'identity' ? g.number(1)
  : a.kind === 'product' && a.factors.length === 1 && a.factors[0]?.kind === 'identity' ? g.product(a.coefficient, a.scalars, []) : undefined;

/** Powers that all terms have alike: they stand before the matrices. Roots of numbers stay with what else the terms are scaled by, which may have a name with them. */
function sharedScalars([first, ...others]: readonly Term[]): readonly ScalarPower[] {
  const shared = first?.scalars.filter((p) => others.every((t) => t.scalars.some((q) => q.base === p.base && equalQ(q.exponent, p.exponent)))) ?? [];
  return [first, ...others].every((t) => t?.scalars.length === shared.length) ? shared : shared.filter((p) => numberOf(p.base) === undefined);
}

function restOf(g: Graph, t: Term, n: number, atEnd: boolean): readonly Node[] {
  const rest = atEnd ? t.factors.slice(0, t.factors.length - n) : t.factors.slice(n);
  const cut = atEnd ? (t.factors[t.factors.length - n] as Node).shape.rows : (t.factors[n - 1] as Node).shape.cols;
  return rest.length > 0 ? rest : [g.identity(cut)];
}

/** a*M + b*M = (a + b)*M. */
function commonMatrix(g: Graph, list: readonly Term[]): readonly Candidate[] {
  const byFactors = new Map<string, Term[]>();
  for (const t of list) {
    if (t.factors.length === 0) continue;
    const key = t.factors.map((f) => f.id).join();
    put(byFactors, key, t);
  }
  return [...byFactors.values()].filter((m) => m.length > 1).map((m): Candidate => {
    const members = m.map((t) => t.node);
    const { factors } = m[0] as Term;
    return candidate(members, (m.length - 1) * factors.reduce((n, f) => n + weightOf(f) + 1, 0),
      () => ({ kind: 'node', members, node: g.mul(g.add(...m.map((t) => scalarsOf(g, t))), ...factors) }));
  });
}

const kronOf = (t: Term): readonly [Node, Node] | undefined => {
  const [f] = t.factors;
  return t.factors.length === 1 && f?.kind === 'apply' && f.op === 'kron' ? (f.args as readonly [Node, Node]) : undefined;
};

/** A ⊗ B + A ⊗ C = A ⊗ (B + C). */
function commonKron(g: Graph, list: readonly Term[]): readonly Candidate[] {
  const groups: Candidate[] = [];
  for (const side of [0, 1] as const) {
    const sides = new Map<number, Term[]>();
    for (const t of list) {
      const k = kronOf(t);
      if (k) put(sides, k[side].id, t);
    }
    for (const members of sides.values()) {
      if (members.length < 2) continue;
      const common = (kronOf(members[0] as Term) as readonly [Node, Node])[side];
      const nodes = members.map((t) => t.node);
      groups.push(candidate(nodes, (nodes.length - 1) * (weightOf(common) + 1), () => {
        const inner = g.add(...members.map((t) => g.product(t.coefficient, t.scalars, [(kronOf(t) as readonly [Node, Node])[1 - side] as Node])));
        return { kind: 'node', members: nodes, node: g.apply('kron', side === 0 ? [common, inner] : [inner, common]) };
      }));
    }
  }
  return groups;
}

/** A ⊗ I + I ⊗ B = A ⊕ B. */
function kronSums(g: Graph, list: readonly Term[]): readonly Group[] {
  const groups: Group[] = [];
  for (const t of list) {
    const a = kronOf(t);
    if (!a || a[1].kind !== 'identity' || !sameDim(a[0].shape.rows, a[0].shape.cols)) continue;
    for (const u of list) {
      const b = kronOf(u);
      if (!b || b[0].kind !== 'identity' || !sameDim(b[0].shape.rows, a[0].shape.rows) || !sameDim(b[1].shape.rows, a[1].shape.rows)) continue;
      if (u === t || scalarsOf(g, t) !== scalarsOf(g, u)) continue;
      groups.push({ kind: 'kronsum', members: [t.node, u.node], by: scalarsOf(g, t), left: a[0], right: b[1] });
    }
  }
  return groups;
}

/** f(a) + f(b) = f(a + b) for operators that are linear in one argument. */
const LINEAR: Readonly<Record<string, number>> = {
  tr: 0, sum: 0, vec: 0, unvec: 0, diag: 0, skew3: 0, tril: 0, triu: 0, phi: 0, sylvester: 2, expmFrechet: 1, logmFrechet: 1, powmFrechet: 2,
};
export const linearSlot = (op: string): number | undefined => LINEAR[op];

function commonOperator(g: Graph, list: readonly Term[]): readonly Candidate[] {
  const byOperator = new Map<string, { t: Term; f: Node & { kind: 'apply' }; rest: Node }[]>();
  for (const t of list) {
    const place = t.factors.length === 0 ? t.scalars.find((p) => p.base.kind === 'apply' && equalQ(p.exponent, ONE) && LINEAR[p.base.op] !== undefined) : undefined;
    const f = t.factors.length === 1 ? t.factors[0] : place?.base;
    if (f?.kind !== 'apply') continue;
    const slot = LINEAR[f.op];
    if (slot === undefined) continue;
    // sum(x'*e(k)) and sum(x'*e(l)) are two entries, not one of e(k) + e(l).
    if (endsInOpenUnit(f.args[slot] as Node)) continue;
    const key = `${f.op}:${f.args.map((x, i) => (i === slot ? `${x.shape.rows.key}×${x.shape.cols.key}` : x.id)).join()}:${f.dims.map((d) => d.key).join()}`;
    const rest = g.product(t.coefficient, t.scalars.filter((p) => p !== place), []);
    put(byOperator, key, { t, f, rest });
  }
  return [...byOperator.values()].filter((m) => m.length > 1).map((m): Candidate => {
    const like = (m[0] as { f: Node & { kind: 'apply' } }).f;
    const slot = LINEAR[like.op] ?? 0;
    const members = m.map((x) => x.t.node);
    const weight = like.args.reduce((n, x, i) => (i === slot ? n : n + weightOf(x)), 1 + (isSolve(like.op) ? 10 : 0));
    return candidate(members, (m.length - 1) * weight,
      () => ({ kind: 'applied', members, op: like.op, like, inner: g.add(...m.map((x) => g.mul(x.rest, x.f.args[slot] as Node))) }));
  });
}

/** q*A + q*B + C = q*(A + B) + C. */
function commonNumber(g: Graph, list: readonly Term[]): readonly Candidate[] {
  const byNumber = new Map<string, Term[]>();
  for (const t of list) {
    const q = isNegativeQ(t.coefficient) ? negQ(t.coefficient) : t.coefficient;
    if (q.n === 1n && q.d === 1n) continue;
    const key = `${q.n}/${q.d}`;
    put(byNumber, key, t);
  }
  return [...byNumber.values()].filter((m) => m.length > 1 && m.length < list.length).map((m): Candidate => {
    const c = (m[0] as Term).coefficient;
    const by = isNegativeQ(c) ? negQ(c) : c;
    const members = m.map((t) => t.node);
    return candidate(members, (m.length - 1) * 2, () => ({ kind: 'scaled', members, by, inner: g.add(...m.map((t) => g.scale({ n: by.d, d: by.n }, t.node))) }));
  });
}

/** M + M' = 2*sym(M), M - M' = 2*skewpart(M), over all pairs together; M + M' + S = 2*sym(M + S/2) where a symmetric S begins or ends like M. */
export function symmetricPairs(g: Graph, terms: readonly Node[]): readonly Group[] {
  const [first] = terms;
  if (!first || isScalar(first.shape) || !sameDim(first.shape.rows, first.shape.cols)) return [];
  const groups: Group[] = [];
  for (const op of ['sym', 'skewpart'] as const) {
    const left = new Map(terms.map((t) => [t.id, t]));
    const halves: Node[] = [];
    const members: Node[] = [];
    // Of t and t' the one that has more in common with the halves before it.
    const alike = (t: Node): number => Math.max(0, ...halves.map((h) => sharedEnds(partsOf(h).factors, partsOf(t).factors)));
    for (const t of terms) {
      if (!left.has(t.id)) continue;
      const other = op === 'sym' ? g.transpose(t) : g.neg(g.transpose(t));
      if (other === t || !left.has(other.id)) continue;
      left.delete(t.id);
      left.delete(other.id);
      const turned = turnedChanges(g, other) - turnedChanges(g, t);
      halves.push(turned < 0 || (turned === 0 && alike(other) > alike(t)) ? other : t);
      members.push(t, other);
    }
    if (halves.length === 0) continue;
    groups.push({ kind: 'sym', members, half: g.add(...halves), op });
    const own = op === 'sym' ? terms.filter((t) => !members.includes(t) && partsOf(t).factors.length > 1 && alike(t) > 0 && g.isSymmetric(t)) : [];
    if (own.length > 0) groups.push({ kind: 'sym', members: [...members, ...own], half: g.add(...halves, ...own.map((t) => g.scale(HALF, t))), op });
  }
  return groups;
}

/** How many factors two products have in common at their two ends. */
function sharedEnds(a: readonly Node[], b: readonly Node[]): number {
  const n = Math.min(a.length, b.length);
  let start = 0;
  while (start < n && a[start] === b[start]) start++;
  let end = 0;
  while (end < n - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
  return start + end;
}

/** 1 - sigmoid(u) = sigmoid(-u), and the like. */
function mirrored(g: Graph, list: readonly Term[]): readonly Group[] {
  const unit = list.find((t) => (equalQ(t.coefficient, ONE) || equalQ(t.coefficient, MINUS_ONE)) && t.scalars.length === 0 && (t.factors.length === 0 || (t.factors.length === 1 && t.factors[0]?.kind === 'ones')));
  if (!unit) return [];
  return list.flatMap((t): Group[] => {
    const f = t.factors.length === 1 && t.scalars.length === 0 ? t.factors[0] : t.factors.length === 0 && t.scalars.length === 1 && equalQ((t.scalars[0] as ScalarPower).exponent, ONE) ? t.scalars[0]?.base : undefined;
    if (f?.kind !== 'apply' || (f.op !== 'sigmoid' && f.op !== 'normcdf') || t === unit || !equalQ(t.coefficient, negQ(unit.coefficient))) return [];
    return [{ kind: 'mirror', members: [unit.node, t.node], op: f.op, arg: g.neg(f.args[0] as Node), negative: isNegativeQ(unit.coefficient) }];
  });
}

/** (P ⊗ Q)*K = K*(Q ⊗ P), done where Q ⊗ P stands in another term: the terms with it exchanged, or undefined. */
export function exchanged(g: Graph, terms: readonly Node[]): readonly Node[] | undefined {
  const present = new Set(terms.flatMap((t) => (t.kind === 'product' ? t.factors : [t])).map((f) => f.id));
  let changed = false;
  const made = terms.map((t) => {
    if (t.kind !== 'product') return t;
    for (let i = 0; i + 1 < t.factors.length; i++) {
      const [k, c] = [t.factors[i] as Node, t.factors[i + 1] as Node];
      if (k.kind !== 'apply' || k.op !== 'kron' || c.kind !== 'apply' || c.op !== 'commutation') continue;
      const [P, Q] = k.args as readonly [Node, Node];
      if (c.dims[0]?.key !== P.shape.cols.key || c.dims[1]?.key !== Q.shape.cols.key) continue;
      const swapped = g.apply('kron', [Q, P]);
      if (!present.has(swapped.id)) continue;
      changed = true;
      const K = g.apply('commutation', [], [P.shape.rows, Q.shape.rows]);
      return g.product(t.coefficient, t.scalars, [...t.factors.slice(0, i), K, swapped, ...t.factors.slice(i + 2)]);
    }
    return t;
  });
  return changed ? made : undefined;
}
