/** What generated code is held to at bad inputs: documents that bring every kind of kernel and loop into play, and the faults. */
import type { Point } from '../../core/numeric/points-decimal';

/** A document with its point; the sizes are m = 4, n = 3, k = 2. */
export interface FaultRow {
  readonly title: string;
  readonly text: string;
  /** What is expected: a word a fault. */
  readonly expected: string;
  /** What other targets give at a fault where that is something else: numpy by its own functions, ml-matrix and mathjs by their products. */
  readonly numpy?: Readonly<Record<string, string>>;
  readonly libraries?: Readonly<Record<string, string>>;
  /** Faults at which 64 digits do not reach, or the function has a kink. */
  readonly unreferenced?: readonly string[];
}

export const SIZES: ReadonlyMap<string, number> = new Map([['m', 4], ['n', 3], ['k', 2]]);
const HEAD = 'A, B : matrix(n, n)\nS : matrix(n, n) posdef\nT : matrix(n, n) symmetric\nL : matrix(n, n) lower invertible\nX : matrix(m, n)\nW : matrix(n, k)\nx, y : vector(n)\nz : vector(m)\np : vector(n) positive\n';
type Others = Pick<FaultRow, 'numpy' | 'libraries'>;
const row = (title: string, body: string, request: string, expected = '', unreferenced: readonly string[] = [], others: Others = {}): FaultRow => ({ title, expected, unreferenced, ...others, text: `dim m >= n\n${HEAD}f = ${body}\n${request}\n` });

const SCALES = ['1e-310', '1e-300', '1e-100', '1e100', '1e300', '1e-150', '1e150'], TIES = ['near singular', 'zero'];
export const ROWS: readonly FaultRow[] = [
  row('products and sums', "normF(X*W)^2 + sum(A .* B)", 'grad(f, W)', 'v v v v v vfff vfff vfff nvvv n vfff n'),
  row('matrix times vector', "x'*A*B*y", 'grad(f, x)', 'v v v v v v v v nvvv n v n'),
  row('norm of a residual', 'norm(X*x - z)', 'grad(f, x)', 'v v v v vnnn v v v v n v v', [], { numpy: { '1e-310': 'vnnn' }, libraries: { '1e-310': 'vnnn' } }),
  row('unit vector', 'x/norm(x)', 'jacobian(f, x)', 'v v v v n n v v v v v v'),
  row('LU, solve', "x'*inv(A)*y", 'grad(f, A)', 'v vfff e v e vvnv v v v v v v', [], { numpy: { '1e-310': 'e' } }),
  row('LU, inverse', 'inv(A)', 'jacobian(f, A)', 'v vfff e v e n vnnn v v v v v', [], { numpy: { '1e-310': 'e' } }),
  row('log of the determinant', "logdet(A'*A)", 'grad(f, A)', 'v evvv e v e ennn evvv v v evvv v v', [], { numpy: { '1e-310': 'e', '1e300': 'nvvv' } }),
  row('determinant', 'det(A)', 'grad(f, A)', 'v v veee v veee veee veee v v n veee n', [], { numpy: { '1e-310': 'neee' } }),
  row('Cholesky, solve', "x'*inv(S)*x", 'grad(f, x)', 'v v e e e vvnv v v v v v v'),
  row('Cholesky, log det', "logdet(S) + x'*inv(S)*x", 'grad(f, S)', 'v v e e e vnnn v v v v v v'),
  row('Cholesky factor', 'chol(S)', 'jacobian(f, S)', 'v v e e e vnnv v v v v v v'),
  row('least squares', "inv(X'*X)*X'*z", 'jacobian(f, z)', 'v v e v e e e v v e v v'),
  row('triangular solve', 'inv(L)*x', 'jacobian(f, x)', 'v v n v n vnnn v v v v v v', [], { numpy: { singular: 'e', zero: 'e' } }),
  row('symmetric, not definite', "x'*inv(T)*x + logdet(T*T)", 'grad(f, T)', 'v evvv e v e ennn evvv v v evvv v v', [], { numpy: { '1e-310': 'e', '1e300': 'nvvv' } }),
  row('symmetric, definite as it turns out', "x'*inv(exp(T) + 5*I(n))*x + logdet(exp(T) + 5*I(n)) + det(exp(T) + 5*I(n))", 'grad(f, T)', 'v v v v v f f f e e f e', ['1e-310', '1e-300', '1e-100', '1e-150']),
  row('small side', "logdet(X*X' + I(m))", 'grad(f, X)', 'v v v v v f f f f e f f', SCALES, { numpy: { '1e300': 'neee' } }),
  row('eigenvalues', 'sum(eigvals(T).^2)', 'grad(f, T)', 'v v v v v v v v v nvvv v v'),
  row('square root', 'S^(1/2)', 'jacobian(f, S)', 'v v feee e feee v v v v v v v'),
  row('polar factor', 'polar(X)', 'jacobian(f, X)', 'v v e v e e e v v e v v'),
  row('singular values', 'norm2(A)', 'grad(f, A)', 'v f v v f v v v v v v v', TIES),
  row('pseudo-inverse', 'pinv(X)', 'jacobian(f, X)', 'v v vfff v vfff e veee v v veee veee veee', [], { numpy: { '1e-310': 'neee' } }),
  row('exponential', 'expm(T)', 'jacobian(f, T)', 'v v v v v v v v n n v n'),
  row('logistic loss', 'sum(softplus(-z .* (X*x)))', 'hessian(f, x)', 'v v v v v f f f f n f nffn', SCALES),
  row('softmax', 'softmax(A*x)', 'jacobian(f, x)', 'v v v v v f f f f n f f', SCALES),
  row('logsumexp', 'logsumexp(x)', 'hessian(f, x)', 'v v v v v f f f f f f f', SCALES),
  row('rows over their sums', 'sum(B .* (exp(A) ./ (rowsum(exp(A))*ones(n)\')))', 'grad(f, A)', 'v v v v v v v v f f v f'),
  row('maps', 'sum(tanh(x) + relu(y) + abs(x) .* sigmoid(y))', 'grad(f, y)', 'v f v v f f f f f f f f', [...SCALES, ...TIES]),
  row('largest entry', 'max(x)', 'grad(f, x)', 'v f v v f f f f f f f f', [...SCALES, ...TIES]),
  row('powers and logarithms', 'sum(p.^(1/2) + log(p) + p.^3)', 'grad(f, p)', 'v v v n n vnnn v v v n v nvvv'),
  row('product of entries', 'prod(p)', 'grad(f, p)', 'v v v v vfff v v v v n v nvvv'),
  row('entropy', 'entropy(p)', 'grad(f, p)', 'v v v n n v v v v v v v'),
  row('kernel', 'exp(-norm(x - y)^2/2)', 'hessian(f, x)', 'v v v v v f f f f f f f', SCALES),
  row('Sylvester', 'sylvester(S, S, A)', 'jacobian(f, A)', 'v v e e e n v v v v v v'),
  row('Sylvester, general', 'sylvester(A, B, B)', 'jacobian(f, A)', 'v v v v e n v v v v v v', [], { numpy: { '1e-310': 'vnnn' } }),
  row('square root, general', 'sqrtm(A)', 'jacobian(f, A)', 'v e e v feee v v v v v v v', [], { numpy: { zero: 'e' } }),
  row('logarithm, general', 'logm(A)', 'jacobian(f, A)', 'v e e v e vnnn v v v v v v'),
  row('exponential, general', 'expm(A)', 'jacobian(f, A)', 'v v v v v v v v e e v e', [], { numpy: { '1e100': 'n', '1e300': 'n', '1e150': 'n' } }),
  row('adjugate', 'adj(A)', 'jacobian(f, A)', 'v v veee v veee veee veee v v n v v', [], { numpy: { '1e300': 'neee' } }),
  row('condition number', 'cond(A)', 'grad(f, A)', 'v f e v e veee v v v v v v', TIES),
  row('several products', "tr(A*B*A'*B*A*B)", 'grad(f, A)', 'v v v v v v v v n n v n'),
  row('residuals over a norm', "X'*(X*x - z)/norm(X*x - z)^3", 'jacobian(f, x)', 'v v v v n n n v eevv n vnvv eevv', [], { numpy: { '1e300': 'eenn', '1e-150': 'vnnn' }, libraries: { '1e-150': 'vnnn' } }),
];

const ORDINARY: Readonly<Record<string, readonly number[]>> = {
  A: [2, -1, 0.5, 1, 3, -0.5, 0.25, 1, 1.5], B: [0.5, 1, -0.25, 0.75, -1, 2, 1.25, 0.5, 1], S: [4, 1, 0.5, 1, 3, 0.25, 0.5, 0.25, 2], T: [1, 0.5, -0.25, 0.5, -2, 0.75, -0.25, 0.75, 3],
  L: [2, 0, 0, 0.5, 1.5, 0, -1, 0.25, 1], X: [1, 0.5, -1, 2, 0.25, 0.75, -0.5, 1.5, 1, 0.25, -0.75, 2], W: [1, -0.5, 0.25, 2, -1, 0.75], x: [0.5, -1.25, 0.75], y: [1.5, 0.25, -0.5], z: [1, -0.5, 2, 0.25], p: [0.5, 1.25, 2],
};
const SHAPES: Readonly<Record<string, readonly [number, number]>> = { A: [3, 3], B: [3, 3], S: [3, 3], T: [3, 3], L: [3, 3], X: [4, 3], W: [3, 2], x: [3, 1], y: [3, 1], z: [4, 1], p: [3, 1] };
/** Condition 2e10 each: what differs from singular by 1e-10; the square of X's, which X'X has, is 1e10 for it. */
const NEAR: Readonly<Record<string, readonly number[]>> = {
  A: [1, 2, 3, 2, 4 + 1e-10, 6, 3, 6, 9 + 1e-9].map((v, i) => v + (i === 1 ? 1e-10 : 0)), S: [1, 1, 1, 1, 1 + 1e-10, 1, 1, 1, 1 + 2e-10], T: [1, 1, 1, 1, 1 - 1e-10, 1, 1, 1, 1 + 2e-10],
  L: [1, 0, 0, 1, 1e-10, 0, 1, 1, 1], X: [1, 1, 1, 1, 1 + 1e-5, 1, 1, 1, 1 + 1e-5, 1, 1, 1], x: [1, 1, 1], y: [1, 1, 1 + 1e-12],
};
const SINGULAR: Readonly<Record<string, readonly number[]>> = { A: [1, 2, 3, 2, 4, 6, 1, 1, 1], S: [1, 1, 1, 1, 1, 1, 1, 1, 2], T: [1, 2, 0, 2, 4, 0, 0, 0, 1], L: [1, 0, 0, 1, 0, 0, 1, 1, 1], X: [1, 2, 1, 2, 4, 0, 1, 2, 3, 0, 0, 1] };
const INDEFINITE: Readonly<Record<string, readonly number[]>> = { S: [1, 2, 0, 2, 1, 0, 0, 0, 1], p: [0.5, -1, 2] };
const ZERO = Object.fromEntries(Object.entries(ORDINARY).map(([name, v]) => [name, v.map(() => 0)]));
const scaled = (by: number): Readonly<Record<string, readonly number[]>> => Object.fromEntries(Object.entries(ORDINARY).map(([name, v]) => [name, v.map((a) => a * by)]));

/** How much larger than rounding an error may be: the condition of the input where the formula inverts or factors it. */
export interface Fault { readonly name: string; readonly condition: number; readonly values: Readonly<Record<string, readonly number[]>> }
export const FAULTS: readonly Fault[] = [
  { name: 'ordinary', condition: 1, values: {} }, { name: 'near singular', condition: 1e11, values: NEAR }, { name: 'singular', condition: 1, values: SINGULAR }, { name: 'indefinite', condition: 1, values: INDEFINITE }, { name: 'zero', condition: 1, values: ZERO },
  { name: '1e-310', condition: 1e4, values: scaled(1e-310) }, { name: '1e-300', condition: 1, values: scaled(1e-300) }, { name: '1e-100', condition: 1, values: scaled(1e-100) }, { name: '1e100', condition: 1, values: scaled(1e100) }, { name: '1e300', condition: 1, values: scaled(1e300) },
  { name: '1e-150', condition: 1, values: scaled(1e-150) }, { name: '1e150', condition: 1, values: scaled(1e150) },
];
export function pointAt(fault: Fault): ReadonlyMap<string, Point> {
  return new Map(Object.entries(SHAPES).map(([name, [rows, cols]]) => [name, { rows, cols, data: (fault.values[name] ?? ORDINARY[name] ?? []).map(String) }] as const));
}
