/** The comments of a TypeScript or JavaScript text, found without being misled by strings, templates and regular expressions. */

export interface HostComment {
  readonly kind: 'line' | 'block';
  readonly start: number;
  readonly end: number;
}

/** After these a `/` begins a regular expression, not a quotient. */
const BEFORE_REGEX = /(?:^|[(,=:[!&|?{};+\-*%~^<>]|\b(?:return|typeof|case|in|of|delete|void|throw|new|do|else|yield|await))\s*$/;

/** All comments in order. A string that is not closed ends with its line. Linear in the text. @param hasElements `<p>text</p>` is an element of JSX */
export function commentsOf(text: string, hasElements = false): readonly HostComment[] {
  const found: HostComment[] = [];
  scan(text, hasElements, (comment) => { found.push(comment); }, () => undefined);
  return found;
}

const OPENS = /[([{]/, CLOSES = /[)\]}]/;
/** A line that ends so goes on in the next; one that begins so belongs to the one before. */
const UNFINISHED = /[=+\-*/%&|^<>,.?:]/, CONTINUES = /[.,?:)\]};=+\-*/%&|^<>([`]/, CONTINUING_WORD = /^(?:else|catch|finally|while|instanceof|in|of|extends|implements|as|satisfies)\b/;

/**
 * For offsets in ascending order: the end of the line on which the top-level statement around each ends; undefined where none is
 * around it. New statements may stand there. Linear in the text.
 */
export function statementEnds(text: string, offsets: readonly number[], hasElements = false): readonly (number | undefined)[] {
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
  scan(text, hasElements, (comment) => { reach(comment.start); }, code);
  reach(text.length);
  settle(lineEnd ?? text.length);
  return ends;
}

/** Code inside something else: `${…}` of a template, `{…}` of an element's tag or of its text. */
interface Inside { readonly of: 'template' | 'tag' | 'text'; /** Braces that are open in it. */ braces: number; /** Elements around it. */ readonly elements: number; readonly closing: boolean }

/** Walks the text: comments, and every other character that is code; the first of a string, template or regular expression stands for it. */
function scan(text: string, hasElements: boolean, comment: (c: HostComment) => void, code: (at: number, c: string) => void): void {
  const open: Inside[] = [];
  let closers: ReadonlyMap<string, number> | undefined;
  let at = 0;
  while (at < text.length) {
    const c = text.charAt(at);
    const commentEnds = c === '/' ? commentAt(at) : undefined;
    if (commentEnds !== undefined) at = commentEnds;
    else if (c === '"' || c === "'") { code(at, c); at = stringEnd(text, at + 1, c); }
    else if (c === '`') { code(at, c); at = template(at + 1); }
    else if (c === '/') { code(at, c); at = regexEnd(text, at); }
    else if (c === '<' && hasElements && beginsElement(at)) { code(at, 'x'); at = tag(at + 1, 0, false); }
    else {
      const inside = open.at(-1);
      if (inside && c === '{') inside.braces++;
      if (inside && c === '}' && inside.braces-- === 0) {
        open.pop();
        if (inside.of !== 'template') code(at, c);
        at = inside.of === 'template' ? template(at + 1) : inside.of === 'tag' ? tag(at + 1, inside.elements, inside.closing) : words(at + 1, inside.elements);
        continue;
      }
      code(at, c);
      at++;
    }
  }

  /** The end of the comment that begins here. */
  function commentAt(start: number): number | undefined {
    const kind = text.startsWith('//', start) ? 'line' : text.startsWith('/*', start) ? 'block' : undefined;
    if (kind === undefined) return undefined;
    LINE_END.lastIndex = start;
    const close = text.indexOf('*/', start + 2);
    const end = kind === 'line' ? LINE_END.exec(text)?.index ?? text.length : close < 0 ? text.length : close + 2;
    comment({ kind, start, end });
    return end;
  }

  /** From inside a template to its end, or into the code of a `${`. */
  function template(from: number): number {
    for (let i = from; i < text.length; i++) {
      if (text[i] === '\\') i++;
      else if (text[i] === '`') return i + 1;
      else if (text[i] === '$' && text[i + 1] === '{') { open.push({ of: 'template', braces: 0, elements: 0, closing: false }); return i + 2; }
    }
    return text.length;
  }

  /** `<p`, `<p.q`, `<>` where no operator can stand, and not the parameters of a generic function: an element that is closed somewhere, or by itself. */
  function beginsElement(start: number): boolean {
    const [whole, name = ''] = /^<([\p{L}_$][\p{L}\p{N}_$.:-]*)?(?=[\s/>{])/u.exec(text.slice(start, start + 200)) ?? [];
    if (whole === undefined || !BEFORE_REGEX.test(text.slice(Math.max(0, start - 24), start))) return false;
    const after = text.slice(start + whole.length, start + whole.length + 400);
    if (name === '' ? !after.startsWith('>') : /^\s+extends\b/.test(after)) return false;
    closers ??= new Map([...text.matchAll(/<\/([\p{L}\p{N}_$.:-]*)/gu)].map((m) => [m[1] ?? '', m.index]));
    return (closers.get(name) ?? -1) > start || /^[^<>]*\/>/.test(after);
  }

  /** From inside a tag to what follows it: words of an element, or code. @param elements how many are open around it */
  function tag(from: number, elements: number, closing: boolean): number {
    let slash = -1;
    for (let i = from; i < text.length; i++) {
      const c = text[i];
      if (c === '"' || c === "'") { const end = text.indexOf(c, i + 1); if (end < 0) return text.length; i = end; }
      else if (c === '{') { code(i, c); open.push({ of: 'tag', braces: 0, elements, closing }); return i + 1; }
      else if (c === '/' && (text[i + 1] === '/' || text[i + 1] === '*') && !closing) i = (commentAt(i) ?? i + 1) - 1;
      else if (c === '/') slash = i;
      else if (c === '>') {
        const around = closing ? elements - 1 : slash === i - 1 ? elements : elements + 1;
        return around > 0 ? words(i + 1, around) : i + 1;
      }
    }
    return text.length;
  }

  /** The text of an element, which is no code: up to the next tag or `{`. */
  function words(from: number, elements: number): number {
    for (let i = from; i < text.length; i++) {
      if (text[i] === '{') { code(i, '{'); open.push({ of: 'text', braces: 0, elements, closing: false }); return i + 1; }
      if (text[i] === '<') return tag(i + 1, elements, text[i + 1] === '/');
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
