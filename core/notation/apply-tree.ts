/** Operators as trees, by their spelling in the language; those that it has no name for are written with others. */
import { constantDim, D1, isScalar, type Dim } from '../algebra/dim';
import type { Node } from '../algebra/node';
import type { Expr } from '../syntax/tree';
import { linearSlot } from './groups';
import { exprOf, peel } from './scaled';
import { isElementwise, isSpread, NOWHERE, TOLD, type Place } from './place';
import { binary, blocksOf, call, dimTree, indexed, itemRange, nabla, raisedTo, transposeOf, whole } from './trees';
import type { Writer } from './writer';

type ApplyNode = Node & { kind: 'apply' };

export function applyTree(w: Writer, a: ApplyNode, place: Place): Expr {
  const { op, args, dims } = a;
  const [x, y, z, u] = args;
  const go = (n: Node): Expr => w.tree(n, NOWHERE);
  if (op.startsWith('formal:')) return formalTree(op, args.map(go));
  if (isElementwise(op) && x) return call(op, w.tree(x, place));
  switch (op) {
    case 'kron': if (x && y) return binary('⊗', go(x), go(y)); break;
    case 'power': case 'elementPower': if (x && y) return raisedTo(go(x), go(y), op === 'elementPower'); break;
    case 'max': case 'min': if (x && y) return call(op, ...extremeOf(w, x, y)); break;
    case 'maximum': if (x) return call('max', go(x)); break;
    case 'minimum': if (x) return call('min', go(x)); break;
    case 'blocks': return blocksTree(args.map(go), constantDim(dims[1] ?? D1) ?? 1);
    case 'reciprocalGaps': if (x) return gapsTree(go(x), x.shape.rows); break;
    case 'expmFrechet2': case 'logmFrechet2': if (x && y && z) return secondFrechet(x.shape.rows, [go(x), go(y), go(z)], (M) => call(op.slice(0, 4), M)); break;
    case 'powmFrechet2': if (x && y && z && u) return secondFrechet(x.shape.rows, [go(x), go(z), go(u)], (M) => raisedTo(M, go(y))); break;
    default: break;
  }
  const slot = linearSlot(op);
  if (slot === undefined) return call(op, ...args.map(go), ...dims.map(dimTree));
  // A number that the linear argument was printed with stands in front.
  const trees = args.map(go);
  const p = peel(op === 'sum' ? turnedBack(trees[slot] as Expr) : trees[slot] as Expr);
  return exprOf({ q: p.q, tree: call(op, ...trees.map((t, i) => (i === slot ? p.tree : t)), ...dims.map(dimTree)) });
}

/** A sum of all entries is as well that of the transpose: sum(X[k, :] - a[k]), not sum(X[k, :]' - a[k]). */
const turnedBack = (e: Expr): Expr => (e.kind === 'transpose' ? e.arg : e.kind === 'binary' ? allTurned(e) ?? e : e);

function allTurned(e: Expr): Expr | undefined {
  if (e.kind === 'transpose') return e.arg;
  if (e.kind === 'number' || (e.kind === 'index' && e.items.every((i) => i.kind === 'at'))) return e;
  if (e.kind !== 'binary' || !['+', '-', '.*', './'].includes(e.op)) return undefined;
  const [a, b] = [allTurned(e.left), allTurned(e.right)];
  return a && b && binary(e.op, a, b);
}

/** The two that are compared: an array that is all one number is the number, in front. */
function extremeOf(w: Writer, x: Node, y: Node): readonly Expr[] {
  const isNumber = (a: Node): boolean => !isScalar(a.shape) && (a.kind === 'zero' || isSpread(a));
  const number = isNumber(x) ? x : isNumber(y) ? y : undefined;
  const other = number === x ? y : x;
  if (!number || isNumber(other)) return [w.tree(x, NOWHERE), w.tree(y, NOWHERE)];
  const scalar = number.kind === 'zero' ? w.g.number(0) : number.kind === 'product' ? w.g.product(number.coefficient, number.scalars, []) : w.g.number(1);
  return [w.tree(scalar, TOLD), w.tree(other, NOWHERE)];
}

/** `formal:1:g` applied: the gradient of a function without a body. */
function formalTree(op: string, args: readonly Expr[]): Expr {
  const [, order, ...name] = op.split(':');
  return order === '0' ? call(name.join(':'), ...args) : nabla(name.join(':'), Number(order), args);
}

function blocksTree(cells: readonly Expr[], across: number): Expr {
  return blocksOf(Array.from({ length: cells.length / across }, (_, i) => cells.slice(i * across, (i + 1) * across)));
}

/** 1/(l_j - l_i) off the diagonal and 0 on it. */
function gapsTree(l: Expr, n: Dim): Expr {
  const ones = call('ones', dimTree(n));
  const I = call('I', dimTree(n));
  const gaps = binary('+', binary('-', binary('*', ones, transposeOf(l)), binary('*', l, transposeOf(ones))), I);
  return binary('-', binary('./', whole(1), gaps), I);
}

/** The upper right corner of f of a 4-block matrix (Higham & Relton 2014, Theorem 3.5). */
function secondFrechet(n: Dim, [A, E, D]: readonly [Expr, Expr, Expr], f: (M: Expr) => Expr): Expr {
  const size = dimTree(n);
  const O = call('zeros', size, size);
  const M = blocksOf([[A, E, D, O], [O, A, O, D], [O, O, A, E], [O, O, O, A]]);
  const times = (k: number): Expr => binary('*', whole(k), size);
  return indexed(f(M), [itemRange(whole(1), size), itemRange(binary('+', times(3), whole(1)), times(4))]);
}
