/** Derivatives as other languages and the blackboard apply them: `f'(x)`, `grad(f)(x)`. Neither is a product. */
import { type Cursor, missing, peek, report } from './cursor';
import { isSymbol } from './heads';
import type { Expr, NameExpr, Range } from './tree';

const span = (a: Range, b: Range): Range => ({ start: a.start, end: b.end });

/** `f'(x)`: nobody means the transpose of f, times x. */
export function primed(c: Cursor, left: Expr, name: NameExpr): Expr {
  const right = c.grammar.postfix(c);
  const range = span(left.range, right.range);
  const inner = right.kind === 'paren' && right.arg.kind === 'name' ? right.arg.name : undefined;
  report(c, 'MC1016', `\`${name.name}'(${inner ?? '…'})\` can be the derivative of \`${name.name}\` or the transpose of its value. Write \`grad(${name.name}, ${inner ?? 'x'})\`, or \`${name.name}(${inner ?? '…'})'\`.`, range, {
    fixes: inner === undefined ? [] : [{ title: `Write \`grad(${name.name}, ${inner})\``, edits: [{ range, text: `grad(${name.name}, ${inner})` }], safe: false }, { title: `Write \`${name.name}(${inner})'\``, edits: [{ range, text: `${name.name}(${inner})'` }], safe: false }],
  });
  return missing(range);
}

const DERIVATIVES: ReadonlySet<string> = new Set(['grad', 'jacobian', 'hessian']);
/** `grad(f)(x)`: a derivative that is applied, not multiplied, though a scalar's would be a product. */
export function appliedDerivative(c: Cursor, left: Expr): Expr | undefined {
  const open = peek(c);
  if (left.kind !== 'call' || left.args.length !== 1 || !DERIVATIVES.has(left.callee.name) || !isSymbol(open, '(') || open?.start !== left.range.end) return undefined;
  const right = c.grammar.postfix(c);
  const range = span(left.range, right.range);
  const [f] = left.args;
  const x = right.kind === 'paren' && right.arg.kind === 'name' ? right.arg.name : undefined;
  const meant = f?.kind === 'name' && x !== undefined ? `${left.callee.name}(${f.name}, ${x})` : undefined;
  report(c, 'MC1016', `A derivative takes its variable as an argument: \`${meant ?? `${left.callee.name}(f, x)`}\`.`, range, { fixes: meant === undefined ? [] : [{ title: `Write \`${meant}\``, edits: [{ range, text: meant }], safe: false }] });
  return missing(range);
}
