/** Names for parts that have none: as a person would choose them, never one that is in use. */
import { isOne, isScalar, sameDim } from '../algebra/dim';
import type { Graph } from '../algebra/graph';
import type { Node } from '../algebra/node';
import { scaledSum } from '../algebra/sum';
import { spelled } from '../algebra/operators';

const ROOTS = ['B', 'R', 'H'];
const INVERSES = ['P', 'W', 'M'];
const SYMMETRIC = ['S', 'G', 'M', 'C'];
const MATRICES = ['M', 'C', 'D', 'N', 'Z', 'W', 'G'];
/** Sums of vectors are residuals more often than not, products coefficients. */
const RESIDUALS = ['r', 'u', 'z', 'h', 'v', 'q'];
const VECTORS = ['c', 'u', 'z', 'h', 'v', 'q'];
const SCALARS = ['c', 's', 'q', 't', 'h', 'w'];
const CHANGES = ['D', 'Delta'];

/** Letters that mean something in the language or beside a derivative. */
const RESERVED = new Set(['I', 'E', 'e', 'T', 'd', 'i', 'j', 'k', 'l', 'V', 'K']);

export function pickName(g: Graph, node: Node, taken: ReadonlySet<string>): string {
  const wanted = lettersFor(g, node);
  const isFree = (name: string): boolean => !taken.has(name) && !RESERVED.has(name) && spelled(name) === undefined;
  const found = wanted.find(isFree);
  if (found !== undefined) return found;
  for (let i = 1; ; i++) {
    const name = `${wanted[0] ?? 'M'}_${i}`;
    if (isFree(name)) return name;
  }
}

function lettersFor(g: Graph, node: Node): readonly string[] {
  if (node.linear) return CHANGES;
  if (isScalar(node.shape)) return SCALARS;
  if (isOne(node.shape.cols) || isOne(node.shape.rows)) return node.kind === 'sum' || scaledSum(node) ? RESIDUALS : VECTORS;
  if (node.kind === 'power') return node.exponent.d !== 1n ? ROOTS : INVERSES;
  return sameDim(node.shape.rows, node.shape.cols) && g.isSymmetric(node) ? SYMMETRIC : MATRICES;
}
