/** Powers: of scalars, and principal powers of square matrices (inverse -1, square root 1/2). */
import { isScalar, sameDim } from './dim';
import type { Constructors, Graph } from './graph';
import type { Node } from './node';
import { unjoined } from './product';
import { addQ, equalQ, isIntegerQ, isNegativeQ, isOneQ, isZeroQ, keyQ, MINUS_ONE, mulQ, ONE, type Rational } from './rational';

/** (X'X)^k is written out as factors up to here. */
const EXPANDED_POWER = 8n;

export function powerConstructors(g: Graph): Pick<Constructors, 'power' | 'inverse'> {
  const power = (base: Node, exponent: Rational): Node => {
    if (isScalar(base.shape)) return g.product(ONE, [{ base, exponent }], []);
    if (!sameDim(base.shape.rows, base.shape.cols)) throw new Error(`a power of a ${base.shape.rows.key}×${base.shape.cols.key} matrix`);
    if (isZeroQ(exponent)) return g.identity(base.shape.rows);
    if (isOneQ(exponent)) return base;
    if (isNegativeQ(exponent)) g.implyInvertible(base);
    return byFact(base, exponent) ?? simpler(base, exponent) ?? intern(base, exponent);
  };

  /** With B^p = C assumed, which commutes with B: B^k = C^q B^r for k = q p + r; only whole k of p and more, and every k where C = I. */
  const byFact = (base: Node, exponent: Rational): Node | undefined => {
    const fact = g.powerFacts.get(base.id);
    if (!fact || !isIntegerQ(exponent)) return undefined;
    const isRoot = fact.equals.kind === 'identity';
    if (!isRoot && exponent.n < fact.exponent) return undefined;
    const r = ((exponent.n % fact.exponent) + fact.exponent) % fact.exponent;
    if (isRoot && r === exponent.n) return undefined;
    const q = (exponent.n - r) / fact.exponent;
    return g.mul(...(isRoot ? [] : [power(fact.equals, { n: q, d: 1n })]), r === 0n ? g.identity(base.shape.rows) : power(base, { n: r, d: 1n }));
  };

  const intern = (base: Node, exponent: Rational): Node =>
    g.intern(`^:${base.id}:${keyQ(exponent)}`, (id, linear) => ({ kind: 'power', id, base, exponent, shape: base.shape, linear }), [base]);

  const simpler = (base: Node, exponent: Rational): Node | undefined => {
    switch (base.kind) {
      case 'identity': return base;
      case 'zero': return isNegativeQ(exponent) ? undefined : base;
      // The one eigenvalue that is not 0 is n.
      case 'ones': return isNegativeQ(exponent) ? undefined : g.product(ONE, [{ base: g.dimension(base.shape.rows), exponent: addQ(exponent, MINUS_ONE) }], [base]);
      case 'transpose': return g.transpose(power(base.arg, exponent));
      case 'symbol': return g.isOrthogonal(base) && equalQ(exponent, MINUS_ONE) ? g.transpose(base) : undefined;
      case 'power':
        return isIntegerQ(exponent) || g.isPosdef(base.base) ? power(base.base, mulQ(base.exponent, exponent)) : undefined;
      case 'product': return ofProduct(base, exponent);
      case 'apply': return ofApply(base, exponent);
      case 'sum': return rankOne(g, base, exponent);
      default: return undefined;
    }
  };

  const ofProduct = (base: Node & { kind: 'product' }, exponent: Rational): Node | undefined => {
    const whole = isIntegerQ(exponent);
    const out = base.scalars.filter((p) => whole || g.isPositive(p.base));
    const coefficientOut = whole || !isNegativeQ(base.coefficient);
    if (out.length > 0 || (coefficientOut && !isOneQ(base.coefficient))) {
      const inside = g.product(coefficientOut ? ONE : base.coefficient, base.scalars.filter((p) => !out.includes(p)), base.factors);
      const scalars = out.map((p) => ({ base: p.base, exponent: mulQ(p.exponent, exponent) }));
      if (coefficientOut) scalars.push({ base: g.number(base.coefficient), exponent });
      return g.product(ONE, scalars, [power(inside, exponent)]);
    }
    if (base.scalars.length > 0 || !isOneQ(base.coefficient)) return undefined;
    const square = base.factors.every((f) => sameDim(f.shape.rows, f.shape.cols));
    if (equalQ(exponent, MINUS_ONE) && square) return g.mul(...[...base.factors].reverse().map((f) => power(f, MINUS_ONE)));
    if (whole && exponent.n > 0n && exponent.n <= EXPANDED_POWER) return g.mul(...Array.from({ length: Number(exponent.n) }, () => base.factors).flat());
    if (whole && exponent.n < 0n && square) return power(power(base, MINUS_ONE), mulQ(exponent, MINUS_ONE));
    return undefined;
  };

  const ofApply = (base: Node & { kind: 'apply' }, exponent: Rational): Node | undefined => {
    const [x, y] = base.args;
    if (base.op === 'diag' && x && x.shape.cols.key === '1' && (isIntegerQ(exponent) || g.isNonnegative(x))) return g.apply('diag', [g.elementPower(x, exponent)]);
    if (base.op === 'expm' && x && (isIntegerQ(exponent) || g.isSymmetric(x))) return g.apply('expm', [g.scale(exponent, x)]);
    if (base.op === 'kron' && x && y && isIntegerQ(exponent) && isSquare(x) && isSquare(y)) return g.apply('kron', [power(x, exponent), power(y, exponent)]);
    if (base.op === 'commutation' && equalQ(exponent, MINUS_ONE)) return g.transpose(base);
    return undefined;
  };
  return { power, inverse: (a) => power(a, MINUS_ONE) };
}

const isSquare = (a: Node): boolean => sameDim(a.shape.rows, a.shape.cols);

/**
 * (c I + a u u')^q = c^q I + ((c + a u'u)^q - c^q)/(u'u) u u' for fractional q, and for whole ones where the second of the two
 * eigenvalues c and c + a u'u is 0: a multiple of a projector.
 * (Higham 2008, Functions of Matrices, problem 1.5 with a rank-one argument.)
 */
function rankOne(g: Graph, base: Node & { kind: 'sum' }, exponent: Rational): Node | undefined {
  if (base.terms.length !== 2 || base.linear) return undefined;
  const I = base.terms.find((t) => scalarOf(g, t, 'identity'));
  const M = base.terms.find((t) => t !== I);
  if (!I || !M || (M.kind !== 'product' && M.kind !== 'ones')) return undefined;
  const factors = unjoined(g, M.kind === 'product' ? M.factors : [M]);
  const cutAt = factors.findIndex((f, i) => i > 0 && f.shape.rows.key === '1');
  if (cutAt < 1 || factors.length !== 2 * cutAt) return undefined;
  const u = g.mul(...factors.slice(0, cutAt));
  if (u !== g.transpose(g.mul(...factors.slice(cutAt)))) return undefined;
  const c = scalarOf(g, I, 'identity');
  if (!c) return undefined;
  const a = M.kind === 'product' ? g.product(M.coefficient, M.scalars, []) : g.number(1);
  const s = g.mul(g.transpose(u), u);
  const other = g.add(c, g.mul(a, s));
  if (isIntegerQ(exponent)) return other.kind === 'zero' && !isNegativeQ(exponent) ? g.mul(g.power(c, addQ(exponent, MINUS_ONE)), base) : undefined;
  const root = g.power(other, exponent);
  const cq = g.power(c, exponent);
  const result = g.add(g.mul(cq, g.identity(base.shape.rows)), g.mul(g.sub(root, cq), g.power(s, MINUS_ONE), u, g.transpose(u)));
  g.records.set(result.id, { rule: 'function of a rank-one update', condition: 'the vector is not 0 (the value extends continuously)' });
  return result;
}

/** c where the node is c * I. */
function scalarOf(g: Graph, a: Node, kind: 'identity'): Node | undefined {
  if (a.kind === kind) return g.number(1);
  return a.kind === 'product' && a.factors.length === 1 && a.factors[0]?.kind === kind ? g.product(a.coefficient, a.scalars, []) : undefined;
}

