/** Every colour that is drawn on a theme's background can be read: 4.5 to 1 or more, in all four kinds of theme (WCAG 2.2, 1.4.3). */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { COLOURS } from '../../server/formula';

const css = readFileSync(path.resolve(import.meta.dirname, '../../media/derivation.css'), 'utf8');

/** WCAG 2.2: relative luminance, and the ratio of two. */
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = (hex.slice(1).match(/../g) ?? []).map((pair) => parseInt(pair, 16) / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
function contrast(a: string, b: string): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

/** Editor and hover backgrounds of VS Code's own themes of each kind, the harder ones of it among them (Solarized, Monokai, Abyss, Quiet Light, Red). */
const BACKGROUNDS = {
  dark: ['#1f1f1f', '#1e1e1e', '#202020', '#252526', '#272822', '#002b36', '#000c18', '#390000'],
  light: ['#ffffff', '#f8f8f8', '#fdf6e3', '#f5f5f5', '#f3f3f3'],
  hcDark: ['#000000', '#0c141f'],
  hcLight: ['#ffffff'],
} as const;
type Kind = keyof typeof BACKGROUNDS;
const SELECTOR: Readonly<Record<Kind, string>> = { dark: 'body', light: 'body.vscode-light', hcDark: 'body.vscode-high-contrast', hcLight: 'body.vscode-high-contrast-light' };

const ofSelector = (selector: string): ReadonlyMap<string, string> =>
  new Map([...(css.split('\n').find((line) => line.startsWith(`${selector} { --`)) ?? '').matchAll(/--(\w+): (#[0-9a-f]{6})/g)].map(([, name = '', value = '']) => [name, value]));

test('the ratio is the standard one', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 6);
  expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.478, 3);
});

describe.each(Object.keys(BACKGROUNDS) as Kind[])('in a theme of the kind %s', (kind) => {
  const cases = BACKGROUNDS[kind].flatMap((background) => [
    ['typeset formulas', COLOURS[kind], background] as const,
    ...['blue', 'orange', 'green'].map((name) => [`the figures' ${name}`, ofSelector(SELECTOR[kind]).get(name) ?? '', background] as const),
  ]);
  test.each(cases)('%s, %s on %s', (_, colour, background) => {
    expect(colour).toMatch(/^#[0-9a-f]{6}$/);
    expect(contrast(colour, background)).toBeGreaterThanOrEqual(4.5);
  });
});
