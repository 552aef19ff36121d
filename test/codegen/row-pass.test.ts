/** X'*f(X*w) reads X once, and only where nothing else needs what is between. */
import { expect, test } from 'vitest';
import { generateModule } from '../../core/codegen/generate';
import { load, prepare, random } from './harness';

const HEAD = 'X : matrix(m, n)\ny : vector(m)\nlambda : scalar positive\nw : vector(n)\n';
const code = (request: string): string => generateModule(prepare(`${HEAD}${request}`).map((p) => p.input), { target: 'javascript' }).text;
const body = (text: string, name: string): string => new RegExp(`export function ${name}\\([\\s\\S]*?\\n\\}\\n`).exec(text)?.[0] ?? '';

test.each([
  ['f = sum(softplus(-y .* (X*w)))\ngrad(f, w)', 'gradientFByW'], ['f = sum(softplus(-y .* (X*w))) + lambda*w\'*w\ngrad(f, w)', 'gradientFByW'],
  ['f = norm(X*w - y)^2\ngrad(f, w)', 'gradientFByW'], ['f = sum(softplus(-y .* (X*w)))\nhessian(f, w)', 'hvpFByW'], ["f = X'*tanh(X*w)\njacobian(f, w)", 'f'],
])('%s', (request, name) => {
  const text = body(code(request), name);
  expect(text).toMatch(/rowPass\(X, [wV], out, m, n, \((t, i|t)\) => /);
  expect(text).not.toMatch(/matVecT/);
  // A product with second derivatives needs Xw for its weights.
  expect(text.match(/matVec/g)?.length ?? 0).toBe(name.startsWith('hvp') ? 1 : 0);
});
test('what is needed twice is an array', () => {
  const text = code('f = sum(softplus(-y .* (X*w)))\ngrad(f, w)');
  expect(body(text, 'valueAndGradientFByW')).not.toMatch(/rowPass/);
  expect(body(text, 'f')).not.toMatch(/rowPass/);
});
test('the same numbers as in two passes, for every number of rows', () => {
  const next = random(3);
  const f = load(code('f = sum(softplus(-y .* (X*w))) + lambda*w\'*w\ngrad(f, w)')) as unknown as Record<string, (...a: unknown[]) => Float64Array>;
  for (let m = 1; m < 10; m++) {
    const n = 3;
    const [X, y, w] = [m * n, m, n].map((length) => Float64Array.from({ length }, next)) as [Float64Array, Float64Array, Float64Array];
    const r = Array.from(y, (yi, i) => -yi / (1 + Math.exp(yi * [0, 1, 2].reduce((s, j) => s + X[i * n + j]! * w[j]!, 0))));
    const want = Array.from(w, (wj, j) => r.reduce((s, ri, i) => s + ri * X[i * n + j]!, 2 * 0.7 * wj));
    const got = f.gradientFByW!(X, y, 0.7, w, new Float64Array(n).fill(NaN));
    got.forEach((x, j) => expect(Math.abs(x - want[j]!)).toBeLessThan(1e-14));
  }
});
