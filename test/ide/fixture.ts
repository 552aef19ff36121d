/** Fixtures: a text in which `$0` marks the cursor, and the analysis of it. */
import { analyse, type Analysis } from '../../core/ide/analysis';
import type { Engine } from '../../core/ide/engine';
import type { Edit } from '../../core/syntax/diagnostic';
import type { Range } from '../../core/syntax/tree';

/** An engine for what needs none: it refuses everything, by a code of its own. */
export const noEngine: Engine = {
  present: (_program, request) => ({ refused: { code: 'MC4001', severity: 'error', message: 'there is no engine in this test', range: request.range } }),
};

export interface Fixture {
  readonly text: string;
  /** The offset of `$0`; the text's end where there is none. */
  readonly offset: number;
  readonly analysis: Analysis;
}

export function fixture(marked: string, languageId = 'mcalc', engine: Engine = noEngine): Fixture {
  const at = marked.indexOf('$0');
  const text = at < 0 ? marked : marked.slice(0, at) + marked.slice(at + 2);
  return { text, offset: at < 0 ? text.length : at, analysis: analyse(text, languageId, engine) };
}

export const slice = (text: string, range: Range): string => text.slice(range.start, range.end);

/** The text after edits, which must not overlap. */
export function edited(text: string, edits: readonly Edit[]): string {
  let result = text;
  let before = Infinity;
  for (const edit of [...edits].sort((a, b) => b.range.start - a.range.start || b.range.end - a.range.end)) {
    if (edit.range.end > before) throw new Error('edits overlap');
    before = edit.range.start;
    result = result.slice(0, edit.range.start) + edit.text + result.slice(edit.range.end);
  }
  return result;
}

/** The text with each range in ‹› brackets. */
export const marked = (text: string, ranges: readonly Range[]): string =>
  edited(text, ranges.map((range) => ({ range, text: `‹${slice(text, range)}›` })));

/** Runs pausable work to its end. */
export function finish<T>(work: Generator<unknown, T, void>): T {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
  }
}
