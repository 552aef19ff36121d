// Parallel sums: right, noticed when mutated, and left alone where nothing cancels; terms that stand on two sides of one inverse.
import { describe, expect, test } from 'vitest';
import { pushedTogether } from '../../core/simplify/push-through';
import { resolventTail } from '../../core/simplify/resolvent';
import { best } from '../notation/best';
import { gap, mutated, open } from './tails';
import { opened } from './terms';

const DECLARED = `
A, B : matrix(n, n) invertible
S, T : matrix(n, n) posdef
U, W : matrix(n, n)
X : matrix(n, m)
c, s : scalar positive`;

describe('inverses beside inverses of their sum', () => {
  test.each([
    ['inv(A)*inv(inv(A) + inv(B))', 'inv(A + B)*B'], ['inv(inv(A) + inv(B))*inv(B)', 'A*inv(A + B)'], ['inv(A)*inv(2*inv(A) - c*inv(B))*U', 'inv(2*B - c*A)*B*U'],
    ['inv(S + T)*T*inv(S)', 'S^-1 - inv(S + T)'], ['inv(S)*(3*T)*inv(c*S + 3*T)', 'S^-1 - c*inv(3*T + c*S)'], ["inv(S)*X*X'*inv(S + X*X')", "S^-1 - inv(S + X*X')"],
  ])('%s = %s', (text, shown) => {
    const made = open(DECLARED, text, resolventTail);
    expect(gap(made.values, made.want)).toBeLessThan(1e-8);
    expect(made.text).toBe(shown);
    const twin = open(DECLARED, text, mutated(resolventTail));
    expect(gap(twin.values, twin.want)).toBeGreaterThan(1e-3);
  });
  test.each(['inv(A)*inv(inv(B) + U)', 'inv(S)*U*inv(S + T)', 'inv(A)*U*inv(B + U)', 'inv(A)*inv(A + B)'])('%s stays', (text) => {
    let count = 0;
    const made = open(DECLARED, text, (g, factors, next) => { const tail = resolventTail(g, factors, next); if (tail) count++; return tail; });
    expect(count).toBe(0);
    expect(gap(made.values, made.want)).toBeLessThan(1e-8);
  });
  test.each([
    ['logdet(inv(inv(S) + inv(T)))', 'S^-1 - inv(S + T)'], ['tr(U*inv(inv(S) + inv(T)))', "sym(M*U*M')"],
  ])('the gradient of %s by S', (f, shown) => { expect(best(`${DECLARED}\nf = ${f}\ngrad(f, S)`)).toBe(shown); });
});

describe('terms on two sides of one inverse', () => {
  test.each([
    ['inv(I + S*U)*S - S*inv(I + U*S)', 'zeros(n, n)'], ['2*inv(c*I + U*W)*U*B + U*inv(c*I + W*U)*B', '3*inv(U*W + c*I)*U*B'],
  ])('%s = %s', (text, shown) => {
    const made = opened(DECLARED, text, pushedTogether);
    expect(gap(made.values, made.want)).toBeLessThan(1e-9);
    expect(made.text.replaceAll('3*U*inv(W*U + c*I)*B', shown)).toBe(shown);
  });
  test.each(['inv(I + S*U)*S - U*inv(I + S*U)', 'inv(I + U*W)*U - U*inv(2*I + W*U)', 'inv(A + U*W)*U - U*inv(A + W*U)'])('%s stays', (text) => {
    let count = 0;
    const made = opened(DECLARED, text, (g, terms) => { const node = pushedTogether(g, terms); if (node) count++; return node; });
    expect(count).toBe(0);
    expect(gap(made.values, made.want)).toBeLessThan(1e-9);
  });
});
