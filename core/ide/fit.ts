/** Which shapes fit at a place: what an operand or argument must be, given what stands beside it. */
import { isScalar, sameDim, sameShape, type Shape } from '../algebra/dim';
import { shapeOf, spelled } from '../algebra/operators';
import type { Program } from '../algebra/program';
import type { Expr, Range, Statement } from '../syntax/tree';
import { expressionsOf, pathTo } from './walk';

export type Fits = (shape: Shape) => boolean;

/** The shape that was found for exactly this range; undefined where the expression has an error. */
export const shapeAt = (program: Program, range: Range): Shape | undefined =>
  program.shapes.find((s) => s.range.start === range.start && s.range.end === range.end)?.shape;

const beside = (op: string, other: Shape, isRight: boolean): Fits => (shape) => {
  switch (op) {
    case '+': case '-':
      return sameShape(shape, other) || isScalar(shape) || isScalar(other);
    case ':': case '.*':
      return sameShape(shape, other);
    case './':
      return sameShape(shape, other) || (isRight && isScalar(shape));
    case '*':
      return isScalar(shape) || isScalar(other) || (isRight ? sameDim(other.cols, shape.rows) : sameDim(shape.cols, other.rows));
    case '\\':
      return isRight ? sameDim(other.rows, shape.rows) : sameDim(shape.rows, shape.cols) && sameDim(shape.rows, other.rows);
    case '/':
      return isRight ? isScalar(shape) || (sameDim(shape.rows, shape.cols) && sameDim(other.cols, shape.rows)) : true;
    default:
      return true;
  }
};

function asArgument(name: string, args: readonly Expr[], at: number, program: Program): Fits | undefined {
  if (!spelled(name)) return undefined;
  const shapes = args.map((a) => shapeAt(program, a.range));
  const operator = spelled(name)?.name ?? name;
  return (shape) => {
    const filled = shapes.map((known, i) => (i === at ? shape : known));
    return filled.every((s) => s !== undefined) ? shapeOf(operator, filled) !== undefined : true;
  };
}

/** What fits at an offset of a statement; undefined where anything does. */
export function fitAt(program: Program, statement: Statement, offset: number): Fits | undefined {
  const path = pathTo(expressionsOf(statement), offset);
  const innermost = path[path.length - 1];
  if (innermost?.kind === 'call' && innermost.args.length === 0) return asArgument(innermost.callee.name, [innermost], 0, program);
  for (let i = path.length - 1; i > 0; i--) {
    const child = path[i];
    const parent = path[i - 1];
    if (!child || !parent || (child.kind !== 'name' && child.kind !== 'missing' && child.kind !== 'paren')) return undefined;
    if (parent.kind === 'paren') continue;
    if (parent.kind === 'call') return asArgument(parent.callee.name, parent.args, parent.args.indexOf(child), program);
    if (parent.kind !== 'binary') return undefined;
    const isRight = parent.right === child;
    const other = shapeAt(program, (isRight ? parent.left : parent.right).range);
    return other && beside(parent.op, other, isRight);
  }
  if (statement.kind === 'check') {
    const isRight = path[0] === statement.right;
    const other = shapeAt(program, (isRight ? statement.left : statement.right).range);
    return other && ((shape) => sameShape(shape, other));
  }
  return undefined;
}
