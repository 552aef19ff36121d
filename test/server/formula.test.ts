import { describe, expect, test } from 'vitest';
import { codeSpan, COLOURS, escapeMarkdown, fence, formula, image, MAX_MARKDOWN } from '../../server/formula';
import { typeset } from '../../server/typeset';

const written = { text: "(A + A')*x", unicode: '(A + Aᵀ)x', latex: '(A + A^{\\top}) x' };

/** Relative luminance and contrast: WCAG 2.1, definitions of "relative luminance" and "contrast ratio". */
function contrast(one: string, other: string): number {
  const luminance = (hex: string): number => {
    const [r = 0, g = 0, b = 0] = [1, 3, 5].map((i) => {
      const c = parseInt(hex.slice(i, i + 2), 16) / 255;
      return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

const decode = (markdown: string): string => Buffer.from(/base64,([^|]*)/.exec(markdown)?.[1] ?? '', 'base64').toString('utf8');

describe('typeset formulas', () => {
  // The hover's background in Light Modern, Dark Modern and the two high-contrast themes.
  test.each([['light', '#f8f8f8'], ['dark', '#202020'], ['hcDark', '#000000'], ['hcLight', '#ffffff']] as const)('contrast in %s', (theme, background) => {
    const svg = decode(image(written.latex, written.unicode, typeset, theme) ?? '');
    expect(svg).toContain(COLOURS[theme]);
    expect(svg).not.toContain('currentColor');
    expect(contrast(COLOURS[theme], background)).toBeGreaterThanOrEqual(4.5);
  });
  test('says its size and its words', () => {
    const markdown = image(written.latex, 'X[1, 2]\n= y', typeset, 'dark') ?? '';
    expect(markdown).toMatch(/^!\[X\\\[1, 2\\\] = y\]\(data:image\/svg\+xml;base64,[A-Za-z0-9+/=]+\|width=\d+,height=\d+\)$/);
    const [, width, height] = /width=(\d+),height=(\d+)/.exec(markdown) ?? [];
    expect(decode(markdown)).toContain(`width="${width}" height="${height}"`);
  });
  test('broken LaTeX falls back to Unicode', () => expect(formula({ ...written, latex: '\\frac{' }, undefined, typeset, 'dark', MAX_MARKDOWN)).toBe('```\n(A + Aᵀ)x\n```'));
  test('without a typesetter', () => expect(formula(written, { unicode: 'G', latex: 'G' }, undefined, 'dark', MAX_MARKDOWN)).toBe('```\nG = (A + Aᵀ)x\n```'));
  test('a formula too long for the room falls back to Unicode', () => {
    const long = Array.from({ length: 100 }, (_, i) => `A_{${i}}^{-1}B_{${i}}`).join('+');
    expect(typeset(long, '#000000')).toBeDefined();
    expect(formula({ ...written, latex: long }, undefined, typeset, 'dark', MAX_MARKDOWN)).toBe('```\n(A + Aᵀ)x\n```');
  });
  test('a formula too long to draw', () => expect(typeset('A+'.repeat(5000), '#000000')).toBeUndefined());
  test('the same formula has another colour and the same size in another theme', () => {
    const dark = typeset(written.latex, '#d4d4d4');
    const light = typeset(written.latex, '#1f1f1f');
    expect(dark?.width).toBe(light?.width);
    expect(dark?.svg).not.toBe(light?.svg);
    expect(dark?.svg.replaceAll('#d4d4d4', '#1f1f1f')).toBe(light?.svg);
  });
});

describe('markdown', () => {
  test.each([['a', '```mcalc\na\n```'], ['a ``` b', '````mcalc\na ``` b\n````']])('fence %j', (text, expected) => expect(fence(text)).toBe(expected));
  test.each([['a', '`a`'], ['a`b', '``a`b``'], ['`', '`` ` ``']])('code %j', (text, expected) => expect(codeSpan(text)).toBe(expected));
  test('text cannot become a link, an image or HTML', () => {
    const escaped = escapeMarkdown('[x](command:evil) ![y](z) <img src=q> `c`');
    expect(escaped).not.toMatch(/(^|[^\\])[[\]()<>`!]/);
  });
});
