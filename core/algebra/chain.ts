/** 1×1 products of arrays: x'*A*y, oriented one way for good, with their special cases. */
import { isOne, SCALAR } from './dim';
import type { Constructors, Graph } from './graph';
import type { Node } from './node';
import { compareNodes } from './order';
import { isNegativeQ, negQ, ONE, type Rational } from './rational';
import { marks } from './transpose';

export function chainConstructors(g: Graph): Pick<Constructors, 'chain'> {
  const chain = (factors: readonly Node[]): Node => {
    const first = factors[0];
    const last = factors[factors.length - 1];
    if (!first || !last) return g.number(1);
    if (factors.length === 1) return first;
    if (first.kind === 'ones' && isOne(first.shape.rows)) return g.apply('sum', [g.product(ONE, [], factors.slice(1))]);
    if (last.kind === 'ones' && isOne(last.shape.cols)) return g.apply('sum', [g.product(ONE, [], flip(g, factors).slice(1))]);
    if (factors.length === 2) {
      const u = g.transpose(first);
      const special = dot(g, u, last) ?? dot(g, last, u);
      if (special) return special;
    }
    const { sign, factors: other } = turnedRun(g, factors);
    if (isNegativeQ(sign) && other.every((f, i) => f === factors[i])) return g.number(0);
    if (isNegativeQ(sign) && before(other, factors)) return g.neg(chain(other));
    const chosen = before(other, factors) ? other : factors;
    return g.intern(`c:${chosen.map((f) => f.id).join()}`, (id, linear) => ({ kind: 'chain', id, factors: chosen, shape: SCALAR, linear }), chosen);
  };
  return { chain };
}

/** u'v for two columns, where something shorter says it. */
function dot(g: Graph, u: Node, v: Node): Node | undefined {
  if (u.kind === 'basis' && v.kind === 'basis') return g.apply('delta', [u.index, v.index]);
  if (u.kind === 'hadamard') return g.apply('sum', [g.hadamard(u, v)]);
  if (u.kind === 'apply' && u.op === 'vec' && v.kind === 'apply' && v.op === 'vec') {
    const [a, b] = [u.args[0], v.args[0]];
    if (a && b && a.shape.rows.key === b.shape.rows.key) return g.apply('tr', [g.mul(g.transpose(a), b)]);
  }
  return undefined;
}

export const flip = (g: Graph, factors: readonly Node[]): Node[] => [...factors].reverse().map((f) => g.transpose(f));

/** The factors of the transpose and its sign: a skew factor stays as it is and turns the sign. */
export function turnedRun(g: Graph, factors: readonly Node[]): { readonly sign: Rational; readonly factors: readonly Node[] } {
  let sign = ONE;
  const other = [...factors].reverse().map((f) => {
    if (!g.isSkew(f)) return g.transpose(f);
    sign = negQ(sign);
    return f;
  });
  return { sign, factors: other };
}

const inner = (factors: readonly Node[]): number => factors.slice(1).reduce((n, f) => n + marks(f), 0);

/** Fewest transposes behind the first place, then the order of the factors. */
export function before(a: readonly Node[], b: readonly Node[]): boolean {
  const d = inner(a) - inner(b);
  if (d !== 0) return d < 0;
  for (const [i, x] of a.entries()) {
    const order = compareNodes(x, b[i] as Node);
    if (order !== 0) return order < 0;
  }
  return false;
}
