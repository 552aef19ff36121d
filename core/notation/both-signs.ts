/** Whether a formula shows a difference and its negative, as (y - x)*(x - y)' does: people write one of them and a minus before the whole. */
import { printText } from '../syntax/print';
import type { Expr } from '../syntax/tree';
import { partsOf } from './words';

export function showsBothSigns(trees: readonly (Expr | undefined)[]): boolean {
  const seen = new Set<Expr>();
  const found = new Set<string>();
  const queue = trees.filter((e) => e !== undefined);
  for (let e = queue.pop(); e; e = queue.pop()) {
    if (seen.has(e)) continue;
    seen.add(e);
    if (e.kind === 'binary' && e.op === '-') {
      const [a, b] = [printText(e.left), printText(e.right)];
      if (found.has(`${b} - ${a}`)) return true;
      found.add(`${a} - ${b}`);
    }
    queue.push(...partsOf(e));
  }
  return false;
}
