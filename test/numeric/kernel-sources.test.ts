// The committed kernel texts are current, self-contained, and become JavaScript by stripping types.
import ts from 'typescript';
import { expect, test } from 'vitest';
import { kernelSources } from '../../core/numeric/kernel-sources';
import { stripAssertions, stripTypes } from '../../core/numeric/strip-types';
// @ts-expect-error a build script without types
import { staleFiles } from '../../scripts/kernels.mjs';

test('kernel-sources.ts and the product kernels are current (node scripts/kernels.mjs)', () => {
  expect((staleFiles as () => string[])()).toEqual([]);
});

const closure = (name: string, into = new Set<string>()): Set<string> => {
  if (into.has(name)) return into;
  into.add(name);
  for (const used of kernelSources[name]!.uses) closure(used, into);
  return into;
};

test.each(Object.keys(kernelSources))('%s runs as JavaScript with only the kernels it names', (name) => {
  const code = [...closure(name)].map((k) => stripTypes(kernelSources[k]!.text)).join('\n');
  expect(code).not.toMatch(/: (number|Float64Array|Int32Array|void|boolean)\b/);
  const made: unknown = new Function(`'use strict'; ${code}; return ${name};`)();
  expect(made).toBeTypeOf('function');
});

test.each(Object.entries(kernelSources))('the text of %s reads well', (_, { text }) => {
  expect(text).toMatch(/^(?:const .*;\n\n)?\/\*\*[\s\S]+?\*\/\nfunction /);
  expect(text.split('\n').filter((l) => l.length > 115)).toEqual([]);
});

test('stripped kernels compute what the typed ones compute', () => {
  const code = [...closure('choleskySolve'), 'cholesky'].map((k) => stripTypes(kernelSources[k]!.text)).join('\n');
  const solve = new Function(`${code}; return (A, b) => { const L = new Float64Array(4); return cholesky(A, L, 2) < 0 && (choleskySolve(L, b, 2, 1), b); };`)() as
    (A: Float64Array, b: Float64Array) => Float64Array;
  expect(Array.from(solve(Float64Array.of(4, 2, 2, 5), Float64Array.of(6, 7)))).toEqual([1, 1]);
});

test.each([
  ['function f(A: Float64Array, n: number): void {', 'function f(A, n) {'],
  ['let s: number = A[i]! * B[j]!;', 'let s = A[i] * B[j];'],
  ['const x = a ? b : c;', 'const x = a ? b : c;'],
  ['if (A[i] !== 0) A[i]! += 1;', 'if (A[i] !== 0) A[i] += 1;'],
  ['/** x: number stays */ function g(x: number): boolean {', '/** x: number stays */ function g(x) {'],
])('stripTypes %s', (typed, plain) => expect(stripTypes(typed)).toBe(plain));

test('stripAssertions keeps types', () => expect(stripAssertions('f(A: Float64Array) { A[i]! !== B[j]! }')).toBe('f(A: Float64Array) { A[i] !== B[j] }'));

const STRICTEST: ts.CompilerOptions = {
  strict: true, noEmit: true, target: ts.ScriptTarget.ES2022, noUncheckedIndexedAccess: true, noUnusedLocals: true, noUnusedParameters: true,
  noImplicitReturns: true, exactOptionalPropertyTypes: true, types: [], lib: ['lib.es2022.d.ts'],
};
const libraries = new Map<string, ts.SourceFile | undefined>();
const problems = (text: string, options: ts.CompilerOptions): string[] => {
  const host = ts.createCompilerHost(options);
  const read = host.getSourceFile.bind(host);
  host.getSourceFile = (name, version) => {
    if (name === 'kernels.ts') return ts.createSourceFile(name, text, version);
    if (!libraries.has(name)) libraries.set(name, read(name, version));
    return libraries.get(name);
  };
  return ts.getPreEmitDiagnostics(ts.createProgram(['kernels.ts'], options, host)).map((d) => ts.flattenDiagnosticMessageText(d.messageText, ' '));
};

test('all kernels together pass the strictest type check, and strict without the marks', () => {
  const all = Object.values(kernelSources).map(({ text }) => text.replace('\nfunction ', '\nexport function ')).join('\n');
  expect(problems(all, STRICTEST)).toEqual([]);
  expect(problems(stripAssertions(all), { ...STRICTEST, noUncheckedIndexedAccess: false })).toEqual([]);
  expect(problems(`${all}\nconst unused: number = 'text';`, STRICTEST).length).toBeGreaterThan(0);
}, 120000);
