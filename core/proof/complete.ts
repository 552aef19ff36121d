/** More rules from those that overlap: what reduces in two ways gives a relation (Buchberger's algorithm in the free algebra, Mora 1986), up to a count. */
import { MINUS_ONE, ONE } from '../algebra/rational';
import { add, merged, polynomial, productShape, scale, without, type Polynomial } from './polynomial';
import type { Ring, Rule } from './ring';

interface Pair { readonly weight: number; readonly order: number; readonly difference: () => Polynomial; readonly rules: readonly [Rule, Rule] }

/** Overlaps that are longer than this are left alone. */
const LONGEST = 11;

export interface Completion {
  /** Looks at this many more overlaps; false where none is left. */
  advance(count: number): boolean;
}

export function createCompletion(ring: Ring): Completion {
  const seen = new Set<Rule>();
  let pairs: Pair[] = [];
  let order = 0;

  const scaledBy = (scalars: readonly number[], p: Polynomial): Polynomial =>
    polynomial(p.shape, [...p.terms.values()].map((t) => ({ ...t, scalars: merged(t.scalars, scalars) })));
  const word = (w: readonly number[], otherwise: Polynomial): Polynomial =>
    (w.length === 0 ? ring.number(ONE) : ring.ofWord({ rows: ring.alphabet.rowsOf(w, otherwise.shape.rows), cols: ring.alphabet.colsOf(w, otherwise.shape.cols) }, w));
  const sandwich = (head: readonly number[], p: Polynomial, tail: readonly number[]): Polynomial => {
    const [h, t] = [word(head, p), word(tail, p)];
    const made = ring.times(h, p, t);
    return { ...made, shape: productShape(productShape(h.shape, p.shape), t.shape) };
  };

  const overlap = (a: Rule, b: Rule): void => {
    const [u, v] = [a.lead.word, b.lead.word];
    for (let n = 1; n < Math.min(u.length, v.length); n++) {
      if (!v.slice(0, n).every((x, i) => x === u[u.length - n + i])) continue;
      const scalars = joined(a, b);
      const weight = u.length + v.length - n + scalars.length;
      if (weight > LONGEST) continue;
      pairs.push({
        weight, order: order++, rules: [a, b],
        difference: () => add(
          sandwich([], scaledBy(without(scalars, a.lead.scalars) ?? [], a.rest), v.slice(n)),
          scale(MINUS_ONE, sandwich(u.slice(0, u.length - n), scaledBy(without(scalars, b.lead.scalars) ?? [], b.rest), [])),
        ),
      });
    }
  };
  /** The least product of both rules' scalars. */
  const joined = (a: Rule, b: Rule): readonly number[] => merged(a.lead.scalars, missing(b.lead.scalars, a.lead.scalars));
  const missing = (a: readonly number[], b: readonly number[]): readonly number[] => {
    const rest = [...b];
    return a.filter((x) => { const i = rest.indexOf(x); if (i < 0) return true; rest.splice(i, 1); return false; });
  };

  /** Two rules about scalars that share one. */
  const shared = (a: Rule, b: Rule): void => {
    if (a === b || !a.lead.scalars.some((x) => b.lead.scalars.includes(x))) return;
    const scalars = joined(a, b);
    pairs.push({
      weight: ring.weigh({ scalars, word: [] }), order: order++, rules: [a, b],
      difference: () => add(scaledBy(without(scalars, a.lead.scalars) ?? [], a.rest), scale(MINUS_ONE, scaledBy(without(scalars, b.lead.scalars) ?? [], b.rest))),
    });
  };

  /** p*(q*r) = (p*q)*r where the rule's word p*q passes through dimension 1 and q*r is a closed word: the scalar stands beside p. */
  const closing = (a: Rule): void => {
    const u = a.lead.word;
    const at = ring.alphabet.bonds(u).find((b) => b > 0 && b < u.length);
    if (at === undefined) return;
    for (const s of ring.alphabet.scalars) {
      const c = s.closed;
      if (c?.kind !== 'chain') continue;
      for (const w of [c.word, ring.alphabet.turned(c.word).word]) {
        const q = u.slice(at);
        const p = u.slice(0, at);
        if (q.length < w.length && q.every((x, i) => x === w[i])) closed(a, p, w, [...u, ...w.slice(q.length)], (rest) => sandwich([], rest, w.slice(q.length)));
        if (p.length < w.length && p.every((x, i) => x === w[w.length - p.length + i])) closed(a, q, w, [...w.slice(0, w.length - p.length), ...u], (rest) => sandwich(w.slice(0, w.length - p.length), rest, []));
      }
    }
  };
  const closed = (a: Rule, part: readonly number[], w: readonly number[], all: readonly number[], other: (rest: Polynomial) => Polynomial): void => {
    if (all.length > LONGEST) return;
    pairs.push({
      weight: all.length + a.lead.scalars.length, order: order++, rules: [a, a],
      difference: () => {
        const rest = other(a.rest);
        const beside = ring.times(scaledBy(a.lead.scalars, ring.ofWord(rest.shape, part)), ring.ofWord({ rows: ring.alphabet.rowsOf(w, rest.shape.rows), cols: ring.alphabet.colsOf(w, rest.shape.cols) }, w));
        return add(rest, scale(MINUS_ONE, { ...beside, shape: rest.shape }));
      },
    });
  };

  const collect = (): void => {
    for (const r of [...ring.rules]) {
      if (seen.has(r)) continue;
      seen.add(r);
      if (r.lead.word.length === 0) {
        for (const o of seen) if (o.lead.word.length === 0) shared(r, o);
        continue;
      }
      closing(r);
      for (const o of seen) {
        if (o.lead.word.length === 0) continue;
        overlap(r, o);
        if (o !== r) overlap(o, r);
      }
    }
    pairs.sort((a, b) => b.weight - a.weight || b.order - a.order);
  };

  return {
    advance: (count) => {
      for (let k = 0; k < count; k++) {
        collect();
        const next = pairs.pop();
        if (!next) return false;
        const alive = new Set(ring.rules);
        if (!next.rules.every((r) => alive.has(r))) { k--; pairs = pairs.filter((p) => p.rules.every((r) => alive.has(r))); continue; }
        const before = ring.used;
        ring.used = new Set();
        ring.relate(next.difference(), [...next.rules[0].labels, ...next.rules[1].labels]);
        ring.used = before;
      }
      return true;
    },
  };
}
