/** How long a tree is to a reader, counted as `printSize` counts its text, without printing it. */
import type { Expr, IndexItem } from '../syntax/tree';

/** A tree keeps its size, once that was asked for. Copies with other parts forget it: see `map-tree.ts`. */
export interface Measured { printed: number | undefined }
/** For trees that are copied with other parts. */
export const UNMEASURED: Measured = { printed: undefined };

const SOLVES = new Set(['sylvester', 'expmFrechet', 'logmFrechet', 'powmFrechet', 'expmKron', 'logmKron', 'powmKron']);
export const isSolve = (op: string): boolean => SOLVES.has(op);
/** Beyond this no text is worth printing; sums of sizes stay finite. */
const ENDLESS = 1e9;

/** Operators and leaves; a solve counts ten more. */
export function treeSize(e: Expr): number {
  const old = (e as Partial<Measured>).printed;
  if (old !== undefined) return old;
  const size = Math.min(ENDLESS, count(e));
  (e as Partial<Measured>).printed = size;
  return size;
}

const sum = (es: readonly Expr[]): number => es.reduce((n, e) => n + treeSize(e), 0);

function count(e: Expr): number {
  switch (e.kind) {
    case 'number': case 'name': case 'missing': return 1;
    case 'paren': return treeSize(e.arg);
    case 'binary': return treeSize(e.left) + 1 + treeSize(e.right);
    case 'unary': return 1 + treeSize(e.arg);
    case 'transpose': return 1 + treeSize(e.arg);
    case 'inverseTranspose': return 2 + treeSize(e.arg);
    case 'power': {
      const { exponent } = e;
      const inverse = !e.elementwise && exponent.kind === 'unary' && exponent.op === '-' && exponent.arg.kind === 'number' && exponent.arg.text === '1';
      return treeSize(e.base) + 1 + (inverse ? 0 : treeSize(exponent));
    }
    case 'call': return 1 + (SOLVES.has(e.callee.name) ? 10 : 0) + (e.callee.name.length < 3 && !/^[eEI]$/.test(e.callee.name) && e.callee.name !== 'tr' ? 1 : 0) + sum(e.args);
    case 'index': return treeSize(e.arg) + 1 + e.items.reduce((n, i) => n + itemSize(i), 0);
    case 'blocks': return 1 + e.rows.reduce((n, r) => n + sum(r), 0);
    case 'finiteSum': return 4 + treeSize(e.body) + treeSize(e.from) + treeSize(e.to);
    case 'leibniz': return 3 + treeSize(e.of) + 2 * e.wrt.length;
    case 'nabla': return 3 + sum(e.args);
  }
}

const itemSize = (i: IndexItem): number => (i.kind === 'all' ? 1 : i.kind === 'at' ? treeSize(i.expr) : 1 + treeSize(i.from) + treeSize(i.to));
