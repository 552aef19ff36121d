/** Formatting of `.mcalc` documents: small edits that lead to the canonical layout, so that cursors and folds stay where they are. */
import type { Edit } from '../syntax/diagnostic';
import { format } from '../syntax/format';
import type { Range } from '../syntax/tree';
import type { Analysis } from './analysis';
import { lineStart } from './lines';
import { overlaps } from './walk';

const isBlank = (c: string | undefined): boolean => c !== undefined && /\s/.test(c);
const isParenthesis = (c: string | undefined): boolean => c === '(' || c === ')';

/** Edits between two texts that differ in blanks and added parentheses; undefined where they differ in more. */
function layoutEdits(before: string, after: string): readonly Edit[] | undefined {
  const edits: Edit[] = [];
  let i = 0;
  let j = 0;
  while (i < before.length || j < after.length) {
    if (before[i] === after[j]) {
      i++;
      j++;
      continue;
    }
    const start = i;
    const from = j;
    while (isBlank(before[i])) i++;
    while (j < after.length && after[j] !== before[i] && (isBlank(after[j]) || isParenthesis(after[j]))) j++;
    if (before[i] !== after[j]) return undefined;
    edits.push({ range: { start, end: i }, text: after.slice(from, j) });
  }
  return edits;
}

/** The edits that bring a document, or the part of it that a range touches, into the canonical layout. None for other languages. */
export function formatting(analysis: Analysis, among?: Range): readonly Edit[] {
  const part = analysis.parts[0];
  if (analysis.languageId !== 'mcalc' || !part) return [];
  const after = format(part.compiled);
  if (after === analysis.text) return [];
  const edits = layoutEdits(analysis.text, after) ?? [{ range: { start: 0, end: analysis.text.length }, text: after }];
  return among ? edits.filter((e) => overlaps(e.range, among)) : edits;
}

const CONTINUES: ReadonlySet<string> = new Set(['+', '-', '*', '.*', './', '/', '\\', '⊗', '⊕', '=', '==', ',', ':']);
const INDENT = '  ';

/** After a line break: the indentation of a line that goes on with a statement. */
export function onNewLine(analysis: Analysis, offset: number): readonly Edit[] {
  const part = analysis.parts[0];
  if (analysis.languageId !== 'mcalc' || !part) return [];
  let depth = 0;
  let last: string | undefined;
  for (const token of part.compiled.tokens) {
    if (token.end > offset) break;
    if (token.kind === 'newline') {
      if (depth === 0 && last !== undefined && !CONTINUES.has(last)) last = undefined;
      continue;
    }
    if (token.kind === 'symbol' && '([{'.includes(token.text)) depth++;
    if (token.kind === 'symbol' && ')]}'.includes(token.text)) depth = Math.max(0, depth - 1);
    last = token.text;
  }
  const goesOn = depth > 0 || (last !== undefined && CONTINUES.has(last));
  const start = lineStart(analysis.text, offset);
  const indent = /^[ \t]*/.exec(analysis.text.slice(start))?.[0] ?? '';
  const wanted = goesOn ? INDENT : '';
  return indent === wanted || (goesOn && indent.length > INDENT.length) ? [] : [{ range: { start, end: start + indent.length }, text: wanted }];
}
