/** diag(u) as a factor that terms have in common: diag(u)*M + (u .* a)*b' is diag(u)*(M + a*b'), and on the other side. */
import { isOne } from '../algebra/dim';
import type { Graph } from '../algebra/graph';
import type { Node } from '../algebra/node';
import { ONE } from '../algebra/rational';
import { weightOf } from '../algebra/weight';
import { candidate, type Candidate, type Term } from './group-terms';

const diagonalOf = (f: Node | undefined): Node | undefined => (f?.kind === 'apply' && f.op === 'diag' && f.args[0] && isOne(f.args[0].shape.cols) ? f.args[0] : undefined);

/** A column u .* a (a row, turned over) without u. */
function without(g: Graph, f: Node, u: Node, atEnd: boolean): Node | undefined {
  const column = atEnd ? g.transpose(f) : f;
  if (!isOne(column.shape.cols)) return undefined;
  const mine = u.kind === 'hadamard' ? u.factors : [{ base: u, exponent: ONE }];
  const all = column.kind === 'hadamard' ? column.factors : [{ base: column, exponent: ONE }];
  if (mine.some((p) => !all.some((x) => x.base === p.base && x.exponent.n === p.exponent.n && x.exponent.d === p.exponent.d))) return undefined;
  const rest = all.filter((x) => !mine.some((p) => p.base === x.base));
  const left = rest.length > 0 ? g.elementProduct(ONE, [], rest) : g.ones(column.shape);
  return atEnd ? g.transpose(left) : left;
}

export function diagonalFactors(g: Graph, list: readonly Term[]): readonly Candidate[] {
  return [false, true].flatMap((atEnd) => {
    const end = (t: Term): Node | undefined => (atEnd ? t.factors.at(-1) : t.factors[0]);
    const factors = [...new Set(list.map((t) => diagonalOf(end(t))).filter((u) => u !== undefined))];
    return factors.flatMap((u): Candidate[] => {
      const members = list.flatMap((t) => {
        const f = end(t);
        const rest = atEnd ? t.factors.slice(0, -1) : t.factors.slice(1);
        if (diagonalOf(f) === u) return [{ t, rest: rest.length > 0 ? rest : [g.identity(u.shape.rows)], isOwn: true }];
        const left = f && rest.length > 0 ? without(g, f, u, atEnd) : undefined;
        return left ? [{ t, rest: atEnd ? [...rest, left] : [left, ...rest], isOwn: false }] : [];
      });
      if (members.length < 2 || members.every((m) => m.isOwn) || members.some((m) => isOne(m.t.node.shape.cols) || isOne(m.t.node.shape.rows))) return [];
      const nodes = members.map((m) => m.t.node);
      return [candidate(nodes, (nodes.length - 1) * (weightOf(u) + 1), () => {
        const inner = g.add(...members.map((m) => g.product(m.t.coefficient, m.t.scalars, m.rest)));
        return { kind: 'node', members: nodes, node: g.product(ONE, [], atEnd ? [inner, g.apply('diag', [u])] : [g.apply('diag', [u]), inner]) };
      })];
    });
  });
}
