/** Finite sums over random parts, over pairs of rows too, and variables that stand as indices. */
import { isDim, isScalar, isSquare, matrix, node, of, proper, same, SCALAR, vector, type Makers } from './make';
import { leaf, type Demand, type Sizes, type Tree } from './tree';

type Slot = readonly [Sizes, Demand];
const slot = (rows: string, cols: string, demand: Demand = 'any'): Slot => [[rows, cols], demand];
const X = slot('m', 'n');
const x = slot('n', '1');
const A = slot('n', 'n');
/** Weights by rows, by columns and by pairs of rows. */
const [z, y, C] = [slot('m', '1'), slot('n', '1'), slot('m', 'm')];

/** Scalars, each with the slots that its text has holes for. */
const SUMS: readonly (readonly [readonly Slot[], Tree['write']])[] = [
  [[x, y], ([a, b]) => `sum((${a})[i]*(${b})[i]^2, i = 1:n)`],
  [[slot('n', '1', 'pos'), y], ([a, b]) => `sum((${a})[i]^(1/2)*exp((${b})[i]), i = 1:n)`],
  [[A, x, y], ([a, b, d]) => `sum(sum((${a})[i, j]*(${b})[i]*(${d})[j], j = 1:n), i = 1:n)`],
  [[A, x], ([a, b]) => `sum((${a})[i, i]*(${b})[i], i = 1:n)`],
  [[X, x, z], ([a, b, d]) => `sum(((${a})[i, :]*${b} - (${d})[i])^2, i = 1:m)`],
  [[X, x, z], ([a, b, d]) => `sum(softplus((${d})[i]*((${a})[i, :]*${b})), i = 1:m)`],
  [[X, A], ([a, b]) => `sum((${a})[i, :]*${b}*(${a})[i, :]', i = 1:m)`],
  [[X, x, z], ([a, b, d]) => `sum((${d})[i]*norm((${a})[i, :]' - ${b})^2, i = 1:m)`],
  [[X, x, slot('n', 'n', 'spd')], ([a, b, d]) => `sum(((${a})[i, :]' - ${b})'*inv(${d})*((${a})[i, :]' - ${b}), i = 1:m)`],
  [[X], ([a]) => `sum(logsumexp((${a})[i, :]'), i = 1:m)`],
  [[X, z], ([a, b]) => `sum((${b})[i]*sum(exp((${a})[i, :])), i = 1:m)`],
  [[C, X], ([a, b]) => `sum(sum((${a})[i, j]*norm((${b})[i, :] - (${b})[j, :])^2, i = 1:m), j = 1:m)`],
  [[X], ([a]) => `sum(sum(exp(-norm((${a})[i, :] - (${a})[j, :])^2), i = 1:m), j = 1:m)`],
  [[z, X], ([a, b]) => `sum(sum((${a})[i]*(${a})[j]*exp(-(norm((${b})[i, :] - (${b})[j, :])^2 / 2)), i = 1:m), j = 1:m)`],
  [[C, X], ([a, b]) => `sum(sum(((${a})[i, j] - (${b})[i, :]*(${b})[j, :]')^2, i = 1:m), j = 1:m)`],
  [[C, X], ([a, b]) => `sum(sum((${a})[i, j] / (1 + norm((${b})[i, :] - (${b})[j, :])^2), i = 1:m), j = 1:m)`],
  [[X, slot('m', 'n')], ([a, b]) => `sum(sum(norm((${a})[i, :] - (${b})[j, :])^2, i = 1:m), j = 1:m)`],
  [[x, slot('n', 'n', 'spd')], ([a, b]) => `sum((${a})'*inv(${b} + X[i, :]'*X[i, :])*(${a}), i = 1:m)`],
  [[slot('n', 'n', 'spd'), slot('m', '1', 'pos')], ([a, b]) => `sum(logdet(${a} + (${b})[i]*I(n)), i = 1:m)`],
  [[x, A], ([a, b]) => `sum((${a})'*E(i, i, n, n)*${b}*e(i, n), i = 1:n)`],
  [[x], ([a]) => `sum(i*(${a})[i], i = 1:n)`],
  [[A], ([a]) => `sum(sum(delta(i, j)*(${a})[i, j], j = 1:n), i = 1:n)`],
  [[slot('1', '1', 'pos'), slot('n', '1', 'pos')], ([a, b]) => `sum(${a}^2*(${b})[i]^(1/2), i = 1:n)`],
  [[A, y], ([a, b]) => `tr(sum((${b})[i]*(${a})[:, i]*(${a})[:, i]', i = 1:n))`],
  [[slot('n', '1')], ([a]) => `sum((${a})[i + 1]*(${a})[i], i = 1:n-1)`],
];

/** By the shape that the sum has. */
const ARRAYS: readonly (readonly [Sizes, readonly Slot[], Tree['write']])[] = [
  [['n', '1'], [X, z], ([a, b]) => `sum((${b})[i]*(${a})[i, :]', i = 1:m)`],
  [['n', 'n'], [X, z], ([a, b]) => `sum((${b})[i]*(${a})[i, :]'*(${a})[i, :], i = 1:m)`],
  [['n', 'n'], [X, x], ([a, b]) => `sum(((${a})[i, :]' - ${b})*((${a})[i, :]' - ${b})', i = 1:m)`],
  [['n', 'n'], [A, y], ([a, b]) => `sum((${b})[i]*(${a})[:, i]*(${a})[i, :], i = 1:n)`],
  [['1', 'n'], [X, z], ([a, b]) => `sum((${b})[i]^2*(${a})[i, :], i = 1:m)`],
];

/** What a variable as an index makes of parts: `(A)[h, g]`, `E(h, g, n, n)`. Both of them count rows and columns alike. */
const PICKED: Makers = [
  [0.3, of('variableEntry', () => [A], ([a]) => `((${a})[h, g])`, isScalar)],
  [0.3, of('variableElement', () => [x], ([a]) => `((${a})[h])`, isScalar)],
  [0.2, of('variableEntry', () => [X], ([a]) => `((${a})[h, 1])`, isScalar)],
  [0.1, of('variableDelta', () => [slot('1', '1')], ([a]) => `(delta(h, g)*${a})`, isScalar)],
  [0.2, of('variableRow', () => [A], ([a]) => `((${a})[h, :])`, (s) => same(s, ['1', 'n']))],
  [0.25, of('variableColumn', (s) => [slot(s[0], 'n')], ([a]) => `((${a})[:, g])`, (s) => vector(s) && isDim(s[0]))],
  [0.15, of('variableBasis', () => [slot('1', '1')], ([a]) => `(${a}*e(h, n))`, (s) => same(s, ['n', '1']))],
  [0.2, of('variableUnit', () => [A, slot('1', '1')], ([a, b]) => `(${a} + ${b}*E(h, g, n, n))`, (s) => same(s, ['n', 'n']))],
];

export const indexed: Makers = [
  [0.9, (c, s, depth) => {
    if (!isScalar(s)) return undefined;
    const [slots, write] = c.r.pick(SUMS);
    return node('finiteSum', SCALAR, 'any', slots.map(([shape, demand]) => c.grow(shape, demand, depth - 2)), write);
  }],
  [0.3, (c, s, depth) => {
    const rows = ARRAYS.filter(([shape]) => same(shape, s));
    if (rows.length === 0) return undefined;
    const [, slots, write] = c.r.pick(rows);
    return node('finiteSum', s, 'any', slots.map(([shape, demand]) => c.grow(shape, demand, depth - 2)), write);
  }],
  ...PICKED,
  // The diagonal matrix of a row, and of sums along columns.
  [0.4, of('diagOfRow', (s) => [slot('1', s[0])], ([a]) => `diag(${a})`, proper)],
  [0.1, of('diagOfColumnSums', (s) => [slot('n', s[0])], ([a]) => `diag(colsum(${a}))`, proper)],
  [0.15, of('entries', () => [slot('1', '1'), slot('1', '1'), slot('1', '1')], ([a, b, d]) => `[${a}; ${b}; ${d}]`, (s) => same(s, ['3', '1']))],
  [0.1, of('blockColumn', () => [slot('n', 'n'), slot('n', '1')], ([a, b]) => `([${a}, ${b}]*[${b}; 1])`, (s) => same(s, ['n', '1']))],
  [0.04, (_, s) => (isScalar(s) ? leaf("(svdu1(Y)'*Y*svdv1(Y))", s) : undefined)],
  [0.15, of('outerOfRow', (s) => [slot('1', s[0])], ([a]) => `((${a})'*${a})`, (s) => matrix(s) && isSquare(s) && isDim(s[0]))],
];
