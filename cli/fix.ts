/** `check --fix`: the safe edits of a file's diagnostics, applied until none is left. */
import { rangeToDocument } from '../core/ide/part';
import type { Edit } from '../core/syntax/diagnostic';
import { readSource, type Source } from './files';
import { writeWhole } from './write';

/** Edits may give rise to others; a file that needs more rounds than this is left as it is then. */
const ROUNDS = 10;

export function applyFixes(source: Source): Source {
  let at = source;
  for (let round = 0; round < ROUNDS; round++) {
    const edits = safeEdits(at);
    if (edits.length === 0) break;
    let text = at.text;
    for (const e of edits) text = text.slice(0, e.range.start) + e.text + text.slice(e.range.end);
    writeWhole(at.file, text, { text: at.text });
    at = readSource(at.file);
  }
  return at;
}

/** Without overlaps, last first. */
function safeEdits(source: Source): Edit[] {
  const all = source.analysis.parts.flatMap((part) => {
    const own = part.compiled.own;
    const diagnostics = [...part.compiled.diagnostics, ...part.compiled.program.diagnostics];
    return diagnostics.flatMap((d) => d.fixes?.find((f) => f.safe)?.edits ?? []).filter((e) => e.range.start >= own).map((e) => ({ text: e.text, range: rangeToDocument(part, e.range) }));
  }).sort((a, b) => b.range.start - a.range.start || b.range.end - a.range.end);
  const kept: Edit[] = [];
  for (const e of all) if (!kept.some((k) => e.range.end > k.range.start || (e.range.start === k.range.start && e.range.end === k.range.end))) kept.push(e);
  return kept;
}
