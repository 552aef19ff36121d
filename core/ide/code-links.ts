/** From generated code to its formulas and back: which function belongs to which request, and where a text of generated code came from. */
import type { ManifestFunction } from '../codegen/generation';
import type { Range } from '../syntax/tree';
import type { Analysis } from './analysis';
import { blockOf, blocksOf, fingerprintOf } from './generated';
import { generatedName } from './generation';
import type { Item } from './items';
import { HEAD } from './module-file';
import { rangeToDocument } from './part';

/** The exported functions of a text of generated code, with the places of their names. */
export function functionsIn(text: string, within: Range = { start: 0, end: text.length }): readonly { readonly name: string; readonly range: Range }[] {
  const found: { name: string; range: Range }[] = [];
  for (const match of text.slice(within.start, within.end).matchAll(/^export function ([\p{L}_$][\p{L}\p{N}_$]*)\(/gmu)) {
    const name = match[1] ?? '';
    const start = within.start + match.index + 'export function '.length;
    found.push({ name, range: { start, end: start + name.length } });
  }
  return found;
}

export interface Origin {
  /** The name of the formulas' file. */
  readonly name: string;
  /** Of that name. */
  readonly range: Range;
  /** Of the formulas that the code was made from. */
  readonly fingerprints: readonly string[];
}

/** What the head of a generated file says of where it came from; undefined for other files. */
export function originOf(text: string): Origin | undefined {
  const match = /^(.*?) \(([0-9a-z ]+)\)/.exec(text.startsWith(HEAD) ? text.slice(HEAD.length, HEAD.length + 1000) : '');
  if (!match) return undefined;
  const [, name = '', prints = ''] = match;
  return { name, range: { start: HEAD.length, end: HEAD.length + name.length }, fingerprints: prints.split(' ') };
}

/** True where a file was generated from another state of these formulas. */
export const isStale = (origin: Origin, source: Analysis): boolean =>
  source.parts.some((part) => !origin.fingerprints.includes(fingerprintOf(source, part)));

const OF_KIND: Readonly<Record<string, ManifestFunction['kind']>> = { grad: 'gradient', jacobian: 'jacobian', hessian: 'hessian' };

/** Where the formula of a function stands: its request, else the definition of its value. In the document of the formulas. */
export function formulaOf(source: Analysis, f: ManifestFunction): Range | undefined {
  const requests = source.items.filter((item) => item.kind === 'request').filter((item) => generatedName(item.request) === f.of || item.request.of === f.of);
  const byVariable = requests.filter((item) => f.wrt !== null && item.request.wrt.at(-1) === f.wrt);
  const kind = f.kind === 'hvp' ? 'hessian' : f.kind;
  const own = byVariable.find((item) => OF_KIND[item.request.kind] === kind) ?? byVariable[0];
  if (own) return own.range;
  for (const part of source.parts) {
    const definition = part.compiled.program.definitions.get(f.of);
    if (definition) return rangeToDocument(part, definition.nameRange);
  }
  return requests[0]?.range;
}

/** The function that a request is generated as: its derivative, else the value. */
export function functionOf(functions: readonly ManifestFunction[], item: Item): ManifestFunction | undefined {
  if (item.kind !== 'request') return undefined;
  const { request } = item;
  const own = functions.filter((f) => f.of === generatedName(request) && (f.wrt === null || f.wrt === request.wrt.at(-1)));
  return own.find((f) => f.kind === OF_KIND[request.kind]) ?? own.find((f) => f.wrt !== null) ?? own[0];
}

/** Inside a TypeScript file: the block below a comment that an offset stands in, and the comment's part. */
export function blockAt(analysis: Analysis, offset: number): { readonly part: Analysis['parts'][number]; readonly range: Range; readonly mark: Range } | undefined {
  const blocks = blocksOf(analysis.text);
  for (const part of analysis.parts) {
    const block = blockOf(analysis, part, blocks);
    if (block && block.range.start <= offset && offset <= block.range.end) return { part, range: block.range, mark: block.mark };
  }
  return undefined;
}
