/** Reports for other programs: JSON, JUnit XML and SARIF 2.1.0, each by the rules of its format. */
import { expect, test } from 'vitest';
import { reportText, type Outcome, type Problem } from '../../cli/reports';
import { CODES } from '../../core/syntax/codes';

const outcome = (word: string, failed: boolean, name = '∂f/∂X'): Outcome => ({ file: 'a & b/x y.mcalc', line: 3, column: 5, name, failed, word, summary: 'at {"x": [1]} <1> and "2"', json: { of: 'f', verdict: word } });
const outcomes = [outcome('verified', false), outcome('refuted', true), outcome('undecided', false), outcome('false', true, 'check A == B'), outcome('refused', true), outcome('proved', false)];
const problems: readonly Problem[] = [{ file: 'a & b/x y.mcalc', line: 1, column: 2, code: 'MC3001', severity: 'error', message: 'shapes differ\u0007' }, { file: 'a & b/x y.mcalc', line: 2, column: 1, code: 'MC1007', severity: 'warning', message: 'w' }];

test('text: a line for each', () => {
  expect(reportText('text', outcomes).trimEnd().split('\n')).toHaveLength(outcomes.length);
});
test('JSON: one value', () => {
  expect(JSON.parse(reportText('json', outcomes))).toEqual(outcomes.map((o) => o.json));
});

/** A reader of the little XML that the report is: elements with attributes, no text. @throws Error where it is not well-formed */
function elements(xml: string): { readonly name: string; readonly attributes: Readonly<Record<string, string>>; readonly depth: number }[] {
  const found = [];
  const open: string[] = [];
  let rest = xml.replace(/^<\?xml version="1\.0" encoding="UTF-8"\?>\n/, '');
  while (rest.trim() !== '') {
    const tag = /^\s*<(\/?)([a-z]+)((?: [a-z]+="[^"<&]*(?:&#\d+;[^"<&]*)*")*)(\/?)>/.exec(rest);
    if (!tag) throw new Error(`not well-formed: ${rest.slice(0, 80)}`);
    rest = rest.slice(tag[0].length);
    const [, closes, name = '', attributes = '', empty] = tag;
    if (closes === '/') { if (open.pop() !== name) throw new Error(`</${name}>`); continue; }
    found.push({ name, depth: open.length, attributes: Object.fromEntries([...attributes.matchAll(/ ([a-z]+)="([^"]*)"/g)].map((m) => [m[1] ?? '', (m[2] ?? '').replace(/&#(\d+);/g, (_, c: string) => String.fromCodePoint(Number(c)))])) });
    if (empty !== '/') open.push(name);
  }
  if (open.length > 0) throw new Error('left open');
  return found;
}
test('JUnit: well-formed, counted, with every message', () => {
  const all = elements(reportText('junit', outcomes, problems));
  const suite = all.find((e) => e.name === 'testsuite');
  const cases = all.filter((e) => e.name === 'testcase');
  expect(suite?.attributes).toMatchObject({ tests: String(cases.length), failures: String(all.filter((e) => e.name === 'failure').length), skipped: String(all.filter((e) => e.name === 'skipped').length) });
  expect([cases.length, suite?.attributes.failures, suite?.attributes.skipped]).toEqual([8, '5', '1']);
  expect(cases.every((c) => c.attributes.classname === 'a & b/x y.mcalc' && c.attributes.name !== '')).toBe(true);
  expect(all.find((e) => e.name === 'failure')?.attributes.message).toBe('refuted: at {"x": [1]} <1> and "2"');
  expect(reportText('junit', [], problems)).not.toContain('\u0007');
});

interface Sarif {
  readonly version: string;
  readonly $schema: string;
  readonly runs: readonly {
    readonly tool: { readonly driver: { readonly name: string; readonly version: string; readonly rules: readonly { readonly id: string; readonly shortDescription?: { readonly text: string } }[] } };
    readonly columnKind: string;
    readonly results: readonly { readonly ruleId: string; readonly level: string; readonly message: { readonly text: string }; readonly locations: readonly { readonly physicalLocation: { readonly artifactLocation: { readonly uri: string }; readonly region: { readonly startLine: number; readonly startColumn: number } } }[] }[];
  }[];
}
test('SARIF: what version 2.1.0 asks of a log, a run, a rule and a result', () => {
  const log = JSON.parse(reportText('sarif', outcomes, problems)) as Sarif;
  expect(log.version).toBe('2.1.0');
  expect(log.runs).toHaveLength(1);
  const [run] = log.runs;
  const ids = run?.tool.driver.rules.map((r) => r.id) ?? [];
  // 3.19.23: rules are distinct; 3.27.5: every result names one; 3.27.10: its level is one of four.
  expect(new Set(ids).size).toBe(ids.length);
  expect(run?.columnKind).toBe('utf16CodeUnits');
  for (const r of run?.results ?? []) {
    expect(ids).toContain(r.ruleId);
    expect(['none', 'note', 'warning', 'error']).toContain(r.level);
    expect(r.message.text).not.toBe('');
    const [place] = r.locations;
    // 3.4.3: a URI reference by RFC 3986; 3.30.5 and 3.30.6: from 1.
    expect(place?.physicalLocation.artifactLocation.uri).toBe('a%20&%20b/x%20y.mcalc');
    expect(place?.physicalLocation.region.startLine).toBeGreaterThanOrEqual(1);
    expect(place?.physicalLocation.region.startColumn).toBeGreaterThanOrEqual(1);
  }
  expect(run?.results.map((r) => [r.ruleId, r.level])).toEqual([['MC3001', 'error'], ['MC1007', 'warning'], ['MC6002', 'error'], ['MC6003', 'warning'], ['MC6001', 'error'], ['MC4001', 'error']]);
  expect(ids.every((id) => CODES.some((c) => c.code === id))).toBe(true);
});
