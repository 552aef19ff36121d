/** What ARCHITECTURE.md says of the tree is so: its table of rooms, and the oracle's independence. */
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { ROOMS } from '../architecture/rooms';
import { importsOf } from '../architecture/sources';
import { root, textOf } from './fences';

const rows = new Map([...textOf('ARCHITECTURE.md').matchAll(/^\| `(core\/\w+|server|client|cli)` \| .* \| (.*) \|$/gm)].map((m) => [m[1] ?? '', m[2] ?? '']));

test.each(ROOMS.filter((r) => r.folder.startsWith('core/') && r.folder !== 'core/ide').map((r) => [r.folder, r.mayImport] as const))('%s imports what the page says', (folder, mayImport) => {
  const words = (rows.get(folder) ?? 'no row').split(', ').filter((w) => w !== 'nothing');
  expect(words).toEqual(mayImport.map((r) => r.replace('core/', '')).sort());
});
test('every room has its row', () => expect([...rows.keys()].sort()).toEqual(ROOMS.map((r) => r.folder).filter((f) => f !== 'core').sort()));

test('every invariant names a test', () => {
  const invariants = /## Invariants\n([\s\S]*?)\n## /.exec(textOf('ARCHITECTURE.md'))?.[1]?.split('\n- ').slice(1) ?? [];
  expect(invariants.length).toBeGreaterThan(15);
  expect(invariants.filter((i) => !/`test\/[\w/-]+\.test\.(?:ts|mjs)`/.test(i))).toEqual([]);
});

test('the oracle shares nothing with the engine', () => {
  const files = readdirSync(path.join(root, 'core/verify')).filter((f) => f.startsWith('oracle')).map((f) => `core/verify/${f}`);
  const engine = /^core\/(calculus|simplify|notation|codegen|numeric\/kernels|numeric\/operators|algebra\/(graph|build|sum|product|chain|power|inline))/;
  const imported = files.flatMap((f) => importsOf(f)).filter((i) => !i.isType).map((i) => i.to ?? i.specifier);
  expect(files.length).toBeGreaterThan(5);
  expect(imported.filter((to) => engine.test(to))).toEqual([]);
  expect(engine.test('core/calculus/rules.ts')).toBe(true);
});
