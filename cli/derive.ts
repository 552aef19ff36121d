/** `mcalc derive`: every request in every notation. */
import { present } from '../core/notation/present';
import { FORM_NAMES, type Form, type FormName, type Presentation, type Step } from '../core/notation/presentation';
import { EXIT, usage } from './exit';
import { diagnosticsOf, locate, readSource, report, type Located } from './files';
import type { Flags } from './main';
import { chosenRequests } from './requests';

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
  const source = readSource(files[0] as string);
  const diagnostics = diagnosticsOf(source);
  const presented: { readonly presentation: Presentation; readonly line: number }[] = [];
  for (const { part, program, request, line } of chosenRequests(source, flags)) {
    const p = present(program, request);
    if ('refused' in p) diagnostics.push({ ...p.refused, ...locate(source, part, p.refused.range) });
    else presented.push({ presentation: p, line });
  }
  if (format === 'json') {
    process.stdout.write(`${JSON.stringify({ requests: presented.map(({ presentation, line }) => requestJson(presentation, line, wanted, flags.steps === true)), diagnostics: diagnostics.map(diagnosticJson) }, null, 2)}\n`);
    report(source, diagnostics);
  } else {
    report(source, diagnostics);
    const blocks = presented.map(({ presentation }) => (format === 'markdown' ? markdown(presentation, wanted, flags.steps === true) : plain(presentation, format, wanted, flags.steps === true)));
    if (blocks.length > 0) process.stdout.write(`${blocks.join('\n\n')}\n`);
    else if (diagnostics.length === 0) process.stderr.write(`${source.file}: nothing is asked for; write grad(f, x), jacobian(F, X) or hessian(f, x) on a line\n`);
  }
  return diagnostics.some((d) => d.severity === 'error') ? EXIT.failed : EXIT.ok;
}

const formsOf = (p: Presentation, wanted: readonly string[] | undefined): [FormName, Form][] =>
  FORM_NAMES.flatMap((name): [FormName, Form][] => {
    const form = p.forms[name];
    return form && (!wanted || wanted.includes(name)) ? [[name, form]] : [];
  });

function requestJson(p: Presentation, line: number, wanted: readonly string[] | undefined, steps: boolean): unknown {
  const wrt = p.wrt.length === 1 || p.wrt.every((x) => x === p.wrt[0]) ? p.wrt[0] ?? null : [...p.wrt];
  return {
    of: p.of, wrt, kind: p.kind, line, shape: p.shape, size: p.size, best: p.best,
    forms: Object.fromEntries(formsOf(p, wanted)), where: p.where.map((w) => w.text), notes: p.notes,
    ...(p.alternatives.length > 0 ? { alternatives: p.alternatives } : {}), steps: steps || p.steps.length > 0 ? p.steps : [],
  };
}

export const diagnosticJson = (d: Located): unknown => ({ line: d.from.line, column: d.from.column, endLine: d.to.line, endColumn: d.to.column, severity: d.severity, code: d.code, message: d.message });

const title = (p: Presentation): string => (p.kind === 'value' ? p.of : `∂${p.wrt.length > 1 ? '²' : ''}${p.of}/${p.wrt.map((x) => `∂${x}`).join('')}`);

/** The definitions of a line of the derivation beside those that are said already. */
const ownWhere = (p: Presentation, s: Step): readonly string[] => (s.where ?? []).filter((d) => !p.where.some((w) => w.text === d));

function plain(p: Presentation, writing: Writing, wanted: readonly string[] | undefined, steps: boolean): string {
  const lines = [`${title(p)}  (${p.kind}, ${p.shape[0]}×${p.shape[1]})`];
  const forms = formsOf(p, wanted);
  const ordered = [...forms.filter(([n]) => n === p.best), ...forms.filter(([n]) => n !== p.best)];
  for (const [name, form] of ordered) lines.push(`  ${LABELS[name].padEnd(13)}${form[writing]}`);
  for (const w of p.where) lines.push(`  ${'where'.padEnd(13)}${w[writing]}`);
  for (const a of p.alternatives) lines.push(`  ${'also'.padEnd(13)}${a[writing]}`, `  ${''.padEnd(13)}(${a.label})`);
  if (steps) p.steps.forEach((s, i) => lines.push(`  ${`${i + 1}.`.padEnd(4)}${s[writing]}`, ...ownWhere(p, s).map((d) => `      where ${d}`), `      ${s.rule}${s.source ? ` (${s.source})` : ''}`));
  for (const n of p.notes) lines.push(`  note: ${n}`);
  return lines.join('\n');
}

function markdown(p: Presentation, wanted: readonly string[] | undefined, steps: boolean): string {
  const lines = [`### ${title(p)}`, ''];
  for (const [name, form] of formsOf(p, wanted)) lines.push(`**${LABELS[name]}**`, '', '$$', form.latex, '$$', '', '```mcalc', form.text, '```', '');
  if (p.where.length > 0) lines.push('where', '', ...p.where.map((w) => `- $${w.latex}$`), '');
  for (const a of p.alternatives) lines.push(`**${a.label}**`, '', '$$', a.latex, '$$', '');
  if (steps) p.steps.forEach((s, i) => lines.push(`${i + 1}. ${s.rule}${s.source ? ` (${s.source})` : ''}`, '', '   $$', `   ${s.latex}`, '   $$', '', ...ownWhere(p, s).flatMap((d) => [`   where \`${d}\``, ''])));
  for (const n of p.notes) lines.push(`> ${n}`);
  return lines.join('\n').trimEnd();
}
