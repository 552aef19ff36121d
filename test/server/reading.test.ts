/** Documents are read in slices: what comes in meanwhile is heard. Counted in pauses, on a clock for which every slice is at its end. */
import { CancellationTokenSource } from 'vscode-languageserver/node';
import { afterEach, expect, test } from 'vitest';
import { serve } from './memory';
import type { Peer } from './peer';

const URI = 'file:///work/long.mcalc';
const LINES = 300;
const TEXT = `X : matrix(m, n)\nw : vector(n)\n${Array.from({ length: LINES }, (_, i) => `f${i} = norm(X*w)^2 + ${i}*w'*w`).join('\n')}\ngrad(f1, w)\n`;

let peer: Peer | undefined;
afterEach(() => peer?.dispose());

function slow(): { readonly peer: Peer; readonly pauses: () => number } {
  let [time, pauses] = [0, 0];
  const made = serve(undefined, {
    now: () => (time += 20),
    pause: () => { pauses++; return new Promise((resolve) => setImmediate(resolve)); },
  });
  peer = made;
  return { peer: made, pauses: () => pauses };
}
const published = (p: Peer, version: number): Promise<unknown> => p.next<{ readonly version?: number }>('textDocument/publishDiagnostics', (d) => d.version === version);

test('a request that waits for a reading is answered as soon as it is cancelled', async () => {
  const { peer: p, pauses } = slow();
  await p.start();
  await p.notify('textDocument/didOpen', { textDocument: { uri: URI, languageId: 'mcalc', version: 1, text: TEXT } });
  const source = new CancellationTokenSource();
  const asked = p.request('textDocument/hover', { textDocument: { uri: URI }, position: { line: 2, character: 1 } }, source.token);
  source.cancel();
  await expect(asked.catch((e: { code: number }) => e.code)).resolves.toBe(-32800);
  const then = pauses();
  await published(p, 1);
  expect(pauses()).toBeGreaterThan(LINES);
  expect(then).toBeLessThan(LINES / 2);
});

test('a reading is finished though the text changes under it, and the change is read next', async () => {
  const { peer: p, pauses } = slow();
  await p.start();
  await p.notify('textDocument/didOpen', { textDocument: { uri: URI, languageId: 'mcalc', version: 1, text: TEXT } });
  await expect.poll(pauses, { interval: 1 }).toBeGreaterThan(20);
  await p.change(URI, [{ range: { start: { line: 2, character: 0 }, end: { line: 2, character: 0 } }, text: 'g = nothing\n' }], 2);
  // Asked after the change, so answered of it.
  const symbols = await p.request<{ readonly name: string }[]>('textDocument/documentSymbol', { textDocument: { uri: URI } });
  expect(JSON.stringify(symbols)).toContain('"g"');
  await published(p, 1);
  await published(p, 2);
});

test('a document that is closed and opened again under a reading is the new one', async () => {
  const { peer: p } = slow();
  await p.start();
  await p.notify('textDocument/didOpen', { textDocument: { uri: URI, languageId: 'mcalc', version: 1, text: TEXT } });
  await p.notify('textDocument/didClose', { textDocument: { uri: URI } });
  await p.notify('textDocument/didOpen', { textDocument: { uri: URI, languageId: 'mcalc', version: 1, text: 'other : scalar\n' } });
  expect(JSON.stringify(await p.request('textDocument/documentSymbol', { textDocument: { uri: URI } }))).toMatch(/"other"/);
});

test('the panel pauses after each picture, so that a cancelled request is answered before the last', async () => {
  const { peer: p, pauses } = slow();
  await p.start();
  await p.open('file:///work/panel.mcalc', 'A : matrix(n, n)\nx : vector(n)\nf = x\'*A*x\ngrad(f, x)\n');
  const panel = (token?: CancellationTokenSource): Promise<{ tabs: unknown[]; steps: unknown[] }> => p.request('mcalc/derivation', { uri: 'file:///work/panel.mcalc', id: 'request:grad(f,x)' }, token?.token);
  const { tabs, steps } = await panel();
  const before = pauses();
  await panel();
  expect(pauses() - before).toBeGreaterThanOrEqual(tabs.length + steps.length);
});
