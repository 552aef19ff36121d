/** The differential of a scalar by a matrix as it is read off the gradient: tr(G'*dX), and u'*dX*v of an outer product u*v', where no other way to write it is shorter. */
import { dimNumber, isOne, isScalar, SCALAR, type Shape } from '../algebra/dim';
import type { Graph } from '../algebra/graph';
import type { Node } from '../algebra/node';
import { isOneQ, mulQ, ONE, type Rational } from '../algebra/rational';
import type { Expr } from '../syntax/tree';
import { treeSize } from './cost';
import { rowOf, turnedOver } from './entry-tree';
import { mapTree } from './map-tree';
import { partsOf } from './parts';
import { exprOf, peel } from './scaled';
import { call, minus, named, over, productOf, times, transposeOf } from './trees';

const STAND = '?trace';
/** What is not told to be a scalar stays inside. */
const ARRAY: Shape = { rows: dimNumber(2), cols: dimNumber(2) };

/** How the session prints a node, and what it knows of the trees; undefined for what is too long. */
export interface Printer {
  readonly print: (node: Node) => Expr | undefined;
  readonly shapeOf: (e: Expr) => Shape | undefined;
}

/** `free` is <G, V> as it is printed by itself. */
export function pairedTree(g: Graph, G: Node, V: Node, free: Expr, { print, shapeOf }: Printer): Expr {
  if (V.kind !== 'symbol' || isScalar(G.shape) || G.kind === 'zero' || free.kind === 'name') return free;
  if (isOne(V.shape.cols)) return ofColumn(V.name, free, shapeOf, () => print(G));
  if (isOne(V.shape.rows)) return free;
  const straight = print(G);
  const between = straight && betweenSides(straight, V.name, shapeOf);
  const isRead = (e: Expr): boolean => { const { tree } = peel(e); return tree.kind !== 'call' && !holdsTrace(tree); };
  if (between) return treeSize(between) <= treeSize(free) + 1 && !(isRead(free) && treeSize(free) <= treeSize(between)) ? between : free;
  const { coefficient, scalars, factors } = partsOf(G);
  const stand = g.symbol(STAND, g.number(1).shape, 'direction');
  /** `inside` of the number stands in the array, which may have a sum that takes it in. */
  const traced = (inside: Rational, outside: Rational): Expr | undefined => {
    const turned = factors.length > 0 ? print(g.transpose(g.product(inside, [], factors))) : undefined;
    const p = turned && peel(turned);
    const scale = p && print(g.product(mulQ(outside, p.q), [...scalars, { base: stand, exponent: ONE }], []));
    return scale && p && inPlace(scale, aroundTrace(p.tree, V.name, shapeOf, (x) => x));
  };
  const apart = traced(ONE, coefficient);
  if (!apart) return free;
  // Numbers that went into a sum, and factors that are found on one side alone.
  const others = [isOneQ(coefficient) ? undefined : traced(coefficient, ONE), straight && aroundTrace(straight, V.name, shapeOf, transposeOf)];
  const best = others.reduce<Expr>((x, y) => (y && treeSize(y) < treeSize(x) ? y : x), apart);
  return treeSize(best) <= treeSize(free) ? best : free;
}

/** What stands for a trace replaced by it, of which the scalars join the others. */
function inPlace(e: Expr, trace: Expr): Expr {
  if (e.kind === 'name' && e.name === STAND) return trace;
  if (e.kind === 'binary' && e.op === '*') return times(inPlace(e.left, trace), inPlace(e.right, trace));
  if (e.kind === 'binary' && e.op === '/') return over(inPlace(e.left, trace), e.right);
  return mapTree(e, (x) => (x.kind === 'name' && x.name === STAND ? trace : undefined));
}

/** tr(turn(M)*V) for a printed M, with its sign and its scalars outside. */
function aroundTrace(e: Expr, V: string, shapeOf: Printer['shapeOf'], turn: (e: Expr) => Expr): Expr {
  if (e.kind === 'unary' && e.op === '-') return minus(aroundTrace(e.arg, V, shapeOf, turn));
  if (e.kind === 'binary' && e.op === '/') return over(aroundTrace(e.left, V, shapeOf, turn), e.right);
  const factors = factorsOf(e);
  const lead = factors.findIndex((f) => f.kind !== 'number' && !isScalar(shapeOf(f) ?? ARRAY));
  const [outside, inside] = lead < 0 ? [[], factors] : [factors.slice(0, lead), factors.slice(lead)];
  return productOf([...outside, call('tr', times(turn(productOf(inside) as Expr), named(V)))]) as Expr;
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
  const [left, right] = [turnedOver(factors.slice(first, cut)), turnedOver(factors.slice(cut))];
  return productOf([...factors.slice(0, first), left, named(V), right]);
}
/** A trace among the factors. */
const holdsTrace = (e: Expr): boolean => (e.kind === 'binary' ? holdsTrace(e.left) || holdsTrace(e.right) : e.kind === 'call' && e.callee.name === 'tr');
const factorsOf = (e: Expr): readonly Expr[] => (e.kind === 'binary' && e.op === '*' ? [...factorsOf(e.left), e.right] : [e]);

/** e*V, with what e is divided by behind it. */
const inFront = (e: Expr, V: Expr): Expr => (e.kind === 'unary' ? minus(inFront(e.arg, V)) : e.kind === 'binary' && e.op === '/' ? over(inFront(e.left, V), e.right) : times(e, V));

/** G'*V where that is shorter, and not sum(t'*V - Y'*V), in which a number is added to every entry. */
function ofColumn(V: string, free: Expr, shapeOf: Printer['shapeOf'], print: () => Expr | undefined): Expr {
  const gradient = print();
  if (!gradient) return free;
  const { tree } = peel(free);
  const [inside] = tree.kind === 'call' && tree.callee.name === 'sum' ? tree.args : [];
  const isSpread = inside?.kind === 'binary' && (inside.op === '+' || inside.op === '-');
  const row = rowOf(gradient, shapeOf, true);
  const p = peel(gradient);
  const made = row ? inFront(row, named(V)) : exprOf({ q: p.q, tree: times(transposeOf(p.tree), named(V)) });
  return treeSize(made) + (isSpread ? 0 : 1) <= treeSize(free) ? made : free;
}
