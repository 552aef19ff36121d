/** What an entry of a loop takes: additions, products, quotients and roots one each, other functions as much as ten. */
import { addDim, isOne, isScalar, scaleDim, type Dim } from '../algebra/dim';
import { toNumber } from '../algebra/rational';
import { changesWith } from './cells';
import { area } from './cost';
import { isDiagonalMatrix, isFlat } from './entry-loops';
import { childrenOf, type Expr, type Power } from './expr';
import { isNumberOne, signed } from './facts';
import { MAPS, MASKS } from './maps';

/** Of exp, log, sin and their like; softplus holds two of them. */
const FUNCTION = 10;
const SEVERAL: Readonly<Record<string, number | undefined>> = { softplus: 21, sigmoid: 12, sigmoidSlope: 14 };

/** Parts that an entry holds twice are computed once; sums over arrays in it are counted where they are made, numbers before the loop. */
export const flopsAnEntry = (e: Expr): number => { const { entry, row } = flopsOfLoop(e); return entry + row; };
/** Of each entry, and of what stands before the loop over a row's entries, since it is the same for all of them. */
function flopsOfLoop(e: Expr): { readonly entry: number; readonly row: number } {
  const seen = new Set<Expr>();
  const isMatrix = !isOne(e.shape.rows) && !isOne(e.shape.cols);
  const isRowed = isMatrix && !isFlat(e, e.shape);
  const made = { entry: 0, row: 0 };
  const changes = changesWith();
  const isFixed = (x: Expr): boolean => isRowed && !isScalar(x.shape) && !changes(x, false, true);
  const count = (x: Expr, isEarly = false): void => {
    if (seen.has(x) || x.kind === 'total' || x.kind === 'trace' || x.kind === 'call' || x.kind === 'inverse') return;
    seen.add(x);
    const all = own(x);
    const isWhole = isEarly || (isMatrix && isOne(x.shape.cols) && !isOne(x.shape.rows)) || isFixed(x);
    const early = isWhole ? all : isRowed ? Math.min(all, earlier(x, isFixed)) : 0;
    made.row += early;
    made.entry += all - early;
    if (x.kind === 'sum') for (const t of x.terms) { count(t.coefficient, isRowed && isFixedPartly(t.arg, isFixed)); count(t.arg); }
    else childrenOf(x).forEach((child) => { count(child); });
  };
  count(e);
  return made;
}
/** What of an entry's own work is done before the loop: its scale times what is the same for the whole row. */
function earlier(x: Expr, isFixed: (x: Expr) => boolean): number {
  if (x.kind === 'sum') return x.terms.filter((t) => !isNumberOne(signed(t.coefficient).size) && t.coefficient.kind !== 'number' && isFixedPartly(t.arg, isFixed)).length;
  if (x.kind !== 'times') return 0;
  const fixed = x.powers.filter((p) => isFixed(p.base));
  return fixed.reduce((n, p) => n + powerFlops(p), Math.max(0, fixed.length - 1));
}
const isFixedPartly = (x: Expr, isFixed: (x: Expr) => boolean): boolean => {
  if (x.kind === 'times') return x.powers.some((p) => isFixed(p.base));
  const [first] = x.kind === 'product' ? x.factors : [];
  return isFixed(x) || (first !== undefined && (first.kind === 'diag' || (isOne(first.shape.cols) && first.kind !== 'ones')));
};

function own(e: Expr): number {
  switch (e.kind) {
    case 'sum': return e.terms.length - 1 + e.terms.filter((t) => !isNumberOne(signed(t.coefficient).size) && t.arg.kind !== 'ones' && !isNumberOne(t.arg)).length;
    case 'times': return e.powers.reduce((sum, p) => sum + powerFlops(p), e.powers.length - 1) + (e.powers.every((p) => p.exponent.n < 0n) ? 1 : 0);
    case 'map': return MASKS.has(e.fn) ? 0 : e.fn === 'sqrt' || e.fn === 'reciprocalGap' ? 1 : MAPS[e.fn]?.cheap ? 0 : SEVERAL[e.fn] ?? FUNCTION;
    case 'product': return Math.max(0, e.factors.filter((f) => !isPicker(f.kind === 'transpose' ? f.arg : f)).length - 1);
    default: return 0;
  }
}
const powerFlops = ({ exponent }: Power): number => {
  const size = Math.abs(toNumber(exponent));
  return size === 0.5 ? 1 : size === 1.5 ? 2 : Number.isInteger(size) && size <= 4 ? size - 1 : FUNCTION;
};
/** What chooses entries, or repeats them, and multiplies none. */
const isPicker = (e: Expr): boolean => e.kind === 'unit' || e.kind === 'range' || e.kind === 'ones' || e.kind === 'identity';

/** Of the loop that writes such an array; `also` counts what else is done to each entry. */
export function loopFlops(body: Expr, also = 0): Dim {
  const { entry, row } = flopsOfLoop(body);
  const diagonal = !isScalar(body.shape) && !isOne(body.shape.cols) && isDiagonalMatrix(body);
  return addDim(scaleDim(diagonal ? body.shape.rows : area(body.shape), entry + also), scaleDim(body.shape.rows, row));
}
