/** A node as a person would write it: factored, with the names of the file and new ones for what is long and repeated. */
import type { Graph } from '../algebra/graph';
import type { Node } from '../algebra/node';
import type { Expr } from '../syntax/tree';
import { createArrange } from './arrange';
import { treeSize } from './cost';
import { NOWHERE } from './place';
import { createWriter } from './printer';

export interface ReadableOptions {
  /** The names of the file: whole nodes, transposes, runs of factors and parts of scalars are written as them. */
  readonly definitions?: ReadonlyMap<string, Node>;
  /** Whether new names may be introduced. */
  readonly where?: boolean;
  /** Names in use, which no new name may bear. */
  readonly taken?: ReadonlySet<string>;
}
export interface WhereName { readonly name: string; readonly tree: Expr; readonly node: Node }
export interface Readable { readonly tree: Expr; readonly where: readonly WhereName[]; readonly size: number }

export function readable(g: Graph, node: Node, options: ReadableOptions = {}): Readable {
  const names = [...(options.definitions ?? [])].map(([name, n]) => ({ name, node: n }));
  const tree = createWriter(g, { names, arrange: createArrange(), ...(options.taken ? { taken: options.taken } : {}) }).tree(node, NOWHERE);
  return { tree, where: [], size: treeSize(tree) };
}
