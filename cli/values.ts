/** Values files on the command line: what is wrong with one ends the command. */
import type { Program } from '../core/algebra/program';
import { arrayOf as readArray, pointOf as readPoint, readValues as readObject, ValuesError, type Point } from '../core/ide/values';
import type { NumericArray } from '../core/numeric/array';
import { EXIT, Stop } from './exit';
import { locate, type Source } from './files';

export type { Point } from '../core/ide/values';

/** What the values are for: messages stand at the declaration that they contradict. */
type About = Source | string;

/** @param about the formulas that are evaluated, or the values file @throws Stop: exit code 2 where the text is not JSON, 1 where a name, shape, size or entry is wrong. */
export function stopping<T>(about: About, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof ValuesError)) throw error;
    throw error.isJson ? new Stop(`${placeIn(about, error.about)}: error: ${bare(about, error.message)} [MC6004]`, EXIT.failed) : new Stop(error.message, EXIT.usage);
  }
}

/** Messages about a values file begin with its name, which stands in the place already. */
const bare = (about: About, message: string): string => (typeof about === 'string' && message.startsWith(`${about}: `) ? message.slice(about.length + 2) : message);

function placeIn(about: About, name: string | undefined): string {
  if (typeof about === 'string') return `${about}:1:1`;
  for (const part of about.analysis.parts) {
    const variable = name === undefined ? undefined : part.compiled.program.variables.get(name);
    const at = variable && locate(about, part, variable.range).from;
    if (at) return `${about.file}:${at.line}:${at.column}`;
  }
  return `${about.file}:1:1`;
}

export const readValues = (file: string, text: string): Record<string, unknown> => stopping(file, () => readObject(file, text));
export const arrayOf = (name: string, given: unknown, about: About = 'values'): NumericArray => stopping(about, () => readArray(name, given));
export const pointOf = (program: Program, json: Record<string, unknown>, needed: Iterable<string>, about: About = 'values'): Point => stopping(about, () => readPoint(program, json, needed));
