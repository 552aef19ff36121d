/**
 * What the best known way to each of Linnea's applications takes, worked out on paper: a flop count for each operation in turn. Half of
 * a product counts where its result is symmetric or a factor triangular; a factor by Cholesky is n³/3, by LU 2n³/3, a solve with it 2n²
 * for each right side. Where sizes decide, every way that is best somewhere is listed.
 */

const NORMAL = "m^2*n, m^3/3, 2*m*n, 2*m^2";
/** C*A' first, then half of A*(C*A'), its factor, and vectors. */
const GAIN = '2*m*n^2, m^2*n, m^3/3';
/** W*A*S, S'*A*(W*A*S), its factor. */
const SKETCH = '2*n^2*q, 2*n^2*q, n*q^2, q^3/3';

export const PAPER: Readonly<Record<string, readonly string[]>> = {
  '1 b': [NORMAL],
  // L*L' = M, U = inv(L)*X, half of U'*U, its factor; inv(L)*y, U'*(inv(L)*y).
  '2 b': ['n^3/3, m*n^2, m^2*n, m^3/3, n^2, 2*m*n, 2*m^2'],
  // A*W, half of (A*W)*A'.
  '3 x': [`m*n, ${NORMAL}, 2*n`],
  '4 xf': [`m*n, ${NORMAL}, 2*m*n`],
  '4 xo': [`m*n, ${NORMAL}, 2*m*n, 2*n`],
  // LU of A, T = B*inv(A), S = T'*T, R'*L*R, LU of S + R'*L*R, which need not be definite; S*y.
  '5 x': ['2*n^3/3, 2*n^3, n^3, m*n, m*n^2, 2*n^3/3, 2*n^2, 2*n^2'],
  '6 X10': ['m*n^2'],
  '6 X20': ['m^2*n, 2*k*m*n, k^2*n, k*n', 'm^2*n, k^2*m, 2*k*m*n', 'k*m^2, k^2*m, 2*k*m*n', 'k*m^2, 2*k*m*n, k^2*n, k*n'],
  '6 X11': ['m^3/3'],
  '6 X21': ['k^2*m'],
  // On the small side; or with inv(B), which is wanted itself, for many columns.
  '7 Xa': ['2*n^3, n^3, n^3/3, 10*N*n^2', 'n^3/3, n^3, n^3, n^3, n^3/3, 4*N*n^2'],
  '8 dX': [`${GAIN}, 2*N*m*n, 2*N*m^2, 2*N*m*n`],
  // H*X with a triangle.
  '9 dX': ['m*n^2, m^2*n, m^3/3, 2*N*m*n, 2*N*m^2, 2*N*m*n, N*n^2'],
  '10 x': ['m*n^2, n^3/3, 2*m*n, 2*n^2, 4*n', 'm^2*n, m^3/3, 4*m*n, 2*m^2, 4*n + 2*m'],
  '11 H_dag': ['m^2*n, m^3/3, 2*m^2*n'],
  '11 y_k': [`${NORMAL}, 2*m*n`],
  // V = inv(L)*S', half of V'*V.
  '12 Lambda': [`${SKETCH}, n*q^2, n^2*q`],
  // S' - (A'*S)'*Xin, its solve, and a product.
  '12 Xout': [`${SKETCH}, 2*n^2*q, 2*n*q^2, 2*n^2*q`],
  '13 Lambda': [`${SKETCH}, n*q^2, n^2*q`],
  // A*S and A'*S are two products.
  '13 Xout': [`${SKETCH}, 2*n^2*q, 2*n^2*q, 2*n*q^2, 2*n^2*q`],
  '14 Lambda': [`${SKETCH}, n*q^2, n^2*q`],
  '14 Theta': [`${SKETCH}, 2*n*q^2, 2*n^2*q`],
  '14 Mk': ['2*n^3, n'],
  // Z = Xin*(A*S) - S, Y = W*A*S*inv(M), G = (A*S)'*Z; Xin - (Z - Y*G/2)*Y' - its transpose.
  '14 Xout': [`${SKETCH}, 2*n^2*q, n*q^2, 2*n*q^2, 2*n*q^2, 2*n^2*q`],
  // The same with Z = Xin*(A*S) and G + M.
  '15 Xout': ['2*n^2*q, n*q^2, q^3/3, 2*n^2*q, n*q^2, 2*n*q^2, 2*n*q^2, 2*n^2*q'],
  // (k - 1)*I + … need not be definite.
  '16 Bout': ['2*l*m*n, 2*l*n^2, l^2*n, 2*l^3/3, 2*l^2*n, l*n^2', '2*m*n^2, m^2*n, 2*l*m^2, l^2*m, 2*l^3/3, 2*l^2*m, l*m^2, 2*m^2*n, m*n^2'],
  // I - T*inv(c*I + T'*T)*T' by half solves; or c*inv(c*I + T*T').
  '17 Bout': ['2*l*m*n, l^2*n, l^3/3, l^2*n, l*n^2', '2*l*m*n, l*n^2, n^3'],
  '18 x': [`m^3, ${NORMAL}`],
  '19 x': [NORMAL, 'm*n^2, n^3/3, 2*n^2, 2*m*n'],
  '20 x': [`${GAIN}, 2*m*n, 2*m^2, 2*m^2`],
  '21 x': [`${GAIN}, 2*m*n, 2*m*n, 2*m^2`],
  '22 xout': [`${GAIN}, 2*m*n, 2*m*n, 2*m^2`],
  '23 xout': [`${GAIN}, 2*m*n, 2*m*n, 2*m^2`],
  '24 K': [`${GAIN}, 2*m^2*n`],
  '24 xout': [`${GAIN}, 2*m*n, 2*m*n, 2*m^2`],
  '24 Cout': [`${GAIN}, m^2*n, m*n^2`],
  '25 Kk': [`${GAIN}, 2*m^2*n`],
  '25 x_a': [`${GAIN}, 2*m*n, 2*m*n, 2*m^2`],
  '25 P_a': [`${GAIN}, m^2*n, m*n^2`],
};

/** Sizes that the plans are held to: data by features and the other way round, with few columns of a sketch. */
export const PAPER_SIZES: readonly Readonly<Record<string, number>>[] = [
  { m: 500, n: 2000, q: 40, k: 3000, l: 100, N: 10 },
  { m: 2000, n: 500, q: 20, k: 2500, l: 50, N: 10 },
  { m: 2000, n: 200, q: 10, k: 2100, l: 1500, N: 5 },
];
/** How far above the paper's count a plan may be: what it copies, and terms that are lower by an order. */
export const ALLOWED = 1.04;

/** A polynomial in sizes, or several joined by commas. */
export function flopsAt(text: string, sizes: Readonly<Record<string, number>>): number {
  return text.split(/, | \+ /).reduce((sum, term) => sum + term.split('*').reduce((product, factor) => {
    const [, base = '', power = '1', by = '1'] = /^([A-Za-z]|\d+)(?:\^(\d))?(?:\/(\d+))?$/.exec(factor) ?? [];
    if (base === '') throw new Error(`${factor} in ${term}`);
    return (product * (sizes[base] ?? Number(base)) ** Number(power)) / Number(by);
  }, 1), 0);
}
