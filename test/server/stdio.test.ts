import { afterEach, describe, expect, test } from 'vitest';
import type { VerifyResult } from '../../server/protocol';
import { startProcess, type ServerProcess } from './process';

const URI = 'file:///work/s.mcalc';
const TEXT = "W : matrix(n, k)\nf = tr(W*W')\ngrad(f, W)\n";
let server: ServerProcess | undefined;
afterEach(() => server?.stop());

describe('over standard input and output', () => {
  test('a session from initialize to exit', async () => {
    server = await startProcess();
    const { peer } = server;
    const { capabilities } = await peer.start({}, { colorTheme: 'dark', typesetHover: true });
    expect(capabilities.hoverProvider).toBe(true);
    await peer.open(URI, TEXT);
    expect(await peer.next('textDocument/publishDiagnostics')).toMatchObject({ uri: URI, diagnostics: [] });
    const hover = await peer.request<{ contents: { value: string } }>('textDocument/hover', { textDocument: { uri: URI }, position: { line: 2, character: 1 } });
    expect(hover.contents.value).toContain('data:image/svg+xml;base64,');
    expect(hover.contents.value).toContain('```mcalc\n2*W\n```');
    const verdict = await peer.request<VerifyResult>('mcalc/verify', { uri: URI, id: 'request:grad(f,W)' });
    expect(verdict.verdict).toBe('verified');
    expect(await peer.request('shutdown')).toBeNull();
    await peer.notify('exit');
    expect(await server.exited).toBe(0);
    expect(server.stderr()).toBe('');
  });

  test('exit without shutdown is an error', async () => {
    server = await startProcess();
    await server.peer.start();
    await server.peer.notify('exit');
    expect(await server.exited).toBe(1);
  });

  test('a closed standard input ends it', async () => {
    server = await startProcess();
    await server.peer.start();
    server.child.stdin?.end();
    expect(await server.exited).not.toBeUndefined();
  });

  test('a message that is no JSON does not end the session', async () => {
    server = await startProcess();
    const { peer, child } = server;
    await peer.start();
    const bad = '{"jsonrpc":"2.0","id":"x","method":';
    child.stdin?.write(`Content-Length: ${bad.length}\r\n\r\n${bad}`);
    await peer.open(URI, TEXT);
    const symbols = await peer.request<unknown[]>('textDocument/documentSymbol', { textDocument: { uri: URI } });
    expect(symbols.length).toBe(3);
  });
});
