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
  readonly json: unknown;
}
/** A diagnostic that belongs in a report beside the verdicts. */
export interface Problem { readonly file: string; readonly line: number; readonly column: number; readonly code: string; readonly severity: string; readonly message: string }

export function reportText(kind: ReportKind, outcomes: readonly Outcome[], others: readonly Problem[] = []): string {
  switch (kind) {
    case 'text': return outcomes.map((o) => `${o.file}:${o.line}: ${o.word}: ${o.name}${o.summary === '' ? '' : `  ${o.summary}`}\n`).join('');
    case 'json': return `${JSON.stringify(outcomes.map((o) => o.json), null, 2)}\n`;
    case 'junit': return junit(outcomes, others);
    case 'sarif': return sarif(outcomes, others, process.cwd());
  }
}
