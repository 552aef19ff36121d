/** Reports for other programs: JSON, JUnit XML and SARIF 2.1.0, each by the rules of its format. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv } from 'ajv';
import { expect, test } from 'vitest';
import { sarif } from '../../cli/report-sarif';
import { reportText, type Outcome, type Problem } from '../../cli/reports';
import { CODES } from '../../core/syntax/codes';
import { elements, faults, readSchema } from './xml-schema';

const outcome = (word: string, failed: boolean, name = '∂f/∂X'): Outcome => ({ file: 'a & b/x y.mcalc', line: 3, column: 5, name, failed, word, summary: 'at {"x": [1]} <1> and "2"', json: { of: 'f', verdict: word } });
const outcomes = [outcome('verified', false), outcome('refuted', true), outcome('undecided', false), outcome('false', true, 'check A == B'), outcome('refused', true), outcome('proved', false)];
const problems: readonly Problem[] = [{ file: 'a & b/x y.mcalc', line: 1, column: 2, code: 'MC3001', severity: 'error', message: 'shapes differ\u0007' }, { file: 'a & b/x y.mcalc', line: 2, column: 1, code: 'MC1007', severity: 'warning', message: 'w' }];

test('text: a line for each', () => {
  expect(reportText('text', outcomes).trimEnd().split('\n')).toHaveLength(outcomes.length);
});
test('JSON: one value', () => {
  expect(JSON.parse(reportText('json', outcomes))).toEqual(outcomes.map((o) => o.json));
});

const junitSchema = readSchema(readFileSync(path.join(import.meta.dirname, '../data/reports/junit-10.xsd'), 'utf8'));

test('JUnit: by the schema, counted, with every message and place', () => {
  const text = reportText('junit', outcomes, problems);
  const all = elements(text);
  expect(faults(junitSchema, all)).toEqual([]);
  const suites = all.filter((e) => e.name === 'testsuite');
  const cases = all.filter((e) => e.name === 'testcase');
  expect(suites).toHaveLength(1);
  expect(suites[0]?.attributes).toMatchObject({ name: 'a & b/x y.mcalc', tests: '8', failures: '5', errors: '0', skipped: '1' });
  expect([cases.length, all.filter((e) => e.name === 'failure').length, all.filter((e) => e.name === 'skipped').length]).toEqual([8, 5, 1]);
  expect(cases.every((c) => c.attributes.classname === 'a & b/x y.mcalc' && c.attributes.name !== '')).toBe(true);
  expect(new Set(cases.map((c) => c.attributes.name)).size).toBe(cases.length);
  const failure = all.find((e) => e.name === 'failure');
  expect(failure?.attributes).toEqual({ type: 'refuted', message: 'refuted: at {"x": [1]} <1> and "2"' });
  expect(failure?.text).toBe('a & b/x y.mcalc:3: refuted: at {"x": [1]} <1> and "2"');
  expect(reportText('junit', [], problems)).not.toContain('\u0007');
  expect(elements(reportText('junit', [...outcomes, { ...outcome('verified', false), file: 'z.mcalc' }])).filter((e) => e.name === 'testsuite')).toHaveLength(2);
});
test('and the schema notices what is wrong', () => {
  const good = reportText('junit', outcomes, problems);
  const wrong = [good.replace(' errors="0"', '').replace(' errors="0"', ''), good.replace('<testcase ', '<testcase line="3" '), good.replaceAll('failure', 'fault'), good.replace(/<testcase classname="[^"]*" name="[^"]*"/, '<testcase')];
  for (const text of wrong) expect(faults(junitSchema, elements(text))).not.toEqual([]);
});

interface Text { readonly text: string }
interface SarifResult {
  readonly ruleId: string; readonly ruleIndex: number; readonly level: string; readonly message: Text;
  readonly partialFingerprints: { readonly primaryLocationLineHash: string };
  readonly locations: readonly { readonly physicalLocation: { readonly artifactLocation: { readonly uri: string; readonly uriBaseId?: string } } }[];
}
interface Sarif {
  readonly runs: readonly {
    readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string; readonly shortDescription: Text; readonly fullDescription: Text; readonly help: Text }[] } };
    readonly automationDetails: { readonly id: string };
    readonly results: readonly SarifResult[];
  }[];
}
const sarifSchema = JSON.parse(readFileSync(path.join(import.meta.dirname, '../data/reports/sarif-schema-2.1.0.json'), 'utf8')) as Record<string, unknown>;
/** The schema is one of draft 4; what it uses of that is draft 7's but for the name of its own address. */
function sarifFaults(log: unknown): readonly string[] {
  const { id, $schema, ...rest } = sarifSchema;
  expect([id, $schema]).toEqual(['https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json', 'http://json-schema.org/draft-04/schema#']);
  const validate = new Ajv({ strict: false, validateFormats: false, allErrors: true }).compile({ ...rest, $id: 'sarif' });
  return validate(log) ? [] : (validate.errors ?? []).map((e) => `${e.instancePath} ${e.message ?? ''}`);
}
const sarifOf = (files: (o: Outcome) => Outcome = (o) => o): Sarif => JSON.parse(sarif(outcomes.map(files), problems, '/work')) as Sarif;

test('SARIF: by the schema of version 2.1.0', () => {
  const log = sarifOf();
  expect(sarifFaults(log)).toEqual([]);
  expect(sarifFaults(JSON.parse(reportText('sarif', [])))).toEqual([]);
  const [run] = log.runs;
  for (const wrong of [{ ...log, version: '2.0.0' }, { ...log, runs: [{ ...run, results: [{ level: 'fatal', message: { text: '' } }] }] }, { ...log, runs: [{ ...run, tool: {} }] }, { ...log, more: 1 }, { ...log, runs: [{ ...run, results: [{ ruleId: 'MC6001' }] }] }])
    expect(sarifFaults(wrong)).not.toEqual([]);
});
test('SARIF: what the specification says besides', () => {
  const log = sarifOf();
  expect(log.runs).toHaveLength(1);
  const [run] = log.runs;
  const ids = run?.tool.driver.rules.map((r) => r.id) ?? [];
  // 3.19.23: rules are distinct; 3.27.5 and 3.27.6: every result names one, by its name and its place.
  expect(new Set(ids).size).toBe(ids.length);
  for (const r of run?.results ?? []) {
    expect(ids[r.ruleIndex]).toBe(r.ruleId);
    expect(r.message.text).not.toBe('');
  }
  expect(run?.results.map((r) => [r.ruleId, r.level])).toEqual([['MC3001', 'error'], ['MC1007', 'warning'], ['MC6002', 'error'], ['MC6003', 'warning'], ['MC6001', 'error'], ['MC4001', 'error']]);
  expect(ids.every((id) => CODES.some((c) => c.code === id))).toBe(true);
});
test('SARIF: what GitHub code scanning asks for', () => {
  const [run] = sarifOf().runs;
  expect(run?.automationDetails.id).toBe('mcalc/');
  for (const rule of run?.tool.driver.rules ?? []) for (const text of [rule.shortDescription.text, rule.fullDescription.text, rule.help.text]) expect(text).not.toBe('');
  const results = run?.results ?? [];
  for (const r of results) expect(r.locations.map((l) => l.physicalLocation.artifactLocation)).toEqual([{ uri: 'a%20%26%20b/x%20y.mcalc', uriBaseId: '%SRCROOT%' }]);
  const marks = (log: Sarif): readonly string[] => log.runs.flatMap((x) => x.results.map((r) => r.partialFingerprints.primaryLocationLineHash));
  expect(new Set(marks(sarifOf())).size).toBe(results.length);
  for (const mark of marks(sarifOf())) expect(mark).toMatch(/^[0-9a-f]{16}:\d+$/);
  // The same results after lines were added above them.
  expect(marks(sarifOf((o) => ({ ...o, line: o.line + 10, column: 1 })))).toEqual(marks(sarifOf()));
});
test('SARIF: URIs of files elsewhere, and of awkward names', () => {
  const uri = (file: string): object | undefined => sarifOf((o) => ({ ...o, file })).runs[0]?.results.at(-1)?.locations[0]?.physicalLocation.artifactLocation;
  expect(uri('/work/b/../c.mcalc')).toEqual({ uri: 'c.mcalc', uriBaseId: '%SRCROOT%' });
  expect(uri('x#1?.mcalc')).toEqual({ uri: 'x%231%3F.mcalc', uriBaseId: '%SRCROOT%' });
  expect(uri('/other/é.mcalc')).toEqual({ uri: 'file:///other/%C3%A9.mcalc' });
});
