/**
 * The short way for what declared sizes decide at once, which is most of a text: no unknowns, no constraints, terms made as they are
 * read. Results are the same as by the long way (`infer-apply.ts`).
 */
import type { Expr } from '../syntax/tree';
import { isKnownShape, type Shape } from './dim';
import type { Owner, Scope, Typed } from './scope';
import { match, resultOf, type Signature } from './signature';
import type { Term } from './term';

/** Makes the term of an expression from what it is made of: its own, so that nothing need be kept for it. */
export type Maker = (t: Settled) => Term;

/**
 * An expression whose shape is known, and whose term asks nothing more: it is made when somebody wants it, which for most of a text
 * nobody does. `mark` is the variable that it is, or true where it is a 1×1 product of arrays.
 */
export class Settled implements Typed {
  constructor(readonly shape: Shape, private source: Expr | (() => Expr), readonly owner: Owner, readonly mark: string | true | undefined, private recipe: Term | Maker, readonly left?: Typed, readonly right?: Typed) {}
  get expr(): Expr {
    const { source } = this;
    return typeof source === 'function' ? (this.source = source()) : source;
  }
  get fromArrays(): true | undefined { return this.mark === true || undefined; }
  get wrt(): string | undefined { return typeof this.mark === 'string' ? this.mark : undefined; }
  settle(): Term {
    const { recipe } = this;
    return typeof recipe === 'function' ? (this.recipe = recipe(this)) : recipe;
  }
}

/** The terms of the operands. */
export const leftTerm = (t: Settled): Term => settled(t.left);
export const rightTerm = (t: Settled): Term => settled(t.right);
function settled(t: Typed | undefined): Term {
  if (!t) throw new Error('an operand that is not there');
  return t.settle();
}

/** Parts inside each other that are looked at to see whether nothing is left open. */
const MAX_DEPTH = 4;

/** The settled form of what only waited for its own size or for those of its operands; undefined while something is open. */
export function settledNow(scope: Scope, t: Typed, depth = MAX_DEPTH): Settled | undefined {
  if (t instanceof Settled) return t;
  if (!t.parts || depth === 0) return undefined;
  const shape = knownShape(scope, scope.solver.resolveShape(t.shape));
  if (!isKnownShape(shape) || !t.parts.every((p) => settledNow(scope, p, depth - 1))) return undefined;
  return new Settled(shape, t.expr, t.owner, t.wrt ?? (t.fromArrays === true || undefined), leftTerm, t);
}

/** One object for equal shapes, so that results are found by it. */
export function knownShape(scope: Scope, s: Shape): Shape {
  let byRows = scope.shapesByKey.get(s.rows.key);
  if (!byRows) scope.shapesByKey.set(s.rows.key, (byRows = new Map()));
  const old = byRows.get(s.cols.key);
  if (old) return old;
  byRows.set(s.cols.key, s);
  return s;
}

/** The same at another place of the tree: within parentheses, under the name that is defined. */
export const standingAt = (t: Typed, expr: Expr): Typed => (t instanceof Settled ? new Settled(t.shape, expr, t.owner, t.mark, leftTerm, t) : { ...t, expr });

/** Results of rules by the shapes they were applied to; a shape that is used again is the same object. */
export type Results = Map<object, Map<Shape, Map<Shape, Shape | undefined>>>;

const NOTHING: Shape = { rows: { key: '', terms: [] }, cols: { key: '', terms: [] } };

/** What known sizes give: undefined where an argument's is not known, where none fits, or where facts must tell which size is the smaller. */
export function knownResult(scope: Scope, rules: readonly Signature[], a: Shape, b: Shape = NOTHING): Shape | undefined {
  return onceFor(scope, rules, a, b, computed);
}

/** What `make` gives for two shapes, made once for each pair. */
export function onceFor<K extends object>(scope: Scope, key: K, a: Shape, b: Shape, make: (key: K, a: Shape, b: Shape) => Shape | undefined): Shape | undefined {
  let of = scope.results.get(key);
  if (!of) scope.results.set(key, (of = new Map()));
  let byLeft = of.get(a);
  if (!byLeft) of.set(a, (byLeft = new Map()));
  const old = byLeft.get(b);
  if (old !== undefined || byLeft.has(b)) return old;
  const found = make(key, a, b);
  const result = found && knownShape(scope, found);
  byLeft.set(b, result);
  return result;
}

function computed(rules: readonly Signature[], a: Shape, b: Shape): Shape | undefined {
  const args = b === NOTHING ? [a] : [a, b];
  if (!args.every(isKnownShape)) return undefined;
  for (const rule of rules) {
    if (rule.result.rows.kind === 'least' || rule.result.cols.kind === 'least') return undefined;
    const sizes = match(rule, args, []);
    if (sizes) return resultOf(rule, sizes);
  }
  return undefined;
}
