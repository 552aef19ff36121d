/** Nodes of the graph as polynomials in letters, with the relations that their operators bring: inv(A)*A = I, sqrtm(A)^2 = A, chol(A)*chol(A)' = A. */
import { isOne, isScalar, sameDim, shape, type Dim } from '../algebra/dim';
import type { Graph } from '../algebra/graph';
import type { Node, ScalarPower } from '../algebra/node';
import { MINUS_ONE, ONE, type Rational } from '../algebra/rational';
import { childrenOf } from '../algebra/substitute';
import type { LetterOptions } from './alphabet';
import { createInverses, type Inverses } from './inverses';
import { createMakers, type Makers } from './makers';
import { operatorReaders } from './operators';
import { add, isZero, onlyTerm, polynomialKey, scale, Unfit, zero, type Path, type Polynomial } from './polynomial';
import type { Ring } from './ring';

export interface Reader {
  readonly g: Graph;
  readonly ring: Ring;
  readonly inverses: Inverses;
  readonly makers: Makers;
  poly(a: Node): Polynomial;
  /** A letter for what the prover sees no deeper into: equal arguments make equal letters. */
  opaque(a: Node, args?: readonly Polynomial[]): Polynomial;
  /** s^n for a scalar and a size. */
  sizePower(s: Polynomial, n: Dim): Polynomial;
  /** A node as text, for the names of relations. */
  text(a: Node): string;
  relate(p: Polynomial, label: string): void;
  minus(a: Polynomial, b: Polynomial): Polynomial;
}

/** Powers beyond these are letters of their own. */
const HIGHEST = 12n;

export function createReader(g: Graph, ring: Ring, text: (a: Node) => string): Reader {
  const memo = new Map<number, Polynomial>();
  const inverses = createInverses(ring);
  const makers = createMakers(ring, (n) => poly(g.dimension(n)));
  const minus = (a: Polynomial, b: Polynomial): Polynomial => add(a, scale(MINUS_ONE, b));
  const relate = (p: Polynomial, label: string): void => { ring.relate(p, [label]); };

  const poly = (a: Node): Polynomial => {
    const old = memo.get(a.id);
    if (old) return old;
    const made = ring.normal(read(a));
    memo.set(a.id, made);
    return made;
  };

  const symmetryOf = (a: Node): LetterOptions => ({ ...(g.isDiagonal(a) ? { symmetry: 'diagonal' } as const : g.isSymmetric(a) ? { symmetry: 'symmetric' } as const : g.isSkew(a) ? { symmetry: 'skew' } as const : {}) });
  const isSquare = (a: Node): boolean => sameDim(a.shape.rows, a.shape.cols);

  const named = (a: Node, key: string): Polynomial => {
    if (isScalar(a.shape)) return ring.ofScalar(ring.alphabet.scalarOf(key));
    const l = ring.alphabet.letterOf(key, a.shape, isSquare(a) ? symmetryOf(a) : {});
    if (isSquare(a) && !a.linear && g.isOrthogonal(a)) {
      const [Q, T] = [ring.ofLetter(l.id), ring.ofLetter(l.mate)];
      relate(minus(ring.times(T, Q), ring.identity(a.shape.rows)), `${text(a)}'*${text(a)} = I`);
      relate(minus(ring.times(Q, T), ring.identity(a.shape.rows)), `${text(a)}*${text(a)}' = I`);
    } else if (isSquare(a) && !a.linear && g.isInvertible(a)) inverses.markInvertible(l.id, `inv(${text(a)})*${text(a)} = I`);
    return ring.ofLetter(l.id);
  };

  const opaque: Reader['opaque'] = (a, args) => {
    const inside = args ?? childrenOf(a).map(poly);
    const name = a.kind === 'apply' ? `${a.op}(${a.dims.map((d) => d.key).join()})` : a.kind === 'power' ? `power${a.exponent.n}/${a.exponent.d}` : a.kind;
    return named(a, `${name}:${a.shape.rows.key},${a.shape.cols.key}:${inside.map(polynomialKey).join(';')}`);
  };

  const power = (p: Polynomial, n: bigint): Polynomial => {
    let out = isScalar(p.shape) ? ring.number(ONE) : ring.identity(p.shape.rows);
    for (let k = 0n; k < n; k++) out = ring.normal(ring.times(out, p));
    return out;
  };

  /** The root of a base whose d-th power is the base; d is the least number for all roots of it. */
  const root = (a: Node, d: bigint): Polynomial => {
    const base = poly(a);
    const key = `root${d}:${polynomialKey(base)}`;
    const isNew = isScalar(a.shape) ? !ring.alphabet.scalars.some((s) => s.key === key) : !ring.alphabet.knownLetter(key);
    const R = isScalar(a.shape) ? ring.ofScalar(ring.alphabet.scalarOf(key)) : ring.ofLetter(ring.alphabet.letterOf(key, a.shape, g.isSymmetric(a) ? { symmetry: 'symmetric' } : {}).id);
    if (isNew) relate(minus(powerOf(R, d), base), isScalar(a.shape) ? '' : `(${text(a)}^(1/${d}))^${d} = ${text(a)}`);
    if (isNew && !isScalar(a.shape) && (g.isInvertible(a) || g.isPosdef(a))) inverses.markInvertible(onlyTerm(R)?.word[0] ?? 0, `inv(${text(a)}^(1/${d}))*${text(a)}^(1/${d}) = I`);
    return R;
  };
  const powerOf = (R: Polynomial, d: bigint): Polynomial => ring.times(...Array.from({ length: Number(d) }, () => R));

  /** The roots of a base that occur, as one denominator. */
  const denominators = new Map<number, bigint>();
  const note = (a: Node): void => {
    const seen = new Set<number>();
    const stack = [a];
    for (let x = stack.pop(); x; x = stack.pop()) {
      if (seen.has(x.id)) continue;
      seen.add(x.id);
      for (const { base, exponent } of powersIn(x)) denominators.set(base.id, lcm(denominators.get(base.id) ?? 1n, exponent.d));
      stack.push(...childrenOf(x));
    }
  };

  const raised = (base: Node, exponent: Rational): Polynomial => {
    const d = denominators.get(base.id) ?? exponent.d;
    const n = (exponent.n * d) / exponent.d;
    const size = n < 0n ? -n : n;
    if (size > HIGHEST) throw new Unfit('a high power');
    const R = d === 1n ? poly(base) : root(base, d);
    if (n >= 0n) return power(R, n);
    return power(ring.normal(inverses.inverse(R, inverseLabel(base, d))), size);
  };
  const inverseLabel = (base: Node, d: bigint): string => {
    if (isScalar(base.shape)) return '';
    if (d !== 1n) return `inv(${text(base)}^(1/${d}))*${text(base)}^(1/${d}) = I`;
    return base.kind === 'symbol' ? `inv(${text(base)})*${text(base)} = I` : `inv(M)*M = I for M = ${text(base)}`;
  };

  const linear = (args: readonly Node[], a: Node, of: (...paths: readonly Path[]) => Polynomial): Polynomial => makers.linear(args.map(poly), a.shape, of);

  const read = (a: Node): Polynomial => {
    switch (a.kind) {
      case 'symbol': return named(a, `symbol:${a.role}:${a.name}`);
      case 'identity': return ring.identity(a.shape.rows);
      case 'ones': return makers.ones(a.shape);
      case 'zero': return zero(a.shape);
      case 'basis': return named(a, `basis:${polynomialKey(poly(a.index))}:${a.shape.rows.key}`);
      case 'selector': return selector(a.from, a.to, a.shape.cols);
      case 'transpose': return ring.transpose(poly(a.arg));
      case 'product': return product(a.coefficient, a.scalars, a.factors);
      case 'chain': return ring.times(...a.factors.map(poly));
      case 'sum': return a.terms.map(poly).reduce((x, y) => add(x, y));
      case 'power': return raised(a.base, a.exponent);
      case 'hadamard': {
        const whole = a.factors.every((f) => f.exponent.d === 1n && f.exponent.n > 0n && f.exponent.n <= 4n);
        if (whole) return linear(a.factors.flatMap((f) => Array.from({ length: Number(f.exponent.n) }, () => f.base)), a, (...paths) => makers.hadamard(paths));
        if (a.factors.length === 1) return elementPower(a);
        return linear(a.factors.map((f) => g.elementPower(f.base, f.exponent)), a, (...paths) => makers.hadamard(paths));
      }
      case 'apply': return operatorReaders[a.op]?.(reader, a) ?? opaque(a);
    }
  };

  /** x .^ p with p that is no small whole number; x.^-1 undoes x. */
  const elementPower = (a: Node & { kind: 'hadamard' }): Polynomial => {
    const [f] = a.factors;
    if (!f) return makers.ones(a.shape);
    const made = named(a, `elements:${f.exponent.n}/${f.exponent.d}:${polynomialKey(poly(f.base))}`);
    if (isOne(a.shape.cols) && f.exponent.d === 1n && f.exponent.n === -1n) {
      const both = makers.linear([poly(f.base), made], a.shape, (x, y) => makers.hadamard([x as Path, y as Path]));
      if (!isZero(minus(both, makers.ones(a.shape)))) relate(minus(both, makers.ones(a.shape)), 'x .* x.^-1 = 1');
    }
    return made;
  };

  const product = (coefficient: Rational, scalars: readonly ScalarPower[], factors: readonly Node[]): Polynomial =>
    ring.times(ring.number(coefficient), ...scalars.map((p) => raised(p.base, p.exponent)), ...factors.map(poly));

  const selector = (from: Dim, to: Dim, n: Dim): Polynomial => {
    const rows = g.selector(from, to, n).shape.rows;
    const key = `selector:${from.key}:${to.key}:${n.key}`;
    const isNew = !ring.alphabet.knownLetter(key);
    const l = ring.alphabet.letterOf(key, shape(rows, n));
    const S = ring.ofLetter(l.id);
    if (isNew) relate(minus(ring.times(S, ring.ofLetter(l.mate)), ring.identity(rows)), 'blocks of I');
    return S;
  };

  const sizePower: Reader['sizePower'] = (s, n) => {
    const only = onlyTerm(s);
    if (n.terms.every((t) => t.names.length === 0)) return power(s, BigInt(n.terms[0]?.coefficient ?? 0));
    if (!only || n.terms.some((t) => !Number.isInteger(t.coefficient))) return ring.ofScalar(ring.alphabet.scalarOf(`size:${polynomialKey(s)}^${n.key}`));
    const { n: top, d } = only.coefficient;
    const bases = [...(top === 1n && d === 1n ? [] : [ring.number(only.coefficient)]), ...only.scalars.map((id) => ring.ofScalar(ring.alphabet.scalar(id)))];
    return ring.times(ring.number(ONE), ...bases.flatMap((b) => n.terms.map((t) => {
      const over = [...b.terms.values()][0]?.scalars[0];
      const under = over === undefined ? undefined : inverses.denominator(over);
      const key = `size:${polynomialKey(under ?? b)}^${t.names.join('*')}`;
      const p = t.names.length === 0 ? b : ring.ofScalar(ring.alphabet.scalarOf(key));
      const times = (under && t.names.length > 0 ? -1 : 1) * t.coefficient;
      return times >= 0 ? power(p, BigInt(times)) : power(inverses.scalarInverse(p), BigInt(-times));
    })));
  };

  const reader: Reader = { g, ring, inverses, makers, poly: (a) => { note(a); return poly(a); }, opaque, sizePower, text, relate, minus };
  return reader;
}

function powersIn(a: Node): readonly { readonly base: Node; readonly exponent: Rational }[] {
  if (a.kind === 'power') return [a];
  return a.kind === 'product' ? a.scalars : [];
}
function lcm(a: bigint, b: bigint): bigint {
  let [x, y] = [a, b];
  while (y !== 0n) [x, y] = [y, x % y];
  return (a / x) * b;
}
