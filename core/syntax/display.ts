/** A tree as it is shown rather than typed: inverses and roots by name become powers, `A \ B` a product. For the Unicode and LaTeX printers. */
import { strip } from './strength';
import type { CallExpr, Expr, IndexItem } from './tree';

const nowhere = { start: 0, end: 0 };
const one: Expr = { kind: 'number', text: '1', range: nowhere };
const minusOne: Expr = { kind: 'unary', op: '-', arg: one, range: nowhere };
const half: Expr = { kind: 'binary', op: '/', left: one, right: { kind: 'number', text: '2', range: nowhere }, opRange: nowhere, implicit: false, range: nowhere };
const minusHalf: Expr = { kind: 'unary', op: '-', arg: half, range: nowhere };
const POWERS: ReadonlyMap<string, Expr> = new Map<string, Expr>([['inv', minusOne], ['sqrtm', half], ['invsqrtm', minusHalf]]);

const power = (base: Expr, exponent: Expr): Expr => ({ kind: 'power', base, exponent, elementwise: false, range: nowhere });

export function isMinusOne(expr: Expr): boolean {
  const e = strip(expr);
  if (e.kind === 'number') return e.text === '-1';
  if (e.kind !== 'unary' || e.op !== '-') return false;
  const arg = strip(e.arg);
  return arg.kind === 'number' && arg.text === '1';
}
const isInverse = (e: Expr): boolean => e.kind === 'power' && !e.elementwise && isMinusOne(e.exponent);

/** Parentheses gone, named inverses and roots as powers, an inverse under a transpose as one mark. */
export function display(expr: Expr): Expr {
  const e = strip(expr);
  switch (e.kind) {
    case 'number': case 'name': case 'missing': case 'paren': return e;
    case 'binary': {
      const left = display(e.left);
      const right = display(e.right);
      return e.op === '\\' ? { ...e, op: '*', left: inverse(left), right } : { ...e, left, right };
    }
    case 'unary': return { ...e, arg: display(e.arg) };
    case 'transpose': {
      const arg = display(e.arg);
      return arg.kind === 'power' && isInverse(arg) ? { kind: 'inverseTranspose', arg: arg.base, range: nowhere } : { ...e, arg };
    }
    case 'inverseTranspose': return { ...e, arg: display(e.arg) };
    case 'power': {
      const base = display(e.base);
      if (isInverse(e) && base.kind === 'transpose') return { kind: 'inverseTranspose', arg: base.arg, range: nowhere };
      return { ...e, base, exponent: display(e.exponent) };
    }
    case 'call': {
      const args = e.args.map(display);
      const exponent = POWERS.get(e.callee.name);
      const [only] = args;
      if (exponent === undefined || only === undefined || args.length !== 1) return { ...e, args };
      return exponent === minusOne ? inverse(only) : power(only, exponent);
    }
    case 'index': return { ...e, arg: display(e.arg), items: e.items.map(item) };
    case 'blocks': return { ...e, rows: e.rows.map((row) => row.map(display)) };
    case 'finiteSum': return { ...e, body: display(e.body), from: display(e.from), to: display(e.to) };
    case 'leibniz': return { ...e, of: display(e.of) };
    case 'nabla': return { ...e, args: e.args.map(display) };
  }
}

const inverse = (e: Expr): Expr => (e.kind === 'transpose' ? { kind: 'inverseTranspose', arg: e.arg, range: nowhere } : power(e, minusOne));

function item(i: IndexItem): IndexItem {
  switch (i.kind) {
    case 'all': return i;
    case 'at': return { ...i, expr: display(i.expr) };
    case 'range': return { ...i, from: display(i.from), to: display(i.to) };
  }
}

/** Letters or digits that can stand side by side as indices: `kl` of X_kl; undefined where one is more than a sign long. */
export function shortIndices(items: readonly Expr[], spell: (name: string) => string): string | undefined {
  const parts = items.map((e) => (e.kind === 'number' && /^[0-9]$/.test(e.text) ? e.text : e.kind === 'name' && [...spell(e.name)].length === 1 ? spell(e.name) : undefined));
  return parts.includes(undefined) ? undefined : parts.join('');
}

/** The arguments that a basis vector or matrix shows: its sizes are left to the place where it stands. */
export const positions = (e: CallExpr): readonly Expr[] =>
  e.callee.name === 'E' && e.args.length === 4 ? e.args.slice(0, 2) : e.callee.name === 'e' && e.args.length === 2 ? e.args.slice(0, 1) : e.args;
