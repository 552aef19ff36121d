/**
 * The value of a resolved term in float64, operator by operator as it is written: no graph, no identities, no calculus.
 * Derivatives inside a term are five-point differences.
 */
import { evaluateDim } from '../../core/algebra/dim';
import type { Program } from '../../core/algebra/program';
import { toNumber } from '../../core/algebra/rational';
import type { SliceItem, Term } from '../../core/algebra/term';
import { array, isScalar, scalar, value, type NumericArray } from '../../core/numeric/array';
import { NumericError } from '../../core/numeric/error';
import { implementations } from '../../core/numeric/operators';
import { tabulate, transpose } from '../../core/numeric/operators/arrangements';
import { map, realPower } from '../../core/numeric/operators/elementwise';
import { power } from '../../core/numeric/operators/matrices';
import { largest } from './outcome';
import { directions, moved, project, type FuzzPoint } from './point';

/** The largest number that occurs while a term is evaluated as it is written; infinite where one is beyond doubles. */
export function extent(program: Program, root: Term, at: FuzzPoint): number {
  let most = 0;
  try {
    naive(program, root, at, (a) => { most = Math.max(most, largest(a.data)); });
  } catch (error) {
    if (error instanceof NumericError) return Infinity;
    throw error;
  }
  return most;
}

/** @param see is shown the value of every part */
export function naive(program: Program, root: Term, at: FuzzPoint, see?: (part: NumericArray) => void): NumericArray {
  const size = (d: Parameters<typeof evaluateDim>[0]): number => evaluateDim(d, at.sizes);
  const references = new Map<string, NumericArray>();
  const go = (t: Term, indices: ReadonlyMap<string, number>): NumericArray => {
    const made = read(t, indices);
    see?.(made);
    return made;
  };
  const read = (t: Term, indices: ReadonlyMap<string, number>): NumericArray => {
    switch (t.kind) {
      case 'number': return scalar(toNumber(t.value));
      case 'constant': return scalar(Math.PI);
      case 'variable': {
        const v = at.values.get(t.name);
        if (!v) throw new NumericError(t.name, 'has no value');
        return v;
      }
      case 'dimension': return scalar(size(t.dim));
      case 'index': return scalar(indices.get(t.name) ?? NaN);
      case 'reference': {
        const old = references.get(t.name);
        if (old) return old;
        const body = program.definitions.get(t.name)?.body;
        if (!body) throw new NumericError(t.name, 'is not defined');
        const made = go(body, new Map());
        references.set(t.name, made);
        return made;
      }
      case 'apply': {
        if (t.op === 'max' || t.op === 'min') {
          if (t.args.length === 1) { const a = go(t.args[0] as Term, indices); return scalar(a.data.reduce((x, y) => (t.op === 'max' ? Math.max(x, y) : Math.min(x, y)))); }
        }
        const f = implementations.get(t.op);
        if (!f) throw new Error(`the fuzzer does not know ${t.op}`);
        return finite(t.op, f(t.args.map((a) => go(a, indices)), t.dims.map(size)));
      }
      case 'power': {
        const base = go(t.base, indices);
        const p = 'kind' in t.exponent ? value(go(t.exponent, indices)) : toNumber(t.exponent);
        return finite('^', t.elementwise || isScalar(base) ? map(base, (x) => realPower(x, p)) : power(base, p));
      }
      case 'slice': {
        const a = go(t.arg, indices);
        const rows = positions(t.rows, a.rows, indices);
        const cols = positions(t.cols, a.cols, indices);
        return tabulate(rows.length, cols.length, (i, j) => a.data[(rows[i] ?? NaN) * a.cols + (cols[j] ?? NaN)] ?? NaN);
      }
      case 'blocks': return t.rows.map((row) => row.map((b) => go(b, indices)).reduce(beside)).reduce((a, b) => transpose(beside(transpose(a), transpose(b))));
      case 'finiteSum': {
        let total: NumericArray | undefined;
        for (let i = size(t.from); i <= size(t.to); i++) {
          const term = go(t.body, new Map([...indices, [t.index, i]]));
          total = total ? plus(total, term, 1) : term;
        }
        return total ?? scalar(0);
      }
      case 'derivative': return nested(program, t, at, (a) => go(a, indices));
      case 'formal': throw new NumericError(t.name, 'has no body');
    }
  };
  const positions = (item: SliceItem, length: number, indices: ReadonlyMap<string, number>): number[] => {
    switch (item.kind) {
      case 'all': return Array.from({ length }, (_, i) => i);
      case 'at': return [value(go(item.index, indices)) - 1];
      case 'range': { const from = size(item.from); return Array.from({ length: size(item.to) - from + 1 }, (_, i) => from - 1 + i); }
    }
  };
  return go(root, new Map());
}

const beside = (a: NumericArray, b: NumericArray): NumericArray => tabulate(a.rows, a.cols + b.cols, (i, j) => (j < a.cols ? a.data[i * a.cols + j] : b.data[i * b.cols + j - a.cols]) ?? NaN);
export const plus = (a: NumericArray, b: NumericArray, by: number): NumericArray => array(a.rows, a.cols, a.data.map((x, i) => x + by * (b.data[i] ?? NaN)));

function finite(op: string, a: NumericArray): NumericArray {
  for (const x of a.data) if (!Number.isFinite(x)) throw new NumericError(op, 'is not finite');
  return a;
}

/** d/dh f(X + h V) at 0, by the five-point formula. */
export function along(f: (p: FuzzPoint) => NumericArray, at: FuzzPoint, name: string, V: NumericArray, h = 1e-3): NumericArray {
  const [a, b, c, d] = [-2, -1, 1, 2].map((k) => f(moved(at, name, V, k * h))) as [NumericArray, NumericArray, NumericArray, NumericArray];
  return array(a.rows, a.cols, a.data.map((_, i) => ((a.data[i] ?? NaN) - 8 * (b.data[i] ?? NaN) + 8 * (c.data[i] ?? NaN) - (d.data[i] ?? NaN)) / (12 * h)));
}

function nested(program: Program, t: Term & { kind: 'derivative' }, at: FuzzPoint, go: (t: Term) => NumericArray): NumericArray {
  const [x = '', y = x] = t.wrt;
  const f = (p: FuzzPoint): NumericArray => naive(program, t.of, p);
  const X = at.values.get(x) as NumericArray;
  const shaped = (entries: readonly number[]): NumericArray => array(X.rows, X.cols, Float64Array.from(entries));
  const each = (p: FuzzPoint): NumericArray[] => directions(program, x, p).map((E) => along(f, p, x, E));
  const dot = (a: NumericArray, b: NumericArray): number => a.data.reduce((n, v, i) => n + v * (b.data[i] ?? NaN), 0);
  const projected = (name: string, E: NumericArray): NumericArray => project(program.variables.get(name)?.words ?? new Set(), at.values.get(name) as NumericArray, E);
  const within = directions(program, x, at);
  // Both slots of a second derivative are projected where it is asked for.
  const gradient = (p: FuzzPoint): NumericArray => shaped(within.map((E) => along(f, p, x, E).data[0] ?? NaN));
  const columns = (list: readonly NumericArray[]): NumericArray => list.map((d) => array(d.rows * d.cols, 1, transpose(d).data)).reduce(beside);
  const byColumns = (list: readonly NumericArray[], of: NumericArray): NumericArray[] => Array.from({ length: list.length }, (_, k) => list[(k % of.rows) * of.cols + Math.floor(k / of.rows)] as NumericArray);
  switch (t.op) {
    case 'diff': return along(f, at, x, projected(x, go(t.args[0] as Term)));
    case 'grad': return isScalar(X) ? along(f, at, x, scalar(1)) : gradient(at);
    case 'jacobian': return isScalar(X) ? along(f, at, x, scalar(1)) : columns(byColumns(each(at), X));
    case 'vjp': { const Y = go(t.args[0] as Term); return shaped(each(at).map((d) => dot(d, Y))); }
    case 'hvp': return along(gradient, at, y, projected(y, go(t.args[0] as Term)));
    case 'hessian': {
      const Y = at.values.get(y) as NumericArray;
      return columns(byColumns(directions(program, y, at).map((E) => along(gradient, at, y, E)), Y));
    }
  }
}
