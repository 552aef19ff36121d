/** The printing of one request: the names that its forms share, found for the form that answers best, and every form printed with them. */
import type { Shape } from '../algebra/dim';
import type { Graph } from '../algebra/graph';
import type { Node } from '../algebra/node';
import { isOpenBasis } from '../calculus/entries';
import type { Expr } from '../syntax/tree';
import { treeSize } from './cost';
import { MAX_SEARCHED_SIZE, MAX_WRITTEN_OUT } from './limits';
import { forcedNames, namesFor, namingsOf, openPrinting, readable, takenNames, type Printing, type Readable, type WhereName } from './readable';
import { reachable } from './reachable';
import { treeShape } from './tree-shape';
import { createEstimate } from './where';
import { wordsOf } from './words';
import type { Naming } from './writer';
import { writtenOut } from './written-out';

export interface SessionRequest {
  /** The other forms. */
  readonly nodes: readonly Node[];
  /** The form that answers best: it chooses the shared names. */
  readonly lead?: Node;
  readonly definitions: ReadonlyMap<string, Node>;
  /** The definitions that the lead may be written with. */
  readonly own: ReadonlyMap<string, Node>;
  readonly taken: ReadonlySet<string>;
  /** Names of indices. */
  readonly bound: ReadonlySet<string>;
}
export interface SessionPrint {
  readonly tree: Expr;
  /** With the definitions that it needs. */
  readonly size: number;
  /** Names of this print alone, in an order in which each uses only those before it and the shared ones. */
  readonly own: readonly WhereName[];
}
/** Expressions that belong together, printed one after the other: a name means the same in all of them. */
export interface Group { print(node: Node): SessionPrint }
export interface Session {
  readonly definitions: ReadonlyMap<string, Node>;
  /** Whether a form besides the best is too long to print without names of its own: they join the shared ones. */
  readonly isLong: boolean;
  /** The shared names so far. */
  where(): readonly WhereName[];
  /** Undefined for what is too long to print. A form's new names join the shared ones; what holds a direction, an index or a basis vector is written out. */
  print(node: Node): SessionPrint | undefined;
  /** The shape of a part of a printed tree, where it can be told. */
  shapeOf(e: Expr): Shape | undefined;
  /** @param more names beside the shared ones */
  open(more?: readonly Naming[]): Group;
}

export function createSession(g: Graph, { nodes, lead, definitions, own, taken, bound }: SessionRequest): Session {
  const where: WhereName[] = [];
  const used = new Set(taken);
  const file = namingsOf(definitions);
  let plain: Printing | undefined;
  const named = (): readonly Naming[] => [...file, ...where];
  const knownShape = (e: Expr): Shape | undefined => {
    const node = printing().nodeOf(e) ?? (e.kind === 'name' ? named().find((n) => n.name === e.name)?.node ?? g.symbols.find((s) => s.name === e.name) : undefined);
    return node?.shape;
  };
  const printing = (): Printing => (plain ??= openPrinting(g, named(), [], taken));

  const settled = (r: Pick<Readable, 'tree' | 'where'>): SessionPrint | undefined => {
    const inside = new Map<string, Expr>();
    for (const d of r.where) {
      used.add(d.name);
      const tree = writtenOut(d.tree, inside);
      if (d.node.linear || holdsBound(d.node, bound)) { inside.set(d.name, tree); continue; }
      where.push({ ...d, tree });
      plain = undefined;
    }
    const tree = writtenOut(r.tree, inside);
    return treeSize(tree) <= MAX_WRITTEN_OUT ? { tree, own: [], size: sizeOf(tree, [], where) } : undefined;
  };

  const open = (more: readonly Naming[] = []): Group => {
    const common = [...where];
    const given = [...file, ...more, ...common];
    const mine = takenNames(g, given, used);
    let added: readonly Naming[] = [];
    let current = more.length > 0 ? openPrinting(g, given, [], taken) : printing();
    let known = new Set(given.map((n) => n.node));
    let sizeFor = createEstimate(known);
    return {
      print(node) {
        const long = sizeFor(node) <= MAX_SEARCHED_SIZE ? [] : namesFor(g, node, known, mine);
        if (long.length > 0) {
          added = [...added, ...long];
          known = new Set([...known, ...long.map((n) => n.node)]);
          sizeFor = createEstimate(known);
          current = openPrinting(g, given, added, taken);
        }
        const { tree, where: all } = current.print(node);
        return { tree, own: all, size: sizeOf(tree, all, common) };
      },
    };
  };

  return {
    definitions, open, where: () => where,
    shapeOf: (e) => treeShape(e, knownShape),
    isLong: isLong(nodes, new Set(file.map((n) => n.node))),
    print(node) {
      if (node === lead && where.length === 0) return settled(readable(g, lead, { definitions: own, where: true, taken: used }));
      const forced = forcedNames(g, node, named(), takenNames(g, named(), used));
      return settled(forced.length > 0 ? openPrinting(g, named(), forced, taken).print(node) : printing().print(node));
    },
  };
}

function isLong(nodes: readonly Node[], named: ReadonlySet<Node>): boolean {
  const sizeFor = createEstimate(named);
  return nodes.some((node) => sizeFor(node) > MAX_SEARCHED_SIZE);
}

/** Whether a node holds an index, or a basis vector with one. */
const holdsBound = (node: Node, bound: ReadonlySet<string>): boolean =>
  [...reachable(node)].some((a) => (a.kind === 'basis' && isOpenBasis(a)) || (a.kind === 'symbol' && bound.has(a.name)));

const sizeOf = (tree: Expr, own: readonly WhereName[], shared: readonly WhereName[]): number =>
  [...neededOf([tree, ...own.map((d) => d.tree)], shared), ...own].reduce((n, d) => n + 2 + treeSize(d.tree), treeSize(tree));

/** The definitions that trees use, directly or through each other. */
function neededOf(trees: readonly Expr[], where: readonly WhereName[]): readonly WhereName[] {
  if (where.length === 0) return [];
  const used = new Set(trees.flatMap((t) => [...wordsOf(t)]));
  const needed: WhereName[] = [];
  for (const d of [...where].reverse()) {
    if (!used.has(d.name)) continue;
    needed.push(d);
    for (const word of wordsOf(d.tree)) used.add(word);
  }
  return needed;
}
