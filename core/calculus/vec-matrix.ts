/** The matrix of a linear map on vectors of stacked columns: vec(E) = M * vec(direction). */
import { isOne, mulDim, shape, D1, type Dim } from '../algebra/dim';
import type { Graph } from '../algebra/graph';
import type { Node } from '../algebra/node';
import { ONE } from '../algebra/rational';
import { refuse } from '../algebra/refusal';
import { blockPlaces, kronShuffle } from './adjoint';

/** @throws Refusal for a linear operator without a Kronecker matrix. */
export function vecMatrix(g: Graph, E: Node, direction: Node): Node {
  const done = new Map<number, Node>();
  const size = (a: Node): Dim => mulDim(a.shape.rows, a.shape.cols);
  const vec = (a: Node): Node => g.apply('vec', [a]);
  const kron = (a: Node, b: Node): Node => g.apply('kron', [a, b]);
  const go = (a: Node): Node => {
    const old = done.get(a.id);
    if (old) return old;
    const made = a === direction ? g.identity(size(a)) : g.depends(a, direction) ? matrix(a) : g.zero(shape(size(a), size(direction)));
    done.set(a.id, made);
    return made;
  };

  /** vec(L*X*R) = (R' ⊗ L)*vec(X). */
  const between = (left: readonly Node[], x: Node, right: readonly Node[]): Node => {
    const L = left.length > 0 ? g.mul(...left) : g.identity(x.shape.rows);
    const R = right.length > 0 ? g.mul(...right) : g.identity(x.shape.cols);
    return g.mul(kron(g.transpose(R), L), go(x));
  };

  const matrix = (a: Node): Node => {
    switch (a.kind) {
      case 'transpose': return g.mul(g.apply('commutation', [], [a.arg.shape.rows, a.arg.shape.cols]), go(a.arg));
      case 'sum': return g.add(...a.terms.map(go));
      case 'product': {
        const s = a.scalars.find((p) => g.depends(p.base, direction));
        if (s) {
          const rest = g.product(a.coefficient, a.scalars.filter((p) => p !== s), a.factors);
          return g.mul(a.factors.length === 0 ? rest : vec(rest), go(s.base));
        }
        const i = a.factors.findIndex((f) => g.depends(f, direction));
        return g.mul(g.product(a.coefficient, a.scalars, []), between(a.factors.slice(0, i), a.factors[i] as Node, a.factors.slice(i + 1)));
      }
      case 'chain': {
        const i = a.factors.findIndex((f) => g.depends(f, direction));
        return between(a.factors.slice(0, i), a.factors[i] as Node, a.factors.slice(i + 1));
      }
      case 'hadamard': {
        const f = a.factors.find((x) => g.depends(x.base, direction));
        if (!f) break;
        const others = a.factors.filter((x) => x !== f);
        return others.length === 0 ? go(f.base) : g.mul(g.apply('diag', [vec(g.elementProduct(ONE, [], others))]), go(f.base));
      }
      case 'apply': return ofApply(a);
      default: break;
    }
    return refuse('this linear map has no Kronecker matrix here');
  };

  const ofApply = (a: Node & { kind: 'apply' }): Node => {
    const [x, y, z] = a.args;
    if (!x) return refuse('this linear map has no Kronecker matrix here');
    const n = x.shape.rows;
    switch (a.op) {
      case 'tr': return g.mul(g.transpose(vec(g.identity(n))), go(x));
      case 'sum': return g.mul(g.ones(shape(D1, size(x))), go(x));
      case 'diag': {
        const D = g.apply('diagonalisation', [], [n]);
        return isOne(x.shape.cols) ? g.mul(D, go(x)) : g.mul(g.transpose(D), go(x));
      }
      case 'vec': case 'unvec': return go(x);
      case 'vech': return g.mul(g.transpose(g.apply('duplication', [], [n])), g.apply('diag', [vec(g.apply('tril', [g.ones(x.shape)]))]), go(x));
      case 'tril': case 'triu': case 'phi': case 'band': return g.mul(g.apply('diag', [vec(g.apply(a.op, [g.ones(x.shape)]))]), go(x));
      case 'skew3': {
        // vec(skew3(x)) = Σ_i vec(skew3(e_i)) x_i.
        const e = [1, 2, 3].map((i) => g.basis(g.number(i), n));
        return g.mul(g.add(...e.map((ei) => g.mul(vec(g.apply('skew3', [ei])), g.transpose(ei)))), go(x));
      }
      case 'sylvester': {
        if (!y || !z) break;
        const sum = g.add(kron(g.identity(y.shape.rows), x), kron(g.transpose(y), g.identity(n)));
        return g.mul(g.inverse(sum), go(z));
      }
      case 'expmFrechet': case 'logmFrechet': if (!y) break; return g.mul(g.apply(a.op.replace('Frechet', 'Kron'), [x]), go(y));
      case 'powmFrechet': if (!y || !z) break; return g.mul(g.apply('powmKron', [x, y]), go(z));
      case 'kron': {
        if (!y) break;
        const P = kronShuffle(g, x, y);
        const left = g.depends(x, direction) ? [g.mul(P, kron(g.identity(size(x)), vec(y)), go(x))] : [];
        const right = g.depends(y, direction) ? [g.mul(P, kron(vec(x), g.identity(size(y))), go(y))] : [];
        return g.add(...left, ...right);
      }
      case 'blocks':
        return g.add(...blockPlaces(g, a).filter((p) => g.depends(p.arg, direction)).map((p) => g.mul(kron(g.transpose(p.cols), g.transpose(p.rows)), go(p.arg))));
      default: break;
    }
    return refuse(`the linear operator ${a.op} has no Kronecker matrix here`);
  };
  return go(E);
}

