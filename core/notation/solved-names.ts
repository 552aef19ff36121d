/** Names of sums, solved for their heaviest term: with P = inv(V) - inv(V)*X*M*X'*inv(V), that product is inv(V) - P wherever it stands, and sums of such terms are products of P. */
import { flip } from '../algebra/chain';
import { scaledTerms } from '../algebra/expand';
import type { Graph } from '../algebra/graph';
import type { Node } from '../algebra/node';
import { divQ, ONE } from '../algebra/rational';
import { split } from '../algebra/sign';
import { rebuild } from '../algebra/substitute';
import { weightOf } from '../algebra/weight';
import { factorsOf } from './doubles';
import { tellingTerm } from './named-sums';
import { reachable } from './reachable';
import { searchOf } from './search';
import { standFor } from './stand';
import type { Naming } from './writer';

/** Shorter products stand in too many places, and are joined to sums by `named-sums.ts`. */
const LEAST_FACTORS = 3;
/** A trace is turned so often, one product replaced at a time. */
const MOST_REPLACED = 8;

/** Heavier names, and heavier formulas, are not rewritten. */
const MAX_NAME_WEIGHT = 100;
const MAX_WEIGHT = 600;

interface Solved { readonly run: readonly Node[]; readonly flipped: readonly Node[]; readonly others: readonly Node[]; readonly coefficient: Node }

/** Whether a name is of a sum that can be solved so. */
export const isSolved = (g: Graph, naming: Naming): boolean => solvedOf(g, naming.node) !== undefined;

function solvedOf(g: Graph, node: Node): Solved | undefined {
  if (node.linear || weightOf(node) > MAX_NAME_WEIGHT) return undefined;
  const terms = scaledTerms(g, node);
  if (terms.length < 2) return undefined;
  const term = tellingTerm(terms);
  const { coefficient, rest } = split(g, term);
  if (rest.kind !== 'product' || rest.scalars.length > 0 || rest.factors.length < LEAST_FACTORS) return undefined;
  const run = factorsOf(g, rest);
  return { run, flipped: flip(g, run), others: terms.filter((t) => t !== term), coefficient: g.number(divQ(ONE, coefficient)) };
}

/** The node with the name's heaviest term written by the name and the other terms; undefined where that term does not stand in it. */
export function withSolvedName(g: Graph, whole: Node, naming: Naming): Node | undefined {
  const solved = weightOf(whole) <= MAX_WEIGHT ? solvedOf(g, naming.node) : undefined;
  if (!solved) return undefined;
  const { run, flipped, others, coefficient } = solved;
  const there = reachable(whole);
  if (!run.every((f) => holds(g, there, f))) return undefined;
  const node = searchOf(g).expanded(whole) ?? whole;
  const instead = g.mul(coefficient, g.sub(standFor(g, naming), g.add(...others)));
  const turned = g.transpose(instead);
  const done = new Map<Node, Node>();
  const at = (factors: readonly Node[], i: number, want: readonly Node[]): boolean => want.every((f, k) => factors[i + k] === f);
  /** All of the runs in a list of factors. */
  const within = (factors: readonly Node[]): readonly Node[] | undefined => {
    const made: Node[] = [];
    for (let i = 0; i < factors.length;) {
      const found = at(factors, i, run) ? instead : at(factors, i, flipped) ? turned : undefined;
      made.push(found ?? (factors[i] as Node));
      i += found ? run.length : 1;
    }
    return made.length < factors.length ? made : undefined;
  };
  /** The product of the factors, multiplied out where the name came in: the square of a difference would stay one. */
  const multiplied = (by: Node, factors: readonly Node[], deeper: (x: Node) => Node): Node => {
    const isNew = (f: Node): boolean => f === instead || f === turned;
    if (!factors.some(isNew)) return g.mul(by, ...factors.map(deeper));
    const choices = factors.map((f) => (isNew(f) ? scaledTerms(g, f) : [deeper(f)]));
    return g.add(...choices.reduce<readonly (readonly Node[])[]>((made, c) => made.flatMap((m) => c.map((x) => [...m, x])), [[by]]).map((m) => g.mul(...m)));
  };
  const go = (a: Node, left: number): Node => {
    const old = done.get(a);
    if (old) return old;
    const made = replaced(a, left);
    done.set(a, made);
    return made;
  };
  const replaced = (a: Node, left: number): Node => {
    const deeper = (x: Node): Node => go(x, left);
    if (a.kind === 'product') {
      const scalars = a.scalars.map((p) => ({ base: deeper(p.base), exponent: p.exponent }));
      return multiplied(g.product(a.coefficient, scalars, []), within(factorsOf(g, a)) ?? a.factors, deeper);
    }
    if (a.kind === 'chain') return multiplied(g.number(1), within(factorsOf(g, a)) ?? a.factors, deeper);
    const inner = a.kind === 'apply' && a.op === 'tr' ? (a.args[0] as Node) : undefined;
    if (inner?.kind === 'product' && inner.scalars.length === 0 && left > 0) {
      const factors = factorsOf(g, inner);
      for (let i = 0; i < factors.length && factors.length >= run.length; i++) {
        const around = [...factors.slice(i), ...factors.slice(0, i)];
        const found = at(around, 0, run) ? instead : at(around, 0, flipped) ? turned : undefined;
        if (found) return go(g.apply('tr', [multiplied(g.number(1), [found, ...around.slice(run.length)], (x) => x)]), left - 1);
      }
    }
    if (a.kind !== 'apply') return rebuild(g, a, deeper);
    // What cancels inside an operator is not found from outside.
    return g.apply(a.op, a.args.map((x) => { const y = deeper(x); return y === x ? x : searchOf(g).expanded(y) ?? y; }), a.dims);
  };
  const made = go(node, MOST_REPLACED);
  return made === node ? undefined : made;
}

/** Whether a factor stands somewhere, in a power of it too. */
const holds = (g: Graph, there: ReadonlySet<Node>, f: Node): boolean => there.has(f) || there.has(g.transpose(f)) || (f.kind === 'power' && there.has(f.base));
