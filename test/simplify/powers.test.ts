// Identities of powers beside each other: the value as it is written, the text, and a mutated twin of each row.
import { describe, expect, test } from 'vitest';
import { applyShape } from '../../core/algebra/apply-shape';
import { createGraph, type NamedRewrite } from '../../core/algebra/graph';
import { TWO } from '../../core/algebra/rational';
import { resolve } from '../../core/algebra/resolve';
import { openWorkspace } from '../../core/calculus/workspace';
import { toTree } from '../../core/notation/tree';
import { evaluate } from '../../core/numeric/evaluate';
import { identities } from '../../core/simplify';
import { powerIdentities, type PowerIdentity } from '../../core/simplify/powers';
import { parse } from '../../core/syntax/parse';
import { printText } from '../../core/syntax/print';
import { naive } from '../fuzz/naive';
import { drawPoint } from '../fuzz/point';
import { randomFrom } from '../fuzz/random';
import { gap } from './tails';

const DECLARED = 's, t : scalar\np : scalar positive\nx, y : vector(n)\nX : matrix(m, n)\nA : matrix(n, n)\nK : matrix(n, n) skew';
const [modulus, ramp, logistic, fraction, exponents, tangent, underRoot, besideRoot] = powerIdentities as readonly [PowerIdentity, PowerIdentity, PowerIdentity, PowerIdentity, PowerIdentity, PowerIdentity, PowerIdentity, PowerIdentity];

/** Built with one row alone. */
function built(text: string, row: PowerIdentity, isTwin = false): { readonly text: string; readonly values: readonly number[]; readonly want: readonly number[]; readonly shown: number } {
  const program = resolve(parse(`${DECLARED}\n${text}`));
  const term = program.requests.at(-1)?.term;
  if (!term || program.diagnostics.some((d) => d.severity === 'error')) throw new Error(text);
  const rewrites = new Map<string, NamedRewrite[]>();
  for (const i of identities) rewrites.set(i.op, [...(rewrites.get(i.op) ?? []), i]);
  let shown = 0;
  const w = openWorkspace(program, (facts) => createGraph({
    rewrites, dimFacts: facts, shapeOf: (op, args, dims) => applyShape(op, args, dims, facts),
    powers: (g, powers) => {
      const made = row.rewrite(g, powers);
      if (!made) return undefined;
      shown++;
      // Once: the twin's number would be wrong again in each round.
      return isTwin && shown === 1 ? [...made, ...(powers[0] && powers[0].base.shape.rows.key === '1' && powers[0].base.shape.cols.key === '1' ? [{ base: g.number(3), exponent: TWO }] : [{ base: g.scale(TWO, g.ones((powers[0] as (typeof powers)[0]).base.shape)), exponent: TWO }])] : made;
    },
  }));
  const node = w.node(term);
  const point = drawPoint(program, 0, randomFrom(11));
  return { text: printText(toTree(w.g, node)), values: [...evaluate(node, point).data], want: [...naive(program, term, point).data], shown };
}

const cases: readonly (readonly [PowerIdentity, readonly (readonly [string, string])[]])[] = [
  [modulus, [['s*sign(s)', 'abs(s)'], ['abs(s)*sign(s)', 's'], ['abs(s)^2', 's^2'], ['sign(s)/abs(s)', '1/s'], ['s/abs(s)', 'sign(s)'], ['s^2*sign(s)', 's*abs(s)'], ['abs(s)^3/s', 's*abs(s)'], ['abs(s)^4*sign(s)^2', 's^4'],
    ['x .* sign(x)', 'abs(x)'], ['sign(x) ./ abs(x)', '1 ./ x'], ['X .* abs(X) .* sign(X)', 'X.^2'], ['det(A)*sign(det(A))', 'abs(det(A))']]],
  [ramp, [['relu(x).^2 .* step(x)', 'relu(x).^2'], ['max(0, x) .* step(x)', 'max(0, x)']]],
  [logistic, [['1/(1 + exp(-s))', 'sigmoid(s)'], ['exp(s)/(1 + exp(s))', 'sigmoid(s)'], ['exp(s)/(1 + exp(s))^2', 'sigmoid(s)*(1 - sigmoid(s))'], ['exp(-s)*sigmoid(s)^2', 'sigmoid(s)*(1 - sigmoid(s))'], ['1 ./ (1 + exp(x))', '1 - sigmoid(x)'], ['exp(3*s)/(1 + exp(3*s))^2*exp(3*s)', 'sigmoid(3*s)^2']]],
  [fraction, [['s*(t + p/s)', 'p + s*t'], ['1/(s^2*(1 + t^2/s^2))', '1 / (s^2 + t^2)'], ['t/(1 + t/p)', 'p*t / (p + t)'], ['1/(p*(1 + s/p)^2)', 'p / (p + s)^2'], ['x ./ (1 + x.^2/p^2)', 'p^2*(x ./ (p^2 + x.^2))'], ['1 ./ (p^2*(1 + x.^2/p^2).^2)', 'p^2 ./ (p^2 + x.^2).^2']]],
  [besideRoot, [['(p^2 + s^2)*sqrt(1 + s^2/p^2)', 'p^2*sqrt(1 + s^2 / p^2)^3'], ['1 ./ ((p^2 + x.^2) .* sqrt(1 + x.^2/p^2))', '(1 ./ (1 + x.^2 / p^2).^(3/2)) / p^2']]],
  [exponents, [['p^t*p^2', 'p^(2 + t)'], ['p^(t - 1)*p', 'p^t'], ['p^t/p', 'p^(t - 1)'], ['p^t*p^s', 'p^(s + t)'], ['(p^t)^2*p', 'p^(1 + 2*t)'], ['p^t*p^(1 - t)', 'p'], ['exp(x).^t .* exp(x)', 'exp(x).^(1 + t)'], ['abs(x).^(t - 1) .* abs(x).^2', 'abs(x).^(1 + t)'],
    ['(p/exp(s))^(t - 1)*p/exp(s)', '(p / exp(s))^t']]],
  [tangent, [['sin(s)/cos(s)', 'tan(s)'], ['sin(s)/cos(s)^2', 'tan(s) / cos(s)'], ['cos(s)/sin(s)', '1 / tan(s)'], ['tan(s)^2*cos(s)', 'sin(s)*tan(s)'], ['sin(s)/tan(s)', 'cos(s)'], ['sinh(x) ./ cosh(x)', 'tanh(x)']]],
  [underRoot, [["norm(K*x)/(x'*K^2*x)", '-1 / norm(K*x)'], ["norm(K*x)*(x'*K^2*x)*s", '-s*norm(K*x)^3'], ["(x'*K^2*x)^2/norm(K*x)", 'norm(K*x)^3']]],
];

describe.each(cases)('$text', (row, list) => {
  test.each(list)('%s', (text, short) => {
    const right = built(text, row);
    expect(right.shown).toBeGreaterThan(0);
    expect(gap(right.values, right.want)).toBeLessThan(1e-12);
    expect(right.text.replaceAll('(1 - sigmoid(s))*sigmoid(s)', 'sigmoid(s)*(1 - sigmoid(s))').replaceAll('sigmoid(s) - sigmoid(s)^2', 'sigmoid(s)*(1 - sigmoid(s))')).toBe(short);
    const twin = built(text, row, true);
    expect(gap(twin.values, twin.want)).toBeGreaterThan(1e-3);
  });
});

test('what may be 0 is not divided by, and what may be negative keeps its sign', () => {
  expect(built('sign(s)^2', modulus).shown).toBe(0);
  expect(built('abs(s)*abs(t)', modulus).shown).toBe(0);
  expect(built('relu(x) .* step(y)', ramp).shown).toBe(0);
  expect(built('1/(2 + exp(s))', logistic).shown).toBe(0);
  expect(built('exp(s)*(0.00001 - sigmoid(s))', logistic).shown).toBe(0);
  expect(built('exp(x) .* (0.00001 - sigmoid(x))', logistic).shown).toBe(0);
  expect(built('p^t*s', exponents).shown).toBe(0);
  expect(built('(p/exp(s))^t*p', exponents).shown).toBe(0);
  expect(built('(p^2 + x.^2) .* (1 + x.^2/p^2)', besideRoot).shown).toBe(0);
  expect(built('s + p/s', fraction).shown).toBe(0);
  expect(built('(1 + t/p)/p', fraction).shown).toBe(0);
});
