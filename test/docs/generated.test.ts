/** What the documentation takes from the product is what the product says now: `node scripts/docs.mjs` brings it up to date. */
import { expect, test } from 'vitest';
import { buildCli, generatedPages, runSession, sessions, tables } from '../../scripts/docs.mjs';
import { PAGES, textOf } from './fences';

const STALE = 'stale: run node scripts/docs.mjs';
const product = await tables();
const written = generatedPages(product);

test.each(Object.keys(written))('%s is up to date', (page) => expect(textOf(page) === written[page], STALE).toBe(true));
test('every operator has its place, and every one that has a derivative its differential', () => {
  const page = textOf('docs/operators.md');
  const sections = new Map(page.split(/^### /m).slice(1).map((s) => [/^`+ ?(.*?) ?`+(?: \((\w+)\))?\n/.exec(s), s] as const).map(([head, s]) => [head?.[2] ?? head?.[1] ?? '', s]));
  expect(sections.size).toBe(product.operators.length);
  const silent = product.operators.filter((o) => o.family !== 'constant' && o.family !== 'calculus')
    .filter((o) => !/^- Differential: /m.test(sections.get(o.spellings[0] ?? '') ?? sections.get(o.name) ?? '')).map((o) => o.name);
  expect(silent).toEqual([]);
});
test('every code has its place', () => {
  const page = textOf('docs/diagnostics.md');
  expect(product.CODES.filter((c) => !page.includes(`\n### ${c.code}\n`)).map((c) => c.code)).toEqual([]);
});

/** Figures at the level of rounding may differ from machine to machine. */
const withoutRounding = (lines: readonly string[]): string => lines.join('\n').replace(/\d(\.\d+)?e[+-]\d+/g, '#').replace(/\d+ digits/g, '# digits');
const shown = PAGES.flatMap((page) => sessions(textOf(page)).map((s) => [`${page}: ${s.commands[0]?.line ?? ''}`, s] as const));

test('there are sessions', () => expect(shown.length).toBeGreaterThan(8));
test('the sessions of the documentation print what stands there', async () => {
  const { cli, remove } = await buildCli();
  for (const [name, session] of shown) {
    const ran = runSession(cli, session.commands);
    session.commands.forEach((c, i) => expect(withoutRounding(ran[i]?.output ?? []), `${name}: ${c.line} (${STALE})`).toBe(withoutRounding(c.output)));
  }
  remove();
}, 240_000);
