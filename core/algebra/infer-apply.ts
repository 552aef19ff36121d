/** Applies the shape rules of an operator to arguments whose sizes may be unknown: decides at once where it can, else waits. */
import { hasUnknown, isKnownShape, sameShape, type Dim, type Shape } from './dim';
import { least, match, resultOf, sizeOf, type ShapePattern, type Signature, type SizePattern, type Sizes } from './signature';
import type { Place, Scope, Typed } from './scope';
import { knownShape } from './settled';
import type { Constraint, Solver } from './unify';

const isOnePattern = (p: SizePattern): boolean => p.kind === 'formula' && p.dim.key === '1';
const isScalarPattern = (p: ShapePattern): boolean => isOnePattern(p.rows) && isOnePattern(p.cols);

/** Unifies arguments with one signature; the result's shape, or undefined where they cannot fit. */
function fit(scope: Scope, signature: Signature, args: readonly Shape[], dims: readonly Dim[], choice: boolean): Shape | undefined {
  const { solver } = scope;
  if (signature.args.length !== args.length || signature.sizes.length !== dims.length) return undefined;
  const sizes: Sizes = [...dims];
  for (let i = 0; i < args.length; i++) {
    const pattern = signature.args[i];
    const arg = args[i];
    if (!arg || !pattern) return undefined;
    if (choice && isScalarPattern(pattern) && (solver.isArraySize(arg.rows) || solver.isArraySize(arg.cols))) return undefined;
    if (!fitSize(solver, signature, pattern.rows, arg.rows, sizes) || !fitSize(solver, signature, pattern.cols, arg.cols, sizes)) return undefined;
  }
  for (let i = 0; i < sizes.length; i++) {
    const d = sizes[i];
    if (d) sizes[i] = solver.resolve(d);
  }
  return resultOf(signature, sizes, scope.facts);
}
function fitSize(solver: Solver, signature: Signature, pattern: SizePattern, dim: Dim, sizes: Sizes): boolean {
  if (pattern.kind !== 'name') return solver.unify(sizeOf(signature, pattern, sizes), dim);
  const old = sizes[pattern.slot];
  if (old) return solver.unify(old, dim);
  sizes[pattern.slot] = dim;
  return true;
}

/** False where known sizes alone exclude a signature, so that nothing need be tried. */
function mayFit(signature: Signature, args: readonly Shape[]): boolean {
  const sizes: Sizes = [];
  for (let i = 0; i < args.length; i++) {
    const pattern = signature.args[i];
    const arg = args[i];
    if (pattern && arg && !(mayBe(pattern.rows, arg.rows, sizes) && mayBe(pattern.cols, arg.cols, sizes))) return false;
  }
  return true;
}
function mayBe(pattern: SizePattern, size: Dim, sizes: Sizes): boolean {
  if (hasUnknown(size)) return true;
  if (pattern.kind === 'formula') return pattern.dim.key !== '1' || size.key === '1';
  if (pattern.kind !== 'name') return true;
  const bound = sizes[pattern.slot];
  sizes[pattern.slot] ??= size;
  return bound === undefined || bound.key === size.key;
}

/** Whether a signature fits whatever the sizes are: its literal sizes stand there, and no name stands twice. */
function fitsFreely(signature: Signature, args: readonly Shape[], dims: readonly Dim[]): Sizes | undefined {
  if (signature.args.length !== args.length || signature.sizes.length !== dims.length) return undefined;
  const sizes: Sizes = [...dims];
  for (let i = 0; i < args.length; i++) {
    const pattern = signature.args[i];
    const arg = args[i];
    if (!pattern || !arg) return undefined;
    if (!isFree(pattern.rows, arg.rows, sizes) || !isFree(pattern.cols, arg.cols, sizes)) return undefined;
  }
  return sizes;
}
function isFree(p: SizePattern, d: Dim, sizes: Sizes): boolean {
  if (p.kind === 'formula' && p.dim.key === d.key) return true;
  if (p.kind !== 'name' || sizes[p.slot]) return false;
  sizes[p.slot] = d;
  return true;
}

/** The only signature that known sizes and what is an array leave; undefined where there are several. */
function onlyPossible(solver: Solver, signatures: readonly Signature[], args: readonly Shape[]): Signature | undefined {
  let only: Signature | undefined;
  for (const s of signatures) {
    if (!mayFit(s, args) || needsScalar(solver, s, args)) continue;
    if (only) return undefined;
    only = s;
  }
  return only;
}
function needsScalar(solver: Solver, signature: Signature, args: readonly Shape[]): boolean {
  for (let i = 0; i < args.length; i++) {
    const pattern = signature.args[i];
    const arg = args[i];
    if (arg && pattern && isScalarPattern(pattern) && (solver.isArraySize(arg.rows) || solver.isArraySize(arg.cols))) return true;
  }
  return false;
}

/** Says once that m ≥ n was taken where an operator needs the smaller of two sizes and nothing tells. */
function noteLeast(place: Place, signature: Signature, args: readonly Shape[], dims: readonly Dim[], at: Typed['expr']): void {
  const { scope } = place;
  const { rows, cols } = signature.result;
  const pattern = rows.kind === 'least' ? rows : cols.kind === 'least' ? cols : undefined;
  const sizes = pattern && match(signature, args.map((a) => scope.solver.resolveShape(a)), dims);
  const left = pattern && sizes?.[pattern.left];
  const right = pattern && sizes?.[pattern.right];
  if (!left || !right || least(left, right, scope.facts)) return;
  scope.facts.push({ left, op: '>=', right, range: at.range });
  scope.report('MC3019', `${left.key} is taken to be at least ${right.key}; \`dim ${right.key} >= ${left.key}\` says otherwise`, at.range);
}

export interface Application {
  readonly place: Place;
  readonly expr: Typed['expr'];
  readonly signatures: readonly Signature[];
  readonly args: readonly Shape[];
  readonly dims?: readonly Dim[];
  /** Alternatives from the last to the first where nothing decides (a product of arrays before a scalar's). */
  readonly lastFirst?: boolean;
  /**
   * Which alternative decides while others fit too: `any` that asks for nothing more (they give the same result), or only the
   * `first`; `none` waits.
   */
  readonly decides?: 'any' | 'first' | 'none';
  /** Reports; the owner is marked as broken. */
  readonly conflict: (args: readonly Shape[]) => void;
}

/** The shape of an application, with unknowns where it waits; undefined after a conflict. */
export function applyShape(a: Application): Shape | undefined {
  const { place, signatures, args } = a;
  const { scope } = place;
  // Which size is the smaller one may be said by another statement.
  if (signatures.some((s) => s.result.rows.kind === 'least' || s.result.cols.kind === 'least')) place.owner.tied = true;
  const now: Shape[] = [];
  for (const s of args) now.push(scope.solver.resolveShape(s));
  const dims = a.dims ?? NO_DIMS;
  if (now.every(isKnownShape)) {
    for (const signature of signatures) {
      const sizes = match(signature, now, dims);
      if (!sizes) continue;
      noteLeast(place, signature, now, dims, a.expr);
      return knownShape(scope, resultOf(signature, sizes, scope.facts));
    }
    return conflictOf(a);
  }
  if (a.decides === 'any') {
    for (const signature of signatures) {
      const sizes = fitsFreely(signature, now, dims);
      if (sizes) return resultOf(signature, sizes, scope.facts);
    }
  }
  return applyLater(a, now, dims);
}
const NO_DIMS: readonly Dim[] = [];

function conflictOf(a: Application): undefined {
  const { place } = a;
  const { scope } = place;
  place.owner.broken = true;
  if (scope.isFull()) return undefined;
  const shapes = (): readonly Shape[] => a.args.map((s) => scope.solver.resolveShape(s));
  // Sizes that are not solved yet say more later, or are a consequence of another error.
  if (shapes().every(isKnownShape)) a.conflict(shapes());
  else scope.checks.push(() => (shapes().every(isKnownShape) || !scope.hasErrorsByNow() ? a.conflict(shapes()) : undefined));
  return undefined;
}

function applyLater(a: Application, now: readonly Shape[], dims: readonly Dim[]): Shape | undefined {
  const { place, signatures } = a;
  const { scope } = place;
  const { solver } = scope;
  const choice = signatures.length > 1;
  const conflict = (): undefined => conflictOf(a);
  const usable = signatures.filter((s) => s.args.length === now.length && s.sizes.length === dims.length);
  if (usable.length === 1 && usable[0]) {
    const only = usable[0];
    const result = fit(scope, only, now, dims, choice);
    if (!result) return conflict();
    if (only.result.rows.kind === 'least' || only.result.cols.kind === 'least') scope.checks.push(() => noteLeast(place, only, now, dims, a.expr));
    return isKnownShape(result) ? knownShape(scope, result) : result;
  }
  // Where only one reading is left, nothing waits.
  const only = onlyPossible(solver, usable, now);
  let sure: Shape | undefined;
  if (only && solver.fitting(() => (sure = fit(scope, only, now, dims, choice)) !== undefined) && sure) return isKnownShape(sure) ? knownShape(scope, sure) : sure;
  const result = solver.resultShape();
  const one = (signature: Signature): boolean => {
    const found = fit(scope, signature, a.args, dims, choice);
    return found !== undefined && solver.unifyShape(result, found);
  };
  const constraint: Constraint = {
    waitsFor: () => a.args.flatMap((s) => [s.rows, s.cols]),
    conflict,
    step: () => {
      const args = a.args.map((s) => solver.resolveShape(s));
      if (args.every(isKnownShape)) {
        const first = usable.find((s) => match(s, args, dims));
        return first && one(first) ? 'done' : 'conflict';
      }
      const results: Shape[] = [];
      const viable = usable.filter((s) => mayFit(s, args) && solver.wouldFit(() => one(s) && results.push(solver.resolveShape(result)) > 0));
      const [first] = viable;
      if (!first) return 'conflict';
      const deciding = a.decides === 'any' ? viable : a.decides === 'none' ? [] : [first];
      const settled = deciding.find((s) => solver.asksNothing(() => fit(scope, s, args, dims, choice) !== undefined));
      if (settled) return one(settled) ? 'done' : 'conflict';
      if (viable.length === 1) return one(first) ? 'done' : 'conflict';
      const [common] = results;
      if (common && isKnownShape(common) && results.every((r) => sameShape(r, common))) solver.unifyShape(result, common);
      return 'stuck';
    },
  };
  solver.add(constraint);
  const settled = solver.resolveShape(result);
  if (isKnownShape(settled) && !solver.isPending(constraint)) return knownShape(scope, settled);
  scope.choices.push(() => {
    if (!solver.isPending(constraint)) return;
    for (const s of a.lastFirst ? [...usable].reverse() : usable) if (solver.attempt(() => one(s))) return;
  });
  return result;
}
