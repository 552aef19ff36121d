/** The differential: F's change, linear in a direction symbol, by one walk over the graph. Each node is differentiated once. */
import { D1, isOne, isScalar, shape } from '../algebra/dim';
import type { Graph } from '../algebra/graph';
import type { Node } from '../algebra/node';
import { equalQ, HALF, isIntegerQ, MINUS_ONE, mulQ, ONE, rational, subQ } from '../algebra/rational';
import { refuse } from '../algebra/refusal';
import { unitsOf } from './eigenvector';
import { formalChange } from './formal';
import { frechetChange, frechetMatrixChange } from './frechet';
import { instantiate } from './instantiate';
import { eachRules, LINEAR_IN, logsumexpOfColumn, pinvRules, powerRules, rules, tieRules, type NamedRule, type Rule } from './rules';
import { turnedTogether } from './spectral-sum';

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

const PRODUCT: NamedRule = { name: 'product rule', of: 'A*B', differential: 'dA*B + A*dB' };
const POWER: NamedRule = { name: 'power rule', of: 'x^p', differential: 'p*x^(p - 1)*dx' };
const CONSTANTS: NamedRule = { name: 'constant factors stay', of: 'A*X*B', differential: 'A*dX*B' };

/** @throws Refusal where an operator has no derivative. */
export const differential = (g: Graph, { of, ...by }: Differentiation, record?: (use: RuleUse) => void): Node => differentials(g, by, record)(of);

/** Differentials of several nodes; what they share is differentiated once. */
export function differentials(g: Graph, { symbol, direction, opaque }: Omit<Differentiation, 'of'>, record?: (use: RuleUse) => void): (of: Node) => Node {
  const done = new Map<number, Node>();
  for (const [node, d] of opaque ?? []) done.set(node.id, d);

  const d = (a: Node): Node => {
    const old = done.get(a.id);
    if (old) return old;
    const made = a === symbol ? direction : g.depends(a, symbol) ? change(a) : g.zero(a.shape);
    done.set(a.id, made);
    return made;
  };

  const use = (node: Node, rule: NamedRule): void => {
    record?.({
      node, name: rule.name,
      ...(rule.of && rule.differential ? { formula: `${/^\w+\(/.test(rule.of) ? `d ${rule.of}` : `d(${rule.of})`} = ${rule.differential}` } : {}),
      ...(rule.condition === undefined ? {} : { condition: rule.condition }),
      ...(rule.source === undefined ? {} : { source: rule.source }),
    });
  };

  const changing = (nodes: readonly Node[]): readonly Node[] => nodes.filter((x) => g.depends(x, symbol));
  /** What a product's change is said to follow from: one factor that changes, a power, or several factors. */
  const productRule = (a: Node & { kind: 'product' }): NamedRule => {
    const powers = a.scalars.filter((p) => g.depends(p.base, symbol));
    const rest = changing(a.factors).length;
    if (powers.length + rest > 1) return PRODUCT;
    return powers.some((p) => !equalQ(p.exponent, ONE)) ? POWER : CONSTANTS;
  };
  const hadamardRule = (a: Node & { kind: 'hadamard' }): NamedRule => {
    const powers = a.factors.filter((f) => g.depends(f.base, symbol));
    if (powers.length > 1) return { ...PRODUCT, name: 'product rule, entry by entry', of: 'A .* B', differential: 'dA .* B + A .* dB' };
    return powers.some((f) => !equalQ(f.exponent, ONE)) ? { ...POWER, name: 'power rule, entry by entry', of: 'A .^ p', differential: 'p*A.^(p - 1) .* dA' } : CONSTANTS;
  };

  const change = (a: Node): Node => {
    switch (a.kind) {
      case 'transpose': return g.transpose(d(a.arg));
      case 'sum': return g.add(...a.terms.map(d));
      case 'product': { use(a, productRule(a)); return product(a); }
      case 'chain': { use(a, changing(a.factors).length > 1 ? PRODUCT : CONSTANTS); return g.add(...byUnits(a, a.factors, (factors) => g.mul(...factors))); }
      case 'power': return matrixPower(a);
      case 'hadamard': { use(a, hadamardRule(a)); return hadamard(a); }
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
    terms.push(...byUnits(a, a.factors, (factors) => g.product(a.coefficient, a.scalars, factors)));
    return terms.length > 0 ? g.add(...terms) : g.zero(a.shape);
  };

  /** The product rule over factors, single eigenvectors being one factor each. */
  const byUnits = (a: Node, factors: readonly Node[], make: (factors: readonly Node[]) => Node): Node[] => {
    const units = unitsOf(g, factors, symbol);
    return units.flatMap(({ node, whole }, i) => {
      if (!g.depends(node, symbol)) return [];
      if (whole) use(a, whole.rule);
      const change = whole ? whole.change(d(whole.of)) : d(node);
      return [make([...units.slice(0, i).map((u) => u.node), change, ...units.slice(i + 1).map((u) => u.node)])];
    });
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
    if (a.op === 'tr' && x) return g.apply('tr', [d(turnedTogether(g, x, symbol))]);
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
    if ((a.op === 'max' || a.op === 'min') && a.args.every((arg) => g.depends(arg, symbol))) {
      use(a, tieRules[a.op]);
      return byRule(a, tieRules[a.op]);
    }
    if (a.op === 'logsumexp' && x && isOne(x.shape.cols)) {
      use(a, logsumexpOfColumn);
      return byRule(a, logsumexpOfColumn);
    }
    if (a.op === 'polygamma' && x && y) {
      use(a, { name: 'derivative of polygamma', source: 'NIST DLMF 5.15' });
      return g.hadamard(g.apply('polygamma', [g.add(x, g.number(1)), y]), d(y));
    }
    const other = rest(a);
    if (other) return other;
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
    if (A) for (const [name, bound] of [['n', g.dimension(A.shape.rows)], ['Im', g.identity(A.shape.rows)], ['In', g.identity(A.shape.cols)], ['ones', g.ones(shape(A.shape.rows, D1))]] as const) names.set(name, bound);
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
      use(a, { name: 'derivative by the exponent', condition: matrix ? 'A positive definite' : 'x > 0' });
      terms.push(matrix ? g.mul(g.apply('logm', [x]), a, d(p)) : a.op === 'power' ? g.mul(g.apply('log', [x]), a, d(p)) : g.mul(d(p), g.hadamard(g.apply('log', [x]), a)));
    }
    return g.add(...terms);
  };

  const rest = (a: Node & { kind: 'apply' }): Node | undefined => {
    const say = (rule: NamedRule): void => use(a, rule);
    if (a.op === 'expmFrechet' || a.op === 'logmFrechet' || a.op === 'powmFrechet') return frechetChange(g, a, symbol, d, say);
    if (a.op === 'expmKron' || a.op === 'logmKron' || a.op === 'powmKron') return frechetMatrixChange(g, a, symbol, d, say);
    return a.op.startsWith('formal:') ? formalChange(g, a, d, say) : undefined;
  };
  return d;
}

/** f'(x) entry by entry, f' given as text. */
function derivativeOf(g: Graph, x: Node, text: string): Node {
  const made = instantiate(g, text, new Map([['x', x]]), true);
  return isScalar(made.shape) && !isScalar(x.shape) ? g.mul(made, g.ones(x.shape)) : made;
}
