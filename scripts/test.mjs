// All tests: installs, builds, runs vitest, then the editor tests in a real VS Code. The last line is `N passed, N failed`.
// `npm test -- --unit` and `npm test -- --editor` run one half.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { ensureInstalled, node } from './install.mjs';

const wants = (half) => !process.argv.includes('--unit') && !process.argv.includes('--editor') || process.argv.includes(`--${half}`);

/** What failed, told again at the very end: an excerpt of a long log still names it. */
const failures = [];

/** Runs vitest and counts; a file that does not load counts as one failure. */
function unitTests() {
  const folder = mkdtempSync(path.join(tmpdir(), 'mcalc-unit-'));
  const report = path.join(folder, 'report.json');
  const code = node(['node_modules/vitest/vitest.mjs', 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`]);
  let counts = { passed: 0, failed: 1 };
  try {
    const json = JSON.parse(readFileSync(report, 'utf8'));
    for (const file of json.testResults) {
      const name = path.relative(process.cwd(), file.name);
      const told = file.assertionResults.filter((test) => test.status === 'failed');
      for (const test of told) failures.push(`${name}: ${test.fullName}`, ...test.failureMessages.map((message) => excerpt(message)));
      if (told.length === 0 && file.status === 'failed') failures.push(`${name}: does not load`, excerpt(file.message ?? ''));
    }
    const broken = json.testResults.filter((file) => file.status === 'failed' && file.assertionResults.every((test) => test.status !== 'failed')).length;
    counts = { passed: json.numPassedTests, failed: json.numFailedTests + broken };
  } catch {
    console.error('vitest wrote no report');
  }
  rmSync(folder, { recursive: true, force: true });
  if (code !== 0 && failures.length === 0) failures.push('vitest: an error outside of any test');
  // An error outside of any test still fails the run.
  return code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}

const excerpt = (message) => message.split('\n').slice(0, 12).map((line) => `    ${line.slice(0, 400)}`).join('\n');

ensureInstalled();
if (node(['scripts/build.mjs']) !== 0) {
  console.error('the build failed');
  console.log('0 passed, 1 failed');
  process.exit(1);
}
const unit = wants('unit') ? unitTests() : { passed: 0, failed: 0 };
let editor = { passed: 0, failed: 0, failures: [] };
if (wants('editor')) {
  const { editorTests } = await import('./editor-tests.mjs');
  editor = await editorTests();
}
const failed = unit.failed + editor.failed;
failures.push(...editor.failures ?? []);
if (failures.length > 0) console.log(`\nfailed:\n${failures.join('\n')}`);
console.log(`${unit.passed + editor.passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
