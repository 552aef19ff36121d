import { describe, expect, test } from 'vitest';
import { diagnosticsOf } from '../../core/ide/diagnostics';
import { codeActions, safeEdits } from '../../core/ide/fixes';
import { formatting, onNewLine } from '../../core/ide/formatting';
import { hints } from '../../core/ide/hints';
import { links } from '../../core/ide/links';
import { format } from '../../core/syntax/format';
import { parse } from '../../core/syntax/parse';
import { edited, fixture, slice } from './fixture';

describe('formatting', () => {
  const MESSY = ['F=X*X\'', 'X:matrix(m,n)\r\n\r\n\r\nF  =  X *X\'  # why\r\n', 'A,B:matrix(n,n)\nF=A*B⊗A\ncheck   F==F', '  x : scalar;y=x', 'f = (1 +\n2)', 'f = $', '', '# only a comment'];
  test.each(MESSY)('%j: edits lead to the canonical text', (text) => {
    const { analysis } = fixture(text);
    const after = edited(text, formatting(analysis));
    expect(after).toBe(format(parse(text)));
    expect(formatting(fixture(after).analysis)).toEqual([]);
  });
  test('edits are small: a name keeps its place', () => {
    const text = "X : matrix(m, n)\nF=X*X'\n";
    for (const edit of formatting(fixture(text).analysis)) expect(slice(text, edit.range)).toMatch(/^\s*$/);
  });
  test('of a range leaves the rest alone', () => {
    const text = 'a=1\nb=2\nc=3\n';
    expect(edited(text, formatting(fixture(text).analysis, { start: 4, end: 7 }))).toBe('a=1\nb = 2\nc=3\n');
  });
  test('of other languages is theirs', () => expect(formatting(fixture('// @mcalc F=X\n', 'typescript').analysis)).toEqual([]));
});

describe('a new line', () => {
  test.each([
    ['f = (a +\n$0', 'f = (a +\n  '], ['f = a *\n$0', 'f = a *\n  '], ['A = [1, 2;\n$0', 'A = [1, 2;\n  '], ['f = a\n$0', 'f = a\n'], ['f = a\n  $0', 'f = a\n'], ['f = (a +\n    $0b)', 'f = (a +\n    b)'],
  ])('%j', (text, expected) => {
    const f = fixture(text);
    expect(edited(f.text, onNewLine(f.analysis, f.offset))).toBe(expected);
  });
});

describe('links', () => {
  test('addresses and papers in comments', () => {
    const { analysis, text } = fixture('# see https://example.org/a_(b).html, and doi:10.1137/1.9780898717778.\nf = 1 # http://a.b/c');
    expect(links(analysis).map((l) => [slice(text, l.range), l.target])).toEqual([
      ['https://example.org/a_(b).html', 'https://example.org/a_(b).html'], ['doi:10.1137/1.9780898717778', 'https://doi.org/10.1137/1.9780898717778'], ['http://a.b/c', 'http://a.b/c'],
    ]);
  });
  test('none outside comments', () => expect(links(fixture('f = https://a.b').analysis)).toEqual([]));
});

describe('code actions', () => {
  const actions = (text: string): readonly { readonly title: string; readonly kind: string; readonly after: string }[] => {
    const f = fixture(text);
    return codeActions(f.analysis, { start: f.offset, end: f.offset }, diagnosticsOf(f.analysis)).map((a) => ({ title: a.title, kind: a.kind, after: edited(f.text, a.edits) }));
  };
  test('a transposition that fits is offered', () => {
    const [fix] = actions('A : matrix(m, n)\nx : vector(m)\nf = A $0* x\n').filter((a) => a.kind === 'quickfix');
    expect(fix?.after).toMatch(/f = A' \* x|f = x' \* A/);
  });
  test.each(["A : matrix(m, n)\nx : vector(m)\nf = A $0* x\n", 'A : matrix(n, n)\nf = t$0rr(A)\n', 'f\u200b$0 = 1\n'])('what a fix leaves has fewer errors: %j', (text) => {
    const before = diagnosticsOf(fixture(text).analysis).filter((d) => d.severity === 'error').length;
    const fixes = actions(text).filter((a) => a.kind === 'quickfix');
    expect(fixes.length).toBeGreaterThan(0);
    for (const fix of fixes) expect(diagnosticsOf(fixture(fix.after).analysis).filter((d) => d.severity === 'error').length, fix.title).toBeLessThan(before);
  });
  test('a definition invites its requests, which are then not offered again', () => {
    const first = actions("x : vector(n)\nf = x'*x$0\n").find((a) => a.title.includes('grad(f, x)'));
    expect(first?.after).toBe("x : vector(n)\nf = x'*x\ngrad(f, x)\n");
    expect(actions("x : vector(n)\nf = x'*x$0\ngrad(f, x)\n").map((a) => a.title)).toEqual(['Ask for hessian(f, x)']);
  });
  test('LaTeX becomes mcalc', () => {
    const [rewrite] = actions('A : matrix(n, n)\nx : vector(n)\n$0f = x^\\top A x\n').filter((a) => a.title.includes('LaTeX'));
    expect(rewrite?.after).toMatch(/^A : matrix\(n, n\)\nx : vector\(n\)\nf = x' ?\* ?A ?\* ?x\n$/);
  });
  test('safe fixes of one place do not get in each other\'s way', () => {
    const range = (start: number, end: number) => ({ start, end });
    const diagnostic = (start: number, end: number, safe: boolean) => ({ code: 'MC1021', severity: 'error' as const, message: '', range: range(start, end), fixes: [{ title: '', safe, edits: [{ range: range(start, end), text: '' }] }] });
    expect(safeEdits([diagnostic(0, 3, true), diagnostic(2, 5, true), diagnostic(6, 7, false), diagnostic(8, 9, true)]).map((e) => e.range)).toEqual([range(0, 3), range(8, 9)]);
  });
});

describe('names that nothing declares', () => {
  const all = (text: string, language?: string): { readonly title: string; readonly after: string; readonly errors: readonly string[] } => {
    const { analysis } = fixture(text, language);
    const action = codeActions(analysis, { start: 0, end: text.length }, diagnosticsOf(analysis)).find((a) => a.title.startsWith('Declare all'));
    const after = action ? edited(text, action.edits) : text;
    return { title: action?.title ?? '', after, errors: diagnosticsOf(fixture(after, language).analysis).filter((d) => d.severity === 'error').map((d) => d.message) };
  };
  test('are declared all at once, with sizes that fit each other', () => {
    expect(all("f = x'*A*y + b\n  g = tr(B*A*C)\n")).toEqual({ title: 'Declare all 6 names', after: "x : vector(n)\nA : matrix(n, m)\ny : vector(m)\nb : scalar\nf = x'*A*y + b\nB : matrix(k, n)\nC : matrix(m, k)\n  g = tr(B*A*C)\n", errors: [] });
  });
  test('one alone is declared by its own fix', () => expect(all("f = x'*x\n").title).toBe(''));
  test.each([
    ["// @mcalc f = a'*x; grad(f, x)\nconst k = 1;\n", 'typescript', "// @mcalc a : vector(n); x : vector(n); f = a'*x; grad(f, x)\nconst k = 1;\n"],
    ["/**\r\n * @mcalc\r\n * f = a'*x\r\n */\r\n", 'typescript', "/**\r\n * @mcalc\r\n * a : vector(n)\r\n * x : vector(n)\r\n * f = a'*x\r\n */\r\n"],
    ["> ```mcalc\n> f = a'*x\n> ```\n", 'markdown', "> ```mcalc\n> a : vector(n)\n> x : vector(n)\n> f = a'*x\n> ```\n"],
  ])('inside the marks of a comment or a quotation: %j', (text, language, after) => {
    expect(all(text, language)).toEqual({ title: 'Declare all 2 names', after, errors: [] });
    const { analysis } = fixture(text, language);
    const single = codeActions(analysis, { start: 0, end: text.length }, diagnosticsOf(analysis)).find((a) => a.title === 'Declare a : vector(n)');
    expect(edited(text, single?.edits ?? [])).toBe(after.replace('x : vector(n); ', '').replace(/\n[ *>]*x : vector\(n\)\r?(?=\n)/, ''));
  });
});

describe('hints', () => {
  test('definitions have their shapes, inferred arguments a declaration to insert', () => {
    const text = "X : matrix(m, n)\nf(w) = norm(X*w)^2\nG = X'*X\n";
    const found = hints(fixture(text).analysis, { start: 0, end: text.length });
    expect(found.map((h) => [text.slice(0, h.at).split('\n').at(-1), h.label])).toEqual([['f(w', ': n×1'], ['f(w)', ': scalar'], ['G', ': n×n']]);
    const [w] = found;
    const after = edited(text, w?.insert ? [w.insert] : []);
    expect(after).toBe("X : matrix(m, n)\nw : vector(n)\nf(w) = norm(X*w)^2\nG = X'*X\n");
    expect(diagnosticsOf(fixture(after).analysis)).toEqual([]);
    expect(hints(fixture(after).analysis, { start: 0, end: after.length }).map((h) => h.label)).toEqual([': scalar', ': n×n']);
  });
  test('only those in the range', () => expect(hints(fixture('a = 1\nb = 2\n').analysis, { start: 6, end: 11 })).toHaveLength(1));
});
