/** What a body says at once of arguments that are vectors: the other factor or the other term, where its shape is known, has their size. */
import { BINARY_STEP, BLOCKS_IN_ROW, BLOCKS_STEP, CALL_STEP, CALLEE_STEP, IMPLICIT_STEP, INVERSE_TRANSPOSE_STEP, NAME_STEP, NUMBER_STEP, OPERATORS, type Packed, POWER_STEP, ELEMENTWISE_POWER_STEP, TRANSPOSE_STEP } from '../syntax/packed';
import { isOne, isScalar, SCALAR, shape, type Dim, type Shape } from './dim';
import { rulesOf } from './infer-operator';
import { spelled } from './operators';
import type { Scope } from './scope';
import { knownResult, knownShape } from './settled';

/** A part of the body: its shape, or the argument that it is, or nothing that is known. */
interface Part { readonly shape?: Shape | undefined; readonly name?: string; readonly isRow?: boolean }
const UNKNOWN: Part = {};
const NUMBER: Part = { shape: SCALAR };

/** The rows of each argument, where the body has a place that says them; whether it holds together with them is for the caller to see. */
export function rowsSaid(scope: Scope, { text, from, to }: Packed, open: ReadonlySet<string>, shapeOfName: (name: string) => Shape | undefined): ReadonlyMap<string, Dim> {
  const said = new Map<string, Dim>();
  const parts: Part[] = [];
  const callees: number[] = [];
  const say = (part: Part | undefined, rows: Dim): void => { if (part?.name !== undefined && !isOne(rows) && !said.has(part.name)) said.set(part.name, rows); };
  const isArray = (s: Shape | undefined): s is Shape => s !== undefined && !isScalar(s);
  const binary = (op: string, left: Part, right: Part): Part => {
    const [a, b] = [left.shape, right.shape];
    if (op === '*' && isArray(a) && !right.isRow) say(right, a.cols);
    if (op === '*' && isArray(b) && left.isRow) say(left, b.rows);
    if (op === '+' || op === '-') {
      if (isArray(a) && isOne(a.cols) && !right.isRow) say(right, a.rows);
      if (isArray(b) && isOne(b.cols) && !left.isRow) say(left, b.rows);
    }
    return a && b ? { shape: knownResult(scope, rulesOf(op as (typeof OPERATORS)[number]), a, b) } : UNKNOWN;
  };
  for (let row = from; row < to && said.size < open.size; row++) {
    const extra = text.at(row, 3);
    switch (text.at(row, 0)) {
      case NUMBER_STEP: parts.push(NUMBER); break;
      case NAME_STEP: { const name = text.word(row); parts.push(open.has(name) ? { name } : { shape: shapeOfName(name) }); break; }
      case CALLEE_STEP: callees.push(row); break;
      case CALL_STEP: {
        const [a, b] = parts.splice(parts.length - extra, extra);
        const rules = spelled(text.word(callees.pop() ?? row))?.signatures;
        parts.push(rules && a?.shape && (extra === 1 || (extra === 2 && b?.shape)) ? { shape: knownResult(scope, rules, a.shape, b?.shape) } : UNKNOWN);
        break;
      }
      case TRANSPOSE_STEP: {
        const arg = parts.pop() ?? UNKNOWN;
        parts.push(arg.name !== undefined ? { name: arg.name, isRow: !arg.isRow } : arg.shape ? { shape: knownShape(scope, shape(arg.shape.cols, arg.shape.rows)) } : UNKNOWN);
        break;
      }
      case INVERSE_TRANSPOSE_STEP: parts.push({ shape: parts.pop()?.shape }); break;
      case POWER_STEP: case ELEMENTWISE_POWER_STEP: parts.pop(); parts.push({ shape: parts.pop()?.shape }); break;
      case BLOCKS_STEP: parts.length -= Math.floor(extra / BLOCKS_IN_ROW) * (extra % BLOCKS_IN_ROW); parts.push(UNKNOWN); break;
      case IMPLICIT_STEP: case BINARY_STEP: {
        const right = parts.pop() ?? UNKNOWN;
        parts.push(binary(OPERATORS[extra] ?? '*', parts.pop() ?? UNKNOWN, right));
      }
    }
  }
  return said;
}
