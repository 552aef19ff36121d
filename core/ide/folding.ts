/** Folding: parts (comments and fences), runs of comment lines, statements over several lines, and `# region` … `# endregion`. */
import { wholesFirst } from '../syntax/range';
import type { Range } from '../syntax/tree';
import type { Analysis } from './analysis';
import { ownStatements, rangeToDocument } from './part';

export interface Fold {
  /** In the document. */
  readonly range: Range;
  readonly kind?: 'comment' | 'region';
}

const hasBreak = (text: string, range: Range): boolean => /[\r\n]/.test(text.slice(range.start, range.end));

/** The folds of a document, outer ones first. Folds of a single line are left out. */
export function folds(analysis: Analysis): readonly Fold[] {
  const found: Fold[] = [];
  for (const part of analysis.parts) {
    const { compiled } = part;
    if (analysis.parts.length > 1 || part.range.start > 0) found.push({ range: part.range });
    for (const statement of ownStatements(compiled)) found.push({ range: rangeToDocument(part, statement.range) });
    const openRegions: number[] = [];
    let run: Range | undefined;
    const closeRun = (): void => {
      if (run) found.push({ range: rangeToDocument(part, run), kind: 'comment' });
      run = undefined;
    };
    for (const comment of compiled.comments) {
      if (comment.range.start < compiled.own) continue;
      const words = comment.text.replace(/^(#|\/\/)\s*/, '');
      if (/^#?region\b/.test(words)) {
        openRegions.push(comment.range.start);
      } else if (/^#?endregion\b/.test(words)) {
        const start = openRegions.pop();
        if (start !== undefined) found.push({ range: rangeToDocument(part, { start, end: comment.range.end }), kind: 'region' });
      } else if (run && /^\s*$/.test(compiled.text.slice(run.end, comment.range.start))) {
        run = { start: run.start, end: comment.range.end };
      } else {
        closeRun();
        run = comment.range;
      }
    }
    closeRun();
  }
  return found.filter((fold) => hasBreak(analysis.text, fold.range)).sort(wholesFirst);
}
