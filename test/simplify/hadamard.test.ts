// Elementwise products: numbers and scalars leave them, also out of matrix products among their factors.
import { describe, expect, test } from 'vitest';
import { open } from '../notation/program';

const DECLARED = 'A, B, C : matrix(n, n)\nx, y : vector(n)\nc : scalar positive\n';

describe('one node for', () => {
  test.each(['(-A*B) .* C == -((A*B) .* C)', '(2*A*B) .* (c*C) == 2*c*((A*B) .* C)', '1 ./ (-2*A*x) == -(1 ./ (A*x)) / 2', 'sqrt(c*(A*x)) == sqrt(c)*sqrt(A*x)', '(c*A*B).^2 == c^2*(A*B).^2'])('%s', (claim) => {
    const [left, right] = claim.split(' == ');
    const o = open(`${DECLARED}${left}\n${right}`);
    expect(o.nodes[0]).toBe(o.nodes[1]);
  });
  test('the root of a product with a negative number keeps it', () => {
    const o = open(`${DECLARED}sqrt(-A*x)\nsqrt(A*x)`);
    expect(o.nodes[0]).not.toBe(o.nodes[1]);
  });
});
