/** Slices of a block matrix along its borders, [A, B][:, 1:n] = A, [A; B][m+1:2*m, :] = B, and its numbered rows and columns. */
import { addDim, constantDim, D0, D1, dimNumber, sameDim, type Dim } from '../algebra/dim';
import type { Graph } from '../algebra/graph';
import type { Node } from '../algebra/node';
import { wholeNumber } from '../algebra/sign';

type Blocks = Node & { readonly kind: 'apply' };
type Selector = Node & { readonly kind: 'selector' };

const isBlocks = (a: Node): a is Blocks => a.kind === 'apply' && a.op === 'blocks';
const across = (a: Blocks): number => constantDim(a.dims[1] ?? D1) ?? 1;

/** The places of the first block taken and the one behind the last, where the range begins and ends at borders. */
function between(sizes: readonly Dim[], { from, to }: Selector): readonly [number, number] | undefined {
  const borders = sizes.reduce<readonly Dim[]>((ends, size) => [...ends, addDim(ends.at(-1) ?? D0, size)], [D0]);
  const first = borders.findIndex((border) => sameDim(addDim(border, D1), from));
  const behind = borders.findIndex((border) => sameDim(border, to));
  return first >= 0 && behind > first ? [first, behind] : undefined;
}

const joined = (g: Graph, blocks: readonly Node[], rows: number, cols: number): Node =>
  (blocks.length === 1 && blocks[0] ? blocks[0] : g.apply('blocks', blocks, [dimNumber(rows), dimNumber(cols)]));

function columnsOf(g: Graph, a: Blocks, selector: Selector): Node | undefined {
  const n = across(a);
  const taken = between(a.args.slice(0, n).map((x) => x.shape.cols), selector);
  return taken && joined(g, a.args.filter((_, k) => k % n >= taken[0] && k % n < taken[1]), a.args.length / n, taken[1] - taken[0]);
}
function rowsOf(g: Graph, a: Blocks, selector: Selector): Node | undefined {
  const n = across(a);
  const taken = between(a.args.filter((_, k) => k % n === 0).map((x) => x.shape.rows), selector);
  return taken && joined(g, a.args.slice(taken[0] * n, taken[1] * n), taken[1] - taken[0], n);
}

/** The place of the block where a numbered row or column lies, and its number there: the sizes up to it have to be numbers. */
function placeOf(sizes: readonly Dim[], index: Node): readonly [number, number] | undefined {
  let left = wholeNumber(index) ?? 0;
  for (const [k, size] of sizes.entries()) {
    const n = constantDim(size);
    if (left < 1 || n === undefined) return undefined;
    if (left <= n) return [k, left];
    left -= n;
  }
  return undefined;
}

function numberedRow(g: Graph, a: Blocks, index: Node): Node | undefined {
  const n = across(a);
  const sizes = a.args.filter((_, k) => k % n === 0).map((x) => x.shape.rows);
  const place = placeOf(sizes, index);
  return place && g.mul(g.transpose(g.basis(g.number(place[1]), sizes[place[0]] as Dim)), joined(g, a.args.slice(place[0] * n, (place[0] + 1) * n), 1, n));
}

function numberedColumn(g: Graph, a: Blocks, index: Node): Node | undefined {
  const n = across(a);
  const sizes = a.args.slice(0, n).map((x) => x.shape.cols);
  const place = placeOf(sizes, index);
  return place && g.mul(joined(g, a.args.filter((_, k) => k % n === place[0]), a.args.length / n, 1), g.basis(g.number(place[1]), sizes[place[0]] as Dim));
}

/** What a block matrix beside the rows of the identity that a slice takes becomes. */
export function sliceOfBlocks(g: Graph, a: Node, b: Node): Node | undefined {
  if (isBlocks(b) && a.kind === 'transpose' && a.arg.kind === 'basis') return numberedRow(g, b, a.arg.index);
  if (isBlocks(a) && b.kind === 'basis') return numberedColumn(g, a, b.index);
  if (a.kind === 'selector') {
    if (isBlocks(b)) return rowsOf(g, b, a);
    const made = b.kind === 'transpose' && isBlocks(b.arg) ? columnsOf(g, b.arg, a) : undefined;
    return made && g.transpose(made);
  }
  if (b.kind !== 'transpose' || b.arg.kind !== 'selector') return undefined;
  if (isBlocks(a)) return columnsOf(g, a, b.arg);
  const made = a.kind === 'transpose' && isBlocks(a.arg) ? rowsOf(g, a.arg, b.arg) : undefined;
  return made && g.transpose(made);
}
