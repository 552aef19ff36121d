/** The soak's instruments: each puts the built server to one test for as long as it is told to, and gives its figures. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { dice, one } from './dice';
import { fullDisk } from './disk';
import { randomEdits } from './edits';
import { serverProcess, type ServerProcess } from './servers';
import { storm } from './storm';
import { LANGUAGES, PIECES, TEXTS } from './texts';
import { WORST } from './worst';
import type { Wire } from './wire';

export interface Figure { readonly what: string; readonly bar: string; readonly seen: string; readonly isMet: boolean }
export interface Instrument {
  readonly name: string;
  readonly title: string;
  /** `scale` 1 is the long run. */
  readonly run: (scale: number, seed: number) => Promise<readonly Figure[]>;
}

const figure = (what: string, bar: string, seen: string, isMet: boolean): Figure => ({ what, bar, seen, isMet });
const none = (what: string, found: readonly unknown[]): Figure => figure(what, '0', `${found.length}${found.length > 0 ? ` (${String(found[0]).slice(0, 200)})` : ''}`, found.length === 0);
const quantile = (sorted: readonly number[], q: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? NaN;
const spread = (times: readonly number[]): { readonly p50: number; readonly p99: number; readonly max: number } => {
  const sorted = [...times].sort((a, b) => a - b);
  return { p50: quantile(sorted, 0.5), p99: quantile(sorted, 0.99), max: sorted.at(-1) ?? NaN };
};
const ms = (time: number): string => `${time < 10 ? time.toFixed(1) : time.toFixed(0)} ms`;

/** Resident megabytes of a process, from the kernel's account. */
function resident({ child }: ServerProcess, field: 'VmRSS' | 'VmHWM'): number {
  const status = readFileSync(`/proc/${child.pid ?? 0}/status`, 'utf8');
  return Number(new RegExp(`${field}:\\s*(\\d+)`).exec(status)?.[1] ?? NaN) / 1024;
}

const EVERYTHING = {
  workspace: { applyEdit: true, workspaceEdit: { documentChanges: true, resourceOperations: ['create'] }, codeLens: { refreshSupport: true } },
  textDocument: { completion: { completionItem: { snippetSupport: true } }, documentSymbol: { hierarchicalDocumentSymbolSupport: true } },
};

function open(client: Wire, uri: string, text: string, languageId = 'mcalc'): void {
  client.notify('textDocument/didOpen', { textDocument: { uri, languageId, version: 1, text } });
}

/** Resolves at the first diagnostics of a version or a later one. */
const published = (client: Wire, uri: string, version: number): Promise<void> =>
  client.heard('textDocument/publishDiagnostics', uri, (params) => ((params as { readonly version?: number }).version ?? 0) >= version);

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

const lines = (count: number): string => `X : matrix(m, n)\ny : vector(m)\n${Array.from({ length: count }, (_, i) => `f${i}(w) = norm(X*w - y)^2 + ${i}*w'w`).join('\n')}\ngrad(f1, w)\n`;

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

async function typing(scale: number, seed: number): Promise<readonly Figure[]> {
  const found: Figure[] = [];
  for (const [count, bar] of [[1000, 100], [10_000, 100]] as const) {
    const roll = dice(seed);
    const { client, kill } = serverProcess([], false);
    await client.initialize();
    const uri = 'file:///w/a.mcalc';
    open(client, uri, lines(count));
    await published(client, uri, 1);
    const times: number[] = [];
    const strokes = Math.ceil(3000 * scale);
    for (let version = 2; version < strokes + 2; version++) {
      const line = 2 + roll(count);
      const from = performance.now();
      client.notify('textDocument/didChange', { textDocument: { uri, version }, contentChanges: [{ range: { start: { line, character: 12 }, end: { line, character: 12 } }, text: one(roll, ['x', '+', ' ', '1', "'"]) }] });
      const done = published(client, uri, version).then(() => times.push(performance.now() - from));
      await new Promise((resolve) => setTimeout(resolve, 20));
      if (version % 50 === 0 || version === strokes + 1) await done;
    }
    await published(client, uri, strokes + 1);
    kill();
    const { p50, p99 } = spread(times);
    found.push(figure(`keystroke to diagnostics at 50 a second, ${count} lines`, `p99 ≤ ${bar} ms`, `median ${ms(p50)}, p99 ${ms(p99)}`, p99 <= bar));
  }
  return found;
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

async function memory(scale: number, seed: number): Promise<readonly Figure[]> {
  const roll = dice(seed);
  const server = serverProcess(['--expose-gc', '--max-old-space-size=256']);
  const { client } = server;
  await client.initialize();
  const uri = 'file:///w/a.mcalc';
  const text = lines(200);
  open(client, uri, text);
  const marks: number[] = [];
  const rounds = 20;
  const each = Math.ceil((100_000 * scale) / rounds);
  let version = 2;
  for (let round = 0; round < rounds; round++) {
    for (let i = 0; i < each; i++) {
      const line = 2 + roll(200);
      client.notify('textDocument/didChange', { textDocument: { uri, version: version++ }, contentChanges: [{ range: { start: { line, character: 3 }, end: { line, character: 3 } }, text: one(roll, PIECES.slice(3)) }] });
      if (i % 20 === 0) await client.request('textDocument/semanticTokens/full', { textDocument: { uri } }).answer;
    }
    // The text grows under the edits; each round begins with the same one.
    client.notify('textDocument/didChange', { textDocument: { uri, version: version++ }, contentChanges: [{ text }] });
    for (let i = 0; i < 10; i++) {
      open(client, `file:///w/other-${round}-${i}.mcalc`, one(roll, TEXTS));
      client.notify('textDocument/didClose', { textDocument: { uri: `file:///w/other-${round}-${i}.mcalc` } });
    }
    await client.settled();
    marks.push(resident(server, 'VmRSS'));
  }
  const peak = resident(server, 'VmHWM');
  server.kill();
  // The first rounds warm caches and the compiler; the slope is of the second half.
  const late = marks.slice(rounds / 2);
  const slope = ((late.at(-1) ?? 0) - (late[0] ?? 0)) / (late.length - 1);
  return [
    figure(`resident memory over ${each * rounds} edits and ${rounds * 10} opens and closes`, 'flat: ≤ 1 MB in 5000 edits', `${slope.toFixed(2)} MB in ${each} edits; ${late[0]?.toFixed(0)} MB at half-time, ${late.at(-1)?.toFixed(0)} MB at the end`, slope <= 1),
    figure('resident memory at its highest', '≤ 256 MB', `${peak.toFixed(0)} MB`, peak <= 256),
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

async function worst(): Promise<readonly Figure[]> {
  const found: Figure[] = [];
  for (const { name, text } of WORST) {
    const server = serverProcess();
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
