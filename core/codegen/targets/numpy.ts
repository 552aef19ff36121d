/** Python over numpy arrays, with scipy where numpy has no such function: vectors have one dimension, `@` multiplies, solves stay solves. */
import { constantDim, D1, isOne, isScalar, mulDim, type Dim, type Shape } from '../../algebra/dim';
import { toNumber, type Rational } from '../../algebra/rational';
import { at, atom, PRODUCT, SUM, UNARY, POWER, type Dialect, type LinearTerm, type Text, type Value } from '../arrays/dialect';
import { writePlan, type Grammar, type StepContext, type Table } from '../arrays/function';
import { sideRules } from '../arrays/sizes';
import { sidesOfBlocks, spectrumFault } from '../calls';
import { CannotGenerate } from '../cannot-generate';
import { flopsOfBoth, foldText, shapesText, type FunctionSpec } from '../emit-function';
import type { FunctionKind, ManifestParameter } from '../generation';
import { createNames, identifier, type Names } from '../names';
import { indexText } from '../needs';
import type { KernelStep, Plan, SolveStep } from '../plan';
import { sizeText } from '../sizes';
import type { Language, ModuleWriter, WrittenFunction } from '../target';
import { PYTHON, type PythonImport } from './numpy-private';

const RESERVED: ReadonlySet<string> = new Set(('False None True and as assert async await break class continue def del elif else except finally for from global if import in is lambda nonlocal not or pass '
  + 'raise return try while with yield match case type print range len int float str list dict set tuple max min abs sum pow zip enumerate map object super np linalg special warnings self').split(' '));

const call = (f: string, ...args: readonly string[]): Text => atom(`${f}(${args.join(', ')})`);
const text = (t: string, strength: number): Text => ({ text: t, strength });

function numberText(q: Rational): Text {
  const value = toNumber(q);
  if (q.d === 1n) return text(String(q.n), q.n < 0n ? UNARY : 20);
  let d = q.d;
  while (d % 2n === 0n) d /= 2n;
  while (d % 5n === 0n) d /= 5n;
  return d === 1n && String(value).length < 12 ? text(String(value), value < 0 ? UNARY : 20) : text(`${q.n} / ${q.d}`, PRODUCT);
}

/** `#` stands for the argument, `#2` and `#3` for further ones. */
const MAPS: Readonly<Record<string, string | undefined>> = {
  ...Object.fromEntries(['exp', 'log', 'sin', 'cos', 'tan', 'sinh', 'cosh', 'tanh', 'sqrt', 'abs', 'sign'].map((f) => [f, `np.${f}(#)`])),
  asin: 'np.arcsin(#)', acos: 'np.arccos(#)', atan: 'np.arctan(#)', relu: 'np.maximum(#, 0)', step: 'np.where(# > 0, 1.0, 0.0)',
  sigmoid: 'special.expit(#)', sigmoidSlope: '_sigmoid_slope(#)', softplus: 'np.logaddexp(0, #)', erf: 'special.erf(#)', normcdf: 'special.ndtr(#)', logNormcdf: 'special.log_ndtr(#)', inverseMills: '(2 / special.erfcx(-(#) / np.sqrt(2)))', gamma: 'special.gamma(#)', lgamma: 'special.gammaln(#)',
  digamma: 'special.digamma(#)', trigamma: 'special.polygamma(1, #)', polygamma: 'special.polygamma(#, #2)', max: 'np.maximum(#, #2)', min: 'np.minimum(#, #2)', pow: 'np.power(#, #2)',
  delta: 'np.where(# == #2, 1.0, 0.0)', reciprocalGap: '_reciprocal_gap(#, #2)', dividedExp: '_divided_exp(#, #2)', dividedLog: '_divided_log(#, #2)', dividedPower: '_divided_power(#, #2, #3)',
  tril: 'np.tril(#)', triu: 'np.triu(#)', band: 'np.triu(np.tril(#, 1), -1)', phi: '_phi(#)', phiT: '_phi(#.T).T',
};

function dialectOf(sizeOf: (d: Dim) => string, use: (name: string) => void): Dialect {
  const size = (d: Dim): Text => { const t = sizeOf(d); return text(t, /^[\p{ID_Continue}]+$/u.test(t) ? 20 : SUM); };
  const dims = (s: Shape): string => (isOne(s.cols) ? sizeOf(s.rows) : isOne(s.rows) ? sizeOf(s.cols) : `(${sizeOf(s.rows)}, ${sizeOf(s.cols)})`);
  const noting = (t: string): string => {
    for (const [name] of t.matchAll(/\b_[a-z_]+(?=\()|\b(?:linalg|special)(?=\.)/g)) use(name);
    return t;
  };
  const join = (list: readonly Text[], least: number): string => list.map((x) => at(x, least)).join(' * ');
  const plus = (d: Dim, by: Dim): string => { const [a, b] = [sizeOf(d), sizeOf(by)]; return a === '0' ? b : `${a} + ${b}`; };
  const linear = (terms: readonly LinearTerm[], shape: Shape): Text => {
    const arrays = terms.some((t) => t.arg && t.arg.kind !== 'scalar');
    const parts = terms.map(({ negative, coefficient, arg }) => {
      if (!arg) return { negative, t: isScalar(shape) || arrays ? coefficient ?? atom('1') : coefficient ? text(`${at(coefficient, PRODUCT)} * np.ones(${dims(shape)})`, PRODUCT) : call('np.ones', dims(shape)) };
      return { negative, t: coefficient ? text(`${at(coefficient, PRODUCT)} * ${at(arg, coefficient.strength === PRODUCT || arg.text.includes('@') ? PRODUCT + 1 : PRODUCT)}`, PRODUCT) : arg };
    });
    const ordered = [...parts.filter((p) => !p.negative), ...parts.filter((p) => p.negative)];
    const line = ordered.map((p, k) => (k === 0 ? (p.negative ? `-${at(p.t, p.t.strength === PRODUCT && !p.t.text.includes('@') ? PRODUCT : UNARY)}` : p.t.text) : ` ${p.negative ? '-' : '+'} ${at(p.t, PRODUCT)}`)).join('');
    const [only] = ordered;
    return text(line, ordered.length > 1 ? SUM : only?.negative ? UNARY : only?.t.strength ?? SUM);
  };
  const d: Dialect = {
    flatVectors: true, size, pi: atom('np.pi'), number: numberText, linear,
    times: (over, under, s) => {
      if (under.length === 0 && over.length === 1) return over[0] as Value;
      const top = over.length === 0 ? '1' : join(over, PRODUCT + 1);
      if (isScalar(s)) return text([top, ...under.map((x) => at(x, PRODUCT + 1))].join(' / '), PRODUCT);
      return text(under.length === 0 ? top : `${top} / ${under.length === 1 ? at(under[0] as Value, PRODUCT + 1) : `(${join(under, PRODUCT + 1)})`}`, PRODUCT);
    },
    power: (base, q) => {
      if (q.n === 1n && q.d === 2n) return call('np.sqrt', base.text);
      const e = numberText(q);
      return text(`${at(base, 20)}**${at(e, 20)}`, POWER);
    },
    map: (fn, args) => {
      const row = MAPS[fn];
      if (row === undefined) throw new CannotGenerate(`numpy and scipy have no ${fn}`);
      const made = row.replace(/#(\d?)/g, (_, k: string) => { const a = args[k === '' ? 0 : Number(k) - 1]; return a ? (/[=.>]/.test(row.replace(/^[a-z.]+/, '')) ? at(a, PRODUCT) : a.text) : ''; });
      return atom(noting(fn === 'phiT' ? made.replace(/_phi\((.*)\.T\)\.T$/, (_, x: string) => `_phi((${x}).T).T`) : made));
    },
    multiply: (a, b) => text(`${at(a, a.text.includes(' * ') || a.text.includes(' / ') ? PRODUCT + 1 : PRODUCT)} @ ${at(b, PRODUCT + 1)}`, PRODUCT),
    dot: (a, b) => text(`${at(a, PRODUCT + 1)} @ ${at(b, PRODUCT + 1)}`, PRODUCT),
    outer: (a, b) => (a.kind === 'scalar' || b.kind === 'scalar' ? text(`${at(a, PRODUCT + 1)} * ${at(b, PRODUCT + 1)}`, PRODUCT) : call('np.outer', a.text, b.text)),
    scaleRows: (v, a) => text(`${at(v, 20)}[:, np.newaxis] * ${at(a, PRODUCT + 1)}`, PRODUCT),
    scaleColumns: (a, v) => text(`${at(a, PRODUCT + 1)} * ${at(v, PRODUCT + 1)}`, PRODUCT),
    transpose: (a) => atom(`${at(a, 20)}.T`),
    identity: (n) => call('np.eye', sizeOf(n)), ones: (s) => call('np.ones', dims(s)), zeros: (s) => call('np.zeros', dims(s)),
    unit: (k, n) => { use('_unit'); return call('_unit', k.text, sizeOf(n)); },
    diag: (v) => call('np.diag', v.text), diagOf: (a) => call('np.diag', a.text), total: (a) => (a.kind === 'scalar' ? a : call('np.sum', a.text)),
    column: (a, j) => atom(`${at(a, 20)}[:, ${j.text}]`),
    row: (a, i) => atom(`${at(a, 20)}[${i.text}]`),
    entry: (a, i, j) => atom(`${at(a, 20)}[${a.kind === 'column' ? i.text : a.kind === 'row' ? j.text : `${i.text}, ${j.text}`}]`),
    rows: (a, from, count) => atom(`${at(a, 20)}[${sizeOf(from)}:${plus(from, count)}]`),
    columns: (a, from, count) => atom(`${at(a, 20)}[:, ${sizeOf(from)}:${plus(from, count)}]`),
  };
  return d;
}

function solve(step: SolveStep, right: Value, c: StepContext, use: (n: string) => void): Text {
  const m = c.name(step.matrix);
  use('linalg');
  switch (step.factor) {
    case 'cholesky': return call('linalg.cho_solve', `(${m}, True)`, right.text);
    case 'lower': return call('linalg.solve_triangular', m, right.text, 'lower=True');
    case 'lowerT': return call('linalg.solve_triangular', m, right.text, 'lower=True', 'trans=1');
    case 'upper': return call('linalg.solve_triangular', m, right.text);
    case 'upperT': return call('linalg.solve_triangular', m, right.text, 'trans=1');
    case 'lu': return call('linalg.lu_solve', m, right.text);
    case 'luT': return call('linalg.lu_solve', m, right.text, 'trans=1');
  }
}

function kernel(step: KernelStep, c: StepContext, use: (n: string) => void): readonly string[] {
  const args = step.args.map((a) => c.write(a));
  const [a, b, third] = args.map((v) => v.text);
  const put = (value: string): readonly string[] => {
    for (const [name] of value.matchAll(/\b_[a-z_]+(?=\()|\b(?:linalg|special)(?=\.)|_(?:kron_of|phi)\b/g)) use(name);
    return [c.assign(step.out, value)];
  };
  const outs = step.outs.length > 0 ? step.outs : [step.out];
  const several = (value: string): readonly string[] => { for (const [name] of value.matchAll(/\b_[a-z]+/g)) use(name); return [`${outs.map(c.name).join(', ')} = ${value}`]; };
  const words = (): string => JSON.stringify(step.args[0] ? c.formula(step.args[0]) : '');
  const n = step.args[0] ? c.size(step.args[0].shape.rows) : '';
  switch (step.op) {
    case 'chol': return put(`_cholesky(${a}, ${words()})`);
    case 'lu': use('_lu'); return [`${c.name(step.out)} = _lu(${a}, ${c.lenient(step.out) ? '""' : words()})  # the LU factors of ${c.formula(step.args[0] as KernelStep['args'][number])}`];
    case 'lowerInverse': return put(`linalg.solve_triangular(${a}, np.eye(${n}), lower=True)`);
    case 'choleskyInverse': return put(`linalg.cho_solve((${a}, True), np.eye(${n}))`);
    case 'luInverse': return put(`linalg.lu_solve(${a}, np.eye(${n}))`);
    case 'eigSym': return several(`_eigh(${a})`);
    case 'positiveSpectrum': case 'nonnegativeSpectrum': {
      const values = step.value.kind === 'call' ? step.value.args[0] : undefined;
      const of = values?.kind === 'call' && values.args[0] ? c.formula(values.args[0]) : 'the matrix';
      return put(`${step.op === 'positiveSpectrum' ? '_positive' : '_nonnegative'}(${a}, ${JSON.stringify(`${of} ${spectrumFault(step.op, values)}`)})`);
    }
    case 'svd': return several(`_svd(${a})`);
    case 'choleskyLogdet': return put(`2 * np.log(np.diag(${a})).sum()`);
    case 'luDeterminant': return put(step.args[0]?.kind === 'leaf' && c.lenient(step.args[0]) ? `_det(${a})` : `_nonzero_det(${a})`);
    case 'luLogAbsdet': return put(`np.log(np.abs(np.diag(${a}[0]))).sum()`);
    case 'luLogdet': return put(`_logdet(${a})`);
    case 'maximum': return put(`np.max(${a})`);
    case 'minimum': return put(`np.min(${a})`);
    case 'rowMax': return put(`_row_max(${a})`);
    case 'colMax': return put(`_row_max(${a}.T)`);
    case 'argmax': return put(`(${a} == np.max(${a})) / np.count_nonzero(${a} == np.max(${a}))`);
    case 'prod': return put(`_prod(${a})`);
    case 'norm': return put(`_norm(${a})`);
    case 'productOfOthers': return put(`_product_of_others(${a})`);
    case 'centredRows': return put(`_centred_rows(${a}, ${b})`);
    case 'squaredDistances': case 'weightedSquaredDistances': return put(`_squared_distances(${args.map((v) => v.text).join(', ')})`);
    case 'reciprocalSums': return put(`_reciprocal_sums(${a}, ${b})`);
    case 'vec': return put(`${at(args[0] as Value, 20)}.ravel(order="F")`);
    case 'unvec': return put(`np.reshape(${a}, (${c.size(step.value.shape.rows)}, ${c.size(step.value.shape.cols)}), order="F")`);
    case 'kron': {
      const [x, y] = step.args;
      const two = (e: typeof x, v: string | undefined): string => (e && isOne(e.shape.cols) && !isOne(e.shape.rows) && !isOne(step.value.shape.cols) ? `np.reshape(${v}, (-1, 1))` : e && isOne(e.shape.rows) && !isOne(e.shape.cols) && !isOne(step.value.shape.rows) ? `np.reshape(${v}, (1, -1))` : v ?? '');
      return put(`np.kron(${two(x, a)}, ${two(y, b)})`);
    }
    case 'blocks': {
      const [down, across] = [constantDim(step.dims[0] as Dim) ?? 1, constantDim(step.dims[1] as Dim) ?? 1];
      const flat = isOne(step.value.shape.cols) || isOne(step.value.shape.rows);
      const two = args.map((v) => (flat ? (v.kind === 'scalar' ? `[${v.text}]` : v.text) : v.kind === 'scalar' ? `[[${v.text}]]` : v.kind === 'column' ? `np.reshape(${v.text}, (-1, 1))` : v.kind === 'row' ? `np.reshape(${v.text}, (1, -1))` : v.text));
      if (flat) return put(`np.concatenate([${two.join(', ')}])`);
      return put(`np.block([${Array.from({ length: down }, (_, r) => `[${two.slice(r * across, (r + 1) * across).join(', ')}]`).join(', ')}])`);
    }
    case 'cumsum': return put(args[0]?.kind === 'matrix' ? `np.cumsum(${a}, axis=0)` : `np.cumsum(${a})`);
    case 'vech': return put(`_vech(${a})`);
    case 'cross': return put(`np.cross(${a}, ${b})`);
    case 'skew3': return put(skew(a));
    case 'rotation': return put(`linalg.expm(${skew(a)})`);
    case 'rotationFrechet': return put(`linalg.expm_frechet(${skew(a)}, ${b}, compute_expm=False)`);
    case 'blockInner': case 'blockSum': {
      const [m, n, p, q] = sidesOfBlocks(step).map(c.size);
      return put(`np.einsum("${step.op === 'blockInner' ? 'ikjl,kl->ij' : 'ikjl,ij->kl'}", np.reshape(${a}, (${m}, ${p}, ${n}, ${q})), ${b})`);
    }
    case 'transposeBlocks': {
      const [m = D1, n = D1] = step.dims;
      return put(`_transpose_blocks(${a}, ${c.size(m)}, ${c.size(n)})`);
    }
    case 'commutation': return put(`_commutation(${step.dims.map(c.size).join(', ')})`);
    case 'duplication': return put(`_duplication(${step.dims.map(c.size).join(', ')})`);
    case 'diagonalisation': return put(`_diagonalisation(${step.dims.map(c.size).join(', ')})`);
    case 'adjugate': return put(c.isRead(step.out) ? `_nonzero_adjugate(${a})` : `_adjugate(${a})`);
    case 'pinv': return put(`${c.isReadTwice(step.out) ? '_moderate_pinv' : '_pinv'}(${a})`);
    case 'sylvester': return put(`_sylvester(${a}, ${b}, ${third})`);
    case 'expm': return put(`linalg.expm(${a})`);
    case 'expmFrechet': return put(`linalg.expm_frechet(${a}, ${b}, compute_expm=False)`);
    case 'sqrtm': return put(`_power(${a}, 0.5)`);
    case 'logm': return put(`_log(${a})`);
    case 'logmFrechet': return put(`_log_frechet(${a}, ${b})`);
    case 'powm': return put(`_power(${a}, ${b})`);
    case 'powmFrechet': return put(`_power_frechet(${a}, ${b}, ${third})`);
    case 'expmKron': return put(`_kron_of(lambda E: linalg.expm_frechet(${a}, E, compute_expm=False), ${n})`);
    case 'logmKron': return put(`_kron_of(lambda E: _log_frechet(${a}, E), ${n})`);
    case 'powmKron': return put(`_kron_of(lambda E: _power_frechet(${a}, ${b}, E), ${n})`);
    default: throw new CannotGenerate(`numpy and scipy have no ${step.op}`);
  }
}

const skew = (w: string | undefined): string => `np.array([[0, -${w}[2], ${w}[1]], [${w}[2], 0, -${w}[0]], [-${w}[1], ${w}[0], 0]])`;
const paren = (t: string): string => (/^[\p{ID_Continue}]+$/u.test(t) ? t : `(${t})`);
function table(t: Table, side: (d: Dim) => string): readonly string[] {
  const [p, q] = [side(t.variable.rows), side(t.variable.cols)];
  const column = isOne(t.variable.cols) ? t.k : isOne(t.variable.rows) ? t.l : t.vec === 'column' ? `${t.l} * ${paren(p)} + ${t.k}` : `${t.k} * ${paren(q)} + ${t.l}`;
  const flat = t.value.kind === 'matrix' ? `${at(t.value, 20)}.ravel(${t.vec === 'column' ? 'order="F"' : ''})` : t.value.text;
  const loops = ([[t.k, p, isOne(t.variable.rows)], [t.l, q, isOne(t.variable.cols)]] as const).filter(([, , single]) => !single);
  const body = [...t.inner, `${t.out}[:, ${column}] = ${flat}`];
  const order = t.vec === 'column' ? loops : [...loops].reverse();
  const lines = order.reduce<readonly string[]>((content, [name, turns]) => [`for ${name} in range(${turns}):`, ...content.map((x) => `    ${x}`)], body);
  const rows = side(mulDim(t.shape.rows, t.shape.cols));
  return [`${t.out} = np.empty((${rows}, ${side(mulDim(t.variable.rows, t.variable.cols))}))`, ...lines];
}

const WORDS: Readonly<Record<FunctionKind, string>> = { value: '', gradient: 'gradient', jacobian: 'jacobian', hessian: 'hessian', jvp: 'jvp', vjp: 'vjp', hvp: 'hvp' };
const docSafe = (line: string): string => line.replace(/\\/g, '\\\\').replace(/"""/g, "'''").replace(/[\r\n\u2028\u2029]+/g, ' ');

function open(): ModuleWriter {
  const names = createNames(Object.keys(PYTHON), undefined, RESERVED);
  const needed = new Set<string>();
  const use = (name: string): void => {
    if (needed.has(name)) return;
    needed.add(name);
    for (const u of PYTHON[name]?.uses ?? []) use(u);
    for (const i of PYTHON[name]?.imports ?? []) use(i);
    if (name === '_lu') use('warnings');
  };
  const write = (spec: FunctionSpec): WrittenFunction => {
    const own = createNames([], names, RESERVED);
    const parameters = new Map<string, string>();
    const all = [...spec.inputs, ...(spec.direction ? [spec.direction] : [])];
    for (const x of all) parameters.set(x.name, own.take(x.name));
    const parameter = (n: string): string => parameters.get(n) ?? identifier(n, RESERVED);
    const sizes = sideRules(all, spec.extraDims.filter((x) => !x.startsWith('min(')));
    const dims = new Map(sizes.all.map((x) => [x, own.take(x)]));
    for (const x of spec.extraDims.filter((y) => y.startsWith('min('))) dims.set(x, own.take('r'));
    const size = (d: Dim): string => sizeText(d, (n) => dims.get(n) ?? identifier(n, RESERVED)).replace(/ \/ 2$/, ' // 2');
    const head: string[] = [];
    const dimsName = sizes.asked.length > 0 ? own.take('dims') : '';
    for (const d of sizes.asked) head.push(`${dims.get(d)} = ${dimsName}[${JSON.stringify(d)}]`);
    const tuple = (s: Shape, write_: (d: Dim) => string): readonly string[] => (isOne(s.cols) ? [write_(s.rows)] : isOne(s.rows) ? [write_(s.cols)] : [write_(s.rows), write_(s.cols)]);
    for (const x of all) {
      if (isScalar(x.shape)) { use('_scalar'); head.push(`${parameter(x.name)} = _scalar(${JSON.stringify(x.name)}, ${parameter(x.name)})`); continue; }
      use('_array');
      head.push(`${parameter(x.name)} = _array(${JSON.stringify(x.name)}, ${parameter(x.name)}, ${tuple(x.shape, (d) => JSON.stringify(d.key)).join(', ')})`);
    }
    for (const x of all) {
      const own_ = sizes.rules.filter((r) => r.from === x.name);
      if (own_.length === 2) head.push(`${own_.map((r) => dims.get(r.dim)).join(', ')} = ${parameter(x.name)}.shape`);
      else for (const r of own_) head.push(`${dims.get(r.dim)} = ${parameter(r.from)}.shape[${r.vector ? 0 : r.side}]`);
    }
    for (const x of spec.extraDims.filter((y) => y.startsWith('min('))) head.push(`${dims.get(x)} = ${x.replace(/[\p{ID_Start}_][\p{ID_Continue}]*/gu, (n) => (n === 'min' ? n : dims.get(n) ?? n))}`);
    for (const x of all.filter((y) => !isScalar(y.shape))) {
      use('_expect');
      const sides = tuple(x.shape, size);
      head.push(`_expect(${JSON.stringify(x.name)}, ${parameter(x.name)}, ${JSON.stringify(`(${tuple(x.shape, (d) => d.key).join(', ')}${sides.length === 1 ? ',' : ''})`)}, ${sides.join(', ')})`);
    }
    for (const { name, more, dim } of spec.indices ?? []) {
      use('_index');
      const checked = `_index(${JSON.stringify(indexText(name, more))}, ${indexText(parameter(name), more)}, ${size(dim)})`;
      head.push(`${parameter(name)} = ${indexText(checked, -more)}`);
    }
    const grammar: Grammar = {
      dialect: dialectOf(size, use),
      assign: (name, value, comment) => `${name} = ${value}${value.includes('linalg.') || value.startsWith('_') ? `  # ${comment}` : ''}`,
      solve: (s, right, c) => solve(s, right, c, use), kernel: (s, c) => kernel(s, c, use),
      refuseZero: (name, reason) => [`if ${name} == 0:`, `    raise ValueError(${JSON.stringify(reason)})`],
      reduce: (body, along) => call('np.sum', body.text, `axis=${along === 'rows' ? 1 : 0}`),
      table: (t) => table(t, size),
    };
    const scalar = isScalar(spec.result);
    const bodyOf = (plan: Plan, names: Names): readonly string[] => {
      const { lines, result } = writePlan({ ...spec, plan }, grammar, names, parameter, size);
      const returned = scalar ? (/^[\d.]+$/.test(result) ? `float(${result})` : result) : plan.result.kind === 'leaf' && !plan.result.local ? `${result}.copy()` : result;
      return [...lines, `return ${returned}`];
    };
    const { other } = spec;
    const lines = other
      ? [`if ${size(other.when.left)} <= ${size(other.when.right)}:`, ...bodyOf(spec.plan, createNames([], own as Names, RESERVED)).map((l) => `    ${l}`), ...bodyOf(other.plan, createNames([], own as Names, RESERVED))]
      : bodyOf(spec.plan, own as Names);
    const signature = `def ${spec.name}(${[...all.map((x) => parameter(x.name)), ...(dimsName === '' ? [] : [dimsName])].join(', ')}):`;
    const shapes = shapesText(all, (x) => parameter(x.name));
    const doc = [`${spec.summary}.`, '', `${shapes}.${` ${flopsOfBoth(spec)}`.trimEnd()}`, ...spec.notes];
    const docLines = doc.flatMap((l) => (l === '' ? [''] : foldText(docSafe(l), 92)));
    const body = [`"""${docLines[0]}`, ...docLines.slice(1), '"""', ...head, ...(lines.length > 1 ? [''] : []), ...lines];
    const pair = (s: Shape): readonly [string, string] => [s.rows.key, s.cols.key];
    const manifest: ManifestParameter[] = all.map((x) => ({ name: parameter(x.name), type: isScalar(x.shape) ? 'float' : 'ndarray', role: x === spec.direction ? 'direction' : 'input', shape: pair(x.shape) }));
    if (dimsName !== '') manifest.push({ name: dimsName, type: 'dims', role: 'dims', shape: [...sizes.asked] });
    return {
      text: `${signature}\n${body.map((l) => (l === '' ? '' : `    ${l}`)).join('\n')}\n\n`, variables: all.map((x) => x.name),
      manifest: { name: spec.name, of: spec.of, wrt: spec.wrt ?? null, kind: spec.kind, parameters: manifest, returns: { type: scalar ? 'float' : 'ndarray', shape: pair(spec.result) } },
    };
  };
  return {
    names, finish: (t) => t,
    functionName: (kind, of, by) => (kind === 'value' ? identifier(of, RESERVED) : `${WORDS[kind]}_${identifier(of, RESERVED)}_by_${by.map((x) => identifier(x, RESERVED)).join('_and_')}`),
    write(spec) {
      const before = new Set(needed);
      try {
        return write(spec);
      } catch (error) {
        if (error instanceof CannotGenerate) { needed.clear(); for (const n of before) needed.add(n); }
        throw error;
      }
    },
    surroundings: () => {
      const scipy = (['linalg', 'special'] as const satisfies readonly PythonImport[]).filter((x) => needed.has(x));
      return {
        above: [...(needed.has('warnings') ? ['import warnings', ''] : []), 'import numpy as np', ...(scipy.length > 0 ? [`from scipy import ${scipy.join(', ')}`] : []), '', ''].join('\n'),
        below: [...needed].flatMap((n) => PYTHON[n]?.text ?? []).join('\n\n'),
      };
    },
  };
}

export const numpy: Language = { name: 'numpy', says: 'Python functions over numpy arrays, with scipy where it is needed', extension: 'py', flat: false, tabulates: 'columns', open };
