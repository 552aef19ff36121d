/** Links, pictures and files that the documentation names are there, and it names nothing private. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { PAGES, root, textOf } from './fences';

const slug = (heading: string): string => heading.toLowerCase().replace(/[^\p{L}\p{N} _-]/gu, '').trim().replace(/ /g, '-');
const anchors = (page: string): readonly string[] => [...textOf(page).matchAll(/^#+ (.*)$/gm)].map((m) => slug(m[1] ?? ''));
const prose = (page: string): string => textOf(page).replace(/^```[\s\S]*?^```$/gm, '').replace(/`[^`\n]*`/g, '');

test.each(PAGES)('%s: its links lead somewhere', (page) => {
  const links = [...prose(page).matchAll(/\]\(([^)\s]+)\)|src="([^"]+)"/g)].map((m) => m[1] ?? m[2] ?? '').filter((l) => !/^(https?|mailto):/.test(l));
  const broken = links.filter((link) => {
    const [file = '', anchor] = link.split('#');
    const target = file === '' ? page : path.posix.join(path.posix.dirname(page), file);
    return !existsSync(path.join(root, target)) || (anchor !== undefined && target.endsWith('.md') && !anchors(target).includes(anchor));
  });
  expect(broken).toEqual([]);
});

test.each(PAGES)('%s: the files of the tree that it names are there', (page) => {
  const named = [...textOf(page).matchAll(/`((?:core|server|client|cli|test|scripts|docs|examples|media|syntaxes|bench)\/[\w./-]+)`/g)].map((m) => m[1] ?? '');
  expect([...new Set(named)].filter((file) => !existsSync(path.join(root, file)))).toEqual([]);
});

test.each(PAGES)('%s names nothing outside the repository', (page) => expect(textOf(page)).not.toMatch(/\.\.\/shared|\/work\//));

test('a broken link would be noticed', () => {
  expect(slug('Structured variables')).toBe('structured-variables');
  expect(anchors('docs/operators.md')).toContain('arithmetic');
});
