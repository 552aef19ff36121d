/** Variables that stand as indices (`x[k]`, `e(k)`, `E(i, j)`, `delta(i, j)`): whole numbers, within the sizes of what they pick from. */
import { evaluateDim, type Dim } from '../algebra/dim';
import type { Program } from '../algebra/program';
import type { Term } from '../algebra/term';
import { termsWithin } from '../algebra/terms-within';
import type { Random } from './points-random';
import type { Sizes } from './points-sizes';

/** What an index counts, where that is known. */
export type Counted = ReadonlyMap<string, readonly Dim[]>;

const known = new WeakMap<Program, Counted>();
const NONE: Counted = new Map();

export function indicesOf(program: Program): Counted {
  const there = known.get(program) ?? (mayHaveIndices(program) ? collected(program) : NONE);
  known.set(program, there);
  return there;
}

/** Most documents have none, and their terms need not be gone through. */
function mayHaveIndices({ text, variables }: Program): boolean {
  const scalars = [...variables.values()].filter((v) => v.shape.rows.key === '1' && v.shape.cols.key === '1');
  return scalars.length > 0 && /\[|\b[eE]\s*\(|\bdelta\s*\(|\b(?:basis|unit)\s*\(/.test(text);
}

function collected(program: Program): Counted {
  const out = new Map<string, Dim[]>();
  const add = (index: Term, whole: Dim | undefined): void => {
    for (const t of termsWithin(program, index)) {
      if (t.kind !== 'variable') continue;
      const list = out.get(t.name) ?? [];
      out.set(t.name, whole ? [...list, whole] : list);
    }
  };
  const roots = [...program.requests.map((r) => r.term), ...program.claims.flatMap((c) => [c.left, c.right]), ...program.assumptions.flatMap((a) => (a.right ? [a.left, a.right] : [a.left]))];
  for (const t of termsWithin(program, ...roots)) {
    if (t.kind === 'slice') {
      if (t.rows.kind === 'at') add(t.rows.index, t.arg.shape.rows);
      if (t.cols.kind === 'at') add(t.cols.index, t.arg.shape.cols);
    } else if (t.kind === 'apply' && (t.op === 'basis' || t.op === 'unit' || t.op === 'delta')) {
      t.args.forEach((a, k) => add(a, t.op === 'delta' ? undefined : k === 0 ? t.shape.rows : t.shape.cols));
    }
  }
  return out;
}

/** Where nothing bounds an index. */
const FREE = 3;
export function drawIndex(counted: readonly Dim[], sizes: Sizes, random: Random): number {
  return random.whole(1, Math.max(1, Math.min(...(counted.length > 0 ? counted.map((d) => evaluateDim(d, sizes)) : [FREE]))));
}
