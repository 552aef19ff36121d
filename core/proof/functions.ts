/**
 * The field in which entries of elementwise expressions are compared: quotients of polynomials in entries of arrays, exponentials
 * exp(u), logarithms log|p|, roots |p|^(1/12) and sums over an index. With sin(u) = (exp(iu) - exp(-iu))/(2i) and its like, what is
 * left to know is that exp(u + v) = exp(u)*exp(v): exponentials of linearly independent arguments are algebraically independent
 * (Ax, On Schanuel's conjectures, 1971), so that a difference is 0 just where all its terms cancel.
 */
import { compareQ, divQ, isOneQ, MINUS_ONE, mulQ, negQ, ONE, rational, ZERO, type Rational } from '../algebra/rational';
import { constant, contentOf, divided, exactly, laurent, leading, lettersOf, monomial, onlyTermOf, plus, raised, scaled, times, timesMonomial, type Laurent, type Powers, type Term } from './commutative';
import { Unfit } from './polynomial';
import { primeFactors } from './primes';
import { PI_KEY, type Functions, type Index, type Letter, type Value } from './values';

/** Exponents of exponentials and roots count in twelfths, so that roots of them are powers too; zeta is exp(i*pi/12). */
const PARTS = 12;
const QUARTER = 6;

export function createFunctions(): Functions {
  const used = new Set<string>();
  const letters: Letter[] = [{ kind: 'zeta' }];
  const entries = new Map<string, number>();
  const factors: Laurent[] = [];
  /** What is at least 0 wherever both sides of the claim have values: below roots and logarithms. */
  const nonnegative: Value[] = [];
  const NONE: ReadonlyMap<number, number> = new Map();

  const of = (num: Laurent, den = NONE): Value => ({ num, den });
  const number = (c: Rational): Value => of(constant(c));
  const ofLetter = (x: number, e = 1): Value => of(monomial(e === 0 ? [] : [[x, e]]));
  const isZero = (a: Value): boolean => a.num.size === 0;
  const factor = (k: number): Laurent => factors[k] as Laurent;
  const letter = (x: number): Letter => letters[x] as Letter;
  const add2 = (a: Value, b: Value): Value => {
    const den = new Map(a.den);
    for (const [k, e] of b.den) den.set(k, Math.max(den.get(k) ?? 0, e));
    const over = (v: Value): Laurent => [...den].reduce((n, [k, e]) => times(n, powerOf(factor(k), e - (v.den.get(k) ?? 0))), v.num);
    return reduced(cancelled(of(plus(over(a), over(b)), den)));
  };
  const add: Functions['add'] = (...all) => all.reduce(add2, number(ZERO));
  const scale: Functions['scale'] = (by, a) => of(scaled(by, a.num), a.den);
  const sub = (a: Value, b: Value): Value => add2(a, scale(MINUS_ONE, b));
  const mul2 = (a: Value, b: Value): Value => {
    const den = new Map(a.den);
    for (const [k, e] of b.den) den.set(k, (den.get(k) ?? 0) + e);
    return reduced(cancelled(of(times(a.num, b.num), den)));
  };
  const mul: Functions['mul'] = (...all) => all.reduce(mul2, number(ONE));
  const powerOf = (a: Laurent, n: number): Laurent => Array.from({ length: n }, () => a).reduce(times, constant(ONE));

  function cancelled(a: Value): Value {
    if (a.den.size === 0) return a;
    if (a.num.size === 0) return of(a.num);
    let { num } = a;
    const den = new Map(a.den);
    for (const [k, e] of a.den) {
      let left = e;
      for (let q = left > 0 ? exactly(num, factor(k)) : undefined; q; q = left > 0 ? exactly(num, factor(k)) : undefined) { num = q; left--; }
      if (left === 0) den.delete(k); else den.set(k, left);
    }
    return of(num, den);
  }

  /** zeta^8 = zeta^4 - 1, |p|^2 = p^2, and |p| = p where p is at least 0. */
  function reduced(a: Value): Value {
    const isPlain = (t: Term): boolean => t.m.every(([x, e]) => {
      const l = letter(x);
      return l.kind === 'zeta' ? e > 0 && e < 8 : l.kind !== 'root' || (e > 0 && e < periodOf(l.of));
    });
    const open = [...a.num.values()].filter((t) => !isPlain(t));
    if (open.length === 0) return a;
    const plain = of(laurent([...a.num.values()].filter(isPlain)), a.den);
    return open.map((t) => t.m.map(([x, e]) => oneLetter(x, e)).reduce(mul2, of(constant(t.c), a.den))).reduce(add2, plain);
  }
  function oneLetter(x: number, e: number): Value {
    const l = letter(x);
    if (l.kind === 'zeta') {
      const turn = ((e % 24) + 24) % 24;
      const [half, sign] = turn >= PARTS ? [turn - PARTS, MINUS_ONE] : [turn, ONE];
      return of(half < 8 ? monomial(half === 0 ? [] : [[0, half]], sign) : laurent([{ c: sign, m: [[0, half - 4]] }, { c: negQ(sign), m: half === 8 ? [] : [[0, half - 8]] }]));
    }
    if (l.kind !== 'root') return ofLetter(x, e);
    const period = periodOf(l.of);
    const rest = ((e % period) + period) % period;
    const whole = ((e - rest) / period) * (period / PARTS);
    return mul2(integerPower(l.of, whole), ofLetter(x, rest));
  }
  const periodOf = (p: Value): number => (isNonnegative(p) ? PARTS : 2 * PARTS);

  const integerPower = (a: Value, n: number): Value => {
    if (n < 0) return integerPower(inverse(a), -n);
    if (n > 24) throw new Unfit('a high power');
    return Array.from({ length: n }, () => a).reduce(mul2, number(ONE));
  };

  /** A nonzero polynomial as its content, a number, and factors: those that are known, and what is left as a new one. */
  function factored(given: Laurent): { readonly c: Rational; readonly m: Powers; readonly by: ReadonlyMap<number, number> } {
    const m = contentOf(given);
    let rest = timesMonomial(given, raised(m, -1));
    const by = new Map<number, number>();
    for (const [k, f] of factors.entries())
      for (let q = exactly(rest, f); q; q = exactly(rest, f)) { rest = q; by.set(k, (by.get(k) ?? 0) + 1); }
    const only = onlyTermOf(rest);
    const lead = leading(rest);
    if (only?.m.length === 0) return { c: only.c, m, by };
    factors.push(scaled(divQ(ONE, lead.c), rest));
    by.set(factors.length - 1, 1);
    return { c: lead.c, m, by };
  }

  const inverse: Functions['inverse'] = (a) => {
    if (isZero(a)) throw new Unfit('division by 0');
    const { c, m, by } = factored(a.num);
    const above = [...a.den].reduce((n, [k, e]) => times(n, powerOf(factor(k), e)), monomial(raised(m, -1), divQ(ONE, c)));
    return reduced(cancelled(of(above, by)));
  };

  /** What a function is of, found again where it is the same: letters of one kind are few. */
  function letterOf(l: Exclude<Letter, { kind: 'zeta' | 'entry' }>, isSame: (other: Letter) => boolean): number {
    const old = letters.findIndex((o) => o.kind === l.kind && isSame(o));
    if (old >= 0) return old;
    letters.push(l);
    return letters.length - 1;
  }
  const equal = (a: Value, b: Value): boolean => isZero(sub(a, b));

  const entry: Functions['entry'] = (key, at, isNonnegative_ = false) => {
    const full = `${key}@${at.r},${at.c}`;
    const old = entries.get(full);
    if (old !== undefined) return ofLetter(old);
    letters.push({ kind: 'entry', key, at, isNonnegative: isNonnegative_ });
    entries.set(full, letters.length - 1);
    return ofLetter(letters.length - 1);
  };

  /** Whether its value alone need not be real. */
  const isComplexLetter = (x: number): boolean => {
    const l = letter(x);
    return l.kind === 'zeta' || (l.kind === 'exp' && (l.isImaginary || isComplex(l.of))) || (l.kind === 'sum' && isComplex(l.of));
  };
  const isComplex = (a: Value): boolean => {
    const within = (num: Laurent): boolean => [...lettersOf(num)].some(isComplexLetter);
    return within(a.num) || [...a.den.keys()].some((k) => within(factor(k)));
  };

  function isNonnegativeLetter(x: number): boolean {
    const l = letter(x);
    switch (l.kind) {
      case 'entry': return l.isNonnegative || nonnegative.some((p) => p.den.size === 0 && onlyTermOf(p.num)?.m.length === 1 && onlyTermOf(p.num)?.m[0]?.[0] === x && onlyTermOf(p.num)?.m[0]?.[1] === 1);
      case 'exp': return !isComplexLetter(x);
      case 'root': return true;
      case 'sum': return isNonnegative(l.of);
      default: return false;
    }
  }
  const isSumOfNonnegative = (num: Laurent): boolean => [...num.values()].every((t) => compareQ(t.c, ZERO) > 0 && t.m.every(([x, e]) => e % 2 === 0 ? !isComplexLetter(x) : isNonnegativeLetter(x)));
  function isNonnegative(p: Value): boolean {
    if (isSumOfNonnegative(p.num) && [...p.den].every(([k, e]) => e % 2 === 0 ? !isComplex(of(factor(k))) : isSumOfNonnegative(factor(k)))) return true;
    return nonnegative.some((q) => q.num.size === p.num.size && q.den.size === p.den.size && isZero(of(plus(p.num, scaled(MINUS_ONE, q.num)))) && [...p.den].every(([k, e]) => q.den.get(k) === e));
  }

  /** c*Π p^e with real p; what holds complex letters is one p. */
  function primes(a: Value): { readonly c: Rational; readonly parts: readonly (readonly [p: Value, letter: number | undefined, e: number])[] } {
    if (isZero(a)) throw new Unfit('a root or a logarithm of 0');
    if (isComplex(a)) {
      const only = onlyTermOf(a.num);
      if (only && a.den.size === 0 && only.m.length === 0) return { c: only.c, parts: [] };
      return { c: ONE, parts: [[a, undefined, 1]] };
    }
    const { c, m, by } = factored(a.num);
    const all = new Map(by);
    for (const [k, e] of a.den) all.set(k, (all.get(k) ?? 0) - e);
    return { c, parts: [...m.map(([x, e]) => [ofLetter(x), x, e] as const), ...[...all].filter(([, e]) => e !== 0).map(([k, e]) => [of(factor(k)), undefined, e] as const)] };
  }

  /** The claim has values only where a is at least 0: so is the only part of it that might not be. */
  function atLeast0(a: Value): void {
    const { c, parts } = primes(a);
    const open = parts.filter(([p, , e]) => e % 2 !== 0 && !isNonnegative(p));
    const [only] = open;
    if (only && open.length === 1 && compareQ(c, ZERO) > 0) nonnegative.push(only[0]);
    // Then there is no point at which both sides have values, of which nothing should be said.
    if (!only && compareQ(c, ZERO) < 0) throw new Unfit('a root or a logarithm of what is below 0');
  }

  const rootOf = (p: Value): number => letterOf({ kind: 'root', of: p }, (o) => o.kind === 'root' && equal(o.of, p));
  /** |a|^(twelfths/12) */
  function absolutePower(a: Value, twelfths: number): Value {
    const { c, parts } = primes(a);
    const size = compareQ(c, ZERO) < 0 ? negQ(c) : c;
    const numbers = primesOf(size).map(([p, e]) => oneLetter(rootOf(number(rational(p))), e * twelfths));
    return mul(...numbers, ...parts.map(([p, x, e]) => {
      const l = x === undefined ? undefined : letter(x);
      // An exponential and a root are at least 0, and count in twelfths already.
      if (x !== undefined && (l?.kind === 'exp' || l?.kind === 'root')) {
        const whole = (e * twelfths) / PARTS;
        if (!Number.isInteger(whole)) throw new Unfit('a root of a root');
        return oneLetter(x, whole);
      }
      return isNonnegative(p) && (e * twelfths) % PARTS === 0 ? integerPower(p, (e * twelfths) / PARTS) : oneLetter(rootOf(p), e * twelfths);
    }));
  }

  const power: Functions['power'] = (a, q) => {
    if (q.d === 1n) return integerPower(a, Number(q.n));
    const twelfths = Number(q.n * BigInt(PARTS)) / Number(q.d);
    if (!Number.isInteger(twelfths)) throw new Unfit('a root of an unusual order');
    if (isZero(a)) return a;
    atLeast0(a);
    used.add('x.^p .* x.^q = x.^(p + q)');
    return absolutePower(a, twelfths);
  };
  const abs: Functions['abs'] = (a) => {
    if (isZero(a)) return a;
    used.add('abs(x).^2 = x.^2');
    return absolutePower(a, PARTS);
  };

  const logOfNumber = (c: Rational): Value => {
    return add(...primesOf(c).map(([p, e]) => scale(rational(e), logOf(number(rational(p)), undefined))));
  };
  const primesOf = (c: Rational): readonly (readonly [bigint, number])[] => [...primeFactors(c.n), ...primeFactors(c.d).map(([p, e]) => [p, -e] as const)];
  const log: Functions['log'] = (a) => {
    atLeast0(a);
    const { c, parts } = primes(a);
    if (parts.length + (isOneQ(c) ? 0 : 1) > 1) used.add('log(x .* y) = log(x) + log(y)');
    return add(logOfNumber(compareQ(c, ZERO) < 0 ? negQ(c) : c), ...parts.map(([p, x, e]) => scale(rational(e), logOf(p, x))));
  };
  function logOf(p: Value, x: number | undefined): Value {
    const l = x === undefined ? undefined : letter(x);
    if (l?.kind === 'exp') {
      used.add('log(exp(x)) = x');
      return scale(rational(1, PARTS), l.of);
    }
    if (l?.kind === 'root') return scale(rational(1, PARTS), log(l.of));
    return ofLetter(letterOf({ kind: 'log', of: p }, (o) => o.kind === 'log' && equal(o.of, p)));
  }

  /** exp(c*b), or exp(i*c*b). */
  function expOf(b: Value, c: Rational, isImaginary: boolean): Value {
    const twelfths = mulQ(c, rational(PARTS));
    const base = twelfths.d === 1n ? b : scale(rational(1, twelfths.d), b);
    const x = letterOf({ kind: 'exp', of: base, isImaginary }, (o) => o.kind === 'exp' && o.isImaginary === isImaginary && equal(o.of, base));
    return ofLetter(x, Number(twelfths.n));
  }
  const exp: Functions['exp'] = (a) => {
    if (isZero(a)) return number(ONE);
    const terms = [...a.num.values()];
    if (terms.length > 1) used.add('exp(x + y) = exp(x) .* exp(y)');
    if (a.den.size > 0) {
      const [real, imaginary] = [terms.filter((t) => zetaIn(t) === 0), terms.filter((t) => zetaIn(t) === QUARTER)];
      if (real.length + imaginary.length < terms.length) throw new Unfit('an exponential of a root of 1');
      return mul(...[[real, false] as const, [imaginary, true] as const].filter(([ts]) => ts.length > 0).map(([ts, isImaginary]) => {
        const lead = leading(laurent(ts));
        return expOf(of(laurent(ts.map((t) => ({ c: divQ(t.c, lead.c), m: t.m.filter(([x]) => x !== 0) }))), a.den), lead.c, isImaginary);
      }));
    }
    return mul(...terms.map((t) => {
      const turn = zetaIn(t);
      if (turn !== 0 && turn !== QUARTER) throw new Unfit('an exponential of a root of 1');
      const m = t.m.filter(([x]) => x !== 0);
      const [first] = m;
      const l = m.length === 1 && first?.[1] === 1 ? letter(first[0]) : undefined;
      if (turn === QUARTER && l?.kind === 'entry' && l.key === PI_KEY) {
        const twelfths = mulQ(t.c, rational(PARTS));
        if (twelfths.d === 1n) { used.add('exp(i*pi) = -1'); return oneLetter(0, Number(twelfths.n % 24n)); }
      }
      if (turn === 0 && l?.kind === 'log') {
        const twelfths = mulQ(t.c, rational(PARTS));
        used.add('exp(log(x)) = x');
        if (twelfths.d === 1n) return absolutePower(l.of, Number(twelfths.n));
      }
      return expOf(of(monomial(m)), t.c, turn === QUARTER);
    }));
  };
  const zetaIn = (t: Term): number => (t.m[0]?.[0] === 0 ? t.m[0][1] : 0);
  const I: Value = of(monomial([[0, QUARTER]]));
  const sin: Functions['sin'] = (a) => {
    used.add('sin(x) = (exp(i*x) - exp(-i*x)) / (2*i)');
    const z = exp(mul(I, a));
    return mul(sub(z, inverse(z)), scale(rational(-1, 2), I));
  };
  const cos: Functions['cos'] = (a) => {
    used.add('cos(x) = (exp(i*x) + exp(-i*x)) / 2');
    const z = exp(mul(I, a));
    return scale(rational(1, 2), add(z, inverse(z)));
  };
  const call: Functions['call'] = (name, a) => ofLetter(letterOf({ kind: 'function', name, of: a }, (o) => o.kind === 'function' && o.name === name && equal(o.of, a)));

  const hangsOn = (x: number, index: Index): boolean => {
    const l = letter(x);
    switch (l.kind) {
      case 'zeta': return false;
      case 'entry': return l.at.r === index || l.at.c === index;
      case 'sum': return !l.over.some(([o]) => o === index) && valueHangsOn(l.of, index);
      default: return valueHangsOn(l.of, index);
    }
  };
  const valueHangsOn = (a: Value, index: Index): boolean => [...lettersOf(a.num)].some((x) => hangsOn(x, index)) || [...a.den.keys()].some((k) => [...lettersOf(factor(k))].some((x) => hangsOn(x, index)));

  /** The same with rows for columns. */
  function flipped(a: Value): Value {
    const other = (i: Index | ''): Index | '' => (i === 'i' ? 'j' : i === 'j' ? 'i' : i);
    const flip = (x: number, e: number): Value => {
      const l = letter(x);
      switch (l.kind) {
        case 'zeta': return ofLetter(x, e);
        case 'entry': return integerPower(entry(l.key, { r: other(l.at.r), c: other(l.at.c) }, l.isNonnegative), e);
        case 'sum': return integerPower(sumLetter(flipped(l.of), l.over.map(([i, n]) => [other(i) as Index, n] as const)), e);
        case 'exp': case 'root': { const of_ = flipped(l.of); return oneLetter(letterOf({ ...l, of: of_ }, (o) => o.kind === l.kind && equal(o.of, of_) && (o.kind !== 'exp' || l.kind !== 'exp' || o.isImaginary === l.isImaginary)), e); }
        case 'log': return integerPower(logOf(flipped(l.of), undefined), e);
        case 'function': return integerPower(call(l.name, flipped(l.of)), e);
      }
    };
    const poly = (num: Laurent): Value => add(...[...num.values()].map((t) => mul(number(t.c), ...t.m.map(([x, e]) => flip(x, e)))));
    return mul(poly(a.num), ...[...a.den].map(([k, e]) => integerPower(poly(factor(k)), -e)));
  }

  function sumLetter(a: Value, over: readonly (readonly [Index, string])[]): Value {
    const overKey = (o: readonly (readonly [Index, string])[]): string => o.map((x) => x.join()).sort().join(';');
    const key = overKey(over);
    const free = (['i', 'j'] as const).some((i) => !over.some(([o]) => o === i) && valueHangsOn(a, i));
    const same = letters.findIndex((l) => l.kind === 'sum' && overKey(l.over) === key && equal(l.of, a));
    if (same >= 0) return ofLetter(same);
    // A sum over everything has no rows or columns left: its index may bear either name.
    if (!free) {
      const turned = flipped(a);
      const swapped = overKey(over.map(([i, n]) => [i === 'i' ? 'j' : 'i', n] as const));
      const other = letters.findIndex((l) => l.kind === 'sum' && overKey(l.over) === swapped && equal(l.of, turned));
      if (other >= 0) return ofLetter(other);
    }
    letters.push({ kind: 'sum', of: a, over });
    return ofLetter(letters.length - 1);
  }

  const sum: Functions['sum'] = (a, index, size, sizeKey) => {
    if (isZero(a)) return a;
    used.add('sum(c*x + y) = c*sum(x) + sum(y)');
    const bound = new Map<number, number>();
    const free = new Map<number, number>();
    for (const [k, e] of a.den) ([...lettersOf(factor(k))].some((x) => hangsOn(x, index)) ? bound : free).set(k, e);
    const below = [...bound].reduce((n, [k, e]) => times(n, powerOf(factor(k), e)), constant(ONE));
    const parts = bound.size === 0 ? { quotient: a.num, rest: laurent([]) } : divided(a.num, below) ?? { quotient: laurent([]), rest: a.num };
    const each = (num: Laurent, den: ReadonlyMap<number, number>): Value => {
      const groups = new Map<string, { readonly m: Powers; readonly rest: Term[] }>();
      for (const t of num.values()) {
        const m = t.m.filter(([x]) => hangsOn(x, index));
        const group = groups.get(m.join(';')) ?? { m, rest: [] };
        groups.set(m.join(';'), group);
        group.rest.push({ c: t.c, m: t.m.filter(([x]) => !hangsOn(x, index)) });
      }
      return add(...[...groups.values()].map(({ m, rest }) => mul(of(laurent(rest)), summed(m, den))));
    };
    const summed = (m: Powers, den: ReadonlyMap<number, number>): Value => {
      if (m.length === 0 && den.size === 0) return size;
      // A sum of sums is one sum over both, with what stands beside the inner one.
      const at = den.size === 0 ? m.findIndex(([x, e]) => { const l = letter(x); return e === 1 && l.kind === 'sum' && !l.over.some(([i]) => i === index); }) : -1;
      const inner = at < 0 ? undefined : letter(m[at]?.[0] ?? 0);
      const beside = m.filter((_, k) => k !== at);
      if (inner?.kind === 'sum' && !beside.some(([x]) => inner.over.some(([i]) => hangsOn(x, i)))) return sumLetter(mul(inner.of, of(monomial(beside))), [...inner.over, [index, sizeKey]]);
      return sumLetter(of(monomial(m), den), [[index, sizeKey]]);
    };
    return mul(add(each(parts.quotient, NONE), each(parts.rest, bound)), of(constant(ONE), free));
  };

  return { used, number, entry, add, mul, scale, inverse, power, exp, sin, cos, log, abs, call, sum, isZero: (a) => isZero(reduced(a)) };
}
