/** A node as a person would write it: factored, with the names of the file and new ones for what is long and repeated. */
import type { Graph } from '../algebra/graph';
import type { Node } from '../algebra/node';
import type { Expr } from '../syntax/tree';
import { createArrange } from './arrange';
import { treeSize } from './cost';
import { MAX_NAMES, MAX_SEARCHED_SIZE } from './limits';
import { pickName } from './new-names';
import { NOWHERE } from './place';
import { createWriter } from './printer';
import { candidates, estimate, forced } from './where';
import type { Naming, Writer } from './writer';

export interface ReadableOptions {
  /** The names of the file: whole nodes, transposes, runs of factors and parts of scalars are written as them. */
  readonly definitions?: ReadonlyMap<string, Node>;
  /** Whether new names may be introduced where they make it shorter. */
  readonly where?: boolean;
  /** Names in use, which no new name may bear. */
  readonly taken?: ReadonlySet<string>;
}
/** A new name; `node.linear` where it holds a direction, which only happens in expressions too long to print without it. */
export interface WhereName { readonly name: string; readonly tree: Expr; readonly node: Node }
export interface Readable {
  readonly tree: Expr;
  /** In an order in which each uses only those before it. Not empty without `where` where the text would be too long otherwise. */
  readonly where: readonly WhereName[];
  /** Operators and leaves, those of the new names included. */
  readonly size: number;
}

/** The shortest form that a bounded search finds. Deterministic. */
export function readable(g: Graph, node: Node, options: ReadableOptions = {}): Readable {
  const file: readonly Naming[] = [...(options.definitions ?? [])].map(([name, n]) => ({ name, node: n }));
  const taken = new Set([...(options.taken ?? []), ...file.map((n) => n.name), ...symbolNames(g)]);
  const print = (added: readonly Naming[]): Printed => printWith(g, node, file, added, options.taken);

  let names: readonly Naming[] = [];
  if (estimate(node, new Set(file.map((n) => n.node))) > MAX_SEARCHED_SIZE) names = forced(node, new Set(file.map((n) => n.node))).map((n) => newName(g, n, taken));
  let best = print(names);
  if (options.where) {
    for (let round = 0; round < MAX_NAMES; round++) {
      const tried = candidates(g, best.tree, best.writer.nodeOf).filter((c) => c !== node && ![...file, ...names].some((n) => n.node === c));
      let next: { printed: Printed; names: readonly Naming[] } | undefined;
      for (const c of tried) {
        const name = pickName(g, c, taken);
        const with_ = [...names, { name, node: c }];
        const printed = print(with_);
        if (printed.size < (next?.printed.size ?? best.size)) next = { printed, names: with_ };
      }
      if (!next) break;
      best = next.printed;
      names = next.names;
      for (const n of names) taken.add(n.name);
    }
  }
  return { tree: best.tree, where: best.where, size: best.size };
}

const newName = (g: Graph, node: Node, taken: Set<string>): Naming => {
  const name = pickName(g, node, taken);
  taken.add(name);
  return { name, node };
};

interface Printed extends Readable { readonly writer: Writer }

function printWith(g: Graph, node: Node, file: readonly Naming[], added: readonly Naming[], taken: ReadonlySet<string> | undefined): Printed {
  const writerWith = (names: readonly Naming[]): Writer => createWriter(g, { names, arrange: createArrange(), ...(taken ? { taken } : {}) });
  const ordered = [...added].sort((a, b) => a.node.id - b.node.id);
  const writer = writerWith([...file, ...ordered]);
  const tree = writer.tree(node, NOWHERE);
  const where = ordered.map((n, i) => ({ ...n, tree: writerWith([...file.filter((f) => f.node !== n.node), ...ordered.slice(0, i)]).tree(n.node, NOWHERE) }));
  const used = neededBy(tree, where);
  return { tree, writer, where: used, size: used.reduce((s, d) => s + 2 + treeSize(d.tree), treeSize(tree)) };
}

/** Those that a tree uses, directly or through each other. */
function neededBy(tree: Expr, where: readonly WhereName[]): readonly WhereName[] {
  const needed: WhereName[] = [];
  let words = new Set(wordsOf(tree));
  for (const d of [...where].reverse()) {
    if (!words.has(d.name)) continue;
    needed.unshift(d);
    words = new Set([...words, ...wordsOf(d.tree)]);
  }
  return needed;
}

function wordsOf(tree: Expr): readonly string[] {
  const found: string[] = [];
  const seen = new Set<unknown>();
  const stack: unknown[] = [tree];
  while (stack.length > 0) {
    const e = stack.pop();
    if (typeof e !== 'object' || e === null || seen.has(e)) continue;
    seen.add(e);
    const fields = e as { readonly kind?: string; readonly name?: unknown };
    if (fields.kind === 'name' && typeof fields.name === 'string') found.push(fields.name);
    stack.push(...Object.values(e));
  }
  return found;
}

/** Names of the graph's symbols: variables, directions, indices, dimensions. */
function symbolNames(g: Graph): readonly string[] {
  const known = symbols.get(g) ?? { seen: 0, names: [] };
  for (; known.seen < g.nodes.length; known.seen++) {
    const n = g.nodes[known.seen];
    if (n?.kind === 'symbol') known.names.push(n.name);
  }
  symbols.set(g, known);
  return known.names;
}
/** Nodes are only ever added: what was looked at once need not be again. */
const symbols = new WeakMap<Graph, { seen: number; readonly names: string[] }>();
