/** Arguments that stand as indices: whole numbers within their range, whatever the target; anything else is an error, not another entry. */
import { describe, expect, test } from 'vitest';
import { generateModule } from '../../core/codegen/generate';
import { load, requested } from './harness';
import { inPython, type PythonArgument } from './python';

const TEXT = "A : matrix(p, m)\nX : matrix(m, n)\nx : vector(n)\nk : scalar\nF = A*X*X'*A'\n∂F/∂X[i, j]\nf = x[k + 1]*x[k] + k\nf";
const A = [1, 2, 3, 4, 5, 6];
const X = [1, 0, 2, 1, 3, 1, 1, 1, 2, 0, 5, 4];
// A*(E*X' + X*E')*A' for E = E(3, 4), by numpy.
const BASIS = [90, 189, 189, 396];

describe('typescript', () => {
  const code = load(generateModule(requested(TEXT)).text);
  const entry = (i: number, j: number): unknown => code['line6']!(Float64Array.from(A), Float64Array.from(X), i, j, { p: 2, m: 3, n: 4 });
  test('the value', () => {
    expect([...entry(3, 4) as Float64Array]).toEqual(BASIS);
    expect(code['f']!(Float64Array.of(1, 2, 3, 4), 3)).toBe(15);
  });
  test.each([[0, 1, 'i is 0, expected a whole number from 1 to 3'], [4, 1, 'i is 4, expected a whole number from 1 to 3'], [1, 5, 'j is 5, expected a whole number from 1 to 4'], [1.5, 1, 'i is 1.5,'], [NaN, 1, 'i is NaN,']])('i = %d, j = %d', (i, j, message) => {
    expect(() => entry(i, j)).toThrow(message);
  });
  test('an index with something added', () => {
    expect(() => code['f']!(Float64Array.of(1, 2, 3, 4), 4)).toThrow('k + 1 is 5, expected a whole number from 1 to 4');
    expect(() => code['f']!(Float64Array.of(1, 2, 3, 4), 0)).toThrow('k is 0, expected a whole number from 1 to 4');
  });
});

test('numpy', () => {
  const scalar = (x: number): PythonArgument => ({ shape: [1, 1], data: [x], scalar: true, vector: false });
  const vector: PythonArgument = { shape: [4, 1], data: [1, 2, 3, 4], scalar: false, vector: true };
  const calls = [
    { name: 'f', args: [vector, scalar(3)] }, { name: 'f', args: [vector, scalar(4)] }, { name: 'f', args: [vector, scalar(0)] }, { name: 'f', args: [vector, scalar(1.5)] },
  ];
  const [answers] = inPython([{ text: generateModule(requested(TEXT), { target: 'numpy' }).text, calls }]);
  expect(answers).toEqual([[15], expect.stringContaining('k + 1 is 5'), expect.stringContaining('k is 0'), expect.stringContaining('expected a whole number from 1 to 4')]);
});

test.each(['ml-matrix', 'mathjs', 'javascript', 'typescript-wasm'] as const)('%s checks them too', (target) => {
  const { text } = generateModule(requested(TEXT), { target });
  for (const guard of ["expectIndex('i', i, m)", "expectIndex('j', j, n)", "expectIndex('k', k, n)", "expectIndex('k + 1', k + 1, n)"]) expect(text).toContain(guard);
});
