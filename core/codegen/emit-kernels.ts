/** The lines of a kernel's call, and of the small rearrangements that are loops. */
import { sidesOfBlocks, spectrumFault } from './calls';
import { flatIndex } from './cells';
import { constantDim, D1, isOne, isScalar, mulDim, type Dim } from '../algebra/dim';
import type { Expr, Leaf } from './expr';
import { quote } from './names';
import type { KernelStep } from './plan';

/** What the writer of steps offers. */
export interface KernelContext {
  readonly name: (leaf: Leaf) => string;
  readonly data: (e: Expr) => string;
  readonly size: (d: Dim) => string;
  readonly use: (kernel: string) => string;
  readonly helper: (name: 'expectFactor') => string;
  readonly formula: (e: Expr) => string;
  /** The same in terms of the function's parameters, for messages. */
  readonly source: (e: Expr) => string;
  /** The name of `out` where it is an array, with its declaration written. */
  readonly declare: (leaf: Leaf) => string;
  /** A name for a loop's index or a scalar. */
  readonly local: (wish: string) => string;
  readonly isSingularAllowed: (step: KernelStep) => boolean;
  readonly lenientFor: (factors: Expr) => boolean;
  /** Whether another step reads it. */
  readonly isRead: (leaf: Leaf) => boolean;
  readonly isReadTwice: (leaf: Leaf) => boolean;
  /** A scalar's name; its declaration is the caller's to write. */
  readonly scalarName: (leaf: Leaf) => string;
  readonly kernelExists: (name: string) => boolean;
  /** Whether these are factors of a symmetric matrix, Cholesky's where it turns out to be definite. */
  readonly symmetric: (factors: Expr) => boolean;
  /** The line that sets so many entries of an array to 0. */
  readonly cleared: (name: string, entries: string) => string;
  /** A row's work as lines of which the last is its value, then the names of what it takes: the row's dot product and number. */
  readonly rowFunction: (body: Expr) => readonly string[];
}

const times = (...factors: readonly string[]): string => factors.filter((f) => f !== '1').map((f) => (/^[\p{ID_Continue}.$]+$/u.test(f) ? f : `(${f})`)).join(' * ') || '1';

/** Kernels of one array argument that write one array: `name(A, out, n)`. */
const SQUARE: Readonly<Record<string, string | undefined>> = { sqrtm: 'sqrtm', expm: 'expm', logm: 'logm' };

export function emitKernel(step: KernelStep, c: KernelContext): readonly string[] | undefined {
  const [a, b, third] = step.args;
  const value = step.value;
  const n = a ? c.size(a.shape.rows) : '';
  const comment = ` // ${c.formula(value)}`;
  if (isScalar(value.shape)) return emitScalarKernel(step, c);
  const outs = (step.outs.length > 0 ? step.outs : [step.out]).map((l) => c.declare(l));
  const [out = ''] = outs;
  const text = a ? c.formula(a) : '';
  const given = value.kind === 'call' && value.args[0] ? c.source(value.args[0]) : text;
  switch (step.op) {
    case 'chol':
      return [`${c.helper('expectFactor')}(${c.use('cholesky')}(${c.data(a as Expr)}, ${out}, ${n}), ${quote(`${given} is not positive definite, or contains NaN`)}); // ${out}*${out}' = ${text}`];
    case 'lu': {
      const call = `${c.use(c.symmetric(step.out) ? 'symmetricFactor' : 'lu')}(${c.data(a as Expr)}, ${out}, ${outs[1]}, ${n})`;
      if (c.isSingularAllowed(step)) return [`const ${c.scalarName(step.out)}Column = ${call}; // the factors of ${text}; -1 where it is not singular`];
      return [`${c.helper('expectFactor')}(${call}, ${quote(`${given} is singular, or contains NaN`)}); // the factors of ${text}`];
    }
    case 'lowerInverse': case 'choleskyInverse': return [`${c.use(step.op)}(${c.data(a as Expr)}, ${out}, ${n});${comment}`];
    case 'luInverse': return [`${c.use(c.symmetric(a as Expr) ? 'symmetricInverse' : 'luInverse')}(${c.data(a as Expr)}, ${c.data(b as Expr)}, ${out}, ${n});${comment}`];
    case 'eigSym': return [`if (!${c.use('eigSym')}(${c.data(a as Expr)}, ${outs[1]}, ${out}, ${n})) throw new Error(${quote(`no eigenvalues: ${given} contains NaN or Infinity`)}); // ${text} = ${out}*diag(${outs[1]})*${out}'`];
    case 'positiveSpectrum': case 'nonnegativeSpectrum': {
      const values = value.kind === 'call' ? value.args[0] : undefined;
      const of = values?.kind === 'call' && values.args[0] ? c.source(values.args[0]) : given;
      const reason = `${of} ${spectrumFault(step.op, values)}`;
      const clean = step.op === 'positiveSpectrum' ? 'all positive' : 'rounding below 0 set to 0';
      return [`if (!${c.use(step.op)}(${c.data(a as Expr)}, ${out}, ${n})) throw new Error(${quote(reason)}); // ${out}: ${clean}`];
    }
    case 'vec': return [`${c.use('transpose')}(${c.data(a as Expr)}, ${out}, ${n}, ${c.size((a as Expr).shape.cols)});${comment}`];
    case 'rowMax': return [`${c.use('rowMax')}(${c.data(a as Expr)}, ${out}, ${n}, ${c.size((a as Expr).shape.cols)}); // ${out}: the largest entry of each row of ${text}`];
    case 'colMax': return [`${c.use('colMax')}(${c.data(a as Expr)}, ${out}, ${n}, ${c.size((a as Expr).shape.cols)}); // ${out}: the largest entry of each column of ${text}`];
    case 'unvec': return [`${c.use('transpose')}(${c.data(a as Expr)}, ${out}, ${c.size(value.shape.cols)}, ${c.size(value.shape.rows)});${comment}`];
    case 'kron': return kron(step, c, out);
    case 'transposeBlocks': return [`${c.use('transposeBlocks')}(${c.data(a as Expr)}, ${out}, ${c.size(step.dims[0] ?? D1)}, ${c.size(step.dims[1] ?? D1)}, ${c.size(mulDim(step.dims[2] ?? D1, value.shape.cols))});${comment}`];
    case 'blocks': return blocks(step, c, out);
    case 'cumsum': return cumsum(step, c, out);
    case 'productOfOthers': return [`${c.use('productOfOthers')}(${c.data(a as Expr)}, ${out}, ${c.size(mulDim((a as Expr).shape.rows, (a as Expr).shape.cols))}); // ${out}: the product of all other entries of ${text}`];
    case 'blockInner': case 'blockSum': return [`${c.use(step.op)}(${step.args.map(c.data).join(', ')}, ${out}, ${sidesOfBlocks(step).map(c.size).join(', ')}); // ${out}${step.op === 'blockInner' ? `[i, j]: the sum of block (i, j) of ${text} times ${c.formula(b as Expr)}, entry by entry` : `: the sum of ${c.formula(b as Expr)}[i, j] times block (i, j) of ${text}`}`];
    case 'centredRows': return [`${c.use(step.op)}(${step.args.map(c.data).join(', ')}, ${out}, ${n}, ${c.size((a as Expr).shape.cols)}, ${c.size((b as Expr).shape.rows)});${comment}`];
    case 'squaredDistances': case 'weightedSquaredDistances': return [`${c.use(step.op)}(${step.args.map(c.data).join(', ')}, ${out}, ${n}, ${c.size((a as Expr).shape.cols)}, ${c.size((b as Expr).shape.rows)}); // ${out}: the ${third ? 'weighted ' : ''}squared distances of the rows of ${text}${a === b ? '' : ` and ${c.formula(b as Expr)}`}`];
    case 'reciprocalSums': return [`if (!${c.use('reciprocalSums')}(${c.data(a as Expr)}, ${c.data(b as Expr)}, ${out}, ${n}, ${c.size((b as Expr).shape.rows)})) throw new Error('an eigenvalue of one matrix is the negative of one of the other'); // ${out} = 1 / (${text}_i + ${c.formula(b as Expr)}_j)`];
    case 'adjugate': return [
      `${c.use('adjugate')}(${c.data(a as Expr)}, ${out}, ${n});${comment}`,
      // Where it has left the range of numbers, what it is multiplied by may bring the result back into it.
      ...(c.isRead(step.out) ? [`if (${c.use('norm')}(${out}, ${times(n, n)}) < 2.3e-308) throw new Error(${quote(`${c.formula(value)} is too small for numbers`)});`] : []),
    ];
    case 'vech': return vech(step, c, out);
    case 'rowPass': return rowPass(step, c, out);
    case 'argmax': return argmax(step, c, out);
    case 'cross': {
      const [x, y] = [c.data(a as Expr), c.data(b as Expr)];
      return [0, 1, 2].map((k) => `${out}[${k}] = ${x}[${(k + 1) % 3}] * ${y}[${(k + 2) % 3}] - ${x}[${(k + 2) % 3}] * ${y}[${(k + 1) % 3}];${k === 0 ? comment : ''}`);
    }
    case 'skew3': {
      const x = c.data(a as Expr);
      return [`${out}[0] = 0; ${out}[1] = -${x}[2]; ${out}[2] = ${x}[1];${comment}`, `${out}[3] = ${x}[2]; ${out}[4] = 0; ${out}[5] = -${x}[0];`, `${out}[6] = -${x}[1]; ${out}[7] = ${x}[0]; ${out}[8] = 0;`];
    }
    case 'commutation': case 'duplication': case 'diagonalisation': return structured(step, c, out);
    case 'svd': return svd(step, c, outs);
    case 'sylvester': return c.kernelExists('sylvester') ? [`${c.use('sylvester')}(${c.data(a as Expr)}, ${c.data(b as Expr)}, ${c.data(third as Expr)}, ${out}, ${n}, ${c.size((b as Expr).shape.rows)});${comment}`] : undefined;
    case 'pinv': return [
      `${c.use('pinv')}(${c.data(a as Expr)}, ${out}, ${n}, ${c.size((a as Expr).shape.cols)});${comment}`,
      // Its derivative multiplies it by itself: beyond 1e±102 what lies between would be no number, or 0.
      ...(c.isReadTwice(step.out) ? [`if (!${c.use('isModerate')}(${out}, ${times(n, c.size((a as Expr).shape.cols))})) throw new Error(${quote(`${c.formula(value)} is too small or too large for products of numbers`)});`] : []),
    ];
    case 'rotation': return [`${c.use('rotation')}(${c.data(a as Expr)}, ${out});${comment}`];
    case 'rotationFrechet': return [`${c.use('rotationFrechet')}(${c.data(a as Expr)}, ${c.data(b as Expr)}, ${out});${comment}`];
    case 'expmFrechet': case 'logmFrechet': return c.kernelExists(step.op) ? [`${c.use(step.op)}(${c.data(a as Expr)}, ${c.data(b as Expr)}, ${out}, ${n});${comment}`] : undefined;
    case 'powmFrechet': return c.kernelExists(step.op) ? [`${c.use(step.op)}(${c.data(a as Expr)}, ${c.data(b as Expr)}, ${c.data(third as Expr)}, ${out}, ${n});${comment}`] : undefined;
    case 'powm': return c.kernelExists('powm') ? [`${c.use('powm')}(${c.data(a as Expr)}, ${c.data(b as Expr)}, ${out}, ${n});${comment}`] : undefined;
    default: {
      const kernel = SQUARE[step.op] ?? step.op;
      return a && c.kernelExists(kernel) ? [`${c.use(kernel)}(${step.args.map((x) => c.data(x)).join(', ')}, ${out}, ${n});${comment}`] : undefined;
    }
  }
}

function emitScalarKernel(step: KernelStep, c: KernelContext): readonly string[] | undefined {
  const [a, b] = step.args;
  if (!a) return undefined;
  const name = c.scalarName(step.out);
  const n = c.size(a.shape.rows);
  const comment = ` // ${c.formula(step.value)}`;
  const length = c.size(mulDim(a.shape.rows, a.shape.cols));
  switch (step.op) {
    case 'choleskyLogdet': return [`const ${name} = ${c.use('choleskyLogdet')}(${c.data(a)}, ${n});`];
    case 'luDeterminant': {
      const call = `${c.use(c.symmetric(a) ? 'symmetricDeterminant' : 'luDeterminant')}(${c.data(a)}, ${c.data(b as Expr)}, ${n})`;
      if (c.lenientFor(a)) return [`const ${name} = ${c.data(a)}Column === -1 ? ${call} : ${c.use('zeroOrNaN')}(${c.data(a)}, ${times(n, n)});`];
      return [`const ${name} = ${call};`, `if (Math.abs(${name}) < 2.3e-308) throw new Error(${quote('the determinant is too small for a number')});`];
    }
    case 'luLogAbsdet': return [c.symmetric(a) ? `const ${name} = ${c.use('symmetricLogdet')}(${c.data(a)}, ${c.data(b as Expr)}, ${n});` : `const ${name} = ${c.use('luLogdet')}(${c.data(a)}, ${n});`];
    case 'luLogdet': return [
      `if (${c.use(c.symmetric(a) ? 'symmetricSign' : 'luSign')}(${c.data(a)}, ${c.data(b as Expr)}, ${n}) < 0) throw new Error('the determinant is negative: its logarithm does not exist');`,
      c.symmetric(a) ? `const ${name} = ${c.use('symmetricLogdet')}(${c.data(a)}, ${c.data(b as Expr)}, ${n});` : `const ${name} = ${c.use('luLogdet')}(${c.data(a)}, ${n});`,
    ];
    case 'norm': return [`const ${name} = ${c.use('norm')}(${c.data(a)}, ${length});`];
    case 'prod': return [`const ${name} = ${c.use('productOfEntries')}(${c.data(a)}, ${length});`];
    case 'maximum': case 'minimum': {
      const i = c.local('i');
      const x = c.data(a);
      const start = step.op === 'maximum' ? '-Infinity' : 'Infinity';
      const body = `${name} = Math.${step.op === 'maximum' ? 'max' : 'min'}(${name}, ${x}[${i}])`;
      return [`let ${name} = ${start};${comment}`, `for (let ${i} = 0; ${i} < ${length}; ${i}++) ${body};`];
    }
    default: return undefined;
  }
}

function kron(step: KernelStep, c: KernelContext, out: string): readonly string[] {
  const [a, b] = step.args as readonly [Expr, Expr];
  const [m, n, p, q] = [c.size(a.shape.rows), c.size(a.shape.cols), c.size(b.shape.rows), c.size(b.shape.cols)];
  const [i, j, k, l] = [c.local('i'), c.local('j'), c.local('k'), c.local('l')];
  const row = isOne(b.shape.rows) ? i : `(${times(i, p)} + ${k})`;
  const width = times(n, q);
  return [
    `for (let ${i} = 0; ${i} < ${m}; ${i}++) { // ${c.formula(step.value)}`,
    `  for (let ${k} = 0; ${k} < ${p}; ${k}++) {`,
    `    for (let ${j} = 0; ${j} < ${n}; ${j}++) {`,
    `      for (let ${l} = 0; ${l} < ${q}; ${l}++) ${out}[${times(row, width)} + ${times(j, q)} + ${l}] = ${c.data(a)}[${times(i, n)} + ${j}] * ${c.data(b)}[${times(k, q)} + ${l}];`,
    '    }', '  }', '}',
  ];
}

function blocks(step: KernelStep, c: KernelContext, out: string): readonly string[] {
  const down = constantDim(step.dims[0] as Dim) ?? 1;
  const across = constantDim(step.dims[1] as Dim) ?? 1;
  const width = c.size(step.value.shape.cols);
  const [i, j] = [c.local('i'), c.local('j')];
  const lines: string[] = [];
  let top: string[] = [];
  for (let r = 0; r < down; r++) {
    let left: string[] = [];
    for (let s = 0; s < across; s++) {
      const block = step.args[r * across + s] as Expr;
      const [rows, cols] = [c.size(block.shape.rows), c.size(block.shape.cols)];
      const row = top.length === 0 ? i : `(${[...top, i].join(' + ')})`;
      if (isScalar(block.shape)) {
        const [above, before] = [top, left].map((sizes) => (sizes.every((t) => /^\d+$/.test(t)) ? String(sizes.reduce((n, t) => n + Number(t), 0)) : sizes.join(' + '))) as [string, string];
        lines.push(`${out}[${flatIndex(above, before, width)}] = ${c.data(block)};${lines.length === 0 ? ` // ${c.formula(step.value)}` : ''}`);
        left = [...left, cols];
        continue;
      }
      const entry = `${c.data(block)}[${cols === '1' ? i : `${times(i, cols)} + ${j}`}]`;
      lines.push(`for (let ${i} = 0; ${i} < ${rows}; ${i}++) {${lines.length === 0 ? ` // ${c.formula(step.value)}` : ''}`,
        `  for (let ${j} = 0; ${j} < ${cols}; ${j}++) ${out}[${[times(row, width), ...left, j].join(' + ')}] = ${entry};`, '}');
      left = [...left, cols];
    }
    top = [...top, c.size((step.args[r * across] as Expr).shape.rows)];
  }
  return lines;
}

function cumsum(step: KernelStep, c: KernelContext, out: string): readonly string[] {
  const [a] = step.args as readonly [Expr];
  const x = c.data(a);
  const i = c.local('i');
  const comment = ` // ${c.formula(step.value)}`;
  if (isOne(a.shape.rows) || isOne(a.shape.cols)) {
    const length = c.size(mulDim(a.shape.rows, a.shape.cols));
    return [`for (let ${i} = 0; ${i} < ${length}; ${i}++) ${out}[${i}] = ${x}[${i}] + (${i} > 0 ? ${out}[${i} - 1] : 0);${comment}`];
  }
  const [m, n] = [c.size(a.shape.rows), c.size(a.shape.cols)];
  return [`for (let ${i} = 0; ${i} < ${times(m, n)}; ${i}++) ${out}[${i}] = ${x}[${i}] + (${i} >= ${n} ? ${out}[${i} - ${n}] : 0);${comment}`];
}

function vech(step: KernelStep, c: KernelContext, out: string): readonly string[] {
  const [a] = step.args as readonly [Expr];
  const n = c.size(a.shape.rows);
  const [i, j, p] = [c.local('i'), c.local('j'), c.local('p')];
  return [
    `for (let ${j} = 0, ${p} = 0; ${j} < ${n}; ${j}++) { // ${c.formula(step.value)}`,
    `  for (let ${i} = ${j}; ${i} < ${n}; ${i}++) ${out}[${p}++] = ${c.data(a)}[${times(i, n)} + ${j}];`, '}',
  ];
}

/** out = beta*add + X'*f(X*w), rows of X one after the other. */
function rowPass(step: KernelStep, c: KernelContext, out: string): readonly string[] {
  const [X, w, body, add, beta] = step.args as readonly [Expr, Expr, Expr, Expr | undefined, Expr | undefined];
  const [m, n] = [c.size(X.shape.rows), c.size(X.shape.cols)];
  const made = c.rowFunction(body);
  const [t = '', i = ''] = made.slice(-2);
  const lines = made.slice(0, -2);
  const value = lines[lines.length - 1] ?? '';
  const uses = lines.some((line) => new RegExp(`\\b${i}\\b`).test(line));
  const head = `${c.use('rowPass')}(${c.data(X)}, ${c.data(w)}, ${out}, ${m}, ${n}, (${uses ? `${t}, ${i}` : t}) =>`;
  const comment = ` // ${out} = ${c.formula(step.value)}, in one pass over ${c.formula(X)}`;
  const j = c.local('i');
  const factor = beta && !(beta.kind === 'number' && beta.value.n === 1n && beta.value.d === 1n) ? `${/ [+-] /.test(c.data(beta)) ? `(${c.data(beta)})` : c.data(beta)} * ` : '';
  const start = add ? [`for (let ${j} = 0; ${j} < ${n}; ${j}++) ${out}[${j}] = ${factor}${c.data(add)}[${j}];`] : [`for (let ${j} = 0; ${j} < ${n}; ${j}++) ${out}[${j}] = 0;`];
  if (lines.length === 1) return [...start, `${head} ${value});${comment}`];
  return [...start, `${head} {${comment}`, ...lines.slice(0, -1).map((line) => `  ${line}`), `  return ${value};`, '});'];
}

/** 1 where the largest entry stands, shared where several do: compared with the array as it is stored, for what is computed again may round otherwise. */
function argmax(step: KernelStep, c: KernelContext, out: string): readonly string[] {
  const [a] = step.args as readonly [Expr];
  const [x, length] = [c.data(a), c.size(mulDim(a.shape.rows, a.shape.cols))];
  const [i, top, count] = [c.local('i'), c.local('largest'), c.local('count')];
  // In a block of its own: the name is only free inside, and a maximum beside it may have it.
  return [
    `{ // ${c.formula(step.value)}`, `  let ${top} = -Infinity;`, `  for (let ${i} = 0; ${i} < ${length}; ${i}++) ${top} = Math.max(${top}, ${x}[${i}]);`,
    `  if (Number.isNaN(${top})) throw new Error(${quote(`${c.source(a)} contains NaN`)});`,
    `  let ${count} = 0;`, `  for (let ${i} = 0; ${i} < ${length}; ${i}++) if (${x}[${i}] === ${top}) ${count}++;`,
    `  for (let ${i} = 0; ${i} < ${length}; ${i}++) ${out}[${i}] = ${x}[${i}] === ${top} ? 1 / ${count} : 0;`, '}',
  ];
}

/** Commutation, duplication and diagonalisation: ones at places. */
function structured(step: KernelStep, c: KernelContext, out: string): readonly string[] {
  const [m = '1', n = m] = step.dims.map((d) => c.size(d));
  const [i, j] = [c.local('i'), c.local('j')];
  const width = c.size(step.value.shape.cols);
  const fill = `${c.cleared(out, times(c.size(step.value.shape.rows), width))} // ${c.formula(step.value)}`;
  if (step.op === 'commutation') {
    return [fill, `for (let ${i} = 0; ${i} < ${m}; ${i}++) {`, `  for (let ${j} = 0; ${j} < ${n}; ${j}++) ${out}[(${times(i, n)} + ${j}) * ${times(m, n)} + ${times(j, m)} + ${i}] = 1;`, '}'];
  }
  if (step.op === 'diagonalisation') return [fill, `for (let ${i} = 0; ${i} < ${m}; ${i}++) ${out}[${times(i, `${m} + 1`, m)} + ${i}] = 1;`];
  const p = c.local('p');
  return [
    fill, `for (let ${j} = 0, ${p} = 0; ${j} < ${m}; ${j}++) {`, `  for (let ${i} = ${j}; ${i} < ${m}; ${i}++, ${p}++) {`,
    `    ${out}[(${times(j, m)} + ${i}) * ${times(width)} + ${p}] = 1;`, `    ${out}[(${times(i, m)} + ${j}) * ${times(width)} + ${p}] = 1;`, '  }', '}',
  ];
}

function svd(step: KernelStep, c: KernelContext, outs: readonly string[]): readonly string[] | undefined {
  const [a] = step.args as readonly [Expr];
  if (!c.kernelExists('svd')) return undefined;
  const [u, s, v] = outs;
  const call = `${c.use('svd')}(${c.data(a)}, ${u}, ${s}, ${v}, ${c.size(a.shape.rows)}, ${c.size(a.shape.cols)})`;
  return [`if (!${call}) throw new Error(${quote(`no singular values: ${c.source(step.value.kind === 'call' && step.value.args[0] ? step.value.args[0] : a)} contains NaN or Infinity`)}); // ${c.formula(a)} = ${u}*diag(${s})*${v}'`];
}
