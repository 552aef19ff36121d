import { defineConfig } from 'vitest/config';
export default defineConfig({ test: { globalSetup: ['test/temporary.ts'], include: ['test/**/*.test.ts'], exclude: ['test/editor/**', 'test/vscode-host/**', 'node_modules/**'], testTimeout: 30000, maxWorkers: 2, env: { MCALC_CODE_CACHE: '' } } });
