/** Formulas of public threads about matrix calculus, verbatim, with the pages where they stand: what they are read as, or why not. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { resolve } from '../../core/algebra/resolve';
import { present } from '../../core/notation/present';
import { parse } from '../../core/syntax/parse';
import { printText } from '../../core/syntax/print';
import { convertLatex } from '../../core/syntax/tex/convert';
import { everyExpr, rootsOf } from '../../core/syntax/walk';

interface Thread {
  readonly from: string;
  readonly tex: string;
  readonly mcalc?: readonly string[];
  /** Declarations with which it has sizes. */
  readonly given?: readonly string[];
  readonly refused?: string;
  /** The part of the formula that the refusal names. */
  readonly at?: string;
}
const threads = JSON.parse(readFileSync(path.resolve(import.meta.dirname, '../data/latex/threads.json'), 'utf8')) as readonly Thread[];

describe.each(threads.map((t) => [t.tex, t] as const))('%s', (tex, thread) => {
  const { statements, errors } = convertLatex(tex);
  if (thread.mcalc === undefined) {
    test('is refused where it cannot be read, by name', () => {
      expect(statements).toEqual([]);
      expect(errors.map((e) => [e.code, tex.slice(e.range.start, e.range.end)])).toEqual([[thread.refused, thread.at]]);
    });
    return;
  }
  test('is read as it is meant', () => {
    expect(errors).toEqual([]);
    expect(statements).toEqual(thread.mcalc);
  });
  test('has shapes and derivatives once its sizes are given', () => {
    const text = [...(thread.given ?? []), ...statements].join('\n');
    const document = parse(text);
    expect(resolve(document).diagnostics.filter((d) => d.severity === 'error')).toEqual([]);
    const derivatives = document.statements.flatMap((s) => (s.kind === 'check' || s.kind === 'request' ? [...everyExpr(rootsOf(s))] : []))
      .filter((e) => (e.kind === 'call' && (e.callee.name === 'grad' || e.callee.name === 'jacobian')) || e.kind === 'leibniz').map(printText);
    const asked = resolve(parse([text, ...derivatives].join('\n')));
    for (const request of asked.requests) {
      const shown = present(asked, request);
      expect('refused' in shown ? shown.refused.message : undefined).toBeUndefined();
    }
  });
});

test('there are enough of them, each with its page', () => {
  expect(threads.length).toBeGreaterThanOrEqual(100);
  expect(threads.filter((t) => t.mcalc).length).toBeGreaterThanOrEqual(100);
  for (const t of threads) expect(t.from).toMatch(/^https?:\/\//);
});
