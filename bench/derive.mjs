// `npm run bench:derive`: the time from a text to its printed derivative over the corpus, stage by stage, warm and in one process, beside SymPy on
// five problems that it can do; a cold command beside a bare Node; long sums and deep nests beside shorter ones. Options: `--rounds N`.
import { build } from 'esbuild';
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';

const root = path.resolve(import.meta.dirname, '..');
const given = process.argv.indexOf('--rounds');
const rounds = given < 0 ? 10 : Number(process.argv[given + 1]);
/** Every part once on next to nothing, as the test of this script does: its figures mean nothing. */
const isSmall = process.argv.includes('--small');
const folder = mkdtempSync(path.join(tmpdir(), 'mcalc-bench-'));
const at = (file) => path.join(root, file);

await build({
  absWorkingDir: root, bundle: true, platform: 'node', format: 'cjs', outfile: path.join(folder, 'engine.cjs'), logLevel: 'error',
  stdin: {
    resolveDir: root, loader: 'ts',
    contents: `export { parse } from './core/syntax/parse'; export { resolve } from './core/algebra/resolve'; export { present } from './core/notation/present';
export { subjectOf } from './core/notation/subject'; export { openWorkspace } from './core/calculus/workspace'; export { newGraph } from './core/simplify';
export { viewsOf } from './core/notation/views'; export { pickNames } from './core/notation/views-names';`,
  },
});
const engine = createRequire(import.meta.url)(path.join(folder, 'engine.cjs'));

/** Milliseconds of the monotonic clock: asking for CPU time costs more than a short derivation. Each case counts its quickest round, which other work on the machine disturbs least. */
const clock = () => performance.now();
const sorted = (xs) => [...xs].sort((a, b) => a - b);
const quantile = (xs, q) => sorted(xs)[Math.min(xs.length - 1, Math.floor(xs.length * q))];
const row = (name, xs) => console.log(`${name.padEnd(34)} median ${quantile(xs, 0.5).toFixed(2).padStart(7)}   95 % ${quantile(xs, 0.95).toFixed(2).padStart(7)}   most ${quantile(xs, 1).toFixed(2).padStart(8)}`);

const files = ['seeds', 'structured', 'statistics', 'matrix-functions', 'cookbook', 'vector', 'hessian'];
const cases = files.flatMap((f) => JSON.parse(readFileSync(at(`test/data/corpus/${f}.json`), 'utf8'))).slice(0, isSmall ? 3 : undefined);

/** One case from its text, the time of each stage. Nothing is kept from one round to the next but compiled code. */
function stages({ mcalc, of, wrt }) {
  const laps = {};
  let t = clock();
  const lap = (name) => { const now = clock(); laps[name] = now - t; t = now; };
  const tree = engine.parse(mcalc); lap('parse');
  const program = engine.resolve(tree); lap('shapes');
  const request = program.requests.filter((q) => q.of === of && q.wrt.at(-1) === wrt).at(-1) ?? program.requests.at(-1);
  const w = engine.openWorkspace(program, engine.newGraph);
  const subject = engine.subjectOf(w, request); lap('graph');
  if (subject) engine.viewsOf(w.g, subject, engine.pickNames(program, subject), program.settings);
  lap('differential and views');
  const p = engine.present(program, request);
  const best = p.forms?.[p.best];
  void best?.text; lap('graph, views and best form');
  for (const form of Object.values(p.forms ?? {})) void [form?.text, form?.unicode, form?.latex];
  void (p.where ?? []).map((d) => [d.text, d.unicode, d.latex]); lap('other forms');
  void (p.steps ?? []).map((s) => s.text); lap('steps');
  laps['all forms from the text'] = laps.parse + laps.shapes + laps['graph, views and best form'] + laps['other forms'];
  return laps;
}

const times = cases.map(() => ({}));
for (let r = 0; r < rounds; r++) {
  cases.forEach((c, i) => { for (const [name, ms] of Object.entries(stages(c))) (times[i][name] ??= []).push(ms); });
}
console.log(`${cases.length} cases of the corpus, ${rounds} rounds, the quickest of each case in ms`);
for (const name of Object.keys(times[0])) row(name, times.map((t) => quantile(t[name], 0)));
const slowest = cases.map((c, i) => [c.id, quantile(times[i]['all forms from the text'], 0)]).sort((a, b) => b[1] - a[1]).slice(0, 5);
console.log(`slowest: ${slowest.map(([id, ms]) => `${id} ${ms.toFixed(1)}`).join(', ')}`);

const python = `import time
from sympy import MatrixSymbol, Symbol, Trace, Inverse, Determinant
n = Symbol('n', integer=True, positive=True)
A = MatrixSymbol('A', n, n); B = MatrixSymbol('B', n, n); X = MatrixSymbol('X', n, n); x = MatrixSymbol('x', n, 1); b = MatrixSymbol('b', n, 1)
problems = [lambda: (x.T*A*x).diff(x), lambda: ((A*x - b).T*(A*x - b)).diff(x), lambda: Trace(A*X*B*X.T).diff(X), lambda: (x.T*Inverse(X)*b).diff(X), lambda: Trace(X.T*A*X).diff(X)]
for f in problems:
    ts = []
    for r in range(12):
        t = time.process_time(); str(f()); ts.append((time.process_time() - t)*1000)
    print(sorted(ts[2:])[5])
`;
const same = ["grad(x'*A*x, x)", "grad((A*x - b)'*(A*x - b), x)", "grad(tr(A*X*B*X'), X)", "grad(x'*inv(X)*b, X)", "grad(tr(X'*A*X), X)"]
  .map((text) => ({ mcalc: `A, B, X : matrix(n, n)\nx, b : vector(n)\n${text}`, of: '', wrt: '' }));
const sympy = isSmall ? { status: 1 } : spawnSync('python3', ['-c', python], { encoding: 'utf8' });
if (sympy.status === 0) {
  const theirs = sympy.stdout.trim().split('\n').map(Number);
  const ours = same.map((c) => quantile(Array.from({ length: 12 }, () => stages(c)['all forms from the text']).slice(2), 0.5));
  same.forEach((c, i) => console.log(`${c.mcalc.split('\n').at(-1).padEnd(34)} mcalc, all forms ${ours[i].toFixed(2).padStart(7)}   SymPy, its one ${theirs[i].toFixed(2).padStart(7)}   ×${(theirs[i] / ours[i]).toFixed(1)}`));
} else console.log('SymPy is not installed (Debian: python3-sympy)');

const terms = (from, n) => Array.from({ length: n }, (_, i) => `sin(${from + i + 1}*x'*A*x)`).join(' + ');
const sum = (n) => `A : matrix(n, n)\nx : vector(n)\nf = ${terms(0, n)}\ngrad(f, x)`;
const nest = (n) => `A, X : matrix(n, n)\nY0 = X\n${Array.from({ length: n }, (_, i) => `Y${i + 1} = A*Y${i}*Y${i} + I`).join('\n')}\ngrad(tr(Y${n}), X)`;
for (const [name, make, sizes] of [['a sum of terms', sum, isSmall ? [4] : [250, 500, 1000]], ['a nest of Y = A*Y*Y + I', nest, isSmall ? [3] : [12, 25, 50]]]) {
  const each = sizes.map((n) => { stages({ mcalc: make(n) }); return stages({ mcalc: make(n) })['all forms from the text']; });
  console.log(`${name.padEnd(34)} ${sizes.map((n, i) => `${n}: ${each[i].toFixed(0)} ms`).join('   ')}`);
}

if (!isSmall && existsSync(at('dist/cli.js'))) {
  const file = path.join(folder, 'cold.mcalc');
  writeFileSync(file, "A : matrix(n, n)\nx : vector(n)\ngrad(x'*A*x, x)\n");
  const wall = (args) => quantile(Array.from({ length: 9 }, () => { const t = performance.now(); execFileSync(process.execPath, args, { stdio: 'ignore' }); return performance.now() - t; }), 0.5);
  console.log(`cold, wall-clock ms: mcalc derive ${wall([at('dist/cli.js'), 'derive', file]).toFixed(0)}, node -e 0 ${wall(['-e', '0']).toFixed(0)}`);
}
rmSync(folder, { recursive: true });
