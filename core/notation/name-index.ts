/** Names by what they could stand for, so that a formula's cost does not grow with names that it has no use for. */
import { isScalar } from '../algebra/dim';
import type { Graph } from '../algebra/graph';
import type { ElementPower, Node } from '../algebra/node';
import { numberOf, split } from '../algebra/sign';
import { symbolicPower } from '../simplify/powers';
import type { HadamardNode } from './entry-names';
import { isMultiple } from './multiples';
import { sumsOf, tellingTerm, type NamedSum } from './named-sums';
import type { ProductNode } from './parts';
import { baseOf } from './named-runs';
import type { Naming } from './writer';

export interface NameIndex {
  /** Names of runs of at least two factors that begin with this factor, or whose transposes do; in the order of the names. */
  runsFrom(first: Node): readonly Naming[];
  /** Names of scalars that hold a power of one of these bases. */
  scalarsOf(bases: readonly Node[]): readonly Naming[];
  /** Names of powers of the base. */
  powersOf(base: Node): readonly Naming[];
  /** Names of arrays that hold powers of one of these scalars, or a number and one of these factors. */
  multiplesOf(a: ProductNode): readonly Naming[];
  /** Names of products entry by entry that begin with one of these factors. */
  entriesOf(a: HadamardNode): readonly Naming[];
  /** Named sums that hold a multiple of one of these terms. */
  sumsAmong(terms: readonly Node[]): readonly NamedSum[];
}

/** A dimension as a number, such as the n of a mean. */
export const isCount = (a: Node): boolean => a.kind === 'symbol' && a.role === 'dimension';

/** Counts and numbers may be written with any name. */
export const isFigure = (a: Node): boolean => isCount(a) || numberOf(a) !== undefined;

const telling = (bases: readonly Node[]): Node | undefined => bases.find((b) => !isFigure(b)) ?? bases[0];

/** All names but those of one node: what a definition of it may be written with. */
export function namesBut(names: NameIndex, node: Node): NameIndex {
  const others = <T extends { readonly node: Node }>(list: readonly T[]): readonly T[] => (list.some((n) => n.node === node) ? list.filter((n) => n.node !== node) : list);
  return { runsFrom: (first) => others(names.runsFrom(first)), scalarsOf: (bases) => others(names.scalarsOf(bases)), powersOf: (base) => others(names.powersOf(base)), multiplesOf: (a) => others(names.multiplesOf(a)), entriesOf: (a) => others(names.entriesOf(a)), sumsAmong: (terms) => others(names.sumsAmong(terms)) };
}

const NONE: readonly Naming[] = [];

export function indexNames(g: Graph, names: readonly Naming[]): NameIndex {
  if (names.length === 0) return { runsFrom: () => NONE, scalarsOf: () => NONE, powersOf: () => NONE, multiplesOf: () => NONE, entriesOf: () => NONE, sumsAmong: () => [] };
  const runs = new Map<Node, Naming[]>();
  const scalars = new Map<Node, { readonly at: number; readonly naming: Naming }[]>();
  const powers = new Map<Node, Naming[]>();
  const multiples = new Map<Node, Naming[]>();
  const entries = new Map<Node, Naming[]>();
  const sums = new Map<Node, NamedSum[]>();
  names.forEach((naming, at) => {
    const { node } = naming;
    if (node.kind === 'product' && node.scalars.length === 0 && node.coefficient.n === 1n && node.coefficient.d === 1n && node.factors.length > 1) {
      const ends = new Set([node.factors[0] as Node, node.factors.at(-1) as Node].map(baseOf));
      for (const end of ends) put(runs, end, naming);
    }
    if (node.kind === 'power') put(powers, node.base, naming);
    if (node.kind === 'hadamard' && node.factors.length > 1) put(entries, (node.factors[0] as ElementPower).base, naming);
    for (const sum of sumsOf(g, naming)) put(sums, split(g, tellingTerm(sum.terms)).rest, sum);
    // One of its scalars must be there to be taken out; where it has none, the array itself.
    if (isMultiple(node)) put(multiples, telling(node.scalars.map((p) => p.base)) ?? (node.factors[0] as Node), naming);
    if (!isScalar(node.shape) || node.kind === 'symbol' || node.kind === 'zero') return;
    // All of its bases but counts must be there, so that one of them tells.
    const first = telling(node.kind === 'product' ? node.scalars.map((p) => p.base) : [node]);
    if (first) put(scalars, symbolicPower(first)?.x ?? first, { at, naming });
  });
  return {
    runsFrom: (first) => runs.get(baseOf(first)) ?? NONE,
    powersOf: (base) => powers.get(base) ?? NONE,
    multiplesOf: (a) => (multiples.size === 0 ? NONE : [...a.scalars.map((p) => p.base), ...a.factors].flatMap((b) => multiples.get(b) ?? [])),
    entriesOf: (a) => (entries.size === 0 ? NONE : a.factors.flatMap((f) => entries.get(f.base) ?? [])),
    sumsAmong: (terms) => (sums.size === 0 ? [] : terms.flatMap((t) => sums.get(split(g, t).rest) ?? [])),
    scalarsOf: (bases) => {
      if (scalars.size === 0) return NONE;
      const found = [...new Set(bases.map((b) => symbolicPower(b)?.x ?? b))].flatMap((b) => scalars.get(b) ?? []);
      return found.length < 2 ? found.map((f) => f.naming) : found.sort((a, b) => a.at - b.at).map((f) => f.naming);
    },
  };
}

function put<T>(map: Map<Node, T[]>, key: Node, value: T): void {
  const old = map.get(key);
  if (old) old.push(value); else map.set(key, [value]);
}
