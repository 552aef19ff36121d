/** Generated code and its formulas, across documents: from a function to its request and back, and whether a generated file is stale. */
import type { DocumentLink, Location } from 'vscode-languageserver';
import { blockAt, formulaOf, functionOf, functionsIn, isStale, originOf } from '../core/ide/code-links';
import { generate } from '../core/ide/generate';
import { blockOf, blocksOf } from '../core/ide/generated';
import { moduleName } from '../core/ide/module-file';
import { contains } from '../core/ide/walk';
import { diagnose } from '../core/syntax/codes';
import type { Diagnostic } from '../core/syntax/diagnostic';
import type { ManifestFunction } from '../core/codegen/generation';
import { openOf, type Open } from './handler';
import { moduleOf } from './preview';
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
export function formulaAt(session: Session, open: Open, offset: number): Location | undefined {
  const { document, analysis } = open;
  const named = functionsIn(document.text).find((f) => contains(f.range, offset));
  if (!named) return undefined;
  const source = sourceOf(session, document);
  if (source) return locationIn(source, moduleOf(source).module.functions.find((f) => f.name === named.name), source);
  const block = blockAt(analysis, offset);
  if (!block) return undefined;
  const { module } = generate(analysis, [block.part], 'typescript');
  return locationIn(open, module.functions.find((f) => f.name === named.name), open) ?? { uri: document.uri, range: rangeAt(document, block.part.range) };
}

/** On a request: the function that was generated for it, below the comment, in the file beside, or in the preview. */
export function codeAt(session: Session, open: Open, offset: number): Location | undefined {
  const { document, analysis } = open;
  const item = analysis.items.find((i) => i.kind === 'request' && contains(i.range, offset));
  if (!item) return undefined;
  const block = blockOf(analysis, item.part, blocksOf(document.text));
  const functions = block ? generate(analysis, [item.part], 'typescript').module.functions : moduleOf(open).module.functions;
  const wanted = functionOf(functions, item);
  if (!wanted) return undefined;
  const inside = (target: TextDocument, within = { start: 0, end: target.text.length }): Location | undefined => {
    const found = functionsIn(target.text, within).find((f) => f.name === wanted.name);
    return found && { uri: target.uri, range: rangeAt(target, found.range) };
  };
  if (block) return inside(document, block.range);
  const beside = session.documents.get(moduleName(document.uri));
  if (beside) return inside(beside);
  const shown = session.client.readsContents ? session.documents.get(previewUri(document.uri)) : undefined;
  return shown && inside(shown);
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
