/** The grammars: in .mcalc files, in comments of TypeScript, in fences of Markdown. */
import { describe, expect, test } from 'vitest';
import { tokenise } from './tokenise';

type Expected = Readonly<Record<string, string>>;

/** The innermost scope of the first token with each text. */
async function scopes(scope: string, text: string, words: readonly string[]): Promise<Expected> {
  const tokens = await tokenise(scope, text);
  return Object.fromEntries(words.map((word) => [word, tokens.find((token) => token.text.trim() === word)?.scopes.at(-1) ?? 'no such token']));
}

const cases = (scope: string, rows: readonly (readonly [text: string, expected: Expected])[]): void => {
  test.each(rows)('%s', async (text, expected) => {
    expect(await scopes(scope, text, Object.keys(expected))).toEqual(expected);
  });
};

describe('mcalc', () => {
  cases('source.mcalc', [
    ['X : matrix(m, n) posdef', { X: 'variable.other.declaration.mcalc', ':': 'keyword.operator.declaration.mcalc', matrix: 'storage.type.mcalc', m: 'variable.other.mcalc', posdef: 'storage.modifier.mcalc' }],
    ['a, b : vector(n)', { 'a, b': 'variable.other.declaration.mcalc', vector: 'storage.type.mcalc' }],
    ['x in R^n', { x: 'variable.other.declaration.mcalc', in: 'keyword.operator.declaration.mcalc' }],
    ['α ∈ R', { α: 'variable.other.declaration.mcalc', '∈': 'keyword.operator.declaration.mcalc' }],
    ['dim m >= n', { dim: 'keyword.control.mcalc', '>=': 'keyword.operator.relation.mcalc' }],
    ['set vec = column', { set: 'keyword.control.mcalc', column: 'constant.language.mcalc' }],
    ['assume invertible(X)', { assume: 'keyword.control.mcalc', invertible: 'entity.name.function.mcalc' }],
    ['f(w, Σx) = 2.5e-3*w', { f: 'entity.name.function.definition.mcalc', w: 'variable.parameter.mcalc', Σx: 'variable.parameter.mcalc', '2.5e-3': 'constant.numeric.mcalc' }],
    ["F = logdet(X'X) + I", { F: 'variable.other.definition.mcalc', logdet: 'entity.name.function.mcalc', "'": 'keyword.operator.postfix.mcalc', I: 'constant.language.mcalc' }],
    ['grad(f, w)  # here', { grad: 'keyword.other.derivative.mcalc', f: 'variable.other.mcalc', '#': 'punctuation.definition.comment.mcalc', here: 'comment.line.mcalc' }],
    ['x : scalar // here', { '//': 'punctuation.definition.comment.mcalc', here: 'comment.line.mcalc' }],
    ['a : scalar; check A == B', { check: 'keyword.control.mcalc', '==': 'keyword.operator.relation.mcalc' }],
    ['checked = 1', { checked: 'variable.other.definition.mcalc', '1': 'constant.numeric.mcalc' }],
    ['∂F/∂X', { '∂': 'keyword.other.derivative.mcalc', F: 'variable.other.mcalc' }],
    ['A ⊗ B .* C ⊕ D', { '⊗': 'keyword.operator.arithmetic.mcalc', '.*': 'keyword.operator.arithmetic.mcalc', '⊕': 'keyword.operator.arithmetic.mcalc' }],
    ['A^-T + Bᵀ + C⁻¹', { '^-T': 'keyword.operator.postfix.mcalc', ᵀ: 'keyword.operator.postfix.mcalc' }],
    ['E(k, l) + E', { l: 'variable.other.mcalc' }],
  ]);
});

describe('comments of TypeScript', () => {
  cases('source.ts', [
    ['const a = 1; // @mcalc X : matrix(m, n); grad(f, X)', { '@mcalc': 'storage.type.annotation.mcalc', matrix: 'storage.type.mcalc', grad: 'keyword.other.derivative.mcalc', const: 'storage.type.ts' }],
    ["/**\n * @mcalc\n * W : matrix(n, k)\n * F = W * W'\n */\nconst b = 2;", { '@mcalc': 'storage.type.annotation.mcalc', W: 'variable.other.declaration.mcalc', matrix: 'storage.type.mcalc', F: 'variable.other.definition.mcalc', const: 'storage.type.ts' }],
    ["/** @mcalc\n * W : matrix(n, k)\n * F = W * W'\n */\nconst b = 2;", { '@mcalc': 'storage.type.annotation.mcalc', W: 'variable.other.declaration.mcalc', matrix: 'storage.type.mcalc', F: 'variable.other.definition.mcalc', const: 'storage.type.ts' }],
    ['/* @mcalc x : vector(n) */ const c = 3;', { '@mcalc': 'storage.type.annotation.mcalc', vector: 'storage.type.mcalc', const: 'storage.type.ts' }],
    ['/**\n * Text before.\n * @mcalc\n * f = 1\n */\nconst d = 4;', { f: 'variable.other.definition.mcalc', 'Text before.': 'no such token', const: 'storage.type.ts' }],
    ['// an ordinary matrix(m, n)', { 'an ordinary matrix(m, n)': 'comment.line.double-slash.ts' }],
    ['// /** @mcalc\nconst f = 5;', { const: 'storage.type.ts', '@mcalc': 'no such token' }],
    ['/* not // @mcalc */ const g = 6;', { const: 'storage.type.ts', '@mcalc': 'no such token' }],
    ["const s = '@mcalc'; const t = 1;", { const: 'storage.type.ts', '@mcalc': 'no such token' }],
  ]);
});

describe('comments in which JSDoc is coloured too', () => {
  cases('source.js', [
    ["/**\n * @mcalc\n * W : matrix(n, k)\n * F = W * W'\n */\nconst b = 2;", { '@mcalc': 'storage.type.annotation.mcalc', W: 'variable.other.declaration.mcalc', matrix: 'storage.type.mcalc', F: 'variable.other.definition.mcalc', const: 'storage.type.ts' }],
    ["/** @mcalc\n * W : matrix(n, k)\n * F = W * W'\n */\nconst b = 2;", { '@mcalc': 'storage.type.annotation.mcalc', W: 'variable.other.declaration.mcalc', matrix: 'storage.type.mcalc', F: 'variable.other.definition.mcalc', const: 'storage.type.ts' }],
    ['/**\n * Text before.\n * @mcalc\n * f = 1\n */\nconst d = 4;', { f: 'variable.other.definition.mcalc', const: 'storage.type.ts' }],
    ['/**\n * @param x a matrix(m, n)\n */\nconst e = 5;', { '@param': 'storage.type.class.jsdoc', const: 'storage.type.ts' }],
  ]);
});

describe('fences of Markdown', () => {
  cases('text.html.markdown', [
    ['Text.\n\n```mcalc\nX : matrix(m, n)\n```\n\n**after**', { mcalc: 'fenced_code.block.language.markdown', matrix: 'storage.type.mcalc', '**after**': 'markup.bold.markdown' }],
    ['~~~~ mcalc title="a"\nx : vector(n)\n~~~~\n**after**', { vector: 'storage.type.mcalc', '**after**': 'markup.bold.markdown' }],
    ['```ts\nmatrix(m, n)\n```', { 'matrix(m, n)': 'text.html.markdown' }],
  ]);
});
