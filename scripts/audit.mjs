// Asks npm's advisories about the packages that the product is made of, and fails where one is known to be vulnerable.
// Where the advisories cannot be read (offline, or a mirror without them) it says so; with --strict that fails too.
import { spawnSync } from 'node:child_process';
import process from 'node:process';
import { root } from './install.mjs';

const done = spawnSync('npm', ['audit', '--omit=dev', '--json'], { cwd: root, encoding: 'utf8', shell: process.platform === 'win32' });
let report;
try {
  report = JSON.parse(done.stdout);
} catch {
  report = {};
}
if (report.metadata?.vulnerabilities === undefined) {
  console.log('npm audit: the advisories could not be read here; nothing was audited');
  process.exitCode = process.argv.includes('--strict') ? 1 : 0;
} else {
  const { total, high, critical } = report.metadata.vulnerabilities;
  for (const [name, { severity, via }] of Object.entries(report.vulnerabilities)) {
    console.log(`${severity}: ${name}: ${via.map((one) => typeof one === 'string' ? one : one.title).join('; ')}`);
  }
  console.log(`npm audit: ${total} known vulnerabilities, ${high + critical} of them high or critical`);
  process.exitCode = high + critical > 0 ? 1 : 0;
}
