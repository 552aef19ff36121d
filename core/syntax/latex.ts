/** A tree as LaTeX, as a textbook sets it: `2X^{\top}(Xw - y)`. Core of the typeset views; `latexin` reads the other way. */
import { display, positions, shortIndices } from './display';
import { below } from './print';
import { hasSubscript, latexName, unicodeName } from './spelling';
import { STRENGTH, hasOpenColon, mixes, operatorStrength, productOf, strength as plainStrength } from './strength';
import type { BinaryExpr, BinaryOperator, CallExpr, Expr, IndexItem, NameExpr, PowerExpr } from './tree';

/** The expression in LaTeX for math mode. Quotients are fractions, except in exponents. */
export function printLatex(e: Expr): string {
  return at(display(e), STRENGTH.sum);
}

const strength = (e: Expr): number => (e.kind === 'finiteSum' ? STRENGTH.leibniz : e.kind === 'binary' && e.op === '/' ? STRENGTH.postfix : e.kind === 'leibniz' ? STRENGTH.postfix : plainStrength(e));
const isTall = (text: string): boolean => /\\(?:frac|sum|begin|left)\b/.test(text);
const parens = (text: string): string => (isTall(text) ? `\\left(${text}\\right)` : `(${text})`);
const fence = (left: string, text: string, right: string): string => (isTall(text) ? `\\left${left} ${text} \\right${right}` : `${left} ${text} ${right}`);
const at = (e: Expr, least: number): string => (strength(e) < least ? parens(bare(e)) : bare(e));
const list = (args: readonly Expr[]): string => args.map((a) => at(a, STRENGTH.sum)).join(', ');
const name = (n: NameExpr): string => latexName(n.name);

function bare(e: Expr): string {
  switch (e.kind) {
    case 'number': return number(e.text);
    case 'name': return name(e);
    case 'missing': return '?';
    case 'paren': return at(e.arg, STRENGTH.sum);
    case 'binary': return binary(e);
    case 'unary': return e.op + at(e.arg, productOf(e.arg) && plainStrength(e) === STRENGTH.product ? STRENGTH.product : STRENGTH.unary);
    case 'transpose': return `${marked(e.arg)}^{\\top}`;
    case 'inverseTranspose': return `${marked(e.arg)}^{-\\top}`;
    case 'power': return power(e);
    case 'call': return call(e);
    case 'index': return index(e.arg, e.items);
    case 'blocks': return `\\begin{bmatrix} ${e.rows.map((row) => row.map((x) => at(x, STRENGTH.sum)).join(' & ')).join(' \\\\ ')} \\end{bmatrix}`;
    case 'finiteSum': return `\\sum_{${name(e.index)}=${at(e.from, STRENGTH.sum)}}^{${at(e.to, STRENGTH.sum)}} ${at(e.body, STRENGTH.product)}`;
    case 'leibniz': return leibniz(e.of, e.wrt);
    case 'nabla': return `\\nabla${e.order > 1 ? `^{${e.order}}` : ''} ${name(e.callee)}${e.args.length > 0 ? parens(list(e.args)) : ''}`;
  }
}

function number(text: string): string {
  const scientific = /^(-?[0-9.]+)[eE]\+?(-?[0-9]+)$/.exec(text);
  if (!scientific) return text;
  return scientific[1] === '1' ? `10^{${scientific[2]}}` : `${scientific[1]} \\cdot 10^{${scientific[2]}}`;
}

const OPERATORS: ReadonlyMap<BinaryOperator, string> = new Map<BinaryOperator, string>([['.*', '\\odot'], ['./', '\\oslash'], ['⊗', '\\otimes'], ['⊕', '\\oplus']]);

function binary(e: BinaryExpr): string {
  const own = operatorStrength(e.op);
  if (own < STRENGTH.product) {
    const right = at(e.right, own === STRENGTH.sum ? STRENGTH.frobenius : STRENGTH.product);
    return `${at(e.left, own)} ${e.op} ${/^[-+]/.test(right) ? parens(right) : right}`;
  }
  if (e.op === '/') return `\\frac{${at(e.left, STRENGTH.sum)}}{${at(e.right, STRENGTH.sum)}}`;
  const product = productOf(e.left);
  const left = product && product.op !== '/' && mixes(product, e.op) ? parens(bare(e.left)) : at(e.left, STRENGTH.product);
  const right = at(e.right, STRENGTH.postfix);
  return e.op === '*' ? beside(left, right, lastFactor(e.left), e.right) : `${left} ${OPERATORS.get(e.op) ?? e.op} ${right}`;
}

function lastFactor(e: Expr): Expr {
  if (e.kind === 'binary' && e.op === '*') return e.right;
  return e.kind === 'unary' ? lastFactor(e.arg) : e;
}

/** Two factors, with a dot where they would be read as a number or a call, a thin space beside words. */
function beside(left: string, right: string, last: Expr, next: Expr): string {
  const isCall = (e: Expr): boolean => e.kind === 'call' && /^\\(?:operatorname|[a-z]+)\b.*\)$/s.test(bare(e));
  if (/^[0-9]/.test(right) || (/^10\^/.test(right))) return `${left} \\cdot ${right}`;
  if (/^(?:\\left)?\(/.test(right)) {
    const mayBeCalled = last.kind === 'call' || (last.kind === 'name' && !/^(?:[A-Z]|\\[A-Z])/.test(left.split(' ').at(-1) ?? ''));
    return mayBeCalled ? `${left} \\cdot ${right}` : `${left} ${right}`;
  }
  const isWord = (e: Expr): boolean => e.kind === 'name' && bare(e).includes('\\mathrm');
  return isCall(last) || isCall(next) || isWord(last) || isWord(next) ? `${left} \\, ${right}` : `${left} ${right}`;
}

/** What a mark is put on. Two superscripts never meet. */
function marked(e: Expr): string {
  if (e.kind === 'index') return bare(e);
  if (e.kind === 'call' && (DERIVATIVES.has(e.callee.name) || e.callee.name === 'commutation')) return parens(bare(e));
  const text = at(e, STRENGTH.atom);
  return e.kind === 'number' && text.includes('^') ? parens(text) : text;
}

function power(e: PowerExpr): string {
  const exponent = inExponent(e.exponent);
  if (!e.elementwise) return `${marked(e.base)}^{${exponent}}`;
  return `${marked(e.base)}^{\\circ ${/^[A-Za-z0-9]+$/.test(exponent) ? exponent : parens(exponent)}}`;
}

/** Quotients in one line. */
function inExponent(e: Expr): string {
  if (e.kind === 'unary' && e.arg.kind !== 'unary') return e.op + inExponent(e.arg);
  const isQuotient = e.kind === 'binary' && e.op === '/';
  return isQuotient ? `${at(e.left, STRENGTH.unary)}/${at(e.right, STRENGTH.atom)}` : bare(e);
}

const NORMS: ReadonlyMap<string, string> = new Map([['norm', ''], ['normF', '_F'], ['norm2', '_2'], ['normNuc', '_*'], ['norm1', '_1'], ['normInf', '_\\infty']]);
const COMMANDS: ReadonlyMap<string, string> = new Map([
  ['exp', '\\exp'], ['log', '\\log'], ['sin', '\\sin'], ['cos', '\\cos'], ['tan', '\\tan'], ['sinh', '\\sinh'], ['cosh', '\\cosh'], ['tanh', '\\tanh'],
  ['asin', '\\arcsin'], ['acos', '\\arccos'], ['atan', '\\arctan'], ['det', '\\det'], ['logdet', '\\log\\det'], ['max', '\\max'], ['min', '\\min'],
  ['gamma', '\\Gamma'], ['phi', '\\Phi'], ['eigmax', '\\lambda_{\\max}'], ['eigmin', '\\lambda_{\\min}'],
]);
const DERIVATIVES: ReadonlySet<string> = new Set(['grad', 'hessian', 'diff']);
/** Constants that carry their sizes or indices: between what stands before and after those, and what separates them. */
const SIZED: ReadonlyMap<string, readonly [string, string, string]> = new Map([
  ['I', ['I_{', '}', ',']], ['ones', ['\\mathbf{1}_{', '}', ' \\times ']], ['zeros', ['\\mathbf{0}_{', '}', ' \\times ']], ['delta', ['\\delta_{', '}', ',']],
  ['E', ['E_{', '}', ',']], ['e', ['e_{', '}', ',']], ['commutation', ['K^{(', ')}', ',']], ['duplication', ['D_{', '}', ',']],
]);

function call(e: CallExpr): string {
  const callee = e.callee.name;
  const [first, second, third] = e.args;
  if (first === undefined) return `${operator(callee)}()`;
  const norm = NORMS.get(callee);
  if (e.args.length === 1) {
    if (norm !== undefined) return `${fence('\\lVert', bare(first), '\\rVert')}${norm}`;
    if (callee === 'abs') return fence('\\lvert', bare(first), '\\rvert');
    if (callee === 'sqrt') return `\\sqrt{${bare(first)}}`;
  }
  const sized = SIZED.get(callee);
  if (sized) {
    const shown = positions(e);
    const joined = callee === 'commutation' ? undefined : shortIndices(shown, unicodeName);
    const separator = joined !== undefined && (callee === 'delta' || callee === 'E') && !/^[0-9]+$/.test(joined) ? ' ' : sized[2];
    return `${sized[0]}${shown.map((a) => at(a, STRENGTH.sum)).join(separator).replace(/(?<=[a-z]) (?=[a-z]$)/, '')}${sized[1]}`;
  }
  if (second?.kind === 'name' && e.args.length === 2 && callee === 'jacobian') return leibniz(first, [second]);
  if (second?.kind === 'name' && e.args.length === 2 && (callee === 'grad' || callee === 'hessian')) {
    return `\\nabla${callee === 'hessian' ? '^{2}' : ''}_{${name(second)}} ${first.kind === 'name' ? name(first) : parens(bare(first))}`;
  }
  if (first.kind === 'name' && second?.kind === 'name' && third && callee === 'diff') return `\\mathrm{D}_{${name(second)}} ${name(first)}[${bare(third)}]`;
  return operator(callee) + parens(list(e.args));
}
/** The differential of what is no single name is upright, as `dX` is. */
const operator = (callee: string): string => COMMANDS.get(callee) ?? (callee === 'd' ? '\\mathrm{d}' : undefined) ?? ([...callee].length === 1 ? latexName(callee) : `\\operatorname{${callee.replaceAll('_', '\\_')}}`);

function index(arg: Expr, items: readonly IndexItem[]): string {
  const parts = items.map(item);
  const isShort = parts.every((p) => /^(?:[a-z0-9]|\\[a-z]+)$/i.test(p)) && !parts.every((p) => /^[0-9]+$/.test(p));
  const joined = isShort ? parts.join(parts.some((p) => p.startsWith('\\')) ? ' ' : '') : parts.join(',');
  const isPlain = arg.kind === 'name' && !hasSubscript(arg.name);
  return `${isPlain ? bare(arg) : parens(bare(arg))}_{${joined}}`;
}

function item(i: IndexItem): string {
  switch (i.kind) {
    case 'all': return ':';
    case 'at': return hasOpenColon(i.expr) ? parens(bare(i.expr)) : bare(i.expr);
    case 'range': return `${at(i.from, STRENGTH.product)}:${at(i.to, STRENGTH.product)}`;
  }
}

function leibniz(of: Expr, wrt: readonly NameExpr[]): string {
  const order = wrt.length > 1 ? `^{${wrt.length}}` : '';
  const above = of.kind === 'name' ? name(of) : parens(bare(of));
  return `\\frac{\\partial${order} ${above}}{${below(wrt).map(([n, times]) => `\\partial ${latexName(n)}${times > 1 ? `^{${times}}` : ''}`).join(' ')}}`;
}
