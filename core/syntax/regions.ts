/** The mcalc inside other texts: `@mcalc` comments of TypeScript and JavaScript, fences of Markdown; each with an exact offset map. */
import { commentsOf } from './hostcomments';
import type { Range } from './tree';

/** `length` characters that are the same in both texts. */
export interface Segment {
  readonly virtual: number;
  readonly host: number;
  readonly length: number;
}
/** One document of its own. Its `text` has `\n` line ends and no comment marks. */
export interface Region {
  readonly kind: 'file' | 'line' | 'block' | 'fence';
  readonly text: string;
  /** The whole comment or fence in the host, marks included. */
  readonly range: Range;
  /** In order, one for each line. */
  readonly segments: readonly Segment[];
  /** What a new line of this region begins with in the host: ` * `, `// `, the fence's indentation. */
  readonly prefix: string;
}

const SCRIPTS: ReadonlySet<string> = new Set(['typescript', 'javascript', 'typescriptreact', 'javascriptreact', 'ts', 'js', 'tsx', 'jsx']);
const MARKDOWN: ReadonlySet<string> = new Set(['markdown', 'md']);

/** Whether `<p>text</p>` is an element: everywhere but in `.ts`, where `<T>x` is a type. */
export const hasElements = (languageId: string): boolean => SCRIPTS.has(languageId) && languageId !== 'typescript' && languageId !== 'ts';

/** The regions of a text in order. A `.mcalc` text is one region; a language that is not known has none. Linear; never throws. */
export function regions(text: string, languageId: string): readonly Region[] {
  if (languageId === 'mcalc') return [{ kind: 'file', text, range: { start: 0, end: text.length }, segments: [{ virtual: 0, host: 0, length: text.length }], prefix: '' }];
  if (SCRIPTS.has(languageId)) return scriptRegions(text, hasElements(languageId));
  return MARKDOWN.has(languageId) ? fences(text) : [];
}

/** Where an offset of the region's text is in the host. */
export function toHost(region: Region, offset: number): number {
  const segment = region.segments.findLast((s) => s.virtual <= offset) ?? region.segments[0];
  return segment ? segment.host + Math.max(0, Math.min(offset - segment.virtual, segment.length)) : region.range.start;
}
/** Where a host's offset is in the region's text; undefined in comment marks and outside. */
export function toVirtual(region: Region, offset: number): number | undefined {
  const segment = region.segments.findLast((s) => s.host <= offset);
  return segment && offset <= segment.host + segment.length ? segment.virtual + (offset - segment.host) : undefined;
}

interface Line { readonly start: number; readonly end: number }

function regionOf(kind: Region['kind'], text: string, range: Range, lines: readonly Line[], prefix: string): Region {
  const segments: Segment[] = [];
  let virtual = '';
  lines.forEach((line, i) => {
    if (i > 0) virtual += '\n';
    segments.push({ virtual: virtual.length, host: line.start, length: line.end - line.start });
    virtual += text.slice(line.start, line.end);
  });
  return { kind, text: virtual, range, segments, prefix };
}

const TAG = /@mcalc(?=\s|$)/y;
/** The offset after `@mcalc` where a comment begins with it. */
function afterTag(text: string, from: number, to: number): number | undefined {
  TAG.lastIndex = from;
  return TAG.test(text.slice(0, to)) ? from + '@mcalc'.length : undefined;
}

function scriptRegions(text: string, elements: boolean): readonly Region[] {
  const comments = commentsOf(text, elements);
  const found: Region[] = [];
  for (let i = 0; i < comments.length; i++) {
    const comment = comments[i];
    if (comment === undefined || !text.slice(comment.start, Math.min(comment.end, comment.start + 400)).includes('@mcalc')) continue;
    if (comment.kind === 'block') {
      const region = blockRegion(text, comment);
      if (region) found.push(region);
      continue;
    }
    const begin = comment.start + 2 + (/^\/*[ \t]*/.exec(text.slice(comment.start + 2, comment.end))?.[0].length ?? 0);
    const body = afterTag(text, begin, comment.end);
    if (body === undefined) continue;
    const content = body + (/^[ \t]*/.exec(text.slice(body, comment.end))?.[0].length ?? 0);
    const lines: Line[] = [{ start: content, end: comment.end }];
    let end = comment.end;
    // A bare `// @mcalc` heads the line comments right below it; one with a formula after it stands alone.
    while (content === comment.end) {
      const next = comments[i + 1];
      if (next?.kind !== 'line' || !/^(?:\r\n|\n|\r)[ \t]*$/.test(text.slice(end, next.start)) || /^\/\/[ \t]*@/.test(text.slice(next.start, next.end))) break;
      lines.push({ start: next.start + 2 + (/^[ \t]/.test(text.charAt(next.start + 2)) && next.start + 2 < next.end ? 1 : 0), end: next.end });
      end = next.end;
      i++;
    }
    found.push(regionOf('line', text, { start: comment.start, end }, lines, '// '));
  }
  return found;
}

function blockRegion(text: string, comment: Range): Region | undefined {
  const closed = text.slice(comment.start, comment.end).endsWith('*/') && comment.end - comment.start >= 4;
  const end = closed ? comment.end - 2 : comment.end;
  const begin = comment.start + 2 + (/^\**[\s*]*/.exec(text.slice(comment.start + 2, end))?.[0].length ?? 0);
  const body = afterTag(text, begin, end);
  if (body === undefined) return undefined;
  const lines: Line[] = [];
  let at = body + (/^[ \t]*/.exec(text.slice(body, end))?.[0].length ?? 0);
  let prefix = '';
  for (let isFirst = true; ; isFirst = false) {
    const lineBreak = /\r\n|\n|\r/.exec(text.slice(at, end));
    const lineEnd = lineBreak ? at + lineBreak.index : end;
    const mark = isFirst ? '' : /^[ \t]*(?:\*[ \t]?)?/.exec(text.slice(at, lineEnd))?.[0] ?? '';
    if (!isFirst && prefix === '' && lineBreak) prefix = mark;
    const last = lineBreak ? lineEnd : at + mark.length + text.slice(at + mark.length, lineEnd).trimEnd().length;
    lines.push({ start: at + mark.length, end: Math.max(at + mark.length, last) });
    if (!lineBreak) break;
    at = lineEnd + lineBreak[0].length;
  }
  return regionOf('block', text, comment, lines, prefix || ' * ');
}

/** A fence may stand behind the mark of a list's item. */
const FENCE = /^((?:[ \t]*>)*[ \t]*(?:(?:[-+*]|\d{1,9}[.)])[ \t]+)?)(`{3,}|~{3,})[ \t]*([^\s`]*)/;

/** Fences whose info string is `mcalc`, outside of HTML comments. One that is never closed reaches to the end. */
function fences(text: string): readonly Region[] {
  const found: Region[] = [];
  let open: { readonly mark: string; readonly start: number; readonly prefix: string; readonly isMcalc: boolean; readonly lines: Line[] } | undefined;
  let isHidden = false;
  const close = (end: number): void => {
    if (open?.isMcalc) found.push(regionOf('fence', text, { start: open.start, end }, open.lines, open.prefix));
    open = undefined;
  };
  for (const match of text.matchAll(/([^\r\n]*)(\r\n|\n|\r|$)/g)) {
    const [whole, line = ''] = match;
    const start = match.index;
    const end = start + line.length;
    const fence = FENCE.exec(line);
    if (open === undefined && (isHidden || /^ {0,3}<!--/.test(line))) {
      isHidden = !line.includes('-->');
    } else if (open === undefined) {
      const [, prefix = '', mark = '', info = ''] = fence ?? [];
      if (fence) open = { mark, start, prefix: prefix.replace(/[^\s>]/g, ' '), isMcalc: info.toLowerCase() === 'mcalc', lines: [] };
    } else if (fence && fence[3] === '' && fence[2]?.startsWith(open.mark) && line.trimEnd() === fence[0].trimEnd()) {
      close(end);
    } else {
      let skip = 0;
      while (skip < open.prefix.length && skip < line.length && (line[skip] === open.prefix[skip] || /[ \t]/.test(line.charAt(skip)))) skip++;
      if (end > start || whole !== '') open.lines.push({ start: start + skip, end });
    }
    if (whole === '') break;
  }
  close(text.length);
  return found;
}
