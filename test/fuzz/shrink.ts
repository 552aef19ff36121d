/** Makes a failing program small: a part in place of the whole, leaves in place of parts, definitions written out. */
import { leaf, VARIABLES, definitionName, namesOf, type Demand, type FuzzProgram, type Tree } from './tree';

const meets = (have: Demand, want: Demand): boolean => have === want || want === 'any' || (have === 'spd' && (want === 'sym' || want === 'inv'));
const sameShape = (a: Tree, b: Tree): boolean => a.shape[0] === b.shape[0] && a.shape[1] === b.shape[1];
const below = (t: Tree): Tree[] => t.args.flatMap((a) => [a, ...below(a)]);

/** Smaller trees for one place, smallest first. */
function smaller(t: Tree, definitions: readonly Tree[]): Tree[] {
  const leaves = Object.entries(VARIABLES).filter(([, v]) => v.shape[0] === t.shape[0] && v.shape[1] === t.shape[1] && (t.demand === 'any' || v.is.includes(t.demand)))
    .map(([name]) => leaf(name, t.shape, t.demand));
  const own = below(t).filter((b) => sameShape(b, t) && meets(b.demand, t.demand));
  const inlined = t.op === 'reference' ? definitions.filter((_, k) => t.write([]) === definitionName(k)) : [];
  const first = t.op === 'leaf' ? [] : leaves.slice(0, 3);
  return [...first, ...own, ...inlined].map((x) => ({ ...x, demand: t.demand }));
}

/** The tree with one place replaced, every way there is. */
function* variants(t: Tree, definitions: readonly Tree[]): Generator<Tree> {
  yield* smaller(t, definitions);
  for (let i = 0; i < t.args.length; i++) {
    for (const v of variants(t.args[i] as Tree, definitions)) yield { ...t, args: t.args.map((a, k) => (k === i ? v : a)) };
  }
}

function* programs(p: FuzzProgram): Generator<FuzzProgram> {
  for (const sub of below(p.main)) yield { ...p, main: sub };
  for (const main of variants(p.main, p.definitions)) yield { ...p, main };
  for (let k = 0; k < p.definitions.length; k++) {
    for (const d of variants(p.definitions[k] as Tree, p.definitions.slice(0, k))) yield { ...p, definitions: p.definitions.map((x, i) => (i === k ? d : x)) };
  }
}

const size = (p: FuzzProgram): number => {
  const count = (t: Tree): number => t.args.reduce((n, a) => n + count(a), 1);
  return count(p.main) * 10 + p.definitions.reduce((n, d) => n + count(d), 0) * 10 + namesOf(p).length;
};

/** The smallest program found that still fails, within a budget of attempts. */
export function shrink(start: FuzzProgram, fails: (p: FuzzProgram) => boolean, budget = 200): FuzzProgram {
  let best = start;
  let left = budget;
  for (let again = true; again && left > 0;) {
    again = false;
    for (const candidate of programs(best)) {
      if (left-- <= 0) break;
      if (size(candidate) >= size(best) || !namesOf({ ...candidate, wrt: 's' }).includes(candidate.wrt)) continue;
      if (!fails(candidate)) continue;
      best = candidate;
      again = true;
      break;
    }
  }
  return best;
}
