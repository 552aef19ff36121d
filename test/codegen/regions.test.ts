/** Generated text knows by its hash whether someone edited it: blocks in files of code, and whole files. */
import { expect, test } from 'vitest';
import { regionHash } from '../../core/codegen/regions';
import { generate } from '../../core/ide/generate';
import { blockEdits, blocksOf, editedBlocks } from '../../core/ide/generated';
import { isEdited, isGenerated, moduleFile, moduleTests } from '../../core/ide/module-file';
import { sourceOf } from '../../cli/files';

const SOURCE = "const before = 1;\n// @mcalc x : vector(n); f = x'*x; grad(f, x)\nconst after = 'mine';\n";
const apply = (text: string): string => {
  const { analysis } = sourceOf('a.ts', text);
  const { module, codes } = generate(analysis, analysis.parts, 'typescript');
  return [...blockEdits(analysis, module, codes)].sort((a, b) => b.range.start - a.range.start).reduce((t, e) => t.slice(0, e.range.start) + e.text + t.slice(e.range.end), text);
};
const edited = (text: string): number => {
  const { analysis } = sourceOf('a.ts', text);
  return editedBlocks(analysis, generate(analysis, analysis.parts, 'typescript').codes).length;
};

test('what was written is not edited, with either kind of line break, and a second run changes nothing', () => {
  const made = apply(SOURCE);
  expect(blocksOf(made)).toHaveLength(2);
  expect(blocksOf(made).map((b) => b.edited)).toEqual([false, false]);
  expect(apply(made)).toBe(made);
  const windows = made.replace(/\n/g, '\r\n');
  expect(blocksOf(windows).map((b) => b.edited)).toEqual([false, false]);
  expect(edited(windows)).toBe(0);
});

test('an edit inside is seen, in the functions and in the kernels; one outside is none', () => {
  const made = apply(SOURCE);
  expect(edited(made.replace("'mine'", "'yours'"))).toBe(0);
  expect(edited(made.replace('2*x', '3*x'))).toBe(1);
  expect(edited(made.replace('kept from call to call', 'kept'))).toBe(made.includes('kept from call to call') ? 1 : 0);
  expect(edited(made.replace(/return out;/g, 'return out; // ours'))).toBe(2);
});

test('a block written before there were hashes is taken as unedited', () => {
  const made = apply(SOURCE).replace(/(#region mcalc (?:kernels|[0-9a-z]{7}))\.[0-9a-f]{8}/g, '$1').replace('2*x', '3*x');
  expect(blocksOf(made).map((b) => b.edited)).toEqual([false, false]);
});

test('whole files: module and tests', () => {
  const { analysis } = sourceOf('q.mcalc', "x : vector(n)\nf = x'*x\ngrad(f, x)\n");
  for (const target of ['typescript', 'javascript', 'typescript-wasm', 'mathjs', 'ml-matrix', 'numpy'] as const) {
    const file = moduleFile(analysis, 'q.mcalc', target);
    const texts = [file.text, ...(file.module.functions.some((f) => f.returns.type === 'Float64Array') ? [moduleTests(file, 'q', 'vitest', target) ?? ''] : [])];
    for (const text of texts) {
      expect(isGenerated(text), target).toBe(true);
      expect(isEdited(text), target).toBe(false);
      expect(isEdited(text.replace(/\n/g, '\r\n')), target).toBe(false);
      expect(isEdited(text.replace('return', 'return 0 *')) || isEdited(text.replace('test(', 'test (')), target).toBe(true);
    }
  }
  expect(isEdited('// mine\n')).toBe(false);
  expect(isGenerated('// mine\n')).toBe(false);
});

test('the hash tells texts apart', () => expect(regionHash('a')).not.toBe(regionHash('b')));

const METHOD = "export class Model {\n  /** @mcalc x : vector(n); f = x'*x; grad(f, x) */\n  fit(data = { a: '}' }) {\n    // @mcalc y : vector(n); g = sum(exp(y)); grad(g, y)\n    return `${[data].map((d) => { return d; })}`;\n  }\n}\n\nexport const after = 1;\n";
const regionsOf = (text: string): readonly string[] => blocksOf(text).map((b) => text.slice(b.mark.start, b.mark.end).replace(/^.* generated from |^.* shared by .*/, ''));

test('comments inside a class get their code below it, in their order; a second run changes nothing', () => {
  const made = apply(METHOD);
  expect(made.startsWith(METHOD.slice(0, METHOD.indexOf('\n\nexport const after')))).toBe(true);
  expect(regionsOf(made)).toEqual(['the comment above', 'comment 2 above', '']);
  const [first, second] = blocksOf(made);
  expect(made.slice(METHOD.indexOf('\n}\n') + 3, first!.range.start)).toBe('');
  expect(made.slice(first!.range.start, first!.range.end)).toContain('export function gradientFByX(');
  expect(made.slice(second!.range.start, second!.range.end)).toContain('export function gradientGByY(');
  expect(made.indexOf('export const after')).toBeGreaterThan(second!.range.end);
  expect(apply(made)).toBe(made);
  expect(edited(made)).toBe(0);
  expect(edited(made.replace('sum(', 'sum (').replace("export function gradientGByY(", "export function  gradientGByY("))).toBe(1);
});
test('a changed formula renews its own block', () => {
  const made = apply(METHOD);
  const changed = apply(made.replace('sum(exp(y))', 'sum(sin(y))'));
  expect(regionsOf(changed)).toEqual(regionsOf(made));
  expect(changed).toContain('Math.cos(');
  expect(changed).not.toContain('Math.exp(');
  expect(apply(changed)).toBe(changed);
});
test('the second comment first, the first one later: each block is its own comment\'s', () => {
  const { analysis } = sourceOf('a.ts', METHOD);
  const second = generate(analysis, analysis.parts.slice(1), 'typescript');
  const alone = [...blockEdits(analysis, second.module, second.codes)].sort((a, b) => b.range.start - a.range.start).reduce((t, e) => t.slice(0, e.range.start) + e.text + t.slice(e.range.end), METHOD);
  expect(regionsOf(alone)).toEqual(['comment 2 above', '']);
  expect(apply(alone)).toBe(apply(METHOD));
});
test.each([
  ['an arrow function', "const f = (a) => {\n  // @mcalc x : vector(n); f = x'*x; grad(f, x)\n  return a;\n};\nlet b;\n", '};\n'],
  ['a branch with an else', "if (a) {\n  // @mcalc x : vector(n); f = x'*x; grad(f, x)\n}\nelse {\n  b();\n}\nlet c;\n", '  b();\n}\n'],
  ['a chain of calls', "run(() => {\n  // @mcalc x : vector(n); f = x'*x; grad(f, x)\n})\n  .then(go)\nlet c;\n", '.then(go)\n'],
  ['a call at the end of the file', "describe('x', () => {\n  // @mcalc x : vector(n); f = x'*x; grad(f, x)\n});", '});'],
  ['a comment at the start of a line within a function', "function f() {\n// @mcalc x : vector(n); f = x'*x; grad(f, x)\n}\nlet c;\n", '\n}\n'],
  ['a comment that is only indented', "  // @mcalc x : vector(n); f = x'*x; grad(f, x)\nlet c;\n", 'grad(f, x)\n'],
])('below %s', (_, text, before) => {
  const made = apply(text);
  const at = made.indexOf('// #region mcalc');
  expect(made.slice(0, at).trimEnd().endsWith(before.trimEnd())).toBe(true);
  expect(made.replace(/\/\/ #region mcalc[^]*?\/\/ #endregion mcalc\n?/g, '').replace(/\s+/g, ' ').trim()).toBe(text.replace(/\s+/g, ' ').trim());
  expect(apply(made)).toBe(made);
});
