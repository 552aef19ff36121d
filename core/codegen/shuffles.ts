/** Products with a commutation matrix K, and with K ⊗ I: their rows (or columns) are those of the other factor at other places, so they are copied and not multiplied. */
import { D1, mulDim, type Dim } from '../algebra/dim';
import type { Expr } from './expr';
import type { Exprs } from './exprs';

/** K(rows, cols) ⊗ I(each). */
interface Grid { readonly rows: Dim; readonly cols: Dim; readonly each: Dim }

/** The factors of a product with each such matrix taken into all that stands right of it, or where nothing does, left of it. */
export function shuffledRows(ex: Exprs, factors: readonly Expr[]): readonly Expr[] {
  const at = factors.findIndex((f) => gridOf(f) !== undefined);
  const grid = at < 0 ? undefined : gridOf(factors[at] as Expr);
  if (!grid || factors.length < 2) return factors;
  const after = factors.slice(at + 1);
  if (after.length > 0) return [...factors.slice(0, at), moved(ex, grid, ex.product(shuffledRows(ex, after)))];
    return [ex.transpose(moved(ex, turned(grid), ex.transpose(ex.product(factors.slice(0, at)))))];
}

const turned = ({ rows, cols, each }: Grid): Grid => ({ rows: cols, cols: rows, each });
/** Row i*n + j of K(m, n)*A is row j*m + i of A: n rows of m blocks, turned. */
const moved = (ex: Exprs, { rows, cols, each }: Grid, A: Expr): Expr => ex.call('transposeBlocks', [A], A.shape, [cols, rows, each]);

function gridOf(f: Expr): Grid | undefined {
  if (f.kind === 'transpose') {
    const grid = gridOf(f.arg);
    return grid && turned(grid);
  }
  if (f.kind !== 'call') return undefined;
  const [m = D1, n = m] = f.dims;
  if (f.op === 'commutation') return { rows: m, cols: n, each: D1 };
  const [K, I] = f.op === 'kron' ? f.args : [];
  const grid = K && I?.kind === 'identity' ? gridOf(K) : undefined;
  return grid && I ? { ...grid, each: mulDim(grid.each, I.shape.rows) } : undefined;
}
