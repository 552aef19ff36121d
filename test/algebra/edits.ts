/** Random edits of a text, and what of a reading must be the same however the text came about. */
import { resolve, workOf } from '../../core/algebra/resolve';
import type { Program } from '../../core/algebra/program';
import { parse, readingOf } from '../../core/syntax/parse';
import { reparse } from '../../core/syntax/reparse';
import type { Document } from '../../core/syntax/tree';
import { mutated } from '../fuzz/text-inputs';
import { randomFrom, type Random } from '../fuzz/random';

const plain = (value: unknown): string => JSON.stringify(value, (_, v: unknown) => (typeof v === 'bigint' ? `${v}n` : v instanceof Map ? [...(v as Map<unknown, unknown>)] : v instanceof Set ? [...(v as Set<unknown>)] : v));

export const documentText = (d: Document): string => plain([d.text, d.statements, d.comments, d.tokens, d.diagnostics]);
/** All of a program, with keys in one order. */
export const programText = (p: Program): string => {
  const sorted = (v: unknown): unknown => {
    if (v instanceof Map) return [...(v as Map<unknown, unknown>)].map(sorted);
    if (v instanceof Set) return [...(v as Set<unknown>)].map(sorted);
    if (Array.isArray(v)) return v.map(sorted);
    if (typeof v === 'bigint') return `${v}n`;
    if (typeof v !== 'object' || v === null) return v;
    return Object.fromEntries(Object.entries(v).sort(([a], [b]) => (a < b ? -1 : 1)).map(([k, x]) => [k, sorted(x)]));
  };
  return JSON.stringify(sorted({ ...p }));
};

/** One edit as a person makes it: a letter typed or deleted, a line added, taken out, moved or doubled. */
export function edited(text: string, r: Random, examples: readonly string[]): string {
  const at = r.below(text.length + 1);
  switch (r.below(8)) {
    case 0: return text.slice(0, at) + text.slice(at + 1);
    case 1: case 2: return text.slice(0, at) + r.pick(['x', ' ', '\n', '(', ')', "'", '*', '+', '2', '#', ';', ',', '=', ':', 'A', 'w']) + text.slice(at);
    case 3: { const lines = text.split('\n'); lines.splice(r.below(lines.length), 1); return lines.join('\n'); }
    case 4: { const lines = text.split('\n'); lines.splice(r.below(lines.length + 1), 0, r.pick(r.pick(examples).split('\n'))); return lines.join('\n'); }
    case 5: { const lines = text.split('\n'); const [one] = lines.splice(r.below(lines.length), 1); lines.splice(r.below(lines.length + 1), 0, one ?? ''); return lines.join('\n'); }
    case 6: return text.slice(0, at) + text.slice(at + r.below(12));
    default: return r.chance(0.1) ? mutated([text], r) : `${text.slice(0, at)}${r.pick(['alpha', "x'", ' + I', '\nb : vector(n)', 'tr(', '.*'])}${text.slice(at)}`;
  }
}

const PHRASES: readonly string[] = [" + 3*x'x", ' - norm(x)', '*2', " + tr(A'*A)", "'", ' + q', ' ^ 2', "*(x' + ", ' + I', ' + zz9(3)', " .* alpha", " + differential(x, dX)", "+ sum(x[i], i = 1:n)", ' + I(k)', ' # as said', "; grad(f, x)", '\'*f', ' + B', '[1:2]', '/', '(x)'];
/** Somebody goes to the end of a line, or into it, types a phrase letter by letter, and takes some of it back. */
export function typing(text: string, r: Random, examples: readonly string[]): readonly string[] {
  const lines = text.split('\n');
  const k = r.below(lines.length);
  const line = lines[k] ?? '';
  const at = r.chance(0.6) ? line.length : r.below(line.length + 1);
  const names = text.match(/[A-Za-z]\w*/g) ?? [];
  const phrase = r.chance(0.5) ? r.pick(PHRASES) : r.chance(0.5) && names.length > 0 ? ` + ${r.pick(names)}` : r.pick(r.pick(examples).split('\n'));
  const out: string[] = [];
  const say = (typed: string): void => { out.push(lines.with(k, line.slice(0, at) + typed + line.slice(at)).join('\n')); };
  const whole = Math.min(phrase.length, 14);
  for (let i = 1; i <= whole; i++) say(phrase.slice(0, i));
  for (let i = whole - 1; i >= (r.chance(0.5) ? 0 : r.below(whole)); i--) say(phrase.slice(0, i));
  return out;
}

export interface Faults { readonly faults: readonly string[]; readonly keptSlices: number; readonly slices: number; readonly keptStatements: number; readonly statements: number; /** Readings for which only what differs was gone through. */ readonly patched: number }

/** A chain of edits; each reading made of the one before it is compared with one made afresh. */
export function followEdits(start: string, seed: number, steps: number, examples: readonly string[], types = false): Faults {
  const r = randomFrom(seed);
  const faults: string[] = [];
  let text = start;
  let document = parse(text);
  let program = resolve(document);
  const counts = { keptSlices: 0, slices: 0, keptStatements: 0, statements: 0, patched: 0 };
  let ahead: string[] = [];
  for (let k = 0; k < steps; k++) {
    const old = text;
    if (types && ahead.length === 0) ahead = [...typing(text, r, examples)];
    text = ahead.shift() ?? edited(text, r, examples);
    document = reparse(document, text);
    program = resolve(document, { previous: program });
    const fresh = parse(text);
    const wrong = documentText(document) !== documentText(fresh) ? 'tree' : programText(program) !== programText(resolve(fresh)) ? 'program' : undefined;
    if (wrong !== undefined) {
      faults.push(`${wrong} after ${JSON.stringify(old)} became ${JSON.stringify(text)}`);
      document = fresh;
      program = resolve(fresh);
    }
    const reading = readingOf(document);
    const work = workOf(program);
    counts.keptSlices += reading?.kept ?? 0;
    counts.slices += reading?.slices.length ?? 0;
    if (work.times === 0) counts.patched++;
    counts.keptStatements += work.kept;
    counts.statements += work.kept + work.read;
    if (text.length > 4000) { text = start; document = reparse(document, text); program = resolve(document, { previous: program }); }
  }
  return { faults, ...counts };
}
