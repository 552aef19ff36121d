/** What a person would call an intermediate value. */
import { isOne, isScalar } from '../algebra/dim';
import type { Expr } from './expr';
import type { Facts } from './facts';
import type { Names } from './names';

/** The first of these that is free, else the first with a number. */
export function takeOne(names: Names, wishes: readonly string[]): string {
  const [first = 'T'] = wishes;
  return names.take(wishes.find((w) => names.isFree(w)) ?? first);
}

const VECTORS = ['u', 'v', 'h', 'g', 'q', 'p', 'c'], SOLUTIONS = ['z', 'u', 'v', 'h'], RESIDUALS = ['r', 'e', 'c'], MAPPED = ['p', 'q', 'a'], WEIGHTS = ['d', 'g', 'a'];
const PRODUCTS = ['P', 'G', 'H', 'T', 'U'], SOLVED = ['Z', 'U', 'H'], SYMMETRIC = ['S', 'C', 'B'], SUMS = ['R', 'D', 'C'], SCALED = ['D', 'C'], ENTRIES = ['M', 'N', 'T'], WEIGHTED = ['D', 'C', 'T'];
const NUMBERS = ['s', 'q', 'a', 'b'], CONSTANTS = ['c', 'a', 'b'];

/** `called` gives the names of parameters and of values that are there already. The likeliest comes first. */
export function wishesFor(value: Expr, facts: Facts, called: (e: Expr) => string | undefined): readonly string[] {
  const own = called(value);
  if (own !== undefined) return [own];
  const scalar = isScalar(value.shape);
  const vector = isOne(value.shape.rows) || isOne(value.shape.cols);
  const pick = (numbers: readonly string[], vectors: readonly string[], matrices: readonly string[]): readonly string[] => (scalar ? numbers : vector ? vectors : matrices);
  switch (value.kind) {
    case 'product': {
      const letters = value.factors.map((f) => letter(f, called));
      const joined = letters.every((l) => l !== undefined) ? letters.join('') : '';
      if (joined !== '' && joined.length <= 6) return [joined];
      return value.factors[0]?.kind === 'inverse' ? pick(NUMBERS, SOLUTIONS, SOLVED) : pick(NUMBERS, VECTORS, PRODUCTS);
    }
    case 'call':
      switch (value.op) {
        case 'chol': return ['L'];
        case 'lu': return [value.part === 1 ? 'pivots' : value.args[0] && facts.isSymmetric(value.args[0]) ? 'F' : 'LU'];
        case 'eigSym': return value.part === 0 ? ['Q', 'V'] : ['lambda', 'eigenvalues'];
        case 'positiveSpectrum': case 'nonnegativeSpectrum': return value.args[0]?.kind === 'call' && value.args[0].op === 'svd' ? ['sigma'] : ['lambda', 'eigenvalues'];
        case 'svd': return [['U', 'sigma', 'V'][value.part] ?? 'U'];
        case 'maximum': case 'rowMax': return ['largest'];
        case 'minimum': return ['smallest'];
        case 'choleskyLogdet': case 'luLogdet': case 'luLogAbsdet': return ['logDet'];
        case 'luDeterminant': return ['det'];
        case 'norm': return ['r', 'rho'];
        case 'unitVector': return ['u', 'v'];
        case 'rotation': return numbered('R', value, called);
        case 'skew3': return numbered('K', value, called);
        case 'prod': return ['product'];
        case 'productOfOthers': return ['others'];
        case 'centredRows': { const of = value.args[0] && letter(value.args[0], called); return of === undefined ? pick(NUMBERS, RESIDUALS, SUMS) : [`${of}c`]; }
        case 'blockInner': case 'blockSum': return pick(NUMBERS, VECTORS, ['F', 'G']);
        case 'squaredDistances': case 'weightedSquaredDistances': return ['D', 'N'];
        default: return value.op.length <= 8 ? [value.op] : pick(NUMBERS, VECTORS, ['F', 'G']);
      }
    case 'inverse': { const l = called(value.arg.kind === 'transpose' ? value.arg.arg : value.arg); return [l === undefined || l.length > 12 ? 'Inverse' : `${l}${l.length === 1 ? 'inv' : 'Inv'}`]; }
    case 'transpose': return [`${letter(value.arg, called) ?? 'A'}t`];
    case 'sum': return pick(NUMBERS, RESIDUALS, value.terms.length === 1 ? SCALED : facts.isSymmetric(value) ? SYMMETRIC : SUMS);
    case 'map': return pick(CONSTANTS, MAPPED, ENTRIES);
    case 'times': return pick(CONSTANTS, WEIGHTS, WEIGHTED);
    case 'total': case 'trace': return NUMBERS;
    default: return pick(CONSTANTS, VECTORS, PRODUCTS);
  }
}
/** A rotation by w2 is R2, one by a R or Ra. */
function numbered(letter: string, value: Expr & { kind: 'call' }, called: (e: Expr) => string | undefined): readonly string[] {
  const of = value.args[0] && called(value.args[0]);
  const number = of === undefined ? undefined : /\d+$/.exec(of)?.[0];
  return [...(number === undefined ? [letter] : [`${letter}${number}`]), ...(of !== undefined && of.length <= 3 ? [`${letter}${of}`] : []), letter];
}
function letter(e: Expr, called: (e: Expr) => string | undefined): string | undefined {
  const inner = e.kind === 'transpose' ? e.arg : e;
  const name = called(inner);
  const short = name !== undefined && name.length <= 3 ? name : undefined;
  return short === undefined ? undefined : e.kind === 'transpose' ? `${short}t` : short;
}
