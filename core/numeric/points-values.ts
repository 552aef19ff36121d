/** Values of a variable: short decimals that satisfy its declared structure exactly, and directions in its linear space. */
import type { StructureWord } from '../algebra/program';
import { columnsOf, entryOf, exact, exactOf, floatOf, maskExact, pointOf, rankMargin, timesExact, transposeExact, type Exact, type Point } from './points-decimal';
import type { Random } from './points-random';

/** Where unstructured entries are drawn: tried one after the other as a function turns out to be undefined at a point. */
export type Style = 'general' | 'positive' | 'unit' | 'large' | 'dominant' | 'small' | 'whole' | 'wide';
export const STYLES: readonly [Style, ...Style[]] = ['general', 'positive', 'unit', 'large', 'dominant', 'small'];

export type Words = ReadonlySet<StructureWord>;

/** A number of two decimals, not 0, in hundredths. */
function hundredths(style: Style, random: Random): number {
  switch (style) {
    case 'general': case 'dominant': {
      const size = random.whole(12, 160);
      return random.next() < 0.5 ? -size : size;
    }
    case 'whole': return 100 * random.pick([-3, -2, -1, 1, 2, 3]);
    case 'wide': {
      const size = random.whole(300, 1200);
      return random.next() < 0.5 ? -size : size;
    }
    case 'positive': return random.whole(15, 190);
    case 'unit': return random.whole(12, 88);
    case 'large': return random.whole(110, 320);
    case 'small': {
      const size = random.whole(4, 32);
      return random.next() < 0.5 ? -size : size;
    }
  }
}

function entries(rows: number, cols: number, style: Style, random: Random): Exact {
  const draw = exact(rows, cols, 2, () => hundredths(style, random));
  const lift = style === 'dominant' && rows === cols && rows > 1 ? 300n : 0n;
  return exact(rows, cols, 2, (i, j) => entryOf(draw, i, j) + (i === j ? lift : 0n));
}

const onlyTwosAndFives = (n: number): boolean => {
  if (n <= 0) return false;
  let q = n;
  for (const p of [2, 5]) while (q % p === 0) q /= p;
  return q === 1;
};
/** I − 2vvᵀ/vᵀv with a vᵀv that divides a power of ten, so that all digits are written. */
function reflection(n: number, random: Random): Exact {
  let v: readonly number[] = [];
  let q = 0;
  for (let tries = 0; !onlyTwosAndFives(q) || q > 100; tries++) {
    v = Array.from({ length: n }, (_, i) => (tries > 3000 ? (i < 2 ? i + 1 : 0) : random.whole(-4, 4)));
    q = v.reduce((s, x) => s + x * x, 0);
    if (v.filter((x) => x !== 0).length < Math.min(n, 2)) q = 0;
    if (n === 1) q = 1;
  }
  const places = 6;
  const unit = 10n ** BigInt(places);
  const share = (2n * unit) / BigInt(q);
  if (n === 1) return exact(1, 1, 0, () => -1n);
  return exact(n, n, places, (i, j) => (i === j ? unit : 0n) - share * BigInt(v[i] ?? 0) * BigInt(v[j] ?? 0));
}

/** Two reflections: a rotation that is not its own transpose. */
const rotation = (n: number, random: Random): Exact => timesExact(reflection(n, random), reflection(n, random));

/** Orthonormal columns (rows, where there are more columns than rows). */
export const orthonormal = (rows: number, cols: number, random: Random): Exact =>
  rows >= cols ? columnsOf(rotation(rows, random), cols) : transposeExact(columnsOf(rotation(cols, random), rows));

/** U·Uᵀ for about half of the columns of a rotation. */
export function projector(n: number, random: Random): Exact {
  const U = columnsOf(rotation(n, random), Math.max(1, Math.floor(n / 2)));
  return timesExact(U, transposeExact(U));
}

const insideOf = (words: Words): ((i: number, j: number) => boolean) => (i, j) =>
  (!words.has('diagonal') || i === j) && (!words.has('tridiagonal') || Math.abs(i - j) <= 1)
  && (!words.has('lower') || i >= j) && (!words.has('upper') || i <= j);

function positiveDefinite(n: number, words: Words, random: Random): Exact {
  const inside = insideOf(words);
  const L = exact(n, n, 1, (i, j) => (i === j ? random.whole(9, 15) : i > j && inside(i, j) ? random.pick([-6, -5, -4, -3, -2, 2, 3, 4, 5, 6]) : 0));
  return timesExact(L, transposeExact(L));
}

const absolute = (A: Exact): Exact => ({ ...A, data: A.data.map((x) => (x < 0n ? -x : x)) });
const mirrored = (A: Exact, sign: 1n | -1n): Exact =>
  exact(A.rows, A.cols, A.places, (i, j) => (i < j ? sign * entryOf(A, j, i) : i === j && sign < 0n ? 0n : entryOf(A, i, j)));

function structured(rows: number, cols: number, words: Words, style: Style, random: Random): Exact {
  if (words.has('orthogonal')) return orthonormal(rows, cols, random);
  if (words.has('posdef') || words.has('possemidef')) {
    const S = positiveDefinite(rows, words, random);
    return words.has('positive') || words.has('nonnegative') ? absolute(S) : S;
  }
  let A = entries(rows, cols, style, random);
  if (words.has('positive') || words.has('nonnegative')) A = absolute(A);
  if (words.has('symmetric')) A = mirrored(A, 1n);
  if (words.has('skew')) A = mirrored(A, -1n);
  return maskExact(A, insideOf(words));
}

const WELL_RANKED = 0.08;
const RANK_TRIES = 60;

/** A value with this structure. `words` beyond the declared ones may come from assumptions. */
export function drawValue(rows: number, cols: number, words: Words, style: Style, random: Random): Point {
  const ranked = words.has('invertible') || words.has('fullrank');
  let best = structured(rows, cols, words, style, random);
  for (let k = 0; ranked && k < RANK_TRIES && rankMargin(best) < WELL_RANKED; k++) {
    const next = structured(rows, cols, words, style, random);
    if (rankMargin(next) > rankMargin(best)) best = next;
  }
  return pointOf(best);
}

/** A direction in the linear space of the structure; for `orthogonal`, in the tangent space at the point. */
export function drawDirection(value: Point, words: Words, random: Random): Point {
  const { rows, cols } = value;
  let V = exact(rows, cols, 1, () => random.pick([-9, -8, -7, -6, -5, -4, -3, -2, 2, 3, 4, 5, 6, 7, 8, 9]));
  if (words.has('orthogonal')) {
    const X = exactOf(value);
    if (X && rows >= cols) {
      const skew = mirrored(exact(cols, cols, 1, () => random.whole(-9, 9) || 4), -1n);
      return pointOf(timesExact(X, skew));
    }
  }
  if (words.has('symmetric') || words.has('posdef') || words.has('possemidef')) V = mirrored(V, 1n);
  if (words.has('skew')) V = mirrored(V, -1n);
  return pointOf(maskExact(V, insideOf(words)));
}

/** Why a given value does not have the declared structure; undefined where it has. */
export function violation(p: Point, words: Words): string | undefined {
  const X = exactOf(p);
  const number = (i: number, j: number): number => (X ? floatOf(X, i, j) : Number(p.data[i * p.cols + j]));
  const all = (ok: (i: number, j: number) => boolean): boolean => p.data.every((_, k) => ok(Math.floor(k / p.cols), k % p.cols));
  const same = (a: number, b: number): boolean => Math.abs(a - b) <= 1e-12 * Math.max(1, Math.abs(a), Math.abs(b));
  const rules: readonly (readonly [StructureWord, (i: number, j: number) => boolean])[] = [
    ['symmetric', (i, j) => same(number(i, j), number(j, i))], ['posdef', (i, j) => same(number(i, j), number(j, i))],
    ['possemidef', (i, j) => same(number(i, j), number(j, i))], ['skew', (i, j) => same(number(i, j), -number(j, i))],
    ['diagonal', (i, j) => i === j || number(i, j) === 0], ['tridiagonal', (i, j) => Math.abs(i - j) <= 1 || number(i, j) === 0],
    ['lower', (i, j) => i >= j || number(i, j) === 0], ['upper', (i, j) => i <= j || number(i, j) === 0],
    ['positive', (i, j) => number(i, j) > 0], ['nonnegative', (i, j) => number(i, j) >= 0],
  ];
  for (const [word, ok] of rules) if (words.has(word) && !all(ok)) return word;
  return undefined;
}
