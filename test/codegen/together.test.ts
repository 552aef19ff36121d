/** Value and derivatives at once: the same numbers as one by one, less work, offered where it pays. */
import { expect, test } from 'vitest';
import { sourceOf } from '../../cli/files';
import { generate } from '../../core/ide/generate';
import { load, typeErrors } from './harness';

const moduleOf = (text: string, target: 'typescript' | 'javascript' | 'typescript-wasm' = 'typescript'): ReturnType<typeof generate>['module'] => {
  const { analysis } = sourceOf('a.mcalc', text);
  return generate(analysis, analysis.parts, target).module;
};
const LOGISTIC = 'X : matrix(m, n); y : vector(m)\nf(w) = sum(softplus(-y .* (X*w)))\n';
const X = Float64Array.of(1, 2, -1, 0.5, 3, 0.25), y = Float64Array.of(1, -1, 1), w = Float64Array.of(0.3, -0.2);
const flops = (text: string): string => /About ([^.]*) flops\.\s[^]*One by one they take about ([^.]*) flops/.exec(text.replace(/\n \* /g, ' '))?.slice(1, 3).join(' | ') ?? '';

test('a gradient shares the residual with its value', () => {
  const module = moduleOf(`${LOGISTIC}grad(f, w)`);
  expect(module.together).toEqual([expect.objectContaining({ name: 'valueAndGradientFByW', of: 'f', wrt: 'w', kinds: ['value', 'gradient'] })]);
  expect(module.functions.map((f) => f.kind)).toEqual(['value', 'gradient', 'jvp', 'vjp']);
  const text = module.texts.get('valueAndGradientFByW')!;
  expect(text.match(/matVec\(X, w/g)).toHaveLength(1);
  expect(text).toContain('out?: { gradient?: Float64Array },\n): { value: number; gradient: Float64Array } {');
  expect(flops(text)).toBe('4*m*n + 37*m | 6*m*n + 37*m');
  expect(typeErrors({ 'code.ts': module.text })).toEqual([]);
});
test('value, gradient and Hessian: one product with X, one sigmoid, one slope', () => {
  const module = moduleOf(`${LOGISTIC}hessian(f, w)`);
  const text = module.texts.get('valueGradientAndHessianFByW')!;
  expect(module.together[0]?.kinds).toEqual(['value', 'gradient', 'hessian']);
  expect(text.match(/\! \* sigmoid\(/g)).toHaveLength(1);
  expect(text.match(/\* sigmoidSlope\(y\[/g)).toHaveLength(1);
  expect(text.match(/matVec\(X, w/g)).toHaveLength(1);
  expect(typeErrors({ 'code.ts': module.text })).toEqual([]);
});
test.each(['typescript', 'javascript', 'typescript-wasm'] as const)('the numbers are those of the parts, %s', (target) => {
  const code = load(moduleOf(`${LOGISTIC}hessian(f, w)`, target).text) as unknown as Readonly<Record<string, (...args: unknown[]) => never>>;
  const all = code['valueGradientAndHessianFByW']!(X, y, w) as { value: number; gradient: Float64Array; hessian: Float64Array };
  expect(all.value).toBeCloseTo(code['f']!(X, y, w), 14);
  for (const [made, apart] of [[all.gradient, code['gradientFByW']!(X, y, w)], [all.hessian, code['hessianFByW']!(X, y, w)]] as [Float64Array, Float64Array][]) apart.forEach((x, i) => expect(made[i]).toBeCloseTo(x, 14));
  const gradient = new Float64Array(2);
  const again = code['valueGradientAndHessianFByW']!(X, y, w, { gradient }) as typeof all;
  expect(again.gradient).toBe(gradient);
  expect([...gradient]).toEqual([...all.gradient]);
  expect(again.hessian).not.toBe(all.hessian);
  expect(() => code['valueGradientAndHessianFByW']!(X, y, w, { gradient: w })).toThrow('out must not be an input, nor share memory with one');
});
test.each([
  ["S : matrix(n, n) posdef; x : vector(n)\nf = logdet(S) + x'*inv(S)*x\ngrad(f, S)", 'cholesky', 1],
  ["D : matrix(n, n) symmetric; y : vector(n); s, l, v : scalar positive\nK = s*exp(-D/(2*l^2)) + v*I\nf = (logdet(K) + y'*inv(K)*y)/2\ngrad(f, l)", 'symmetricFactor', 1],
  ['A : matrix(n, n) symmetric\nl = eigmax(A)\ngrad(l, A)', 'eigSym', 1],
] as const)('one decomposition: %s', (text, kernel, count) => {
  const module = moduleOf(text);
  const [made] = module.together;
  expect(module.texts.get(made!.name)!.match(new RegExp(`\\b${kernel}\\(`, 'g'))).toHaveLength(count);
  expect(typeErrors({ 'code.ts': module.text })).toEqual([]);
});
test('the leading vector of an inverse has the sign of its own decomposition', () => {
  const code = load(moduleOf("A : matrix(n, n); y : vector(n)\nh = svdu1(inv(A))'*y\ngrad(h, y)").text) as unknown as Readonly<Record<string, (...args: unknown[]) => number>>;
  const A = Float64Array.of(0.83, 1.21, 1.3, -0.53), inverse = code['h']!, y = Float64Array.of(-1.17, -0.34);
  const direct = load(moduleOf("B : matrix(n, n); y : vector(n)\nh = svdu1(B)'*y\ngrad(h, y)").text) as unknown as typeof code;
  const [a, b, c, d] = A as unknown as [number, number, number, number];
  const det = a * d - b * c;
  expect(inverse(A, y)).toBeCloseTo(direct['h']!(Float64Array.of(d / det, -b / det, -c / det, a / det), y), 12);
});
test('a gradient that is an input is copied, never given away', () => {
  const module = moduleOf("c, x : vector(n); A : matrix(n, n)\nf = norm(A*c)^2*(c'*x)\ngrad(f, x)");
  const [made] = module.together;
  if (made) {
    const c = Float64Array.of(1, 2), code = load(module.text) as unknown as Readonly<Record<string, (...args: unknown[]) => { gradient: Float64Array }>>;
    expect(code[made.name]!(c, Float64Array.of(3, 4), Float64Array.of(1, 0, 0, 1)).gradient).not.toBe(c);
  }
  expect(typeErrors({ 'code.ts': module.text })).toEqual([]);
});
test('value, gradient and the Hessian times a direction: one product with X for the residual', () => {
  const module = moduleOf(`${LOGISTIC}hessian(f, w)`);
  expect(module.together.map((f) => f.kinds)).toEqual([['value', 'gradient', 'hessian'], ['value', 'gradient', 'hvp']]);
  const text = module.texts.get('valueGradientAndHvpFByW')!;
  expect(flops(text)).toBe('8*m*n + 55*m | 12*m*n + 55*m');
  expect(text.match(/matVec\(X, w/g)).toHaveLength(1);
  expect(module.together[1]?.parameters.map((p) => p.role)).toEqual(['input', 'input', 'input', 'direction']);
});
const POLAR = 'dim m >= n\nX : matrix(m, n)\nF = polar(X)\njacobian(F, X)';
test.each([['valueAndJvpFByX', 'jvpFByX'], ['valueAndVjpFByX', 'vjpFByX']])('an array with its derivative: one decomposition, %s', (name, part) => {
  const module = moduleOf(POLAR);
  expect(module.texts.get(name)!.match(/\beigSym\(/g)).toHaveLength(1);
  expect(typeErrors({ 'code.ts': module.text })).toEqual([]);
  const code = load(module.text) as unknown as Readonly<Record<string, (...args: unknown[]) => Float64Array & Record<string, Float64Array>>>;
  const [V, dims] = [Float64Array.of(0.5, -1, 2, 0.25, 1, 0.75), { m: 3, n: 2 }];
  const all = code[name]!(X, V, dims);
  const close = (a: Float64Array | undefined, b: Float64Array): void => { expect(a).toHaveLength(b.length); b.forEach((x, i) => expect(a?.[i]).toBeCloseTo(x, 13)); };
  close(all['value'], code['F']!(X, dims));
  close(all[part.slice(0, 3)], code[part]!(X, V, dims));
  const out = { value: new Float64Array(6) };
  expect(code[name]!(X, V, dims, out)['value']).toBe(out.value);
  expect(() => code[name]!(X, V, dims, { value: V })).toThrow('out must not be an input, nor share memory with one');
});
test('nothing where nothing is shared', () => {
  for (const text of ["a, x : vector(n)\nf = a'*x\ngrad(f, x)", "X : matrix(m, n)\nF = X*X'\njacobian(F, X)"]) expect(moduleOf(text).together).toEqual([]);
});

const flat = (x: number | Float64Array | undefined): number[] => (typeof x === 'number' ? [x] : [...(x ?? [])]);
test.each([
  ['a vector by a vector: one product, one sigmoid less', 'X : matrix(m, n); y : vector(m)\nr(w) = sigmoid(X*w) - y\njacobian(r, w)', 'valueAndJacobianRByW', ['matVec'], { X: [1, 2, -1, 0.5, 3, 0.25], y: [1, -1, 1], w: [0.3, -0.2] }],
  ['a matrix by a matrix, entry by entry: one product', "A : matrix(n, n); X : matrix(n, k)\nF = tanh(A*X)*X'\njacobian(F, X)", 'valueAndJacobianFByX', ['multiply'], { A: [1, 2, -1, 0.5, 3, 0.25, 1, -2, 0.5], X: [0.1, 0.4, -0.3, 0.2, 0.5, 0.6] }],
  ['rows stacked', "set vec = row\nA : matrix(n, n); X : matrix(n, k)\nF = tanh(A*X)*X'\njacobian(F, X)", 'valueAndJacobianFByX', ['multiply'], { A: [1, 2, -1, 0.5, 3, 0.25, 1, -2, 0.5], X: [0.1, 0.4, -0.3, 0.2, 0.5, 0.6] }],
  ['in blocks: one decomposition', `dim m >= n\nX : matrix(m, n)\nF = polar(X)\njacobian(F, X)`, 'valueAndJacobianFByX', ['eigSym'], { X: [1, 2, -1, 0.5, 3, 0.25] }],
  ['a Hessian by a matrix: one factor, one exp', "A : matrix(n, n); X : matrix(n, k)\ng = log(det(X'*X)) + sum(exp(A*X))\nhessian(g, X)", 'valueGradientAndHessianGByX', ['cholesky', 'Math\\.exp'], { A: [1, 2, -1, 0.5, 3, 0.25, 1, -2, 0.5], X: [0.1, 0.4, -0.3, 0.2, 0.5, 0.6] }],
  ['an array by a number: one product', 'A : matrix(n, n); t : scalar; X : matrix(n, k)\nF = exp(t*(A*X))\njacobian(F, t)', 'valueAndGradientFByT', ['multiply'], { A: [1, 2, -1, 0.5, 3, 0.25, 1, -2, 0.5], X: [0.1, 0.4, -0.3, 0.2, 0.5, 0.6], t: 0.7 }],
  ['a second derivative by a number', "S : matrix(n, n) posdef; y : vector(n); t : scalar\nf = y'*inv(S + t^2*I)*y\nhessian(f, t)", 'valueGradientAndHessianFByT', ['cholesky'], { S: [2, 1, 1, 3], y: [1, -2], t: 0.5 }],
] as const)('with its full derivative, %s', (_, text, name, once, point) => {
  const module = moduleOf(text);
  const made = module.together.find((f) => f.name === name);
  expect(module.together.map((f) => f.name)).toContain(name);
  for (const kernel of once) expect(module.texts.get(name)!.match(new RegExp(`\\b${kernel}\\(`, 'g')), kernel).toHaveLength(1);
  expect(typeErrors({ 'code.ts': module.text })).toEqual([]);
  for (const target of ['typescript', 'javascript', 'typescript-wasm'] as const) {
    const code = load(moduleOf(text, target).text) as unknown as Readonly<Record<string, (...args: unknown[]) => Readonly<Record<string, number | Float64Array>> & (number | Float64Array)>>;
    const given: Readonly<Record<string, unknown>> = { ...Object.fromEntries(Object.entries(point).map(([k, v]) => [k, typeof v === 'number' ? v : Float64Array.from(v as readonly number[])])), dims: { m: 3, n: 2 } };
    const args = made!.parameters.filter((p) => p.role !== 'out').map((p) => given[p.name]);
    const all = code[name]!(...args);
    for (const kind of made!.kinds) {
      const part = module.functions.find((f) => f.kind === kind)!;
      const want = flat(code[part.name]!(...args) as number | Float64Array), got = flat(all[kind]);
      expect(got).toHaveLength(want.length);
      want.forEach((x, i) => expect(got[i], `${target}, ${kind}, entry ${i + 1}`).toBeCloseTo(x, 12));
      if (typeof all[kind] !== 'number') expect(code[name]!(...args, { [kind]: new Float64Array(want.length).fill(NaN) })[kind]).toEqual(all[kind]);
    }
  }
});
