/** Runs of factors that have a name, also where a power holds more than the run, or where what commutes with its rest stands inside. */
import { rootOf } from '../algebra/commuting';
import type { Graph } from '../algebra/graph';
import type { Node } from '../algebra/node';
import { isNegativeQ, isZeroQ, ONE, subQ, type Rational } from '../algebra/rational';

interface Power { readonly base: Node; readonly exponent: Rational; readonly isTurned: boolean }
function powerOf(a: Node): Power {
  const isTurned = a.kind === 'transpose';
  const x = a.kind === 'transpose' ? a.arg : a;
  return x.kind === 'power' ? { base: x.base, exponent: x.exponent, isTurned } : { base: x, exponent: ONE, isTurned };
}

/** The base of a power, upright: names of runs are found by that of their ends. */
export const baseOf = (a: Node): Node => powerOf(a).base;

/** What a power has more than another of its base, where both are principal powers: A^-2 is A^-1 more than A^-1, A^-1 is A^(-1/2) more than A^(-1/2). */
function surplus(g: Graph, a: Node, b: Node): Node | undefined {
  const [x, y] = [powerOf(a), powerOf(b)];
  if (x.base !== y.base || x.isTurned !== y.isTurned || isNegativeQ(x.exponent) !== isNegativeQ(y.exponent)) return undefined;
  const more = subQ(x.exponent, y.exponent);
  if (isZeroQ(more) || isNegativeQ(more) !== isNegativeQ(x.exponent)) return undefined;
  const power = g.power(x.base, more);
  return x.isTurned ? g.transpose(power) : power;
}

/** Factors inside a run that are not of it. */
const MAX_STRAYS = 2;

/** How many factors from a place on are the run, and what of them stands before and behind it. */
export function matched(g: Graph, run: readonly Node[], factors: readonly Node[], from: number): { readonly length: number; readonly before: readonly Node[]; readonly behind: readonly Node[] } | undefined {
  const before: Node[] = [];
  const behind: Node[] = [];
  let at = from;
  for (const [k, want] of run.entries()) {
    for (;; at++) {
      const f = factors[at];
      if (!f) return undefined;
      if (f === want) break;
      const more = k === 0 || k === run.length - 1 ? surplus(g, f, want) : undefined;
      if (more) { (k === 0 ? before : behind).push(more); break; }
      if (k === 0 || before.length + behind.length >= MAX_STRAYS) return undefined;
      const root = rootOf(g, f);
      const commutes = (list: readonly Node[]): boolean => root !== 'identity' && list.every((x) => rootOf(g, x) === root);
      // What goes to the front also passes what went to the back.
      if (commutes(run.slice(k))) behind.push(f); else if (commutes([...run.slice(0, k), ...behind])) before.push(f); else return undefined;
    }
    at++;
  }
  return { length: at - from, before, behind };
}
