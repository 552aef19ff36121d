import { describe, expect, test } from 'vitest';
import { signatureHelp } from '../../core/ide/signature';
import { fixture } from './fixture';

/** Label with the active parameter in ‹›; several alternatives on lines of their own. */
const help = (text: string): string => {
  const f = fixture(text);
  return signatureHelp(f.analysis, f.offset).map((s) => {
    const active = s.parameters[s.active];
    return active ? `${s.label.slice(0, active.start)}‹${s.label.slice(active.start, active.end)}›${s.label.slice(active.end)}` : s.label;
  }).join('\n');
};

describe('signature help', () => {
  test.each([
    ['F = inv($0', 'inv(‹A : matrix(n, n)›) → matrix(n, n)'],
    ['F = inv(A$0)', 'inv(‹A : matrix(n, n)›) → matrix(n, n)'],
    ['F = inv(A)$0', ''],
    ['F = $0inv(A)', ''],
    ['F = tr(A*inv(B + [A, $0', 'inv(‹A : matrix(n, n)›) → matrix(n, n)'],
    ["a : vector(n)\nf(x, y) = a'*x*y\nf(a, $0", 'f(x : n×1, ‹y : scalar›) : scalar'],
    ['(A$0 + B)', ''],
    ['f = inv(A); $0', ''],
  ])('%j', (text, expected) => expect(help(text)).toBe(expected));
  test('an operator of two arguments knows which is written', () => {
    expect(help('Y = sylvester(A, $0')).toMatch(/^sylvester\([^‹]*, ‹B : .*›, .*\) → /);
  });
});
