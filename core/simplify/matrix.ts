/** Identities of matrix functions, Kronecker products, diagonals, triangles and solves. */
import { rootOf } from '../algebra/commuting';
import { isOne, isScalar, mulDim, sameDim, sameShape, shape } from '../algebra/dim';
import { expand } from '../algebra/expand';
import type { Graph } from '../algebra/graph';
import type { Node } from '../algebra/node';
import { HALF, isOneQ, MINUS_ONE, ONE, rational } from '../algebra/rational';
import { otherWay } from '../algebra/transpose';
import { sliceOfBlocks } from './blocks';
import { diagonalisedPair, rowOverTerms } from './diagonalisation';
import { weightOf } from '../algebra/weight';
import { identity, under, type Identity } from './rewrite';
import { spectralDot } from './spectral';
import { additive, homogeneous, vanishes } from './trace';

const first = (args: readonly Node[]): Node => args[0] as Node;
const isColumn = (a: Node): boolean => isOne(a.shape.cols);

/** Operators that are another spelling of something the graph has a form for. */
const spellings: readonly Identity[] = [
  identity('inv', 'inv(A) = A^-1', (g, args) => g.inverse(first(args)), 'A invertible'),
  identity('sqrtm', 'sqrtm(A) = A^(1/2)', (g, args) => g.power(first(args), HALF)),
  identity('invsqrtm', 'invsqrtm(A) = A^(-1/2)', (g, args) => g.power(first(args), rational(-1, 2))),
  identity('sym', "sym(A) = (A + A')/2", (g, args) => g.scale(HALF, g.add(first(args), g.transpose(first(args))))),
  identity('skewpart', "skewpart(A) = (A - A')/2", (g, args) => g.scale(HALF, g.sub(first(args), g.transpose(first(args))))),
  identity('kronsum', 'A ⊕ B = A ⊗ I + I ⊗ B', (g, [a, b]) => (a && b ? g.add(g.apply('kron', [a, g.identity(b.shape.rows)]), g.apply('kron', [g.identity(a.shape.rows), b])) : undefined)),
  identity('rowsum', 'rowsum(A) = A*ones(n)', (g, args) => g.mul(first(args), g.ones(shape(first(args).shape.cols, first(args).shape.cols.key === '1' ? first(args).shape.cols : ONE_DIM)))),
  identity('colsum', "colsum(A) = ones(m)'*A", (g, args) => g.mul(g.ones(shape(ONE_DIM, first(args).shape.rows)), first(args))),
  identity('cumsum', 'cumsum(A) = tril(ones(m, m))*A', (g, args) => {
    const a = first(args);
    return isScalar(a.shape) ? a : isOne(a.shape.rows) ? g.mul(a, g.apply('triu', [g.ones(shape(a.shape.cols, a.shape.cols))])) : g.mul(g.apply('tril', [g.ones(shape(a.shape.rows, a.shape.rows))]), a);
  }),
  identity('cross', 'cross(a, b) = skew3(a)*b', (g, [a, b]) => (a && b ? g.mul(g.apply('skew3', [a]), b) : undefined)),
  identity('polar', "polar(X) = X*(X'*X)^(-1/2)", (g, args) => {
    const X = first(args);
    const wide = g.atLeast(X.shape.cols, X.shape.rows) && !sameDim(X.shape.rows, X.shape.cols);
    return wide ? g.mul(g.power(g.mul(X, g.transpose(X)), rational(-1, 2)), X) : g.mul(X, g.power(g.mul(g.transpose(X), X), rational(-1, 2)));
  }, 'X of full rank'),
];
const ONE_DIM = { key: '1', terms: [{ coefficient: 1, names: [] }] } as const;

const functions: readonly Identity[] = [
  ...['expm', 'logm', 'adj', 'pinv'].map((op) => identity(op, `${op}(A') = ${op}(A)'`, (g, args) => { const other = otherWay(g, first(args)); return other && g.transpose(g.apply(op, [other])); })),
  identity('expm', 'expm of a scalar is exp', (g, args) => (isScalar(first(args).shape) ? g.apply('exp', args) : undefined)),
  identity('logm', 'logm of a scalar is log', (g, args) => (isScalar(first(args).shape) ? g.apply('log', args) : undefined)),
  identity('chol', 'chol of a scalar is its root', (g, args) => (isScalar(first(args).shape) ? g.power(first(args), HALF) : undefined)),
  identity('eigmax', 'eigmax of a scalar', (_g, args) => (isScalar(first(args).shape) ? first(args) : undefined)),
  identity('eigmin', 'eigmin of a scalar', (_g, args) => (isScalar(first(args).shape) ? first(args) : undefined)),
  identity('eigmin', 'eigmin(A) = -eigmax(-A)', (g, args) => (first(args).kind === 'product' && (first(args) as Node & { kind: 'product' }).coefficient.n < 0n ? g.neg(g.apply('eigmax', [g.neg(first(args))])) : undefined)),
  identity('expm', 'expm(0) = I', (g, args) => (first(args).kind === 'zero' ? g.identity(first(args).shape.rows) : undefined)),
  identity('logm', 'logm(I) = 0', (g, args) => (first(args).kind === 'identity' ? g.zero(first(args).shape) : undefined)),
  under('logm', 'expm', 'logm(expm(A)) = A', (g, [a]) => (a && g.isSymmetric(a) ? a : undefined), 'A symmetric'),
  under('expm', 'logm', 'expm(logm(A)) = A', (_g, [a]) => a),
  under('expm', 'diag', 'expm(diag(x)) = diag(exp(x))', (g, [x]) => (x && isColumn(x) ? g.apply('diag', [g.apply('exp', [x])]) : undefined)),
  under('logm', 'diag', 'logm(diag(x)) = diag(log(x))', (g, [x]) => (x && isColumn(x) ? g.apply('diag', [g.apply('log', [x])]) : undefined)),
  identity('logm', 'logm(A^p) = p*logm(A)', (g, args) => { const a = first(args); return a.kind === 'power' && (g.isPosdef(a.base) || a.exponent.n === -1n && a.exponent.d === 1n) ? g.scale(a.exponent, g.apply('logm', [a.base])) : undefined; }, 'A posdef'),
  identity('chol', 'chol(diag(x)) = diag(sqrt(x))', (g, args) => (g.isDiagonal(first(args)) && first(args).kind === 'apply' ? g.apply('diag', [g.elementPower(g.apply('diag', args), HALF)]) : undefined)),
  identity('pinv', 'pinv(A) = inv(A)', (g, args) => (g.isInvertible(first(args)) ? g.inverse(first(args)) : undefined), 'A invertible'),
  identity('pinv', "pinv(x) = x'/(x'*x)", (g, args) => {
    const x = first(args);
    return isScalar(x.shape) ? g.inverse(x) : isColumn(x) ? g.mul(g.power(g.mul(g.transpose(x), x), MINUS_ONE), g.transpose(x)) : isOne(x.shape.rows) ? g.mul(g.power(g.mul(x, g.transpose(x)), MINUS_ONE), g.transpose(x)) : undefined;
  }, 'x != 0'),
  identity('pinv', 'pinv(c*A) = pinv(A)/c', (g, args) => {
    const a = first(args);
    if (a.kind !== 'product' || a.factors.length === 0 || (a.scalars.length === 0 && isOneQ(a.coefficient))) return undefined;
    return g.mul(g.power(g.product(a.coefficient, a.scalars, []), MINUS_ONE), g.apply('pinv', [g.product(ONE, [], a.factors)]));
  }, 'c != 0'),
  identity('softmax', "softmax(x') = softmax(x)'", (g, args) => (isOne(first(args).shape.rows) ? g.transpose(g.apply('softmax', [g.transpose(first(args))])) : undefined)),
  identity('adj', 'adj of a scalar is 1', (g, args) => (isScalar(first(args).shape) ? g.number(1) : undefined)),
  ...['eigvecs', 'svdu', 'svdv'].map((op) => identity(op, `${op}(c*A) for c > 0`, (g, args) => {
    const a = first(args);
    if (a.kind !== 'product' || a.factors.length === 0 || (a.scalars.length === 0 && isOneQ(a.coefficient))) return undefined;
    return g.isPositive(g.product(a.coefficient, a.scalars, [])) ? g.apply(op, [g.product(ONE, [], a.factors)]) : undefined;
  })),
];

/** sylvester, Fréchet derivatives: linear in their last argument. */
const linearInLast = (op: string, at: number): readonly Identity[] => [
  identity(op, `${op}(…, c*C) = c*${op}(…, C)`, (g, args, dims) => {
    const c = args[at];
    if (c?.kind !== 'product' || c.factors.length === 0 || (c.scalars.length === 0 && isOneQ(c.coefficient))) return undefined;
    const inside = g.product(ONE, [], c.factors);
    return g.product(c.coefficient, c.scalars, [g.apply(op, args.map((x, i) => (i === at ? inside : x)), dims)]);
  }),
  identity(op, `${op}(…, 0) = 0`, (g, args) => (args[at]?.kind === 'zero' ? args[at] : undefined)),
];

const solves: readonly Identity[] = [
  ...linearInLast('sylvester', 2), ...linearInLast('expmFrechet', 1), ...linearInLast('logmFrechet', 1), ...linearInLast('powmFrechet', 2),
  identity('sylvester', 'sylvester(a*I, B, C) = inv(a*I + B)*C', (g, [a, b, c]) => {
    if (!a || !b || !c) return undefined;
    if (isScalar(a.shape) && isScalar(b.shape)) return g.mul(c, g.power(g.add(a, b), MINUS_ONE));
    if (isScalar(b.shape)) return g.mul(g.inverse(g.add(a, g.mul(b, g.identity(a.shape.rows)))), c);
    return isScalar(a.shape) ? g.mul(c, g.inverse(g.add(b, g.mul(a, g.identity(b.shape.rows))))) : undefined;
  }),
  identity('sylvester', 'sylvester(A, B, A*E + E*B) = E', (g, [a, b, c]) => {
    if (!a || !b || c?.kind !== 'sum' || c.terms.length !== 2) return undefined;
    for (const t of c.terms) {
      const E = g.mul(g.inverse(a), t);
      if (E.linear !== t.linear) continue;
      if (g.add(g.mul(a, E), g.mul(E, b)) === c && (E.kind !== 'product' || E.factors.length < (t.kind === 'product' ? t.factors.length : 2))) return E;
    }
    return undefined;
  }),
  identity('sylvester', 'sylvester(A, B, G*inv(B) + inv(A)*G) = inv(A)*G*inv(B)', (g, [a, b, c]) => {
    if (!a || !b || c?.kind !== 'sum' || c.terms.length !== 2) return undefined;
    const [t, u] = c.terms as readonly [Node, Node];
    for (const [x, y] of [[t, u], [u, t]] as const) {
      const G = g.mul(x, b);
      if (weightOf(G) < weightOf(x) && g.mul(a, y) === G) return g.mul(g.inverse(a), G, g.inverse(b));
    }
    return undefined;
  }, 'A, B invertible'),
  identity('sylvester', 'sylvester(A, A, C) = inv(A)*C/2', (g, [a, b, c]) => (a && a === b && c && commutes(g, a, c) ? g.scale(HALF, g.mul(g.inverse(a), c)) : undefined), 'C commutes with A'),
  identity('expmFrechet', 'expmFrechet(A, A) = A*expm(A)', (g, [a, e]) => (a && e && commutes(g, a, e) ? g.mul(e, g.apply('expm', [a])) : undefined), 'E commutes with A'),
  identity('logmFrechet', 'logmFrechet(A, E) = inv(A)*E', (g, [a, e]) => (a && e && commutes(g, a, e) ? g.mul(g.inverse(a), e) : undefined), 'E commutes with A'),
  identity('expmFrechet', 'expmFrechet of scalars', (g, [a, e]) => (a && e && isScalar(a.shape) ? g.mul(g.apply('exp', [a]), e) : undefined)),
  identity('logmFrechet', 'logmFrechet of scalars', (g, [a, e]) => (a && e && isScalar(a.shape) ? g.mul(g.power(a, MINUS_ONE), e) : undefined)),
  identity('powmFrechet', 'powmFrechet(A, p, E) = p*A^(p - 1)*E', (g, [a, p, e]) => (a && p && e && (isScalar(a.shape) || commutes(g, a, e)) ? g.mul(p, g.apply('power', [a, g.sub(p, g.number(1))]), e) : undefined), 'E commutes with A'),
];

/** Both are functions of one matrix; zero is not, since it says nothing of what is solved for. */
function commutes(g: Graph, a: Node, e: Node): boolean {
  const isFunction = (x: Node): boolean => { const root = rootOf(g, x); return root === 'identity' || root === rootOf(g, a); };
  if (e.kind === 'zero') return false;
  // X'*(X - X*(X'*X)^(-1/2)) is a function of X'*X, multiplied out.
  return isFunction(e) || isFunction(expand(g, e, MOST_COMMUTING) ?? e);
}
/** Products of more terms are not looked into. */
const MOST_COMMUTING = 8;

const kronecker: readonly Identity[] = [
  identity('kron', 'c*A ⊗ B = c*(A ⊗ B)', (g, [a, b]) => {
    if (!a || !b) return undefined;
    if (a.kind === 'zero' || b.kind === 'zero') return g.zero(shape(mulDim(a.shape.rows, b.shape.rows), mulDim(a.shape.cols, b.shape.cols)));
    if (isScalar(a.shape) || isScalar(b.shape)) return g.mul(a, b);
    if (a.kind === 'identity' && b.kind === 'identity') return g.identity(mulDim(a.shape.rows, b.shape.rows));
    if (a.kind === 'ones' && b.kind === 'ones') return g.ones(shape(mulDim(a.shape.rows, b.shape.rows), mulDim(a.shape.cols, b.shape.cols)));
    if (isColumn(a) && isOne(b.shape.rows)) return g.mul(a, b);
    if (isOne(a.shape.rows) && isColumn(b)) return g.mul(b, a);
    const pull = [a, b].find((x) => x.kind === 'product' && x.factors.length > 0 && (x.scalars.length > 0 || !isOneQ(x.coefficient)));
    if (pull?.kind !== 'product') return undefined;
    const bare = g.product(ONE, [], pull.factors);
    return g.product(pull.coefficient, pull.scalars, [g.apply('kron', pull === a ? [bare, b] : [a, bare])]);
  }),
  identity('commutation', 'commutation(1, n) = I', (g, _args, [m, n]) => (m && n && (isOne(m) || isOne(n)) ? g.identity(mulDim(m, n)) : undefined)),
  ...['vec', 'unvec', 'vech', 'tril', 'triu', 'phi', 'band', 'diag', 'skew3'].flatMap((op) => [homogeneous(op), vanishes(op)]),
  identity('vec', 'vec(x) = x for a column', (g, args) => (isColumn(first(args)) ? first(args) : isOne(first(args).shape.rows) ? g.transpose(first(args)) : first(args).kind === 'ones' ? g.ones(g.applyShape('vec', [first(args).shape], [])) : undefined)),
  under('vec', 'unvec', 'vec(unvec(v)) = v', (_g, [v]) => v),
  additive('vec'),
  identity('diag', 'diag(A + B) = diag(A) + diag(B) of matrices', (g, args) => {
    const a = first(args);
    return a.kind === 'sum' && !isColumn(a) ? g.add(...a.terms.map((t) => g.apply('diag', [t]))) : undefined;
  }),
  identity('unvec', 'unvec of a column into a column', (g, args, [m, n]) => (m && n && isOne(n) ? first(args) : m && n && isOne(m) ? g.transpose(first(args)) : undefined)),
  under('unvec', 'vec', 'unvec(vec(X)) = X', (_g, [x], _o, [m, n]) => (x && m && n && sameShape(x.shape, shape(m, n)) ? x : undefined)),
  identity('unvec', 'unvec(vec(X) + v) = X + unvec(v)', (g, args, [m, n]) => {
    const a = first(args);
    if (a.kind !== 'sum' || !m || !n) return undefined;
    const stacked = (t: Node): boolean => {
      const v = t.kind === 'product' && t.factors.length === 1 ? t.factors[0] : t;
      return v?.kind === 'apply' && v.op === 'vec' && sameShape(first(v.args).shape, shape(m, n));
    };
    if (!a.terms.some(stacked)) return undefined;
    const rest = a.terms.filter((t) => !stacked(t));
    return g.add(...a.terms.filter(stacked).map((t) => g.apply('unvec', [t], [m, n])), ...(rest.length > 0 ? [g.apply('unvec', [g.add(...rest)], [m, n])] : []));
  }),
  identity('unvec', 'unvec(ones) = ones', (g, args, [m, n]) => (first(args).kind === 'ones' && m && n ? g.ones(shape(m, n)) : undefined)),
];

const productOf = (a: Node): readonly Node[] => (a.kind === 'product' && a.scalars.length === 0 ? a.factors : []);
/** How many arrays an elementwise product holds. */
const entrywiseFactors = (a: Node): number => (a.kind === 'hadamard' ? a.factors.length : a.kind === 'transpose' ? entrywiseFactors(a.arg) : a.kind === 'zero' ? 0 : 1);

/** Before all others: they take what is no column for a square matrix. */
const rowDiagonal = identity('diag', "diag(x') = diag(x)", (g, args) => (isOne(first(args).shape.rows) && !isScalar(first(args).shape) ? g.apply('diag', [g.transpose(first(args))]) : undefined));

/** The x of diag(x). */
const diagonalEntries = (a: Node | undefined): Node | undefined => (a?.kind === 'apply' && a.op === 'diag' && a.args[0] && isColumn(a.args[0]) ? a.args[0] : undefined);

const diagonals: readonly Identity[] = [
  identity('diag', 'diag of a scalar', (_g, args) => (isScalar(first(args).shape) ? first(args) : undefined)),
  ...['tril', 'triu', 'band'].map((op) => under('diag', op, `diag(${op}(A)) = diag(A)`, (g, [a]) => (a && !isColumn(a) && sameDim(a.shape.rows, a.shape.cols) ? g.apply('diag', [a]) : undefined))),
  under('diag', 'phi', 'diag(phi(A)) = diag(A)/2', (g, [a]) => (a ? g.scale(HALF, g.apply('diag', [a])) : undefined)),
  under('diag', 'diag', 'diag(diag(x)) = x', (_g, [x]) => (x && isColumn(x) ? x : undefined)),
  identity('diag', 'diag(ones(n)) = I, diag(I) = ones(n)', (g, args) => {
    const a = first(args);
    if (a.kind === 'ones') return isColumn(a) ? g.identity(a.shape.rows) : g.ones(shape(a.shape.rows, ONE_DIM));
    return a.kind === 'identity' ? g.ones(shape(a.shape.rows, ONE_DIM)) : undefined;
  }),
  identity('diag', "diag(e(i)) = e(i)*e(i)'", (g, args) => (first(args).kind === 'basis' ? g.mul(first(args), g.transpose(first(args))) : undefined)),
  identity('diag', "diag(I[1:k, :]'*x) = I[1:k, :]'*diag(x)*I[1:k, :]", (g, args) => {
    const [left, ...behind] = productOf(first(args));
    if (!isColumn(first(args)) || left?.kind !== 'transpose' || left.arg.kind !== 'selector' || behind.length === 0) return undefined;
    return g.mul(left, g.apply('diag', [g.mul(...behind)]), left.arg);
  }),
  identity('diag', "diag(A') = diag(A)", (g, args) => (first(args).kind === 'transpose' && !isColumn(first(args)) ? g.apply('diag', [(first(args) as Node & { kind: 'transpose' }).arg]) : undefined)),
  identity('diag', "diag(x*y') = x .* y", (g, args) => {
    const a = first(args);
    if (a.kind !== 'product' || isColumn(a)) return undefined;
    const at = a.factors.findIndex((f, i) => i > 0 && isOne(f.shape.rows));
    return at > 0 ? g.hadamard(g.mul(...a.factors.slice(0, at)), g.transpose(g.mul(...a.factors.slice(at)))) : undefined;
  }),
  identity('diag', "diag(A*A') = rowsum(A.^2)", (g, args) => {
    const [a, b, ...more] = productOf(first(args));
    if (!a || !b || more.length > 0 || isColumn(a) || isColumn(b)) return undefined;
    const merged = g.hadamard(a, g.transpose(b));
    return entrywiseFactors(merged) < entrywiseFactors(a) + entrywiseFactors(b) ? g.mul(merged, g.ones(shape(b.shape.rows, ONE_DIM))) : undefined;
  }),
  identity('diag', 'diag(diag(x)*A*diag(y)) = x .* diag(A) .* y', (g, args) => {
    const a = first(args);
    if (a.kind !== 'product' || isColumn(a)) return undefined;
    const [left, right] = [diagonalEntries(a.factors[0]), diagonalEntries(a.factors.at(-1))];
    const inner = a.factors.slice(left ? 1 : 0, right ? -1 : undefined);
    if ((!left && !right) || inner.length === 0) return undefined;
    return g.hadamard(...(left ? [left] : []), g.apply('diag', [g.product(a.coefficient, a.scalars, inner)]), ...(right ? [right] : []));
  }),
  identity('diag', 'diag(A^k) = diag(A).^k for triangular A', (g, args) => {
    const a = first(args);
    return a.kind === 'power' && !isColumn(a) && (g.isLower(a.base) || g.isUpper(a.base)) && a.exponent.d === 1n ? g.elementPower(g.apply('diag', [a.base]), a.exponent) : undefined;
  }, 'A triangular'),
  identity('diag', 'diag(diag(D)) = D for diagonal D', (g, args) => {
    const a = first(args);
    const D = a.kind === 'apply' && a.op === 'diag' ? a.args[0] : undefined;
    return D && !isColumn(D) && g.isDiagonal(D) && D.kind === 'symbol' ? D : undefined;
  }),
  ...(['tril', 'triu'] as const).flatMap((op) => [
    identity(op, `${op}(A) = A where A is so`, (g: Graph, args: readonly Node[]) => ((op === 'tril' ? g.isLower(first(args)) : g.isUpper(first(args))) ? first(args) : undefined)),
    identity(op, `${op} of a triangle of the other kind is its diagonal`, (g: Graph, args: readonly Node[]) => ((op === 'tril' ? g.isUpper(first(args)) : g.isLower(first(args))) ? g.apply('diag', [g.apply('diag', args)]) : undefined)),
    identity(op, `${op}(A + L) = ${op}(A) + L`, (g: Graph, args: readonly Node[]) => {
      const a = first(args);
      return a.kind === 'sum' && a.terms.some((t) => g.isLower(t) || g.isUpper(t)) ? g.add(...a.terms.map((t) => g.apply(op, [t]))) : undefined;
    }),
  ]),
  identity('phi', 'phi(L) for lower L', (g, args) => {
    const a = first(args);
    return g.isLower(a) ? g.sub(a, g.scale(HALF, g.apply('diag', [g.apply('diag', [a])]))) : g.isUpper(a) ? g.scale(HALF, g.apply('diag', [g.apply('diag', [a])])) : undefined;
  }),
];

export const matrixIdentities: readonly Identity[] = [rowDiagonal, ...spellings, ...functions, ...solves, ...kronecker, ...diagonals];

/** What two neighbouring factors become. */
export function pairIdentity(g: Graph, a: Node, b: Node): Node | undefined {
  if (a.kind === 'apply' && b.kind === 'apply') {
    if (a.op === 'diag' && b.op === 'diag') return diagonalProduct(g, a, b);
    if (a.op === 'kron' && b.op === 'kron') return mixedProduct(g, a.args, b.args);
    // (r' ⊗ L)*D = L*diag(r): D picks the columns k*n + k.
    if (a.op === 'kron' && b.op === 'diagonalisation' && isOne((a.args[0] as Node).shape.rows)) return g.mul(a.args[1] as Node, g.apply('diag', [g.transpose(a.args[0] as Node)]));
    if (a.op === 'expm' && b.op === 'expm') return exponentials(g, a.args, b.args);
    if (a.op === 'commutation' && b.op === 'commutation' && a.dims[0]?.key === b.dims[1]?.key && a.dims[1]?.key === b.dims[0]?.key) return g.identity(a.shape.rows);
  }
  if (a.kind === 'apply' && a.op === 'diag' && isColumn(a.args[0] as Node) && isColumn(b)) return g.hadamard(a.args[0] as Node, b);
  if (b.kind === 'apply' && b.op === 'diag' && isColumn(b.args[0] as Node) && isOne(a.shape.rows)) return g.hadamard(a, g.transpose(b.args[0] as Node));
  return diagonalisedPair(g, a, b) ?? rowOverTerms(g, a, b) ?? sliceOfBlocks(g, a, b) ?? cholesky(g, a, b) ?? pseudo(g, a, b) ?? kronOnVector(g, a, b) ?? kronOfRow(g, a, b) ?? spectralDot(g, a, b) ?? rowCommuted(g, a, b);
}

/** M*(r' ⊗ B) = r' ⊗ M*B for a row r', as M = 1 ⊗ M; likewise M*(B ⊗ r') = M*B ⊗ r', and with columns from the right. */
function kronOfRow(g: Graph, a: Node, b: Node): Node | undefined {
  if (b.kind === 'apply' && b.op === 'kron' && !isOne(a.shape.rows)) {
    const [x, y] = b.args as readonly [Node, Node];
    if (isOne(x.shape.rows)) return g.apply('kron', [x, g.mul(a, y)]);
    if (isOne(y.shape.rows)) return g.apply('kron', [g.mul(a, x), y]);
  }
  if (a.kind === 'apply' && a.op === 'kron' && !isColumn(b)) {
    const [x, y] = a.args as readonly [Node, Node];
    if (isColumn(x)) return g.apply('kron', [x, g.mul(y, b)]);
    if (isColumn(y)) return g.apply('kron', [g.mul(x, b), y]);
  }
  return undefined;
}

/** (r' ⊗ A)*K = A ⊗ r' and (A ⊗ r')*K = r' ⊗ A, K = commutation; turned over for columns (Magnus & Neudecker 2019, section 3.7, theorem 3.9). */
function rowCommuted(g: Graph, a: Node, b: Node): Node | undefined {
  if (a.kind === 'apply' && a.op === 'commutation' && b.kind === 'apply' && b.op === 'kron') {
    const t = rowCommuted(g, g.transpose(b), g.transpose(a));
    return t && g.transpose(t);
  }
  if (a.kind !== 'apply' || a.op !== 'kron' || b.kind !== 'apply' || b.op !== 'commutation') return undefined;
  const [x, y] = a.args as readonly [Node, Node];
  const [m, n] = b.dims;
  return (isOne(x.shape.rows) || isOne(y.shape.rows)) && m && n && sameDim(m, x.shape.cols) && sameDim(n, y.shape.cols) ? g.apply('kron', [y, x]) : undefined;
}

function diagonalProduct(g: Graph, a: Node & { kind: 'apply' }, b: Node & { kind: 'apply' }): Node | undefined {
  const [u, v] = [a.args[0], b.args[0]];
  return u && v && isColumn(u) && isColumn(v) ? g.apply('diag', [g.hadamard(u, v)]) : undefined;
}

/** expm(A)*expm(B) = expm(A + B) where B is a multiple of A. */
function exponentials(g: Graph, [a]: readonly Node[], [b]: readonly Node[]): Node | undefined {
  if (!a || !b) return undefined;
  const rest = (x: Node): Node => (x.kind === 'product' ? g.product(ONE, [], x.factors) : x);
  return rest(a) === rest(b) ? g.apply('expm', [g.add(a, b)]) : undefined;
}

const mixedProduct = (g: Graph, [a, b]: readonly Node[], [c, d]: readonly Node[]): Node | undefined =>
  a && b && c && d && sameDim(a.shape.cols, c.shape.rows) && sameDim(b.shape.cols, d.shape.rows) ? g.apply('kron', [g.mul(a, c), g.mul(b, d)]) : undefined;

/** L*L' = A and inv(L)'*inv(L) = inv(A) for L = chol(A). */
function cholesky(g: Graph, a: Node, b: Node): Node | undefined {
  const bare = (x: Node): { base: Node; inverse: boolean; flipped: boolean } => {
    const flipped = x.kind === 'transpose';
    const y = flipped ? x.arg : x;
    return y.kind === 'power' && y.exponent.n === -1n && y.exponent.d === 1n ? { base: y.base, inverse: true, flipped } : { base: y, inverse: false, flipped };
  };
  const [x, y] = [bare(a), bare(b)];
  if (x.base !== y.base || x.base.kind !== 'apply' || x.base.op !== 'chol' || x.inverse !== y.inverse) return undefined;
  const A = x.base.args[0] as Node;
  if (!x.inverse && !x.flipped && y.flipped) return A;
  return x.inverse && x.flipped && !y.flipped ? g.inverse(A) : undefined;
}

/** pinv(X)*X = I for full column rank. */
function pseudo(g: Graph, a: Node, b: Node): Node | undefined {
  if (a.kind === 'apply' && a.op === 'pinv' && a.args[0] === b && g.isTall(b)) return g.identity(b.shape.cols);
  if (b.kind === 'transpose' && b.arg.kind === 'apply' && b.arg.op === 'pinv' && b.arg.args[0] && a === g.transpose(b.arg.args[0]) && g.isTall(b.arg.args[0])) return g.identity(a.shape.rows);
  return undefined;
}

/** (A ⊗ B)*vec(Z) = vec(B*Z*A'), also for a bare column, and its row form; commutation(m, n)*vec(Z) = vec(Z'). */
function kronOnVector(g: Graph, a: Node, b: Node): Node | undefined {
  if (isOne(a.shape.rows)) {
    if (isColumn(b)) return undefined;
    const t = kronOnVector(g, g.transpose(b), g.transpose(a));
    return t && g.transpose(t);
  }
  if (!isColumn(b) || a.kind !== 'apply') return undefined;
  if (a.op === 'commutation' && a.dims[0] && a.dims[1]) {
    return b.kind === 'apply' && b.op === 'vec' && b.args[0] && sameShape(b.args[0].shape, shape(a.dims[0], a.dims[1])) ? g.apply('vec', [g.transpose(b.args[0])]) : undefined;
  }
  if (a.op !== 'kron') return undefined;
  const [A, B] = a.args;
  if (!A || !B || isColumn(A) || isColumn(B)) return undefined;
  const Z = g.apply('unvec', [b], [B.shape.cols, A.shape.cols]);
  return g.apply('vec', [g.mul(B, Z, g.transpose(A))]);
}

