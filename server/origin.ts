/** Generated code and its formulas, across documents: from a function to its request and back, and whether a generated file is stale. */
import type { DocumentLink, Location } from 'vscode-languageserver';
import { blockAt, formulaOf, functionOf, functionsIn, isStale, originOf } from '../core/ide/code-links';
import { blockOf, blocksOf } from '../core/ide/generated';
import { moduleName } from '../core/ide/module-file';
import { contains } from '../core/ide/walk';
import { diagnose } from '../core/syntax/codes';
import type { Diagnostic } from '../core/syntax/diagnostic';
import type { ManifestFunction } from '../core/codegen/generation';
import { codeFor, moduleOf } from './coding';
import type { Cancellation } from './guard';
import { openOf, type Open } from './handler';
import { previewUri, sourceOfPreview } from './protocol';
import type { Session } from './session';
import { rangeAt, type TextDocument } from './text';

/** The address of the formulas that a document was generated from, whether they are open or not. */
export function sourceUriOf(document: TextDocument): string | undefined {
  const shown = sourceOfPreview(document.uri);
  const origin = shown === undefined ? originOf(document.text) : undefined;
  return shown ?? (origin && `${document.uri.slice(0, document.uri.lastIndexOf('/') + 1)}${encodeURIComponent(origin.name)}`);
}

const sourceOf = (session: Session, document: TextDocument): Open | undefined => {
  const uri = sourceUriOf(document);
  return uri === undefined ? undefined : openOf(session, { textDocument: { uri } });
};

const locationIn = ({ document }: Open, f: ManifestFunction | undefined, source: Open): Location | undefined => {
  const range = f && formulaOf(source.analysis, f);
  return range && { uri: document.uri, range: rangeAt(document, range) };
};

/** On the name of a generated function: its formula. */
export async function formulaAt(session: Session, open: Open, offset: number, token: Cancellation): Promise<Location | undefined> {
  const { document, analysis } = open;
  const named = functionsIn(document.text).find((f) => contains(f.range, offset));
  if (!named) return undefined;
  const source = sourceOf(session, document);
  if (source) return locationIn(source, (await moduleOf(session, source, token)).functions.find((f) => f.name === named.name), source);
  const block = blockAt(analysis, offset);
  if (!block) return undefined;
  const functions = await codeFor(session, open, 'functions', { part: analysis.parts.indexOf(block.part) }, token);
  return locationIn(open, functions.find((f) => f.name === named.name), open) ?? { uri: document.uri, range: rangeAt(document, block.part.range) };
}

/** On a request: the function that was generated for it, below the comment, in the file beside, or in the preview. */
export async function codeAt(session: Session, open: Open, offset: number, token: Cancellation): Promise<Location | undefined> {
  const { document, analysis } = open;
  const item = analysis.items.find((i) => i.kind === 'request' && contains(i.range, offset));
  if (!item) return undefined;
  const block = blockOf(analysis, item.part, blocksOf(document.text));
  const shown = session.client.readsContents ? session.documents.get(previewUri(document.uri)) : undefined;
  const target = block ? document : session.documents.get(moduleName(document.uri)) ?? shown;
  if (!target) return undefined;
  const functions = block ? await codeFor(session, open, 'functions', { part: analysis.parts.indexOf(item.part) }, token) : (await moduleOf(session, open, token)).functions;
  const wanted = functionOf(functions, item);
  const found = wanted && functionsIn(target.text, block?.range).find((f) => f.name === wanted.name);
  return found && { uri: target.uri, range: rangeAt(target, found.range) };
}

/** The name of the formulas' file in the head of a generated one, as a link. */
export function originLink(document: TextDocument): DocumentLink | undefined {
  const origin = originOf(document.text);
  const target = sourceUriOf(document);
  return origin && target !== undefined ? { range: rangeAt(document, origin.range), target, tooltip: 'The formulas' } : undefined;
}

/** A generated file whose formulas have changed since. They must be open: what is not shown may have changed anywhere. */
export function staleFile(session: Session, document: TextDocument): Diagnostic | undefined {
  const origin = sourceOfPreview(document.uri) === undefined ? originOf(document.text) : undefined;
  const source = origin && sourceOf(session, document);
  if (!source || !isStale(origin, source.analysis)) return undefined;
  return diagnose('MC5001', `${origin.name} has changed since this code was generated.`, { start: 0, end: Math.max(1, document.text.search(/[\r\n]|$/)) });
}

/** Open files that were generated from a document. */
export const generatedFrom = (session: Session, uri: string): readonly TextDocument[] =>
  [...session.documents.values()].filter((d) => d.uri !== uri && sourceOfPreview(d.uri) === undefined && sourceUriOf(d) === uri);
