/** Which assumptions a derivative uses: those without which it would be another formula. */
import type { Graph } from '../algebra/graph';
import type { Node } from '../algebra/node';
import type { Assumption, Program, ProgramRequest } from '../algebra/program';
import { Refusal } from '../algebra/refusal';
import { termNames } from '../algebra/term-names';
import { leavesPoints } from '../calculus/assumptions';
import { differentiatedBy, directional, directionFor, openWorkspace } from '../calculus/workspace';
import { newGraph } from '../simplify';
import { subjectOf } from './subject';

/** More assumptions than these are not told apart: each takes a derivation. */
const MOST = 6;

/** @param text a node as it is printed */
export function usedAssumptions(program: Program, request: ProgramRequest, text: (g: Graph, a: Node) => string): readonly Assumption[] {
  const own = termNames(program, request.ofTerm);
  const near = program.assumptions.filter((a) => {
    const names = [a.left, a.right].flatMap((side) => (side ? [...termNames(program, side)] : []));
    return names.some((n) => own.has(n)) && !(leavesPoints(a) && names.some((n) => request.wrt.includes(n)));
  });
  if (near.length === 0 || near.length > MOST) return [];
  const moving = differentiatedBy(program, request);
  const formula = (assumptions: readonly Assumption[]): string | undefined => {
    try {
      const w = openWorkspace({ ...program, assumptions }, newGraph, moving);
      const subject = subjectOf(w, request);
      return subject && text(w.g, directional(w.g, subject.of, subject.symbol, directionFor(w.g, subject.symbol, `d${request.wrt.at(-1) ?? ''}`)));
    } catch (error) {
      // Without it there may be no derivative at all.
      if (error instanceof Refusal) return undefined;
      throw error;
    }
  };
  const all = formula(program.assumptions);
  return near.filter((a) => formula(program.assumptions.filter((x) => x !== a)) !== all);
}
