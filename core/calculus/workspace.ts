/** A program's graph: its variables, definitions and assumptions as nodes, and the derivatives that its expressions ask for. */
import { assumedWords } from '../algebra/assumed';
import { build, type BuildContext } from '../algebra/build';
import { isScalar } from '../algebra/dim';
import type { Graph } from '../algebra/graph';
import type { Node } from '../algebra/node';
import type { Program, ProgramRequest, StructureWord } from '../algebra/program';
import { refuse } from '../algebra/refusal';
import type { DerivativeTerm, Term } from '../algebra/term';
import { termNames } from '../algebra/term-names';
import { differentiatedIn } from '../algebra/terms-within';
import { adjoint } from './adjoint';
import { assume, implyRank, leavesPoints } from './assumptions';
import { differential } from './differential';
import { project, spaceOf } from './projection';
import { vecMatrix } from './vec-matrix';

export interface Workspace {
  readonly g: Graph;
  readonly program: Program;
  /** @throws Refusal for an unknown name, a cycle, or what the engine has no form for. */
  variable(name: string): Node;
  definition(name: string): Node;
  node(term: Term): Node;
}

/** Words that a direction shares with its variable: the linear space it moves in. */
const SPACES: readonly StructureWord[] = ['symmetric', 'skew', 'diagonal', 'lower', 'upper', 'tridiagonal'];

/**
 * @param moving the variables by which something will be differentiated. An equation that is assumed of one of them holds on a
 * surface, and a derivative leaves it: such a fact may not be used in what is differentiated.
 * @param isClosed whether facts may bring in no variable that the formula does not have: code and numbers know of no others
 */
export function openWorkspace(program: Program, newGraph: (facts: Program['dimFacts'], moving: ReadonlySet<string>) => Graph, moving: ReadonlySet<string> = differentiatedBy(program), isClosed = false): Workspace {
  const g = newGraph(program.dimFacts, moving);
  const definitions = new Map<string, Node | 'open'>();
  const assumed = assumedWords(program, moving);
  const variable = (name: string): Node => {
    const v = program.variables.get(name);
    const more = assumed.get(name);
    return v ? g.symbol(v.name, v.shape, 'variable', more ? new Set([...v.words, ...more]) : v.words) : refuse(`${name} is not a variable`);
  };
  const definition = (name: string): Node => {
    const old = definitions.get(name);
    if (old === 'open') return refuse(`the definition of ${name} uses itself`);
    if (old) return old;
    const d = program.definitions.get(name);
    if (!d) return refuse(`${name} is not defined`);
    definitions.set(name, 'open');
    try {
      const made = node(d.body);
      definitions.set(name, made);
      return made;
    } catch (error) {
      definitions.delete(name);
      throw error;
    }
  };
  const context: BuildContext = {
    variable, definition, indices: new Map(),
    derivative: (term, of, args) => derivativeNode(g, term, of, term.wrt.map(variable), args),
  };
  const node = (term: Term): Node => build(g, term, context);
  for (const a of program.assumptions) {
    const [left, right] = [termNames(program, a.left), a.right ? termNames(program, a.right) : new Set<string>()];
    if (leavesPoints(a) && [...left, ...right].some((name) => moving.has(name))) {
      if (!a.right) implyRank(g, a, node);
      continue;
    }
    assume(g, a, node, isClosed);
  }
  return { g, program, variable, definition, node };
}

/** All variables by which a request, a claim or a definition differentiates, or one request with what it reads. */
export function differentiatedBy(program: Program, request?: ProgramRequest): ReadonlySet<string> {
  if (request) return new Set([...request.wrt, ...differentiatedIn(program, request.term, request.ofTerm)]);
  return new Set([
    ...program.requests.flatMap((r) => r.wrt),
    ...differentiatedIn(program, ...program.requests.map((r) => r.term), ...program.claims.flatMap((c) => [c.left, c.right]), ...[...program.definitions.values()].map((d) => d.body)),
  ]);
}

/** The symbol of a change of `symbol`: of its shape, and in its linear space. */
export function directionFor(g: Graph, symbol: Node, name: string): Node {
  const words = new Set<StructureWord>();
  if (symbol.kind === 'symbol') {
    for (const w of SPACES) if (symbol.words.has(w)) words.add(w);
    if (symbol.words.has('posdef') || symbol.words.has('possemidef')) words.add('symmetric');
  }
  return g.symbol(name, symbol.shape, 'direction', words);
}

/** DF(X)[V] for F = `of`, V in X's space. */
export const directional = (g: Graph, of: Node, symbol: Node, V: Node): Node => differential(g, { of, symbol, direction: V });

/** ∇f in X's shape for a scalar f (projected on X's structure), or ∂F/∂α in F's shape for a scalar α. */
export function gradient(g: Graph, of: Node, symbol: Node): Node {
  const V = directionFor(g, symbol, `d${nameOf(symbol)}`);
  const dF = directional(g, of, symbol, V);
  if (isScalar(of.shape)) return project(g, symbol, adjoint(g, dF, V, g.number(1)));
  if (isScalar(symbol.shape)) return g.substitute(dF, new Map([[V, g.number(1)]]));
  return refuse('the gradient of an array by an array; ask for the Jacobian');
}

/** What a second derivative differentiates, and where its result is projected: on curved matrices the plain gradient moves, and the tangent space stands still. */
export interface Field { readonly of: Node; readonly outer?: Node }

/** The gradient as a second derivative by `y` takes it. D²f is projected in both slots: on a linear space that of the projected gradient is. */
export function fieldOf(g: Graph, of: Node, x: Node, y: Node): Field {
  if (x !== y || spaceOf(x) !== 'orthogonal') return { of: gradient(g, of, x) };
  const V = directionFor(g, x, `d${nameOf(x)}`);
  return { of: adjoint(g, directional(g, of, x, V), V, g.number(1)), outer: x };
}

/** The derivative of a field along V. */
export const alongField = (g: Graph, { of, outer }: Field, symbol: Node, V: Node): Node => onTangent(g, outer, directional(g, of, symbol, V));
export const onTangent = (g: Graph, outer: Node | undefined, E: Node): Node => (outer ? project(g, outer, E) : E);

/** The vjp: DF*[Ybar], projected on X's structure. */
export function pullback(g: Graph, of: Node, symbol: Node, Ybar: Node): Node {
  const V = directionFor(g, symbol, `d${nameOf(symbol)}`);
  return project(g, symbol, adjoint(g, directional(g, of, symbol, V), V, Ybar));
}

/** ∂vec(F)/∂vec(X)', each column along the projection of its basis matrix. */
export function jacobian(g: Graph, of: Node, symbol: Node, outer?: Node): Node {
  const E = g.symbol(`d${nameOf(symbol)}`, symbol.shape, 'direction');
  const V = directionFor(g, symbol, `d${nameOf(symbol)}`);
  const dF = alongField(g, { of, ...(outer ? { outer } : {}) }, symbol, V);
  return vecMatrix(g, g.substitute(dF, new Map([[V, project(g, symbol, E)]])), E);
}

export const nameOf = (symbol: Node): string => (symbol.kind === 'symbol' ? symbol.name : '');

function derivativeNode(g: Graph, term: DerivativeTerm, of: Node, wrt: readonly Node[], args: readonly Node[]): Node {
  const [x] = wrt;
  const y = wrt[1] ?? x;
  const [v] = args;
  if (!x || !y) return refuse('a derivative without a variable');
  const along = (F: Field, s: Node, direction: Node): Node => {
    const V = directionFor(g, s, `d${nameOf(s)}`);
    const d = alongField(g, F, s, V);
    return g.substitute(d, new Map([[V, project(g, s, direction)]]));
  };
  switch (term.op) {
    case 'grad': return gradient(g, of, x);
    case 'jacobian': return isScalar(x.shape) ? gradient(g, of, x) : jacobian(g, of, x);
    case 'hessian': {
      const field = fieldOf(g, of, x, y);
      return isScalar(y.shape) ? gradient(g, field.of, y) : jacobian(g, field.of, y, field.outer);
    }
    case 'diff': return v ? along({ of }, x, v) : refuse('diff needs a direction');
    case 'hvp': return v ? along(fieldOf(g, of, x, y), y, v) : refuse('hvp needs a direction');
    case 'vjp': return v ? pullback(g, of, x, v) : refuse('vjp needs a cotangent');
  }
}
