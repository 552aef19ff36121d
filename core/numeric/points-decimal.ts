/** Matrices of exact decimals (whole numbers over a power of ten), so that drawn points satisfy their structure to the last digit. */

/** A value as decimal text, row-major; a scalar is 1×1. */
export interface Point {
  readonly rows: number;
  readonly cols: number;
  readonly data: readonly string[];
}
export interface Exact {
  readonly rows: number;
  readonly cols: number;
  /** Entries are data[i]·10^-places. */
  readonly places: number;
  readonly data: readonly bigint[];
}

export const exact = (rows: number, cols: number, places: number, entry: (i: number, j: number) => bigint | number): Exact => {
  const data: bigint[] = [];
  for (let i = 0; i < rows; i++) for (let j = 0; j < cols; j++) data.push(BigInt(entry(i, j)));
  return { rows, cols, places, data };
};
export const entryOf = (A: Exact, i: number, j: number): bigint => A.data[i * A.cols + j] ?? 0n;
export const floatOf = (A: Exact, i: number, j: number): number => Number(entryOf(A, i, j)) / 10 ** A.places;

export const timesExact = (A: Exact, B: Exact): Exact =>
  exact(A.rows, B.cols, A.places + B.places, (i, j) => {
    let s = 0n;
    for (let k = 0; k < A.cols; k++) s += entryOf(A, i, k) * entryOf(B, k, j);
    return s;
  });
export const transposeExact = (A: Exact): Exact => exact(A.cols, A.rows, A.places, (i, j) => entryOf(A, j, i));
export const columnsOf = (A: Exact, count: number): Exact => exact(A.rows, count, A.places, (i, j) => entryOf(A, i, j));
export const maskExact = (A: Exact, inside: (i: number, j: number) => boolean): Exact =>
  exact(A.rows, A.cols, A.places, (i, j) => (inside(i, j) ? entryOf(A, i, j) : 0n));

function decimalText(value: bigint, places: number): string {
  const digits = (value < 0n ? -value : value).toString().padStart(places + 1, '0');
  const whole = digits.slice(0, digits.length - places);
  const fraction = digits.slice(digits.length - places).replace(/0+$/, '');
  const text = fraction === '' ? whole : `${whole}.${fraction}`;
  return value < 0n ? `-${text}` : text;
}
export const pointOf = (A: Exact): Point => ({ rows: A.rows, cols: A.cols, data: A.data.map((x) => decimalText(x, A.places)) });

/** Reads a point whose texts are plain decimals; undefined where one has an exponent. */
export function exactOf(p: Point): Exact | undefined {
  const parts = p.data.map((text) => /^(-?)(\d+)(?:\.(\d+))?$/.exec(text));
  const places = Math.max(0, ...parts.map((m) => m?.[3]?.length ?? 0));
  const data: bigint[] = [];
  for (const m of parts) {
    if (!m) return undefined;
    const size = BigInt(`${m[2] ?? '0'}${(m[3] ?? '').padEnd(places, '0')}`);
    data.push(m[1] === '-' ? -size : size);
  }
  return { rows: p.rows, cols: p.cols, places, data };
}

/** Smallest pivot over largest entry in float64 elimination of AᵀA or AAᵀ (its smaller side): 0 for a matrix without full rank. */
export function rankMargin(A: Exact): number {
  const G = A.rows === A.cols ? A : A.rows > A.cols ? timesExact(transposeExact(A), A) : timesExact(A, transposeExact(A));
  const n = G.rows;
  const M = Array.from({ length: n }, (_, i) => Array.from({ length: n }, (_, j) => floatOf(G, i, j)));
  const top = Math.max(...M.flat().map(Math.abs));
  let least = Infinity;
  for (let k = 0; k < n; k++) {
    let p = k;
    for (let i = k + 1; i < n; i++) if (Math.abs(M[i]?.[k] ?? 0) > Math.abs(M[p]?.[k] ?? 0)) p = i;
    [M[k], M[p]] = [M[p] ?? [], M[k] ?? []];
    const pivot = M[k]?.[k] ?? 0;
    least = Math.min(least, Math.abs(pivot));
    if (pivot === 0) return 0;
    for (let i = k + 1; i < n; i++) {
      const f = (M[i]?.[k] ?? 0) / pivot;
      for (let j = k; j < n; j++) (M[i] ?? [])[j] = (M[i]?.[j] ?? 0) - f * (M[k]?.[j] ?? 0);
    }
  }
  return top === 0 ? 0 : least / top;
}
