/**
 * The forms of arguments that nobody declared. Readings are tried in a fixed order and kept where nothing contradicts them:
 * capital letters are matrices before vectors, others vectors before scalars; what nothing ties to an array is a scalar.
 */
import type { Expr, Statement } from '../syntax/tree';
import { D1, dimName, isKnownShape, isOne, type Dim } from './dim';
import { MAX_FORM_TRIALS } from './limits';
import { spelled } from './operators';
import type { Scope, VariableEntry } from './scope';
import { bare, subexpressions } from './walk';

type Form = 'matrix' | 'vector' | 'scalar' | 'row';
const FRESH = ['n', 'm', 'k', 'p', 'q', 'r', 's', 'd', 'l', 'h'];

export function chooseForms(scope: Scope, statements: readonly Statement[]): void {
  const open = new Map<string, VariableEntry>();
  for (const e of scope.unsettled()) if (e.kind === 'variable' && e.open && !isKnownShape(e.shape)) open.set(e.name, e);
  if (open.size === 0) return;
  const written = arraysIn(statements);
  const groups = statements.map((s) => (s.kind === 'definition' ? (s.parameters ?? []).map((p) => p.name) : []));
  for (const names of [...groups, [...open.keys()]]) {
    const group = names.flatMap((n) => open.get(n) ?? []);
    group.forEach((v) => open.delete(v.name));
    chooseGroup(scope, group, written, { left: MAX_FORM_TRIALS });
  }
}

/** Finds the forms of one statement's arguments where nothing need be guessed; false where something must be. */
export function chooseOwnForms(scope: Scope, open: readonly VariableEntry[], statement: Statement): boolean {
  return chooseGroup(scope, open, arraysIn([statement]), { left: MAX_FORM_TRIALS }, false);
}

interface Written { readonly marked: ReadonlySet<string>; readonly factors: ReadonlySet<string> }

/** First what stands fast, again as long as that decides more; then one guess, and so on. False where a guess is needed and none is allowed. */
function chooseGroup(scope: Scope, group: readonly VariableEntry[], written: Written, budget: { left: number }, guesses = true): boolean {
  const isCapital = (v: VariableEntry): boolean => /^\p{Lu}/u.test(v.name);
  const isArray = (v: VariableEntry): boolean => written.marked.has(v.name) || (isCapital(v) && written.factors.has(v.name));
  const waiting = new Set(group.filter((v) => !scope.solver.isKnown(v.shape.rows) || !scope.solver.isKnown(v.shape.cols)));
  const settle = (v: VariableEntry, forms: readonly Form[], sure: boolean): boolean => {
    if (sure && budget.left-- < 0) return false;
    if (!forms.some((f) => attempt(scope, v, f, sure))) return false;
    waiting.delete(v);
    return true;
  };
  for (const v of [...waiting]) if (isCapital(v) && isArray(v)) settle(v, guesses ? ['matrix', 'vector', 'scalar', 'row'] : ['matrix'], false);
  while (waiting.size > 0) {
    let progress = false;
    for (const v of [...waiting]) progress = settle(v, isCapital(v) ? ['matrix', 'vector'] : ['vector'], true) || progress;
    if (progress) continue;
    const [v] = waiting;
    if (!v) break;
    if (isArray(v) && settle(v, ['matrix', 'row'], true)) continue;
    if (!guesses) return false;
    settle(v, !isArray(v) ? ['scalar', 'vector', 'matrix', 'row'] : isCapital(v) ? ['matrix', 'vector', 'scalar', 'row'] : ['vector', 'scalar', 'matrix', 'row'], false);
    waiting.delete(v);
  }
  return true;
}

/** Tries one form; a `sure` one is kept only where something else gives its sizes. */
function attempt(scope: Scope, v: VariableEntry, form: Form, sure: boolean): boolean {
  const { solver } = scope;
  const { rows, cols } = v.shape;
  const said = (d: Dim): boolean => solver.isKnown(d) || solver.isTouched(d);
  // A vector that would have to have one row is no vector that the text asks for.
  const isMany = (d: Dim): boolean => said(d) && !isOne(solver.resolve(d));
  const isSaid = (): boolean => (form === 'matrix' ? said(rows) && said(cols) : form === 'vector' ? isMany(rows) : form === 'row' ? isMany(cols) : true);
  return solver.attempt(() => {
    if ((form === 'vector' || form === 'scalar') && !solver.unify(cols, D1)) return false;
    if ((form === 'row' || form === 'scalar') && !solver.unify(rows, D1)) return false;
    if (form === 'matrix' || form === 'vector') solver.markArray(rows);
    if (form === 'matrix' || form === 'row') solver.markArray(cols);
    return !sure || (solver.propagate(true) && isSaid());
  });
}

/** Names that are written like arrays: transposed, indexed, or given to a function of arrays; and those that stand in products of names. */
function arraysIn(statements: readonly Statement[]): Written {
  const marked = new Set<string>();
  const factors = new Set<string>();
  const mark = (set: Set<string>, e: Expr): void => {
    const b = bare(e);
    if (b.kind === 'name') set.add(b.name);
    else if (b.kind === 'unary' || b.kind === 'transpose') mark(set, b.arg);
    else if (b.kind === 'power' && b.elementwise) mark(set, b.base);
    else if (b.kind === 'call' && spelled(b.callee.name)?.family === 'elementwise' && b.args[0]) mark(set, b.args[0]);
    else if (set === marked && b.kind === 'binary' && (b.op === '+' || b.op === '-' || b.op === '.*' || b.op === './')) {
      mark(set, b.left);
      mark(set, b.right);
    }
  };
  const todo: Expr[] = statements.flatMap((s) => (s.kind === 'definition' ? [s.body] : s.kind === 'request' ? [s.expr] : s.kind === 'check' || s.kind === 'assume' ? [s.left, ...(s.right ? [s.right] : [])] : []));
  for (let e = todo.pop(); e; e = todo.pop()) {
    todo.push(...subexpressions(e));
    if (e.kind === 'transpose' || e.kind === 'inverseTranspose' || e.kind === 'index') mark(marked, e.arg);
    else if (e.kind === 'call') {
      const family = spelled(e.callee.name)?.family;
      if (family && family !== 'elementwise' && family !== 'constant' && family !== 'calculus') e.args.forEach((a) => mark(marked, a));
    } else if (e.kind === 'binary' && (e.op === '*' || e.op === '\\' || e.op === '⊗')) {
      const [left, right] = [bare(e.left), bare(e.right)];
      if (right.kind !== 'number') mark(factors, left);
      if (left.kind !== 'number') mark(factors, right);
    }
  }
  return { marked, factors };
}

/** Sizes that are left over get names that nothing uses. */
export function nameSizes(scope: Scope): void {
  const { solver } = scope;
  for (const entry of scope.unsettled()) {
    if (entry.kind !== 'variable') continue;
    for (const size of [entry.shape.rows, entry.shape.cols]) {
      const left = solver.resolve(size);
      if (solver.isKnown(left)) continue;
      if (entry.open && !solver.isArraySize(left) && !solver.isTouched(left)) {
        solver.unify(left, D1);
        continue;
      }
      const name = FRESH.find((n) => !scope.names.has(n) && !scope.dimensions.has(n)) ?? freshName(scope);
      scope.fresh.add(entry.name);
      scope.freshSizes.add(name);
      scope.dimensions.set(name, entry.range);
      solver.unify(left, dimName(name));
      solver.propagate(false);
    }
  }
}

function freshName(scope: Scope): string {
  let i = 1;
  while (scope.names.has(`n${i}`) || scope.dimensions.has(`n${i}`)) i++;
  return `n${i}`;
}
