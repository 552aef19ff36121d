/** A statement that is read the short way is what the parser makes of it, part for part, and its names are those of its tree. */
import path from 'node:path';
import { expect, test } from 'vitest';
import { fileOf, KINDS } from '../../bench/files';
import { bodyNames } from '../../core/algebra/units';
import { parse } from '../../core/syntax/parse';
import { packedTree } from '../../core/syntax/packed';
import { packedOf } from '../../core/syntax/skim';
import { rootsOf } from '../../core/syntax/walk';
import { mutated } from '../fuzz/text-inputs';
import { exampleTexts } from '../fuzz/texts';
import { randomFrom } from '../fuzz/random';

const examples = exampleTexts(path.resolve(import.meta.dirname, '../..')).filter((t) => t.length < 3000);
/** With the fields that are made when they are read. */
const reading = (text: string, thorough: boolean): string => {
  const { statements, diagnostics, comments } = parse(text, { thorough });
  return JSON.stringify([statements, diagnostics, comments, statements.map(bodyNames)], (key, value: unknown) => (key === '' || typeof value !== 'object' || value === null || Array.isArray(value) ? value : Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))));
};
const differing = (texts: readonly string[]): readonly string[] => texts.filter((text) => reading(text, false) !== reading(text, true));
const skimmed = (text: string): number => parse(text).statements.filter((s) => packedOf(s)).length;

test('every example of the project', () => {
  expect(differing(examples)).toEqual([]);
  expect(examples.reduce((n, text) => n + skimmed(text), 0)).toBeGreaterThan(200);
});
test('files of each kind, of which most is read the short way', () => {
  const files = KINDS.map((kind) => fileOf(kind, 60));
  expect(differing(files)).toEqual([]);
  expect(files.filter((text) => skimmed(text) < 20)).toEqual([]);
});
test('mutated examples', () => {
  const r = randomFrom(91);
  expect(differing(Array.from({ length: 1000 }, () => mutated(examples, r)))).toEqual([]);
});

const WORDS = ['x', 'y', 'A', 'S', 'd', 'dF', 'dx', 'det', 'tr', 'f', 'T', 'I', 'e', 'E', '2', '0', '1', '.5', '+', '-', '*', '.*', '/', './', '\\', '^', '.^', "'", '(', ')', '(', ')', ',', '[', ']', ';', '=', '\n', '²', 'ᵀ', '⁻¹', '⁻ᵀ', '⊗', '·', '.T', 'in', 'is', 'of', 'sum', 'grad', 'lambda', 'vector', 'check', '^-1', '^(1/2)', '^T', '^-T', '-1/2', '==', ':'];
const HEADS = ["x, y : vector(n)\nA, S : matrix(n, n)\n", "f(x) = x'x\n", 'T : scalar\n', 'd : scalar\n', ''];
const BEGINNINGS = ['', 'F = ', 'f(x) = ', 'check ', 'check x == '];
test('words in any order', () => {
  const r = randomFrom(92);
  const text = (): string => `${r.pick(HEADS)}${r.pick(BEGINNINGS)}${Array.from({ length: 2 + r.below(12) }, () => `${r.pick(WORDS)}${r.below(3) === 0 ? ' ' : ''}`).join('')}`;
  const texts = Array.from({ length: 4000 }, text);
  expect(differing(texts)).toEqual([]);
  expect(texts.filter((t) => skimmed(t) > 0).length).toBeGreaterThan(100);
});

test.each(['f = A^p(x)', 'f = x(2)', "f'(x)", 'grad(f)(x)', 'A^-1/2', 'A .* B * C', '2*A .* B', 'dF/dX', 'check = 2', 'check(x) = x', 'lambda x', 'x(1:2)', 'a - -b', 'a -- b', `x = ${'('.repeat(50)}y${')'.repeat(50)}`, 'x = \nA = B', 'f() = 1', 'f(x y) = x', 'f(x,) = x'])('%s', (text) => {
  expect(differing([text, `A, B, C : matrix(n, n); x : vector(n)\n${text}`])).toEqual([]);
});

test('a tree that is packed gives the same tree', () => {
  const lost = examples.flatMap((text) => parse(text, { thorough: true }).statements.flatMap(rootsOf).filter((e) => {
    const packed = packedTree('', e);
    return packed && JSON.stringify(packed.text.tree(packed.from, packed.to)) !== JSON.stringify(e);
  }).map((e) => text.slice(e.range.start, e.range.end)));
  expect(lost).toEqual([]);
});
