/** Sizes as they are written: from an expression to a dimension. */
import type { Expr } from '../syntax/tree';
import { addDim, constantDim, dimName, dimNumber, mulDim, scaleDim, subDim, type Dim } from './dim';
import { MAX_SIZE_DEGREE, MAX_SIZE_TERMS } from './limits';
import type { Place } from './scope';
import { bare, excerpt } from './walk';

export interface SizeOptions {
  /** Names that are not known yet become dimensions. */
  readonly introduce: boolean;
  /** The result may be zero or negative (a bound to compare with). */
  readonly anySign?: boolean;
}

/** A whole number from 1, a dimension name, or a sum or product of them; undefined (and reported) for anything else. */
export function readSize(place: Place, expr: Expr, options: SizeOptions): Dim | undefined {
  const dim = polynomial(place, expr, options);
  if (!dim) {
    place.owner.broken = true;
    return undefined;
  }
  const value = constantDim(dim);
  const wrong = value === undefined ? dim.terms.every((t) => t.coefficient <= 0) : !Number.isInteger(value) || value < 1;
  if (!wrong || options.anySign) return dim;
  place.owner.broken = true;
  place.scope.report('MC3009', `a size must be a whole number that is at least 1; this is ${dim.key}`, expr.range);
  return undefined;
}

function polynomial(place: Place, expr: Expr, options: SizeOptions): Dim | undefined {
  const { scope } = place;
  const no = (why: string): undefined => void scope.report('MC3010', why, expr.range);
  const part = (e: Expr): Dim | undefined => polynomial(place, e, options);
  const e = bare(expr);
  switch (e.kind) {
    case 'missing':
      return undefined;
    case 'number': {
      const value = Number(e.text);
      return Number.isSafeInteger(value) ? dimNumber(value) : Number.isInteger(value) ? no(`${e.text} is too large for a size`) : (void scope.report('MC3009', `a size must be a whole number; this is ${e.text}`, expr.range));
    }
    case 'name': {
      if (place.indices.has(e.name)) return no(`the index \`${e.name}\` of a sum cannot be part of a size`);
      const entry = scope.names.get(e.name);
      if (entry && !scope.dimensions.has(e.name) && !(entry.kind === 'variable' && entry.unknown)) {
        return no(`\`${e.name}\` is a ${entry.kind}, not a dimension`);
      }
      if (!scope.dimensions.has(e.name)) {
        if (!options.introduce) return no(`\`${e.name}\` is no dimension of this file`);
        scope.dimensions.set(e.name, e.range);
      }
      return scope.equal.get(e.name) ?? dimName(e.name);
    }
    case 'unary': {
      const arg = part(e.arg);
      return arg && (e.op === '-' ? scaleDim(arg, -1) : arg);
    }
    case 'binary': {
      const left = part(e.left);
      const right = part(e.right);
      if (!left || !right) return undefined;
      const divisor = constantDim(right);
      const result = e.op === '+' ? addDim(left, right) : e.op === '-' ? subDim(left, right) : e.op === '*' || e.op === '.*' ? bounded(left, right) : e.op === '/' && divisor ? scaleDim(left, 1 / divisor) : undefined;
      return result ?? no(`\`${excerpt(scope.text, expr.range)}\` is no size: a size is a sum or product of dimension names and whole numbers`);
    }
    case 'power': {
      const base = part(e.base);
      const exponent = bare(e.exponent);
      const k = exponent.kind === 'number' ? Number(exponent.text) : NaN;
      let result: Dim | undefined = base && Number.isInteger(k) && k >= 1 && k <= MAX_SIZE_DEGREE ? base : undefined;
      for (let i = 1; i < k && result && base; i++) result = bounded(result, base);
      return result ?? (base && no(`\`${excerpt(scope.text, expr.range)}\` is no size: an exponent is a whole number from 1 to ${MAX_SIZE_DEGREE}`));
    }
    default:
      return no(`\`${excerpt(scope.text, expr.range)}\` is no size: a size is a sum or product of dimension names and whole numbers`);
  }
}

function bounded(a: Dim, b: Dim): Dim | undefined {
  const degree = (d: Dim): number => Math.max(0, ...d.terms.map((t) => t.names.length));
  return degree(a) + degree(b) > MAX_SIZE_DEGREE || a.terms.length * b.terms.length > MAX_SIZE_TERMS ? undefined : mulDim(a, b);
}
