// Rows of the numeric operator table: from an array to a scalar.
import { array, scalar, value, type NumericArray } from '../array';
import { NumericError, show } from '../error';
import { entropy, logsumexp, norm, sum } from '../kernels/activation';
import { dot } from '../kernels/vector';
import type { Rows } from './row';

const total = (a: NumericArray): number => sum(a.data, a.data.length);

function inner([a, b]: readonly NumericArray[]): NumericArray {
  if (a!.data.length !== b!.data.length) throw new NumericError('dot', `${a!.rows}×${a!.cols} and ${b!.rows}×${b!.cols} do not fit`);
  return scalar(dot(a!.data, b!.data, a!.data.length));
}

export const reductions: Rows = {
  tr: ([a]) => {
    let s = 0;
    for (let i = 0; i < a!.rows; i++) s += a!.data[i * a!.cols + i]!;
    return scalar(s);
  },
  sum: ([a]) => scalar(total(a!)),
  mean: ([a]) => {
    if (a!.data.length === 0) throw new NumericError('mean', 'the array is empty');
    return scalar(total(a!) / a!.data.length);
  },
  prod: ([a]) => scalar(a!.data.reduce((p, x) => p * x, 1)),
  norm: ([a]) => scalar(norm(a!.data, a!.data.length)),
  normF: ([a]) => scalar(norm(a!.data, a!.data.length)),
  norm1: ([a]) => scalar(a!.data.reduce((s, x) => s + Math.abs(x), 0)),
  normInf: ([a]) => scalar(a!.data.reduce((s, x) => Math.max(s, Math.abs(x)), 0)),
  logsumexp: ([a]) => scalar(logsumexp(a!.data, a!.data.length)),
  dot: inner,
  frobenius: inner,
  entropy: ([a]) => {
    for (const x of a!.data) if (x < 0) throw new NumericError('entropy', `${show(x)} is negative`);
    return scalar(entropy(a!.data, a!.data.length));
  },
  delta: ([i, j]) => scalar(value(i!) === value(j!) ? 1 : 0),
  rowsum: ([a]) => {
    const out = array(a!.rows, 1);
    for (let i = 0, at = 0; i < a!.rows; i++) for (let j = 0; j < a!.cols; j++, at++) out.data[i] = out.data[i]! + a!.data[at]!;
    return out;
  },
  colsum: ([a]) => {
    const out = array(1, a!.cols);
    for (let i = 0, at = 0; i < a!.rows; i++) for (let j = 0; j < a!.cols; j++, at++) out.data[j] = out.data[j]! + a!.data[at]!;
    return out;
  },
};
