// Multiplying out, and products with Kronecker products of rows.
import { describe, expect, test } from 'vitest';
import { expand, expandedCount } from '../../core/algebra/expand';
import { difference, last, open, valuesAt } from '../notation/program';

const DECLARED = 'A, B : matrix(n, n)\nx, y : vector(n)\nc : scalar\nX : matrix(m, n)\n';

describe('expand', () => {
  test.each<readonly [string, number]>([["(A + B)*(x - y)", 4], ["(A + I)*(B - I)", 4], ['(x - y) .* (x + y)', 4], ["(A*x - y)'*(B*x + y)", 4], ['c*(A + B)*x', 2], ["((A + B)*x - y)*(x + y)'", 6], ['2*(c + 1)*(c - 1)', 4]])('%s', (text, count) => {
    const o = open(DECLARED + text);
    const node = last(o);
    expect(expandedCount(node, 100)).toBe(count);
    const made = expand(o.g, node, 24);
    if (!made) throw new Error('not multiplied out');
    const [a, b] = valuesAt(o, [node, made], 2);
    expect(difference(a ?? [], b ?? [])).toBeLessThan(1e-10);
  });
  test('nothing to do', () => { const o = open(`${DECLARED}A*x`); expect(expand(o.g, last(o), 24)).toBeUndefined(); });
  test('too many terms', () => { const o = open(`${DECLARED}(A + B)*(A - 2*B)*(A + 3*B)*(A - B)*(B + I)*(x - y)`); expect(expand(o.g, last(o), 24)).toBeUndefined(); });
});

describe('products with Kronecker products of a row or column', () => {
  test.each(["A*(x' ⊗ B) == x' ⊗ (A*B)", "A*(B ⊗ x') == (A*B) ⊗ x'", "(x ⊗ A)*B == x ⊗ (A*B)", "(A ⊗ x)*B == (A*B) ⊗ x"])('%s', (claim) => {
    const [left, right] = claim.split(' == ');
    const o = open(`${DECLARED}${left}\n${right}`);
    expect(o.nodes[0]).toBe(o.nodes[1]);
  });
});
