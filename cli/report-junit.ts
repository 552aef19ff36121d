/**
 * JUnit XML by the schema of Jenkins' xUnit plugin (junit-10.xsd), which is the strictest of the common readers: a suite for each file,
 * a case for each request and claim, places in the failures' text since a case has no attribute for them.
 */
import type { Outcome, Problem } from './reports';

const xml = (text: string): string => text.replace(/[<>&"']/g, (c) => `&#${c.charCodeAt(0)};`).replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd');

interface Case { readonly file: string; readonly line: number; readonly name: string; readonly failure?: { readonly type: string; readonly message: string }; readonly skipped?: string }

const ofOutcome = (o: Outcome): Case => ({
  file: o.file, line: o.line, name: o.name,
  ...(o.failed ? { failure: { type: o.word, message: `${o.word}: ${o.summary}` } } : o.word === 'undecided' ? { skipped: o.summary } : {}),
});
const ofProblem = (p: Problem): Case => ({ file: p.file, line: p.line, name: `${p.code} at line ${p.line}`, failure: { type: p.code, message: p.message } });

function caseText(c: Case, name: string): string {
  const head = `    <testcase classname="${xml(c.file)}" name="${xml(name)}"`;
  if (c.failure) return `${head}>\n      <failure type="${xml(c.failure.type)}" message="${xml(c.failure.message)}">${xml(`${c.file}:${c.line}: ${c.failure.message}`)}</failure>\n    </testcase>`;
  return c.skipped === undefined ? `${head}/>` : `${head}>\n      <skipped message="${xml(c.skipped)}"/>\n    </testcase>`;
}

/** Two cases of one name in a file are told apart by their lines, since readers take equal names for one test. */
function namesOf(cases: readonly Case[]): readonly string[] {
  const seen = new Map<string, number>();
  const again = (name: string): string => {
    const n = (seen.get(name) ?? 0) + 1;
    seen.set(name, n);
    return n === 1 ? name : `${name} (${n})`;
  };
  return cases.map((c) => again(cases.filter((x) => x.name === c.name).length > 1 ? `${c.name} (line ${c.line})` : c.name));
}

export function junit(outcomes: readonly Outcome[], others: readonly Problem[]): string {
  const all = [...outcomes.map(ofOutcome), ...others.map(ofProblem)];
  const suites = [...new Set(all.map((c) => c.file))].map((file) => {
    const cases = all.filter((c) => c.file === file);
    const names = namesOf(cases);
    const head = `  <testsuite name="${xml(file)}" file="${xml(file)}" tests="${cases.length}" failures="${cases.filter((c) => c.failure).length}" errors="0" skipped="${cases.filter((c) => c.skipped !== undefined).length}">`;
    return [head, ...cases.map((c, i) => caseText(c, names[i] ?? c.name)), '  </testsuite>'].join('\n');
  });
  return ['<?xml version="1.0" encoding="UTF-8"?>', `<testsuites name="mcalc" tests="${all.length}" failures="${all.filter((c) => c.failure).length}" errors="0">`, ...suites, '</testsuites>', ''].join('\n');
}
