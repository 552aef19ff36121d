/**
 * Generated code inside a TypeScript or JavaScript file: a block below each comment that code was asked for, and one for the kernels
 * that they share, at the end. The blocks are marked, so that a later run updates them in place and touches nothing else.
 */
import type { GeneratedModule, ManifestFunction, ManifestTogether } from '../codegen/generation';
import { regionHash } from '../codegen/regions';
import type { Edit } from '../syntax/diagnostic';
import { statementEnds } from '../syntax/hostcomments';
import { hasElements } from '../syntax/regions';
import type { Range } from '../syntax/tree';
import type { Analysis } from './analysis';
import { fingerprint } from './fingerprint';
import { newlineOf, lineStart } from './lines';
import type { Part } from './part';

export interface Block {
  /** Of the document: from the start of the first mark's line to the end of the last mark's, its line break left out. */
  readonly range: Range;
  /** The mark's own line. */
  readonly mark: Range;
  /** Of the formulas that the code was made from; empty for the kernels. */
  readonly fingerprint: string;
  /** Whether its content is not what was written: someone edited it. */
  readonly edited: boolean;
}

const OPEN = /^\/\/ #region mcalc (?:kernels(?:\.([0-9a-f]{8}))? |([0-9a-z]{7})(?:\.([0-9a-f]{8}))? ).*$/gm;
const CLOSE = /^\/\/ #endregion mcalc[^\r\n]*/gm;

/** The first mark, with a hash of what stands below it. A statement may hold several comments, whose blocks stand below it in their order. */
const opening = (print: string, body: string, index: number): string => `// #region mcalc ${print}.${regionHash(body)} generated from ${index === 0 ? 'the comment above' : `comment ${index + 1} above`}`;
const indexOf = (mark: string): number => Number(/ comment (\d+) above$/.exec(mark)?.[1] ?? 1) - 1;
const kernelsOpening = (body: string): string => `// #region mcalc kernels.${regionHash(body)} shared by the generated functions above`;
const CLOSING = '// #endregion mcalc';

/** The marked blocks of a text in order. A mark that is never closed is none. */
export function blocksOf(text: string): readonly Block[] {
  const blocks: Block[] = [];
  for (const open of text.matchAll(OPEN)) {
    CLOSE.lastIndex = open.index + open[0].length;
    const close = CLOSE.exec(text);
    if (!close) break;
    if ((blocks[blocks.length - 1]?.range.end ?? 0) > open.index) continue;
    const length = open[0].replace(/\r$/, '').length;
    const hash = open[1] ?? open[3];
    const edited = hash !== undefined && regionHash(text.slice(open.index + open[0].length, close.index)) !== hash;
    blocks.push({ range: { start: open.index, end: close.index + close[0].length }, mark: { start: open.index, end: open.index + length }, fingerprint: open[2] ?? '', edited });
  }
  return blocks;
}

/** What the code of a part depends on. */
export const fingerprintOf = (analysis: Analysis, part: Part): string => fingerprint(analysis.items.find((item) => item.part === part)?.state ?? '');

/** Where the code of parts stands: below the comment's line, or below the top-level statement that the comment is inside of. */
interface Place {
  readonly at: number;
  /** Exports may stand at the top level alone: several comments inside of one statement share its end. */
  readonly parts: readonly Part[];
}
const places = new WeakMap<Analysis, readonly Place[]>();
function placesOf(analysis: Analysis): readonly Place[] {
  const known = places.get(analysis);
  if (known) return known;
  const ends = statementEnds(analysis.text, analysis.parts.map((p) => p.range.end), hasElements(analysis.languageId));
  const made: { at: number; parts: Part[] }[] = [];
  analysis.parts.forEach((part, k) => {
    const end = ends[k];
    const last = made[made.length - 1];
    if (end !== undefined && last?.at === end) last.parts.push(part);
    else made.push({ at: end ?? endOfLine(analysis.text, part.range.end), parts: [part] });
  });
  places.set(analysis, made);
  return made;
}

/** The block that belongs to a part: of those between its place and the next, the one with its formulas' fingerprint, else with its number. */
export function blockOf(analysis: Analysis, part: Part, blocks: readonly Block[]): Block | undefined {
  // Most documents have none, and where one would stand takes a look at the whole text.
  if (blocks.length === 0) return undefined;
  const all = placesOf(analysis);
  const k = all.findIndex((p) => p.parts.includes(part));
  const place = all[k];
  if (!place) return undefined;
  const until = Math.min(all[k + 1]?.at ?? Infinity, analysis.parts.find((p) => p.range.start >= place.at)?.range.start ?? Infinity);
  const here = blocks.filter((b) => b.fingerprint !== '' && b.range.start >= place.at && b.range.end <= until);
  if (place.parts.length === 1) return here[0];
  const own = new Map<Part, Block>();
  const left = new Set(here);
  const give = (p: Part, b: Block | undefined): void => { if (b) { own.set(p, b); left.delete(b); } };
  for (const p of place.parts) give(p, [...left].find((b) => b.fingerprint === fingerprintOf(analysis, p)));
  place.parts.forEach((p, index) => { if (!own.has(p)) give(p, [...left].find((b) => indexOf(analysis.text.slice(b.mark.start, b.mark.end)) === index)); });
  return own.get(part);
}

export interface PartCode {
  readonly part: Part;
  /** Of the module, those that belong below this part. */
  readonly functions: readonly (ManifestFunction | ManifestTogether)[];
}

/** The blocks that writing these parts would replace although someone edited them. */
export function editedBlocks(analysis: Analysis, codes: readonly PartCode[]): readonly Block[] {
  const blocks = blocksOf(analysis.text);
  return [...new Set([...codes.map(({ part }) => blockOf(analysis, part, blocks)), blocks.find((b) => b.fingerprint === '')])].filter((b) => b?.edited === true) as readonly Block[];
}

/** The edits that bring the blocks of the named parts and the kernels up to date; none where they are. */
export function blockEdits(analysis: Analysis, module: GeneratedModule, codes: readonly PartCode[]): readonly Edit[] {
  const { text } = analysis;
  const blocks = blocksOf(text);
  const rest = [module.head, module.rest].filter((t) => t !== '').join('\n').trim();
  const newline = newlineOf(text);
  const edits: Edit[] = [];
  const put = (block: Block | undefined, at: number, lines: readonly string[] | undefined): void => {
    const content = lines?.join('\n').replace(/\r\n|\r|\n/g, newline);
    if (block) {
      if (content === text.slice(block.range.start, block.range.end)) return;
      edits.push({ range: content === undefined ? withLineBreak(text, block.range) : block.range, text: content ?? '' });
    } else if (content !== undefined) {
      const added = at === text.length && at > 0 ? `${lineStart(text, at) === at ? '' : newline}${newline}${content}${newline}` : `${newline}${content}`;
      // Two insertions at one place would depend on the order in which an editor applies them.
      const same = edits.findIndex((e) => e.range.start === at && e.range.end === at);
      const joined = edits[same];
      if (joined) edits[same] = { range: joined.range, text: joined.text + added };
      else edits.push({ range: { start: at, end: at }, text: added });
    }
  };
  for (const { part, functions: own } of codes) {
    const body = own.map((f) => module.texts.get(f.name)?.trim()).filter((t) => t !== undefined).join('\n\n');
    const place = placesOf(analysis).find((p) => p.parts.includes(part));
    const index = place?.parts.indexOf(part) ?? 0;
    const before = place?.parts.slice(0, index).flatMap((p) => blockOf(analysis, p, blocks)?.range.end ?? []) ?? [];
    put(blockOf(analysis, part, blocks), Math.max(place?.at ?? endOfLine(text, part.range.end), ...before), [opening(fingerprintOf(analysis, part), body, index), body, CLOSING]);
  }
  put(blocks.find((b) => b.fingerprint === ''), text.length, rest === '' ? undefined : [kernelsOpening(rest), rest, CLOSING]);
  return edits;
}

const endOfLine = (text: string, offset: number): number => {
  const rest = text.slice(offset).search(/[\r\n]/);
  return rest < 0 ? text.length : offset + rest;
};
const withLineBreak = (text: string, range: Range): Range => {
  const after = /^(?:\r\n|\n|\r)/.exec(text.slice(range.end))?.[0].length ?? 0;
  return { start: range.start, end: range.end + after };
};
