/** The 64-digit judge: where float64 disagrees, conditioning or a mistake; and a share of all programs beyond doubt. */
import type { Program, ProgramRequest } from '../../core/algebra/program';
import type { Term } from '../../core/algebra/term';
import type { NumericArray } from '../../core/numeric/array';
import { SCALAR } from '../../core/algebra/dim';
import { createOracle, OutsideDomain, type Num, type Oracle } from '../../core/verify/oracle';
import { num, ZERO } from '../../core/verify/oracle-decimal';
import { unit } from '../../core/verify/oracle-matrix';
import type { FuzzPoint } from './point';

/** Each entry that is expected, as a combination of the derivative's entries: index and weight. */
export type Wanted = readonly (readonly (readonly [number, number])[])[];

const decimal = (values: ReadonlyMap<string, NumericArray>) =>
  new Map([...values].map(([name, a]) => [name, { rows: a.rows, cols: a.cols, data: Array.from(a.data, String) }] as const));

/** Nearer to where F stops being differentiable its differences say nothing. */
const AT_A_KINK = 1e-10;

/** The derivative's entries, F's row by row, each with the variable's row by row; undefined where F has none at the point. */
export function exactDerivative(program: Program, request: ProgramRequest, at: FuzzPoint): readonly Num[] | undefined {
  const [x = '', y = x] = request.wrt;
  return attempt(() => {
    const oracle = createOracle(program, at.sizes, decimal(at.values));
    if (atKink(program, request.ofTerm, at)) return undefined;
    const columns = basis(oracle, y);
    if (request.kind === 'hessian') return basis(oracle, x).flatMap((R) => columns.map((C) => oracle.differentiateTwice(request.ofTerm, [x, y], [R, C]).data[0] ?? ZERO));
    const along = columns.map((E) => oracle.differentiate(request.ofTerm, x, E).data);
    return (along[0] ?? []).flatMap((_, r) => along.map((d) => d[r] ?? ZERO));
  });
}
/** F stops being differentiable here, or has no value at 64 digits. */
export const atKink = (program: Program, F: Term, at: FuzzPoint): boolean => attempt(() => {
  const oracle = createOracle(program, at.sizes, decimal(at.values));
  oracle.evaluate(F);
  return oracle.nearness().margin < AT_A_KINK;
}) ?? true;

const basis = (oracle: Oracle, name: string) => {
  const X = oracle.value(name);
  return Array.from({ length: X.rows * X.cols }, (_, c) => oracle.project(name, unit(X.rows, X.cols, Math.floor(c / X.cols), c % X.cols)));
};

/** F's value; undefined at a kink or outside the domain. */
export const exactValue = (program: Program, F: Term, at: FuzzPoint): readonly number[] | undefined =>
  attempt(() => { const oracle = createOracle(program, at.sizes, decimal(at.values)); const value = oracle.evaluate(F); return oracle.nearness().margin < AT_A_KINK ? undefined : value.data.map(Number); });

/** Differences of a function that is made of numbers about 1 are rounding below this: what is exactly 0 comes out so. */
const ROUNDING = '1e-38';

/** Digits on which a printed text and the derivative agree at 64 digits; undefined where either has no value. */
export function exactDigits(D: readonly Num[], view: Program, term: Term, at: FuzzPoint, given: ReadonlyMap<string, NumericArray>, wanted: Wanted): number | undefined {
  const got = attempt(() => createOracle(view, at.sizes, decimal(new Map([...at.values, ...given]))).evaluate(term).data);
  if (!got) return undefined;
  if (got.length !== wanted.length) return 0;
  const largest = (xs: readonly Num[]): Num => xs.reduce((m, v) => (v.abs().gt(m) ? v.abs() : m), ZERO);
  const want = wanted.map((sum) => sum.reduce((s, [at, w]) => s.plus((D[at] ?? ZERO).times(num(w))), ZERO));
  const off = largest(got.map((g, i) => g.minus(want[i] ?? ZERO)));
  const size = [largest(want), largest(D).times('1e-6'), smallest(view, term)].reduce((a, b) => (a.gt(b) ? a : b));
  if (off.isZero() || (off.lte(ROUNDING) && largest(want).lte(ROUNDING))) return 64;
  return -off.div(size).log().toNumber();
}

/** Below this a difference is noise: points are orthogonal in float64 alone, and derivatives within F are taken by differences. */
function smallest(program: Program, term: Term): Num {
  if ([...program.variables.values()].some((v) => v.words.has('orthogonal'))) return num(1);
  const oracle = createOracle(program, new Map(), new Map());
  const plain = oracle.digits({ kind: 'constant', name: 'pi', shape: SCALAR, range: term.range });
  return [term, ...[...program.definitions.values()].map((d) => d.body)].some((t) => oracle.digits(t) < plain) ? num('1e-12') : num('1e-30');
}

function attempt<T>(f: () => T): T | undefined {
  try {
    return f();
  } catch (error) {
    if (error instanceof OutsideDomain) return undefined;
    throw error;
  }
}
