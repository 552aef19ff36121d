/**
 * The operator table: one row for everything that a term can apply. Hover, completion, signature help, the grammar's keywords
 * and the documentation read it; resolving takes the shape rules from it. Derivative rules and kernels stand in tables of their own.
 */
import type { Dim, Shape } from './dim';
import { arithmetic } from './operators-arithmetic';
import { arrangements } from './operators-arrangement';
import { calculus } from './operators-calculus';
import { constants } from './operators-constants';
import { elementwise } from './operators-elementwise';
import { matrixFunctions } from './operators-matrix';
import { reductions } from './operators-reductions';
import { solves } from './operators-solves';
import type { Operator } from './operator';
import type { DimFact } from './program';
import { match, resultOf } from './signature';

export type { Family, Operator, OperatorKind } from './operator';

export const operators: readonly Operator[] = [
  ...arithmetic, ...elementwise, ...matrixFunctions, ...reductions, ...arrangements, ...solves, ...constants, ...calculus,
];

const byName: ReadonlyMap<string, Operator> = new Map(operators.map((o) => [o.name, o]));
const bySpelling: ReadonlyMap<string, Operator> = new Map([...operators].reverse().flatMap((o) => o.spellings.map((s) => [s, o] as const)));

/** The row of this name. */
export const operator = (name: string): Operator | undefined => byName.get(name);

/** The row that a person writes this way: `inv`, `I`, `.*`; a name that is called like a function is one with letters. */
export const spelled = (text: string): Operator | undefined => bySpelling.get(text);

/**
 * The shape of an operator's result: the first alternative that fits. Facts settle `min(m, n)` (rows ≥ columns where they do not).
 * Undefined for no such operator, or shapes that do not fit.
 */
export function shapeOf(name: string, args: readonly Shape[], dims: readonly Dim[] = [], facts?: readonly DimFact[]): Shape | undefined {
  for (const signature of byName.get(name)?.signatures ?? []) {
    const sizes = match(signature, args, dims);
    if (sizes) return resultOf(signature, sizes, facts);
  }
  return undefined;
}
