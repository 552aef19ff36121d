/** A point to begin with where a person wants to give their own: small readable numbers of the declared shapes and structure. */
import type { Program, ProgramRequest } from '../algebra/program';
import { drawPoints, type DrawnPoint } from '../numeric/points';
import { ValuesError, namesOf, pointOf } from './values';
import { valuesFile } from '../verify/values-file';

const SEED = 1;

/** The entries with two decimals. */
const rounded = ({ sizes, values }: DrawnPoint): DrawnPoint =>
  ({ sizes, values: new Map([...values].map(([name, a]) => [name, { ...a, data: a.data.map((x) => String(Number(Number(x).toFixed(2)))) }])) });

/** The text of a values file on one line; undefined where no point of the declared structure is found. */
export function pointTemplate(program: Program, request: ProgramRequest): string | undefined {
  const names = [...namesOf(program, request)];
  const [point] = drawPoints(program, { seed: SEED, names, count: 1, accept: () => undefined }).points;
  if (!point) return undefined;
  const text = (p: DrawnPoint): string => JSON.stringify(valuesFile(p.sizes, p.values));
  const readable = text(rounded(point));
  try {
    pointOf(program, JSON.parse(readable) as Record<string, unknown>, names);
    return readable;
  } catch (error) {
    // Rounding breaks an orthogonal matrix: then all digits.
    if (error instanceof ValuesError) return text(point);
    throw error;
  }
}
