/** Where `*`, `.*` and `⊗` are mixed without parentheses: the hint, and the parentheses that the formatter puts in. */
import { diagnose } from './codes';
import type { Diagnostic } from './diagnostic';
import { operatorStrength, STRENGTH } from './strength';
import type { BinaryExpr, BinaryOperator, Expr, Range, Statement } from './tree';
import { partsOf, rootsOf } from './walk';

export interface Mixed {
  readonly outer: BinaryExpr;
  /** The left operand, which the parentheses go around. */
  readonly inner: BinaryExpr;
}

const family = (op: BinaryOperator): string | undefined => (op === '*' ? 'product' : op === '.*' || op === './' ? 'elementwise' : op === '⊗' || op === '⊕' ? op : undefined);

/** Products whose left operand is a product of another kind, without parentheses. A number in front is no doubt to anybody. */
export function mixedProducts(s: Statement): readonly Mixed[] {
  const found: Mixed[] = [];
  const waiting: Expr[] = [...rootsOf(s)].reverse();
  for (let e = waiting.pop(); e; e = waiting.pop()) {
    // The most frequent kinds have no list of parts to make.
    if (e.kind === 'binary') waiting.push(e.right, e.left);
    else if (e.kind === 'paren' || e.kind === 'transpose' || e.kind === 'unary' || e.kind === 'inverseTranspose') waiting.push(e.arg);
    else if (e.kind === 'power') waiting.push(e.exponent, e.base);
    else if (e.kind === 'call') { for (let i = e.args.length - 1; i >= 0; i--) { const arg = e.args[i]; if (arg) waiting.push(arg); } }
    else if (e.kind !== 'name' && e.kind !== 'number') {
      const parts = partsOf(e);
      for (let i = parts.length - 1; i >= 0; i--) { const part = parts[i]; if (part) waiting.push(part); }
    }
    if (e.kind !== 'binary' || e.left.kind !== 'binary' || operatorStrength(e.left.op) !== STRENGTH.product) continue;
    const outer = family(e.op);
    const inner = family(e.left.op);
    const isCoefficient = e.left.op === '*' && e.left.left.kind === 'number';
    if (outer !== undefined && inner !== undefined && outer !== inner && !isCoefficient) found.push({ outer: e, inner: e.left });
  }
  return found;
}

/** A hint for each, with the parentheses as its fix. */
export function mixedHints(statements: readonly Statement[], text: string): readonly Diagnostic[] {
  const spelled = (e: BinaryExpr): string => text.slice(e.opRange.start, e.opRange.end) || '*';
  return statements.flatMap((s) => (s.kind === 'broken' ? [] : mixedProducts(s))).map(({ outer, inner }) =>
    diagnose('MC1023', `\`${spelled(inner)}\` and \`${spelled(outer)}\` have one strength and go from left to right. Parentheses would say so.`, outer.opRange.end > outer.opRange.start ? outer.opRange : inner.opRange, {
      fixes: [{ title: 'Put in the parentheses', edits: aroundEdits(inner.range), safe: true }],
    }));
}

const aroundEdits = (range: Range) => [
  { range: { start: range.start, end: range.start }, text: '(' },
  { range: { start: range.end, end: range.end }, text: ')' },
];
