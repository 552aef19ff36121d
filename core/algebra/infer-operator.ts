/** Infix and prefix operators: which row of the table one is, and its shape. */
import type { BinaryExpr, BinaryOperator, Expr } from '../syntax/tree';
import { isKnownShape, isScalar, sameShape, type Dim, type Shape } from './dim';
import { explainMismatch } from './infer-conflict';
import { applyShape } from './infer-apply';
import { isZeroNumber, warnOfZero } from './infer-power';
import { operator } from './operators';
import { knownResult, leftTerm, type Maker, rightTerm, Settled, settledNow } from './settled';
import { signatures, type Signature } from './signature';
import type { Place, Typed } from './scope';
import type { Term } from './term';
import { infer, record, typed } from './typed';

const RIGHT = signatures('(m,n),(1,1) -> (m,n) | (m,n),(n,n) -> (m,n)');
const LEFT = signatures('(1,1),(m,n) -> (m,n) | (n,n),(n,k) -> (n,k)');

const NAMES: Readonly<Record<BinaryOperator, string>> = {
  '+': 'add', '-': 'sub', ':': 'frobenius', '*': 'mul', '.*': 'hadamard', './': 'elementDivide', '/': 'rightDivide', '\\': 'leftDivide', '⊗': 'kron', '⊕': 'kronsum',
};

const RULES: ReadonlyMap<BinaryOperator, readonly Signature[]> = new Map((Object.keys(NAMES) as BinaryOperator[]).map((op) => [op, op === '/' ? RIGHT : op === '\\' ? LEFT : operator(NAMES[op])?.signatures ?? []]));
export const rulesOf = (op: BinaryOperator): readonly Signature[] => RULES.get(op) ?? [];

/** Sums and products are long and lean to the left, so their spine is walked, not descended. */
export function inferBinary(place: Place, expr: BinaryExpr): Typed | undefined {
  if (expr.left.kind !== 'binary') {
    const left = infer(place, expr.left);
    const right = infer(place, expr.right);
    return left && right && binary(place, expr, left, right, NO_SPINE, NO_OPERANDS, 0);
  }
  let length = 0;
  let first: Expr = expr;
  for (; first.kind === 'binary'; first = first.left) length++;
  // Made as long as they will be: lists that grow leave several times as much behind.
  const spine = new Array<BinaryExpr>(length);
  const operands = new Array<Typed | undefined>(length);
  for (let at: Expr = expr, i = length; at.kind === 'binary'; at = at.left) spine[--i] = at;
  let left = infer(place, first);
  for (let i = 0; i < length; i++) { const b = spine[i]; if (b) operands[i] = infer(place, b.right); }
  for (let i = 0; i < length; i++) {
    const b = spine[i];
    const right = operands[i];
    left = b && left && right && binary(place, b, left, right, spine, operands, i);
    if (left && b !== expr) record(place.scope, left);
  }
  return left;
}
const NO_SPINE: readonly BinaryExpr[] = [];
const NO_OPERANDS: readonly (Typed | undefined)[] = [];

/** The factors that follow in the same product. */
function following(spine: readonly BinaryExpr[], operands: readonly (Typed | undefined)[], at: number): readonly Typed[] {
  const out: Typed[] = [];
  for (let i = at + 1; spine[i]?.op === '*'; i++) {
    const operand = operands[i];
    if (operand) out.push(operand);
  }
  return out;
}

/** `x(2)` of a vector: MATLAB's entry, which a product with a number in parentheses would be here. */
function likeEntry({ scope, owner }: Place, { left: name, right }: BinaryExpr, left: Typed): boolean {
  if (name.kind !== 'name' || right.kind !== 'paren' || right.arg.kind !== 'number' || name.range.end !== right.range.start || !/^[1-9][0-9]*$/.test(right.arg.text)) return false;
  const s = scope.solver.resolveShape(left.shape);
  if (!isKnownShape(s) || isScalar(s)) return false;
  const isVector = s.rows.key === '1' || s.cols.key === '1';
  owner.broken = true;
  scope.report('MC1013', `\`${name.name}\` is a variable, not a function. Its entries are \`${name.name}[${isVector ? 'i' : 'i, j'}]\`; a product is written \`${name.name}*${right.arg.text}\`.`, { start: name.range.start, end: right.range.end }, {
    fixes: isVector ? [{ title: 'Write brackets', edits: [{ range: right.range, text: `[${right.arg.text}]` }], safe: false }] : [],
  });
  return true;
}

const divisorOf = ({ op, left, right }: BinaryExpr): Expr | undefined => (op === '/' || op === './' ? right : op === '\\' ? left : undefined);
/** Whether an expression divides by the number 0 itself, which is told. */
export const isByZero = (expr: BinaryExpr): boolean => { const by = divisorOf(expr); return by !== undefined && isZeroNumber(by); };

/** `spine` and `operands` are those of the sum or product that it is a step of. */
function binary(place: Place, expr: BinaryExpr, left: Typed, right: Typed, spine: readonly BinaryExpr[], operands: readonly (Typed | undefined)[], at: number): Typed | undefined {
  if (expr.implicit && expr.right.kind === 'paren' && likeEntry(place, expr, left)) return undefined;
  if (isByZero(expr)) warnOfZero(place, divisorOf(expr) ?? expr);
  const rules = rulesOf(expr.op);
  const adds = expr.op === '+' || expr.op === '-';
  const result = knownResult(place.scope, rules, left.shape, right.shape);
  if (!result || !(left instanceof Settled) || !(right instanceof Settled)) {
    const later = binaryLater(place, expr, left, right, result, () => following(spine, operands, at));
    if (!later || !isKnownShape(later.shape)) return later;
    // What is beside `I` often says its size, and then nothing is left to wait for.
    const [a, b] = [settledNow(place.scope, left), settledNow(place.scope, right)];
    return a && b ? new Settled(later.shape, expr, place.owner, later.fromArrays === true || undefined, binarySettled, a, b) : later;
  }
  if (adds && !sameShape(left.shape, right.shape)) hintLater(place, expr, left, right);
  let fromArrays: true | undefined;
  if (isScalar(result)) {
    const of = left.fromArrays === true || right.fromArrays === true;
    if (of || (expr.op === '*' && !(isScalar(left.shape) && isScalar(right.shape)))) fromArrays = true;
  }
  return new Settled(result, expr, place.owner, fromArrays, binarySettled, left, right);
}

const binarySettled: Maker = (t) => binaryTerm(t.expr as BinaryExpr, leftTerm(t), rightTerm(t), t.shape);

function hintLater(place: Place, expr: BinaryExpr, left: Typed, right: Typed): void {
  place.scope.checks.push(() => hintIdentity(place, expr, left, right));
}

/** With sizes that are still to be found, or terms of parts. */
function binaryLater(place: Place, expr: BinaryExpr, left: Typed, right: Typed, found: Shape | undefined, rest: () => readonly Typed[]): Typed | undefined {
  const { solver } = place.scope;
  const adds = expr.op === '+' || expr.op === '-';
  // Next to a 1×1 product of arrays `I` is 1×1 too; next to a plain scalar it has no size.
  const beside = adds && (left.fromArrays === true || right.fromArrays === true);
  const result = found ?? applyShape({
    place, expr, signatures: rulesOf(expr.op), args: [left.shape, right.shape], lastFirst: !adds || beside, decides: beside ? 'none' : 'any',
    conflict: (shapes) => explainMismatch(place, expr, [left, right], shapes, rest()),
  });
  if (!result) return undefined;
  if (adds && !(isKnownShape(left.shape) && sameShape(left.shape, right.shape))) hintLater(place, expr, left, right);
  const arrays = (t: Typed): boolean => t.fromArrays === true || !isScalar(solver.resolveShape(t.shape));
  const isOne = !solver.isKnown(result.rows) || isScalar(result);
  const fromArrays = isOne && (expr.op === '*' ? arrays(left) || arrays(right) : left.fromArrays === true || right.fromArrays === true);
  return typed(place, expr, result, (shape) => binaryTerm(expr, left.settle(), right.settle(), shape), { fromArrays: fromArrays || undefined, parts: [left, right] });
}

const applied = (op: string, left: Term, right: Term, shape: Shape, expr: BinaryExpr): Term => ({ kind: 'apply', op, args: [left, right], dims: NO_DIMS, shape, range: expr.range });

function binaryTerm(expr: BinaryExpr, left: Term, right: Term, shape: Shape): Term {
  const { op } = expr;
  if (op === '+' || op === '-' || op === '*') return applied(NAMES[op], left, right, shape, expr);
  const [a, b] = [isScalar(left.shape), isScalar(right.shape)];
  if (op === '/' && b) return applied('elementDivide', left, right, shape, expr);
  if (op === '\\' && a) return applied('elementDivide', right, left, shape, expr);
  if ((op === '.*' || op === ':' || op === '⊗') && (a || b)) return applied('mul', left, right, shape, expr);
  if (op === '⊕' && a && b) return applied('add', left, right, shape, expr);
  return applied(NAMES[op], left, right, shape, expr);
}
const NO_DIMS: readonly Dim[] = [];

/** `A + t` with a square A: t adds to every entry, which is seldom what is meant. */
function hintIdentity(place: Place, expr: BinaryExpr, left: Typed, right: Typed): void {
  const { scope } = place;
  const [a, b] = [scope.solver.resolveShape(left.shape), scope.solver.resolveShape(right.shape)];
  const [scalar, array] = isScalar(a) && !isScalar(b) ? [left, b] : isScalar(b) && !isScalar(a) ? [right, a] : [undefined, a];
  if (!scalar || array.rows.key !== array.cols.key || place.owner.broken) return;
  const at = scalar.expr.range;
  const simple = scalar.expr.kind === 'name' || scalar.expr.kind === 'number' || scalar.expr.kind === 'paren' || scalar.expr.kind === 'call';
  const text = scope.text.slice(at.start, at.end);
  const product = scalar.expr.kind === 'binary' && scalar.expr.op !== '+' && scalar.expr.op !== '-';
  scope.report('MC3008', `this scalar is added to every entry of a ${array.rows.key}×${array.cols.key} matrix; \`* I\` would add it to the diagonal`, expr.opRange, {
    fixes: [{ title: 'Multiply the scalar by I', edits: [{ range: at, text: simple || product ? `${text}*I` : `(${text})*I` }], safe: false }],
  });
}

const negated: Maker = (t) => ({ kind: 'apply', op: 'neg', args: [leftTerm(t)], dims: NO_DIMS, shape: t.shape, range: t.expr.range });

/** An operator of one argument. */
export function unaryOperator(place: Place, expr: Expr, name: string, arg: Typed): Typed | undefined {
  const rules = operator(name)?.signatures ?? [];
  if (arg instanceof Settled) {
    const shape = knownResult(place.scope, rules, arg.shape);
    if (shape) return new Settled(shape, expr, place.owner, arg.fromArrays, name === 'neg' ? negated : { kind: 'apply', op: name, args: [arg.settle()], dims: NO_DIMS, shape, range: expr.range }, arg);
  }
  const result = applyShape({ place, expr, signatures: rules, args: [arg.shape], conflict: (shapes) => explainMismatch(place, expr, [arg], shapes) });
  return result && typed(place, expr, result, (shape) => ({ kind: 'apply', op: name, args: [arg.settle()], dims: [], shape, range: expr.range }), arg.fromArrays ? { fromArrays: true } : undefined);
}
