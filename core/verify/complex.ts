/**
 * The complex step: Im F(X + ihV)/h is DF(X)[V] to rounding, with no difference of nearby values (Squire & Trapp 1998).
 * A third way to the derivative, in float64, beside the 64-digit differences and the engine's formula; it shares code with neither.
 */
import { evaluateDim, type Dim } from '../algebra/dim';
import type { Program } from '../algebra/program';
import type { SliceItem, Term } from '../algebra/term';
import type { Point, Sizes, Values } from '../numeric/points';
import { derivativeC } from './complex-derivative';
import { complex, expC, logC, powC, timesC } from './complex-numbers';
import { exponentialC, logarithmC, matrixPowerC } from './complex-functions';
import { addC, entryC, isScalarC, mapC, mulC, numberC, scalarC, tabulateC, transposeC, zerosC, type ComplexMatrix } from './complex-matrix';
import { COMPLEX_OPERATORS } from './complex-operators';
import { OutsideDomain } from './oracle-matrix';

/** Small enough for its square to vanish beside 1, large enough to stay a normal number. */
const STEP = 1e-30;

type Entries = ReadonlyMap<string, ComplexMatrix>;

/** The entries of DF(X)[V], row-major. @throws OutsideDomain with the reason where F has no complex version here */
export function complexStep(program: Program, of: Term, wrt: string, sizes: Sizes, values: Values, V: Point): readonly number[] {
  const moved: Entries = new Map([...values].map(([name, A]) => [name, { rows: A.rows, cols: A.cols, data: A.data.map((x, k) => complex(Number(x), name === wrt ? STEP * Number(V.data[k]) : 0)) }]));
  return evaluateComplex(program, of, sizes, moved).data.map((x) => x.im / STEP);
}

/** x, and how it is moved. */
export interface Movement { readonly name: string; readonly along: Point }

/**
 * D²F(X)[W, V], row-major: the complex step along V at points a little way along W on the real axis, differenced with error O(δ⁴).
 * Another way than second differences of F, and in other arithmetic. `reach` is δ in units of W. @throws OutsideDomain as `complexStep` does
 */
export function complexStepTwice(program: Program, of: Term, real: Movement, imaginary: Movement, sizes: Sizes, values: Values, reach: number): readonly number[] {
  const along = (k: number): readonly number[] => {
    const shift = (name: string, i: number): number => (name === real.name ? k * reach * Number(real.along.data[i]) : 0);
    const step = (name: string, i: number): number => (name === imaginary.name ? STEP * Number(imaginary.along.data[i]) : 0);
    const moved: Entries = new Map([...values].map(([name, A]) => [name, { rows: A.rows, cols: A.cols, data: A.data.map((x, i) => complex(Number(x) + shift(name, i), step(name, i))) }]));
    return evaluateComplex(program, of, sizes, moved).data.map((x) => x.im / STEP);
  };
  const [before2, before, after, after2] = [along(-2), along(-1), along(1), along(2)];
  return before.map((b, i) => (8 * ((after[i] ?? NaN) - b) - ((after2[i] ?? NaN) - (before2[i] ?? NaN))) / (12 * reach));
}

/** How often a function may be evaluated for the derivatives inside it. */
const MOST_EVALUATIONS = 6000;

/** @throws OutsideDomain for what is not analytic, and where a value does not exist. */
export function evaluateComplex(program: Program, root: Term, sizes: Sizes, values: Entries): ComplexMatrix {
  return evaluateWithin(program, root, sizes, values, new Map(), { left: MOST_EVALUATIONS });
}

/** @param budget evaluations that are left for derivatives inside, and inside those */
function evaluateWithin(program: Program, root: Term, sizes: Sizes, values: Entries, outer: ReadonlyMap<string, number>, budget: { left: number }): ComplexMatrix {
  const size = (d: Dim): number => evaluateDim(d, sizes);
  const references = new Map<string, ComplexMatrix>();

  function go(t: Term, indices: ReadonlyMap<string, number>): ComplexMatrix {
    const sub = (x: Term): ComplexMatrix => go(x, indices);
    switch (t.kind) {
      case 'number': return scalarC(complex(Number(t.value.n) / Number(t.value.d)));
      case 'constant': return scalarC(complex(Math.PI));
      case 'variable': return valueOf(t.name);
      case 'dimension': return scalarC(complex(size(t.dim)));
      case 'index': return scalarC(complex(indices.get(t.name) ?? NaN));
      case 'reference': return reference(t.name);
      case 'apply': {
        const f = COMPLEX_OPERATORS.get(t.op);
        if (!f) throw new OutsideDomain(`${t.op} has no version over the complex numbers`);
        return f(t.args.map(sub), t.dims.map(size));
      }
      case 'power': {
        const base = sub(t.base);
        const elementwise = t.elementwise || isScalarC(base);
        if ('n' in t.exponent) {
          const p = Number(t.exponent.n) / Number(t.exponent.d);
          return elementwise ? mapC(base, (x) => powC(x, p)) : matrixPowerC(base, p);
        }
        const p = numberC(sub(t.exponent));
        if (!elementwise) return p.im === 0 ? matrixPowerC(base, p.re) : exponentialC(mulC(scalarC(p), logarithmC(base)));
        return mapC(base, (x) => (p.im === 0 ? powC(x, p.re) : expC(timesC(p, logC(x)))));
      }
      case 'slice': {
        const A = sub(t.arg);
        const [rows, cols] = [positions(t.rows, A.rows, sub), positions(t.cols, A.cols, sub)];
        return tabulateC(rows.length, cols.length, (i, j) => entryC(A, rows[i] ?? -1, cols[j] ?? -1));
      }
      case 'blocks': {
        const beside = (A: ComplexMatrix, B: ComplexMatrix): ComplexMatrix => tabulateC(A.rows, A.cols + B.cols, (i, j) => (j < A.cols ? entryC(A, i, j) : entryC(B, i, j - A.cols)));
        return t.rows.map((row) => row.map(sub).reduce(beside)).reduce((A, B) => transposeC(beside(transposeC(A), transposeC(B))));
      }
      case 'finiteSum': {
        let total = zerosC(size(t.shape.rows), size(t.shape.cols));
        for (let i = size(t.from); i <= size(t.to); i++) total = addC(total, go(t.body, new Map([...indices, [t.index, i]])));
        return total;
      }
      case 'derivative': return derivativeC(t, {
        at: (moved) => {
          if (--budget.left < 0) throw new OutsideDomain('the derivatives inside the function take too many evaluations');
          return evaluateWithin(program, t.of, sizes, new Map([...values, ...moved]), indices, budget);
        },
        value: valueOf,
        words: (name) => program.variables.get(name)?.words ?? new Set(),
        argument: (k) => { const given = t.args[k]; if (!given) throw new OutsideDomain(`${t.op} without its direction`); return sub(given); },
      });
      case 'formal': throw new OutsideDomain(`${t.name} has no body`);
    }
  }
  const positions = (item: SliceItem, length: number, sub: (t: Term) => ComplexMatrix): readonly number[] => {
    switch (item.kind) {
      case 'all': return Array.from({ length }, (_, k) => k);
      case 'at': return [numberC(sub(item.index)).re - 1];
      case 'range': return Array.from({ length: Math.max(0, size(item.to) - size(item.from) + 1) }, (_, k) => size(item.from) - 1 + k);
    }
  };
  const valueOf = (name: string): ComplexMatrix => {
    const v = values.get(name);
    if (!v) throw new OutsideDomain(`${name} has no value`);
    return v;
  };
  const reference = (name: string): ComplexMatrix => {
    const known = references.get(name);
    if (known) return known;
    const body = program.definitions.get(name)?.body;
    if (!body) throw new OutsideDomain(`${name} is not defined`);
    const value = go(body, new Map());
    references.set(name, value);
    return value;
  };
  const value = go(root, outer);
  if (value.data.some((x) => !Number.isFinite(x.re) || !Number.isFinite(x.im))) throw new OutsideDomain('the value overflows float64');
  return value;
}
