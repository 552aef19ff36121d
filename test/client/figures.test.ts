import { describe, expect, test } from 'vitest';
import { differencesFigure, taylorFigure } from '../../client/webview/figures/curves';
import { heatMap } from '../../client/webview/figures/heat-map';
import { axis } from '../../client/webview/figures/log-plot';
import { drawn, figureText, flopsWords, PAPER, THEME } from '../../client/webview/figures/svg';
import type { MatrixPicture } from '../../server/protocol';

const MATRIX: MatrixPicture = {
  rowLabel: 'vec(F)', columnLabel: 'vec(X)ᵀ', rowNames: ['F[1]', 'F[2]'], columnNames: ['X[1]', 'X<2>'], block: [1, 1], values: [1, -2, 0, 0.5], nonzeros: 3, structure: [], sizes: 'n = 2',
};
const numbersIn = (svg: string): readonly number[] => [...svg.matchAll(/ (?:x|y|x1|y1|cx|cy|width|height)="([^"]*)"/g)].map((m) => Number(m[1]));

describe('figures', () => {
  test('the heat map has a named cell an entry, a stroke for a minus, and no coordinate that is none', () => {
    const svg = drawn(heatMap(MATRIX), THEME);
    expect([...svg.matchAll(/<title>/g)]).toHaveLength(4);
    expect(svg).toContain('F[1] by X&lt;2&gt;: −2');
    expect(svg).not.toContain('X<2>');
    expect(numbersIn(svg).every(Number.isFinite)).toBe(true);
    expect(svg).toMatch(/aria-label="[^"]*3 of 4 entries are not zero/);
    expect([...svg.matchAll(/pointer-events="none"/g)]).toHaveLength(1);
  });

  test('on paper no colour depends on a theme, and nothing is fetched', () => {
    for (const figure of [heatMap(MATRIX), taylorFigure({ letters: { of: 'f', at: 'w', step: 'h', direction: 'V' }, first: { name: 'a', points: [[0.1, 1], [0.01, 0.1]] }, remainder: { name: 'b', points: [[0.1, 1], [0.01, 0.01]] }, rate: 2, seen: 2 })]) {
      const svg = drawn(figure, PAPER);
      expect(svg).not.toMatch(/var\(|href|style=|<script/);
    }
  });

  test('a plot of remainders names what it is of', () => {
    const picture = { first: { name: 'a', points: [[0.1, 1], [0.01, 0.1]] }, remainder: { name: 'b', points: [[0.1, 1], [0.01, 0.01]] }, seen: 2 } as const;
    const svg = (rate: number): string => drawn(taylorFigure({ ...picture, letters: { of: 'f', at: 'h<', step: 't', direction: 'V' }, rate }), THEME);
    expect(svg(2)).toContain('>f(h&lt; + tV) − f(h&lt;) − t Df(h&lt;)[V]<');
    expect(svg(3)).toContain('>f(h&lt; + tV) − f(h&lt;) − t Df[V] − ½t² D²f[V, V]<');
    expect(svg(2)).toContain('>step t, relative to the variable<');
  });

  test('a plot keeps every point inside of its frame, an error of 0 included', () => {
    const points = [[1e-1, 1e-2], [1e-8, 0], [1e-15, 3]] as const;
    const figure = differencesFigure({ forward: { name: 'f', points }, central: { name: 'c', points }, derivative: 0, sizes: '' });
    const svg = drawn(figure, THEME);
    expect(svg).not.toMatch(/NaN|Infinity/);
    const ys = [...svg.matchAll(/cy="([^"]*)"/g)].map((m) => Number(m[1]));
    expect(ys.length).toBeGreaterThanOrEqual(3);
    expect(ys.every((y) => y > 0 && y < figure.height)).toBe(true);
    expect(figure.words).toContain('exact to the last bit');
  });

  test('axes hold their values between whole decades', () => {
    expect(axis([1e-15, 1e-1])).toMatchObject({ from: -16, ticks: [-16, -14, -12, -10, -8, -6, -4, -2, 0] });
    expect(axis([5]).ticks.length).toBeGreaterThan(1);
  });

  test.each([[0, '0'], [-1.5, '−1.5'], [1e-9, '1.00·10⁻⁹'], [123456, '1.23·10⁵'], [0.1234567, '0.1235']])('%d is written %s', (x, words) => expect(figureText(x)).toBe(words));
  test('flops as people write them', () => expect(flopsWords('2*m*n^2 + n^3/3')).toBe('2\u2009m\u2009n² + n³/3'));
});
