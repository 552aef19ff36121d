/** LaTeX to tokens, without any meaning yet. Blanks and comments go; offsets stay, for the messages. */

export interface TexToken {
  readonly kind: 'command' | 'char' | 'open' | 'close' | 'number' | 'parameter';
  /** A command's name without its backslash; a parameter's digit. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** A blank stood before it: `tr (A)`, `d X`. */
  readonly spaced: boolean;
}

/** Tokens of a LaTeX text. A blank line is the command `par`. Linear; never throws. */
export function texTokens(tex: string): readonly TexToken[] {
  const tokens: TexToken[] = [];
  let at = 0;
  let spaced = false;
  const push = (kind: TexToken['kind'], text: string, end: number): void => {
    tokens.push({ kind, text, start: at, end, spaced });
    at = end;
    spaced = false;
  };
  while (at < tex.length) {
    const c = tex.charAt(at);
    if (/\s/.test(c)) {
      const blank = /\s+/y;
      blank.lastIndex = at;
      const found = blank.exec(tex)?.[0] ?? c;
      if (/\n[ \t\r]*\n/.test(found)) push('command', 'par', at + found.length);
      else at += found.length;
      spaced = true;
    } else if (c === '%') {
      while (at < tex.length && tex[at] !== '\n') at++;
    } else if (c === '\\') {
      const name = /[A-Za-z]+\*?|[^]?/y;
      name.lastIndex = at + 1;
      const found = name.exec(tex)?.[0] ?? '';
      push('command', found, at + 1 + found.length);
    } else if (c === '{') push('open', c, at + 1);
    else if (c === '}') push('close', c, at + 1);
    else if (c === '#' && /[0-9]/.test(tex.charAt(at + 1))) push('parameter', tex.charAt(at + 1), at + 2);
    else if (/[0-9]/.test(c)) push('number', c, at + 1);
    else {
      const whole = String.fromCodePoint(tex.codePointAt(at) ?? 0);
      push('char', whole, at + whole.length);
    }
  }
  return tokens;
}

export const isCommand = (token: TexToken | undefined, ...names: readonly string[]): boolean => token?.kind === 'command' && names.includes(token.text);
export const isChar = (token: TexToken | undefined, ...chars: readonly string[]): boolean => token?.kind === 'char' && chars.includes(token.text);

/** Digits that stand together, with a point between them; a single digit is a token, since `\frac12` is a half. */
export function numberAt(tokens: readonly TexToken[], from: number): { readonly text: string; readonly end: number } {
  let text = '';
  let at = from;
  for (let t = tokens[at]; t && (at === from || !t.spaced); t = tokens[++at]) {
    const isPoint = isChar(t, '.') && !text.includes('.') && tokens[at + 1]?.kind === 'number' && !tokens[at + 1]?.spaced;
    if (t.kind !== 'number' && !isPoint) break;
    text += t.text;
  }
  return { text, end: at };
}

/** Styles that take the letter after them along: `_\mathrm{F}`, `^\mathsf T`. */
const FONTS = /^(?:math(?:rm|sf|bf|it|tt|cal|scr|bb|frak)|text|textrm|textsf|operatorname|boldsymbol|bm)$/;

/** The end of the argument at `from`: after its closing brace, or after one token, with what a style takes along. */
export function argumentEnd(tokens: readonly TexToken[], from: number): number {
  const first = tokens[from];
  const next = tokens[from + 1];
  if (first?.kind === 'command' && FONTS.test(first.text) && (next?.kind === 'open' || (next?.kind === 'char' && /^\p{L}$/u.test(next.text)))) return argumentEnd(tokens, from + 1);
  if (first?.kind !== 'open') return Math.min(from + 1, tokens.length);
  let depth = 0;
  for (let i = from; i < tokens.length; i++) {
    if (tokens[i]?.kind === 'open') depth++;
    else if (tokens[i]?.kind === 'close' && --depth === 0) return i + 1;
  }
  return tokens.length;
}
/** An argument without any braces around all of it: `{{x}}` is x. */
export function bareArgument(tokens: readonly TexToken[], from: number): readonly TexToken[] {
  let inner = argument(tokens, from);
  while (inner[0]?.kind === 'open' && argumentEnd(inner, 0) === inner.length && inner.at(-1)?.kind === 'close') inner = inner.slice(1, -1);
  return inner;
}
/** An argument without the braces around it. */
export function argument(tokens: readonly TexToken[], from: number): readonly TexToken[] {
  const end = argumentEnd(tokens, from);
  return tokens[from]?.kind === 'open' ? tokens.slice(from + 1, tokens[end - 1]?.kind === 'close' ? end - 1 : end) : tokens.slice(from, end);
}
