/** Inverses as letters: inv(M) is a letter s with s*M = I and M*s = I, whatever M is. */
import { isScalar, sameDim } from '../algebra/dim';
import { divQ, MINUS_ONE, ONE, type Rational } from '../algebra/rational';
import type { Letter } from './alphabet';
import { add, isZero, onlyTerm, polynomialKey, scale, Unfit, type Polynomial } from './polynomial';
import { monic, type Ring } from './ring';

export interface Inverses {
  /** @param label what the relations of a new letter are called */
  inverse(S: Polynomial, label: string): Polynomial;
  /** The letter of a letter's inverse, where one is known or `isInvertible` says that there is one. */
  inverseOf(l: Letter): Letter | undefined;
  /** What is the inverse of, where the letter is one. */
  baseOf(l: Letter): Polynomial | undefined;
  markInvertible(id: number, label: string): void;
  /** inv of a monomial whose letters all have inverses. */
  ofWord(word: readonly number[]): Polynomial | undefined;
  scalarInverse(s: Polynomial): Polynomial;
  /** The polynomial that a scalar is one over. */
  denominator(id: number): Polynomial | undefined;
  /** Matrices that stand below an inverse, each with its label. */
  readonly sums: readonly { readonly base: Polynomial; readonly letter: Letter; readonly label: string }[];
}

export function createInverses(ring: Ring): Inverses {
  const { alphabet } = ring;
  const bases = new Map<number, Polynomial>();
  const inverses = new Map<number, number>();
  const marks = new Map<number, string>();
  const below = new Map<number, Polynomial>();
  const sums: { base: Polynomial; letter: Letter; label: string }[] = [];

  const minus = (a: Polynomial, b: Polynomial): Polynomial => add(a, scale(MINUS_ONE, b));

  const join = (s: Letter, S: Polynomial, label: string): void => {
    const i = ring.ofLetter(s.id);
    bases.set(s.id, S);
    bases.set(s.mate, ring.transpose(S));
    const one = ring.identity(S.shape.rows);
    ring.relate(minus(ring.times(i, S), one), [label]);
    ring.relate(minus(ring.times(S, i), one), [label]);
  };

  const markInvertible: Inverses['markInvertible'] = (id, label) => {
    marks.set(id, label);
    const { mate } = alphabet.letter(id);
    if (!marks.has(mate)) marks.set(mate, label);
  };

  /** The letter l^-1, made where it is new. */
  const made = (l: Letter, label: string): Letter => {
    const known = inverses.get(l.id);
    if (known !== undefined) return alphabet.letter(known);
    const base = bases.get(l.id);
    const only = base && onlyTerm(base);
    if (only?.word.length === 1 && only.scalars.length === 0 && only.coefficient.n === only.coefficient.d) return alphabet.letter(only.word[0] as number);
    const symmetry = l.mate !== l.id ? undefined : l.isDiagonal ? 'diagonal' : l.sign < 0 ? 'skew' : 'symmetric';
    const s = alphabet.letterOf(`inverse:${l.key}`, l.shape, symmetry ? { symmetry } : {});
    inverses.set(l.id, s.id);
    inverses.set(l.mate, s.mate);
    join(s, ring.ofLetter(l.id), label);
    return s;
  };

  const inverseOf: Inverses['inverseOf'] = (l) => {
    const mark = marks.get(l.id);
    if (inverses.has(l.id) || mark !== undefined) return made(l, mark ?? '');
    const only = bases.has(l.id) ? onlyTerm(bases.get(l.id) as Polynomial) : undefined;
    return only?.word.length === 1 && only.scalars.length === 0 ? alphabet.letter(only.word[0] as number) : undefined;
  };

  const ofWord: Inverses['ofWord'] = (word) => {
    const out = [...word].reverse().map((x) => inverseOf(alphabet.letter(x)));
    return out.every((l) => l !== undefined) ? ring.times(...out.map((l) => ring.ofLetter(l.id))) : undefined;
  };

  const scalarInverse: Inverses['scalarInverse'] = (given) => {
    const p = ring.normal(given);
    if (isZero(p)) throw new Unfit('division by 0');
    const only = onlyTerm(p);
    if (only) {
      return ring.times(ring.number(divQ(ONE, only.coefficient)), ...only.scalars.map((id) => {
        const base = below.get(id);
        return base ?? oneOver(ring.ofScalar(alphabet.scalar(id)));
      }));
    }
    const unit = monic(p);
    const [first] = p.terms;
    const by: Rational = first ? divQ([...unit.terms.values()][0]?.coefficient ?? ONE, first[1].coefficient) : ONE;
    return ring.times(ring.number(by), oneOver(unit));
  };
  const oneOver = (p: Polynomial): Polynomial => {
    const s = alphabet.scalarOf(`over:${polynomialKey(p)}`);
    const made = ring.ofScalar(s);
    if (!below.has(s.id)) {
      below.set(s.id, p);
      ring.relate(minus(ring.times(made, p), ring.number(ONE)), []);
    }
    return made;
  };

  const inverse: Inverses['inverse'] = (given, label) => {
    if (isScalar(given.shape)) return scalarInverse(given);
    if (!sameDim(given.shape.rows, given.shape.cols)) throw new Unfit('the inverse of a matrix that is not square');
    const S = ring.normal(given);
    if (isZero(S)) throw new Unfit('the inverse of 0');
    const only = onlyTerm(S);
    if (only && only.word.every((x) => sameDim(alphabet.letter(x).shape.rows, alphabet.letter(x).shape.cols))) {
      const scalars = only.scalars.map((id) => scalarInverse(ring.ofScalar(alphabet.scalar(id))));
      const letters = [...only.word].reverse().map((x) => ring.ofLetter(made(alphabet.letter(x), label).id));
      return ring.times(ring.number(divQ(ONE, only.coefficient)), ...scalars, ring.identity(S.shape.rows), ...letters);
    }
    const unit = monic(S);
    const by = divQ([...unit.terms.values()][0]?.coefficient ?? ONE, [...S.terms.values()][0]?.coefficient ?? ONE);
    const turned = ring.normal(ring.transpose(unit));
    const [own, other] = [polynomialKey(unit), polynomialKey(monic(turned))];
    const sign = own === other ? (polynomialKey(turned) === own ? 1 : -1) : 0;
    const known = alphabet.knownLetter(`inverse:${own}`);
    const mirrored = !known && sign === 0 ? alphabet.knownLetter(`inverse:${other}`) : undefined;
    if (mirrored) return ring.times(ring.number(by), ring.number(divQ(ONE, quotient(turned, monic(turned)))), ring.ofLetter(mirrored.mate));
    const s = known ?? alphabet.letterOf(`inverse:${own}`, S.shape, sign === 0 ? {} : { symmetry: sign > 0 ? 'symmetric' : 'skew' });
    if (!known) {
      sums.push({ base: unit, letter: s, label });
      join(s, unit, label);
    }
    return ring.times(ring.number(by), ring.ofLetter(s.id));
  };
  /** c where a = c*b. */
  const quotient = (a: Polynomial, b: Polynomial): Rational => {
    const [first] = a.terms;
    return first ? divQ(first[1].coefficient, b.terms.get(first[0])?.coefficient ?? ONE) : ONE;
  };

  return { inverse, inverseOf, baseOf: (l) => bases.get(l.id), markInvertible, ofWord, scalarInverse, denominator: (id) => below.get(id), sums };
}
