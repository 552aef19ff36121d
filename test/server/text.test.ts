import { describe, expect, test } from 'vitest';
import { applyChanges, findLines, offsetAt, positionAt, textDocument } from '../../server/text';

const open = (text: string) => textDocument('file:///a.mcalc', 'mcalc', 1, text);

/** A small generator with a fixed seed, so that a failure repeats. */
function dice(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

describe('lines', () => {
  test.each([
    ['', [0]], ['a', [0]], ['a\n', [0, 2]], ['a\r\nb', [0, 3]], ['a\rb', [0, 2]], ['\r\r\n\n', [0, 1, 3, 4]], ['\n\r', [0, 1, 2]],
  ])('%j', (text, starts) => expect(findLines(text)).toEqual(starts));
});

describe('positions', () => {
  const document = open('ab\r\n😀c\rd\n');
  test.each([
    [0, 0, 0], [0, 2, 2], [0, 9, 2], [1, 0, 4], [1, 1, 5], [1, 2, 6], [1, 3, 7], [1, 4, 7], [2, 0, 8], [2, 1, 9], [3, 0, 10], [9, 9, 10],
  ])('line %i character %i is offset %i', (line, character, offset) => expect(offsetAt(document, { line, character })).toBe(offset));

  test.each([NaN, -1, -Infinity, Infinity, 1.5])('%d as line and character stays inside', (n) => {
    const offset = offsetAt(document, { line: n, character: n });
    expect(offset).toBeGreaterThanOrEqual(0);
    expect(offset).toBeLessThanOrEqual(document.text.length);
  });

  test('every offset outside a line break comes back', () => {
    for (let offset = 0; offset <= document.text.length; offset++) {
      if (offset === 3) continue;
      expect(offsetAt(document, positionAt(document, offset))).toBe(offset);
    }
    expect(positionAt(document, 3)).toEqual({ line: 0, character: 2 });
  });
});

describe('edits', () => {
  test('a carriage return and a line feed that meet are one line break', () => {
    const joined = applyChanges(open('a\rX\nb'), [{ range: { start: { line: 1, character: 0 }, end: { line: 1, character: 1 } }, text: '' }], 2);
    expect(joined.text).toBe('a\r\nb');
    expect(joined.lineStarts).toEqual([0, 3]);
    expect(joined.version).toBe(2);
  });

  test('a range whose ends are swapped is taken the right way round', () => {
    const edited = applyChanges(open('abcd'), [{ range: { start: { line: 0, character: 3 }, end: { line: 0, character: 1 } }, text: '-' }], 2);
    expect(edited.text).toBe('a-d');
  });

  test('20000 random edits leave the same document as opening the resulting text', () => {
    const pick = dice(7);
    const pieces = ['a', '\n', '\r', '\r\n', '😀', '\ud83d', '\ude00', 'X = ', "'", ''];
    let document = open('x : scalar\r\nf = x\r');
    let model = document.text;
    for (let round = 0; round < 20000; round++) {
      const changes = [];
      for (let k = pick(3); k >= 0; k--) {
        const at = applyChanges(document, changes, 0);
        const start = positionAt(at, pick(at.text.length + 1));
        const end = positionAt(at, Math.min(at.text.length, offsetAt(at, start) + pick(4)));
        const text = (pieces[pick(pieces.length)] ?? '') + (pieces[pick(pieces.length)] ?? '');
        const i = offsetAt(at, start);
        const j = offsetAt(at, end);
        model = i <= j ? model.slice(0, i) + text + model.slice(j) : model.slice(0, j) + text + model.slice(i);
        changes.push({ range: { start, end }, text });
      }
      document = applyChanges(document, changes, round);
      if (document.text !== model) throw new Error(`round ${round}: ${JSON.stringify(document.text)} is not ${JSON.stringify(model)}`);
      if (round % 50 === 0) expect(document.lineStarts).toEqual(open(model).lineStarts);
      if (model.length > 400) {
        document = applyChanges(document, [{ text: 'r\r\n' }], round);
        model = 'r\r\n';
      }
    }
  });
});
