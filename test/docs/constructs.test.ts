/** The language reference names tests that exist: each file that it links to, each row of its table, and what the tests are called. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const root = path.resolve(import.meta.dirname, '../..');
const page = readFileSync(path.join(root, 'docs/language.md'), 'utf8');
const section = page.slice(page.indexOf('## Every construct'));
const rows = JSON.parse(readFileSync(path.join(root, 'test/syntax/constructs.json'), 'utf8')) as readonly (readonly [string, string, string])[];

test('each construct of the table is the name of a test, and each test stands in the table', () => {
  const named = [...section.matchAll(/^\| (.+?) \| `/gm)].map((m) => m[1]?.replaceAll('\\|', '|'));
  expect(named).toEqual(rows.map(([construct]) => construct));
  expect(new Set(named).size).toBe(rows.length);
  expect(rows.length).toBeGreaterThan(50);
  expect(readFileSync(path.join(root, 'test/syntax/constructs.test.ts'), 'utf8')).toContain("test.each(rows)('%s'");
});
test('the test files that it names exist', () => {
  const files = [...section.matchAll(/\]\(\.\.\/(test\/[^)]+)\)/g)].map((m) => m[1] ?? '');
  expect(files.length).toBeGreaterThan(4);
  for (const file of files) expect([file, existsSync(path.join(root, file))]).toEqual([file, true]);
});
test('every word of the table of statements and expressions has a row', () => {
  const all = rows.map(([construct, text]) => `${construct} ${text}`).join('\n');
  for (const word of ['dim', 'check', 'assume', 'set', '∈', '->', '∂', '∇', '⊗', '⊕', '⊙', './', '\\', '.^', '^-T', '⁻¹', 'ᵀ', '.T', 'I(n)', 'ones', 'zeros', 'e(1)', 'E(1, 2)', 'delta', 'pi', '[A, B;', 'X[:, 1]', 'sum(', 'Σ', '‖', 'grad', 'jacobian', 'hessian', 'diff', 'hvp', 'vjp', ':', '#', '//', ';']) expect([word, all.includes(word)]).toEqual([word, true]);
});
