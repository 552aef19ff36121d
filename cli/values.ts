/** Values files on the command line: what is wrong with one ends the command. */
import type { Program } from '../core/algebra/program';
import { arrayOf as readArray, pointOf as readPoint, readValues as readObject, ValuesError, type Point } from '../core/ide/values';
import type { NumericArray } from '../core/numeric/array';
import { EXIT, Stop } from './exit';

export type { Point } from '../core/ide/values';

/** @throws Stop: exit code 2 where the text is not JSON, 1 where a name, shape, size or entry is wrong. */
export function stopping<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof ValuesError) throw new Stop(error.message, error.isJson ? EXIT.failed : EXIT.usage);
    throw error;
  }
}

export const readValues = (file: string, text: string): Record<string, unknown> => stopping(() => readObject(file, text));
export const arrayOf = (name: string, given: unknown): NumericArray => stopping(() => readArray(name, given));
export const pointOf = (program: Program, json: Record<string, unknown>, needed: Iterable<string>): Point => stopping(() => readPoint(program, json, needed));
