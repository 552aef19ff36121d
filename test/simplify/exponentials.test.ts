// Exponentials that differ by powers alone: the option formula's derivatives, the values, and what must stay.
import { describe, expect, test } from 'vitest';
import { resolve } from '../../core/algebra/resolve';
import { openWorkspace } from '../../core/calculus/workspace';
import { evaluate } from '../../core/numeric/evaluate';
import { newGraph } from '../../core/simplify';
import { mergedExponentials } from '../../core/simplify/exponentials';
import { parse } from '../../core/syntax/parse';
import { naive } from '../fuzz/naive';
import { drawPoint } from '../fuzz/point';
import { randomFrom } from '../fuzz/random';
import { best } from '../notation/best';
import { gap } from './tails';

const OPTION = 'S0, K, r, s, T : scalar positive\nd1 = (log(S0/K) + (r + s^2/2)*T)/(s*sqrt(T))\nd2 = d1 - s*sqrt(T)\nC = S0*normcdf(d1) - K*exp(-r*T)*normcdf(d2)\n';

describe('the greeks of a call', () => {
  test.each([
    ['∂C/∂S0', 'normcdf(d1)'], ['∂C/∂K', '-normcdf(d2)*exp(-T*r)'], ['∂C/∂r', 'K*T*normcdf(d2)*exp(-T*r)'], ['∂C/∂s', 'S0*sqrt(T)*exp(-d1^2 / 2) / sqrt(2*pi)'],
    ['hessian(C, S0)', 'exp(-d1^2 / 2) / (S0*s*sqrt(T)*sqrt(2*pi))'],
  ])('%s', (request, shown) => { expect(best(`${OPTION}${request}`)).toBe(shown); });
});

/** The sum of two terms as the graph builds it, and as it is written. */
function sides(text: string): { readonly made: readonly number[]; readonly want: readonly number[] } {
  const program = resolve(parse(`${OPTION}u, v : scalar\nx, y : scalar positive\nF = ${text}\nF`));
  const term = program.requests.at(-1)?.term;
  if (!term || program.diagnostics.some((d) => d.severity === 'error')) throw new Error(text);
  const w = openWorkspace(program, newGraph);
  const node = w.node(term);
  const point = drawPoint(program, 0, randomFrom(5));
  return { made: [...evaluate(node, point).data], want: [...naive(program, term, point).data] };
}
test.each(['S0*exp(-d1^2/2) + K*exp(-r*T)*exp(-d2^2/2)', 'u*exp(-d1^2/2)/S0 - v*exp(-r*T)*exp(-d2^2/2)', 'exp(-(log(x) - u)^2/2) + exp(-(log(x) - u)^2/2 + 3*log(y))', 'x*exp(-(u - v)^2/2) + y*exp(-(u + v)^2/2 + 2*u*v)'])('%s is the same number', (text) => {
  const { made, want } = sides(text);
  expect(gap(made, want)).toBeLessThan(1e-11);
});

/** Whether two terms are merged. */
function merges(text: string): boolean {
  const program = resolve(parse(`u, v : scalar\nx, y : scalar positive\nF = ${text}\nF`));
  const term = program.requests.at(-1)?.term;
  if (!term) throw new Error(text);
  const w = openWorkspace(program, newGraph);
  const node = w.node(term);
  return node.kind !== 'sum' || mergedExponentials(w.g, node.terms) !== undefined;
}
test('only what differs by powers of what is positive is merged', () => {
  expect(merges('x*exp(-(u - v)^2/2) + 2*y*exp(-(u + v)^2/2 + 2*u*v)')).toBe(true);
  expect(merges('exp(-(log(x) - u)^2/2) + exp(-(log(x) - u)^2/2 + 3*log(y))')).toBe(true);
  expect(merges('exp(-(u - v)^2/2) + exp(-(u + v)^2/2)')).toBe(false);
  expect(merges('exp(-(u - v)^2/2) + exp(-(u + v)^2/2 + 2*u*v + 1)')).toBe(false);
  expect(merges('exp(-(u - v)^2/2) + exp(-(u - v)^2/2 + log(u))')).toBe(false);
  expect(merges('exp(u) + exp(v)')).toBe(false);
});
