/** Random well-shaped, well-typed programs: every operator of the language, arguments within their domains. */
import { randomFrom, type Random } from './random';
import { indexed } from './indexed';
import { array, call, infix, isDim, isScalar, isSquare, matrix, node, of, one, proper, same, SCALAR, two, vector, type Context, type Make, type Makers } from './make';
import { countNodes, definitionName, leaf, VARIABLES, type Demand, type FuzzProgram, type Sizes, type Tree } from './tree';

const smooth = ['exp', 'sin', 'cos', 'tanh', 'sigmoid', 'softplus', 'atan', 'erf', 'normcdf'] as const;

const any: Makers = [
  ...indexed,
  [3, of('add', two, infix('+'))], [2, of('sub', two, infix('-'))], [1, of('neg', one, ([a]) => `(-${a})`)],
  [2, (c, s, d) => scaled(c, s, d)],
  [5, (c, s, d) => product(c, s, d)],
  [2, of('hadamard', two, infix('.*'))],
  [1, of('elementDivide', (s) => [[s, 'any'], [s, 'pos']], infix('./'))],
  [2, (c, s, d) => (s[0] === '3' || s[1] === '3' ? undefined : node('transpose', s, 'any', [c.grow([s[1], s[0]], 'any', d - 1)], ([a]) => `((${a})')`))],
  ...smooth.map((f) => [0.35, of(f, one)] as const),
  [0.3, of('log', (s) => [[s, 'pos']])], [0.3, of('sqrt', (s) => [[s, 'pos']])], [0.2, of('lgamma', (s) => [[s, 'pos']])], [0.15, of('gamma', (s) => [[s, 'pos']])],
  [0.15, of('digamma', (s) => [[s, 'pos']])], [0.2, of('sinh', one)], [0.2, of('cosh', one)], [0.2, of('asin', one, ([a]) => `asin(tanh(${a})/2)`)],
  [0.15, of('acos', one, ([a]) => `acos(tanh(${a})/2)`)], [0.15, of('tan', one, ([a]) => `tan(tanh(${a}))`)],
  [0.25, of('abs', one)], [0.25, of('relu', one)], [0.1, of('sign', one)], [0.1, of('step', one)], [0.15, of('max', two)], [0.15, of('min', two)],
  [0.1, of('polygamma', (s) => [[s, 'pos']], ([a]) => `polygamma(1, ${a})`)], [0.1, of('trigamma', (s) => [[s, 'pos']])],
  [0.6, (c, s, d) => { const k = c.r.pick([2, 3]); return node('elementPower', s, 'any', [c.grow(s, 'any', d - 1)], ([a]) => `(${a} .^ ${k})`); }],
  [0.5, (c, s, d) => { const k = c.r.pick(['(1/2)', '(-1/2)', '(-1)', '(3/2)', '(1/3)']); return node('elementPower', s, 'any', [c.grow(s, 'pos', d - 1)], ([a]) => `(${a} .^ ${k})`); }],
  [0.25, (c, s, d) => node('symbolicElementPower', s, 'any', [c.grow(s, 'pos', d - 1), c.grow(SCALAR, 'any', d - 2)], ([a, b]) => `(${a} .^ (${b}))`)],
  [0.3, of('addScalar', (s) => [[s, 'any'], [SCALAR, 'any']], infix('+'), array)],
  [0.3, of('divideScalar', (s) => [[s, 'any'], [SCALAR, 'pos']], infix('/'))],
  // Square matrices.
  [0.8, of('inv', (s) => [[s, 'inv']], call('inv'), proper)], [0.4, of('power', (s) => [[s, 'any']], ([a]) => `(${a})^2`, proper)], [0.2, of('power', (s) => [[s, 'any']], ([a]) => `(${a})^3`, proper)],
  [0.2, of('power', (s) => [[s, 'inv']], ([a]) => `(${a})^(-2)`, proper)], [0.2, of('power', (s) => [[s, 'inv']], ([a]) => `(${a})^-T`, proper)],
  [0.4, (c, s, d) => { if (!proper(s)) return undefined; const k = c.r.pick(['(1/2)', '(-1/2)', '(3/2)', '(1/3)', '(-3/2)']); return node('fraction', s, 'any', [c.grow(s, 'spd', d - 1)], ([a]) => `(${a})^${k}`); }],
  [0.15, (c, s, d) => (proper(s) ? node('symbolicPower', s, 'any', [c.grow(s, 'spd', d - 1), c.grow(SCALAR, 'any', 1)], ([a, b]) => `(${a})^(${b})`) : undefined)],
  [0.2, of('sqrtm', (s) => [[s, 'spd']], call('sqrtm'), proper)], [0.2, of('invsqrtm', (s) => [[s, 'spd']], call('invsqrtm'), proper)],
  [0.3, of('expm', one, call('expm'), proper)], [0.3, of('logm', (s) => [[s, 'spd']], call('logm'), proper)], [0.4, of('chol', (s) => [[s, 'spd']], call('chol'), proper)],
  [0.25, of('adj', (s) => [[s, 'inv']], call('adj'), proper)], [0.4, of('sym', one, call('sym'), proper)], [0.3, of('skewpart', one, call('skewpart'), proper)],
  [0.3, of('tril', one, call('tril'), matrix)], [0.3, of('triu', one, call('triu'), matrix)], [0.2, of('phi', one, call('phi'), proper)],
  [0.3, of('sylvester', (s) => [[[s[0], s[0]], 'spd'], [[s[1], s[1]], 'spd'], [s, 'any']], call('sylvester'), (s) => matrix(s) && isDim(s[0]) && isDim(s[1]))],
  [0.08, of('powmFrechet', (s) => [[s, 'spd'], [s, 'any']], ([a, b]) => `powmFrechet(${a}, 1/3, ${b})`, proper)],
  [0.12, of('expmFrechet', two, call('expmFrechet'), proper)], [0.12, of('logmFrechet', (s) => [[s, 'spd'], [s, 'any']], call('logmFrechet'), proper)],
  [0.4, of('leftDivide', (s) => [[[s[0], s[0]], 'inv'], [s, 'any']], infix('\\'), (s) => s[0] !== '1' && isDim(s[0]))],
  [0.3, of('rightDivide', (s) => [[s, 'any'], [[s[1], s[1]], 'inv']], infix('/'), (s) => s[1] !== '1' && isDim(s[1]))],
  [0.4, of('diagOf', (s) => [[[s[0], '1'], 'any']], call('diag'), (s) => isSquare(s) && array(s))],
  [0.4, of('diagonal', (s) => [[[s[0], s[0]], 'any']], call('diag'), (s) => vector(s) && isDim(s[0]))],
  [0.2, of('addIdentity', one, ([a]) => `(${a} + I)`, proper)], [0.1, of('subIdentity', one, ([a]) => `(I - ${a})`, proper)],
  [0.15, of('polar', () => [], () => 'polar(X)', (s) => same(s, ['m', 'n']))],
  [0.2, (c, s, d) => (same(s, ['n', 'm']) ? node('pinv', s, 'any', [c.r.chance(0.5) ? leaf('X', ['m', 'n']) : c.grow(['m', 'n'], 'any', d - 1)], call('pinv')) : undefined)],
  [0.1, of('eigvecsSpectral', (s) => [[s, 'sym']], ([a]) => `(eigvecs(${a})*diag(exp(eigvals(${a})))*eigvecs(${a})')`, proper)],
  [0.2, of('eigvals', (s) => [[[s[0], s[0]], 'sym']], call('eigvals'), (s) => vector(s) && isDim(s[0]))],
  [0.12, of('svdvals', (s) => [[['m', s[0]], 'any']], call('svdvals'), (s) => same(s, ['n', '1']))],
  // Constants and the Kronecker matrices, in places where they stand in people's formulas.
  [0.1, of('band', one, call('band'), proper)], [0.05, of('argmax', one, call('argmax'), vector)], [0.05, of('zeros', one, ([a]) => `(${a} + zeros(n, n))`, (s) => same(s, ['n', 'n']))],
  [0.08, of('unit', one, ([a]) => `(${a} + E(1, 2, n, n))`, (s) => same(s, ['n', 'n']))], [0.08, of('basis', one, ([a]) => `(${a} + 2*e(1, n))`, (s) => same(s, ['n', '1']))],
  [0.08, of('commutation', one, ([a]) => `unvec(commutation(n, n)*vec(${a}), n, n)`, (s) => same(s, ['n', 'n']))],
  [0.08, of('duplication', one, ([a]) => `unvec(duplication(n)*vech(${a}), n, n)`, (s) => same(s, ['n', 'n']))],
  [0.08, of('diagonalisation', () => [[['n', '1'], 'any']], ([a]) => `unvec(diagonalisation(n)*${a}, n, n)`, (s) => same(s, ['n', 'n']))],
  [0.05, of('reciprocalGaps', () => [], () => 'reciprocalGaps(cumsum(p))', (s) => same(s, ['n', 'n']))],
  [0.04, of('singularVectors', () => [], () => "(svdu(Y)*diag(exp(svdvals(Y)))*svdv(Y)')", (s) => same(s, ['m', 'n']))],
  [0.05, of('expmKron', (s) => [[['n', 'n'], 'any'], [s, 'any']], ([a, b]) => `unvec(expmKron(${a})*vec(${b}), n, n)`, (s) => same(s, ['n', 'n']))],
  [0.05, of('logmKron', (s) => [[['n', 'n'], 'spd'], [s, 'any']], ([a, b]) => `unvec(logmKron(${a})*vec(${b}), n, n)`, (s) => same(s, ['n', 'n']))],
  [0.05, of('powmKron', (s) => [[['n', 'n'], 'spd'], [s, 'any']], ([a, b]) => `unvec(powmKron(${a}, 1/3)*vec(${b}), n, n)`, (s) => same(s, ['n', 'n']))],
  // Arrangements.
  [0.3, of('rowsum', (s) => [[[s[0], 'n'], 'any']], call('rowsum'), vector)], [0.3, of('colsum', (s) => [[['n', s[1]], 'any']], call('colsum'), (s) => s[0] === '1' && isDim(s[1]))],
  [0.25, of('cumsum', one, call('cumsum'), array)], [0.3, of('softmax', one, call('softmax'), vector)],
  [0.4, of('column', (s) => [[[s[0], 'n'], 'any']], ([a]) => `((${a})[:, 2])`, vector)], [0.4, of('row', (s) => [[['n', s[1]], 'any']], ([a]) => `((${a})[1, :])`, (s) => s[0] === '1' && isDim(s[1]))],
  [0.6, of('cross', two, call('cross'), (s) => same(s, ['3', '1']))], [1, of('skew3', () => [[['3', '1'], 'any']], call('skew3'), (s) => same(s, ['3', '3']))],
  [0.3, (c, s, d) => unvec(c, s, d)], [0.3, (c, s, d) => slices(c, s, d)],
  // Scalars.
  [1, of('tr', () => [[['n', 'n'], 'any']], call('tr'), isScalar)], [0.5, of('tr', () => [[['m', 'm'], 'any']], call('tr'), isScalar)], [1, (c, s, d) => total(c, s, d, 'sum')], [0.3, (c, s, d) => total(c, s, d, 'mean')],
  [0.4, (c, s, d) => total(c, s, d, 'normF', 'plus')], [0.3, (c, s, d) => total(c, s, d, 'logsumexp')], [0.2, (c, s, d) => total(c, s, d, 'entropy', 'pos')], [0.15, (c, s, d) => total(c, s, d, 'prod', 'pos')],
  [0.15, (c, s, d) => total(c, s, d, 'max')], [0.1, (c, s, d) => total(c, s, d, 'min')],
  [0.8, (c, s, d) => (isScalar(s) ? pairing(c, d) : undefined)],
  [0.4, of('det', () => [[['n', 'n'], 'inv']], call('det'), isScalar)], [0.6, of('logdet', () => [[['n', 'n'], 'spd']], call('logdet'), isScalar)], [0.2, of('logdet', () => [[['m', 'm'], 'spd']], call('logdet'), isScalar)],
  [0.5, of('norm', () => [[['n', '1'], 'any']], call('norm'), isScalar)], [0.25, of('norm1', () => [[['n', '1'], 'any']], call('norm1'), isScalar)], [0.2, of('normInf', () => [[['n', '1'], 'any']], call('normInf'), isScalar)],
  [0.25, of('norm2', () => [[['m', 'n'], 'any']], call('norm2'), isScalar)], [0.25, of('normNuc', () => [[['m', 'n'], 'any']], call('normNuc'), isScalar)],
  [0.2, of('eigmax', () => [[['n', 'n'], 'sym']], call('eigmax'), isScalar)], [0.2, of('eigmin', () => [[['n', 'n'], 'sym']], call('eigmin'), isScalar)], [0.1, of('cond', () => [[['n', 'n'], 'inv']], call('cond'), isScalar)],
  [0.6, of('quadratic', () => [[['n', '1'], 'any'], [['n', 'n'], 'any'], [['n', '1'], 'any']], ([a, b, d]) => `((${a})'*${b}*${d})`, isScalar)],
  [0.3, of('entry', () => [[['n', 'n'], 'any']], ([a]) => `((${a})[1, 2])`, isScalar)], [0.3, of('entry', () => [[['m', 'n'], 'any']], ([a]) => `((${a})[2, 1])`, isScalar)],
  [0.3, of('element', () => [[['n', '1'], 'any']], ([a]) => `((${a})[2])`, isScalar)],
  // Derivatives inside expressions.
  [0.2, of('gradInside', () => [[SCALAR, 'any']], ([a]) => `grad(${a}, x)`, (s) => same(s, ['n', '1']))],
  [0.1, of('gradInside', () => [[SCALAR, 'any']], ([a]) => `grad(${a}, A)`, (s) => same(s, ['n', 'n']))],
  [0.15, of('jacobianInside', () => [[['n', '1'], 'any']], ([a]) => `jacobian(${a}, x)`, (s) => same(s, ['n', 'n']))],
  [0.1, of('hessianInside', () => [[SCALAR, 'any']], ([a]) => `hessian(${a}, x)`, (s) => same(s, ['n', 'n']))],
  [0.1, of('diffInside', (s) => [[s, 'any']], ([a]) => `diff(${a}, x, y)`)],
  [0.1, of('hvpInside', () => [[SCALAR, 'any']], ([a]) => `hvp(${a}, x, y)`, (s) => same(s, ['n', '1']))],
  [0.1, of('vjpInside', () => [[['m', 'n'], 'any']], ([a]) => `vjp(${a}, x, Y)`, (s) => same(s, ['n', '1']))],
  [0.25, of('blockDet', () => [[['n', 'n'], 'spd'], [['n', '1'], 'any']], ([a, b]) => `logdet([${a}, ${b}; (${b})', 3 + norm(${b})^2*tr(inv(${a}))])`, isScalar)],
  [0.25, of('kronTrace', () => [[['n', 'n'], 'any'], [['m', 'm'], 'any'], [['m', 'n'], 'any']], ([a, b, d]) => `(vec(${d})'*(${a} ⊗ ${b})*vec(${d}))`, isScalar)],
  [0.15, of('kronSum', () => [[['n', 'n'], 'any'], [['n', 'k'], 'any']], ([a, b]) => `sum(exp(kron(${a}, ${b})))`, isScalar)],
  [0.15, of('kronsumTrace', () => [[['n', 'n'], 'any'], [['n', 'n'], 'any']], ([a, b]) => `tr((${a} ⊕ ${b})^2)`, isScalar)],
  [0.15, of('vechNorm', () => [[['n', 'n'], 'any']], ([a]) => `norm(vech(${a}))^2`, isScalar)],
  [0.15, of('blocksSum', () => [[['n', 'n'], 'any'], [['n', 'k'], 'any']], ([a, b]) => `sum([${a}, ${b}] .^ 2)`, isScalar)],
];

const spd: Makers = [
  [2, of('gramPlus', (s) => [[[s[0], 'n'], 'any']], ([a]) => `(${a}*(${a})' + I)`, proper)], [1, of('gramPlus', (s) => [[['m', s[0]], 'any']], ([a]) => `((${a})'*${a} + 2*I)`, proper)],
  [1, of('addSpd', (s) => [[s, 'spd'], [s, 'spd']], infix('+'), proper)], [0.6, of('invSpd', (s) => [[s, 'spd']], call('inv'), proper)],
  [0.5, of('congruence', (s) => [[s, 'inv'], [s, 'spd']], ([a, b]) => `(${a}*${b}*(${a})')`, proper)],
  [0.5, of('scaleSpd', (s) => [[SCALAR, 'pos'], [s, 'spd']], infix('*'), proper)], [0.3, of('rootSpd', (s) => [[s, 'spd']], ([a]) => `(${a})^(1/2)`, proper)],
  [0.3, of('diagSpd', (s) => [[[s[0], '1'], 'pos']], call('diag'), proper)], [0.3, of('expmSpd', (s) => [[s, 'sym']], call('expm'), proper)],
  [0.4, of('rankOne', (s) => [[SCALAR, 'pos'], [[s[0], '1'], 'any']], ([a, b]) => `(${a}*${b}*(${b})' + I)`, proper)],
  [0.3, (c, s) => (same(s, ['n', 'n']) ? leaf("(X'*X)", s, 'spd') : undefined)],
];
const sym: Makers = [
  [2, (c, s, d) => c.grow(s, 'spd', d)], [1, of('symmetrised', (s) => [[s, 'any']], ([a]) => `(${a} + (${a})')`, proper)], [1, of('sym', (s) => [[s, 'any']], call('sym'), proper)],
  [0.6, of('addSym', (s) => [[s, 'sym'], [s, 'sym']], infix('+'), proper)], [0.5, of('sandwich', (s) => [[s, 'any'], [s, 'sym']], ([a, b]) => `(${a}*${b}*(${a})')`, proper)],
  [0.4, of('outer', (s) => [[[s[0], '1'], 'any']], ([a]) => `(${a}*(${a})')`, proper)],
];
const inv: Makers = [
  [2, (c, s, d) => c.grow(s, 'spd', d)], [1, of('mulInv', (s) => [[s, 'inv'], [s, 'inv']], infix('*'), proper)], [0.5, of('invInv', (s) => [[s, 'inv']], call('inv'), proper)],
  [0.5, of('transposeInv', (s) => [[s, 'inv']], ([a]) => `(${a})'`, proper)], [0.3, of('cholInv', (s) => [[s, 'spd']], call('chol'), proper)], [0.3, of('expmInv', (s) => [[s, 'any']], call('expm'), proper)],
  [0.3, of('cayley', (s) => [[s, 'any']], ([a]) => `(I + skewpart(${a}))`, proper)],
];
const pos: Makers = [
  [1, of('exp', one)], [1, of('softplus', one)], [1, of('squarePlus', one, ([a]) => `(${a} .^ 2 + 1)`)], [0.6, of('sigmoid', one)], [0.5, of('cosh', one)],
  [0.5, of('mulPos', (s) => [[s, 'pos'], [s, 'pos']], infix('.*'))], [0.5, of('addPos', (s) => [[s, 'pos'], [s, 'pos']], infix('+'))], [0.3, of('rootPos', (s) => [[s, 'pos']], call('sqrt'))],
  [0.3, of('inversePos', (s) => [[s, 'pos']], ([a]) => `(1 ./ ${a})`)], [0.3, of('softmax', one, call('softmax'), vector)],
  [0.3, of('trSpd', () => [[['n', 'n'], 'spd']], call('tr'), isScalar)], [0.3, of('detSpd', () => [[['n', 'n'], 'spd']], call('det'), isScalar)],
  [0.4, of('normPlus', () => [[['n', '1'], 'any']], ([a]) => `(norm(${a})^2 + 1)`, isScalar)], [0.3, of('diagSpdPos', (s) => [[[s[0], s[0]], 'spd']], call('diag'), (s) => vector(s) && isDim(s[0]))],
  [0.3, of('quadraticPos', () => [[['n', '1'], 'any'], [['n', 'n'], 'spd']], ([a, b]) => `((${a})'*${b}*${a} + 1)`, isScalar)],
];
const MAKERS: Readonly<Record<Demand, Makers>> = { any, spd, sym, pos, inv };

function weighted(r: Random, rows: Makers): Make {
  let at = r.next() * rows.reduce((n, [w]) => n + w, 0);
  for (const [w, make] of rows) {
    at -= w;
    if (at < 0) return make;
  }
  return (rows[0] as readonly [number, Make])[1];
}

/** Draws before a leaf is taken instead. */
const DRAWS = 24;

function grow(c: Context, s: Sizes, demand: Demand, depth: number): Tree {
  const wanted = isScalar(s) && (demand === 'spd' || demand === 'inv') ? 'pos' : isScalar(s) && demand === 'sym' ? 'any' : demand;
  if (depth > 0 && !c.r.chance(0.12)) {
    const made = applied(c, s, wanted, depth);
    if (made) return made;
    for (let k = 0; k < DRAWS; k++) {
      const made = weighted(c.r, MAKERS[wanted])(c, s, depth);
      if (made) return { ...made, demand: wanted };
    }
  }
  return { ...leafOf(c, s, wanted), demand: wanted };
}

/** A function of the file, of something. */
function applied(c: Context, s: Sizes, demand: Demand, depth: number): Tree | undefined {
  const functions = demand === 'any' ? c.definitions.flatMap((d, k) => (d.parameter !== undefined && same(d.shape, s) ? [{ name: definitionName(k), shape: VARIABLES[d.parameter]?.shape ?? SCALAR }] : [])) : [];
  if (functions.length === 0 || c.r.chance(0.5)) return undefined;
  const { name, shape } = c.r.pick(functions);
  return { ...node('applied', s, 'any', [c.grow(shape, 'any', depth - 1)], call(name)), demand };
}

function leafOf(c: Context, s: Sizes, demand: Demand): Tree {
  const { r, parameter } = c;
  if (parameter !== undefined && demand === 'any' && same(VARIABLES[parameter]?.shape ?? SCALAR, s) && r.chance(0.7)) return leaf(parameter, s);
  if (demand === 'any' && r.chance(0.06) && s[0] !== '3') return leaf(isScalar(s) ? r.pick(['2', '3', '(1/2)', 'n', 'pi', '0']) : same(s, [s[0], s[0]]) && r.chance(0.5) ? `I(${s[0]})` : s[1] === '1' ? r.pick([`ones(${s[0]})`, `e(1, ${s[0]})`]) : `ones(${s[0]}, ${s[1]})`, s);
  const defined = c.definitions.flatMap((d, k) => (d.parameter === undefined && same(d.shape, s) && (demand === 'any' || d.demand === demand) ? [definitionName(k)] : []));
  if (defined.length > 0 && r.chance(0.6)) return leaf(r.pick(defined), s, demand, 'reference');
  const named = Object.entries(VARIABLES).filter(([, v]) => !v.role && same(v.shape, s) && (demand === 'any' || v.is.includes(demand))).map(([name]) => name);
  if (named.length > 0) return leaf(r.pick(named), s, demand);
  const [rows, cols] = s;
  if (demand === 'pos') return node('exp', s, demand, [leafOf(c, s, 'any')], call('exp'));
  if (demand === 'spd' || demand === 'inv' || demand === 'sym') return rows === 'k' ? leaf("(W'*W + I)", s, demand) : leaf(`I(${rows})`, s, demand);
  if (rows === '1') return node('transpose', s, demand, [leafOf(c, [cols, '1'], 'any')], ([a]) => `((${a})')`);
  const flipped = Object.entries(VARIABLES).filter(([, v]) => same(v.shape, [cols, rows])).map(([name]) => name);
  if (flipped.length > 0) return leaf(`(${r.pick(flipped)}')`, s, demand);
  const column = rows === 'm' ? 'z' : rows === 'k' ? 'w' : rows === '3' ? 'v' : 'x';
  const row = cols === 'm' ? 'z' : cols === 'k' ? 'w' : cols === '3' ? 'u' : 'y';
  return leaf(`(${column}*${row}')`, s, demand);
}

function scaled(c: Context, s: Sizes, depth: number): Tree {
  if (c.r.chance(0.4)) { const k = c.r.pick(['2', '(1/2)', '-1', '3']); return node('scale', s, 'any', [c.grow(s, 'any', depth - 1)], ([a]) => `(${k}*${a})`); }
  return node('scale', s, 'any', [c.grow(SCALAR, 'any', depth - 2), c.grow(s, 'any', depth - 1)], infix('*'));
}

function product(c: Context, s: Sizes, depth: number): Tree {
  const inner = isScalar(s) ? c.r.pick(['1', '1', 'n', 'm']) : s[0] === '3' || s[1] === '3' ? '3' : c.r.pick(['n', 'n', 'm', 'k', '1']);
  if (inner === '1' && s[0] === '3') return scaled(c, s, depth);
  return node('mul', s, 'any', [c.grow([s[0], inner], 'any', depth - 1), c.grow([inner, s[1]], 'any', depth - 1)], infix('*'));
}

const SHAPES: readonly Sizes[] = [['n', '1'], ['n', 'n'], ['m', 'n'], ['n', 'k'], ['m', '1'], ['1', 'n']];
function total(c: Context, s: Sizes, depth: number, f: string, demand: Demand | 'plus' = 'any'): Tree | undefined {
  if (!isScalar(s)) return undefined;
  const shape = c.r.pick(SHAPES);
  return node(f, s, 'any', [c.grow(shape, demand === 'plus' ? 'any' : demand, depth - 1)], call(f));
}

function pairing(c: Context, depth: number): Tree {
  const shape = c.r.pick(SHAPES);
  const args = [c.grow(shape, 'any', depth - 1), c.grow(shape, 'any', depth - 1)];
  return c.r.chance(0.5) ? node('dot', SCALAR, 'any', args, call('dot')) : node('frobenius', SCALAR, 'any', args, infix(':'));
}

function unvec(c: Context, s: Sizes, depth: number): Tree | undefined {
  if (!matrix(s) || !isDim(s[0]) || !isDim(s[1])) return undefined;
  return node('unvec', s, 'any', [c.grow(s, 'any', depth - 1), c.grow(s, 'any', depth - 1)], ([a, b]) => `unvec(vec(${a}) .* vec(${b}), ${s[0]}, ${s[1]})`);
}

function slices(c: Context, s: Sizes, depth: number): Tree | undefined {
  if (same(s, ['n', 'n'])) return node('slice', s, 'any', [c.grow(['m', 'n'], 'any', depth - 1)], ([a]) => `((${a})[1:n, :])`);
  if (same(s, ['n', '1'])) return node('slice', s, 'any', [c.grow(['m', '1'], 'any', depth - 1)], ([a]) => `((${a})[1:n])`);
  if (same(s, ['m', 'k'])) return node('slice', s, 'any', [c.grow(['m', 'n'], 'any', depth - 1), c.grow(['n', 'k'], 'any', depth - 1)], ([a, b]) => `(([${a}*${b}; ${b}])[1:m, :])`);
  return undefined;
}

const MAIN: readonly Sizes[] = [SCALAR, SCALAR, SCALAR, SCALAR, ['n', '1'], ['n', 'n'], ['n', 'n'], ['m', 'n'], ['1', 'n'], ['n', 'k'], ['3', '1'], ['m', 'k']];
const DEFINED: readonly (readonly [Sizes, Demand])[] = [[['n', 'n'], 'any'], [['n', '1'], 'any'], [SCALAR, 'any'], [['n', 'n'], 'spd'], [SCALAR, 'pos'], [['m', 'n'], 'any'], [['n', 'n'], 'sym']];

/** Parts beyond which a formula is nobody's. */
const LARGEST = 22;

/** Small programs find most, and find it fast; every fourth is deep. */
const DEPTHS = [2, 2, 3, 3, 3, 4, 5, 6] as const;

function contextOf(r: Random, definitions: readonly Tree[], parameter?: string): Context {
  const c: Context = { r, definitions, ...(parameter !== undefined && { parameter }), grow: (s, demand, depth) => grow(c, s, demand, depth) };
  return c;
}

/** The program of this seed. */
export function generate(seed: number): FuzzProgram {
  const r = randomFrom(seed);
  for (;;) {
    const p = attempt(r);
    if (p.definitions.reduce((n, d) => n + countNodes(d), countNodes(p.main)) <= LARGEST) return p;
  }
}

function attempt(r: Random): FuzzProgram {
  const definitions: Tree[] = [];
  const count = r.pick([0, 0, 1, 1, 2]);
  for (let k = 0; k < count; k++) {
    const [shape, demand] = r.pick(DEFINED);
    const parameter = r.chance(0.3) ? r.pick(['a', 'b', 'c', 'd']) : undefined;
    const made = contextOf(r, [...definitions], parameter).grow(shape, demand, 1 + r.below(3));
    definitions.push(parameter !== undefined && words(made).includes(parameter) ? { ...made, parameter } : made);
  }
  const main = contextOf(r, definitions).grow(r.pick(MAIN), 'any', r.pick(DEPTHS));
  const used = variablesOf(definitions, main);
  const [wrt, also] = [used.length > 0 ? r.pick(used) : 'x', used.length > 0 ? r.pick(used) : 'x'];
  const settings = r.chance(0.2) ? [r.pick(['set vec = row', 'set layout = numerator', 'set layout = denominator'])] : [];
  return { definitions, main, wrt, ...(also === wrt ? {} : { also }), settings };
}

const words = (t: Tree): string[] => [...(t.write(t.args.map(() => '0')).match(/[A-Za-z_][A-Za-z0-9_]*/g) ?? []), ...t.args.flatMap(words)];

/** The variables that F depends on. */
function variablesOf(definitions: readonly Tree[], main: Tree): string[] {
  const direct = words(main);
  return [...new Set([...direct, ...definitions.flatMap((d, k) => (direct.includes(definitionName(k)) ? words(d) : []))])].filter((n) => VARIABLES[n] && !VARIABLES[n].role);
}
