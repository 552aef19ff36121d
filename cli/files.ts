/** Files as the commands see them: read, analysed, and positions as people count them. */
import path from 'node:path';
import { analyse, type Analysis } from '../core/ide/analysis';
import { rangeToDocument, type Part } from '../core/ide/part';
import { present } from '../core/notation/present';
import type { Diagnostic } from '../core/syntax/diagnostic';
import type { Range } from '../core/syntax/tree';
import { readText } from './input';
import { say } from './output';
import { shownName } from './system-errors';

const LANGUAGES: Readonly<Record<string, string>> = {
  '.ts': 'typescript', '.mts': 'typescript', '.cts': 'typescript', '.tsx': 'typescriptreact', '.js': 'javascript', '.mjs': 'javascript', '.cjs': 'javascript', '.jsx': 'javascriptreact', '.md': 'markdown',
};

export interface Source {
  /** As it was given; `-` is standard input. */
  readonly file: string;
  readonly text: string;
  readonly analysis: Analysis;
}

export const readSource = (file: string): Source => sourceOf(file, readText(file));

export function sourceOf(file: string, text: string): Source {
  return { file, text, analysis: analyse(text, LANGUAGES[path.extname(file).toLowerCase()] ?? 'mcalc', { present }) };
}

export interface Place { readonly line: number; readonly column: number }

/** From 1, in UTF-16 units. */
export function placeOf(text: string, offset: number): Place {
  const before = text.slice(0, offset);
  const breaks = before.match(/\r\n|\r|\n/g)?.length ?? 0;
  const start = Math.max(before.lastIndexOf('\n'), before.lastIndexOf('\r')) + 1;
  return { line: breaks + 1, column: offset - start + 1 };
}

export interface Located extends Diagnostic {
  readonly from: Place;
  readonly to: Place;
}

export const locate = (source: Source, part: Part, range: Range): { readonly from: Place; readonly to: Place } => {
  const r = rangeToDocument(part, range);
  return { from: placeOf(source.text, r.start), to: placeOf(source.text, r.end) };
};

/** The diagnostics of parsing and resolving, in document positions, without those that a part only inherits. */
export function diagnosticsOf(source: Source): Located[] {
  return source.analysis.parts.flatMap((part) => {
    const { compiled } = part;
    const all = [...compiled.diagnostics, ...compiled.program.diagnostics.filter((d) => !compiled.diagnostics.includes(d))];
    return all.filter((d) => d.range.start >= compiled.own || d.range.end > compiled.own).map((d) => ({ ...d, ...locate(source, part, d.range) }));
  });
}

export const messageLine = (file: string, d: Located): string => `${shownName(file)}:${d.from.line}:${d.from.column}: ${d.severity === 'information' || d.severity === 'hint' ? 'note' : d.severity}: ${d.message} [${d.code}]`;

/** Prints errors and warnings to standard error; true where there was an error. */
export function report(source: Source, diagnostics: readonly Located[]): boolean {
  const shown = diagnostics.filter((d) => d.severity === 'error' || d.severity === 'warning');
  const text = shown.map((d) => messageLine(source.file, d)).join('\n');
  if (text !== '') say(`${text}`);
  return diagnostics.some((d) => d.severity === 'error');
}
