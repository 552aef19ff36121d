/** Which inputs a function still reads once a result is written: those must not share memory with it. */

const OPAQUE = /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|\/\/.*$/gmu;
const WORD = /[\p{ID_Start}$_][\p{ID_Continue}$]*/gu;
const wordsOf = (line: string): readonly string[] => line.replace(OPAQUE, '').match(WORD) ?? [];

/**
 * Of `inputs`, those that stand in the statement in which `result` is first named, or behind it.
 * A loop is one statement: what it reads is read again while it writes.
 */
export function readLate(lines: readonly string[], result: string, inputs: readonly string[]): readonly string[] {
  let start = 0;
  let first = -1;
  lines.forEach((line, k) => {
    if (/^[^\s}]/u.test(line)) start = k;
    if (first < 0 && wordsOf(line).includes(result)) first = start;
  });
  const read = new Set(first < 0 ? [] : lines.slice(first).flatMap(wordsOf));
  return inputs.filter((x) => read.has(x));
}
