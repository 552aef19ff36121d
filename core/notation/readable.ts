/** A node as a person would write it: factored, with the names of the file and new ones for what is long and repeated. */
import { isOne } from '../algebra/dim';
import type { Graph } from '../algebra/graph';
import type { Node } from '../algebra/node';
import { compareNodes } from '../algebra/order';
import { split } from '../algebra/sign';
import { weightOf } from '../algebra/weight';
import type { Expr } from '../syntax/tree';
import { createArrange } from './arrange';
import { treeSize } from './cost';
import { MAX_NAMES, MAX_SEARCHED_SIZE } from './limits';
import { pickName } from './new-names';
import { NOWHERE } from './place';
import { createWriter } from './printer';
import { isEntryProduct, withEntryNameThroughout } from './entry-names';
import { isScaled, withScaledName } from './scaled-names';
import { searchOf } from './search';
import { isSolved, withSolvedName } from './solved-names';
import { candidates, createEstimate, forced, longPart } from './where';
import { wordsOf } from './words';
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

/** Beside other names, a long sum that stands once gets one too where that leaves the formula so much shorter; a name costs its definition's left side. */
const LEAST_SHORTENING = 8;
const NAME_COST = 3;
/** Shorter formulas are read at a glance, sums of matrices in them too; a vector, as a residual, has a name sooner. */
const LONG = 30;

/** The shortest form that a bounded search finds. Deterministic. */
export function readable(g: Graph, node: Node, options: ReadableOptions = {}): Readable {
  const file = namingsOf(options.definitions);
  const taken = takenNames(g, file, options.taken);
  const print = (added: readonly Naming[]): Printed => openPrinting(g, file, added, options.taken).print(node);

  const needed = forcedNames(g, node, file, taken);
  let names = needed;
  let best = print(names);
  if (options.where) {
    for (let round = 0; round < MAX_NAMES; round++) {
      const tried = candidates(g, node, best.tree, best.writer.nodeOf, [...file, ...names]).filter((c) => c !== node && ![...file, ...names].some((n) => n.node === c));
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
    // A name for what stands in another name's definition alone says nothing.
    for (const n of names.length > 1 ? names.filter((x) => !needed.includes(x)) : []) {
      if (wordsOf(best.tree).has(n.name)) continue;
      const fewer = print(names.filter((x) => x !== n));
      if (fewer.size <= best.size + NAME_COST && fewer.where.length < best.where.length) [best, names] = [fewer, names.filter((x) => x !== n)];
    }
    const long = names.length > 0 ? longPart(best.tree, best.writer.nodeOf, [...file, ...names]) : undefined;
    if (long && long !== split(g, node).rest && (isOne(long.shape.cols) || treeSize(best.tree) > LONG)) {
      const printed = print([...names, { name: pickName(g, long, taken), node: long }]);
      if (treeSize(printed.tree) <= treeSize(best.tree) - LEAST_SHORTENING && printed.size <= best.size + NAME_COST) best = printed;
    }
  }
  return { tree: best.tree, where: best.where, size: best.size };
}

/** The definitions as names; what vanishes is written as 0, whatever was defined to be it. */
export const namingsOf = (definitions: ReadonlyMap<string, Node> | undefined): readonly Naming[] => [...(definitions ?? [])].filter(([, node]) => node.kind !== 'zero').map(([name, node]) => ({ name, node }));

/** All names that a new one would be mistaken for. */
export const takenNames = (g: Graph, file: readonly Naming[], taken: ReadonlySet<string> | undefined): Set<string> => new Set([...(taken ?? []), ...file.map((n) => n.name), ...symbolNames(g)]);

/** Names for the repeated parts of what is too long to print without; they join `taken`. */
export function forcedNames(g: Graph, node: Node, known: readonly Naming[], taken: Set<string>): readonly Naming[] {
  const named = new Set(known.map((n) => n.node));
  return createEstimate(named)(node) <= MAX_SEARCHED_SIZE ? [] : namesFor(g, node, named, taken);
}

export function namesFor(g: Graph, node: Node, named: ReadonlySet<Node>, taken: Set<string>): readonly Naming[] {
  return forced(node, named).map((n) => {
    const name = pickName(g, n, taken);
    taken.add(name);
    return { name, node: n };
  });
}

export interface Printed extends Readable { readonly writer: Writer }
export interface Printing {
  print(node: Node): Printed;
  /** The node that a printed tree stands for. */
  nodeOf(e: Expr): Node | undefined;
}

/** Printing with one set of names: parts that several expressions share are printed once. `added` are the new names, each defined below what uses it. */
export function openPrinting(g: Graph, file: readonly Naming[], added: readonly Naming[], taken: ReadonlySet<string> | undefined): Printing {
  const writerWith = (names: readonly Naming[]): Writer => createWriter(g, { names, arrange: createArrange(), ...(taken ? { taken } : {}) });
  // What stands inside something else weighs less: a run of factors may be a younger node than what holds it.
  const ordered = [...added].sort((a, b) => weightOf(a.node) - weightOf(b.node) || compareNodes(a.node, b.node));
  const rank = new Map(ordered.map((n, i) => [n.name, i]));
  const writer = writerWith([...file, ...ordered]);
  const defined: (Expr | undefined)[] = [];
  /** A definition uses only names before its own. */
  const definition = (i: number): Expr => {
    const old = defined[i];
    if (old) return old;
    const { node } = ordered[i] as Naming;
    const tree = writer.definition(node);
    const uses = [...wordsOf(tree)];
    const isOrdered = uses.every((name) => (rank.get(name) ?? -1) < i) && !file.some((f) => f.node === node);
    const made = isOrdered ? tree : writerWith([...file.filter((f) => f.node !== node), ...ordered.slice(0, i)]).tree(node, NOWHERE);
    defined[i] = made;
    return made;
  };
  const needed = (tree: Expr): readonly WhereName[] => {
    const found = new Set<number>();
    const queue = [tree];
    for (let e = queue.pop(); e; e = queue.pop()) {
      for (const name of wordsOf(e)) {
        const i = rank.get(name);
        if (i === undefined || found.has(i)) continue;
        found.add(i);
        queue.push(definition(i));
      }
    }
    return [...found].sort((a, b) => a - b).map((i) => ({ ...(ordered[i] as Naming), tree: definition(i) }));
  };
  const plain = (node: Node): Printed => {
    const tree = writer.tree(node, NOWHERE);
    const where = ordered.length > 0 ? needed(tree) : [];
    return { tree, writer, where, size: where.reduce((s, d) => s + 2 + treeSize(d.tree), treeSize(tree)) };
  };
  // The last definitions are made of those before.
  const rewriters = [...file, ...ordered.filter(isEntryProduct)].reverse().flatMap((naming): readonly ((a: Node) => Node | undefined)[] => [
    ...(isEntryProduct(naming) ? [(a: Node) => withEntryNameThroughout(g, a, naming), (a: Node) => withEntryNameThroughout(g, searchOf(g).expanded(a) ?? a, naming)] : []),
    ...(ordered.includes(naming) ? [] : isScaled(g, naming) ? [(a: Node) => withScaledName(g, a, naming)] : isSolved(g, naming) ? [(a: Node) => withSolvedName(g, a, naming)] : []),
  ]);
  return {
    nodeOf: writer.nodeOf,
    print(node) {
      let written = node;
      let best = plain(node);
      for (const rewritten of rewriters) {
        const other = rewritten(written);
        const apart = other && searchOf(g).expanded(other);
        for (const node of [other, apart]) {
          const made = node && plain(node);
          if (made && made.size < best.size) [written, best] = [node, made];
        }
      }
      return best;
    },
  };
}

/** Names of the graph's symbols: variables, directions, indices, dimensions. */
const symbolNames = (g: Graph): readonly string[] => g.symbols.map((s) => s.name);
