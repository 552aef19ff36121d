// Writes what the documentation takes from the product: docs/operators.md, docs/diagnostics.md, docs/settings.md from their tables, and
// the output below every `$ mcalc …` line of README.md and docs/*.md. `node scripts/docs.mjs` writes, `--check` fails where something is stale.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { figuresPage } from './verification-figures.mjs';

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '..');
const read = (file) => readFileSync(path.join(root, file), 'utf8');
/** The Markdown that people read, relative to the root. */
export const pages = () => ['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'SECURITY.md', ...readdirSync(path.join(root, 'docs')).filter((f) => f.endsWith('.md')).sort().map((f) => `docs/${f}`)];

const TABLES = `
export { operators } from './core/algebra/operators';
export { rules, eachRules, pinvRules, powerRules } from './core/calculus/rules';
export { CODES } from './core/syntax/codes';
export { parse } from './core/syntax/parse';
export { resolve } from './core/algebra/resolve';
export { present } from './core/notation/present';
`;

/** The product's own tables and functions, bundled from the sources as they stand. */
export async function tables() {
  const folder = mkdtempSync(path.join(tmpdir(), 'mcalc-docs-'));
  try {
    const outfile = path.join(folder, 'tables.mjs');
    await build({ stdin: { contents: TABLES, resolveDir: root, loader: 'ts' }, bundle: true, format: 'esm', platform: 'node', outfile, logLevel: 'error' });
    return await import(pathToFileURL(outfile).href);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A command line of the sources as they stand, in a folder that the caller removes. */
export async function buildCli() {
  const folder = mkdtempSync(path.join(tmpdir(), 'mcalc-docs-cli-'));
  const cli = path.join(folder, 'cli.js');
  await build({ entryPoints: [path.join(root, 'cli/main.ts')], bundle: true, format: 'cjs', platform: 'node', outfile: cli, logLevel: 'error' });
  return { cli, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

const WRITTEN = (by) => `<!-- Written by scripts/docs.mjs from ${by}: edit that, then run node scripts/docs.mjs. -->\n`;
const cell = (text) => text.replace(/\|/g, '\\|').replace(/\n/g, ' ');
const code = (text) => (text.includes('`') ? `\`\` ${text} \`\`` : `\`${text}\``);
const slug = (heading) => heading.toLowerCase().replace(/[^\p{L}\p{N} _-]/gu, '').replace(/ /g, '-');

// ---- docs/operators.md

const FAMILIES = {
  arithmetic: ['Arithmetic', 'What is written between, before or after its operands.'],
  elementwise: ['Functions of every entry', 'Scalar functions. On an array they act on each entry; their differentials are written for one entry.'],
  matrix: ['Functions of a matrix', 'They have names of their own, so that `exp(A)` and `expm(A)` cannot be mistaken for each other.'],
  reduction: ['From an array to a number', 'Traces, determinants, norms and sums.'],
  arrangement: ['Arranging entries', 'Stacking, masking, collecting.'],
  solve: ['What derivatives are written with', 'Solves, Fréchet derivatives and their Kronecker matrices. Results are mcalc text, so these are open to everyone.'],
  constant: ['Constants', 'Some take their size from where they stand.'],
  calculus: ['Derivatives', 'They are expressions and nest: a Newton step is `x - hessian(f, x) \\ grad(f, x)`.'],
};

/** Declarations under which the engine is asked for a differential: the structure that the operator's domain speaks of. */
function structureFor(domain = '', kinks = '') {
  const about = `${domain} ${kinks}`;
  if (/posdef/.test(about)) return 'posdef';
  if (/symmetric/.test(about)) return 'symmetric';
  if (/column rank|full rank|rank/.test(about)) return 'fullrank';
  if (/invertible/.test(about)) return 'invertible';
  return /> 0|≥ 0/.test(about) && !/det/.test(about) ? 'positive' : '';
}

const INFIX = {
  add: (A, B) => `${A} + ${B}`, sub: (A, B) => `${A} - ${B}`, neg: (A) => `-${A}`, mul: (A, B) => `${A} * ${B}`, hadamard: (A, B) => `${A} .* ${B}`, elementDivide: (A, B) => `${A} ./ ${B}`,
  rightDivide: (A, B) => `${A} / ${B}`, leftDivide: (A, B) => `${A} \\ ${B}`, kron: (A, B) => `${A} ⊗ ${B}`, kronsum: (A, B) => `${A} ⊕ ${B}`, frobenius: (A, B) => `${A} : ${B}`, transpose: (A) => `${A}'`,
};
const SIZED = { vector: (s) => `vector(${s[0]})`, matrix: (s) => `matrix(${s.join(', ')})` };
const typeOf = (rows, cols) => (cols === '1' ? (rows === '1' ? 'scalar' : SIZED.vector([rows])) : SIZED.matrix([rows, cols]));

/** The arguments that are arrays, as the first alternative of the shape rule has them, and the sizes after them. */
function argumentsOf(o) {
  const all = o.shapes.split('|');
  const first = all.find((s) => !/^\s*\(1,1\),\(m,n\)|\(m,n\),\(1,1\)/.test(s)) ?? all[0];
  const [args = '', sizes = ''] = first.split('->')[0].split(';');
  const shapes = [...args.matchAll(/\(([^(),]+|[^()]*\([^()]*\)[^(),]*),([^()]+)\)/g)].map((m) => [m[1].trim(), m[2].trim()]);
  return { shapes, names: o.parameters.slice(0, shapes.length), sizes: sizes.split(',').map((s) => s.trim()).filter(Boolean) };
}

function callOf(o, names, sizes) {
  const infix = INFIX[o.name];
  return infix ? infix(...names) : `${o.spellings[0]}(${[...names, ...sizes].join(', ')})`;
}

/** `d(kron(A, B))`, which linearity alone gives; undefined for an operator that is not linear in all its arguments. */
function linearDifferential(o) {
  const { names, sizes } = argumentsOf(o);
  if (o.kind !== 'linear' && o.kind !== 'multilinear' || names.length === 0 || o.linearIn.length < names.length) return undefined;
  const changed = (at) => callOf(o, names.map((n, i) => (at.includes(i) ? `d${n}` : n)), sizes);
  const parts = o.kind === 'linear' ? [changed(names.map((_, i) => i))] : names.map((_, i) => changed([i]));
  return `${code(`d(${callOf(o, names, sizes)})`)} = ${code(parts.join(' + '))}, for it is ${o.kind === 'linear' ? 'linear' : 'linear in each argument'}.`;
}

/** A page is written even where the engine fails on one operator: its line is then missing, and test/docs names it. */
function shownOf(present, program, request) {
  try { return present(program, request); } catch { return undefined; }
}

/** The differential as the engine prints it, by each argument that it can be differentiated by. */
function engineDifferential({ parse, resolve, present }, o) {
  const { shapes, names, sizes } = argumentsOf(o);
  const words = structureFor(o.domain, o.notDifferentiable);
  const squareOnly = ['posdef', 'symmetric', 'invertible'].includes(words);
  const declarations = shapes.map(([r, c], i) => `${names[i]} : ${typeOf(r, c)}${words !== '' && (r === c && r !== '1' || !squareOnly) ? ` ${words}` : ''}`);
  const call = callOf(o, names, sizes);
  const parts = [];
  for (const [i, name] of names.entries()) {
    if (shapes[i].join() === '1,1' && shapes.length > 1) continue;
    const program = resolve(parse(`dim m >= n\n${declarations.join('\n')}\njacobian(${call}, ${name})\n`));
    const request = program.requests[0];
    if (!request || program.diagnostics.some((d) => d.severity === 'error')) continue;
    const shown = shownOf(present, program, request);
    if (!shown) continue;
    if ('refused' in shown) return `none. The engine refuses: ${shown.refused.message}.`;
    const form = shown.forms.differential;
    if (!form?.text.includes(`d${name}`) && form?.text !== '0') throw new Error(`the differential of ${call} does not hold d${name}: ${form?.text}`);
    const where = shown.where.filter((w) => new RegExp(`\\b${w.name}\\b`).test(form.text)).map((w) => w.text);
    parts.push(code(form.text) + (where.length > 0 ? ` where ${where.map(code).join(', ')}` : ''));
  }
  return parts.length === 0 ? undefined : `${code(`d(${call})`)} = ${parts.join(' + ')}.`;
}

/** The rows of the differentials' tables that belong to an operator; `pinv` and the powers have several. */
function rulesOf(t, o) {
  const powers = Object.values(t.powerRules).filter((r) => r.op === o.name);
  const named = o.name === 'power' ? Object.values(t.powerRules) : powers;
  const each = t.eachRules.filter((r) => r.op === o.name).map((r) => ({ of: `${r.op}(x)`, differential: `${/[-+/]/.test(r.derivative.slice(1)) ? `(${r.derivative})` : r.derivative} * dx`, condition: r.condition, source: r.source }));
  return [...t.rules.filter((r) => r.op === o.name), ...(o.name === 'pinv' ? Object.values(t.pinvRules) : []), ...named, ...each];
}

function differentialLines(t, o) {
  const own = rulesOf(t, o).map((r) => {
    const where = r.where?.length ? `, where ${r.where.map(code).join(', ')}` : '';
    const value = /\bF\b/.test(r.differential) ? `, F = ${code(r.of)}` : '';
    const condition = r.condition ? ` Holds where ${r.condition}.` : '';
    return `${code(`d(${r.of})`)} = ${code(r.differential)}${value}${where}.${condition} Source: ${r.source}.`;
  });
  if (own.length > 0) return own;
  if (o.family === 'calculus' || o.family === 'constant') return [];
  const line = linearDifferential(o) ?? engineDifferential(t, o);
  return line ? [line] : [];
}

function operatorsPage(t) {
  const twice = (o) => t.operators.some((x) => x !== o && x.spellings[0] === o.spellings[0]);
  const out = [WRITTEN('core/algebra/operators*.ts and core/calculus/rules.ts'), '# Operators', '',
    `${t.operators.length} operators, each with its shape rule and its differential. A differential with a source is a row of the table that the engine differentiates by (\`F\` is the operator's own value); one without follows from linearity, or is what the engine derives and prints. The tests compare derivatives of every kind with finite differences, and the verifier compares them at 64 digits ([how](verification.md)).`, '',
    Object.entries(FAMILIES).map(([family, [title]]) => `- [${title}](#${slug(title)}): ${t.operators.filter((o) => o.family === family).map((o) => code(o.spellings[0])).join(' ')}`).join('\n'), ''];
  for (const [family, [title, about]] of Object.entries(FAMILIES)) {
    out.push(`## ${title}`, '', about, '');
    for (const o of t.operators.filter((x) => x.family === family)) {
      out.push(`### ${code(o.spellings[0])}${twice(o) ? ` (${o.name})` : ''}`, '', o.documentation, '');
      out.push(`- Shape: ${o.signature.split('\n').map(code).join('; ')}`);
      if (o.spellings.length > 1) out.push(`- Written: ${o.spellings.map(code).join(', ')}`);
      out.push(`- Example: ${code(o.example)}`);
      for (const line of differentialLines(t, o)) out.push(`- Differential: ${line}`);
      if (o.domain) out.push(`- Defined where ${o.domain}.`);
      if (o.notDifferentiable) out.push(`- Not differentiable: ${o.notDifferentiable}.`);
      if (o.elsewhere.length > 0) out.push(`- Elsewhere called: ${o.elsewhere.map(code).join(', ')} (suggested, not accepted)`);
      out.push('');
    }
  }
  return `${out.join('\n').trimEnd()}\n`;
}

// ---- docs/diagnostics.md

const LAYERS = { 1: 'Syntax', 2: 'Names', 3: 'Shapes', 4: 'Calculus', 5: 'Generated code', 6: 'Verification' };
const visible = (text) => text.replace(/[\u200b\ufffd\u0000]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);

function diagnosticsPage(t) {
  const out = [WRITTEN('core/syntax/codes.ts'), '# Diagnostics', '',
    'Every message carries one of these codes. The first digit says the layer that found it. In the editor the code stands behind the message; on the command line a message has the form `file:line:column: severity: text [code]`. The examples show what to avoid.', ''];
  for (const [digit, layer] of Object.entries(LAYERS)) {
    out.push(`## ${layer}`, '');
    for (const r of t.CODES.filter((c) => c.code[2] === digit)) {
      out.push(`### ${r.code}`, '', `**${r.title}** (${r.severity}). ${r.meaning}`, '', '```text', ...visible(r.example).split(/\n|; (?=\S)/), '```', '', `${r.fix}`, '');
    }
  }
  return `${out.join('\n').trimEnd()}\n`;
}

// ---- docs/settings.md

const value = (v) => code(JSON.stringify(v));

function settingsPage() {
  const { contributes } = JSON.parse(read('package.json'));
  const settings = Object.entries(contributes.configuration.properties).sort((a, b) => (a[1].order ?? 0) - (b[1].order ?? 0));
  const keys = new Map((contributes.keybindings ?? []).map((k) => [k.command, k]));
  const inPalette = contributes.commands.filter((c) => !(contributes.menus.commandPalette ?? []).some((m) => m.command === c.command && m.when === 'false'));
  const out = [WRITTEN('package.json'), '# Settings and commands', '', '## Settings', '', '| setting | default | scope | meaning |', '| --- | --- | --- | --- |'];
  for (const [name, s] of settings) {
    const choices = s.enum ? ` ${s.enum.map((e, i) => `${value(e)}: ${s.enumDescriptions?.[i] ?? ''}`).join('; ')}.` : '';
    out.push(`| ${code(name)} | ${value(s.default)} | ${s.scope} | ${cell(s.markdownDescription ?? s.description ?? '')}${cell(choices)} |`);
  }
  out.push('', '## Commands', '', `All of them stand under *${contributes.commands[0].category}* in the command palette.`, '', '| command | title | key |', '| --- | --- | --- |');
  for (const c of inPalette) {
    const key = keys.get(c.command);
    out.push(`| ${code(c.command)} | ${c.title} | ${key ? `${code(key.key)}${key.mac ? `, on macOS ${code(key.mac)}` : ''}` : ''} |`);
  }
  out.push('', '## Tasks', '', 'A task of type `mcalc` runs the command line on files of the workspace, with the problem matcher `$mcalc` on its messages:', '',
    '```json', '{ "version": "2.0.0", "tasks": [{ "type": "mcalc", "command": "check", "files": ["models/*.mcalc"], "problemMatcher": "$mcalc" }] }', '```', '',
    '| property | values |', '| --- | --- |');
  for (const task of contributes.taskDefinitions ?? []) {
    for (const [name, p] of Object.entries(task.properties)) out.push(`| ${code(name)} | ${p.enum ? p.enum.map(value).join(', ') : p.type}${task.required?.includes(name) ? ' (required)' : ''}. ${cell(p.description ?? '')} |`);
  }
  return `${out.join('\n').trimEnd()}\n`;
}

// ---- the table of constructs in docs/language.md

const CONSTRUCTS = WRITTEN('test/syntax/constructs.json');
const END_OF_CONSTRUCTS = '<!-- end of constructs -->';

/** The language reference with its table of constructs as the tests have it. */
function withConstructs(page, rows) {
  const [from, to] = [page.indexOf(CONSTRUCTS), page.indexOf(END_OF_CONSTRUCTS)];
  if (from < 0 || to < from) throw new Error('docs/language.md has no place for the table of constructs');
  const lines = rows.map(([construct, text, reads]) => `| ${cell(construct)} | ${cell(code(text))} | ${reads ? cell(code(reads)) : ''} |`);
  return `${page.slice(0, from)}${CONSTRUCTS}\n| construct | example | read as (name, shape) |\n| --- | --- | --- |\n${lines.join('\n')}\n${page.slice(to)}`;
}

// ---- the counts in docs/fuzzing.md

const COUNTS = WRITTEN('test/fuzz/text-runs.json and test/fuzz/edit-runs.json');
const END_OF_COUNTS = '<!-- end of counts -->';
const KINDS_OF_TEXT = { prefix: 'prefixes of the examples, all of them', deletion: 'deletions of one character of the examples, all of them', bytes: 'random bytes and UTF-16 units', words: 'words of the language in any order', mutation: 'examples with parts taken out, doubled, exchanged', program: 'random well-formed programs' };
const grouped = (n) => String(n).replace(/\B(?=(\d{3})+$)/g, ' ');

/** The page with what the long runs counted: inputs that were read twice count once. */
function withCounts(page, runs, edits) {
  const [from, to] = [page.indexOf(COUNTS), page.indexOf(END_OF_COUNTS)];
  if (from < 0 || to < from) throw new Error('docs/fuzzing.md has no place for its counts');
  const sum = (f) => runs.reduce((n, r) => n + f(r), 0);
  const slowest = runs.reduce((a, r) => (r.slowest.ms > a.ms ? r.slowest : a), runs[0].slowest);
  const edited = (f) => edits.reduce((n, r) => n + r[f], 0);
  const rows = Object.entries(KINDS_OF_TEXT).map(([kind, what]) => `| ${what} | ${grouped(sum((r) => r.counts[kind] ?? 0))} |`);
  return `${page.slice(0, from)}${COUNTS}
| inputs | count |
| --- | --- |
${rows.join('\n')}
| all | ${grouped(sum((r) => r.to - r.from))} |
| faults, all mended since | ${grouped(sum((r) => r.failures))} |

Numbers ${grouped(Math.min(...runs.map((r) => r.from)))} to ${grouped(Math.max(...runs.map((r) => r.to)))}, some of them twice, before and after a repair. The slowest input, of ${slowest.length} characters, took ${Math.round(slowest.ms)} ms of CPU on a machine shared with other work.

Random edits (a letter typed or deleted, lines added, moved, taken out): after each of ${grouped(edited('edits'))}, tree and program of the edited text were compared with those of a fresh reading; ${grouped(edited('faults'))} differed.

${page.slice(to)}`;
}

/** Path to text, for the pages that are written from tables alone. */
export function generatedPages(t) {
  return { 'docs/operators.md': operatorsPage(t), 'docs/diagnostics.md': diagnosticsPage(t), 'docs/settings.md': settingsPage(),
    'docs/fuzzing.md': withCounts(read('docs/fuzzing.md'), JSON.parse(read('test/fuzz/text-runs.json')), JSON.parse(read('test/fuzz/edit-runs.json'))),
    'docs/language.md': withConstructs(read('docs/language.md'), JSON.parse(read('test/syntax/constructs.json'))),
    'docs/verification-figures.md': figuresPage(JSON.parse(read('test/proof/figures.json')), JSON.parse(read('test/fuzz/runs.json')), WRITTEN('test/proof/figures.json and test/fuzz/runs.json')) };
}

// ---- the output below `$ mcalc …`

/** The blocks of a page that show a session: their place in the text and their commands with the output that stands there. */
export function sessions(text) {
  return [...text.matchAll(/^```console\n([\s\S]*?)^```$/gm)].map((m) => {
    const commands = [];
    for (const line of m[1].split('\n').slice(0, -1)) {
      if (line.startsWith('$ ')) commands.push({ line: line.slice(2), output: [] });
      else commands.at(-1)?.output.push(line);
    }
    return { start: m.index + '```console\n'.length, end: m.index + m[0].length - 3, commands };
  });
}

/** Runs `mcalc …` as a shell would in examples/, quotes and `echo $?` included. Standard error comes first. */
export function runSession(cli, commands) {
  let status = 0;
  return commands.map(({ line }) => {
    if (line === 'echo $?') return { line, output: [String(status)] };
    if (!/(^|[|&] )mcalc /.test(line)) return undefined;
    const done = spawnSync('bash', ['-c', `mcalc() { ${JSON.stringify(process.execPath)} ${JSON.stringify(cli)} "$@"; }; ${line}`], { cwd: path.join(root, 'examples'), encoding: 'utf8' });
    status = done.status ?? 1;
    const text = `${done.stderr}${done.stdout}`.replace(/\n$/, '');
    if (text.includes('internal error')) throw new Error(`${line}: ${text}`);
    return { line, output: text === '' ? [] : text.split('\n') };
  });
}

/** A page with the output of its sessions as it is now. A block with a command of another program is left as it stands. */
export function refreshed(cli, text) {
  let out = text;
  for (const s of sessions(text).reverse()) {
    const ran = runSession(cli, s.commands);
    if (ran.some((r) => r === undefined)) continue;
    out = out.slice(0, s.start) + ran.map((r) => [`$ ${r.line}`, ...r.output].join('\n') + '\n').join('') + out.slice(s.end);
  }
  return out;
}

async function main() {
  const check = process.argv.includes('--check');
  const stale = [];
  const settle = (file, text) => {
    let old = '';
    try { old = read(file); } catch { /* not there yet */ }
    if (old === text) return;
    stale.push(file);
    if (!check) writeFileSync(path.join(root, file), text);
  };
  for (const [file, text] of Object.entries(generatedPages(await tables()))) settle(file, text);
  const { cli, remove } = await buildCli();
  for (const file of pages()) settle(file, refreshed(cli, read(file)));
  remove();
  for (const file of stale) console.log(`${check ? 'stale' : 'written'}: ${file}`);
  if (check && stale.length > 0) process.exitCode = 1;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await main();
