/**
 * Vectors that depend on the index of a sum, as the columns of a matrix: those of x_i - mu are X' - mu*ones', so that
 * Σ_i norm(x_i - mu)^2 = sum(diag(U'*U)) and Σ_i (x_i - mu)*(x_i - mu)' = U*U' with U = X' - mu*ones'.
 */
import { D1, isOne, isScalar, sameShape, shape, type Dim } from './dim';
import { expand, scaledTerms } from './expand';
import { shifted, shiftedColumns } from './finite-inverse';
import type { Graph } from './graph';
import type { ElementPower, Node } from './node';
import { operator } from './operators';
import { ONE, rational } from './rational';

export interface Columns {
  readonly g: Graph;
  readonly index: Node;
  /** How many values the index has. */
  readonly count: Dim;
  /** The rows that a basis vector of the index takes, one for each value; undefined where it is none. */
  readonly taken: (basis: Node) => Node | undefined;
  /** A scalar that depends on the index, as the column of its values. */
  readonly scalar: (a: Node) => Node;
}

/** Whether the operator acts on every entry. */
export const actsOnEntries = (op: string): boolean => operator(op)?.kind === 'elementwise';

/** The p×count matrix of the columns that a p×1 node takes; undefined where there is none. */
export function columns(c: Columns, a: Node): Node | undefined {
  const { g, index, count } = c;
  if (!g.depends(a, index)) return g.mul(a, g.ones(shape(D1, count)));
  if (!isOne(a.shape.cols) || isScalar(a.shape)) return undefined;
  switch (a.kind) {
    case 'basis': {
      const rows = c.taken(a);
      return rows && g.transpose(rows);
    }
    case 'sum': return sumOfColumns(c, a.terms);
    case 'product': {
      const inner = ofProduct(c, a.factors);
      return inner && weighted(c, a, inner);
    }
    case 'transpose': return rowColumns(c, a.arg);
    case 'hadamard': return productOfColumns(c, a.factors);
    case 'apply': {
      if (a.op === 'softmax' && a.args[0]) {
        const inner = columns(c, a.args[0]);
        return inner && softmaxes(g, inner);
      }
      if (a.op === 'diag' && a.args[0]) return diagonals(c, a.args[0]);
      if (a.op === 'kron') return kronColumns(c, a.args);
      return actsOnEntries(a.op) && a.args.every((x) => sameShape(x.shape, a.shape)) ? entrywiseColumns(c, a.op, a.args, a.dims) : undefined;
    }
    default: return undefined;
  }
}

function sumOfColumns(c: Columns, terms: readonly Node[]): Node | undefined {
  const each = all(terms.map((t) => columns(c, t)));
  return each && c.g.add(...each);
}

function productOfColumns(c: Columns, factors: readonly ElementPower[]): Node | undefined {
  const each = all(factors.map(({ base, exponent }) => { const of = columns(c, base); return of && c.g.elementPower(of, exponent); }));
  return each && c.g.hadamard(...each);
}

/** The columns of a row's transpose, which stands inside what acts on entries. */
function rowColumns(c: Columns, row: Node): Node | undefined {
  const { g } = c;
  switch (row.kind) {
    case 'sum': return sumOfColumns(c, row.terms.map((t) => g.transpose(t)));
    case 'hadamard': return productOfColumns(c, row.factors.map(({ base, exponent }) => ({ base: g.transpose(base), exponent })));
    case 'apply': return actsOnEntries(row.op) && row.args.every((x) => sameShape(x.shape, row.shape)) ? entrywiseColumns(c, row.op, row.args.map((x) => g.transpose(x)), row.dims) : undefined;
    default: return undefined;
  }
}

function entrywiseColumns(c: Columns, op: string, args: readonly Node[], dims: readonly Dim[]): Node | undefined {
  const each = all(args.map((x) => columns(c, x)));
  return each && c.g.apply(op, each, dims);
}

/** u_i ⊗ v_i is (u_i ⊗ 1) .* (1 ⊗ v_i). */
function kronColumns(c: Columns, [a, b]: readonly Node[]): Node | undefined {
  const { g } = c;
  const [u, v] = [a && columns(c, a), b && columns(c, b)];
  return u && v && g.hadamard(g.apply('kron', [u, g.ones(shape(v.shape.rows, D1))]), g.apply('kron', [g.ones(shape(u.shape.rows, D1)), v]));
}

/** Σ_i s_i*(a_i ⊗ b_i) of matrices that hold the index in dyads: u*v' ⊗ p*q' = (u ⊗ p)*(v ⊗ q)'. */
export function kronSum(c: Columns, a: Node, b: Node, scale: Node): Node | undefined {
  const { g } = c;
  const terms = (x: Node): readonly Node[] => scaledTerms(g, expand(g, x, WRITTEN_OUT) ?? x);
  const sides = (x: Node): { readonly left: Node; readonly right: Node; readonly scale: Node } | undefined => {
    const dyad = dyadOf(x);
    return dyad && { left: g.mul(...dyad.left), right: g.transpose(g.mul(...dyad.right)), scale: dyad.scale(g) };
  };
  const made = all(terms(a).flatMap((x) => terms(b).map((y) => {
    const [p, q] = [sides(x), sides(y)];
    const [u, v] = [p && q && kronColumns(c, [p.left, q.left]), p && q && kronColumns(c, [p.right, q.right])];
    return p && q && u && v && g.mul(u, ...scaling(c, g.mul(scale, p.scale, q.scale)), g.transpose(v));
  })));
  return made && g.add(...made);
}

/** Terms that a trace or a diagonal is written out in, where the index stands inside a product of sums. */
export const WRITTEN_OUT = 64;

/** The diagonals of a square matrix that holds the index in dyads: that of u*v' is u .* v. */
function diagonals(c: Columns, of: Node): Node | undefined {
  const { g, index } = c;
  const terms = all(scaledTerms(g, expand(g, of, WRITTEN_OUT) ?? of).map((t) => {
    const still = standing(c, t);
    if (still) return g.mul(g.apply('diag', [still.array]), g.transpose(g.depends(still.scale, index) ? c.scalar(still.scale) : g.mul(still.scale, g.ones(shape(c.count, D1)))));
    const dyad = dyadOf(t);
    if (t.kind !== 'product' || !dyad) return undefined;
    const [u, v] = [columns(c, g.mul(...dyad.left)), columns(c, g.transpose(g.mul(...dyad.right)))];
    return u && v && weighted(c, t, g.hadamard(u, v));
  }));
  return terms && g.add(...terms);
}

/** softmax of each column, by its definition: exp(U) over the sums of its columns. */
function softmaxes(g: Graph, inner: Node): Node {
  const powers = g.apply('exp', [inner]);
  const ones = g.ones(shape(inner.shape.rows, D1));
  return g.hadamard(powers, g.elementPower(g.mul(ones, g.transpose(ones), powers), rational(-1)));
}

/** What reduces each vector of the index to a number, as the column of these: undefined where that has no closed form. */
export function reducedColumns(c: Columns, op: string, of: Node): Node | undefined {
  const { g } = c;
  if (op !== 'sum' && op !== 'logsumexp' && op !== 'entropy' && op !== 'mean' && op !== 'norm1') return undefined;
  const each = columns(c, isOne(of.shape.cols) ? of : g.transpose(of));
  const sums = (u: Node): Node => g.mul(g.transpose(u), g.ones(shape(u.shape.rows, D1)));
  if (!each) return undefined;
  switch (op) {
    case 'sum': return sums(each);
    case 'mean': return g.mul(g.power(g.dimension(each.shape.rows), rational(-1)), sums(each));
    case 'norm1': return sums(g.apply('abs', [each]));
    case 'logsumexp': return g.apply('log', [sums(g.apply('exp', [each]))]);
    case 'entropy': return g.neg(sums(g.hadamard(each, g.apply('log', [each]))));
  }
}

/** The columns of a product of arrays without its scalars. */
function ofProduct(c: Columns, factors: readonly Node[]): Node | undefined {
  const { g, index } = c;
  const at = factors.findIndex((f) => g.depends(f, index));
  const first = factors[at];
  if (!first) return columns(c, g.mul(...factors));
  const before = factors.slice(0, at);
  const after = factors.slice(at + 1);
  const inner = after.length === 0 ? columns(c, first) : behind(c, first, after);
  return inner && g.mul(...before, inner);
}

/** A matrix that depends on the index, times what follows it: diag(x_i)*v, (A + x_i*x_i')*v. */
function behind(c: Columns, first: Node, after: readonly Node[]): Node | undefined {
  const { g } = c;
  if (first.kind === 'apply' && first.op === 'diag' && first.args[0] && isOne(first.args[0].shape.cols)) {
    const [x, v] = [columns(c, first.args[0]), columns(c, g.mul(...after))];
    return x && v && g.hadamard(x, v);
  }
  if (first.kind === 'power') {
    const found = shifted(g, first.base, c.index);
    const vectors = found && columns(c, g.mul(...after));
    return vectors && shiftedColumns(g, found.of, c.scalar(found.shift), first.exponent, vectors);
  }
  if (first.kind === 'hadamard') return entrywise(c, first.factors, g.mul(...after));
  if (first.kind === 'transpose' && first.arg.kind === 'hadamard') return entrywise(c, first.arg.factors.map(({ base, exponent }) => ({ base: g.transpose(base), exponent })), g.mul(...after));
  if (first.kind !== 'sum') return undefined;
  return sumOfColumns(c, first.terms.map((t) => g.mul(t, ...after)));
}

/** (X - 1*x_i').^2*w and its like, multiplied out: (M .* u*v')*w is u .* (M*(v .* w)). */
function entrywise(c: Columns, of: readonly ElementPower[], w: Node): Node | undefined {
  const { g } = c;
  const rows = of[0]?.base.shape.rows ?? D1;
  const terms = all(entrywiseTerms(c, of)?.map(({ fixed, left, right, scale }) => {
    const inner = g.hadamard(right, w);
    const each = columns(c, g.hadamard(left, fixed ? g.mul(fixed, inner) : g.mul(g.ones(shape(rows, D1)), g.ones(shape(D1, inner.shape.rows)), inner)));
    return each && g.mul(each, ...scaling(c, scale));
  }) ?? [undefined]);
  return terms && g.add(...terms);
}

/** Σ_i s_i*(A + x_i*x_i').^2 and its like, multiplied out: that of M .* u*v' is M .* U*V'. */
export function entrywiseSum(c: Columns, of: readonly ElementPower[], by: Node): Node | undefined {
  const { g } = c;
  const terms = all(entrywiseTerms(c, of)?.map(({ fixed, left, right, scale }) => {
    const [u, v] = [columns(c, left), columns(c, right)];
    return u && v && g.hadamard(...(fixed ? [fixed] : []), g.mul(u, ...scaling(c, g.mul(by, scale)), g.transpose(v)));
  }) ?? [undefined]);
  return terms && g.add(...terms);
}

/** scale*(fixed .* left*right'), with `fixed` undefined where it is all ones. */
interface EntrywiseTerm { readonly fixed: Node | undefined; readonly left: Node; readonly right: Node; readonly scale: Node }

/** The terms of an elementwise product of matrices that hold the index in dyads. */
function entrywiseTerms(c: Columns, of: readonly ElementPower[]): readonly EntrywiseTerm[] | undefined {
  const { g, index } = c;
  const { rows, cols } = of[0]?.base.shape ?? shape(D1, D1);
  const choices: (readonly Node[])[] = [];
  for (const { base, exponent } of of) {
    if (!g.depends(base, index)) { choices.push([g.elementPower(base, exponent)]); continue; }
    if (exponent.d !== 1n || exponent.n < 1n || exponent.n > MOST_TIMES) return undefined;
    for (let k = 0n; k < exponent.n; k++) choices.push(scaledTerms(g, expand(g, base, WRITTEN_OUT) ?? base));
  }
  if (choices.reduce((n, list) => n * list.length, 1) > WRITTEN_OUT) return undefined;
  return all(choices.reduce<readonly (readonly Node[])[]>((made, list) => made.flatMap((chosen) => list.map((x) => [...chosen, x])), [[]]).map((chosen) => {
    const fixed = chosen.map((x) => standing(c, x)).filter((x) => x !== undefined);
    const dyads = all(chosen.filter((x) => !standing(c, x)).map(dyadOf));
    return dyads && {
      fixed: fixed.length > 0 ? g.hadamard(...fixed.map((x) => x.array)) : undefined,
      left: g.hadamard(g.ones(shape(rows, D1)), ...dyads.map((d) => g.mul(...d.left))),
      right: g.hadamard(g.ones(shape(cols, D1)), ...dyads.map((d) => g.transpose(g.mul(...d.right)))),
      scale: g.mul(...fixed.map((x) => x.scale), ...dyads.map((d) => d.scale(g))),
    };
  }));
}
/** Powers entry by entry that are multiplied out. */
const MOST_TIMES = 4n;

/** What scales each column, as the last factor of their matrix. */
function scaling(c: Columns, scale: Node): readonly Node[] {
  if (c.g.depends(scale, c.index)) return [c.g.apply('diag', [c.scalar(scale)])];
  return [scale];
}

/** An array without the index, and the scalar before it, which may hold it. */
function standing({ g, index }: Columns, x: Node): { readonly array: Node; readonly scale: Node } | undefined {
  if (!g.depends(x, index)) return { array: x, scale: g.number(ONE) };
  if (x.kind !== 'product' || x.factors.some((f) => g.depends(f, index))) return undefined;
  return { array: g.mul(...x.factors), scale: g.product(x.coefficient, x.scalars, []) };
}

/** u*v' as its two sides and what scales it. */
function dyadOf(x: Node): { readonly left: readonly Node[]; readonly right: readonly Node[]; readonly scale: (g: Graph) => Node } | undefined {
  const bond = x.kind === 'product' ? x.factors.findIndex((f, i) => i > 0 && isOne(f.shape.rows)) : -1;
  return x.kind === 'product' && bond > 0 ? { left: x.factors.slice(0, bond), right: x.factors.slice(bond), scale: (g) => g.product(x.coefficient, x.scalars, []) } : undefined;
}

function weighted(c: Columns, a: Node & { readonly kind: 'product' }, inner: Node): Node {
  const { g, index } = c;
  const free = a.scalars.filter((s) => !g.depends(s.base, index));
  const bound = a.scalars.filter((s) => g.depends(s.base, index));
  const outer = g.product(a.coefficient, free, []);
  return bound.length === 0 ? g.mul(outer, inner) : g.mul(outer, inner, g.apply('diag', [c.scalar(g.product(ONE, bound, []))]));
}

/** u_i'*M*v_i, as the column of its values. */
export function scalarColumn(c: Columns, factors: readonly Node[]): Node | undefined {
  return fromStart(c, factors) ?? fromStart(c, turned(c, factors));
}

function fromStart(c: Columns, factors: readonly Node[]): Node | undefined {
  const { g, index } = c;
  const at = factors.findIndex((f) => g.depends(f, index));
  if (at < 0) return undefined;
  if (at > 0) {
    const right = ofProduct(c, factors.slice(at));
    return right && g.mul(g.transpose(right), ...turned(c, factors.slice(0, at)));
  }
  const left = columns(c, g.transpose(factors[0] as Node));
  const rest = factors.slice(1);
  if (!left) return undefined;
  if (rest.every((f) => !g.depends(f, index))) return g.mul(g.transpose(left), ...rest);
  const right = ofProduct(c, rest);
  return right && g.apply('diag', [g.mul(g.transpose(left), right)]);
}

/** Σ_i of a product of arrays with the weights s_i (undefined: 1). */
export function summedProduct(c: Columns, factors: readonly Node[], weights: Node | undefined): Node | undefined {
  const { g } = c;
  const [first, last] = [factors[0], factors[factors.length - 1]];
  if (!first || !last) return undefined;
  const by = weights ?? g.ones(shape(c.count, D1));
  if (isOne(last.shape.cols)) {
    const inner = ofProduct(c, factors);
    return inner && g.mul(inner, by);
  }
  if (isOne(first.shape.rows)) {
    const inner = ofProduct(c, turned(c, factors));
    return inner && g.transpose(g.mul(inner, by));
  }
  const bond = factors.findIndex((f) => isOne(f.shape.cols));
  if (bond < 0) return betweenDiagonals(c, factors, by);
  const left = ofProduct(c, factors.slice(0, bond + 1));
  const right = ofProduct(c, turned(c, factors.slice(bond + 1)));
  return left && right && g.mul(left, ...(weights ? [g.apply('diag', [weights])] : []), g.transpose(right));
}

/** Σ_i s_i*diag(u_i)*M*diag(v_i) = M .* U*diag(s)*V'. */
function betweenDiagonals(c: Columns, factors: readonly Node[], by: Node): Node | undefined {
  const { g, index } = c;
  const held = factors.flatMap((f, i) => (g.depends(f, index) ? [i] : []));
  const [from, to] = held;
  if (from === undefined || to === undefined || held.length !== 2) return undefined;
  const [u, v] = [from, to].map((i) => {
    const f = factors[i];
    return f?.kind === 'apply' && f.op === 'diag' && f.args[0] && isOne(f.args[0].shape.cols) ? columns(c, f.args[0]) : undefined;
  });
  const middle = factors.slice(from + 1, to);
  if (!u || !v) return undefined;
  const around = middle.length === 0 ? g.apply('diag', [g.mul(g.hadamard(u, v), by)]) : g.hadamard(g.mul(...middle), g.mul(u, g.apply('diag', [by]), g.transpose(v)));
  return g.mul(...factors.slice(0, from), around, ...factors.slice(to + 1));
}

const turned = ({ g }: Columns, factors: readonly Node[]): readonly Node[] => factors.map((f) => g.transpose(f)).reverse();

const all = <T>(found: readonly (T | undefined)[]): readonly T[] | undefined => (found.includes(undefined) ? undefined : found as readonly T[]);
