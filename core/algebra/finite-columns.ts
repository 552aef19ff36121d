/**
 * Vectors that depend on the index of a sum, as the columns of a matrix: those of x_i - mu are X' - mu*ones', so that
 * Σ_i norm(x_i - mu)^2 = sum(diag(U'*U)) and Σ_i (x_i - mu)*(x_i - mu)' = U*U' with U = X' - mu*ones'.
 */
import { D1, isOne, isScalar, sameShape, shape, type Dim } from './dim';
import { expand, termsOf } from './expand';
import { shiftedColumns, shiftedSymmetric } from './finite-inverse';
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
    case 'sum': {
      const terms = all(a.terms.map((t) => columns(c, t)));
      return terms && g.add(...terms);
    }
    case 'product': {
      const inner = ofProduct(c, a.factors);
      return inner && weighted(c, a, inner);
    }
    case 'hadamard': {
      const factors = all(a.factors.map((p) => { const base = columns(c, p.base); return base && g.elementPower(base, p.exponent); }));
      return factors && g.hadamard(...factors);
    }
    case 'apply': {
      if (a.op === 'softmax' && a.args[0]) {
        const inner = columns(c, a.args[0]);
        return inner && softmaxes(g, inner);
      }
      if (a.op === 'diag' && a.args[0]) return diagonals(c, a.args[0]);
      if (!actsOnEntries(a.op) || !a.args.every((x) => sameShape(x.shape, a.shape))) return undefined;
      const args = all(a.args.map((x) => columns(c, x)));
      return args && g.apply(a.op, args, a.dims);
    }
    default: return undefined;
  }
}

/** Terms that a trace or a diagonal is written out in, where the index stands inside a product of sums. */
export const WRITTEN_OUT = 64;

/** The diagonals of a square matrix that holds the index in dyads: that of u*v' is u .* v. */
function diagonals(c: Columns, of: Node): Node | undefined {
  const { g, index } = c;
  const terms = all(termsOf(g, expand(g, of, WRITTEN_OUT) ?? of).map((t) => {
    if (!g.depends(t, index)) return columns(c, g.apply('diag', [t]));
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
    const shifted = shiftedSymmetric(g, first.base, c.index);
    const vectors = shifted && columns(c, g.mul(...after));
    return vectors && shiftedColumns(g, shifted.of, c.scalar(shifted.shift), first.exponent, vectors);
  }
  if (first.kind === 'hadamard') return entrywise(c, first.factors, g.mul(...after));
  if (first.kind === 'transpose' && first.arg.kind === 'hadamard') return entrywise(c, first.arg.factors.map(({ base, exponent }) => ({ base: g.transpose(base), exponent })), g.mul(...after));
  if (first.kind !== 'sum') return undefined;
  const terms = all(first.terms.map((t) => columns(c, g.mul(t, ...after))));
  return terms && g.add(...terms);
}

/** (X - 1*x_i').^2*w and its like, multiplied out: (M .* u*v')*w is u .* (M*(v .* w)). */
function entrywise(c: Columns, of: readonly ElementPower[], w: Node): Node | undefined {
  const { g, index } = c;
  const choices: (readonly Node[])[] = [];
  const rows = of[0]?.base.shape.rows ?? D1;
  for (const { base, exponent } of of) {
    if (!g.depends(base, index)) { choices.push([g.elementPower(base, exponent)]); continue; }
    if (exponent.d !== 1n || exponent.n < 1n || exponent.n > MOST_TIMES) return undefined;
    for (let k = 0n; k < exponent.n; k++) choices.push(termsOf(g, expand(g, base, WRITTEN_OUT) ?? base));
  }
  if (choices.reduce((n, list) => n * list.length, 1) > WRITTEN_OUT) return undefined;
  const terms = all(choices.reduce<readonly (readonly Node[])[]>((made, list) => made.flatMap((chosen) => list.map((x) => [...chosen, x])), [[]]).map((chosen) => {
    const dyads = all(chosen.filter((x) => g.depends(x, index)).map(dyadOf));
    if (!dyads) return undefined;
    const fixed = chosen.filter((x) => !g.depends(x, index));
    const inner = g.hadamard(...dyads.map(({ right }) => g.transpose(g.mul(...right))), w);
    const each = columns(c, g.hadamard(...dyads.map(({ left }) => g.mul(...left)), fixed.length > 0 ? g.mul(g.hadamard(...fixed), inner) : g.mul(g.ones(shape(rows, D1)), g.ones(shape(D1, inner.shape.rows)), inner)));
    const scalars = g.mul(...dyads.map(({ scale }) => scale(g)));
    return each && (g.depends(scalars, index) ? g.mul(each, g.apply('diag', [c.scalar(scalars)])) : g.mul(scalars, each));
  }));
  return terms && g.add(...terms);
}
/** Powers entry by entry that are multiplied out. */
const MOST_TIMES = 4n;

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
  if (bond < 0) return undefined;
  const left = ofProduct(c, factors.slice(0, bond + 1));
  const right = ofProduct(c, turned(c, factors.slice(bond + 1)));
  return left && right && g.mul(left, ...(weights ? [g.apply('diag', [weights])] : []), g.transpose(right));
}

const turned = ({ g }: Columns, factors: readonly Node[]): readonly Node[] => factors.map((f) => g.transpose(f)).reverse();

const all = <T>(found: readonly (T | undefined)[]): readonly T[] | undefined => (found.includes(undefined) ? undefined : found as readonly T[]);
