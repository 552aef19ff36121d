/** What fails under the server: its threads, its process, and what a document can ask of it. */
import { describe, expect, test } from 'vitest';
import { engine } from '../../server/engine';
import type { VerifierPort } from '../../server/runtime';
import type { FromVerifier } from '../../server/verifierProtocol';
import { cliEnvironment, cliFile } from '../cli/bundle';
import { serve } from '../server/memory';
import { startProcess } from '../server/process';
import { fullDisk } from './disk';
import { serverHere } from './servers';
import { WORST } from './worst';

const URI = 'file:///w/a.mcalc';
const TEXT = "x : vector(n)\nf = x'*x\ngrad(f, x)\ngrad(f, y)\n";
const ID = 'request:grad(f,x)';

/** Threads of which the first `failing` end as soon as they get a job. */
function mortal(failing: number): { readonly start: () => VerifierPort; readonly started: () => number } {
  let started = 0;
  return {
    started: () => started,
    start() {
      const isDoomed = ++started <= failing;
      let listen: (message: FromVerifier) => void = () => undefined;
      let fail: (reason: string) => void = () => undefined;
      return {
        post: (message) => setImmediate(() => {
          if (message.task === 'warm') listen({ job: message.job, isWarm: true });
          else if (isDoomed) fail('the verifying thread has ended');
          else if (message.task === 'verify') listen({ job: message.job, report: { verdict: 'verified', short: 'ok', summary: 'ok', details: '' } });
          else if (message.task === 'present') listen({ job: message.job, presented: engine.present(message.program, message.request) });
        }),
        onMessage: (l) => { listen = l; },
        onFailure: (l) => { fail = l; },
        terminate: () => undefined,
      };
    },
  };
}

describe('a disk that is full', () => {
  test('is said, and the old file stays, however little room there is', { timeout: 120_000 }, async () => {
    const found = fullDisk(await cliFile(), cliEnvironment, 'generate');
    // Where nothing can be mounted, a limit on file sizes stands for it: test/cli/writing.test.ts.
    if ('reason' in found) expect(found.reason).toMatch(/unshare|mount|permi|ENOENT/i);
    else {
      expect(found.broken).toEqual([]);
      expect(found.refused).toBeGreaterThan(0);
    }
  });
});

describe('a verifying thread that is killed', () => {
  test('is said, and its work is done in a new one', async () => {
    const threads = mortal(1);
    const peer = serve(engine, { startVerifier: threads.start });
    await peer.start();
    await peer.open(URI, TEXT);
    expect(await peer.request('mcalc/verify', { uri: URI, id: ID })).toMatchObject({ verdict: 'verified' });
    expect(await peer.next<{ message: string }>('window/logMessage', (p) => p.message.includes('thread has ended'))).toMatchObject({ type: 2 });
    expect(threads.started()).toBe(2);
    peer.dispose();
  });
  test('twice is an answer, and the next request runs', async () => {
    const threads = mortal(2);
    const peer = serve(engine, { startVerifier: threads.start });
    await peer.start();
    await peer.open(URI, TEXT);
    await expect(peer.request('mcalc/verify', { uri: URI, id: ID })).rejects.toThrow(/twice in the same work/);
    expect(await peer.request('mcalc/verify', { uri: URI, id: ID })).toMatchObject({ verdict: 'verified' });
    expect(threads.started()).toBe(3);
    peer.dispose();
  });
});

describe('a server that is killed', () => {
  test('in the middle of anything, the next one has the same to say of the same text', async () => {
    const said: unknown[] = [];
    for (const after of [0, 2, 20]) {
      const server = await startProcess();
      await server.peer.start();
      await server.peer.open(URI, TEXT);
      if (after > 0) said.push(await server.peer.next('textDocument/publishDiagnostics'));
      void server.peer.request('textDocument/hover', { textDocument: { uri: URI }, position: { line: 2, character: 1 } }).catch(() => undefined);
      void server.peer.request('mcalc/verify', { uri: URI, id: ID }).catch(() => undefined);
      await new Promise((resolve) => setTimeout(resolve, after));
      server.child.kill('SIGKILL');
      expect(await server.exited).toBeNull();
      server.stop();
    }
    const last = await startProcess();
    await last.peer.start();
    await last.peer.open(URI, TEXT);
    said.push(await last.peer.next('textDocument/publishDiagnostics'));
    expect(await last.peer.request('mcalc/verify', { uri: URI, id: ID })).toMatchObject({ verdict: 'verified' });
    last.stop();
    const plain = said.map((one) => JSON.stringify(one).replace(/"version":\d+/, ''));
    expect(plain).toHaveLength(3);
    expect(new Set(plain).size).toBe(1);
    expect(plain[0]).toContain('MC2001');
  });
});

describe('the worst that a document can be', () => {
  test.each(WORST.map((one) => [one.name, one.text] as const))('%s: is told about or taken, and the server goes on', async (_, text) => {
    const { client } = serverHere();
    await client.initialize();
    client.notify('textDocument/didOpen', { textDocument: { uri: URI, languageId: 'mcalc', version: 1, text } });
    const { result } = await client.request('textDocument/diagnostic', { textDocument: { uri: URI } }).answer;
    expect((result as { readonly kind: string }).kind).toBe('full');
    // Each asks for what cannot be had, but for those that are only long.
    const { items } = result as { readonly items: readonly { readonly code: string; readonly severity: number }[] };
    expect(items.length, JSON.stringify(items.slice(0, 2))).toBeLessThanOrEqual(2000);
    await client.settled();
    expect(client.counts.internal).toEqual([]);
    expect(client.counts.invalid).toEqual([]);
  });
});
