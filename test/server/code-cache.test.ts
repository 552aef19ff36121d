/** Scripts from V8's code cache: the same exports with one, without, and with every kind of broken one. */
import { createHash } from 'node:crypto';
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { beforeEach, describe, expect, test } from 'vitest';
import { openScripts, type Scripts } from '../../server/code-cache';
import { startProcess } from './process';

// V8 also remembers what this very process has compiled.
setFlagsFromString('--no-compilation-cache');
const builtin = createRequire(import.meta.url);
let folder: string;
let cache: string;
let script: string;

const open = (): Scripts => openScripts(cache, 'test', path.join(folder, 'start.js'), (id) => builtin(id));
const value = (scripts: Scripts): unknown => (scripts.load(script) as { readonly value: () => unknown }).value();
const only = (): string => {
  const files = readdirSync(cache).filter((name) => name.startsWith('test-main.js'));
  expect(files.length).toBe(1);
  return path.join(cache, files[0] ?? '');
};
/** What a cache holds: a digest, then V8's bytes. */
const sealed = (data: Buffer): Buffer => Buffer.concat([createHash('sha256').update(data).digest(), data]);

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'mcalc-code-'));
  cache = path.join(folder, 'cache/code');
  script = path.join(folder, 'main.js');
  writeFileSync(path.join(folder, 'other.js'), "exports.part = () => 'a';");
  writeFileSync(script, "const { sep } = require('node:path'); const { part } = require('./other.js'); exports.value = () => part() + sep + __filename.slice(-8);");
});

/** The value with whatever lies in the folder, and whether the main script was taken from there. */
function again(): { readonly value: unknown; readonly cached: boolean } {
  const scripts = open();
  return { value: value(scripts), cached: scripts.cached().includes(script) };
}
const VALUE = 'a/start.js';

describe('a cache', () => {
  beforeEach(() => {
    const first = open();
    expect(value(first)).toBe(VALUE);
    expect(first.cached()).toEqual([]);
    first.keep();
  });

  test('changes nothing', () => expect(again()).toEqual({ value: VALUE, cached: true }));

  test.each([
    ['cut off', (bytes: Buffer) => bytes.subarray(0, bytes.length / 2)],
    ['empty', () => Buffer.alloc(0)],
    ['with one bit changed', (bytes: Buffer) => { bytes[bytes.length - 9] = (bytes[bytes.length - 9] ?? 0) ^ 1; return bytes; }],
    ['of anything else', () => Buffer.from('x'.repeat(5000))],
    ['of another version of V8', (bytes: Buffer) => { const data = Buffer.from(bytes.subarray(32)); data.writeUInt32LE(data.readUInt32LE(4) ^ 0xffff, 4); return sealed(data); }],
    ['that is whole, and no code', () => sealed(Buffer.from('x'.repeat(5000)))],
  ])('%s is not used', (_, spoil) => {
    const file = only();
    writeFileSync(file, spoil(readFileSync(file)));
    expect(again()).toEqual({ value: VALUE, cached: false });
  });

  test('of a text as long as before, but another one, is not used; of many versions the newest stay', () => {
    const text = readFileSync(script, 'utf8');
    const first = only();
    const versions = [7, 6, 5, 4];
    for (const [i, n] of versions.entries()) {
      // A minute goes by.
      for (const name of readdirSync(cache)) utimesSync(path.join(cache, name), new Date(), new Date(statSync(path.join(cache, name)).mtimeMs - 60_000));
      writeFileSync(script, text.replace('slice(-8)', `slice(-${n})`));
      const changed = open();
      expect(value(changed)).toBe(`a/${'start.js'.slice(-n)}`.replace('a//', 'a/'));
      expect(changed.cached()).not.toContain(script);
      changed.keep();
      expect(open().lacking().length).toBe(0);
      expect(existsSync(first)).toBe(i < 2);
      expect(readdirSync(cache).filter((name) => name.startsWith('test-main.js')).length).toBe(Math.min(i + 2, 3));
    }
    // Two versions side by side start from theirs.
    for (const n of [5, 4]) {
      writeFileSync(script, text.replace('slice(-8)', `slice(-${n})`));
      expect(again().cached).toBe(true);
    }
  });

  test.runIf(process.getuid?.() === 0)('that somebody else has written is not used', () => {
    chownSync(only(), 12345, 12345);
    expect(again()).toEqual({ value: VALUE, cached: false });
  });

  test('that cannot be read is not used', () => {
    const file = only();
    rmSync(file);
    mkdirSync(file);
    expect(again()).toEqual({ value: VALUE, cached: false });
  });
});

test.each([undefined, ''])('without a folder (%j) none is kept', (none) => {
  const scripts = openScripts(none, 'test', script, (id) => builtin(id));
  expect(value(scripts)).toBe('a//main.js');
  scripts.keep();
  expect(scripts.lacking()).toEqual([]);
  expect(existsSync(cache)).toBe(false);
});

test('a folder that cannot be made or written to does no harm', () => {
  mkdirSync(path.dirname(cache));
  writeFileSync(cache, 'a file');
  const scripts = open();
  expect(value(scripts)).toBe(VALUE);
  scripts.keep();
  expect(again()).toEqual({ value: VALUE, cached: false });
  rmSync(cache);
  mkdirSync(cache);
  chmodSync(cache, 0o500);
  open().keep();
  expect(value(open())).toBe(VALUE);
});

test('the server starts with a folder of broken caches, and mends them', { timeout: 60_000 }, async () => {
  const own = path.join(folder, 'server');
  const session = async (isKept: () => boolean): Promise<void> => {
    const server = await startProcess([], { MCALC_CODE_CACHE: own });
    try {
      await server.peer.start({}, { colorTheme: 'dark', typesetHover: true });
      await server.peer.open('file:///c.mcalc', "x : vector(n)\nf = x'*x\ngrad(f, x)\n");
      const hover = await server.peer.request<{ contents: { value: string } }>('textDocument/hover', { textDocument: { uri: 'file:///c.mcalc' }, position: { line: 2, character: 1 } });
      expect(hover.contents.value).toContain('2*x');
      await expect.poll(isKept, { timeout: 20_000 }).toBe(true);
    } finally {
      server.stop();
    }
  };
  await session(() => existsSync(own) && ['server', 'thread'].every((role) => readdirSync(own).some((name) => name.startsWith(`${role}-language-server.js@`) && name.endsWith('.v8'))));
  const files = readdirSync(own).filter((name) => name.endsWith('.v8'));
  for (const name of files) writeFileSync(path.join(own, name), 'broken');
  await session(() => files.every((name) => readFileSync(path.join(own, name)).length > 100));
});
