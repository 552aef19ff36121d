/** Imports run one way: rooms by the table, no cycles, and a core that knows nothing of the world outside. */
import { describe, expect, test } from 'vitest';
import { ROOMS, roomOf, SHARED_FILES } from './rooms';
import { importsOf, productFiles, propertyReads, type Import } from './sources';

const imports: ReadonlyMap<string, readonly Import[]> = new Map(productFiles.map((file) => [file, importsOf(file)]));

/** What is wrong with one import, or undefined. */
function objection({ from, specifier, to }: Import): string | undefined {
  const room = roomOf(from);
  if (!room) return `${from} stands in no room`;
  if (to === undefined) return room.packages.some((allowed) => allowed.test(specifier)) ? undefined : `${from} imports the package ${specifier}`;
  const target = roomOf(to);
  if (!target) return to === 'package.json' && room.folder !== 'core' && !room.folder.startsWith('core/') ? undefined : `${from} imports ${to}, which is in no room`;
  const allowed = target === room || room.mayImport.includes(target.folder) || SHARED_FILES[to]?.includes(room.folder);
  return allowed ? undefined : `${from} (${room.folder}) imports ${to} (${target.folder})`;
}

/** One cycle of runtime imports, or undefined. */
function cycle(graph: ReadonlyMap<string, readonly string[]>): readonly string[] | undefined {
  const done = new Set<string>();
  const path: string[] = [];
  const walk = (file: string): readonly string[] | undefined => {
    if (done.has(file)) return undefined;
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file];
    path.push(file);
    for (const next of graph.get(file) ?? []) {
      const found = walk(next);
      if (found) return found;
    }
    path.pop();
    done.add(file);
    return undefined;
  };
  for (const file of graph.keys()) {
    const found = walk(file);
    if (found) return found;
  }
  return undefined;
}

describe('rooms', () => {
  for (const room of ROOMS) {
    test(`${room.folder} imports only what its row allows`, () => {
      const own = productFiles.filter((file) => roomOf(file) === room).flatMap((file) => imports.get(file) ?? []);
      expect(own.map(objection).filter((text) => text !== undefined)).toEqual([]);
    });
  }
  test('an upward import is seen', () => {
    const bad = importsOf('core/syntax/tree.ts', "import { x } from '../algebra/term';\nimport fs from 'node:fs';\nconst m = await import('vscode');");
    expect(bad.map(objection)).toEqual([
      'core/syntax/tree.ts (core/syntax) imports core/algebra/term.ts (core/algebra)',
      'core/syntax/tree.ts imports the package node:fs',
      'core/syntax/tree.ts imports the package vscode',
    ]);
  });
});

describe('cycles', () => {
  test('no file imports itself through others', () => {
    const graph = new Map([...imports].map(([file, all]) => [file, all.flatMap((one) => one.isType || one.to === undefined ? [] : [one.to])]));
    expect(cycle(graph)).toBeUndefined();
  });
  test('a cycle is seen', () => {
    expect(cycle(new Map([['a', ['b']], ['b', ['c']], ['c', ['b']]]))).toEqual(['b', 'c', 'b']);
  });
});

describe('single importers', () => {
  const importers = (name: RegExp): readonly string[] => productFiles.filter((file) => imports.get(file)?.some((one) => !one.isType && name.test(one.specifier)));
  test('mathjs is imported by one file, an oracle', () => {
    const files = importers(/^mathjs/);
    expect(files.length).toBeLessThanOrEqual(1);
    expect(files.filter((file) => !file.startsWith('core/verify/oracle'))).toEqual([]);
  });
  test('MathJax is imported by one file', () => {
    expect(importers(/^mathjax-full/).length).toBeLessThanOrEqual(1);
  });
  test('vscode is the client\'s alone', () => {
    expect(importers(/^vscode$/).filter((file) => !file.startsWith('client/'))).toEqual([]);
  });
});

describe('core is pure', () => {
  const impure = ['Math.random', 'Date.now', 'new Date', 'performance.now', 'crypto.getRandomValues', 'crypto.randomUUID', 'process.env', 'process.hrtime', 'setTimeout()', 'setInterval()', 'setImmediate()', 'fetch()', 'eval()'];
  test('no clock, no chance, no environment', () => {
    const core = productFiles.filter((file) => file.startsWith('core/'));
    const found = core.flatMap((file) => {
      const reads = propertyReads(file);
      return impure.filter((name) => reads.has(name)).map((name) => `${file} uses ${name}`);
    });
    expect(found).toEqual([]);
  });
  test('they would be seen', () => {
    expect([...propertyReads('core/x.ts', 'const a = Math.random(); const b = new Date(); setTimeout(f, 1);')])
      .toEqual(expect.arrayContaining(['Math.random', 'new Date', 'setTimeout()']));
  });
});
