/** `∂F/∂X[i, j]`: the derivative by an entry, which for an array F is the one along a basis matrix. */
import type { Expr, IndexExpr, IndexItem, NameExpr } from '../syntax/tree';
import { isOne, isScalar, SCALAR } from './dim';
import { known } from './infer-conflict';
import { derive, introduce } from './infer-derivative';
import { operator } from './operators';
import type { Place, Typed } from './scope';
import { bare, excerpt } from './walk';
import { infer } from './typed';

/** Of a derivative with an index, written without parentheses around it; undefined where that is an entry of the derivative, too. */
export function derivativeByEntry(place: Place, expr: IndexExpr, derivative: Typed): Typed | 'refused' | undefined {
  const { scope } = place;
  const asked = derivative.derivative;
  const [name, second] = asked?.wrt ?? [];
  const variable = name === undefined ? undefined : scope.names.get(name);
  if (expr.arg.kind !== 'leibniz' || expr.arg.wrt.length > 1 || !asked || variable?.kind !== 'variable' || second !== undefined) return undefined;
  const [f, x] = [asked.of.shape, variable.shape].map((s) => scope.solver.resolveShape(s));
  if (!f || !x || isScalar(f) || isScalar(x)) return undefined;
  const places = expr.items.flatMap((item) => (item.kind === 'at' ? [item.expr] : []));
  if (places.length !== expr.items.length || places.length > 2) return ambiguous(place, expr);
  if (places.length === 1 && !isOne(x.cols)) {
    place.owner.broken = true;
    scope.report('MC3013', `\`${name ?? ''}\` is ${known(scope, x)}: an entry of a matrix has two indices`, expr.range);
    return 'refused';
  }
  const unit: NameExpr = { kind: 'name', name: places.length === 2 ? 'E' : 'e', range: expr.range };
  // A name of the file's own stands for something else.
  if (scope.names.has(unit.name)) return ambiguous(place, expr);
  const direction = infer(place, { kind: 'call', callee: unit, args: places, range: expr.range });
  return direction && derive(place, expr, 'diff', asked.of, [variable], [direction], operator('diff')?.signatures ?? []);
}

function ambiguous(place: Place, expr: IndexExpr): 'refused' {
  const whole = excerpt(place.scope.text, expr.arg.range, 10_000);
  const index = place.scope.text.slice(expr.arg.range.end, expr.range.end);
  place.owner.broken = true;
  place.scope.report('MC1016', `An index after a derivative can be read in two ways. Write \`(${excerpt(place.scope.text, expr.arg.range)})${index}\` for a part of the derivative, or \`diff(F, X, V)\` for the derivative in a direction V.`, expr.range, {
    fixes: [{ title: `Write (${excerpt(place.scope.text, expr.arg.range)})${index}`, edits: [{ range: expr.range, text: `(${whole})${index}` }], safe: false }],
  });
  return 'refused';
}

/** Indices that nobody declared are whole numbers. */
export function introduceIndices(place: Place, items: readonly IndexItem[]): void {
  for (const item of items) {
    const e: Expr | undefined = item.kind === 'at' ? bare(item.expr) : undefined;
    introduce(place, e, SCALAR);
  }
}
