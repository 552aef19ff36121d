import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { resolve } from '../../core/algebra/resolve';
import { format } from '../../core/syntax/format';
import { MAX_DIAGNOSTICS, MAX_HEIGHT, MAX_NESTING, MAX_LINES, MAX_OF_TOO_MANY } from '../../core/syntax/limits';
import { parse, readingOf } from '../../core/syntax/parse';
import { printText } from '../../core/syntax/print';
import { reparse } from '../../core/syntax/reparse';
import { everyExpr, rootsOf } from '../../core/syntax/walk';
import { height, treeFaults } from '../fuzz/text-faults';
import { PATIENCE, runs } from './seed';

const PROGRAM = `# Polar factor, ridge, and what else there is
dim m >= n, k = 3
X : matrix(m, n) fullrank; y : vector(m)
lambda, α ∈ R
g : R^n × R^m -> R
F = X * (X' * X)^(-1/2)
f(w) = norm(X*w - y)^2 + lambda * w'w
∂f/∂w
d²f/dw²
check grad(f, w) == 2Xᵀ(X w − y) + 2 lambda w
assume invertible(X'X)
set vec = column
s = Σ(y[i]^2, i = 1:m) + ‖y‖² - [X, X; X, X][1, 2:k] .* ∇²g(A*x, y)
A : (B ⊙ C) ⊗ D \\ E^-T
`;

const sound = (text: string): void => {
  expect([text, treeFaults(text)]).toEqual([text, []]);
};

const noise = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.uint8Array({ maxLength: 60 }).map((bytes) => new TextDecoder().decode(bytes)),
  fc.array(fc.constantFrom(...'()[]{}^*/\\\'.,;:=+-|#@$&~ \n\r\t', 'x', 'A', 'f', '12', '1e', '==', '->', '∂', '∇', 'Σ', '‖', 'ᵀ', '⁻¹', '⁻', '⊗', '∈', 'R', 'dim ', 'check ', 'set ', 'assume ', 'matrix', 'vector(n)', 'scalar ', 'sum(', 'i = 1:n', 'dF/dX', '\ud83d', '\u200b', '\uff08', 'in ', '√', '×', '.T', 'd²', '_'), { maxLength: 40 }).map((a) => a.join('')),
);

test('random characters, bytes and words', () => {
  fc.assert(fc.property(noise, sound), runs(2000));
}, PATIENCE);
test('every prefix and every deletion of a program', () => {
  for (let i = 0; i <= PROGRAM.length; i++) {
    sound(PROGRAM.slice(0, i));
    sound(PROGRAM.slice(0, i) + PROGRAM.slice(i + 1));
  }
});
test('the program itself has no error', () => {
  expect(parse(PROGRAM).diagnostics.filter((d) => d.severity === 'error')).toEqual([]);
});

describe('what no person writes', () => {
  const many = 15_000;
  const cases: readonly (readonly [string, string])[] = [
    ['minus signs', `f = ${'-'.repeat(20_000)}x`], ['parentheses', `f = ${'('.repeat(10_000)}x${')'.repeat(10_000)}`], ['a sum', `f = ${'x + '.repeat(250_000)}x`],
    ['open parentheses', '('.repeat(many)], ['brackets', `f = ${'['.repeat(many)}`], ['calls', `f = ${'tr('.repeat(6_000)}`], ['powers', `f = ${'x^'.repeat(8_000)}x`], ['nested powers', `f = ${'2^('.repeat(5_000)}`],
    ['transposes', `f = x${"'".repeat(many)}`], ['products', `f = ${'x '.repeat(many)}`], ['entries', `f = x${'[1]'.repeat(6_000)}`], ['bars', `f = ${'‖'.repeat(many)}`], ['gradients', `f = ${'∇g('.repeat(6_000)}`],
    ['partials', '∂'.repeat(many)], ['roots', `f = ${'√'.repeat(many)}x`], ['braces', `f = ${'{'.repeat(many)}`], ['a name', `f = ${'x'.repeat(1_000_000)}`], ['equals', 'x = '.repeat(100_000)], ['closers', ')\n'.repeat(50_000)],
    ['strangers', '$ '.repeat(40_000)], ['indices', `f = sum(x, ${'i = 1:n, '.repeat(3_000)}i = 1:n)`], ['exponents of minus', `f = x^${'-'.repeat(many)}1`], ['a type', `x ∈ R^${'('.repeat(many)}n`],
  ];
  test.each(cases)('%s', (_, text) => {
    const document = parse(text);
    expect(document.diagnostics.length).toBeGreaterThan(0);
    expect(document.diagnostics.length).toBeLessThanOrEqual(MAX_DIAGNOSTICS + 1);
    for (const s of document.statements) for (const root of rootsOf(s)) {
      expect(height(root)).toBeLessThanOrEqual(MAX_HEIGHT + MAX_NESTING);
      printText(root);
    }
    format(document);
  });
  test('a sum of 1000 terms is read', () => {
    expect(parse(`f = ${'x + '.repeat(999)}x`).diagnostics).toEqual([]);
  });
  test('a megabyte of short lines ends with one diagnostic', () => {
    const document = parse('x\n'.repeat(500_000));
    expect(document.diagnostics.map((d) => d.code)).toEqual(['MC1018']);
    expect(document.statements.length).toBe(MAX_OF_TOO_MANY + 1);
  });
  test('of more lines than are read no word is made, and nothing of them is lost', () => {
    const lines = `${'a +\n'.repeat(MAX_LINES)}  y   ( `;
    const document = parse(lines);
    expect(document.diagnostics.map((d) => d.message)).toEqual([expect.stringContaining('words; at most'), `The text has more than ${MAX_LINES} lines; those from here on are not read.`]);
    expect(document.tokens.length).toBe(3 * MAX_LINES + 1);
    expect(format(document).endsWith('  y   (\n')).toBe(true);
  });
  test('an edit that adds the line too many is read like the whole text', () => {
    const text = 'a +\n'.repeat(MAX_LINES - 1);
    const old = parse(`${text}b`);
    expect(readingOf(old)).toBeDefined();
    const grown = `${text}c +\nb`;
    expect(reparse(old, grown).diagnostics).toEqual(parse(grown).diagnostics);
    expect(parse(grown).diagnostics.length).toBe(parse(text).diagnostics.length + 1);
  });
  /** Work as counts: words that the lexer makes and nodes that the parser makes; the times stand in bench/language.mjs. */
  test.each([
    ['10 000 nested parentheses', `f = ${'('.repeat(10_000)}x${')'.repeat(10_000)}`, 20_003, 0, 'MC1018'],
    ['8 000 nested parentheses', `f = ${'('.repeat(8_000)}x${')'.repeat(8_000)}`, 16_003, 200, 'MC1017'],
    ['a line of 1 MB', `f = ${'x + '.repeat(250_000)}x`, 1, 1, 'MC1018'],
    ['an exponent tower', `f = ${'2^('.repeat(5_000)}`, 15_002, 400, 'MC1017'],
    ['a cyclic definition', 'f = g\ng = f', 7, 2, 'MC2003'],
  ] as const)('%s costs little and gives a diagnostic', (_, text, words, nodes, code) => {
    const document = parse(text);
    expect(document.tokens.length).toBeLessThanOrEqual(words);
    expect([...everyExpr(document.statements.flatMap(rootsOf))].length).toBeLessThanOrEqual(nodes);
    expect(resolve(document).diagnostics[0]?.code).toBe(code);
  });
});
