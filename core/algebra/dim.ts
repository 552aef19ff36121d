/**
 * Dimensions: polynomials in dimension names with rational coefficients (multiples of 1/2 occur: vech has n*(n+1)/2 entries).
 * Equal exactly when their `key`s are equal.
 */
export interface Dim {
  /** Canonical text, which is also mcalc: `1`, `n`, `m*n`, `2*n + 1`. */
  readonly key: string;
  /** Sorted by monomial; the monomial's names are sorted and repeated by power. */
  readonly terms: readonly DimTerm[];
}
export interface DimTerm {
  readonly coefficient: number;
  readonly names: readonly string[];
}
export interface Shape {
  readonly rows: Dim;
  readonly cols: Dim;
}

const monomialKey = (names: readonly string[]): string => names.join('*');

const byDegreeThenName = (a: DimTerm, b: DimTerm): number =>
  b.names.length - a.names.length || (monomialKey(a.names) < monomialKey(b.names) ? -1 : 1);

function monomialText(names: readonly string[]): string {
  const out: string[] = [];
  for (let i = 0; i < names.length; ) {
    let j = i;
    while (j < names.length && names[j] === names[i]) j++;
    out.push(j - i > 1 ? `${names[i]}^${j - i}` : `${names[i]}`);
    i = j;
  }
  return out.join('*');
}

function write(terms: readonly DimTerm[]): string {
  if (terms.length === 0) return '0';
  const halves = terms.some((t) => !Number.isInteger(t.coefficient));
  let text = '';
  for (const t of terms) {
    const c = halves ? t.coefficient * 2 : t.coefficient;
    const size = Math.abs(c);
    const body = t.names.length === 0 ? `${size}` : size === 1 ? monomialText(t.names) : `${size}*${monomialText(t.names)}`;
    text += text === '' ? (c < 0 ? `-${body}` : body) : c < 0 ? ` - ${body}` : ` + ${body}`;
  }
  return halves ? (terms.length > 1 ? `(${text})/2` : `${text}/2`) : text;
}

function make(terms: readonly DimTerm[]): Dim {
  if (terms.length === 1 && terms[0]?.coefficient !== 0) return { key: write(terms), terms };
  const merged = new Map<string, DimTerm>();
  for (const t of terms) {
    const key = monomialKey(t.names);
    const old = merged.get(key);
    merged.set(key, old ? { coefficient: old.coefficient + t.coefficient, names: t.names } : t);
  }
  const sorted = [...merged.values()].filter((t) => t.coefficient !== 0).sort(byDegreeThenName);
  return { key: write(sorted), terms: sorted };
}

export const dimNumber = (value: number): Dim => make([{ coefficient: value, names: [] }]);
export const dimName = (name: string): Dim => ({ key: name, terms: [{ coefficient: 1, names: [name] }] });
export const addDim = (a: Dim, b: Dim): Dim => make([...a.terms, ...b.terms]);
export const scaleDim = (a: Dim, by: number): Dim => make(a.terms.map((t) => ({ coefficient: t.coefficient * by, names: t.names })));
export const subDim = (a: Dim, b: Dim): Dim => addDim(a, scaleDim(b, -1));
export const mulDim = (a: Dim, b: Dim): Dim =>
  a === D1 || a.key === '1' ? b : b.key === '1' ? a
    : make(a.terms.flatMap((s) => b.terms.map((t) => ({ coefficient: s.coefficient * t.coefficient, names: [...s.names, ...t.names].sort() }))));
export const D1: Dim = dimNumber(1);
export const D0: Dim = dimNumber(0);
/** Names of sizes that are still to be found begin with `?`. */
export const isUnknownName = (name: string): boolean => name.charCodeAt(0) === 63;
export function hasUnknown(d: Dim): boolean {
  const { terms } = d;
  for (let i = 0; i < terms.length; i++) {
    const names = terms[i]?.names ?? NO_NAMES;
    for (let k = 0; k < names.length; k++) if (names[k]?.charCodeAt(0) === 63) return true;
  }
  return false;
}
const NO_NAMES: readonly string[] = [];
export const isKnownShape = (s: Shape): boolean => !hasUnknown(s.rows) && !hasUnknown(s.cols);
export const sameDim = (a: Dim, b: Dim): boolean => a.key === b.key;
export const isOne = (a: Dim): boolean => a.key === '1';
/** a - b where that is a number. */
export function constantDifference(a: Dim, b: Dim): number | undefined {
  const [x, y] = [constantPart(a), constantPart(b)];
  const count = a.terms.length - (x === undefined ? 0 : 1);
  if (count !== b.terms.length - (y === undefined ? 0 : 1)) return undefined;
  // What is a number stands behind the rest.
  for (let i = 0; i < count; i++) {
    const [s, t] = [a.terms[i], b.terms[i]];
    if (!s || !t || s.coefficient !== t.coefficient || s.names.length !== t.names.length || s.names.some((name, k) => name !== t.names[k])) return undefined;
  }
  return (x ?? 0) - (y ?? 0);
}
function constantPart(a: Dim): number | undefined {
  const last = a.terms[a.terms.length - 1];
  return last?.names.length === 0 ? last.coefficient : undefined;
}

/** The value of a dimension without names, else undefined. */
export const constantDim = (a: Dim): number | undefined =>
  a.terms.length === 0 ? 0 : a.terms.length === 1 && a.terms[0]?.names.length === 0 ? a.terms[0].coefficient : undefined;
export const dimNames = (a: Dim): ReadonlySet<string> => new Set(a.terms.flatMap((t) => t.names));

/** Replaces names; names that `by` lacks stay. */
export function substituteDim(a: Dim, by: ReadonlyMap<string, Dim | undefined>): Dim {
  if (!a.terms.some((t) => t.names.some((n) => by.get(n) !== undefined))) return a;
  let total = D0;
  for (const t of a.terms) {
    let product = dimNumber(t.coefficient);
    for (const n of t.names) product = mulDim(product, by.get(n) ?? dimName(n));
    total = addDim(total, product);
  }
  return total;
}

/** @throws RangeError where a name has no size. */
export function evaluateDim(a: Dim, sizes: ReadonlyMap<string, number>): number {
  let total = 0;
  for (const t of a.terms) {
    let product = t.coefficient;
    for (const n of t.names) {
      const size = sizes.get(n);
      if (size === undefined) throw new RangeError(`the dimension ${n} has no size`);
      product *= size;
    }
    total += product;
  }
  return total;
}

export const shape = (rows: Dim, cols: Dim): Shape => ({ rows, cols });
export const SCALAR: Shape = shape(D1, D1);
export const isScalar = (s: Shape): boolean => isOne(s.rows) && isOne(s.cols);
export const isVector = (s: Shape): boolean => isOne(s.cols) && !isOne(s.rows);
export const isSquare = (s: Shape): boolean => sameDim(s.rows, s.cols);
export const sameShape = (a: Shape, b: Shape): boolean => sameDim(a.rows, b.rows) && sameDim(a.cols, b.cols);
export const transposed = (s: Shape): Shape => shape(s.cols, s.rows);
/** `scalar`, `vector(n)`, `m×n`, for messages. */
export const shapeText = (s: Shape): string =>
  isScalar(s) ? 'scalar' : `${paren(s.rows)}×${paren(s.cols)}`;
const paren = (d: Dim): string => (d.terms.length > 1 ? `(${d.key})` : d.key);
