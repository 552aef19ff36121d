/** A plot with two logarithmic axes: curves told apart by colour, mark and dash, a level line, and lines of a given slope to compare with. */
import { element, line, powerOfTen, text, title, type Colours, type Figure } from './svg';

export type Ink = 'blue' | 'orange' | 'green' | 'muted';
export type Mark = 'disc' | 'square' | 'none';
export interface Series {
  readonly name: string;
  readonly points: readonly (readonly [number, number])[];
  readonly ink: Ink;
  readonly mark: Mark;
  /** For the tooltip of a point. */
  readonly words: (x: number, y: number) => string;
}
export interface Level { readonly name: string; readonly y: number; readonly ink: Ink }
/** A dashed line of a given slope through a point. */
export interface Slope { readonly slope: number; readonly through: readonly [number, number]; readonly name: string }
export interface Plot {
  readonly series: readonly Series[];
  readonly levels: readonly Level[];
  readonly slopes: readonly Slope[];
  readonly xLabel: string;
  readonly yLabel: string;
  readonly words: string;
}

const SIZE = { width: 470, height: 300 } as const;
const MARGIN = { left: 58, right: 16, bottom: 46 } as const;
const LEGEND_ROW = 18;
const MOST_TICKS = 8;

interface Axis { readonly from: number; readonly to: number; readonly ticks: readonly number[] }

/** Whole decades that hold all values, with ticks at equal distances. */
export function axis(values: readonly number[]): Axis {
  const logs = values.filter((v) => v > 0).map((v) => Math.log10(v));
  const from = Math.floor(Math.min(...logs) - 0.15);
  const to = Math.max(from + 1, Math.ceil(Math.max(...logs) + 0.15));
  const every = [1, 2, 3, 5, 10].find((d) => (to - from) / d <= MOST_TICKS) ?? 20;
  const first = Math.ceil(from / every) * every;
  return { from, to, ticks: Array.from({ length: Math.floor((to - first) / every) + 1 }, (_, i) => first + i * every + 0) };
}

export function logPlot(plot: Plot): Figure {
  const entries = [...plot.series.map((s) => ({ name: s.name, ink: s.ink, mark: s.mark, level: false })), ...plot.levels.map((l) => ({ name: l.name, ink: l.ink, mark: 'none' as Mark, level: true }))];
  const top = 10 + entries.length * LEGEND_ROW;
  const height = SIZE.height + entries.length * LEGEND_ROW;
  const x = axis(plot.series.flatMap((s) => s.points.map(([px]) => px)));
  const y = axis([...plot.series.flatMap((s) => s.points.map(([, py]) => py)), ...plot.levels.map((l) => l.y)]);
  const [w, h] = [SIZE.width - MARGIN.left - MARGIN.right, height - top - MARGIN.bottom];
  const atX = (v: number): number => MARGIN.left + ((Math.log10(v) - x.from) / (x.to - x.from)) * w;
  const atY = (v: number): number => top + (1 - (Math.log10(v) - y.from) / (y.to - y.from)) * h;

  const frame = (c: Colours): string => [
    ...x.ticks.map((e) => line(atX(10 ** e), top, atX(10 ** e), top + h, { stroke: c.grid, 'stroke-width': 0.8 }) + text(atX(10 ** e), top + h + 17, powerOfTen(e), { 'text-anchor': 'middle', 'font-size': 11, fill: c.muted })),
    ...y.ticks.map((e) => line(MARGIN.left, atY(10 ** e), MARGIN.left + w, atY(10 ** e), { stroke: c.grid, 'stroke-width': 0.8 }) + text(MARGIN.left - 7, atY(10 ** e) + 4, powerOfTen(e), { 'text-anchor': 'end', 'font-size': 11, fill: c.muted })),
    element('rect', { x: MARGIN.left, y: top, width: w, height: h, fill: 'none', stroke: c.muted, 'stroke-width': 1 }),
    text(MARGIN.left + w / 2, height - 8, plot.xLabel, { 'text-anchor': 'middle' }),
    text(14, top + h / 2, plot.yLabel, { 'text-anchor': 'middle', transform: `rotate(-90 14 ${(top + h / 2).toFixed(1)})` }),
  ].join('');

  const mark = (kind: Mark, cx: number, cy: number, fill: string, words = ''): string => {
    const inner = words === '' ? [] : [title(words)];
    if (kind === 'disc') return element('circle', { cx, cy, r: 3, fill }, ...inner);
    return kind === 'square' ? element('rect', { x: cx - 2.8, y: cy - 2.8, width: 5.6, height: 5.6, fill }, ...inner) : '';
  };
  const curve = (s: Series, c: Colours): string => {
    const colour = c[s.ink];
    const path = s.points.filter(([, py]) => py > 0).map(([px, py], i) => `${i === 0 ? 'M' : 'L'}${atX(px).toFixed(1)} ${atY(py).toFixed(1)}`).join('');
    return element('path', { d: path, fill: 'none', stroke: colour, 'stroke-width': 1.5, 'stroke-linejoin': 'round' })
      + s.points.filter(([, py]) => py > 0).map(([px, py]) => mark(s.mark, atX(px), atY(py), colour, s.words(px, py))).join('');
  };
  const slope = (s: Slope, c: Colours): string => {
    const [px, py] = s.through;
    const on = (e: number): number => py * 10 ** (s.slope * (e - Math.log10(px)));
    // Only as far as it stays in the frame.
    const inside = Array.from({ length: 101 }, (_, k) => x.from + ((x.to - x.from) * k) / 100).filter((e) => on(e) >= 10 ** y.from && on(e) <= 10 ** y.to);
    const [first, last] = [inside[0], inside.at(-1)];
    if (first === undefined || last === undefined || first === last) return '';
    const middle = (first + last) / 2;
    return line(atX(10 ** first), atY(on(first)), atX(10 ** last), atY(on(last)), { stroke: c.muted, 'stroke-width': 1, 'stroke-dasharray': '4 4' })
      + text(atX(10 ** middle) + 9, atY(on(middle)) + 14, s.name, { 'font-size': 11, fill: c.muted });
  };
  const legend = (c: Colours): string => entries.map((e, i) => {
    const cy = 10 + i * LEGEND_ROW;
    return line(MARGIN.left, cy, MARGIN.left + 26, cy, { stroke: c[e.ink], 'stroke-width': e.level ? 2.5 : 1.5 }) + mark(e.mark, MARGIN.left + 13, cy, c[e.ink]) + text(MARGIN.left + 34, cy + 4, e.name);
  }).join('');
  const draw = (c: Colours): string => [
    frame(c), ...plot.slopes.map((s) => slope(s, c)), ...plot.levels.map((l) => line(MARGIN.left, atY(l.y), MARGIN.left + w, atY(l.y), { stroke: c[l.ink], 'stroke-width': 2.5 })),
    ...plot.series.map((s) => curve(s, c)), legend(c),
  ].join('');
  return { width: SIZE.width, height, draw, words: plot.words };
}
