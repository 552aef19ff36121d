/**
 * Inverses that hold the index of a finite sum. A dyad added to a matrix that stays is updated (Sherman and Morrison 1950):
 * inv(S + c*u*v') = inv(S) - c*inv(S)*u*v'*inv(S) / (1 + c*v'*inv(S)*u), logdet(S + c*u*v') = logdet(S) + log(abs(1 + c*v'*inv(S)*u)).
 * The columns inv(S + t_i*I)*x_i are the solution of S*Y + Y*diag(t) = X. A multiple of I added to a symmetric matrix shifts its
 * eigenvalues: inv(S + t*I) = Q*diag(1 ./ (l + t))*Q' with S = Q*diag(l)*Q'.
 */
import { D1, isOne, isScalar, shape } from './dim';
import type { Graph } from './graph';
import type { Node } from './node';
import { ONE, rational, type Rational } from './rational';
import { childrenOf, rebuild } from './substitute';

interface Dyad { readonly rest: Node; readonly scale: Node; readonly left: Node; readonly right: Node }

/** The body with every inverse and log determinant of a dyad's update rewritten, each node once. */
export function updatesWrittenOut(g: Graph, body: Node, index: Node): Node {
  const done = new Map<number, Node>();
  const go = (a: Node): Node => {
    if (!g.depends(a, index)) return a;
    const old = done.get(a.id);
    if (old) return old;
    const made = written(g, a, index, go);
    done.set(a.id, made);
    return made;
  };
  return go(body);
}

const isInverse = (exponent: Rational): boolean => exponent.n === -1n && exponent.d === 1n;

function written(g: Graph, a: Node, index: Node, go: (a: Node) => Node): Node {
  const of = updatedBy(a);
  const dyad = of && dyadOf(g, of, index);
  // Where S alone has no inverse, S + u*v' may have one: then this form has no value and the sum has.
  if (!dyad || !g.isInvertible(dyad.rest)) return rebuild(g, a, go);
  const inverse = g.inverse(dyad.rest);
  const [left, right] = [g.mul(inverse, go(dyad.left)), g.mul(go(dyad.right), inverse)];
  const scale = go(dyad.scale);
  const factor = g.add(g.number(ONE), g.mul(scale, go(dyad.right), left));
  if (a.kind === 'power') return g.add(inverse, g.neg(g.mul(scale, g.power(factor, rational(-1)), left, right)));
  return a.kind === 'apply' && a.op === 'logdet' ? g.add(g.apply('logdet', [dyad.rest]), g.apply('log', [g.apply('abs', [factor])])) : g.mul(g.apply('det', [dyad.rest]), factor);
}

const updatedBy = (a: Node): Node | undefined => (a.kind === 'power' && isInverse(a.exponent) ? a.base : a.kind === 'apply' && (a.op === 'logdet' || a.op === 'det') ? a.args[0] : undefined);

/** S + c*u*v', where c, u, v hold the index and S does not. */
function dyadOf(g: Graph, a: Node, index: Node): Dyad | undefined {
  if (a.kind !== 'sum') return undefined;
  const [only, ...more] = a.terms.filter((t) => g.depends(t, index));
  if (only?.kind !== 'product' || more.length > 0) return undefined;
  const bond = only.factors.findIndex((f) => isOne(f.shape.cols));
  if (bond < 0 || bond === only.factors.length - 1) return undefined;
  return {
    rest: g.add(...a.terms.filter((t) => t !== only)), scale: g.product(only.coefficient, only.scalars, []),
    left: g.mul(...only.factors.slice(0, bond + 1)), right: g.mul(...only.factors.slice(bond + 1)),
  };
}

/** S + t*I with an S that stays; `shift` is the scalar t of the index. */
export function shifted(g: Graph, a: Node, index: Node): { readonly of: Node; readonly shift: Node } | undefined {
  if (a.kind !== 'sum') return undefined;
  const moving = a.terms.filter((t) => g.depends(t, index));
  const [only] = moving;
  if (moving.length !== 1 || only?.kind !== 'product' || only.factors.length !== 1 || only.factors[0]?.kind !== 'identity') return undefined;
  return { of: g.add(...a.terms.filter((t) => t !== only)), shift: g.product(only.coefficient, only.scalars, []) };
}

/** The same for a symmetric S. */
function shiftedSymmetric(g: Graph, a: Node, index: Node): ReturnType<typeof shifted> {
  const found = shifted(g, a, index);
  return found && g.isSymmetric(found.of) ? found : undefined;
}

/** The eigenvalues l of S shifted by each value of t: the count×n matrix t*ones(n)' + ones(count)*l'. */
export function shiftedEigenvalues(g: Graph, of: Node, shifts: Node): Node {
  const n = of.shape.rows;
  return g.add(g.mul(shifts, g.ones(shape(D1, n))), g.mul(g.ones(shape(shifts.shape.rows, D1)), g.transpose(g.apply('eigvals', [of]))));
}

/** Solves of a power of an inverse that are written one inside the other. */
const NESTED_SOLVES = 4n;

/** The columns of (S + t*I)^p*v, v of each value of the index in the columns of `vectors`; undefined where S would have to be symmetric and is not. */
export function shiftedColumns(g: Graph, of: Node, shifts: Node, exponent: Rational, vectors: Node): Node | undefined {
  if (exponent.d === 1n && exponent.n < 0n && -exponent.n <= NESTED_SOLVES) {
    let made = vectors;
    for (let k = exponent.n; k < 0n; k++) made = g.apply('sylvester', [of, g.apply('diag', [shifts]), made]);
    return made;
  }
  if (!g.isSymmetric(of)) return undefined;
  const basis = g.apply('eigvecs', [of]);
  const powers = g.elementPower(g.transpose(shiftedEigenvalues(g, of, shifts)), exponent);
  return g.mul(basis, g.hadamard(g.mul(g.transpose(basis), vectors), powers));
}

/** The sum of (S + t*I)^p, each by its weight; undefined for another body. */
export function shiftedSum(g: Graph, body: Node, index: Node, scalar: (a: Node) => Node): Node | undefined {
  const [only, ...others] = body.kind === 'product' ? body.factors : [body];
  const found = only?.kind === 'power' && others.length === 0 ? shiftedSymmetric(g, only.base, index) : undefined;
  if (!found || only?.kind !== 'power') return undefined;
  const values = g.elementPower(shiftedEigenvalues(g, found.of, scalar(found.shift)), only.exponent);
  const basis = g.apply('eigvecs', [found.of]);
  const weights = body.kind === 'product' ? scalar(g.product(body.coefficient, body.scalars, [])) : g.ones(shape(values.shape.rows, D1));
  return g.mul(basis, g.apply('diag', [g.mul(g.transpose(values), weights)]), g.transpose(basis));
}

/** Why a sum has no form without its index, by the first part of it that stands in the way; undefined where nothing more is known. */
export function whatHinders(g: Graph, body: Node, index: Node): string | undefined {
  const seen = new Set<number>();
  const find = (a: Node): string | undefined => {
    if (seen.has(a.id) || !g.depends(a, index)) return undefined;
    seen.add(a.id);
    const base = updatedBy(a);
    if (base && dyadOf(g, base, index)) return 'a finite sum over a matrix plus a dyad of the index has a form without it where the matrix alone is invertible, and nothing says so: declare it `posdef` or `invertible`';
    if (a.kind === 'power' && !isScalar(a.shape)) return 'a finite sum over an inverse or a power of a matrix that holds the index has a form without it where a dyad is added to an invertible matrix (`S + x*x\'`) or a multiple of `I` to a symmetric one (`S + t[i]*I`, with S declared `symmetric` or `posdef`); this is neither';
    if (a.kind === 'apply' && LARGEST.has(a.op) && a.args.length === 1) return `a finite sum over the ${a.op === 'minimum' ? 'smallest' : 'largest'} entry of each row or column: no operator takes these at once`;
    if (a.kind === 'apply' && FACTORS.has(a.op)) return `a finite sum over ${a.op}(…) of a matrix that holds the index: a factorisation for each value has no form without it`;
    for (const child of childrenOf(a)) { const found = find(child); if (found !== undefined) return found; }
    return undefined;
  };
  return find(body);
}
const LARGEST: ReadonlySet<string> = new Set(['maximum', 'minimum', 'normInf', 'argmax']);
const FACTORS: ReadonlySet<string> = new Set(['chol', 'eigvecs', 'eigvals', 'eigmax', 'eigmin', 'svdvals', 'svdu', 'svdv', 'norm2', 'normNuc', 'pinv', 'expm', 'logm', 'polar', 'cond']);

/** logdet of S + t*I or of its inverse and tr of a power of it, as the column of their values. */
export function shiftedColumn(g: Graph, op: string, a: Node, index: Node, scalar: (a: Node) => Node): Node | undefined {
  const exponent = a.kind === 'power' ? a.exponent : ONE;
  const found = shiftedSymmetric(g, a.kind === 'power' ? a.base : a, index);
  if (!found || isScalar(a.shape)) return undefined;
  const values = shiftedEigenvalues(g, found.of, scalar(found.shift));
  const sums = (m: Node): Node => g.mul(m, g.ones(shape(found.of.shape.rows, D1)));
  switch (op) {
    case 'tr': return a.kind === 'power' ? sums(g.elementPower(values, exponent)) : undefined;
    case 'logdet': return g.scale(exponent, sums(g.apply('log', [g.apply('abs', [values])])));
    default: return undefined;
  }
}
