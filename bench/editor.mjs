// `npm run bench:editor`: how fast the language server answers over stdio, and what it weighs, beside floors measured in the same run:
// a bare Node, an empty request, MathJax alone. `--write` puts the table into README.md, `--rounds N` takes more rounds.
import { spawn, spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

// Its map of exports has no entry for modules.
const { createMessageConnection, StreamMessageReader, StreamMessageWriter } = createRequire(import.meta.url)('vscode-languageserver/node');
const here = path.dirname(fileURLToPath(import.meta.url));
const root = path.resolve(here, '..');
const at = (name, fallback) => { const i = process.argv.indexOf(name); return i < 0 ? fallback : process.argv[i + 1]; };
const rounds = Number(at('--rounds', 5));
const write = process.argv.includes('--write');
/** Another server than the one of `dist`, one session with a short file and nothing beside it, as the test of this script does: the figures mean nothing. */
const tried = at('--try', undefined);
/** Where the server keeps its compiled code, as VS Code's global storage is: the first session, which is not measured, fills it. */
const codeCache = mkdtempSync(path.join(tmpdir(), 'mcalc-code-'));
const URI = 'file:///bench/long.mcalc';

const sorted = (xs) => [...xs].sort((a, b) => a - b);
const quantile = (xs, q) => sorted(xs)[Math.min(xs.length - 1, Math.floor(q * xs.length))] ?? NaN;
const median = (xs) => quantile(xs, 0.5);

/** A file of at least `lines` lines: one small model after the other, each with names of its own. */
function longFile(lines) {
  const models = [
    (k) => `X${k} : matrix(m${k}, n${k})\ny${k} : vector(m${k})\nf${k}(w${k}) = norm(X${k}*w${k} - y${k})^2\ngrad(f${k}, w${k})\n`,
    (k) => `S${k} : matrix(p${k}, p${k}) posdef\nu${k} : vector(p${k})\ng${k} = logdet(S${k}) + u${k}'*inv(S${k})*u${k}\ngrad(g${k}, S${k})\n`,
    (k) => `A${k}, B${k} : matrix(q${k}, q${k})\nH${k} = A${k}*B${k}*A${k}'\njacobian(H${k}, B${k})\n`,
  ];
  let text = '';
  for (let k = 0; text.split('\n').length < lines; k++) text += `# model ${k}\n${models[k % models.length](k)}\n`;
  return text;
}

/** The flags of Node with which the extension starts the server. */
const flags = [...(/SERVER_FLAGS[^=]*= \[([^\]]*)\]/.exec(readFileSync(path.join(root, 'server/flags.ts'), 'utf8'))?.[1] ?? '').matchAll(/'([^']+)'/g)].map((m) => m[1]);
if (flags.length === 0) throw new Error('server/flags.ts names no flags: this benchmark expects some');

async function server() {
  const started = performance.now();
  const child = spawn(process.execPath, [...flags, tried ?? path.join(root, 'dist/server.js'), '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'], env: { ...process.env, MCALC_CODE_CACHE: codeCache } });
  const connection = createMessageConnection(new StreamMessageReader(child.stdout), new StreamMessageWriter(child.stdin));
  const listeners = new Set();
  connection.onNotification((method, params) => { for (const l of listeners) l(method, params); });
  connection.onRequest(() => null);
  connection.listen();
  await connection.sendRequest('initialize', { processId: null, rootUri: null, capabilities: {}, initializationOptions: { colorTheme: 'dark', typesetHover: true } });
  const readyMs = performance.now() - started;
  await connection.sendNotification('initialized', {});
  const next = (method) => new Promise((resolve) => { const l = (m, p) => { if (m === method) { listeners.delete(l); resolve(p); } }; listeners.add(l); });
  const timed = async (make) => { const from = performance.now(); await make(); return performance.now() - from; };
  const hover = (line, character) => connection.sendRequest('textDocument/hover', { textDocument: { uri: URI }, position: { line, character } });
  const residentMb = () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1] ?? NaN) / 1024;
  const stop = async () => { await connection.sendRequest('shutdown').catch(() => undefined); connection.dispose(); child.kill(); };
  return { connection, readyMs, next, timed, hover, residentMb, stop };
}

/** One session on the long file: everything that is measured of it. */
async function session(text) {
  const s = await server();
  const lines = text.split('\n');
  const requests = lines.flatMap((line, i) => (/^(grad|jacobian)\(/.test(line) ? [i] : []));
  const diagnosed = s.next('textDocument/publishDiagnostics');
  const open = await s.timed(async () => {
    await s.connection.sendNotification('textDocument/didOpen', { textDocument: { uri: URI, languageId: 'mcalc', version: 1, text } });
    await diagnosed;
  });
  const first = await s.timed(() => s.hover(requests[0], 2));
  const warm = [];
  for (let i = 0; i < 200; i++) warm.push(await s.timed(() => s.hover(requests[0], 2)));
  // Each of these formulas is derived and typeset for the first time, or was derived in a pause.
  const fresh = [];
  for (const line of requests.slice(1, 121)) fresh.push(await s.timed(() => s.hover(line, 2)));
  const empty = [];
  for (let i = 0; i < 200; i++) empty.push(await s.timed(() => s.connection.sendRequest('textDocument/hover', { textDocument: { uri: 'file:///none' }, position: { line: 0, character: 0 } })));
  const typed = [];
  for (let i = 0; i < 20; i++) {
    const line = requests[(7 * i) % requests.length] - 1;
    const waiting = s.next('textDocument/publishDiagnostics');
    typed.push(await s.timed(async () => {
      await s.connection.sendNotification('textDocument/didChange', { textDocument: { uri: URI, version: i + 2 }, contentChanges: [{ range: { start: { line, character: 0 }, end: { line, character: 0 } }, text: ' ' }] });
      await waiting;
    }));
  }
  const resident = s.residentMb();
  await s.stop();
  return { ready: s.readyMs, open, first, warm, fresh, empty, typed, resident };
}

/** A first session, as after an installation: it leaves the compiled code behind. */
async function warmUp(text) {
  const s = await server();
  await s.connection.sendNotification('textDocument/didOpen', { textDocument: { uri: URI, languageId: 'mcalc', version: 1, text: text.split('\n').slice(0, 20).join('\n') } });
  const kept = () => existsSync(codeCache) && ['server-core', 'server-mathjax', 'thread-core'].every((name) => readdirSync(codeCache).some((file) => file.startsWith(name) && file.endsWith('.v8')));
  for (let i = 0; i < 200 && !kept(); i++) await new Promise((resolve) => setTimeout(resolve, 100));
  if (!kept()) throw new Error('the server has kept no code');
  await s.stop();
}

/** Activation as VS Code measures it: reading the client's bundle and calling activate, against a stand-in for `vscode`. */
function activation() {
  const script = `
    const Module = require('node:module');
    const anything = new Proxy(function () {}, { get: (_, key) => (key === Symbol.iterator ? function* () {} : key === Symbol.toPrimitive ? () => '' : key === 'then' ? undefined : key === 'forEach' ? () => {} : anything), set: () => true, apply: () => anything, construct: () => anything });
    // A bundle copies the names of a module, which a proxy does not tell.
    const names = ['window', 'workspace', 'languages', 'commands', 'tests', 'tasks', 'env', 'Uri', 'ViewColumn', 'Range', 'Location', 'EventEmitter', 'TestRunProfileKind', 'TestRunRequest', 'ColorThemeKind', 'LanguageStatusSeverity'];
    const vscode = Object.fromEntries(names.map((name) => [name, anything]));
    const load = Module._load;
    Module._load = (id, ...rest) => (id === 'vscode' ? vscode : load(id, ...rest));
    const from = performance.now();
    const client = require(${JSON.stringify(path.join(root, 'dist/client.js'))});
    client.activate({ subscriptions: [], asAbsolutePath: (p) => p, extensionUri: anything, extension: { id: 'mcalc.mcalc' } });
    process.stdout.write(String(performance.now() - from));
    process.exit(0);`;
  return Number(spawnSync(process.execPath, ['-e', script], { encoding: 'utf8' }).stdout);
}

const bareNode = () => { const from = performance.now(); spawnSync(process.execPath, ['-e', '0']); return performance.now() - from; };
const bareNodeMb = () => Number(spawnSync(process.execPath, ['-e', 'process.stdout.write(String(process.memoryUsage().rss / 1048576))'], { encoding: 'utf8' }).stdout);

/** MathJax as the most used extension for mathematics in hovers calls it: base and ams, SVG with local fonts; one formula, warm. */
async function mathjaxAlone() {
  const require = createRequire(path.join(root, 'package.json'));
  const from = performance.now();
  const { liteAdaptor } = require('mathjax-full/js/adaptors/liteAdaptor.js');
  const { RegisterHTMLHandler } = require('mathjax-full/js/handlers/html.js');
  const { TeX } = require('mathjax-full/js/input/tex.js');
  require('mathjax-full/js/input/tex/ams/AmsConfiguration.js');
  const { mathjax } = require('mathjax-full/js/mathjax.js');
  const { SVG } = require('mathjax-full/js/output/svg.js');
  const adaptor = liteAdaptor();
  RegisterHTMLHandler(adaptor);
  const page = mathjax.document('', { InputJax: new TeX({ packages: ['base', 'ams'] }), OutputJax: new SVG({ fontCache: 'local' }) });
  const draw = () => adaptor.innerHTML(page.convert('\\nabla_{w} f = 2X^{\\top}(Xw - y)', { display: true, em: 18, ex: 9, containerWidth: 1440 }));
  draw();
  const first = performance.now() - from;
  const warm = Array.from({ length: 200 }, () => { const start = performance.now(); draw(); return performance.now() - start; });
  return { first, warm: median(warm) };
}

if (tried) {
  const s = await session(longFile(20));
  console.log(`answers: ${s.warm.length + s.fresh.length + s.empty.length}, diagnostics: ${s.typed.length + 1}, resident ${s.resident > 0}`);
  rmSync(codeCache, { recursive: true, force: true });
  process.exit(0);
}
if (!existsSync(path.join(root, 'dist/server.js'))) {
  console.error('build first: npm run build -- --production');
  process.exit(1);
}
const text = longFile(1000);
await warmUp(text);
const runs = [];
const node = [];
const active = [];
for (let i = 0; i < rounds; i++) {
  node.push(bareNode());
  active.push(activation());
  runs.push(await session(text));
}
const of = (read) => median(runs.map(read));
const alone = await mathjaxAlone();
const vsix = path.join(root, 'out/mcalc.vsix');
const ms = (x) => `${x < 10 ? x.toFixed(1) : x.toFixed(0)} ms`;
const empty = of((r) => median(r.empty));
const rows = [
  ['extension activated (client code)', ms(median(active)), '50 ms', `${(median(active) / median(node)).toFixed(2)} × a bare Node's start (${ms(median(node))})`],
  ['server ready', ms(of((r) => r.ready)), '250 ms', `${(of((r) => r.ready) / median(node)).toFixed(1)} × a bare Node's start`],
  ['first diagnostics of a file of 1000 lines', ms(of((r) => r.open)), '', ''],
  ['diagnostics after a key, in 1000 lines, p50 / p99', `${ms(of((r) => median(r.typed)))} / ${ms(of((r) => quantile(r.typed, 0.99)))}`, '', ''],
  ['first typeset hover, typesetter loaded for it', ms(of((r) => r.first)), '150 ms', `${(of((r) => r.first) / alone.first).toFixed(1)} × MathJax alone: load and one formula (${ms(alone.first)})`],
  ['the same hover again, p50 / p99', `${ms(of((r) => median(r.warm)))} / ${ms(of((r) => quantile(r.warm, 0.99)))}`, '5 ms / 25 ms', `${(of((r) => median(r.warm)) / empty).toFixed(1)} × an empty request (${ms(empty)}), ${(of((r) => median(r.warm)) / alone.warm).toFixed(1)} × MathJax drawing one formula (${ms(alone.warm)})`],
  ['hovers of 120 other formulas, p50 / p99', `${ms(of((r) => median(r.fresh)))} / ${ms(of((r) => quantile(r.fresh, 0.99)))}`, '', `p50 ${(of((r) => median(r.fresh)) / alone.warm).toFixed(1)} × MathJax drawing one formula`],
  ['resident memory, 1000 lines, typesetter loaded', `${of((r) => r.resident).toFixed(0)} MB`, '150 MB', `${(of((r) => r.resident) / bareNodeMb()).toFixed(1)} × a bare Node`],
  ...(existsSync(vsix) ? [['the .vsix', `${(statSync(vsix).size / 1024).toFixed(0)} kB`, '1536 kB', '']] : []),
];
const table = ['| figure | measured | goal | beside |', '| --- | --- | --- | --- |', ...rows.map((r) => `| ${r.join(' | ')} |`)].join('\n');
console.log(table);
if (write) {
  const file = path.join(here, 'README.md');
  const readme = readFileSync(file, 'utf8');
  const block = `<!-- editor -->\n${cpus()[0]?.model.trim() ?? ''}, ${cpus().length} cores, Node ${process.version}; medians of ${rounds} sessions, load average ${loadavg()[0]?.toFixed(1)} (above the number of cores other work slows all figures down: read the ratios).\n\n${table}\n<!-- end editor -->`;
  writeFileSync(file, readme.replace(/<!-- editor -->[\s\S]*<!-- end editor -->/, block));
}
rmSync(codeCache, { recursive: true, force: true });
