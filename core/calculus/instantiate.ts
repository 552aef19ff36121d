/** Rule texts to graph nodes: the names in a rule are bound to nodes whose shapes are known. */
import { applyNode } from '../algebra/build';
import { isScalar } from '../algebra/dim';
import type { Graph } from '../algebra/graph';
import type { Node } from '../algebra/node';
import { parseQ, divQ, negQ, type Rational } from '../algebra/rational';
import { parse } from '../syntax/parse';
import type { Expr } from '../syntax/tree';

const trees = new Map<string, Expr>();

/** The expression that a rule's text is; parsed once. @throws Error where a rule is no expression. */
export function ruleTree(text: string): Expr {
  const old = trees.get(text);
  if (old) return old;
  const document = parse(text);
  const statement = document.statements[0];
  if (statement?.kind !== 'request' || document.diagnostics.some((d) => d.severity === 'error')) throw new Error(`a rule that is no expression: ${text}`);
  trees.set(text, statement.expr);
  return statement.expr;
}

const INFIX: Readonly<Record<string, string>> = {
  '+': 'add', '-': 'sub', '*': 'mul', '.*': 'hadamard', './': 'elementDivide', '\\': 'leftDivide', '⊗': 'kron', '⊕': 'kronsum', ':': 'frobenius',
};

/** The number an expression is, for exponents. */
export function constantOf(e: Expr): Rational | undefined {
  switch (e.kind) {
    case 'number': return parseQ(e.text);
    case 'paren': return constantOf(e.arg);
    case 'unary': { const q = constantOf(e.arg); return q && (e.op === '-' ? negQ(q) : q); }
    case 'binary': {
      const [a, b] = [constantOf(e.left), constantOf(e.right)];
      return a && b && e.op === '/' ? divQ(a, b) : undefined;
    }
    default: return undefined;
  }
}

/**
 * The node a rule's text stands for. With `elementwise`, products and powers act entry by entry and numbers spread (for `each` rows).
 * A bare `I` takes its size from the other term of its sum.
 */
export function instantiate(g: Graph, text: string, names: ReadonlyMap<string, Node>, elementwise = false): Node {
  const go = (e: Expr): Node => {
    switch (e.kind) {
      case 'number': { const q = parseQ(e.text); if (!q) break; return g.number(q); }
      case 'name': {
        const bound = names.get(e.name);
        if (bound) return bound;
        if (e.name === 'pi') return g.pi();
        break;
      }
      case 'paren': return go(e.arg);
      case 'unary': return e.op === '-' ? g.neg(go(e.arg)) : go(e.arg);
      case 'transpose': return g.transpose(go(e.arg));
      case 'power': {
        const base = go(e.base);
        const q = constantOf(e.exponent);
        if (q) return e.elementwise || elementwise ? g.elementPower(base, q) : g.power(base, q);
        return applyNode(g, e.elementwise || elementwise ? 'elementPower' : 'power', [base, go(e.exponent)]);
      }
      case 'binary': {
        const sized = identityBeside(e);
        if (sized) return sized;
        const [a, b] = [go(e.left), go(e.right)];
        if (e.op === '/') return isScalar(b.shape) ? g.mul(a, g.power(b, { n: -1n, d: 1n })) : elementwise ? applyNode(g, 'elementDivide', [a, b]) : applyNode(g, 'rightDivide', [a, b]);
        return applyNode(g, elementwise && e.op === '*' ? 'hadamard' : INFIX[e.op] ?? e.op, [a, b]);
      }
      // `ones(n)`, the one function of a size that rules use.
      case 'call': return (e.callee.name === 'ones' ? names.get('ones') : undefined) ?? applyNode(g, e.callee.name, e.args.map(go));
      case 'index': {
        const a = go(e.arg);
        const [r, c] = e.items;
        const left = r?.kind === 'at' ? [g.transpose(g.basis(go(r.expr), a.shape.rows))] : [];
        const right = c?.kind === 'at' ? [g.basis(go(c.expr), a.shape.cols)] : [];
        return g.mul(...left, a, ...right);
      }
      default: break;
    }
    throw new Error(`a rule may not hold this (${e.kind}): ${text}`);
  };
  const identityBeside = (e: Expr & { kind: 'binary' }): Node | undefined => {
    const isI = (x: Expr): boolean => x.kind === 'name' && x.name === 'I' && !names.has('I');
    if ((e.op !== '+' && e.op !== '-') || (!isI(e.left) && !isI(e.right))) return undefined;
    const other = go(isI(e.left) ? e.right : e.left);
    const I = g.identity(other.shape.rows);
    if (e.op === '+') return g.add(I, other);
    return isI(e.left) ? g.sub(I, other) : g.sub(other, I);
  };
  return go(ruleTree(text));
}

