// The programs under test, written by the product's own command from this working tree.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { buildSync, transformSync } from 'esbuild';

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '..');

/** Bundles the command line and gives `generate(document, target)`: the module's functions and its manifest, or undefined where the target refuses. */
export function generator() {
  const folder = mkdtempSync(path.join(tmpdir(), 'mcalc-bench-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  const cli = path.join(folder, 'cli.cjs');
  buildSync({ entryPoints: [path.join(root, 'cli/main.ts')], bundle: true, platform: 'node', format: 'cjs', outfile: cli, logLevel: 'error' });
  let count = 0;
  const known = new Map();
  const generate = async (document, target) => {
    const source = path.join(folder, `case${++count}.mcalc`);
    writeFileSync(source, document);
    let made;
    try {
      made = JSON.parse(execFileSync(process.execPath, [cli, 'generate', source, '--target', target, '--json'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }));
    } catch (error) {
      return { refused: String(error.stderr ?? error.message).trim().split('\n')[0] };
    }
    const file = path.join(folder, `case${count}-${target}.mjs`);
    writeFileSync(file, transformSync(made.files[0].text, { loader: 'ts' }).code);
    return { functions: made.functions, module: await import(pathToFileURL(file).href), text: made.files[0].text };
  };
  return (document, target) => {
    const key = `${target}\n${document}`;
    if (!known.has(key)) known.set(key, generate(document, target));
    return known.get(key);
  };
}

/** The arguments of a generated function at these values: inputs, direction, `dims`, and memory for the result. */
export function call(made, wanted, values, sizes) {
  const f = made.functions.find((x) => x.kind === wanted.kind && x.of === wanted.of && (wanted.wrt === undefined || x.wrt === wanted.wrt));
  if (!f) throw new Error(`no ${wanted.kind} of ${wanted.of} among ${made.functions.map((x) => x.name).join(', ')}`);
  const args = f.parameters.filter((p) => p.role !== 'out').map((p) => (p.role === 'dims' ? sizes : p.role === 'direction' ? values.direction : values[p.name]));
  const run = made.module[f.name];
  const first = run(...args);
  if (typeof first !== 'number') args.push(new Float64Array(first.length));
  // Called as a person writes it: arguments spread from an array cost as much as a small kernel.
  const names = args.map((_, k) => `a${k}`).join(', ');
  return new Function('run', ...names.split(', '), `return () => run(${names});`)(run, ...args);
}
