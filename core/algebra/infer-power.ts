/** Powers: of scalars, of square matrices, and entry by entry. */
import type { Expr, PowerExpr } from '../syntax/tree';
import { isScalar, SCALAR, type Shape } from './dim';
import { origins } from './infer-conflict';
import { addQ, divQ, isZeroQ, MINUS_ONE, mulQ, negQ, parseQ, powQ, rational, subQ, toNumber, isIntegerQ, isNegativeQ, type Rational } from './rational';
import type { Place, Typed } from './scope';
import { leftTerm, type Maker, rightTerm, Settled } from './settled';
import { bare, excerpt } from './walk';
import { infer, typed } from './typed';

/** The value of an expression of numbers alone, such as `-1/2`. */
export function constantOf(expr: Expr): Rational | undefined {
  const e = bare(expr);
  switch (e.kind) {
    case 'number':
      return parseQ(e.text);
    case 'unary': {
      const value = constantOf(e.arg);
      return value && (e.op === '-' ? negQ(value) : value);
    }
    case 'binary': {
      const left = constantOf(e.left);
      const right = left && constantOf(e.right);
      if (!left || !right) return undefined;
      switch (e.op) {
        case '+': return addQ(left, right);
        case '-': return subQ(left, right);
        case '*': case '.*': return mulQ(left, right);
        case '/': case './': return isZeroQ(right) ? undefined : divQ(left, right);
        default: return undefined;
      }
    }
    case 'power': {
      const base = constantOf(e.base);
      const exponent = base && constantOf(e.exponent);
      return base && exponent && isIntegerQ(exponent) && Math.abs(toNumber(exponent)) < 1000 ? powQ(base, toNumber(exponent)) : undefined;
    }
    default:
      return undefined;
  }
}

/** Whether the expression is the number 0, also as `1 - 1`. */
export const isZeroNumber = (expr: Expr): boolean => {
  const value = expr.kind === 'name' || expr.kind === 'call' ? undefined : constantOf(expr);
  return value !== undefined && isZeroQ(value);
};
/** Warns of a quotient that has no value at any point; its derivative has none either, which its own text says. */
export function warnOfZero({ scope }: Place, at: Expr): void {
  scope.report('MC3022', `\`${excerpt(scope.text, at.range)}\` is 0, and nothing can be divided by it: there is no value at any point`, at.range);
}

function squareOrScalar(place: Place, expr: Expr, base: Typed): boolean {
  const { solver } = place.scope;
  if (solver.unify(base.shape.rows, base.shape.cols)) return true;
  const s = solver.resolveShape(base.shape);
  const name = excerpt(place.scope.text, base.expr.range);
  const dot = expr.kind === 'power' ? [{ title: 'Write .^ for the power of the entries', edits: [{ range: { start: base.expr.range.end, end: expr.exponent.range.start }, text: '.^' }], safe: false }] : [];
  place.scope.report('MC3017', `\`${name}\` is ${s.rows.key}×${s.cols.key}; a power needs a square matrix or a scalar`, expr.range, {
    related: origins(place, base.expr), fixes: caretOf(place, expr) ? dot : [],
  });
  return false;
}

function isUnknown({ scope }: Place, name: string): boolean {
  const entry = scope.names.get(name);
  return entry?.kind === 'variable' && entry.unknown;
}

/** Whether the power is written with `^` (and not as `²`). */
const caretOf = (place: Place, expr: Expr): boolean => expr.kind === 'power' && place.scope.text.slice(expr.base.range.end, expr.exponent.range.start).includes('^');

export function inferPower(place: Place, expr: PowerExpr): Typed | undefined {
  const { scope } = place;
  const base = infer(place, expr.base);
  const constant = constantOf(expr.exponent);
  const exponent = constant ? undefined : infer(place, expr.exponent);
  if (!base || (!constant && !exponent)) return undefined;
  if (constant && isNegativeQ(constant) && isZeroNumber(expr.base)) warnOfZero(place, expr.base);
  // A^H, A^t: a transpose was meant, which was told.
  const mark = bare(expr.exponent);
  if (mark.kind === 'name' && (mark.name === 'H' || mark.name === 't') && isUnknown(place, mark.name)) return undefined;
  if (!expr.elementwise && !squareOrScalar(place, expr, base)) return undefined;
  if (exponent && !scope.solver.unifyShape(exponent.shape, SCALAR)) {
    const s = scope.solver.resolveShape(exponent.shape);
    scope.report('MC3017', `the exponent \`${excerpt(scope.text, expr.exponent.range)}\` is ${s.rows.key}×${s.cols.key}; it must be a scalar`, expr.exponent.range, { related: origins(place, expr.exponent) });
    return undefined;
  }
  if (base instanceof Settled && (constant ?? exponent) !== undefined && (constant !== undefined || exponent instanceof Settled)) {
    return new Settled(base.shape, expr, place.owner, undefined, powerTerm, base, exponent);
  }
  return typed(place, expr, base.shape, (shape) => ({
    kind: 'power', base: base.settle(), exponent: constant ?? exponent?.settle() ?? rational(1), elementwise: expr.elementwise && !isScalar(shape), shape, range: expr.range,
  }));
}

const powerTerm: Maker = (t) => {
  const expr = t.expr as PowerExpr;
  const exponent = t.right ? rightTerm(t) : constantOf(expr.exponent) ?? rational(1);
  return { kind: 'power', base: leftTerm(t), exponent, elementwise: expr.elementwise && !isScalar(t.shape), shape: t.shape, range: expr.range };
};
const inverseTerm: Maker = (t) => ({ kind: 'power', base: leftTerm(t), exponent: MINUS_ONE, elementwise: false, shape: t.shape, range: t.expr.range });

/** `A^-1`, for `A^-T`. */
export function inverseOf(place: Place, expr: Expr, base: Typed): Typed | undefined {
  if (!squareOrScalar(place, expr, base)) return undefined;
  if (base instanceof Settled) return new Settled(base.shape, expr, place.owner, undefined, inverseTerm, base);
  return typed(place, expr, base.shape, (shape: Shape) => ({ kind: 'power', base: base.settle(), exponent: MINUS_ONE, elementwise: false, shape, range: expr.range }));
}
