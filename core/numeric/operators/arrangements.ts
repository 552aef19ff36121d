// Rows of the numeric operator table: arranging, masking and repeating entries.
import { array, identity, isScalar, value, type NumericArray } from '../array';
import { NumericError } from '../error';
import { softmax } from '../kernels/activation';
import { transpose as transposeKernel } from '../kernels/transpose';
import type { Implementation, Rows } from './row';

export function transpose(a: NumericArray): NumericArray {
  if (a.rows === 1 || a.cols === 1) return array(a.cols, a.rows, a.data);
  const out = array(a.cols, a.rows);
  transposeKernel(a.data, out.data, a.rows, a.cols);
  return out;
}

/** An array whose entry (i, j) is f(i, j), from 0. */
export function tabulate(rows: number, cols: number, f: (i: number, j: number) => number): NumericArray {
  const out = array(rows, cols);
  for (let i = 0, at = 0; i < rows; i++) for (let j = 0; j < cols; j++, at++) out.data[at] = f(i, j);
  return out;
}

const at = (a: NumericArray, i: number, j: number): number => a.data[i * a.cols + j]!;
const mask = (keep: (i: number, j: number) => number): Implementation => ([a]) => tabulate(a!.rows, a!.cols, (i, j) => {
  const k = keep(i, j);
  return k === 0 ? 0 : k * at(a!, i, j);
});
/** Column stacking is the row-major layout of the transpose. */
export const vec = (a: NumericArray): NumericArray => array(a.rows * a.cols, 1, transpose(a).data);
export const unvec = (v: NumericArray, m: number, n: number): NumericArray => {
  if (v.data.length !== m * n) throw new NumericError('unvec', `${v.data.length} entries do not make ${m}×${n}`);
  return transpose(array(n, m, v.data));
};

export function kron(a: NumericArray, b: NumericArray): NumericArray {
  const out = array(a.rows * b.rows, a.cols * b.cols);
  for (let i = 0; i < a.rows; i++) {
    for (let j = 0; j < a.cols; j++) {
      const x = at(a, i, j);
      if (x === 0) continue;
      for (let k = 0; k < b.rows; k++) {
        const row = (i * b.rows + k) * out.cols + j * b.cols;
        for (let l = 0; l < b.cols; l++) out.data[row + l] = x * at(b, k, l);
      }
    }
  }
  return out;
}

function kronsum([a, b]: readonly NumericArray[]): NumericArray {
  const left = kron(a!, identity(b!.rows));
  const right = kron(identity(a!.rows), b!);
  return array(left.rows, left.cols, left.data.map((x, i) => x + right.data[i]!));
}

/** args are the blocks row by row; dims are the number of block rows and of block columns. */
function blocks(args: readonly NumericArray[], [down = 0, across = 0]: readonly number[]): NumericArray {
  let rows = 0;
  for (let i = 0; i < down; i++) rows += args[i * across]?.rows ?? 0;
  let cols = 0;
  for (let j = 0; j < across; j++) cols += args[j]?.cols ?? 0;
  const out = array(rows, cols);
  for (let i = 0, top = 0; i < down; top += args[i * across]?.rows ?? 0, i++) {
    for (let j = 0, left = 0; j < across; left += args[j]?.cols ?? 0, j++) {
      const block = args[i * across + j]!;
      if (block.rows !== args[i * across]!.rows || block.cols !== args[j]!.cols) {
        throw new NumericError('blocks', `block (${i + 1}, ${j + 1}) is ${block.rows}×${block.cols} and does not fit its neighbours`);
      }
      for (let r = 0; r < block.rows; r++) out.data.set(block.data.subarray(r * block.cols, (r + 1) * block.cols), (top + r) * cols + left);
    }
  }
  return out;
}

/** The 0-based place of entry (i, j), i >= j, in vech: lower triangle, columns stacked. */
export const vechIndex = (i: number, j: number, n: number): number => j * n - (j * (j - 1)) / 2 + (i - j);

function three(name: string, a: NumericArray | undefined): readonly [number, number, number] {
  if (a?.data.length !== 3) throw new NumericError(name, `needs vectors of 3 entries, not ${a?.data.length ?? 0}`);
  return [a.data[0]!, a.data[1]!, a.data[2]!];
}

function place(name: string, i: NumericArray | undefined, n: number): number {
  const index = i ? value(i) : NaN;
  if (!Number.isInteger(index) || index < 1 || index > n) throw new NumericError(name, `the index ${index} is not from 1 to ${n}`);
  return index - 1;
}

/** e(index) of length n. */
export function basis(index: NumericArray, n: number): NumericArray {
  const out = array(n, 1);
  out.data[place('e', index, n)] = 1;
  return out;
}

export const arrangements: Rows = {
  transpose: ([a]) => transpose(a!),
  diag: ([a]) => (isScalar(a!) ? a! : a!.rows === 1 || a!.cols === 1
    ? tabulate(a!.data.length, a!.data.length, (i, j) => (i === j ? a!.data[i]! : 0))
    : tabulate(a!.rows, 1, (i) => at(a!, i, i))),
  vec: ([a]) => vec(a!),
  unvec: ([v], [m = 0, n = 0]) => unvec(v!, m, n),
  vech: ([a]) => {
    const n = a!.rows;
    const out = array((n * (n + 1)) / 2, 1);
    for (let j = 0; j < n; j++) for (let i = j; i < n; i++) out.data[vechIndex(i, j, n)] = at(a!, i, j);
    return out;
  },
  tril: mask((i, j) => (i >= j ? 1 : 0)),
  triu: mask((i, j) => (i <= j ? 1 : 0)),
  phi: mask((i, j) => (i > j ? 1 : i === j ? 0.5 : 0)),
  sym: ([a]) => tabulate(a!.rows, a!.cols, (i, j) => (at(a!, i, j) + at(a!, j, i)) / 2),
  skewpart: ([a]) => tabulate(a!.rows, a!.cols, (i, j) => (at(a!, i, j) - at(a!, j, i)) / 2),
  softmax: ([a]) => {
    const out = array(a!.rows, a!.cols);
    softmax(a!.data, out.data, out.data.length);
    return out;
  },
  cross: ([a, b]) => {
    const [a1, a2, a3] = three('cross', a);
    const [b1, b2, b3] = three('cross', b);
    return array(a!.rows, a!.cols, Float64Array.of(a2 * b3 - a3 * b2, a3 * b1 - a1 * b3, a1 * b2 - a2 * b1));
  },
  skew3: ([a]) => {
    const [x, y, z] = three('skew3', a);
    return array(3, 3, Float64Array.of(0, -z, y, z, 0, -x, -y, x, 0));
  },
  cumsum: ([a]) => {
    const out = array(a!.rows, a!.cols, a!.data.slice());
    const stride = a!.rows === 1 ? 1 : a!.cols;
    for (let i = stride; i < out.data.length; i++) out.data[i] = out.data[i]! + out.data[i - stride]!;
    return out;
  },
  kron: ([a, b]) => kron(a!, b!),
  kronsum,
  blocks,
  identity: (_, [n = 0]) => identity(n),
  ones: (_, [m = 0, n = 1]) => array(m, n, new Float64Array(m * n).fill(1)),
  zeros: (_, [m = 0, n = 1]) => array(m, n),
  basis: ([i], [n = 0]) => basis(i!, n),
  unit: ([i, j], [m = 0, n = 0]) => {
    const out = array(m, n);
    out.data[place('E', i, m) * n + place('E', j, n)] = 1;
    return out;
  },
  commutation: (_, [m = 0, n = 0]) => {
    const out = array(m * n, m * n);
    for (let i = 0; i < m; i++) for (let j = 0; j < n; j++) out.data[(i * n + j) * m * n + j * m + i] = 1;
    return out;
  },
  duplication: (_, [n = 0]) => {
    const cols = (n * (n + 1)) / 2;
    const out = array(n * n, cols);
    for (let j = 0; j < n; j++) for (let i = 0; i < n; i++) out.data[(j * n + i) * cols + vechIndex(Math.max(i, j), Math.min(i, j), n)] = 1;
    return out;
  },
  diagonalisation: (_, [n = 0]) => {
    const out = array(n * n, n);
    for (let i = 0; i < n; i++) out.data[(i * n + i) * n + i] = 1;
    return out;
  },
};
