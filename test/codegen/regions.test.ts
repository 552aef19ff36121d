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
