import { defineConfig } from 'vitest/config';
// A limit for what hangs, far beyond what a busy machine needs: a test that takes its time is no failure.
export default defineConfig({ test: { globalSetup: ['test/temporary.ts'], include: ['test/**/*.test.ts'], exclude: ['test/editor/**', 'test/vscode-host/**', 'node_modules/**'], testTimeout: 300_000, maxWorkers: 2, env: { MCALC_CODE_CACHE: '' } } });
