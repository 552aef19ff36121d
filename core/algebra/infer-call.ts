/** Calls: functions of the operator table, definitions with arguments, functions without a body. */
import { foreignFunction } from './foreign-calls';
import type { Fix } from '../syntax/diagnostic';
import type { CallExpr, Expr } from '../syntax/tree';
import { isKnownShape, isOne, isScalar, SCALAR, transposed, type Dim } from './dim';
import { applyShape } from './infer-apply';
import { explainMismatch, known, origins } from './infer-conflict';
import { countWords, formalArguments, wrongArity } from './infer-arguments';
import { DERIVATIVES, inferDerivative } from './infer-derivative';
import { inline } from './inline';
import { nearest } from './infer-name';
import { spelled, type Operator } from './operators';
import { knownResult, leftTerm, type Maker, rightTerm, Settled } from './settled';
import type { DefinitionEntry, FunctionEntry, Place, Typed } from './scope';
import { readSize } from './sizes';
import type { ApplyTerm, Term } from './term';
import { bare, excerpt } from './walk';
import { inferAll, typed } from './typed';

export function inferCall(place: Place, expr: CallExpr): Typed | undefined {
  const { scope } = place;
  const { name } = expr.callee;
  const entry = scope.names.get(name);
  if (entry?.kind === 'definition') return callDefinition(place, expr, entry);
  if (entry?.kind === 'function') return callFormal(place, expr, entry);
  if (entry?.kind === 'variable') {
    inferAll(place, expr.args);
    scope.report('MC2007', `\`${name}\` is a variable, not a function`, expr.callee.range);
    return undefined;
  }
  if (DERIVATIVES.has(name)) return inferDerivative(place, expr);
  const row = spelled(name);
  if (row && row.family !== 'calculus') return callOperator(place, expr, row);
  const foreign = foreignFunction(scope.text, name, expr.callee.range);
  if (foreign) {
    scope.report('MC2004', foreign.message, expr.callee.range, { fixes: foreign.fixes });
    return undefined;
  }
  inferAll(place, expr.args);
  const near = nearest(scope, name, true);
  const [only] = expr.args;
  if (only && expr.args.length === 1 && /^(?:transpose|transp|trans|t)$/i.test(name)) {
    const text = scope.text.slice(only.range.start, only.range.end);
    const meant = only.kind === 'name' || only.kind === 'paren' || only.kind === 'call' ? `${text}'` : `(${text})'`;
    scope.report('MC2004', `\`${name}\` is no function of the language and is not defined; a transpose is written \`${excerpt(scope.text, only.range, 20)}'\``, expr.callee.range, { fixes: [{ title: `Write ${meant}`, edits: [{ range: expr.range, text: meant }], safe: true }] });
    return undefined;
  }
  scope.report('MC2004', `\`${name}\` is no function of the language and is not defined${near[0] ? `; did you mean \`${near[0]}\`?` : ''}`, expr.callee.range, {
    fixes: near.map((n) => ({ title: `Write ${n}`, edits: [{ range: expr.callee.range, text: n }], safe: false })),
  });
  return undefined;
}

function callOperator(place: Place, expr: CallExpr, row: Operator): Typed | undefined {
  const n = expr.args.length;
  if (n > 0 && n === row.arity.min && n === row.arity.max && row.signatures.every((s) => s.sizes.length === 0)) {
    const args = inferAll(place, expr.args);
    return args && (settledCall(place, expr, row, args) ?? applyRow(place, expr, row, args, []));
  }
  const byPlace = (row.name === 'basis' && n === 1) || (row.name === 'unit' && n === 2);
  const usable = byPlace ? row.signatures : row.signatures.filter((s) => s.args.length + s.sizes.length === n);
  const [first] = usable;
  if (!first) return wrongArity(place, expr, `${countWords(row.arity.min, row.arity.max)}: \`${expr.callee.name}(${row.parameters.join(', ')})\``);
  const args = inferAll(place, expr.args.slice(0, first.args.length));
  const sizes: (Dim | undefined)[] = byPlace ? first.sizes.map(() => place.scope.solver.unknown(true)) : expr.args.slice(first.args.length).map((e) => readSize(place, e, { introduce: true }));
  const dims = sizes.filter((d) => d !== undefined);
  if (!args || dims.length !== sizes.length) return undefined;
  if (byPlace) requireSizes(place, expr, dims);
  return applyRow(place, expr, row, args, dims);
}

/** One argument or two, of known shapes and terms. */
function settledCall(place: Place, expr: CallExpr, row: Operator, args: readonly Typed[]): Typed | undefined {
  const [a, b] = args;
  if (args.length > 2 || !(a instanceof Settled) || (b && !(b instanceof Settled)) || row.name === 'identity') return undefined;
  const shape = knownResult(place.scope, row.signatures, a.shape, b?.shape);
  if (!shape) return undefined;
  return new Settled(shape, expr, place.owner, undefined, calledTerm, a, b);
}

const calledTerm: Maker = (t) => {
  const name = t.expr.kind === 'call' ? spelled(t.expr.callee.name)?.name ?? '' : '';
  const args = t.right ? [leftTerm(t), rightTerm(t)] : [leftTerm(t)];
  const scalars = (name === 'hadamard' || name === 'kron') && args.some((a) => isScalar(a.shape));
  return asColumn({ kind: 'apply', op: scalars ? 'mul' : name, args, dims: [], shape: t.shape, range: t.expr.range });
};

/** Running sums of what is written as a row are those of a column: its shape decides, not the size 1 that n×k may have at a point. */
function asColumn(t: ApplyTerm): Term {
  const [r] = t.args;
  if (t.op !== 'cumsum' || !r || !isOne(t.shape.rows) || isOne(t.shape.cols)) return t;
  const turned: ApplyTerm = { ...t, shape: transposed(t.shape) };
  return { ...t, op: 'transpose', args: [{ ...turned, args: [{ ...turned, op: 'transpose', args: [r] }] }] };
}

function requireSizes(place: Place, expr: CallExpr, dims: readonly Dim[]): void {
  const { scope, owner } = place;
  scope.checks.push(() => {
    if (owner.broken || dims.every((d) => scope.solver.isKnown(d))) return;
    owner.broken = true;
    const { name } = expr.callee;
    scope.report('MC3007', `nothing here says the size of \`${excerpt(scope.text, expr.range)}\`: write \`${name === 'e' ? 'e(i, n)' : 'E(i, j, m, n)'}\``, expr.range, { fixes: sizeFixes(place, expr) });
  });
}

/** The basis with the sizes of the text's own arrays: `m*n` alone does not tell an m×n matrix from an n×m one. */
function sizeFixes({ scope }: Place, expr: CallExpr): readonly Fix[] {
  const written = scope.text.slice(expr.range.start, expr.range.end);
  if (!written.endsWith(')')) return [];
  const sizes = new Set<string>();
  for (const entry of scope.names.values()) {
    if (entry.kind !== 'variable' || entry.unknown || !isKnownShape(entry.shape)) continue;
    const { rows, cols } = entry.shape;
    if (expr.args.length === 1) { if (cols.key === '1' && rows.key !== '1') sizes.add(rows.key); }
    else if (cols.key !== '1' && rows.key !== '1') sizes.add(`${rows.key}, ${cols.key}`);
  }
  return [...sizes].slice(0, 3).map((s) => {
    const text = `${written.slice(0, -1)}, ${s})`;
    return { title: `Write ${text}`, edits: [{ range: expr.range, text }], safe: false };
  });
}

function applyRow(place: Place, expr: CallExpr, row: Operator, args: readonly Typed[], dims: readonly Dim[]): Typed | undefined {
  const { solver } = place.scope;
  const usable = row.signatures.filter((s) => s.args.length === args.length && s.sizes.length === dims.length);
  const result = applyShape({
    place, expr, signatures: usable, args: args.map((a) => a.shape), dims, lastFirst: row.name === 'diag' || args.length === 2,
    conflict: (shapes) => explainMismatch(place, expr, args, shapes),
  });
  if (!result) return undefined;
  return typed(place, expr, result, (s) => {
    const terms = args.map((a) => a.settle());
    const at = dims.map((d) => solver.resolve(d));
    if (row.name === 'identity' && isScalar(s)) return { kind: 'number', value: { n: 1n, d: 1n }, shape: SCALAR, range: expr.range };
    const scalars = terms.some((t) => isScalar(t.shape));
    const op = (row.name === 'hadamard' || row.name === 'kron') && scalars ? 'mul' : row.name;
    return asColumn({ kind: 'apply', op, args: terms, dims: row.name === 'ones' || row.name === 'zeros' ? [s.rows, s.cols] : at, shape: s, range: expr.range });
  });
}

function callDefinition(place: Place, expr: CallExpr, entry: DefinitionEntry): Typed | undefined {
  const { scope } = place;
  const { name, parameters } = entry;
  if (parameters.length === 0) {
    inferAll(place, expr.args);
    scope.report('MC2007', `\`${name}\` is defined without arguments`, expr.callee.range);
    return undefined;
  }
  if (parameters.length !== expr.args.length) return wrongArity(place, expr, `${countWords(parameters.length, parameters.length)}: \`${name}(${parameters.join(', ')})\``);
  const args = inferAll(place, expr.args);
  const body = entry.typed;
  if (!args || !body) return undefined;
  for (const [i, arg] of args.entries()) {
    const parameter = scope.names.get(parameters[i] ?? '');
    if (parameter?.kind !== 'variable' || scope.solver.unifyShape(parameter.shape, arg.shape)) continue;
    scope.report('MC3004', `\`${parameter.name}\` of \`${name}\` is ${known(scope, parameter.shape)}; \`${excerpt(scope.text, arg.expr.range)}\` is ${known(scope, arg.shape)}`, arg.expr.range, { related: origins(place, arg.expr, entry.statement?.parameters?.[i] ?? expr) });
    return undefined;
  }
  const own = expr.args.every((a, i) => sameName(a, parameters[i]));
  // Parts of the result stand where the definition does.
  if (!own) place.owner.tied = true;
  return typed(place, expr, body.shape, (s) => (own
    ? { kind: 'reference', name, shape: s, range: expr.range }
    : inline(place, expr.range, entry, new Map(args.map((a, i) => [parameters[i] ?? '', a.settle()])), s)));
}

const sameName = (e: Expr, name: string | undefined): boolean => {
  const b = bare(e);
  return b.kind === 'name' && b.name === name;
};

function callFormal(place: Place, expr: CallExpr, entry: FunctionEntry): Typed | undefined {
  const args = formalArguments(place, expr, entry, expr.args);
  return args && typed(place, expr, entry.formal.to, (s) => ({ kind: 'formal', name: entry.name, order: 0, args: args.map((a) => a.settle()), shape: s, range: expr.range }));
}
