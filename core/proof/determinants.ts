/** Determinants as products of canonical parts, by det(A*B) = det(A)*det(B) and det(I + A*B) = det(I + B*A) (Sylvester 1851). */
import { D1, isOne, sameDim, SCALAR, type Dim } from '../algebra/dim';
import { isOneQ, keyQ, ONE, divQ, MINUS_ONE } from '../algebra/rational';
import type { Letter } from './alphabet';
import { isSquareWord } from './alphabet';
import type { Inverses } from './inverses';
import { add, isZero, onlyTerm, polynomial, polynomialKey, scale, type Path, type Polynomial, type Summand } from './polynomial';
import type { Ring } from './ring';

/** A determinant is the product of its parts. */
export interface Part { readonly value: Polynomial; readonly power: 1 | -1 }

export interface Sources {
  readonly ring: Ring;
  readonly inverses: Inverses;
  /** s^n for a scalar and a size. */
  power(s: Polynomial, n: Dim): Polynomial;
}

export const SYLVESTER = 'det(I + A*B) = det(I + B*A)';
export const MULTIPLICATIVE = 'det(A*B) = det(A)*det(B)';

export function determinant(from: Sources, given: Polynomial): readonly Part[] {
  const { ring, inverses } = from;
  const S = ring.normal(given);
  const n = S.shape.rows;
  if (isOne(n)) return [{ value: S, power: 1 }];
  if (isZero(S)) return [{ value: ring.number({ n: 0n, d: 1n }), power: 1 }];
  const only = onlyTerm(S);
  if (only) {
    if (!isSquareWord(ring.alphabet, only.word)) return [...scaleOf(from, only, n), opaque(ring, { ...S, terms: new Map([['', { ...only, coefficient: ONE, scalars: [] }]]) })];
    if (only.word.length > 1) ring.used.add(MULTIPLICATIVE);
    return [...scaleOf(from, only, n), ...withoutRotations(ring, only.word).flatMap((x) => ofLetter(from, ring.alphabet.letter(x)))];
  }
  const terms = [...S.terms.values()];
  const base = terms.find((t) => t.word.length === 0) ?? terms.filter((t) => isSquareWord(ring.alphabet, t.word) && inverses.ofWord(t.word)).sort((a, b) => a.word.length - b.word.length || (a.word[0] ?? 0) - (b.word[0] ?? 0))[0];
  if (!base) return [opaque(ring, S)];
  const M = polynomial(S.shape, [base]);
  const inverse = ring.times(ring.number(divQ(ONE, base.coefficient)), ...base.scalars.map((id) => inverses.scalarInverse(ring.ofScalar(ring.alphabet.scalar(id)))), ring.identity(n), ...(base.word.length > 0 ? [inverses.ofWord(base.word) as Polynomial] : []));
  const rest = ring.normal(ring.times(inverse, polynomial(S.shape, terms.filter((t) => t !== base))));
  const outer = base.word.length === 0 && base.scalars.length === 0 && isOneQ(base.coefficient) ? [] : determinant(from, M);
  return [...outer, ...update(from, rest, n)];
}

/** (c*s)^n in front of what has n rows. */
function scaleOf({ ring, power }: Sources, t: Summand, n: Dim): readonly Part[] {
  const s = polynomial({ rows: D1, cols: D1 }, [{ coefficient: t.coefficient, scalars: t.scalars, word: [] }]);
  return polynomialKey(s) === polynomialKey(ring.number(ONE)) ? [] : [{ value: power(s, n), power: 1 }];
}

/** det(Q)*det(Q') = 1 where Q'*Q = I. */
function withoutRotations(ring: Ring, word: readonly number[]): readonly number[] {
  const rest = [...word];
  for (const x of word) {
    const { mate } = ring.alphabet.letter(x);
    if (mate === x || !rest.includes(x) || !rest.includes(mate) || !isRotation(ring, ring.alphabet.letter(x))) continue;
    rest.splice(rest.indexOf(x), 1);
    rest.splice(rest.indexOf(mate), 1);
  }
  return rest;
}

function isRotation(ring: Ring, l: Letter): boolean {
  const both = ring.normal(ring.times(ring.ofLetter(l.mate), ring.ofLetter(l.id)));
  return polynomialKey(both) === polynomialKey(ring.identity(both.shape.rows));
}

function ofLetter(from: Sources, l: Letter): readonly Part[] {
  const { ring, inverses } = from;
  const [A, B] = l.parts;
  if (l.maker === 'kron' && A && B && sameDim(A.shape.rows, A.shape.cols) && sameDim(B.shape.rows, B.shape.cols)) {
    const raised = (p: Path, size: Dim): readonly Part[] => determinant(from, ring.ofWord(p.shape, p.word)).map((x) => ({ value: from.power(x.value, size), power: x.power }));
    ring.used.add('det(A ⊗ B) = det(A)^n*det(B)^m');
    return [...(A.word.length > 0 ? raised(A, B.shape.rows) : []), ...(B.word.length > 0 ? raised(B, A.shape.rows) : [])];
  }
  const base = inverses.baseOf(l);
  if (base) return determinant(from, base).map((p) => ({ value: p.value, power: p.power === 1 ? -1 : 1 }));
  const id = Math.min(l.id, l.mate);
  const made = ring.ofScalar(ring.alphabet.scalarOf(`det:letter:${id}`));
  if (isRotation(ring, l)) ring.relate(add(ring.times(made, made), scale(MINUS_ONE, ring.number(ONE))), ['det(Q)^2 = 1 for orthogonal Q']);
  // det(A') = det(A), and det(-A) for a skew one of odd size is 0, which n alone decides: no sign is taken out here.
  return [{ value: made, power: 1 }];
}

const opaque = (ring: Ring, S: Polynomial): Part => {
  const [a, b] = [polynomialKey(polynomial(S.shape, S.terms.values())), polynomialKey(ring.normal(ring.transpose(S)))];
  return { value: ring.ofScalar(ring.alphabet.scalarOf(`det:${a < b ? a : b}`)), power: 1 };
};

/** det(I + R). */
function update(from: Sources, R: Polynomial, n: Dim): readonly Part[] {
  const { ring, inverses } = from;
  const only = onlyTerm(R);
  const I = ring.identity(n);
  if (!only) {
    const few = throughColumns(ring, R);
    if (few) {
      ring.used.add(SYLVESTER);
      return [{ value: few, power: 1 }];
    }
    const small = throughFactor(ring, R);
    if (!small) return isZero(R) ? [] : [opaque(ring, ring.normal(add(I, R)))];
    ring.used.add(SYLVESTER);
    return isOne(small.shape.rows) ? [{ value: ring.normal(add(ring.number(ONE), small)), power: 1 }] : [opaque(ring, ring.normal(add(ring.identity(small.shape.rows), small)))];
  }
  ring.used.add(SYLVESTER);
  const open = ring.alphabet.bonds(only.word).find((b) => b > 0 && b < only.word.length);
  const by = polynomial({ rows: D1, cols: D1 }, [{ coefficient: only.coefficient, scalars: only.scalars, word: [] }]);
  if (open !== undefined) return [{ value: ring.normal(add(ring.number(ONE), ring.times(by, ring.ofWord({ rows: D1, cols: D1 }, [...only.word.slice(open), ...only.word.slice(0, open)])))), power: 1 }];
  const turned = inverses.ofWord(only.word);
  const back = turned && onlyTerm(ring.normal(turned));
  const own = ringOf(ring, only, n);
  if (!turned || !back) return [own];
  // det(I + c*W) = c^n det(W) det(I + inv(c*W)): of the two the one whose word comes first.
  const over = inverses.scalarInverse(by);
  const inverted = onlyTerm(ring.normal(ring.times(over, turned)));
  if (!inverted) return [own];
  const other = ringOf(ring, inverted, n);
  const key = (p: Part): string => ring.alphabet.scalar([...p.value.terms.values()][0]?.scalars[0] ?? 0).key;
  if (key(own) <= key(other)) return [own];
  return [...determinant(from, polynomial(R.shape, [only])), other];
}

/** det(I + c*word) as a scalar of its own, the same one for all rotations of the word and its transpose. */
function ringOf(ring: Ring, t: Summand, n: Dim): Part {
  return { value: ring.closed('ring', t.word, n, `ring:${keyQ(t.coefficient)}*${t.scalars.join('.')}`), power: 1 };
}

const MOST_COLUMNS = 3;
/** det(I + x1*y1' + x2*y2' + …) as the determinant of the numbers yi'*xj, written out. */
function throughColumns(ring: Ring, R: Polynomial): Polynomial | undefined {
  const outer = [...R.terms.values()].map((t) => {
    const at = ring.alphabet.bonds(t.word).find((b) => b > 0 && b < t.word.length);
    return at === undefined ? undefined : { by: polynomial(SCALAR, [{ ...t, word: [] }]), x: t.word.slice(0, at), y: t.word.slice(at) };
  });
  if (outer.length > MOST_COLUMNS || !outer.every((t) => t !== undefined)) return undefined;
  const entry = (i: number, j: number): Polynomial => {
    const [a, b] = [outer[i], outer[j]];
    const dot = a && b ? ring.times(b.by, ring.ofWord(SCALAR, [...a.y, ...b.x])) : ring.number(ONE);
    return i === j ? add(ring.number(ONE), dot) : dot;
  };
  const minor = (row: number, columns: readonly number[]): Polynomial => (columns.length === 0 ? ring.number(ONE)
    : columns.map((j, k) => scale(k % 2 === 0 ? ONE : MINUS_ONE, ring.times(entry(row, j), minor(row + 1, columns.filter((x) => x !== j))))).reduce((a, b) => add(a, b)));
  return ring.normal(minor(0, outer.map((_, i) => i)));
}

/** Q*X for R = X*Q, or Y*Q for R = Q*Y, where all terms begin or end with one letter. */
function throughFactor(ring: Ring, R: Polynomial): Polynomial | undefined {
  const terms = [...R.terms.values()];
  const [first] = terms;
  if (!first) return undefined;
  const [x, y] = [first.word[0], first.word.at(-1)];
  if (x !== undefined && terms.every((t) => t.word[0] === x)) return rotated(ring, terms, x, (w) => w.slice(1), true);
  if (y !== undefined && terms.every((t) => t.word.at(-1) === y)) return rotated(ring, terms, y, (w) => w.slice(0, -1), false);
  return undefined;
}
function rotated(ring: Ring, terms: readonly Summand[], letter: number, rest: (w: readonly number[]) => readonly number[], isFirst: boolean): Polynomial {
  const l = ring.alphabet.letter(letter);
  const inner = isFirst ? l.shape.cols : l.shape.rows;
  const outer = isFirst ? l.shape.rows : l.shape.cols;
  const Q = polynomial(isFirst ? { rows: inner, cols: outer } : { rows: outer, cols: inner }, terms.map((t) => ({ ...t, word: rest(t.word) })));
  return ring.normal(isFirst ? ring.times(Q, ring.ofLetter(letter)) : ring.times(ring.ofLetter(letter), Q));
}

/** det of [A, B; C, D] as det(D)*det(A - B*inv(D)*C), or by the other block where that one has an inverse. */
export function blockDeterminant(from: Sources, [A, B, C, D]: readonly [Polynomial, Polynomial, Polynomial, Polynomial]): readonly Part[] | undefined {
  const { ring, inverses } = from;
  const known = (S: Polynomial): Polynomial | undefined => {
    const p = ring.normal(S);
    const only = onlyTerm(p);
    if (only?.scalars.length === 0) {
      if (only.word.length === 0) return ring.times(ring.number(divQ(ONE, only.coefficient)), ring.identity(p.shape.rows));
      const turned = inverses.ofWord(only.word);
      return turned && ring.times(ring.number(divQ(ONE, only.coefficient)), turned);
    }
    const found = inverses.sums.find((s) => polynomialKey(s.base) === polynomialKey(p));
    return found && ring.ofLetter(found.letter.id);
  };
  const minus = (X: Polynomial, ...Y: readonly Polynomial[]): Polynomial => add(X, scale(MINUS_ONE, ring.times(...Y)));
  const d = known(D);
  const a = d ? undefined : known(A);
  if (d) return [...determinant(from, D), ...determinant(from, minus(A, B, d, C))];
  return a && [...determinant(from, A), ...determinant(from, minus(D, C, a, B))];
}

/** The same parts once, each with its whole power. */
export function gathered(parts: readonly Part[]): readonly { readonly value: Polynomial; readonly power: number }[] {
  const out: { value: Polynomial; power: number }[] = [];
  for (const p of parts) {
    const old = out.find((x) => polynomialKey(x.value) === polynomialKey(p.value));
    if (old) old.power += p.power;
    else out.push({ value: p.value, power: p.power });
  }
  return out.filter((x) => x.power !== 0);
}

