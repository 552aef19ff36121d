/** Whether two nodes are one by the relations that their operators bring: A = B where A - B reduces to 0, or M*(A - B) does for an invertible M. */
import { isScalar, sameDim, sameShape } from '../algebra/dim';
import type { Graph } from '../algebra/graph';
import type { Node } from '../algebra/node';
import { MINUS_ONE } from '../algebra/rational';
import { childrenOf } from '../algebra/substitute';
import { toTree } from '../notation/tree';
import { printText } from '../syntax/print';
import { createCompletion } from './complete';
import { add, isZero, polynomialKey, scale, Unfit, without, type Polynomial } from './polynomial';
import { createReader, type Reader } from './read';
import { createRing, type Ring } from './ring';

/** Overlaps of rules that are looked at between two looks at the claim, and how often. */
const ROUNDS: readonly number[] = [0, 15, 30, 60, 120];
/** Products with invertible matrices that are looked at in each round, and how many in a row. */
const MOST_PRODUCTS = 24;
const DEEPEST = 3;

/** The identities of a proof; undefined where none was found. */
export function proveByRelations(g: Graph, left: Node, right: Node): readonly string[] | undefined {
  if (!sameShape(left.shape, right.shape)) return undefined;
  try {
    const ring = createRing();
    const reader = createReader(g, ring, (a) => printText(toTree(g, a)));
    assumptions(g, reader);
    // Inverses first, so that what has one is known when determinants are read.
    for (const a of inversesBelow(left, right)) reader.poly(a);
    const difference = cleared(reader, ring.normal(add(reader.poly(left), scale(MINUS_ONE, reader.poly(right)))));
    return search(reader, difference);
  } catch (error) {
    if (error instanceof Unfit) return undefined;
    throw error;
  }
}

/** Equations that are assumed, as the graph keeps them. */
function assumptions(g: Graph, r: Reader): void {
  for (const { factors, equals } of g.factorFacts) {
    const product = r.ring.times(...factors.map(r.poly));
    r.relate(r.minus(product, r.poly(equals)), `${factors.map(r.text).join('*')} = ${r.text(equals)} is assumed`);
  }
  for (const [id, { exponent, equals }] of g.powerFacts) {
    const base = g.nodes[id];
    if (!base) continue;
    const power = r.ring.times(...Array.from({ length: Number(exponent) }, () => r.poly(base)));
    r.relate(r.minus(power, r.poly(equals)), `${r.text(base)}^${exponent} = ${r.text(equals)} is assumed`);
  }
}

function inversesBelow(...roots: readonly Node[]): readonly Node[] {
  const found: Node[] = [];
  const seen = new Set<number>();
  const go = (a: Node): void => {
    if (seen.has(a.id)) return;
    seen.add(a.id);
    childrenOf(a).forEach(go);
    if (a.kind === 'power' && a.exponent.n < 0n) found.push(a);
  };
  roots.forEach(go);
  return found;
}

/** The polynomial times what its scalars are one over, which is not 0 where both sides have values. */
function cleared(r: Reader, given: Polynomial): Polynomial {
  const { ring } = r;
  let p = given;
  for (let round = 0; round < 6; round++) {
    const over = [...new Set([...p.terms.values()].flatMap((t) => t.scalars))].find((id) => r.inverses.denominator(id));
    const by = over === undefined ? undefined : r.inverses.denominator(over);
    if (over === undefined || !by) return p;
    const most = Math.max(...[...p.terms.values()].map((t) => t.scalars.filter((x) => x === over).length));
    let sum: Polynomial = { ...p, terms: new Map() };
    for (const t of p.terms.values()) {
      const held = t.scalars.filter((x) => x === over);
      const rest = { shape: p.shape, terms: new Map([['', { ...t, scalars: without(t.scalars, held) ?? [] }]]) };
      sum = add(sum, ring.times(...Array.from({ length: most - held.length }, () => by), rest));
    }
    p = ring.normal({ ...sum, shape: p.shape });
  }
  return p;
}

interface State { readonly p: Polynomial; readonly used: ReadonlySet<string>; readonly depth: number; readonly by: readonly string[] }

function search(r: Reader, start: Polynomial): readonly string[] | undefined {
  const { ring } = r;
  const completion = createCompletion(ring);
  const done = (s: State): readonly string[] => ['products written out', ...s.by, ...[...s.used].filter((x) => x !== '')];
  const base = new Set(ring.used);
  for (const count of ROUNDS) {
    if (count > 0 && !completion.advance(count)) {
      const last = reduced(ring, start, base);
      return isZero(last.p) ? done({ ...last, depth: 0, by: [] }) : multiplied(r, { ...last, depth: 0, by: [] }, done);
    }
    const now = reduced(ring, start, base);
    if (isZero(now.p)) return done({ ...now, depth: 0, by: [] });
    const found = multiplied(r, { ...now, depth: 0, by: [] }, done);
    if (found) return found;
  }
  return undefined;
}

function reduced(ring: Ring, p: Polynomial, before: ReadonlySet<string>): { readonly p: Polynomial; readonly used: ReadonlySet<string> } {
  ring.used = new Set(before);
  const made = ring.normal(p);
  return { p: made, used: ring.used };
}

/** M*p and p*M for the matrices M below inverses: 0 where p is 0, and only there. */
function multiplied(r: Reader, start: State, done: (s: State) => readonly string[]): readonly string[] | undefined {
  const { ring } = r;
  if (isScalar(start.p.shape)) return undefined;
  const seen = new Set([polynomialKey(start.p)]);
  let states: State[] = [start];
  let looked = 0;
  while (states.length > 0 && looked < MOST_PRODUCTS) {
    const [s, ...others] = states.sort((a, b) => size(a) - size(b)) as [State, ...State[]];
    states = others;
    if (s.depth >= DEEPEST) continue;
    for (const { base, letter, label } of r.inverses.sums) {
      for (const M of base === ring.transpose(base) || letter.mate === letter.id ? [base] : [base, ring.transpose(base)]) {
        for (const isLeft of [true, false]) {
          if (!sameDim(isLeft ? s.p.shape.rows : s.p.shape.cols, M.shape.rows) || looked >= MOST_PRODUCTS) continue;
          looked++;
          const made = reduced(ring, isLeft ? ring.times(M, s.p) : ring.times(s.p, M), s.used);
          const next: State = { ...made, depth: s.depth + 1, by: [...s.by, `both sides multiplied by M from the ${isLeft ? 'left' : 'right'}${label.replace(/^.* for M = /, ', M = ')}`] };
          if (isZero(made.p)) return done(next);
          const key = polynomialKey(made.p);
          if (seen.has(key)) continue;
          seen.add(key);
          states.push(next);
        }
      }
    }
  }
  return undefined;
}
const size = (s: State): number => s.depth * 2 + [...s.p.terms.values()].reduce((n, t) => n + 1 + t.word.length, 0);
