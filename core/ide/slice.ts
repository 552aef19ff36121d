/** The part of a program that a request depends on: what deriving it costs, and what another thread has to be sent, must not grow with the rest of the file. */
import { SCALAR } from '../algebra/dim';
import type { Program, ProgramRequest, Variable } from '../algebra/program';
import type { Range } from '../syntax/tree';
import { reached } from './dependencies';

const NOWHERE: Range = { start: 0, end: 0 };
/** Stands for every name that only must not be taken. One object, so that a copy of it is one too. */
const TAKEN: Variable = { name: '', shape: SCALAR, words: new Set(), range: NOWHERE, inferred: false };

/** The program with the definitions and variables that the request or an assumption reaches. Of all other names only the names stay, so that none is taken twice. */
export function sliceFor(program: Program, request: ProgramRequest): Program {
  const facts = program.assumptions.flatMap((a) => (a.right ? [a.left, a.right] : [a.left]));
  const { definitions, variables } = reached(program, [request.term, request.ofTerm, ...facts]);
  const isNeeded = (name: string): boolean => variables.has(name) || request.wrt.includes(name);
  // Field by field: shapes are worked out for the whole file when they are asked for.
  const { text, functions, assumptions, dimFacts, sizes, settings } = program;
  return {
    text, functions, assumptions, dimFacts, sizes, settings,
    variables: new Map([
      ...[...program.variables].map(([name, variable]) => [name, isNeeded(name) ? variable : TAKEN] as const),
      ...[...program.definitions.keys()].filter((name) => !definitions.has(name)).map((name) => [name, TAKEN] as const),
    ]),
    definitions: new Map([...program.definitions].filter(([name]) => definitions.has(name))),
    dimensions: new Map([...program.dimensions.keys()].map((name) => [name, NOWHERE])),
    requests: [], claims: [], shapes: [], diagnostics: [],
  };
}
