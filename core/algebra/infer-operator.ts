/** Infix and prefix operators: which row of the table one is, and its shape. */
import type { BinaryExpr, BinaryOperator, Expr } from '../syntax/tree';
import { isScalar, sameShape, type Shape } from './dim';
import { explainMismatch } from './infer-conflict';
import { applyShape } from './infer-apply';
import { operator } from './operators';
import { match, resultOf, signatures, type Signature } from './signature';
import type { Place, Typed } from './scope';
import type { Term } from './term';
import { infer, isKnownShape, record, typed } from './typed';

const RIGHT = signatures('(m,n),(1,1) -> (m,n) | (m,n),(n,n) -> (m,n)');
const LEFT = signatures('(1,1),(m,n) -> (m,n) | (n,n),(n,k) -> (n,k)');

const NAMES: Readonly<Record<BinaryOperator, string>> = {
  '+': 'add', '-': 'sub', ':': 'frobenius', '*': 'mul', '.*': 'hadamard', './': 'elementDivide', '/': 'rightDivide', '\\': 'leftDivide', '⊗': 'kron', '⊕': 'kronsum',
};

const rulesOf = (op: BinaryOperator): readonly Signature[] => (op === '/' ? RIGHT : op === '\\' ? LEFT : operator(NAMES[op])?.signatures ?? []);

/** Sums and products are long and lean to the left, so their spine is walked, not descended. */
export function inferBinary(place: Place, expr: BinaryExpr): Typed | undefined {
  const spine: BinaryExpr[] = [];
  let first: Expr = expr;
  for (; first.kind === 'binary'; first = first.left) spine.push(first);
  spine.reverse();
  let left = infer(place, first);
  const operands = spine.map((b) => infer(place, b.right));
  for (const [i, b] of spine.entries()) {
    const right = operands[i];
    left = left && right && binary(place, b, left, right, () => following(spine, operands, i));
    if (left && b !== expr) record(place.scope, left);
  }
  return left;
}

/** What declared sizes give at once. */
function knownResult(rules: readonly Signature[], a: Shape, b: Shape): Shape | undefined {
  if (!isKnownShape(a) || !isKnownShape(b)) return undefined;
  for (const rule of rules) {
    const sizes = match(rule, [a, b], []);
    if (sizes) return resultOf(rule, sizes);
  }
  return undefined;
}

/** The factors that follow in the same product. */
function following(spine: readonly BinaryExpr[], operands: readonly (Typed | undefined)[], at: number): readonly Typed[] {
  const out: Typed[] = [];
  for (let i = at + 1; spine[i]?.op === '*'; i++) {
    const operand = operands[i];
    if (operand) out.push(operand);
  }
  return out;
}

function binary(place: Place, expr: BinaryExpr, left: Typed, right: Typed, rest: () => readonly Typed[]): Typed | undefined {
  const { scope } = place;
  const { solver } = scope;
  const adds = expr.op === '+' || expr.op === '-';
  // Next to a 1×1 product of arrays `I` is 1×1 too; next to a plain scalar it has no size.
  const beside = adds && (left.fromArrays === true || right.fromArrays === true);
  const rules = rulesOf(expr.op);
  const result = knownResult(rules, left.shape, right.shape) ?? applyShape({
    place, expr, signatures: rules, args: [left.shape, right.shape], lastFirst: !adds || beside, decides: beside ? 'none' : 'any',
    conflict: (shapes) => explainMismatch(place, expr, [left, right], shapes, rest()),
  });
  if (!result) return undefined;
  if (adds && !(isKnownShape(left.shape) && sameShape(left.shape, right.shape))) scope.checks.push(() => hintIdentity(place, expr, left, right));
  const arrays = (t: Typed): boolean => t.fromArrays === true || !isScalar(solver.resolveShape(t.shape));
  const isOne = !solver.isKnown(result.rows) || isScalar(result);
  const fromArrays = isOne && (expr.op === '*' ? arrays(left) || arrays(right) : left.fromArrays === true || right.fromArrays === true);
  return typed(place, expr, result, (shape) => binaryTerm(expr, left.settle(), right.settle(), shape), fromArrays ? { fromArrays } : undefined);
}

function binaryTerm(expr: BinaryExpr, left: Term, right: Term, shape: Shape): Term {
  const op = NAMES[expr.op];
  const scalars = [isScalar(left.shape), isScalar(right.shape)];
  const make = (name: string, args: readonly Term[]): Term => ({ kind: 'apply', op: name, args, dims: [], shape, range: expr.range });
  if (expr.op === '/' && scalars[1]) return make('elementDivide', [left, right]);
  if (expr.op === '\\' && scalars[0]) return make('elementDivide', [right, left]);
  if ((expr.op === '.*' || expr.op === ':') && scalars.includes(true)) return make('mul', [left, right]);
  if (expr.op === '⊗' && scalars.includes(true)) return make('mul', [left, right]);
  if (expr.op === '⊕' && scalars[0] && scalars[1]) return make('add', [left, right]);
  return make(op, [left, right]);
}

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

/** An operator of one argument. */
export function unaryOperator(place: Place, expr: Expr, name: string, arg: Typed): Typed | undefined {
  const rules = operator(name)?.signatures ?? [];
  const result = applyShape({ place, expr, signatures: rules, args: [arg.shape], conflict: (shapes) => explainMismatch(place, expr, [arg], shapes) });
  return result && typed(place, expr, result, (shape) => ({ kind: 'apply', op: name, args: [arg.settle()], dims: [], shape, range: expr.range }), arg.fromArrays ? { fromArrays: true } : undefined);
}
