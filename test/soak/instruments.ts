/** The soak's instruments: each puts the built server to one test for as long as it is told to, and gives its figures. */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { dice, one } from './dice';
import { fullDisk } from './disk';
import { lines, open, published } from './documents';
import { randomEdits } from './edits';
import { figure, ms, none, resident, spread, type Figure } from './figure';
import { memory } from './memory';
import { editorServer, serverProcess } from './servers';
import { storm } from './storm';
import { LANGUAGES, TEXTS } from './texts';
import { typing } from './typing';
import { WORST } from './worst';

export interface Instrument {
  readonly name: string;
  readonly title: string;
  /** `scale` 1 is the long run. */
  readonly run: (scale: number, seed: number) => Promise<readonly Figure[]>;
}

const EVERYTHING = {
  workspace: { applyEdit: true, workspaceEdit: { documentChanges: true, resourceOperations: ['create'] }, codeLens: { refreshSupport: true } },
  textDocument: { completion: { completionItem: { snippetSupport: true } }, documentSymbol: { hierarchicalDocumentSymbolSupport: true } },
};

/** A shortened run is held to its own length, and says so. */
const countBar = (wanted: number, scale: number): string => (scale >= 1 ? '10⁵' : `${wanted} in this shortened run (10⁵ in full)`);

async function sessions(scale: number, seed: number): Promise<readonly Figure[]> {
  const server = serverProcess();
  let hasExited = false;
  void server.exited.then(() => { hasExited = true; });
  await server.client.initialize(EVERYTHING, { colorTheme: 'dark', typesetHover: true });
  const wanted = Math.ceil(100_000 * scale);
  let cancelled = 0;
  for (let slice = 0; server.client.counts.requests < wanted; slice++) cancelled += (await storm(server.client, dice(seed + slice), 4000, 2)).cancelled;
  await server.client.settled();
  const { requests, results, errors, internal, invalid } = server.client.counts;
  const found = [
    figure('requests, malformed, cancelled and sensible ones', countBar(wanted, scale), `${requests} (${results} results, ${errors} refusals, ${cancelled} cancellations sent)`, requests >= wanted),
    none('requests without an answer', server.client.unanswered()), none('internal errors', internal), none('messages beyond metaModel.json', invalid),
    figure('exits', '0', hasExited ? '1' : '0', !hasExited), none('lines on standard error', server.stderr().split('\n').filter((line) => line !== '')),
  ];
  server.kill();
  return found;
}

async function edits(scale: number, seed: number): Promise<readonly Figure[]> {
  const roll = dice(seed);
  const { client, kill } = serverProcess();
  await client.initialize();
  const wanted = Math.ceil(100_000 * scale);
  const differences: string[] = [];
  let count = 0;
  let comparisons = 0;
  for (let round = 0; count < wanted; round++) {
    const [uri, fresh] = [`file:///w/edited-${round}`, `file:///w/fresh-${round}`];
    const languageId = one(roll, LANGUAGES);
    let text = one(roll, TEXTS);
    open(client, uri, text, languageId);
    for (let version = 2; version < 60; version++) {
      const made = randomEdits(text, roll, 1 + roll(4));
      text = made.text;
      count += made.edits.length;
      client.notify('textDocument/didChange', { textDocument: { uri, version }, contentChanges: made.edits });
    }
    open(client, fresh, text, languageId);
    for (const method of ['textDocument/diagnostic', 'textDocument/semanticTokens/full', 'textDocument/documentSymbol']) {
      const ask = async (of: string): Promise<string> => JSON.stringify((await client.request(method, { textDocument: { uri: of } }).answer).result).replaceAll(of, '').replaceAll(/"resultId":"[^"]*"/g, '');
      comparisons++;
      if (await ask(uri) !== await ask(fresh)) differences.push(`${method}: ${JSON.stringify(text)}`);
    }
    for (const each of [uri, fresh]) client.notify('textDocument/didClose', { textDocument: { uri: each } });
  }
  kill();
  return [figure('random edits, with surrogate pairs and all line ends', countBar(wanted, scale), String(count), count >= wanted), none(`differences from a fresh open in ${comparisons} comparisons`, differences), none('messages beyond metaModel.json', client.counts.invalid)];
}

async function cancellation(scale: number): Promise<readonly Figure[]> {
  const { client, kill } = serverProcess([], false);
  await client.initialize(EVERYTHING, { colorTheme: 'dark', typesetHover: true });
  const uri = 'file:///w/a.mcalc';
  open(client, uri, lines(1000));
  const times: number[] = [];
  const count = Math.ceil(2000 * scale);
  for (let i = 0; i < count; i++) {
    const asked = ['textDocument/codeLens', 'textDocument/hover', 'mcalc/derivation', 'textDocument/completion', 'textDocument/semanticTokens/full']
      .map((method) => client.request(method, { textDocument: { uri }, uri, position: { line: 1002, character: 2 }, ...(i % 2 === 0 ? {} : { context: { triggerKind: 1 } }) }));
    if (i % 10 === 0) client.notify('textDocument/didChange', { textDocument: { uri, version: i + 2 }, contentChanges: [{ range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } }, text: '# x\n' }] });
    await new Promise((resolve) => setTimeout(resolve, i % 7));
    const last = asked.at(-1);
    if (!last) continue;
    const from = performance.now();
    client.notify('$/cancelRequest', { id: last.id });
    await last.answer;
    times.push(performance.now() - from);
    await Promise.all(asked.map((each) => each.answer));
  }
  kill();
  const { p50, p99 } = spread(times);
  return [figure(`from cancelling to the reply, ${count} times, with four other requests under way in a file of 1000 lines`, 'p99 ≤ 50 ms', `median ${ms(p50)}, p99 ${ms(p99)}`, p99 <= 50)];
}

async function workspace(): Promise<readonly Figure[]> {
  const server = serverProcess();
  const { client } = server;
  await client.initialize(EVERYTHING);
  const from = performance.now();
  for (let i = 0; i < 500; i++) open(client, `file:///w/${i}.mcalc`, lines(20));
  for (let i = 0; i < 500; i++) await published(client, `file:///w/${i}.mcalc`, 1);
  const opened = performance.now() - from;
  const asked = performance.now();
  const { result } = await client.request('workspace/symbol', { query: 'f1' }).answer;
  const symbols = performance.now() - asked;
  const edited = performance.now();
  client.notify('textDocument/didChange', { textDocument: { uri: 'file:///w/250.mcalc', version: 2 }, contentChanges: [{ range: { start: { line: 3, character: 0 }, end: { line: 3, character: 0 } }, text: '# x\n' }] });
  await published(client, 'file:///w/250.mcalc', 2);
  const answered = performance.now() - edited;
  const memory = resident(server, 'VmHWM');
  server.kill();
  return [
    figure('500 files with 10 000 definitions opened at once, to the last diagnostics', 'said', `${(opened / 1000).toFixed(1)} s, ${(opened / 500).toFixed(1)} ms a file`, Number.isFinite(opened)),
    figure('symbols of the whole workspace', 'said', `${ms(symbols)}, ${(result as readonly unknown[]).length} found`, (result as readonly unknown[]).length > 0),
    figure('keystroke to diagnostics among them', '≤ 100 ms', ms(answered), answered <= 100),
    figure('resident memory at its highest', '≤ 512 MB', `${memory.toFixed(0)} MB`, memory <= 512),
  ];
}

async function restart(scale: number, seed: number): Promise<readonly Figure[]> {
  const roll = dice(seed);
  const times: number[] = [];
  const said = new Set<string>();
  const count = Math.ceil(50 * scale);
  for (let i = 0; i < count; i++) {
    const from = performance.now();
    const server = serverProcess();
    await server.client.initialize();
    open(server.client, 'file:///w/a.mcalc', `${TEXTS[0]}grad(f, nothing)\n`);
    await published(server.client, 'file:///w/a.mcalc', 1);
    times.push(performance.now() - from);
    said.add(JSON.stringify(server.client.last('textDocument/publishDiagnostics', 'file:///w/a.mcalc')));
    void storm(server.client, dice(i), 200, 0);
    await new Promise((resolve) => setTimeout(resolve, roll(200)));
    server.kill('SIGKILL');
    await server.exited;
  }
  const { p50, max } = spread(times);
  return [figure(`killed at ${count} random moments: from the start of the next one to the same diagnostics`, '≤ 2 s, one answer', `median ${ms(p50)}, longest ${ms(max)}; ${said.size} different answer${said.size === 1 ? '' : 's'}`, max <= 2000 && said.size === 1)];
}

/** A session that leaves its compiled code behind, as the first one after an installation does. */
async function firstSession(codeCache: string): Promise<void> {
  const server = editorServer(codeCache);
  await server.client.initialize();
  open(server.client, 'file:///w/first.mcalc', TEXTS[0] ?? '');
  for (let waited = 0; waited < 100 && !readdirSync(codeCache).some((file) => file.startsWith('server-core')); waited++) await new Promise((resolve) => { setTimeout(resolve, 100); });
  server.kill();
  await server.exited;
}

async function worst(): Promise<readonly Figure[]> {
  const found: Figure[] = [];
  const codeCache = mkdtempSync(path.join(tmpdir(), 'mcalc-soak-'));
  await firstSession(codeCache);
  for (const { name, text } of WORST) {
    const server = editorServer(codeCache);
    await server.client.initialize();
    open(server.client, 'file:///w/warm.mcalc', TEXTS[0] ?? '');
    await published(server.client, 'file:///w/warm.mcalc', 1);
    const from = performance.now();
    open(server.client, 'file:///w/a.mcalc', text);
    await published(server.client, 'file:///w/a.mcalc', 1);
    const time = performance.now() - from;
    const memoryAtMost = resident(server, 'VmHWM');
    const { diagnostics } = server.client.last('textDocument/publishDiagnostics', 'file:///w/a.mcalc') as { readonly diagnostics: readonly { readonly code: string }[] };
    server.kill();
    found.push(figure(name, '≤ 200 ms, 256 MB', `${ms(time)}, ${memoryAtMost.toFixed(0)} MB, ${diagnostics.length === 0 ? 'taken' : diagnostics[0]?.code ?? ''}`, time <= 200 && memoryAtMost <= 256));
  }
  rmSync(codeCache, { recursive: true });
  return found;
}

async function disk(): Promise<readonly Figure[]> {
  const found = fullDisk(path.resolve('dist/cli.js'));
  const what = 'files that are neither the old nor the new ones, unclear messages, rests, on a full disk';
  if ('reason' in found) return [figure(what, '0', `could not run: no file system can be mounted here (${found.reason})`, false)];
  return [
    figure('commands that had no room (generate, format, check --fix; 0 kB free, 4 kB, and so on)', 'at least 3', String(found.refused), found.refused >= 3),
    none(what, found.broken),
  ];
}

export const INSTRUMENTS: readonly Instrument[] = [
  { name: 'sessions', title: 'Random sessions over standard input and output', run: sessions },
  { name: 'edits', title: 'Incremental edits', run: edits },
  { name: 'cancellation', title: 'Cancellation under load', run: cancellation },
  { name: 'typing', title: 'An edit storm', run: typing },
  { name: 'workspace', title: 'A large workspace', run: workspace },
  { name: 'memory', title: 'Memory', run: memory },
  { name: 'restart', title: 'A server killed at random moments', run: restart },
  { name: 'disk', title: 'A full disk', run: disk },
  { name: 'worst', title: 'The worst that a document can be', run: worst },
];
