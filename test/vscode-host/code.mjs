#!/usr/bin/env node
// Stands in for the VS Code executable: takes the arguments that @vscode/test-electron passes, and runs the tests in code-server.
import { statSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { runInHost } from './run.mjs';

const extension = [];
let tests;
let folder;
let kind;
for (const argument of process.argv.slice(2)) {
  const [, key, value] = /^--([\w-]+)=(.*)$/s.exec(argument) ?? [];
  if (key === 'extensionDevelopmentPath') extension.push(value);
  else if (key === 'extensionTestsPath') tests = value;
  else if (key === 'extensionDevelopmentKind') kind = value;
  else if (key === 'folder-uri') folder = new URL(value).pathname;
  else if (!argument.startsWith('--') && statSync(argument, { throwIfNoEntry: false })?.isDirectory()) folder = path.resolve(argument);
}
if (!tests || extension.length === 0) {
  console.error('no --extensionTestsPath or no --extensionDevelopmentPath');
  process.exit(2);
}
try {
  process.exitCode = await runInHost({
    extension, tests, folder, kind,
    verbose: Boolean(process.env.MCALC_VERBOSE),
    timeoutMs: Number(process.env.MCALC_HOST_TIMEOUT_MS ?? 300_000),
    screenshot: process.env.MCALC_SCREENSHOT,
  });
} catch (error) {
  console.error(error instanceof Error ? error.stack : String(error));
  process.exitCode = 3;
}
