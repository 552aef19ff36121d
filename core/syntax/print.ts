/** A tree as canonical mcalc text, with the parentheses that the parser and a reader need and no others. Never looks at ranges. */
import { STRENGTH, hasOpenColon, isTightQuotient, mixes, operatorStrength, productOf, strength, strip } from './strength';
import type { BinaryExpr, Expr, IndexItem, NameExpr, PowerExpr } from './tree';
import { BUILTIN_FUNCTIONS } from './words';

/** `parse(printText(e))` is `e` again, up to parentheses and to where a product's minus stands: `-(A*B)` is printed `-A*B`. */
export function printText(e: Expr): string {
  return at(e, STRENGTH.sum);
}

/** The text, in parentheses where it holds together less than `least`. */
function at(expr: Expr, least: number): string {
  const e = strip(expr);
  const text = bare(e);
  return strength(e) < least ? `(${text})` : text;
}

function bare(e: Expr): string {
  switch (e.kind) {
    case 'number': return e.text;
    case 'name': return e.name;
    case 'missing': return '?';
    case 'paren': return at(e.arg, STRENGTH.sum);
    case 'binary': return binary(e);
    case 'unary': return e.op + at(e.arg, productOf(e.arg) && strength(e) === STRENGTH.product ? STRENGTH.product : STRENGTH.unary);
    case 'transpose': return `${marked(e.arg)}'`;
    case 'inverseTranspose': return `${marked(e.arg)}^-T`;
    case 'power': return `${marked(e.base)}${e.elementwise ? '.^' : '^'}${exponent(e)}`;
    case 'call': return `${e.callee.name}(${list(e.args)})`;
    case 'index': return `${indexed(e.arg)}[${e.items.map(item).join(', ')}]`;
    case 'blocks': return `[${e.rows.map(list).join('; ')}]`;
    case 'finiteSum': return `sum(${at(e.body, STRENGTH.sum)}, ${e.index.name} = ${at(e.from, STRENGTH.product)}:${at(e.to, STRENGTH.product)})`;
    case 'leibniz': return leibniz(e.of, e.wrt);
    case 'nabla': return `∇${e.order > 1 ? raised(e.order) : ''}${e.callee.name}${e.args.length > 0 ? `(${list(e.args)})` : ''}`;
  }
}

const list = (args: readonly Expr[]): string => args.map((a) => at(a, STRENGTH.sum)).join(', ');

function binary(e: BinaryExpr): string {
  const own = operatorStrength(e.op);
  if (own < STRENGTH.product) {
    const right = at(e.right, own === STRENGTH.sum ? STRENGTH.frobenius : STRENGTH.product);
    return `${at(e.left, own)} ${e.op} ${right.startsWith('-') || right.startsWith('+') ? `(${right})` : right}`;
  }
  const product = productOf(e.left);
  const outer = strip(e.left);
  // A minus before the parentheses stays there, since that is how it is read.
  const [sign, inside] = outer.kind === 'unary' ? [outer.op, outer.arg] : ['', e.left];
  const left = product && mixes(product, e.op) ? `${sign}(${at(inside, STRENGTH.sum)})` : at(e.left, STRENGTH.product);
  const right = at(e.right, STRENGTH.postfix);
  const isTight = e.op === '*' || isTightQuotient(e);
  return isTight ? `${left}${e.op}${right}` : `${left} ${e.op} ${right}`;
}

/** What a postfix mark or a power is put on. A power under a mark is put in parentheses for the reader's sake. */
function marked(expr: Expr): string {
  const e = strip(expr);
  return e.kind === 'index' ? bare(e) : at(e, STRENGTH.atom);
}
function indexed(expr: Expr): string {
  const e = strip(expr);
  return e.kind === 'number' ? `(${bare(e)})` : marked(e);
}

function exponent(e: PowerExpr): string {
  const outer = strip(e.exponent);
  const sign = outer.kind === 'unary' && outer.op === '-' ? '-' : '';
  const inner = sign ? strip((outer as { readonly arg: Expr }).arg) : outer;
  const isPlain = (inner.kind === 'number' && strength(inner) === STRENGTH.atom) || (inner.kind === 'name' && inner.name !== 'T');
  return isPlain ? sign + bare(inner) : `(${at(outer, STRENGTH.sum)})`;
}

function item(i: IndexItem): string {
  switch (i.kind) {
    case 'all': return ':';
    case 'at': return hasOpenColon(i.expr) ? `(${at(i.expr, STRENGTH.sum)})` : at(i.expr, STRENGTH.sum);
    case 'range': return `${at(i.from, STRENGTH.product)}:${at(i.to, STRENGTH.product)}`;
  }
}

function leibniz(of: Expr, wrt: readonly NameExpr[]): string {
  const e = strip(of);
  const plain = e.kind === 'name' || (e.kind === 'call' && BUILTIN_FUNCTIONS.has(e.callee.name));
  const above = wrt.length > 1 ? raised(wrt.length) : '';
  return `∂${above}${plain ? bare(e) : `(${at(e, STRENGTH.sum)})`}/${below(wrt).map(([name, times]) => `∂${name}${times > 1 ? raised(times) : ''}`).join('')}`;
}

/** Neighbours of one name together: x, x, y is ∂x²∂y. */
export function below(wrt: readonly NameExpr[]): readonly (readonly [string, number])[] {
  const runs: [string, number][] = [];
  for (const { name } of wrt) {
    const last = runs.at(-1);
    if (last && last[0] === name) last[1]++;
    else runs.push([name, 1]);
  }
  return runs;
}

/** A whole number in superscript digits. */
export const raised = (n: number | string): string => [...String(n)].map((d) => (d === '-' ? '⁻' : '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(d)] ?? d)).join('');
