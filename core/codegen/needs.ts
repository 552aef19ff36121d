/** What a function needs of its arguments beyond their shapes: sizes that fixed indices ask for, and numbers that are indices. */
import { constantDim, type Dim } from '../algebra/dim';
import type { Expr } from './expr';
import type { Exprs } from './exprs';

/** An entry with the index `size`. */
export interface LeastSize { readonly dim: Dim; readonly size: number }
/** A number that stands as an index, with what is added to it: `x[k + 1]`, counted from 1. */
export interface IndexNeed { readonly name: string; readonly more: number; readonly dim: Dim }

/** What fixed indices need of dimensions whose size only the call knows. */
export function leastSizes(ex: Exprs): readonly LeastSize[] {
  const found = new Map<string, LeastSize>();
  for (const e of ex.all) {
    if (e.kind !== 'unit' || e.index.kind !== 'number') continue;
    const size = Number(e.index.value.n) + 1;
    const dim = e.shape.rows;
    if (size > 1 && constantDim(dim) === undefined && size > (found.get(dim.key)?.size ?? 1)) found.set(dim.key, { dim, size });
  }
  return [...found.values()];
}

/** Arguments that are indices, each with every range that it must keep to: one beyond it would read another row's entry. */
export function indicesIn(ex: Exprs): readonly IndexNeed[] {
  const found = new Map<string, IndexNeed>();
  for (const e of ex.all) {
    const shifted = e.kind === 'unit' ? shiftedLeaf(e.index) : undefined;
    if (e.kind === 'unit' && shifted) found.set(`${shifted.name},${shifted.more},${e.shape.rows.key}`, { ...shifted, dim: e.shape.rows });
  }
  return [...found.values()];
}

/** k + more, counted from 1, of an index that is counted from 0. */
function shiftedLeaf(index: Expr): { readonly name: string; readonly more: number } | undefined {
  // A part of its own name stands for an index that is checked as it was written.
  if (index.kind === 'leaf') return index.local ? undefined : { name: index.name, more: 1 };
  if (index.kind !== 'sum') return undefined;
  let name: string | undefined;
  let more = 1;
  for (const { coefficient, arg } of index.terms) {
    if (coefficient.kind !== 'number' || coefficient.value.d !== 1n) return undefined;
    const c = Number(coefficient.value.n);
    if (arg.kind === 'number' && arg.value.n === 1n && arg.value.d === 1n) more += c;
    else if (arg.kind === 'leaf' && !arg.local && c === 1 && name === undefined) name = arg.name;
    else return undefined;
  }
  return name === undefined ? undefined : { name, more };
}

/** `k`, `k + 1`, `k - 2`. */
export const indexText = (name: string, more: number): string => (more === 0 ? name : `${name} ${more < 0 ? '-' : '+'} ${Math.abs(more)}`);
