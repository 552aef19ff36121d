/** Claims: true ones hold at 64 digits, false ones get a counterexample that is one. */
import { expect, test } from 'vitest';
import { decideClaim, type ClaimResult } from '../../core/verify/claims';
import { program } from './document';

const decide = (text: string): ClaimResult => {
  const p = program(text);
  const [claim] = p.claims;
  if (!claim) throw new Error(text);
  return decideClaim(p, claim);
};
const SQUARE = 'A, B, X : matrix(n, n)\n';

const holding: readonly (readonly [string, string])[] = [
  ['determinant lemma', "A : matrix(n, n) posdef\nu, v : vector(n)\ncheck det(A + u*v') == (1 + v'*inv(A)*u)*det(A)"],
  ['Sherman–Morrison', "A : matrix(n, n) posdef\nu, v : vector(n)\ncheck inv(A + u*v') == inv(A) - inv(A)*u*v'*inv(A) / (1 + v'*inv(A)*u)"],
  ['Woodbury', "A : matrix(n, n) posdef\nC : matrix(k, k) posdef\nU : matrix(n, k)\ncheck inv(A + U*C*U') == inv(A) - inv(A)*U*inv(inv(C) + U'*inv(A)*U)*U'*inv(A)"],
  ['push-through', "X : matrix(m, n)\ncheck inv(I + X*X')*X == X*inv(I + X'*X)"],
  ['Sylvester', "A : matrix(m, n)\nB : matrix(n, m)\ncheck det(I(m) + A*B) == det(I(n) + B*A)"],
  ['cyclic trace', 'A : matrix(m, n)\nB : matrix(n, k)\nC : matrix(k, m)\ncheck tr(A*B*C) == tr(C*A*B)'],
  ['mixed product', 'A : matrix(m, n)\nB : matrix(p, q)\nC : matrix(n, k)\nD : matrix(q, k)\ncheck (A ⊗ B)*(C ⊗ D) == (A*C) ⊗ (B*D)'],
  ['vec of a product', "A : matrix(m, n)\nX : matrix(n, k)\nB : matrix(k, p)\ncheck vec(A*X*B) == (B' ⊗ A)*vec(X)"],
  ['commutation', "A : matrix(m, n)\ncheck commutation(m, n)*vec(A) == vec(A')"],
  ['duplication', 'S : matrix(n, n) symmetric\ncheck duplication(n)*vech(S) == vec(S)'],
  ['square root', 'A : matrix(n, n) posdef\ncheck sqrtm(A)*sqrtm(A) == A'],
  ['logdet is tr logm', 'A : matrix(n, n) posdef\ncheck logdet(A) == tr(logm(A))'],
  ['log of a product of positive numbers', 'x, y : scalar positive\ncheck log(x*y) == log(x) + log(y)'],
  ['an assumption', "Q : matrix(m, n)\nassume Q'*Q == I\ncheck (Q*Q')^2 == Q*Q'"],
  ['orthogonal', "Q : matrix(n, n) orthogonal\ncheck det(Q)^2 == 1"],
  ['a projector', "P : matrix(n, n)\nassume P*P == P\ncheck (I - P)*P == zeros(n, n)"],
  ['a unit vector', "x : vector(n)\nassume norm(x) == 1\ncheck inv(I + x*x') == I - x*x' / 2"],
  ['a gradient', "X : matrix(m, n)\ny : vector(m)\nw : vector(n)\ncheck grad(norm(X*w - y)^2, w) == 2*X'*(X*w - y)"],
  ['a Hessian', "A : matrix(n, n)\nx : vector(n)\ncheck hessian(x'*A*x, x) == A + A'"],
  ['a Jacobian', "A : matrix(m, n)\nX : matrix(n, k)\ncheck jacobian(A*X, X) == I(k) ⊗ A"],
  ['a structured gradient', "S : matrix(n, n) symmetric\na, b : vector(n)\ncheck grad(a'*S*b, S) == sym(a*b')"],
  ['a derivative by an entry', "A : matrix(p, m)\nX : matrix(m, n)\ncheck ∂(A*X*X'*A')/∂X[i, j] == A[:, i]*X[:, j]'*A' + A*X[:, j]*A[:, i]'"],
  ['an entry of a gradient', "b : vector(n)\ncheck ∂(b'*b)/∂b[r] == 2*b[r]"],
  ['no variables', "check commutation(2, 3)' == commutation(3, 2)"],
];
test.each(holding)('holds: %s', (_, text) => {
  const result = decide(text);
  expect([result.verdict, result.notes]).toEqual(['holds', []]);
  expect(result.digits).toBeGreaterThan(24);
});

const wrong: readonly (readonly [string, string, (readonly string[])?])[] = [
  ['trace of two W', 'W : matrix(n, k)\nA : matrix(n, n)\ncheck grad(tr(A*W*W\'), W) == 2*A*W', ['n = 1']],
  ['a half is missing', "x : vector(n)\nalpha : scalar positive\ncheck diff((I + alpha*x*x')^(1/2), alpha, 1) == x*x' / sqrt(1 + alpha*x'*x)"],
  ['order in vec', `${SQUARE}check vec(A*X*B) == (A ⊗ B')*vec(X)`, ['n = 1']],
  ['commuting', `${SQUARE}check A*B == B*A`, ['n = 1']],
  ['determinant of a sum', `${SQUARE}check det(A + B) == det(A) + det(B)`, ['n = 1']],
  ['square of a sum', `${SQUARE}check (A + B)^2 == A^2 + 2*A*B + B^2`, ['n = 1']],
  ['wrong side', "X : matrix(m, n)\ncheck X*inv(I + X'*X) == inv(I + X*X')*X + X*1e-9"],
  ['commutation the wrong way', "A : matrix(m, n)\ncheck commutation(n, m)*vec(A) == vec(A')", ['m = 1', 'n = 1', 'm = n']],
  ['the root of a square', 'x : scalar\ncheck sqrt(x^2) == x'],
  ['expm of a sum', `${SQUARE}check expm(A + B) == expm(A)*expm(B)`, ['n = 1']],
  ['symmetric gradient without projection', "S : matrix(n, n) symmetric\na, b : vector(n)\ncheck grad(a'*S*b, S) == a*b'", ['n = 1']],
  ['gradient of logdet', 'X : matrix(n, n)\ncheck grad(logdet(X), X) == inv(X)', ['n = 1']],
  ['trace of an inverse', 'A : matrix(n, n) posdef\ncheck tr(inv(A)) == 1 / tr(A)', ['n = 1']],
  ['norms', 'x, y : vector(n)\ncheck norm(x + y) == norm(x) + norm(y)'],
  ['off by one part in 10^20', 'x : vector(n)\ncheck x\'*x == norm(x)^2*(1 + 0.00000000000000000001)'],
  // Near 0 these hold.
  ['an inverse function beyond its branch', 'x : vector(n)\ncheck atan(tan(x)) == x'],
  ['the size of a cosine', 'x : vector(n)\ncheck sqrt(cos(x).^2) == cos(x)'],
  ['what is cut off further out', 'x : scalar\ncheck relu(x + 4) == x + 4'],
  ['a projector that is none', "Q : matrix(m, n)\nassume Q'*Q == I\ncheck Q*Q' == I", ['m = n']],
];
test.each(wrong.map(([name, text, special]) => ({ name, text, special: special ?? [] })))('false: $name', ({ text, special }) => {
  const result = decide(text);
  expect(result.verdict).toBe('false');
  expect(result.holdsAt ?? []).toEqual(special);
  const shown = result.counterexample;
  expect(shown?.left.shape).toEqual(shown?.right.shape);
});

test('a counterexample has small whole numbers where they do', () => {
  const { counterexample } = decide(`${SQUARE}check A*B == B*A`);
  const numbers = Object.values(counterexample?.values ?? {}).flat(2).filter((x) => typeof x === 'number');
  expect(numbers.length).toBeGreaterThan(4);
  expect(numbers.every((x) => Number.isInteger(x) && Math.abs(x) <= 3)).toBe(true);
  expect(counterexample?.difference.data.some((x) => x !== 0)).toBe(true);
});

const open: readonly (readonly [string, string, RegExp])[] = [
  ['nowhere defined', 'x : scalar positive\ncheck log(-x) == log(-x)', /log of a number/],
  ['an assumption that no draw meets', "x : vector(n)\nA : matrix(n, n)\nassume x'*x == -1\ncheck A*x == A'*x", /does not hold/],
  ['impossible sizes', 'A : matrix(m, n)\ndim m >= 20\ncheck A == A', /no sizes/],
];
test.each(open)('undecided: %s', (_, text, why) => {
  const result = decide(text);
  expect(result.verdict).toBe('undecided');
  expect(result.notes.join()).toMatch(why);
});

test('a proof is called one, and does not outweigh a counterexample', () => {
  const prove = () => ({ identities: ['transpose of a product'] });
  const p = program(`${SQUARE}check (A*B)' == B'*A'\ncheck A*B == B*A`);
  const [right, bad] = p.claims.map((c) => decideClaim(p, c, { prove }));
  expect([right?.verdict, right?.identities]).toEqual(['proved', ['transpose of a product']]);
  expect(bad?.verdict).toBe('false');
});
