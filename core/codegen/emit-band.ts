/** The product with a tridiagonal operand: three entries of each row. */
import { isOne, type Dim } from '../algebra/dim';
import type { CellWriter } from './cells';
import type { ProductStep } from './plan';

export interface BandContext {
  readonly block: (wish: string) => string;
  readonly size: (d: Dim) => string;
  readonly cell: CellWriter;
  /** The entry of the result that is written. */
  readonly place: (i: string, j: string) => string;
}

export function bandLines(step: ProductStep, comment: string, c: BandContext): readonly string[] {
  const { a, b } = step;
  const i = isOne(step.out.shape.rows) ? '0' : c.block('i');
  const j = isOne(step.out.shape.cols) ? '0' : c.block('j');
  const p = step.structure === 'bandLeft' ? i : j;
  const n = c.size(step.structure === 'bandLeft' ? a.shape.rows : b.shape.cols);
  const part = (at: string): string => `${c.cell(a, i, at).text} * ${c.cell(b, at, j).text}`;
  const inner = [`let s = ${part(p)};`, `if (${p} > 0) s += ${part(`${p} - 1`)};`, `if (${p} + 1 < ${n}) s += ${part(`${p} + 1`)};`, `${c.place(i, j)} = s;`];
  const loops: readonly (readonly [string, string])[] = [[i, c.size(step.out.shape.rows)], [j, c.size(step.out.shape.cols)]];
  const nest = loops.filter(([x]) => x !== '0').reduceRight<string[]>((content, [x, turns]) => [`for (let ${x} = 0; ${x} < ${turns}; ${x}++) {`, ...content.map((l) => `  ${l}`), '}'], inner);
  nest[0] = `${nest[0] ?? ''} // ${comment}`;
  return nest;
}
