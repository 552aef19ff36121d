/** The part of a program that a request depends on: what deriving it costs must not grow with the rest of the file. */
import type { Program, ProgramRequest } from '../algebra/program';
import { reached } from './dependencies';

/** The program without the definitions that neither the request nor an assumption reaches. All names but theirs stay, so that none is taken twice. */
export function sliceFor(program: Program, request: ProgramRequest): Program {
  const facts = program.assumptions.flatMap((a) => (a.right ? [a.left, a.right] : [a.left]));
  const { definitions } = reached(program, [request.term, request.ofTerm, ...facts]);
  if (definitions.size === program.definitions.size) return program;
  return { ...program, definitions: new Map([...program.definitions].filter(([name]) => definitions.has(name))) };
}
