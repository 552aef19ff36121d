/** Resolves a text for the tests of names and shapes: errors are shown as `line:column code`. */
import { shapeText } from '../../core/algebra/dim';
import type { Program } from '../../core/algebra/program';
import { resolve, type ResolveOptions } from '../../core/algebra/resolve';
import type { Diagnostic, Fix } from '../../core/syntax/diagnostic';
import { parse } from '../../core/syntax/parse';

export const program = (text: string, options?: ResolveOptions): Program => resolve(parse(text), options);

/** The shapes of variables that were inferred, and of definitions. */
export function shapes(text: string): string {
  const p = program(text);
  const inferred = [...p.variables.values()].filter((v) => v.inferred).map((v) => `${v.name} ${shapeText(v.shape)}`);
  return [...inferred, ...[...p.definitions.values()].map((d) => `${d.name} ${shapeText(d.body.shape)}`)].join(', ');
}

export const requests = (text: string): string =>
  program(text).requests.map((r) => `${r.kind} ${r.of}${r.wrt.map((w) => ` ${w}`).join('')}: ${shapeText(r.term.shape)}`).join(', ');

export function at(text: string, d: Diagnostic): string {
  const before = text.slice(0, d.range.start).split('\n');
  return `${before.length}:${(before.at(-1) ?? '').length + 1} ${d.code} ${text.slice(d.range.start, d.range.end)}`;
}

/** All diagnostics as `line:column code text`. */
export const found = (text: string): readonly string[] => program(text).diagnostics.map((d) => at(text, d));
export const errors = (text: string): readonly Diagnostic[] => program(text).diagnostics.filter((d) => d.severity === 'error');

export const apply = (text: string, fix: Fix): string =>
  [...fix.edits].sort((a, b) => b.range.start - a.range.start).reduce((t, e) => t.slice(0, e.range.start) + e.text + t.slice(e.range.end), text);
