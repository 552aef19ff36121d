/** How strongly each form of expression holds together, and where a reader needs parentheses that the parser does not. For the printers. */
import type { BinaryExpr, BinaryOperator, Expr } from './tree';

/** Loosest first, as in LANGUAGE's table. A Leibniz quotient stands alone in any product. */
export const STRENGTH = { sum: 1, frobenius: 2, leibniz: 2.5, product: 3, unary: 4, postfix: 5, atom: 6 } as const;

export function strip(e: Expr): Expr {
  let inner = e;
  while (inner.kind === 'paren') inner = inner.arg;
  return inner;
}

export function operatorStrength(op: BinaryOperator): number {
  switch (op) {
    case '+': case '-': return STRENGTH.sum;
    case ':': return STRENGTH.frobenius;
    case '*': case '.*': case './': case '/': case '\\': case '⊗': case '⊕': return STRENGTH.product;
  }
}

export function strength(expr: Expr): number {
  const e = strip(expr);
  switch (e.kind) {
    case 'binary': return operatorStrength(e.op);
    case 'unary': return e.op === '-' && leadsProduct(e.arg) ? STRENGTH.product : STRENGTH.unary;
    case 'leibniz': return STRENGTH.leibniz;
    case 'transpose': case 'inverseTranspose': case 'power': case 'index': return STRENGTH.postfix;
    case 'number': return /^[0-9.]+(?:[eE][+-]?[0-9]+)?$/.test(e.text) ? STRENGTH.atom : e.text.includes('/') ? STRENGTH.product : STRENGTH.unary;
    case 'name': case 'call': case 'blocks': case 'finiteSum': case 'nabla': case 'missing': case 'paren': return STRENGTH.atom;
  }
}

/** `-(A*B)` may be written `-A*B`, which is read as `(-A)*B`: the same value for all products but `⊕`. */
export function leadsProduct(expr: Expr): boolean {
  let e = strip(expr);
  let isProduct = false;
  while (e.kind === 'binary' && operatorStrength(e.op) === STRENGTH.product) {
    if (e.op === '⊕') return false;
    isProduct = true;
    if (strength(e.left) < STRENGTH.product) return true;
    e = strip(e.left);
  }
  return isProduct;
}

/** The product, of which this expression is one or minus one. */
export function productOf(expr: Expr): BinaryExpr | undefined {
  const e = strip(expr);
  if (e.kind === 'unary' && e.op === '-' && leadsProduct(e.arg)) return productOf(e.arg);
  return e.kind === 'binary' && operatorStrength(e.op) === STRENGTH.product ? e : undefined;
}

export function isSimple(expr: Expr): boolean {
  const e = strip(expr);
  return e.kind === 'name' || (e.kind === 'number' && strength(e) === STRENGTH.atom) || (e.kind === 'unary' && isSimple(e.arg));
}
export const isTightQuotient = (e: BinaryExpr): boolean => e.op === '/' && isSimple(e.left) && isSimple(e.right);

/** Whether a product needs parentheses as the left operand of `op` for a reader's sake, though both are read from left to right. */
export function mixes(left: BinaryExpr, op: BinaryOperator): boolean {
  if (left.op === op) return false;
  const elementwise = (o: BinaryOperator): boolean => o === '.*' || o === './';
  if (elementwise(left.op) && elementwise(op)) return false;
  if (op === '/') return left.op !== '*';
  return !(isTightQuotient(left) && (op === '*' || elementwise(op)));
}

/** A Frobenius product outside all brackets: the `:` of a slice would be mistaken for it. */
export function hasOpenColon(expr: Expr): boolean {
  const e = strip(expr);
  return e.kind === 'binary' && (e.op === ':' || ((e.op === '+' || e.op === '-') && (hasOpenColon(e.left) || hasOpenColon(e.right))));
}
