/** Names as a textbook writes them: `lambda` is λ, `x_hat` is x̂, `W_1` is W₁; and the same in LaTeX. */
import { GREEK, GREEK_NAMES } from './words';

const COMBINING: ReadonlyMap<string, string> = new Map([['hat', '\u0302'], ['tilde', '\u0303'], ['bar', '\u0304'], ['dot', '\u0307'], ['ddot', '\u0308']]);
const ACCENTS: ReadonlySet<string> = new Set([...COMBINING.keys(), 'vec']);

interface Parts {
  /** `d` of a differential. */
  readonly d: boolean;
  readonly base: string;
  readonly accents: readonly string[];
  readonly subscripts: readonly string[];
}

/** `dX`, `dSigma`: a differential. `det` or `dist` is not one. */
function split(name: string): Parts {
  const [first = '', ...rest] = name.split('_').filter((part) => part !== '');
  const after = first.slice(1);
  const d = first.startsWith('d') && (/^(?:\p{L}\p{M}*)$/u.test(after) || GREEK.has(after));
  const accents = rest.filter((part) => ACCENTS.has(part));
  const digits = /^(\p{L}\p{M}*)([0-9]+)$/u.exec(d ? after : first);
  return {
    d,
    base: digits?.[1] ?? (d ? after : first),
    accents,
    subscripts: [...(digits?.[2] ? [digits[2]] : []), ...rest.filter((part) => !ACCENTS.has(part))],
  };
}

const letter = (word: string): string => GREEK.get(word) ?? word;
const SUBSCRIPT_DIGITS = '₀₁₂₃₄₅₆₇₈₉';

/** `Σ_xx`, `x̂`, `W₁`. Where that would change how the name reads, it stays as it is. */
export function unicodeName(name: string): string {
  const { d, base, accents, subscripts } = split(name);
  const glyph = letter(base);
  if (base === '' || (accents.length > 0 && ([...glyph].length !== 1 || accents.includes('vec')))) return name;
  const marks = accents.map((a) => COMBINING.get(a) ?? '').join('');
  const all = subscripts.length > 0 && subscripts.every((s) => /^[0-9]+$/.test(s));
  const sub = all && subscripts.length === 1 ? [...(subscripts[0] ?? '')].map((c) => SUBSCRIPT_DIGITS[Number(c)] ?? c).join('') : subscripts.map((s) => `_${letter(s)}`).join('');
  return `${d ? 'd' : ''}${glyph}${marks}${sub}`;
}

const latexLetter = (word: string): string => {
  const greek = GREEK.has(word) ? word : GREEK_NAMES.get(word);
  if (greek === 'omicron') return 'o';
  if (greek !== undefined) return `\\${greek}`;
  return [...word].length === 1 || /^[0-9]+$/.test(word) ? word : `\\mathrm{${word}}`;
};
const latexSubscript = (word: string): string => (GREEK.has(word) || [...word].length > 2 ? latexLetter(word) : word);

/** `\Sigma_{xx}`, `\hat{x}`, `\mathrm{loss}`. */
export function latexName(name: string): string {
  const { d, base, accents, subscripts } = split(name);
  if (base === '') return `\\mathrm{${name.replaceAll('_', '\\_')}}`;
  const word = accents.reduce((inner, accent) => `\\${accent}{${inner}}`, latexLetter(base));
  const sub = subscripts.length > 0 ? `_{${subscripts.map(latexSubscript).join(',')}}` : '';
  return `${d ? '\\mathrm{d}' : ''}${word}${sub}`;
}

/** Whether a name has a subscript of its own, so that an entry's index needs parentheses. */
export const hasSubscript = (name: string): boolean => split(name).subscripts.length > 0 || split(name).d;
