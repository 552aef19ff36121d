/** A budget of the text fuzzer on every test run, and everything that it ever found. The long run is `npm run fuzz -- --parser`. */
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { programFaults } from './program-faults';
import { randomProgram } from './programs';
import { randomFrom } from './random';
import { textFaults } from './text-faults';
import { textInputs } from './text-inputs';
import { exampleTexts, failureTexts } from './texts';

const root = path.resolve(import.meta.dirname, '../..');
const inputs = textInputs(exampleTexts(root));
const RANDOM = 250;
const ENUMERATED = 150;

test('prefixes and deletions of the examples, some of them', () => {
  const step = Math.floor(inputs.enumerated / ENUMERATED);
  for (let i = 0; i < inputs.enumerated; i += step) expect([inputs.at(i).text, textFaults(inputs.at(i).text)]).toEqual([inputs.at(i).text, []]);
});
test('bytes, words and mutations', () => {
  for (let i = inputs.enumerated; i < inputs.enumerated + RANDOM; i++) expect([inputs.at(i).text, textFaults(inputs.at(i).text)]).toEqual([inputs.at(i).text, []]);
});
test('well-formed programs are read as they were printed, and formatted without loss', () => {
  for (let i = 0; i < 150; i++) {
    const program = randomProgram(randomFrom(i));
    expect([program.text, programFaults(program)]).toEqual([program.text, []]);
  }
});
test('a program that is read otherwise is noticed', () => {
  const program = randomProgram(randomFrom(5));
  expect(programFaults({ ...program, trees: [...program.trees].reverse() })).not.toEqual([]);
  expect(programFaults({ ...program, comments: [...program.comments, '# lost'] })).not.toEqual([]);
});
describe('what was found', () => {
  test.each(failureTexts(root).map((f) => [f.file, f.text] as const))('%s', (_, text) => expect(textFaults(text)).toEqual([]));
});
