/**
 * Finite sums without an index: entries become vectors, products elementwise products, and the sum one of entries.
 * Σ_i a[i]*x[i]^3 = sum(a .* x.^3); Σ_i s(i)*V[:, i]*V[:, i]' = V*diag(s)*V'.
 */
import { constantDim, D1, isOne, isScalar, sameDim, shape, subDim, addDim, type Dim } from './dim';
import type { Graph } from './graph';
import type { Node } from './node';
import { ONE } from './rational';
import { refuse } from './refusal';

/** How many terms of a sum over numbers are written out where no index-free form is found. */
const UNROLLED_TERMS = 64;

export function sumOver(g: Graph, body: Node, index: Node, from: Dim, to: Dim): Node {
  const count = addDim(subDim(to, from), D1);
  if (!g.depends(body, index)) return g.mul(g.dimension(count), body);
  const known = constantDim(count);
  try {
    return isScalar(body.shape) ? g.apply('sum', [column(g, body, index, from, to)]) : matrixSum(g, body, index, from, to);
  } catch (error) {
    if (known === undefined || known > UNROLLED_TERMS || constantDim(from) === undefined) throw error;
    const first = constantDim(from) ?? 1;
    return g.add(...Array.from({ length: known }, (_, k) => g.substitute(body, new Map([[index, g.number(first + k)]]))));
  }
}

/** A scalar that depends on the index, as the column of its values. */
function column(g: Graph, a: Node, index: Node, from: Dim, to: Dim): Node {
  const count = addDim(subDim(to, from), D1);
  const ones = g.ones(shape(count, D1));
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
      case 'chain': return chainColumn(g, x.factors, index, from, to);
      case 'apply':
        if (x.args.length === 1 && x.args[0] && isScalar(x.args[0].shape)) return g.apply(x.op, [go(x.args[0])], x.dims);
        return refuse(`a finite sum over ${x.op}(…) of the index has no closed form here; write it with vectors`);
      default: return refuse('a finite sum whose terms use the index in this way; write it with vectors');
    }
  };
  return go(a);
}

/** Which rows of the identity the range takes: none where it is the whole. */
function restrict(g: Graph, v: Node, from: Dim, to: Dim): Node {
  return g.mul(g.selector(from, to, v.shape.rows), v);
}

function chainColumn(g: Graph, factors: readonly Node[], index: Node, from: Dim, to: Dim): Node {
  const first = factors[0] as Node;
  const last = factors[factors.length - 1] as Node;
  const atStart = first.kind === 'transpose' && first.arg.kind === 'basis' && first.arg.index === index;
  const atEnd = last.kind === 'basis' && last.index === index;
  const middle = factors.slice(atStart ? 1 : 0, factors.length - (atEnd ? 1 : 0));
  if (middle.some((f) => g.depends(f, index)) || (!atStart && !atEnd)) return refuse('a finite sum whose terms use the index in this way; write it with vectors');
  const inner = g.product(ONE, [], middle);
  if (atStart && atEnd) return restrict(g, g.apply('diag', [inner]), from, to);
  return restrict(g, atStart ? inner : g.transpose(inner), from, to);
}

function matrixSum(g: Graph, body: Node, index: Node, from: Dim, to: Dim): Node {
  if (body.kind === 'sum') return g.add(...body.terms.map((t) => sumOver(g, t, index, from, to)));
  const { coefficient, scalars, factors } = body.kind === 'product' ? body : { coefficient: ONE, scalars: [], factors: [body] };
  const s = column(g, g.product(coefficient, scalars, []), index, from, to);
  const isBasis = (f: Node | undefined): boolean => f?.kind === 'basis' && f.index === index;
  const isRow = (f: Node | undefined): boolean => f?.kind === 'transpose' && isBasis(f.arg);
  const at = factors.findIndex((f) => isBasis(f) || isRow(f));
  const place = at < 0 ? undefined : factors[at];
  const others = factors.filter((_f, i) => i !== at);
  if (!place) {
    if (factors.some((f) => g.depends(f, index))) return refuse('a finite sum whose terms use the index in this way; write it with vectors');
    return g.mul(g.apply('sum', [s]), ...factors);
  }
  const n = isBasis(place) ? place.shape.rows : place.shape.cols;
  const weights = sameDim(n, addDim(subDim(to, from), D1)) ? s : g.mul(g.transpose(g.selector(from, to, n)), s);
  const next = factors[at + 1];
  if (isBasis(place) && isRow(next)) {
    const rest = [...factors.slice(0, at), g.apply('diag', [weights]), ...factors.slice(at + 2)];
    if (rest.some((f) => g.depends(f, index))) return refuse('a finite sum that uses its index more than twice; write it with matrices');
    return g.mul(...rest);
  }
  if (others.some((f) => g.depends(f, index)) || isOne(n)) return refuse('a finite sum that uses its index in this way; write it with matrices');
  return g.mul(...factors.slice(0, at), isBasis(place) ? weights : g.transpose(weights), ...factors.slice(at + 1));
}
