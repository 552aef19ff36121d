/** Plausible mistakes in a printed derivative: each text differs from the right one in one way that people get wrong. */
import { parse } from '../../core/syntax/parse';
import { printText } from '../../core/syntax/print';
import type { Expr } from '../../core/syntax/tree';

export interface Mutation { readonly kind: 'scale' | 'factor 2' | 'sign' | 'transpose' | 'order' | 'missing term'; readonly text: string }

const expressionOf = (text: string): Expr | undefined => {
  const statement = parse(text).statements[0];
  return statement?.kind === 'request' ? statement.expr : undefined;
};

/** The tree with one place changed, every place in turn where `change` has something to say. */
function* changed(e: Expr, change: (e: Expr) => readonly Expr[]): Generator<Expr> {
  yield* change(e);
  const within = function* (part: Expr, put: (x: Expr) => Expr): Generator<Expr> { for (const x of changed(part, change)) yield put(x); };
  switch (e.kind) {
    case 'binary': yield* within(e.left, (left) => ({ ...e, left })); yield* within(e.right, (right) => ({ ...e, right })); break;
    case 'unary': case 'transpose': case 'inverseTranspose': case 'paren': yield* within(e.arg, (arg) => ({ ...e, arg })); break;
    case 'power': yield* within(e.base, (base) => ({ ...e, base })); break;
    case 'call': for (const [k, a] of e.args.entries()) yield* within(a, (x) => ({ ...e, args: e.args.map((y, i) => (i === k ? x : y)) })); break;
    default:
  }
}
const range = { start: 0, end: 0 };

const dropTranspose = (e: Expr): readonly Expr[] => (e.kind === 'transpose' ? [e.arg] : e.kind === 'inverseTranspose' ? [{ kind: 'power', base: e.arg, elementwise: false, exponent: { kind: 'unary', op: '-', arg: { kind: 'number', text: '1', range }, range }, range } as Expr] : []);
const swap = (e: Expr): readonly Expr[] => {
  if (e.kind !== 'binary' || e.op !== '*') return [];
  const { left, right } = e;
  const turned = left.kind === 'binary' && left.op === '*' ? [{ ...e, left: { ...left, right }, right: left.right } as Expr] : [];
  return [{ ...e, left: right, right: left }, ...turned];
};
const dropTerm = (e: Expr): readonly Expr[] => (e.kind === 'binary' && (e.op === '+' || e.op === '-') ? [e.left, ...(e.op === '+' ? [e.right] : [])] : []);

/** A text and what it is mistaken for. Texts may be the same function, or no formula of the language at all. */
export function mutations(text: string): readonly Mutation[] {
  const tree = expressionOf(text);
  const all: Mutation[] = [{ kind: 'scale', text: `1.01*(${text})` }, { kind: 'factor 2', text: `2*(${text})` }, { kind: 'factor 2', text: `(${text}) / 2` }, { kind: 'sign', text: `-(${text})` }];
  if (tree) for (const [kind, change] of [['transpose', dropTranspose], ['order', swap], ['missing term', dropTerm]] as const) for (const e of changed(tree, change)) all.push({ kind, text: printText(e) });
  const seen = new Set([text]);
  return all.filter((m) => !seen.has(m.text) && seen.add(m.text));
}
