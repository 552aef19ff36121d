// Rows of the numeric operator table: functions of each entry, of one or of two arrays.
import { array, isScalar, value, type NumericArray } from '../array';
import { NumericError, show } from '../error';
import { relu, sigmoid, softplus, step } from '../kernels/activation';
import { erf, normcdf } from '../kernels/erf';
import { digamma, gamma, lgamma, polygamma, trigamma } from '../kernels/gamma';
import type { Implementation, Rows } from './row';

type Domain = (x: number) => string | undefined;

const positive: Domain = (x) => (x > 0 ? undefined : `${show(x)} is not positive`);
const nonnegative: Domain = (x) => (x >= 0 ? undefined : `${show(x)} is negative`);
const withinOne: Domain = (x) => (Math.abs(x) <= 1 ? undefined : `${show(x)} is not between -1 and 1`);
const noPole: Domain = (x) => (x <= 0 && Number.isInteger(x) ? `${show(x)} is a pole` : undefined);

export function map(a: NumericArray, f: (x: number) => number): NumericArray {
  const out = array(a.rows, a.cols);
  for (let i = 0; i < out.data.length; i++) out.data[i] = f(a.data[i]!);
  return out;
}

const each = (name: string, f: (x: number) => number, domain?: Domain): readonly [string, Implementation] => [
  name,
  ([a]) =>
    map(a!, (x) => {
      const reason = domain?.(x);
      if (reason !== undefined) throw new NumericError(name, reason);
      return f(x);
    }),
];

/** f entry by entry, a scalar with every entry. @throws NumericError where the shapes differ. */
export function zip(name: string, a: NumericArray, b: NumericArray, f: (x: number, y: number) => number): NumericArray {
  if (isScalar(a)) return map(b, (y) => f(value(a), y));
  if (isScalar(b)) return map(a, (x) => f(x, value(b)));
  if (a.rows !== b.rows || a.cols !== b.cols) throw new NumericError(name, `${a.rows}×${a.cols} and ${b.rows}×${b.cols} do not fit`);
  const out = array(a.rows, a.cols);
  for (let i = 0; i < out.data.length; i++) out.data[i] = f(a.data[i]!, b.data[i]!);
  return out;
}

const pair = (name: string, f: (x: number, y: number) => number): readonly [string, Implementation] => [name, ([a, b]) => zip(name, a!, b!, f)];

/** x / y. @throws NumericError for y = 0. */
export function divide(x: number, y: number): number {
  if (y === 0) throw new NumericError('/', 'division by zero');
  return x / y;
}

/** x^p of real numbers. @throws NumericError for a fractional power of a negative number and a negative power of 0. */
export function realPower(x: number, p: number): number {
  if (x === 0 && p < 0) throw new NumericError('^', p === -1 ? 'division by zero' : `0 to the power ${show(p)}`);
  if (x < 0 && !Number.isInteger(p)) throw new NumericError('^', `${show(x)} is negative and the exponent ${show(p)} is fractional`);
  if (p === 0.5) return Math.sqrt(x);
  if (p === -0.5) return 1 / Math.sqrt(x);
  if (p === -1) return 1 / x;
  return Math.pow(x, p);
}

function extreme(name: string, f: (x: number, y: number) => number): Implementation {
  return ([a, b]) => {
    if (b) return zip(name, a!, b, f);
    if (a!.data.length === 0) throw new NumericError(name, 'the array is empty');
    return array(1, 1, Float64Array.of(a!.data.reduce((x, y) => f(x, y))));
  };
}

export const elementwise: Rows = Object.fromEntries([
  each('exp', Math.exp), each('log', Math.log, positive), each('sqrt', Math.sqrt, nonnegative),
  each('sin', Math.sin), each('cos', Math.cos), each('tan', Math.tan),
  each('asin', Math.asin, withinOne), each('acos', Math.acos, withinOne), each('atan', Math.atan),
  each('sinh', Math.sinh), each('cosh', Math.cosh), each('tanh', Math.tanh),
  each('asinh', Math.asinh), each('acosh', Math.acosh, (x) => (x >= 1 ? undefined : `${show(x)} is less than 1`)),
  each('atanh', Math.atanh, (x) => (Math.abs(x) < 1 ? undefined : `${show(x)} is not within -1 and 1`)),
  each('log1p', Math.log1p, (x) => (x > -1 ? undefined : `${show(x)} is not greater than -1`)), each('expm1', Math.expm1),
  each('abs', Math.abs), each('sign', Math.sign), each('relu', relu), each('step', step),
  each('sigmoid', sigmoid), each('softplus', softplus), each('erf', erf), each('normcdf', normcdf),
  each('gamma', gamma, noPole), each('lgamma', lgamma, positive), each('digamma', digamma, noPole), each('trigamma', trigamma, noPole),
  each('neg', (x) => -x),
  pair('add', (x, y) => x + y), pair('sub', (x, y) => x - y), pair('hadamard', (x, y) => x * y), pair('elementDivide', divide),
  pair('elementPower', realPower),
  ['max', extreme('max', Math.max)], ['min', extreme('min', Math.min)],
  ['maximum', extreme('max', Math.max)], ['minimum', extreme('min', Math.min)],
  ['polygamma', polygammaRow],
] as const satisfies readonly (readonly [string, Implementation])[]);

function polygammaRow([k, x]: readonly NumericArray[]): NumericArray {
  const order = value(k!);
  if (!Number.isInteger(order) || order < 0 || order > 100) throw new NumericError('polygamma', `the order ${show(order)} is not a whole number from 0 to 100`);
  return map(x!, (t) => {
    const reason = noPole(t);
    if (reason !== undefined) throw new NumericError('polygamma', reason);
    return polygamma(order, t);
  });
}
