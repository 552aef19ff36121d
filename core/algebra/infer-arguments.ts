/** The arguments of calls: how many, and of which shapes. */
import type { CallExpr, Expr } from '../syntax/tree';
import { shape, type Shape } from './dim';
import { known, origins } from './infer-conflict';
import type { FunctionEntry, Place, Typed } from './scope';
import { inferAll } from './typed';
import { excerpt } from './walk';

/** Reports a wrong number of arguments, at the first one too many or at the whole call. */
export function wrongArity(place: Place, expr: CallExpr, takes: string): undefined {
  const args = inferAll(place, expr.args);
  const n = expr.args.length;
  // Empty parentheses were reported as they were read.
  if (n === 0) return undefined;
  const meant = args && expr.callee.name === 'norm' ? normMeant(place, expr, args) : undefined;
  place.scope.report('MC2005', `\`${expr.callee.name}\` takes ${takes}; ${n === 1 ? 'one is' : `${n} are`} given${meant === undefined ? '' : `; did you mean \`${meant}\`?`}`, expr.range,
    meant === undefined ? {} : { fixes: [{ title: `Write ${meant}`, edits: [{ range: expr.range, text: meant }], safe: false }] });
  return undefined;
}

/** `norm(x, 1)` and `norm(A, 2)` of other languages: each norm has a name of its own. */
function normMeant({ scope }: Place, expr: CallExpr, args: readonly Typed[]): string | undefined {
  const [x, p] = args;
  if (!x || !p || args.length !== 2) return undefined;
  const s = scope.solver.resolveShape(x.shape);
  const isColumn = s.cols.key === '1' || s.rows.key === '1';
  const which = excerpt(scope.text, p.expr.range);
  const name = isColumn ? new Map([['1', 'norm1'], ['2', 'norm']]).get(which) : which === '2' ? 'norm2' : undefined;
  return name && `${name}(${excerpt(scope.text, x.expr.range)})`;
}

const COUNTS = ['no argument', 'one argument', 'two arguments', 'three arguments', 'four arguments'];
export const countWords = (min: number, max: number): string => (min === max ? (COUNTS[min] ?? `${min} arguments`) : `${min} to ${max} arguments`);

/** The arguments of a function without a body, of the shapes that it takes. */
export function formalArguments(place: Place, expr: Expr, entry: FunctionEntry, exprs: readonly Expr[]): readonly Typed[] | undefined {
  const { scope } = place;
  const { from } = entry.formal;
  const args = inferAll(place, exprs);
  if (!args) return undefined;
  if (args.length !== from.length) {
    scope.report('MC2005', `\`${entry.name}\` takes ${countWords(from.length, from.length)}`, expr.range, { related: [{ range: entry.formal.range, message: `\`${entry.name}\` is declared here` }] });
    return undefined;
  }
  for (const [i, arg] of args.entries()) {
    const wanted: Shape = from[i] ?? shape(arg.shape.rows, arg.shape.cols);
    if (scope.solver.unifyShape(wanted, arg.shape)) continue;
    scope.report('MC3004', `\`${entry.name}\` takes ${known(scope, wanted)}; \`${excerpt(scope.text, arg.expr.range)}\` is ${known(scope, arg.shape)}`, arg.expr.range, {
      related: [{ range: entry.formal.range, message: `\`${entry.name}\` is declared here` }, ...origins(place, arg.expr)],
    });
    return undefined;
  }
  return args;
}

