// Asks npm's advisories about the packages that the product is made of, and fails where one is known to be vulnerable.
// Where the advisories cannot be read (offline, or a mirror without them) it says so; with --strict that fails too.
import { spawnSync } from 'node:child_process';
import process from 'node:process';
import { root } from './install.mjs';
import { productFolders } from './product.mjs';

const done = spawnSync('npm', ['audit', '--json'], { cwd: root, encoding: 'utf8', shell: process.platform === 'win32' });
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
  const product = new Set(productFolders(root));
  const ours = Object.entries(report.vulnerabilities).filter(([, { nodes }]) => nodes.some((folder) => product.has(folder)));
  for (const [name, { severity, via }] of ours) {
    console.log(`${severity}: ${name}: ${via.map((one) => typeof one === 'string' ? one : one.title).join('; ')}`);
  }
  const grave = ours.filter(([, { severity }]) => severity === 'high' || severity === 'critical').length;
  console.log(`npm audit: of the ${product.size} packages that the product is made of, ${ours.length} have known vulnerabilities, ${grave} of them high or critical`);
  process.exitCode = grave > 0 ? 1 : 0;
}
