import { describe, expect, test } from 'vitest';
import { abbreviations } from '../../core/ide/abbreviations';
import { completions, type Candidate } from '../../core/ide/completion';
import { parse } from '../../core/syntax/parse';
import { fixture, slice } from './fixture';

const at = (text: string): readonly Candidate[] => {
  const f = fixture(text);
  return completions(f.analysis, f.offset);
};
const ranks = (text: string, ...labels: readonly string[]): readonly (number | undefined)[] => {
  const found = at(text);
  return labels.map((label) => found.find((c) => c.label === label)?.rank);
};
const best = (text: string): readonly string[] => at(text).filter((c) => c.rank === 0).map((c) => c.label).sort();

const DECLARED = 'A : matrix(m, n)\nB : matrix(n, k)\nx : vector(n)\ny : vector(m)\nS : matrix(n, n) posdef\nalpha : scalar\n';

describe('what fits comes first', () => {
  test.each([
    ['F = A * $0', ['B', 'S', 'alpha', 'x']],
    ['F = x + $0', ['alpha', 'x']],
    ['f = A : $0', ['A']],
    ["f = y' * $0", ['A', 'alpha', 'y']],
    ['F = S \\ $0', ['B', 'S', 'x']],
    ['f = logdet($0)', ['S', 'alpha']],
    ['check A*x == $0', ['y']],
  ])('%s', (line, expected) => expect(best(DECLARED + line)).toEqual(expected));

  test('a partly written name keeps its place', () => {
    const found = at(`${DECLARED}F = A * al$0`);
    expect(found.find((c) => c.label === 'alpha')).toMatchObject({ rank: 0, insert: 'alpha' });
  });
  test('what does not fit comes after what does, and functions after names', () => {
    const [fits, misfit, operator] = ranks(`${DECLARED}F = A * $0`, 'B', 'y', 'tr');
    expect([fits, misfit]).toEqual([0, 2]);
    expect(operator).toBeGreaterThan(2);
  });
});

describe('by place', () => {
  test.each([
    ['X : $0', 'vector(n)'], ['X : matrix(m, n) $0', 'posdef'], ['X : matrix(m, n)\ny : vector($0', 'm'], ['X : matrix(m, n)\ndim m >= $0', 'n'],
    ['set $0', 'layout'], ['set vec = $0', 'row'], ['$0', 'check'], ['f(w) = w\'*w\ngrad($0', 'f'], ['f(w) = w\'*w\ngrad(f, $0', 'w'],
  ])('%j offers %s first', (text, label) => expect(best(text).length === 0 ? at(text).map((c) => c.label) : best(text)).toContain(label));

  test('a function has its signature and its arguments as tab stops', () => {
    const inv = at('A : matrix(n, n)\nF = in$0').find((c) => c.label === 'inv');
    expect(inv?.detail).toBe('inv(matrix(n, n)) → matrix(n, n)');
    expect(inv?.snippet).toBe('inv(${1:A})');
  });
  test('what is being defined is not offered in its own body', () => expect(at('F = $0').map((c) => c.label)).not.toContain('F'));
  test('a declared name hides the function of that name', () => {
    const found = at('gamma : scalar\nf = $0').filter((c) => c.label === 'gamma');
    expect(found.map((c) => c.kind)).toEqual(['variable']);
  });
  test('nothing in comments', () => expect(at('# a comment $0')).toEqual([]));
  test('the typed word is replaced', () => {
    const f = fixture('alpha : scalar\nf = 2*alp$0');
    const found = completions(f.analysis, f.offset)[0];
    expect(found && slice(f.text, found.replace)).toBe('alp');
  });
});

describe('abbreviations', () => {
  test.each([['\\otim$0', '⊗', '\\otimes'], ['A \\otimes$0', '⊗', '\\otimes'], ['X\\top$0', 'ᵀ', '\\top'], ['\\lamb$0', 'λ', '\\lambda']])('%s', (text, symbol, filter) => {
    const f = fixture(text);
    const found = completions(f.analysis, f.offset).find((c) => c.filter === filter);
    expect(found?.insert).toBe(symbol);
    expect(found && slice(f.text, found.replace).startsWith('\\')).toBe(true);
  });
  test('after an operand a backslash alone is a solve first', () => {
    const found = at(`${DECLARED}F = S \\$0`);
    expect(found.find((c) => c.label === 'x')?.rank).toBeLessThan(found.find((c) => c.label === '⊗')?.rank ?? 0);
  });
  test.each(abbreviations.map((a) => [a.name, a.symbol] as const))('\\%s is a symbol of the notation', (_name, symbol) => {
    const before = /[ᵀ⁻²³]/.test(symbol) ? 'A' : 'A ';
    expect(parse(before + symbol).diagnostics.filter((d) => d.code === 'MC1001' || d.code === 'MC1021')).toEqual([]);
  });
});
