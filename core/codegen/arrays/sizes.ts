/** How functions over whole arrays learn dimensions: from the sides of their inputs, the rest from `dims`. */
import { isOne, isScalar, type Dim } from '../../algebra/dim';
import type { Sized } from '../sizes';
import { planSizes } from '../sizes';

export interface SideRule { readonly dim: string; readonly from: string; readonly side: 0 | 1; readonly vector: boolean }
const single = (d: Dim): string | undefined => (d.terms.length === 1 && d.terms[0]?.coefficient === 1 && d.terms[0].names.length === 1 ? d.terms[0].names[0] : undefined);

export function sideRules(inputs: readonly Sized[], extra: readonly string[]): { readonly rules: readonly SideRule[]; readonly asked: readonly string[]; readonly all: readonly string[] } {
  const rules: SideRule[] = [];
  const told = new Set<string>();
  for (const x of inputs) {
    if (isScalar(x.shape)) continue;
    const vector = isOne(x.shape.rows) || isOne(x.shape.cols);
    ([x.shape.rows, x.shape.cols] as const).forEach((d, side) => {
      const name = single(d);
      if (name === undefined || told.has(name)) return;
      told.add(name);
      rules.push({ dim: name, from: x.name, side: side === 0 ? 0 : 1, vector });
    });
  }
  const { all } = planSizes(inputs, extra);
  return { rules, asked: all.filter((n) => !told.has(n)), all };
}
