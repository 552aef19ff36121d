"""SymPy on the 75 anchor problems (test/anchors/problems.ts): right, refused or wrong, judged by central differences in numpy.

python3 bench/scoreboard.py prints a line for each problem and the counts; python3-sympy and python3-numpy from Debian, or of PyPI.
A problem is (id, function for SymPy, variable, the same function for numpy, which second derivative). What SymPy has no spelling
for (Cholesky factors, eigenvalues of a symbol, softmax of a vector, ...) is refused; so is an exception, an unevaluated Derivative,
and an answer that cannot be evaluated. Either order of the indices of a derivative by a matrix is taken as right.
"""
import signal
import sys
import warnings

import numpy as np
import sympy as sp
from sympy import (Adjoint, Determinant, HadamardProduct, I, Identity, Inverse, KroneckerProduct, MatrixSymbol, OneMatrix, Rational, Symbol, Trace, Transpose,
                   diag, exp, log, sin, sqrt, tanh)

warnings.filterwarnings('ignore')
SHAPES = dict(X=(2, 2), Y=(3, 2), A=(2, 2), B=(2, 2), C=(2, 2), D=(2, 2), T=(2, 2), U=(2, 2), W=(2, 2), S=(2, 2), Q=(2, 2), G=(3, 3), a=(2, 1), b=(2, 1), c=(2, 1), d=(2, 1), x=(2, 1), w=(2, 1), y=(2, 1), v=(2, 1), o=(2, 1))
POSDEF = 'SQ'
s = {name: MatrixSymbol(name, *shape) for name, shape in SHAPES.items()}
tr, det, inv, had = Trace, Determinant, Inverse, HadamardProduct
each = lambda f, X: X.applyfunc(f)
# 1×1 products are the spelling that SymPy differentiates best; `el` makes a number of one where a function needs it.
total = lambda X: OneMatrix(1, X.shape[0]) * X * OneMatrix(X.shape[1], 1)
el = lambda M: M[0, 0]
half = Rational(1, 2)
dot = lambda u, v: u.T * v
NONE = None
N = dict(inv=np.linalg.inv, det=np.linalg.det, tr=np.trace, log=np.log, exp=np.exp, kron=np.kron, eye=np.eye, norm=np.linalg.norm, np=np, sqrt=np.sqrt, diag=lambda x: np.diag(x.ravel()))

def power(M, p):
    w, Q = np.linalg.eigh(M)
    return Q @ np.diag(w ** p) @ Q.T
def logm(M):
    w, Q = np.linalg.eigh(M)
    return Q @ np.diag(np.log(w)) @ Q.T
def expm(M):
    out = term = np.eye(len(M))
    for k in range(1, 40):
        term = term @ M / k
        out = out + term
    return out
N.update(power=power, logm=logm, expm=expm)

P = [  # id, SymPy (a text that is evaluated, None where it has no spelling), variable, numpy
    ('01', 'dot(a, X*b)', 'X', 'a.T@X@b'), ('02', 'dot(x, A*x)', 'x', 'x.T@A@x'), ('03', 'A*x', 'x', 'A@x'), ('04', 'tr(A*X*B)', 'X', 'tr(A@X@B)'),
    ('05', 'tr(X.T*A*X*B)', 'X', 'tr(X.T@A@X@B)'), ('06', 'tr(X**3)', 'X', 'tr(X@X@X)'), ('07', 'tr((A*X-T).T*(A*X-T))', 'X', 'tr((A@X-T).T@(A@X-T))'),
    ('08', 'dot(a, inv(X)*b)', 'X', 'a.T@inv(X)@b'), ('09', 'tr(A*inv(X)*B)', 'X', 'tr(A@inv(X)@B)'), ('10', 'det(X)', 'X', 'det(X)'), ('11', 'log(det(X))', 'X', 'log(det(X))'),
    ('12', 'log(det(Y.T*Y))', 'Y', 'log(det(Y.T@Y))'), ('13', 'det(Y.T*G*Y)', 'Y', 'det(Y.T@G@Y)'), ('14', 'inv(X)', 'X', 'inv(X)'), ('15', 'A*X*X.T*A.T', 'X', 'A@X@X.T@A.T'),
    ('16', 'W*W.T', 'W', 'W@W.T'), ('17', 'X**2', 'X', 'X@X'), ('18', 'tr(X**5)', 'X', 'tr(X@X@X@X@X)'), ('19', 'dot(b, X*X.T*c)', 'X', 'b.T@X@X.T@c'),
    ('20', 'dot(B*x+b, C*(D*x+d))', 'x', '(B@x+b).T@C@(D@x+d)'), ('21', 'sqrt(tr(X.T*X))', 'X', 'norm(X)'), ('22', 'sqrt(el(dot(x-a, x-a)))', 'x', 'norm(x-a)'),
    ('23', '(x-a)/sqrt(el(dot(x-a, x-a)))', 'x', '(x-a)/norm(x-a)'), ('24', 'dot(x, S*x)*inv(dot(x, x))', 'x', 'x.T@S@x/(x.T@x)'),
    ('25', 'total(each(lambda z: log(1+exp(z)), -had(y, A*w)))', 'w', 'np.sum(log(1+exp(-y*(A@w))))'), ('26', 'H:total(each(lambda z: log(1+exp(z)), -had(y, A*w)))', 'w', 'np.sum(log(1+exp(-y*(A@w))))'),
    ('27', 'log(el(total(each(exp, x))))', 'x', 'log(np.sum(exp(x)))'), ('28', 'each(exp, x)/el(total(each(exp, x)))', 'x', 'exp(x)/np.sum(exp(x))'),
    ('29', 'dot(A*w-y, A*w-y)+3*dot(w, w)', 'w', '(A@w-y).T@(A@w-y)+3*w.T@w'), ('30', 'tr((U*W.T-T).T*(U*W.T-T))', 'U', 'tr((U@W.T-T).T@(U@W.T-T))'),
    ('31', 'log(det(S))+tr(inv(S)*Q)', 'S', 'log(det(S))+tr(inv(S)@Q)'), ('32', 'dot(x, inv(S)*x)', 'S', 'x.T@inv(S)@x'), ('33', 'x*x.T*x', 'x', 'x@x.T@x'), ('34', 'sp.DiagMatrix(x)*A*b', 'x', 'diag(x)@A@b'),
    ('35', 'tr(KroneckerProduct(X, X))', 'X', 'tr(kron(X, X))'), ('36', 'tr(KroneckerProduct(A, X))', 'X', 'tr(kron(A, X))'), ('37', 'dot(a, had(X, X, A)*b)', 'X', 'a.T@(X*X*A)@b'),
    ('38', 'dot(a, each(exp, A*each(sin, X)*B)*b)', 'X', 'a.T@exp(A@np.sin(X)@B)@b'), ('39', 'total(C*each(tanh, W*x))', 'W', 'np.sum(C@np.tanh(W@x))'), ('40', 'det(X)*inv(X)', 'X', 'det(X)*inv(X)'),
    ('41', 'H:log(det(X))', 'X', 'log(det(X))'), ('42', 'tr(inv(Y.T*G*G.T*Y)*Y.T*G.T*G*Y)', 'Y', 'tr(inv(Y.T@G@G.T@Y)@Y.T@G.T@G@Y)'), ('43', 'Y*inv(Y.T*Y)*Y.T', 'Y', 'Y@inv(Y.T@Y)@Y.T'),
    ('44', NONE, 'Y', 'np.linalg.pinv(Y)'), ('45', 'S**half', 'S', 'power(S, .5)'), ('46', 'S**(-half)', 'S', 'power(S, -.5)'), ('47', 'Y*(Y.T*Y)**(-half)', 'Y', 'Y@power(Y.T@Y, -.5)'),
    ('48', '(Identity(2)+3*x*x.T)**half', 'x', 'power(eye(2)+3*x@x.T, .5)'), ('49', 'exp(X)', 'X', 'expm(X)'), ('50', 'log(S)', 'S', 'logm(S)'), ('51', 'tr(exp(X))', 'X', 'tr(expm(X))'), ('52', 'tr(log(S))', 'S', 'tr(logm(S))'),
    ('53', 'tr(S*log(S))', 'S', 'tr(S@logm(S))'), ('54', NONE, 'S', 'np.linalg.cholesky(S)'), ('55', NONE, 'S', 'log(det(S))'), ('56', NONE, 'S', '0'), ('57', NONE, 'S', '0'), ('58', NONE, 'Y', '0'), ('59', NONE, 'Y', '0'), ('60', NONE, 'Y', '0'),
    ('61', 'log(det(Identity(2)+U*U.T))', 'U', 'log(det(eye(2)+U@U.T))'), ('62', 'log(det(sp.DiagMatrix(had(v, v))+U*U.T))', 'v', 'log(det(diag(v*v)+U@U.T))'), ('63', NONE, 'A', '0'), ('64', 'inv(X)*b', 'X', 'inv(X)@b'),
    ('65', NONE, 'w', '0'), ('66', '(tr(X.T*X)-2)/2-log(det(X))+log(det(X))**2/2', 'X', '(tr(X.T@X)-2)/2-log(det(X))+log(det(X))**2/2'), ('67', 'tr(S)+tr(Q)-2*tr((Q**half*S*Q**half)**half)', 'S', 'tr(S)+tr(Q)-2*tr(power(power(Q,.5)@S@power(Q,.5),.5))'),
    ('68', NONE, 'S', '0'), ('69', 'dot(a, each(lambda z: sp.Max(z, 0), W*x))', 'W', '(a.T@np.maximum(W@x, 0))'), ('70', NONE, 'W', '0'), ('71', 'total(each(sp.Abs, A*x-b))', 'x', 'np.sum(np.abs(A@x-b))'), ('72', NONE, 'Y', '0'), ('73', 'H:log(det(S))', 'S', 'log(det(S))'),
    ('74', 'S**(-half)*a', 'S', 'power(S, -.5)@a'), ('75', 'inv(Identity(2)-W)*(Identity(2)+W)', 'W', 'inv(eye(2)-W)@(eye(2)+W)'),
]

rng = np.random.default_rng(7)
def draw(name):
    M = rng.standard_normal(SHAPES[name]) * 0.5 + (1.5 * np.eye(2) if name in 'XAWJ' else 0)
    return M.T @ M + np.eye(len(M[0])) if name in POSDEF else M
point = {name: draw(name) for name in SHAPES}

def differences(text, name, h=1e-5):
    """The tensor over X's entries, then F's; X's changes are unconstrained but for posdef ones, whose value is a symmetric function."""
    f = lambda M: np.asarray(eval(text, {**N, **point, name: M}), dtype=float).ravel()
    X = point[name]
    cols = []
    for k in range(X.size):
        E = np.zeros(X.size)
        E[k] = 1
        E = E.reshape(X.shape)
        cols.append((f(X + h * E) - f(X - h * E)) / (2 * h))
    return np.array(cols)
def second(text, name, h=1e-4):
    X = point[name]
    n = X.size
    f = lambda M: float(np.asarray(eval(text, {**N, **point, name: M})).ravel()[0])
    H = np.zeros((n, n))
    unit = lambda i: np.eye(n)[i].reshape(X.shape)
    for i in range(n):
        for j in range(n):
            H[i, j] = (f(X + h * unit(i) + h * unit(j)) - f(X + h * unit(i) - h * unit(j)) - f(X - h * unit(i) + h * unit(j)) + f(X - h * unit(i) - h * unit(j))) / (4 * h * h)
    return H

class TooLong(Exception):
    pass

def floats(explicit):
    flat = list(explicit) if hasattr(explicit, '__iter__') else [explicit]
    while flat and hasattr(flat[0], '__iter__'):
        flat = [e for row in flat for e in row]
    return np.array([float(sp.N(e)) for e in flat])
def with_matrices(e):
    """Matrices put in for symbols, then evaluated."""
    e = e.subs({s[name]: sp.ImmutableMatrix(point[name].tolist()) for name in SHAPES}).doit()
    return e.as_explicit() if hasattr(e, 'as_explicit') else e
def with_entries(e):
    """Written out by entries, then evaluated."""
    values = {s[name][i, j]: sp.Float(point[name][i, j]) for name, shape in SHAPES.items() for i in range(shape[0]) for j in range(shape[1])}
    for _ in range(3):
        e = e.as_explicit() if hasattr(e, 'as_explicit') else e
    return e.applyfunc(lambda t: t.subs(values).doit()) if hasattr(e, 'applyfunc') else e.subs(values).doit()
def with_numpy(e):
    names = [name for name in SHAPES if e.has(s[name])]
    return np.asarray(sp.lambdify([s[name] for name in names], e, 'numpy')(*[point[name] for name in names]), dtype=float).ravel().tolist()
def numbers(expression):
    """The entries of SymPy's answer at the point, by the first way that gives numbers."""
    trouble = None
    for way in (with_matrices, with_entries, with_numpy):
        try:
            return floats(way(expression))
        except TooLong:
            raise
        except Exception as error:
            trouble = trouble or error
    raise trouble

def ring(*_):
    raise TooLong('more than 10 s')

def judge(identifier, text, name, numeric):
    if text is None:
        return 'refused', 'has no spelling'
    hessian = text.startswith('H:')
    signal.signal(signal.SIGALRM, ring)
    signal.alarm(10)
    try:
        f = eval(text[2:] if hessian else text, {**globals(), **s})
        found = f.diff(s[name])
        if hessian:
            found = found.diff(s[name])
        if found.has(sp.Derivative):
            return 'refused', 'stays unevaluated'
        got = numbers(found)
    except TooLong as error:
        return 'refused', str(error)
    except Exception as error:
        return 'refused', f'{type(error).__name__}: {str(error)[:60]}'
    finally:
        signal.alarm(0)
    want = second(numeric, name) if hessian else differences(numeric, name)
    # A function of a symmetric matrix read through eigh sees the symmetric part of a change only: compare there.
    if name in POSDEF and got.size == want.size:
        n = SHAPES[name][0]
        swap = [(k % n) * n + k // n for k in range(n * n)]
        got = got.reshape(n * n, -1) if got.size > n * n else got.reshape(n * n, 1)
        got, want = (got + got[swap]) / 2, (want.reshape(n * n, -1) + want.reshape(n * n, -1)[swap]) / 2
    size = max(1.0, np.abs(want).max())
    if got.size == 1 and want.size > 1:
        got = np.full(want.size, got.ravel()[0])
    close = lambda other: got.size == other.size and np.abs(got.ravel() - other.ravel()).max() < (1e-3 if hessian else 1e-5) * size
    return ('right', '') if close(want) or close(want.T) else ('wrong', 'differs from the differences' if np.abs(got).max() > 0 else 'answers 0')

if __name__ == '__main__':
    counts = {'right': 0, 'refused': 0, 'wrong': 0}
    for problem in P:
        verdict, why = judge(*problem)
        counts[verdict] += 1
        print(problem[0], verdict, why, flush=True)
    print(f"SymPy {sp.__version__}: {counts['right']} right, {counts['refused']} refused, {counts['wrong']} wrong of {len(P)}")
    sys.exit(0)
