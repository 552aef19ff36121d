/** Replaces nodes and rebuilds what holds them, each node once. */
import type { Constructors, Graph } from './graph';
import type { Node } from './node';

export function substitution(g: Graph): Pick<Constructors, 'substitute'> {
  return {
    substitute: (root, by) => {
      if (by.size === 0) return root;
      const done = new Map<number, Node>();
      for (const [from, to] of by) done.set(from.id, to);
      const least = Math.min(...[...by.keys()].map((k) => k.id));
      const go = (a: Node): Node => {
        const old = done.get(a.id);
        if (old) return old;
        const made = a.id < least ? a : rebuild(g, a, go);
        done.set(a.id, made);
        return made;
      };
      return go(root);
    },
  };
}

/** The node made again from mapped children. */
export function rebuild(g: Graph, a: Node, go: (child: Node) => Node): Node {
  switch (a.kind) {
    case 'symbol': case 'identity': case 'ones': case 'zero': case 'selector': return a;
    case 'basis': return g.basis(go(a.index), a.shape.rows);
    case 'transpose': return g.transpose(go(a.arg));
    case 'product': return g.product(a.coefficient, a.scalars.map((p) => ({ base: go(p.base), exponent: p.exponent })), a.factors.map(go));
    case 'chain': return g.mul(...a.factors.map(go));
    case 'sum': return g.add(...a.terms.map(go));
    case 'power': return g.power(go(a.base), a.exponent);
    case 'hadamard': {
      const factors = a.factors.map((f) => g.elementPower(go(f.base), f.exponent));
      return g.hadamard(...factors);
    }
    case 'apply': return g.apply(a.op, a.args.map(go), a.dims);
  }
}

/** The nodes directly below. */
export function childrenOf(a: Node): readonly Node[] {
  switch (a.kind) {
    case 'symbol': case 'identity': case 'ones': case 'zero': case 'selector': return [];
    case 'basis': return [a.index];
    case 'transpose': return [a.arg];
    case 'product': return [...a.scalars.map((p) => p.base), ...a.factors];
    case 'chain': return a.factors;
    case 'sum': return a.terms;
    case 'power': return [a.base];
    case 'hadamard': return a.factors.map((f) => f.base);
    case 'apply': return a.args;
  }
}
