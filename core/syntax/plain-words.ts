/** The short way for words of ASCII, which is most of a text: what a character begins, and one object for each name, so that equal names are found by identity. */

/** What an ASCII character begins; 0 needs a closer look. */
export const LETTER = 1;
export const DIGIT = 2;
export const BLANK = 3;
export const SIGN = 4;
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_';

const KINDS = new Uint8Array(128);
for (const c of LETTERS) KINDS[c.charCodeAt(0)] = LETTER;
for (const c of '0123456789') KINDS[c.charCodeAt(0)] = DIGIT;
for (const c of ' \t') KINDS[c.charCodeAt(0)] = BLANK;
/** Signs that begin no longer symbol and no comment: the caller's table has their spellings. */
for (const c of '+^\'()[]{},;|') KINDS[c.charCodeAt(0)] = SIGN;

export const kindOf = (code: number): number => (code < 128 ? KINDS[code] ?? 0 : 0);

/** The names met last, at places made of their letters. */
const PLACES = 1024;
const known: string[] = new Array<string>(PLACES).fill('');
/** Longer names are not looked for. */
const MAX_KNOWN = 24;

/** The end of the run of letters and digits from `at`; `at` itself where a character beyond ASCII follows, which may be part of the name. */
export function nameEnd(text: string, at: number): number {
  let end = at + 1;
  for (; end < text.length; end++) {
    const code = text.charCodeAt(end);
    if (code > 127) return at;
    const kind = KINDS[code];
    if (kind !== LETTER && kind !== DIGIT) return end;
  }
  return end;
}

/** `text.slice(start, end)`, where possible as the object that the last such word was. */
export function wordAt(text: string, start: number, end: number): string {
  const length = end - start;
  if (length === 1) return text.charAt(start);
  if (length > MAX_KNOWN) return text.slice(start, end);
  let place = length;
  for (let i = start; i < end; i++) place = (Math.imul(place, 31) + text.charCodeAt(i)) | 0;
  place &= PLACES - 1;
  const old = known[place] ?? '';
  if (old.length === length) {
    let i = 0;
    while (i < length && old.charCodeAt(i) === text.charCodeAt(start + i)) i++;
    if (i === length) return old;
  }
  return (known[place] = text.slice(start, end));
}

/** The end of a whole number that nothing follows which could be part of a longer word; `at` itself where a closer look is needed. */
export function wholeEnd(text: string, at: number): number {
  let end = at + 1;
  for (; end < text.length; end++) {
    const code = text.charCodeAt(end);
    if (code > 127) return at;
    const kind = KINDS[code];
    if (kind === DIGIT) continue;
    return kind === LETTER || code === 46 ? at : end;
  }
  return end;
}
