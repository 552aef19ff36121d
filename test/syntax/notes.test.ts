/** Formulas in the spellings of public notes (courses, filters, regressions, forums), with letters of our own: what they are read as, or where they are refused. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { resolve } from '../../core/algebra/resolve';
import { present } from '../../core/notation/present';
import { parse } from '../../core/syntax/parse';
import { printText } from '../../core/syntax/print';
import { convertLatex } from '../../core/syntax/tex/convert';
import { everyExpr, rootsOf } from '../../core/syntax/walk';

interface Note { readonly tex: string; readonly mcalc?: readonly string[]; readonly given?: readonly string[]; readonly refused?: string; readonly at?: string }
const notes = JSON.parse(readFileSync(path.resolve(import.meta.dirname, '../data/latex/notes.json'), 'utf8')) as readonly Note[];
const read = notes.filter((n) => n.mcalc !== undefined);

test.each(read.map((n) => [n.tex, n] as const))('%s', (tex, { mcalc }) => {
  const { statements, errors } = convertLatex(tex);
  expect(errors.map((e) => e.message)).toEqual([]);
  expect(statements).toEqual(mcalc);
});

test.each(notes.filter((n) => n.refused !== undefined).map((n) => [n.tex, n] as const))('is refused at its place: %s', (tex, { refused, at }) => {
  const { statements, errors } = convertLatex(tex);
  expect(statements).toEqual([]);
  expect([errors[0]?.code, tex.slice(errors[0]?.range.start, errors[0]?.range.end)]).toEqual([refused, at]);
});

test('each has shapes and derivatives once its sizes are given', () => {
  const wrong: string[] = [];
  for (const { tex, mcalc = [], given = [] } of read) {
    const text = [...given, ...mcalc].join('\n');
    const document = parse(text);
    for (const d of resolve(document).diagnostics) if (d.severity === 'error') wrong.push(`${tex}: ${d.message}`);
    const derivatives = document.statements.flatMap((s) => (s.kind === 'check' || s.kind === 'request' ? [...everyExpr(rootsOf(s))] : []))
      .filter((e) => (e.kind === 'call' && (e.callee.name === 'grad' || e.callee.name === 'hessian')) || e.kind === 'leibniz').map(printText);
    if (derivatives.length === 0) continue;
    const asked = resolve(parse([text, ...derivatives].join('\n')));
    for (const request of asked.requests) {
      const shown = present(asked, request);
      if ('refused' in shown) wrong.push(`${tex}: ${shown.refused.message}`);
    }
  }
  expect(wrong).toEqual([]);
}, 120_000);

test('there are enough of them', () => {
  expect(read.length).toBeGreaterThanOrEqual(230);
});
