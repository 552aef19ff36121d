/**
 * The 64-digit oracle: the value of a resolved term at a point, by plain algorithms that share nothing with the engine.
 * Derivatives inside terms are central differences. Load it lazily: `oracle-decimal.ts` brings mathjs.
 */
import { evaluateDim, isScalar, type Dim } from '../algebra/dim';
import type { Program, StructureWord } from '../algebra/program';
import { rational, type Rational } from '../algebra/rational';
import type { ApplyTerm, BlocksTerm, DerivativeTerm, PowerTerm, SliceItem, SliceTerm, Term } from '../algebra/term';
import type { Point } from '../numeric/points';
import { DIGITS, ONE, PI, ZERO, num, ratio, sumOf, type Num } from './oracle-decimal';
import { firstDifference, firstStep, isRough, secondDifference, secondStep, unitStep } from './oracle-differences';
import { matrixFunction, scalarPower } from './oracle-functions';
import { add, at, inner, isScalarSize, map, matrix, numberOf, OutsideDomain, scalar, scale, sub, unit, unvec, vec, zeros, type Matrix, type Watch } from './oracle-matrix';
import { createMemo } from './oracle-memo';
import { OPERATORS } from './oracle-operators';
import { projected } from './oracle-projection';

export { OutsideDomain, type Matrix } from './oracle-matrix';
export type { Num } from './oracle-decimal';

/** How near the point came to where something stops existing, worst first. */
export interface Nearness { readonly margin: number; readonly what: string }

export interface Oracle {
  /** `given` replaces or adds values. @throws OutsideDomain where the term has no value at the point. */
  evaluate(term: Term, given?: ReadonlyMap<string, Matrix>): Matrix;
  /** DF(X)[V], by central differences; `step` (relative) where the usual one is not wanted. */
  differentiate(term: Term, wrt: string, direction: Matrix, step?: Num): Matrix;
  /** D²F(X, Y)[V, W], the second derivative along V in the first variable and W in the second. */
  differentiateTwice(term: Term, wrt: readonly [string, string], directions: readonly [Matrix, Matrix], step?: Num): Matrix;
  /** F at the point moved by t·V in this variable. */
  shifted(term: Term, wrt: string, direction: Matrix, t: Num): Matrix;
  /** The variable's value. */
  value(name: string): Matrix;
  /** E projected on the variable's structure, at the point. */
  project(name: string, E: Matrix): Matrix;
  /** Digits that `evaluate` can be trusted to: fewer where derivatives stand inside the term. */
  digits(term: Term): number;
  /** The worst seen since the oracle was made. */
  nearness(): Nearness;
}

/** Digits of an evaluation without differences: a few of the 64 go to rounding. */
const PLAIN_DIGITS = DIGITS - 2;

interface Scope {
  readonly values: ReadonlyMap<string, Matrix>;
  readonly indices: ReadonlyMap<string, number>;
}

export const fromPoint = (p: Point): Matrix => ({ rows: p.rows, cols: p.cols, data: p.data.map((x) => num(x)) });
export const toPoint = (A: Matrix): Point => ({ rows: A.rows, cols: A.cols, data: A.data.map((x) => x.toString()) });
const fromRational = (q: Rational): Num => ratio(q.n, q.d);

/**
 * @param sizes of all dimension names
 * @param values of all variables that the terms use, with the sizes that `sizes` gives them
 */
export function createOracle(program: Program, sizes: ReadonlyMap<string, number>, values: ReadonlyMap<string, Point>): Oracle {
  let worst: Nearness = { margin: Infinity, what: '' };
  const watch: Watch = {
    near: (margin, what) => {
      if (margin < worst.margin) worst = { margin, what };
    },
  };
  const base: Scope = { values: new Map([...values].map(([name, p]) => [name, fromPoint(p)])), indices: new Map() };
  const memo = createMemo(program);
  const dim = (d: Dim): number => evaluateDim(d, sizes);
  const wordsOf = (name: string): ReadonlySet<StructureWord> => program.variables.get(name)?.words ?? new Set();

  const variable = (name: string, scope: Scope): Matrix => {
    const value = scope.values.get(name);
    if (!value) throw new OutsideDomain(`${name} has no value`);
    return value;
  };
  const moved = (scope: Scope, name: string, V: Matrix, t: Num): Scope => {
    const X = variable(name, scope);
    return { ...scope, values: new Map([...scope.values, [name, add(X, scale(V, t))]]) };
  };

  function evaluate(term: Term, scope: Scope): Matrix {
    switch (term.kind) {
      case 'number': return scalar(fromRational(term.value));
      case 'constant': return scalar(PI);
      case 'variable': return variable(term.name, scope);
      case 'dimension': return scalar(num(dim(term.dim)));
      case 'index': {
        const value = scope.indices.get(term.name);
        if (value === undefined) throw new OutsideDomain(`the index ${term.name} has no value`);
        return scalar(num(value));
      }
      case 'reference': return reference(term.name, scope);
      case 'apply': return memo.recall(term, scope.values, () => applied(term, scope));
      case 'power': return memo.recall(term, scope.values, () => {
        const smooth = evenPowerOf(term);
        if (smooth) return scalar(scalarPower(sumOf(evaluate(smooth.of, scope).data.map((x) => x.times(x))), fromRational(smooth.half), watch));
        const A = evaluate(term.base, scope);
        const p = 'n' in term.exponent ? fromRational(term.exponent) : numberOf(evaluate(term.exponent, scope));
        return within64('^', () => (term.elementwise || isScalarSize(A) ? map(A, (x) => scalarPower(x, p, watch)) : matrixFunction({ kind: 'power', exponent: p }, A, watch)));
      });
      case 'slice': return slice(term, scope);
      case 'blocks': return blocks(term, scope);
      case 'finiteSum': {
        let sum = zeros(dim(term.shape.rows), dim(term.shape.cols));
        for (let i = dim(term.from); i <= dim(term.to); i++)
          sum = add(sum, evaluate(term.body, { ...scope, indices: new Map([...scope.indices, [term.index, i]]) }));
        return sum;
      }
      case 'derivative': return memo.recall(term, scope.values, () => derivative(term, scope));
      case 'formal': throw new OutsideDomain(`${term.name} has no body, so it has no value`);
    }
  }

  function reference(name: string, scope: Scope): Matrix {
    const definition = program.definitions.get(name);
    if (!definition) throw new OutsideDomain(`${name} is not defined`);
    return evaluate(definition.body, { ...scope, indices: new Map() });
  }

  function applied(term: ApplyTerm, scope: Scope): Matrix {
    const operator = OPERATORS.get(term.op);
    if (!operator) throw new OutsideDomain(`the oracle does not know ${term.op}`);
    const args = term.args.map((a) => evaluate(a, scope));
    const dims = term.dims.map(dim);
    const value = within64(term.op, () => operator(args, dims, watch));
    if (value.data.some((x) => !x.isFinite())) throw new OutsideDomain(`${term.op} is not finite here`);
    return value;
  }

  function positions(item: SliceItem, size: number, scope: Scope): readonly number[] {
    switch (item.kind) {
      case 'all': return Array.from({ length: size }, (_, k) => k);
      case 'at': return [numberOf(evaluate(item.index, scope)).toNumber() - 1];
      case 'range': return Array.from({ length: Math.max(0, dim(item.to) - dim(item.from) + 1) }, (_, k) => dim(item.from) - 1 + k);
    }
  }
  function slice(term: SliceTerm, scope: Scope): Matrix {
    const A = evaluate(term.arg, scope);
    const rows = positions(term.rows, A.rows, scope);
    const cols = positions(term.cols, A.cols, scope);
    return matrix(rows.length, cols.length, (i, j) => at(A, rows[i] ?? -1, cols[j] ?? -1));
  }
  function blocks(term: BlocksTerm, scope: Scope): Matrix {
    const rows = term.rows.map((row) => row.map((t) => evaluate(t, scope)).reduce(beside));
    return rows.reduce(above);
  }

  /** Σ over the entries of the variable: each basis direction, projected on the structure. */
  const directions = (name: string, scope: Scope): readonly Matrix[] => {
    const X = variable(name, scope);
    return Array.from({ length: X.rows * X.cols }, (_, k) => project(name, unit(X.rows, X.cols, k % X.rows, Math.floor(k / X.rows)), scope));
  };
  const project = (name: string, E: Matrix, scope: Scope): Matrix => projected(wordsOf(name), variable(name, scope), E);

  function first(F: Term, name: string, V: Matrix, scope: Scope, step?: Num): Matrix {
    const h = (step ?? firstStep(digits(F)).step).times(unitStep(variable(name, scope), V));
    return firstDifference((t) => evaluate(F, moved(scope, name, V, t)), h, isRough(digits(F)));
  }
  function second(F: Term, [x, y]: readonly [string, string], [V, W]: readonly [Matrix, Matrix], scope: Scope, middle?: Matrix, given?: Num): Matrix {
    const step = given ?? secondStep(digits(F)).step;
    const a = unitStep(variable(x, scope), V);
    const b = unitStep(variable(y, scope), W);
    const at0 = middle ?? evaluate(F, scope);
    // Polarisation: D²F[V, W] from the second derivatives along V ± W, both of the size of their variable.
    const along = (sign: Num) => secondDifference((t) => evaluate(F, moved(moved(scope, x, V, t.times(a)), y, W, t.times(b).times(sign))), step, at0, isRough(digits(F)));
    return scale(sub(along(ONE), along(ONE.neg())), ONE.div(a.times(b).times(4)));
  }

  function derivative(term: DerivativeTerm, scope: Scope): Matrix {
    const [x = '', y = x] = term.wrt;
    const X = variable(x, scope);
    const inShape = (entries: readonly Num[]): Matrix => unvec({ rows: entries.length, cols: 1, data: entries }, X.rows, X.cols);
    const argument = (k: number): Matrix => {
      const given = term.args[k];
      if (!given) throw new OutsideDomain(`${term.op} without its direction`);
      return evaluate(given, scope);
    };
    switch (term.op) {
      case 'diff': return first(term.of, x, project(x, argument(0), scope), scope);
      case 'grad':
        return isScalar(term.of.shape)
          ? inShape(directions(x, scope).map((E) => numberOf(first(term.of, x, E, scope))))
          : first(term.of, x, scalar(ONE), scope);
      case 'vjp': {
        const Y = argument(0);
        return inShape(directions(x, scope).map((E) => inner(Y, first(term.of, x, E, scope))));
      }
      case 'jacobian': {
        const columns = directions(x, scope).map((E) => first(term.of, x, E, scope));
        const [only] = columns;
        if (only && columns.length === 1 && dim(term.shape.rows) === only.rows && dim(term.shape.cols) === only.cols) return only;
        return columns.map(vec).reduce(beside);
      }
      case 'hvp': {
        const v = project(y, argument(0), scope);
        const middle = evaluate(term.of, scope);
        return inShape(directions(x, scope).map((E) => numberOf(second(term.of, [x, y], [E, v], scope, middle))));
      }
      case 'hessian': {
        const rows = directions(x, scope);
        const cols = directions(y, scope);
        const middle = evaluate(term.of, scope);
        const entry = (i: number, j: number): Num => numberOf(second(term.of, [x, y], [rows[i] ?? X, cols[j] ?? X], scope, middle));
        if (x !== y) return matrix(rows.length, cols.length, entry);
        const upper = matrix(rows.length, rows.length, (i, j) => (i <= j ? entry(i, j) : ZERO));
        return matrix(rows.length, rows.length, (i, j) => (i <= j ? at(upper, i, j) : at(upper, j, i)));
      }
    }
  }

  const digitsMemo = new Map<string, number>();
  function digits(term: Term): number {
    switch (term.kind) {
      case 'number': case 'constant': case 'variable': case 'dimension': case 'index': return PLAIN_DIGITS;
      case 'formal': return leastDigits(term.args);
      case 'reference': {
        const known = digitsMemo.get(term.name);
        if (known !== undefined) return known;
        const body = program.definitions.get(term.name)?.body;
        const value = body ? digits(body) : PLAIN_DIGITS;
        digitsMemo.set(term.name, value);
        return value;
      }
      case 'apply': return leastDigits(term.args);
      case 'power': return Math.min(digits(term.base), 'n' in term.exponent ? PLAIN_DIGITS : digits(term.exponent));
      case 'slice': return digits(term.arg);
      case 'blocks': return leastDigits(term.rows.flat());
      case 'finiteSum': return digits(term.body);
      case 'derivative': {
        const of = digits(term.of);
        const own = term.op === 'hessian' || term.op === 'hvp' ? secondStep(of).digits : firstStep(of).digits;
        return Math.min(own, leastDigits(term.args));
      }
    }
  }
  const leastDigits = (terms: readonly Term[]): number => terms.reduce((m, t) => Math.min(m, digits(t)), PLAIN_DIGITS);

  return {
    evaluate: (term, given) => evaluate(term, given ? { ...base, values: new Map([...base.values, ...given]) } : base),
    differentiate: (term, wrt, V, step) => first(term, wrt, V, base, step),
    differentiateTwice: (term, wrt, pair, step) => second(term, wrt, pair, base, undefined, step),
    shifted: (term, wrt, V, t) => evaluate(term, moved(base, wrt, V, t)),
    value: (name) => variable(name, base),
    project: (name, E) => project(name, E, base),
    digits,
    nearness: () => worst,
  };
}

/** The arithmetic gives up on the sine of 1e2000 and its like with an error of its own. */
function within64<T>(what: string, f: () => T): T {
  try {
    return f();
  } catch (error) {
    if (error instanceof Error && error.message.startsWith('[DecimalError]')) throw new OutsideDomain(`${what} is beyond 64 digits here`);
    throw error;
  }
}

const beside = (A: Matrix, B: Matrix): Matrix => matrix(A.rows, A.cols + B.cols, (i, j) => (j < A.cols ? at(A, i, j) : at(B, i, j - A.cols)));
const above = (A: Matrix, B: Matrix): Matrix => matrix(A.rows + B.rows, A.cols, (i, j) => (i < A.rows ? at(A, i, j) : at(B, i - A.rows, j)));

/** norm(x)^2 is smooth where norm(x) is not: the power of what stands below its root. */
function evenPowerOf({ base, exponent }: PowerTerm): { readonly of: Term; readonly half: Rational } | undefined {
  const [of] = base.kind === 'apply' && (base.op === 'norm' || base.op === 'normF') ? base.args : [];
  return of && 'n' in exponent && exponent.d === 1n && exponent.n > 0n && exponent.n % 2n === 0n ? { of, half: rational(exponent.n / 2n) } : undefined;
}
