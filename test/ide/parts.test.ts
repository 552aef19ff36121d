import { describe, expect, test } from 'vitest';
import { diagnosticsOf } from '../../core/ide/diagnostics';
import { codeActions } from '../../core/ide/fixes';
import { hints } from '../../core/ide/hints';
import { hover } from '../../core/ide/hover';
import { rename, symbolAt } from '../../core/ide/navigate';
import { documentSymbols } from '../../core/ide/symbols';
import { analyse } from '../../core/ide/analysis';
import { edited, finish, fixture, marked, noEngine, slice } from './fixture';

const TS = `const before = 1;
/**
 * @mcalc
 * X : matrix(m, n)
 * F = X * X'
 */
export function f() {}
// @mcalc a : vector(m); g = a' * F * a; grad(g, a)
`;

describe('several comments of one file', () => {
  test('a later one sees the declarations above it', () => {
    const { analysis } = fixture(TS, 'typescript');
    expect(analysis.parts).toHaveLength(2);
    expect(diagnosticsOf(analysis)).toEqual([]);
    expect(analysis.items.map((i) => [i.label, slice(TS, i.range)])).toEqual([['grad(g, a)', 'grad(g, a)']]);
  });

  test('a name is found and renamed in all of them, and nowhere else', () => {
    const at = TS.replace('a\' * F * a', 'a\' * F$0 * a');
    const f = fixture(at, 'typescript');
    const symbol = symbolAt(f.analysis, f.offset);
    expect(marked(f.text, symbol?.places.map((p) => p.range) ?? [])).toBe(TS.replace("F = X * X'", "‹F› = X * X'").replace('* F *', '* ‹F› *'));
    const renamed = rename(f.analysis, f.offset, 'Gram');
    expect('edits' in renamed && edited(f.text, renamed.edits)).toBe(TS.replace("F = X * X'", "Gram = X * X'").replace('* F *', '* Gram *'));
  });

  test('a dimension too', () => {
    const f = fixture(TS.replace('matrix(m, n)', 'matrix(m$0, n)'), 'typescript');
    const renamed = rename(f.analysis, f.offset, 'rows');
    expect('edits' in renamed && edited(f.text, renamed.edits)).toBe(TS.replace('matrix(m, n)', 'matrix(rows, n)').replace('vector(m)', 'vector(rows)'));
  });

  test('a later comment may use a name again; what was made of the old one is not seen', () => {
    const text = '// @mcalc A : matrix(n, n); F = A*A\n// @mcalc A : vector(k); f = A\'*A\n// @mcalc g = tr(F)\n';
    const { analysis } = fixture(text, 'typescript');
    expect(diagnosticsOf(analysis).map((d) => [d.code[2], slice(text, d.range)])).toEqual([['2', 'F']]);
    const f = fixture(text.replace("f = A'", "f = A$0'"), 'typescript');
    expect(marked(text, symbolAt(f.analysis, f.offset)?.places.map((p) => p.range) ?? [])).toBe(text.replace("A : vector(k); f = A'*A", "‹A› : vector(k); f = ‹A›'*‹A›"));
  });

  test('errors stand at their place in the comment', () => {
    const text = TS.replace('a : vector(m)', 'a : vector(n)');
    const { analysis } = fixture(text, 'typescript');
    const [error] = diagnosticsOf(analysis);
    expect(error && slice(text, error.range)).toContain("a' * F");
    expect(error?.code).toMatch(/^MC3/);
  });

  test('an error of the first is not repeated in the second', () => {
    const text = '// @mcalc A : matrix(m, n); f = tr(A)\n// @mcalc g = 2\n';
    expect(diagnosticsOf(fixture(text, 'typescript').analysis)).toHaveLength(1);
  });

  test('hints and requests are inserted behind the marks of the comment', () => {
    const block = '/**\n * @mcalc\n * X : matrix(m, n)\n * f(w) = tr(X*w)\n */\n';
    const { analysis } = fixture(block, 'typescript');
    const [hint] = hints(analysis, { start: 0, end: block.length });
    expect(hint?.insert && edited(block, [hint.insert])).toBe('/**\n * @mcalc\n * X : matrix(m, n)\n * w : matrix(n, m)\n * f(w) = tr(X*w)\n */\n');
    const line = "// @mcalc w : vector(n); f = w'*w\n";
    const f = fixture(line, 'typescript');
    const ask = codeActions(f.analysis, { start: 26, end: 26 }, []).find((a) => a.title.includes('grad(f, w)'));
    expect(ask && edited(line, ask.edits)).toBe("// @mcalc w : vector(n); f = w'*w; grad(f, w)\n");
  });

  test('a change in the first comment reaches the second', () => {
    const first = analyse(TS, 'typescript', noEngine);
    const text = TS.replace("X * X'", "X' * X");
    const second = analyse(text, 'typescript', noEngine, first);
    expect(diagnosticsOf(second)).toEqual(diagnosticsOf(analyse(text, 'typescript', noEngine)));
    expect(diagnosticsOf(second)).not.toEqual([]);
  });

  test('unchanged parts are kept, wherever they move', () => {
    const first = analyse(TS, 'typescript', noEngine);
    const second = analyse(`// more\n${TS}`, 'typescript', noEngine, first);
    expect(second.parts.map((p) => p.compiled)).toEqual(first.parts.map((p) => p.compiled));
    expect(second.parts.every((p, i) => p.compiled === first.parts[i]?.compiled)).toBe(true);
    expect(second.items[0]?.range.start).toBe((first.items[0]?.range.start ?? 0) + 8);
  });
});

describe('Markdown', () => {
  const text = '# Title\n\n```mcalc\nA : matrix(n, n)\nf = tr(A)\n```\n\ntext\n\n```mcalc\ngrad(f, A)\n```\n';
  test('fences are parts', () => {
    const { analysis } = fixture(text, 'markdown');
    expect(analysis.parts.map((p) => p.region.kind)).toEqual(['fence', 'fence']);
    expect(diagnosticsOf(analysis)).toEqual([]);
    expect(documentSymbols(analysis).map((s) => s.children.map((c) => c.name))).toEqual([['A', 'f'], ['grad(f, A)']]);
  });
  test('hover works in them and nowhere else', () => {
    const inside = fixture(text.replace('tr(A)', 'tr(A$0)'), 'markdown');
    expect(finish(hover(inside.analysis, inside.offset))?.signature).toBe('A : matrix(n, n)');
    const outside = fixture(text.replace('text', 'te$0xt'), 'markdown');
    expect(finish(hover(outside.analysis, outside.offset))).toBeUndefined();
  });
});
