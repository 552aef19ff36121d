import { CancellationTokenSource } from 'vscode-languageserver/node';
import { afterEach, describe, expect, test } from 'vitest';
import type { VerifierPort } from '../../server/runtime';
import type { FromVerifier, ToVerifier } from '../../server/verifierProtocol';
import type { VerifyResult } from '../../server/protocol';
import { engine } from '../../server/engine';
import { serve } from './memory';
import type { Peer } from './peer';

const URI = 'file:///work/v.mcalc';
const TEXT = "x : vector(n)\nA : matrix(n, n)\nf = x'*A*x\ngrad(f, x)\n";
const ID = 'request:grad(f,x)';
let peer: Peer | undefined;
afterEach(() => peer?.dispose());

const lensTitles = async (p: Peer): Promise<readonly string[]> =>
  (await p.request<{ command: { title: string } }[]>('textDocument/codeLens', { textDocument: { uri: URI } })).map((l) => l.command.title);

describe('verification', () => {
  test('a request is verified, its lens says so, and an edit takes the verdict away', async () => {
    peer = serve();
    await peer.start({ workspace: { codeLens: { refreshSupport: true } } });
    await peer.open(URI, TEXT);
    expect(await lensTitles(peer)).toContain('Verify');
    const result = await peer.request<VerifyResult>('mcalc/verify', { uri: URI, id: ID });
    expect(result.verdict).toBe('verified');
    expect(result.details).toContain('digits');
    expect(result.range.start.line).toBe(3);
    expect((await lensTitles(peer)).some((t) => /^✓ verified, \d+ digits$/.test(t))).toBe(true);
    expect(peer.requests.map((r) => r.method)).toContain('workspace/codeLens/refresh');
    await peer.change(URI, [{ range: { start: { line: 2, character: 4 }, end: { line: 2, character: 4 } }, text: '2*' }]);
    expect(await lensTitles(peer)).toContain('Verify');
  });

  test('where no lenses are shown, code actions run their commands, and the verdict is told', async () => {
    const actionsFor = async (capabilities: object, line: number): Promise<readonly { title: string; command: { command: string; arguments: unknown[] } }[]> => {
      peer?.dispose();
      peer = serve();
      await peer.start(capabilities);
      await peer.open(URI, TEXT);
      return (await peer.request<{ title: string; kind: string; command: { command: string; arguments: unknown[] } }[]>('textDocument/codeAction',
        { textDocument: { uri: URI }, range: { start: { line, character: 0 }, end: { line, character: 0 } }, context: { diagnostics: [] } })).filter((a) => a.kind === 'source');
    };
    expect(await actionsFor({ textDocument: { codeLens: {} } }, 3)).toEqual([]);
    expect(await actionsFor({}, 2)).toEqual([]);
    const actions = await actionsFor({}, 3);
    expect(actions.map((a) => a.title)).toEqual(['Generate code', 'Verify']);
    expect(await peer?.request('workspace/executeCommand', actions[1]?.command)).toMatchObject({ verdict: 'verified' });
    expect((await peer?.next<{ message: string }>('window/showMessage'))?.message).toMatch(/^grad\(f, x\): verified.*digits/);
  });

  test('a comment or a blank leaves the verdict standing', async () => {
    peer = serve();
    await peer.start();
    await peer.open(URI, TEXT);
    expect(await peer.request('workspace/executeCommand', { command: 'mcalc.verify', arguments: [URI, ID] })).toMatchObject({ verdict: 'verified' });
    await peer.change(URI, [{ range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } }, text: '# a comment\n\n' }]);
    expect((await lensTitles(peer)).some((t) => t.startsWith('✓'))).toBe(true);
  });

  test('what is not there is refused by name', async () => {
    peer = serve();
    await peer.start();
    await peer.open(URI, TEXT);
    const code = (e: { code: number }): number => e.code;
    await expect(peer.request('mcalc/verify', { uri: URI, id: 'request:nothing' }).catch(code)).resolves.toBe(-32602);
    await expect(peer.request('mcalc/verify', { uri: 'file:///other', id: ID }).catch(code)).resolves.toBe(-32602);
    await expect(peer.request('workspace/executeCommand', { command: 'rm', arguments: [] }).catch(code)).resolves.toBe(-32602);
  });
});

/** A verifier that answers when it is told to. */
function slowVerifier(): { readonly port: () => VerifierPort; readonly started: ToVerifier[]; readonly ended: number[]; answer(message: FromVerifier): void } {
  const started: ToVerifier[] = [];
  const ended: number[] = [];
  let listen: (message: FromVerifier) => void = () => undefined;
  return {
    started, ended,
    answer: (message) => listen(message),
    port: () => ({
      post: (message) => {
        if (message.task === 'verify') started.push(message);
        else setImmediate(() => listen(message.task === 'present' ? { job: message.job, presented: engine.present(message.program, message.request) } : { job: message.job, isWarm: true }));
      },
      onMessage: (l) => { listen = l; },
      onFailure: () => undefined,
      terminate: () => { ended.push(started.length); },
    }),
  };
}

describe('cancellation', () => {
  test('ends the thread, answers the request, and the next one runs', async () => {
    const verifier = slowVerifier();
    peer = serve(engine, { startVerifier: verifier.port });
    await peer.start();
    await peer.open(URI, TEXT);
    const source = new CancellationTokenSource();
    const first = peer.request('mcalc/verify', { uri: URI, id: ID }, source.token).catch((e: { code: number }) => e.code);
    while (verifier.started.length === 0) await new Promise((resolve) => setImmediate(resolve));
    expect(await lensTitles(peer)).toContain('Verifying…');
    source.cancel();
    expect(await first).toBe(-32800);
    expect(verifier.ended).toEqual([1]);
    expect(await lensTitles(peer)).toContain('Verify');
    const second = peer.request<VerifyResult>('mcalc/verify', { uri: URI, id: ID });
    while (verifier.started.length < 2) await new Promise((resolve) => setImmediate(resolve));
    verifier.answer({ job: verifier.started[1]?.job ?? 0, report: { verdict: 'undecided', short: '', summary: 'a test', details: '' } });
    expect((await second).verdict).toBe('undecided');
  });

  test('a failure of the thread is answered', async () => {
    const verifier = slowVerifier();
    peer = serve(engine, { startVerifier: verifier.port });
    await peer.start();
    await peer.open(URI, TEXT);
    const asked = peer.request('mcalc/verify', { uri: URI, id: ID }).catch((e: Error) => e.message);
    while (verifier.started.length === 0) await new Promise((resolve) => setImmediate(resolve));
    verifier.answer({ job: verifier.started[0]?.job ?? 0, failed: 'out of memory' });
    expect(await asked).toBe('out of memory');
  });
});

describe('claims', () => {
  const claims = "W : matrix(n, k)\nF = W * W'\ncheck grad(tr(F), W) == 2*W\ncheck grad(tr(F), W) == 3*W\n";
  test('a true one is proved, a false one is refuted with its point, and is an error on its line', async () => {
    peer = serve();
    await peer.start();
    await peer.open(URI, claims);
    const { items } = await peer.request<{ items: { id: string }[] }>('mcalc/items', { uri: URI });
    const [yes, no] = items;
    expect(await peer.request('mcalc/verify', { uri: URI, id: yes?.id })).toMatchObject({ verdict: 'proved' });
    const refuted = await peer.request<VerifyResult>('mcalc/verify', { uri: URI, id: no?.id });
    expect(refuted).toMatchObject({ verdict: 'refuted', range: { start: { line: 3, character: 0 } } });
    expect(refuted.expected).not.toBe(refuted.actual);
    expect(refuted.summary).toMatch(/\d/);
    const { diagnostics } = await peer.next<{ diagnostics: { code: string; range: { start: { line: number } } }[] }>('textDocument/publishDiagnostics', (d) => d.diagnostics.length > 0);
    expect(diagnostics).toMatchObject([{ code: 'MC6001', range: { start: { line: 3 } } }]);
    expect(await lensTitles(peer)).toEqual(['✓ proved', '✗ refuted']);
  });
});

describe('progress', () => {
  test('is shown for the command, and its button cancels', async () => {
    const verifier = slowVerifier();
    peer = serve(engine, { startVerifier: verifier.port });
    await peer.start({ window: { workDoneProgress: true } });
    await peer.open(URI, TEXT);
    const asked = peer.request('workspace/executeCommand', { command: 'mcalc.verify', arguments: [URI, ID] }).catch((e: { code: number }) => e.code);
    const begun = await peer.next<{ token: string; value: { kind: string; title: string; cancellable: boolean } }>('$/progress');
    expect(begun.value).toMatchObject({ kind: 'begin', title: 'Verifying grad(f, x)', cancellable: true });
    while (verifier.started.length === 0) await new Promise((resolve) => setImmediate(resolve));
    await peer.notify('window/workDoneProgress/cancel', { token: begun.token });
    expect(await asked).toBe(-32800);
    expect(await peer.next('$/progress')).toMatchObject({ value: { kind: 'end' } });
  });
});

describe('what cannot be done', () => {
  const lensesAt = async (p: Peer, line: number): Promise<readonly { title: string; command: string }[]> =>
    (await p.request<{ range: { start: { line: number } }; command: { title: string; command: string } }[]>('textDocument/codeLens', { textDocument: { uri: URI } }))
      .filter((lens) => lens.range.start.line === line).map((lens) => ({ title: lens.command.title, command: lens.command.command }));

  test('is not offered: lenses say why, and are no actions elsewhere', async () => {
    peer = serve();
    await peer.start({ workspace: { codeLens: { refreshSupport: true } } });
    await peer.open(URI, 'g : R^n -> R\nA : matrix(n, n)\nX : matrix(m, n)\nx : vector(n)\nF = sum(inv(A + X[i, :]\'*X[i, :]), i = 1:m)\ngrad(g(A*x), x)\njacobian(F, A)\ngrad(x\'*x, x)\n');
    await peer.next<{ diagnostics: { code: string }[] }>('textDocument/publishDiagnostics', (d) => d.diagnostics.some((one) => one.code === 'MC4001'));
    expect(await lensesAt(peer, 5)).toEqual([{ title: 'No code and no test: g has no body', command: '' }]);
    expect(await lensesAt(peer, 6)).toEqual([{ title: 'No derivative: see the error', command: '' }]);
    expect((await lensesAt(peer, 7)).map((lens) => lens.title)).toEqual(['Generate code', 'Verify']);
    expect(peer.requests.map((r) => r.method)).toContain('workspace/codeLens/refresh');
    const actions = await peer.request<{ kind: string }[]>('textDocument/codeAction',
      { textDocument: { uri: URI }, range: { start: { line: 5, character: 0 }, end: { line: 6, character: 0 } }, context: { diagnostics: [], only: ['source'] } });
    expect(actions).toEqual([]);
  });
});

describe('a verdict', () => {
  const verdicts = async (p: Peer): Promise<readonly unknown[]> =>
    (await p.request<{ items: { verdict?: string }[] }>('mcalc/items', { uri: URI })).items.map((item) => item.verdict);

  test('outlives a closed document, but not a change of its text; and is told with the items', async () => {
    peer = serve();
    await peer.start();
    await peer.open(URI, TEXT);
    expect(await verdicts(peer)).toEqual([undefined]);
    await peer.request('mcalc/verify', { uri: URI, id: ID });
    expect(await verdicts(peer)).toEqual(['verified']);
    await peer.notify('textDocument/didClose', { textDocument: { uri: URI } });
    await peer.open(URI, TEXT);
    expect(await verdicts(peer)).toEqual(['verified']);
    expect((await lensTitles(peer)).some((t) => t.startsWith('✓'))).toBe(true);
    await peer.notify('textDocument/didClose', { textDocument: { uri: URI } });
    await peer.open(URI, TEXT.replace("x'*A", "2*x'*A"));
    expect(await verdicts(peer)).toEqual([undefined]);
    expect(await lensTitles(peer)).toContain('Verify');
  });
});

describe('in the background', () => {
  test('derivations are made ahead, refusals and false claims appear as one types, and no lens is touched', async () => {
    peer = serve();
    await peer.start();
    await peer.open(URI, "x : vector(n)\nf = x'*x\ncheck grad(f, x) == 3*x\ng : R^n -> R\ngrad(f, x)\n");
    const { diagnostics } = await peer.next<{ diagnostics: { code: string; message: string }[] }>('textDocument/publishDiagnostics', (d) => d.diagnostics.some((one) => one.code === 'MC6001'));
    expect(diagnostics.find((d) => d.code === 'MC6001')?.message).toMatch(/\d/);
    expect(await lensTitles(peer)).toEqual(['Verify', 'Generate code', 'Verify']);
  });

  test('gives way to what somebody asks for', async () => {
    const verifier = slowVerifier();
    peer = serve(engine, { startVerifier: verifier.port });
    await peer.start();
    await peer.open(URI, `${TEXT}check f == f\n`);
    while (verifier.started.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(verifier.started[0]).toMatchObject({ task: 'verify', id: expect.stringMatching(/^check:/) as string });
    const asked = peer.request<VerifyResult>('mcalc/verify', { uri: URI, id: ID });
    while (verifier.started.length < 2) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(verifier.ended).toEqual([1]);
    verifier.answer({ job: verifier.started[1]?.job ?? 0, report: { verdict: 'verified', short: '', summary: '', details: '' } });
    expect((await asked).verdict).toBe('verified');
  });
});
