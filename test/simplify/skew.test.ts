// What is known of products and powers of skew matrices: proved by one canonical form, and true at a point.
import { describe, expect, test } from 'vitest';
import { resolve } from '../../core/algebra/resolve';
import { openWorkspace } from '../../core/calculus/workspace';
import { evaluate } from '../../core/numeric/evaluate';
import { newGraph } from '../../core/simplify';
import { parse } from '../../core/syntax/parse';
import { naive } from '../fuzz/naive';
import { drawPoint } from '../fuzz/point';
import { randomFrom } from '../fuzz/random';
import { gap } from './tails';

const DECLARED = 'K : matrix(n, n) skew\nS : matrix(n, n) symmetric\nA : matrix(n, n)\nx, y : vector(n)';

function sides(text: string): { readonly isOne: boolean; readonly values: readonly (readonly number[])[]; readonly want: readonly (readonly number[])[] } {
  const [left, right] = text.split(' == ') as [string, string];
  const program = resolve(parse(`${DECLARED}\n${left}\n${right}`));
  const terms = program.requests.map((r) => r.term);
  if (terms.length !== 2) throw new Error(text);
  const w = openWorkspace(program, newGraph);
  const nodes = terms.map((t) => w.node(t));
  const point = drawPoint(program, 0, randomFrom(3));
  return { isOne: nodes[0] === nodes[1], values: nodes.map((n) => [...evaluate(n, point).data]), want: terms.map((t) => [...naive(program, t, point).data]) };
}

describe('skew matrices', () => {
  test.each([
    "(K^2)' == K^2", "(K^3)' == -K^3", "(K*S*K)' == K*S*K", "(K*K*K)' == -K^3", "x'*K^3*x == 0*(x'*x)", "x'*K*S*K*y == y'*K*S*K*x", "expm(K)*expm(K)' == I(n)", "expm(K)' == expm(-K)", 'expm(2*A)*expm(-A) == expm(A)',
    "inv(I - K)' == inv(I + K)", "(S - K)' == S + K", "A'*K^2*A - (A'*K^2*A)' == 0*A",
  ])('%s', (text) => {
    const { isOne, values, want } = sides(text);
    expect(isOne).toBe(true);
    for (const [i, v] of values.entries()) expect(gap(v, want[i] ?? [])).toBeLessThan(1e-9);
  });
  test.each(["(K*A*K)' == K*A*K", "(K*S)' == K*S", "x'*K^2*x == 0*(x'*x)", "expm(A)*expm(K) == expm(A + K)", "(K^2)' == -K^2"])('not %s', (text) => {
    expect(sides(text).isOne).toBe(false);
  });
});
