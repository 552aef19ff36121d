/** Derivations that somebody waits for: in the other thread, once each, from data that does not grow with the file. */
import { CancellationTokenSource } from 'vscode-languageserver/node';
import { afterEach, expect, test } from 'vitest';
import { analyse } from '../../core/ide/analysis';
import { sliceFor } from '../../core/ide/slice';
import { isRefusal } from '../../core/ide/engine';
import { present } from '../../core/notation/present';
import { engine } from '../../server/engine';
import type { VerifierPort } from '../../server/runtime';
import type { FromVerifier, ToVerifier } from '../../server/verifierProtocol';
import { answerJob } from '../../server/verifier';
import { serve } from './memory';
import type { Peer } from './peer';

const URI = 'file:///work/d.mcalc';
const TEXT = "A : matrix(n, n)\nx : vector(n)\nf = x'*A*x\ngrad(f, x)\ng = x'*x\n";
let peer: Peer | undefined;
afterEach(() => peer?.dispose());

/** A thread that derives when it is told to, and an engine that must not be used here. */
function elsewhere(): { readonly port: () => VerifierPort; readonly asked: (ToVerifier & { readonly task: 'present' })[]; readonly ended: () => number; readonly go: () => void } {
  let listen: (message: FromVerifier) => void = () => undefined;
  let ended = 0;
  const asked: (ToVerifier & { readonly task: 'present' })[] = [];
  return {
    asked, ended: () => ended,
    go: () => { for (const { job, program, request } of asked.splice(0)) listen({ job, presented: structuredClone(engine.present(program, request)) }); },
    port: () => ({
      post: (message) => {
        if (message.task === 'present') asked.push(structuredClone(message));
        else setImmediate(() => listen({ job: message.job, isWarm: true }));
      },
      onMessage: (l) => { listen = l; }, onFailure: () => undefined, terminate: () => { ended++; },
    }),
  };
}
const notHere = { present: () => { throw new Error('derived in the thread that hears messages'); } };
const hover = (p: Peer, line: number, character: number, source?: CancellationTokenSource): Promise<string> =>
  p.request<{ contents: { value: string } }>('textDocument/hover', { textDocument: { uri: URI }, position: { line, character } }, source?.token).then((h) => h.contents.value);
const until = async (isSo: () => boolean): Promise<void> => { while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 2)); };

test('hovers and the panel have it made there', async () => {
  const other = elsewhere();
  peer = serve(notHere, { startVerifier: other.port });
  await peer.start();
  await peer.open(URI, TEXT);
  const shown = hover(peer, 4, 0);
  await until(() => other.asked.length > 0);
  other.go();
  expect(await shown).toContain('2*x');
  const panel = peer.request<{ tabs: unknown[] }>('mcalc/derivation', { uri: URI, position: { line: 3, character: 0 } });
  await until(() => other.asked.length > 0);
  other.go();
  expect((await panel).tabs.length).toBeGreaterThan(3);
});

test('two documents with the same formula have it made once, and both know it', async () => {
  const other = elsewhere();
  peer = serve(notHere, { startVerifier: other.port });
  await peer.start();
  await peer.open(URI, TEXT);
  await peer.open('file:///work/copy.mcalc', TEXT);
  const shown = hover(peer, 4, 0);
  const copied = peer.request<{ contents: { value: string } }>('textDocument/hover', { textDocument: { uri: 'file:///work/copy.mcalc' }, position: { line: 4, character: 0 } });
  await peer.request('textDocument/documentSymbol', { textDocument: { uri: URI } });
  await until(() => other.asked.length > 0);
  expect(other.asked).toHaveLength(1);
  other.go();
  expect(await shown).toContain('2*x');
  expect((await copied).contents.value).toContain('2*x');
});

test('who cancels is answered at once; the derivation is finished, and the next hover has it', async () => {
  const other = elsewhere();
  peer = serve(notHere, { startVerifier: other.port });
  await peer.start();
  await peer.open(URI, TEXT);
  const source = new CancellationTokenSource();
  const first = hover(peer, 4, 0, source).catch((e: { code: number }) => e.code);
  await until(() => other.asked.length > 0);
  source.cancel();
  expect(await first).toBe(-32800);
  const second = hover(peer, 4, 0);
  await new Promise((resolve) => setTimeout(resolve, 30));
  // Two that ask for the same wait for one.
  expect(other.asked.filter((one) => one.request.of === 'g').length).toBe(1);
  other.go();
  expect(await second).toContain('2*x');
  expect(other.ended()).toBe(0);
});

test('where there are no threads it is derived here', async () => {
  peer = serve(engine, { startVerifier: () => { throw new Error('no threads'); } });
  await peer.start();
  await peer.open(URI, TEXT);
  expect(await hover(peer, 4, 0)).toContain('2*x');
});

test('what is sent grows with the formula, not with the file, and gives what the whole file gives', () => {
  const models = (count: number): string => Array.from({ length: count }, (_, k) => `B${k} : matrix(p${k}, q${k})\nh${k}(w${k}) = norm(B${k}*w${k})^2\ngrad(h${k}, w${k})\n`).join('');
  const weight = (count: number): number => {
    const analysis = analyse(TEXT + models(count), 'mcalc', engine);
    const item = analysis.items.find((one) => one.label === 'grad(f, x)');
    if (item?.kind !== 'request') throw new Error('the request is gone');
    const { program, request } = analysis.toDerive(item.part, item.request);
    const here = present(item.part.compiled.program, item.request);
    const there = structuredClone(engine.present(structuredClone(program), structuredClone(request)));
    if (isRefusal(here) || isRefusal(there)) throw new Error('refused');
    expect(there).toEqual(structuredClone(here));
    // Names alone, and the text, may grow.
    return JSON.stringify({ ...program, text: '', variables: [...program.variables].filter(([name, v]) => v.name === name), definitions: [...program.definitions], dimensions: [] }).length;
  };
  expect(weight(40)).toBe(weight(2));
});

test('what is sent is made of the formula alone: no shape of the rest of the file is worked out for it', () => {
  const analysis = analyse(TEXT, 'mcalc', engine);
  const item = analysis.items[0];
  if (item?.kind !== 'request') throw new Error('the request is gone');
  let looks = 0;
  const { program } = item.part.compiled;
  const watched = new Proxy(program, { get: (target, key) => { if (key === 'shapes') looks++; return Reflect.get(target, key) as unknown; } });
  expect(sliceFor(watched, item.request).definitions.size).toBe(1);
  expect(looks).toBe(0);
  expect(watched.shapes.length).toBeGreaterThan(0);
  expect(looks).toBe(1);
});

test('the code of a preview is written there: a cancelled request is answered at once, and the code is made once for a version', async () => {
  let listen: (message: FromVerifier) => void = () => undefined;
  const asked: (ToVerifier & { readonly task: 'code' })[] = [];
  const port = (): VerifierPort => ({
    post: (message) => {
      if (message.task === 'code') asked.push(message);
      else setImmediate(() => listen({ job: message.job, isWarm: true }));
    },
    onMessage: (l) => { listen = l; }, onFailure: () => undefined, terminate: () => undefined,
  });
  peer = serve(notHere, { startVerifier: port });
  await peer.start();
  await peer.open(URI, TEXT);
  const preview = (source?: CancellationTokenSource): Promise<string> =>
    peer?.request<{ text: string }>('mcalc/code', { uri: URI }, source?.token).then((r) => r.text, (e: { code: number }) => `${e.code}`) ?? Promise.reject(new Error('no peer'));
  const source = new CancellationTokenSource();
  const first = preview(source);
  await until(() => asked.length > 0);
  source.cancel();
  expect(await first).toBe('-32800');
  const second = preview();
  await new Promise((resolve) => setTimeout(resolve, 30));
  expect(asked.length).toBe(1);
  const reply = await answerJob(asked[0] as ToVerifier);
  const text = 'code' in reply && 'text' in reply.code ? reply.code.text : '';
  expect(text).toContain('export function gradientFByX(');
  listen(reply);
  expect(await second).toBe(text);
});

/** A thread that writes code when it is told to. */
function writer(): { readonly port: () => VerifierPort; readonly asked: (ToVerifier & { readonly task: 'code' })[]; readonly ended: () => number; readonly go: () => Promise<void> } {
  let listen: (message: FromVerifier) => void = () => undefined;
  let ended = 0;
  const asked: (ToVerifier & { readonly task: 'code' })[] = [];
  return {
    asked, ended: () => ended,
    go: async () => { for (const message of asked.splice(0)) listen(structuredClone(await answerJob(message))); },
    port: () => ({
      post: (message) => {
        if (message.task === 'code') asked.push(structuredClone(message));
        else setImmediate(() => listen({ job: message.job, isWarm: true }));
      },
      onMessage: (l) => { listen = l; }, onFailure: () => undefined, terminate: () => { ended++; },
    }),
  };
}
const EDITS = { workspace: { applyEdit: true, workspaceEdit: { documentChanges: true, resourceOperations: ['create'] } } };

test.each([
  ['a file beside', 'file:///work/w.mcalc', 'mcalc', TEXT, 'files'],
  ['a block below a comment', 'file:///work/w.ts', 'typescript', `/** @mcalc ${TEXT.trim().replaceAll('\n', '; ')} */\n`, 'blocks'],
])('the command writes its code there: %s', async (_what, uri, languageId, text, kind) => {
  const thread = writer();
  peer = serve(notHere, { startVerifier: thread.port });
  await peer.start(EDITS);
  await peer.open(uri, text, languageId);
  const p = peer;
  const source = new CancellationTokenSource();
  const write = (token?: CancellationTokenSource): Promise<unknown> => p.request('workspace/executeCommand', { command: 'mcalc.generate', arguments: [uri, 'request:grad(f,x)'] }, token?.token);
  const edits = (): readonly unknown[] => p.requests.filter((r) => r.method === 'workspace/applyEdit');
  const first = write(source).catch((e: { code: number }) => e.code);
  await until(() => thread.asked.length === 1);
  expect(thread.asked[0]?.kind).toBe(kind);
  // Other requests are answered while the code is being written.
  expect(await p.request('textDocument/foldingRange', { textDocument: { uri } })).not.toBeNull();
  const before = thread.ended();
  source.cancel();
  expect(await first).toBe(-32800);
  expect(thread.ended()).toBe(before + 1);
  expect(edits()).toEqual([]);
  thread.asked.splice(0);
  const second = write();
  await until(() => thread.asked.length === 1);
  await thread.go();
  await second;
  expect(JSON.stringify(edits())).toContain('export function gradientFByX(');
});

test('where there is no thread, the command writes its code here', async () => {
  peer = serve(engine, { startVerifier: () => { throw new Error('no threads here'); } });
  await peer.start(EDITS);
  await peer.open(URI, TEXT);
  await peer.request('workspace/executeCommand', { command: 'mcalc.generate', arguments: [URI, 'request:grad(f,x)'] });
  expect(JSON.stringify(peer.requests)).toContain('export function gradientFByX(');
});

test('where there is no thread, the code of a preview is written here', async () => {
  peer = serve(engine, { startVerifier: () => { throw new Error('no threads here'); } });
  await peer.start();
  await peer.open(URI, TEXT);
  expect((await peer.request<{ text: string }>('mcalc/code', { uri: URI })).text).toContain('export function gradientFByX(');
});
