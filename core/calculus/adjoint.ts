/** Transposition: the adjoint of a map that is linear in a direction, by one sweep from the result back to the direction. */
import { addDim, constantDim, D1, isOne, mulDim, subDim, type Dim } from '../algebra/dim';
import type { Graph } from '../algebra/graph';
import type { Node } from '../algebra/node';
import { isNegativeQ, isOneQ, MINUS_ONE, negQ, ONE, type Rational } from '../algebra/rational';
import { refuse } from '../algebra/refusal';

/**
 * The G ↦ DF*[G] of a node E linear in `direction`: <G, E> = <result, direction>. Linear in G; shapes of E for G and of the direction
 * for the result. @throws Refusal for a linear operator without an adjoint row.
 */
export function adjoint(g: Graph, E: Node, direction: Node, G: Node): Node {
  const order = below(g, E, direction);
  const received = new Map<number, Node[]>();
  const give = (to: Node, what: Node): void => {
    if (!g.depends(to, direction)) return;
    const list = received.get(to.id);
    if (list) list.push(what);
    else received.set(to.id, [what]);
  };
  received.set(E.id, [G]);
  for (const a of order) {
    const parts = received.get(a.id);
    if (!parts) continue;
    const total = parts.length === 1 ? (parts[0] as Node) : g.add(...parts);
    if (a === direction) return total;
    pass(g, a, total, direction, give);
  }
  return g.zero(direction.shape);
}

/** The nodes that hold the direction, parents before children. */
function below(g: Graph, root: Node, direction: Node): Node[] {
  const seen = new Map<number, Node>();
  const stack = [root];
  while (stack.length > 0) {
    const a = stack.pop() as Node;
    if (seen.has(a.id) || !g.depends(a, direction)) continue;
    seen.set(a.id, a);
    switch (a.kind) {
      case 'transpose': stack.push(a.arg); break;
      case 'product': stack.push(...a.scalars.map((p) => p.base), ...a.factors); break;
      case 'chain': stack.push(...a.factors); break;
      case 'sum': stack.push(...a.terms); break;
      case 'hadamard': stack.push(...a.factors.map((f) => f.base)); break;
      case 'apply': stack.push(...a.args); break;
      default: break;
    }
  }
  return [...seen.values()].sort((a, b) => b.id - a.id);
}

type Give = (to: Node, what: Node) => void;

function pass(g: Graph, a: Node, G: Node, direction: Node, give: Give): void {
  const t = (x: Node): Node => g.transpose(x);
  const holds = (x: Node): boolean => g.depends(x, direction);
  switch (a.kind) {
    case 'transpose': give(a.arg, t(G)); return;
    case 'sum': for (const term of a.terms) give(term, G); return;
    case 'product': {
      const s = a.scalars.find((p) => holds(p.base));
      if (s) {
        const rest = g.product(a.coefficient, a.scalars.filter((p) => p !== s), a.factors);
        give(s.base, a.factors.length === 0 ? g.mul(rest, G) : g.apply('frobenius', [rest, G]));
        return;
      }
      const i = a.factors.findIndex(holds);
      const f = a.factors[i];
      if (!f) return;
      const left = a.factors.slice(0, i).reverse().map(t);
      const right = a.factors.slice(i + 1).reverse().map(t);
      give(f, g.product(a.coefficient, a.scalars, [...left, G, ...right]));
      return;
    }
    case 'chain': {
      const i = a.factors.findIndex(holds);
      const f = a.factors[i];
      if (!f) return;
      give(f, g.mul(...a.factors.slice(0, i).reverse().map(t), G, ...a.factors.slice(i + 1).reverse().map(t)));
      return;
    }
    case 'hadamard': {
      const f = a.factors.find((x) => holds(x.base));
      if (f) give(f.base, g.elementProduct(ONE, [], [...a.factors.filter((x) => x !== f), { base: G, exponent: ONE }]));
      return;
    }
    case 'apply': { passApply(g, a, G, direction, give); return; }
    default: return;
  }
}

/** One row for each linear operator: its adjoint at G. */
function passApply(g: Graph, a: Node & { kind: 'apply' }, G: Node, direction: Node, give: Give): void {
  const [x, y, z] = a.args;
  const t = (n: Node): Node => g.transpose(n);
  if (!x) return;
  switch (a.op) {
    case 'tr': give(x, g.mul(G, g.identity(x.shape.rows))); return;
    case 'sum': give(x, g.mul(G, g.ones(x.shape))); return;
    case 'diag': give(x, g.apply('diag', [G])); return;
    case 'vec': give(x, g.apply('unvec', [G], [x.shape.rows, x.shape.cols])); return;
    case 'unvec': give(x, g.apply('vec', [G])); return;
    case 'vech': give(x, g.apply('tril', [g.apply('unvec', [g.mul(g.apply('duplication', [], [x.shape.rows]), G)], [x.shape.rows, x.shape.rows])])); return;
    case 'tril': case 'triu': case 'phi': case 'band': give(x, g.apply(a.op, [G])); return;
    case 'skew3': give(x, axial(g, G)); return;
    case 'sylvester': if (y && z) give(z, g.apply('sylvester', [t(x), t(y), G])); return;
    case 'expmFrechet': case 'logmFrechet': if (y) give(y, g.apply(a.op, [t(x), G])); return;
    case 'powmFrechet': if (y && z) give(z, g.apply(a.op, [t(x), y, G])); return;
    case 'kron': if (y) passKron(g, x, y, G, direction, give); return;
    case 'blocks': passBlocks(g, a, G, give); return;
    default: refuse(`the linear operator ${a.op} has no adjoint here`);
  }
}

const absQ = (q: Rational): Rational => (isNegativeQ(q) ? negQ(q) : q);

/** The vector a with <G, skew3(x)> = a'x; cross(v, u) where G = u*v'. */
function axial(g: Graph, G: Node): Node {
  if (G.kind === 'sum') return g.add(...G.terms.map((t) => axial(g, t)));
  if (G.kind === 'product' && (G.scalars.length > 0 || !isOneQ(absQ(G.coefficient)))) {
    return g.mul(g.product(absQ(G.coefficient), G.scalars, []), axial(g, g.product(isNegativeQ(G.coefficient) ? MINUS_ONE : ONE, [], G.factors)));
  }
  if (G.kind === 'product') {
    const at = G.factors.findIndex((f) => isOne(f.shape.rows));
    if (at > 0) return g.mul(g.apply('skew3', [g.transpose(g.mul(...G.factors.slice(at)))]), g.product(G.coefficient, G.scalars, G.factors.slice(0, at)));
  }
  const three = { key: '3', terms: [{ coefficient: 3, names: [] }] };
  const entry = (i: number, j: number): Node => g.mul(t3(i), G, g.transpose(t3(j)));
  const t3 = (i: number): Node => g.transpose(g.basis(g.number(i), three));
  const parts = [g.sub(entry(3, 2), entry(2, 3)), g.sub(entry(1, 3), entry(3, 1)), g.sub(entry(2, 1), entry(1, 2))];
  return g.apply('blocks', parts, [three, D1]);
}

/** The terms of a sum, of its transpose or of a multiple of it. */
function partsOf(g: Graph, a: Node): readonly Node[] {
  if (a.kind === 'sum') return a.terms;
  if (a.kind === 'transpose' && a.arg.kind === 'sum') return a.arg.terms.map((t) => g.transpose(t));
  const [only] = a.kind === 'product' && a.factors.length === 1 ? a.factors : [];
  return only && a.kind === 'product' && only !== a ? partsOf(g, only).map((t) => g.mul(g.product(a.coefficient, a.scalars, []), t)) : [a];
}

/** A dyad u*v' in G passes u'*(A ⊗ B)*v = tr(U'*B*V*A') with u = vec(U), v = vec(V); the rest goes by `passShuffled`. */
function passKron(g: Graph, A: Node, B: Node, G: Node, direction: Node, give: Give): void {
  const rest: Node[] = [];
  for (const term of partsOf(g, G)) {
    const bond = term.kind === 'product' ? term.factors.findIndex((f) => isOne(f.shape.cols)) : -1;
    if (term.kind !== 'product' || bond < 0 || bond === term.factors.length - 1) { rest.push(term); continue; }
    const U = g.apply('unvec', [g.mul(...term.factors.slice(0, bond + 1))], [B.shape.rows, A.shape.rows]);
    const V = g.apply('unvec', [g.transpose(g.mul(...term.factors.slice(bond + 1)))], [B.shape.cols, A.shape.cols]);
    const scale = g.product(term.coefficient, term.scalars, []);
    if (g.depends(B, direction)) give(B, g.mul(scale, U, A, g.transpose(V)));
    if (g.depends(A, direction)) give(A, g.mul(scale, g.transpose(U), B, V));
  }
  if (rest.length > 0) passShuffled(g, A, B, g.add(...rest), direction, give);
}

/** vec(A ⊗ B) = (I ⊗ K ⊗ I)(vec A ⊗ vec B) (Magnus & Neudecker 2019, Theorem 3.10). */
function passShuffled(g: Graph, A: Node, B: Node, G: Node, direction: Node, give: Give): void {
  const P = kronShuffle(g, A, B);
  const shuffled = g.mul(g.transpose(P), g.apply('vec', [G]));
  const size = (x: Node): Dim => mulDim(x.shape.rows, x.shape.cols);
  if (g.depends(B, direction)) {
    const left = g.apply('kron', [g.transpose(g.apply('vec', [A])), g.identity(size(B))]);
    give(B, g.apply('unvec', [g.mul(left, shuffled)], [B.shape.rows, B.shape.cols]));
  }
  if (g.depends(A, direction)) {
    const right = g.apply('kron', [g.identity(size(A)), g.transpose(g.apply('vec', [B]))]);
    give(A, g.apply('unvec', [g.mul(right, shuffled)], [A.shape.rows, A.shape.cols]));
  }
}

export function kronShuffle(g: Graph, A: Node, B: Node): Node {
  const K = g.apply('commutation', [], [B.shape.cols, A.shape.rows]);
  return g.apply('kron', [g.identity(A.shape.cols), g.apply('kron', [K, g.identity(B.shape.rows)])]);
}

/** Where each block stands: its row and column selectors. */
export function blockPlaces(g: Graph, a: Node & { kind: 'apply' }): readonly { readonly arg: Node; readonly rows: Node; readonly cols: Node }[] {
  const down = constantDim(a.dims[0] ?? D1) ?? 1;
  const across = constantDim(a.dims[1] ?? D1) ?? 1;
  const places: { arg: Node; rows: Node; cols: Node }[] = [];
  let r = D1;
  for (let i = 0; i < down; i++) {
    const height = a.args[i * across]?.shape.rows ?? D1;
    const lastRow = subDim(addDim(r, height), D1);
    let c = D1;
    for (let j = 0; j < across; j++) {
      const arg = a.args[i * across + j];
      const width = a.args[j]?.shape.cols ?? D1;
      const lastCol = subDim(addDim(c, width), D1);
      if (arg) places.push({ arg, rows: g.selector(r, lastRow, a.shape.rows), cols: g.selector(c, lastCol, a.shape.cols) });
      c = addDim(c, width);
    }
    r = addDim(r, height);
  }
  return places;
}

function passBlocks(g: Graph, a: Node & { kind: 'apply' }, G: Node, give: Give): void {
  for (const { arg, rows, cols } of blockPlaces(g, a)) {
    give(arg, g.mul(rows, G, g.transpose(cols)));
  }
}
