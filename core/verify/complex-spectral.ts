/** Eigenvalues and singular values of complex matrices near real ones: Jacobi's rotations, continued analytically (no conjugation). */
import { C0, C1, minusC, negC, overC, plusC, scaleC, sizeC, sqrtC, timesC, type Complex } from './complex-numbers';
import { entryC, identityC, largestC, mulC, requireSquareC, subC, tabulateC, transposeC, type ComplexMatrix } from './complex-matrix';
import { OutsideDomain } from './oracle-matrix';

const SWEEPS = 40;
const SETTLED = 1e-15;

/** Cosine and sine of the rotation that makes [p, q; q, r] diagonal (Golub and Van Loan, 8.5.2), by a formula that takes q = 0. */
function rotation(p: Complex, q: Complex, r: Complex): readonly [Complex, Complex] {
  const d = minusC(r, p);
  const root = sqrtC(plusC(timesC(d, d), scaleC(timesC(q, q), 4)));
  const t = overC(scaleC(q, 2), d.re < 0 ? minusC(d, root) : plusC(d, root));
  const c = overC(C1, sqrtC(plusC(C1, timesC(t, t))));
  return [c, timesC(t, c)];
}

/** The identity but for a rotation of p and q. */
const plane = (n: number, p: number, q: number, c: Complex, s: Complex): ComplexMatrix =>
  tabulateC(n, n, (i, j) => (i === j ? (i === p || i === q ? c : C1) : i === p && j === q ? s : i === q && j === p ? negC(s) : C0));

/** Columns scaled by ±1, so that the entry of largest size in each is positive. */
function oriented(V: ComplexMatrix): readonly number[] {
  return Array.from({ length: V.cols }, (_, j) => {
    let best = 0;
    for (let i = 0; i < V.rows; i++) if (Math.abs(entryC(V, i, j).re) > Math.abs(best) * 1.0000001) best = entryC(V, i, j).re;
    return best < 0 ? -1 : 1;
  });
}
const signed = (A: ComplexMatrix, signs: readonly number[]): ComplexMatrix => tabulateC(A.rows, A.cols, (i, j) => scaleC(entryC(A, i, j), signs[j] ?? 1));

/** Ascending eigenvalues of a symmetric matrix, and its eigenvectors in columns. @throws OutsideDomain where it is not symmetric */
export function eigenC(A: ComplexMatrix): { readonly values: readonly Complex[]; readonly vectors: ComplexMatrix } {
  const n = requireSquareC(A, 'the eigenvalues');
  const size = largestC(A);
  if (largestC(subC(A, transposeC(A))) > 1e-12 * size) throw new OutsideDomain('the eigenvalues of a matrix that is not symmetric');
  let [S, Q] = [A, identityC(n)];
  for (let sweep = 0, settled = 0; settled < 2; sweep++) {
    if (sweep > SWEEPS) throw new OutsideDomain('the eigenvalues did not converge');
    let off = 0;
    for (let p = 0; p < n; p++) for (let q = p + 1; q < n; q++) {
      const x = entryC(S, p, q);
      if (x.re === 0 && x.im === 0) continue;
      off = Math.max(off, sizeC(x));
      const G = plane(n, p, q, ...rotation(entryC(S, p, p), x, entryC(S, q, q)));
      S = mulC(transposeC(G), mulC(S, G));
      Q = mulC(Q, G);
    }
    if (off <= SETTLED * size) settled++;
  }
  const order = Array.from({ length: n }, (_, i) => i).sort((a, b) => entryC(S, a, a).re - entryC(S, b, b).re);
  const vectors = tabulateC(n, n, (i, j) => entryC(Q, i, order[j] ?? 0));
  return { values: order.map((k) => entryC(S, k, k)), vectors: signed(vectors, oriented(vectors)) };
}

/** The thin singular value decomposition of a matrix of full rank: values descending, the signs by the columns of v. */
export function svdC(A: ComplexMatrix): { readonly values: readonly Complex[]; readonly u: ComplexMatrix; readonly v: ComplexMatrix } {
  if (A.rows < A.cols) {
    const { values, u, v } = svdC(transposeC(A));
    const signs = oriented(u);
    return { values, u: signed(v, signs), v: signed(u, signs) };
  }
  const { values: squares, vectors } = eigenC(mulC(transposeC(A), A));
  const n = A.cols;
  const values = squares.map((x) => {
    if (x.re <= SETTLED * largestC(A) ** 2) throw new OutsideDomain('a singular value is nearly 0');
    return sqrtC(x);
  }).reverse();
  const v = tabulateC(n, n, (i, j) => entryC(vectors, i, n - 1 - j));
  const AV = mulC(A, v);
  return { values, u: tabulateC(A.rows, n, (i, j) => overC(entryC(AV, i, j), values[j] ?? C1)), v };
}

/** The k-th column, from 0. */
export const columnOfC = (A: ComplexMatrix, k: number): ComplexMatrix => tabulateC(A.rows, 1, (i) => entryC(A, i, k));
