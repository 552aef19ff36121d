/**
 * Derivatives that stand inside a function, over the complex numbers: real differences of order eight at points that are moved along the imaginary axis.
 * With them the complex step reaches third derivatives, by another way and in other arithmetic than nested 64-digit differences.
 */
import type { StructureWord } from '../algebra/program';
import type { DerivativeTerm } from '../algebra/term';
import { complex, plusC, scaleC, type Complex } from './complex-numbers';
import { addC, innerC, numberC, scalarC, stretchC, subC, tabulateC, unvecC, vecC, type ComplexMatrix } from './complex-matrix';
import { num } from './oracle-decimal';
import { matrix, OutsideDomain, unit } from './oracle-matrix';
import { projected } from './oracle-projection';

/** What a derivative needs to know of where it stands. */
export interface Place {
  /** The function with some variables moved. */
  at(moved: ReadonlyMap<string, ComplexMatrix>): ComplexMatrix;
  value(name: string): ComplexMatrix;
  words(name: string): ReadonlySet<StructureWord>;
  argument(k: number): ComplexMatrix;
}

/** Relative steps, the first at which it and half of it agree. */
const STEPS = [0.02, 0.004, 8e-4] as const;
/** To this much of the result, real and imaginary parts apart. */
const AGREE = 1e-7;
/** Weights of f(kh) - f(-kh) and of f(kh) + f(-kh), with error O(h⁸) (Fornberg 1988, tables 1 and 2). */
const FIRST = [4 / 5, -1 / 5, 4 / 105, -1 / 280] as const;
const SECOND = [8 / 5, -1 / 5, 8 / 315, -1 / 560] as const;
const MIDDLE = -205 / 72;

const size = (xs: readonly number[]): number => xs.reduce((m, x) => Math.max(m, Math.abs(x)), 0);
const real = (A: ComplexMatrix): number => size(A.data.map((x) => x.re));
const imaginary = (A: ComplexMatrix): number => size(A.data.map((x) => x.im));

/** Both parts agree, or differ by what rounding of F leaves. */
function close(A: ComplexMatrix, B: ComplexMatrix, F: ComplexMatrix): boolean {
  const D = subC(A, B);
  return real(D) <= AGREE * Math.max(real(A), real(F)) && imaginary(D) <= AGREE * Math.max(imaginary(A), imaginary(F));
}

type Along = (t: number) => ComplexMatrix;
const first = (F: Along, h: number): ComplexMatrix => FIRST.map((w, i) => stretchC(subC(F((i + 1) * h), F(-(i + 1) * h)), w / h)).reduce(addC);
const second = (F: Along, h: number, middle: ComplexMatrix): ComplexMatrix =>
  SECOND.map((w, i) => stretchC(addC(F((i + 1) * h), F(-(i + 1) * h)), w / (h * h))).reduce(addC, stretchC(middle, MIDDLE / (h * h)));

/** @throws OutsideDomain where no step is both small and large enough */
function settled(difference: (h: number) => ComplexMatrix, F: ComplexMatrix): ComplexMatrix {
  for (const h of STEPS) {
    try {
      const [coarse, fine] = [difference(h), difference(h / 2)];
      if (close(coarse, fine, F)) return fine;
    } catch (error) {
      // A step that leaves the domain is too long.
      if (!(error instanceof OutsideDomain) || h === STEPS[STEPS.length - 1]) throw error;
    }
  }
  throw new OutsideDomain('differences in float64 do not settle for the derivative inside the function');
}

/** The derivative's value. @throws OutsideDomain where it has none here */
export function derivativeC(term: DerivativeTerm, place: Place): ComplexMatrix {
  const [x = '', y = x] = term.wrt;
  const X = place.value(x);
  for (const name of [x, y]) if (place.words(name).has('orthogonal')) throw new OutsideDomain('the tangent space of an orthogonal variable moves with it');
  const middle = place.at(new Map());

  /** Projected on the linear space of the variable; real and imaginary parts apart. */
  const project = (name: string, E: ComplexMatrix): ComplexMatrix => {
    const words = place.words(name);
    const at = place.value(name);
    const point = matrix(at.rows, at.cols, () => num(0));
    const part = (of: (x: Complex) => number) => projected(words, point, matrix(E.rows, E.cols, (i, j) => num(of(E.data[i * E.cols + j] as Complex))));
    const [re, im] = [part((z) => z.re), part((z) => z.im)];
    return { ...E, data: re.data.map((z, k) => complex(z.toNumber(), im.data[k]?.toNumber() ?? 0)) };
  };
  const directions = (name: string): readonly ComplexMatrix[] => {
    const A = place.value(name);
    return Array.from({ length: A.rows * A.cols }, (_, k) => {
      const E = unit(A.rows, A.cols, k % A.rows, Math.floor(k / A.rows));
      return project(name, { rows: A.rows, cols: A.cols, data: E.data.map((z) => complex(z.toNumber())) });
    });
  };
  /** The length of a step along V: relative to the variable. */
  const reach = (name: string, V: ComplexMatrix): number => {
    const [a, v] = [real(place.value(name)), real(V)];
    return (a === 0 ? 1 : a) / (v === 0 ? 1 : v);
  };
  const moved = (...moves: readonly (readonly [name: string, V: ComplexMatrix, t: number])[]): ReadonlyMap<string, ComplexMatrix> => {
    const out = new Map<string, ComplexMatrix>();
    for (const [name, V, t] of moves) out.set(name, addC(out.get(name) ?? place.value(name), stretchC(V, t)));
    return out;
  };
  const along = (name: string, V: ComplexMatrix): ComplexMatrix => {
    const r = reach(name, V);
    return stretchC(settled((h) => first((t) => place.at(moved([name, V, t * r])), h), middle), 1 / r);
  };
  /** D²F[V, W] by polarisation. */
  const twice = (V: ComplexMatrix, W: ComplexMatrix): Complex => {
    const [a, b] = [reach(x, V), reach(y, W)];
    const line = (sign: 1 | -1): ComplexMatrix => settled((h) => second((t) => place.at(moved([x, V, t * a], [y, W, sign * t * b])), h, middle), middle);
    return scaleC(plusC(numberC(line(1)), scaleC(numberC(line(-1)), -1)), 1 / (4 * a * b));
  };
  const inShape = (entries: readonly Complex[]): ComplexMatrix => unvecC({ rows: entries.length, cols: 1, data: entries }, X.rows, X.cols);

  switch (term.op) {
    case 'diff': return along(x, project(x, place.argument(0)));
    case 'grad': return middle.rows === 1 && middle.cols === 1 ? inShape(directions(x).map((E) => numberC(along(x, E)))) : along(x, scalarC(complex(1)));
    case 'vjp': {
      const Y = place.argument(0);
      return inShape(directions(x).map((E) => innerC(Y, along(x, E))));
    }
    case 'jacobian': {
      const columns = directions(x).map((E) => along(x, E));
      const [only] = columns;
      if (only && columns.length === 1) return only;
      const all = columns.map(vecC);
      return tabulateC(all[0]?.rows ?? 0, all.length, (i, j) => all[j]?.data[i] ?? complex(NaN));
    }
    case 'hvp': {
      const v = project(y, place.argument(0));
      return inShape(directions(x).map((E) => twice(E, v)));
    }
    case 'hessian': {
      const [rows, cols] = [directions(x), directions(y)];
      return tabulateC(rows.length, cols.length, (i, j) => twice(rows[i] as ComplexMatrix, cols[j] as ComplexMatrix));
    }
  }
}
