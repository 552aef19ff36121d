/** Every number that is printed is read again, and is the same: huge, tiny, long, with and without an exponent. */
import { expect, test } from 'vitest';
import { HALF, isZeroQ, keyQ, negQ, powQ, rational, toNumber, type Rational } from '../../core/algebra/rational';
import { resolve } from '../../core/algebra/resolve';
import { openWorkspace } from '../../core/calculus/workspace';
import { numberTree } from '../../core/notation/trees';
import { present } from '../../core/notation/present';
import { newGraph } from '../../core/simplify';
import { parse } from '../../core/syntax/parse';
import { printText } from '../../core/syntax/print';
import { randomFrom } from '../../core/numeric/points';
import { firstRequest, lastTerm } from '../verify/document';

/** What the text is, exactly. */
function read(text: string): Rational {
  const p = resolve(parse(`x : scalar\n${text}`));
  expect(p.diagnostics.filter((d) => d.severity === 'error'), text.slice(0, 80)).toEqual([]);
  const node = openWorkspace(p, newGraph, new Set()).node(lastTerm(p));
  if (node.kind === 'zero') return rational(0);
  if (node.kind === 'identity') return rational(1);
  if (node.kind !== 'product' || node.factors.length + node.scalars.length > 0) throw new Error(`${text.slice(0, 80)} is ${node.kind}`);
  return node.coefficient;
}
const big = (base: number, k: number): Rational => powQ(rational(base), k) ?? rational(1);
const times = (a: Rational, b: Rational): Rational => rational(a.n * b.n, a.d * b.d);

const special: readonly Rational[] = [
  rational(0), HALF, rational(1, 1000), rational(7, 3), big(10, 6), big(10, 7), big(10, 300), big(10, 301), big(10, 400), big(10, 1000),
  times(big(10, 1000), big(10, 1001)), times(big(7, 200), big(10, 1000)), big(10, -7), big(10, -300), big(10, -301), big(10, -400), big(10, -1000), big(2, 700), big(2, -700), big(3, 1000), big(3, -1000),
  big(2, -64), big(2, -200), big(2, -300), big(2, -301), big(2, -1000), times(big(3, 900), big(2, -900)), times(big(3, 100), big(2, -70)), times(big(11, 900), big(13, -800)), times(big(2, 4000), big(2, 4000)),
];
test.each(special.map((q) => [printText(numberTree(q)).slice(0, 60), q] as const))('%s', (_, q) => {
  expect(keyQ(read(printText(numberTree(q))))).toBe(keyQ(q));
  expect(keyQ(read(printText(numberTree(negQ(q)))))).toBe(keyQ(negQ(q)));
});

test('random numbers of up to 700 digits above and below', () => {
  const random = randomFrom(1, 'numbers');
  const next = (): number => random.next();
  const whole = (digits: number): bigint => BigInt(Array.from({ length: digits }, (_, k) => (k === 0 ? 1 + Math.floor(next() * 9) : Math.floor(next() * 10))).join(''));
  const digits = (): number => 1 + Math.floor((next() * 26) ** 2);
  for (let k = 0; k < 300; k++) {
    const kind = k % 4;
    const tens = 10n ** BigInt(Math.floor(next() * 600));
    const q = kind === 0 ? rational(whole(digits()), whole(digits())) : kind === 1 ? rational(whole(1 + (digits() % 20)) * tens) : kind === 2 ? rational(whole(1 + (digits() % 20)), tens) : rational(whole(digits()), 2n ** BigInt(Math.floor(next() * 500)));
    if (!isZeroQ(q)) expect(keyQ(read(printText(numberTree(q))))).toBe(keyQ(q));
  }
}, 60_000);

test('every form of a derivative with such numbers is read again', () => {
  const declared = 'S : matrix(n, n) posdef\nx : vector(n)\n';
  for (const f of ['log(cond(S*10^200))', "x'*S*x*2^700", "(3^500*x'*S*x)^3 / 7^300", "exp(x'*x / 3^450)", '2^-900*normF(S)']) {
    const p = resolve(parse(`${declared}f = ${f}\ngrad(f, S)`));
    const forms = present(p, firstRequest(p));
    if ('refused' in forms) continue;
    for (const name of ['gradient', 'vec'] as const) {
      const text = forms.forms[name]?.text;
      const again = resolve(parse([`${declared}f = ${f}`, ...forms.where.map((d) => d.text), text].join('\n')));
      expect(again.diagnostics.filter((d) => d.severity === 'error'), `${f}: ${text}`).toEqual([]);
    }
    for (const { text } of forms.alternatives ?? []) if (!/[VEd]/.test(text)) expect(parse(`${declared}${text}`).diagnostics, text).toEqual([]);
  }
});

test('a quotient of numbers beyond the doubles is the double next to it', () => {
  expect(toNumber(times(big(3, 900), big(3, -899)))).toBe(3);
  expect(toNumber({ n: 3n ** 900n + 1n, d: 3n ** 899n })).toBeCloseTo(3, 12);
  expect(toNumber({ n: -(3n ** 900n) - 1n, d: 2n * 3n ** 899n })).toBeCloseTo(-1.5, 12);
  expect(toNumber(big(10, 400))).toBe(Infinity);
  expect(toNumber(big(10, -400))).toBe(0);
});
