/** Verdicts as text, JSON, JUnit XML and SARIF. */
import { CODES } from '../core/syntax/codes';
import { VERSION } from '../server/version';

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

export function reportText(kind: ReportKind, outcomes: readonly Outcome[], others: readonly Problem[] = []): string {
  switch (kind) {
    case 'text': return outcomes.map((o) => `${o.file}:${o.line}: ${o.word}: ${o.name}${o.summary === '' ? '' : `  ${o.summary}`}\n`).join('');
    case 'json': return `${JSON.stringify(outcomes.map((o) => o.json), null, 2)}\n`;
    case 'junit': return junit(outcomes, others);
    case 'sarif': return sarif(outcomes, others);
  }
}

/** A diagnostic that belongs in a report beside the verdicts. */
export interface Problem { readonly file: string; readonly line: number; readonly column: number; readonly code: string; readonly severity: string; readonly message: string }

const xml = (text: string): string => text.replace(/[<>&"']/g, (c) => `&#${c.charCodeAt(0)};`).replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd');

function junit(outcomes: readonly Outcome[], others: readonly Problem[]): string {
  const failures = outcomes.filter((o) => o.failed).length + others.length;
  const cases = outcomes.map((o) => {
    const head = `    <testcase classname="${xml(o.file)}" name="${xml(o.name)}" file="${xml(o.file)}" line="${o.line}"`;
    if (o.failed) return `${head}>\n      <failure message="${xml(`${o.word}: ${o.summary}`)}"/>\n    </testcase>`;
    return o.word === 'undecided' ? `${head}>\n      <skipped message="${xml(o.summary)}"/>\n    </testcase>` : `${head}/>`;
  });
  const problems = others.map((p) => `    <testcase classname="${xml(p.file)}" name="${xml(`${p.code} at line ${p.line}`)}" file="${xml(p.file)}" line="${p.line}">\n      <failure message="${xml(p.message)}"/>\n    </testcase>`);
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n  <testsuite name="mcalc" tests="${outcomes.length + others.length}" failures="${failures}" skipped="${outcomes.filter((o) => !o.failed && o.word === 'undecided').length}">\n${[...cases, ...problems].join('\n')}\n  </testsuite>\n</testsuites>\n`;
}

function sarif(outcomes: readonly Outcome[], others: readonly Problem[]): string {
  const result = (file: string, line: number, column: number, ruleId: string, level: string, text: string) =>
    ({ ruleId, level, message: { text }, locations: [{ physicalLocation: { artifactLocation: { uri: encodeURI(file.replaceAll('\\', '/')) }, region: { startLine: Math.max(1, line), startColumn: Math.max(1, column) } } }] });
  const results = [
    ...others.map((p) => result(p.file, p.line, p.column, p.code, p.severity === 'error' ? 'error' : p.severity === 'warning' ? 'warning' : 'note', p.message)),
    ...outcomes.filter((o) => o.failed || o.word === 'undecided').map((o) => result(o.file, o.line, o.column, o.failed ? (o.word === 'false' ? 'MC6001' : o.word === 'refused' ? 'MC4001' : 'MC6002') : 'MC6003', o.failed ? 'error' : 'warning', `${o.name}: ${o.word}. ${o.summary}`)),
  ];
  const used = [...new Set(results.map((r) => r.ruleId))].sort();
  const rules = used.map((id) => {
    const known = CODES.find((c) => c.code === id);
    return { id, ...(known ? { shortDescription: { text: known.title }, fullDescription: { text: known.meaning }, help: { text: known.fix } } : {}) };
  });
  return `${JSON.stringify({ version: '2.1.0', $schema: 'https://json.schemastore.org/sarif-2.1.0.json', runs: [{ tool: { driver: { name: 'mcalc', version: VERSION, rules } }, columnKind: 'utf16CodeUnits', results }] }, null, 2)}\n`;
}
