// Matrix functions and their Fréchet derivatives against 110-digit values.
import { describe, expect, test } from 'vitest';
import { expm, expmFrechet } from '../../core/numeric/kernels/expm';
import { logm, logmFrechet, powm, powmFrechet, sqrtm } from '../../core/numeric/kernels/powm';
import { expmFrechetSym, expmSym } from '../../core/numeric/kernels/spectral';
import { matrixCases, type MatrixCase } from './matrix-values';
import { distance } from './drawn';

const flat = (rows: readonly (readonly number[])[]): Float64Array => Float64Array.from(rows.flat());

function run({ f, A, p = NaN, E }: MatrixCase): Float64Array {
  const n = A.length;
  const X = new Float64Array(n * n).fill(NaN);
  const a = flat(A);
  const e = flat(E ?? []);
  switch (f) {
    case 'expm': expm(a, X, n); break;
    case 'sqrtm': sqrtm(a, X, n); break;
    case 'logm': logm(a, X, n); break;
    case 'powm': powm(a, p, X, n); break;
    case 'expmFrechet': expmFrechet(a, e, X, n); break;
    case 'logmFrechet': logmFrechet(a, e, X, n); break;
    case 'powmFrechet': powmFrechet(a, p, e, X, n); break;
    default: throw new Error(f);
  }
  return X;
}

describe.each([...new Set(matrixCases.map((c) => c.f))])('%s', (f) => {
  test.each(matrixCases.filter((c) => c.f === f).map((c) => ({ ...c, label: `${c.name}${c.p === undefined ? '' : `, p = ${c.p}`}` })))('$label', (c) => {
    expect(distance(run(c), flat(c.want))).toBeLessThan(1e-13);
  });
});

test.each(matrixCases.filter((c) => c.f.startsWith('expm') && c.name === 'symmetric'))('$f by eigendecomposition', ({ A, E, want }) => {
  const X = new Float64Array(9);
  if (E) expmFrechetSym(flat(A), flat(E), X, 3);
  else expmSym(flat(A), X, 3);
  expect(distance(X, flat(want))).toBeLessThan(1e-14);
});
