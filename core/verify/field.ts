/**
 * Values of terms modulo the prime 2^31 - 1, exactly: a second oracle for what is rational. Two different rational expressions agree at a
 * random point with a probability of about their degree in 2^31 (Schwartz 1980, Zippel 1979), and derivatives are taken with nilpotents
 * instead of differences. Roots and absolute values are those of the field's squares; other functions have no value here.
 */
import { evaluateDim, isScalar, type Dim } from '../algebra/dim';
import type { Program, StructureWord } from '../algebra/program';
import type { DerivativeTerm, SliceItem, Term } from '../algebra/term';
import { addJ, base, jet, mulJ, negJ, ONE_JET, ZERO_JET, type Jet } from './field-jet';
import {
  columnF, entryF, identityF, inverseF, maskF, minusF, numberF, plusF, scalarF, scaleF, tabulateF, timesF, totalF, transposeF, unvecF, vecF, zipF, type FieldMatrix,
} from './field-matrix';
import { fromInteger, fromRationalF, invF, PRIME } from './field-numbers';
import { FIELD_OPERATORS, powerF } from './field-operators';
import { OutsideDomain } from './oracle-matrix';

export type { FieldMatrix } from './field-matrix';
export interface FieldPoint { readonly sizes: ReadonlyMap<string, number>; readonly values: ReadonlyMap<string, FieldMatrix> }
type Values = ReadonlyMap<string, FieldMatrix>;

/** E projected on the space that a variable of these words moves in, at X. */
export function projectF(words: ReadonlySet<StructureWord>, X: FieldMatrix, E: FieldMatrix): FieldMatrix {
  const has = (...list: readonly StructureWord[]): boolean => list.some((w) => words.has(w));
  if (E.cols === 1) return E;
  const half = (A: FieldMatrix): FieldMatrix => scaleF([invF(2)], A);
  if (has('orthogonal')) {
    const T = timesF(transposeF(X), E);
    return timesF(X, half(minusF(T, transposeF(T))));
  }
  if (has('diagonal') || (has('lower') && has('upper'))) return maskF(E, (i, j) => i === j);
  if (has('tridiagonal')) return maskF(E, (i, j) => Math.abs(i - j) <= 1);
  if (has('symmetric', 'posdef', 'possemidef')) return half(plusF(E, transposeF(E)));
  if (has('skew')) return half(minusF(E, transposeF(E)));
  return has('lower') ? maskF(E, (i, j) => i >= j) : has('upper') ? maskF(E, (i, j) => i <= j) : E;
}

/** A random point: each variable of its structure. `next` gives numbers from 0 to 1; squares stand for positive numbers. */
export function drawField(program: Program, sizes: ReadonlyMap<string, number>, next: () => number): FieldPoint {
  const number = (): Jet => jet(Math.floor(next() * PRIME));
  return {
    sizes, values: new Map([...program.variables.values()].map((v) => {
      const [m, n] = [evaluateDim(v.shape.rows, sizes), evaluateDim(v.shape.cols, sizes)];
      const has = (w: StructureWord): boolean => v.words.has(w);
      const raw = tabulateF(m, n, number);
      if (has('orthogonal')) { const K = minusF(raw, transposeF(raw)); return [v.name, timesF(inverseF(minusF(identityF(m), K)), plusF(identityF(m), K))]; }
      if (has('posdef') || has('possemidef')) return [v.name, timesF(transposeF(raw), raw)];
      return [v.name, has('positive') || has('nonnegative') ? zipF(raw, raw, mulJ) : projectF(v.words, raw, raw)];
    })),
  };
}

/** @throws OutsideDomain for what is not rational, and where a value does not exist. */
export function evaluateField(program: Program, root: Term, point: FieldPoint): FieldMatrix {
  const size = (d: Dim): number => evaluateDim(d, point.sizes);
  const wordsOf = (name: string): ReadonlySet<StructureWord> => program.variables.get(name)?.words ?? new Set();

  function go(t: Term, values: Values, indices: ReadonlyMap<string, number>): FieldMatrix {
    const sub = (x: Term): FieldMatrix => go(x, values, indices);
    switch (t.kind) {
      case 'number': return numberF(fromRationalF(t.value));
      case 'constant': throw new OutsideDomain('pi is not rational');
      case 'variable': return valueOf(values, t.name);
      case 'dimension': return numberF(fromInteger(size(t.dim)));
      case 'index': return numberF(fromInteger(indices.get(t.name) ?? 0));
      case 'reference': {
        const body = program.definitions.get(t.name)?.body;
        if (!body) throw new OutsideDomain(`${t.name} is not defined`);
        return go(body, values, new Map());
      }
      case 'apply': {
        const f = FIELD_OPERATORS.get(t.op);
        if (!f) throw new OutsideDomain(`${t.op} is not rational`);
        return f(t.args.map(sub), t.dims.map(size));
      }
      case 'power': {
        if ('kind' in t.exponent) throw new OutsideDomain('a power with a variable exponent is not rational');
        return powerF(sub(t.base), t.exponent.n, t.exponent.d, t.elementwise);
      }
      case 'slice': {
        const A = sub(t.arg);
        const [rows, cols] = [positions(t.rows, A.rows, sub), positions(t.cols, A.cols, sub)];
        return tabulateF(rows.length, cols.length, (i, j) => entryF(A, rows[i] ?? -1, cols[j] ?? -1));
      }
      case 'blocks': {
        const beside = (A: FieldMatrix, B: FieldMatrix): FieldMatrix => tabulateF(A.rows, A.cols + B.cols, (i, j) => (j < A.cols ? entryF(A, i, j) : entryF(B, i, j - A.cols)));
        return t.rows.map((row) => row.map(sub).reduce(beside)).reduce((A, B) => transposeF(beside(transposeF(A), transposeF(B))));
      }
      case 'finiteSum': {
        let total = tabulateF(size(t.shape.rows), size(t.shape.cols), () => ZERO_JET);
        for (let i = size(t.from); i <= size(t.to); i++) total = plusF(total, go(t.body, values, new Map([...indices, [t.index, i]])));
        return total;
      }
      case 'derivative': return derivative(t, values, (x, v) => go(x, v, indices));
      case 'formal': throw new OutsideDomain(`${t.name} has no body`);
    }
  }
  const positions = (item: SliceItem, length: number, sub: (t: Term) => FieldMatrix): readonly number[] => {
    switch (item.kind) {
      case 'all': return Array.from({ length }, (_, k) => k);
      case 'at': return [base(sub(item.index).data[0] ?? ZERO_JET) - 1];
      case 'range': return Array.from({ length: Math.max(0, size(item.to) - size(item.from) + 1) }, (_, k) => size(item.from) - 1 + k);
    }
  };

  type Go = (t: Term, values: Values) => FieldMatrix;
  /** DF(X)[V]: the part of F(X + εV) that a new ε stands before. */
  function along(f: (values: Values) => FieldMatrix, values: Values, name: string, V: FieldMatrix): FieldMatrix {
    const X = valueOf(values, name);
    const width = Math.max(1, ...[...values.values()].flatMap((A) => A.data.map((x) => x.length)), ...V.data.map((x) => x.length));
    const epsilon: Jet = [...new Array<number>(width).fill(0), 1, ...new Array<number>(width - 1).fill(0)];
    const moved = new Map([...values, [name, plusF(X, scaleF(epsilon, V))]]);
    const value = f(moved);
    return { ...value, data: value.data.map((x) => (x.length > width ? x.slice(width, 2 * width) : ZERO_JET)) };
  }
  const directions = (name: string, values: Values): FieldMatrix[] => {
    const X = valueOf(values, name);
    return Array.from({ length: X.rows * X.cols }, (_, k) => projectF(wordsOf(name), X, tabulateF(X.rows, X.cols, (i, j) => (i === k % X.rows && j === Math.floor(k / X.rows) ? ONE_JET : ZERO_JET))));
  };
  function derivative(t: DerivativeTerm, values: Values, at: Go): FieldMatrix {
    const [x = '', y = x] = t.wrt;
    const X = valueOf(values, x);
    const F = (v: Values): FieldMatrix => at(t.of, v);
    const argument = (): FieldMatrix => (t.args[0] ? at(t.args[0], values) : numberF(1));
    // Directions stay those of the point where they are given: on curved matrices D²f is projected, not the change of the projection taken.
    const within = directions(x, values);
    const gradient = (v: Values): FieldMatrix => unvecF(columnF(within.map((E) => entryF(along(F, v, x, E), 0, 0))), X.rows, X.cols);
    const inside = (name: string, E: FieldMatrix): FieldMatrix => projectF(wordsOf(name), valueOf(values, name), E);
    const matrix = (columns: readonly FieldMatrix[]): FieldMatrix => tabulateF(columns[0]?.data.length ?? 0, columns.length, (i, j) => entryF(vecF(columns[j] ?? numberF(0)), i, 0));
    switch (t.op) {
      case 'diff': return along(F, values, x, inside(x, argument()));
      case 'grad': return isScalar(t.of.shape) ? gradient(values) : along(F, values, x, scalarF(ONE_JET));
      case 'jacobian': return X.data.length === 1 && t.shape.cols.key !== '1' ? along(F, values, x, scalarF(ONE_JET)) : matrix(directions(x, values).map((E) => along(F, values, x, E)));
      case 'vjp': { const Y = argument(); return unvecF(columnF(directions(x, values).map((E) => totalF(zipF(Y, along(F, values, x, E), mulJ).data))), X.rows, X.cols); }
      case 'hvp': return along(gradient, values, y, inside(y, argument()));
      case 'hessian': return matrix(directions(y, values).map((E) => along(gradient, values, y, E)));
    }
  }
  const valueOf = (values: Values, name: string): FieldMatrix => {
    const v = values.get(name);
    if (!v) throw new OutsideDomain(`${name} has no value`);
    return v;
  };
  return go(root, point.values, new Map());
}

/** Whether two values are the same, nilpotent parts included. */
export const sameField = (A: FieldMatrix, B: FieldMatrix): boolean =>
  A.rows === B.rows && A.cols === B.cols && A.data.every((x, k) => addJ(x, negJ(B.data[k] ?? ZERO_JET)).every((c) => c === 0));
