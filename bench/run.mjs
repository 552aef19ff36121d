// `npm run bench`: every case, generated code against its anchors, interleaved in one process run. Options: names of cases, `--rounds N`, `--write` for the tables of README.md.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { loadLibraries } from './anchors/libraries.mjs';
import { random } from './draw.mjs';
import { call, generator } from './generated.mjs';
import { difference, inProcess, measure } from './measure.mjs';
import { openPython } from './side/python.mjs';
import { goals, tables } from './report.mjs';
import { cases as regression } from './cases/regression.mjs';
import { cases as determinants } from './cases/determinants.mjs';
import { cases as products } from './cases/products.mjs';
import { cases as jacobians } from './cases/jacobians.mjs';
import { kernels } from './kernels.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const args = process.argv.slice(2);
const option = (name) => { const at = args.indexOf(name); return at < 0 ? undefined : args.splice(at, 2)[1]; };
const rounds = Number(option('--rounds') ?? 9);
const flag = (name) => { const at = args.indexOf(name); if (at >= 0) args.splice(at, 1); return at >= 0; };
const write = flag('--write'), offline = flag('--no-libraries'), isSmall = flag('--small');
/** How far results may differ from the hand-tuned ones: candidates in single precision, and differences. */
const LOOSE = 2e-2, EXACT = 1e-8;

if (!offline && !existsSync(path.join(here, 'node_modules'))) {
  try {
    execFileSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: here, stdio: 'inherit' });
  } catch {
    console.error('the libraries could not be installed; measuring without them');
  }
}

const { found, missing } = offline ? { found: {}, missing: [] } : await loadLibraries();
const python = await openPython();
const generate = generator();
const flat = (r) => (typeof r?.to1DArray === 'function' ? r.to1DArray() : typeof r?.toArray === 'function' ? r.toArray().flat() : r);
const rows = [];

/** Everything that can compute this case at this size, generated code first. */
async function candidates(c, sizes, sets) {
  const list = [];
  const notes = [];
  for (const [name, target] of [['generated', 'typescript'], ['generated wasm', 'typescript-wasm']]) {
    const made = await generate(c.document, target);
    if (made.refused === undefined) list.push(inProcess(name, sets.map((v) => call(made, c, v, sizes))));
    else if (name === 'generated') throw new Error(`${c.id}: ${made.refused}`);
  }
  const add = (name, make, before) => {
    try {
      list.push(inProcess(name, sets.map(make), before));
    } catch (error) {
      notes.push(`${name}: ${error.message}`);
    }
  };
  add('hand-tuned', (v) => c.tuned(v, sizes));
  if (c.naive) add('naive', (v) => c.naive(v, sizes));
  if (c.filled) add('fill', (v) => { const J = new Float64Array(c.tuned(v, sizes)().length); return () => J.fill(0); });
  if (c.mlMatrix && found.mlMatrix) add('ml-matrix', (v) => c.mlMatrix(found.mlMatrix, v, sizes));
  if (c.mathjs && found.mathjs) add('mathjs', (v) => c.mathjs(found.mathjs, v, sizes));
  if (c.tfjs && found.tfjs) for (const b of found.tfjs.backends) {
    const use = () => { if (found.tfjs.tf.getBackend() !== b) found.tfjs.tf.setBackend(b); };
    use();
    add(`tfjs ${b}`, (v) => c.tfjs(found.tfjs.tf, v, sizes), use);
  }
  if (c.jax && found.jax) add('jax-js', (v) => c.jax(found.jax, v, sizes));
  if (c.python && python) list.push(...(await python.candidates(c.id, sets, sizes)));
  return { list, notes };
}

/** Leaves out what computes something else; `fill` computes nothing. */
async function checked(c, list) {
  const tuned = flat(list.find((x) => x.name === 'hand-tuned').value());
  const right = [];
  for (const x of list) {
    if (x.name === 'fill') { right.push(x); continue; }
    try {
      const off = difference(flat(await x.value()), tuned);
      const bound = x.name.startsWith('tfjs') || c.loose?.includes(x.name) ? LOOSE : EXACT;
      if (off <= bound) right.push(x);
      else if (x.name.startsWith('generated')) throw new Error(`${c.id}: ${x.name} is off by ${off.toExponential(1)}`);
      else console.log(`  ${x.name} is off by ${off.toExponential(1)} and left out`);
    } catch (error) {
      if (x.name.startsWith('generated')) throw error;
      console.log(`  ${x.name}: ${String(error.message).split('\n')[0]}`);
    }
  }
  return right;
}

const every = [...regression, ...determinants, ...products, ...jacobians];
for (const c of every.filter((x) => args.length === 0 || args.includes(x.id))) {
  for (const sizes of isSmall ? c.sizes.slice(0, 1) : c.sizes) {
    const sets = [1, 2].map((seed) => c.draw(sizes, random(seed)));
    const label = `${c.title}, ${Object.entries(sizes).map(([k, v]) => `${k} = ${v}`).join(', ')}`;
    console.log(label);
    const { list, notes } = await candidates(c, sizes, sets);
    for (const n of notes) console.log(`  ${n}`);
    const times = await measure(await checked(c, list), rounds);
    for (const t of times) console.log(`  ${t.name.padEnd(18)} ${(t.ns / 1000).toFixed(2).padStart(12)} µs  ${t.ratio.toFixed(2).padStart(8)}  (${t.low.toFixed(2)}–${t.high.toFixed(2)})`);
    rows.push({ id: c.id, title: c.title, sizes, times });
  }
}
const pieces = args.length === 0 || args.includes('kernels') ? await kernels({ found, python, rounds, call, generate }) : [];

const about = [
  `${cpus()[0]?.model.trim() ?? 'unknown processor'}, Node ${process.version}`,
  python ? `numpy ${python.about.numpy}, scipy ${python.about.scipy}${python.about.torch ? `, torch ${python.about.torch}` : ''}, one thread` : 'no Python with numpy',
  ...missing.map((m) => `missing: ${m}`),
];
const text = tables(rows, pieces, about);
console.log(`\n${text}\n\n${goals(rows)}`);
if (write) {
  const file = path.join(here, 'README.md');
  const old = readFileSync(file, 'utf8');
  writeFileSync(file, old.replace(/(<!-- tables -->\n)[\s\S]*?(<!-- end -->)/, (_, a, b) => `${a}${text}\n${b}`).replace(/(<!-- goals -->\n)[\s\S]*?(<!-- end goals -->)/, (_, a, b) => `${a}${goals(rows)}\n${b}`));
}
python?.close();
