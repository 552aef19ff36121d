// A sum's cost grows with its length: the graph that a derivation leaves holds a bounded number of nodes and edges for each term.
import { describe, expect, test } from 'vitest';
import { childrenOf } from '../../core/algebra/substitute';
import { gradient } from '../../core/calculus/workspace';
import { readable } from '../../core/notation/readable';
import { candidatesOf } from '../../core/notation/groups';
import { open } from './program';

const kinds: readonly (readonly [string, (n: number) => string])[] = [
  ['different terms', (n) => `x : vector(n)\n${names('a', n)} : vector(n)\n${join(n, (i) => `sin(a${i}'*x)`)}`],
  ['terms with one part in common', (n) => `x : vector(n)\n${join(n, (i) => `exp(${i + 2}*x'*x)`)}`],
  ['matrices', (n) => `X : matrix(m, n)\n${names('A', n)} : matrix(m, n)\n${join(n, (i) => `tr(A${i}'*X)^2`)}`],
];
const names = (a: string, n: number): string => Array.from({ length: n }, (_, i) => `${a}${i}`).join(', ');
const join = (n: number, term: (i: number) => string): string => Array.from({ length: n }, (_, i) => term(i)).join(' + ');

/** Edges of the graph after the gradient was found and printed. */
function edges(text: string): number {
  const o = open(text);
  const [f] = o.nodes;
  const x = o.g.symbols.find((s) => s.name.toLowerCase() === 'x');
  if (!f || !x) throw new Error('no expression');
  readable(o.g, gradient(o.g, f, x), { where: true });
  return o.g.nodes.reduce((n, a) => n + childrenOf(a).length, 0);
}

describe.each(kinds)('%s', (_name, make) => {
  test('four times the terms, about four times the graph', () => {
    expect(edges(make(400)) / edges(make(100))).toBeLessThan(4.5);
  });
  test('the groups of terms that may be written together hold each term a bounded number of times', () => {
    const members = (n: number): number => {
      const o = open(make(n));
      const sum = o.nodes[0];
      return sum?.kind === 'sum' ? candidatesOf(o.g, sum.terms).reduce((k, c) => k + c.members.length, 0) : NaN;
    };
    expect(members(400)).toBeLessThanOrEqual(4.5 * Math.max(members(100), 1));
  });
});
