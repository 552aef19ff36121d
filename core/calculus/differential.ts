/** The differential: F's change, linear in a direction symbol, by one walk over the graph. Each node is differentiated once. */
import { addDim, D1, dimNumber, isOne, isScalar, scaleDim } from '../algebra/dim';
import type { Graph } from '../algebra/graph';
import type { Node } from '../algebra/node';
import { equalQ, HALF, isIntegerQ, MINUS_ONE, mulQ, ONE, rational, subQ } from '../algebra/rational';
import { refuse } from '../algebra/refusal';
import { instantiate } from './instantiate';
import { eachRules, LINEAR_IN, logsumexpOfColumn, pinvRules, powerRules, rules, type Rule } from './rules';

/** What a rule was used on: enough to replay the derivation. */
export interface RuleUse {
  readonly node: Node;
  readonly name: string;
  readonly formula?: string;
  readonly condition?: string;
  readonly source?: string;
}
export interface Differentiation {
  readonly of: Node;
  /** The symbol that changes, and the symbol of its change. */
  readonly symbol: Node;
  readonly direction: Node;
  /** Replaces d(node) for nodes that a step leaves unexpanded. */
  readonly opaque?: ReadonlyMap<Node, Node>;
}

/** More squared factors than this in A^k are differentiated by a Fréchet derivative instead of a written-out sum. */
const WRITTEN_POWER = 12n;
const ruleOf = new Map(rules.map((r) => [r.op, r]));
const eachOf = new Map(eachRules.map((r) => [r.op, r]));

/** @throws Refusal where an operator has no derivative. */
export function differential(g: Graph, { of, symbol, direction, opaque }: Differentiation, record?: (use: RuleUse) => void): Node {
  const done = new Map<number, Node>();
  for (const [node, d] of opaque ?? []) done.set(node.id, d);

  const d = (a: Node): Node => {
    const old = done.get(a.id);
    if (old) return old;
    const made = a === symbol ? direction : g.depends(a, symbol) ? change(a) : g.zero(a.shape);
    done.set(a.id, made);
    return made;
  };

  const use = (node: Node, rule: { readonly name: string; readonly of?: string; readonly differential?: string; readonly condition?: string; readonly source?: string }): void => {
    record?.({
      node, name: rule.name,
      ...(rule.of && rule.differential ? { formula: `d ${rule.of} = ${rule.differential}` } : {}),
      ...(rule.condition === undefined ? {} : { condition: rule.condition }),
      ...(rule.source === undefined ? {} : { source: rule.source }),
    });
  };

  const change = (a: Node): Node => {
    switch (a.kind) {
      case 'transpose': return g.transpose(d(a.arg));
      case 'sum': return g.add(...a.terms.map(d));
      case 'product': { use(a, { name: 'product rule' }); return product(a); }
      case 'chain': { use(a, { name: 'product rule' }); return g.add(...a.factors.map((f, i) => g.mul(...a.factors.slice(0, i), d(f), ...a.factors.slice(i + 1)))); }
      case 'power': return matrixPower(a);
      case 'hadamard': { use(a, { name: 'product rule, entry by entry' }); return hadamard(a); }
      case 'apply': return applied(a);
      case 'basis': return refuse('the derivative by an index');
      default: return g.zero(a.shape);
    }
  };

  const product = (a: Node & { kind: 'product' }): Node => {
    const terms: Node[] = [];
    a.scalars.forEach((p, i) => {
      if (!g.depends(p.base, symbol)) return;
      const others = a.scalars.map((q, j) => (j === i ? { base: q.base, exponent: subQ(q.exponent, ONE) } : q));
      terms.push(g.mul(g.product(mulQ(a.coefficient, p.exponent), others, a.factors), d(p.base)));
    });
    a.factors.forEach((f, i) => {
      if (!g.depends(f, symbol)) return;
      terms.push(g.product(a.coefficient, a.scalars, [...a.factors.slice(0, i), d(f), ...a.factors.slice(i + 1)]));
    });
    return g.add(...terms);
  };

  const hadamard = (a: Node & { kind: 'hadamard' }): Node => g.add(...a.factors.flatMap((f, i) => {
    if (!g.depends(f.base, symbol)) return [];
    const others = a.factors.map((x, j) => (j === i ? { base: x.base, exponent: subQ(x.exponent, ONE) } : x));
    return [g.elementProduct(f.exponent, [], [...others, { base: d(f.base), exponent: ONE }])];
  }));

  const matrixPower = (a: Node & { kind: 'power' }): Node => {
    const A = a.base;
    const dA = d(A);
    const k = a.exponent;
    if (equalQ(k, MINUS_ONE)) { use(a, powerRules.inverse); return g.neg(g.mul(a, dA, a)); }
    const whole = isIntegerQ(k);
    if (whole && k.n > 0n && k.n <= WRITTEN_POWER) {
      use(a, { name: 'product rule for a power' });
      return g.add(...Array.from({ length: Number(k.n) }, (_, i) => g.mul(g.power(A, rational(i)), dA, g.power(A, rational(Number(k.n) - 1 - i)))));
    }
    if (whole && k.n < 0n && -k.n <= WRITTEN_POWER) {
      use(a, { ...powerRules.inverse, name: 'product rule for a power of the inverse' });
      const count = Number(-k.n);
      return g.add(...Array.from({ length: count }, (_, i) => g.neg(g.mul(g.power(A, rational(-i - 1)), dA, g.power(A, rational(i - count))))));
    }
    if (equalQ(k, HALF)) { use(a, powerRules.root); return g.apply('sylvester', [a, a, dA]); }
    if (equalQ(k, rational(-1, 2))) {
      use(a, powerRules.inverseRoot);
      const R = g.power(A, HALF);
      return g.neg(g.mul(a, g.apply('sylvester', [R, R, dA]), a));
    }
    if (k.d === 2n && (k.n < 0n ? -k.n : k.n) < 2n * WRITTEN_POWER) {
      use(a, { name: 'product rule: a whole power times a square root' });
      const half = k.n > 0n ? HALF : rational(-1, 2);
      const rest = subQ(k, half);
      const root = g.power(A, half);
      const part = g.power(A, rest);
      return g.add(g.mul(d(part), root), g.mul(part, d(root)));
    }
    use(a, powerRules.fraction);
    return g.apply('powmFrechet', [A, g.number(k), dA]);
  };

  const applied = (a: Node & { kind: 'apply' }): Node => {
    const elementwise = eachOf.get(a.op);
    const [x, y] = a.args;
    if (elementwise && x) {
      use(a, { name: `derivative of ${a.op}`, of: `${a.op}(x)`, differential: `${elementwise.derivative} .* dx`, ...(elementwise.condition === undefined ? {} : { condition: elementwise.condition }), source: elementwise.source });
      return g.hadamard(derivativeOf(g, x, elementwise.derivative), d(x));
    }
    if (a.op === 'blocks') return g.apply('blocks', a.args.map(d), a.dims);
    const linear = LINEAR_IN[a.op];
    if (linear) {
      return g.add(...linear.filter((i) => a.args[i] && g.depends(a.args[i], symbol)).map((i) => g.apply(a.op, a.args.map((arg, j) => (j === i ? d(arg) : arg)), a.dims)));
    }
    if (x && y && (a.op === 'power' || a.op === 'elementPower')) return symbolicPower(a, x, y);
    if (a.op === 'pinv' && x) {
      const r = g.isTall(x) ? pinvRules.tall : g.isTall(g.transpose(x)) ? pinvRules.wide : pinvRules.general;
      use(a, r);
      return byRule(a, r);
    }
    if (a.op === 'logsumexp' && x && isOne(x.shape.cols)) {
      use(a, logsumexpOfColumn);
      return byRule(a, logsumexpOfColumn);
    }
    if (a.op === 'polygamma' && x && y) {
      use(a, { name: 'derivative of polygamma', source: 'NIST DLMF 5.15' });
      return g.hadamard(g.apply('polygamma', [g.add(x, g.number(1)), y]), d(y));
    }
    if (a.op === 'expmFrechet' || a.op === 'logmFrechet' || a.op === 'powmFrechet') return frechet(a);
    if (a.op.startsWith('formal:')) return formal(a);
    const r = ruleOf.get(a.op);
    if (!r) return refuse(`${a.op} has no derivative here`);
    use(a, r);
    return byRule(a, r);
  };

  const byRule = (a: Node & { kind: 'apply' }, r: Rule): Node => {
    const names = new Map<string, Node>([['F', a]]);
    'ABC'.split('').forEach((letter, i) => {
      const arg = a.args[i];
      if (!arg) return;
      names.set(letter, arg);
      names.set(`d${letter}`, d(arg));
    });
    const A = a.args[0];
    if (A) names.set('n', g.dimension(A.shape.rows));
    return instantiate(g, r.differential, names);
  };

  const symbolicPower = (a: Node & { kind: 'apply' }, x: Node, p: Node): Node => {
    const terms: Node[] = [];
    const matrix = a.op === 'power' && !isScalar(x.shape);
    if (g.depends(x, symbol)) {
      use(a, matrix ? powerRules.fraction : { name: 'power rule' });
      const less = g.sub(p, g.number(1));
      terms.push(matrix ? g.apply('powmFrechet', [x, p, d(x)]) : a.op === 'power' ? g.mul(p, g.apply('power', [x, less]), d(x))
        : g.hadamard(p, g.apply('elementPower', [x, less]), d(x)));
    }
    if (g.depends(p, symbol)) {
      use(a, { name: 'derivative by the exponent', condition: 'the base is positive (definite)' });
      terms.push(matrix ? g.mul(g.apply('logm', [x]), a, d(p)) : a.op === 'power' ? g.mul(g.apply('log', [x]), a, d(p)) : g.mul(d(p), g.hadamard(g.apply('log', [x]), a)));
    }
    return g.add(...terms);
  };

  /** L_f(A, E): E's change enters linearly; A's through the corner of L_f of a block matrix (Higham & Relton 2014, Theorem 3.5). */
  const frechet = (a: Node & { kind: 'apply' }): Node => {
    const A = a.args[0] as Node;
    const E = a.args[a.args.length - 1] as Node;
    const middle = a.args.slice(1, -1);
    if (middle.some((p) => g.depends(p, symbol))) refuse('the derivative of a Fréchet derivative of a power by its exponent');
    const terms: Node[] = [];
    if (g.depends(E, symbol)) terms.push(g.apply(a.op, [A, ...middle, d(E)]));
    if (g.depends(A, symbol)) {
      use(a, { name: 'second Fréchet derivative', source: 'Higham & Relton 2014, Theorem 3.5' });
      const n = A.shape.rows;
      const Z = g.zero(A.shape);
      const two = dimNumber(2);
      const block = (...parts: readonly Node[]): Node => g.apply('blocks', parts, [two, two]);
      const L = g.apply(a.op, [block(A, E, Z, A), ...middle, block(d(A), Z, Z, d(A))]);
      const all = scaleDim(n, 2);
      terms.push(g.mul(g.selector(D1, n, all), L, g.transpose(g.selector(addDim(n, D1), all, all))));
    }
    return g.add(...terms);
  };

  /** g(u): dg = <∇g(u), du>; ∇g(u): its change is the Hessian times du. */
  const formal = (a: Node & { kind: 'apply' }): Node => {
    const [, orderText, ...rest] = a.op.split(':');
    const order = Number(orderText);
    const name = rest.join(':');
    const [u] = a.args;
    if (!u || a.args.length !== 1) return refuse(`the derivative of ${name}, a function of several arguments without a body`);
    if (order === 0 && isScalar(a.shape)) {
      use(a, { name: 'chain rule' });
      return g.apply('frobenius', [g.apply(`formal:1:${name}`, [u], [u.shape.rows, u.shape.cols]), d(u)]);
    }
    const column = (n: Node): boolean => n.shape.cols.key === '1';
    if (order === 0 && column(a) && column(u)) {
      use(a, { name: 'chain rule' });
      return g.mul(g.transpose(g.apply(`formal:1:${name}`, [u], [u.shape.rows, a.shape.rows])), d(u));
    }
    if (order === 1 && column(a) && column(u)) {
      use(a, { name: 'chain rule' });
      return g.mul(g.apply(`formal:2:${name}`, [u], [u.shape.rows, u.shape.rows]), d(u));
    }
    return refuse(`the derivative of ${'∇'.repeat(order)}${name} of an argument of this shape`);
  };
  return d(of);
}

/** f'(x) entry by entry, f' given as text. */
function derivativeOf(g: Graph, x: Node, text: string): Node {
  const made = instantiate(g, text, new Map([['x', x]]), true);
  return isScalar(made.shape) && !isScalar(x.shape) ? g.mul(made, g.ones(x.shape)) : made;
}
