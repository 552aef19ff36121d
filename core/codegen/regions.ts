/**
 * Generated regions inside a person's file: `// <mcalc NAME HASH>` … `// </mcalc>`. The hash is of the text between the marks, so
 * an edit in there is seen and never overwritten without asking; all outside stays as it is, to the byte.
 */
export interface Region {
  readonly name: string;
  /** From the first mark's start to the last mark's end, without the line break. */
  readonly start: number;
  readonly end: number;
  readonly content: string;
  /** Whether someone changed the content since it was generated. */
  readonly edited: boolean;
}
export type RegionState = 'missing' | 'current' | 'stale' | 'edited';

const OPEN = /^([ \t]*)\/\/ <mcalc (\S+) ([0-9a-f]{8})>[ \t]*\r?$/gm;
const CLOSE = /^[ \t]*\/\/ <\/mcalc>/gm;

/** FNV-1a of the text, line breaks and indentation of lines made equal, so that checking out on another system is no edit. */
export function regionHash(text: string): string {
  let h = 0x811c9dc5;
  for (const c of text.replace(/\r\n?/g, '\n').trim()) h = Math.imul(h ^ (c.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  return h.toString(16).padStart(8, '0');
}

/** The regions of a file in order; an opening mark that is never closed is none. */
export function regionsOf(text: string): readonly Region[] {
  const regions: Region[] = [];
  for (const open of text.matchAll(OPEN)) {
    const from = open.index + open[0].length;
    if ((regions[regions.length - 1]?.end ?? 0) > open.index) continue;
    CLOSE.lastIndex = from;
    const close = CLOSE.exec(text);
    if (!close) break;
    const content = text.slice(from, close.index).replace(/^\r?\n/, '');
    regions.push({ name: open[2] ?? '', start: open.index, end: close.index + close[0].length, content, edited: regionHash(content) !== open[3] });
  }
  return regions;
}

/** The text of a region with its marks, with line breaks as the file has them. A name holds no blanks. */
export function regionText(name: string, content: string, newline = '\n'): string {
  const body = content.replace(/\r\n?/g, '\n').replace(/^\n+|\n+$/g, '');
  return [`// <mcalc ${name.replace(/[\s>]+/g, '_')} ${regionHash(body)}>`, ...body.split('\n'), '// </mcalc>'].join(newline);
}

export function regionState(text: string, name: string, content: string): RegionState {
  const region = regionsOf(text).find((r) => r.name === name);
  if (!region) return 'missing';
  if (region.edited) return 'edited';
  return regionHash(region.content) === regionHash(content) ? 'current' : 'stale';
}

export interface RegionUpdate { readonly text: string; readonly changed: boolean; /** The region was edited by hand and is left as it is. */ readonly refused: boolean }

/**
 * Brings a region up to date: replaced where it stands, else inserted at `at` (a line's start or the text's end). One that was
 * edited is refused unless `force`.
 */
export function updateRegion(text: string, name: string, content: string, at: number = text.length, force = false): RegionUpdate {
  const newline = /\r\n/.test(text) ? '\r\n' : '\n';
  const made = regionText(name, content, newline);
  const region = regionsOf(text).find((r) => r.name === name);
  if (region) {
    if (region.edited && !force) return { text, changed: false, refused: true };
    const next = text.slice(0, region.start) + made + text.slice(region.end);
    return { text: next, changed: next !== text, refused: false };
  }
  const place = Math.max(0, Math.min(at, text.length));
  const before = text.slice(0, place);
  const gap = before === '' || before.endsWith('\n') ? '' : newline;
  return { text: `${before}${gap}${made}${newline}${text.slice(place)}`, changed: true, refused: false };
}
