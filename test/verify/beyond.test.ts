/** Numbers beyond 64-digit arithmetic: said, neither an internal error nor minutes of work. */
import { expect, test } from 'vitest';
import { verdictOf } from './document';

// Seed 9116540 of `npm run fuzz`: x^x of x = exp(s).
test.each(['cos(D^D)', 'D^(D^2)'])('%s is undecided', (f) => {
  expect(verdictOf(`B : matrix(n, n)\nD = exp(tr((40*B ⊕ B)^2))\nf = ${f}\ngrad(f, B)`)).toBe('undecided');
});
