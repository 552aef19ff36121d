/** TypeScript over the matrices of a library: what the two such targets share. A target says how its library writes each operation. */
import { constantDim, D1, isOne, isScalar, mulDim, type Dim, type Shape } from '../../algebra/dim';
import { toNumber, type Rational } from '../../algebra/rational';
import { kernelSources } from '../../numeric/kernel-sources';
import { at, atom, PRODUCT, SUM, UNARY, type Dialect, type LinearTerm, type Text, type Value } from '../arrays/dialect';
import { writePlan, type Grammar, type StepContext, type Table } from '../arrays/function';
import { sideRules } from '../arrays/sizes';
import { sidesOfBlocks, spectrumFault } from '../calls';
import { CannotGenerate } from '../cannot-generate';
import { numberText } from '../cells';
import { flopsOfBoth, foldText, shapesText, wrapList, type FunctionSpec } from '../emit-function';
import type { Expr } from '../expr';
import type { ManifestParameter } from '../generation';
import { commentSafe, createNames, identifier, quote, type Names } from '../names';
import { indexText } from '../needs';
import type { KernelStep, Plan, SolveStep } from '../plan';
import { SCALAR_FUNCTIONS, type PrivateSource } from '../preamble';
import { sizeText } from '../sizes';
import type { ModuleWriter, WrittenFunction } from '../target';
import { LIBRARY } from './library-private';
import { camelName } from './script';

/** How the library writes what it has; arguments are texts of matrices, strong enough for a method call. */
export interface Library {
  readonly imports: string;
  /** Names that no function of the module may bear. */
  readonly reserved: readonly string[];
  readonly flatVectors: boolean;
  readonly privates: Readonly<Record<string, PrivateSource>>;
  readonly multiply: (a: string, b: string) => string;
  readonly dot: (a: string, b: string) => string;
  readonly outer: (a: string, b: string) => string;
  readonly add: (a: string, b: string) => string;
  readonly subtract: (a: string, b: string) => string;
  readonly addNumber: (a: string, c: string) => string;
  readonly scale: (c: string, a: string) => string;
  readonly hadamard: (a: string, b: string) => string;
  readonly divide: (a: string, b: string) => string;
  readonly transpose: (a: string) => string;
  readonly identity: (n: string) => string;
  readonly ones: (rows: string, cols: string) => string;
  readonly total: (a: string) => string;
  readonly diag: (a: string) => string;
  readonly diagOf: (a: string) => string;
  readonly column: (a: string, j: string) => string;
  readonly row: (a: string, i: string) => string;
  readonly entry: (a: string, i: string, j: string, vector: boolean) => string;
  readonly rows: (a: string, from: string, to: string, vector: boolean) => string;
  readonly columns: (a: string, from: string, to: string) => string;
  readonly sides: (a: string, vector: boolean) => readonly [rows: string, cols: string];
}

const text = (t: string, strength: number): Text => ({ text: t, strength });
/** Functions of numbers that `Math` has. */
const MATH = new Set(['exp', 'log', 'sin', 'cos', 'tan', 'asin', 'acos', 'atan', 'sinh', 'cosh', 'tanh', 'sqrt', 'abs', 'sign', 'max', 'min', 'pow']);
const MASK: Readonly<Record<string, string | undefined>> = {
  tril: 'j <= i ? 1 : 0', triu: 'j >= i ? 1 : 0', band: 'Math.abs(i - j) <= 1 ? 1 : 0', phi: 'j < i ? 1 : j === i ? 0.5 : 0', phiT: 'j > i ? 1 : j === i ? 0.5 : 0',
};

function dialectOf(lib: Library, sizeOf: (d: Dim) => string, use: (name: string) => string): Dialect {
  const size = (d: Dim): Text => { const t = sizeOf(d); return text(t, /^[\p{ID_Continue}]+$/u.test(t) ? 20 : SUM); };
  const noting = (t: string): string => { for (const [name] of t.matchAll(/\b[\p{ID_Start}]\w*/gu)) if (lib.privates[name] || LIBRARY[name]) use(name); return t; };
  const sides = (s: Shape): readonly [string, string] => [sizeOf(s.rows), sizeOf(s.cols)];
  const from = (data: string, s: Shape): string => (lib.flatVectors && (isOne(s.rows) || isOne(s.cols)) ? noting(`vectorFrom(${data})`) : noting(`fromFlat(${data}, ${sides(s).join(', ')})`));
  const constant = (c: string, s: Shape): Text => c === '1' ? atom(noting(lib.ones(...sides(s)))) : atom(from(`new Float64Array(${at(size(mulDim(s.rows, s.cols)), 0)})${c === '0' ? '' : `.fill(${c})`}`, s));
  const scalarSum = (terms: readonly LinearTerm[]): Text => {
    const parts = terms.map(({ negative, coefficient: c, arg }) => ({ negative, t: c && arg ? text(`${at(c, PRODUCT)} * ${at(arg, PRODUCT + 1)}`, PRODUCT) : arg ?? c ?? atom('1') }));
    const ordered = [...parts.filter((p) => !p.negative), ...parts.filter((p) => p.negative)];
    const line = ordered.map((p, k) => (k === 0 ? (p.negative ? `-${at(p.t, UNARY)}` : p.t.text) : ` ${p.negative ? '-' : '+'} ${at(p.t, PRODUCT)}`)).join('');
    return text(line, ordered.length > 1 ? SUM : ordered[0]?.negative ? UNARY : ordered[0]?.t.strength ?? SUM);
  };
  const linear = (terms: readonly LinearTerm[], shape: Shape): Text => {
    if (isScalar(shape)) return scalarSum(terms);
    const arrays = terms.filter((t) => t.arg && t.arg.kind !== 'scalar');
    const numbers = terms.filter((t) => !arrays.includes(t));
    const ordered = [...arrays.filter((t) => !t.negative), ...arrays.filter((t) => t.negative)];
    let made = '';
    for (const t of ordered) {
      const c = t.coefficient?.text;
      const body = c === undefined ? t.arg?.text ?? '' : lib.scale(c, t.arg?.text ?? '');
      if (made === '') made = t.negative ? lib.scale(c === undefined ? '-1' : `-${at(t.coefficient as Text, UNARY)}`, t.arg?.text ?? '') : body;
      else made = t.negative ? lib.subtract(made, body) : lib.add(made, body);
    }
    if (numbers.length > 0) {
      const c = scalarSum(numbers).text;
      return made === '' ? constant(c, shape) : atom(noting(lib.addNumber(made, c)));
    }
    return atom(noting(made));
  };
  const scalarTimes = (over: readonly Text[], under: readonly Text[]): Text => {
    if (under.length === 0 && over.length === 1) return over[0] as Text;
    const top = over.length === 0 ? '1' : over.map((x) => at(x, PRODUCT + 1)).join(' * ');
    return text([top, ...under.map((x) => at(x, PRODUCT + 1))].join(' / '), PRODUCT);
  };
  const ref = (fn: string): string => {
    if (MATH.has(fn)) return `Math.${fn}`;
    if (fn === 'delta') return '(a, b) => (a === b ? 1 : 0)';
    if (!(kernelSources[fn] ?? SCALAR_FUNCTIONS[fn])) throw new CannotGenerate(`there is no code for ${fn}`);
    return use(fn);
  };
  const d: Dialect = {
    flatVectors: lib.flatVectors, size, pi: atom('Math.PI'), number: (q: Rational) => numberText(q), linear,
    times: (over, under, shape) => {
      const numbers = [over, under].map((l) => l.filter((v) => v.kind === 'scalar'));
      const [a = [], b = []] = [over, under].map((l) => l.filter((v) => v.kind !== 'scalar'));
      if (isScalar(shape)) return scalarTimes(over, under);
      let made = '';
      for (const v of a) made = made === '' ? v.text : lib.hadamard(made, v.text);
      if (made === '') made = constant('1', shape).text;
      for (const v of b) made = lib.divide(made, v.text);
      const factor = scalarTimes(numbers[0] ?? [], numbers[1] ?? []);
      return atom(noting((numbers[0]?.length ?? 0) + (numbers[1]?.length ?? 0) > 0 ? lib.scale(factor.text, made) : made));
    },
    power: (base, q) => {
      const value = toNumber(q);
      const whole = Number.isInteger(value) && value > 0 && value <= 4;
      if (base.kind === 'scalar') return value === 0.5 ? atom(`Math.sqrt(${base.text})`) : value === 2 && base.strength === 20 ? text(`${base.text} * ${base.text}`, PRODUCT) : atom(`Math.pow(${base.text}, ${numberText(q).text})`);
      const f = value === 0.5 ? 'Math.sqrt' : whole ? `(x) => ${Array.from({ length: value }, () => 'x').join(' * ')}` : `(x) => Math.pow(x, ${numberText(q).text})`;
      return atom(noting(`entries(${f}, ${base.text})`));
    },
    map: (fn, args, shape) => {
      const mask = MASK[fn];
      if (mask !== undefined) return atom(noting(`masked(${args[0]?.text ?? ''}, (i, j) => (${mask}))`));
      if (isScalar(shape)) return atom(fn === 'delta' ? `(${args.map((x) => at(x, PRODUCT)).join(' === ')} ? 1 : 0)` : `${ref(fn)}(${args.map((x) => x.text).join(', ')})`);
      const like = args.find((v) => v.kind !== 'scalar');
      if (!like) return constant(`${ref(fn)}(${args.map((x) => x.text).join(', ')})`, shape);
      return atom(noting(`entries(${ref(fn)}, ${args.map((x) => x.text).join(', ')})`));
    },
    multiply: (a, b) => atom(noting(lib.multiply(a.text, b.text))), dot: (a, b) => atom(noting(lib.dot(a.text, b.text))),
    outer: (a, b) => (a.kind === 'scalar' ? atom(noting(lib.scale(a.text, b.text))) : b.kind === 'scalar' ? atom(noting(lib.scale(b.text, a.text))) : atom(noting(lib.outer(a.text, b.text)))),
    scaleRows: (v, a) => atom(noting(lib.multiply(lib.diag(v.text), a.text))), scaleColumns: (a, v) => atom(noting(lib.multiply(a.text, lib.diag(v.text)))),
    transpose: (a) => atom(noting(lib.transpose(a.text))), identity: (n) => atom(lib.identity(sizeOf(n))), ones: (s) => constant('1', s), zeros: (s) => constant('0', s),
    unit: (k, n) => atom(`${use('unit')}(${k.text}, ${sizeOf(n)})`),
    diag: (v) => atom(noting(lib.diag(v.text))), diagOf: (a) => atom(noting(lib.diagOf(a.text))), total: (a) => (a.kind === 'scalar' ? a : atom(noting(lib.total(a.text)))),
    column: (a, j) => atom(noting(lib.column(a.text, j.text))), row: (a, i) => atom(noting(lib.row(a.text, i.text))),
    entry: (a, i, j) => atom(lib.entry(a.text, a.kind === 'row' && lib.flatVectors ? j.text : i.text, j.text, a.kind !== 'matrix')),
    rows: (a, f, count) => atom(noting(lib.rows(a.text, sizeOf(f), `${sizeOf(f) === '0' ? '' : `${sizeOf(f)} + `}${sizeOf(count)}`, a.kind === 'column'))),
    columns: (a, f, count) => atom(noting(lib.columns(a.text, sizeOf(f), `${sizeOf(f) === '0' ? '' : `${sizeOf(f)} + `}${sizeOf(count)}`))),
  };
  return d;
}

const SOLVES: Readonly<Record<SolveStep['factor'], string>> = {
  lower: 'solveLower', lowerT: 'solveLowerT', upper: 'solveUpper', upperT: 'solveUpperT', cholesky: 'choleskySolve', lu: 'solvedLu', luT: 'solvedLuT',
};
/** Kernels that take flat arrays and sizes; `A`, `B`, `C` are the arguments, the sizes n, or what the row says. */
const sized = (step: KernelStep, c: StepContext): readonly string[] => {
  const [a, b] = step.args;
  const side = (e: typeof a, s: 'rows' | 'cols'): string => (e ? c.size(e.shape[s]) : '1');
  switch (step.op) {
    case 'vec': return [side(a, 'rows'), side(a, 'cols')];
    case 'unvec': return [c.size(step.value.shape.rows), c.size(step.value.shape.cols)];
    case 'kron': return [side(a, 'rows'), side(a, 'cols'), side(b, 'rows'), side(b, 'cols')];
    case 'blockInner': case 'blockSum': return sidesOfBlocks(step).map(c.size);
    case 'transposeBlocks': return [c.size(step.dims[0] ?? D1), c.size(step.dims[1] ?? D1), c.size(mulDim(step.dims[2] ?? D1, step.value.shape.cols))];
    case 'cumsum': case 'pinv': case 'rowMax': case 'colMax': return [side(a, 'rows'), side(a, 'cols')];
    case 'cross': case 'skew3': case 'rotation': case 'rotationFrechet': return [];
    case 'sylvester': return [side(a, 'rows'), side(b, 'rows')];
    case 'centredRows': case 'squaredDistances': case 'weightedSquaredDistances': return [side(a, 'rows'), side(a, 'cols'), side(b, 'rows')];
    default: return [side(a, 'rows')];
  }
};

function kernel(lib: Library, step: KernelStep, c: StepContext, use: (n: string) => string): readonly string[] {
  const args = step.args.map((a) => c.write(a));
  const [a] = args.map((v) => v.text);
  const words = JSON.stringify(step.args[0] ? c.formula(step.args[0]) : '');
  const { shape } = step.value;
  const from = (data: string): string => { const f = lib.flatVectors && (isOne(shape.rows) || isOne(shape.cols)) ? 'vectorFrom' : 'fromFlat'; use(f); return f === 'vectorFrom' ? `vectorFrom(${data})` : `fromFlat(${data}, ${c.size(shape.rows)}, ${c.size(shape.cols)})`; };
  const flat = (v: Value): string => { if (v.kind === 'scalar') return v.text; use('flat'); return `flat(${v.text})`; };
  const length = c.size(mulDim(shape.rows, shape.cols));
  const filled = (call: string): readonly string[] => { use('filled'); return [c.assign(step.out, from(`filled(${length}, (out) => ${call})`))]; };
  const checked = (call: string, reason: string): readonly string[] => { use('filledOrNot'); return [c.assign(step.out, from(`filledOrNot(${length}, (out) => ${call}, ${JSON.stringify(reason)})`))]; };
  const entriesOf = (e: Expr): string => c.size(mulDim(e.shape.rows, e.shape.cols));
  const outs = (step.outs.length > 0 ? step.outs : [step.out]).map(c.name);
  const n = step.args[0] ? c.size(step.args[0].shape.rows) : '';
  switch (step.op) {
    case 'chol': return [c.assign(step.out, `${use('factorCholesky')}(${a}, ${words})`)];
    case 'lu': return [`const ${c.name(step.out)} = ${use('factorLu')}(${a}, ${c.lenient(step.out) ? "''" : words}); // the factors of ${c.formula(step.args[0] as KernelStep['args'][number])}`];
    case 'lowerInverse': case 'choleskyInverse': return filled(`${use(step.op)}(${flat(args[0] as Value)}, out, ${n})`);
    case 'luInverse': return filled(`${use('luInverse')}(${a}.LU, ${a}.pivots, out, ${n})`);
    case 'eigSym': return [`const [${outs.join(', ')}] = ${use('eigen')}(${a}, ${words}); // ${c.formula(step.args[0] as KernelStep['args'][number])} = ${outs[0]}*diag(${outs[1]})*${outs[0]}'`];
    case 'svd': return [`const [${outs.join(', ')}] = ${use('singular')}(${a}, ${words}); // ${c.formula(step.args[0] as KernelStep['args'][number])} = ${outs[0]}*diag(${outs[1]})*${outs[2]}'`];
    case 'choleskyLogdet': return [c.assign(step.out, `${use('choleskyLogdet')}(${flat(args[0] as Value)}, ${n})`)];
    case 'luDeterminant': {
      const made = `${use('luDeterminant')}(${a}.LU, ${a}.pivots, ${n})`;
      if (step.args[0]?.kind === 'leaf' && c.lenient(step.args[0])) return [c.assign(step.out, `${a}.column === -1 ? ${made} : ${use('zeroOrNaN')}(${a}.LU, ${a}.LU.length)`)];
      return [c.assign(step.out, made), `if (Math.abs(${c.name(step.out)}) < 2.3e-308) throw new Error('the determinant is too small for a number');`];
    }
    case 'luLogAbsdet': return [c.assign(step.out, `${use('luLogdet')}(${a}.LU, ${n})`)];
    case 'luLogdet': return [c.assign(step.out, `${use('logdetOf')}(${a})`)];
    case 'maximum': return [c.assign(step.out, `${flat(args[0] as Value)}.reduce((p, x) => Math.max(p, x), -Infinity)`)];
    case 'minimum': return [c.assign(step.out, `${flat(args[0] as Value)}.reduce((p, x) => Math.min(p, x), Infinity)`)];
    case 'prod': return [c.assign(step.out, `${use('productOfEntries')}(${flat(args[0] as Value)}, ${entriesOf(step.args[0] as Expr)})`)];
    case 'norm': return [c.assign(step.out, `${use('norm')}(${flat(args[0] as Value)}, ${entriesOf(step.args[0] as Expr)})`)];
    case 'productOfOthers': return filled(`${use('productOfOthers')}(${flat(args[0] as Value)}, out, ${entriesOf(step.args[0] as Expr)})`);
    case 'reciprocalSums': return checked(`${use('reciprocalSums')}(${args.map(flat).join(', ')}, out, ${n}, ${c.size((step.args[1] as Expr).shape.rows)})`, 'an eigenvalue of one matrix is the negative of one of the other');
    case 'positiveSpectrum': case 'nonnegativeSpectrum': {
      const values = step.value.kind === 'call' ? step.value.args[0] : undefined;
      const of = values?.kind === 'call' && values.args[0] ? c.formula(values.args[0]) : 'the matrix';
      return checked(`${use(step.op)}(${flat(args[0] as Value)}, out, ${n})`, `${of} ${spectrumFault(step.op, values)}`);
    }
    case 'adjugate': return [
      ...filled(`${use('adjugate')}(${flat(args[0] as Value)}, out, ${n})`),
      ...(c.isRead(step.out) ? [`if (${use('norm')}(${flat({ ...args[0] as Value, text: c.name(step.out) })}, ${length}) < 2.3e-308) throw new Error('the adjugate is too small for numbers');`] : []),
    ];
    case 'pinv': return [
      ...filled(`${use('pinv')}(${flat(args[0] as Value)}, out, ${sized(step, c).join(', ')})`),
      ...(c.isReadTwice(step.out) ? [`if (!${use('isModerate')}(${flat({ ...args[0] as Value, text: c.name(step.out) })}, ${length})) throw new Error('the pseudo-inverse is too small or too large for products of numbers');`] : []),
    ];
    case 'argmax': return [c.assign(step.out, from(`${use('largestOf')}(${flat(args[0] as Value)})`))];
    case 'blocks': {
      const [down, across] = [constantDim(step.dims[0] as Dim) ?? 1, constantDim(step.dims[1] as Dim) ?? 1];
      // A vector without a second dimension reads as a column, so a row of rows is joined as one.
      const turned = lib.flatVectors && isOne(shape.rows);
      const cells = Array.from({ length: turned ? across : down }, (_, r) => `[${turned ? args[r]?.text ?? '' : args.slice(r * across, (r + 1) * across).map((v) => v.text).join(', ')}]`);
      return [c.assign(step.out, from(`${use('joined')}([${cells.join(', ')}], ${turned ? `${length}, 1` : `${c.size(shape.rows)}, ${c.size(shape.cols)}`})`))];
    }
    case 'commutation': case 'duplication': case 'diagonalisation': return filled(`${use(step.op)}(out, ${step.dims.map(c.size).join(', ')})`);
    default: {
      if (!kernelSources[step.op]) throw new CannotGenerate(`there is no kernel for ${step.op}`);
      return filled(`${use(step.op)}(${[...args.map(flat), 'out', ...sized(step, c)].join(', ')})`);
    }
  }
}

function table(lib: Library, t: Table, side: (d: Dim) => string, use: (n: string) => string): readonly string[] {
  const [p, q] = [side(t.variable.rows), side(t.variable.cols)];
  const wrap = (x: string): string => (/^[\p{ID_Continue}]+$/u.test(x) ? x : `(${x})`);
  const column = isOne(t.variable.cols) ? t.k : isOne(t.variable.rows) ? t.l : t.vec === 'column' ? `${t.l} * ${wrap(p)} + ${t.k}` : `${t.k} * ${wrap(q)} + ${t.l}`;
  const [rows, width] = [side(mulDim(t.shape.rows, t.shape.cols)), side(mulDim(t.variable.rows, t.variable.cols))];
  const loops = ([[t.k, p, isOne(t.variable.rows)], [t.l, q, isOne(t.variable.cols)]] as const).filter(([, , single]) => !single);
  const ordered = t.vec === 'column' ? loops : [...loops].reverse();
  const body: readonly string[] = [...t.inner, `${use('place')}(${t.out}, ${column}, ${width}, ${t.value.text}, ${t.vec === 'column'});`];
  const lines = ordered.reduce<readonly string[]>((content, [name, turns]) => [`for (let ${name} = 0; ${name} < ${turns}; ${name}++) {`, ...content.map((x) => `  ${x}`), '}'], body);
  use('fromFlat');
  return [`const ${t.out} = new Float64Array(${wrap(rows)} * ${wrap(width)});`, ...lines];
}

export function openLibrary(lib: Library): ModuleWriter {
  const sources = new Map<string, PrivateSource>(Object.entries({ ...kernelSources, ...SCALAR_FUNCTIONS, ...LIBRARY, ...lib.privates }));
  const names = createNames([...sources.keys(), ...lib.reserved]);
  for (const p of sources.values()) for (const [, name] of p.text.matchAll(/^(?:const|let) ([\p{ID_Continue}$]+)/gmu)) if (name !== undefined) names.reserve(name);
  const needed: string[] = [];
  const use = (name: string): string => {
    if (needed.includes(name)) return name;
    needed.push(name);
    for (const u of sources.get(name)?.uses ?? []) use(u);
    return name;
  };
  const write = (spec: FunctionSpec): WrittenFunction => {
    const own = createNames([], names);
    const all = [...spec.inputs, ...(spec.direction ? [spec.direction] : [])];
    const parameters = new Map(all.map((x) => [x.name, own.take(x.name)]));
    const parameter = (n: string): string => parameters.get(n) ?? identifier(n);
    const smaller = spec.extraDims.filter((x) => x.startsWith('min('));
    const sizes = sideRules(all, spec.extraDims.filter((x) => !x.startsWith('min(')));
    const dims = new Map(sizes.all.map((x) => [x, own.take(x)]));
    for (const x of smaller) dims.set(x, own.take('r'));
    const size = (d: Dim): string => sizeText(d, (n) => dims.get(n) ?? identifier(n));
    const dimsName = sizes.asked.length > 0 ? own.take('dims') : '';
    const head: string[] = [];
    for (const d of sizes.asked) head.push(`const ${dims.get(d)} = ${dimsName}[${JSON.stringify(d)}];`, `${use('expectSize')}(${JSON.stringify(d)}, ${dims.get(d)});`);
    for (const r of sizes.rules) {
      const t = lib.sides(parameter(r.from), lib.flatVectors && r.vector)[lib.flatVectors && r.vector ? 0 : r.side];
      head.push(`const ${dims.get(r.dim)} = ${t ?? ''};`);
    }
    for (const x of smaller) head.push(`const ${dims.get(x)} = Math.min(${x.slice(4, -1).replace(/[\p{ID_Start}_][\p{ID_Continue}]*/gu, (n) => dims.get(n) ?? n)});`);
    for (const x of all.filter((y) => !isScalar(y.shape))) {
      const flatRow = lib.flatVectors && isOne(x.shape.rows);
      const [rows, cols] = flatRow ? [size(x.shape.cols), '1'] : [size(x.shape.rows), size(x.shape.cols)];
      head.push(`${use('expectSides')}(${quote(x.name)}, ${parameter(x.name)}, ${rows}, ${cols}, ${quote(flatRow ? `${x.shape.cols.key} x 1` : `${x.shape.rows.key} x ${x.shape.cols.key}`)});`);
    }
    for (const { name, more, dim } of spec.indices ?? []) head.push(`${use('expectIndex')}(${quote(indexText(name, more))}, ${indexText(parameter(name), more)}, ${size(dim)});`);
    const grammar: Grammar = {
      dialect: dialectOf(lib, size, use),
      assign: (name, value, comment) => `const ${name} = ${value}; // ${commentSafe(comment)}`,
      solve: (s, right, c) => atom(s.factor === 'lu' || s.factor === 'luT' ? `${use(SOLVES[s.factor])}(${c.name(s.matrix)}, ${right.text})` : `${use('solvedBy')}(${use(SOLVES[s.factor])}, ${c.name(s.matrix)}, ${right.text})`),
      kernel: (s, c) => kernel(lib, s, c, use),
      refuseZero: (name, reason) => [`if (${name} === 0) throw new Error(${JSON.stringify(reason)});`],
      reduce: (body, along) => {
        const n = along === 'rows' ? body.shape.cols : body.shape.rows;
        const ones = along === 'rows' || lib.flatVectors ? lib.ones(size(n), '1') : lib.ones('1', size(n));
        return atom(along === 'rows' ? lib.multiply(body.text, ones) : lib.multiply(ones, body.text));
      },
      table: (t) => table(lib, t, size, use),
    };
    const scalar = isScalar(spec.result);
    const flatResult = lib.flatVectors && (isOne(spec.result.rows) || isOne(spec.result.cols));
    const bodyOf = (plan: Plan, names: Names): readonly string[] => {
      const { lines, result } = writePlan({ ...spec, plan }, grammar, names, parameter, size);
      const returned = spec.columns ? `fromFlat(${result}, ${size(spec.result.rows)}, ${size(spec.result.cols)})` : plan.result.kind === 'leaf' && !plan.result.local && !scalar ? `${result}.clone()` : result;
      return [...lines, `return ${returned};`];
    };
    const { other } = spec;
    const lines = other
      ? [`if (${size(other.when.left)} <= ${size(other.when.right)}) {`, ...bodyOf(spec.plan, createNames([], own)).map((l) => `  ${l}`), '}', ...bodyOf(other.plan, createNames([], own))]
      : bodyOf(spec.plan, own);
    if (spec.columns && flatResult) use('fromFlat');
    const type = scalar ? 'number' : 'Matrix';
    const list = [...all.map((x) => `${parameter(x.name)}: ${isScalar(x.shape) ? 'number' : 'Matrix'}`), ...(dimsName === '' ? [] : [`${dimsName}: { ${sizes.asked.map((d) => `${identifier(d) === d ? d : JSON.stringify(d)}: number`).join('; ')} }`])];
    const oneLine = `export function ${spec.name}(${list.join(', ')}): ${type} {`;
    const signature = oneLine.length <= 120 ? [oneLine] : [`export function ${spec.name}(`, `  ${wrapList(list)},`, `): ${type} {`];
    const shapes = shapesText(all, (x) => parameter(x.name));
    const doc = [`${spec.summary}.`, `${shapes}.${` ${flopsOfBoth(spec)}`.trimEnd()}`, ...spec.notes].map(commentSafe).flatMap((l) => foldText(l, 116));
    const body = [...head, ...(lines.length > 1 ? [''] : []), ...lines];
    const pair = (s: Shape): readonly [string, string] => [s.rows.key, s.cols.key];
    const manifest: ManifestParameter[] = all.map((x) => ({ name: parameter(x.name), type: isScalar(x.shape) ? 'number' : 'Matrix', role: x === spec.direction ? 'direction' : 'input', shape: pair(x.shape) }));
    if (dimsName !== '') manifest.push({ name: dimsName, type: 'dims', role: 'dims', shape: [...sizes.asked] });
    return {
      text: ['/**', ...doc.map((l) => ` * ${l}`), ' */', ...signature, ...body.map((l) => (l === '' ? '' : `  ${l}`)), '}', ''].join('\n'), variables: all.map((x) => x.name),
      manifest: { name: spec.name, of: spec.of, wrt: spec.wrt ?? null, kind: spec.kind, parameters: manifest, returns: { type, shape: pair(spec.result) } },
    };
  };
  return {
    names, functionName: camelName, finish: (t) => t,
    write(spec) {
      const before = needed.length;
      try {
        return write(spec);
      } catch (error) {
        if (error instanceof CannotGenerate) needed.length = before;
        throw error;
      }
    },
    surroundings: () => ({ above: `${lib.imports}\n`, below: needed.flatMap((n) => sources.get(n)?.text ?? []).join('\n') }),
  };
}
