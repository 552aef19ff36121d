/** A point in the form of a values file, to paste. */
import type { Sizes, Values } from '../numeric/points';
import type { ValuesFile } from './verdict';

export function valuesFile(sizes: Sizes, values: Values): ValuesFile {
  const out: Record<string, ValuesFile[string]> = {};
  for (const [name, p] of [...values].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const entry = (i: number, j: number): number => Number(p.data[i * p.cols + j]);
    out[name] = p.rows === 1 && p.cols === 1 ? entry(0, 0)
      : p.cols === 1 ? Array.from({ length: p.rows }, (_, i) => entry(i, 0))
        : Array.from({ length: p.rows }, (_, i) => Array.from({ length: p.cols }, (_, j) => entry(i, j)));
  }
  if (sizes.size > 0) out['dims'] = Object.fromEntries(sizes);
  return out;
}
