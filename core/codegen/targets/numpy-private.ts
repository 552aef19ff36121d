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
    if words and np.abs(np.diag(lu)).min() <= n * 1.2e-16 * np.abs(A).max():
        raise np.linalg.LinAlgError(f"{words} is singular")
    return lu, pivots
`,
  },
  _det: {
    text: `def _det(factors):
    lu, pivots = factors
    swaps = np.count_nonzero(pivots != np.arange(len(pivots)))
    return (-1.0) ** swaps * np.prod(np.diag(lu))
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
    text: `def _positive(values, of):
    """The ascending eigenvalues, all of them above rounding."""
    if not values[0] > len(values) * 4.5e-16 * abs(values[-1]):
        raise ValueError(f"{of} is not positive definite, or nearly singular")
    return values
`,
  },
  _nonnegative: {
    text: `def _nonnegative(values, of):
    """The ascending eigenvalues, what is rounding alone as 0."""
    floor = len(values) * 4.5e-16 * max(abs(values[0]), abs(values[-1]))
    if not values[0] >= -floor:
        raise ValueError(f"{of} has a negative eigenvalue")
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
    text: `def _adjugate(A):
    """The transposed matrix of cofactors, for singular matrices too (by singular values)."""
    U, s, Vt = np.linalg.svd(A)
    others = np.array([np.prod(np.delete(s, j)) for j in range(len(s))])
    return np.linalg.det(U) * np.linalg.det(Vt) * (Vt.T * others) @ U.T
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
  _frechet: {
    text: `def _frechet(f, A, E):
    """L_f(A, E), a block of f([[A, E], [0, A]]) (Higham 2008, section 3.2)."""
    n = A.shape[0]
    return f(np.block([[A, E], [np.zeros((n, n)), A]]))[:n, n:]
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
