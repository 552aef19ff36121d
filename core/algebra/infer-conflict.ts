/** What is said when operands do not fit: both shapes, where their sizes come from, an example in numbers, and the edits that would fit. */
import type { Related } from '../syntax/diagnostic';
import type { BinaryExpr, Expr } from '../syntax/tree';
import { dimNames, evaluateDim, isScalar, sameDim, shapeText, type Dim, type Shape } from './dim';
import { operandFixes, transposeEdit } from './infer-fixes';
import { operator } from './operators';
import { match } from './signature';
import type { Place, Scope, Typed } from './scope';
import { excerpt, namesIn } from './walk';

const PLAIN = [3, 2, 5, 4, 7, 6];

/** Declarations and definitions that an operand's shape comes from, at most three. */
export function origins(place: Place, ...operands: readonly Expr[]): readonly Related[] {
  const { scope } = place;
  const seen = new Map<string, Related>();
  for (const operand of operands) {
    for (const { name } of namesIn(operand)) {
      if (seen.has(name) || seen.size >= 3) continue;
      const entry = scope.names.get(name);
      if (entry?.kind === 'variable' && !entry.unknown && !entry.outer) {
        const s = scope.solver.resolveShape(entry.shape);
        if (!isScalar(s)) seen.set(name, { range: entry.range, message: `\`${name}\` is ${known(scope, s)}${entry.inferred ? ' (inferred)' : ''}` });
      } else if (entry?.kind === 'definition' && entry.typed && entry.statement) {
        const s = scope.solver.resolveShape(entry.typed.shape);
        if (!isScalar(s)) seen.set(name, { range: entry.statement.name.range, message: `\`${name}\` is ${known(scope, s)}` });
      }
    }
  }
  return [...seen.values()];
}

/** A shape for a message; what is not known yet is a question mark. */
export function known(scope: Scope, s: Shape): string {
  const found = scope.solver.resolveShape(s);
  // An `I` whose place does not say its size is square all the same.
  if (found.rows.key === found.cols.key && /^\?\d+$/.test(found.rows.key)) return 'a square matrix';
  return shapeText(found).replace(/\?\d+/g, '?');
}

/** `with m = 3, n = 2: 3×2 times 3×2`, in sizes that agree with the file's; undefined while a size is unknown. */
export function witness(scope: Scope, shapes: readonly Shape[], between: string): string | undefined {
  const dims = shapes.flatMap((s) => [s.rows, s.cols]);
  const names = [...new Set(dims.flatMap((d) => [...dimNames(d)]))].sort();
  if (names.length === 0 || names.length > 4 || names.some((n) => n.startsWith('?'))) return undefined;
  const sizes = new Map(scope.sizes);
  const free = names.filter((n) => !sizes.has(n));
  const numbers = PLAIN.slice(0, free.length);
  const ordered = (list: readonly number[]): boolean => {
    free.forEach((n, i) => sizes.set(n, list[i] ?? 3));
    return scope.facts.every((f) => [...dimNames(f.left), ...dimNames(f.right)].some((n) => !sizes.has(n)) || evaluateDim(f.left, sizes) >= evaluateDim(f.right, sizes));
  };
  if (!ordered(numbers)) ordered([...numbers].sort((a, b) => a - b));
  const size = (d: Dim): string => `${evaluateDim(d, sizes)}`;
  return `with ${names.map((n) => `${n} = ${sizes.get(n)}`).join(', ')}: ${shapes.map((s) => `${size(s.rows)}×${size(s.cols)}`).join(` ${between} `)}`;
}

/** Reports the operands of an operator that do not fit; `rest` are the factors that follow in the same product. */
export function explainMismatch(place: Place, expr: Expr, args: readonly Typed[], shapes: readonly Shape[], rest: readonly Typed[] = []): void {
  // A sign of another notation was told as it was read.
  if (expr.kind === 'binary' && /^(?:×|\*\*|@|%\*%)$/.test(place.scope.text.slice(expr.opRange.start, expr.opRange.end))) return;
  // What does not fit may be a name that nothing declares: that was told, and no declaration mends it.
  const undeclared = args.flatMap((a) => namesIn(a.expr)).map((n) => place.scope.names.get(n.name)).filter((entry) => entry?.kind === 'variable' && entry.unknown);
  if (undeclared.length > 0) { for (const entry of undeclared) place.scope.clashing.add(entry?.name ?? ''); return; }
  if (expr.kind === 'binary') explainInfix(place, expr, args, shapes, rest);
  else if (expr.kind === 'call') explainCall(place, expr, args, shapes);
  else place.scope.report('MC3004', `this does not fit ${shapes.map((s) => known(place.scope, s)).join(' and ')}`, expr.range, { related: origins(place, expr) });
}

function explainInfix(place: Place, expr: BinaryExpr, args: readonly Typed[], shapes: readonly Shape[], rest: readonly Typed[]): void {
  const { scope } = place;
  const [a, b] = shapes;
  const [left, right] = args;
  if (!a || !b || !left || !right) return;
  const show = (t: Typed, s: Shape): string => `\`${excerpt(scope.text, t.expr.range)}\` is ${known(scope, s)}`;
  const related = origins(place, left.expr, right.expr);
  const both = `${show(left, a)}, ${show(right, b)}`;
  const say = (code: 'MC3001' | 'MC3002' | 'MC3003', why: string, between: string): void => {
    const example = witness(scope, [a, b], between);
    scope.report(code, `${both}: ${why}${example ? ` (${example})` : ''}`, expr.range, { related, fixes: operandFixes(place, expr, left, right, rest) });
  };
  switch (expr.op) {
    case '*':
      return say('MC3001', `the left factor has ${columns(a)}, the right one ${rows(b)}`, 'times');
    case '/':
      return sameDim(b.rows, b.cols)
        ? say('MC3001', `\`A / B\` is \`A*inv(B)\`; the left side has ${columns(a)}, the right one ${rows(b)}`, 'by')
        : say('MC3003', '`A / B` is `A*inv(B)` and needs a square matrix on the right; `./` divides entry by entry', 'by');
    case '\\':
      return sameDim(a.rows, a.cols)
        ? say('MC3001', `\`A \\ B\` is \`inv(A)*B\`; the left side has ${columns(a)}, the right one ${rows(b)}`, 'by')
        : say('MC3003', `\`A \\ B\` is \`inv(A)*B\` and needs a square matrix on the left${sameDim(a.rows, b.rows) ? '; the least squares are `pinv(A)*B`' : ''}`, 'by');
    case '⊕':
      return say('MC3003', 'a Kronecker sum needs two square matrices', 'and');
    default:
      return say('MC3002', `\`${expr.op}\` needs two arrays of one shape, or a scalar`, expr.op === '-' ? 'minus' : expr.op === '+' ? 'plus' : 'and');
  }
}

const columns = (s: Shape): string => `${s.cols.key.replace(/\?\d+/g, '?')} ${s.cols.key === '1' ? 'column' : 'columns'}`;
const rows = (s: Shape): string => `${s.rows.key.replace(/\?\d+/g, '?')} ${s.rows.key === '1' ? 'row' : 'rows'}`;

function explainCall(place: Place, expr: Expr & { readonly kind: 'call' }, args: readonly Typed[], shapes: readonly Shape[]): void {
  const { scope } = place;
  const { callee } = expr;
  const name = callee.name;
  const row = operator(name);
  const [arg] = args;
  const [s] = shapes;
  if (!arg || !s) return;
  const related = origins(place, ...args.map((a) => a.expr));
  const written = scope.text.slice(callee.range.start, callee.range.end) === name;
  const rename = (to: string) => ({
    title: `Write ${to}`, safe: false,
    edits: written ? [{ range: callee.range, text: to }] : [{ range: expr.range, text: `${to}(${scope.text.slice(arg.expr.range.start, arg.expr.range.end)})` }],
  });
  if (name === 'norm' && args.length === 1) {
    scope.report('MC3005', `\`${excerpt(scope.text, arg.expr.range)}\` is ${known(scope, s)}; a matrix has several norms: \`normF\` (entries), \`norm2\` (largest singular value) or \`normNuc\` (their sum)`, expr.range, {
      related, fixes: ['normF', 'norm2', 'normNuc'].map(rename),
    });
    return;
  }
  const shown = args.map((a, i) => `\`${excerpt(scope.text, a.expr.range)}\` is ${known(scope, shapes[i] ?? s)}`).join(', ');
  const squares = row?.signatures.every((g) => g.args[0]?.rows.kind === 'name' && g.args[0].cols.kind === 'name' && g.args[0].rows.name === g.args[0].cols.name);
  if (squares && args.length === 1) {
    const text = scope.text.slice(arg.expr.range.start, arg.expr.range.end);
    const simple = arg.expr.kind === 'name' ? text : `(${text})`;
    const fixes = [...(name === 'inv' ? [rename('pinv')] : []), { title: `Write ${name}(${simple}'*${simple})`, edits: [{ range: arg.expr.range, text: `${simple}'*${simple}` }], safe: false }];
    const example = witness(scope, [s], 'and');
    scope.report('MC3003', `\`${name}\` needs a square matrix; ${shown}${example ? ` (${example})` : ''}`, expr.range, { related, fixes });
    return;
  }
  scope.report('MC3004', `\`${name}\` takes ${(row?.signature ?? name).split('\n').map((line) => line.slice(0, line.indexOf(' →'))).join(' or ')}; here ${shown}`, expr.range, { related, fixes: transposeFixes(place, expr, args, shapes) });
}

/** Transposing the one argument that makes a call fit. */
function transposeFixes(place: Place, expr: Expr & { readonly kind: 'call' }, args: readonly Typed[], shapes: readonly Shape[]) {
  const rules = operator(expr.callee.name)?.signatures ?? [];
  const fits = (all: readonly Shape[]): boolean => rules.some((r) => match(r, all, []) !== undefined);
  return args.flatMap((a, i) => {
    const turned = shapes.map((s, j) => (i === j ? { rows: s.cols, cols: s.rows } : s));
    return fits(turned) ? [{ title: `Transpose ${excerpt(place.scope.text, a.expr.range, 20)}`, edits: transposeEdit(a.expr), safe: false }] : [];
  });
}
