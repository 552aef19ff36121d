/** A run of the tests has one folder for everything temporary, and takes it away: tests, and the processes that they start, make theirs below it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

let folder = '';

export function setup(): void {
  folder = mkdtempSync(path.join(tmpdir(), 'mcalc-tests-'));
  // POSIX asks the first, Windows the others.
  for (const name of ['TMPDIR', 'TEMP', 'TMP']) process.env[name] = folder;
}

export function teardown(): void {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
}
