/** Names for directions and indices that nothing else in the program bears. */
import { isOne, isScalar, type Shape } from '../algebra/dim';
import type { Program } from '../algebra/program';
import type { Subject } from './subject';
import type { ViewNames } from './views';

const DIRECTIONS = ['V', 'H', 'E', 'U', 'Z', 'V_1', 'V_2'];
const OF_F = ['i', 'j'];
const OF_X = ['k', 'l'];
const SPARE = ['p', 'q', 'r', 's', 'u', 'v', 'g', 'h', 'i1', 'i2', 'i3', 'i4', 'i5', 'i6'];

export function pickNames(program: Program, subject: Subject | undefined): ViewNames {
  const taken = new Set([...program.variables.keys(), ...program.definitions.keys(), ...program.functions.keys(), ...program.dimensions.keys()]);
  const free = (wanted: readonly string[]): string => {
    const name = wanted.find((n) => !taken.has(n)) ?? numbered(taken);
    taken.add(name);
    return name;
  };
  const x = subject?.symbol.kind === 'symbol' ? subject.symbol.name : 'x';
  const differential = free([`d${x}`, `d_${x}`]);
  const direction = free(DIRECTIONS);
  // In the order of CLI.md: F's own letters first, spare ones where they are taken.
  const letters = (count: number, wanted: readonly string[]): string[] => Array.from({ length: count }, (_, i) => free([wanted[i] ?? '', ...SPARE].filter((n) => n !== '')));
  const ofF = letters(subject ? indexCount(subject.of.shape) : 0, OF_F);
  const ofX = letters(subject ? indexCount(subject.symbol.shape) : 0, OF_X);
  return { differential, direction, ofF, ofX };
}

/** None for a scalar, one for a column, two for a matrix (a row is a matrix). */
export const indexCount = (s: Shape): number => (isScalar(s) ? 0 : isOne(s.cols) ? 1 : 2);

function numbered(taken: ReadonlySet<string>): string {
  for (let k = 1; ; k++) if (!taken.has(`V_${k}`)) return `V_${k}`;
}
