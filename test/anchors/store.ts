/**
 * Makes `test/data/anchors.json`: value, first and (of scalars) second derivative of each problem at a drawn point, by 64-digit central
 * differences of the function as it is written. No rule, identity or kernel of the engine has a part in these numbers.
 * `node scripts/anchors.mjs` writes the file again.
 */
import { isScalar } from '../../core/algebra/dim';
import { resolve } from '../../core/algebra/resolve';
import { createOracle, type Matrix } from '../../core/verify/oracle';
import { numberOf } from '../../core/verify/oracle-matrix';
import { parse } from '../../core/syntax/parse';
import { directions, drawPoint } from '../fuzz/point';
import { randomFrom } from '../fuzz/random';
import { problems } from './problems';
import { num } from '../../core/verify/oracle-decimal';

export interface Stored {
  readonly sizes: Readonly<Record<string, number>>;
  readonly values: Readonly<Record<string, { readonly rows: number; readonly cols: number; readonly data: readonly number[] }>>;
  readonly value: { readonly rows: number; readonly cols: number; readonly data: readonly number[] };
  /** derivative[r*pq + c]: entry r of F, row by row, along the projected basis matrix of entry c of X. */
  readonly derivative: readonly number[];
  readonly second?: readonly number[];
}
const SEED = 75;
const numbers = (A: Matrix): number[] => A.data.map((x) => x.toNumber());

export function stored(): Record<string, Stored> {
  const out: Record<string, Stored> = {};
  problems.forEach((p, k) => {
    const program = resolve(parse(`${p.text}\n${p.by}`));
    const errors = program.diagnostics.filter((d) => d.severity === 'error');
    const F = program.definitions.get('F');
    if (errors.length > 0 || !F) throw new Error(`${p.id}: ${errors[0]?.message ?? 'no F'}`);
    const at = drawPoint(program, 0, randomFrom(SEED + k));
    const values = new Map([...at.values].map(([name, v]) => [name, { rows: v.rows, cols: v.cols, data: Array.from(v.data, String) }]));
    const oracle = createOracle(program, at.sizes, values);
    const exact = (v: { readonly rows: number; readonly cols: number; readonly data: ArrayLike<number> }): Matrix => ({ rows: v.rows, cols: v.cols, data: Array.from(v.data, (x) => num(x)) });
    // Projected in 64 digits: a direction off the space would leave it.
    const X = oracle.value(p.by);
    const E = directions(program, p.by, at).map((_, c) => oracle.project(p.by, exact({ rows: X.rows, cols: X.cols, data: Array.from({ length: X.rows * X.cols }, (_x, e) => (e === c ? 1 : 0)) })));
    const value = oracle.evaluate(F.body);
    const columns = E.map((V) => oracle.differentiate(F.body, p.by, V));
    const derivative = Array.from({ length: value.data.length * E.length }, (_, e) => columns[e % E.length]?.data[Math.floor(e / E.length)]?.toNumber() ?? NaN);
    const second = isScalar(F.body.shape) && p.firstOnly !== true
      ? E.flatMap((V) => E.map((W) => numberOf(oracle.differentiateTwice(F.body, [p.by, p.by], [V, W])).toNumber())) : undefined;
    out[p.id] = {
      sizes: Object.fromEntries(at.sizes),
      values: Object.fromEntries([...at.values].map(([name, v]) => [name, { rows: v.rows, cols: v.cols, data: Array.from(v.data) }])),
      value: { rows: value.rows, cols: value.cols, data: numbers(value) }, derivative, ...(second ? { second } : {}),
    };
  });
  return out;
}
