/** Every mcalc fence of the documentation parses and resolves; one that shows an error gives just the error that it names. */
import { expect, test } from 'vitest';
import { sourceOf, diagnosticsOf } from '../../cli/files';
import { fencesOf, PAGES, promised, type Fence } from './fences';

const fences = PAGES.flatMap((page) => fencesOf(page)).filter((f) => f.language === 'mcalc');
const found = (f: Fence): readonly string[] =>
  diagnosticsOf(sourceOf('fence.mcalc', f.text)).filter((d) => d.severity === 'error' || promised(f.text).includes(`${d.from.line} ${d.code}`)).map((d) => `${d.from.line} ${d.code}`);

test('there are fences to check', () => expect(fences.length).toBeGreaterThan(20));
test.each(fences.map((f) => [`${f.page}:${f.line}`, f] as const))('%s', (_, f) => expect([...new Set(found(f))]).toEqual([...new Set(promised(f.text))]));
test('a broken fence would be noticed', () => {
  const broken = { page: '', line: 1, language: 'mcalc', text: 'A : matrix(m, n)\nF = A * A\n' };
  expect(found(broken)).toEqual(['2 MC3001']);
  expect(promised('F = A * A  # MC3001: does not fit')).toEqual(['1 MC3001']);
});
