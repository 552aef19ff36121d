/** Snippets: each compiles as it is inserted, and what it asks for is derived. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { analyse } from '../../core/ide/analysis';
import { diagnosticsOf } from '../../core/ide/diagnostics';
import { isRefusal } from '../../core/ide/engine';
import { engine } from '../../server/engine';

interface Snippet { readonly prefix: string; readonly body: string | readonly string[]; readonly description: string }
const snippets = JSON.parse(readFileSync(path.resolve(import.meta.dirname, '../../syntaxes/snippets.json'), 'utf8')) as Readonly<Record<string, Snippet>>;

/** The text with its placeholders as they are offered; a stop that is named again says the same. */
function inserted({ body }: Snippet): string {
  const offered = new Map<string, string>();
  return (typeof body === 'string' ? body : body.join('\n'))
    .replace(/\$\{(\d+)(?::([^}]*)|\|([^}|]*)\|)?\}|\$(\d+)/g, (_, n?: string, words?: string, choices?: string, bare?: string) => {
      const stop = n ?? bare ?? '0';
      const text = words ?? choices?.split(',')[0] ?? offered.get(stop) ?? '';
      if (!offered.has(stop)) offered.set(stop, text);
      return text;
    });
}

test.each(Object.entries(snippets))('%s', (_, snippet) => {
  expect(snippet.description.length).toBeGreaterThan(10);
  const text = inserted(snippet);
  expect(text).not.toMatch(/[${}|]/);
  // A claim is about a function that is there.
  const context = text.startsWith('check') ? "x : vector(n)\nf = x'*x\n" : '';
  const analysis = analyse(`${context}${text}\n`, 'mcalc', engine);
  for (const item of analysis.items) if (item.kind === 'request') expect(isRefusal(analysis.present(item.part, item.request))).toBe(false);
  expect(diagnosticsOf(analysis).filter((one) => one.severity === 'error')).toEqual([]);
  if (/grad|jacobian|hessian/.test(snippet.prefix)) expect(analysis.items.length).toBe(1);
});
