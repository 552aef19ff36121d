import { describe, expect, test } from 'vitest';
import { blockEdits, blocksOf } from '../../core/ide/generated';
import { semanticTokens, TOKEN_MODIFIERS, TOKEN_TYPES } from '../../core/ide/tokens';
import { encodeTokens, tokenEdits } from '../../server/colours';
import { textDocument } from '../../server/text';
import { edited, fixture, slice } from './fixture';

const tokens = (text: string, languageId?: string): readonly string[] => semanticTokens(fixture(text, languageId).analysis).map((t) => `${slice(text, t.range)}:${[t.type, ...t.modifiers].join('.')}`);

describe('semantic tokens', () => {
  test.each([
    ['X : matrix(m, n)', ['X:matrix.declaration', 'm:dimension.declaration', 'n:dimension.declaration']],
    ['S : matrix(n, n) posdef', ['S:matrix.declaration.symmetric', 'n:dimension.declaration', 'n:dimension', 'posdef:keyword']],
    ["x : vector(n)\nf = x'*x / n", ['x:vector.declaration', 'n:dimension.declaration', 'f:scalar.declaration', 'x:vector', 'x:vector', 'n:dimension']],
    ['A : matrix(n, n)\nf = tr(A) + pi', ['A:matrix.declaration', 'n:dimension.declaration', 'n:dimension', 'f:scalar.declaration', 'tr:function', 'A:matrix', 'pi:constant.constant']],
    ['x : vector(n)\nf = sum(x[i], i = 1:n)', ['x:vector.declaration', 'n:dimension.declaration', 'f:scalar.declaration', 'x:vector', 'i:parameter', 'i:parameter.declaration', 'n:dimension']],
    ['f = nothing', []],
  ])('%j', (text, expected) => expect(tokens(text).filter((t) => expected.length > 0 || !t.startsWith('f:'))).toEqual(expected));
  test('of a comment in another language stand at their place', () => expect(tokens('/* 😀 */ // @mcalc a : scalar', 'typescript')).toEqual(['a:scalar.declaration']));

  test('are encoded relative to each other', () => {
    const text = 'a : scalar\n\n b = a';
    const data = encodeTokens(textDocument('u', 'mcalc', 1, text), semanticTokens(fixture(text).analysis));
    const scalar = TOKEN_TYPES.indexOf('scalar');
    const declaration = 1 << TOKEN_MODIFIERS.indexOf('declaration');
    expect(data).toEqual([0, 0, 1, scalar, declaration, 2, 1, 1, scalar, declaration, 0, 4, 1, scalar, 0]);
  });
  test.each([[[], []], [[1, 2], [1, 2]], [[1, 2, 3], [1, 3]], [[1, 3], [1, 2, 3]], [[1, 1], [1, 1, 1]], [[], [4]], [[4, 5], []]])('the edit from %j to %j', (before, after) => {
    const result = [...before];
    for (const e of tokenEdits(before, after)) result.splice(e.start, e.deleteCount, ...(e.data ?? []));
    expect(result).toEqual(after);
  });
});

describe('generated blocks', () => {
  const F = '/** Doc. */\nexport function f(x) {\n  return x;\n}\n';
  const K = '/** The kernel. */\nfunction k() {\n  return 1;\n}\n';
  const module = { text: `${F}\n${K}`, head: '', texts: new Map([['f', F]]), rest: K, variables: new Map(), refused: [], plans: [], together: [],
    functions: [{ name: 'f', of: 'f', wrt: null, kind: 'value' as const, parameters: [], returns: { type: 'number' as const, shape: ['1', '1'] as const } }] };
  test('what was written is found again, and written anew it changes nothing', () => {
    const { analysis, text } = fixture('// @mcalc f = 1; f\nlet a;\n', 'typescript');
    const codes = analysis.parts.map((part) => ({ part, functions: module.functions }));
    const after = edited(text, blockEdits(analysis, module, codes));
    expect(blocksOf(after).map((b) => b.fingerprint === '')).toEqual([false, true]);
    const again = fixture(after, 'typescript').analysis;
    expect(blockEdits(again, module, again.parts.map((part) => ({ part, functions: module.functions })))).toEqual([]);
    expect(after).toContain('let a;\n');
  });
  test('a mark that is not closed is none', () => expect(blocksOf('// #region mcalc 1234567 x\ncode\n')).toEqual([]));
  test('no kernels, no block of kernels', () => {
    const { analysis, text } = fixture('// @mcalc f = 1; f\n', 'typescript');
    const bare = { ...module, text: F, rest: '' };
    expect(edited(text, blockEdits(analysis, bare, analysis.parts.map((part) => ({ part, functions: module.functions }))))).not.toContain('kernels');
  });
});
