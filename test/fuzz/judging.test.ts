/** The judge itself: what no double can tell is undecided with its reason, what is exactly 0 is right, and neither excuses a fault. */
import { expect, test } from 'vitest';
import { num } from '../../core/verify/oracle-decimal';
import { compile } from './compile';
import { exactDigits } from './exact';
import { judgeText } from './judge';
import { extent } from './naive';
import { judged, Unfit, Wrong } from './outcome';
import { drawPoint } from './point';
import { randomFrom } from './random';

const BASIC = { secondViews: false, exact: false, special: false };
const kind = (text: string, depth: Parameters<typeof judgeText>[2]): string => { const o = judgeText(text, 1, depth); return o.kind === 'wrong' ? `wrong: ${o.stage}: ${o.detail}` : o.kind; };

test.each([
  'log(1 + abs(eigmin(S*10^160)))', 'tanh(norm2(S*10^200))', 'atan(eigmax(S*10^300))',
])('numbers beyond doubles are no fault: %s', (F) => {
  const o = judgeText(`S : matrix(n, n) symmetric\nF = ${F}\ngrad(F, S)`, 1, BASIC);
  expect([o.kind, 'reason' in o ? o.reason : '']).toEqual(['undecided', expect.stringMatching(/beyond doubles/)]);
});

test.each(["cos(exp(50 + x'*x))", "x'*x*sin(exp(60*norm(x)^2 + 60))"])('a value of which rounding has left no digit is no judge: %s', (F) => {
  const o = judgeText(`x : vector(n)\nF = ${F}\ngrad(F, x)`, 1, BASIC);
  expect([o.kind, 'reason' in o ? o.reason : o.kind === 'wrong' ? o.detail : '']).toEqual(['undecided', 'float64 has no digit of the value']);
});

test.each([
  'A : matrix(n, n)\nF = logdet(A*A\'*inv(A)\'*inv(A))\ngrad(F, A)',
  'A : matrix(n, n)\nF = tr(A*inv(A))\ngrad(F, A)',
  'x : vector(n)\nF = norm(x / norm(x))\ngrad(F, x)',
  "S : matrix(n, n) posdef\nx : vector(n)\nF = hessian(x'*S*y, x)\njacobian(F, S)\ny : vector(n)",
])('what is exactly 0 is right: %s', (text) => expect(kind(text, { ...BASIC, exact: true, special: true })).toBe('right'));

test.each([
  'A : matrix(n, n)\nF = norm2(skewpart(A))\ngrad(F, A)',
  'A : matrix(n, n)\nF = eigmax(sym(A) ⊗ I(2))\ngrad(F, A)',
  'A : matrix(n, n)\nF = eigmin([sym(A), zeros(n, n); zeros(n, n), sym(A)])\ngrad(F, A)',
])('a second derivative at eigenvalues that always meet is no fault: %s', (text) => expect(['right', 'undecided']).toContain(kind(text, { ...BASIC, special: true })));

test('only numbers that large excuse a disagreement', () => {
  const wrong = new Wrong('second', 'off');
  expect(judged(wrong, 1e70)).toBe(wrong);
  expect(judged(wrong, 1e80)).toBeInstanceOf(Unfit);
  const sized = (F: string): number => {
    const p = compile(`S : matrix(n, n) symmetric\nF = ${F}\ngrad(F, S)`);
    return extent(p, p.requests[0]?.ofTerm as never, drawPoint(p, 1, randomFrom(1)));
  };
  expect(sized('eigmin(S)^2 + exp(tr(S))')).toBeLessThan(1e6);
  expect(sized('atan(eigmin(S*10^200))')).toBeGreaterThan(1e190);
  expect(sized('tanh(exp(exp(exp(9 + norm(S[:, 1])))))')).toBe(Infinity);
});

test('a derivative that should be 0 and is not is seen, however small', () => {
  const p = compile('x : vector(n)\nF = 0.0000000000000000000000000000001*x\nF');
  const at = drawPoint(p, 1, randomFrom(1));
  const n = at.values.get('x')?.data.length ?? 0;
  const wanted = Array.from({ length: n }, (_, k) => [[k, 1]] as const);
  const noise = Array.from({ length: n }, () => num('1e-41'));
  expect(exactDigits(noise, p, p.requests[0]?.ofTerm as never, at, new Map(), wanted)).toBeLessThan(12);
  const none = compile('x : vector(n)\nF = 0*x\nF');
  expect(exactDigits(noise, none, none.requests[0]?.ofTerm as never, at, new Map(), wanted)).toBe(64);
});
