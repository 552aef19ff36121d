/** `∂F/∂X[i, j]`, and what people write for it elsewhere; names that were typed without spaces between them. */
import { describe, expect, test } from 'vitest';
import { apply, errors, found, program, requests, shapes } from './resolve-reading';

const D = "A : matrix(p, m); X : matrix(m, n); x, y : vector(n); t : scalar\nF = A*X*X'*A'; f = x'*x; g = X*x; M = t*A\n";
const last = (text: string): string => requests(D + text).split(', ').at(-1) ?? '';

describe('an index after a derivative', () => {
  test.each([
    ['∂F/∂X[1, 2]', 'diff F X: p×p'], ['∂F/∂X[i, j]', 'diff F X: p×p'], ['dF/dX[i,j]', 'diff F X: p×p'], ['∂g/∂x[r]', 'diff g x: m×1'], ['∂(X*x)/∂X[2, 1]', 'diff (X*x) X: m×1'],
    // Of a scalar the two readings are one.
    ['∂f/∂x[2]', 'value ∂f/∂x[2]: scalar'], ['∂f/∂x[r]', 'value ∂f/∂x[r]: scalar'], ['∂M/∂t[1, 2]', 'value ∂M/∂t[1, 2]: scalar'], ['∂f/∂x[1:2]', 'value ∂f/∂x[1:2]: 2×1'],
    ['(∂F/∂X)[1, 2]', 'value (∂F/∂X)[1, 2]: scalar'], ['(∂g/∂x)[:, 1]', 'value (∂g/∂x)[:, 1]: m×1'],
  ])('%s', (text, expected) => {
    expect(last(text)).toBe(expected.split(', ').at(-1));
    expect(errors(D + text)).toEqual([]);
  });
  test('indices that nobody declared are scalars', () => {
    expect(shapes(`${D}∂F/∂X[i, j]`)).toMatch(/^i scalar, j scalar, /);
  });
  test.each([
    ['∂g/∂x[1:2]', '3:1 MC1016 ∂g/∂x[1:2]', '(∂g/∂x)[1:2]'], ['∂F/∂X[:, 1]', '3:1 MC1016 ∂F/∂X[:, 1]', '(∂F/∂X)[:, 1]'], ['E = t; ∂F/∂X[1, 2]', '3:8 MC1016 ∂F/∂X[1, 2]', 'E = t; (∂F/∂X)[1, 2]'],
  ])('%s can be read in two ways', (text, where, mended) => {
    expect(found(D + text)).toEqual([where]);
    const [fix] = errors(D + text)[0]?.fixes ?? [];
    expect(fix && apply(D + text, fix)).toBe(D + mended);
  });
  test('one index is none of a matrix', () => {
    expect(errors(`${D}∂F/∂X[q]`).map((e) => e.message)).toEqual(['`X` is m×n: an entry of a matrix has two indices']);
  });
});

describe('spellings of a derivative by an entry', () => {
  test.each([
    ['∂F/∂X_ij', 'X_ij', '∂F/∂X[i, j]'], ['∂F/∂X_12', 'X_12', '∂F/∂X[1, 2]'], ['∂F/∂Xᵢⱼ', 'Xᵢⱼ', '∂F/∂X[i, j]'], ['∂g/∂x_3', 'x_3', '∂g/∂x[3]'],
    ['jacobian(F, X[1, 2])', 'X[1, 2]', 'diff(F, X, E(1, 2))'], ["grad(x'x, x[3])", 'x[3]', "diff(x'x, x, e(3))"],
  ])('%s', (text, where, mended) => {
    const [error, ...more] = errors(D + text);
    expect([error && (D + text).slice(error.range.start, error.range.end), more]).toEqual([where, []]);
    const [fix] = error?.fixes ?? [];
    const after = fix ? apply(D + text, fix) : '';
    expect(after).toBe(D + mended);
    expect(errors(after)).toEqual([]);
  });
});

describe('names without spaces between them', () => {
  test.each([
    ['AXX\'A\'', "A X X'A'"], ['txx\'', "t x x'"], ['AXx', 'A X x'], ['XTX', "X'X"], ['xTx', "x'x"], ['xTX', "x'X"], ['1/xTx', "1/(x'x)"], ['f = AX', 'f = A X'], ['∂(Xx)/∂x', '∂(X x)/∂x'], ['(AX)x', '(A X)x'],
    // One that is no product, and one that is a slip of the pen.
    ['AXq', undefined], ['XXy2', undefined],
  ])('%s', (text, mended) => {
    const declared = D.split('\n')[0] as string;
    const whole = `${declared}\n${text}`;
    const [error] = errors(whole);
    expect(error?.code).toBe('MC2001');
    const fix = error?.fixes?.find((x) => x.title.startsWith('Write'));
    expect(fix && apply(whole, fix)).toBe(mended === undefined ? undefined : `${declared}\n${mended}`);
    expect(error?.message.includes('spaces between them')).toBe(mended !== undefined);
  });
  test('a longer name comes before the shorter ones that it is made of', () => {
    const text = 'a, ab, b : scalar\nabb';
    expect(errors(text)[0]?.message).toContain('`ab b`');
  });
});

test('a name that nothing declares is told once, and withholds what it stands in', () => {
  expect(found("x : vector(n)\nx'*q\nq'*x\ng = q + x\ngrad(g'*x, x)")).toEqual(['4:5 MC2001 q']);
  expect(program("x : vector(n)\nx'*q\nq'*x").requests).toEqual([]);
});
