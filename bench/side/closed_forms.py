"""Closed forms of the cases over numpy (OpenBLAS): the limit that an optimised BLAS sets. One function a case; each gives a closure without arguments."""
import numpy as np
from scipy import linalg


def ridge(v, s):
    X, W, Y, t = v['X'].reshape(s['m'], s['n']), v['W'].reshape(s['n'], s['k']), v['Y'].reshape(s['m'], s['k']), v['t']
    return lambda: 2 * (X.T @ (X @ W - Y)) + 2 * t * W


def _logistic(v, s):
    return v['X'].reshape(s['m'], s['n']), v['y'], v['w']


def logistic(v, s):
    X, y, w = _logistic(v, s)
    return lambda: X.T @ (-y / (1 + np.exp(y * (X @ w))))


def logistic_hessian(v, s):
    X, y, w = _logistic(v, s)

    def run():
        p = 1 / (1 + np.exp(y * (X @ w)))
        Z = X * np.sqrt(p * (1 - p) * y * y)[:, None]
        return Z.T @ Z
    return run


def logdet(v, s):
    A = v['A'].reshape(s['m'], s['n'])
    if s['m'] <= s['n']:
        eye = np.eye(s['m'])
        return lambda: 2 * linalg.cho_solve(linalg.cho_factor(A @ A.T + eye, check_finite=False), A, check_finite=False)
    eye = np.eye(s['n'])
    return lambda: 2 * linalg.cho_solve(linalg.cho_factor(A.T @ A + eye, check_finite=False), A.T, check_finite=False).T


def gauss(v, s):
    S, x = v['S'].reshape(s['n'], s['n']), v['x']

    def run():
        K = linalg.inv(S, check_finite=False)
        z = K @ x
        return K - np.outer(z, z)
    return run


def gp(v, s):
    D, y, l, sf, noise = v['D'].reshape(s['n'], s['n']), v['y'], v['l'], v['s'], v['v']
    eye = np.eye(s['n'])

    def run():
        E = sf * np.exp(D * (-0.5 / l ** 2))
        K = linalg.inv(E + noise * eye, check_finite=False)
        z = K @ y
        return np.sum((K - np.outer(z, z)) * E * D) / l ** 3
    return run


def ols(v, s):
    X, y = v['X'].reshape(s['m'], s['n']), v['y']
    return lambda: linalg.cho_solve(linalg.cho_factor(X.T @ X, check_finite=False), X.T @ y, check_finite=False)


def kalman(v, s):
    H, P, R = v['H'].reshape(s['m'], s['n']), v['P'].reshape(s['n'], s['n']), v['R'].reshape(s['m'], s['m'])

    def run():
        HP = H @ P
        V = linalg.solve_triangular(linalg.cholesky(R + HP @ H.T, lower=True, check_finite=False), HP, lower=True, check_finite=False)
        return P - V.T @ V
    return run


def chain(v, s):
    A, B, C = (v[k].reshape(s['n'], s['n']) for k in 'ABC')
    x = v['x']
    return lambda: A @ (B @ (C @ x))


def solve(v, s):
    S, B = v['S'].reshape(s['n'], s['n']), v['B'].reshape(s['n'], s['q'])
    return lambda: linalg.cho_solve(linalg.cho_factor(S, check_finite=False), B, check_finite=False)


def bilinear(v, s):
    A, x, y = v['A'].reshape(s['n'], s['n']), v['x'], v['y']

    def run():
        f = linalg.lu_factor(A, check_finite=False)
        return -np.outer(linalg.lu_solve(f, x, trans=1, check_finite=False), linalg.lu_solve(f, y, check_finite=False))
    return run


def quadratic(v, s):
    A = v['A'].reshape(s['n'], s['n'])
    return lambda: A + A.T


def attention(v, s):
    Q, K, V, G = (v[k].reshape(s['n'], s['d']) for k in 'QKVG')
    c = 1 / np.sqrt(s['d'])

    def run():
        P = np.exp(c * (Q @ K.T))
        P /= P.sum(axis=1, keepdims=True)
        D = G @ V.T
        return c * ((P * (D - (P * D).sum(axis=1, keepdims=True))) @ K)
    return run


def polar(v, s):
    X = v['X'].reshape(s['m'], s['n'])

    def run():
        d, Q = linalg.eigh(X.T @ X, check_finite=False)
        return (X @ Q / np.sqrt(d)) @ Q.T
    return run


def _square(v, s, *names):
    return [v[k].reshape(s['n'], s['n']) for k in names]


def kernel_multiply(v, s):
    A, B = _square(v, s, 'A', 'B')
    return lambda: A @ B


def kernel_cholesky(v, s):
    S, = _square(v, s, 'S')
    return lambda: linalg.cholesky(S, lower=True, check_finite=False)


def kernel_lu_solve(v, s):
    A, = _square(v, s, 'A')
    return lambda: linalg.lu_solve(linalg.lu_factor(A, check_finite=False), v['x'], check_finite=False)


def kernel_inverse(v, s):
    A, = _square(v, s, 'A')
    return lambda: linalg.inv(A, check_finite=False)


def kernel_eig_sym(v, s):
    S, = _square(v, s, 'S')
    return lambda: linalg.eigh(S, check_finite=False)[0]


def kernel_svd(v, s):
    A, = _square(v, s, 'A')
    return lambda: linalg.svd(A, check_finite=False)[1]


def kernel_schur(v, s):
    A, = _square(v, s, 'A')
    return lambda: linalg.schur(A, check_finite=False)[0]


def kernel_sylvester(v, s):
    A, S, B = _square(v, s, 'A', 'S', 'B')
    return lambda: linalg.solve_sylvester(A, S, B)


def kernel_expm(v, s):
    A, = _square(v, s, 'A')
    return lambda: linalg.expm(A)


def kernel_sqrtm(v, s):
    A, = _square(v, s, 'A')
    return lambda: np.real(linalg.sqrtm(A))


def kernel_logm(v, s):
    A, = _square(v, s, 'A')
    return lambda: np.real(linalg.logm(A))
