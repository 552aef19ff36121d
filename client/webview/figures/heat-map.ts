/** The matrix of a derivative as a heat map: colour and strength for sign and size, a stroke for a minus, lines between blocks. */
import type { MatrixPicture } from '../../../server/protocol';
import { element, figureText, line, text, title, type Colours, type Figure } from './svg';

const SIDE = 372;
const CELL = { least: 9, most: 40 } as const;
/** Beyond this, names of lines would touch. */
const NAMED_CELL = 15;
const BAR = { width: 14, gap: 22, labels: 74 } as const;

/** Small entries stay visible beside the largest. */
const strength = (value: number, largest: number): number => 0.14 + 0.86 * Math.sqrt(Math.abs(value) / largest);

export const cellWords = (m: MatrixPicture, i: number, j: number): string => {
  const value = figureText(m.values[i * m.columnNames.length + j] ?? 0);
  const [row, column] = [m.rowNames[i] ?? '', m.columnNames[j] ?? ''];
  return `${[row, column].filter((s) => s !== '').join(m.columnLabel === '' ? ', ' : ' by ')}: ${value}`;
};

export function matrixWords(m: MatrixPicture): string {
  const [rows, cols] = [m.rowNames.length, m.columnNames.length];
  const [p, q] = m.block;
  const blocks = rows > p || cols > q ? `, ${Math.ceil(rows / p)}×${Math.ceil(cols / q)} blocks of ${p}×${q}` : '';
  const filled = m.nonzeros === rows * cols ? 'no entry is zero' : `${m.nonzeros} of ${rows * cols} entries are not zero`;
  return [`${rows}×${cols}${blocks}`, ...m.structure, filled].join('; ');
}

export function heatMap(m: MatrixPicture): Figure {
  const [rows, cols] = [m.rowNames.length, m.columnNames.length];
  const cell = Math.max(CELL.least, Math.min(CELL.most, Math.floor(SIDE / Math.max(rows, cols))));
  const named = cell >= NAMED_CELL;
  const longest = (names: readonly string[]): number => Math.max(0, ...names.map((n) => n.length));
  const margin = {
    left: (m.rowLabel === '' ? 4 : 24) + (named ? 6.2 * longest(m.rowNames) + 8 : 4),
    top: (m.columnLabel === '' ? 6 : 22) + (named && longest(m.columnNames) > 0 ? 5 * longest(m.columnNames) + 12 : 4),
  };
  const [w, h] = [cols * cell, rows * cell];
  const largest = Math.max(...m.values.map(Math.abs), Number.MIN_VALUE);
  const width = margin.left + w + BAR.gap + BAR.width + BAR.labels;
  const height = Math.max(margin.top + h + 8, margin.top + 96);

  const draw = (c: Colours): string => {
    const parts: string[] = [];
    for (let i = 0; i < rows; i++) for (let j = 0; j < cols; j++) {
      const value = m.values[i * cols + j] ?? 0;
      const [x, y] = [margin.left + j * cell, margin.top + i * cell];
      const words = title(cellWords(m, i, j));
      if (value === 0) {
        parts.push(element('rect', { x, y, width: cell, height: cell, fill: c.grid, 'fill-opacity': 0.18 }, words));
        continue;
      }
      parts.push(element('rect', { x: x + 0.5, y: y + 0.5, width: cell - 1, height: cell - 1, fill: value < 0 ? c.orange : c.blue, 'fill-opacity': strength(value, largest) }, words));
      if (value < 0 && cell >= 12) parts.push(line(x + 0.34 * cell, y + cell / 2, x + 0.66 * cell, y + cell / 2, { stroke: c.ink, 'stroke-width': 1.2, 'stroke-opacity': 0.75, 'pointer-events': 'none' }));
    }
    const [p, q] = m.block;
    const rule = { stroke: c.ink, 'stroke-width': 1 };
    for (let i = p; i < rows; i += p) parts.push(line(margin.left, margin.top + i * cell, margin.left + w, margin.top + i * cell, rule));
    for (let j = q; j < cols; j += q) parts.push(line(margin.left + j * cell, margin.top, margin.left + j * cell, margin.top + h, rule));
    parts.push(element('rect', { x: margin.left, y: margin.top, width: w, height: h, fill: 'none', stroke: c.ink, 'stroke-width': 1.4 }));
    if (named) {
      m.rowNames.forEach((name, i) => { parts.push(text(margin.left - 6, margin.top + (i + 0.5) * cell + 3.5, name, { 'text-anchor': 'end', 'font-size': 10.5, fill: c.muted })); });
      m.columnNames.forEach((name, j) => {
        const [x, y] = [margin.left + (j + 0.5) * cell + 3, margin.top - 6];
        parts.push(text(x, y, name, { 'font-size': 10.5, fill: c.muted, transform: `rotate(-60 ${x.toFixed(1)} ${y.toFixed(1)})` }));
      });
    }
    if (m.columnLabel !== '') parts.push(text(margin.left + w / 2, 13, m.columnLabel, { 'text-anchor': 'middle', 'font-size': 13 }));
    if (m.rowLabel !== '') {
      const [x, y] = [13, margin.top + h / 2];
      parts.push(text(x, y, m.rowLabel, { 'text-anchor': 'middle', 'font-size': 13, transform: `rotate(-90 ${x} ${y.toFixed(1)})` }));
    }
    return parts.join('') + colourBar(margin.left + w + BAR.gap, margin.top, Math.max(h, 88), largest, c);
  };
  return { width, height, draw, words: `Heat map of the derivative's matrix at a sample point: ${matrixWords(m)}.` };
}

const SHADES = 24;
function colourBar(x: number, y: number, height: number, largest: number, c: Colours): string {
  const tall = Math.min(height, 220);
  const parts: string[] = [];
  for (let k = 0; k < SHADES; k++) {
    const value = largest * (1 - (2 * k + 1) / SHADES);
    parts.push(element('rect', { x, y: y + (k * tall) / SHADES, width: BAR.width, height: tall / SHADES + 0.3, fill: value < 0 ? c.orange : c.blue, 'fill-opacity': strength(value, largest) }));
  }
  parts.push(element('rect', { x, y, width: BAR.width, height: tall, fill: 'none', stroke: c.muted, 'stroke-width': 0.8 }));
  for (const [share, value] of [[0, largest], [0.5, 0], [1, -largest]] as const) {
    parts.push(line(x + BAR.width, y + share * tall, x + BAR.width + 4, y + share * tall, { stroke: c.muted, 'stroke-width': 0.8 }));
    parts.push(text(x + BAR.width + 8, y + share * tall + 4, figureText(value), { 'font-size': 11, fill: c.muted }));
  }
  return parts.join('');
}
