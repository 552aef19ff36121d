/** `mcalc --version` and what the help says of it. */
import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { version } from '../../package.json';
import { cliEnvironment, cliFile } from './bundle';

const run = async (...args: readonly string[]) => spawnSync(process.execPath, [await cliFile(), ...args], { env: cliEnvironment, encoding: 'utf8' });

test.each(['--version', '-V', 'version'])('%s', async (flag) => {
  expect(await run(flag)).toMatchObject({ status: 0, stdout: `mcalc ${version}\n`, stderr: '' });
});
test('the help names it', async () => {
  expect((await run('--help')).stdout).toContain('mcalc --version, -V');
});
