import { afterEach, describe, expect, test } from 'vitest';
import { serve } from './memory';
import type { Peer } from './peer';

const URI = 'file:///work/a.mcalc';
const RIDGE = `# Ridge
X : matrix(m, n)
y : vector(m)
lambda : scalar positive
f(w) = norm(X*w - y)^2 + lambda * w'w
grad(f, w)
check grad(f, w) == 2*X'*(X*w - y)
`;
let peer: Peer | undefined;
const start = async (capabilities: object = {}, options?: object): Promise<Peer> => {
  peer = serve();
  await peer.start(capabilities, options);
  return peer;
};
afterEach(() => peer?.dispose());

interface Published { readonly uri: string; readonly version?: number; readonly diagnostics: readonly { readonly code: string; readonly range: unknown; readonly message: string }[] }
const at = (line: number, character: number): object => ({ textDocument: { uri: URI }, position: { line, character } });
const doc = { textDocument: { uri: URI } };
const code = (error: unknown): number => (error as { code: number }).code;

describe('lifecycle', () => {
  test('nothing before initialize, nothing after shutdown, initialize once', async () => {
    peer = serve();
    await expect(peer.request('textDocument/hover', at(0, 0)).catch(code)).resolves.toBe(-32002);
    await expect(peer.request('shutdown').catch(code)).resolves.toBe(-32002);
    await peer.start();
    await expect(peer.request('initialize', { processId: null, rootUri: null, capabilities: {} }).catch(code)).resolves.toBe(-32600);
    await expect(peer.request('textDocument/nothing', {}).catch(code)).resolves.toBe(-32601);
    await expect(peer.request('shutdown')).resolves.toBeNull();
    await expect(peer.request('textDocument/hover', at(0, 0)).catch(code)).resolves.toBe(-32600);
  });

  test('every feature is announced', async () => {
    peer = serve();
    const { capabilities } = await peer.start();
    expect(Object.keys(capabilities).sort()).toEqual([
      'codeActionProvider', 'codeLensProvider', 'completionProvider', 'declarationProvider', 'definitionProvider', 'diagnosticProvider', 'documentFormattingProvider',
      'documentHighlightProvider', 'documentLinkProvider', 'documentOnTypeFormattingProvider', 'documentRangeFormattingProvider', 'documentSymbolProvider', 'executeCommandProvider',
      'foldingRangeProvider', 'hoverProvider', 'implementationProvider', 'inlayHintProvider', 'linkedEditingRangeProvider', 'positionEncoding', 'referencesProvider', 'renameProvider',
      'selectionRangeProvider', 'semanticTokensProvider', 'signatureHelpProvider', 'textDocumentSync', 'workspace', 'workspaceSymbolProvider',
    ]);
  });
});

describe('diagnostics', () => {
  test('are pushed after opening and after each edit, with the version they are of', async () => {
    const p = await start();
    await p.open(URI, 'A : matrix(m, n)\nf = tr(A)\n');
    const first = await p.next<Published>('textDocument/publishDiagnostics');
    expect(first.diagnostics.map((d) => d.code)).toEqual(['MC3003']);
    expect(first.diagnostics[0]?.range).toEqual({ start: { line: 1, character: 4 }, end: { line: 1, character: 9 } });
    await p.change(URI, [{ range: { start: { line: 0, character: 11 }, end: { line: 0, character: 12 } }, text: 'n' }], 7);
    const second = await p.next<Published>('textDocument/publishDiagnostics', (d) => d.version === 7);
    expect(second.diagnostics).toEqual([]);
  });

  test('are taken away when the document closes', async () => {
    const p = await start();
    await p.open(URI, 'f = (');
    expect((await p.next<Published>('textDocument/publishDiagnostics')).diagnostics).not.toEqual([]);
    await p.notify('textDocument/didClose', doc);
    expect((await p.next<Published>('textDocument/publishDiagnostics', (d) => d.diagnostics.length === 0)).uri).toBe(URI);
  });

  test('are pulled by a client that pulls, and unchanged ones are not sent again', async () => {
    const p = await start({ textDocument: { diagnostic: {} } });
    await p.open(URI, 'A : matrix(m, n)\nf = tr(A)\n');
    const full = await p.request<{ kind: string; resultId: string; items: { code: string }[] }>('textDocument/diagnostic', doc);
    expect(full.items.map((d) => d.code)).toEqual(['MC3003']);
    expect(await p.request('textDocument/diagnostic', { ...doc, previousResultId: full.resultId })).toEqual({ kind: 'unchanged', resultId: full.resultId });
    expect(p.notifications.filter((n) => n.method === 'textDocument/publishDiagnostics')).toEqual([]);
  });
});

describe('features', () => {
  test('hover of a name', async () => {
    const p = await start();
    await p.open(URI, RIDGE);
    const hover = await p.request<{ contents: { kind: string; value: string }; range: unknown }>('textDocument/hover', at(1, 0));
    expect(hover.contents).toMatchObject({ kind: 'markdown' });
    expect(hover.contents.value).toContain('X : matrix(m, n)');
    expect(hover.range).toEqual({ start: { line: 1, character: 0 }, end: { line: 1, character: 1 } });
    expect(await p.request('textDocument/hover', at(0, 3))).toBeNull();
  });

  test('a completion list that has a column for it shows each shape', async () => {
    const p = await start({ textDocument: { completion: { completionItem: { labelDetailsSupport: true } } } });
    await p.open(URI, RIDGE);
    const list = await p.request<{ items: { label: string; labelDetails: { description: string } }[] }>('textDocument/completion', at(4, 7));
    const beside = (label: string): string | undefined => list.items.find((i) => i.label === label)?.labelDetails.description;
    expect([beside('X'), beside('lambda'), beside('logdet')]).toEqual(['m×n', 'scalar positive', 'n×n → scalar']);
    expect(list.items.filter((i) => i.labelDetails.description === '')).toEqual([]);
  });

  test('a parenthesis opens a list of names where names are asked for, and leaves the parameters in sight elsewhere', async () => {
    const p = await start();
    await p.open('file:///typed.mcalc', 'X : matrix(m, n)\nf = normF(X)\ngrad(\nY : matrix(\n');
    const labels = async (line: number, character: number, triggerCharacter?: string): Promise<readonly string[]> =>
      (await p.request<{ items: { label: string }[] }>('textDocument/completion', { textDocument: { uri: 'file:///typed.mcalc' }, position: { line, character }, ...(triggerCharacter !== undefined && { context: { triggerKind: 2, triggerCharacter } }) })).items.map((i) => i.label);
    const sizes = await labels(3, 11, '(');
    expect([sizes.includes('m'), sizes.includes('X'), sizes.includes('norm')]).toEqual([true, false, false]);
    expect(await labels(2, 5, '(')).toEqual(['f']);
    expect(await labels(1, 10, '(')).toEqual([]);
    expect(await labels(1, 10)).toContain('X');
  });

  test('completion, signature help, definition, references, highlights, rename', async () => {
    const p = await start();
    await p.open(URI, RIDGE);
    const list = await p.request<{ items: { label: string; sortText: string }[] }>('textDocument/completion', at(4, 7));
    expect(list.items.map((i) => i.label)).toContain('lambda');
    expect(list.items.filter((i) => 'labelDetails' in i)).toEqual([]);
    const help = await p.request<{ signatures: { label: string }[] }>('textDocument/signatureHelp', at(4, 13));
    expect(help.signatures[0]?.label).toContain('norm(');
    expect(await p.request('textDocument/definition', at(4, 12))).toEqual({ uri: URI, range: { start: { line: 1, character: 0 }, end: { line: 1, character: 1 } } });
    expect(await p.request<unknown[]>('textDocument/references', { ...at(1, 0), context: { includeDeclaration: true } })).toHaveLength(4);
    expect(await p.request<unknown[]>('textDocument/references', { ...at(1, 0), context: { includeDeclaration: false } })).toHaveLength(3);
    expect(await p.request<unknown[]>('textDocument/documentHighlight', at(1, 0))).toHaveLength(4);
    expect(await p.request('textDocument/prepareRename', at(1, 0))).toMatchObject({ placeholder: 'X' });
    const edit = await p.request<{ changes: Record<string, unknown[]> }>('textDocument/rename', { ...at(1, 0), newName: 'Data' });
    expect(edit.changes[URI]).toHaveLength(4);
    await expect(p.request('textDocument/rename', { ...at(1, 0), newName: 'y' }).catch((e: Error) => e.message)).resolves.toContain('already');
  });

  test('symbols, folding, selection, workspace symbols', async () => {
    const p = await start({ textDocument: { documentSymbol: { hierarchicalDocumentSymbolSupport: true } } });
    await p.open(URI, `# one\n# two\n${RIDGE}`);
    expect((await p.request<{ name: string }[]>('textDocument/documentSymbol', doc)).map((s) => s.name)).toContain('f');
    expect(await p.request('textDocument/foldingRange', doc)).toEqual([{ startLine: 0, endLine: 2, kind: 'comment' }]);
    expect(await p.request<{ parent: unknown }[]>('textDocument/selectionRange', { ...doc, positions: [{ line: 6, character: 12 }] })).toHaveLength(1);
    expect(await p.request<{ name: string }[]>('workspace/symbol', { query: 'lamb' })).toMatchObject([{ name: 'lambda', location: { uri: URI } }]);
  });

  test.each<{ strange: unknown }>([{ strange: { toString: 1 } }, { strange: { toString: null, valueOf: [] } }, { strange: ['x'] }, { strange: 7 }])('a query or a language that is no string ($strange) is refused or left out, and nothing fails inside', async ({ strange }) => {
    const p = await start();
    await expect(p.request('workspace/symbol', { query: strange }).catch((e: { code: number }) => e.code)).resolves.toBe(-32602);
    await p.notify('textDocument/didOpen', { textDocument: { uri: URI, languageId: strange, version: 1, text: RIDGE } });
    expect(await p.request<unknown[]>('workspace/symbol', { query: '' })).toEqual([]);
    await p.open('file:///other.mcalc', RIDGE);
    expect(await p.request<unknown[]>('workspace/symbol', {})).not.toEqual([]);
  });

  test('semantic tokens: full, delta and range agree', async () => {
    const p = await start();
    await p.open(URI, RIDGE);
    const full = await p.request<{ resultId: string; data: number[] }>('textDocument/semanticTokens/full', doc);
    expect(full.data.length % 5).toBe(0);
    await p.change(URI, [{ range: { start: { line: 4, character: 0 }, end: { line: 4, character: 0 } }, text: 'g = y\n' }]);
    const delta = await p.request<{ resultId: string; edits: { start: number; deleteCount: number; data: number[] }[] }>('textDocument/semanticTokens/full/delta', { ...doc, previousResultId: full.resultId });
    const data = [...full.data];
    for (const edit of delta.edits) data.splice(edit.start, edit.deleteCount, ...edit.data);
    const again = await p.request<{ data: number[] }>('textDocument/semanticTokens/full', doc);
    expect(data).toEqual(again.data);
    const all = await p.request<{ data: number[] }>('textDocument/semanticTokens/range', { ...doc, range: { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } } });
    expect(all.data).toEqual(again.data);
    const stale = await p.request<{ data?: number[] }>('textDocument/semanticTokens/full/delta', { ...doc, previousResultId: 'nothing' });
    expect(stale.data).toEqual(again.data);
  });

  test('inlay hints can be written into the text', async () => {
    const p = await start();
    await p.open(URI, RIDGE);
    const hints = await p.request<{ label: string; textEdits?: { newText: string }[] }[]>('textDocument/inlayHint', { ...doc, range: { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } } });
    expect(hints.map((h) => h.label)).toEqual([': n×1', ': scalar']);
    expect(hints[0]?.textEdits?.[0]?.newText).toBe('w : vector(n)\n');
  });

  test('one space stands between an inlay hint and what follows it', async () => {
    const p = await start();
    await p.open(URI, "X : matrix(m, n)\nf(w) = norm(X*w)^2\ng(u)= norm(X*u)\nh = X*X'\n");
    const hints = await p.request<{ position: { line: number }; label: string; paddingRight: boolean }[]>('textDocument/inlayHint', { ...doc, range: { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } } });
    expect(hints.map((h) => [h.position.line, h.label, h.paddingRight])).toEqual([
      [1, ': n×1', false], [1, ': scalar', false], [2, ': n×1', false], [2, ': scalar', true], [3, ': m×m', false],
    ]);
  });

  test('code actions carry the fixes', async () => {
    const p = await start();
    await p.open(URI, 'A : matrix(m, n)\nx : vector(m)\nf = A * x\n');
    const actions = await p.request<{ kind: string; edit: { changes: Record<string, { newText: string }[]> } }[]>('textDocument/codeAction',
      { ...doc, range: { start: { line: 2, character: 4 }, end: { line: 2, character: 4 } }, context: { diagnostics: [], only: ['quickfix'] } });
    expect(actions.length).toBeGreaterThan(0);
    expect(actions.every((a) => a.kind === 'quickfix')).toBe(true);
  });

  test('messages and fixes are plain text: code stands in them between quotation marks', async () => {
    const p = await start({ textDocument: { publishDiagnostics: { relatedInformation: true } } });
    await p.open(URI, "A : matrix(m, n)\nx : vector(m)\nf = A * x\nf(x)'\ng(x) = x'*x\ng'(x)\n");
    const { diagnostics } = await p.next<{ diagnostics: { message: string; relatedInformation?: { message: string }[] }[] }>('textDocument/publishDiagnostics');
    const actions = await p.request<{ title: string }[]>('textDocument/codeAction',
      { ...doc, range: { start: { line: 0, character: 0 }, end: { line: 5, character: 5 } }, context: { diagnostics: [] } });
    const texts = [...diagnostics.flatMap((d) => [d.message, ...(d.relatedInformation ?? []).map((r) => r.message)]), ...actions.map((a) => a.title)];
    expect(texts.filter((text) => text.includes('`'))).toEqual([]);
    expect(texts).toContain('“A” is m×n');
    expect(texts).toContain('Write “grad(g, x)”');
  });

  test('lenses and items', async () => {
    const p = await start({}, { colorTheme: 'dark', typesetHover: true });
    await p.open(URI, RIDGE);
    const lenses = await p.request<{ command: { title: string; command: string; arguments: unknown[] } }[]>('textDocument/codeLens', doc);
    expect(lenses.map((l) => l.command.command)).toEqual(['mcalc.showDerivation', 'mcalc.generate', 'mcalc.verify', 'mcalc.verify']);
    expect(await p.next('mcalc/itemsChanged')).toEqual({ uri: URI });
    const { items } = await p.request<{ items: { id: string; label: string; kind: string }[] }>('mcalc/items', { uri: URI });
    expect(items.map((i) => `${i.kind} ${i.label}`)).toEqual(['request grad(f, w)', "check check grad(f, w) == 2*X'*(X*w - y)"]);
    expect(lenses[0]?.command.arguments).toEqual([URI, items[0]?.id]);
  });

  test('documents that are not open are answered with nothing', async () => {
    const p = await start();
    for (const method of ['hover', 'completion', 'definition', 'documentSymbol', 'foldingRange', 'codeLens', 'semanticTokens/full']) {
      await expect(p.request(`textDocument/${method}`, at(0, 0))).resolves.toBeNull();
    }
  });
});
