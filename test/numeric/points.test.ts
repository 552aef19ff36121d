/** Drawn points: declared structure to the last digit, relations between sizes, reproducible. */
import { expect, test } from 'vitest';
import { resolve } from '../../core/algebra/resolve';
import type { StructureWord } from '../../core/algebra/program';
import { drawDirection, drawPoints, randomFrom, sizesToTry, violation, type Draw, type Point } from '../../core/numeric/points';
import { parse } from '../../core/syntax/parse';

const draw = (text: string, seed = 1, count = 2): Draw => {
  const p = resolve(parse(text));
  return drawPoints(p, { seed, count, names: [...p.variables.keys()], accept: () => undefined });
};
const first = (text: string, name = 'X', seed = 1): Point => {
  const point = draw(text, seed).points[0]?.values.get(name);
  if (!point) throw new Error(text);
  return point;
};
const number = (p: Point, i: number, j: number): number => Number(p.data[i * p.cols + j]);
/** XᵀX − I, largest entry. */
const gramGap = (p: Point): number => {
  let worst = 0;
  for (let i = 0; i < p.cols; i++) for (let j = 0; j < p.cols; j++) {
    let s = i === j ? -1 : 0;
    for (let k = 0; k < p.rows; k++) s += number(p, k, i) * number(p, k, j);
    worst = Math.max(worst, Math.abs(s));
  }
  return worst;
};
const leadingMinorsPositive = (p: Point): boolean => {
  const L: number[][] = [];
  for (let i = 0; i < p.rows; i++) {
    L.push([]);
    for (let j = 0; j <= i; j++) {
      let s = number(p, i, j);
      for (let k = 0; k < j; k++) s -= (L[i]?.[k] ?? 0) * (L[j]?.[k] ?? 0);
      if (i === j && s <= 0) return false;
      (L[i] ?? []).push(i === j ? Math.sqrt(s) : s / (L[j]?.[j] ?? 1));
    }
  }
  return true;
};

const words: readonly (readonly StructureWord[])[] = [
  ['symmetric'], ['skew'], ['diagonal'], ['tridiagonal'], ['lower'], ['upper'], ['posdef'], ['possemidef'], ['positive'], ['nonnegative'],
  ['symmetric', 'positive'], ['lower', 'invertible'], ['tridiagonal', 'symmetric'], ['diagonal', 'posdef'], ['tridiagonal', 'posdef'],
];
test.each(words.map((w) => [w.join(' '), w] as const))('%s', (text, list) => {
  for (const seed of [1, 2, 3]) {
    const p = first(`X : matrix(n, n) ${text}`, 'X', seed);
    expect(violation(p, new Set(list))).toBeUndefined();
    if (list.includes('posdef')) expect(leadingMinorsPositive(p)).toBe(true);
    const V = drawDirection(p, new Set(list), randomFrom(seed));
    const linear = list.filter((w) => w !== 'positive' && w !== 'nonnegative' && w !== 'posdef' && w !== 'possemidef');
    expect(violation(V, new Set(list.includes('posdef') || list.includes('possemidef') ? [...linear, 'symmetric'] : linear))).toBeUndefined();
    expect(V.data.some((x) => x !== '0')).toBe(true);
  }
});
test.each([['X : matrix(n, n) orthogonal'], ["dim m >= n\nX : matrix(m, n)\nassume X'*X == I"], ['X : vector(n)\nassume norm(X) == 1'], ["X : vector(n)\nassume X'*X == 1"]])('orthonormal: %s', (text) => {
  for (const seed of [1, 2, 3, 4]) expect(gramGap(first(text, 'X', seed))).toBeLessThan(1e-14);
});
test('a rotation is not its own transpose', () => {
  const p = first('X : matrix(n, n) orthogonal');
  expect(number(p, 0, 1)).not.toBe(number(p, 1, 0));
});
test('a probability vector sums to 1', () => {
  const p = first('X : vector(n)\nassume sum(X) == 1');
  expect(p.data.reduce((s, x) => s + Number(x), 0)).toBeCloseTo(1, 14);
});
test('values are short', () => {
  expect(first('X : matrix(m, n)').data.every((x) => /^-?\d\.\d{1,2}$|^-?\d$/.test(x))).toBe(true);
});
test('the same seed gives the same points, another one others', () => {
  const text = 'X : matrix(m, n)\nS : matrix(n, n) posdef';
  expect(draw(text, 7)).toEqual(draw(text, 7));
  expect(draw(text, 7)).not.toEqual(draw(text, 8));
});
const relations: readonly (readonly [string, (s: Readonly<Record<string, number>>) => boolean])[] = [
  ['dim m >= n\nX : matrix(m, n)', (s) => (s['m'] ?? 0) > (s['n'] ?? 0)], ['dim n >= m\nX : matrix(m, n)', (s) => (s['n'] ?? 0) > (s['m'] ?? 0)],
  ['dim m = 6, n = 3\nX : matrix(m, n)', (s) => s['m'] === 6 && s['n'] === 3], ['dim m = 2*n\nX : matrix(m, n)', (s) => s['m'] === 2 * (s['n'] ?? 0)],
  ['X : matrix(m, n)\nY : matrix(p, q)', (s) => new Set(Object.values(s)).size === 4], ['X : matrix(n - 1, n)', (s) => (s['n'] ?? 0) > 1],
];
test.each(relations)('sizes: %s', (text, ok) => {
  const { points } = draw(text);
  expect(points.length).toBe(2);
  for (const p of points) {
    const s = Object.fromEntries(p.sizes);
    expect([s, ok(s)]).toEqual([s, true]);
    expect(Object.values(s).every((x) => x > 1)).toBe(true);
  }
});
test('two points have different sizes where they may', () => {
  const [a, b] = draw('X : matrix(m, n)').points;
  expect(a?.sizes).not.toEqual(b?.sizes);
});
test('a point that is always turned down ends with its reason', () => {
  const p = resolve(parse('x : scalar'));
  const turned = drawPoints(p, { seed: 1, count: 2, names: ['x'], accept: () => ({ reason: 'never' }) });
  expect(turned).toEqual({ points: [], reason: 'never' });
});
test('sizes that no relation allows', () => {
  expect(sizesToTry(resolve(parse('dim m >= 20\nX : matrix(m, n)')), 1)).toEqual([]);
});

test('variables that stand as indices are whole numbers within what they count', () => {
  const text = "X : matrix(m, n)\nx : vector(n)\ni, j, k, l, c : scalar\nX[i, j] + x[k + 1] + c\ne(l, n)'*x*delta(k, 2)";
  const seen = new Set<number>();
  for (let seed = 1; seed <= 20; seed++) for (const { sizes, values } of draw(text, seed).points) {
    const of = (name: string): number => Number(values.get(name)?.data[0]);
    for (const [name, most] of [['i', 'm'], ['j', 'n'], ['k', 'n'], ['l', 'n']] as const) {
      expect(Number.isInteger(of(name))).toBe(true);
      expect(of(name)).toBeGreaterThanOrEqual(1);
      expect(of(name)).toBeLessThanOrEqual(sizes.get(most) ?? 0);
    }
    seen.add(of('i'));
    expect(Number.isInteger(of('c'))).toBe(false);
  }
  expect(seen.size).toBeGreaterThan(2);
});
