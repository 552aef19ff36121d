/**
 * Numbers of the field with nilpotent parts ε₁, ε₂, …: one for each derivative that is being taken, εᵢ² = 0. Coefficients stand by the set
 * of ε's, as bits; missing ones are 0. f(x + ε v) = f(x) + ε Df(x)[v] then holds exactly, to every order.
 */
import { addF, fromInteger, fromRationalF, invF, mulF, negF, rootF, signF } from './field-numbers';
import { OutsideDomain } from './oracle-matrix';
import { isIntegerQ, ONE, rational, subQ, type Rational } from '../algebra/rational';

export type Jet = readonly number[];

export const jet = (a: number): Jet => [a];
export const ZERO_JET: Jet = [0];
export const ONE_JET: Jet = [1];
export const base = (a: Jet): number => a[0] ?? 0;
export const isZeroJet = (a: Jet): boolean => a.every((x) => x === 0);
export const sameJet = (a: Jet, b: Jet): boolean => Array.from({ length: Math.max(a.length, b.length) }, (_, i) => (a[i] ?? 0) === (b[i] ?? 0)).every(Boolean);

export const addJ = (a: Jet, b: Jet): Jet => Array.from({ length: Math.max(a.length, b.length) }, (_, i) => addF(a[i] ?? 0, b[i] ?? 0));
export const negJ = (a: Jet): Jet => a.map(negF);
export const subJ = (a: Jet, b: Jet): Jet => addJ(a, negJ(b));

export function mulJ(a: Jet, b: Jet): Jet {
  if (a.length === 1) return b.map((x) => mulF(base(a), x));
  if (b.length === 1) return a.map((x) => mulF(x, base(b)));
  const out = new Array<number>(Math.max(a.length, b.length)).fill(0);
  for (let i = 0; i < a.length; i++) {
    const x = a[i] ?? 0;
    if (x === 0) continue;
    for (let j = 0; j < b.length; j++) if ((i & j) === 0) out[i | j] = addF(out[i | j] ?? 0, mulF(x, b[j] ?? 0));
  }
  return out;
}

/** f(a₀ + n) = Σ cᵢ nⁱ, with the coefficients of f's series at a₀. */
function series(a: Jet, coefficient: (i: number) => number): Jet {
  const n: Jet = [0, ...a.slice(1)];
  let power: Jet = ONE_JET;
  let out: Jet = ZERO_JET;
  // n^(k+1) = 0 for k nilpotents.
  for (let i = 0; i <= Math.log2(a.length); i++) {
    out = addJ(out, mulJ([coefficient(i)], power));
    power = mulJ(power, n);
  }
  return out;
}

export const invJ = (a: Jet): Jet => {
  const x = invF(base(a));
  let c = x;
  return series(a, (i) => (i === 0 ? c : (c = negF(mulF(c, x)))));
};

/** The principal power; the exponent's denominator is a power of 2. @throws OutsideDomain elsewhere. */
export function powJ(a: Jet, p: Rational): Jet {
  if (isIntegerQ(p)) {
    if (p.n < 0n) return powJ(invJ(a), rational(Number(-p.n)));
    let out: Jet = ONE_JET;
    for (let k = 0n; k < p.n; k++) out = mulJ(out, a);
    return out;
  }
  let root = base(a);
  if (root === 0) throw new OutsideDomain('a root at 0');
  for (let d = p.d; d > 1n; d /= 2n) {
    if (d % 2n !== 0n) throw new OutsideDomain('a root that the field does not have');
    root = rootF(root);
  }
  const value = base(powJ([root], rational(Number(p.n))));
  const x = invF(base(a));
  // Binomial series: c₀ = a₀^p, cᵢ₊₁ = cᵢ (p - i)/((i + 1) a₀).
  let c = value;
  let q = p;
  return series(a, (i) => {
    if (i === 0) return c;
    c = mulF(mulF(mulF(c, fromRationalF(q)), invF(fromInteger(i))), x);
    q = subQ(q, ONE);
    return c;
  });
}

/** x times its sign. @throws OutsideDomain at 0, where it has no derivative. */
export function signJ(a: Jet): Jet {
  const s = signF(base(a));
  if (s === 0) throw new OutsideDomain('a sign at 0');
  return [s === 1 ? 1 : negF(1)];
}
