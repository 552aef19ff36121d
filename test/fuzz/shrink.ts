/** Makes a failing program small with fast-check: a part in place of the whole, leaves in place of parts, definitions written out. */
import * as fc from 'fast-check';
import { leaf, VARIABLES, definitionName, namesOf, type Demand, type FuzzProgram, type Tree } from './tree';

const meets = (have: Demand, want: Demand): boolean => have === want || want === 'any' || (have === 'spd' && (want === 'sym' || want === 'inv'));
const sameShape = (a: Tree, b: Tree): boolean => a.shape[0] === b.shape[0] && a.shape[1] === b.shape[1];
const below = (t: Tree): Tree[] => t.args.flatMap((a) => [a, ...below(a)]);

/** Smaller trees for one place, smallest first. */
function smaller(t: Tree, definitions: readonly Tree[]): Tree[] {
  const leaves = Object.entries(VARIABLES).filter(([, v]) => !v.role && v.shape[0] === t.shape[0] && v.shape[1] === t.shape[1] && (t.demand === 'any' || v.is.includes(t.demand)))
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
  if (p.settings.length > 0) yield { ...p, settings: [] };
  const { also, ...alone } = p;
  if (also !== undefined) yield alone;
  for (const sub of below(p.main)) yield { ...p, main: sub };
  for (const main of variants(p.main, p.definitions)) yield { ...p, main };
  for (let k = 0; k < p.definitions.length; k++) {
    for (const d of variants(p.definitions[k] as Tree, p.definitions.slice(0, k))) yield { ...p, definitions: p.definitions.map((x, i) => (i !== k ? x : x.parameter === undefined ? d : { ...d, parameter: x.parameter })) };
  }
}

const size = (p: FuzzProgram): number => {
  const count = (t: Tree): number => t.args.reduce((n, a) => n + count(a), 1);
  return count(p.main) * 10 + p.definitions.reduce((n, d) => n + count(d), 0) * 10 + namesOf(p).length + p.settings.length;
};
/** F itself depends on the variable: what is left of a failure that does not is another one. */
const depends = (p: FuzzProgram): boolean => namesOf({ ...p, wrt: 's' }).includes(p.wrt);

/** Starts at one program and only ever shrinks. */
class FromProgram extends fc.Arbitrary<FuzzProgram> {
  constructor(private readonly start: FuzzProgram) { super(); }
  override generate(): fc.Value<FuzzProgram> { return new fc.Value(this.start, undefined); }
  override canShrinkWithoutContext(value: unknown): value is FuzzProgram { return typeof value === 'object'; }
  override shrink(value: FuzzProgram): fc.Stream<fc.Value<FuzzProgram>> {
    const candidates = function* (): Generator<fc.Value<FuzzProgram>> {
      for (const p of programs(value)) if (size(p) < size(value) && depends(p)) yield new fc.Value(p, undefined);
    };
    return new fc.Stream(candidates());
  }
}

/** The smallest program found that still fails, within a budget of attempts. */
export function shrink(start: FuzzProgram, fails: (p: FuzzProgram) => boolean, budget = 200): FuzzProgram {
  let left = budget;
  const passes = (p: FuzzProgram): boolean => p !== start && (left-- <= 0 || !fails(p));
  const run = fc.check(fc.property(new FromProgram(start), passes), { numRuns: 1, seed: 1 });
  return run.counterexample?.[0] ?? start;
}
