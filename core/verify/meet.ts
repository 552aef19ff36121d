/**
 * Points on the surfaces that are assumed: `tr(A) == 0`, `A*B == B*A`, `w == softmax(z)`. A drawn point is moved onto them by
 * Gauss-Newton steps of least norm within the declared structure, the residual at 64 digits, its Jacobian by complex steps in float64.
 */
import { shape } from '../algebra/dim';
import type { Assumption, Program, StructureWord } from '../algebra/program';
import type { Term } from '../algebra/term';
import { termNames } from '../algebra/term-names';
import type { DrawnPoint } from '../numeric/points';
import { attempt } from './attempt';
import { complexStep } from './complex';
import { complex } from './complex-numbers';
import { solveC } from './complex-matrix';
import { createOracle, fromPoint, toPoint, type Matrix, type Oracle } from './oracle';
import { num, tenTo, type Num } from './oracle-decimal';
import { add, largest, scale, sub, unit } from './oracle-matrix';
import { projected } from './oracle-projection';
import { polar } from './oracle-spectral';

/** At a singular point of the surface (nilpotent matrices) each step only halves the residual. */
const STEPS = 220;
/** Digits to which an assumed equation holds at a point that was moved onto it. */
export const MET_DIGITS = 45;
/** Near enough for derivatives to agree on all the digits that differences have. */
const MET = tenTo(-58);
/** Fewer digits than the comparison with differences has would refute a derivation that used the equation. */
const ENOUGH = tenTo(-MET_DIGITS);
/** More unknowns or equations take seconds. */
const MOST = 150;
/** Relative, on the diagonal of J·Jᵀ: dependent equations (the trace of A*B - B*A is 0) keep their least-norm solution. */
const RIDGE = 1e-11;
const HALVINGS = 6;

/** Each value as its structure has it to all digits: a person's orthogonal matrix is so to sixteen. */
export function structured(program: Program, point: DrawnPoint): DrawnPoint {
  return {
    sizes: point.sizes,
    values: new Map([...point.values].map(([name, value]) => {
      const words = program.variables.get(name)?.words ?? new Set<StructureWord>();
      const X = fromPoint(value);
      if (words.has('orthogonal')) return [name, toPoint(polar(X))];
      return [name, words.size === 0 || value.cols === 1 ? value : toPoint(projected(words, X, X))];
    })),
  };
}

interface Move { readonly name: string; readonly direction: Matrix }

/** A word on an expression is an equation too. */
function equationOf(a: Assumption): readonly { readonly left: Term; readonly right: Term }[] {
  if (a.right) return [{ left: a.left, right: a.right }];
  const { left } = a;
  if (left.kind === 'variable' || (a.word !== 'symmetric' && a.word !== 'skew')) return [];
  const turned: Term = { kind: 'apply', op: 'transpose', args: [left], dims: [], shape: shape(left.shape.cols, left.shape.rows), range: left.range };
  return [{ left, right: a.word === 'symmetric' ? turned : { kind: 'apply', op: 'neg', args: [turned], dims: [], shape: turned.shape, range: left.range } }];
}

/** @returns how a drawn point is moved to where the equations hold: the point as it is where they do, undefined where no step leads there */
export function meeting(program: Program, assumptions: readonly Assumption[]): (point: DrawnPoint) => DrawnPoint | undefined {
  const equations = assumptions.flatMap(equationOf);
  const names = new Set(equations.flatMap((e) => [...termNames(program, e.left), ...termNames(program, e.right)]));
  const wordsOf = (name: string): ReadonlySet<StructureWord> => program.variables.get(name)?.words ?? new Set();

  const residual = (oracle: Oracle): readonly Num[] => equations.flatMap((e) => sub(oracle.evaluate(e.left), oracle.evaluate(e.right)).data);
  const sizeOf = (r: readonly Num[]): Num => largest({ rows: r.length, cols: 1, data: r });

  /** The directions of the structures' linear spaces, entry by entry. A matrix declared orthogonal stays where it is. */
  const movesAt = (oracle: Oracle): readonly Move[] => [...names].filter((name) => !wordsOf(name).has('orthogonal')).flatMap((name) => {
    const X = oracle.value(name);
    return X.data.map((_, k) => ({ name, direction: projected(wordsOf(name), X, unit(X.rows, X.cols, Math.floor(k / X.cols), k % X.cols)) }))
      .filter((m) => !largest(m.direction).isZero());
  });

  const jacobian = (point: DrawnPoint, moves: readonly Move[]): readonly (readonly number[])[] => moves.map(({ name, direction }) => {
    const V = toPoint(direction);
    const along = (side: 'left' | 'right'): readonly number[] => equations.flatMap((e) => complexStep(program, e[side], name, point.sizes, point.values, V));
    const right = along('right');
    return along('left').map((x, i) => x - (right[i] ?? 0));
  });

  /** The coefficients of the moves: Jᵀ(J·Jᵀ + μI)⁻¹(-r). */
  const correction = (columns: readonly (readonly number[])[], r: readonly number[]): readonly number[] => {
    const m = r.length;
    const gram = Array.from({ length: m * m }, (_, k) => columns.reduce((s, c) => s + (c[Math.floor(k / m)] ?? 0) * (c[k % m] ?? 0), 0));
    const ridge = RIDGE * Math.max(...gram.filter((_, k) => k % (m + 1) === 0), Number.MIN_VALUE);
    const y = solveC({ rows: m, cols: m, data: gram.map((x, k) => complex(k % (m + 1) === 0 ? x + ridge : x)) }, { rows: m, cols: 1, data: r.map((x) => complex(-x)) }).data;
    return columns.map((c) => c.reduce((s, x, i) => s + x * (y[i]?.re ?? 0), 0));
  };

  const moved = (point: DrawnPoint, oracle: Oracle, moves: readonly Move[], by: readonly number[], unit: Num): DrawnPoint => {
    const values = new Map(point.values);
    for (const name of new Set(moves.map((m) => m.name))) {
      let X = oracle.value(name);
      moves.forEach((m, k) => { if (m.name === name) X = add(X, scale(m.direction, num(by[k] ?? 0).times(unit))); });
      values.set(name, toPoint(X));
    }
    return { sizes: point.sizes, values };
  };

  return (start) => {
    if (equations.length === 0) return start;
    const tried = attempt(() => {
      const open = (p: DrawnPoint): { readonly point: DrawnPoint; readonly oracle: Oracle; readonly r: readonly Num[] } => {
        const oracle = createOracle(program, p.sizes, p.values);
        return { point: p, oracle, r: residual(oracle) };
      };
      let at = open(start);
      const first = sizeOf(at.r);
      if (first.lte(ENOUGH)) return start;
      const moves = movesAt(at.oracle);
      if (moves.length > MOST || at.r.length > MOST) return undefined;
      for (let step = 0; step < STEPS && sizeOf(at.r).gt(MET); step++) {
        // The residual is a number of float64's range times its own size: the last digits are corrected like the first.
        const size = sizeOf(at.r);
        const by = correction(jacobian(at.point, moves), at.r.map((x) => x.div(size).toNumber()));
        let next: typeof at | undefined;
        for (let half = 0; half <= HALVINGS && !next; half++) {
          const tried = attempt(() => open(moved(at.point, at.oracle, moves, by, size.div(2 ** half))));
          if (tried.ok && sizeOf(tried.value.r).lt(size)) next = tried.value;
        }
        if (!next) break;
        at = next;
      }
      return sizeOf(at.r).lte(ENOUGH) ? at.point : undefined;
    });
    return tried.ok ? tried.value : undefined;
  };
}
