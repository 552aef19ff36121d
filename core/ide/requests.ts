/** Requests that nobody wrote: the derivative of a definition by a variable, for its hover and its derivation. */
import { isScalar, mulDim, shape, type Shape } from '../algebra/dim';
import type { Program, ProgramDefinition, ProgramRequest } from '../algebra/program';
import type { DerivativeKind, Term } from '../algebra/term';
import { variablesOf } from './dependencies';

/** The variables that a definition is differentiated by when nothing is said: its parameters, else all that it depends on. */
export const variablesFor = (program: Program, definition: ProgramDefinition): readonly string[] =>
  definition.parameters.length > 0 ? definition.parameters : [...variablesOf(program, definition.body)];

function resultShape(kind: DerivativeKind, of: Shape, by: Shape): Shape {
  return kind === 'jacobian' ? shape(mulDim(of.rows, of.cols), mulDim(by.rows, by.cols)) : isScalar(of) ? by : of;
}

/** `grad` of a scalar, or by a scalar; else `jacobian`. Undefined for an unknown variable. */
export function requestFor(program: Program, definition: ProgramDefinition, name: string): ProgramRequest | undefined {
  const variable = program.variables.get(name);
  if (!variable) return undefined;
  const { body, range } = definition;
  const kind = isScalar(body.shape) || isScalar(variable.shape) ? 'grad' : 'jacobian';
  const ofTerm: Term = { kind: 'reference', name: definition.name, shape: body.shape, range: definition.nameRange };
  const term: Term = { kind: 'derivative', op: kind, of: ofTerm, wrt: [name], args: [], shape: resultShape(kind, body.shape, variable.shape), range };
  return { of: definition.name, ofTerm, wrt: [name], kind, term, range, line: 1 };
}
