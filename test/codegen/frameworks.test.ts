/** Companion tests run by the frameworks that they are for: they pass on right code, and say what is wrong on wrong code. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { generateModule } from '../../core/codegen/generate';
import { testFile, type Framework } from '../../core/codegen/test-file';
import { prepare } from './harness';

const root = path.join(import.meta.dirname, '../..');
const inputs = prepare("X : matrix(m, n)\ny : vector(m)\nf(w) = norm(X*w - y)^2\nhessian(f, w)\nW : matrix(n, k)\nF = W*W'\njacobian(F, W)").map((p) => p.input);
const module = generateModule(inputs, { target: 'javascript' });
let folder = '';
// Below node_modules' parent, so that the frameworks are found.
beforeAll(() => { folder = mkdtempSync(path.join(root, 'node_modules/.mcalc-companion-')); });
afterAll(() => { rmSync(folder, { recursive: true, force: true }); });

/** The API of jest that the file uses, over node:test: jest itself is not installed here. */
const JEST = "export { test } from 'node:test';\n";
const COMMANDS: Readonly<Record<Framework, (file: string) => readonly string[]>> = {
  node: (file) => ['--test', file],
  jest: (file) => ['--test', file],
  mocha: (file) => [path.join(root, 'node_modules/mocha/bin/mocha.js'), file],
  vitest: (file) => [path.join(root, 'node_modules/vitest/vitest.mjs'), 'run', '--root', path.dirname(file), path.basename(file)],
};

function run(framework: Framework, code: string): { readonly status: number | null; readonly output: string } {
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
