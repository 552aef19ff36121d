import { describe, expect, test } from 'vitest';
import { analyse, type Analysis } from '../../core/ide/analysis';
import { diagnosticsOf } from '../../core/ide/diagnostics';
import type { Engine } from '../../core/ide/engine';
import { documentSymbols } from '../../core/ide/symbols';
import { semanticTokens } from '../../core/ide/tokens';
import { finish, noEngine } from './fixture';
import { completions } from '../../core/ide/completion';
import { hover } from '../../core/ide/hover';
import { selections } from '../../core/ide/selection';
import { signatureHelp } from '../../core/ide/signature';
import { symbolAt } from '../../core/ide/navigate';
import { formatting } from '../../core/ide/formatting';
import { hints } from '../../core/ide/hints';
import { folds } from '../../core/ide/folding';

function dice(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** Everything that an analysis shows, as one value. */
const shown = (a: Analysis): unknown => ({ diagnostics: diagnosticsOf(a), symbols: documentSymbols(a), tokens: semanticTokens(a), items: a.items.map((i) => [i.id, i.range, i.state]) });

const PIECES = ['X', ' : ', 'matrix(m, n)', 'vector(n)', '\n', '\r\n', 'F = ', '* ', "'", 'inv(', ')', 'grad(F, X)', 'check ', ' == ', '; ', '# ', '// @mcalc ', '/** @mcalc\n * ', '*/', '😀', '[', '\\', 'sum(X, i = 1:n)', 'f(w) = ', '^-1', '∂F/∂X', '⊗'];

describe('edits', () => {
  test.each([['mcalc', 1], ['typescript', 2], ['markdown', 3]] as const)('an analysis made of the last one is that of the text alone: %s', (languageId, seed) => {
    const pick = dice(seed);
    let text = languageId === 'typescript' ? "// @mcalc X : matrix(m, n); F = X'*X\nconst a = 1;\n// @mcalc jacobian(F, X)\n"
      : languageId === 'markdown' ? "```mcalc\nX : matrix(m, n)\nF = X'*X\n```\n\n```mcalc\njacobian(F, X)\n```\n" : "X : matrix(m, n)\nF = X'*X\njacobian(F, X)\n";
    const first = text;
    let analysis = analyse(text, languageId, noEngine);
    for (let round = 0; round < 400; round++) {
      const start = pick(text.length + 1);
      const end = Math.min(text.length, start + pick(6));
      text = text.slice(0, start) + (PIECES[pick(PIECES.length)] ?? '') + text.slice(end);
      if (text.length > 500) text = first;
      analysis = analyse(text, languageId, noEngine, analysis);
      expect(shown(analysis), text).toEqual(shown(analyse(text, languageId, noEngine)));
    }
  });

  test('no feature throws, whatever stands there', () => {
    const pick = dice(11);
    for (let round = 0; round < 600; round++) {
      const text = Array.from({ length: 1 + pick(14) }, () => PIECES[pick(PIECES.length)] ?? '').join('');
      const languageId = ['mcalc', 'typescript', 'markdown', 'plaintext'][pick(4)] ?? 'mcalc';
      const analysis = analyse(text, languageId, noEngine);
      const all = { start: 0, end: text.length };
      for (const offset of [0, pick(text.length + 1), text.length]) {
        completions(analysis, offset);
        signatureHelp(analysis, offset);
        symbolAt(analysis, offset);
        finish(hover(analysis, offset));
        for (const range of selections(analysis, offset)) expect(range.start).toBeLessThanOrEqual(range.end);
      }
      for (const found of [...folds(analysis).map((f) => f.range), ...semanticTokens(analysis).map((t) => t.range), ...diagnosticsOf(analysis).map((d) => d.range)]) {
        expect(found.start).toBeGreaterThanOrEqual(0);
        expect(found.start).toBeLessThanOrEqual(found.end);
        expect(found.end).toBeLessThanOrEqual(text.length);
      }
      hints(analysis, all);
      formatting(analysis);
    }
  });
});

describe('presentations', () => {
  const counting = (): Engine & { readonly asked: string[] } => {
    const asked: string[] = [];
    return { asked, present: (program, request) => {
      asked.push(request.of);
      return noEngine.present(program, request);
    } };
  };
  const text = "x : vector(n)\nA : matrix(n, n)\nf = x'*A*x\ng = x'*x\ngrad(f, x)\ngrad(g, x)\n";
  const ask = (analysis: Analysis): void => {
    for (const item of analysis.items) if (item.kind === 'request') analysis.present(item.part, item.request);
  };

  test('are kept over edits that do not concern them', () => {
    const engine = counting();
    const first = analyse(text, 'mcalc', engine);
    ask(first);
    ask(first);
    expect(engine.asked).toEqual(['f', 'g']);
    const second = analyse(`# a comment\n${text.replace("g = x'*x", "g = 2*x'*x")}`, 'mcalc', engine, first);
    ask(second);
    expect(engine.asked).toEqual(['f', 'g', 'g']);
  });
  test('stand at the place of the request, not where they were first found', () => {
    const first = analyse(text, 'mcalc', counting());
    ask(first);
    const second = analyse(`\n\n${text}`, 'mcalc', noEngine, first);
    expect(diagnosticsOf(second).map((d) => d.range.start)).toEqual(second.items.map((i) => i.range.start));
  });
  test.each([['A : matrix(n, n)', 'A : matrix(n, n) symmetric'], ["f = x'*A*x", "f = x'*A*x + 1"], ['x : vector(n)', 'dim n = 3\nx : vector(n)'], ['grad(f, x)', 'set layout = numerator\ngrad(f, x)']])(
    'are made anew when %s becomes %s', (before, after) => {
      const engine = counting();
      const first = analyse(text, 'mcalc', engine);
      ask(first);
      ask(analyse(text.replace(before, after), 'mcalc', engine, first));
      expect(engine.asked.slice(2)).toContain('f');
    });
});
