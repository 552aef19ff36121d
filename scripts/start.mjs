// The main job on the examples: each derivative, its verdict, and its generated TypeScript, type-checked and tested. Ends by itself.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { ensureInstalled, node, root } from './install.mjs';

const cli = path.join(root, 'dist/cli.js');
const out = path.join(root, 'out/start');
const relative = (file) => path.relative(root, file);
const failures = [];

/** Runs one command of the command line on a file, shows what it prints, and remembers a failure. */
function mcalc(command, file, ...options) {
  // Nothing is left outside this folder.
  const env = { ...process.env, MCALC_CODE_CACHE: path.join(root, 'out/code') };
  const done = spawnSync(process.execPath, [cli, command, relative(file), ...options], { cwd: root, env, encoding: 'utf8' });
  process.stdout.write(done.stdout ?? '');
  process.stderr.write(done.stderr ?? '');
  if (done.status !== 0) failures.push(`mcalc ${command} ${relative(file)} (exit code ${done.status ?? done.signal})`);
}

function heading(text) {
  console.log(`\n${text}\n${'─'.repeat([...text].length)}`);
}

/** tsc --strict over everything that was generated, with JavaScript beside it for the tests to run. */
function compile() {
  writeFileSync(path.join(out, 'package.json'), '{ "type": "commonjs" }\n');
  writeFileSync(path.join(out, 'tsconfig.json'), JSON.stringify({
    compilerOptions: {
      strict: true, target: 'ES2022', lib: ['ES2022'], module: 'nodenext', types: ['node'],
      typeRoots: [path.join(root, 'node_modules/@types')], rewriteRelativeImportExtensions: true, rootDir: 'generated', outDir: 'compiled',
    },
    include: ['generated'],
  }, null, 2));
  const code = node(['node_modules/typescript/bin/tsc', '-p', out]);
  console.log(code === 0 ? 'tsc --strict: no complaint' : 'tsc --strict: errors above');
  if (code !== 0) failures.push('tsc --strict on the generated code');
}

function filesBelow(folder, ending) {
  return readdirSync(folder, { recursive: true }).filter((file) => file.endsWith(ending)).map((file) => path.join(folder, file)).sort();
}

function runTests() {
  const tests = filesBelow(path.join(out, 'compiled'), '.test.js');
  const done = spawnSync(process.execPath, ['--test', '--test-reporter=spec', ...tests], { cwd: root, encoding: 'utf8' });
  const count = (word) => Number(new RegExp(`^\\S* ?${word} (\\d+)$`, 'm').exec(done.stdout)?.[1] ?? 0);
  const [passed, failed] = [count('pass'), count('fail')];
  if (done.status !== 0 || passed === 0) {
    process.stdout.write(done.stdout);
    process.stderr.write(done.stderr);
    failures.push('the tests of the generated code');
  }
  console.log(`node --test: ${passed} passed, ${failed} failed, in ${tests.length} files`);
}

ensureInstalled();
if (node(['scripts/build.mjs']) !== 0) process.exit(1);
rmSync(out, { recursive: true, force: true });
const examples = filesBelow(path.join(root, 'examples'), '.mcalc');
for (const file of examples) {
  const name = path.basename(file, '.mcalc');
  const generated = path.join(out, 'generated', name);
  mkdirSync(generated, { recursive: true });
  heading(relative(file));
  mcalc('derive', file, '--format', 'unicode');
  mcalc('verify', file);
  mcalc('generate', file, '--out', generated, '--tests', 'node');
}
heading('Generated TypeScript');
console.log(`${filesBelow(path.join(out, 'generated'), '.ts').length} files in ${relative(path.join(out, 'generated'))}`);
compile();
if (failures.length === 0) runTests();
if (failures.length > 0) {
  heading('Failed');
  console.log(failures.join('\n'));
  process.exitCode = 1;
}
heading('Next');
console.log(`npm run editor          opens VS Code with the extension and the examples
node dist/cli.js --help  the command line
npm test                the tests, real VS Code included`);
