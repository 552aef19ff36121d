// Rows of the numeric operator table: arranging, masking and repeating entries.
import { array, identity, isScalar, value, type NumericArray } from '../array';
import { NumericError } from '../error';
import { softmax } from '../kernels/activation';
import * as kernels from '../kernels/arrangement';
import { addTranspose, transpose as transposeKernel } from '../kernels/transpose';
import type { Rows } from './row';

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

/** Column stacking is the row-major layout of the transpose. */
export const vec = (a: NumericArray): NumericArray => array(a.rows * a.cols, 1, transpose(a).data);
export const unvec = (v: NumericArray, m: number, n: number): NumericArray => {
  if (v.data.length !== m * n) throw new NumericError('unvec', `${v.data.length} entries do not make ${m}×${n}`);
  return transpose(array(n, m, v.data));
};

const filled = (rows: number, cols: number, fill: (out: Float64Array) => void): NumericArray => {
  const out = array(rows, cols);
  fill(out.data);
  return out;
};

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
      kernels.setBlock(block.data, out.data, block.rows, block.cols, cols, top, left);
    }
  }
  return out;
}

function three(name: string, a: NumericArray | undefined): Float64Array {
  if (a?.data.length !== 3) throw new NumericError(name, `needs vectors of 3 entries, not ${a?.data.length ?? 0}`);
  return a.data;
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
    ? filled(a!.data.length, a!.data.length, (out) => kernels.diagonalMatrix(a!.data, out, a!.data.length))
    : filled(a!.rows, 1, (out) => kernels.diagonalOf(a!.data, out, a!.rows))),
  vec: ([a]) => vec(a!),
  unvec: ([v], [m = 0, n = 0]) => unvec(v!, m, n),
  vech: ([a]) => filled((a!.rows * (a!.rows + 1)) / 2, 1, (out) => kernels.vech(a!.data, out, a!.rows)),
  argmax: ([a]) => {
    const top = a!.data.reduce((m, x) => Math.max(m, x), -Infinity);
    const share = 1 / a!.data.filter((x) => x === top).length;
    return tabulate(a!.rows, a!.cols, (i, j) => (a!.data[i * a!.cols + j] === top ? share : 0));
  },
  band: ([a]) => tabulate(a!.rows, a!.cols, (i, j) => (Math.abs(i - j) <= 1 ? a!.data[i * a!.cols + j] ?? 0 : 0)),
  reciprocalGaps: ([w]) => {
    const n = w!.data.length;
    return tabulate(n, n, (i, j) => {
      if (i === j) return 0;
      const gap = (w!.data[j] ?? 0) - (w!.data[i] ?? 0);
      if (gap === 0) throw new NumericError('reciprocalGaps', 'two entries are equal');
      return 1 / gap;
    });
  },
  tril: ([a]) => filled(a!.rows, a!.cols, (out) => kernels.tril(a!.data, out, a!.rows, a!.cols)),
  triu: ([a]) => filled(a!.rows, a!.cols, (out) => kernels.triu(a!.data, out, a!.rows, a!.cols)),
  phi: ([a]) => filled(a!.rows, a!.cols, (out) => kernels.phi(a!.data, out, a!.rows)),
  sym: ([a]) => filled(a!.rows, a!.cols, (out) => addTranspose(a!.data, out, a!.rows, 0.5)),
  skewpart: ([a]) => filled(a!.rows, a!.cols, (out) => kernels.skewpart(a!.data, out, a!.rows)),
  softmax: ([a]) => filled(a!.rows, a!.cols, (out) => softmax(a!.data, out, out.length)),
  cross: ([a, b]) => filled(a!.rows, a!.cols, (out) => kernels.cross(three('cross', a), three('cross', b), out)),
  skew3: ([a]) => filled(3, 3, (out) => kernels.skew3(three('skew3', a), out)),
  rowsum: ([a]) => filled(a!.rows, 1, (out) => kernels.rowSums(a!.data, out, a!.rows, a!.cols)),
  colsum: ([a]) => filled(1, a!.cols, (out) => kernels.colSums(a!.data, out, a!.rows, a!.cols)),
  cumsum: ([a]) => filled(a!.rows, a!.cols, (out) => { if (a!.rows === 1) out.set(a!.data); else kernels.cumsum(a!.data, out, a!.rows, a!.cols); }),
  kron: ([a, b]) => filled(a!.rows * b!.rows, a!.cols * b!.cols, (out) => kernels.kron(a!.data, b!.data, out, a!.rows, a!.cols, b!.rows, b!.cols)),
  kronsum: ([a, b]) => filled(a!.rows * b!.rows, a!.rows * b!.rows, (out) => kernels.kronsum(a!.data, b!.data, out, a!.rows, b!.rows)),
  blocks,
  identity: (_, [n = 0]) => identity(n),
  ones: (_, [m = 0, n = 1]) => filled(m, n, (out) => out.fill(1)),
  zeros: (_, [m = 0, n = 1]) => array(m, n),
  basis: ([i], [n = 0]) => basis(i!, n),
  unit: ([i, j], [m = 0, n = 0]) => {
    const out = array(m, n);
    out.data[place('E', i, m) * n + place('E', j, n)] = 1;
    return out;
  },
  commutation: (_, [m = 0, n = 0]) => filled(m * n, m * n, (out) => kernels.commutation(out, m, n)),
  duplication: (_, [n = 0]) => filled(n * n, (n * (n + 1)) / 2, (out) => kernels.duplication(out, n)),
  diagonalisation: (_, [n = 0]) => filled(n * n, n, (out) => kernels.diagonalisation(out, n)),
};
