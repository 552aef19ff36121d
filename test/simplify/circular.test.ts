// Squares of circular and hyperbolic functions in a sum: right, in one term, and left alone elsewhere.
import { describe, expect, test } from 'vitest';
import { circled } from '../../core/simplify/circular';
import { gap, opened } from './terms';

const DECLARED = `
x, y : vector(n)
s, t : scalar`;

describe('squares in a sum', () => {
  test.each([
    ['cos(t)^2 + sin(t)^2', '1'], ['s*cos(t)^2 - s*sin(t)^2', 's*cos(2*t)'], ['sin(t)^2 - cos(t)^2', '-cos(2*t)'], ['s - s*sin(t)^2', 's*cos(t)^2'], ['cos(t)^2 - 1', '-sin(t)^2'],
    ['cosh(t)^2 - sinh(t)^2', '1'], ['cosh(t)^2 + sinh(t)^2', 'cosh(2*t)'], ['1 + sinh(t)^2', 'cosh(t)^2'], ['cosh(t)^2 - 1', 'sinh(t)^2'],
    ['y .* cos(x).^2 + y .* sin(x).^2', 'y'], ['cos(x).^2 - sin(x).^2', 'cos(2*x)'], ['1 - cos(x).^2', 'sin(x).^2'], ['cos(t)^3 + cos(t)*sin(t)^2 + s', 'cos(t) + s'],
  ])('%s = %s', (text, shown) => {
    const made = opened(DECLARED, text, circled);
    expect(gap(made.values, made.want)).toBeLessThan(1e-12);
    expect(made.text).toBe(shown);
    const wrong = opened(DECLARED, text, (g, terms) => { const node = circled(g, terms); return node && g.add(node, node); });
    expect(gap(wrong.values, wrong.want)).toBeGreaterThan(1e-3);
  });
  test.each(['cos(t)^2 + sin(s)^2', '2*cos(t)^2 + sin(t)^2', '1 + sin(t)^2', 'cos(x) - sin(x)', '1 - sinh(t)^2', 's - t*sin(t)^2'])('%s stays', (text) => {
    let count = 0;
    const made = opened(DECLARED, text, (g, terms) => { const node = circled(g, terms); if (node) count++; return node; });
    expect(count).toBe(0);
    expect(gap(made.values, made.want)).toBeLessThan(1e-12);
  });
});
