/**
 * Kernels for sizes that are written in the formulas and at most 4: every loop written out, every entry in a local. Same order of
 * operations and the same tests as the kernels for any size, so the same results.
 */
import type { PrivateSource } from './preamble';

const LARGEST = 4;
const range = (n: number): readonly number[] => Array.from({ length: n }, (_, i) => i);
const entry = (name: string, i: number, j: number, cols: number): string => `${name}[${i * cols + j}]`;
const wrapped = (list: readonly string[], head: string, tail: string): string => {
  const rows: string[] = [];
  for (const item of list) {
    const last = rows[rows.length - 1];
    if (last !== undefined && last.length + item.length < 106) rows[rows.length - 1] = `${last}, ${item}`;
    else rows.push(item);
  }
  return `${head}${rows.join(',\n    ')}${tail}`;
};
/** `const a00 = A[0]!, …` for all entries. */
const load = (array: string, letter: string, rows: number, cols: number): string =>
  wrapped(range(rows).flatMap((i) => range(cols).map((j) => `${letter}${i}${j} = ${entry(array, i, j, cols)}`)), '  const ', ';');

/** What is called for `name(args)` where its sizes are numbers of at most 4; undefined where they are not. */
export interface SmallCall { readonly name: string; readonly args: readonly string[]; readonly sources: ReadonlyMap<string, PrivateSource> }
export function smallCall(name: string, args: readonly string[]): SmallCall | undefined {
  const row = SMALL_KERNELS[name];
  if (!row) return undefined;
  const sizes = args.slice(row.arrays, row.arrays + row.sizes).map((t) => (/^[1-9]$/.test(t) ? Number(t) : Infinity));
  if (sizes.length < row.sizes || sizes.some((s, k) => s > (row.limits?.[k] ?? LARGEST))) return undefined;
  const kept = row.keeps ?? 0;
  const own = sizes.slice(0, row.sizes - kept);
  const suffix = own.every((s) => s === own[0]) ? String(own[0]) : own.join('x');
  const made = `${name}${suffix}`;
  const source = row.make(made, sizes);
  const parts = source.uses.map((u) => [u, SMALL_KERNELS[u.replace(/\d+$/, '')]?.make(u, sizes)] as const);
  return {
    name: made, args: [...args.slice(0, row.arrays), ...args.slice(row.arrays + row.sizes - kept)],
    sources: new Map([[made, source], ...parts.flatMap(([name, part]) => (part ? [[name, part] as const] : []))]),
  };
}

interface Row {
  /** How many arrays come first, and how many sizes after them. */
  readonly arrays: number;
  readonly sizes: number;
  /** How many of the sizes, at the end, stay arguments. */
  readonly keeps?: number;
  readonly limits?: readonly number[];
  readonly make: (name: string, sizes: readonly number[]) => PrivateSource;
}
const source = (text: string, uses: readonly string[] = []): PrivateSource => ({ uses, text: `${text}\n` });
const fn = (doc: string, name: string, parameters: string, returns: string, body: readonly string[]): string =>
  `/** ${doc} */\nfunction ${name}(${parameters}): ${returns} {\n${body.join('\n')}\n}`;
const arrays = (...names: readonly string[]): string => names.map((n) => `${n}: Float64Array`).join(', ');
const shapeText = (rows: number, cols: number): string => `${rows} x ${cols}`;

/** The products, by how the operands lie: as they are, A transposed, B transposed. */
function product(turned: '' | 'TN' | 'NT', symmetric: boolean, add: boolean): Row {
  return {
    arrays: 3, sizes: symmetric ? 2 : 3,
    make: (name, sizes) => {
      const [m, k, n] = symmetric ? [sizes[0] ?? 1, sizes[1] ?? 1, sizes[0] ?? 1] : [sizes[0] ?? 1, sizes[1] ?? 1, sizes[2] ?? 1];
      const a = turned === 'TN' ? [k, m] as const : [m, k] as const;
      const b = turned === 'NT' ? [n, k] as const : [k, n] as const;
      const sum = (i: number, j: number): string => range(k).map((p) => `${turned === 'TN' ? `a${p}${i}` : `a${i}${p}`} * ${turned === 'NT' ? `b${j}${p}` : `b${p}${j}`}`).join(' + ');
      const value = (i: number, j: number): string => (add ? `alpha * (${sum(i, j)}) + beta * ${entry('D', i, j, n)}` : sum(i, j));
      const lines = range(m).flatMap((i) => range(symmetric ? i + 1 : n).map((j) => `  ${entry('C', i, j, n)} = ${symmetric && i !== j ? `${entry('C', j, i, n)} = ` : ''}${value(i, j)};`));
      const formula = `C = ${add ? 'alpha * ' : ''}A${turned === 'TN' ? "'" : ''} * B${turned === 'NT' ? "'" : ''}${add ? ' + beta * D' : ''}${symmetric ? ', known to be symmetric' : ''}: A ${shapeText(...a)}, B ${shapeText(...b)}.`;
      return source(fn(formula, name, `${arrays('A', 'B', 'C')}${add ? ', alpha: number, beta: number, D: Float64Array' : ''}`, 'void', [load('A', 'a', ...a), load('B', 'b', ...b), ...lines]));
    },
  };
}
const matVec = (turned: boolean): Row => ({
  arrays: 3, sizes: 2,
  make: (name, [m = 1, n = 1]) => {
    const [rows, cols] = turned ? [n, m] : [m, n];
    const lines = range(rows).map((i) => `  y[${i}] = ${range(cols).map((p) => `${turned ? entry('A', p, i, n) : entry('A', i, p, n)} * x${p}`).join(' + ')};`);
    return source(fn(`y = A${turned ? "'" : ''} * x: A ${shapeText(m, n)}.`, name, arrays('A', 'x', 'y'), 'void', [wrapped(range(cols).map((p) => `x${p} = x[${p}]`), '  const ', ';'), ...lines]));
  },
});

const cholesky: Row = {
  arrays: 2, sizes: 1,
  make: (name, [n = 1]) => {
    const noise = `${Number((n * 1.2e-16).toPrecision(3))}`;
    const body = range(n).flatMap((j) => {
      const dot = (i: number): string => range(j).map((p) => ` - l${i}${p} * l${j}${p}`).join('');
      return [
        `  const s${j} = ${entry('A', j, j, n)}${dot(j)};`, `  if (!(s${j} > ${noise} * ${entry('A', j, j, n)}) || s${j} === Infinity) return ${j};`,
        wrapped([`l${j}${j} = Math.sqrt(s${j})`, ...range(n).slice(j + 1).map((i) => `l${i}${j} = ${j === 0 ? entry('A', i, j, n) : `(${entry('A', i, j, n)}${dot(i)})`} / l${j}${j}`)], '  const ', ';'),
      ];
    });
    const stores = range(n).map((i) => `  ${range(n).map((j) => `${entry('L', i, j, n)} = ${j <= i ? `l${i}${j}` : '0'};`).join(' ')}`);
    return source(fn(`L * L' = A, ${shapeText(n, n)}. Returns -1, or the column at which A is not positive definite to working precision, or NaN.`, name, arrays('A', 'L'), 'number', [...body, ...stores, '  return -1;']));
  },
};
const lu: Row = {
  arrays: 3, sizes: 1,
  make: (name, [n = 1]) => {
    const noise = `${Number((n * 1.2e-16).toPrecision(3))}`;
    const at = (i: number, j: number): string => entry('LU', i, j, n);
    const most = (list: readonly string[]): string => (list.length === 1 ? list[0] ?? '' : `Math.max(${list.join(', ')})`);
    const size = (i: number, j: number): string => `Math.abs(${entry('A', i, j, n)})`;
    const steps = range(n).flatMap((k) => {
      const below = range(n).slice(k + 1);
      const rowScale = below.length === 0 ? `r${k}` : range(n).slice(k).map((i, q, list) => (q === list.length - 1 ? `r${i}` : `p${k} === ${i} ? r${i} : `)).join('');
      return [
        ...(below.length === 0 ? [`  const p${k} = ${k}, most${k} = Math.abs(${at(k, k)});`] : [`  let p${k} = ${k}, most${k} = Math.abs(${at(k, k)});`]),
        ...below.map((i) => `  if (Math.abs(${at(i, k)}) > most${k}) { most${k} = Math.abs(${at(i, k)}); p${k} = ${i}; }`),
        `  pivots[${k}] = p${k};`,
        `  if (!(most${k} > ${noise} * Math.min(${rowScale}, c${k})) || most${k} === Infinity) return ${k};`,
        ...(below.length === 0 ? [] : [
          `  if (p${k} !== ${k}) {`, `    for (let r = ${n} * p${k}, j = ${k * n}; j < ${k * n + n}; r++, j++) {`, '      const t = LU[r];', '      LU[r] = LU[j];', '      LU[j] = t;', '    }',
          `    ${below.map((i) => `if (p${k} === ${i}) r${i} = r${k};`).join(' ')}`, '  }',
        ]),
        ...below.flatMap((i) => [`  const l${i}${k} = ${at(i, k)} / ${at(k, k)};`, `  ${at(i, k)} = l${i}${k}; ${below.map((j) => `${at(i, j)} -= l${i}${k} * ${at(k, j)};`).join(' ')}`]),
      ];
    });
    return source(fn(`P * A = L * U by partial pivoting, ${shapeText(n, n)}. Returns -1, or the column at which A is singular to working precision, or NaN.`, name, `${arrays('A', 'LU')}, pivots: Int32Array`, 'number', [
      wrapped(range(n).map((i) => `r${i} = ${most(range(n).map((j) => size(i, j)))}`), n === 1 ? '  const ' : '  let ', ';'), wrapped(range(n).map((j) => `c${j} = ${most(range(n).map((i) => size(i, j)))}`), '  const ', ';'),
      ...range(n).map((i) => `  ${range(n).map((j) => `${at(i, j)} = ${entry('A', i, j, n)};`).join(' ')}`), ...steps, '  return -1;',
    ]));
  },
};

/** x_i = (b_i - the sum over what is known) / t_ii, for rows in this order. */
function substitution(n: number, order: readonly number[], t: (i: number, p: number) => string, from: string, to: string, unit: boolean): readonly string[] {
  return order.map((i, q) => {
    const known = order.slice(0, q).map((p) => ` - ${t(i, p)} * ${to}${p}`).join('');
    const value = `${from}${i}${known}`;
    return `    const ${to}${i} = ${unit ? value : `${known === '' ? value : `(${value})`} / ${t(i, i)}`};`;
  });
}
function solver(words: string, parameters: string, n: number, name: string, head: readonly string[], steps: readonly string[], last: string, tail: readonly string[] = []): PrivateSource {
  const b = (i: number): string => (i === 0 ? 'B[j]' : i === 1 ? 'B[q + j]' : `B[${i} * q + j]`);
  return source(fn(words, name, `${parameters}, q: number`, 'void', [
    ...head, '  for (let j = 0; j < q; j++) {', `    const ${range(n).map((i) => `b${i} = ${b(i)}`).join(', ')};`, ...steps, `    ${range(n).map((i) => `${b(i)} = ${last}${i};`).join(' ')}`, '  }', ...tail,
  ]));
}
const triangular = (lower: boolean, turned: boolean): Row => ({
  arrays: 2, sizes: 2, keeps: 1, limits: [LARGEST, Infinity],
  make: (name, [n = 1]) => {
    const t = (i: number, p: number): string => (turned ? `t${p}${i}` : `t${i}${p}`);
    const order = lower !== turned ? range(n) : [...range(n)].reverse();
    const used = range(n).flatMap((i) => range(n).filter((j) => (lower ? j <= i : j >= i)).map((j) => `t${i}${j} = ${entry('T', i, j, n)}`));
    return solver(`Solves T${turned ? "'" : ''} * X = B in place (B becomes X), T ${lower ? 'lower' : 'upper'} triangular, ${shapeText(n, n)}. B is ${n} x q.`, arrays('T', 'B'), n, name, [wrapped(used, '  const ', ';')], substitution(n, order, t, 'b', 'x', false), 'x');
  },
});
const choleskySolve: Row = {
  arrays: 2, sizes: 2, keeps: 1, limits: [LARGEST, Infinity],
  make: (name, [n = 1]) => {
    const used = range(n).flatMap((i) => range(i + 1).map((j) => `l${i}${j} = ${entry('L', i, j, n)}`));
    const steps = [...substitution(n, range(n), (i, p) => `l${i}${p}`, 'b', 'y', false), ...substitution(n, [...range(n)].reverse(), (i, p) => `l${p}${i}`, 'y', 'x', false)];
    return solver(`Solves L * L' * X = B in place (B becomes X), L ${shapeText(n, n)}. B is ${n} x q.`, arrays('L', 'B'), n, name, [wrapped(used, '  const ', ';')], steps, 'x');
  },
};
const swaps = (n: number, turned: boolean): string => {
  const list = turned ? `let k = ${n - 1}; k >= 0; k--` : `let k = 0; k < ${n}; k++`;
  return `  for (${list}) {\n    const r = pivots[k] * q, s = k * q;\n    for (let j = 0; r !== s && j < q; j++) {\n      const t = B[r + j];\n      B[r + j] = B[s + j];\n      B[s + j] = t;\n    }\n  }`;
};
const luSolve = (turned: boolean): Row => ({
  arrays: 3, sizes: 2, keeps: 1, limits: [LARGEST, Infinity],
  make: (name, [n = 1]) => {
    const f = (i: number, p: number): string => `f${i}${p}`;
    const turn = (i: number, p: number): string => `f${p}${i}`;
    const [up, down] = [range(n), [...range(n)].reverse()];
    const steps = turned ? [...substitution(n, up, turn, 'b', 'y', false), ...substitution(n, down, turn, 'y', 'x', true)] : [...substitution(n, up, f, 'b', 'y', true), ...substitution(n, down, f, 'y', 'x', false)];
    const words = `Solves A${turned ? "'" : ''} * X = B in place (B becomes X) with the LU factors of A, ${shapeText(n, n)}. B is ${n} x q.`;
    return solver(words, `LU: Float64Array, pivots: Int32Array, B: Float64Array`, n, name, [...(turned ? [] : [swaps(n, false)]), load('LU', 'f', n, n)], steps, 'x', turned ? [swaps(n, true)] : []);
  },
});
const inverseBy = (solve: string): Row => ({
  arrays: solve === 'luSolve' ? 3 : 2, sizes: 1,
  make: (name, [n = 1]) => source(fn(`X = inv(A) from the factors of A, ${shapeText(n, n)}.`, name, `LU: Float64Array, pivots: Int32Array, X: Float64Array`, 'void', [
    ...range(n).map((i) => `  ${range(n).map((j) => `${entry('X', i, j, n)} = ${i === j ? 1 : 0};`).join(' ')}`), `  luSolve${n}(LU, pivots, X, ${n});`,
  ]), [`luSolve${n}`]),
});
const choleskyInverse: Row = {
  arrays: 2, sizes: 1,
  make: (name, [n = 1]) => {
    // M = L^-1 column by column, then X = M'*M.
    const columns = range(n).flatMap((j) => range(n).slice(j).map((i) => `m${i}${j} = ${i === j ? `1 / ${entry('L', i, i, n)}` : `-(${range(n).slice(j, i).map((p) => `${entry('L', i, p, n)} * m${p}${j}`).join(' + ')}) / ${entry('L', i, i, n)}`}`));
    const lines = range(n).flatMap((i) => range(i + 1).map((j) => `  ${entry('X', i, j, n)} = ${i === j ? '' : `${entry('X', j, i, n)} = `}${range(n).slice(i).map((p) => `m${p}${i} * m${p}${j}`).join(' + ')};`));
    return source(fn(`X = inv(L * L'), ${shapeText(n, n)}, exactly symmetric.`, name, arrays('L', 'X'), 'void', [...columns.map((c) => `  const ${c};`), ...lines]));
  },
};
const luDeterminant: Row = {
  arrays: 2, sizes: 1,
  make: (name, [n = 1]) => source(fn(`det(A) from the factors of A, ${shapeText(n, n)}.`, name, 'LU: Float64Array, pivots: Int32Array', 'number', [
    `  let d = ${range(n).map((i) => entry('LU', i, i, n)).join(' * ')};`, ...range(n).slice(0, -1).map((i) => `  if (pivots[${i}] !== ${i}) d = -d;`), '  return d;',
  ])),
};

/** What has a kernel of its own at small sizes. */
export const SMALL_KERNELS: Readonly<Record<string, Row | undefined>> = {
  ...Object.fromEntries((['', 'TN', 'NT'] as const).flatMap((t) => [false, true].flatMap((s) => [false, true].map((add) => [`multiply${t}${s ? 'Sym' : ''}${add ? 'Add' : ''}`, product(t, s, add)] as const)))),
  matVec: matVec(false), matVecT: matVec(true), cholesky, lu, choleskySolve, choleskyInverse, luSolve: luSolve(false), luSolveT: luSolve(true), luInverse: inverseBy('luSolve'), luDeterminant,
  solveLower: triangular(true, false), solveLowerT: triangular(true, true), solveUpper: triangular(false, false), solveUpperT: triangular(false, true),
};
