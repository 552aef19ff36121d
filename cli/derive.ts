/** `mcalc derive`: every request in every notation. */
import { present } from '../core/notation/present';
import { FORM_NAMES, type Alternative, type Form, type FormName, type Presentation, type Step } from '../core/notation/presentation';
import { EXIT, usage } from './exit';
import { diagnosticsOf, locate, readSource, report, type Located, type Source } from './files';
import type { Flags } from './main';
import { print, say } from './output';
import { chosenRequests } from './requests';
import { titleOf } from './title';

const FORMATS = ['text', 'unicode', 'latex', 'markdown', 'json'] as const;
type Format = (typeof FORMATS)[number];
type Writing = 'text' | 'unicode' | 'latex';

const LABELS: Readonly<Record<FormName, string>> = {
  differential: 'differential', directional: 'directional', gradient: 'gradient', components: 'components', index: 'index', vec: 'vec', tensor: 'tensor', value: 'value',
};

export function derive(files: readonly string[], flags: Flags): number {
  const format = (flags.json === true ? 'json' : flags.format ?? 'text') as Format;
  if (!FORMATS.includes(format)) usage(`mcalc derive: --format takes ${FORMATS.join(', ')}, not ${format}`);
  const wanted = typeof flags.form === 'string' ? flags.form.split(',').map((f) => f.trim()) : undefined;
  const unknown = wanted?.find((f) => !(FORM_NAMES as readonly string[]).includes(f));
  if (unknown !== undefined) usage(`mcalc derive: --form takes ${FORM_NAMES.join(', ')}, not ${unknown}`);
  const steps = flags.steps === true;
  const derived = files.map((file) => derivedFrom(readSource(file), flags));
  for (const { source, diagnostics } of derived) report(source, diagnostics);
  if (format === 'json') {
    // Of several files, each request and each message says which it stands in.
    const inFile = (source: Source): object => (files.length > 1 ? { file: source.file } : {});
    print(`${JSON.stringify({
      requests: derived.flatMap(({ source, presented }) => presented.map(({ presentation, line }) => ({ ...inFile(source), ...requestJson(presentation, line, wanted, steps) }))),
      diagnostics: derived.flatMap(({ source, diagnostics }) => diagnostics.map((d) => ({ ...inFile(source), ...diagnosticJson(d) }))),
    }, null, 2)}\n`);
  } else {
    const texts = derived.flatMap(({ source, diagnostics, presented }) => {
      const blocks = presented.map(({ presentation }) => (format === 'markdown' ? markdown(presentation, wanted, steps) : plain(presentation, format, wanted, steps)));
      if (blocks.length === 0 && diagnostics.length === 0) say(`${source.file}: nothing is asked for; write grad(f, x), jacobian(F, X) or hessian(f, x) on a line`);
      return files.length > 1 && blocks.length > 0 ? [format === 'markdown' ? `## ${source.file}` : `${source.file}:`, ...blocks] : blocks;
    });
    if (texts.length > 0) print(`${texts.join('\n\n')}\n`);
  }
  return derived.some(({ diagnostics }) => diagnostics.some((d) => d.severity === 'error')) ? EXIT.failed : EXIT.ok;
}

interface Derived { readonly source: Source; readonly diagnostics: readonly Located[]; readonly presented: readonly { readonly presentation: Presentation; readonly line: number }[] }

function derivedFrom(source: Source, flags: Flags): Derived {
  const diagnostics = diagnosticsOf(source);
  const presented: { readonly presentation: Presentation; readonly line: number }[] = [];
  for (const { part, program, request, line } of chosenRequests(source, flags)) {
    const p = present(program, request);
    if ('refused' in p) diagnostics.push({ ...p.refused, ...locate(source, part, p.refused.range) });
    else presented.push({ presentation: p, line });
  }
  return { source, diagnostics, presented };
}

const formsOf = (p: Presentation, wanted: readonly string[] | undefined): [FormName, Form][] =>
  FORM_NAMES.flatMap((name): [FormName, Form][] => {
    const form = p.forms[name];
    return form && (!wanted || wanted.includes(name)) ? [[name, form]] : [];
  });

const othersOf = (p: Presentation, wanted: readonly string[] | undefined): readonly Alternative[] => p.alternatives.filter((a) => !wanted || wanted.includes(a.form));

function requestJson(p: Presentation, line: number, wanted: readonly string[] | undefined, steps: boolean): object {
  const wrt = p.wrt.length === 1 || p.wrt.every((x) => x === p.wrt[0]) ? p.wrt[0] ?? null : [...p.wrt];
  const others = othersOf(p, wanted);
  return {
    of: p.of, wrt, kind: p.kind, line, shape: p.shape, size: p.size, best: p.best,
    forms: Object.fromEntries(formsOf(p, wanted)), where: p.where.map((w) => w.text), notes: p.notes,
    ...(others.length > 0 ? { alternatives: others } : {}), steps: steps || p.steps.length > 0 ? p.steps : [],
  };
}

export const diagnosticJson = (d: Located): object => ({ line: d.from.line, column: d.from.column, endLine: d.to.line, endColumn: d.to.column, severity: d.severity, code: d.code, message: d.message });

const title = (p: Presentation): string => titleOf(p.of, p.kind, p.wrt);

/** The definitions of a line of the derivation beside those that are said already. */
const ownWhere = (p: Presentation, s: Step): readonly string[] => (s.where ?? []).filter((d) => !p.where.some((w) => w.text === d));

function plain(p: Presentation, writing: Writing, wanted: readonly string[] | undefined, steps: boolean): string {
  const lines = [`${title(p)}  (${p.kind}, ${p.shape[0]}×${p.shape[1]})`];
  const forms = formsOf(p, wanted);
  const ordered = [...forms.filter(([n]) => n === p.best), ...forms.filter(([n]) => n !== p.best)];
  for (const [name, form] of ordered) lines.push(`  ${LABELS[name].padEnd(13)}${form[writing]}`);
  for (const w of p.where) lines.push(`  ${'where'.padEnd(13)}${w[writing]}`);
  for (const a of othersOf(p, wanted)) lines.push(`  ${'also'.padEnd(13)}${a[writing]}`, `  ${''.padEnd(13)}(${a.label})`);
  if (steps) p.steps.forEach((s, i) => lines.push(`  ${`${i + 1}.`.padEnd(4)}${s[writing]}`, ...ownWhere(p, s).map((d) => `      where ${d}`), `      ${said(s)}`));
  for (const n of p.notes) lines.push(`  note: ${n}`);
  return lines.join('\n');
}

const said = (s: Step): string => `${s.rule}${s.formula ? `: ${s.formula}` : ''}${s.source ? ` (${s.source})` : ''}`;

function markdown(p: Presentation, wanted: readonly string[] | undefined, steps: boolean): string {
  const lines = [`### ${title(p)}`, ''];
  for (const [name, form] of formsOf(p, wanted)) lines.push(`**${LABELS[name]}**`, '', '$$', form.latex, '$$', '', '```mcalc', form.text, '```', '');
  if (p.where.length > 0) lines.push('where', '', ...p.where.map((w) => `- $${w.latex}$`), '');
  for (const a of othersOf(p, wanted)) lines.push(`**${a.label}**`, '', '$$', a.latex, '$$', '');
  if (steps) p.steps.forEach((s, i) => lines.push(`${i + 1}. ${s.rule}${s.formula ? `: ${s.formula.split('; ').map((f) => `\`${f}\``).join(', ')}` : ''}${s.source ? ` (${s.source})` : ''}`, '', '   $$', `   ${s.latex}`, '   $$', '', ...ownWhere(p, s).flatMap((d) => [`   where \`${d}\``, ''])));
  for (const n of p.notes) lines.push(`> ${n}`);
  return lines.join('\n').trimEnd();
}
