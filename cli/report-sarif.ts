/**
 * SARIF 2.1.0 (OASIS 2023, errata 01), with what GitHub code scanning asks for besides: help for each rule, a category, URIs relative to
 * the working directory, and fingerprints that survive a shift of lines.
 */
import { createHash } from 'node:crypto';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { CODES } from '../core/syntax/codes';
import { VERSION } from '../server/version';
import type { Outcome, Problem } from './reports';

type Level = 'error' | 'warning' | 'note';
interface Found { readonly file: string; readonly line: number; readonly column: number; readonly rule: string; readonly level: Level; readonly about: string; readonly text: string }

const ruleOf = (o: Outcome): string => (!o.failed ? 'MC6003' : o.word === 'false' ? 'MC6001' : o.word === 'refused' ? 'MC4001' : 'MC6002');
const levelOf = (severity: string): Level => (severity === 'error' || severity === 'warning' ? severity : 'note');

/** A URI reference (RFC 3986) with forward slashes: relative to `root` for what lies below it. */
function uriOf(file: string, root: string): { readonly uri: string; readonly uriBaseId?: string } {
  const relative = path.relative(root, path.resolve(root, file));
  if (relative === '' || relative.startsWith('..') || path.isAbsolute(relative)) return { uri: pathToFileURL(path.resolve(root, file)).href };
  return { uri: relative.split(/[\\/]/).map(encodeURIComponent).join('/'), uriBaseId: '%SRCROOT%' };
}

/** Of the rule and of what is said to be wrong, numbered where several are alike: the same result in the next version of the file has the same one. */
function fingerprints(found: readonly Found[]): readonly string[] {
  const seen = new Map<string, number>();
  return found.map((f) => {
    const hash = createHash('sha256').update([f.file, f.rule, f.about].join('\n')).digest('hex').slice(0, 16);
    const n = (seen.get(hash) ?? 0) + 1;
    seen.set(hash, n);
    return `${hash}:${n}`;
  });
}

export function sarif(outcomes: readonly Outcome[], others: readonly Problem[], root: string): string {
  const found: readonly Found[] = [
    ...others.map((p): Found => ({ file: p.file, line: p.line, column: p.column, rule: p.code, level: levelOf(p.severity), about: p.message, text: p.message })),
    ...outcomes.filter((o) => o.failed || o.word === 'undecided').map((o): Found => ({ file: o.file, line: o.line, column: o.column, rule: ruleOf(o), level: o.failed ? 'error' : 'warning', about: o.name, text: `${o.name}: ${o.word}. ${o.summary}` })),
  ];
  const used = [...new Set(found.map((f) => f.rule))].sort();
  const rules = used.map((id) => {
    const known = CODES.find((c) => c.code === id);
    const [title, meaning, fix] = known ? [known.title, known.meaning, known.fix] : [id, id, id];
    return { id, shortDescription: { text: title }, fullDescription: { text: meaning }, help: { text: fix, markdown: fix }, defaultConfiguration: { level: found.find((f) => f.rule === id)?.level ?? 'error' }, properties: { tags: ['matrix-calculus'] } };
  });
  const marks = fingerprints(found);
  const results = found.map((f, i) => ({
    ruleId: f.rule, ruleIndex: used.indexOf(f.rule), level: f.level, message: { text: f.text },
    locations: [{ physicalLocation: { artifactLocation: uriOf(f.file, root), region: { startLine: Math.max(1, f.line), startColumn: Math.max(1, f.column) } } }],
    partialFingerprints: { primaryLocationLineHash: marks[i] },
  }));
  const run = {
    tool: { driver: { name: 'mcalc', version: VERSION, semanticVersion: VERSION, rules } }, automationDetails: { id: 'mcalc/' },
    originalUriBaseIds: { '%SRCROOT%': { uri: `${pathToFileURL(root).href.replace(/\/$/, '')}/` } }, columnKind: 'utf16CodeUnits', results,
  };
  return `${JSON.stringify({ version: '2.1.0', $schema: 'https://json.schemastore.org/sarif-2.1.0.json', runs: [run] }, null, 2)}\n`;
}
