/**
 * The forms of arguments that nobody declared. Readings are tried in a fixed order and kept where nothing contradicts them:
 * capital letters are matrices before vectors, others vectors before scalars; what nothing ties to an array is a scalar.
 */
import type { Document, Expr } from '../syntax/tree';
import { D1, dimName } from './dim';
import { spelled } from './operators';
import type { Scope, VariableEntry } from './scope';
import { bare, subexpressions } from './walk';

type Form = 'matrix' | 'vector' | 'scalar' | 'row';
const FRESH = ['n', 'm', 'k', 'p', 'q', 'r', 's', 'd', 'l', 'h'];

export function chooseForms(scope: Scope, document: Document): void {
  const open = [...scope.names.values()].filter((e) => e.kind === 'variable' && e.open);
  const variables = open.filter((e) => e.kind === 'variable');
  if (variables.length === 0) return;
  const written = arraysIn(document);
  const isCapital = (v: VariableEntry): boolean => /^\p{Lu}/u.test(v.name);
  const isArray = (v: VariableEntry): boolean => written.marked.has(v.name) || (isCapital(v) && written.factors.has(v.name));
  const first = variables.filter((v) => isCapital(v) && isArray(v));
  for (const v of [...first, ...variables.filter((o) => !first.includes(o))]) choose(scope, v, isCapital(v), isArray(v));
}

function choose(scope: Scope, v: VariableEntry, capital: boolean, array: boolean): void {
  const { solver } = scope;
  const { rows, cols } = v.shape;
  if (solver.isKnown(rows) && solver.isKnown(cols)) return;
  const said = (d: typeof rows): boolean => solver.isKnown(d) || solver.isTouched(d);
  const set = (form: Form): boolean => {
    if (form === 'vector' || form === 'scalar') if (!solver.unify(cols, D1)) return false;
    if (form === 'row' || form === 'scalar') if (!solver.unify(rows, D1)) return false;
    if (form === 'matrix' || form === 'vector') solver.markArray(rows);
    if (form === 'matrix' || form === 'row') solver.markArray(cols);
    return true;
  };
  const isSaid = (form: Form): boolean => (form === 'matrix' ? said(rows) && said(cols) : form === 'vector' ? said(rows) : form === 'row' ? said(cols) : true);
  const order: readonly (readonly [Form, sure: boolean])[] = array
    ? capital
      ? [['matrix', false], ['vector', false], ['scalar', false], ['row', false]]
      : [['vector', false], ['matrix', true], ['row', true], ['scalar', false], ['matrix', false], ['row', false]]
    : capital
      ? [['matrix', true], ['vector', true], ['scalar', false], ['matrix', false], ['vector', false], ['row', false]]
      : [['vector', true], ['scalar', false], ['matrix', true], ['vector', false], ['matrix', false], ['row', false]];
  for (const [form, sure] of order) {
    if (sure ? solver.attempt(() => set(form) && solver.propagate(true) && isSaid(form)) : solver.attempt(() => set(form))) return;
  }
}

/** Names that are written like arrays: transposed, indexed, or given to a function of arrays; and those that stand in products of names. */
function arraysIn(document: Document): { readonly marked: ReadonlySet<string>; readonly factors: ReadonlySet<string> } {
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
  const todo: Expr[] = document.statements.flatMap((s) => (s.kind === 'definition' ? [s.body] : s.kind === 'request' ? [s.expr] : s.kind === 'check' || s.kind === 'assume' ? [s.left, ...(s.right ? [s.right] : [])] : []));
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
  for (const entry of scope.names.values()) {
    if (entry.kind !== 'variable') continue;
    for (const size of [entry.shape.rows, entry.shape.cols]) {
      const left = solver.resolve(size);
      if (solver.isKnown(left)) continue;
      if (entry.open && !solver.isArraySize(left) && !solver.isTouched(left)) {
        solver.unify(left, D1);
        continue;
      }
      const name = FRESH.find((n) => !scope.names.has(n) && !scope.dimensions.has(n)) ?? freshName(scope);
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
