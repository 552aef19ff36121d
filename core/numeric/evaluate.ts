// The value of a graph node at a point, in float64: each node once, never NaN.
import { evaluateDim } from '../algebra/dim';
import type { Node, ScalarPower } from '../algebra/node';
import { toNumber } from '../algebra/rational';
import { array, identity, isScalar, scalar, value, type NumericArray } from './array';
import { NumericError, show } from './error';
import { implementations } from './operators';
import { basis, tabulate, transpose } from './operators/arrangements';
import { map, realPower } from './operators/elementwise';
import { power } from './operators/matrices';
import { chainProduct, type ChainFactor } from './products';

export type { NumericArray } from './array';
export { NumericError } from './error';

export interface Environment {
  readonly sizes: ReadonlyMap<string, number>;
  /** Values of variables, directions and opaque symbols, by name. */
  readonly values: ReadonlyMap<string, NumericArray>;
}

/** The nodes that a node's value is computed from. */
export function operands(node: Node): readonly Node[] {
  switch (node.kind) {
    case 'symbol': case 'identity': case 'ones': case 'zero': case 'selector': return [];
    case 'basis': return [node.index];
    case 'transpose': return [node.arg];
    case 'product': return [...node.scalars.map((s) => s.base), ...node.factors.map(factorOperand)];
    case 'chain': return node.factors.map(factorOperand);
    case 'sum': return node.terms;
    case 'power': return [node.base];
    case 'hadamard': return node.factors.map((f) => f.base);
    case 'apply': return node.args;
    default: return unreachable(node);
  }
}

function unreachable(node: never): never {
  throw new Error(`no such node: ${JSON.stringify(node)}`);
}

/** Within a product an inverse is never formed: its base is solved with. */
const isInverse = (f: Node): f is Node & { kind: 'power' } => f.kind === 'power' && f.exponent.n === -1n && f.exponent.d === 1n;
const factorOperand = (f: Node): Node => (isInverse(f) ? f.base : f);

/**
 * The value of `node`. @throws NumericError outside a function's domain, for a variable without a value or of another size,
 * and where a result is not finite. @throws RangeError where a dimension has no size.
 */
export const evaluate = (node: Node, env: Environment): NumericArray => evaluator(env)(node);

/** `evaluate` at one point for many nodes of one graph: parts that they share are computed once. */
export function evaluator(env: Environment): (node: Node) => NumericArray {
  const known = new Map<number, NumericArray>();
  return (root) => {
    const stack: Node[] = [root];
    for (let node = stack.at(-1); node; node = stack.at(-1)) {
      if (known.has(node.id)) {
        stack.pop();
        continue;
      }
      const waiting = operands(node).filter((n) => !known.has(n.id));
      if (waiting.length > 0) {
        stack.push(...waiting);
        continue;
      }
      known.set(node.id, finite(node, compute(node, env, (n) => known.get(n.id)!)));
      stack.pop();
    }
    return known.get(root.id)!;
  };
}

const nameOf = (node: Node): string => {
  switch (node.kind) {
    case 'apply': return node.op;
    case 'symbol': return node.name;
    case 'power': return '^';
    case 'product': case 'chain': return '*';
    case 'hadamard': return '.*';
    case 'sum': return '+';
    default: return node.kind;
  }
};

function finite(node: Node, a: NumericArray): NumericArray {
  for (const x of a.data) {
    if (x - x !== 0) throw new NumericError(nameOf(node), Number.isNaN(x) ? 'an entry is not a number' : 'an entry is too large for a 64-bit number');
  }
  return a;
}

type Value = (node: Node) => NumericArray;

function compute(node: Node, env: Environment, of: Value): NumericArray {
  const rows = (): number => evaluateDim(node.shape.rows, env.sizes);
  const cols = (): number => evaluateDim(node.shape.cols, env.sizes);
  switch (node.kind) {
    case 'symbol': return symbol(node, env);
    case 'identity': return identity(rows());
    case 'ones': return array(rows(), cols(), new Float64Array(rows() * cols()).fill(1));
    case 'zero': return array(rows(), cols());
    case 'basis': return basis(of(node.index), rows());
    case 'selector': {
      const from = evaluateDim(node.from, env.sizes);
      const n = cols();
      if (from < 1 || from + rows() - 1 > n) throw new NumericError('slice', `${from}:${from + rows() - 1} is not within 1:${n}`);
      return tabulate(rows(), n, (i, j) => (j === i + from - 1 ? 1 : 0));
    }
    case 'transpose': return transpose(of(node.arg));
    case 'product': {
      const c = coefficient(toNumber(node.coefficient), node.scalars, of);
      if (node.factors.length === 0) return scalar(c);
      const product = chainProduct(node.factors.map((f) => chainFactor(f, of)));
      return c === 1 ? product : map(product, (x) => c * x);
    }
    case 'chain': return chainProduct(node.factors.map((f) => chainFactor(f, of)));
    case 'sum': {
      const out = array(rows(), cols());
      for (const term of node.terms) {
        const t = of(term).data;
        for (let i = 0; i < out.data.length; i++) out.data[i] = out.data[i]! + t[i]!;
      }
      return out;
    }
    case 'power': return power(of(node.base), toNumber(node.exponent));
    case 'hadamard': {
      const out = array(rows(), cols(), new Float64Array(rows() * cols()).fill(1));
      for (const { base, exponent } of node.factors) {
        const a = of(base).data;
        const p = toNumber(exponent);
        for (let i = 0; i < out.data.length; i++) out.data[i] = out.data[i]! * (p === 1 ? a[i]! : realPower(a[i]!, p));
      }
      return out;
    }
    case 'apply': {
      const implementation = implementations.get(node.op);
      if (!implementation) throw new NumericError(node.op, 'has no numeric implementation');
      return implementation(node.args.map(of), node.dims.map((d) => evaluateDim(d, env.sizes)));
    }
    default: return unreachable(node);
  }
}

function symbol(node: Node & { kind: 'symbol' }, env: Environment): NumericArray {
  if (node.role === 'dimension' && node.dim) return scalar(evaluateDim(node.dim, env.sizes));
  if (node.role === 'constant') return scalar(Math.PI);
  const a = env.values.get(node.name);
  if (!a) throw new NumericError(node.name, 'has no value');
  const rows = evaluateDim(node.shape.rows, env.sizes);
  const cols = evaluateDim(node.shape.cols, env.sizes);
  if (a.rows !== rows || a.cols !== cols || a.data.length !== rows * cols) {
    throw new NumericError(node.name, `is ${a.rows}×${a.cols}, expected ${node.shape.rows.key}×${node.shape.cols.key} = ${rows}×${cols}`);
  }
  return a;
}

const chainFactor = (f: Node, of: Value): ChainFactor => (isInverse(f) ? { array: of(f.base), inverted: true } : { array: of(f), inverted: false });

function coefficient(start: number, scalars: readonly ScalarPower[], of: Value): number {
  let c = start;
  for (const { base, exponent } of scalars) {
    const x = of(base);
    if (!isScalar(x)) throw new NumericError('*', `a ${show(x.rows)}×${show(x.cols)} array stands for a scalar`);
    c *= realPower(value(x), toNumber(exponent));
  }
  return c;
}
