/** Values files as people get them wrong: each is refused with the name of what is wrong. */
import { describe, expect, test } from 'vitest';
import { arrayOf, readValues } from '../../cli/values';
import { Stop } from '../../cli/exit';

function refusal(text: string): { readonly message: string; readonly exitCode: number } {
  try {
    for (const [name, given] of Object.entries(readValues('v.json', text))) if (name !== 'dims') arrayOf(name, given);
  } catch (error) {
    if (error instanceof Stop) return { message: error.message, exitCode: error.exitCode };
    throw error;
  }
  return { message: 'taken', exitCode: 0 };
}

describe('values files', () => {
  test.each([
    ['{"X": [[1, 2], [3, 4]], "dims": {"m": 2}}', 'taken', 0], ['{"X": 1e308}', 'taken', 0], ['{"X": 5e-324}', 'taken', 0],
    ['', 'not JSON', 2], ['{"X": [1,]}', 'not JSON', 2], ['{"X": 0x10}', 'not JSON', 2], ['{"X": NaN}', 'NaN and Infinity', 1], ['{"X": [-Infinity]}', 'NaN and Infinity', 1],
    ['[1]', 'JSON object', 1], ['3', 'JSON object', 1], ['{"X": 1, "X": 2}', 'X is given twice', 1], ['{"X": 1e999}', 'finite', 1], ['{"X": [1, "2"]}', 'entry (2, 1) is "2"', 1],
    ['{"X": [1, null]}', 'entry (2, 1) is null', 1], ['{"X": []}', 'empty', 1], ['{"X": [[]]}', 'empty', 1], ['{"X": [[1, 2], [3]]}', 'different lengths', 1],
    ['{"X": {"shape": [2, 2], "data": [1, 2, 3]}}', '3 numbers for the shape 2×2', 1], ['{"X": {"shape": [2], "data": [1, 2]}}', '[rows, columns]', 1], ['{"X": {"shape": [-1, -2], "data": [1, 2]}}', 'empty', 1],
    ['{"X": {"shape": ["2", 1], "data": [1, 2]}}', '[rows, columns]', 1], ['{"X": true}', 'expected a number', 1], ['{"X": {"__proto__": 1}}', 'expected a number', 1], ['{"__proto__": "x"}', 'expected a number', 1],
  ])('%s', (text, message, exitCode) => {
    const got = refusal(text);
    expect(got.message).toContain(message);
    expect(got.exitCode).toBe(exitCode);
  });
});
