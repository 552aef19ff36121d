/** The tests that come with generated code: they compile, pass on right code, and fail on wrong code. */
import ts from 'typescript';
import { expect, test } from 'vitest';
import { generateModule } from '../../core/codegen/generate';
import { testFile } from '../../core/codegen/test-file';
import type { Framework } from '../../core/codegen/test-options';
import { load, requested, typeErrors } from './harness';

const DOCUMENTS = [
  'X : matrix(m, n)\ny : vector(m)\nlambda : scalar positive\nf(w) = norm(X*w - y)^2 + lambda*w\'w\ngrad(f, w)',
  'dim m >= n\nX : matrix(m, n)\nF = X*(X\'*X)^(-1/2)\njacobian(F, X)',
  'S : matrix(n, n) posdef\nf = logdet(S)\nhessian(f, S)',
  'set vec = row\nW : matrix(n, k)\nF = W*W\'\njacobian(F, W)',
  'A : matrix(n, n)\nt : scalar\nF = expm(t*A)\ngrad(F, t)',
  'L : matrix(n, n) lower\nf = logdet(L) + normF(L)^2\ngrad(f, L)',
  "x : vector(m)\ny : vector(n)\nA : matrix(m, n)\nf = exp(x'*A*y)\nhessian(f, x, y)",
  "x : vector(m)\ny : vector(n)\nA : matrix(m, n)\nf = exp(x'*A*y)\nhessian(f, y, A)",
  't : scalar\nx : vector(n)\nf = t^3*sum(exp(t*x))\nhessian(f, t, x)',
  "t : scalar\nA, X : matrix(m, n)\nf = t^2*tr(X'*A)^2\nhessian(f, X, t)",
  "Q : matrix(n, n) orthogonal\nS : matrix(n, n) posdef\ny : vector(n)\nf = tr(Q'*S*Q*y*y')\nhessian(f, Q)",
  "Q : matrix(n, n) orthogonal\nS : matrix(n, n) posdef\ny : vector(n)\nf = tr(Q'*S*Q*y*y')\nhessian(f, S, Q)",
  'Q : matrix(n, n) orthogonal\nA : matrix(n, n)\nF = Q*A*Q\njacobian(F, Q)',
];
const runTests = (code: string, tests: string): { passed: number; failures: string[] } => {
  const functions = load(code);
  const js = ts.transpileModule(tests, { compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext } }).outputText.replace(/^import .*$/gm, '');
  const failures: string[] = [];
  let passed = 0;
  const run = (title: string, body: () => void): void => { try { body(); passed++; } catch (error) { failures.push(`${title}: ${String(error)}`); } };
  new Function('test', ...Object.keys(functions), js)(run, ...Object.values(functions));
  return { passed, failures };
};

for (const text of DOCUMENTS) {
  test(text.split('\n').slice(-2).join('; '), () => {
    const inputs = requested(text);
    const module = generateModule(inputs);
    const tests = testFile(inputs, module, { framework: 'vitest', module: './code' })!;
    const { passed, failures } = runTests(module.text, tests);
    expect(failures).toEqual([]);
    expect(passed).toBeGreaterThanOrEqual(2);
    const wrong = module.text.replace(/(export function (?:gradient|jacobian|jvp|hvp)[\s\S]*?)return out;/g, '$1out[0] += 0.01; return out;').replace(/(export function jvp\w+\([^}]*?\): number \{[\s\S]*?)return /g, '$10.01 + ').replace(/0\.01 \+ /g, 'return 0.01 + ');
    expect(runTests(wrong, tests).failures.length).toBeGreaterThan(0);
  });
}

test('each framework, typed and not', () => {
  const inputs = requested(DOCUMENTS[0]!);
  const module = generateModule(inputs);
  for (const framework of ['vitest', 'jest', 'mocha', 'node'] as Framework[]) {
    const text = testFile(inputs, module, { framework, module: './code' })!;
    expect(text).toMatch(/^import \{ (test|it as test) \} from '/);
    const plain = testFile(inputs, module, { framework, module: './code.js', target: 'javascript' })!;
    expect(plain).not.toMatch(/: number|: string|: Float64Array|: void/);
  }
  const body = testFile(inputs, module, { framework: 'node', module: './code' })!.replace(/^import .*$/gm, '');
  expect(typeErrors({ 'one.ts': `${module.text}\n${body.replace(/^(function dot\()/gm, 'function dot2(').replace(/\bdot\((?=list|M)/g, 'dot2(')}\ndeclare function test(title: string, body: () => void): void;` })).toEqual([]);
});

test('the functions of a mixed Hessian say by what they differentiate', () => {
  const module = generateModule(requested("x : vector(m)\ny : vector(n)\nA : matrix(m, n)\nf = x'*A*y\nhessian(f, x, y)"));
  expect(module.functions.map((f) => [f.name, f.wrt])).toEqual([['f', null], ['gradientFByX', 'x'], ['hessianFByXAndY', 'x,y'], ['hvpFByXAndY', 'x,y']]);
  const python = generateModule(requested("x : vector(m)\ny : vector(n)\nA : matrix(m, n)\nf = x'*A*y\nhessian(f, x, y)"), { target: 'numpy' });
  expect(python.functions.map((f) => f.name)).toEqual(['f', 'gradient_f_by_x', 'hessian_f_by_x_and_y', 'hvp_f_by_x_and_y']);
});
