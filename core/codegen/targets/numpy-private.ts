/** The small private functions of generated numpy modules, with the imports that each needs. */
export interface PythonSource { readonly text: string; readonly uses?: readonly string[]; readonly imports?: readonly PythonImport[] }
export type PythonImport = 'linalg' | 'special';

export const PYTHON: Readonly<Record<string, PythonSource>> = {
  _array: {
    text: `def _array(name, value, *shape):
    """\`value\` as an array of floats; a ValueError where it has another number of dimensions."""
    a = np.asarray(value, dtype=float)
    if a.ndim != len(shape):
        raise ValueError(f"{name} has {a.ndim} dimensions, expected the shape {', '.join(shape)}")
    return a
`,
  },
  _expect: {
    text: `def _expect(name, a, words, *shape):
    if a.shape != shape or 0 in shape:
        raise ValueError(f"{name} has the shape {a.shape}, expected {words} = {shape}")
`,
  },
  _scalar: {
    text: `def _scalar(name, value):
    if np.ndim(value) != 0:
        raise ValueError(f"{name} has the shape {np.shape(value)}, expected a number")
    return float(value)
`,
  },
  _index: {
    text: `def _index(name, value, size):
    if np.ndim(value) != 0 or value != int(value) or not 1 <= value <= size:
        raise IndexError(f"{name} is {value}, expected a whole number from 1 to {size}")
    return int(value)
`,
  },
  _cholesky: {
    text: `def _cholesky(A, words):
    """The lower factor L with L @ L.T = A."""
    try:
        return np.linalg.cholesky(A)
    except np.linalg.LinAlgError:
        raise np.linalg.LinAlgError(f"{words} is not positive definite, or contains NaN") from None
`,
  },
  _lu: {
    imports: ['linalg'],
    text: `def _lu(A, words):
    """LU factors and pivots as scipy.linalg.lu_solve takes them."""
    n = A.shape[0]
    if not np.isfinite(A).all():
        raise np.linalg.LinAlgError(f"{words} contains NaN or Infinity")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        lu, pivots = linalg.lu_factor(A)
    # LAPACK divides by pivots as products with their reciprocals, which are no numbers for subnormal ones.
    if words and np.abs(A).max() > 0 and np.abs(A).max() < 2.3e-308:
        raise np.linalg.LinAlgError(f"{words} is too small for numbers")
    if words and np.abs(np.diag(lu)).min() <= n * 1.2e-16 * np.abs(A).max():
        raise np.linalg.LinAlgError(f"{words} is singular")
    return lu, pivots
`,
  },
  _det: {
    uses: ['_prod'],
    text: `def _det(factors):
    lu, pivots = factors
    swaps = np.count_nonzero(pivots != np.arange(len(pivots)))
    return (-1.0) ** swaps * _prod(np.diag(lu))
`,
  },
  _nonzero_det: {
    uses: ['_det'],
    text: `def _nonzero_det(factors):
    det = _det(factors)
    if abs(det) < 2.3e-308:
        raise ValueError("the determinant is too small for a number")
    return det
`,
  },
  _row_max: {
    text: `def _row_max(A):
    """The largest entry of each row; 0 where that is no number, so that it may be subtracted."""
    largest = np.max(A, axis=1)
    return np.where(np.isfinite(largest), largest, 0.0)
`,
  },
  _prod: {
    text: `def _prod(x):
    """The product of all entries; only the result may leave the range of numbers, nothing on the way."""
    part, power = np.frexp(np.ravel(x))
    total, exponent = 1.0, int(power.sum())
    for some in np.array_split(part, len(part) // 1000 + 1):
        total, shift = np.frexp(total * np.prod(some))
        exponent += int(shift)
    return float(np.ldexp(total, np.clip(exponent, -5000, 5000)))
`,
  },
  _product_of_others: {
    uses: ['_prod'],
    text: `def _product_of_others(x):
    """For each entry the product of all others."""
    flat = np.ravel(x)
    return np.reshape([_prod(np.delete(flat, i)) for i in range(flat.size)], np.shape(x))
`,
  },
  _norm: {
    text: `def _norm(x):
    """The square root of the sum of squares, scaled where squares leave the range of numbers."""
    squares = np.sum(x * x)
    if 1e-280 < squares < 1e300:
        return np.sqrt(squares)
    largest = np.max(np.abs(x))
    return largest * np.sqrt(np.sum((x / largest) ** 2)) if 0 < largest < np.inf else largest
`,
  },
  _centred_rows: {
    text: `def _centred_rows(A, B):
    """A without the mean of the rows of B, and what rounding has left of that."""
    return A - B.mean(axis=0) - (B - B.mean(axis=0)).mean(axis=0)
`,
  },
  _squared_distances: {
    text: `def _squared_distances(A, B, weights=None):
    """The sum of (A[i, p] - B[j, p])^2, weighted or not, by differences: nothing cancels."""
    D = np.zeros((len(A), len(B)))
    for a, b, c in zip(A.T, B.T, np.ones(A.shape[1]) if weights is None else weights):
        D += c * np.subtract.outer(a, b) ** 2
    return D
`,
  },
  _reciprocal_sums: {
    text: `def _reciprocal_sums(a, b):
    """1 / (a_i + b_j), none of which is 0 up to rounding."""
    sums = np.add.outer(a, b)
    rounding = 1.2e-16 * (len(a) + len(b)) * max(np.abs(a).max(), np.abs(b).max())
    if not np.abs(sums).min() > rounding:
        raise ValueError("an eigenvalue of one matrix is the negative of one of the other")
    return 1 / sums
`,
  },
  _sylvester: {
    imports: ['linalg'],
    text: `def _sylvester(A, B, C):
    """The Y with A @ Y + Y @ B = C, where it is the only one."""
    size = max(np.abs(A).max(), np.abs(B).max())
    s = 2.0 ** np.floor(np.log2(size)) if 0 < size < np.inf else 1.0
    c = np.abs(C).max() or 1.0
    A, B = A / s, B / s
    a, b = linalg.eigvals(A), linalg.eigvals(B)
    if not np.abs(np.add.outer(a, b)).min() > 1.2e-16 * (len(a) + len(b)) * max(np.abs(a).max(), np.abs(b).max()):
        raise ValueError("an eigenvalue of the first matrix is the negative of one of the second")
    return linalg.solve_sylvester(A, B, C / c) * c / s
`,
  },
  _sigmoid_slope: {
    imports: ['special'],
    text: `def _sigmoid_slope(x):
    """The derivative of the logistic function."""
    return special.expit(x) * special.expit(-x)
`,
  },
  _logdet: {
    uses: ['_det'],
    text: `def _logdet(factors):
    lu, pivots = factors
    sign = (-1) ** np.count_nonzero(pivots != np.arange(len(pivots))) * np.prod(np.sign(np.diag(lu)))
    if sign < 0:
        raise ValueError("the determinant is negative: its logarithm does not exist")
    return np.log(np.abs(np.diag(lu))).sum()
`,
  },
  _signs: {
    text: `def _signs(V):
    """1 or -1 for each column: the sign of its first entry of largest size."""
    largest = np.argmax(np.abs(V) > np.abs(V).max(axis=0) / 1.0000001, axis=0)
    return np.where(V[largest, np.arange(V.shape[1])] < 0, -1.0, 1.0)
`,
  },
  _eigh: {
    uses: ['_signs'],
    text: `def _eigh(A):
    """Eigenvectors and ascending eigenvalues; the largest entry of each vector is positive."""
    values, vectors = np.linalg.eigh(A)
    return vectors * _signs(vectors), values
`,
  },
  _positive: {
    text: `def _positive(values, otherwise):
    """The eigenvalues or singular values, in order, all of them above rounding."""
    if not min(values[0], values[-1]) > len(values) * 4.5e-16 * max(abs(values[0]), abs(values[-1])):
        raise ValueError(otherwise)
    return values
`,
  },
  _nonnegative: {
    text: `def _nonnegative(values, otherwise):
    """The ascending eigenvalues, what is rounding alone as 0."""
    floor = len(values) * 4.5e-16 * max(abs(values[0]), abs(values[-1]))
    if not values[0] >= -floor:
        raise ValueError(otherwise)
    return np.where(values <= floor, 0.0, values)
`,
  },
  _svd: {
    uses: ['_signs'],
    text: `def _svd(A):
    """U, s, V with A = U @ diag(s) @ V.T; the largest entry of each column of V is positive."""
    U, s, Vt = np.linalg.svd(A, full_matrices=False)
    signs = _signs(Vt.T)
    return U * signs, s, Vt.T * signs
`,
  },
  _phi: {
    text: `def _phi(A):
    """The lower triangle with half the diagonal."""
    return np.tril(A) - np.diag(np.diag(A)) / 2
`,
  },
  _unit: {
    text: `def _unit(k, n):
    e = np.zeros(n)
    e[k] = 1
    return e
`,
  },
  _adjugate: {
    uses: ['_product_of_others'],
    text: `def _adjugate(A):
    """The transposed matrix of cofactors, for singular matrices too (by singular values)."""
    U, s, Vt = np.linalg.svd(A)
    others = _product_of_others(s)
    return np.linalg.det(U) * np.linalg.det(Vt) * (Vt.T * others) @ U.T
`,
  },
  _nonzero_adjugate: {
    uses: ['_adjugate'],
    text: `def _nonzero_adjugate(A):
    adjugate = _adjugate(A)
    if not np.abs(adjugate).max() >= 2.3e-308:
        raise ValueError("the adjugate is too small for numbers, or contains NaN")
    return adjugate
`,
  },
  _pinv: {
    text: `def _pinv(A):
    return np.linalg.pinv(A, rcond=max(A.shape) * 2.2e-16)
`,
  },
  _moderate_pinv: {
    uses: ['_pinv'],
    text: `def _moderate_pinv(A):
    """The pseudo-inverse for a derivative, which multiplies it by itself; a ValueError beyond 1e102, or below 1e-102."""
    P = _pinv(A)
    if P.any() and not 1e-102 < np.abs(P).max() < 1e102:
        raise ValueError("the pseudo-inverse is too small or too large for products of numbers, or contains NaN")
    return P
`,
  },
  _real: {
    text: `def _real(A, words):
    """A real result; a ValueError where no real one exists."""
    A = np.asarray(A)
    if np.iscomplexobj(A):
        if not np.abs(A.imag).max() <= 1e-9 * max(1.0, np.abs(A.real).max()):
            raise ValueError(f"{words} has no real value here")
        A = A.real
    return A
`,
  },
  _principal: {
    imports: ['linalg'],
    text: `def _principal(A):
    """A / s for a power of two s of A's size, and s; a ValueError where an eigenvalue is 0 up to rounding."""
    size = np.abs(A).max()
    if not 0 < size < np.inf:
        raise ValueError("the matrix is singular, or contains NaN or Infinity")
    s = 2.0 ** np.floor(np.log2(size))
    B = A / s
    if not np.abs(linalg.eigvals(B)).min() > 1.2e-16 * len(B) * np.abs(B).max():
        raise ValueError("the matrix is singular, or nearly so")
    return B, s
`,
  },
  _log: {
    uses: ['_principal', '_real'], imports: ['linalg'],
    text: `def _log(A):
    """The principal logarithm."""
    B, s = _principal(A)
    return _real(linalg.logm(B), "its logarithm") + np.log(s) * np.eye(len(B))
`,
  },
  _log_frechet: {
    uses: ['_principal', '_real', '_frechet'], imports: ['linalg'],
    text: `def _log_frechet(A, E):
    """The derivative of the logarithm at A in the direction E."""
    B, s = _principal(A)
    return _real(_frechet(linalg.logm, B, E), "its logarithm") / s
`,
  },
  _power: {
    uses: ['_principal', '_real'], imports: ['linalg'],
    text: `def _power(A, p):
    """The principal power A**p."""
    if p == int(p) and p >= 0:
        return np.linalg.matrix_power(A, int(p))
    B, s = _principal(A)
    power = linalg.sqrtm(B) if p == 0.5 else linalg.fractional_matrix_power(B, p)
    return _real(power, "its power") * s**p
`,
  },
  _power_frechet: {
    uses: ['_principal', '_real', '_frechet'], imports: ['linalg'],
    text: `def _power_frechet(A, p, E):
    """The derivative of A**p in the direction E."""
    if p == int(p) and p >= 0:
        return _frechet(lambda M: np.linalg.matrix_power(M, int(p)), A, E)
    B, s = _principal(A)
    return _real(_frechet(lambda M: linalg.fractional_matrix_power(M, p), B, E), "its power") * s ** (p - 1)
`,
  },
  _frechet: {
    text: `def _frechet(f, A, E):
    """L_f(A, E), a block of f([[A, E], [0, A]]) (Higham 2008, section 3.2)."""
    n = A.shape[0]
    size = np.abs(E).max() or 1.0
    return f(np.block([[A, E / size], [np.zeros((n, n)), A]]))[:n, n:] * size
`,
  },
  _kron_of: {
    text: `def _kron_of(f, n):
    """The matrix of the linear map f on n x n matrices, for columns stacked."""
    return np.column_stack([f(_unit(k, n * n).reshape(n, n, order="F")).ravel(order="F") for k in range(n * n)])
`,
    uses: ['_unit'],
  },
  _commutation: {
    text: `def _commutation(m, n):
    """K with K @ vec(A) = vec(A.T) for A m x n."""
    return np.eye(m * n)[np.arange(m * n).reshape(n, m).T.ravel()]
`,
  },
  _transpose_blocks: {
    text: `def _transpose_blocks(A, m, n):
    """The rows of A, an m x n grid of equal blocks row by row, with block (i, j) at (j, i)."""
    return A.reshape(m, n, -1).swapaxes(0, 1).reshape(A.shape)
`,
  },
  _duplication: {
    text: `def _duplication(n):
    """D with D @ vech(S) = vec(S) for symmetric S."""
    D = np.zeros((n * n, n * (n + 1) // 2))
    for p, (j, i) in enumerate(zip(*np.triu_indices(n))):
        D[[j * n + i, i * n + j], p] = 1
    return D
`,
  },
  _diagonalisation: {
    text: `def _diagonalisation(n):
    """E with E @ x = vec(diag(x))."""
    return np.eye(n * n)[:, :: n + 1]
`,
  },
  _vech: {
    text: `def _vech(S):
    """The lower triangle, columns stacked."""
    return S.T[np.triu_indices(S.shape[0])]
`,
  },
  _divided_exp: {
    text: `def _divided_exp(a, b):
    """(exp(a) - exp(b)) / (a - b), and exp(a) where they are equal."""
    h = np.asarray((a - b) / 2)
    small = np.abs(h) < 1e-3
    ratio = np.where(small, 1 + h * h / 6 * (1 + h * h / 20), np.sinh(h) / np.where(small, 1, h))
    return np.exp((a + b) / 2) * ratio
`,
  },
  _divided_log: {
    text: `def _divided_log(a, b):
    """(log(a) - log(b)) / (a - b), and 1 / a where they are equal."""
    r = np.asarray((a - b) / b)
    same = r == 0
    return np.where(same, 1 / a, np.log1p(r) / np.where(same, 1, r * b))
`,
  },
  _divided_power: {
    text: `def _divided_power(a, b, p):
    """(a**p - b**p) / (a - b), and p * a**(p - 1) where they are equal; a and b are positive."""
    r = np.asarray((a - b) / b)
    same = r == 0
    return np.where(same, p * a ** (p - 1), b ** (p - 1) * np.expm1(p * np.log1p(r)) / np.where(same, 1, r))
`,
  },
  _reciprocal_gap: {
    text: `def _reciprocal_gap(a, b):
    """1 / (b - a), and 0 where they are equal."""
    gap = np.asarray(b - a)
    return np.where(gap == 0, 0, 1 / np.where(gap == 0, 1, gap))
`,
  },
};
