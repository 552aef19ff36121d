/**
 * Generated code inside a TypeScript or JavaScript file: a block below each comment that code was asked for, and one for the kernels
 * that they share, at the end. The blocks are marked, so that a later run updates them in place and touches nothing else.
 */
import type { GeneratedModule, ManifestFunction } from '../codegen/generation';
import { regionHash } from '../codegen/regions';
import type { Edit } from '../syntax/diagnostic';
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

/** The first mark, with a hash of what stands below it. */
const opening = (print: string, body: string): string => `// #region mcalc ${print}.${regionHash(body)} generated from the comment above`;
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

/** The block that belongs to a part: the first one between it and the next part. */
export function blockOf(analysis: Analysis, part: Part, blocks: readonly Block[]): Block | undefined {
  const next = analysis.parts[analysis.parts.indexOf(part) + 1];
  return blocks.find((b) => b.fingerprint !== '' && b.range.start >= part.range.end && (!next || b.range.end <= next.range.start));
}

export interface PartCode {
  readonly part: Part;
  /** Of the module, those that belong below this part. */
  readonly functions: readonly ManifestFunction[];
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
      edits.push({ range: { start: at, end: at }, text: at === text.length && at > 0 ? `${lineStart(text, at) === at ? '' : newline}${newline}${content}${newline}` : `${newline}${content}` });
    }
  };
  for (const { part, functions: own } of codes) {
    const body = own.map((f) => module.texts.get(f.name)?.trim()).filter((t) => t !== undefined).join('\n\n');
    put(blockOf(analysis, part, blocks), endOfLine(text, part.range.end), [opening(fingerprintOf(analysis, part), body), body, CLOSING]);
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
