/** A fixed point with the declared structure, for the tests that come with generated code: written into them as numbers. */
import { dimNames, evaluateDim, isScalar, type Shape } from '../algebra/dim';
import type { DimFact, StructureWord } from '../algebra/program';

/** Distinct small sizes that keep the relations: a dimension that must be at least another is larger. */
export function sampleSizes(shapes: readonly Shape[], given: ReadonlyMap<string, number>, facts: readonly DimFact[]): ReadonlyMap<string, number> {
  const names = [...new Set(shapes.flatMap((s) => [...dimNames(s.rows), ...dimNames(s.cols)]))].filter((n) => !given.has(n));
  const above = (n: string): number => facts.filter((f) => f.op === '>=' && f.left.key === n && f.right.key !== n && names.includes(f.right.key)).length;
  const sizes = new Map(given);
  [...names].sort((a, b) => above(a) - above(b)).forEach((n, k) => sizes.set(n, 2 + k));
  return sizes;
}

/** Numbers in (-1, 1) with three decimals, the same for the same seed. */
export function sampleNumbers(seed: number): () => number {
  let s = (seed * 2654435761) % 2147483648;
  return () => {
    s = (s * 1103515245 + 12345) % 2147483648;
    return Math.round((s / 1073741824 - 1) * 1000) / 1000;
  };
}

/** Row-major. `direction` leaves out what holds only at a point: signs and definiteness. */
export function sample(shape: Shape, words: ReadonlySet<StructureWord>, sizes: ReadonlyMap<string, number>, next: () => number, direction = false): readonly number[] {
  const [r, c] = [evaluateDim(shape.rows, sizes), evaluateDim(shape.cols, sizes)];
  const raw = Array.from({ length: r * c }, next);
  const at = (i: number, j: number): number => raw[i * c + j] ?? 0;
  const make = (f: (i: number, j: number) => number): readonly number[] => raw.map((_, q) => Math.round(f(Math.floor(q / c), q % c) * 1e6) / 1e6);
  const positive = !direction && (words.has('positive') || words.has('nonnegative'));
  const definite = words.has('posdef') || words.has('possemidef');
  const size = (x: number): number => Math.abs(x) + 0.4;
  if (words.has('diagonal')) return make((i, j) => (i !== j ? 0 : positive || (definite && !direction) ? size(at(i, i)) : at(i, i) + (direction ? 0 : 2)));
  if (definite && !direction) return make((i, j) => raw.slice(0, r).reduce((s, _, q) => s + at(q, i) * at(q, j), i === j ? 1.5 : 0));
  if (definite || words.has('symmetric')) return make((i, j) => at(i, j) + at(j, i) + (i === j && !direction ? 2 : 0));
  if (words.has('skew')) return make((i, j) => at(i, j) - at(j, i));
  if (words.has('lower') || words.has('upper')) return make((i, j) => (i === j ? (direction ? at(i, i) : size(at(i, i)) + 1) : (i > j) === words.has('lower') ? at(i, j) : 0));
  if (words.has('tridiagonal')) return make((i, j) => (Math.abs(i - j) > 1 ? 0 : at(i, j) + (i === j && !direction ? 3 : 0)));
  if (words.has('orthogonal')) return make((i, j) => (i === j ? 1 : 0) * (direction ? 0 : 1) + (direction ? at(i, j) - at(j, i) : 0));
  if (positive) return make((i, j) => size(at(i, j)));
  if (direction || isScalar(shape) || r !== c) return make((i, j) => at(i, j) + (direction ? 0 : Math.sign(at(i, j)) * 0.1));
  return make((i, j) => at(i, j) * 0.5 + (i === j ? 2 : 0));
}

/** A direction in the space of a variable with these words, at its value. */
export function sampleDirection(shape: Shape, words: ReadonlySet<StructureWord>, value: readonly number[], sizes: ReadonlyMap<string, number>, next: () => number): readonly number[] {
  const E = sample(shape, words, sizes, next, true);
  return words.has('orthogonal') ? tangent(value, E) : E;
}

/** Q*K, a tangent at the orthogonal Q for a skew K; both row-major and square. */
function tangent(Q: readonly number[], K: readonly number[]): readonly number[] {
  const n = Math.round(Math.sqrt(K.length));
  return K.map((_, q) => Array.from({ length: n }, (_x, k) => (Q[Math.floor(q / n) * n + k] ?? 0) * (K[k * n + (q % n)] ?? 0)).reduce((a, b) => a + b, 0));
}
