/** The pictures below the steps: the matrix, the two plots, and the plan, each with its numbers in a table and a copy for papers. */
import type { Curve, MatrixPicture, PicturesResult, PlanPicture } from '../../server/protocol';
import { button, make, table } from './elements';
import { derivativeWords, differencesFigure, taylorFigure } from './figures/curves';
import { heatMap, matrixWords } from './figures/heat-map';
import { drawn, figureText, flopsWords, PAPER, THEME, type Figure } from './figures/svg';

export type CopySvg = (svg: string) => void;

/** More cells than this would be no table that anyone reads. */
const MOST_CELLS = 1300;

function figureBox(figure: Figure, caption: string, numbers: HTMLElement | undefined, copy: CopySvg): HTMLElement {
  // Our own drawing, from numbers and escaped words; it holds no script and no style.
  const svg = document.importNode(new DOMParser().parseFromString(drawn(figure, THEME), 'image/svg+xml').documentElement, true);
  const row = make('div', { class: 'copy' }, button('Copy as SVG', () => { copy(drawn(figure, PAPER)); }, { title: 'For papers and slides: black on white' }));
  const box = make('figure', {}, make('div', { class: 'canvas', tabindex: '0' }, svg), make('figcaption', {}, caption), row);
  if (numbers) box.append(make('details', { class: 'numbers' }, make('summary', {}, 'The numbers'), make('div', { class: 'scroll', tabindex: '0' }, numbers)));
  return box;
}

const section = (id: string, heading: string, ...children: readonly HTMLElement[]): HTMLElement =>
  make('section', { 'aria-labelledby': id }, make('h2', { id }, heading), ...children);

function matrixSection(m: MatrixPicture, copy: CopySvg): HTMLElement {
  const columns = m.columnNames.length;
  const cells = m.rowNames.map((name, i) => [name, ...m.columnNames.map((_, j) => figureText(m.values[i * columns + j] ?? 0))]);
  const numbers = m.values.length <= MOST_CELLS ? table(['', ...m.columnNames], cells, `${m.rowLabel} by ${m.columnLabel}`) : undefined;
  return section('matrix', 'The matrix at a sample point', figureBox(heatMap(m), `${matrixWords(m)}${m.sizes === '' ? '' : ` (${m.sizes})`}. A stroke marks a minus.`, numbers, copy));
}

/** Curves over the same steps, side by side. */
function curveTable(curves: readonly Curve[], caption: string): HTMLElement {
  const steps = [...new Set(curves.flatMap((c) => c.points.map(([x]) => x)))].sort((a, b) => b - a);
  const at = (c: Curve, x: number): string => {
    const found = c.points.find(([px]) => px === x);
    return found ? figureText(found[1]) : '';
  };
  return table(['step', ...curves.map((c) => c.name)], steps.map((x) => [figureText(x), ...curves.map((c) => at(c, x))]), caption);
}

function plan(p: PlanPicture, open: boolean): HTMLElement {
  const code = (words: string): HTMLElement => make('code', {}, words);
  const rows = p.steps.map((s) => [code(s.name), s.operation, code(s.formula), flopsWords(s.flops)]);
  const body = rows.length === 0 ? make('p', {}, 'Nothing to compute: the result is known.')
    : make('div', { class: 'scroll', tabindex: '0' }, table(['', 'operation', 'from', 'flops'], rows, `Steps of ${p.name}`, { class: 'plan' }));
  return make('details', open ? { open: '' } : {}, make('summary', {}, code(p.name), make('span', { class: 'flops' }, `${flopsWords(p.flops)} flops`)), body);
}

/** The derivative itself stands open. */
const MAIN = new Set(['gradient', 'jacobian', 'hessian']);

export function pictures(result: PicturesResult, copy: CopySvg): readonly HTMLElement[] {
  const parts: HTMLElement[] = [];
  if (result.matrix) parts.push(matrixSection(result.matrix, copy));
  const proofs: HTMLElement[] = [];
  if (result.differences) {
    const d = result.differences;
    const caption = `Differences lose digits to truncation at large steps and to rounding at small ones. The derivative has no step: ${derivativeWords(d)}${d.sizes === '' ? '' : ` (${d.sizes})`}.`;
    proofs.push(figureBox(differencesFigure(d), caption, curveTable([d.forward, d.central], 'Relative errors over the step'), copy));
  }
  if (result.taylor) {
    const t = result.taylor;
    const caption = `With the derivative's term taken away, what remains falls like ${t.letters.step}${t.rate === 2 ? '²' : '³'} (least slope ${t.seen.toFixed(2)}): a wrong derivative would leave slope ${t.rate - 1}.`;
    proofs.push(figureBox(taylorFigure(t), caption, curveTable([t.first, t.remainder], 'Taylor remainders over the step'), copy));
  }
  if (proofs.length > 0) parts.push(section('agreement', 'Agreement with differences', make('div', { class: 'figures' }, ...proofs)));
  if (result.plans.length > 0) {
    const main = result.plans.find((p) => MAIN.has(p.kind)) ?? result.plans[0];
    parts.push(section('plan', 'The program', ...result.plans.map((p) => plan(p, p === main))));
  }
  if (result.notes.length > 0) parts.push(make('ul', { class: 'notes' }, ...result.notes.map((n) => make('li', {}, n))));
  return parts;
}
