/** The seven views of a derivative as graph nodes: projections of one operator, so they cannot disagree. */
import { inCommutingOrder } from '../algebra/commuting';
import { isOne, isScalar } from '../algebra/dim';
import type { Graph } from '../algebra/graph';
import type { Node } from '../algebra/node';
import type { Settings } from '../algebra/program';
import { adjoint } from '../calculus/adjoint';
import { differential, type RuleUse } from '../calculus/differential';
import { entry, spreadsBeyond, unitsApart } from '../calculus/entries';
import { project, spaceOf } from '../calculus/projection';
import { vecMatrix } from '../calculus/vec-matrix';
import { directionFor, onTangent, type Field } from '../calculus/workspace';
import { refuse, Refusal } from '../algebra/refusal';
import { MAX_ENTRY_TERMS } from './limits';
import type { FormName } from './presentation';
import { spelledOut } from './spelled-out';

export interface ViewNames {
  readonly differential: string;
  readonly direction: string;
  /** Indices of F's entry (none for a scalar, one for a vector), then of X's. */
  readonly ofF: readonly string[];
  readonly ofX: readonly string[];
}
export interface Views {
  readonly of: Node;
  readonly symbol: Node;
  /** DF[V], V in X's space. */
  readonly directional: Node;
  readonly direction: Node;
  /** The same as the rules give it, before a gradient was read off it; by a structured variable its directions are in the variable's space. */
  readonly plain: Node;
  readonly nodes: Partial<Record<FormName, Node>>;
  /** Why a view that could be expected is missing. */
  readonly missing: readonly { readonly form: FormName; readonly reason: string }[];
  readonly uses: readonly RuleUse[];
  readonly gradient?: Node;
}

/** @throws Refusal where F has no derivative by X. */
export function viewsOf(g: Graph, { of, outer, symbol }: Field & { readonly symbol: Node }, names: ViewNames, settings: Settings): Views {
  const uses: RuleUse[] = [];
  const V = directionFor(g, symbol, names.direction);
  const dX = directionFor(g, symbol, names.differential);
  const raw = onTangent(g, outer, differential(g, { of, symbol, direction: V }, (use) => uses.push(use)));
  const scalarF = isScalar(of.shape);
  const scalarX = isScalar(symbol.shape);
  const missing: { form: FormName; reason: string }[] = [];
  const nodes: Partial<Record<FormName, Node>> = {};
  const attempt = (form: FormName, make: () => Node): void => {
    try {
      nodes[form] = make();
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      missing.push({ form, reason: error.reason });
    }
  };
  let grad: Node | undefined;
  if (scalarF) attempt('gradient', () => (grad = project(g, symbol, adjoint(g, raw, V, g.number(1)))));
  else if (scalarX) attempt('gradient', () => (grad = g.substitute(raw, new Map([[V, g.number(1)]]))));

  const directional = grad ? pairing(g, grad, V, scalarF) : raw;
  const along = (E: Node): Node => grad ? pairing(g, grad, project(g, symbol, E), scalarF) : g.substitute(raw, new Map([[V, project(g, symbol, E)]]));
  nodes.directional = directional;
  nodes.differential = g.substitute(directional, new Map([[V, dX]]));
  if (grad && settings.layout === 'numerator' && scalarF) nodes.gradient = g.transpose(grad);

  const index = (name: string): Node => g.symbol(name, g.number(1).shape);
  // Made first, so that deltas read δ_ik: F's index before X's.
  const fIndex = names.ofF.map(index);
  const xIndex = names.ofX.map(index);
  const one = g.number(1);
  const [k, l] = isOne(symbol.shape.rows) && !isOne(symbol.shape.cols) && xIndex.length === 1 ? [one, xIndex[0] ?? one] : [xIndex[0] ?? one, xIndex[1] ?? one];
  const E = g.mul(g.basis(k, symbol.shape.rows), g.transpose(g.basis(l, symbol.shape.cols)));
  attempt('components', () => {
    if (grad && scalarF) return entry(g, grad, k, l);
    return grad ?? unitsApart(g, along(E));
  });
  const component = nodes.components;
  if (component) attempt('index', () => {
    if (scalarF) return component;
    return spreadsBeyond(component, MAX_ENTRY_TERMS) ? refuse('it is too long to print') : entry(g, component, fIndex[0] ?? one, fIndex[1] ?? one);
  });
  attempt('vec', () => vecForm(g, raw, V, symbol, grad, settings));
  for (const form of ['gradient', 'directional', 'differential', 'vec'] as const) if (nodes[form]) nodes[form] = spelledOut(g, inCommutingOrder(g, nodes[form]));
  return { of, symbol, directional, direction: V, plain: raw, nodes, missing, uses, ...(grad ? { gradient: grad } : {}) };
}

/** <G, V> for a scalar function, in the shortest of its spellings; V*∂F/∂α by a scalar. */
function pairing(g: Graph, G: Node, V: Node, scalarF: boolean): Node {
  return scalarF ? g.apply('frobenius', [G, V]) : g.mul(V, G);
}

function vecForm(g: Graph, raw: Node, V: Node, symbol: Node, grad: Node | undefined, settings: Settings): Node {
  const E = g.symbol('d', symbol.shape, 'direction');
  let M: Node;
  const row = settings.vec === 'row';
  if (grad) {
    const v = g.apply('vec', [row ? g.transpose(grad) : grad]);
    M = isScalar(raw.shape) ? g.transpose(v) : v;
  } else if (row) {
    const Et = g.symbol('d', g.transpose(E).shape, 'direction');
    M = vecMatrix(g, g.transpose(g.substitute(raw, new Map([[V, project(g, symbol, g.transpose(Et))]]))), Et);
  } else {
    M = vecMatrix(g, g.substitute(raw, new Map([[V, project(g, symbol, E)]])), E);
  }
  return settings.layout === 'denominator' ? g.transpose(M) : M;
}

export const isConstrained = (symbol: Node): boolean => spaceOf(symbol) !== undefined;
