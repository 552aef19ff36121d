// The same document written in another way: sums, elementwise products and declarations in another order, products grouped anew, transposes doubled, pushed in
// or pulled out, traces turned, inverses in their other spelling.
import type { Expr } from '../../core/syntax/tree';
import { parse } from '../../core/syntax/parse';
import { printText } from '../../core/syntax/print';
import { binary, call, minus, transposeOf } from '../../core/notation/trees';
import { mapTree } from '../../core/notation/map-tree';
import { randomFrom } from '../fuzz/random';

/** `kinds`: what may be done; all where nothing is said. */
export type Rewriting = 'sums' | 'grouping' | 'transposes' | 'traces' | 'numbers' | 'declarations' | 'elements' | 'inverses' | 'dots';
export const REWRITINGS: readonly Rewriting[] = ['sums', 'grouping', 'transposes', 'traces', 'numbers', 'declarations', 'elements', 'inverses', 'dots'];

export function rewritten(text: string, seed: number, kinds: readonly Rewriting[] = REWRITINGS): string {
  const random = randomFrom(seed);
  const may = (kind: Rewriting): boolean => kinds.includes(kind) && random.chance(0.6);
  const { statements } = parse(text);
  const parts: { start: number; end: number; text: string }[] = [];
  const put = (e: Expr): void => { parts.push({ start: e.range.start, end: e.range.end, text: printText(change(e, may)) }); };
  for (const s of statements) {
    if (s.kind === 'definition') put(s.body);
    if (s.kind === 'request' && s.expr.kind === 'call' && ['grad', 'jacobian', 'hessian'].includes(s.expr.callee.name) && s.expr.args[0] && s.expr.args[0].kind !== 'name') put(s.expr.args[0]);
  }
  const declarations = statements.filter((s) => s.kind === 'declaration');
  if (may('declarations')) {
    const turned = [...declarations].reverse();
    declarations.forEach((d, i) => { const other = turned[i]; if (other) parts.push({ start: d.range.start, end: d.range.end, text: text.slice(other.range.start, other.range.end) }); });
  }
  return parts.sort((a, b) => b.start - a.start).reduce((t, p) => t.slice(0, p.start) + p.text + t.slice(p.end), text);
}

function change(root: Expr, may: (kind: Rewriting) => boolean): Expr {
  const go = (e: Expr): Expr => turned(mapTree(e, (x) => (x === e ? undefined : go(x))), may);
  return go(root);
}

/** A column, as people name them. */
const isLetter = (e: Expr): boolean => e.kind === 'name' && /^[a-z]$/.test(e.name);

function turned(e: Expr, may: (kind: Rewriting) => boolean): Expr {
  if (e.kind === 'paren') return e.arg;
  if (e.kind === 'binary') {
    if (e.op === '+' && may('sums')) return binary('+', e.right, e.left);
    if (e.op === '-' && may('sums')) return binary('+', minus(e.right), e.left);
    if (e.op === '*' && e.left.kind === 'number' && may('numbers')) return binary('*', e.right, e.left);
    if (e.op === '+' && e.left.kind === 'binary' && e.left.op === '+' && may('sums')) return binary('+', e.left.left, binary('+', e.right, e.left.right));
    if (e.op === '.*' && may('elements')) return binary('.*', e.right, e.left);
    // B'*A' is (A*B)', whatever they are.
    if (e.op === '*' && e.left.kind === 'transpose' && e.right.kind === 'transpose' && may('transposes')) return transposeOf({ kind: 'paren', arg: binary('*', e.right.arg, e.left.arg), range: e.range });
    // x'*y of plain letters: y'*x, where both are columns.
    if (e.op === '*' && e.left.kind === 'transpose' && isLetter(e.left.arg) && isLetter(e.right) && may('dots')) return binary('*', transposeOf(e.right), e.left.arg);
    if (e.op === '*' && e.left.kind === 'binary' && e.left.op === '*' && may('grouping')) return binary('*', e.left.left, binary('*', e.left.right, e.right));
  }
  if (e.kind === 'transpose') {
    if (e.arg.kind === 'binary' && e.arg.op === '*' && may('transposes')) return binary('*', transposeOf(e.arg.right), transposeOf(e.arg.left));
    if (e.arg.kind === 'binary' && e.arg.op === '+' && may('transposes')) return binary('+', transposeOf(e.arg.left), transposeOf(e.arg.right));
  }
  if (e.kind === 'name' && /^[A-Z]$/.test(e.name) && e.name !== 'I' && e.name !== 'E' && may('transposes') && may('transposes')) {
    return { kind: 'transpose', arg: { kind: 'paren', arg: { kind: 'transpose', arg: e, range: e.range }, range: e.range }, range: e.range };
  }
  if (e.kind === 'call' && e.callee.name === 'inv' && e.args[0] && may('inverses')) return { kind: 'power', base: e.args[0], exponent: minus({ kind: 'number', text: '1', range: e.range }), elementwise: false, range: e.range };
  if (e.kind === 'power' && !e.elementwise && e.exponent.kind === 'unary' && e.exponent.arg.kind === 'number' && e.exponent.arg.text === '1' && may('inverses')) return call('inv', e.base);
  const [arg] = e.kind === 'call' && e.callee.name === 'tr' ? e.args : [];
  if (arg?.kind === 'binary' && arg.op === '*' && may('traces')) return call('tr', binary('*', arg.right, arg.left));
  return e;
}
