/** Small files with names that say what they are, and a first line that says what they are for. */
import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { filesBelow, productFiles, root, textOf } from './sources';

const LONGEST = 400;
const BANNED = /(^|[/_-])(utils?|helpers?|common|misc|stuff)(\.|\/|$|[_-])/i;

const isGenerated = (file: string): boolean => /\b(generated|written) by scripts\//i.test(textOf(file).slice(0, 300));

/** Tables of data: rows, not logic. */
const isTable = (file: string): boolean => isGenerated(file) || /(^|\/)(codes|operators[a-z-]*|differentials|identities|signs|symbols|templates)(\/|\.ts$)/.test(file) || file.startsWith('core/numeric/kernels/');

const ROOMS = ['core', 'server', 'client', 'cli', 'test', 'bench', 'scripts', 'examples', 'docs', 'media', 'syntaxes', 'assembly'];
const everything = ROOMS.flatMap(filesBelow);
const sources = everything.filter((file) => /\.(ts|mjs|mts)$/.test(file));

describe('files', () => {
  test('stand in a room: nothing that a command left behind', () => {
    const folders = readdirSync(root, { withFileTypes: true }).filter((entry) => entry.isDirectory() && !entry.name.startsWith('.')).map((entry) => entry.name);
    expect(folders.filter((name) => !ROOMS.includes(name) && !['node_modules', 'dist', 'out', 'coverage'].includes(name))).toEqual([]);
  });
  test('are no longer than 400 lines, tables of data excepted', () => {
    const long = sources.filter((file) => !isTable(file)).map((file) => [file, textOf(file).trimEnd().split('\n').length] as const).filter(([, lines]) => lines > LONGEST);
    expect(long.map(([file, lines]) => `${file}: ${lines} lines`)).toEqual([]);
  });
  test('bear names that say what they are', () => {
    expect(everything.filter((file) => BANNED.test(file))).toEqual([]);
    expect(['core/utils/x.ts', 'core/string-helpers.ts', 'a/common.ts'].every((file) => BANNED.test(file))).toBe(true);
    expect(['core/algebra/term.ts', 'core/ide/commonality.ts'].some((file) => BANNED.test(file))).toBe(false);
  });
  test('say in their first line what they are for', () => {
    // A test file's path says it: test/<room>/<subject>.test.ts.
    const silent = sources.filter((file) => !file.endsWith('.test.ts')).filter((file) => !/^(#!.*\n)?\s*(\/\*\*|\/\/|\/\*)/.test(textOf(file)));
    expect(silent).toEqual([]);
  });
  test('leave nothing for later', () => {
    const marker = new RegExp(`\\b(${['TO', 'DO'].join('')}|${['FIX', 'ME'].join('')}|${['X', 'XX'].join('')})\\b`);
    expect(sources.filter((file) => marker.test(textOf(file)))).toEqual([]);
  });
  test('skip no test', () => {
    const skipped = new RegExp(`\\b(test|it|describe|suite)\\.(${['sk', 'ip'].join('')}|only|todo)\\b`);
    expect(sources.filter((file) => file.startsWith('test/')).filter((file) => skipped.test(textOf(file)))).toEqual([]);
  });
  test('product sources use no escape hatch of the compiler', () => {
    const hatch = /@ts-(ignore|nocheck|expect-error)|eslint-disable(?!-next-line)/;
    expect(productFiles.filter((file) => hatch.test(textOf(file)))).toEqual([]);
  });
});
