/** The constructors of machine expressions: they intern, flatten, merge, and push transposes down. No costs are weighed here. */
import { D1, isOne, isScalar, sameDim, sameShape, SCALAR, shape, transposed, type Dim, type Shape } from '../algebra/dim';
import type { StructureWord } from '../algebra/program';
import { addQ, isIntegerQ, isOneQ, isZeroQ, keyQ, mulQ, ONE, powQ, rational, toNumber, type Rational } from '../algebra/rational';
import { byFactors } from './by-factors';
import { BLOCK_SUMS, COMMUTING_CALLS, DISTANCES, hasCentred, isCentred, LINEAR_IN_SECOND, ORTHOGONAL_CALLS, SYMMETRIC_CALLS } from './calls';
import { CannotGenerate } from './cannot-generate';
import type { Expr, Power, Term } from './expr';

export interface Exprs {
  readonly all: readonly Expr[];
  leaf(name: string, s: Shape, words?: ReadonlySet<StructureWord>, local?: boolean): Expr;
  number(value: Rational | number): Expr;
  literal(text: string): Expr;
  size(dim: Dim): Expr;
  identity(n: Dim): Expr;
  ones(s: Shape): Expr;
  zeros(s: Shape): Expr;
  unit(index: Expr, n: Dim): Expr;
  range(from: Dim, rows: Dim, n: Dim): Expr;
  transpose(a: Expr): Expr;
  product(factors: readonly Expr[], rows?: Dim): Expr;
  sum(terms: readonly Term[], s: Shape): Expr;
  add(...args: readonly Expr[]): Expr;
  scale(by: Expr, a: Expr): Expr;
  times(powers: readonly Power[], s: Shape): Expr;
  multiply(...args: readonly Expr[]): Expr;
  power(a: Expr, exponent: Rational | number): Expr;
  map(fn: string, args: readonly Expr[], s?: Shape): Expr;
  inverse(a: Expr): Expr;
  diag(a: Expr): Expr;
  diagOf(a: Expr): Expr;
  total(a: Expr): Expr;
  /** The sum of all entries of what is computed entry by entry: products in it are no longer taken for work of their own. */
  entrySum(a: Expr): Expr;
  trace(a: Expr): Expr;
  call(op: string, args: readonly Expr[], s: Shape, dims?: readonly Dim[], part?: number): Expr;
}

/** Masks are maps that look at the place of an entry. */
const MASK_TRANSPOSED: Readonly<Record<string, string | undefined>> = { tril: 'triu', triu: 'tril', band: 'band', phi: 'phiT', phiT: 'phi' };
const NO_WORDS: ReadonlySet<StructureWord> = new Set();
const SYMMETRIC_WORDS: readonly StructureWord[] = ['symmetric', 'posdef', 'possemidef', 'diagonal'];

export function createExprs(): Exprs {
  const table = new Map<string, Expr>();
  const all: Expr[] = [];
  const intern = (key: string, make: (id: number) => Expr): Expr => {
    const old = table.get(key);
    if (old) return old;
    const made = make(all.length);
    table.set(key, made);
    all.push(made);
    return made;
  };
  const sizeKey = (s: Shape): string => `${s.rows.key},${s.cols.key}`;
  const valueOf = (e: Expr): Rational | undefined => (e.kind === 'number' ? e.value : undefined);
  const isZero = (e: Expr): boolean => e.kind === 'zeros' || (e.kind === 'number' && isZeroQ(e.value));
  const isNumberOne = (e: Expr): boolean => e.kind === 'number' && isOneQ(e.value);

  const number = (value: Rational | number): Expr => {
    const q = typeof value === 'number' ? rational(value) : value;
    return intern(`q:${keyQ(q)}`, (id) => ({ kind: 'number', id, value: q, shape: SCALAR }));
  };
  const ones = (s: Shape): Expr => isScalar(s) ? number(1) : intern(`1:${sizeKey(s)}`, (id) => ({ kind: 'ones', id, shape: s }));
  const zeros = (s: Shape): Expr => isScalar(s) ? number(0) : intern(`0:${sizeKey(s)}`, (id) => ({ kind: 'zeros', id, shape: s }));
  const identity = (n: Dim): Expr => isOne(n) ? number(1) : intern(`I:${n.key}`, (id) => ({ kind: 'identity', id, shape: shape(n, n) }));
  const leaf: Exprs['leaf'] = (name, s, words = NO_WORDS, local = false) =>
    intern(`s:${name}:${sizeKey(s)}:${[...words].sort().join()}:${local}`, (id) => ({ kind: 'leaf', id, name, shape: s, words, local }));
  const outside = (a: Expr): Expr => intern(`t:${a.id}`, (id) => ({ kind: 'transpose', id, arg: a, shape: transposed(a.shape) }));

  const memo = new Map<number, Expr>();
  const transpose = (a: Expr): Expr => {
    if (isScalar(a.shape)) return a;
    const known = memo.get(a.id);
    if (known) return known;
    const made = turn(a);
    memo.set(a.id, made);
    return made;
  };
  const turn = (a: Expr): Expr => {
    switch (a.kind) {
      case 'transpose': return a.arg;
      case 'leaf':
        if (isSquare(a.shape) && SYMMETRIC_WORDS.some((w) => a.words.has(w))) return a;
        if (isSquare(a.shape) && a.words.has('skew')) return scale(number(-1), a);
        return outside(a);
      case 'identity': case 'diag': return a;
      case 'ones': return ones(transposed(a.shape));
      case 'zeros': return zeros(transposed(a.shape));
      case 'product': return product([...a.factors].reverse().map(transpose));
      case 'sum': return sum(a.terms.map((t) => ({ coefficient: t.coefficient, arg: transpose(t.arg) })), transposed(a.shape));
      case 'times': return times(a.powers.map((p) => ({ base: transpose(p.base), exponent: p.exponent })), transposed(a.shape));
      case 'map': return map(MASK_TRANSPOSED[a.fn] ?? a.fn, a.args.map(transpose), transposed(a.shape));
      case 'inverse': return inverse(transpose(a.arg));
      case 'call': {
        const [x, y, z] = a.args;
        if (SYMMETRIC_CALLS.has(a.op)) return a;
        if (x && COMMUTING_CALLS.has(a.op)) return call(a.op, [transpose(x), ...a.args.slice(1)], transposed(a.shape), a.dims, a.part);
        if ((a.op === 'reciprocalSums' || DISTANCES.has(a.op)) && x && y) return call(a.op, [y, x, ...a.args.slice(2)], transposed(a.shape));
        if (a.op === 'skew3') return scale(number(-1), a);
        if ((a.op === 'kron' || BLOCK_SUMS.has(a.op)) && x && y) return call(a.op, [transpose(x), transpose(y)], transposed(a.shape));
        if (a.op === 'sylvester' && x && y && z) return call('sylvester', [transpose(y), transpose(x), transpose(z)], transposed(a.shape));
        return outside(a);
      }
      default: return outside(a);
    }
  };

  const size = (dim: Dim): Expr => {
    const [t] = dim.terms;
    if (dim.terms.length === 0) return number(0);
    if (dim.terms.length === 1 && t && t.names.length === 0) return number(rational(Math.round(t.coefficient * 2), 2));
    return intern(`n:${dim.key}`, (id) => ({ kind: 'size', id, dim, shape: SCALAR }));
  };

  const sum = (terms: readonly Term[], s: Shape): Expr => {
    const bag = new Map<number, { coefficient: Expr; arg: Expr }>();
    const scalar = isScalar(s);
    const push = (coefficient: Expr, arg: Expr): void => {
      if (isZero(coefficient) || isZero(arg)) return;
      if (arg.kind === 'sum') {
        for (const t of arg.terms) push(multiply(coefficient, t.coefficient), t.arg);
        return;
      }
      if (scalar && coefficient.kind !== 'number') { push(number(1), multiply(coefficient, arg)); return; }
      if (scalar && arg.kind === 'number' && !isOneQ(arg.value)) { push(multiply(coefficient, arg), number(1)); return; }
      const old = bag.get(arg.id);
      const c = old ? addScalars(old.coefficient, coefficient) : coefficient;
      if (isZero(c)) bag.delete(arg.id);
      else bag.set(arg.id, { coefficient: c, arg });
    };
    for (const t of terms) push(t.coefficient, t.arg);
    const list = [...bag.values()].sort((a, b) => a.arg.id - b.arg.id);
    const [only] = list;
    if (!only) return zeros(s);
    const diagonals = list.flatMap((t) => (t.arg.kind === 'diag' ? [{ coefficient: t.coefficient, arg: t.arg.arg }] : [])); // diag(u) + diag(v) scales once
    if (diagonals.length > 1) return sum([...list.filter((t) => t.arg.kind !== 'diag'), { coefficient: number(1), arg: diag(sum(diagonals, shape(s.rows, D1))) }], s);
    if (list.length === 1 && isNumberOne(only.coefficient)) return only.arg;
    if (list.length === 1 && only.arg.kind === 'number') return number(mulQ(valueOf(only.coefficient) ?? ONE, only.arg.value));
    return intern(`+:${list.map((t) => `${t.coefficient.id}*${t.arg.id}`).join()}`, (id) => ({ kind: 'sum', id, terms: list, shape: s }));
  };
  const addScalars = (a: Expr, b: Expr): Expr => {
    const p = valueOf(a);
    const q = valueOf(b);
    return p && q ? number(addQ(p, q)) : sum([{ coefficient: number(1), arg: a }, { coefficient: number(1), arg: b }], SCALAR);
  };
  const add = (...args: readonly Expr[]): Expr => sum(args.map((arg) => ({ coefficient: number(1), arg })), args[0]?.shape ?? SCALAR);
  const scale = (by: Expr, a: Expr): Expr =>
    isScalar(a.shape) ? multiply(by, a) : sum([{ coefficient: by, arg: a }], a.shape);

  /** Takes a one-term sum apart. */
  const pull = (a: Expr): Term => {
    const [t] = a.kind === 'sum' ? a.terms : [];
    return a.kind === 'sum' && a.terms.length === 1 && t ? t : { coefficient: number(1), arg: a };
  };

  const times = (powers: readonly Power[], s: Shape): Expr => {
    const bag = new Map<number, Power>();
    let coefficient: Expr = number(1);
    let zero = false;
    const scalar = isScalar(s);
    const push = (base: Expr, exponent: Rational): void => {
      if (isZeroQ(exponent) || base.kind === 'ones') return;
      if (isZero(base)) {
        if (isNegative(exponent)) throw new CannotGenerate('it divides by 0 at every point');
        zero = true;
        return;
      }
      if (!scalar && isScalar(base.shape)) { coefficient = multiply(coefficient, power(base, exponent)); return; }
      if (base.kind === 'number' && isIntegerQ(exponent)) {
        const value = powQ(base.value, Number(exponent.n));
        if (value) { coefficient = mulNumbers(coefficient, value); return; }
      }
      const whole = isIntegerQ(exponent);
      if (base.kind === 'times' && (whole || base.powers.length === 1 && !isIntegerQ(base.powers[0]?.exponent ?? ONE))) {
        for (const p of base.powers) push(p.base, mulQ(p.exponent, exponent));
        return;
      }
      if (base.kind === 'sum' && base.terms.length === 1 && whole) {
        const t = pull(base);
        if (scalar) push(t.coefficient, exponent);
        else coefficient = multiply(coefficient, power(t.coefficient, exponent));
        push(t.arg, exponent);
        return;
      }
      const old = bag.get(base.id);
      const e = old ? addQ(old.exponent, exponent) : exponent;
      if (isZeroQ(e)) bag.delete(base.id);
      else bag.set(base.id, { base, exponent: e });
    };
    for (const p of powers) push(p.base, p.exponent);
    if (zero) return zeros(s);
    const list = [...bag.values()].sort((a, b) => a.base.id - b.base.id);
    const [only] = list;
    let body: Expr;
    if (!only) body = ones(s);
    else if (list.length === 1 && isOneQ(only.exponent)) body = only.base;
    else if (!scalar && list.some((p) => p.base.kind === 'identity' || p.base.kind === 'diag') && list.every((p) => !isNegative(p.exponent)))
      body = diag(times(list.map((p) => ({ base: diagOf(p.base), exponent: p.exponent })), shape(s.rows, D1)));
    else body = intern(`.:${list.map((p) => `${p.base.id}^${keyQ(p.exponent)}`).join()}`, (id) => ({ kind: 'times', id, powers: list, shape: s }));
    if (isNumberOne(coefficient)) return body;
    return scalar ? scalarProduct(coefficient, body) : sum([{ coefficient, arg: body }], s);
  };
  const isNegative = (q: Rational): boolean => toNumber(q) < 0;
  const mulNumbers = (a: Expr, b: Rational): Expr => a.kind === 'number' ? number(mulQ(a.value, b)) : multiply(a, number(b));
  const scalarProduct = (coefficient: Expr, body: Expr): Expr =>
    body.kind === 'number' ? mulNumbers(coefficient, body.value)
      : body.kind === 'sum' ? sum(body.terms.map((t) => ({ coefficient: multiply(coefficient, t.coefficient), arg: t.arg })), SCALAR)
        : sum([{ coefficient, arg: body }], SCALAR);
  const multiply = (...args: readonly Expr[]): Expr => {
    const array = args.find((a) => !isScalar(a.shape));
    const numbers = args.map(valueOf);
    if (numbers.every((q) => q !== undefined)) return number(numbers.reduce<Rational>((p, q) => mulQ(p, q ?? ONE), ONE));
    return times(args.map((base) => ({ base, exponent: ONE })), array?.shape ?? SCALAR);
  };
  const power = (a: Expr, exponent: Rational | number): Expr =>
    times([{ base: a, exponent: typeof exponent === 'number' ? rational(exponent) : exponent }], a.shape);

  const map = (fn: string, args: readonly Expr[], s?: Shape): Expr => {
    const full = s ?? args.find((a) => !isScalar(a.shape))?.shape ?? SCALAR;
    return intern(`m:${fn}:${args.map((a) => a.id).join()}:${sizeKey(full)}`, (id) => ({ kind: 'map', id, fn, args, shape: full }));
  };

  const multiplied = (factors: readonly Expr[], rows?: Dim): Expr => {
    const out: Expr[] = [];
    let coefficient: Expr = number(1);
    const [first, last] = [factors, [...factors].reverse()].map((list) => list.find((f) => !isScalar(f.shape)));
    const s = first && last ? shape(first.shape.rows, last.shape.cols) : SCALAR;
    const queue = [...factors].reverse();
    for (let f = queue.pop(); f; f = queue.pop()) {
      if (isZero(f)) return zeros(s);
      if (isScalar(f.shape)) { coefficient = multiply(coefficient, f); continue; }
      if (f.kind === 'identity') continue;
      if (f.kind === 'product') { for (let i = f.factors.length - 1; i >= 0; i--) queue.push(f.factors[i] as Expr); continue; }
      if (f.kind === 'sum' && f.terms.length === 1) {
        const t = pull(f);
        coefficient = multiply(coefficient, t.coefficient);
        queue.push(t.arg);
        continue;
      }
      const top = out[out.length - 1];
      const joined = top && join(top, f);
      if (joined) { out.pop(); queue.push(...[...joined].reverse()); continue; }
      out.push(f);
    }
    const [only] = out;
    let body: Expr;
    if (!only) body = identity(first ? s.rows : rows ?? D1);
    else if (out.length === 1) body = only;
    else {
      const list = isScalar(s) ? towards(out) : out;
      body = intern(`*:${list.map((f) => f.id).join()}`, (id) => ({ kind: 'product', id, factors: list, shape: s }));
    }
    return isNumberOne(coefficient) ? body : scale(coefficient, body);
  };
  const remembered = byFactors(multiplied);
  const product = (factors: readonly Expr[], rows?: Dim): Expr => (rows ? multiplied(factors, rows) : remembered(factors));
  /** A 1×1 product and its transpose are one: the one whose ids come first. */
  const towards = (factors: readonly Expr[]): readonly Expr[] => {
    const back = [...factors].reverse().map(transpose);
    for (let i = 0; i < factors.length; i++) {
      const d = (factors[i]?.id ?? 0) - (back[i]?.id ?? 0);
      if (d !== 0) return d < 0 ? factors : back;
    }
    return factors;
  };
  /** What the columns of a sum add up to is what those of its other terms do. */
  const summed = (e: Expr): Expr => (e.kind === 'sum' ? sum(e.terms.filter((t) => !hasCentred(t.arg)), e.shape) : zeros(e.shape));
  /** Neighbours that cancel or merge: what replaces both. */
  const join = (a: Expr, b: Expr): readonly Expr[] | undefined => {
    if ((a.kind === 'inverse' && a.arg === b) || (b.kind === 'inverse' && b.arg === a)) return [];
    if (a.kind === 'diag' && b.kind === 'diag') return [diag(multiply(a.arg, b.arg))];
    if (isOrthogonal(a) && isOrthogonal(b) && transpose(a) === b) return [];
    if (a.kind === 'ones' && b.kind === 'ones') return [size(a.shape.cols), ones(shape(a.shape.rows, b.shape.cols))];
    if (a.kind === 'transpose' && a.arg.kind === 'unit' && b.kind === 'unit' && a.arg === b) return [number(1)];
    if (a.kind === 'transpose' && a.arg.kind === 'unit' && b.kind === 'ones') return [ones(shape(D1, b.shape.cols))];
    if (b.kind === 'unit' && a.kind === 'ones') return [ones(shape(a.shape.rows, D1))];
    if (a.kind === 'ones' && hasCentred(b)) return [a, summed(b)];
    if (b.kind === 'ones' && hasCentred(transpose(a))) return [transpose(summed(transpose(a))), b];
    const picked = picks(a, b) ?? picks(transpose(b), transpose(a), true);
    if (picked) return [picked];
    if (a.kind === 'diag' && b.kind === 'ones' && isOne(b.shape.cols)) return [a.arg];
    if (b.kind === 'diag' && a.kind === 'ones' && isOne(a.shape.rows)) return [transpose(b.arg)];
    return undefined;
  };
  /** Chosen rows of a sum or of elementwise work: the choice is made first. Not where a loop of the caller's chooses. */
  const picks = (p: Expr, e: Expr, turned = false): Expr | undefined => {
    const unit = p.kind === 'transpose' ? p.arg : p;
    if (!(p.kind === 'range' || (p.kind === 'transpose' && unit.kind === 'unit' && unit.index.kind !== 'literal'))) return undefined;
    const s = shape(p.shape.rows, e.shape.cols);
    const pick = (x: Expr): Expr => (isScalar(x.shape) ? x : product([p, x]));
    const made = e.kind === 'ones' ? ones(s)
      : e.kind === 'sum' && e.terms.length > 1 ? sum(e.terms.map((t) => ({ coefficient: t.coefficient, arg: pick(t.arg) })), s)
        : e.kind === 'times' ? times(e.powers.map((q) => ({ base: pick(q.base), exponent: q.exponent })), s)
          : e.kind === 'map' && MASK_TRANSPOSED[e.fn] === undefined ? map(e.fn, e.args.map(pick), s) : undefined;
    return made && turned ? transpose(made) : made;
  };
  const isOrthogonal = (a: Expr): boolean => {
    const e = a.kind === 'transpose' ? a.arg : a;
    return (e.kind === 'leaf' && e.words.has('orthogonal') && isSquare(e.shape)) || (e.kind === 'call' && ORTHOGONAL_CALLS.has(e.op) && e.part === 0);
  };

  const inverse = (a: Expr): Expr => {
    if (isScalar(a.shape)) return power(a, -1);
    switch (a.kind) {
      case 'identity': return a; case 'inverse': return a.arg;
      case 'diag': return diag(power(a.arg, -1));
      case 'sum': if (a.terms.length === 1) {
        const t = pull(a);
        return scale(power(t.coefficient, -1), inverse(t.arg));
      } else break;
      case 'product': if (a.factors.every((f) => isOrthogonal(f) || f.kind === 'diag' || f.kind === 'inverse')) return product([...a.factors].reverse().map(inverse));
        break;
      default: break;
    }
    if (isOrthogonal(a)) return transpose(a);
    return intern(`i:${a.id}`, (id) => ({ kind: 'inverse', id, arg: a, shape: a.shape }));
  };

  const diag = (a: Expr): Expr => {
    if (isScalar(a.shape)) return a;
    if (a.kind === 'ones') return identity(a.shape.rows);
    const [t, s] = [pull(a), shape(a.shape.rows, a.shape.rows)];
    if (a.kind === 'zeros') return zeros(s);
    if (!isNumberOne(t.coefficient)) return scale(t.coefficient, diag(t.arg));
    return intern(`d:${a.id}`, (id) => ({ kind: 'diag', id, arg: a, shape: s }));
  };
  const diagOf = (a: Expr): Expr => {
    const s = shape(a.shape.rows, D1);
    switch (a.kind) {
      case 'identity': case 'ones': return ones(s);
      case 'zeros': return zeros(s); case 'diag': return a.arg; case 'transpose': return diagOf(a.arg);
      case 'sum': return sum(a.terms.map((t) => ({ coefficient: t.coefficient, arg: diagOf(t.arg) })), s);
      case 'times': return times(a.powers.map((p) => ({ base: diagOf(p.base), exponent: p.exponent })), s);
      case 'map': {
        const [first] = MASK_TRANSPOSED[a.fn] === undefined ? [] : a.args;
        if (first) return a.fn === 'phi' || a.fn === 'phiT' ? scale(number(rational(1, 2)), diagOf(first)) : diagOf(first);
        return map(a.fn, a.args.map((x) => (isScalar(x.shape) ? x : diagOf(x))), s);
      }
      case 'call': if (DISTANCES.has(a.op) && a.args[0] === a.args[1]) return zeros(s); else break;
      case 'product': {
        const cut = a.factors.findIndex((f, i) => i > 0 && isOne(f.shape.rows));
        if (cut > 0) return multiply(product(a.factors.slice(0, cut)), transpose(product(a.factors.slice(cut))));
        break;
      }
      default: break;
    }
    return intern(`D:${a.id}`, (id) => ({ kind: 'diagOf', id, arg: a, shape: s }));
  };
  const total = (a: Expr): Expr => {
    if (isScalar(a.shape)) return a;
    const t = pull(a);
    if (!isNumberOne(t.coefficient)) return multiply(t.coefficient, total(t.arg));
    if (a.kind === 'ones') return multiply(size(a.shape.rows), size(a.shape.cols));
    if (a.kind === 'identity' || isCentred(a)) return a.kind === 'identity' ? size(a.shape.rows) : number(0);
    if (a.kind === 'diag' || a.kind === 'transpose') return total(a.arg);
    if (a.kind === 'sum' && a.terms.some((x) => x.arg.kind === 'product')) return sum(a.terms.map((x) => ({ coefficient: number(1), arg: multiply(x.coefficient, total(x.arg)) })), SCALAR);
    if (a.kind === 'product') return product([ones(shape(D1, a.shape.rows)), ...a.factors, ones(shape(a.shape.cols, D1))]);
    return intern(`S:${a.id}`, (id) => ({ kind: 'total', id, arg: a, shape: SCALAR }));
  };
  const entrySum = (a: Expr): Expr => {
    const t = pull(a);
    if (!isNumberOne(t.coefficient)) return multiply(t.coefficient, entrySum(t.arg));
    return a.kind === 'product' || a.kind === 'sum' ? intern(`S:${a.id}`, (id) => ({ kind: 'total', id, arg: a, shape: SCALAR })) : total(a);
  };
  const trace = (a: Expr): Expr => {
    if (isScalar(a.shape)) return a;
    if (a.kind === 'sum') return sum(a.terms.map((t) => ({ coefficient: number(1), arg: multiply(t.coefficient, trace(t.arg)) })), SCALAR);
    if (a.kind !== 'product') return total(diagOf(a));
    const cut = a.factors.findIndex((f) => isOne(f.shape.rows));
    if (cut > 0) return product([...a.factors.slice(cut), ...a.factors.slice(0, cut)]);
    const [p] = a.factors;
    const q = a.factors[a.factors.length - 1];
    if (p && q && a.factors.length > 1) {
      const wrapped = join(q, p);
      if (wrapped) {
        const inner = product([...a.factors.slice(1, -1), ...wrapped], p.shape.cols);
        return a.factors.length === 2 && wrapped.length === 0 ? size(p.shape.cols) : trace(inner);
      }
    }
    const turned = transpose(a);
    const pick = turned.id < a.id && turned.kind === 'product' ? turned : a;
    return intern(`T:${pick.factors.map((f) => f.id).join()}`, (id) => ({ kind: 'trace', id, factors: pick.factors, shape: SCALAR }));
  };
  const call: Exprs['call'] = (op, args, s, dims = [], part = 0) => {
    const t = args[1] && LINEAR_IN_SECOND.has(op) ? pull(args[1]) : undefined;
    if (t && !isNumberOne(t.coefficient)) return scale(t.coefficient, call(op, args.map((x, k) => (k === 1 ? t.arg : x)), s, dims, part));
    return intern(`f:${op}:${part}:${args.map((x) => x.id).join()}:${dims.map((d) => d.key).join()}`, (id) => ({ kind: 'call', id, op, part, args, dims, shape: s }));
  };

  return {
    all, leaf, number, size, identity, ones, zeros, transpose, product, sum, add, scale, times, multiply, power, map, inverse, diag, diagOf, total, entrySum, trace, call,
    literal: (text) => intern(`j:${text}`, (id) => ({ kind: 'literal', id, text, shape: SCALAR })),
    unit: (index, n) => isOne(n) ? number(1) : intern(`e:${index.id}:${n.key}`, (id) => ({ kind: 'unit', id, index, shape: shape(n, D1) })),
    range: (from, rows, n) => sameDim(rows, n) ? identity(n) : intern(`r:${from.key}:${rows.key}:${n.key}`, (id) => ({ kind: 'range', id, from, shape: shape(rows, n) })),
  };
}

export const isSquare = (s: Shape): boolean => sameShape(s, transposed(s));
