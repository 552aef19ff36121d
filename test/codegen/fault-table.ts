/** What each generated function does at each fault, beside 64-digit values. */
import { evaluateDim, isScalar } from '../../core/algebra/dim';
import { resolve } from '../../core/algebra/resolve';
import { generateModule } from '../../core/codegen/generate';
import type { ManifestFunction, Target } from '../../core/codegen/generation';
import { generationInput } from '../../core/ide/generation';
import { parse } from '../../core/syntax/parse';
import { createOracle, OutsideDomain, type Matrix } from '../../core/verify/oracle';
import { num, type Num } from '../../core/verify/oracle-decimal';
import { FAULTS, pointAt, SIZES, type Fault, type FaultRow } from './fault-inputs';
import { argumentsOf, load } from './harness';

/**
 * v: the value within its bound; e: an error that says why; n: NaN or Infinity in the result; f: finite, where there is no derivative or
 * no reference (a kink; 64 digits that do not reach); WRONG: a wrong number without a word.
 */
export type Outcome = 'v' | 'e' | 'n' | 'f' | 'WRONG';
/** The usual step; where the variable is tiny, first those that are not tiny beside 1: 1 + 1e-150 is 1 at 64 digits, too. */
const STEPS = (fault: string): readonly (string | undefined)[] => {
  const tiny = /e-(\d+)/.exec(fault);
  return tiny ? [`1e${Number(tiny[1]) - 20}`, undefined] : [undefined];
};
const ROUNDINGS = 200, EPS = 2 ** -52, TINY = 5e-324;

export interface Prepared { readonly input: Exclude<ReturnType<typeof generationInput>, { refused: unknown }>; readonly program: ReturnType<typeof resolve> }
export function preparedRow(row: FaultRow): Prepared {
  const program = resolve(parse(row.text));
  const request = program.requests[0];
  const input = request && generationInput(program, request, false);
  if (!input || 'refused' in input || program.diagnostics.some((d) => d.severity === 'error')) throw new Error(`${row.title}: ${program.diagnostics.map((d) => d.message).join()}`);
  return { input, program };
}

/** A direction within the variable's structure, and a second one. */
function directions(words: ReadonlySet<string>, rows: number, cols: number): readonly [Float64Array, Float64Array] {
  const at = (seed: number) => Float64Array.from({ length: rows * cols }, (_, q) => {
    const [i, j] = [Math.floor(q / cols), q % cols];
    const [r, c] = ['symmetric', 'posdef'].some((w) => words.has(w)) && i < j ? [j, i] : [i, j];
    return words.has('lower') && i < j ? 0 : ((r * 5 + c * 3 + seed) % 7) / 4 - 0.7;
  });
  return [at(1), at(4)];
}
const big = (rows: number, cols: number, data: Float64Array): Matrix => ({ rows, cols, data: [...data].map((x) => num(x)) });
const inner = (a: readonly Num[], b: readonly Num[]): Num => a.reduce((s, x, i) => s.plus(x.times(b[i] ?? num(0))), num(0));
const byColumns = (a: Float64Array, rows: number, cols: number): number[] => Array.from({ length: rows * cols }, (_, q) => a[(q % rows) * cols + Math.floor(q / rows)] ?? NaN);

/** Within the bound of the entries' size, or where both are 0 or both overflow. `size` is the size of the terms that were added. */
function outcome(got: readonly number[], want: readonly Num[], size: readonly number[], condition: number): Outcome {
  if (got.some((g) => !Number.isFinite(g))) return 'n';
  const largest = Math.max(...want.map((w) => Math.abs(w.toNumber())), ...size);
  const bound = ROUNDINGS * EPS * condition * largest + 100 * TINY;
  return got.every((g, i) => num(g).minus(want[i] ?? num(NaN)).abs().toNumber() <= bound) ? 'v' : 'WRONG';
}

/** A target's module, and what one of its functions gives: its entries, or the text of its error. */
export interface Code { readonly functions: readonly ManifestFunction[]; readonly call: (f: ManifestFunction, inputs: Inputs) => readonly number[] | string }
export interface Inputs { readonly fault: string; readonly values: ReadonlyMap<string, Float64Array>; readonly direction: Float64Array | number | undefined }

/** What stands for the point of a fault: its arrays, and a function's direction. */
export function inputsAt(input: Prepared['input'], program: Prepared['program'], fault: Fault, f: ManifestFunction): Inputs {
  const values = new Map([...pointAt(fault)].map(([name, p]) => [name, Float64Array.from(p.data, Number)] as const));
  const [Y, V] = [cotangent(input), tangents(input, program)[0]];
  return { fault: fault.name, values, direction: f.kind === 'vjp' ? (isScalar(input.value.shape) ? Y[0] : Y) : V };
}
const cotangent = ({ value: { shape } }: Prepared['input']): Float64Array => Float64Array.from({ length: evaluateDim(shape.rows, SIZES) * evaluateDim(shape.cols, SIZES) }, (_, q) => (q % 3) - 0.75);
function tangents(input: Prepared['input'], program: Prepared['program']): readonly [Float64Array, Float64Array] {
  const variable = program.variables.get(input.wrt ?? '');
  if (!variable) throw new Error('no variable');
  return directions(variable.words, evaluateDim(variable.shape.rows, SIZES), evaluateDim(variable.shape.cols, SIZES));
}

/** The module in a target whose arrays are flat. */
export function flatCode({ input }: Prepared, target: Target): Code {
  const module = generateModule([input], { target });
  const program = load(module.text);
  return { functions: module.functions, call: (f, { values, direction }) => answered(() => { const made = program[f.name]?.(...argumentsOf(f, values, SIZES, direction)); return typeof made === 'number' ? [made] : [...(made ?? [])]; }) };
}
export function answered(f: () => readonly number[]): readonly number[] | string {
  try { return f(); } catch (error) { return error instanceof Error ? error.message : String(error); }
}

/** By target: a word a fault, a letter a function; one letter where they all agree. */
export function outcomes(row: FaultRow, codes: readonly Code[]): readonly string[] {
  const { input, program } = preparedRow(row);
  const cells = FAULTS.map((fault) => outcomesAt(row, fault, input, program, codes));
  const word = (list: readonly Outcome[]): string => (list.every((x) => x === list[0]) ? list[0] ?? '' : list.join(''));
  return codes.map((_, k) => cells.map((c) => word(c[k] ?? [])).join(' '));
}
function outcomesAt(row: FaultRow, fault: Fault, input: Prepared['input'], program: Prepared['program'], codes: readonly Code[]): readonly (readonly Outcome[])[] {
  const point = pointAt(fault);
  const oracle = createOracle(program, SIZES, point);
  const term = program.requests[0]?.ofTerm;
  const by = input.wrt ?? '';
  const variable = program.variables.get(by);
  const shape = point.get(by);
  if (!term || !variable || !shape) throw new Error('no variable');
  const [V, W] = tangents(input, program);
  const [bigV, bigW] = [big(shape.rows, shape.cols, V), big(shape.rows, shape.cols, W)];
  const tried = <T>(f: () => T): T | undefined => { try { return f(); } catch (error) { if (error instanceof OutsideDomain || error instanceof RangeError) return undefined; throw error; } };
  const none = row.unreferenced?.includes(fault.name) ?? false;
  const value = none ? undefined : tried(() => oracle.evaluate(term));
  // Steps in proportion to the variable, and, where that is tiny or huge beside the rest, others: those that two sizes of step agree on.
  const settled = (f: (step: Num | undefined) => Matrix): Matrix | undefined => {
    for (const step of STEPS(fault.name)) {
      const [one, other] = [tried(() => f(step === undefined ? undefined : num(step))), tried(() => f(step ? num(step).times(num(100)) : num('1e-19')))];
      if (!one || !other) continue;
      const size = one.data.reduce((s, x) => (x.abs().gt(s) ? x.abs() : s), num(0));
      // A difference of nothing says something only where the variable is 0 itself.
      if ((!size.isZero() || fault.name === 'zero') && one.data.every((x, i) => x.minus(other.data[i] ?? num(NaN)).abs().lte(size.times(1e-15)))) return one;
    }
    return undefined;
  };
  const along = value && settled((step) => oracle.differentiate(term, by, bigV, step));
  const twice = along && input.kind === 'hessian' ? settled((step) => oracle.differentiateTwice(term, [by, by], [bigV, bigW], step)) : undefined;
  const [rows, cols] = [evaluateDim(input.value.shape.rows, SIZES), evaluateDim(input.value.shape.cols, SIZES)];
  const Y = cotangent(input);
  return codes.map(({ functions, call }) => functions.map((f) => {
    const got = call(f, inputsAt(input, program, fault, f));
    if (typeof got === 'string') {
      if (/definite|singular|negative|positive|NaN|eigenvalue|does not exist|converge|determinant|defined|too small|too large|no real value/.test(got)) return 'e';
      throw new Error(`${row.title}, ${fault.name}, ${f.kind}: ${got}`);
    }
    if (got.some((g) => !Number.isFinite(g))) return 'n';
    const wanted = f.kind === 'value' ? value : f.kind === 'hessian' || f.kind === 'hvp' ? twice : along;
    if (!wanted) return 'f';
    const numbers = got.map((g) => num(g));
    const size = (a: readonly number[], b: ArrayLike<number>): number[] => [Math.max(...a.map((x, i) => Math.abs(x * (b[i] ?? 0))))];
    switch (f.kind) {
      case 'value': return outcome(got, wanted.data, [], fault.condition);
      case 'jvp': return outcome(got, wanted.data, [], fault.condition);
      case 'gradient': return outcome([inner(numbers, bigV.data).toNumber()], wanted.data, size(got, V), fault.condition);
      case 'vjp': { const y = [...Y].map((v) => num(v)); return outcome([inner(numbers, bigV.data).toNumber()], [inner(y, wanted.data)], size(got, V), fault.condition); }
      case 'hvp': return outcome([inner(numbers, bigW.data).toNumber()], wanted.data, size(got, W), fault.condition);
      default: {
        const [v, w] = [byColumns(V, shape.rows, shape.cols), byColumns(W, shape.rows, shape.cols)];
        const JV = Array.from({ length: got.length / v.length }, (_, r) => inner(numbers.slice(r * v.length, (r + 1) * v.length), v.map((x) => num(x))));
        const largest = [Math.max(...got.map(Math.abs))];
        if (f.kind === 'hessian') return outcome([inner(JV, w.map((x) => num(x))).toNumber()], wanted.data, largest, fault.condition);
        return outcome(JV.map((x) => x.toNumber()), byColumns(Float64Array.from(wanted.data, (x) => x.toNumber()), rows, cols).map((x) => num(x)), largest, fault.condition);
      }
    }
  }));
}
