/** A tree as a person would write it in plain text: `2Xᵀ(Xw − y)`. For reading; `print.ts` writes what is parsed again. */
import { display, positions, shortIndices } from './display';
import { below, raised } from './print';
import { hasSubscript, unicodeName } from './spelling';
import { STRENGTH, hasOpenColon, isTightQuotient, mixes, operatorStrength, productOf, strength as plainStrength } from './strength';
import type { BinaryExpr, CallExpr, Expr, IndexItem, PowerExpr } from './tree';

/** The expression in Unicode, without signs of multiplication where none is needed to keep it unambiguous. */
export function printUnicode(e: Expr): string {
  return at(display(e), STRENGTH.sum);
}

const strength = (e: Expr): number => (e.kind === 'finiteSum' ? STRENGTH.leibniz : plainStrength(e));
const at = (e: Expr, least: number): string => (strength(e) < least ? `(${bare(e)})` : bare(e));
const list = (args: readonly Expr[]): string => args.map((a) => at(a, STRENGTH.sum)).join(', ');

function bare(e: Expr): string {
  switch (e.kind) {
    case 'number': return e.text.replace(/^-/, '−');
    case 'name': return unicodeName(e.name);
    case 'missing': return '?';
    case 'paren': return at(e.arg, STRENGTH.sum);
    case 'binary': return binary(e);
    case 'unary': return (e.op === '-' ? '−' : '+') + at(e.arg, productOf(e.arg) && plainStrength(e) === STRENGTH.product ? STRENGTH.product : STRENGTH.unary);
    case 'transpose': return `${marked(e.arg)}ᵀ`;
    case 'inverseTranspose': return `${marked(e.arg)}⁻ᵀ`;
    case 'power': return power(e);
    case 'call': return call(e);
    case 'index': return index(e.arg, e.items);
    case 'blocks': return `[${e.rows.map(list).join('; ')}]`;
    case 'finiteSum': return `Σ_{${unicodeName(e.index.name)}=${at(e.from, STRENGTH.product)}..${at(e.to, STRENGTH.product)}} ${at(e.body, STRENGTH.product)}`;
    case 'leibniz': {
      const above = e.wrt.length > 1 ? raised(e.wrt.length) : '';
      return `∂${above}${at(e.of, STRENGTH.atom)}/${below(e.wrt).map(([name, n]) => `∂${unicodeName(name)}${n > 1 ? raised(n) : ''}`).join('')}`;
    }
    case 'nabla': return `∇${e.order > 1 ? raised(e.order) : ''}${unicodeName(e.callee.name)}${e.args.length > 0 ? `(${list(e.args)})` : ''}`;
  }
}

const HALVES: ReadonlyMap<string, string> = new Map([['1/2', '½'], ['1/3', '⅓'], ['2/3', '⅔'], ['1/4', '¼'], ['3/4', '¾'], ['1/8', '⅛'], ['1/6', '⅙']]);

function binary(e: BinaryExpr): string {
  const own = operatorStrength(e.op);
  if (own < STRENGTH.product) {
    const right = at(e.right, own === STRENGTH.sum ? STRENGTH.frobenius : STRENGTH.product);
    return `${at(e.left, own)} ${e.op === '-' ? '−' : e.op} ${/^[−+]/.test(right) ? `(${right})` : right}`;
  }
  const product = productOf(e.left);
  const quotient = e.op === '*' && product?.op === '/';
  const left = quotient ? coefficient(e.left) : product && mixes(product, e.op) ? `(${bare(e.left)})` : at(e.left, STRENGTH.product);
  const right = at(e.right, STRENGTH.postfix);
  if (e.op === '*') return beside(left, right, lastFactor(e.left));
  if (isTightQuotient(e)) return `${left}/${right}`;
  return `${left} ${e.op === '.*' ? '⊙' : e.op === './' ? '⊘' : e.op} ${right}`;
}

/** A quotient as the left factor of a product: ½, else in parentheses. */
function coefficient(e: Expr): string {
  const text = bare(e);
  const sign = text.startsWith('−') ? '−' : '';
  const vulgar = HALVES.get(sign ? text.slice(1) : text);
  return vulgar ? sign + vulgar : `(${text})`;
}

function lastFactor(e: Expr): Expr {
  if (e.kind === 'binary' && e.op === '*') return e.right;
  return e.kind === 'unary' ? lastFactor(e.arg) : e;
}

const TAIL = /(?:(?![ᵀ⁰¹²³⁴⁵⁶⁷⁸⁹⁻])[\p{L}\p{M}\p{N}_])+$/u;
const FRONT = /^(?:(?![ᵀ⁰¹²³⁴⁵⁶⁷⁸⁹⁻])[\p{L}\p{M}\p{N}_.])+/u;
const isGlyph = (word: string): boolean => /^\p{L}\p{M}*[₀-₉]*$/u.test(word);
const isNumber = (word: string): boolean => /^(?:[0-9.]+|[½⅓⅔¼¾⅛⅙])$/.test(word);

/** Two factors side by side, with a dot or a blank where they would run into one another. */
function beside(left: string, right: string, last: Expr): string {
  const opensBar = /^[‖|√]/.test(right);
  const isCallLike = last.kind === 'call' || (last.kind === 'power' && /[\p{L})]$/u.test(left));
  if (last.kind === 'call' && left.includes('√')) return `${left}·${right}`;
  const tail = left.endsWith('.') ? '' : TAIL.exec(left)?.[0] ?? '';
  if (right.startsWith('(') || right.startsWith('[')) {
    if (isCallLike) return `${left}·${right}`;
    if (tail === '' || isNumber(tail)) return left + right;
    return isGlyph(tail) && /^\p{Lu}/u.test(tail) ? left + right : `${left}·${right}`;
  }
  if (opensBar) return /[‖|](?:_\S+|[₀-₉])?$/.test(left) ? `${left}·${right}` : left + right;
  const front = FRONT.exec(right)?.[0] ?? '';
  if (front === '') return `${left}·${right}`;
  if (/^[0-9.]/.test(front)) return `${left}·${right}`;
  if (last.kind === 'power' && tail !== '') return `${left}·${right}`;
  if (tail === '') return /[⁰¹²³⁴⁵⁶⁷⁸⁹ᵀ)\]‖|]$/u.test(left) ? (isGlyph(front) || !/[)\]‖|]$/.test(left) ? left + right : `${left} ${right}`) : `${left} ${right}`;
  return (isNumber(tail) || isGlyph(tail)) && isGlyph(front) && !/^\p{L}+\(/u.test(right) ? left + right : `${left} ${right}`;
}

function marked(e: Expr): string {
  if (e.kind === 'index') return bare(e);
  if (e.kind === 'call' && e.callee.name === 'sqrt') return `(${bare(e)})`;
  return at(e, STRENGTH.atom);
}

function power(e: PowerExpr): string {
  const base = marked(e.base);
  const exponent = bare(e.exponent);
  if (e.elementwise) return `${base}.^${plainExponent(e.exponent) ? exponent : `(${exponent})`}`;
  if (/^−?[0-9]+$/.test(exponent)) return base + raised(exponent.replace('−', '-'));
  return `${base}^${plainExponent(e.exponent) ? exponent : `(${exponent})`}`;
}
const plainExponent = (e: Expr): boolean => e.kind === 'number' || e.kind === 'name';

const NORMS: ReadonlyMap<string, string> = new Map([['norm', ''], ['normF', '_F'], ['norm2', '₂'], ['normNuc', '_*'], ['norm1', '₁'], ['normInf', '_∞']]);
const SIZED: ReadonlyMap<string, string> = new Map([['I', 'I'], ['ones', '𝟏'], ['zeros', '𝟎'], ['commutation', 'K'], ['delta', 'δ'], ['E', 'E'], ['e', 'e']]);

function call(e: CallExpr): string {
  const [first] = e.args;
  const norm = NORMS.get(e.callee.name);
  if (first !== undefined && e.args.length === 1) {
    if (norm !== undefined) return `‖${at(first, STRENGTH.sum)}‖${norm}`;
    if (e.callee.name === 'abs') return `|${at(first, STRENGTH.sum)}|`;
    if (e.callee.name === 'sqrt') return first.kind === 'name' || first.kind === 'number' ? `√${bare(first)}` : `√(${bare(first)})`;
  }
  const sized = SIZED.get(e.callee.name);
  if (sized !== undefined && first !== undefined) {
    const shown = positions(e);
    const short = e.callee.name === 'commutation' ? undefined : shortIndices(shown, unicodeName);
    const digits = short !== undefined && /^[0-9]+$/.test(short) && shown.length > 1;
    return `${sized}_${short !== undefined && !digits ? short : `(${shown.map((a) => at(a, STRENGTH.sum)).join(',')})`}`;
  }
  return `${e.callee.name}(${list(e.args)})`;
}

function index(arg: Expr, items: readonly IndexItem[]): string {
  const entries = items.flatMap((i) => (i.kind === 'at' ? [i.expr] : []));
  const short = entries.length === items.length ? shortIndices(entries, unicodeName) : undefined;
  if (short === undefined || (/^[0-9]+$/.test(short) && items.length > 1)) return `${at(arg, STRENGTH.atom)}[${items.map(item).join(', ')}]`;
  const isPlain = arg.kind === 'name' && !hasSubscript(arg.name);
  return `${isPlain ? bare(arg) : `(${bare(arg)})`}_${short}`;
}

function item(i: IndexItem): string {
  switch (i.kind) {
    case 'all': return ':';
    case 'at': return hasOpenColon(i.expr) ? `(${bare(i.expr)})` : bare(i.expr);
    case 'range': return `${at(i.from, STRENGTH.product)}:${at(i.to, STRENGTH.product)}`;
  }
}
