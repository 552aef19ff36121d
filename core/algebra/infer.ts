/** Reads an expression: names become variables, definitions and operators, sizes are inferred. One case for each kind of tree. */
import type { Expr } from '../syntax/tree';
import { SCALAR, isScalar, transposed } from './dim';
import { inferBlocks } from './infer-blocks';
import { inferCall } from './infer-call';
import { inferLeibniz, inferNabla } from './infer-derivative';
import { inferName } from './infer-name';
import { inferBinary, unaryOperator } from './infer-operator';
import { inferPower, inverseOf } from './infer-power';
import { inferIndex, inferFiniteSum } from './infer-slice';
import { parseQ } from './rational';
import type { Place, Typed } from './scope';
import { knownResult, leftTerm, type Maker, Settled, standingAt } from './settled';
import { signatures } from './signature';
import { infer, typed } from './typed';
import { textAt } from './walk';

const TURNED = signatures('(m,n) -> (n,m)');

/** Undefined where a part of it is wrong (and reported). Part of the scope, so that the cases need not import this file. */
export function read(place: Place, expr: Expr): Typed | undefined {
  switch (expr.kind) {
    case 'number': {
      const value = parseQ(expr.text);
      if (value) return new Settled(SCALAR, expr, place.owner, undefined, { kind: 'number', value, shape: SCALAR, range: expr.range });
      place.scope.report('MC3009', `${expr.text} is too large or too small to be read exactly`, expr.range);
      return undefined;
    }
    case 'name':
      return inferName(place, expr);
    case 'binary':
      return inferBinary(place, expr);
    case 'unary': {
      const arg = infer(place, expr.arg);
      return arg && (expr.op === '+' ? standingAt(arg, expr) : unaryOperator(place, expr, 'neg', arg));
    }
    case 'transpose':
    case 'inverseTranspose':
      return inferTranspose(place, expr);
    case 'power':
      return inferPower(place, expr);
    case 'call':
      return inferCall(place, expr);
    case 'index':
      return inferIndex(place, expr);
    case 'blocks':
      return inferBlocks(place, expr);
    case 'finiteSum':
      return inferFiniteSum(place, expr);
    case 'leibniz':
      return inferLeibniz(place, expr);
    case 'nabla':
      return inferNabla(place, expr);
    case 'paren': {
      const arg = infer(place, expr.arg);
      return arg && standingAt(arg, expr);
    }
    case 'missing':
      return undefined;
  }
}

const turnedTerm: Maker = (t) => {
  const term = leftTerm(t);
  return isScalar(t.shape) ? { ...term, range: t.expr.range } : { kind: 'apply', op: 'transpose', args: [term], dims: [], shape: t.shape, range: t.expr.range };
};

function inferTranspose(place: Place, expr: Expr & { readonly kind: 'transpose' | 'inverseTranspose' }): Typed | undefined {
  const { scope } = place;
  const arg = infer(place, expr.arg);
  const mark = { start: expr.arg.range.end, end: expr.range.end };
  if (scope.names.get('T')?.kind === 'variable' && textAt(scope.text, mark).includes('T') && !textAt(scope.text, mark).includes('.')) {
    const text = expr.kind === 'transpose' ? "'" : "^-1'";
    scope.report('MC2009', `T is a variable here, so this is a power as well as a transpose. Write ${expr.kind === 'transpose' ? "`'`" : "`^-1'`"} for the transpose`, expr.range, {
      fixes: [{ title: `Write ${text}`, edits: [{ range: mark, text }], safe: true }],
    });
    return undefined;
  }
  if (!arg) return undefined;
  const inner = expr.kind === 'inverseTranspose' ? inverseOf(place, expr, arg) : arg;
  if (!inner) return undefined;
  if (inner instanceof Settled) {
    const shape = knownResult(scope, TURNED, inner.shape);
    if (shape) return new Settled(shape, expr, place.owner, arg.fromArrays === true || undefined, turnedTerm, inner);
  }
  const turned = typed(place, expr, transposed(inner.shape), (s) => {
    const term = inner.settle();
    return isScalar(s) ? { ...term, range: expr.range } : { kind: 'apply', op: 'transpose', args: [term], dims: [], shape: s, range: expr.range };
  });
  return { ...turned, ...(arg.fromArrays && { fromArrays: true }) };
}
