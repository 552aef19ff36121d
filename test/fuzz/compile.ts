/** A text to a program, which must be free of errors. */
import type { Program } from '../../core/algebra/program';
import { resolve } from '../../core/algebra/resolve';
import { parse } from '../../core/syntax/parse';
import { Wrong } from './outcome';

/** @throws Wrong at the first error */
export function compile(text: string): Program {
  const document = parse(text);
  const program = resolve(document);
  const error = [...document.diagnostics, ...program.diagnostics].find((d) => d.severity === 'error');
  if (error) throw new Wrong('resolve', `${error.message} in\n${text}`);
  return program;
}
