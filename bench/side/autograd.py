"""The cases as people write them for torch: the function, differentiated by autograd. One function a case; each gives a closure without arguments."""
import torch

F = torch.nn.functional


def t(a, *shape):
    return torch.from_numpy(a).reshape(shape)


def gradient(f, x):
    def run():
        z = x.detach().requires_grad_(True)
        return torch.autograd.grad(f(z), z)[0]
    return run


def ridge(v, s):
    X, W, Y, c = t(v['X'], s['m'], s['n']), t(v['W'], s['n'], s['k']), t(v['Y'], s['m'], s['k']), v['t']
    return gradient(lambda z: ((X @ z - Y) ** 2).sum() + c * (z ** 2).sum(), W)


def _logistic(v, s):
    X, y = t(v['X'], s['m'], s['n']), t(v['y'], s['m'])
    return lambda z: F.softplus(-y * (X @ z)).sum()


def logistic(v, s):
    return gradient(_logistic(v, s), t(v['w'], s['n']))


logistic_hessian = {
    '': lambda v, s: lambda f=_logistic(v, s), w=t(v['w'], s['n']): torch.autograd.functional.hessian(f, w),
    'vectorized': lambda v, s: lambda f=_logistic(v, s), w=t(v['w'], s['n']): torch.autograd.functional.hessian(f, w, vectorize=True),
}


def logdet(v, s):
    eye = torch.eye(s['m'])
    return gradient(lambda z: torch.logdet(z @ z.T + eye), t(v['A'], s['m'], s['n']))


def gauss(v, s):
    x = t(v['x'], s['n'])
    return gradient(lambda z: torch.logdet(z) + x @ torch.linalg.solve(z, x), t(v['S'], s['n'], s['n']))


def gp(v, s):
    D, y, c, noise, eye = t(v['D'], s['n'], s['n']), t(v['y'], s['n']), v['s'], v['v'], torch.eye(s['n'])

    def f(l):
        K = c * torch.exp(-D / (2 * l ** 2)) + noise * eye
        L = torch.linalg.cholesky(K)
        return y @ torch.cholesky_solve(y[:, None], L)[:, 0] + 2 * torch.log(torch.diagonal(L)).sum()
    return gradient(f, torch.tensor(v['l']))


def bilinear(v, s):
    x, y = t(v['x'], s['n']), t(v['y'], s['n'])
    return gradient(lambda z: x @ torch.linalg.solve(z, y), t(v['A'], s['n'], s['n']))


def _quadratic(v, s):
    A = t(v['A'], s['n'], s['n'])
    return lambda z: z @ A @ z


quadratic = {
    '': lambda v, s: lambda f=_quadratic(v, s), x=t(v['x'], s['n']): torch.autograd.functional.hessian(f, x),
    'vectorized': lambda v, s: lambda f=_quadratic(v, s), x=t(v['x'], s['n']): torch.autograd.functional.hessian(f, x, vectorize=True),
}


def attention(v, s):
    K, V, G = (t(v[k], s['n'], s['d']) for k in 'KVG')
    c = s['d'] ** -0.5
    return gradient(lambda q: (G * (torch.softmax(c * (q @ K.T), dim=1) @ V)).sum(), t(v['Q'], s['n'], s['d']))


def _polar(X):
    d, Q = torch.linalg.eigh(X.T @ X)
    return X @ Q @ torch.diag(d ** -0.5) @ Q.T


def _along(product):
    def make(v, s):
        X, V = t(v['X'], s['m'], s['n']), t(v['direction'], s['m'], s['n'])
        return lambda: product(_polar, X, V)[1]
    return make


polar_jvp = _along(torch.autograd.functional.jvp)
polar_vjp = _along(torch.autograd.functional.vjp)


def _jacobian(f, x, p, q, m, n, vectorize):
    """Rows vec(F), columns vec(X), columns stacked: a view of torch's, so that both do the same work."""
    def run():
        J = torch.autograd.functional.jacobian(f, x, vectorize=vectorize)
        return J.reshape(p, q, m, n).permute(1, 0, 3, 2).reshape(p * q, m * n)
    return run


def _both(make):
    return {'': lambda v, s: make(v, s, False), 'vectorized': lambda v, s: make(v, s, True)}


polar_jacobian = _both(lambda v, s, z: _jacobian(_polar, t(v['X'], s['m'], s['n']), s['m'], s['n'], s['m'], s['n'], z))


def _axxa(v, s, z):
    A = t(v['A'], s['n'], s['n'])
    return _jacobian(lambda X: A @ X @ X.T @ A.T, t(v['X'], s['n'], s['k']), s['n'], s['n'], s['n'], s['k'], z)


axxa = _both(_axxa)
wwt = _both(lambda v, s, z: _jacobian(lambda W: W @ W.T, t(v['W'], s['n'], s['k']), s['n'], s['n'], s['n'], s['k'], z))


def _rank_one(v, s, z):
    eye, c = torch.eye(s['n']), v['t']

    def f(x):
        # eigh has no gradient at the repeated eigenvalue 1: the closed form of the root, as somebody would have to find it.
        return eye + torch.outer(x, x) * (c / (torch.sqrt(1 + c * (x @ x)) + 1))
    return _jacobian(f, t(v['x'], s['n']), s['n'], s['n'], s['n'], 1, z)


rank_one_root = _both(_rank_one)
