/** The comments of a TypeScript or JavaScript text, found without being misled by strings, templates and regular expressions. */

export interface HostComment {
  readonly kind: 'line' | 'block';
  readonly start: number;
  readonly end: number;
}

/** After these a `/` begins a regular expression, not a quotient. */
const BEFORE_REGEX = /(?:^|[(,=:[!&|?{};+\-*%~^<>]|\b(?:return|typeof|case|in|of|delete|void|throw|new|do|else|yield|await))\s*$/;

/** All comments in order. A string that is not closed ends with its line. Linear in the text. */
export function commentsOf(text: string): readonly HostComment[] {
  const found: HostComment[] = [];
  scan(text, (comment) => { found.push(comment); }, () => undefined);
  return found;
}

const OPENS = /[([{]/, CLOSES = /[)\]}]/;
/** A line that ends so goes on in the next; one that begins so belongs to the one before. */
const UNFINISHED = /[=+\-*/%&|^<>,.?:]/, CONTINUES = /[.,?:)\]};=+\-*/%&|^<>([`]/, CONTINUING_WORD = /^(?:else|catch|finally|while|instanceof|in|of|extends|implements|as|satisfies)\b/;

/**
 * For offsets in ascending order: the end of the line on which the top-level statement around each ends; undefined where none is
 * around it. New statements may stand there. Linear in the text.
 */
export function statementEnds(text: string, offsets: readonly number[]): readonly (number | undefined)[] {
  const ends: (number | undefined)[] = offsets.map(() => undefined);
  const waiting: number[] = [];
  let next = 0;
  let depth = 0;
  let last = '';
  let lineEnd: number | undefined;
  const settle = (at: number): void => { for (const k of waiting.splice(0)) ends[k] = at; };
  const reach = (at: number): void => { for (; next < offsets.length && (offsets[next] as number) <= at; next++) if (depth > 0) waiting.push(next); };
  const code = (at: number, c: string): void => {
    reach(at);
    if (c === '\n' || c === '\r') { if (depth <= 0 && waiting.length > 0 && lineEnd === undefined && !UNFINISHED.test(last)) lineEnd = at; return; }
    if (/\s/.test(c)) return;
    if (lineEnd !== undefined) {
      const goesOn = last !== ';' && (CONTINUES.test(c) || CONTINUING_WORD.test(text.slice(at, at + 12)));
      if (!goesOn) settle(lineEnd);
      lineEnd = undefined;
    }
    if (OPENS.test(c)) depth++;
    else if (CLOSES.test(c)) depth = Math.max(0, depth - 1);
    last = c;
  };
  scan(text, (comment) => { reach(comment.start); }, code);
  reach(text.length);
  settle(lineEnd ?? text.length);
  return ends;
}

/** Walks the text: comments, and every other character that is code; the first of a string, template or regular expression stands for it. */
function scan(text: string, comment: (c: HostComment) => void, code: (at: number, c: string) => void): void {
  /** For each `${` that is open, how many braces are open inside it. */
  const templates: number[] = [];
  const lineEnd = (from: number): number => {
    LINE_END.lastIndex = from;
    return LINE_END.exec(text)?.index ?? text.length;
  };
  let at = 0;
  while (at < text.length) {
    const c = text.charAt(at);
    const next = text.charAt(at + 1);
    if (c === '/' && next === '/') {
      const end = lineEnd(at);
      comment({ kind: 'line', start: at, end });
      at = end;
    } else if (c === '/' && next === '*') {
      const close = text.indexOf('*/', at + 2);
      const end = close < 0 ? text.length : close + 2;
      comment({ kind: 'block', start: at, end });
      at = end;
    } else if (c === '"' || c === "'") { code(at, c); at = stringEnd(text, at + 1, c); }
    else if (c === '`') { code(at, c); at = template(at + 1); }
    else if (c === '/') { code(at, c); at = regexEnd(text, at); }
    else {
      const depth = templates.at(-1);
      if (depth !== undefined && c === '{') templates[templates.length - 1] = depth + 1;
      if (depth !== undefined && c === '}') {
        if (depth > 0) templates[templates.length - 1] = depth - 1;
        else { templates.pop(); at = template(at + 1); continue; }
      }
      code(at, c);
      at++;
    }
  }

  /** From inside a template to its end, or into the code of a `${`. */
  function template(from: number): number {
    for (let i = from; i < text.length; i++) {
      if (text[i] === '\\') i++;
      else if (text[i] === '`') return i + 1;
      else if (text[i] === '$' && text[i + 1] === '{') { templates.push(0); return i + 2; }
    }
    return text.length;
  }
}

const LINE_END = /[\r\n]/g;

function stringEnd(text: string, from: number, quote: string): number {
  for (let i = from; i < text.length; i++) {
    const c = text[i];
    if (c === '\\') i++;
    else if (c === quote || c === '\n' || c === '\r') return i + 1;
  }
  return text.length;
}

/** The end of a regular expression at `at`, or the next character where the `/` is a quotient. */
function regexEnd(text: string, at: number): number {
  if (!BEFORE_REGEX.test(text.slice(Math.max(0, at - 24), at))) return at + 1;
  let isClass = false;
  for (let i = at + 1; i < text.length && i < at + 4000; i++) {
    const c = text[i];
    if (c === '\n' || c === '\r') break;
    if (c === '\\') i++;
    else if (c === '[') isClass = true;
    else if (c === ']') isClass = false;
    else if (c === '/' && !isClass) return i + 1;
  }
  return at + 1;
}
