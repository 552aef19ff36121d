/** Nothing temporary is left behind: tests make theirs in the run's own folder (test/temporary.ts), the product makes none. */
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { productFiles, textOf } from './sources';

test('the tests\' temporary folders stand in one that is taken away after the run', () => {
  expect(path.basename(tmpdir())).toMatch(/^mcalc-tests-/);
});

test('the product makes no temporary folders', () => {
  const makesOne = /\b(tmpdir|mkdtemp(Sync)?)\b/;
  expect(makesOne.test('mkdtempSync(')).toBe(true);
  expect(productFiles.filter((file) => makesOne.test(textOf(file)))).toEqual([]);
});
