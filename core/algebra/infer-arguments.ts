/** The arguments of calls: how many, and of which shapes. */
import type { CallExpr, Expr } from '../syntax/tree';
import { shape, type Shape } from './dim';
import { placed } from './foreign-calls';
import { known, origins } from './infer-conflict';
import { spelled } from './operators';
import type { FunctionEntry, Place, Typed } from './scope';
import { infer, inferAll } from './typed';
import { excerpt } from './walk';

/** Reports a wrong number of arguments, at the first one too many or at the whole call. */
export function wrongArity(place: Place, expr: CallExpr, takes: string): undefined {
  const n = expr.args.length;
  // Empty parentheses, and arguments that could not be read, were reported as they were read.
  if (n === 0 || expr.args.some((a) => a.kind === 'missing')) return undefined;
  const [first] = expr.args;
  const mapped = mappedFunction(place, expr);
  if (mapped !== undefined) return told(place, expr, 'functions are no arguments, they act on every entry by themselves:', mapped);
  const form = formMeant(place, expr);
  if (form !== undefined) return told(place, expr, '`dot` takes two arguments; with a matrix between them it is written', form);
  const meant = expr.callee.name === 'norm' && first ? normMeant(place, expr, infer(place, first)) : undefined;
  if (meant === undefined) inferAll(place, expr.args.slice(expr.callee.name === 'norm' ? 1 : 0));
  if (SIDES.has(expr.callee.name) && n === 2) return sideMeant(place, expr);
  place.scope.report('MC2005', `\`${expr.callee.name}\` takes ${takes}; ${n === 1 ? 'one is' : `${n} are`} given${meant === undefined ? '' : `; did you mean \`${meant}\`?`}`, expr.range,
    meant === undefined ? {} : { fixes: [{ title: `Write ${meant}`, edits: [{ range: expr.range, text: meant }], safe: false }] });
  return undefined;
}

function told({ scope }: Place, expr: CallExpr, said: string, meant: string): undefined {
  const text = placed(scope.text, expr.range.start, expr.range.end, meant);
  scope.report('MC2005', `${said} \`${meant.length > 60 ? `${meant.slice(0, 59)}…` : meant}\``, expr.range, { fixes: [{ title: `Write ${meant}`, edits: [{ range: expr.range, text }], safe: false }] });
  return undefined;
}

/** `sum(exp, x)` of Julia: the sum of the function's values. */
function mappedFunction({ scope }: Place, expr: CallExpr): string | undefined {
  const [f, x] = expr.args;
  if (expr.args.length !== 2 || f?.kind !== 'name' || !x || scope.names.has(f.name) || spelled(f.name)?.kind !== 'elementwise' || !SIDES.has(expr.callee.name)) return undefined;
  return `${expr.callee.name}(${f.name}(${scope.text.slice(x.range.start, x.range.end)}))`;
}

/** `dot(x, S, y)` of Julia: x'*S*y. */
function formMeant({ scope }: Place, expr: CallExpr): string | undefined {
  if (expr.callee.name !== 'dot' || expr.args.length !== 3) return undefined;
  const [x, A, y] = expr.args.map((a) => (a.kind === 'name' || a.kind === 'call' || a.kind === 'index' ? scope.text.slice(a.range.start, a.range.end) : `(${scope.text.slice(a.range.start, a.range.end)})`));
  return `${x}'*${A}*${y}`;
}

const SIDES: ReadonlySet<string> = new Set(['sum', 'mean', 'max', 'min', 'prod']);
/** `sum(A, 1)`, `mean(A, 0)`: along rows or columns, which other languages count in different ways. */
function sideMeant({ scope }: Place, expr: CallExpr): undefined {
  const [a] = expr.args;
  const { name } = expr.callee;
  const of = a ? excerpt(scope.text, a.range) : 'A';
  const fixes = name === 'sum' ? ['rowsum', 'colsum'].map((f) => ({ title: `Write ${f}(${of})`, edits: [{ range: expr.range, text: `${f}(${a ? scope.text.slice(a.range.start, a.range.end) : 'A'})` }], safe: false })) : [];
  scope.report('MC2005', `\`${name}\` is over all entries and takes one argument; ${name === 'sum' || name === 'mean' ? `the sums of the rows are \`rowsum(${of})\`, those of the columns \`colsum(${of})\`` : 'along rows or columns there is none'}`, expr.range, { fixes });
  return undefined;
}

/** `norm(x, 1)` and `norm(A, 2)` of other languages: each norm has a name of its own. */
function normMeant({ scope }: Place, expr: CallExpr, x: Typed | undefined): string | undefined {
  const [, p] = expr.args;
  if (!x || !p || expr.args.length !== 2) return undefined;
  const s = scope.solver.resolveShape(x.shape);
  const isColumn = s.cols.key === '1' || s.rows.key === '1';
  const which = excerpt(scope.text, p.range);
  const name = isColumn ? new Map([['1', 'norm1'], ['2', 'norm'], ['inf', 'normInf'], ['Inf', 'normInf'], ['∞', 'normInf']]).get(which) : which === '2' ? 'norm2' : undefined;
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

