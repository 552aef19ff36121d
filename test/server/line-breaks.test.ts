import { describe, expect, test } from 'vitest';
import { image, inLines } from '../../server/formula';
import { breakLines } from '../../server/line-breaks';
import { typeset } from '../../server/typeset';

/** What is left when the lines are put together again. */
const joined = (latex: string): string => latex.replace(/^\\begin\{aligned\} | \\end\{aligned\}$/g, '').replace(/ \\\\\[3pt\] &\\quad \{\}/g, ' ').replace('&= ', '= ').replace(/^&/, '').replace(/\\Big[lr]/g, (m) => (m.endsWith('l') ? '\\left' : '\\right'));
const blankless = (text: string): string => text.replace(/\s+/g, '');
const lines = (latex: string): readonly string[] => latex.split('\\\\[3pt]');

const WIDE = '\\nabla_{X} f = AXB + BX^{\\top}C - \\frac{A + B}{C - D} + \\left(\\frac{A}{B} + C\\right)^{-1} - CXD + x^{a + b}_{c - d} + DX^{\\top}E';
const NESTED = '2(AXB + BX^{\\top}C - CXD + DX^{\\top}E - EXF)';

describe('wide formulas', () => {
  test('break before signs that stand outside of everything, and nothing is lost', () => {
    const broken = breakLines(WIDE, 1000, 400);
    expect(blankless(joined(broken))).toBe(blankless(WIDE));
    expect(lines(broken).length).toBeGreaterThan(2);
    for (const line of lines(broken).slice(1)) expect(line.trim()).toMatch(/^&\\quad \{\}[+-]/);
    // A fraction, an exponent and a fence are whole on their lines.
    for (const line of lines(broken)) expect([...line.matchAll(/\{/g)].length - (line.includes('\\begin') ? 1 : 0)).toBe([...line.matchAll(/\}/g)].length - (line.includes('\\begin') ? 1 : 0));
  });
  test('break inside of brackets where there is no other place', () => {
    const broken = breakLines(NESTED, 900, 400);
    expect(lines(broken).length).toBeGreaterThan(1);
    expect(blankless(joined(broken))).toBe(blankless(NESTED));
  });
  test('fences that are cut open keep a size', () => {
    const broken = breakLines('\\left(\\frac{A}{B} + CXD + EXF + GXH + KXL\\right) Z', 900, 300);
    expect(broken).toContain('\\Bigl(');
    expect(broken).not.toMatch(/\\left|\\right/);
  });
  test.each(['x', '', '{', '\\frac{a}{b}', '-'.repeat(50), ')))+a', '\\left( a + b'])('%j has no place to break, or is broken into what can be set', (latex) => {
    expect(typeof breakLines(latex, 900, 100)).toBe('string');
  });
  test('a sign behind an operator is no place to break', () => {
    expect(breakLines('A \\otimes -B', 900, 100)).toBe('A \\otimes -B');
    expect(breakLines('-A', 900, 100)).toBe('-A');
  });

  test('are set in lines that fit, and narrow ones stay as they are', () => {
    const wide = `${WIDE} + ${WIDE.split(' = ')[1]}`;
    expect(typeset(wide, 'black')?.width).toBeGreaterThan(900);
    expect(inLines(wide, 'black', typeset, 680)?.width).toBeLessThanOrEqual(700);
    expect(inLines('A + B', 'black', typeset, 680)).toEqual(typeset('A + B', 'black'));
  });
  test('beyond a length a hover shows words instead', () => {
    expect(image(Array.from({ length: 600 }, (_, i) => `x_{${i}}`).join(' + '), 'words', typeset, 'dark')).toBeUndefined();
  });
});
