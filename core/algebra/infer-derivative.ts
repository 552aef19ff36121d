/** Derivatives as expressions: `grad`, `jacobian`, `hessian`, `diff`, `hvp`, `vjp`, Leibniz quotients and ∇. */
import type { CallExpr, Expr, LeibnizExpr, NablaExpr } from '../syntax/tree';
import { isScalar, mulDim, shape, type Shape } from './dim';
import { applyShape } from './infer-apply';
import { countWords, formalArguments, wrongArity } from './infer-arguments';
import { known, origins } from './infer-conflict';
import { nearest, subscripted, variable } from './infer-name';
import { operator } from './operators';
import { signatures, type Signature } from './signature';
import { NO_WORDS, type Derivation, type FunctionEntry, type Place, type Typed, type VariableEntry } from './scope';
import type { DerivativeKind } from './term';
import { bare, excerpt, namesIn } from './walk';
import { infer, record, typed } from './typed';

const KINDS: Readonly<Record<DerivativeKind, readonly [min: number, max: number]>> = { grad: [1, 2], jacobian: [1, 2], hessian: [1, 3], diff: [3, 3], hvp: [3, 3], vjp: [3, 3] };
export const DERIVATIVES: ReadonlySet<string> = new Set(Object.keys(KINDS));
const isKind = (name: string): name is DerivativeKind => DERIVATIVES.has(name);
/** A gradient where f or x is a scalar, else a Jacobian. */
const LEIBNIZ = signatures('(1,1),(m,n) -> (m,n) | (p,q),(1,1) -> (p,q) | (p,q),(m,n) -> (p*q,m*n)');

export function inferDerivative(place: Place, expr: CallExpr): Typed | undefined {
  const op = expr.callee.name;
  if (!isKind(op)) return undefined;
  const [min, max] = KINDS[op];
  const [first, ...rest] = expr.args;
  if (op === 'diff' && first && rest[0] && expr.args.length === 2) return diffMeant(place, expr, first, rest[0]);
  if (!first || expr.args.length < min || expr.args.length > max) {
    return wrongArity(place, expr, `${min === 1 ? (max === 2 ? 'two arguments' : 'two or three arguments') : countWords(min, max)}: \`${op}(${operator(op)?.parameters.join(', ') ?? ''})\``);
  }
  const entry = (op === 'grad' || op === 'jacobian') && expr.args.length === 2 ? entryAmong(place, expr, first, rest[0]) : undefined;
  if (entry) {
    place.owner.broken = true;
    place.scope.report('MC2006', `derivatives are taken by variables; by an entry it is \`${entry.text}\``, entry.range, { fixes: [{ title: `Write ${entry.text}`, edits: [{ range: expr.range, text: entry.text }], safe: false }] });
    return undefined;
  }
  const of = infer(place, first);
  const directional = op === 'diff' || op === 'hvp' || op === 'vjp';
  const names = rest.length === 0 ? only(place, expr, first) : (directional ? rest.slice(0, 1) : rest).map((e) => variableOf(place, e));
  if (!names) return undefined;
  const wrt = names.filter((v) => v !== undefined);
  const variable = wrt[0]?.kind === 'variable' ? wrt[0] : undefined;
  if (directional && variable) introduce(place, rest[1], op === 'vjp' ? of?.shape : variable.shape);
  const direction = directional && rest[1] ? infer(place, rest[1]) : undefined;
  if (!of || wrt.length !== names.length || (directional && !direction)) return undefined;
  return derive(place, expr, op, of, wrt, direction ? [direction] : [], operator(op)?.signatures ?? []);
}

/** `grad(f, X[1, 2])`: what is written for it. */
function entryAmong(place: Place, expr: CallExpr, first: Expr, by: Expr | undefined): { readonly text: string; readonly range: Expr['range'] } | undefined {
  const e = by && bare(by);
  if (e?.kind !== 'index' || e.arg.kind !== 'name' || place.scope.names.get(e.arg.name)?.kind !== 'variable' || e.items.length === 0 || e.items.some((item) => item.kind !== 'at')) return undefined;
  const written = (range: Expr['range']): string => excerpt(place.scope.text, range, 10_000);
  const indices = e.items.map((item) => written(item.range)).join(', ');
  return { text: `diff(${written(first.range)}, ${e.arg.name}, ${e.items.length > 1 ? 'E' : 'e'}(${indices}))`, range: e.range };
}

/** `diff(f, x)` of MATLAB and SymPy: a gradient or a Jacobian. */
function diffMeant(place: Place, expr: CallExpr, first: Expr, by: Expr): undefined {
  const { scope } = place;
  const of = infer(place, first);
  variableOf(place, by);
  place.owner.broken = true;
  if (!of) return undefined;
  const name = isScalar(scope.solver.resolveShape(of.shape)) ? 'grad' : 'jacobian';
  scope.report('MC2005', `\`diff(F, X, V)\` is the derivative in a direction V; without one it is \`${name}\``, expr.range, { fixes: [{ title: `Write ${name}`, edits: [{ range: expr.callee.range, text: name }], safe: false }] });
  return undefined;
}

export function derive(place: Place, expr: Expr, op: DerivativeKind | 'leibniz', of: Typed, wrt: readonly VariableEntry[], args: readonly Typed[], rules: readonly Signature[], ofText = excerpt(place.scope.text, of.expr.range, 10_000)): Typed | undefined {
  const { scope } = place;
  const { solver } = scope;
  const shapes = [of.shape, ...wrt.map((v) => v.shape), ...args.map((a) => a.shape)];
  const result = applyShape({ place, expr, signatures: rules, args: shapes, conflict: (s) => explainDerivative(place, expr, op, of, args, s) });
  if (!result) return undefined;
  const [x, y] = wrt.map((v) => v.name);
  const names = x === undefined ? [] : y === undefined || y === x ? [x] : [x, y];
  const kind = (): DerivativeKind => {
    if (op !== 'leibniz' && op !== 'grad') return op;
    return isScalar(solver.resolveShape(of.shape)) ? 'grad' : 'jacobian';
  };
  const derivative: Derivation = { kind, of, ofText, wrt: names };
  return typed(place, expr, result, (s) => ({
    kind: 'derivative', op: kind(), of: of.settle(), wrt: names, args: args.map((a) => a.settle()), shape: s, range: expr.range,
  }), { derivative });
}

function explainDerivative(place: Place, expr: Expr, op: string, of: Typed, args: readonly Typed[], shapes: readonly Shape[]): void {
  const { scope } = place;
  const [f, x] = shapes;
  const [direction] = args;
  const given = shapes.at(-1);
  if (!f || !x || !given) return;
  const name = `\`${excerpt(scope.text, of.expr.range)}\``;
  if (op === 'grad') {
    const fixes = expr.kind === 'call' ? [{ title: 'Write jacobian', edits: [{ range: expr.callee.range, text: 'jacobian' }], safe: true }] : [];
    scope.report('MC3015', `${name} is ${known(scope, f)}: the gradient is that of a scalar; an array has a Jacobian`, expr.range, { related: origins(place, of.expr), fixes });
  } else if ((op === 'hessian' || op === 'hvp') && !isScalar(f)) {
    scope.report('MC3015', `${name} is ${known(scope, f)}: \`${op}\` takes a scalar function`, expr.range, { related: origins(place, of.expr) });
  } else if (direction) {
    const wanted = op === 'vjp' ? f : x;
    scope.report('MC3016', `the direction \`${excerpt(scope.text, direction.expr.range)}\` is ${known(scope, given)}; ${op === 'vjp' ? 'the function' : 'the variable'} is ${known(scope, wanted)}`, direction.expr.range, { related: origins(place, direction.expr, of.expr) });
  } else scope.report('MC3004', `this derivative does not fit ${shapes.map((s) => known(scope, s)).join(' and ')}`, expr.range);
}

/** A name that stands for itself: a direction that nobody declared has the shape of its variable. */
export function introduce(place: Place, expr: Expr | undefined, s: Shape | undefined): void {
  const { scope } = place;
  const e = expr && bare(expr);
  if (e?.kind !== 'name' || !s || scope.names.has(e.name) || scope.dimensions.has(e.name) || place.indices.has(e.name) || e.name === 'I' || e.name === 'pi') return;
  scope.names.set(e.name, { kind: 'variable', name: e.name, shape: s, words: NO_WORDS, range: e.range, inferred: true, open: false, unknown: false, outer: false });
}

/** The variable that a derivative is taken by. */
function variableOf(place: Place, expr: Expr): VariableEntry | undefined {
  const { scope, owner } = place;
  const e = bare(expr);
  const entry = e.kind === 'name' ? scope.names.get(e.name) : undefined;
  if (e.kind === 'name' && entry?.kind === 'variable') {
    record(scope, variable(place, e, entry));
    return entry.unknown ? undefined : entry;
  }
  const no = (what: string): undefined => {
    owner.broken = true;
    const candidates = [...scope.names.values()].filter((v) => v.kind === 'variable' && !v.unknown).map((v) => v.name).slice(0, 3);
    scope.report('MC2006', `derivatives are taken by variables; ${what}`, expr.range, { fixes: candidates.map((n) => ({ title: `Write ${n}`, edits: [{ range: expr.range, text: n }], safe: false })) });
    return undefined;
  };
  if (e.kind === 'missing') return undefined;
  if (e.kind !== 'name') return no(`\`${excerpt(scope.text, expr.range)}\` is an expression`);
  if (place.indices.has(e.name)) return no(`\`${e.name}\` is the index of a sum`);
  if (entry?.kind === 'definition') return no(`\`${e.name}\` is defined, not declared`);
  if (entry?.kind === 'function') return no(`\`${e.name}\` is a function`);
  if (scope.dimensions.has(e.name)) return no(`\`${e.name}\` is a dimension`);
  if (e.name === 'I' || e.name === 'pi') return no(`\`${e.name}\` is a constant`);
  owner.broken = true;
  const entryOf = subscripted(scope, place, e.name, true);
  if (entryOf !== undefined) {
    scope.report('MC2001', `\`${e.name}\` is neither declared nor an argument; the derivative by an entry is written \`∂F/∂${entryOf}\``, e.range, { fixes: [{ title: `Write ${entryOf}`, edits: [{ range: e.range, text: entryOf }], safe: false }] });
    return undefined;
  }
  const near = nearest(scope, e.name, false);
  scope.report('MC2001', `\`${e.name}\` is neither declared nor an argument${near[0] ? `; did you mean \`${near[0]}\`?` : ''}`, e.range, { fixes: near.map((n) => ({ title: `Write ${n}`, edits: [{ range: e.range, text: n }], safe: false })) });
  return undefined;
}

/** The variable that is meant when none is named: the only argument of the definition, or the only variable of the file. */
function only(place: Place, expr: Expr, of: Expr): readonly VariableEntry[] | undefined {
  const { scope } = place;
  const e = bare(of);
  const entry = e.kind === 'name' || e.kind === 'call' ? scope.names.get(e.kind === 'name' ? e.name : e.callee.name) : undefined;
  const parameters = entry?.kind === 'definition' ? entry.parameters : [];
  const names = parameters.length > 0 ? parameters : [...scope.names.values()].filter((v) => v.kind === 'variable' && !v.unknown).map((v) => v.name);
  // What other variables the file has is no matter of this statement.
  if (parameters.length === 0) place.owner.tied = true;
  const variable = names.length === 1 ? scope.names.get(names[0] ?? '') : undefined;
  if (variable?.kind === 'variable') return [variable];
  const used = new Set(namesIn(of).map((n) => n.name));
  const likely = names.filter((n) => used.has(n));
  const listed = likely.length > 0 ? likely : names;
  const end = expr.range.end - 1;
  const fixes = expr.kind === 'call' && scope.text[end] === ')' ? likely.slice(0, 3).map((n) => ({ title: `By ${n}`, edits: [{ range: { start: end, end }, text: `, ${n}` }], safe: false })) : [];
  scope.report('MC2005', `by which variable? ${listed.length > 1 ? `There are ${listed.slice(0, 5).join(', ')}` : listed[0] !== undefined ? `There is ${listed[0]}` : 'There is none'}`, expr.range, { fixes });
  return undefined;
}

export function inferLeibniz(place: Place, expr: LeibnizExpr): Typed | undefined {
  const of = infer(place, expr.of);
  const wrt = expr.wrt.map((n) => variableOf(place, n));
  const variables = wrt.filter((v) => v !== undefined);
  if (!of || variables.length !== wrt.length || wrt.length === 0) return undefined;
  if (variables.length === 1) return derive(place, expr, 'leibniz', of, variables, [], LEIBNIZ);
  const [x, y, ...more] = variables;
  if (!x || !y) return undefined;
  // The third order and higher: the Jacobian of the Hessian, and so on.
  let result = derive(place, expr, 'hessian', of, x.name === y.name ? [x] : [x, y], [], operator('hessian')?.signatures ?? []);
  let ofText = `hessian(${excerpt(place.scope.text, of.expr.range, 10_000)}, ${x.name === y.name ? x.name : `${x.name}, ${y.name}`})`;
  for (const z of more) {
    result = result && derive(place, expr, 'leibniz', result, [z], [], LEIBNIZ, ofText);
    ofText = `jacobian(${ofText}, ${z.name})`;
  }
  return result;
}

export function inferNabla(place: Place, expr: NablaExpr): Typed | undefined {
  const { scope } = place;
  const { name } = expr.callee;
  const entry = scope.names.get(name);
  if (entry?.kind === 'function') return formalGradient(place, expr, entry);
  if (expr.order > 2) {
    scope.report('MC2014', `∇ of the third order and higher has no shape of its own: write \`jacobian(hessian(${name}, x), x)\` with the variable that is meant`, expr.range);
    return undefined;
  }
  const of = infer(place, expr.callee);
  if (!of) return undefined;
  const called = expr.args.length === 0 ? only(place, expr, expr.callee) : expr.args.map((a) => variableOf(place, a));
  const variables = (called ?? []).filter((v) => v !== undefined);
  if (!called || variables.length !== called.length) return undefined;
  if (variables.length !== 1) {
    scope.report('MC2014', `write \`grad(${name}, x)\` with the variable that is meant`, expr.range);
    return undefined;
  }
  const op = expr.order === 2 ? 'hessian' : 'grad';
  return derive(place, expr, op, of, variables, [], operator(op)?.signatures ?? []);
}

/** ∇g of a function without a body: x's shape for a scalar g, the Jacobian transposed else; ∇²g the Hessian. */
function formalGradient(place: Place, expr: NablaExpr, entry: FunctionEntry): Typed | undefined {
  const { scope } = place;
  const { from, to } = entry.formal;
  if (expr.args.length === 0) {
    scope.report('MC2005', `\`∇${entry.name}\` needs its argument: \`∇${entry.name}(x)\``, expr.range);
    return undefined;
  }
  const args = formalArguments(place, expr, entry, expr.args);
  const [x] = from;
  if (!args || !x) return undefined;
  if (from.length > 1 || expr.order > 2 || (expr.order === 2 && !isScalar(to))) {
    scope.report('MC2014', '∇ is for functions of one argument, ∇² for scalar ones', expr.range);
    return undefined;
  }
  const entries = mulDim(x.rows, x.cols);
  const result = expr.order === 2 ? shape(entries, entries) : isScalar(to) ? x : shape(entries, mulDim(to.rows, to.cols));
  return typed(place, expr, result, (s) => ({ kind: 'formal', name: entry.name, order: expr.order, args: args.map((a) => a.settle()), shape: s, range: expr.range }));
}
