/** SVG as text: elements with escaped attributes, so that a figure can be drawn in the page and copied as a file. */

export type Attributes = Readonly<Record<string, string | number>>;

const escape = (text: string): string => text.replace(/[&<>"]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c] ?? c);
const short = (x: number): string => String(Math.round(x * 100) / 100);

/** One element; children are elements already, `text` is not. */
export function element(name: string, attributes: Attributes, ...children: readonly string[]): string {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${typeof value === 'number' ? short(value) : escape(value)}"`).join('');
  return children.length === 0 ? `<${name}${written}/>` : `<${name}${written}>${children.join('')}</${name}>`;
}

export const text = (x: number, y: number, words: string, attributes: Attributes = {}): string => element('text', { x, y, ...attributes }, escape(words));
export const title = (words: string): string => element('title', {}, escape(words));
export const line = (x1: number, y1: number, x2: number, y2: number, attributes: Attributes): string => element('line', { x1, y1, x2, y2, ...attributes });

export interface Colours {
  readonly ink: string;
  readonly muted: string;
  readonly grid: string;
  /** Blue, orange and green: told apart by readers who see few colours, and never by colour alone. */
  readonly blue: string;
  readonly orange: string;
  readonly green: string;
  readonly font: string;
}

/** The colours of the theme: the style sheet gives them for each of its four kinds. */
export const THEME: Colours = {
  ink: 'var(--ink)', muted: 'var(--muted)', grid: 'var(--grid)', blue: 'var(--blue)', orange: 'var(--orange)', green: 'var(--green)', font: 'var(--vscode-font-family)',
};
/** For print, after Okabe and Ito (2008), "Color Universal Design". */
export const PAPER: Colours = { ink: '#000000', muted: '#404040', grid: '#d8d8d8', blue: '#0072b2', orange: '#d55e00', green: '#009e73', font: 'Helvetica, Arial, sans-serif' };

export interface Figure {
  readonly width: number;
  readonly height: number;
  /** One sentence for those who do not see it. */
  readonly words: string;
  readonly draw: (colours: Colours) => string;
}

export const drawn = (figure: Figure, colours: Colours): string =>
  element('svg', {
    xmlns: 'http://www.w3.org/2000/svg', width: figure.width, height: figure.height, viewBox: `0 0 ${figure.width} ${figure.height}`,
    'font-family': colours.font, 'font-size': 12, fill: colours.ink, role: 'img', 'aria-label': figure.words,
  }, figure.draw(colours));

const RAISED: Readonly<Record<string, string>> = { '0': '⁰', '1': '¹', '2': '²', '3': '³', '4': '⁴', '5': '⁵', '6': '⁶', '7': '⁷', '8': '⁸', '9': '⁹', '-': '⁻' };
export const raised = (power: string): string => [...power].map((c) => RAISED[c] ?? c).join('');
export const powerOfTen = (exponent: number): string => (exponent === 0 ? '1' : `10${raised(String(exponent))}`);

/** Four digits, with a true minus sign. */
export const figureText = (x: number): string => {
  if (x === 0) return '0';
  const size = Math.abs(x);
  const digits = size >= 1e-3 && size < 1e5 ? String(Number(size.toPrecision(4))) : size.toExponential(2).replace(/e([+-]?)0*(\d+)$/, (_, sign: string, e: string) => `·10${raised(`${sign === '-' ? '-' : ''}${e}`)}`);
  return x < 0 ? `−${digits}` : digits;
};
/** `2*m*n^2 + n^3/3` as `2mn² + n³/3`. */
export const flopsWords = (flops: string): string => flops.replace(/\^(\d+)/g, (_, p: string) => raised(p)).replace(/\*/g, '\u2009').replace(/ - /g, ' − ');
