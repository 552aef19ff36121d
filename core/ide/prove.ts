/** Symbolic proof of a claim: both sides have one canonical form. */
import type { Program } from '../algebra/program';
import { Refusal } from '../algebra/refusal';
import type { Term } from '../algebra/term';
import { workspaceOf } from '../notation/subject';

/** A proof, or undefined where the forms differ: which refutes nothing. */
export function prove(program: Program, left: Term, right: Term): { readonly identities: readonly string[] } | undefined {
  try {
    const { node } = workspaceOf(program);
    return node(left) === node(right) ? { identities: [] } : undefined;
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}
