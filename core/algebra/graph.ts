/**
 * The expression graph: interning, leaves, and the constructors that keep every node in canonical form.
 * The constructors call each other through the graph, so that their files need not import one another.
 */
import { constantDifference, constantDim, D1, dimNumber, isOne, sameDim, SCALAR, shape, shapeText, subDim, type Dim, type Shape } from './dim';
import type { Node, NewNode, SymbolNode, ElementPower, ScalarPower } from './node';
import type { DimFact, StructureWord } from './program';
import { isZeroQ, keyQ, ONE, rational, type Rational } from './rational';
import { chainConstructors } from './chain';
import { hadamardConstructors } from './hadamard';
import { powerConstructors } from './power';
import { productConstructors } from './product';
import { structureQueries, type StructureQueries } from './structure';
import { sumConstructors } from './sum';
import { transposeConstructors } from './transpose';
import { childrenOf, substitution } from './substitute';
import { weigh } from './weight';

/** An identity that rewrites `op(args)` as it is built, where it applies; else undefined. */
export type Rewrite = (g: Graph, args: readonly Node[], dims: readonly Dim[]) => Node | undefined;
export interface NamedRewrite { readonly text: string; readonly rewrite: Rewrite }
/** Contiguous factors that equal something simpler, from `assume` and from structure (Q'*Q = I). */
export interface FactorFact { readonly factors: readonly Node[]; readonly equals: Node }
export interface GraphOptions {
  readonly rewrites?: ReadonlyMap<string, readonly NamedRewrite[]>;
  /** The shape of `op` applied to arguments of these shapes. */
  readonly shapeOf: (op: string, args: readonly Shape[], dims: readonly Dim[]) => Shape;
  readonly dimFacts?: readonly DimFact[];
  /** The variables by which something is differentiated: x - a is a sum in x, a - x one in a. */
  readonly moving?: ReadonlySet<string>;
  /** Identities of two neighbouring factors: chol(A) * chol(A)' = A. */
  readonly pair?: (g: Graph, a: Node, b: Node) => Node | undefined;
  /** What the last factors of a product become together with the one behind them, where that is shorter. */
  readonly tail?: (g: Graph, factors: readonly Node[], next: Node) => Tail | undefined;
  /** What powers of scalars, or of arrays entry by entry, become beside each other. */
  readonly powers?: (g: Graph, powers: readonly ElementPower[]) => readonly ElementPower[] | undefined;
  /** What a sum becomes where some of its terms are one shorter term together. */
  readonly terms?: (g: Graph, terms: readonly Node[]) => Node | undefined;
}
/** `used` factors and the next are `node`. */
export interface Tail { readonly used: number; readonly node: Node }

export interface Constructors {
  transpose(a: Node): Node;
  /** The product of conformable nodes; scalars may stand anywhere. */
  mul(...factors: readonly Node[]): Node;
  product(coefficient: Rational, scalars: readonly ScalarPower[], factors: readonly Node[]): Node;
  scale(by: Rational, a: Node): Node;
  /** A 1×1 product of arrays in canonical orientation. */
  chain(factors: readonly Node[]): Node;
  /** The sum of nodes of one shape. @throws Error for no terms. */
  add(...terms: readonly Node[]): Node;
  /** The same of a sum that stands in the file: wherever its terms stand together, they have the signs that they have there. */
  written(...terms: readonly Node[]): Node;
  sub(a: Node, b: Node): Node;
  neg(a: Node): Node;
  /** A scalar's power, or the principal power of a square matrix. */
  power(base: Node, exponent: Rational): Node;
  inverse(a: Node): Node;
  /** Elementwise product; scalars scale. */
  hadamard(...factors: readonly Node[]): Node;
  elementPower(a: Node, exponent: Rational): Node;
  elementProduct(coefficient: Rational, scalars: readonly ScalarPower[], factors: readonly ElementPower[]): Node;
  /** Replaces symbols and rebuilds. */
  substitute(a: Node, by: ReadonlyMap<Node, Node>): Node;
}

export interface Graph extends Constructors, StructureQueries {
  readonly nodes: readonly Node[];
  /** The symbols among them. */
  readonly symbols: readonly SymbolNode[];
  /** The shape of an operator applied to arguments of these shapes. */
  applyShape(op: string, args: readonly Shape[], dims: readonly Dim[]): Shape;
  readonly dimFacts: readonly DimFact[];
  readonly factorFacts: FactorFact[];
  /** What a power of a matrix equals, by the id of its base, from `assume`. */
  readonly powerFacts: Map<number, { readonly exponent: bigint; readonly equals: Node }>;
  /** From here on, whoever builds `from` gets `to`. What was built of `from` before keeps it. */
  equate(from: Node, to: Node): void;
  /** Texts of the identities that have rewritten something in this graph. */
  readonly applied: Set<string>;
  /** Conditions and names of identities that were used, by the id of the node that resulted. */
  readonly records: Map<number, { readonly rule: string; readonly condition?: string }>;
  symbol(name: string, shape: Shape, role?: SymbolNode['role'], words?: ReadonlySet<StructureWord>): Node;
  dimension(dim: Dim): Node;
  pi(): Node;
  number(value: Rational | number): Node;
  zero(shape: Shape): Node;
  identity(n: Dim): Node;
  ones(shape: Shape): Node;
  /** e(index) of length n. */
  basis(index: Node, n: Dim): Node;
  selector(from: Dim, to: Dim, n: Dim): Node;
  apply(op: string, args: readonly Node[], dims?: readonly Dim[]): Node;
  /** Interns a node as it is, for the constructors alone. */
  intern(key: string, make: (id: number, linear: boolean) => NewNode, children: readonly Node[]): Node;
  /** Whether `a >= b` follows from the document's facts. */
  atLeast(a: Dim, b: Dim): boolean;
  /** What two neighbouring factors of a product become together, where an identity of the operators says so. */
  pair(a: Node, b: Node): Node | undefined;
  tail(factors: readonly Node[], next: Node): Tail | undefined;
  collapse(terms: readonly Node[]): Node | undefined;
  joined(powers: readonly ElementPower[]): readonly ElementPower[] | undefined;
  /** Whether the node holds this symbol. */
  depends(a: Node, symbol: Node): boolean;
}

/** A node while the graph measures it. */
type Measured = { -readonly [K in 'height' | 'moves' | 'weight']: Node[K] };

const NO_WORDS: ReadonlySet<StructureWord> = new Set();

export function createGraph(options: GraphOptions): Graph {
  const table = new Map<string, Node>();
  const nodes: Node[] = [];
  const symbols: SymbolNode[] = [];
  /** For each symbol that was asked for, what is known of the nodes. */
  const support = new Map<Node, (boolean | undefined)[]>();

  const intern: Graph['intern'] = (key, make, children) => {
    const old = table.get(key);
    if (old) return old;
    const id = nodes.length;
    let height = -1;
    let [linear, moves] = [false, false];
    for (const c of children) { if (c.height > height) height = c.height; linear ||= c.linear; moves ||= c.moves; }
    const made = make(id, linear);
    if (made.kind === 'symbol') moves = made.role === 'name' || (made.role === 'variable' && (options.moving?.has(made.name) ?? false));
    const measured = made as unknown as Measured;
    measured.height = made.kind === 'transpose' ? height : height + 1;
    measured.moves = moves;
    measured.weight = weigh(made);
    const node = made as Node;
    table.set(key, node);
    nodes.push(node);
    if (node.kind === 'symbol') symbols.push(node);
    return node;
  };

  const symbol: Graph['symbol'] = (name, s, role = 'variable', words = NO_WORDS) =>
    intern(`s:${role}:${name}:${s.rows.key},${s.cols.key}:${[...words].sort().join()}`,
      (id) => ({ kind: 'symbol', id, role, name, shape: s, words, linear: role === 'direction' || role === 'opaque' }), []);

  const number: Graph['number'] = (value) => {
    const q = typeof value === 'number' ? rational(value) : value;
    if (isZeroQ(q)) return zero(SCALAR);
    return intern(`q:${keyQ(q)}`, (id) => ({ kind: 'product', id, coefficient: q, scalars: [], factors: [], shape: SCALAR, linear: false }), []);
  };
  const zero: Graph['zero'] = (s) => intern(`0:${s.rows.key},${s.cols.key}`, (id) => ({ kind: 'zero', id, shape: s, linear: false }), []);

  const dimension: Graph['dimension'] = (dim) => {
    const c = constantDim(dim);
    if (c !== undefined) return number(rational(Math.round(c * 2), 2));
    const terms = dim.terms.map((t) => {
      const names = t.names.map((n) =>
        intern(`n:${n}`, (id) => ({ kind: 'symbol', id, role: 'dimension', name: n, dim: { key: n, terms: [{ coefficient: 1, names: [n] }] }, shape: SCALAR, words: new Set(['positive']), linear: false }), []));
      return g.product(rational(Math.round(t.coefficient * 2), 2), names.map((base) => ({ base, exponent: ONE })), []);
    });
    return g.add(...terms);
  };

  const atLeast: Graph['atLeast'] = (a, b) => {
    if (sameDim(a, b) || isOne(b)) return true;
    const difference = constantDifference(a, b);
    if (difference !== undefined) return difference >= 0;
    return reach(a, b, options.dimFacts ?? [], new Set());
  };

  const base = {
    nodes, symbols, applyShape: options.shapeOf, dimFacts: options.dimFacts ?? [], factorFacts: [], powerFacts: new Map(),
    equate: (from: Node, to: Node): void => { for (const [key, node] of table) if (node === from) table.set(key, to); }, applied: new Set<string>(), records: new Map(), intern, symbol, number, zero, dimension, atLeast,
    pi: () => symbol('pi', SCALAR, 'constant', new Set<StructureWord>(['positive'])),
    identity: (n: Dim) => isOne(n) ? number(1) : intern(`I:${n.key}`, (id) => ({ kind: 'identity', id, shape: shape(n, n), linear: false }), []),
    ones: (s: Shape) => isOne(s.rows) && isOne(s.cols) ? number(1) : intern(`1:${s.rows.key},${s.cols.key}`, (id) => ({ kind: 'ones', id, shape: s, linear: false }), []),
    basis: (index: Node, n: Dim) => isOne(n) ? number(1) : intern(`e:${index.id}:${n.key}`, (id) => ({ kind: 'basis', id, index, shape: shape(n, D1), linear: false }), [index]),
    selector: (from: Dim, to: Dim, n: Dim) => {
      const rows = subDim(to, subDim(from, dimNumber(1)));
      if (sameDim(rows, n)) return g.identity(n);
      if (isOne(rows)) return g.transpose(g.basis(g.dimension(from), n));
      return intern(`r:${from.key}:${to.key}:${n.key}`, (id) => ({ kind: 'selector', id, from, to, shape: shape(rows, n), linear: false }), []);
    },
    apply: (op: string, args: readonly Node[], dims: readonly Dim[] = []): Node => {
      for (const row of options.rewrites?.get(op) ?? []) {
        const result = row.rewrite(g, args, dims);
        if (!result) continue;
        g.applied.add(row.text);
        return result;
      }
      const s = options.shapeOf(op, args.map((a) => a.shape), dims);
      return intern(`f:${op}:${args.map((a) => a.id).join()}:${dims.map((d) => d.key).join()}`, (id, linear) => ({ kind: 'apply', id, op, args, dims, shape: s, linear }), args);
    },
    pair: (a: Node, b: Node): Node | undefined => options.pair?.(g, a, b),
    tail: (factors: readonly Node[], next: Node): Tail | undefined => options.tail?.(g, factors, next),
    collapse: (terms: readonly Node[]): Node | undefined => options.terms?.(g, terms),
    joined: (powers: readonly ElementPower[]) => options.powers?.(g, powers),
    depends: (a: Node, s: Node): boolean => {
      const known = support.get(s) ?? [];
      if (known.length === 0) { support.set(s, known); known[s.id] = true; }
      const go = (x: Node): boolean => (x.id < s.id ? false : (known[x.id] ??= childrenOf(x).some(go)));
      return go(a);
    },
  };
  const g = base as unknown as Graph;
  Object.assign(g, transposeConstructors(g), productConstructors(g), chainConstructors(g), sumConstructors(g), powerConstructors(g),
    hadamardConstructors(g), structureQueries(g), substitution(g));
  return g;
}

function reach(a: Dim, b: Dim, facts: readonly DimFact[], seen: Set<string>): boolean {
  seen.add(a.key);
  for (const f of facts) {
    const next = sameDim(f.left, a) ? f.right : f.op === '=' && sameDim(f.right, a) ? f.left : undefined;
    if (!next || seen.has(next.key)) continue;
    if (sameDim(next, b) || reach(next, b, facts, seen)) return true;
  }
  return false;
}

/** A broken invariant of the engine's own, never a user's mistake. */
export function unreachable(what: string, node: Node): never {
  throw new Error(`${what}: a node of kind ${node.kind} and shape ${shapeText(node.shape)}`);
}
