/** Generated regions: inserted, updated in place, refused where edited; what stands outside is kept to the byte. */
import { expect, test } from 'vitest';
import { regionHash, regionsOf, regionState, updateRegion } from '../../core/codegen/regions';

const FILE = 'const before = 1;\n// @mcalc f = x\'*x; grad(f, x)\nconst after = "\\u2028";\n';

test('inserted at a place, then found current', () => {
  const at = FILE.indexOf('const after');
  const { text, changed, refused } = updateRegion(FILE, 'f', 'export const f = 1;\n', at);
  expect({ changed, refused }).toEqual({ changed: true, refused: false });
  expect(text.startsWith(FILE.slice(0, at))).toBe(true);
  expect(text.endsWith(FILE.slice(at))).toBe(true);
  expect(regionState(text, 'f', 'export const f = 1;')).toBe('current');
  expect(regionState(text, 'f', 'export const f = 2;')).toBe('stale');
  expect(regionState(text, 'g', '')).toBe('missing');
  expect(updateRegion(text, 'f', 'export const f = 1;').changed).toBe(false);
});

test('updated in place, and nothing else', () => {
  const first = updateRegion(FILE, 'f', 'one', 18).text;
  const second = updateRegion(first, 'f', 'two\nlines').text;
  expect(second.replace(/\/\/ <mcalc[\s\S]*?<\/mcalc>\n/, '')).toBe(FILE);
  expect(regionsOf(second).map((r) => [r.name, r.content, r.edited])).toEqual([['f', 'two\nlines\n', false]]);
});

test('an edited region is refused, unless forced', () => {
  const made = updateRegion(FILE, 'f', 'generated').text.replace('generated', 'mine');
  expect(regionState(made, 'f', 'new')).toBe('edited');
  expect(updateRegion(made, 'f', 'new')).toEqual({ text: made, changed: false, refused: true });
  expect(updateRegion(made, 'f', 'new', undefined, true).text).toContain('\nnew\n');
});

test('line breaks of Windows are kept and are no edit', () => {
  const made = updateRegion(FILE.replace(/\n/g, '\r\n'), 'f', 'a\nb').text;
  expect(made).toContain('\r\na\r\nb\r\n// </mcalc>');
  expect(regionState(made, 'f', 'a\nb')).toBe('current');
  expect(regionState(made.replace(/\r\n/g, '\n'), 'f', 'a\nb')).toBe('current');
});

test('broken marks are left alone', () => {
  for (const text of ['// <mcalc f 00000000>\nno end', '// </mcalc>\n', '// <mcalc>\n// </mcalc>', '']) expect(regionsOf(text)).toEqual([]);
  expect(regionHash('a')).not.toBe(regionHash('b'));
});
