/** What powers of scalars, or of arrays entry by entry, become beside each other: x*sign(x) = abs(x), x*(1 + y/x) = x + y. */
import { isScalar } from '../algebra/dim';
import type { Graph } from '../algebra/graph';
import type { ElementPower, Node } from '../algebra/node';
import { addQ, compareQ, isIntegerQ, isNegativeQ, isOneQ, isZeroQ, mulQ, negQ, ONE, subQ, ZERO, type Rational } from '../algebra/rational';
import { numberOf } from '../algebra/sign';
import { weightOf } from '../algebra/weight';
import { oneMinusSigmoid, onePlusExp } from './elementwise';

export interface PowerIdentity {
  readonly text: string;
  /** The new powers, of which the product is that of the old ones; undefined where nothing changes. */
  readonly rewrite: (g: Graph, powers: readonly ElementPower[]) => readonly ElementPower[] | undefined;
}

/** x^p with an exponent that is no number, also entry by entry: x and p. */
export function symbolicPower(a: Node): { readonly x: Node; readonly p: Node } | undefined {
  const [x, p] = a.kind === 'apply' && (a.op === 'elementPower' || (a.op === 'power' && isScalar(a.shape))) ? a.args : [];
  return x && p && isScalar(p.shape) ? { x, p } : undefined;
}

/** The powers that together are x = s/t: (s/t)^p*s/t = (s/t)^(p + 1). */
function partsAmong(x: Node, powers: readonly ElementPower[]): readonly ElementPower[] | undefined {
  if (x.kind !== 'product' || x.factors.length > 0 || !isOneQ(x.coefficient)) return undefined;
  const found = x.scalars.map((s) => powers.find((q) => q.base === s.base && compareQ(q.exponent, s.exponent) === 0));
  return found.every((q) => q !== undefined) ? found : undefined;
}

/** x^p*x^q = x^(p + q), where at least one exponent is no number. */
function exponents(g: Graph, powers: readonly ElementPower[]): readonly ElementPower[] | undefined {
  for (const one of powers) {
    const own = symbolicPower(one.base);
    if (!own) continue;
    const parts = isOneQ(one.exponent) ? partsAmong(own.x, powers) : undefined;
    if (parts) return [...without(powers, one, ...parts), { base: g.apply('power', [own.x, g.add(own.p, g.number(1))]), exponent: ONE }];
    const others = powers.filter((q) => q !== one && (q.base === own.x || symbolicPower(q.base)?.x === own.x));
    if (others.length === 0 || ![one, ...others].every((q) => isIntegerQ(q.exponent))) continue;
    const total = g.add(...[one, ...others].map((q) => g.scale(q.exponent, symbolicPower(q.base)?.p ?? g.number(1))));
    const q = numberOf(total);
    const op = isScalar(own.x.shape) ? 'power' : 'elementPower';
    const made = q ? [{ base: own.x, exponent: q }] : [{ base: g.apply(op, [own.x, total]), exponent: ONE }];
    return [...without(powers, one, ...others), ...made.filter((m) => !isZeroQ(m.exponent))];
  }
  return undefined;
}

/** x where the node is op(x). */
const argOf = (a: Node, op: string): Node | undefined => (a.kind === 'apply' && a.op === op ? a.args[0] : undefined);
const without = (powers: readonly ElementPower[], ...gone: readonly (ElementPower | undefined)[]): ElementPower[] => powers.filter((p) => !gone.includes(p));

/** x^a*abs(x)^b*sign(x)^s by the power of the size and the parity of the sign; where they meet x is not 0, or the product is. */
function modulus(g: Graph, powers: readonly ElementPower[]): readonly ElementPower[] | undefined {
  for (const one of powers) {
    const x = argOf(one.base, 'abs') ?? argOf(one.base, 'sign');
    if (!x) continue;
    const plain = powers.find((p) => p.base === x);
    const abs = powers.find((p) => argOf(p.base, 'abs') === x);
    const sign = powers.find((p) => argOf(p.base, 'sign') === x);
    const [a, b, s] = [plain, abs, sign].map((p) => p?.exponent ?? ZERO) as [Rational, Rational, Rational];
    if (![a, b, s].every(isIntegerQ) || isNegativeQ(s) || (isZeroQ(a) && isZeroQ(b))) continue;
    const size = addQ(a, b);
    const isOdd = (a.n + s.n) % 2n !== 0n;
    const [powerOfX, powerOfAbs, powerOfSign] = (size.n % 2n !== 0n) === isOdd ? [size, ZERO, ZERO]
      : isZeroQ(size) ? [ZERO, ZERO, ONE] : isOdd ? [subQ(size, ONE), ONE, ZERO] : [ZERO, size, ZERO];
    if (compareQ(powerOfX, a) === 0 && compareQ(powerOfAbs, b) === 0 && compareQ(powerOfSign, s) === 0) continue;
    const made = [{ base: x, exponent: powerOfX }, { base: g.apply('abs', [x]), exponent: powerOfAbs }, { base: g.apply('sign', [x]), exponent: powerOfSign }];
    return [...without(powers, plain, abs, sign), ...made.filter((p) => !isZeroQ(p.exponent))];
  }
  return undefined;
}

/** What is cut off at 0: relu(x), or max(0, x). */
const cutOff = (a: Node): Node | undefined => {
  if (a.kind !== 'apply' || a.op !== 'max') return argOf(a, 'relu');
  const zero = a.args.find((x) => x.kind === 'zero');
  return zero && a.args.find((x) => x !== zero);
};

function ramp(_g: Graph, powers: readonly ElementPower[]): readonly ElementPower[] | undefined {
  for (const p of powers) {
    const x = compareQ(p.exponent, ZERO) > 0 ? cutOff(p.base) : undefined;
    const step = x && powers.find((q) => argOf(q.base, 'step') === x && compareQ(q.exponent, ZERO) > 0);
    if (step) return without(powers, step);
  }
  return undefined;
}

/** exp(u)^j / (1 + exp(u))^k for whole j and k, 0 <= j, where 1/(1 + exp(u)) may be written 1 - sigmoid(u) or sigmoid(-u). */
function logistic(g: Graph, powers: readonly ElementPower[]): readonly ElementPower[] | undefined {
  for (const p of powers) {
    if (!isIntegerQ(p.exponent)) continue;
    const isBelow = isNegativeQ(p.exponent);
    const v = isBelow ? undefined : argOf(p.base, 'sigmoid');
    const u = isBelow ? onePlusExp(p.base) : (oneMinusSigmoid(g, p.base) ?? (v && g.neg(v)));
    if (!u) continue;
    const k = isBelow ? negQ(p.exponent) : p.exponent;
    const e = powers.find((q) => argOf(q.base, 'exp') === u && isIntegerQ(q.exponent) && !isNegativeQ(q.exponent));
    if (!isBelow && !e) continue;
    const j = e ? (compareQ(e.exponent, k) < 0 ? e.exponent : k) : ZERO;
    const made = [{ base: g.apply('sigmoid', [u]), exponent: j }, { base: g.apply('sigmoid', [g.neg(u)]), exponent: subQ(k, j) }, ...(e ? [{ base: e.base, exponent: subQ(e.exponent, j) }] : [])];
    return [...without(powers, p, e), ...made.filter((q) => !isZeroQ(q.exponent))];
  }
  return undefined;
}

/** sin(x)/cos(x) = tan(x), tan(x)*cos(x) = sin(x), sin(x)/tan(x) = cos(x), as often as they are there; the same of sinh, cosh and tanh. */
function tangent(g: Graph, powers: readonly ElementPower[]): readonly ElementPower[] | undefined {
  const whole = powers.filter((p) => isIntegerQ(p.exponent));
  for (const [first, second, sign, result] of TANGENTS) {
    for (const p of whole) {
      const x = argOf(p.base, first);
      const q = x && whole.find((other) => argOf(other.base, second) === x);
      if (!x || !q || isNegativeQ(p.exponent) !== isNegativeQ(mulQ(sign, q.exponent))) continue;
      const other = mulQ(sign, q.exponent);
      const times = compareQ(size(p.exponent), size(other)) < 0 ? p.exponent : other;
      const made = [{ base: g.apply(result, [x]), exponent: times }, { base: p.base, exponent: subQ(p.exponent, times) }, { base: q.base, exponent: subQ(q.exponent, mulQ(sign, times)) }];
      return [...without(powers, p, q), ...made.filter((m) => !isZeroQ(m.exponent))];
    }
  }
  return undefined;
}
const MINUS = negQ(ONE);
const TANGENTS = [['sin', 'cos', MINUS, 'tan'], ['tan', 'cos', ONE, 'sin'], ['sin', 'tan', MINUS, 'cos'], ['sinh', 'cosh', MINUS, 'tanh'], ['tanh', 'cosh', ONE, 'sinh'], ['sinh', 'tanh', MINUS, 'cosh']] as const;
const size = (q: Rational): Rational => (isNegativeQ(q) ? negQ(q) : q);

/** The scalars below the line in a sum's terms, and the largest power of each. */
const lines = new WeakMap<Node, ReadonlyMap<Node, Rational>>();
function belowOf(a: Node & { readonly kind: 'sum' }): ReadonlyMap<Node, Rational> {
  const old = lines.get(a);
  if (old) return old;
  const found = new Map<Node, Rational>();
  for (const t of a.terms) {
    if (t.kind !== 'product') continue;
    for (const p of t.scalars) {
      if (!isIntegerQ(p.exponent) || !isNegativeQ(p.exponent) || numberOf(p.base)) continue;
      const old = found.get(p.base) ?? ZERO;
      if (compareQ(negQ(p.exponent), old) > 0) found.set(p.base, negQ(p.exponent));
    }
  }
  lines.set(a, found);
  return found;
}

/** p^f*(a + b/p^k)^e = p^(f - k*e)*(a*p^k + b)^e, where p^f stands on the line of the sum and has enough powers; below the line always. */
function fraction(g: Graph, powers: readonly ElementPower[]): readonly ElementPower[] | undefined {
  for (const sum of powers) {
    if (sum.base.kind !== 'sum' || !isIntegerQ(sum.exponent) || (!isScalar(sum.base.shape) && !isNegativeQ(sum.exponent))) continue;
    for (const [base, k] of belowOf(sum.base)) {
      const p = powers.find((q) => q.base === base && isIntegerQ(q.exponent));
      const by = mulQ(k, sum.exponent);
      const has = p?.exponent ?? ZERO;
      const left = subQ(has, by);
      const isEnough = !isZeroQ(has) && isNegativeQ(has) === isNegativeQ(by) && (isZeroQ(left) || isNegativeQ(left) === isNegativeQ(by));
      if (!isEnough && (!isNegativeQ(sum.exponent) || (isZeroQ(has) && powers.some((q) => q.base === base)))) continue;
      const cleared = g.add(...sum.base.terms.map((t) => g.product(ONE, [{ base, exponent: k }], [t])));
      if (weightOf(cleared) > weightOf(sum.base) + 3 * (sum.base.terms.length - 1)) continue;
      return [...without(powers, sum, p), { base: cleared, exponent: sum.exponent }, ...(isZeroQ(left) ? [] : [{ base, exponent: left }])];
    }
  }
  return undefined;
}

/** (a*p + b)^e beside (a + b/p)^f with a root's f is p^e*(a + b/p)^(e + f): roots keep their fractions, and what stands beside them joins them. */
function besideRoot(g: Graph, powers: readonly ElementPower[]): readonly ElementPower[] | undefined {
  for (const root of powers) {
    if (root.base.kind !== 'sum' || isIntegerQ(root.exponent)) continue;
    const below = [...belowOf(root.base)].map(([base, exponent]) => ({ base, exponent }));
    if (below.length === 0) continue;
    const cleared = g.add(...root.base.terms.map((t) => g.product(ONE, below, [t])));
    const other = powers.find((q) => q.base === cleared && isIntegerQ(q.exponent));
    if (other) return [...without(powers, root, other), { base: root.base, exponent: addQ(root.exponent, other.exponent) }, ...below.map((p) => ({ base: p.base, exponent: mulQ(p.exponent, other.exponent) }))];
  }
  return undefined;
}

/** x where the base is c*x with a number c: what a root keeps together. */
function multiplied(a: Node): { readonly c: Rational; readonly x: Node } | undefined {
  const [only, ...others] = a.kind === 'product' && a.factors.length === 0 && isScalar(a.shape) ? a.scalars : [];
  return a.kind === 'product' && only && others.length === 0 && isOneQ(only.exponent) && !isOneQ(a.coefficient) ? { c: a.coefficient, x: only.base } : undefined;
}

/** x^k*(c*x)^q = c^-k*(c*x)^(q + k) for a whole k: sqrt(-q)/q is -1/sqrt(-q). */
function underRoot(g: Graph, powers: readonly ElementPower[]): readonly ElementPower[] | undefined {
  for (const root of powers) {
    const own = isIntegerQ(root.exponent) ? undefined : multiplied(root.base);
    const plain = own && powers.find((q) => q.base === own.x && isIntegerQ(q.exponent));
    if (!own || !plain) continue;
    return [...without(powers, root, plain), { base: root.base, exponent: addQ(root.exponent, plain.exponent) }, { base: g.number(own.c), exponent: negQ(plain.exponent) }];
  }
  return undefined;
}

export const powerIdentities: readonly PowerIdentity[] = [
  { text: 'x*sign(x) = abs(x), abs(x)*sign(x) = x, abs(x)^2 = x^2', rewrite: modulus },
  { text: 'relu(x)*step(x) = relu(x)', rewrite: ramp },
  { text: '1/(1 + exp(u)) = sigmoid(-u), exp(u)/(1 + exp(u)) = sigmoid(u)', rewrite: logistic },
  { text: 'p*(a + b/p) = p*a + b', rewrite: fraction },
  { text: 'x^p*x^q = x^(p + q)', rewrite: exponents },
  { text: 'sin(x)/cos(x) = tan(x), tan(x)*cos(x) = sin(x), sin(x)/tan(x) = cos(x)', rewrite: tangent },
  { text: 'x^k*(c*x)^q = c^-k*(c*x)^(q + k)', rewrite: underRoot },
  { text: '(a*p + b)*(a + b/p)^(1/2) = p*(a + b/p)^(3/2)', rewrite: besideRoot },
];

/** Whether any identity may say something of a power: all of them look for one of these. */
const mayJoin = ({ base, exponent }: ElementPower): boolean =>
  base.kind === 'sum' || (!isIntegerQ(exponent) && multiplied(base) !== undefined) || (base.kind === 'apply' && JOINING.has(base.op));
const JOINING = new Set(['abs', 'sign', 'step', 'exp', 'power', 'elementPower', 'cos', 'tan', 'cosh', 'tanh']);

export function joinedPowers(g: Graph, powers: readonly ElementPower[]): readonly ElementPower[] | undefined {
  if (!powers.some(mayJoin)) return undefined;
  for (const { text, rewrite } of powerIdentities) {
    const made = rewrite(g, powers);
    if (made) { g.applied.add(text); return made; }
  }
  return undefined;
}
