import { describe, expect, test } from 'vitest';
import { linkedDimensions, rename, symbolAt } from '../../core/ide/navigate';
import { edited, fixture, marked } from './fixture';

const places = (text: string, languageId?: string): string => {
  const f = fixture(text, languageId);
  const symbol = symbolAt(f.analysis, f.offset);
  return symbol ? marked(f.text, symbol.places.map((p) => p.range)) : 'none';
};
const renamed = (text: string, name: string, languageId?: string): string => {
  const f = fixture(text, languageId);
  const result = rename(f.analysis, f.offset, name);
  return 'refused' in result ? result.refused : edited(f.text, result.edits);
};

describe('places of a name', () => {
  test.each([
    ['X$0 : matrix(m, n)\nF = X*X\'\njacobian(F, X)', "‹X› : matrix(m, n)\nF = ‹X›*‹X›'\njacobian(F, ‹X›)"],
    ['X : matrix(m, n)\nF$0 = X*X\'\njacobian(F, X)', "X : matrix(m, n)\n‹F› = X*X'\njacobian(‹F›, X)"],
    ['X : matrix(m, n$0)\ny : vector(n)\ndim m >= n\nf = norm(X*y)^2 / n', 'X : matrix(m, ‹n›)\ny : vector(‹n›)\ndim m >= ‹n›\nf = norm(X*y)^2 / ‹n›'],
    ['a : vector(n)\nf(x) = a\'*x$0\ngrad(f, x)', "a : vector(n)\nf(‹x›) = a'*‹x›\ngrad(f, ‹x›)"],
    ['x : vector(n)\nf = sum(x[i$0]^2, i = 1:n)', 'x : vector(n)\nf = sum(x[‹i›]^2, ‹i› = 1:n)'],
    ['x, y$0 : vector(n)\nf = x\'*y', "x, ‹y› : vector(n)\nf = x'*‹y›"],
    ['A : matrix(n, n)\nf = t$0r(A)', 'none'],
    ['A : matrix(n, n)  # A$0\nf = tr(A)', 'none'],
  ])('%s', (text, expected) => expect(places(text)).toBe(expected));
});

describe('rename', () => {
  test('a variable', () => expect(renamed('X : matrix(m, n)\nF = X$0*X\'', 'Data')).toBe("Data : matrix(m, n)\nF = Data*Data'"));
  test('a dimension, in sizes, relations and numbers', () =>
    expect(renamed('X : matrix(m$0, n)\ndim m >= n\nf = tr(X\'*X)/m', 'rows')).toBe("X : matrix(rows, n)\ndim rows >= n\nf = tr(X'*X)/rows"));
  test.each([['tr(', 'is not a name'], ['dim', 'is a word'], ['F', 'is a name of this document'], ['n', 'is a dimension'], ['tr', 'is used'], ['', 'is not a name'], ['1x', 'is not a name']])(
    'to %j is refused', (name, why) => expect(renamed('X$0 : matrix(m, n)\nF = tr(X\'*X)', name)).toContain(why));
  test('on nothing is refused', () => expect(renamed('f = 1 $0+ 2', 'g')).toContain('no name'));
});

describe('linked editing', () => {
  test('links a dimension', () => {
    const f = fixture('X : matrix(m$0, n)\ny : vector(m)');
    expect(marked(f.text, linkedDimensions(f.analysis, f.offset) ?? [])).toBe('X : matrix(‹m›, n)\ny : vector(‹m›)');
  });
  test.each(['X$0 : matrix(m, n)\nF = X', 'X : matrix(m$0, n)'])('nothing else: %s', (text) => {
    const f = fixture(text);
    expect(linkedDimensions(f.analysis, f.offset)).toBeUndefined();
  });
});
