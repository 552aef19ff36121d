/** Every error at its exact place, and every fix that is offered makes its error go away. */
import { expect, test } from 'vitest';
import { resolve } from '../../core/algebra/resolve';
import { CODES } from '../../core/syntax/codes';
import { parse } from '../../core/syntax/parse';
import { apply, at, errors, found, program } from './resolve-reading';

const D = 'A : matrix(m, n); B : matrix(n, k); S : matrix(n, n); x : vector(n); y : vector(m); t : scalar\n';

const CASES: readonly (readonly [text: string, ...expected: string[]])[] = [
  [`${D}F = A*A`, '2:5 MC3001 A*A'], [`${D}F = 2*A*B'*x`, "2:5 MC3001 2*A*B'"], [`${D}F = A'*x`, "2:5 MC3001 A'*x"], [`${D}F = x*x`, '2:5 MC3001 x*x'], [`${D}F = B*A`, '2:5 MC3001 B*A'],
  [`${D}F = 1 + (A + B)`, '2:10 MC3002 A + B'], [`${D}F = A .* A'`, "2:5 MC3002 A .* A'"], [`${D}F = x + y`, '2:5 MC3002 x + y'], [`${D}f = A : B`, '2:5 MC3002 A : B'],
  [`${D}F = inv(A)`, '2:5 MC3003 inv(A)'], [`${D}f = tr(A*B)`, '2:5 MC3003 tr(A*B)'], [`${D}F = A / x`, '2:5 MC3003 A / x'], [`${D}F = A \\ y`, '2:5 MC3003 A \\ y'], [`${D}F = 1 / S`, '2:5 MC3001 1 / S'],
  [`${D}F = softmax(A)`, '2:5 MC3004 softmax(A)'], [`${D}F = cross(x, x)`, '2:5 MC3004 cross(x, x)'], [`${D}f = norm(A)`, '2:5 MC3005 norm(A)'], [`${D}f = ‖A*B‖`, '2:5 MC3005 ‖A*B‖'],
  [`${D}f = tr(I)`, '2:8 MC3006 I'], [`${D}F = I ⊗ A`, '2:5 MC3006 I'], [`${D}F = t + I`, '2:9 MC3006 I'], [`${D}f = sum(e(1))`, '2:9 MC3007 e(1)'], [`${D}F = S + t`, '2:7 MC3008 +'],
  [`${D}f = x^2`, '2:5 MC3017 x^2'], [`${D}f = 2^x`, '2:7 MC3017 x'], [`${D}grad(A*x, x)`, '2:1 MC3015 grad(A*x, x)'], [`${D}hessian(A*x, x)`, '2:1 MC3015 hessian(A*x, x)'],
  [`${D}f = norm(A*x)^2\ndiff(f, x, A)`, '3:12 MC3016 A'], [`${D}check A*x == x`, '2:7 MC3018 A*x == x'],
  ["x : vector(n); f = x'*y*x", '1:23 MC2001 y'], ['lambda1 : scalar; f = lamda1', '1:23 MC2001 lamda1'], ['alpha : scalar; f = α', '1:21 MC2001 α'], ['x : vector(n); f = exp', '1:20 MC2007 exp'],
  ['x : vector(n); f = trace(x*x\')', '1:20 MC2004 trace'], ['x : vector(n); f = ln(x)', '1:20 MC2004 ln'], ['x : vector(n); f = foo(x, 2)', '1:20 MC2004 foo'],
  ['x : vector(n); f = sum(x_i, i = 1:n)', '1:24 MC2001 x_i'], ['X : matrix(n, n); f = sum(X_ii, i = 1:n)', '1:27 MC2001 X_ii'], ['X : matrix(3, 3); f = X_12', '1:23 MC2001 X_12'],
  ['x : scalar; x = 2', '1:13 MC2002 x'], ['x, x : scalar', '1:4 MC2002 x'], ['x : scalar\nf = x; f = 2*x', '2:8 MC2002 f'], ['f = f + 1', '1:5 MC2003 f'], ['f = g + 1; g = 2*f', '1:18 MC2003 f'],
  [`${D}f = x'*x; grad(f, x, x, x)`, '2:11 MC2005 grad(f, x, x, x)'], [`${D}f = inv(S, S)`, '2:5 MC2005 inv(S, S)'], ['f(a, b) = a*b; g = f(1)', '1:20 MC2005 f(1)'],
  [`${D}f = x'*x; grad(f, A*x)`, '2:19 MC2006 A*x'], [`${D}f = x'*x; g = 2*f; grad(g, f)`, '2:28 MC2006 f'], [`${D}f = x'*x; grad(f, n)`, '2:19 MC2006 n'], [`${D}f = x'*x; grad(f, z)`, '2:19 MC2001 z'],
  ['gamma : scalar; x : vector(n); f = gamma(x)', '1:36 MC2008 gamma'], ["T : scalar; A : matrix(n, n); F = A^T", '1:35 MC2009 A^T'], ["T : scalar; A : matrix(n, n); F = A^-T", '1:35 MC2009 A^-T'],
  ['n : scalar; x : vector(n)', '1:1 MC2010 n'], ["x : vector(n); f = x'*x; g = f(x)", '1:30 MC2011 f'], ['A : matrix(n, n) symetric', '1:18 MC2012 symetric'], ['set vec = wide', '1:11 MC2013 wide'], ['set width = row', '1:5 MC2013 width'],
  ['x : vector(0)', '1:12 MC3009 0'], ['x : vector(n - n)', '1:12 MC3009 n - n'], ['x : vector(2.5)', '1:12 MC3009 2.5'], ['x : vector(-n)', '1:12 MC3009 -n'], ['x : vector(sin(n))', '1:12 MC3010 sin(n)'], ['x : vector(((n^9)^9)^9)', '1:13 MC3010 (n^9)'],
  ['dim n = 3\ndim n = 4', '2:5 MC3011 n = 4'], ['dim m > n\ndim n > m', '2:5 MC3011 n > m'], ['dim m >= n, m = 2, n = 3', '1:5 MC3011 m >= n'], ['dim n = 0', '1:9 MC3009 0'],
  ['A : matrix(m, n) posdef', '1:18 MC3012 posdef'], ['A : matrix(n, n) skew symmetric', '1:23 MC3012 symmetric'], ['A : matrix(n, n) spd skew', '1:22 MC3012 skew'],
  ['x : vector(3); f = x[4]', '1:22 MC3013 4'], ['x : vector(n); f = x[0]', '1:22 MC3013 0'], ['x : vector(n); f = x[n + 1]', '1:22 MC3013 n + 1'], ['x : vector(n); f = x[3:2]', '1:22 MC3013 3:2'], ['x : vector(3); f = sum(x[i], i = 1:4)', '1:26 MC3013 i'], ['A : matrix(n, n); f = A[1]', '1:23 MC3013 A[1]'],
  [`${D}F = [A; B]`, '2:9 MC3014 B'], [`${D}F = [A, B]`, '2:9 MC3014 B'], ['x : vector(n); f = x\'*x; ∇³f', '1:26 MC2014 ∇³f'],
];

test.each(CASES)('%s', (text, ...expected) => {
  expect(found(text)).toEqual(expected);
});

test('every fix of these texts leads to a text without that error', () => {
  let count = 0;
  for (const [text] of CASES) {
    for (const d of program(text).diagnostics) {
      for (const fix of d.fixes ?? []) {
        const changed = apply(text, fix);
        const same = program(changed).diagnostics.filter((e) => e.code === d.code && e.severity === d.severity);
        expect(same.map((e) => at(changed, e)), `${fix.title} in ${text}`).toEqual([]);
        count++;
      }
    }
  }
  expect(count).toBeGreaterThan(60);
});

test('both shapes, their origins and an example in numbers are told', () => {
  const [error] = errors('A : matrix(m, n)\nB : matrix(m, k)\nF = A*B');
  expect(error?.message).toBe('`A` is m×n, `B` is m×k: the left factor has n columns, the right one m rows (with k = 3, m = 2, n = 5: 2×5 times 2×3)');
  expect(error?.related?.map((r) => r.message)).toEqual(['`A` is m×n', '`B` is m×k']);
  expect(error?.fixes?.map((f) => f.title)).toEqual(['Transpose A']);
});

test('the example in numbers keeps to the sizes and relations of the file', () => {
  expect(errors('dim n >= m\nA : matrix(m, n)\nF = A*A')[0]?.message).toContain('with m = 2, n = 3: 2×3 times 2×3');
  expect(errors('dim n = 7\nA : matrix(m, n)\nF = A*A')[0]?.message).toContain('with m = 3, n = 7: 3×7 times 3×7');
});

test('a broken definition withholds what is built on it, silently', () => {
  const p = program('A : matrix(m, n); x : vector(n)\nf = A*A\ng = 2*f\nh = x\'*x\ngrad(g, x)\ngrad(h, x)');
  expect(p.diagnostics).toHaveLength(1);
  expect([...p.definitions.keys()]).toEqual(['h']);
  expect(p.requests.map((r) => r.of)).toEqual(['h']);
});

test('a derivative inside a definition cannot be moved to another point', () => {
  expect(found("x : vector(n)\nf(w) = grad(w'*w, w)\ng = f(2*x)")).toEqual(['3:5 MC2014 f(2*x)']);
});

test('inlining stops at a limit', () => {
  const lines = Array.from({ length: 40 }, (_, i) => (i === 0 ? 'h0(v) = v + v' : `h${i}(v) = h${i - 1}(2*v) + h${i - 1}(3*v)`));
  expect(errors(`x : scalar\n${lines.join('\n')}`).map((e) => e.code)).toEqual(['MC3020']);
});

test('long chains, deep expressions and many errors end', () => {
  const chain = Array.from({ length: 3000 }, (_, i) => `a${i} = a${i + 1}*x`).join('\n');
  expect(errors(`x : scalar\n${chain}\na3000 = a0`).map((e) => e.code)).toEqual(['MC2003']);
  expect(program(`x : scalar\n${chain}\na3000 = x`).definitions.size).toBe(3001);
  expect(errors(`x : vector(n)\nf = ${'-'.repeat(400)}(x'*x)`)).toEqual([]);
  expect(errors(Array.from({ length: 500 }, (_, i) => `b${i} = c${i}`).join('\n')).length).toBeLessThanOrEqual(100);
});

test.each(CODES.filter((c) => /^MC[23]/.test(c.code) && c.code !== 'MC3020').map((c) => [c.code, c.example] as const))('the example of %s is told by it: %s', (code, example) => {
  const around: Record<string, string> = {
    MC2001: 'x : vector(n)', MC2004: 'A : matrix(n, n)', MC2005: "x : vector(n); f = x'*x", MC2006: "A : matrix(m, n); x : vector(n); f = x'*x", MC2009: 'A : matrix(n, n)', MC2014: 'x : scalar; f = x^4',
    MC3014: 'A : matrix(m, n); B : matrix(m, n); C : matrix(m, k); D : matrix(m, n)', MC3015: 'A : matrix(m, n); x : vector(n)', MC3016: "A : matrix(m, n); x : vector(n); f = x'*x", MC3018: 'A : matrix(m, n); x : vector(n)',
  };
  const text = `${around[code] ?? ''}\n${example}`;
  expect(found(text).some((d) => d.includes(code)), found(text).join(' | ')).toBe(true);
});

/** What a text is after the first fix of its first diagnostic. */
function mended(text: string): string {
  const fix = resolve(parse(text)).diagnostics[0]?.fixes?.[0];
  return [...(fix?.edits ?? [])].sort((a, b) => b.range.start - a.range.start).reduce((t, e) => t.slice(0, e.range.start) + e.text + t.slice(e.range.end), text);
}
const BLOCKS = 'A, B : matrix(n, n)\nC : matrix(n, k)\nx : vector(n)\n';
test.each([
  ['M = [A B; B A]', 'M = [A, B; B, A]'], ['M = [A C]', 'M = [A, C]'], ['M = [x A]', 'M = [x, A]'], ["M = [C A; C B']", "M = [C, A; C, B']"],
  ['M = [1 2; 3 4]', 'M = [1, 2; 3, 4]'], ['f = log det A', 'f = logdet(A)'], ['f = exp tr A', 'f = exp(tr(A))'], ['f = log tr exp A', 'f = log(tr(exp(A)))'],
])('%s is mended to %s', (line, to) => {
  expect(mended(BLOCKS + line)).toBe(BLOCKS + to);
  expect(resolve(parse(BLOCKS + to)).diagnostics).toEqual([]);
});
test.each(['M = [A*B; B*A]', "M = [2x; 3x]", "f = [x' x]", "M = [x x']", 'M = [A B, C]'])('%s is no doubt', (line) => {
  expect(resolve(parse(BLOCKS + line)).diagnostics.map((d) => d.code)).toEqual([]);
});
