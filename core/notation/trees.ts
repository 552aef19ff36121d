/** Builders of syntax trees that no text stands behind: names, calls, products, quotients, powers. */
import type { Dim } from '../algebra/dim';
import { isIntegerQ, isNegativeQ, negQ, rational, type Rational } from '../algebra/rational';
import type { Measured } from './cost';
import type { BinaryOperator, Expr, IndexItem, NameExpr, Range } from '../syntax/tree';

const range: Range = { start: 0, end: 0 };
// Each has the room for its size from the start (see `cost.ts`), so that none changes its layout later.
const printed = undefined;
type Made<T> = T & Measured;

export const named = (name: string): NameExpr => ({ kind: 'name', name, range, printed } as Made<NameExpr>);
export const digits = (text: string): Expr => ({ kind: 'number', text, range, printed } as Made<Expr>);
export const whole = (n: number | bigint): Expr => digits(`${n}`);
export const binary = (op: BinaryOperator, left: Expr, right: Expr): Expr => ({ kind: 'binary', op, left, right, opRange: range, implicit: false, range, printed } as Made<Expr>);
export const minus = (arg: Expr): Expr => ({ kind: 'unary', op: '-', arg, range, printed } as Made<Expr>);
export const call = (name: string, ...args: readonly Expr[]): Expr => ({ kind: 'call', callee: named(name), args, range, printed } as Made<Expr>);
export const transposeOf = (arg: Expr): Expr =>
  arg.kind === 'transpose' ? arg.arg : arg.kind === 'inverseTranspose' ? raisedTo(arg.arg, minus(whole(1))) : { kind: 'transpose', arg, range, printed } as Made<Expr>;
export const inverseTransposeOf = (arg: Expr): Expr => ({ kind: 'inverseTranspose', arg, range, printed } as Made<Expr>);
export const raisedTo = (base: Expr, exponent: Expr, elementwise = false): Expr => ({ kind: 'power', base, exponent, elementwise, range, printed } as Made<Expr>);
export const nabla = (name: string, order: number, args: readonly Expr[]): Expr => ({ kind: 'nabla', order, callee: named(name), args, range, printed } as Made<Expr>);
export const blocksOf = (rows: readonly (readonly Expr[])[]): Expr => ({ kind: 'blocks', rows, range, printed } as Made<Expr>);
export const all: IndexItem = { kind: 'all', range };
export const itemAt = (expr: Expr): IndexItem => ({ kind: 'at', expr, range });
export const itemRange = (from: Expr, to: Expr): IndexItem => ({ kind: 'range', from, to, range });
export const indexed = (arg: Expr, items: readonly IndexItem[]): Expr => ({ kind: 'index', arg, items, range, printed } as Made<Expr>);

/**
 * The product, written from left to right: a product on the right joins the chain, since a*(b*c) = (a*b)*c, and so does a
 * quotient, of which the lower part is a scalar.
 */
export function times(left: Expr, right: Expr): Expr {
  if (right.kind === 'binary' && (right.op === '*' || right.op === '/')) return binary(right.op, times(left, right.left), right.right);
  if (left.kind === 'binary' && left.op === '/') return binary('/', times(left.left, right), left.right);
  return binary('*', left, right);
}
export function productOf(factors: readonly Expr[]): Expr | undefined {
  const [first, ...rest] = factors;
  return first && rest.reduce(times, first);
}

/** Fractions with powers of 2 and 5 below are written as decimals from here on. */
const LARGE_DENOMINATOR = 64n;

/** What the parser reads as one number, with room to spare: digits (`MAX_WORD`), and the exponent behind an `e` (`parseQ`). */
const MOST_DIGITS = 150;
const HIGHEST_EXPONENT = 300;
/** Longer decimals are written with an exponent. */
const MOST_PLACES = 60;
/** The greatest power of ten that is written as one: beyond 4096 bits a power is not worked out (`powQ`). */
const HIGHEST_POWER = 1000;

/** A number ≥ 0. Halves and thirds are quotients, 1/1000 is 0.001. Longer ones than the parser reads are sums and products of shorter ones. */
export function numberTree(q: Rational): Expr {
  if (isNegativeQ(q)) return minus(numberTree(negQ(q)));
  if (isIntegerQ(q)) return integerTree(q.n);
  const decimal = decimalText(q);
  return decimal === undefined ? binary('/', integerTree(q.n), integerTree(q.d)) : digits(decimal);
}

/** 0.001 for 1/1000; undefined for 1/3, for small denominators such as 2, which people write below a line, and for what is too long for one number. */
export function decimalText(q: Rational): string | undefined {
  if (isIntegerQ(q) || (q.d % 10n !== 0n && q.d < LARGE_DENOMINATOR)) return undefined;
  let rest = q.d;
  let fives = 0;
  let twos = 0;
  while (rest % 5n === 0n) { rest /= 5n; fives++; }
  while (rest % 2n === 0n) { rest /= 2n; twos++; }
  const places = Math.max(fives, twos);
  if (rest !== 1n || places > HIGHEST_EXPONENT) return undefined;
  const scaled = (q.n * 10n ** BigInt(places)) / q.d;
  const text = `${scaled}`;
  if (text.length > MOST_DIGITS) return undefined;
  if ((places > 6 && text.length < 4) || places > MOST_PLACES) return `${text}e-${places}`;
  return text.length > places ? `${text.slice(0, -places)}.${text.slice(-places)}` : `0.${text.padStart(places, '0')}`;
}

/** A whole number ≥ 0: 12, 5e9, 7*10^400, and the first digits' number plus the others' where there are very many. */
export function integerTree(n: bigint): Expr {
  const text = `${n}`;
  const zeros = /0*$/.exec(text)?.[0].length ?? 0;
  const shown = zeros > 6 && n !== 0n ? text.slice(0, -zeros) : text;
  if (shown.length > MOST_DIGITS) {
    const low = BigInt(text.slice(-MOST_DIGITS - (text.length - shown.length)));
    return binary('+', integerTree(n - low), integerTree(low));
  }
  if (shown === text) return digits(text);
  if (zeros <= HIGHEST_EXPONENT) return digits(`${shown}e${zeros}`);
  const tens = Array.from({ length: Math.ceil(zeros / HIGHEST_POWER) }, (_, k) => powerTree(digits('10'), rational(Math.min(HIGHEST_POWER, zeros - k * HIGHEST_POWER))));
  return productOf([...(shown === '1' ? [] : [digits(shown)]), ...tens]) ?? digits(text);
}

/** base^q; the exponent 1 is not written, and no minus under an even one. */
export function powerTree(base: Expr, q: Rational, elementwise = false): Expr {
  if (isIntegerQ(q) && q.n === 1n) return base;
  if (isIntegerQ(q) && q.n % 2n === 0n && base.kind === 'unary' && base.op === '-') return powerTree(base.arg, q, elementwise);
  const size = isNegativeQ(q) ? negQ(q) : q;
  const text = isIntegerQ(size) ? digits(`${size.n}`) : binary('/', integerTree(size.n), integerTree(size.d));
  return raisedTo(base, isNegativeQ(q) ? minus(text) : text, elementwise);
}

/** A dimension as an expression: `2*n + 1`. */
export function dimTree(dim: Dim): Expr {
  const [first, ...rest] = dim.terms;
  if (!first) return whole(0);
  const term = (coefficient: number, names: readonly string[]): Expr => {
    const halves = !Number.isInteger(coefficient);
    const factors = [...countedNames(names)].map(([name, count]) => powerTree(named(name), rational(count)));
    const size = halves ? coefficient * 2 : coefficient;
    const product = productOf([...(size === 1 && factors.length > 0 ? [] : [whole(size)]), ...factors]) ?? whole(size);
    return halves ? binary('/', product, whole(2)) : product;
  };
  const lead = term(Math.abs(first.coefficient), first.names);
  return rest.reduce((sum, t) => binary(t.coefficient < 0 ? '-' : '+', sum, term(Math.abs(t.coefficient), t.names)), first.coefficient < 0 ? minus(lead) : lead);
}

function countedNames(names: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const n of names) counts.set(n, (counts.get(n) ?? 0) + 1);
  return counts;
}

/** above / below, where a quotient above joins its line. */
export function over(above: Expr, below: Expr): Expr {
  if (above.kind !== 'binary' || above.op !== '/') return binary('/', above, below);
  const first = below.kind === 'number' ? times(below, above.right) : times(above.right, below);
  return binary('/', above.left, first);
}
