/**
 * Finite sums without an index: entries become vectors, products elementwise products, and the sum one of entries.
 * Σ_i a[i]*x[i]^3 = sum(a .* x.^3); Σ_i s(i)*V[:, i]*V[:, i]' = V*diag(s)*V'; x[i + 1] over 1:n-1 is the slice x[2:n].
 */
import { addDim, constantDim, D0, D1, dimNumber, isOne, isScalar, mulDim, sameDim, shape, subDim, type Dim } from './dim';
import { expand, scaledTerms } from './expand';
import { actsOnEntries, columns, entrywiseSum, kronSum, reducedColumns, scalarColumn, summedProduct, WRITTEN_OUT, type Columns } from './finite-columns';
import { shifted, shiftedColumn, shiftedSum, updatesWrittenOut, whatHinders } from './finite-inverse';
import type { Graph } from './graph';
import type { Node } from './node';
import { isOneQ, ONE } from './rational';
import { Refusal, refuse } from './refusal';

/** How many terms of a sum over numbers are written out where no index-free form is found. */
const UNROLLED_TERMS = 64;

/** The index of a sum and its range. */
export interface SumIndex { readonly node: Node; readonly from: Dim; readonly to: Dim }

/** @param outer the sums around this one */
export function sumOver(g: Graph, written: Node, own: SumIndex, outer: readonly SumIndex[] = []): Node {
  const { node: index, from, to } = own;
  const count = addDim(subDim(to, from), D1);
  if (!g.depends(written, index)) return g.mul(g.dimension(count), written);
  const known = constantDim(count);
  try {
    const body = updatesWrittenOut(g, written, index);
    return isScalar(body.shape) ? tracedSum(g, body, own, outer) ?? g.apply('sum', [column(g, body, own, outer)]) : matrixSum(g, body, own, outer);
  } catch (error) {
    if (known === undefined || known > UNROLLED_TERMS || constantDim(from) === undefined) {
      const reason = error instanceof Refusal ? whatHinders(g, written, index) : undefined;
      throw reason === undefined ? error : new Refusal(reason);
    }
    const first = constantDim(from) ?? 1;
    return g.add(...Array.from({ length: known }, (_, k) => g.substitute(written, new Map([[index, g.number(first + k)]]))));
  }
}

/** Σ_i s_i*tr(A*(S + t_i*I)^p*B) is the trace of one sum. */
function tracedSum(g: Graph, body: Node, own: SumIndex, outer: readonly SumIndex[]): Node | undefined {
  const scalars = body.kind === 'product' ? body.scalars : [{ base: body, exponent: ONE }];
  const trace = scalars.find(({ base, exponent }) => base.kind === 'apply' && base.op === 'tr' && isOneQ(exponent) && base.args[0]?.kind === 'product'
    && base.args[0].factors.some((f) => f.kind === 'power' && shifted(g, f.base, own.node)));
  if (trace?.base.kind !== 'apply' || !trace.base.args[0]) return undefined;
  const weight = g.product(body.kind === 'product' ? body.coefficient : ONE, scalars.filter((s) => s !== trace), []);
  return g.apply('tr', [matrixSum(g, g.mul(weight, trace.base.args[0]), own, outer)]);
}

/** A scalar that depends on the index, as the column of its values. */
function column(g: Graph, a: Node, own: SumIndex, outer: readonly SumIndex[]): Node {
  const { node: index, from, to } = own;
  const count = addDim(subDim(to, from), D1);
  const ones = g.ones(shape(count, D1));
  /** (e(i) - e(j))'*M*(e(i) - e(j)) of the index of a sum around this one too: term by term, which that sum can go on with. */
  const columnOfPairs = (x: Node): Node | undefined => {
    if (!outer.some((o) => g.depends(x, o.node))) return undefined;
    const terms = scaledTerms(g, expand(g, x, WRITTEN_OUT) ?? x);
    return terms.length > 1 ? g.add(...terms.map(go)) : undefined;
  };
  const go = (x: Node): Node => {
    if (!g.depends(x, index)) return g.mul(x, ones);
    if (x === index) return g.add(g.mul(g.apply('tril', [g.ones(shape(count, count))]), ones), g.mul(g.dimension(subDim(from, D1)), ones));
    switch (x.kind) {
      case 'sum': return g.add(...x.terms.map(go));
      case 'product': {
        const free = x.scalars.filter((p) => !g.depends(p.base, index));
        const bound = x.scalars.filter((p) => g.depends(p.base, index));
        return g.mul(g.product(x.coefficient, free, []), g.hadamard(...bound.map((p) => g.elementPower(go(p.base), p.exponent))));
      }
      case 'chain': return chainColumn(g, x.factors, index, from, to) ?? columnOfPairs(x) ?? scalarColumn(columnsFor(g, own, outer), x.factors) ?? refuse('a finite sum whose terms use the index in this way; write it with vectors');
      case 'apply':
        if (x.op === 'delta') return picked(g, x.args, own, outer) ?? refuse('a finite sum over delta(…) of an index that may lie outside the range; write it with vectors');
        if (x.args.every((arg) => isScalar(arg.shape)) && (x.args.length === 1 || actsOnEntries(x.op))) return g.apply(x.op, x.args.map(go), x.dims);
        if (x.op === 'tr' && x.args[0]) {
          const traces = g.add(...scaledTerms(g, expand(g, x.args[0], WRITTEN_OUT) ?? x.args[0]).map((t) => g.apply('tr', [t])));
          if (traces !== x) return go(traces);
        }
        if (x.args[0]) {
          const reduced = reducedColumns(columnsFor(g, own, outer), x.op, x.args[0]);
          if (reduced) return reduced;
          const shifted = shiftedColumn(g, x.op, x.args[0], index, go);
          if (shifted) return shifted;
        }
        return refuse(`a finite sum over ${x.op}(…) of the index has no closed form here; write it with vectors`);
      default: return refuse('a finite sum whose terms use the index in this way; write it with vectors');
    }
  };
  return go(a);
}

/** A whole number made of dimensions; undefined for any other scalar. */
function dimOf(a: Node): Dim | undefined {
  switch (a.kind) {
    case 'zero': return D0;
    case 'symbol': return a.dim;
    case 'sum': return a.terms.map(dimOf).reduce((s, d) => s && d && addDim(s, d), D0);
    case 'product': return a.factors.length > 0 || a.coefficient.d !== 1n || a.scalars.some((s) => s.exponent.n !== 1n || s.exponent.d !== 1n) ? undefined
      : a.scalars.map((s) => dimOf(s.base)).reduce((p, d) => p && d && mulDim(p, d), dimNumber(Number(a.coefficient.n)));
    default: return undefined;
  }
}

/** c where the node is the basis vector e(i + c) of the sum's index i, the constant c a whole number or a dimension. */
function shiftOf(g: Graph, a: Node | undefined, index: Node): Dim | undefined {
  if (a?.kind !== 'basis' || !g.depends(a.index, index)) return undefined;
  const rest = g.add(a.index, g.neg(index));
  return g.depends(rest, index) ? undefined : dimOf(rest);
}

/** The rows that an index with this shift takes over the range. */
const rowsTaken = (g: Graph, shift: Dim, from: Dim, to: Dim, n: Dim): Node => g.selector(addDim(from, shift), addDim(to, shift), n);

const columnsFor = (g: Graph, own: SumIndex, outer: readonly SumIndex[]): Columns => ({
  g, index: own.node, count: addDim(subDim(own.to, own.from), D1),
  taken: (basis) => { const shift = shiftOf(g, basis, own.node); return shift && rowsTaken(g, shift, own.from, own.to, basis.shape.rows); },
  scalar: (a) => column(g, a, own, outer),
});

/** A chain that ends in basis vectors of the index. */
function chainColumn(g: Graph, factors: readonly Node[], index: Node, from: Dim, to: Dim): Node | undefined {
  const first = factors[0] as Node;
  const last = factors[factors.length - 1] as Node;
  const atStart = first.kind === 'transpose' ? shiftOf(g, first.arg, index) : undefined;
  const atEnd = shiftOf(g, last, index);
  const middle = factors.slice(atStart ? 1 : 0, factors.length - (atEnd ? 1 : 0));
  if (middle.some((f) => g.depends(f, index)) || (!atStart && !atEnd)) return undefined;
  const inner = g.product(ONE, [], middle);
  if (!atStart) return g.mul(rowsTaken(g, atEnd as Dim, from, to, inner.shape.cols), g.transpose(inner));
  const left = rowsTaken(g, atStart, from, to, inner.shape.rows);
  if (!atEnd) return g.mul(left, inner);
  if (sameDim(atStart, atEnd) && sameDim(inner.shape.rows, inner.shape.cols)) return g.mul(left, g.apply('diag', [inner]));
  return g.apply('diag', [g.mul(left, inner, g.transpose(rowsTaken(g, atEnd, from, to, inner.shape.cols)))]);
}

/** delta(i, k) over a range in which k lies is the basis vector of k: k runs over the same range, or is a number in it. */
function picked(g: Graph, args: readonly Node[], { node: index, from, to }: SumIndex, outer: readonly SumIndex[]): Node | undefined {
  const k = args[0] === index ? args[1] : args[1] === index ? args[0] : undefined;
  if (!k || g.depends(k, index)) return undefined;
  const place = dimOf(k);
  const isInside = outer.some((o) => o.node === k && sameDim(o.from, from) && sameDim(o.to, to)) || (place !== undefined && isNumber(place) && g.atLeast(place, from) && g.atLeast(to, place));
  return isInside ? g.basis(g.add(k, g.neg(g.dimension(subDim(from, D1)))), addDim(subDim(to, from), D1)) : undefined;
}
const isNumber = (d: Dim): boolean => constantDim(d) !== undefined;

function matrixSum(g: Graph, body: Node, own: SumIndex, outer: readonly SumIndex[]): Node {
  if (body.kind === 'sum') return g.add(...body.terms.map((t) => sumOver(g, t, own, outer)));
  return placedSum(g, body, own, outer) ?? arraySum(g, body, own, outer) ?? shiftedSum(g, body, own.node, (a) => column(g, a, own, outer)) ?? columnSum(g, body, own, outer)
    ?? writtenOut(g, body, own, outer) ?? refuse('a finite sum that uses its index in this way; write it with matrices');
}

/** Σ_i of one array of the index, elementwise products among them: Σ vec(M_i) = vec(Σ M_i), A ⊗ Σ M_i, and u ⊗ v = vec(v*u'). */
function arraySum(g: Graph, body: Node, own: SumIndex, outer: readonly SumIndex[]): Node | undefined {
  const factors = body.kind === 'product' ? body.factors : [body];
  const [only] = factors;
  const scale = body.kind === 'product' ? g.product(body.coefficient, body.scalars, []) : g.number(ONE);
  if (factors.length === 1 && only?.kind === 'hadamard' && !isOne(only.shape.cols) && !isOne(only.shape.rows)) return entrywiseSum(columnsFor(g, own, outer), only.factors, scale);
  if (factors.length !== 1 || only?.kind !== 'apply') return undefined;
  const total = (a: Node): Node => sumOver(g, g.mul(scale, a), own, outer);
  const [a, b] = only.args;
  if (a && ARRANGED.has(only.op)) return g.apply(only.op, [total(a)]);
  if (only.op !== 'kron' || !a || !b) return undefined;
  if (!g.depends(a, own.node)) return g.apply('kron', [a, total(b)]);
  if (!g.depends(b, own.node)) return g.apply('kron', [total(a), b]);
  if (isOne(a.shape.cols) && isOne(b.shape.cols)) return g.apply('vec', [total(g.mul(b, g.transpose(a)))]);
  if (isOne(a.shape.rows) && isOne(b.shape.rows)) return g.transpose(g.apply('vec', [total(g.mul(g.transpose(b), a))]));
  return kronSum(columnsFor(g, own, outer), a, b, scale);
}

/** Linear operators of one array that only move its entries, or drop some. */
const ARRANGED: ReadonlySet<string> = new Set(['vec', 'vech', 'diag', 'tril', 'triu', 'phi', 'skew3', 'band']);

/** The sums of the terms that a product of sums is multiplied out to: those of a sum inside, over pairs, hold this index in several places. */
function writtenOut(g: Graph, body: Node, own: SumIndex, outer: readonly SumIndex[]): Node | undefined {
  const terms = scaledTerms(g, expand(g, body, WRITTEN_OUT) ?? body);
  return terms.length > 1 ? g.add(...terms.map((t) => sumOver(g, t, own, outer))) : undefined;
}

/** Terms with vectors of the index: Σ_i (x_i - mu)*(x_i - mu)', Σ_i tanh(W*x_i). */
function columnSum(g: Graph, body: Node, own: SumIndex, outer: readonly SumIndex[]): Node | undefined {
  const c = columnsFor(g, own, outer);
  if (body.kind !== 'product') {
    const row = isOne(body.shape.rows);
    const each = columns(c, row ? g.transpose(body) : body);
    const total = each && g.mul(each, g.ones(shape(c.count, D1)));
    return total && (row ? g.transpose(total) : total);
  }
  const free = body.scalars.filter((s) => !g.depends(s.base, own.node));
  const bound = body.scalars.filter((s) => g.depends(s.base, own.node));
  const weights = bound.length === 0 ? undefined : column(g, g.product(ONE, bound, []), own, outer);
  const inner = summedProduct(c, body.factors, weights) ?? oneFactor(g, g.product(ONE, bound, []), body.factors, own, outer);
  return inner && g.mul(g.product(body.coefficient, free, []), inner);
}

/** Σ_i w_i*A*S_i*B = A*(Σ_i w_i*S_i)*B. */
function oneFactor(g: Graph, weight: Node, factors: readonly Node[], own: SumIndex, outer: readonly SumIndex[]): Node | undefined {
  const at = factors.findIndex((f) => g.depends(f, own.node));
  const only = factors[at];
  if (!only || factors.length < 2 || factors.some((f, i) => i !== at && g.depends(f, own.node))) return undefined;
  return g.mul(...factors.slice(0, at), sumOver(g, g.mul(weight, only), own, outer), ...factors.slice(at + 1));
}

/** Terms that hold one basis vector of the index, or two side by side. */
function placedSum(g: Graph, body: Node, own: SumIndex, outer: readonly SumIndex[]): Node | undefined {
  const { node: index, from, to } = own;
  const { coefficient, scalars, factors } = body.kind === 'product' ? body : { coefficient: ONE, scalars: [], factors: [body] };
  const s = column(g, g.product(coefficient, scalars, []), own, outer);
  const shift = (f: Node | undefined): Dim | undefined => shiftOf(g, f?.kind === 'transpose' ? f.arg : f, index);
  const isBasis = (f: Node | undefined): boolean => f?.kind === 'basis' && shift(f) !== undefined;
  const isRow = (f: Node | undefined): boolean => f?.kind === 'transpose' && shift(f) !== undefined;
  const at = factors.findIndex((f) => shift(f) !== undefined);
  const place = at < 0 ? undefined : factors[at];
  const others = factors.filter((_f, i) => i !== at);
  if (!place) {
    if (factors.some((f) => g.depends(f, index))) return undefined;
    return g.mul(g.apply('sum', [s]), ...factors);
  }
  const n = isBasis(place) ? place.shape.rows : place.shape.cols;
  const taken = (f: Node): Node => rowsTaken(g, shift(f) ?? D0, from, to, isBasis(f) ? f.shape.rows : f.shape.cols);
  const weights = g.mul(g.transpose(taken(place)), s);
  const next = factors[at + 1];
  if (isBasis(place) && next && isRow(next)) {
    const same = sameDim(shift(place) ?? D0, shift(next) ?? D0) && sameDim(place.shape.rows, next.shape.cols);
    const middle = same ? [g.apply('diag', [weights])] : [g.transpose(taken(place)), g.apply('diag', [s]), taken(next)];
    const rest = [...factors.slice(0, at), ...middle, ...factors.slice(at + 2)];
    if (rest.some((f) => g.depends(f, index))) return undefined;
    return g.mul(...rest);
  }
  if (others.some((f) => g.depends(f, index)) || isOne(n)) return undefined;
  return g.mul(...factors.slice(0, at), isBasis(place) ? weights : g.transpose(weights), ...factors.slice(at + 1));
}
