/** Identities of the maps from arrays to scalars: trace, sum, determinants and norms. */
import { isOne, isScalar, sameDim } from '../algebra/dim';
import type { Graph } from '../algebra/graph';
import { before } from '../algebra/chain';
import type { Node } from '../algebra/node';
import { compareNodes } from '../algebra/order';
import { HALF, isIntegerQ, isNegativeQ, isOneQ, MINUS_ONE, ONE } from '../algebra/rational';
import { otherWay } from '../algebra/transpose';
import { smallDeterminant } from './push-through';
import { identity, under, type Identity } from './rewrite';

const first = (args: readonly Node[]): Node => args[0] as Node;

/** Scalars and signs leave a linear map: f(c*A) = c*f(A). */
export const homogeneous = (op: string): Identity => identity(op, `${op}(c*A) = c*${op}(A)`, (g, args, dims) => {
  const a = first(args);
  if (a.kind !== 'product' || a.factors.length === 0 || (a.scalars.length === 0 && isOneQ(a.coefficient))) return undefined;
  return g.product(a.coefficient, a.scalars, [g.apply(op, [g.product(ONE, [], a.factors), ...args.slice(1)], dims)]);
});
/** f(0) = 0 in the shape of the result. */
export const vanishes = (op: string): Identity => identity(op, `${op}(0) = 0`, (g, args, dims) => {
  const a = first(args);
  return a.kind === 'zero' ? g.zero(g.applyShape(op, args.map((x) => x.shape), dims)) : undefined;
});
/** f(A + B) = f(A) + f(B). */
export const additive = (op: string): Identity => identity(op, `${op}(A + B) = ${op}(A) + ${op}(B)`, (g, args, dims) => {
  const a = first(args);
  return a.kind === 'sum' ? g.add(...a.terms.map((t) => g.apply(op, [t, ...args.slice(1)], dims))) : undefined;
});
const ofScalar = (op: string): Identity => identity(op, `${op} of a scalar`, (_g, args) => (isScalar(first(args).shape) ? first(args) : undefined));

/** No identity of neighbours looks further. */
const REACH = 12;
const joinsNothing = (g: Graph, factors: readonly Node[]): boolean => { const a = g.mul(...factors); return a.kind === 'product' && a.factors.length === factors.length; };

/** The rotation (or its transpose) of a trace's factors that is kept. */
function canonicalTrace(g: Graph, factors: readonly Node[]): { node?: Node; factors: readonly Node[] } {
  let best = factors;
  const flipped = [...factors].reverse().map((f) => g.transpose(f));
  for (const list of [factors, flipped]) {
    const isCut = list.some((f) => isOne(f.shape.rows));
    // Rotated, only the ends have new neighbours; a long product's are looked at by themselves.
    if (!isCut && list.length > 2 * REACH && joinsNothing(g, [...list.slice(-REACH), ...list.slice(0, REACH)])) {
      for (let i = 0; i < list.length; i++) {
        const turned = [...list.slice(i), ...list.slice(0, i)];
        if (before(turned, best)) best = turned;
      }
      continue;
    }
    for (let i = 0; i < list.length; i++) {
      const turned = [...list.slice(i), ...list.slice(0, i)];
      if (isOne((turned[0] as Node).shape.rows)) return { node: g.mul(...turned), factors: turned };
      const product = g.mul(...turned);
      if (product.kind !== 'product' || product.factors.length < turned.length) return { node: g.apply('tr', [product]), factors: turned };
      if (before(turned, best)) best = turned;
    }
  }
  return { factors: best };
}

const bondOfOne = (factors: readonly Node[]): number => factors.findIndex((f, i) => i > 0 && isOne(f.shape.rows));

export const scalarIdentities: readonly Identity[] = [
  ...['tr', 'sum', 'det'].map(ofScalar),
  ...['tr', 'sum'].flatMap((op) => [vanishes(op), homogeneous(op), additive(op)]),
  identity('tr', "tr(A') = tr(A)", (g, args) => { const a = first(args); return a.kind === 'transpose' ? g.apply('tr', [a.arg]) : undefined; }),
  identity('tr', 'tr(I) = n', (g, args) => { const a = first(args); return a.kind === 'identity' ? g.dimension(a.shape.rows) : undefined; }),
  identity('tr', 'tr(ones(n, n)) = n', (g, args) => { const a = first(args); return a.kind === 'ones' ? g.dimension(a.shape.rows) : undefined; }),
  identity('tr', 'tr(K) = 0, tr(K*S) = 0 for skew K, symmetric S', (g, args) => {
    const a = first(args);
    const [x, y] = a.kind === 'product' && a.factors.length === 2 ? a.factors : [];
    const mixed = (p: Node | undefined, q: Node | undefined): boolean => p !== undefined && q !== undefined && g.isSkew(p) && g.isSymmetric(q);
    return g.isSkew(a) || mixed(x, y) || mixed(y, x) ? g.number(0) : undefined;
  }, 'K skew, S symmetric'),
  under('tr', 'diag', 'tr(diag(x)) = sum(x)', (g, [x]) => (x ? g.apply('sum', [x]) : undefined)),
  under('tr', 'kron', 'tr(A ⊗ B) = tr(A)*tr(B)', (g, [a, b]) => (a && b && sameDim(a.shape.rows, a.shape.cols) ? g.mul(g.apply('tr', [a]), g.apply('tr', [b])) : undefined), 'A, B square'),
  under('tr', 'sylvester', 'tr(sylvester(A, A, C)) = tr(inv(A)*C)/2', (g, [a, b, c]) => (a && a === b && c ? g.scale(HALF, g.apply('tr', [g.mul(g.inverse(a), c)])) : undefined)),
  under('tr', 'expmFrechet', 'tr(expmFrechet(A, E)) = tr(expm(A)*E)', (g, [a, e]) => (a && e ? g.apply('tr', [g.mul(g.apply('expm', [a]), e)]) : undefined), undefined),
  under('tr', 'logmFrechet', 'tr(logmFrechet(A, E)) = tr(inv(A)*E)', (g, [a, e]) => (a && e ? g.apply('tr', [g.mul(g.inverse(a), e)]) : undefined), undefined),
  under('tr', 'powmFrechet', 'tr(powmFrechet(A, p, E)) = p*tr(A^(p - 1)*E)', (g, [a, p, e]) => (a && p && e ? g.mul(p, g.apply('tr', [g.mul(g.apply('power', [a, g.sub(p, g.number(1))]), e)])) : undefined), undefined),
  identity('tr', 'traces are cyclic', (g, args) => {
    const a = first(args);
    if (a.kind !== 'product') return undefined;
    const at = bondOfOne(a.factors);
    if (at > 0) return g.mul(...a.factors.slice(at), ...a.factors.slice(0, at));
    const sum = traceOfHadamard(g, a.factors);
    if (sum) return sum;
    const { node, factors } = canonicalTrace(g, a.factors);
    if (node) return node;
    return factors.some((f, i) => f !== a.factors[i]) ? g.apply('tr', [g.mul(...factors)]) : undefined;
  }),

  identity('sum', "sum(A') = sum(A)", (g, args) => { const a = first(args); return a.kind === 'transpose' ? g.apply('sum', [a.arg]) : undefined; }),
  identity('sum', 'sum(ones(m, n)) = m*n', (g, args) => {
    const a = first(args);
    if (a.kind === 'ones') return g.mul(g.dimension(a.shape.rows), g.dimension(a.shape.cols));
    return a.kind === 'identity' ? g.dimension(a.shape.rows) : a.kind === 'basis' ? g.number(1) : undefined;
  }),
  under('sum', 'softmax', 'sum(softmax(x)) = 1', (g) => g.number(1)),
  under('sum', 'diag', 'sum(diag(A)) = tr(A)', (g, [a]) => (!a ? undefined : isOne(a.shape.cols) ? g.apply('sum', [a]) : g.apply('tr', [a]))),
  under('sum', 'vec', 'sum(vec(A)) = sum(A)', (g, [a]) => (a ? g.apply('sum', [a]) : undefined)),
  under('sum', 'kron', 'sum(A ⊗ B) = sum(A)*sum(B)', (g, [a, b]) => (a && b ? g.mul(g.apply('sum', [a]), g.apply('sum', [b])) : undefined)),
  identity('sum', "sum(x*y') = sum(x)*sum(y)", (g, args) => {
    const a = first(args);
    if (a.kind !== 'product') return undefined;
    const at = bondOfOne(a.factors);
    return at > 0 ? g.mul(g.apply('sum', [g.mul(...a.factors.slice(0, at))]), g.apply('sum', [g.mul(...a.factors.slice(at))])) : undefined;
  }),
  identity('sum', 'sum(A*ones(n)) = sum(A)', (g, args) => {
    const a = first(args);
    const [x, y] = a.kind === 'product' && a.factors.length === 2 ? a.factors : [];
    if (a.kind !== 'product' || !x || !y) return undefined;
    const inner = y.kind === 'ones' && isOne(y.shape.cols) ? x : x.kind === 'ones' && isOne(x.shape.rows) ? y : undefined;
    return inner && g.mul(g.product(a.coefficient, a.scalars, []), g.apply('sum', [inner]));
  }),
  identity('sum', "sum(A .* B) = tr(A'*B), x'*y for vectors", (g, args) => {
    const a = first(args);
    if (a.kind !== 'hadamard') return undefined;
    const [x, y] = a.factors;
    const pairOf = a.factors.length === 1 && x && x.exponent.n === 2n && x.exponent.d === 1n ? [x.base, x.base]
      : a.factors.length === 2 && x && y && isOneQ(x.exponent) && isOneQ(y.exponent) ? [x.base, y.base] : undefined;
    const [u, v] = pairOf ?? [];
    if (!u || !v) return undefined;
    if (isOne(a.shape.cols)) return g.mul(g.transpose(u), v);
    if (isOne(a.shape.rows)) return g.mul(u, g.transpose(v));
    return g.apply('tr', [g.mul(g.transpose(u), v)]);
  }),
  identity('sum', 'sum(log(diag(chol(A)))) = logdet(A)/2', (g, args) => {
    const a = first(args);
    if (a.kind !== 'apply' || a.op !== 'log') return undefined;
    const d = a.args[0];
    const L = d?.kind === 'apply' && d.op === 'diag' ? d.args[0] : undefined;
    return L?.kind === 'apply' && L.op === 'chol' && L.args[0] ? g.scale(HALF, g.apply('logdet', [L.args[0]])) : undefined;
  }),

  ...['det', 'logdet'].map((op) => identity(op, `${op}(A') = ${op}(A)`, (g, args) => { const other = otherWay(g, first(args)); return other && g.apply(op, [other]); })),
  identity('det', 'det(I) = 1', (g, args) => (first(args).kind === 'identity' ? g.number(1) : undefined)),
  identity('logdet', 'logdet(I) = 0', (g, args) => (first(args).kind === 'identity' ? g.number(0) : undefined)),
  identity('logdet', 'logdet of a positive scalar is its log', (g, args) => (isScalar(first(args).shape) ? g.apply('log', args) : undefined)),
  ...['det', 'logdet'].map((op) => identity(op, `${op}(I + U*R) = ${op}(I + R*U) on the smaller side`, (g, args) => { const small = smallDeterminant(g, first(args)); return small && g.apply(op, [small]); })),
  identity('det', 'det(A*B) = det(A)*det(B)', (g, args) => {
    const a = first(args);
    if (a.kind !== 'product') return undefined;
    if (a.scalars.length > 0 || !isOneQ(a.coefficient)) {
      const c = g.product(a.coefficient, a.scalars, []);
      return g.mul(g.apply('power', [c, g.dimension(a.shape.rows)]), g.apply('det', [g.product(ONE, [], a.factors)]));
    }
    return a.factors.every((f) => sameDim(f.shape.rows, f.shape.cols)) ? g.mul(...a.factors.map((f) => g.apply('det', [f]))) : undefined;
  }, 'square factors'),
  identity('logdet', 'logdet(A*B) = logdet(A) + logdet(B)', (g, args) => {
    const a = first(args);
    if (a.kind !== 'product') return undefined;
    const c = g.product(a.coefficient, a.scalars, []);
    if ((a.scalars.length > 0 || !isOneQ(a.coefficient)) && g.isPositive(c)) {
      return g.add(g.mul(g.dimension(a.shape.rows), g.apply('log', [c])), g.apply('logdet', [g.product(ONE, [], a.factors)]));
    }
    if (a.scalars.length > 0 || !isOneQ(a.coefficient)) return undefined;
    const squareOnes = a.factors.filter((f) => g.isPosdef(f));
    if (squareOnes.length === 0 || !a.factors.every((f) => sameDim(f.shape.rows, f.shape.cols))) return undefined;
    const rest = a.factors.filter((f) => !squareOnes.includes(f));
    return g.add(...squareOnes.map((f) => g.apply('logdet', [f])), ...(rest.length > 0 ? [g.apply('logdet', [g.mul(...rest)])] : []));
  }, 'positive definite factors'),
  identity('det', 'det(A^k) = det(A)^k', (g, args) => { const a = first(args); return a.kind === 'power' && (isIntegerQ(a.exponent) || g.isPosdef(a.base)) ? g.power(g.apply('det', [a.base]), a.exponent) : undefined; }),
  identity('logdet', 'logdet(A^p) = p*logdet(A)', (g, args) => {
    const a = first(args);
    return a.kind === 'power' && (g.isPosdef(a.base) || (isIntegerQ(a.exponent) && a.exponent.n % 2n !== 0n)) ? g.scale(a.exponent, g.apply('logdet', [a.base])) : undefined;
  }, 'det(A) > 0'),
  under('logdet', 'diag', 'logdet(diag(x)) = sum(log(x))', (g, [x]) => (x && g.isPositive(x) ? g.apply('sum', [g.apply('log', [x])]) : undefined), 'x > 0'),
  under('det', 'diag', 'det(diag(x)) = prod(x)', (g, [x]) => (x ? g.apply('prod', [x]) : undefined)),
  under('logdet', 'chol', 'logdet(chol(A)) = logdet(A)/2', (g, [a]) => (a ? g.scale(HALF, g.apply('logdet', [a])) : undefined)),
  under('det', 'chol', 'det(chol(A)) = det(A)^(1/2)', (g, [a]) => (a ? g.power(g.apply('det', [a]), HALF) : undefined)),
  under('logdet', 'expm', 'logdet(expm(A)) = tr(A)', (g, [a]) => (a ? g.apply('tr', [a]) : undefined)),
  under('det', 'expm', 'det(expm(A)) = exp(tr(A))', (g, [a]) => (a ? g.apply('exp', [g.apply('tr', [a])]) : undefined)),
  under('logdet', 'kron', 'logdet(A ⊗ B) = q*logdet(A) + p*logdet(B)', (g, [a, b]) =>
    a && b && g.isPosdef(a) && g.isPosdef(b) ? g.add(g.mul(g.dimension(b.shape.rows), g.apply('logdet', [a])), g.mul(g.dimension(a.shape.rows), g.apply('logdet', [b]))) : undefined),
  under('logdet', 'blocks', "logdet([A, B; C, D]) = logdet(D) + logdet(A - B*inv(D)*C)", (g, parts, outer) => {
    const block = outer[0];
    const [A, B, C, D] = parts;
    if (block?.kind !== 'apply' || block.dims[0]?.key !== '2' || block.dims[1]?.key !== '2' || !A || !B || !C || !D) return undefined;
    if (g.isPosdef(D)) return g.add(g.apply('logdet', [D]), g.apply('logdet', [g.sub(A, g.mul(B, g.inverse(D), C))]));
    if (g.isPosdef(A)) return g.add(g.apply('logdet', [A]), g.apply('logdet', [g.sub(D, g.mul(C, g.inverse(A), B))]));
    return undefined;
  }, 'D (or A) posdef'),

  identity('prod', 'prod of a scalar', (_g, args) => (isScalar(first(args).shape) ? first(args) : undefined)),
  identity('norm', "norm(x) = (x'*x)^(1/2)", (g, args) => { const x = first(args); return g.power(isOne(x.shape.cols) ? g.mul(g.transpose(x), x) : g.mul(x, g.transpose(x)), HALF); }),
  identity('normF', "normF(A) = tr(A'*A)^(1/2)", (g, args) => { const a = first(args); return g.power(g.apply('tr', [g.mul(g.transpose(a), a)]), HALF); }),
  identity('norm1', 'norm1(x) = sum(abs(x))', (g, args) => g.apply('sum', [g.apply('abs', args)])),
  identity('normInf', 'normInf(c*x) = abs(c)*normInf(x)', (g, args) => {
    const a = first(args);
    return a.kind === 'product' && isNegativeQ(a.coefficient) ? g.apply('normInf', [g.neg(a)]) : undefined;
  }),
  identity('norm2', 'norm2 of a vector is its norm', (g, args) => { const a = first(args); return isOne(a.shape.cols) || isOne(a.shape.rows) ? g.apply('norm', args) : undefined; }),
  identity('norm2', "norm2(A') = norm2(A)", (g, args) => { const other = otherWay(g, first(args)); return other && g.apply('norm2', [other]); }),
  identity('normNuc', "normNuc(A) = tr((A'*A)^(1/2))", (g, args) => {
    const a = first(args);
    if (isOne(a.shape.cols) || isOne(a.shape.rows)) return g.apply('norm', args);
    const wide = g.atLeast(a.shape.cols, a.shape.rows) && !sameDim(a.shape.rows, a.shape.cols);
    return g.apply('tr', [g.power(wide ? g.mul(a, g.transpose(a)) : g.mul(g.transpose(a), a), HALF)]);
  }),
  identity('mean', 'mean(A) = sum(A)/(m*n)', (g, args) => {
    const a = first(args);
    return g.mul(g.power(g.mul(g.dimension(a.shape.rows), g.dimension(a.shape.cols)), MINUS_ONE), g.apply('sum', args));
  }),
  identity('entropy', 'entropy(p) = -sum(p .* log(p))', (g, args) => g.neg(g.apply('sum', [g.hadamard(first(args), g.apply('log', args))]))),
  identity('cond', 'cond(A) = norm2(A)*norm2(pinv(A))', (g, args) => {
    const a = first(args);
    const back = sameDim(a.shape.rows, a.shape.cols) ? g.inverse(a) : g.apply('pinv', [a]);
    return g.mul(g.apply('norm2', [a]), g.apply('norm2', [back]));
  }, 'A of full rank'),
  identity('logsumexp', 'logsumexp of a scalar', (_g, args) => (isScalar(first(args).shape) ? first(args) : undefined)),
  identity('logsumexp', 'logsumexp(c*ones(m, n)) = c + log(m*n)', (g, args) => {
    const a = first(args);
    const c = constantIn(g, a);
    return c && g.add(c, g.apply('log', [g.mul(g.dimension(a.shape.rows), g.dimension(a.shape.cols))]));
  }),
  ...['maximum', 'minimum'].flatMap((op) => [
    identity(op, `${op}(c*ones(m, n)) = c`, (g, args) => constantIn(g, first(args))),
    identity(op, `${op}(A') = ${op}(A)`, (g, args) => { const a = first(args); return a.kind === 'transpose' ? g.apply(op, [a.arg]) : undefined; }),
  ]),
  identity('dot', "dot(x, y) = x'*y", (g, [x, y]) => (x && y ? g.apply('frobenius', [x, y]) : undefined)),
  identity('frobenius', "A : B = tr(A'*B)", (g, [a, b]) => (a && b ? (isOne(a.shape.cols) ? g.mul(g.transpose(a), b) : isOne(a.shape.rows) ? g.mul(a, g.transpose(b)) : g.apply('tr', [g.mul(g.transpose(a), b)])) : undefined)),
  identity('delta', 'delta(i, i) = 1', (g, [i, j]) => {
    if (!i || !j) return undefined;
    if (i === j) return g.number(1);
    if (i.kind === 'product' && j.kind === 'product' && i.factors.length + j.factors.length + i.scalars.length + j.scalars.length === 0) return g.number(0);
    return compareNodes(j, i) < 0 ? g.apply('delta', [j, i]) : undefined;
  }),
];

/** c where every entry is c. */
function constantIn(g: Graph, a: Node): Node | undefined {
  if (a.kind === 'ones') return g.number(1);
  return a.kind === 'product' && a.factors.length === 1 && a.factors[0]?.kind === 'ones' ? g.product(a.coefficient, a.scalars, []) : undefined;
}

/** tr(A'*(B .* C)) = sum(A .* B .* C). */
function traceOfHadamard(g: Graph, factors: readonly Node[]): Node | undefined {
  if (factors.length !== 2) return undefined;
  const [x, y] = factors as readonly [Node, Node];
  const h = [x, y].find((f) => f.kind === 'hadamard' || (f.kind === 'transpose' && f.arg.kind === 'hadamard'));
  if (!h) return undefined;
  return g.apply('sum', [g.hadamard(h, g.transpose(h === x ? y : x))]);
}

