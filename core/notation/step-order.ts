/** Sums in the lines of a derivation as a teacher writes them: dA*B before A*dB, and what differentiates the same side by side. */
import type { Node } from '../algebra/node';
import type { Expr } from '../syntax/tree';
import { joined } from './sum-tree';
import { partsOf } from './words';
import type { Signed } from './writer';

interface Told extends Signed { readonly place: number; readonly of: Node | string }

/** @param differentiated what a name is the differential of, up to a transpose; undefined for a name that is none */
export function inRuleOrder(tree: Expr, differentiated: (name: string) => Node | string | undefined): Expr {
  const terms = signedTermsOf(tree);
  if (terms.length < 2) return tree;
  const told = terms.map((t): Told => ({ ...t, ...firstDifferential(t.tree, differentiated) }));
  const groups = [...new Set(told.map((t) => t.of))].map((of) => told.filter((t) => t.of === of).sort(byPlace));
  const sorted = groups.sort(([a], [b]) => Number(a?.negative) - Number(b?.negative) || Math.min(a?.place ?? 0, 1) - Math.min(b?.place ?? 0, 1)).flat();
  return sorted.every((t, i) => t.tree === terms[i]?.tree) ? tree : joined(sorted);
}

const byPlace = (a: Told, b: Told): number => Number(a.negative) - Number(b.negative) || a.place - b.place;

function signedTermsOf(e: Expr, negative = false): readonly Signed[] {
  if (e.kind === 'binary' && (e.op === '+' || e.op === '-')) return [...signedTermsOf(e.left, negative), ...signedTermsOf(e.right, negative !== (e.op === '-'))];
  if (e.kind === 'unary' && e.op === '-') return signedTermsOf(e.arg, !negative);
  return [{ negative, tree: e }];
}

/** How many names stand before the first differential, and what that one is of. */
function firstDifferential(tree: Expr, differentiated: (name: string) => Node | string | undefined): { readonly place: number; readonly of: Node | string } {
  let place = 0;
  const stack = [tree];
  const seen = new Set<Expr>();
  for (let e = stack.pop(); e; e = stack.pop()) {
    if (seen.has(e)) continue;
    seen.add(e);
    if (e.kind !== 'name') { stack.push(...[...partsOf(e)].reverse()); continue; }
    const of = differentiated(e.name);
    if (of !== undefined) return { place, of };
    place++;
  }
  return { place, of: '' };
}
