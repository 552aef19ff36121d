import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { regions, toHost, toVirtual } from '../../core/syntax/regions';
import { PATIENCE, runs } from './seed';

const texts = (host: string, language: string): readonly string[] => regions(host, language).map((r) => r.text);

describe('comments', () => {
  const cases: readonly (readonly [string, readonly string[]])[] = [
    ['// @mcalc X : matrix(m, n); grad(f, X)\nconst a = 1;', ['X : matrix(m, n); grad(f, X)']],
    ['/**\n * @mcalc\n * W : matrix(n, k)\n * F = W * W\'\n */', ["\nW : matrix(n, k)\nF = W * W'\n"]],
    ['  /* @mcalc f = x */', ['f = x']],
    ['/* @mcalc\n   f = x\n   g = y\n*/', ['\n   f = x\n   g = y\n'.replace(/^ {3}/gm, '')]],
    ['// @mcalc\n// x : vector(n)\n//   f = x\n// @mcalc y : scalar', ['\nx : vector(n)\n  f = x', 'y : scalar']],
    ['// @mcalc f = x\n// another comment', ['f = x']],
    ['// see @mcalc\n// @mcalculus\n/* about @mcalc */', []],
    ['const s = "// @mcalc f = x"; const t = \'/* @mcalc */\'; `// @mcalc ${"// @mcalc"}`', []],
    ['const r = /[/]* @mcalc/; // @mcalc f = x', ['f = x']],
    ['`${ { a: 1 } }`; /* @mcalc g = 1 */ a / b / c // @mcalc h = 2', ['g = 1', 'h = 2']],
    ['/* @mcalc f = x', ['f = x']],
    ['// @mcalc', ['']],
    ['// @mcalc f = x\r\n/** @mcalc\r\n * g = y\r\n */', ['f = x', '\ng = y\n']],
    ["const don = 't; // @mcalc f = x\n// @mcalc g = 1", ['g = 1']],
  ];
  test.each(cases)('%j', (host, wanted) => expect(texts(host, 'typescript')).toEqual(wanted));

  const elements: readonly (readonly [string, readonly string[]])[] = [
    ['const e = <p title="// @mcalc no">// @mcalc no, it\'s text {/* @mcalc f = x */} it\'s</p>; // @mcalc g = y', ['f = x', 'g = y']],
    ['return <><a x={1}/>`{`${ /* @mcalc f = x */ 1 }`}// @mcalc no</>\n// @mcalc g = y', ['f = x', 'g = y']],
    ['const e = <A.B c={() => { return <i>// @mcalc no</i>; /* @mcalc f = x */ }} /* @mcalc h = 1 */>"</A.B> // @mcalc g = y', ['f = x', 'h = 1', 'g = y']],
    ['const id = <T,>(x: T) => x; // @mcalc f = x', ['f = x']],
    ['const id = <T extends U>(x: T) => x; // @mcalc f = x', ['f = x']],
    ['type F = <T>(x: T) => T; // @mcalc f = x', ['f = x']],
    ['if (a < b && c > d) {} // @mcalc f = x', ['f = x']],
    ['const e = <br/>; // @mcalc f = x', ['f = x']],
    ['const e = <p>// @mcalc never closed', ['never closed']],
  ];
  test.each(elements)('elements: %j', (host, wanted) => {
    expect(texts(host, 'typescriptreact')).toEqual(wanted);
    expect(texts(host, 'javascript')).toEqual(wanted);
  });
  test('in .ts there are no elements', () => expect(texts('const e = <p>x; // @mcalc f = x\nconst r = "</p>";', 'typescript')).toEqual(['f = x']));
  test('many tags that are never closed are read in linear time', () => {
    const host = Array.from({ length: 30_000 }, (_, i) => `x = <a${i}>;`).join('');
    expect(texts(`${host}// @mcalc f = x`, 'typescriptreact')).toEqual(['f = x']);
  });
});

describe('fences', () => {
  const cases: readonly (readonly [string, readonly string[]])[] = [
    ['# t\n```mcalc\nf = x\ng = y\n```\ntext', ['f = x\ng = y']],
    ['~~~mcalc title\nf = x\n~~~', ['f = x']],
    ['```ts\n```\n```mcalc\nf\n```', ['f']],
    ['````md\n```mcalc\nno\n```\n````', []],
    ['- item\n  ```mcalc\n  f = x\n    g\n  ```', ['f = x\n  g']],
    ['> ```mcalc\n> f = x\n> ```', ['f = x']],
    ['```mcalc\nf = x', ['f = x']],
    ['```mcalc\n```', ['']],
    ['```\nmcalc\n```', []],
    ['- ```mcalc\n  f = x\n    g\n  ```\n10. ```mcalc\n    h = y\n    ```', ['f = x\n  g', 'h = y']],
    ['<!--\n```mcalc\nno\n```\n-->\n<!-- one line -->\n```mcalc\nf = x\n```', ['f = x']],
    ['```mcalc\n<!-- in a fence: nothing is hidden\n```', ['<!-- in a fence: nothing is hidden']],
  ];
  test.each(cases)('%j', (host, wanted) => expect(texts(host, 'markdown')).toEqual(wanted));
});

test('a file is one region; other languages have none', () => {
  expect(texts('f = x\n', 'mcalc')).toEqual(['f = x\n']);
  expect(texts('# @mcalc f = x', 'python')).toEqual([]);
});

const hosts = fc.array(fc.constantFrom('// @mcalc ', '/**', ' * ', '*/', '\n', '\r\n', '@mcalc', 'f = x', '"', '`', '${', '}', '/', "'", '```mcalc', '```', '> ', '  ', '<p>', '</p>', '<p x={', '<br/>', '{', '- ', '<!--', '-->'), { maxLength: 25 }).map((a) => a.join(''));
test('the offset map is exact both ways', () => {
  fc.assert(fc.property(hosts, fc.constantFrom('typescript', 'typescriptreact', 'markdown'), (host, language) => {
    for (const region of regions(host, language)) {
      for (let i = 0; i < region.text.length; i++) {
        const there = toHost(region, i);
        if (region.text[i] !== '\n') expect(host[there]).toBe(region.text[i]);
        expect(toVirtual(region, there)).toBe(i);
      }
      expect(region.range.end).toBeLessThanOrEqual(host.length);
    }
  }), runs(1500));
}, PATIENCE);
