"""Writes fault-values.ts: every kernel's value at hard inputs, with 60 digits by mpmath (python3-mpmath), rounded to doubles."""
from mpmath import mp, mpf, matrix, expm, eye
import json, os
mp.dps = 60

def orthogonal(v):
    v = matrix(v); return eye(len(v)) - 2 * v * v.T / (v.T * v)[0]
def rounded(A): return [[float(A[i, j]) for j in range(A.cols)] for i in range(A.rows)]
def exact(rows): return matrix([[mpf(x) for x in r] for r in rows])
Q = orthogonal([1, 2, 3])
bad = Q * mp.diag([1, mpf('1e-7'), mpf('1e-14')]) * Q.T
bad = rounded((bad + bad.T) / 2)
S = [[4, 1, 0.5], [1, 3, 0.25], [0.5, 0.25, 2]]
scaled = lambda f: [[x * f for x in r] for r in S]
INPUTS = {
  'ordinary': S, 'general': [[2, -1, 0.5], [1, 3, -0.5], [0, 1, 1.5]], 'condition 1e14': bad,
  'scale 1e-310': scaled(1e-310), 'scale 1e-150': scaled(1e-150), 'scale 1e150': scaled(1e150), 'scale 1e300': scaled(1e300),
}
E = exact([[0.5, -1, 0.25], [1, 0.75, -0.5], [0.125, 1, -1]])
b = matrix([1, 2, 3])

def sym(A, f):
    w, V = mp.eigsy(A)
    return V * mp.diag([f(x) for x in w]) * V.T
def isSym(A): return all(A[i, j] == A[j, i] for i in range(3) for j in range(3))
def fun(A, f, g): return sym(A, f) if isSym(A) else g(A)
def diagonalised(f):
    def g(A):
        w, V = mp.eig(A)
        return (V * mp.diag([f(x) for x in w]) * mp.inverse(V)).apply(mp.re)
    return g
log = lambda A: fun(A, mp.log, diagonalised(mp.log))
THIRD = mpf(1 / 3)  # the double
cube = lambda A: fun(A, lambda x: x ** THIRD, diagonalised(lambda x: mp.exp(mp.log(x) * THIRD)))
sq = lambda A: fun(A, mp.sqrt, diagonalised(mp.sqrt))
ex = lambda A: fun(A, mp.exp, diagonalised(mp.exp))
def kronsolve(A, B, C):
    K = matrix(9, 9)
    for i in range(3):
        for j in range(3):
            for p in range(3):
                K[3 * i + j, 3 * p + j] += A[i, p]
                K[3 * i + j, 3 * i + p] += B[p, j]
    x = mp.lu_solve(K, matrix([C[i, j] for i in range(3) for j in range(3)]))
    return matrix(3, 3).apply(lambda _: 0) + matrix([[x[3 * i + j] for j in range(3)] for i in range(3)])
flat = lambda M: [M[i, j] for i in range(M.rows) for j in range(M.cols)]
KERNELS = {
  'inverse': lambda A: mp.inverse(A), 'luSolve': lambda A: mp.lu_solve(A, b), 'determinant': lambda A: matrix([mp.det(A)]), 'logdet': lambda A: matrix([mp.log(mp.det(A))]),
  'inversePosdef': lambda A: mp.inverse(A), 'choleskySolve': lambda A: mp.lu_solve(A, b), 'cholesky': lambda A: mp.cholesky(A / A[0, 0]) * mp.sqrt(A[0, 0]), 'logdetPosdef': lambda A: matrix([mp.log(mp.det(A))]),
  'eigSym': lambda A: matrix(sorted(mp.eigsy(A)[0])), 'singularValues': lambda A: matrix(sorted([mp.sqrt(x) for x in mp.eigsy(A.T * A)[0]], reverse=True)),
  'pinv': lambda A: mp.inverse(A), 'polar': lambda A: A * sym(A.T * A, lambda x: 1 / mp.sqrt(x)), 'adjugate': lambda A: mp.det(A) * mp.inverse(A),
  'sqrtm': sq, 'logm': log, 'powm': cube, 'expm': ex,
  'sylvester': lambda A: kronsolve(A, A, E),
}
# Frechet derivatives through the block matrix f([A E; 0 A]), which needs no differences.
def block(f):
    def g(A):
        h = mpf(10) ** -20
        P = lambda t: f(A + t * h * E)
        return (P(1) - P(-1)) / (2 * h)
    return g
KERNELS['expmFrechet'] = block(diagonalised(mp.exp))
KERNELS['logmFrechet'] = block(diagonalised(mp.log))
KERNELS['powmFrechet'] = block(diagonalised(lambda x: mp.exp(mp.log(x) * THIRD)))
POSDEF = {'inversePosdef', 'choleskySolve', 'cholesky', 'logdetPosdef', 'eigSym'}
FRECHET = {'expmFrechet', 'logmFrechet', 'powmFrechet'}

def text(x):
    f = float(x) if abs(x) < mpf('1.7976931348623157e308') else float('inf')
    return 'Infinity' if f == float('inf') else '-Infinity' if f == -float('inf') else repr(f)
rows = []
for name, f in KERNELS.items():
    for label, rows_ in INPUTS.items():
        if name in POSDEF and label == 'general': continue
        if name in FRECHET and label not in ('ordinary', 'general', 'condition 1e14'): continue
        A = exact(rows_)
        if name in FRECHET and label == 'condition 1e14' and name != 'expmFrechet': continue
        if name in ('expm',) and label in ('scale 1e150', 'scale 1e300'): values = 'overflow'
        else: values = flat(f(A))
        want = 'undefined' if values == 'overflow' else '[' + ', '.join(text(v) for v in values) + ']'
        rows.append(f"  {{ kernel: '{name}', input: '{label}', want: {want} }},")
inputs = '\n'.join(f"  '{k}': [{', '.join(repr(float(x)) for r in v for x in r)}]," for k, v in INPUTS.items())
here = os.path.dirname(os.path.abspath(__file__))
open(os.path.join(here, 'fault-values.ts'), 'w').write(f"""// Values of the kernels at hard 3 x 3 inputs with 60 digits, rounded. Written by fault-values.py (mpmath).

export interface FaultCase {{
  readonly kernel: string;
  readonly input: string;
  /** Undefined where the value is too large for 64-bit numbers; Infinity for such an entry. */
  readonly want: readonly number[] | undefined;
}}

export const inputs: Readonly<Record<string, readonly number[]>> = {{
{inputs}
}};
/** The direction of derivatives, and the right side of Sylvester's equation. */
export const E: readonly number[] = [{', '.join(repr(float(x)) for x in flat(E))}];

export const faultCases: readonly FaultCase[] = [
{chr(10).join(rows)}
];
""")
