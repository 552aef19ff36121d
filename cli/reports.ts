/** Verdicts as text, JSON, JUnit XML and SARIF. */
import { junit } from './report-junit';
import { sarif } from './report-sarif';

export const REPORTS = ['text', 'json', 'junit', 'sarif'] as const;
export type ReportKind = (typeof REPORTS)[number];

export interface Outcome {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** `∂f/∂X`, or the claim's text. */
  readonly name: string;
  readonly failed: boolean;
  /** verified, refuted, undecided, proved, holds, false, refused. */
  readonly word: string;
  readonly summary: string;
  readonly json: object;
}
/** A diagnostic that belongs in a report beside the verdicts. */
export interface Problem { readonly file: string; readonly line: number; readonly column: number; readonly code: string; readonly severity: string; readonly message: string }

export function reportText(kind: ReportKind, outcomes: readonly Outcome[], others: readonly Problem[] = [], files = 1): string {
  switch (kind) {
    case 'text': return outcomes.map((o) => `${o.file}:${o.line}: ${o.word}: ${o.name}${o.summary === '' ? '' : `  ${o.summary}`}\n`).join('');
    case 'json': return `${JSON.stringify(entries(outcomes, others, files > 1), null, 2)}\n`;
    case 'junit': return junit(outcomes, others);
    case 'sarif': return sarif(outcomes, others, process.cwd());
  }
}

/** What is wrong with the files, then the verdicts; of several files, each entry says which it is about. */
function entries(outcomes: readonly Outcome[], others: readonly Problem[], several: boolean): readonly object[] {
  const inFile = (file: string): object => (several ? { file } : {});
  return [...others.map(({ file, ...problem }) => ({ ...inFile(file), ...problem })), ...outcomes.map((o) => ({ ...inFile(o.file), ...o.json }))];
}
