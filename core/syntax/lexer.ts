/** Text to words, in one pass over any text. Says nothing about order; `layout.ts` finds the statements. */
import type { Diagnostic, Fix } from './diagnostic';
import { diagnose } from './codes';
import { foreignAt } from './foreign-words';
import { MAX_LINE, MAX_LINES, MAX_WORD } from './limits';
import { BLANK as BLANK_KIND, DIGIT, kindOf, LETTER, nameEnd, SIGN, wholeEnd } from './plain-words';
import type { Comment, Range, Token } from './tree';
import { LINE_END, NAME, NUMBER, symbolCode, WordList } from './word-list';

export interface Lexed {
  readonly tokens: WordList;
  readonly comments: readonly Comment[];
  readonly diagnostics: readonly Diagnostic[];
  /** The text has more lines than are read: its last word stands for the rest. */
  readonly isCut: boolean;
}

const SUPERSCRIPT_DIGITS = '⁰¹²³⁴⁵⁶⁷⁸⁹';
const SUPERSCRIPT_LETTERS: ReadonlyMap<string, string> = new Map([
  ['ᵀ', 'T'], ['ⁿ', 'n'], ['ⁱ', 'i'], ['ᵏ', 'k'], ['ᵐ', 'm'], ['ᵖ', 'p'], ['ʲ', 'j'], ['ʳ', 'r'], ['ᵈ', 'd'], ['ˣ', 'x'],
]);
/** Superscript letters and full-width forms are letters for Unicode, but no part of a name here. */
const NAME_PATTERN = /(?:(?![ʰ-ʸˠ-ˤᴬ-ᵡᶛ-ᶿⁱⁿ\uFF00-\uFFEF])[\p{L}_])(?:(?![ʰ-ʸˠ-ˤᴬ-ᵡᶛ-ᶿⁱⁿ\uFF00-\uFFEF])[\p{L}\p{M}_0-9₀-₉])*/uy;
const NUMBER_PATTERN = /(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][+-]?[0-9]+(?![\p{L}_0-9]))?/uy;
const SUPERSCRIPT = /[⁺⁻]?(?:[⁰¹²³⁴⁵⁶⁷⁸⁹]+|[ᵀⁿⁱᵏᵐᵖʲʳᵈˣ])/uy;

const LINE_END_PATTERN = /[\n\r]/g;

/** Spellings of one symbol, longest first within a first character. */
const SYMBOLS: readonly (readonly [string, string])[] = [
  ['...', '...'], ['.*', '.*'], ['./', './'], ['.^', '.^'], ['.\\', '.\\'], ['**', '**'], ['==', '=='], [':=', ':='], ['>=', '>='], ['<=', '<='], ['!=', '!='],
  ['=>', '=>'], ['=<', '=<'], ['->', '->'], ['+', '+'], ['-', '-'], ['*', '*'], ['/', '/'], ['\\', '\\'], ['^', '^'], ["'", "'"], ['(', '('], [')', ')'],
  ['[', '['], [']', ']'], ['{', '{'], ['}', '}'], [',', ','], [';', ';'], [':', ':'], ['=', '='], ['>', '>'], ['<', '<'], ['|', '|'],
  ['−', '-'], ['·', '*'], ['⋅', '*'], ['∗', '*'], ['∕', '/'], ['⊙', '.*'], ['∘', '.*'], ['⊘', './'], ['⊗', '⊗'], ['⊕', '⊕'], ['×', '×'], ['′', "'"],
  ['≥', '>='], ['≤', '<='], ['⩾', '>='], ['⩽', '<='], ['→', '->'], ['∈', '∈'], ['∂', '∂'], ['∇', '∇'], ['∑', 'Σ'], ['‖', '‖'], ['∥', '‖'], ['√', '√'], ['∞', '∞'],
  ['≡', '≡'], ['≠', '!='], ['⊤', '⊤'], ['⟨', '⟨'], ['⟩', '⟩'],
];
const symbolsByFirst: ReadonlyMap<string, readonly (readonly [string, string])[]> = (() => {
  const map = new Map<string, (readonly [string, string])[]>();
  for (const s of SYMBOLS) {
    const first = s[0].charAt(0);
    const known = map.get(first);
    if (known) known.push(s); else map.set(first, [s]);
  }
  for (const rows of map.values()) rows.sort((a, b) => b[0].length - a[0].length);
  return map;
})();

/** The longest symbol that stands at a place. */
function symbolAt(text: string, at: number, first: string): readonly [string, string] | undefined {
  for (const row of symbolsByFirst.get(first) ?? []) if (row[0].length === 1 || text.startsWith(row[0], at)) return row;
  return undefined;
}

/** Signs that begin no longer symbol. */
const SINGLE: ReadonlyMap<string, string> = new Map([...symbolsByFirst].flatMap(([c, rows]) => (rows.length === 1 && rows[0]?.[0] === c ? [[c, rows[0][1]] as const] : [])));

/** Codes of the signs of `SIGN`, which stand for themselves. */
const SIGN_CODES = Uint8Array.from({ length: 128 }, (_, code) => symbolCode(String.fromCharCode(code)));

const BLANK = /[ \t\f\v\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\u0085]/;
const INVISIBLE = /[\u0000-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb]/;
const BIDI = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/;
const LOOKALIKE = new Map([['’', "'"], ['‘', "'"], ['ʹ', "'"], ['´', "'"], ['`', "'"], ['“', "'"], ['”', "'"], ['⊺', "'"], ['–', '-'], ['—', '-'], ['‐', '-'], ['‑', '-'], ['；', ';'], ['：', ':']]);

const LIGATURE = /[\uFB00-\uFB06]/g;
const plainLetters = (c: string): string => c.normalize('NFKC');

const codePoint = (c: string): string => `U+${(c.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;

/** Words, comments and what is wrong with the characters themselves, of whole lines of a text. Linear; never throws. */
export function lex(text: string, from = 0, length = text.length): Lexed {
  // Dense formulas have a word for every other character.
  const tokens = new WordList(text, ((length - from) >> 1) + 16);
  const comments: Comment[] = [];
  const diagnostics: Diagnostic[] = [];
  let at = from === 0 && text.charCodeAt(0) === 0xfeff ? 1 : from;

  const push = (kind: Token['kind'], canonical: string, end: number): void => {
    tokens.push(kind, canonical, at, end);
    at = end;
  };
  const match = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    return pattern.exec(text)?.[0];
  };
  /** The end of the run of characters, from here, that `isIn` holds for. */
  const runEnd = (isIn: (c: string) => boolean): number => {
    let end = at;
    while (end < length) {
      const c = String.fromCodePoint(text.codePointAt(end) ?? 0);
      if (!isIn(c)) break;
      end += c.length;
    }
    return end;
  };
  const comment = (): void => {
    let end = at;
    while (end < length && text[end] !== '\n' && text[end] !== '\r') end++;
    const body = text.slice(at, end);
    const bidi = body.search(BIDI);
    if (bidi >= 0) {
      const range = { start: at + bidi, end: at + bidi + 1 };
      diagnostics.push(diagnose('MC1021', `This comment holds the invisible ${codePoint(body.charAt(bidi))}, which changes the direction of the text after it.`, range, { severity: 'warning' }));
    }
    comments.push({ text: body, range: { start: at, end } });
    at = end;
  };

  /** The look-alike that was complained of last. */
  let alike: Diagnostic | undefined;
  let linesLeft = MAX_LINES;
  let isCut = false;
  const lineEnd = (end: number): void => {
    const isBlank = tokens.length === 0 || tokens.code(tokens.length - 1) === LINE_END;
    tokens.add(LINE_END, at, end);
    at = end;
    if (!isBlank && --linesLeft === 0 && at < length) skipRest(); else skipLongLine();
  };
  /** Nor is a text of more lines than a person writes: splitting it into words takes longer than reading all that is read. */
  const skipRest = (): void => {
    LINE_END_PATTERN.lastIndex = at;
    diagnostics.push(diagnose('MC1018', `The text has more than ${MAX_LINES} lines; those from here on are not read.`, { start: at, end: LINE_END_PATTERN.exec(text)?.index ?? length }));
    isCut = true;
    push('bad', '…', length);
  };
  /** A line that no person writes is not read: one word stands for it. */
  const skipLongLine = (): void => {
    if (length - at <= MAX_LINE) return;
    LINE_END_PATTERN.lastIndex = at;
    const end = LINE_END_PATTERN.exec(text)?.index ?? length;
    if (end - at <= MAX_LINE || /^[ \t]*(?:#|\/\/)/.test(text.slice(at, at + 100))) return;
    diagnostics.push(diagnose('MC1018', `The line has ${end - at} characters; at most ${MAX_LINE} are read.`, { start: at, end }));
    push('bad', '…', end);
  };

  skipLongLine();
  while (at < length) {
    const code = text.charCodeAt(at);
    switch (kindOf(code)) {
      case BLANK_KIND:
        at++;
        continue;
      case LETTER: {
        const end = nameEnd(text, at);
        if (end === at || end - at > MAX_WORD) break;
        tokens.add(NAME, at, end);
        at = end;
        continue;
      }
      case SIGN:
        if (code === 39 && opensText(text, at) && foreign()) continue;
        tokens.add(SIGN_CODES[code] ?? 0, at, at + 1);
        at++;
        continue;
      case DIGIT: {
        const end = wholeEnd(text, at);
        if (end === at || end - at > MAX_WORD) break;
        tokens.add(NUMBER, at, end);
        at = end;
        continue;
      }
    }
    const c = text.charAt(at);
    if (code === 10) { lineEnd(at + 1); continue; }
    if (c === '\r') { lineEnd(text[at + 1] === '\n' ? at + 2 : at + 1); continue; }
    if ((code < 33 || code > 126) && BLANK.test(c)) { at++; continue; }
    if (c === '#' || (c === '/' && text[at + 1] === '/')) { comment(); continue; }
    if ((code >= 48 && code <= 57) || (c === '.' && /[0-9]/.test(text.charAt(at + 1)))) { number(); continue; }
    if (c === '.' && text[at + 1] === 'T' && !/[\p{L}_0-9]/u.test(text.charAt(at + 2))) { push('symbol', '.T', at + 2); continue; }
    const ascii = code < 128 ? SINGLE.get(c) : undefined;
    if (ascii !== undefined) { push('symbol', ascii, at + 1); continue; }
    const name = (code >= 65 && code <= 90) || (code >= 97 && code <= 122) || code > 127 || c === '_' ? match(NAME_PATTERN) : undefined;
    if (name !== undefined) {
      const start = at;
      if (name.length > MAX_WORD) {
        at = start + name.length;
        tokens.push('bad', name.slice(0, 12), start, at);
        diagnostics.push(diagnose('MC1018', `A name of ${name.length} characters; at most ${MAX_WORD} are read.`, { start, end: at }));
      } else {
        ligature(name);
        // Letters with marks are one name however the marks were typed.
        push('name', code > 127 || name.length > 1 ? name.replace(LIGATURE, plainLetters).normalize('NFC') : name, at + name.length);
      }
      continue;
    }
    const superscript = code > 127 ? match(SUPERSCRIPT) : undefined;
    if (superscript !== undefined && superscript.length <= MAX_WORD) { push('superscript', plainSuperscript(superscript), at + superscript.length); continue; }
    const only = SINGLE.get(c);
    if (only !== undefined) { push('symbol', only, at + 1); continue; }
    const symbol = symbolAt(text, at, c);
    if (symbol) { push('symbol', symbol[1], at + symbol[0].length); continue; }
    strange(c);
  }
  return { tokens, comments, diagnostics, isCut };

  function number(): void {
    const found = match(NUMBER_PATTERN) ?? text.charAt(at);
    let end = at + found.length;
    const trailingPoint = text[end] === '.' && !/^(?:[*/^\\.]|T(?![\p{L}_0-9]))/u.test(text.slice(end + 1, end + 3));
    const again = /^\.[0-9]/.test(text.slice(end, end + 2));
    if (again) while (end < length && /[0-9.]/.test(text.charAt(end))) end++;
    else if (trailingPoint) end++;
    const range = { start: at, end };
    if (again) {
      diagnostics.push(diagnose('MC1019', `\`${short(text.slice(at, end))}\` is not a number: it has two points.`, range));
      push('bad', found, end);
    } else if (found.length > MAX_WORD) {
      diagnostics.push(diagnose('MC1018', `A number of ${found.length} characters; at most ${MAX_WORD} are read.`, range));
      push('bad', found.slice(0, 12), end);
    } else push('number', found, end);
  }

  /** What comes from another system: one complaint, and what is read in its place. */
  function foreign(): boolean {
    const last = tokens.at(tokens.length - 1);
    const it = foreignAt(text, at, last);
    if (!it) return false;
    if (it.message !== '') diagnostics.push(diagnose('MC1001', it.message, it.range, { fixes: it.fixes }));
    if (it.word === undefined) { comment(); return true; }
    const { kind, text: canonical, range } = it.word;
    if (last && range.start <= last.start) tokens.pop();
    tokens.push(kind, canonical, range.start, range.end);
    at = range.end;
    return true;
  }

  /** `ﬁ`, as texts that were set in type have it: one character for two letters. */
  function ligature(name: string): void {
    const found = name.search(LIGATURE);
    if (found < 0) return;
    const range = { start: at + found, end: at + found + 1 };
    const meant = plainLetters(name.charAt(found));
    diagnostics.push(diagnose('MC1021', `\`${name.charAt(found)}\` is one character (${codePoint(name.charAt(found))}) that only looks like \`${meant}\`.`, range, { fixes: [{ title: `Write \`${meant}\``, edits: [...name.matchAll(LIGATURE)].map((m) => ({ range: { start: at + m.index, end: at + m.index + 1 }, text: plainLetters(m[0]) })), safe: true }] }));
  }

  function strange(c: string): void {
    if (foreign()) return;
    const subscript = normSubscript(text, at);
    if (subscript !== undefined) { push('name', `_${SUBSCRIPT_DIGITS.indexOf(subscript)}`, at + 1); return; }
    if (INVISIBLE.test(c)) {
      const end = runEnd((d) => INVISIBLE.test(d));
      const range = { start: at, end };
      const title = end - at > 1 ? 'Remove the invisible characters' : `Remove ${codePoint(c)}`;
      diagnostics.push(diagnose('MC1021', `The invisible character ${codePoint(c)} stands here.`, range, { fixes: [{ title, edits: [{ range, text: '' }], safe: true }] }));
      at = end;
      return;
    }
    if (c === '\ufffd') {
      const end = runEnd((d) => d === '\ufffd');
      diagnostics.push(diagnose('MC1022', 'The text is not valid UTF-8 here. Save the file as UTF-8.', { start: at, end }));
      push('bad', c, end);
      return;
    }
    const plain = LOOKALIKE.get(c) ?? (c >= '\uff01' && c <= '\uff5e' ? String.fromCharCode(c.charCodeAt(0) - 0xfee0) : undefined);
    if (plain !== undefined) { lookalike(c, plain); return; }
    const whole = String.fromCodePoint(text.codePointAt(at) ?? 0);
    const end = runEnd((d) => d === whole);
    const loneHalf = /^[\ud800-\udfff]$/.test(whole);
    if (loneHalf) diagnostics.push(diagnose('MC1021', `${codePoint(whole)} is half of a character (a lone surrogate).`, { start: at, end }));
    else diagnostics.push(diagnose('MC1001', `\`${whole}\` (${codePoint(whole)}) is not part of the notation.${meant(whole)}`, { start: at, end }, { fixes: replacing(whole, { start: at, end }) }));
    const read = READ_AS.get(whole);
    if (read !== undefined && end - at === whole.length) push('symbol', read, end); else push('bad', whole, end);
  }

  /** Full-width words are read as the ASCII they look like, so that one diagnostic is all they cause. */
  function lookalike(c: string, plain: string): void {
    const fullWidth = (d: string): boolean => d >= '\uff01' && d <= '\uff5e' && /[A-Za-z0-9_]/.test(String.fromCharCode(d.charCodeAt(0) - 0xfee0));
    const end = fullWidth(c) ? runEnd(fullWidth) : at + 1;
    const ascii = fullWidth(c) ? [...text.slice(at, end)].map((d) => String.fromCharCode(d.charCodeAt(0) - 0xfee0)).join('') : plain;
    const range = { start: at, end };
    const edit = { range, text: ascii };
    const first = alike && !/[\r\n]/.test(text.slice(alike.range.start, at)) && diagnostics.at(-1) === alike ? alike : undefined;
    // The first of a line speaks for those that follow.
    if (first) { diagnostics.pop(); diagnostics.push((alike = { ...first, fixes: [{ title: 'Write the ordinary characters', edits: [...(first.fixes?.[0]?.edits ?? []), edit], safe: true }] })); }
    else diagnostics.push(alike = diagnose('MC1021', `\`${short(text.slice(at, end))}\` only looks like \`${short(ascii)}\` (${codePoint(c)}).`, range, {
      fixes: [{ title: `Write \`${short(ascii)}\``, edits: [{ range, text: ascii }], safe: true }],
    }));
    if (/^[0-9]+$/.test(ascii) && ascii.length <= MAX_WORD) push('number', ascii, end);
    else if (/^[A-Za-z_]/.test(ascii) && ascii.length <= MAX_WORD) push('name', ascii, end);
    else if (symbolsByFirst.has(ascii)) push('symbol', ascii, end);
    else push('bad', short(ascii), end);
  }
}

const SUBSCRIPT_DIGITS = '₀₁₂₃₄₅₆₇₈₉';
/** The mark of a norm, `‖x‖₂`, also behind its exponent: `‖x‖²₂`. */
function normSubscript(text: string, at: number): string | undefined {
  const c = text.charAt(at);
  const before = text.charAt(at - 1) === '²' ? text.charAt(at - 2) : text.charAt(at - 1);
  return (c === '₁' || c === '₂') && (before === '‖' || before === '∥') ? c : undefined;
}

/** A quotation mark where no operand ends. */
function opensText(text: string, at: number): boolean {
  let i = at - 1;
  while (i >= 0 && (text.charCodeAt(i) === 32 || text.charCodeAt(i) === 9)) i--;
  const c = text.charCodeAt(i);
  return c === 44 || c === 40;
}

/** What is read where the sign stands, so that its diagnostic is all that it causes. */
const READ_AS: ReadonlyMap<string, string> = new Map([['÷', '/']]);
const replacing = (sign: string, range: Range): readonly Fix[] => {
  const by = READ_AS.get(sign) ?? (sign === '"' ? "'" : undefined);
  return by === undefined ? [] : [{ title: `Write \`${by}\``, edits: [{ range, text: by }], safe: false }];
};
const MEANT: ReadonlyMap<string, string> = new Map([
  ['&', ' A block matrix is `[A, B; C, D]`.'], ['†', ' The pseudo-inverse is `pinv(A)`.'], ['!', ' A factorial is `gamma(n + 1)`.'],
  ['÷', ' A quotient is written `/`.'], ['∫', ' Integrals are not part of it.'], ['"', ' A transpose is written `\'`.'], ['″', ' A second derivative is `hessian(f, x)`.'], ['¬', ' There is no logic.'], ['~', ''],
]);
const meant = (c: string): string => MEANT.get(c) ?? '';

function plainSuperscript(spelled: string): string {
  let plain = '';
  for (const c of spelled) {
    const digit = SUPERSCRIPT_DIGITS.indexOf(c);
    plain += digit >= 0 ? String(digit) : c === '⁻' ? '-' : c === '⁺' ? '' : SUPERSCRIPT_LETTERS.get(c) ?? c;
  }
  return plain;
}

/** For a message: never more than a few words of the user's text. */
export const short = (text: string): string => (text.length > 24 ? `${text.slice(0, 23)}…` : text);
