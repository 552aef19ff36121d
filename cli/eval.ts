/** `mcalc eval`: the value and the derivative at a given point, through the symbolic derivative. */
import { Refusal } from '../core/algebra/refusal';
import { termNames } from '../core/algebra/term-names';
import { derivativeAt } from '../core/ide/derivative-at';
import { subjectOf, workspaceOf } from '../core/notation/subject';
import type { Part } from '../core/ide/part';
import type { Range } from '../core/syntax/tree';
import { evaluate, NumericError } from '../core/numeric/evaluate';
import { EXIT, fail, usage } from './exit';
import { diagnosticsOf, locate, readSource, report, sourceOf, type Source } from './files';
import { readText } from './input';
import { generatedAt } from './generated';
import type { Flags } from './main';
import { print } from './output';
import { asked, type Chosen } from './requests';
import { arrayJson, type Evaluated, type TensorJson } from './tensor';
import { arrayOf, pointOf, readValues, type Point } from './values';
import { titleOf } from './title';

export function evaluateFile(files: readonly string[], flags: Flags): number {
  const file = typeof flags.values === 'string' ? flags.values : usage('mcalc eval: give the point with --values V.json');
  const engine = flags.engine ?? 'generated';
  if (engine !== 'generated' && engine !== 'interpreted') usage(`mcalc eval: --engine takes generated or interpreted, not ${String(engine)}`);
  const order = flags.order ?? '1';
  if (order !== '1' && order !== '2') usage(`mcalc eval: --order takes 1 or 2, not ${String(order)}`);
  let json: Record<string, unknown> | undefined;
  const point = (): Record<string, unknown> => json ??= readValues(file, readText(file));
  const results = files.map((one) => evaluateSource(readSource(one), point, flags));
  const shown = results.filter((r) => r !== undefined);
  // One file gives its value, several an array of theirs.
  if (flags.json !== true) print(shown.map((r) => r.text).join(''));
  else if (files.length > 1) print(`${JSON.stringify(shown.map((r) => ({ file: r.file, ...r.json })))}\n`);
  else for (const r of shown) print(`${JSON.stringify(r.json)}\n`);
  return shown.length < results.length ? EXIT.failed : EXIT.ok;
}

interface Result { readonly file: string; readonly json: object; readonly text: string }

/** Undefined where the file has errors, which are reported. */
function evaluateSource(source: Source, given: () => Record<string, unknown>, flags: Flags): Result | undefined {
  const diagnostics = diagnosticsOf(source);
  const errors = diagnostics.filter((d) => d.severity === 'error');
  const sized = errors.length === 0 ? source : errors.every((d) => d.code.startsWith('MC3')) ? withSizes(source, given()) : undefined;
  if (sized === source || !sized) report(source, diagnostics);
  if (!sized) return undefined;
  const json = given();
  if (flags.expr === true) return { file: source.file, ...expressions(sized, json) };
  if (typeof flags.of !== 'string') return usage('mcalc eval: name what to evaluate with --of F, or take the bare expressions with --expr');
  const wrt = typeof flags.wrt === 'string' ? flags.wrt : undefined;
  const chosen = asked(sized, flags.of, wrt);
  const point = pointOf(chosen.program, json, namesIn(chosen, wrt), sized);
  const engine = flags.engine ?? 'generated';
  const order = flags.order === '2' ? 2 : 1;
  const result = at(sized, { part: chosen.part, range: chosen.request.range }, () => (engine === 'generated' ? named(chosen, point, order, generatedAt(chosen, point, order)) : interpreted(chosen, point, order)));
  const out = { of: flags.of, ...(wrt === undefined ? {} : { wrt }), dims: Object.fromEntries(point.sizes), ...result, engine };
  return { file: source.file, json: out, text: `${plain(out)}\n` };
}

/** What goes wrong in `run` is said at the range of the formula that it is about. */
function at<T>(source: Source, { part, range }: { readonly part: Part; readonly range: Range }, run: () => T): T {
  try {
    return run();
  } catch (error) {
    const reason = error instanceof Refusal ? `${error.reason} [${error.code}]` : error instanceof NumericError || error instanceof RangeError ? `at this point ${error.message} [MC6004]` : undefined;
    if (reason === undefined) throw error;
    const { line, column } = locate(source, part, range).from;
    return fail(`${source.file}:${line}:${column}: error: ${reason}`);
  }
}

/** The file read again with the sizes of the point: `n` and 3 are one dimension where n is 3. Undefined where it stays wrong. */
function withSizes(source: Source, json: Record<string, unknown>): Source | undefined {
  const sizes = new Map<string, number>();
  const dims = json.dims;
  if (typeof dims === 'object' && dims !== null) for (const [name, size] of Object.entries(dims)) if (typeof size === 'number') sizes.set(name, size);
  for (const { compiled } of source.analysis.parts) {
    for (const v of compiled.program.variables.values()) {
      if (!Object.hasOwn(json, v.name)) continue;
      const a = arrayOf(v.name, json[v.name], source);
      for (const [dim, size] of [[v.shape.rows, a.rows], [v.shape.cols, a.cols]] as const) if (/^[\p{L}_][\p{L}\p{N}_]*$/u.test(dim.key)) sizes.set(dim.key, size);
    }
  }
  if (sizes.size === 0) return undefined;
  const again = sourceOf(source.file, `${source.text}\ndim ${[...sizes].map(([name, size]) => `${name} = ${size}`).join(', ')}\n`);
  return diagnosticsOf(again).some((d) => d.severity === 'error') ? undefined : again;
}

function namesIn({ program, request }: Chosen, wrt: string | undefined): Set<string> {
  const names = termNames(program, request.ofTerm);
  if (wrt !== undefined) names.add(wrt);
  return names;
}

function expressions(source: Source, json: Record<string, unknown>): Pick<Result, 'json' | 'text'> {
  const results: unknown[] = [];
  for (const part of source.analysis.parts) {
    const program = part.compiled.program;
    const w = workspaceOf(program);
    for (const request of program.requests) {
      const point = pointOf(program, json, termNames(program, request.term), source);
      const text = program.text.slice(request.range.start, request.range.end);
      results.push({ text, value: arrayJson(at(source, { part, range: request.range }, () => evaluate(w.node(request.term), point))) });
    }
  }
  return { json: { results }, text: `${results.map((r) => JSON.stringify(r)).join('\n')}\n` };
}

/** Generated code lets NaN and Infinity through; the interpreter says where they come from. */
function named(chosen: Chosen, point: Point, order: number, result: Evaluated): Evaluated {
  if ([...result.value.data, ...(result.derivative?.data ?? [])].every(Number.isFinite)) return result;
  interpreted(chosen, point, order);
  throw new RangeError(`${chosen.request.of} or its derivative is not a finite number`);
}

/** Walks the expression graph: the derivative is the operator that `derive` prints, applied to each basis direction. */
export function interpreted(chosen: Chosen, point: Point, order: number): Evaluated {
  const w = workspaceOf(chosen.program, chosen.request);
  const first = subjectOf(w, { ...chosen.request, kind: chosen.request.wrt.length === 0 ? 'value' : 'jacobian' });
  if (!first) return { value: arrayJson(evaluate(w.node(chosen.request.ofTerm), point)) };
  const subject = order === 2 ? subjectOf(w, { ...chosen.request, kind: 'hessian' }) ?? first : first;
  if (order === 2 && (first.of.shape.rows.key !== '1' || first.of.shape.cols.key !== '1')) fail(`${chosen.request.of} is not a scalar; --order 2 is for scalars`);
  const { of: [rows, cols], by: [p, q], data } = derivativeAt(w, subject, point);
  const shape = order === 2 ? [1, 1, rows, cols, p, q] : [rows, cols, p, q];
  return { value: arrayJson(evaluate(subject.value, point)), derivative: { shape, data: Array.from(data, (x) => x + 0) } };
}

function plain(out: Evaluated & { readonly of: string; readonly wrt?: string }): string {
  const show = (t: TensorJson): string => {
    const width = t.shape.at(-1) ?? 1;
    const lines: string[] = [];
    for (let i = 0; i < t.data.length; i += width) lines.push(t.data.slice(i, i + width).map((x) => String(x)).join('  '));
    return lines.map((l) => `  ${l}`).join('\n');
  };
  const value = `${out.of} (${out.value.shape.join('×')}) =\n${show(out.value)}`;
  return out.derivative ? `${value}\n${titleOf(out.of, out.derivative.shape.length > 4 ? 'hessian' : 'jacobian', [out.wrt ?? ''])} (${out.derivative.shape.join('×')}) =\n${show(out.derivative)}` : value;
}
