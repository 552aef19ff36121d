// Rows of the numeric operator table: from an array to a scalar.
import { scalar, value, type NumericArray } from '../array';
import { NumericError, show } from '../error';
import { entropy, logsumexp, norm, sum } from '../kernels/activation';
import { trace } from '../kernels/arrangement';
import { dot } from '../kernels/vector';
import type { Rows } from './row';

const total = (a: NumericArray): number => sum(a.data, a.data.length);

function inner([a, b]: readonly NumericArray[]): NumericArray {
  if (a!.data.length !== b!.data.length) throw new NumericError('dot', `${a!.rows}×${a!.cols} and ${b!.rows}×${b!.cols} do not fit`);
  return scalar(dot(a!.data, b!.data, a!.data.length));
}

export const reductions: Rows = {
  tr: ([a]) => scalar(trace(a!.data, a!.rows)),
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
};
