/** Formulas as Markdown: a picture where the client shows pictures, the Unicode line otherwise, always with the text to copy. */
import type { Written } from '../core/notation/presentation';
import type { ColorThemeKind } from './protocol';
import { breakLines } from './line-breaks';
import type { Picture, Typeset } from './typeset';

/** VS Code cuts Markdown at 100 000 characters, inside a picture's data if need be, and then shows the data as text. */
export const MAX_MARKDOWN = 90_000;

/** At least 4.5 to 1 against the hover's background of each kind of theme. */
export const COLOURS: Readonly<Record<ColorThemeKind, string>> = { light: '#1f1f1f', dark: '#d4d4d4', hcDark: '#ffffff', hcLight: '#000000' };

/** A fence that no line of the text can close. */
export function fence(text: string, language = 'mcalc'): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map((run) => run[0].length));
  const marks = '`'.repeat(longest + 1);
  return `${marks}${language}\n${text}\n${marks}`;
}

/** A text as Markdown that shows just it. */
export const escapeMarkdown = (text: string): string => text.replace(/[\\`*_{}[\]()#+\-.!|<>~&]/g, '\\$&').replace(/\s+/g, ' ');

/** A message: what it has in backticks is code, the rest is text. */
export const messageMarkdown = (message: string): string => message.split('`').map((piece, i) => (piece === '' ? '' : i % 2 === 1 ? codeSpan(piece) : escapeMarkdown(piece))).join('');

/** A text between backticks. */
export function codeSpan(text: string): string {
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map((run) => run[0].length));
  const marks = '`'.repeat(longest + 1);
  const pad = text.startsWith('`') || text.endsWith('`') ? ' ' : '';
  return `${marks}${pad}${text.replace(/\s+/g, ' ')}${pad}${marks}`;
}

const base64 = (text: string): string => {
  const bytes = new TextEncoder().encode(text);
  let binary = '';
  for (let i = 0; i < bytes.length; i += 4096) binary += String.fromCharCode(...bytes.subarray(i, i + 4096));
  return btoa(binary);
};

/** A hover grows to 750 pixels; what is wider gets a scroll bar. */
const HOVER_WIDTH = 680;

/** The picture of a formula, in several lines where one would be too wide. */
export function inLines(latex: string, colour: string, typeset: Typeset, most: number): Picture | undefined {
  const whole = typeset(latex, colour);
  if (!whole || whole.width <= most) return whole;
  const broken = breakLines(latex, whole.width, most);
  const lines = broken === latex ? undefined : typeset(broken, colour);
  return lines && lines.width < whole.width ? lines : whole;
}

const CACHE_SIZE = 100;
const images = new WeakMap<Typeset, Map<string, string | undefined>>();

/** The formula as an image with its size and its words; undefined where the LaTeX cannot be set. The last ones are kept: the mouse comes back. */
export function image(latex: string, words: string, typeset: Typeset, theme: ColorThemeKind, scale = 1): string | undefined {
  let kept = images.get(typeset);
  if (!kept) images.set(typeset, (kept = new Map<string, string | undefined>()));
  const key = JSON.stringify([theme, scale, words, latex]);
  if (!kept.has(key)) {
    const oldest = kept.size >= CACHE_SIZE ? kept.keys().next() : undefined;
    if (oldest && !oldest.done) kept.delete(oldest.value);
    kept.set(key, drawn(latex, words, typeset, theme, scale));
  }
  return kept.get(key);
}

function drawn(latex: string, words: string, typeset: Typeset, theme: ColorThemeKind, scale: number): string | undefined {
  const picture = inLines(latex, COLOURS[theme], typeset, HOVER_WIDTH / scale);
  if (!picture) return undefined;
  const alt = words.replace(/[\\[\]]/g, '\\$&').replace(/\s+/g, ' ');
  return `![${alt}](data:image/svg+xml;base64,${base64(picture.svg)}|width=${Math.round(picture.width * scale)},height=${Math.round(picture.height * scale)})`;
}

/** One formula with what stands to its left: its picture, else its Unicode line. `room` is what the Markdown around it leaves. */
export function formula(written: Omit<Written, 'text'>, left: Omit<Written, 'text'> | undefined, typeset: Typeset | undefined, theme: ColorThemeKind, room: number, scale = 1): string {
  const words = left ? `${left.unicode} = ${written.unicode}` : written.unicode;
  const drawn = typeset && image(left ? `${left.latex} = ${written.latex}` : written.latex, words, typeset, theme, scale);
  return drawn !== undefined && drawn.length <= room ? drawn : fence(words, '');
}
