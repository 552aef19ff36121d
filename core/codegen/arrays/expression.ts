/** Expressions over stored arrays as text of a language of whole arrays: products from the cheaper side, diagonals as scalings, units as picks. */
import { D1, isOne, isScalar, shape, type Shape } from '../../algebra/dim';
import { isOneQ, negQ, ONE, type Rational } from '../../algebra/rational';
import { CannotGenerate } from '../cannot-generate';
import type { Expr } from '../expr';
import { isNumberOne } from '../facts';
import { atom, type Dialect, type LinearTerm, type Text, type Value } from './dialect';

export interface ArrayWriter { (e: Expr): Value }

const kindOf = (s: Shape): Value['kind'] => (isScalar(s) ? 'scalar' : isOne(s.cols) ? 'column' : isOne(s.rows) ? 'row' : 'matrix');
/** Higher powers are written as powers. */
const MOST_DIVISIONS = 3n;
export const valueOf = (t: Text, s: Shape): Value => ({ text: t.text, strength: t.strength, shape: s, kind: kindOf(s) });

/** A factor of a product: a value, or something that is cheaper than the matrix that it stands for. */
type Factor =
  | { readonly is: 'value'; readonly value: Value }
  | { readonly is: 'diag'; readonly d: Value }
  | { readonly is: 'unit'; readonly e: Expr & { kind: 'unit' }; readonly turned: boolean }
  | { readonly is: 'range'; readonly e: Expr & { kind: 'range' }; readonly turned: boolean };

export function createArrayWriter(d: Dialect, nameOf: (name: string, local: boolean) => string, literal: (text: string) => string): ArrayWriter {
  const write = (e: Expr): Value => valueOf(textOf(e), e.shape);
  const textOf = (e: Expr): Text => {
    switch (e.kind) {
      case 'leaf': return atom(nameOf(e.name, e.local));
      case 'number': return d.number(e.value);
      case 'literal': return e.text === 'Math.PI' ? d.pi : atom(literal(e.text));
      case 'size': return d.size(e.dim);
      case 'identity': return d.identity(e.shape.rows);
      case 'ones': return d.ones(e.shape);
      case 'zeros': return d.zeros(e.shape);
      case 'unit': return d.unit(write(e.index), e.shape.rows);
      case 'range': return d.rows(valueOf(d.identity(e.shape.cols), shape(e.shape.cols, e.shape.cols)), e.from, e.shape.rows);
      case 'transpose': return turn(write(e.arg));
      case 'diag': return d.diag(write(e.arg));
      case 'diagOf': return d.diagOf(write(e.arg));
      case 'total': return total(e.arg);
      case 'trace': return trace(e.factors);
      case 'sum': return d.linear(e.terms.map(term), e.shape);
      case 'times': {
        const [only] = e.powers;
        if (e.powers.length === 1 && only && !isScalar(e.shape)) return d.power(write(only.base), only.exponent);
        const over = e.powers.filter((p) => p.exponent.n > 0n).map((p) => raised(p.base, p.exponent));
        const under = e.powers.filter((p) => p.exponent.n < 0n).flatMap((p) => below(p.base, negQ(p.exponent)));
        return d.times(over, under, e.shape);
      }
      case 'map': return d.map(e.fn, e.args.map(write), e.shape);
      case 'product': return product(e.factors);
      case 'inverse': case 'call': throw new CannotGenerate(`${e.kind} was not planned`);
    }
  };
  const turn = (v: Value): Text => (v.kind === 'scalar' || (d.flatVectors && v.kind !== 'matrix') ? v : d.transpose(v));
  const raised = (base: Expr, q: { readonly n: bigint; readonly d: bigint }): Value => (isOneQ(q) ? write(base) : valueOf(d.power(write(base), q), base.shape));
  const term = (t: { readonly coefficient: Expr; readonly arg: Expr }): LinearTerm => {
    const c = t.coefficient;
    const negative = c.kind === 'number' && c.value.n < 0n;
    const size: Expr = negative && c.kind === 'number' ? { ...c, value: negQ(c.value) } : c;
    const bare = t.arg.kind === 'ones' || isNumberOne(t.arg);
    if (isDyad(t.arg) && !isNumberOne(size)) return { negative, coefficient: undefined, arg: valueOf(product(t.arg.factors, [write(size)]), t.arg.shape) };
    return { negative, coefficient: isNumberOne(size) && !bare ? undefined : write(size), arg: bare ? undefined : write(t.arg) };
  };
  /** A number is divided factor by factor: the square of a divisor may be no number where the quotient is one. */
  const below = (base: Expr, exponent: Rational): readonly Value[] =>
    base.kind === 'leaf' && isScalar(base.shape) && exponent.d === 1n && exponent.n <= MOST_DIVISIONS ? Array.from({ length: Number(exponent.n) }, () => raised(base, ONE)) : [raised(base, exponent)];
  const total = (arg: Expr): Text => {
    const vectors = arg.kind === 'times' && arg.powers.every((p) => p.exponent.d === 1n && p.exponent.n > 0n) && kindOf(arg.shape) !== 'matrix';
    if (vectors && arg.kind === 'times') {
      const bases = arg.powers.flatMap((p) => Array.from({ length: Number(p.exponent.n) }, () => p.base));
      const [a, b] = bases;
      if (bases.length === 2 && a && b && !isScalar(a.shape) && !isScalar(b.shape)) return d.dot(write(a), write(b));
    }
    return d.total(write(arg));
  };
  const trace = (factors: readonly Expr[]): Text => {
    const whole = valueOf(product(factors), shape(factors[0]?.shape.rows ?? D1, factors[0]?.shape.rows ?? D1));
    return d.total(valueOf(d.diagOf(whole), shape(whole.shape.rows, D1)));
  };

  const factorOf = (e: Expr): Factor => {
    const inner = e.kind === 'transpose' ? e.arg : e;
    const turned = e.kind === 'transpose';
    if (inner.kind === 'diag') return { is: 'diag', d: write(inner.arg) };
    if (inner.kind === 'unit') return { is: 'unit', e: inner, turned };
    if (inner.kind === 'range') return { is: 'range', e: inner, turned };
    return { is: 'value', value: write(e) };
  };
  /** A column times a row. */
  const isDyad = (e: Expr): e is Expr & { readonly kind: 'product' } => e.kind === 'product' && !isOne(e.shape.rows) && !isOne(e.shape.cols) && e.factors.some((f) => isOne(f.shape.cols));
  /** Split where a bond has dimension 1; between the parts stand outer products. */
  const product = (factors: readonly Expr[], by: readonly Value[] = []): Text => {
    const parts: Expr[][] = [[]];
    factors.forEach((f, k) => {
      parts[parts.length - 1]?.push(f);
      if (k < factors.length - 1 && isOne(f.shape.cols)) parts.push([]);
    });
    const values = parts.map(chain);
    const scalars = [...by, ...values.filter((v) => v.kind === 'scalar')];
    const arrays = values.filter((v) => v.kind !== 'scalar');
    const [first, second] = arrays;
    if (!first) return d.times(scalars, [], shape(D1, D1));
    // A number scales a vector before the matrix is made of it.
    const scaled = scalars.length === 0 ? first : valueOf(d.linear([{ negative: false, coefficient: d.times(scalars, [], shape(D1, D1)), arg: first }], first.shape), first.shape);
    return second ? d.outer(scaled, second) : scaled;
  };
  /** A part without bonds of dimension 1: from the right where it ends in a column, else from the left. */
  const chain = (part: readonly Expr[]): Value => {
    const list = part.map(factorOf);
    const last = part[part.length - 1];
    const right = last !== undefined && isOne(last.shape.cols) && !isOne(part[0]?.shape.rows ?? D1);
    const join = (a: Factor, b: Factor): Factor => joined(a, b);
    const made = right ? list.reduceRight((acc, f) => join(f, acc)) : list.reduce(join);
    return plain(made);
  };
  const plain = (f: Factor): Value => {
    switch (f.is) {
      case 'value': return f.value;
      case 'diag': return valueOf(d.diag(f.d), shape(f.d.shape.rows, f.d.shape.rows));
      case 'unit': { const v = valueOf(d.unit(write(f.e.index), f.e.shape.rows), f.e.shape); return f.turned ? valueOf(turn(v), shape(D1, f.e.shape.rows)) : v; }
      case 'range': { const v = write(f.e); return f.turned ? valueOf(d.transpose(v), shape(f.e.shape.cols, f.e.shape.rows)) : v; }
    }
  };
  const joined = (a: Factor, b: Factor): Factor => ({ is: 'value', value: multiplied(a, b) });
  const multiplied = (a: Factor, b: Factor): Value => {
    if (a.is === 'diag' && b.is === 'diag') return valueOf(d.diag(valueOf(d.times([a.d, b.d], [], a.d.shape), a.d.shape)), shape(a.d.shape.rows, a.d.shape.rows));
    if (a.is === 'diag') { const v = plain(b); return valueOf(v.kind === 'column' ? d.times([a.d, v], [], v.shape) : d.scaleRows(a.d, v), v.shape); }
    if (b.is === 'diag') { const v = plain(a); return valueOf(v.kind === 'row' ? d.times([v, valueOf(turn(b.d), v.shape)], [], v.shape) : d.scaleColumns(v, b.d), v.shape); }
    if (b.is === 'unit' && !b.turned) {
      const v = plain(a);
      const index = write(b.e.index);
      return v.kind === 'row' ? valueOf(d.entry(v, atom('0'), index), shape(D1, D1)) : valueOf(d.column(v, index), shape(v.shape.rows, D1));
    }
    if (a.is === 'unit' && a.turned) {
      const v = plain(b);
      const index = write(a.e.index);
      return v.kind === 'column' ? valueOf(d.entry(v, index, atom('0')), shape(D1, D1)) : valueOf(d.row(v, index), shape(D1, v.shape.cols));
    }
    if (a.is === 'range' && !a.turned) { const v = plain(b); return valueOf(d.rows(v, a.e.from, a.e.shape.rows), shape(a.e.shape.rows, v.shape.cols)); }
    if (b.is === 'range' && b.turned) {
      const v = plain(a);
      return valueOf(v.kind === 'row' ? turn(valueOf(d.rows(valueOf(turn(v), shape(v.shape.cols, D1)), b.e.from, b.e.shape.rows), shape(b.e.shape.rows, D1))) : d.columns(v, b.e.from, b.e.shape.rows), shape(v.shape.rows, b.e.shape.rows));
    }
    const [x, y] = [plain(a), plain(b)];
    const s = shape(x.shape.rows, y.shape.cols);
    return valueOf(isScalar(s) ? d.dot(x, y) : d.multiply(x, y), s);
  };
  return write;
}
