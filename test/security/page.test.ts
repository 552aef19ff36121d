/** The threat model names tests that are there. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { root, textOf } from '../architecture/sources';
import { FOUND } from '../soak/found';

const rows = textOf('docs/security.md').split('## Threats')[1]?.split('##')[0]?.split('\n').filter((line) => line.startsWith('| ') && !line.startsWith('| ---')).slice(1) ?? [];
const testsIn = (text: string): readonly string[] => [...text.matchAll(/`(test\/[\w./-]+)`/g)].map((found) => found[1] ?? '');

test('there are threats', () => expect(rows.length).toBeGreaterThan(10));
test.each(rows)('%s', (row) => {
  const tests = testsIn(row);
  expect(tests.length).toBeGreaterThan(0);
  expect(tests.filter((file) => !existsSync(path.join(root, file)))).toEqual([]);
});
test.each(FOUND.map((one) => [one.what, one.held] as const))('%s: is held by a test that is there', (_, held) => {
  expect(testsIn(held).length).toBeGreaterThan(0);
  expect(testsIn(held).filter((file) => !existsSync(path.join(root, file)))).toEqual([]);
});
