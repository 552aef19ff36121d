/** Arithmetic with polynomials in letters, and their normal forms by rules such as `inv(A)*A = I`: a Gröbner basis that need not be complete. */
import { D1, isOne, isScalar, SCALAR, shape, type Dim, type Shape } from '../algebra/dim';
import { isOneQ, isZeroQ, MINUS_ONE, mulQ, negQ, ONE, divQ, type Rational } from '../algebra/rational';
import { compareWords, createAlphabet, rotations, type Alphabet, type Closed, type Scalar } from './alphabet';
import { add, flipped, isZero, merged, monomialKey, polynomial, productShape, put, scale, Unfit, without, zero, type Monomial, type Polynomial, type Summand, type Word } from './polynomial';

/** `lead` is the same as `rest`, because of what the labels say. */
export interface Rule { readonly lead: Monomial; readonly shape: Shape; readonly rest: Polynomial; readonly labels: ReadonlySet<string> }

/** What operators make of neighbours; each is set by the file that knows them. */
export interface Hooks {
  pair(a: number, b: number): Polynomial | undefined;
  closed(c: Closed): Polynomial | undefined;
}

export interface Ring {
  readonly alphabet: Alphabet;
  readonly hooks: Hooks;
  readonly rules: readonly Rule[];
  /** Names of the relations that were used since it was last set. */
  used: Set<string>;
  number(value: Rational): Polynomial;
  identity(n: Dim): Polynomial;
  ofLetter(id: number): Polynomial;
  ofScalar(s: Scalar): Polynomial;
  ofWord(shape: Shape, word: Word): Polynomial;
  times(...factors: readonly Polynomial[]): Polynomial;
  transpose(p: Polynomial): Polynomial;
  /** The scalar of a closed word: a chain from 1 to 1, a trace, a determinant det(I + c*word) with its own key. */
  closed(kind: Closed['kind'], word: Word, at: Dim, key?: string): Polynomial;
  trace(p: Polynomial): Polynomial;
  normal(p: Polynomial): Polynomial;
  /** Takes p = 0 for given, transposed too; the rules that it became. @throws Unfit where that takes too long */
  relate(p: Polynomial, labels: Iterable<string>): readonly Rule[];
  weigh(m: Monomial): number;
}

/** Rewritings in one proof, and terms of one polynomial. */
const MOST_STEPS = 8_000;
const MOST_TERMS = 1500;
const MOST_RULES = 500;

export function createRing(): Ring {
  const alphabet = createAlphabet();
  const rules: Rule[] = [];
  const byFirst = new Map<number, Rule[]>();
  let scalarRules: Rule[] = [];
  let steps = 0;
  let version = 0;
  const reducedScalars = new Map<number, { readonly version: number; readonly made: Polynomial | undefined; readonly labels: ReadonlySet<string> }>();

  const weigh = (m: Monomial): number => m.word.length + m.scalars.reduce((n, s) => n + alphabet.scalar(s).weight, 0);
  const compare = (a: Monomial, b: Monomial): number => {
    const d = weigh(a) - weigh(b) || compareWords(a.word, b.word);
    if (d !== 0) return d;
    for (let i = 0; i < Math.max(a.scalars.length, b.scalars.length); i++) if (a.scalars[i] !== b.scalars[i]) return (a.scalars[i] ?? -1) - (b.scalars[i] ?? -1);
    return 0;
  };

  const number = (value: Rational): Polynomial => (isZeroQ(value) ? zero(SCALAR) : polynomial(SCALAR, [{ coefficient: value, scalars: [], word: [] }]));
  const ofScalar = (s: Scalar): Polynomial => polynomial(SCALAR, [{ coefficient: ONE, scalars: [s.id], word: [] }]);

  /** A summand with what its word closes through dimension 1 taken out; undefined for 0. */
  const cut = (t: Summand): Summand | undefined => {
    const bonds = alphabet.bonds(t.word);
    if (bonds.length < 2) return t;
    let { coefficient } = t;
    const scalars = [...t.scalars];
    for (let k = 1; k < bonds.length; k++) {
      const made = spelled('chain', t.word.slice(bonds[k - 1], bonds[k]));
      if (!made) return undefined;
      coefficient = made.sign < 0 ? negQ(coefficient) : coefficient;
      scalars.push(alphabet.scalarOf(`chain:${made.word.join(',')}`, { kind: 'chain', word: made.word, at: D1 }).id);
    }
    return { coefficient, scalars: scalars.sort((a, b) => a - b), word: [...t.word.slice(0, bonds[0]), ...t.word.slice(bonds.at(-1))] };
  };

  /** The first of the ways to write a closed word, and its sign; undefined where it is its own negative. */
  const spelled = (kind: Closed['kind'], word: Word): { readonly word: Word; readonly sign: 1 | -1 } | undefined => {
    const other = alphabet.turned(word);
    const all = kind === 'chain' ? [{ word, sign: 1 as const }, other] : [...rotations(word).map((w) => ({ word: w, sign: 1 as const })), ...rotations(other.word).map((w) => ({ word: w, sign: other.sign }))];
    // A sign inside det(I + c*word) does not come out.
    const ways = kind === 'ring' ? all.filter((w) => w.sign > 0) : all;
    const best = ways.reduce((a, b) => (compareWords(b.word, a.word) < 0 ? b : a));
    return ways.some((w) => w.sign !== best.sign && compareWords(w.word, best.word) === 0) ? undefined : best;
  };

  const closed: Ring['closed'] = (kind, word, at, key = kind) => {
    if (word.length === 0) throw new Unfit('an empty closed word');
    if (kind === 'trace') {
      const open = alphabet.bonds(word).find((b) => b < word.length);
      if (open !== undefined) return ofWord(SCALAR, [...word.slice(open), ...word.slice(0, open)]);
    }
    const made = spelled(kind, word);
    if (!made) return zero(SCALAR);
    const s = ofScalar(alphabet.scalarOf(`${key}:${made.word.join(',')}`, { kind, word: made.word, at: alphabet.rowsOf(made.word, at) }));
    return made.sign < 0 ? scale(MINUS_ONE, s) : s;
  };

  const ofWord = (s: Shape, word: Word): Polynomial => {
    const t = cut({ coefficient: ONE, scalars: [], word });
    return t ? polynomial(s, [t]) : zero(s);
  };

  const two = (a: Polynomial, b: Polynomial): Polynomial => {
    const s = productShape(a.shape, b.shape);
    if (a.terms.size * b.terms.size > MOST_TERMS * 4) throw new Unfit('too many products');
    const terms = new Map<string, Summand>();
    for (const x of a.terms.values()) for (const y of b.terms.values()) {
      const t = cut({ coefficient: mulQ(x.coefficient, y.coefficient), scalars: merged(x.scalars, y.scalars), word: x.word.length === 0 ? y.word : y.word.length === 0 ? x.word : [...x.word, ...y.word] });
      if (t) put(terms, t);
    }
    return { shape: s, terms };
  };
  const times: Ring['times'] = (...factors) => factors.reduce((a, b) => two(a, b), number(ONE));

  const transpose = (p: Polynomial): Polynomial => polynomial(flipped(p.shape), [...p.terms.values()].map((t) => {
    const { word, sign } = alphabet.turned(t.word);
    return { coefficient: sign < 0 ? negQ(t.coefficient) : t.coefficient, scalars: t.scalars, word };
  }));

  const trace = (p: Polynomial): Polynomial => {
    let sum = zero(SCALAR);
    for (const t of p.terms.values()) {
      const s = polynomial(SCALAR, [{ coefficient: t.coefficient, scalars: t.scalars, word: [] }]);
      sum = add(sum, times(s, t.word.length === 0 ? ring.hooks.closed({ kind: 'trace', word: [], at: p.shape.rows }) ?? number(ONE) : closed('trace', t.word, p.shape.rows)));
    }
    return sum;
  };

  /** `middle` in place of a part of the summand. */
  const around = (s: Shape, t: Summand, from: number, to: number, scalars: readonly number[], middle: Polynomial): Polynomial => {
    const terms = new Map<string, Summand>();
    for (const m of middle.terms.values()) {
      const made = cut({ coefficient: mulQ(t.coefficient, m.coefficient), scalars: merged(scalars, m.scalars), word: [...t.word.slice(0, from), ...m.word, ...t.word.slice(to)] });
      if (made) put(terms, made);
    }
    return { shape: s, terms };
  };

  const fitsAt = (word: Word, at: number, part: Word): boolean => part.length <= word.length - at && part.every((x, i) => x === word[at + i]);

  function reduceWord(s: Shape, t: Summand): Polynomial | undefined {
    for (let i = 0; i + 1 < t.word.length; i++) {
      const made = ring.hooks.pair(t.word[i] as number, t.word[i + 1] as number);
      if (made) return around(s, t, i, i + 2, t.scalars, made);
    }
    for (let i = 0; i < t.word.length; i++) for (const r of byFirst.get(t.word[i] as number) ?? []) {
      const scalars = fitsAt(t.word, i, r.lead.word) ? without(t.scalars, r.lead.scalars) : undefined;
      if (!scalars) continue;
      for (const l of r.labels) ring.used.add(l);
      return around(s, t, i, i + r.lead.word.length, scalars, r.rest);
    }
    return undefined;
  }

  /** @param scalars what stands beside it, for rules that need some */
  function reduceClosed(c: Closed, scalars: readonly number[]): Polynomial | undefined {
    const own = scalars.length === 0 ? ring.hooks.closed(c) : undefined;
    if (own) return own;
    if (c.kind === 'ring') return undefined;
    for (const word of c.kind === 'trace' ? rotations(c.word) : [c.word]) {
      const n = alphabet.rowsOf(word, c.at);
      const made = reduceWord(shape(n, n), { coefficient: ONE, scalars, word });
      if (made && c.kind === 'chain') return { ...made, shape: SCALAR };
      const traced = made && trace(made);
      // A rotation may be rewritten to another rotation of itself.
      if (traced && [...traced.terms.values()].every((t) => comesBefore(t, c, scalars.length))) return traced;
    }
    return undefined;
  }

  const comesBefore = (t: Summand, c: Closed, beside: number): boolean => {
    const d = weigh(t) - beside - c.word.length;
    const own = d === 0 && t.scalars.length === 1 ? alphabet.scalar(t.scalars[0] as number).closed : undefined;
    return d < 0 || (own !== undefined && compareWords(own.word, c.word) < 0);
  };

  function reduceScalars(s: Shape, t: Summand): Polynomial | undefined {
    for (const r of scalarRules) {
      const scalars = without(t.scalars, r.lead.scalars);
      if (!scalars) continue;
      for (const l of r.labels) ring.used.add(l);
      return around(s, t, t.word.length, t.word.length, scalars, r.rest);
    }
    for (const id of new Set(t.scalars)) {
      const { closed: c } = alphabet.scalar(id);
      if (!c) continue;
      let known = reducedScalars.get(id);
      if (known?.version !== version) {
        const before = ring.used;
        ring.used = new Set();
        known = { version, made: reduceClosed(c, []), labels: ring.used };
        ring.used = before;
        reducedScalars.set(id, known);
      }
      const beside = without(t.scalars, [id]) ?? [];
      if (known.made) {
        for (const l of known.labels) ring.used.add(l);
        return around(s, t, t.word.length, t.word.length, beside, known.made);
      }
      const made = beside.length > 0 ? reduceClosed(c, beside) : undefined;
      if (made) return around(s, t, t.word.length, t.word.length, [], made);
    }
    return undefined;
  }

  const reduceTerm = (s: Shape, t: Summand): Polynomial | undefined => {
    const whole = t.word.length === 0 && !isScalar(s) ? rules.find((r) => r.lead.word.length === 0 && !isScalar(r.shape) && r.shape.rows.key === s.rows.key && r.shape.cols.key === s.cols.key && without(t.scalars, r.lead.scalars)) : undefined;
    if (whole) {
      for (const l of whole.labels) ring.used.add(l);
      return around(s, t, 0, 0, without(t.scalars, whole.lead.scalars) ?? [], whole.rest);
    }
    return reduceWord(s, t) ?? reduceScalars(s, t);
  };

  const normal = (p: Polynomial): Polynomial => {
    const done = new Map<string, Summand>();
    let open = [...p.terms.values()];
    while (open.length > 0) {
      const next = new Map<string, Summand>();
      for (const t of open) {
        const made = reduceTerm(p.shape, t);
        if (!made) { put(done, t); continue; }
        if (++steps > MOST_STEPS) throw new Unfit('too many steps');
        for (const x of made.terms.values()) put(next, x);
      }
      if (next.size + done.size > MOST_TERMS) throw new Unfit('too many terms');
      open = [...next.values()];
    }
    return { shape: p.shape, terms: done };
  };

  const drop = (r: Rule): void => {
    rules.splice(rules.indexOf(r), 1);
    const first = r.lead.word[0];
    if (first === undefined) scalarRules = scalarRules.filter((x) => x !== r);
    else byFirst.set(first, (byFirst.get(first) ?? []).filter((x) => x !== r));
  };

  const relate: Ring['relate'] = (given, labels) => {
    const made: Rule[] = [];
    const queue: { readonly p: Polynomial; readonly labels: ReadonlySet<string> }[] = [{ p: given, labels: new Set(labels) }];
    for (let next = queue.shift(); next; next = queue.shift()) {
      const before = ring.used;
      ring.used = new Set(next.labels);
      const p = normal(next.p);
      const all = ring.used;
      ring.used = before;
      if (isZero(p)) continue;
      const lead = [...p.terms.values()].reduce((a, b) => (compare(b, a) > 0 ? b : a));
      // 1 = 0 where a relation cannot be met: nothing follows from it that anyone would want.
      if (lead.word.length === 0 && lead.scalars.length === 0) throw new Unfit('the relations contradict each other');
      if (rules.length >= MOST_RULES) throw new Unfit('too many rules');
      const rest = polynomial(p.shape, [...p.terms.values()].filter((t) => t !== lead).map((t) => ({ ...t, coefficient: negQ(divQ(t.coefficient, lead.coefficient)) })));
      const rule: Rule = { lead: { scalars: lead.scalars, word: lead.word }, shape: p.shape, rest, labels: all };
      const old = rules.filter((r) => contains(r.lead, rule));
      for (const r of old) {
        drop(r);
        queue.push({ p: add(polynomial(r.shape, [{ ...r.lead, coefficient: ONE }]), scale(MINUS_ONE, r.rest)), labels: r.labels });
      }
      rules.push(rule);
      version++;
      const first = lead.word[0];
      if (first !== undefined) byFirst.set(first, [...(byFirst.get(first) ?? []), rule]);
      else if (isScalar(p.shape)) scalarRules.push(rule);
      made.push(rule);
      queue.push({ p: transpose(p), labels: all });
    }
    return made.filter((r) => rules.includes(r));
  };

  const contains = (m: Monomial, r: Rule): boolean => {
    if (!without(m.scalars, r.lead.scalars)) return false;
    const part = r.lead.word;
    if (part.length === 0) return isScalar(r.shape);
    return m.word.some((_, i) => fitsAt(m.word, i, part));
  };

  const ring: Ring = {
    alphabet, hooks: { pair: () => undefined, closed: () => undefined }, rules, used: new Set(),
    number, ofScalar, ofWord, times, transpose, closed, trace, normal, relate, weigh,
    identity: (n) => (isOne(n) ? number(ONE) : polynomial(shape(n, n), [{ coefficient: ONE, scalars: [], word: [] }])),
    ofLetter: (id) => ofWord(alphabet.letter(id).shape, [id]),
  };
  return ring;
}

/** The key of a summand without its coefficient, for those who look up whether it is the same one. */
export const sameMonomial = (a: Monomial, b: Monomial): boolean => monomialKey(a) === monomialKey(b);
/** The polynomial's terms over their greatest: its first term has coefficient 1. */
export function monic(p: Polynomial): Polynomial {
  const first = [...p.terms].sort(([a], [b]) => (a < b ? -1 : 1))[0]?.[1];
  return !first || isOneQ(first.coefficient) ? p : scale(divQ(ONE, first.coefficient), p);
}
