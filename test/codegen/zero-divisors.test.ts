/** What divides by 0 at every point is refused by generated code, never answered by a number. */
import { expect, test } from 'vitest';
import { resolve } from '../../core/algebra/resolve';
import { generateModule } from '../../core/codegen/generate';
import { drawPoints } from '../../core/numeric/points';
import { parse } from '../../core/syntax/parse';
import { requested } from './harness';

test.each(['x/0', 'x/(a - a)', 'x*0^-1', 'x*(a - a)^-2', 'x ./ (0*a)', 'tr(S*(a - a)^-1)'])('%s', (body) => {
  const { functions, refused } = generateModule(requested(`x, a : scalar\nS : matrix(n, n)\nf = ${body}\nf`));
  expect(functions).toEqual([]);
  expect(refused.map((r) => r.reason)).toContain('it divides by 0 at every point');
});

test('a point of more entries than are drawn is refused before it is drawn', () => {
  const program = resolve(parse("x : vector(1000000000)\nX : matrix(n, n)\ndim n = 100000\nf = x'*x + tr(X)\n"));
  for (const name of ['x', 'X']) {
    const drawn = drawPoints(program, { names: [name], seed: 1, count: 1, accept: () => undefined });
    expect(drawn.points).toEqual([]);
    expect(drawn.reason).toContain('entries');
  }
});
