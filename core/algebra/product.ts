/** Products: coefficients and scalars leave the matrix chain, equal bases merge, bonds of dimension 1 cut out scalars. */
import { isOne, isScalar, sameDim, shape, type Shape } from './dim';
import type { Constructors, Graph } from './graph';
import type { Node, ScalarPower } from './node';
import { addQ, equalQ, isIntegerQ, isOneQ, isZeroQ, MINUS_ONE, mulQ, ONE, type Rational } from './rational';
import { finish, mayRescale, rescaled } from './rescale';
import { scalarPowers } from './scalars';

/** A factor as base^exponent, transposed or not. */
export interface View { readonly base: Node; readonly exponent: Rational; readonly flipped: boolean }

export function viewOf(f: Node): View {
  const flipped = f.kind === 'transpose';
  const inner = flipped ? f.arg : f;
  return inner.kind === 'power' ? { base: inner.base, exponent: inner.exponent, flipped } : { base: inner, exponent: ONE, flipped };
}

export function productConstructors(g: Graph): Pick<Constructors, 'mul' | 'product' | 'scale'> {
  const product = (coefficient: Rational, scalars: readonly ScalarPower[], factors: readonly Node[]): Node => {
    const s = productShape(factors);
    const bag = scalarPowers(g, coefficient);
    for (const p of scalars) bag.push(p.base, p.exponent);
    const stack: Node[] = [];
    if (!collect(g, factors, bag, stack)) return g.zero(s);
    if (bag.isZero()) return g.zero(s);
    const rest = rejoined(g, cut(g, stack, bag));
    bag.settle();
    if (bag.isZero()) return g.zero(s);
    if (rest.length === 0 && !isScalar(s)) rest.push(isOne(s.rows) || isOne(s.cols) ? g.ones(s) : g.identity(s.rows));
    return finish(g, bag.coefficient(), bag.powers(), rest, s);
  };
  return {
    product,
    mul: (...factors) => product(ONE, [], factors),
    scale: (by, a) => (isOneQ(by) ? a : a.kind === 'product' && !isZeroQ(by) && mayRescale(a) ? rescaled(g, a, mulQ(by, a.coefficient)) : product(by, [], [a])),
  };
}

function productShape(factors: readonly Node[]): Shape {
  const arrays = factors.filter((f) => !isScalar(f.shape));
  const first = arrays[0];
  const last = arrays[arrays.length - 1];
  if (!first || !last) return { rows: one, cols: one };
  for (let i = 1; i < arrays.length; i++) {
    const a = arrays[i - 1];
    const b = arrays[i];
    if (a && b && !sameDim(a.shape.cols, b.shape.rows)) throw new Error(`a product of ${a.shape.rows.key}×${a.shape.cols.key} and ${b.shape.rows.key}×${b.shape.cols.key}`);
  }
  return shape(first.shape.rows, last.shape.cols);
}
const one = { key: '1', terms: [{ coefficient: 1, names: [] }] } as const;

/** Flattens and merges into the stack. False where a factor is zero. */
function collect(g: Graph, factors: readonly Node[], bag: ReturnType<typeof scalarPowers>, stack: Node[]): boolean {
  const queue = [...factors].reverse();
  while (queue.length > 0) {
    const f = queue.pop();
    if (!f) break;
    if (isScalar(f.shape)) { bag.push(f, ONE); continue; }
    if (f.kind === 'zero') return false;
    if (f.kind === 'identity') continue;
    if (f.kind === 'ones' && !isOne(f.shape.rows) && !isOne(f.shape.cols)) {
      // A bond of dimension 1, over which scalars leave.
      queue.push(...[...unjoined(g, [f])].reverse());
      continue;
    }
    if (f.kind === 'product') {
      bag.scale(f.coefficient);
      for (const p of f.scalars) bag.push(p.base, p.exponent);
      for (let i = f.factors.length - 1; i >= 0; i--) queue.push(f.factors[i] as Node);
      continue;
    }
    const merged = mergeTail(g, stack, f);
    if (merged) queue.push(...merged.reverse());
    else stack.push(f);
  }
  return true;
}

/** Joins f with the end of the stack where an identity of neighbours applies: pops what it used, returns what replaces it. */
function mergeTail(g: Graph, stack: Node[], f: Node): Node[] | undefined {
  const top = stack[stack.length - 1];
  if (!top) return undefined;
  for (const fact of g.factorFacts) {
    const n = fact.factors.length;
    if (fact.factors[n - 1] === f && tailIs(stack, fact.factors.slice(0, n - 1))) {
      stack.length -= n - 1;
      return [fact.equals];
    }
  }
  const a = viewOf(top);
  const b = viewOf(f);
  const repeated = g.factorFacts.length > 0 ? ofFactRepeated(g, top, f) : undefined;
  if (repeated) {
    stack.pop();
    return repeated;
  }
  if (a.base === b.base && sameDim(a.base.shape.rows, a.base.shape.cols)) {
    if (a.flipped === b.flipped) {
      stack.pop();
      return [raise(g, a.base, addQ(a.exponent, b.exponent), a.flipped)];
    }
    if (g.isOrthogonal(a.base) && equalQ(a.exponent, b.exponent)) {
      stack.pop();
      return [];
    }
  }
  const own = ownFactors(g, stack, a, f) ?? ownFactorsBefore(g, stack, b);
  if (own) return own;
  const pair = g.pair(top, f);
  if (pair) {
    stack.pop();
    return [pair];
  }
  const tail = g.tail(stack, f);
  if (!tail) return undefined;
  stack.length -= tail.used;
  return [tail.node];
}

/** A x = λ x is assumed: A^k x = λ^k x for whole k. Otherwise one A of A^k is used up, for k of 2 and more. */
function ofFactRepeated(g: Graph, top: Node, f: Node): Node[] | undefined {
  for (const { factors, equals } of g.factorFacts) {
    const [p, q] = factors;
    if (factors.length !== 2 || !p || !q) continue;
    const before = f === q ? wholePower(top, p) : undefined;
    const power = before ?? (top === p ? wholePower(f, q) : undefined);
    if (!power) continue;
    const other = before ? q : p;
    const scale = scaleOf(g, equals, other);
    if (scale) return [g.power(scale, power.exponent), other];
    if (power.exponent.n < 2n) continue;
    const rest = g.power(power.base, addQ(power.exponent, MINUS_ONE));
    return before ? [rest, equals] : [equals, rest];
  }
  return undefined;
}

const wholePower = (a: Node, base: Node): (Node & { kind: 'power' }) | undefined => (a.kind === 'power' && a.base === base && isIntegerQ(a.exponent) ? a : undefined);

/** c where the node is c * x. */
function scaleOf(g: Graph, a: Node, x: Node): Node | undefined {
  if (a === x) return g.number(1);
  return a.kind === 'product' && a.factors.length === 1 && a.factors[0] === x ? g.product(a.coefficient, a.scalars, []) : undefined;
}

const raise = (g: Graph, base: Node, exponent: Rational, flipped: boolean): Node => {
  const p = isZeroQ(exponent) ? g.identity(base.shape.rows) : g.power(base, exponent);
  return flipped ? g.transpose(p) : p;
};

const tailIs = (stack: readonly Node[], tail: readonly Node[]): boolean =>
  stack.length >= tail.length && tail.every((t, i) => stack[stack.length - tail.length + i] === t);

export const factorsOf = (g: Graph, v: View): readonly Node[] | undefined => {
  if (v.base.kind !== 'product' || !isOneQ(v.base.coefficient) || v.base.scalars.length > 0) return undefined;
  return v.flipped ? [...v.base.factors].reverse().map((x) => g.transpose(x)) : v.base.factors;
};

/** (X'X)^p X' · X: the power is followed by the factors of its own base. */
function ownFactors(g: Graph, stack: Node[], _top: View, f: Node): Node[] | undefined {
  for (let i = stack.length - 1; i >= 0 && stack.length - i < 8; i--) {
    const v = viewOf(stack[i] as Node);
    const list = factorsOf(g, v);
    if (!list || list.length !== stack.length - i || list[list.length - 1] !== f) continue;
    if (!list.slice(0, -1).every((x, k) => x === stack[i + 1 + k])) continue;
    stack.length = i;
    return [raise(g, v.base, addQ(v.exponent, ONE), v.flipped)];
  }
  return undefined;
}

/** X' X · (X'X)^p. */
function ownFactorsBefore(g: Graph, stack: Node[], v: View): Node[] | undefined {
  const list = factorsOf(g, v);
  if (!list || !tailIs(stack, list)) return undefined;
  stack.length -= list.length;
  return [raise(g, v.base, addQ(v.exponent, ONE), v.flipped)];
}

/** ones(m)*ones(n)' on its own is ones(m, n). */
function rejoined(g: Graph, factors: Node[]): Node[] {
  const [a, b] = factors;
  return factors.length === 2 && a?.kind === 'ones' && b?.kind === 'ones' ? [g.ones(shape(a.shape.rows, b.shape.cols))] : factors;
}

/** The factors with ones(m, n) as ones(m)*ones(n)', as other products of a column and a row stand. */
export const unjoined = (g: Graph, factors: readonly Node[]): readonly Node[] =>
  factors.flatMap((f) => (f.kind === 'ones' && !isOne(f.shape.rows) && !isOne(f.shape.cols) ? [g.ones(shape(f.shape.rows, one)), g.ones(shape(one, f.shape.cols))] : [f]));

/** Moves the 1×1 segments between bonds of dimension 1 into the scalars; what is left has at most one such bond inside. */
function cut(g: Graph, stack: readonly Node[], bag: ReturnType<typeof scalarPowers>): Node[] {
  const bonds: number[] = [];
  for (let i = 0; i <= stack.length; i++) {
    const dim = i === 0 ? stack[0]?.shape.rows : stack[i - 1]?.shape.cols;
    if (dim && isOne(dim)) bonds.push(i);
  }
  if (bonds.length < 2) return [...stack];
  for (let k = 1; k < bonds.length; k++) {
    const segment = stack.slice(bonds[k - 1], bonds[k]);
    bag.push(g.chain(segment), ONE);
  }
  return [...stack.slice(0, bonds[0]), ...stack.slice(bonds[bonds.length - 1])];
}
