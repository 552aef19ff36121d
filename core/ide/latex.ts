/** LaTeX pasted into a formula: read as people mean it, and written as mcalc. */
import { isScalar, isVector } from '../algebra/dim';
import type { Edit } from '../syntax/diagnostic';
import { convertLatex } from '../syntax/tex/convert';
import type { Range } from '../syntax/tree';
import { partAt, type Analysis } from './analysis';
import { lineStart, newlineOf } from './lines';

const LOOKS_LIKE_LATEX = /\\[a-zA-Z]{2,}|[_^]\{|\$/;

/** The selection, or where nothing is selected the line. */
function meant(text: string, among: Range): Range {
  if (among.end > among.start) return among;
  const start = lineStart(text, among.start);
  const length = text.slice(among.start).search(/[\r\n]/);
  return { start, end: length < 0 ? text.length : among.start + length };
}

/** The edit that turns the LaTeX in a range into mcalc; undefined where there is none, or it cannot be read. */
export function fromLatex(analysis: Analysis, among: Range): Edit | undefined {
  const part = partAt(analysis, among.start);
  if (analysis.languageId !== 'mcalc' || !part) return undefined;
  const range = meant(analysis.text, among);
  const tex = analysis.text.slice(range.start, range.end);
  if (!LOOKS_LIKE_LATEX.test(tex)) return undefined;
  const kinds = new Map([...part.compiled.program.variables.values()].map((v) =>
    [v.name, isScalar(v.shape) ? 'scalar' : isVector(v.shape) ? 'vector' : 'matrix'] as const));
  const { statements, errors } = convertLatex(tex, kinds);
  return errors.length > 0 || statements.length === 0 ? undefined : { range, text: statements.join(newlineOf(analysis.text)) };
}
