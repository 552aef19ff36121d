/** Polynomials with rational coefficients in letters that commute, with exponents of either sign (Laurent polynomials): what entries of elementwise expressions are made of. */
import { addQ, divQ, isZeroQ, mulQ, negQ, ONE, type Rational } from '../algebra/rational';
import { Unfit } from './polynomial';

/** Letters with their exponents, which are not 0, by the letters' numbers. */
export type Powers = readonly (readonly [letter: number, exponent: number])[];
export interface Term { readonly c: Rational; readonly m: Powers }
export type Laurent = ReadonlyMap<string, Term>;

const MOST_TERMS = 1200;

const keyOf = (m: Powers): string => m.join(';');
export function laurent(terms: Iterable<Term>): Laurent {
  const made = new Map<string, Term>();
  for (const t of terms) {
    const key = keyOf(t.m);
    const old = made.get(key);
    const c = old ? addQ(old.c, t.c) : t.c;
    if (isZeroQ(c)) made.delete(key);
    else made.set(key, { c, m: t.m });
  }
  if (made.size > MOST_TERMS) throw new Unfit('too many terms');
  return made;
}
export const constant = (c: Rational): Laurent => laurent([{ c, m: [] }]);
export const monomial = (m: Powers, c: Rational = ONE): Laurent => laurent([{ c, m }]);
export const plus = (a: Laurent, b: Laurent): Laurent => laurent([...a.values(), ...b.values()]);
export const scaled = (by: Rational, a: Laurent): Laurent => laurent([...a.values()].map((t) => ({ c: mulQ(by, t.c), m: t.m })));
export const minus = (a: Laurent, b: Laurent): Laurent => plus(a, scaled(negQ(ONE), b));

export function joined(a: Powers, b: Powers): Powers {
  if (a.length === 0) return b;
  if (b.length === 0) return a;
  const exponents = new Map(a);
  for (const [x, e] of b) exponents.set(x, (exponents.get(x) ?? 0) + e);
  return [...exponents].filter(([, e]) => e !== 0).sort(([x], [y]) => x - y);
}
export const raised = (m: Powers, n: number): Powers => (n === 0 ? [] : m.map(([x, e]) => [x, e * n] as const));

export function times(a: Laurent, b: Laurent): Laurent {
  if (a.size * b.size > 4 * MOST_TERMS) throw new Unfit('too many products');
  return laurent([...a.values()].flatMap((x) => [...b.values()].map((y) => ({ c: mulQ(x.c, y.c), m: joined(x.m, y.m) }))));
}
export const timesMonomial = (a: Laurent, m: Powers): Laurent => (m.length === 0 ? a : laurent([...a.values()].map((t) => ({ c: t.c, m: joined(t.m, m) }))));
export const lettersOf = (a: Laurent): ReadonlySet<number> => new Set([...a.values()].flatMap((t) => t.m.map(([x]) => x)));
export const onlyTermOf = (a: Laurent): Term | undefined => (a.size === 1 ? [...a.values()][0] : undefined);

/** The least exponent of each letter: divided by them, it is a polynomial that no letter divides. */
export function contentOf(a: Laurent): Powers {
  const least = new Map<number, number>();
  const all = [...a.values()].map((t) => new Map(t.m));
  for (const x of lettersOf(a)) least.set(x, Math.min(...all.map((m) => m.get(x) ?? 0)));
  return [...least].filter(([, e]) => e !== 0).sort(([x], [y]) => x - y);
}

/** By the last letters' exponents. */
function compare(a: Powers, b: Powers): number {
  let [i, j] = [a.length - 1, b.length - 1];
  for (; i >= 0 || j >= 0; i--, j--) {
    const [x, e] = a[i] ?? [-1, 0];
    const [y, f] = b[j] ?? [-1, 0];
    if (x !== y) return x > y ? Math.sign(e) : -Math.sign(f);
    if (e !== f) return e - f;
  }
  return 0;
}
export const leading = (a: Laurent): Term => [...a.values()].reduce((s, t) => (compare(t.m, s.m) > 0 ? t : s));

/** a = quotient*d + rest by the leading term of d; `isExact` stops at the first term that it does not divide. */
export function divided(a: Laurent, d: Laurent, isExact = false): { readonly quotient: Laurent; readonly rest: Laurent } | undefined {
  const lead = leading(d);
  const quotient: Term[] = [];
  const rest: Term[] = [];
  let open = a;
  for (let step = 0; open.size > 0; step++) {
    if (step > MOST_TERMS) throw new Unfit('a long division');
    const top = leading(open);
    const m = joined(top.m, raised(lead.m, -1));
    if (m.every(([x, e]) => e > 0 || !lead.m.some(([y]) => y === x))) {
      const c = divQ(top.c, lead.c);
      quotient.push({ c, m });
      open = minus(open, timesMonomial(scaled(c, d), m));
    } else if (isExact) return undefined;
    else {
      rest.push(top);
      open = minus(open, laurent([top]));
    }
  }
  return { quotient: laurent(quotient), rest: laurent(rest) };
}

/** a/d where that is one; d's content is 1. */
export function exactly(a: Laurent, d: Laurent): Laurent | undefined {
  const content = contentOf(a);
  const made = divided(timesMonomial(a, raised(content, -1)), d, true);
  return made && timesMonomial(made.quotient, content);
}
