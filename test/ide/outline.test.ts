import { describe, expect, test } from 'vitest';
import { folds } from '../../core/ide/folding';
import { selections } from '../../core/ide/selection';
import { documentSymbols } from '../../core/ide/symbols';
import { fixture, slice } from './fixture';

describe('symbols', () => {
  test('declarations, definitions, requests and claims with their shapes', () => {
    const { analysis } = fixture('X : matrix(m, n)\ny : vector(m)\nf(w) = norm(X*w - y)^2\ngrad(f, w)\ncheck grad(f, w) == 2*X\'*(X*w - y)');
    expect(documentSymbols(analysis).map((s) => `${s.role} ${s.name} ${s.detail}`.trim())).toEqual([
      'variable X m×n', 'variable y m×1', 'function f scalar', 'request grad(f, w)', "check check grad(f, w) == 2*X'*(X*w - y)",
    ]);
  });
  test('a selection lies inside its range', () => {
    const { analysis } = fixture('a, b : vector(n) \nf(a) = a\'*b');
    for (const s of documentSymbols(analysis)) {
      expect(s.selection.start).toBeGreaterThanOrEqual(s.range.start);
      expect(s.selection.end).toBeLessThanOrEqual(s.range.end);
    }
  });
});

describe('folding', () => {
  test.each([
    ['# one\n# two\nX : scalar', ['# one\n# two']],
    ['# one\n\nX : scalar', []],
    ['# region data\nX : scalar\n# endregion\nf = X', ['# region data\nX : scalar\n# endregion']],
    ['A : matrix(n, n)\nF = tr(A +\n  A)\n', ['F = tr(A +\n  A)']],
    ['', []],
  ])('%j', (text, expected) => {
    const { analysis } = fixture(text);
    expect(folds(analysis).map((f) => slice(text, f.range))).toEqual(expected);
  });
});

describe('selection', () => {
  test('grows from the name to the document', () => {
    const f = fixture('X : matrix(m, n)\nF = tr(X$0\' * X)');
    expect(selections(f.analysis, f.offset).map((r) => slice(f.text, r))).toEqual(["X", "X'", "X' * X", "tr(X' * X)", "F = tr(X' * X)", f.text]);
  });
  test('in a declaration', () => {
    const f = fixture('X : matrix(m, 2*n$0)');
    expect(selections(f.analysis, f.offset).map((r) => slice(f.text, r))).toEqual(['n', '2*n', 'X : matrix(m, 2*n)']);
  });
  test('in an empty document', () => expect(selections(fixture('').analysis, 0)).toEqual([{ start: 0, end: 0 }]));
});
