/** Elementwise products and powers: scalars leave, equal bases merge, transposes are pulled out. */
import { isOne, isScalar } from './dim';
import type { Constructors, Graph } from './graph';
import type { ElementPower, Node, ScalarPower } from './node';
import { byLists, compareNodes } from './order';
import { addQ, isIntegerQ, isNegativeQ, isOneQ, isZeroQ, keyQ, mulQ, ONE, type Rational } from './rational';

export function hadamardConstructors(g: Graph): Pick<Constructors, 'hadamard' | 'elementPower' | 'elementProduct'> {
  const elementProduct = (coefficient: Rational, scalars: readonly ScalarPower[], factors: readonly ElementPower[]): Node => {
    const [first] = factors;
    if (!first) throw new Error('an elementwise product of nothing');
    const s = first.base.shape;
    const q = coefficient;
    const outside: ScalarPower[] = [...scalars];
    const bases = new Map<number, ElementPower>();
    const keep = (base: Node, e: Rational): void => {
      const old = bases.get(base.id);
      const total = old ? addQ(old.exponent, e) : e;
      if (isZeroQ(total)) bases.delete(base.id);
      else bases.set(base.id, { base, exponent: total });
    };
    const put = (a: Node, e: Rational): boolean => {
      if (a.kind === 'zero') { if (isNegativeQ(e)) { keep(a, e); return true; } return false; }
      if (a.kind === 'ones') return true;
      if (a.kind === 'product' && a.factors[0] && (a.factors.length === 1 || a.scalars.length > 0 || !isOneQ(a.coefficient))) {
        const whole = isIntegerQ(e);
        const free = a.scalars.filter((p) => !whole && !g.isPositive(p.base));
        if (free.length === 0 && (whole || !isNegativeQ(a.coefficient))) {
          outside.push({ base: g.number(a.coefficient), exponent: e }, ...a.scalars.map((p) => ({ base: p.base, exponent: mulQ(p.exponent, e) })));
          return put(a.factors.length === 1 ? a.factors[0] : g.product(ONE, [], a.factors), e);
        }
      }
      if (a.kind === 'hadamard' && (isIntegerQ(e) || a.factors.every((f) => g.isNonnegative(f.base)))) {
        return a.factors.every((f) => put(f.base, mulQ(f.exponent, e)));
      }
      const own = isOne(s.cols) && a.kind === 'product' && a.factors.length > 1 && isIntegerQ(e) ? diagonalOf(a.factors[0] as Node) : undefined;
      if (own && a.kind === 'product') return put(own, e) && put(g.product(a.coefficient, a.scalars, a.factors.slice(1)), e);
      if (a.kind === 'transpose' && a.arg.kind === 'hadamard' && isIntegerQ(e)) return a.arg.factors.every((f) => put(g.transpose(f.base), mulQ(f.exponent, e)));
      keep(a, e);
      return true;
    };
    for (const f of factors) if (!put(f.base, f.exponent)) return g.zero(s);
    const joined = g.joined([...bases.values()]);
    if (joined) {
      const [arrays, powers] = [joined.filter((p) => !isScalar(p.base.shape)), joined.filter((p) => isScalar(p.base.shape))];
      return arrays.length > 0 ? elementProduct(q, [...outside, ...powers], arrays) : g.product(q, [...outside, ...powers], [g.ones(s)]);
    }
    const list = [...bases.values()].sort((a, b) => compareNodes(a.base, b.base));
    const eye = list.find((f) => f.base.kind === 'identity');
    if (eye && !isNegativeQ(eye.exponent)) {
      const others = list.filter((f) => f !== eye);
      if (others.length === 0) return g.product(q, outside, [eye.base]);
      if (others.every((f) => !isNegativeQ(f.exponent))) {
        const d = g.apply('diag', [elementProduct(q, outside, others)]);
        return g.apply('diag', [d]);
      }
    }
    if (list.length === 0) return g.product(q, outside, [g.ones(s)]);
    const unit = list.find((f) => isOneQ(f.exponent) && isUnit(f.base));
    // A sum stays beside e(k), where it may be a common factor of what a softmax gives.
    if (unit && list.length > 1 && !((isOne(s.rows) || isOne(s.cols)) && list.some((f) => f.base.kind === 'sum'))) {
      const [row, column] = unitsOf(g, unit.base);
      const entries = list.filter((f) => f !== unit).map((f) => g.power(g.mul(...(row ? [g.transpose(row)] : []), f.base, ...(column ? [column] : [])), f.exponent));
      return g.mul(g.product(q, outside, []), ...entries, unit.base);
    }
    for (const f of isOne(s.rows) || isOne(s.cols) ? [] : list) {
      const scaling = scalingOf(g, f, list.length > 1);
      if (!scaling) continue;
      const others = list.filter((other) => other !== f);
      const by = g.elementPower(scaling.by, f.exponent);
      const outer = others.find((other) => isOneQ(other.exponent) && isOuter(other.base));
      const kept = outer ? [...others.filter((other) => other !== outer), { base: scaledOuter(g, outer.base, scaling.side, by), exponent: ONE }] : others;
      const rest = elementProduct(q, outside, scaling.rest ? [...kept, { base: scaling.rest, exponent: f.exponent }] : kept);
      if (outer) return rest;
      const diagonal = g.apply('diag', [by]);
      return scaling.side === 'rows' ? g.mul(diagonal, rest) : g.mul(rest, diagonal);
    }
    const [only] = list;
    if (list.length === 1 && only && isOneQ(only.exponent)) return g.product(q, outside, [only.base]);
    const asymmetric = list.filter((f) => !g.isSymmetric(f.base));
    const flipped = asymmetric.filter((f) => f.base.kind === 'transpose');
    const others = flipped.length * 2 < asymmetric.length || asymmetric.length === 0 ? undefined
      : list.map((f) => ({ base: g.transpose(f.base), exponent: f.exponent })).sort((a, b) => compareNodes(a.base, b.base));
    const turn = others !== undefined && (flipped.length * 2 > asymmetric.length || byLists(others, list, (a, b) => compareNodes(a.base, b.base)) < 0);
    const made = turn ? others : list;
    const shape = made[0]?.base.shape ?? s;
    const node = g.intern(`h:${made.map((f) => `${f.base.id}^${keyQ(f.exponent)}`).join()}`,
      (id, linear) => ({ kind: 'hadamard', id, factors: made, shape, linear }), made.map((f) => f.base));
    return g.product(q, outside, [turn ? g.transpose(node) : node]);
  };

  const hadamard = (...factors: readonly Node[]): Node => {
    const arrays = factors.filter((f) => !isScalar(f.shape));
    if (arrays.length === 0) return g.mul(...factors);
    const scalars = factors.filter((f) => isScalar(f.shape)).map((base) => ({ base, exponent: ONE }));
    return elementProduct(ONE, scalars, arrays.map((base) => ({ base, exponent: ONE })));
  };
  return {
    hadamard, elementProduct,
    elementPower: (a, e) => isScalar(a.shape) ? g.power(a, e) : isZeroQ(e) ? g.ones(a.shape) : elementProduct(ONE, [], [{ base: a, exponent: e }]),
  };
}

/** e(i), e(j)', E(i, j): x .* e(i) is x[i]*e(i). */
const isUnit = (a: Node): boolean => (a.kind === 'transpose' ? a.arg : a).kind === 'basis'
  || (a.kind === 'product' && a.factors.length === 2 && a.scalars.length === 0 && isOneQ(a.coefficient) && a.factors.every(isUnit));

/** The basis vectors of the row and of the column in which a unit is 1. */
function unitsOf(g: Graph, a: Node): readonly [Node | undefined, Node | undefined] {
  const [row, column] = a.kind === 'product' ? a.factors : a.kind === 'transpose' ? [undefined, a] : [a, undefined];
  return [row, column && g.transpose(column)];
}

interface Scaling { readonly side: 'rows' | 'cols'; readonly by: Node; readonly rest?: Node }

/** The u of (u*ones') .* A = diag(u)*A and of (diag(u)*B) .* A = diag(u)*(A .* B), with that B; and the same of columns. */
function scalingOf(g: Graph, { base, exponent }: ElementPower, hasOthers: boolean): Scaling | undefined {
  if (base.kind !== 'product' || base.factors.length < 2 || base.scalars.length > 0 || !isOneQ(base.coefficient)) return undefined;
  const [first, last] = [base.factors[0]!, base.factors.at(-1)!];
  const [behind, before] = [base.factors.slice(1), base.factors.slice(0, -1)];
  const product = (factors: readonly Node[]): Node => g.product(ONE, [], factors);
  if (hasOthers && last.kind === 'ones' && isOne(last.shape.rows)) return { side: 'rows', by: product(before) };
  if (hasOthers && first.kind === 'ones' && isOne(first.shape.cols)) return { side: 'cols', by: g.transpose(product(behind)) };
  if (!isIntegerQ(exponent)) return undefined;
  const [left, right] = [diagonalOf(first), diagonalOf(last)];
  if (left) return { side: 'rows', by: left, rest: product(behind) };
  return right ? { side: 'cols', by: right, rest: product(before) } : undefined;
}

const diagonalOf = (a: Node): Node | undefined => {
  const entries = a.kind === 'apply' && a.op === 'diag' ? a.args[0] : undefined;
  return entries && isOne(entries.shape.cols) ? entries : undefined;
};

/** x*y', with columns or chains that end in a column for x and y. */
const isOuter = (a: Node): boolean => a.kind === 'product' && a.factors.some((f) => isOne(f.shape.cols)) && !isOne(a.shape.rows) && !isOne(a.shape.cols);

/** diag(u)*x*y' = (u .* x)*y', x*y'*diag(v) = x*(v .* y)'. */
const scaledOuter = (g: Graph, a: Node, side: 'rows' | 'cols', by: Node): Node => {
  const diagonal = g.apply('diag', [by]);
  return side === 'rows' ? g.mul(diagonal, a) : g.mul(a, diagonal);
};
