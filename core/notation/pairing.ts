/** The differential of a scalar by a matrix as it is read off the gradient: tr(G'*dX), and u'*dX*v of an outer product u*v', where no other way to write it is shorter. */
import { isOne, isScalar, SCALAR, type Shape } from '../algebra/dim';
import type { Graph } from '../algebra/graph';
import type { Node } from '../algebra/node';
import { mulQ, ONE } from '../algebra/rational';
import type { Expr } from '../syntax/tree';
import { treeSize } from './cost';
import { mapTree } from './map-tree';
import { partsOf } from './parts';
import { exprOf, over, peel } from './scaled';
import { call, minus, named, productOf, times, transposeOf } from './trees';

const STAND = '?trace';

/** How the session prints a node, and what it knows of the trees; undefined for what is too long. */
export interface Printer {
  readonly print: (node: Node) => Expr | undefined;
  readonly shapeOf: (e: Expr) => Shape | undefined;
}

/** `free` is <G, V> as it is printed by itself. */
export function pairedTree(g: Graph, G: Node, V: Node, free: Expr, { print, shapeOf }: Printer): Expr {
  if (V.kind !== 'symbol' || isScalar(G.shape) || G.kind === 'zero' || free.kind === 'name') return free;
  if (isOne(V.shape.cols)) return ofColumn(V.name, free, () => print(G));
  if (isOne(V.shape.rows)) return free;
  const straight = print(G);
  const between = straight && betweenSides(straight, V.name, shapeOf);
  const isRead = (e: Expr): boolean => { const { tree } = peel(e); return tree.kind !== 'call' && !holdsTrace(tree); };
  if (between) return treeSize(between) <= treeSize(free) + 1 && !(isRead(free) && treeSize(free) <= treeSize(between)) ? between : free;
  const { coefficient, scalars, factors } = partsOf(G);
  const turned = factors.length > 0 ? print(g.transpose(g.product(ONE, [], factors))) : undefined;
  if (!turned) return free;
  const p = peel(turned);
  const stand = g.symbol(STAND, g.number(1).shape, 'direction');
  const scale = print(g.product(mulQ(coefficient, p.q), [...scalars, { base: stand, exponent: ONE }], []));
  if (!scale) return free;
  const made = mapTree(scale, (e) => (e.kind === 'name' && e.name === STAND ? call('tr', times(p.tree, named(V.name))) : undefined));
  return treeSize(made) <= treeSize(free) ? made : free;
}

/** u'*V*v where a gradient is printed as an outer product u*v', with its scalars before it. */
function betweenSides(gradient: Expr, V: string, shapeOf: Printer['shapeOf']): Expr | undefined {
  if (gradient.kind === 'paren') return betweenSides(gradient.arg, V, shapeOf);
  if (gradient.kind === 'unary' && gradient.op === '-') { const inner = betweenSides(gradient.arg, V, shapeOf); return inner && minus(inner); }
  if (gradient.kind === 'binary' && gradient.op === '/') { const inner = betweenSides(gradient.left, V, shapeOf); return inner && over(inner, gradient.right); }
  const factors = factorsOf(gradient);
  const shapes = factors.map((e) => (e.kind === 'number' ? SCALAR : shapeOf(e)));
  const first = shapes.findIndex((s) => s && !isScalar(s));
  const cut = shapes.findIndex((s, i) => i > first && s !== undefined && isOne(s.rows) && !isScalar(s));
  if (first < 0 || cut < 0 || shapes.some((s) => s === undefined) || shapes.slice(cut + 1).some((s) => s && isOne(s.rows))) return undefined;
  const turned = (es: readonly Expr[]): Expr => {
    const [whole, apart] = [transposeOf(productOf(es) as Expr), productOf([...es].reverse().map(transposeOf)) as Expr];
    return treeSize(apart) < treeSize(whole) ? apart : whole;
  };
  const [left, right] = [turned(factors.slice(first, cut)), turned(factors.slice(cut))];
  return productOf([...factors.slice(0, first), left, named(V), right]);
}
/** A trace among the factors. */
const holdsTrace = (e: Expr): boolean => (e.kind === 'binary' ? holdsTrace(e.left) || holdsTrace(e.right) : e.kind === 'call' && e.callee.name === 'tr');
const factorsOf = (e: Expr): readonly Expr[] => (e.kind === 'binary' && e.op === '*' ? [...factorsOf(e.left), e.right] : [e]);

/** G'*V, not sum(t'*V - Y'*V), in which a number is added to every entry. */
function ofColumn(V: string, free: Expr, print: () => Expr | undefined): Expr {
  const { tree } = peel(free);
  const [inside] = tree.kind === 'call' && tree.callee.name === 'sum' ? tree.args : [];
  const gradient = inside?.kind === 'binary' && (inside.op === '+' || inside.op === '-') ? print() : undefined;
  if (!gradient) return free;
  const p = peel(gradient);
  const made = exprOf({ q: p.q, tree: times(transposeOf(p.tree), named(V)) });
  return treeSize(made) <= treeSize(free) ? made : free;
}
