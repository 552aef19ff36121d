/** What an assumption says of one variable as a whole: `Q'*Q == I`, `A == A'`, `norm(x) == 1`, `P*P == P`, a structure word. */
import { sameDim } from './dim';
import type { Assumption, Program, StructureWord } from './program';
import { isOneQ } from './rational';
import type { Term } from './term';
import { termNames } from './term-names';

export type Making = OtherMaking | StructureWord;

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
  const negative = call(left, 'neg')?.[0];
  if (negative && nameOf(negative) !== undefined) {
    const flipped = call(right, 'transpose')?.[0];
    if (flipped && nameOf(flipped) === nameOf(negative)) return [nameOf(negative) ?? '', 'skew'];
  }
  return undefined;
}

/** The variable that an assumption is about, and what it makes of it. */
export function making(a: Assumption): readonly [string, Making] | undefined {
  if (a.right) return equation(a.left, a.right) ?? equation(a.right, a.left);
  const name = nameOf(a.left);
  return a.word && name !== undefined ? [name, a.word] : undefined;
}

/** The structure words that assumptions give a variable, but for those of a variable that moves: a derivative leaves the points where they hold. */
export function assumedWords(program: Program, moving: ReadonlySet<string>): ReadonlyMap<string, ReadonlySet<StructureWord>> {
  const out = new Map<string, Set<StructureWord>>();
  for (const a of program.assumptions) {
    const [name, how] = making(a) ?? [];
    const shape = name === undefined ? undefined : program.variables.get(name)?.shape;
    const word = how === undefined ? undefined : WORDS.get(how) ?? (isWord(how) ? how : undefined);
    if (name === undefined || !shape || !word || !sameDim(shape.rows, shape.cols) && SQUARE_ONLY.has(word)) continue;
    if (!OPEN.has(word) && [...termNames(program, a.left), name].some((n) => moving.has(n))) continue;
    out.set(name, (out.get(name) ?? new Set()).add(word));
  }
  return out;
}

/** What holds around a point where it holds, so that a derivative may use it. */
export const OPEN: ReadonlySet<string> = new Set<StructureWord>(['invertible', 'fullrank', 'positive', 'nonnegative']);
type OtherMaking = 'orthonormalColumns' | 'orthonormalRows' | 'unitVector' | 'simplex' | 'projector';
const OTHERS: ReadonlySet<string> = new Set<OtherMaking>(['orthonormalColumns', 'orthonormalRows', 'unitVector', 'simplex', 'projector']);
const isWord = (how: Making): how is StructureWord => !OTHERS.has(how);
/** A square matrix with orthonormal columns has orthonormal rows. */
const WORDS: ReadonlyMap<Making, StructureWord> = new Map([['orthonormalColumns', 'orthogonal'], ['orthonormalRows', 'orthogonal']]);
const SQUARE_ONLY: ReadonlySet<StructureWord> = new Set(['orthogonal', 'symmetric', 'skew', 'posdef', 'possemidef', 'invertible', 'diagonal', 'tridiagonal']);
