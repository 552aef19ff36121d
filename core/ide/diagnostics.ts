/** Everything that is wrong in a document, at document ranges: syntax, names and shapes at once, the engine's refusals as far as they are known. */
import { diagnose } from '../syntax/codes';
import type { Diagnostic, Edit, Fix, Related } from '../syntax/diagnostic';
import { byPlace } from '../syntax/range';
import type { Analysis } from './analysis';
import { blockOf, blocksOf, fingerprintOf } from './generated';
import { separatorAt } from './lines';
import { isOwn, rangeToDocument, type Part } from './part';

/** A line that is put before another stands behind the marks of its comment. */
function moveEdit(part: Part, edit: Edit, text: string): Edit {
  const range = rangeToDocument(part, edit.range);
  return { range, text: edit.text.includes('\n') ? edit.text.replaceAll('\n', separatorAt(text, range.start)) : edit.text };
}
const moveFix = (part: Part, fix: Fix, text: string): Fix => ({ ...fix, edits: fix.edits.map((e) => moveEdit(part, e, text)) });
const moveRelated = (part: Part, related: Related): Related => ({ ...related, range: rangeToDocument(part, related.range) });

/** A diagnostic of a part as one of the document, whose text this is. */
export const placeDiagnostic = (part: Part, diagnostic: Diagnostic, text: string): Diagnostic => ({
  ...diagnostic,
  range: rangeToDocument(part, diagnostic.range),
  ...(diagnostic.related && { related: diagnostic.related.map((r) => moveRelated(part, r)) }),
  ...(diagnostic.fixes && { fixes: diagnostic.fixes.map((f) => moveFix(part, f, text)) }),
});

/** The diagnostics of a document in the order of their places. Refusals appear once `present` has been asked. */
export function diagnosticsOf(analysis: Analysis): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  for (const part of analysis.parts) {
    const { compiled } = part;
    const all = new Set([...compiled.diagnostics, ...compiled.program.diagnostics, ...analysis.refusals(part)]);
    for (const diagnostic of all) if (isOwn(compiled, diagnostic.range)) found.push(placeDiagnostic(part, diagnostic, analysis.text));
  }
  found.push(...staleBlocks(analysis));
  return found.sort(byPlace);
}

/** Generated blocks that were made of another state of the formula above them. */
function staleBlocks(analysis: Analysis): readonly Diagnostic[] {
  const blocks = blocksOf(analysis.text);
  return analysis.parts.flatMap((part) => {
    const block = blockOf(analysis, part, blocks);
    if (!block || block.fingerprint === fingerprintOf(analysis, part)) return [];
    return [diagnose('MC5001', 'The formula above has changed since this code was generated.', block.mark, { related: [{ range: part.range, message: 'The formula.' }] })];
  });
}
