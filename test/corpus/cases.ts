/** The corpus: cases whose values come from an independent oracle. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { sourceOf, type Source } from '../../cli/files';

export interface Tensor { readonly shape: readonly number[]; readonly data: readonly number[] }
export interface Case {
  readonly id: string;
  readonly mcalc: string;
  readonly of: string;
  readonly wrt: string;
  readonly order?: number;
  readonly tolerance?: number;
  readonly values: Record<string, unknown>;
  readonly value: Tensor;
  readonly derivative: Tensor;
  readonly reference?: string;
  readonly referenceForm?: 'gradient' | 'vec' | 'directional';
}

const folder = path.join(import.meta.dirname, '../data/corpus');
export const load = <T>(name: string): readonly T[] => JSON.parse(readFileSync(path.join(folder, `${name}.json`), 'utf8')) as readonly T[];
export const FILES = ['seeds', 'structured', 'statistics', 'matrix-functions', 'cookbook', 'vector', 'hessian'] as const;
export const cases: readonly Case[] = FILES.flatMap((f) => load<Case>(f));
export const sourceFrom = (c: { readonly id: string; readonly mcalc: string }): Source => sourceOf(`${c.id}.mcalc`, c.mcalc);

/** Relative to the largest entry expected, or to `least` where that is larger. */
export function distance(got: ArrayLike<number>, want: ArrayLike<number>, least = 1e-12): number {
  if (got.length !== want.length) return Infinity;
  let size = least;
  let worst = 0;
  for (let i = 0; i < want.length; i++) {
    size = Math.max(size, Math.abs(want[i] ?? NaN));
    const d = Math.abs((got[i] ?? NaN) - (want[i] ?? NaN));
    if (!(d <= worst)) worst = d;
  }
  return worst / size;
}
