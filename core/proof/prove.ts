/** A claim proved by algebra: both sides come to one canonical form as they stand, with every product written out, or by the relations that inverses and other operators bring. */
import type { Graph } from '../algebra/graph';
import type { Node } from '../algebra/node';
import type { Program } from '../algebra/program';
import { Refusal } from '../algebra/refusal';
import { rebuild } from '../algebra/substitute';
import type { Term } from '../algebra/term';
import { differentiatedIn } from '../algebra/terms-within';
import { openWorkspace } from '../calculus/workspace';
import { newGraph } from '../simplify';
import { expand } from '../algebra/expand';
import { proveByEntries } from './entries';
import { proveByRelations } from './relations';

export interface Proof {
  /** The identities that were used, as a person reads them. */
  readonly identities: readonly string[];
}

/** Undefined where algebra does not decide; never a statement that the claim is false. */
export function prove(program: Program, left: Term, right: Term): Proof | undefined {
  try {
    const w = openWorkspace(program, newGraph, differentiatedIn(program, left, right));
    const { g } = w;
    const [L, R] = [w.node(left), w.node(right)];
    const with_ = (...more: readonly string[]): Proof => ({ identities: [...more, ...g.applied] });
    if (L === R) return with_('both sides have one canonical form');
    if (expandTo(g, L) === expandTo(g, R)) return with_('products written out', 'like terms collected');
    const found = proveByEntries(g, expandTo(g, L), expandTo(g, R)) ?? proveByRelations(g, L, R);
    return found && with_(...found);
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}

/** More terms than this are not written out. */
const MOST_TERMS = 400;

/** Every product below multiplied out, from the leaves up. */
function expandTo(g: Graph, root: Node): Node {
  const done = new Map<number, Node>();
  const go = (a: Node): Node => {
    const old = done.get(a.id);
    if (old) return old;
    const rebuilt = rebuild(g, a, go);
    const made = expand(g, rebuilt, MOST_TERMS) ?? rebuilt;
    done.set(a.id, made);
    return made;
  };
  return go(root);
}
