/** Assumptions that a draw can satisfy by its making: `Q'*Q == I`, `norm(x) == 1`, `sum(p) == 1`, `P*P == P`, words on a variable. */
import type { Assumption, Program, StructureWord } from '../algebra/program';
import { isOneQ } from '../algebra/rational';
import type { Term } from '../algebra/term';

export type Making = 'orthonormalColumns' | 'orthonormalRows' | 'unitVector' | 'simplex' | 'projector' | StructureWord;

const nameOf = (t: Term): string | undefined => (t.kind === 'variable' ? t.name : undefined);
const call = (t: Term | undefined, op: string): readonly Term[] | undefined => (t?.kind === 'apply' && t.op === op ? t.args : undefined);
const isOneTerm = (t: Term): boolean => t.kind === 'number' && isOneQ(t.value);

/** The variable v of vᵀ·v or v·vᵀ. */
function gram(t: Term): { readonly name: string; readonly inner: boolean } | undefined {
  const [a, b] = call(t, 'mul') ?? [];
  if (!a || !b) return undefined;
  const left = call(a, 'transpose')?.[0];
  const right = call(b, 'transpose')?.[0];
  if (left && nameOf(left) !== undefined && nameOf(left) === nameOf(b)) return { name: nameOf(b) ?? '', inner: true };
  if (right && nameOf(right) !== undefined && nameOf(right) === nameOf(a)) return { name: nameOf(a) ?? '', inner: false };
  return undefined;
}

function equation(left: Term, right: Term): readonly [string, Making] | undefined {
  const product = gram(left);
  if (product && call(right, 'identity')) return [product.name, product.inner ? 'orthonormalColumns' : 'orthonormalRows'];
  if (product?.inner && isOneTerm(right)) return [product.name, 'unitVector'];
  for (const op of ['norm', 'normF']) {
    const name = nameOf(call(left, op)?.[0] ?? right);
    if (call(left, op) && name !== undefined && isOneTerm(right)) return [name, 'unitVector'];
  }
  if (left.kind === 'power' && !left.elementwise && 'n' in left.exponent && left.exponent.n === 2n && left.exponent.d === 1n) {
    const name = nameOf(left.base);
    if (name !== undefined && name === nameOf(right)) return [name, 'projector'];
    const normed = call(left.base, 'norm')?.[0];
    if (normed && nameOf(normed) !== undefined && isOneTerm(right)) return [nameOf(normed) ?? '', 'unitVector'];
  }
  const summed = call(left, 'sum')?.[0];
  if (summed && nameOf(summed) !== undefined && isOneTerm(right)) return [nameOf(summed) ?? '', 'simplex'];
  const factors = call(left, 'mul');
  if (factors && nameOf(right) !== undefined && factors.every((f) => nameOf(f) === nameOf(right))) return [nameOf(right) ?? '', 'projector'];
  const turned = call(left, 'transpose')?.[0];
  if (turned && nameOf(turned) !== undefined) {
    if (nameOf(right) === nameOf(turned)) return [nameOf(turned) ?? '', 'symmetric'];
    const negated = call(right, 'neg')?.[0];
    if (negated && nameOf(negated) === nameOf(turned)) return [nameOf(turned) ?? '', 'skew'];
  }
  return undefined;
}

function making(a: Assumption): readonly [string, Making] | undefined {
  if (a.right) return equation(a.left, a.right) ?? equation(a.right, a.left);
  const name = nameOf(a.left);
  return a.word && name !== undefined ? [name, a.word] : undefined;
}

/** How each variable is to be made, from the assumptions that say so. The rest are only tested at the point. */
export function makings(program: Program): ReadonlyMap<string, ReadonlySet<Making>> {
  const out = new Map<string, Set<Making>>();
  for (const a of program.assumptions) {
    const found = making(a);
    if (!found) continue;
    const [name, how] = found;
    out.set(name, (out.get(name) ?? new Set()).add(how));
  }
  return out;
}
