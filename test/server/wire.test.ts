/** What may come over the wire instead of messages, and clients that die: the server goes on with the next message, or ends. */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { frames } from '../../server/frames';
import { startProcess, type ServerProcess } from './process';

const URI = 'file:///w/a.mcalc';
const TEXT = 'x : scalar\ngrad(x^2, x)\n';
let server: ServerProcess | undefined;
const others: ChildProcess[] = [];
afterEach(({ task }) => {
  if (task.result?.state === 'fail' && server) console.error(server.state());
  server?.stop();
  for (const other of others) other.kill('SIGKILL');
});

const message = (body: string): string => `Content-Length: ${body.length}\r\n\r\n${body}`;
const symbols = (id: number): string => JSON.stringify({ jsonrpc: '2.0', id, method: 'textDocument/documentSymbol', params: { textDocument: { uri: URI } } });

/** What passes, and what is told of, when the bytes come whole, one by one and in pieces. */
async function passed(input: string): Promise<{ readonly out: string; readonly told: number }> {
  const results = await Promise.all([Infinity, 1, 7, 1000].map((size) => new Promise<string>((resolve) => {
    let out = '';
    let told = 0;
    const stream = frames(() => { told++; });
    stream.on('data', (data: Buffer) => { out += data.toString('latin1'); });
    stream.on('end', () => resolve(JSON.stringify({ out, told })));
    const bytes = Buffer.from(input, 'latin1');
    for (let at = 0; at < bytes.length; at += size) stream.write(bytes.subarray(at, Math.min(bytes.length, at + size)));
    stream.end();
  })));
  expect(new Set(results).size).toBe(1);
  return JSON.parse(results[0] ?? '') as { out: string; told: number };
}

const GOOD = message('{"id":1}');

describe('what is no message is left out up to the next one', () => {
  test.each([
    ['nothing', ''],
    ['a header without a length', 'Content-Type: x\r\n\r\n'],
    ['a line without a colon', 'garbage\r\n\r\n'],
    ['a line', 'hello\n'],
    ['a length that is no number', 'Content-Length: abc\r\n\r\n{}'],
    ['a negative length', 'Content-Length: -5\r\n\r\n{}'],
    ['a length in exponents', 'Content-Length: 1e308\r\n\r\n{}'],
    ['a length beyond any document', 'Content-Length: 99999999999999\r\n\r\n{}'],
    ['line feeds alone', 'Content-Length: 2\n\n{}'],
    ['a header that does not end', 'A'.repeat(100_000)],
    ['many headers', `${'A: b\r\n'.repeat(20_000)}\r\n`],
    ['the beginning of a header', 'Content-Len'],
  ])('%s', async (_, bad) => {
    expect(await passed(GOOD + bad + GOOD + GOOD)).toEqual({ out: GOOD + GOOD + GOOD, told: bad === '' ? 0 : 1 });
  });
  test('other headers and spellings pass', async () => {
    const others = `content-length:2\r\nContent-Type: application/vscode-jsonrpc; charset=utf-8\r\n\r\n{}${message('')}${message('\u00e9')}`;
    expect(await passed(GOOD + others + GOOD)).toEqual({ out: GOOD + Buffer.from(others, 'latin1').toString('latin1') + GOOD, told: 0 });
  });
  test('a length that is too small costs its own message, one that is too large the next one too', async () => {
    expect(await passed(`${GOOD}Content-Length: 3\r\n\r\n{"id":2}${GOOD}`)).toEqual({ out: `${GOOD}Content-Length: 3\r\n\r\n{"i${GOOD}`, told: 1 });
    const { out, told } = await passed(`${GOOD}Content-Length: 12\r\n\r\n{"id":2}${GOOD}${GOOD}`);
    expect([out, told]).toEqual([`${GOOD}Content-Length: 12\r\n\r\n{"id":2}Cont${GOOD}`, 1]);
  });
});

test.each([['alone', ['garbage\r\n\r\n', GOOD]], ['with the next message', [`garbage\r\n\r\n${GOOD}`]], ['in two', ['garb', 'age\r\n\r\n', GOOD]]] as const)('what is left out is shown when it comes %s', async (_, parts) => {
  const told: string[] = [];
  const stream = frames((what) => { told.push(what); });
  for (const part of parts) {
    stream.write(Buffer.from(part, 'latin1'));
    await new Promise((resolve) => { setImmediate(resolve); });
  }
  expect(told).toEqual(['garbage\r\n\r\n']);
});

describe('over standard input', () => {
  test.each([
    ['a broken header', 'garbage\r\n\r\n', 'This is no message, and was left out up to the next one: "garbage'],
    ['a wrong length', 'Content-Length: 5\r\n\r\n{"jsonrpc":"2.0"}', 'A message could not be read'],
    ['no JSON', message('{"a":'), 'A message could not be read'],
    ['null', message('null'), 'empty message'],
    ['arrays beyond any stack', message(`${'['.repeat(200_000)}${']'.repeat(200_000)}`), ''],
    ['invalid UTF-8', message('{"jsonrpc":"2.0","id":5,"method":"\u00ff"}'), ''],
  ])('%s: the next message is answered, and the client is told', async (_, bad, told) => {
    server = await startProcess();
    const { peer, child } = server;
    await peer.start();
    child.stdin?.write(Buffer.from(bad, 'latin1'));
    await peer.open(URI, TEXT);
    expect(await peer.request<unknown[]>('textDocument/documentSymbol', { textDocument: { uri: URI } })).toHaveLength(2);
    if (told !== '') await peer.next<{ message: string }>('window/logMessage', (said) => said.message.includes(told));
    expect(server.stderr()).toBe('');
  });

  test('each request of a batch is answered', async () => {
    server = await startProcess();
    const { peer, child } = server;
    await peer.start();
    await peer.open(URI, TEXT);
    let heard = '';
    child.stdout?.on('data', (data: Buffer) => { heard += data.toString(); });
    child.stdin?.write(message(`[${symbols(1001)},${symbols(1002)}]`));
    await peer.request('textDocument/documentSymbol', { textDocument: { uri: URI } });
    await peer.request('textDocument/documentSymbol', { textDocument: { uri: URI } });
    expect(heard).toMatch(/"id":1001,"result"[\s\S]*"id":1002,"result"/);
  });
});

describe('a client that dies', () => {
  /** A process that lives until it is killed. */
  const bystander = (): ChildProcess => {
    const child = spawn(process.execPath, ['-e', 'setInterval(() => undefined, 1e6)']);
    others.push(child);
    return child;
  };
  test('while something else holds the pipes open: the server ends by itself', async () => {
    const client = bystander();
    server = await startProcess();
    await server.peer.request('initialize', { processId: client.pid, rootUri: null, capabilities: {} });
    client.kill('SIGKILL');
    expect(await server.exited).toBe(1);
  });
  test('in the middle of a message, or behind what it does not read any more: no trace is printed', async () => {
    server = await startProcess();
    await server.peer.start();
    server.child.stdin?.end('Content-Length: 500\r\n\r\n{"js');
    expect([await server.exited, server.stderr()]).toEqual([1, '']);
    server = await startProcess();
    await server.peer.start();
    server.child.stdout?.destroy();
    await server.peer.open(URI, 'x : scalar\ny = x +\n');
    expect([await server.exited, server.stderr()]).toEqual([1, '']);
  });
  test('`mcalc lsp` that is killed takes its server with it', async () => {
    const started = await startProcess();
    const script = started.child.spawnargs.find((argument) => argument.endsWith('server.js')) ?? '';
    started.stop();
    // The command starts the server that stands beside it.
    const { build } = await import('esbuild');
    const folder = mkdtempSync(path.join(tmpdir(), 'mcalc-lsp-'));
    await build({ entryPoints: [path.resolve(import.meta.dirname, '../../cli/main.ts')], outfile: path.join(folder, 'cli.cjs'), bundle: true, platform: 'node', format: 'cjs', packages: 'external', logLevel: 'error' });
    writeFileSync(path.join(folder, 'server.js'), `require(${JSON.stringify(script)}); console.error('started');`);
    // Something else holds the other end of its standard input.
    const holder = spawn(process.execPath, ['-e', 'setInterval(() => undefined, 1e6)'], { stdio: ['ignore', 'pipe', 'ignore'] });
    const wrapper = spawn(process.execPath, [path.join(folder, 'cli.cjs'), 'lsp', '--stdio'], { stdio: [holder.stdout, 'pipe', 'pipe'], env: { ...process.env, NODE_PATH: path.resolve(import.meta.dirname, '../../node_modules') } });
    others.push(holder, wrapper);
    await new Promise((resolve) => { wrapper.stderr?.once('data', resolve); });
    const closed = new Promise((resolve) => { wrapper.stdout?.once('close', resolve).resume(); });
    wrapper.kill('SIGKILL');
    // The server holds the other end of this one, which closes with its end.
    await closed;
  });
});
