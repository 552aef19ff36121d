/** Companion tests run by the frameworks that they are for: they pass on right code, and say what is wrong on wrong code. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { generateModule } from '../../core/codegen/generate';
import { testFile } from '../../core/codegen/test-file';
import type { ScriptFramework } from '../../core/codegen/test-options';
import ts from 'typescript';
import { prepare } from './harness';

const root = path.join(import.meta.dirname, '../..');
const inputs = prepare("X : matrix(m, n)\ny : vector(m)\nf(w) = norm(X*w - y)^2\nhessian(f, w)\nW : matrix(n, k)\nF = W*W'\njacobian(F, W)").map((p) => p.input);
const module = generateModule(inputs, { target: 'javascript' });
let folder = '';
// Below node_modules' parent, so that the frameworks are found.
beforeAll(() => { folder = mkdtempSync(path.join(root, 'node_modules/.mcalc-companion-')); });
afterAll(() => { rmSync(folder, { recursive: true, force: true }); });

/** The API of jest that the file uses, over node:test: jest itself is 278 packages and 55 MB; version 30 ran these files by hand. */
const JEST = "export { test } from 'node:test';\n";
const COMMANDS: Readonly<Record<ScriptFramework, (file: string) => readonly string[]>> = {
  node: (file) => ['--test', file],
  jest: (file) => ['--test', file],
  mocha: (file) => [path.join(root, 'node_modules/mocha/bin/mocha.js'), file],
  vitest: (file) => [path.join(root, 'node_modules/vitest/vitest.mjs'), 'run', '--root', path.dirname(file), path.basename(file)],
};

function run(framework: ScriptFramework, code: string): { readonly status: number | null; readonly output: string } {
  const name = `${framework}${code === module.text ? '' : 'Wrong'}`;
  writeFileSync(path.join(folder, `${name}.mjs`), code);
  writeFileSync(path.join(folder, 'jest-globals.mjs'), JEST);
  const text = testFile(inputs, module, { framework, module: `./${name}.mjs`, target: 'javascript' }) ?? '';
  const file = path.join(folder, `${name}.test.mjs`);
  writeFileSync(file, text.replace("from '@jest/globals'", "from './jest-globals.mjs'"));
  if (framework === 'vitest') writeFileSync(path.join(folder, 'vitest.config.mjs'), 'export default { test: { include: ["*.test.mjs"], exclude: [] } };\n');
  const { NODE_TEST_CONTEXT: _, VITEST: __, ...env } = process.env;
  const done = spawnSync(process.execPath, COMMANDS[framework](file), { cwd: folder, encoding: 'utf8', env });
  return { status: done.status, output: `${done.stdout}${done.stderr}`.replaceAll(/\u001b\[[0-9;]*m/g, '') };
}

describe.each(['node', 'mocha', 'vitest', 'jest'] as const)('%s', (framework) => {
  test('passes on right code', () => {
    const { status, output } = run(framework, module.text);
    expect(output).toMatch(/Taylor remainder|pass/);
    expect(status, output).toBe(0);
  }, 60000);
  test('fails on wrong code, and says where and by how much', () => {
    const wrong = module.text.replace(/(export function hvp[\s\S]*?)return out;/, '$1out[0] += 0.01;\n  return out;');
    expect(wrong).not.toBe(module.text);
    const { status, output } = run(framework, wrong);
    expect(status).not.toBe(0);
    expect(output).toMatch(/hvpFByW, entry 1: .* by differences .*relative error/);
    expect(output).toMatch(/hvpFByW: the Taylor remainder falls with the orders/);
  }, 60000);
});

describe.each(['ml-matrix', 'mathjs', 'typescript', 'typescript-wasm'] as const)('the tests of %s by node:test', (target) => {
  const made = generateModule(inputs, { target });
  const compile = (text: string): string => ts.transpileModule(text, { compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext } }).outputText;
  const runWith = (code: string, name: string): { readonly status: number | null; readonly output: string } => {
    const text = testFile(inputs, made, { framework: 'node', module: `./${name}.mjs`, target }) ?? '';
    writeFileSync(path.join(folder, `${name}.mjs`), compile(code));
    const file = path.join(folder, `${name}.test.mjs`);
    writeFileSync(file, compile(text));
    const { NODE_TEST_CONTEXT: _, VITEST: __, ...env } = process.env;
    const done = spawnSync(process.execPath, ['--test', file], { cwd: folder, encoding: 'utf8', env });
    return { status: done.status, output: `${done.stdout}${done.stderr}` };
  };
  test('pass on right code, and pass the type check', () => {
    const { status, output } = runWith(made.text, target);
    expect(status, output).toBe(0);
    const files = [[`${target}Module.mts`, made.text], [`${target}.test.mts`, testFile(inputs, made, { framework: 'node', module: `./${target}Module.mjs`, target }) ?? '']] as const;
    for (const [name, text] of files) writeFileSync(path.join(folder, name), text);
    const program = ts.createProgram(files.map(([name]) => path.join(folder, name)), {
      strict: true, noUncheckedIndexedAccess: true, exactOptionalPropertyTypes: true, target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext, noEmit: true, skipLibCheck: true, types: ['node'], typeRoots: [path.join(root, 'node_modules/@types')],
    });
    expect(ts.getPreEmitDiagnostics(program).map((d) => `${path.basename(d.file?.fileName ?? '')} ${ts.flattenDiagnosticMessageText(d.messageText, ' ')}`)).toEqual([]);
  }, 60000);
  test('fail on wrong code, and say where and by how much', () => {
    const wrong = made.text.replace(/(export function hvpFByW[\s\S]*?)return (\w+|[^;]*);/, target === 'ml-matrix' ? '$1return ($2).clone().mul(1.01);' : target === 'mathjs' ? '$1return math.multiply($2, 1.01) as Matrix;' : '$1out[0]! += 0.01;\n  return out;');
    expect(wrong).not.toBe(made.text);
    const { status, output } = runWith(wrong, `${target}Wrong`);
    expect(status).not.toBe(0);
    expect(output).toMatch(/hvpFByW, entry 1: .* by differences .*relative error/);
    expect(output).toMatch(/hvpFByW: the Taylor remainder falls with the orders/);
  }, 60000);
});

const python = ['/usr/bin/python3', 'python3'].find((p) => spawnSync(p, ['-c', 'import numpy, scipy']).status === 0);
describe.each(['unittest', 'pytest'] as const)('the tests of numpy by %s', (framework) => {
  const made = generateModule(inputs, { target: 'numpy' });
  // Debian's Python comes without pytest: then what the file holds, plain functions, is called one by one.
  const byPytest = framework === 'pytest' && spawnSync(python ?? '', ['-m', 'pytest', '--version']).status === 0;
  const CALLS = 'import sys, traceback, importlib.util\nspec = importlib.util.spec_from_file_location("t", sys.argv[1])\nm = importlib.util.module_from_spec(spec)\nspec.loader.exec_module(m)\nfailed = 0\nfor name in [n for n in dir(m) if n.startswith("test_")]:\n    try:\n        getattr(m, name)()\n    except Exception:\n        failed += 1\n        traceback.print_exc()\nsys.exit(failed > 0)\n';
  const runWith = (code: string, name: string): { readonly status: number | null; readonly output: string } => {
    const text = testFile(inputs, made, { framework, module: `./${name}.mcalc.py`, target: 'numpy' }) ?? '';
    const file = path.join(folder, `test_${name}_mcalc.py`);
    writeFileSync(path.join(folder, `${name}.mcalc.py`), code);
    writeFileSync(file, text);
    writeFileSync(path.join(folder, 'calls.py'), CALLS);
    const done = spawnSync(python ?? '', framework === 'unittest' ? [file] : byPytest ? ['-m', 'pytest', '-q', '-p', 'no:cacheprovider', file] : ['calls.py', file], { cwd: folder, encoding: 'utf8' });
    return { status: done.status, output: `${done.stdout}${done.stderr}` };
  };
  test('pass on right code', () => {
    const { status, output } = runWith(made.text, framework);
    expect(status, output).toBe(0);
    if (framework === 'unittest' || byPytest) expect(output).toMatch(/Ran [1-9]\d* tests|[1-9]\d* passed/);
  }, 60000);
  test('fail on wrong code, and say where and by how much', () => {
    const wrong = made.text.replace(/(def hvp[\s\S]*?)return (.*)/, '$1return ($2) * 1.01');
    expect(wrong).not.toBe(made.text);
    const { status, output } = runWith(wrong, `${framework}_wrong`);
    expect(status).not.toBe(0);
    expect(output).toMatch(/hvp_\w+, entry \[\d+\]: .* by differences .*relative error/);
    expect(output).toMatch(/hvp_\w+: the Taylor remainder falls with the orders/);
  }, 60000);
});
