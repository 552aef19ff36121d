/** Each construct of the language, read to its shapes; the table of docs/language.md is made of these rows. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { format } from '../../core/syntax/format';
import { parse } from '../../core/syntax/parse';
import { errors, requests, shapes } from '../algebra/resolve-reading';

const rows = JSON.parse(readFileSync(path.resolve(import.meta.dirname, 'constructs.json'), 'utf8')) as readonly (readonly [construct: string, text: string, reads: string])[];

test.each(rows)('%s', (_, text, reads) => {
  expect(errors(text)).toEqual([]);
  expect([shapes(text), requests(text)].filter((s) => s !== '').join('; ')).toBe(reads);
  const formatted = format(parse(text));
  expect(errors(formatted)).toEqual([]);
  expect(shapes(formatted)).toBe(shapes(text));
});
