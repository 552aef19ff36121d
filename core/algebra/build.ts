/** Terms to graph nodes. */
import { D1, dimNumber, isScalar, shape, type Dim, type Shape } from './dim';
import { sumOver, type SumIndex } from './finite-sum';
import type { Graph } from './graph';
import type { Node } from './node';
import type { Rational } from './rational';
import { refuse } from './refusal';
import type { DerivativeTerm, SliceItem, Term } from './term';

export interface BuildContext {
  readonly variable: (name: string) => Node;
  readonly definition: (name: string) => Node;
  /** Derivatives inside an expression, answered by the calculus room. */
  readonly derivative: (term: DerivativeTerm, of: Node, args: readonly Node[]) => Node;
  readonly indices: ReadonlyMap<string, SumIndex>;
}

const isTerm = (x: Rational | Term): x is Term => 'kind' in x;

/** @throws Refusal for what the engine has no form for. */
export function build(g: Graph, term: Term, context: BuildContext): Node {
  const go = (t: Term): Node => build(g, t, context);
  switch (term.kind) {
    case 'number': return g.number(term.value);
    case 'constant': return g.pi();
    case 'variable': return context.variable(term.name);
    case 'dimension': return g.dimension(term.dim);
    case 'index': return context.indices.get(term.name)?.node ?? refuse(`the index ${term.name} has no sum around it`);
    case 'reference': return context.definition(term.name);
    case 'apply': {
      if (term.op === 'add' || term.op === 'sub') return sumOf(g, summands(term).map((t) => ({ node: go(t.term), negative: t.negative })));
      return applyNode(g, term.op, term.args.map(go), term.dims);
    }
    case 'power': {
      const base = go(term.base);
      if (!isTerm(term.exponent)) return term.elementwise ? g.elementPower(base, term.exponent) : g.power(base, term.exponent);
      return g.apply(term.elementwise && !isScalar(base.shape) ? 'elementPower' : 'power', [base, go(term.exponent)]);
    }
    case 'slice': return sliceNode(g, go(term.arg), term.rows, term.cols, go);
    case 'blocks': {
      const across = term.rows[0]?.length ?? 1;
      if (term.rows.length === 1 && across === 1 && term.rows[0]?.[0]) return go(term.rows[0][0]);
      return g.apply('blocks', term.rows.flatMap((r) => r.map(go)), [dimNumber(term.rows.length), dimNumber(across)]);
    }
    case 'finiteSum': {
      const index: SumIndex = { node: g.symbol(`Σ${term.index}`, shape(D1, D1)), from: term.from, to: term.to };
      const body = build(g, term.body, { ...context, indices: new Map([...context.indices, [term.index, index]]) });
      return sumOver(g, body, index, [...context.indices.values()]);
    }
    case 'derivative': return context.derivative(term, go(term.of), term.args.map(go));
    case 'formal': {
      const args = term.args.map(go);
      return g.apply(`formal:${term.order}:${term.name}`, args, [term.shape.rows, term.shape.cols]);
    }
  }
}

/** A scalar spread over an array's shape, where the two are added. */
const spread = (g: Graph, a: Node, to: Shape): Node => (isScalar(a.shape) && !isScalar(to) ? g.mul(a, g.ones(to)) : a);
const wider = (a: Node, b: Node): Shape => (isScalar(a.shape) ? b.shape : a.shape);

/** The terms of a sum of sums, in one list: built two by two, each partial sum would be a node of its own. */
function summands(root: Term): readonly { readonly term: Term; readonly negative: boolean }[] {
  const found: { term: Term; negative: boolean }[] = [];
  const stack = [{ term: root, negative: false }];
  for (let t = stack.pop(); t; t = stack.pop()) {
    const { term, negative } = t;
    const [a, b] = term.kind === 'apply' ? term.args : [];
    if (term.kind === 'apply' && (term.op === 'add' || term.op === 'sub') && a && b) {
      stack.push({ term: b, negative: negative !== (term.op === 'sub') }, { term: a, negative });
    } else found.push(t);
  }
  return found;
}

function sumOf(g: Graph, terms: readonly { readonly node: Node; readonly negative: boolean }[]): Node {
  const to = terms.find((t) => !isScalar(t.node.shape))?.node.shape ?? (terms[0] as { node: Node }).node.shape;
  return g.written(...terms.map(({ node, negative }) => { const made = spread(g, node, to); return negative ? g.neg(made) : made; }));
}

/** An operator of the table applied to nodes, infix operators included. */
export function applyNode(g: Graph, op: string, args: readonly Node[], dims: readonly Dim[] = []): Node {
  const [a, b] = args;
  const [p, q] = dims;
  if (a && b) {
    switch (op) {
      case 'add': return g.add(spread(g, a, wider(a, b)), spread(g, b, wider(a, b)));
      case 'sub': return g.sub(spread(g, a, wider(a, b)), spread(g, b, wider(a, b)));
      case 'mul': return g.mul(a, b);
      case 'hadamard': return g.hadamard(a, b);
      case 'elementDivide': return g.hadamard(spread(g, a, wider(a, b)), g.elementPower(b, { n: -1n, d: 1n }));
      case 'rightDivide': return g.mul(a, g.inverse(b));
      case 'leftDivide': return g.mul(g.inverse(a), b);
      case 'max': case 'min': return g.apply(op, [spread(g, a, wider(a, b)), spread(g, b, wider(a, b))]);
    }
    if (op === 'unit' && p && q) return g.mul(g.basis(a, p), g.transpose(g.basis(b, q)));
  }
  if (a && !b) {
    if (op === 'neg') return g.neg(a);
    if (op === 'transpose') return g.transpose(a);
    if (op === 'basis' && p) return g.basis(a, p);
    if (op === 'max' || op === 'min') return g.apply(op === 'max' ? 'maximum' : 'minimum', [a]);
  }
  switch (op) {
    case 'identity': return g.identity(p ?? D1);
    case 'ones': return g.ones(shape(p ?? D1, q ?? D1));
    case 'zeros': return g.zero(shape(p ?? D1, q ?? D1));
    default: return g.apply(op, args, dims);
  }
}

function sliceNode(g: Graph, a: Node, rows: SliceItem, cols: SliceItem, go: (t: Term) => Node): Node {
  const pick = (item: SliceItem, n: Dim): Node | undefined => {
    switch (item.kind) {
      case 'all': return undefined;
      case 'at': return g.transpose(g.basis(go(item.index), n));
      case 'range': return g.selector(item.from, item.to, n);
    }
  };
  const left = pick(rows, a.shape.rows);
  const right = pick(cols, a.shape.cols);
  return g.mul(...(left ? [left] : []), a, ...(right ? [g.transpose(right)] : []));
}
