import ts from 'typescript';
import { afterEach, describe, expect, test } from 'vitest';
import { frameworkOf } from '../../server/settings';
import { serve } from './memory';
import type { Peer } from './peer';

const URI = 'file:///work/g.ts';
const COMMENT = "/**\n * @mcalc\n * W : matrix(n, k)\n * f = tr(W * W')\n * grad(f, W)\n */\n";
const OWN = '\nexport const own = 1;\n';
const ID = 'request:grad(f,W)';
let peer: Peer | undefined;
afterEach(() => peer?.dispose());

const CAPABILITIES = { workspace: { applyEdit: true, workspaceEdit: { documentChanges: true, resourceOperations: ['create'] } } };

interface Edit { readonly range: { start: { line: number; character: number }; end: { line: number; character: number } }; readonly newText: string }
interface Change { readonly kind?: string; readonly uri?: string; readonly edits?: readonly Edit[]; readonly textDocument?: { uri: string } }

/** Does what an editor does with the edits that the server asked for; the text as it then stands. */
async function applied(p: Peer, text: string): Promise<string> {
  const params = p.requests.filter((r) => r.method === 'workspace/applyEdit').at(-1)?.params as { edit: { documentChanges: Change[] } } | undefined;
  const edits = params?.edit.documentChanges.flatMap((c) => c.edits ?? []) ?? [];
  const lines = text.split('\n');
  const at = ({ line, character }: Edit['range']['start']): number => lines.slice(0, line).reduce((n, l) => n + l.length + 1, 0) + character;
  let result = text;
  for (const e of [...edits].sort((a, b) => at(b.range.start) - at(a.range.start))) result = result.slice(0, at(e.range.start)) + e.newText + result.slice(at(e.range.end));
  await p.change(URI, [{ text: result }]);
  return result;
}
const edits = (p: Peer): number => p.requests.filter((r) => r.method === 'workspace/applyEdit').length;
const complaints = (text: string): readonly string[] =>
  (ts.transpileModule(text, { reportDiagnostics: true, compilerOptions: { target: ts.ScriptTarget.ES2022 } }).diagnostics ?? []).map((d) => ts.flattenDiagnosticMessageText(d.messageText, '\n'));
const generate = (p: Peer, id = ID, uri = URI): Promise<unknown> => p.request('workspace/executeCommand', { command: 'mcalc.generate', arguments: [uri, id] });
const start = async (text: string, languageId = 'typescript', uri = URI): Promise<Peer> => {
  peer = serve();
  await peer.start(CAPABILITIES);
  await peer.open(uri, text, languageId);
  return peer;
};

describe('into the file of the comment', () => {
  test('below the comment, and nothing else is touched', async () => {
    const p = await start(COMMENT + OWN);
    await generate(p);
    const text = await applied(p, COMMENT + OWN);
    expect(text.startsWith(COMMENT)).toBe(true);
    expect(text).toContain(OWN);
    const at = text.indexOf('export function');
    expect(at).toBeGreaterThan(COMMENT.length);
    expect(at).toBeLessThan(text.indexOf(OWN));
    expect(complaints(text)).toEqual([]);
  });

  test('a second run changes nothing', async () => {
    const p = await start(COMMENT + OWN);
    await generate(p);
    await applied(p, COMMENT + OWN);
    expect(edits(p)).toBe(1);
    await generate(p);
    expect(edits(p)).toBe(1);
  });

  test('a changed formula makes the code stale, and the quick fix updates it in place', async () => {
    const p = await start(COMMENT + OWN);
    await generate(p);
    const first = await applied(p, COMMENT + OWN);
    const changed = first.replace("f = tr(W * W')", "f = 3*tr(W * W')");
    await p.change(URI, [{ text: changed }]);
    const stale = await p.next<{ diagnostics: { code: string; range: Edit['range'] }[] }>('textDocument/publishDiagnostics', (d) => d.diagnostics.some((one) => one.code === 'MC5001'));
    const range = stale.diagnostics.find((d) => d.code === 'MC5001')?.range;
    const actions = await p.request<{ title: string; command?: { command: string; arguments: unknown[] } }[]>('textDocument/codeAction', { textDocument: { uri: URI }, range, context: { diagnostics: [] } });
    const fix = actions.find((a) => a.command);
    expect(fix?.command).toMatchObject({ command: 'mcalc.generate', arguments: [URI, ID] });
    await p.request('workspace/executeCommand', fix?.command);
    const second = await applied(p, changed);
    expect(second).not.toBe(changed);
    expect(second.split('// #region mcalc').length).toBe(first.split('// #region mcalc').length);
    expect(second.split(OWN.trim())).toHaveLength(2);
    expect(complaints(second)).toEqual([]);
    await p.next<{ diagnostics: { code: string }[] }>('textDocument/publishDiagnostics', (d) => !d.diagnostics.some((one) => one.code === 'MC5001'));
  });

  test('two comments share their kernels', async () => {
    const text = `${COMMENT}\n// @mcalc A : matrix(n, n) invertible; g = logdet(A); grad(g, A)\n${OWN}`;
    const p = await start(text);
    await p.request('workspace/executeCommand', { command: 'mcalc.generateAll', arguments: [URI] });
    const result = await applied(p, text);
    const names = [...result.matchAll(/^(?:export )?function (\w+)/gm)].map((m) => m[1]);
    expect(new Set(names).size).toBe(names.length);
    expect(names).toContain('f');
    expect(names).toContain('g');
    expect(result.match(/#region mcalc kernels/g)).toHaveLength(1);
    expect(complaints(result)).toEqual([]);
    expect(result.indexOf('export function f(')).toBeLessThan(result.indexOf('// @mcalc A'));
    expect(result.indexOf('export function g(')).toBeGreaterThan(result.indexOf('// @mcalc A'));
  });

  test('code that someone edited is replaced only where the user says so', async () => {
    const p = await start(COMMENT + OWN);
    let answer: { title: string } | null = null;
    const asked: string[] = [];
    p.connection.onRequest('window/showMessageRequest', ({ message }: { message: string }) => { asked.push(message); return answer; });
    await generate(p);
    const text = (await applied(p, COMMENT + OWN)).replace('return out;', 'return out; // ours').replace("f = tr(W * W')", "f = 3*tr(W * W')");
    await p.change(URI, [{ text }]);
    await generate(p);
    expect(edits(p)).toBe(1);
    expect(asked[0]).toMatch(/^The generated code at line \d+ was edited by hand/);
    answer = { title: 'Overwrite' };
    await generate(p);
    expect(edits(p)).toBe(2);
    expect(await applied(p, text)).not.toContain('// ours');
  });

  test('line ends stay what they are', async () => {
    const text = (COMMENT + OWN).replaceAll('\n', '\r\n');
    const p = await start(text);
    await generate(p);
    const params = p.requests.at(-1)?.params as { edit: { documentChanges: Change[] } };
    for (const { newText } of params.edit.documentChanges.flatMap((c) => c.edits ?? [])) expect(newText.replaceAll('\r\n', '')).not.toContain('\n');
  });

  test('in JavaScript without types', async () => {
    const p = await start(COMMENT + OWN, 'javascript');
    await generate(p);
    const params = p.requests.at(-1)?.params as { edit: { documentChanges: Change[] } };
    expect(params.edit.documentChanges[0]?.edits?.[0]?.newText).toMatch(/^export function f\(W/m);
  });

  test('from inside a function: below it', async () => {
    const text = `function outer() {\n  // @mcalc x : vector(n); f = x'*x; grad(f, x)\n  return 1;\n}\n${OWN}`;
    const p = await start(text);
    await generate(p, 'request:grad(f,x)');
    const after = await applied(p, text);
    expect(after.startsWith(`function outer() {\n  // @mcalc x : vector(n); f = x'*x; grad(f, x)\n  return 1;\n}\n// #region mcalc `)).toBe(true);
    expect(after).toContain(OWN);
  });
});

describe('beside a file of formulas', () => {
  const MCALC = 'file:///work/q.mcalc';
  const text = "A : matrix(n, n)\nx : vector(n)\nf = x' * A * x\ngrad(f, x)\n";
  test('a new file is made', async () => {
    const p = await start(text, 'mcalc', MCALC);
    await generate(p, 'request:grad(f,x)', MCALC);
    const { documentChanges } = (p.requests.at(-1)?.params as { edit: { documentChanges: Change[] } }).edit;
    expect(documentChanges[0]).toMatchObject({ kind: 'create', uri: 'file:///work/q.mcalc.ts' });
    const code = documentChanges[1]?.edits?.[0]?.newText ?? '';
    expect(code).toMatch(/^\/\/ Generated by mcalc from q\.mcalc/);
    expect(complaints(code)).toEqual([]);
    await p.open('file:///work/q.mcalc.ts', code, 'typescript');
    await generate(p, 'request:grad(f,x)', MCALC);
    expect(edits(p)).toBe(1);
  });
  test('a file of somebody else is left alone', async () => {
    const p = await start(text, 'mcalc', MCALC);
    await p.open('file:///work/q.mcalc.ts', '// mine\n', 'typescript');
    await expect(generate(p, 'request:grad(f,x)', MCALC).catch((e: Error) => e.message)).resolves.toContain('left as it is');
    expect(edits(p)).toBe(0);
  });
  test('a closed file that someone edited, or wrote, is looked into first', async () => {
    const p0 = await start(text, 'mcalc', MCALC);
    await generate(p0, 'request:grad(f,x)', MCALC);
    const code = (p0.requests.at(-1)?.params as { edit: { documentChanges: Change[] } }).edit.documentChanges[1]?.edits?.[0]?.newText ?? '';
    p0.dispose();
    for (const [standing, says] of [[code.replace('return', 'return 1 *'), 'kept'], ['// mine\n', 'left as it is']] as const) {
      peer = serve(undefined, { readFile: async () => standing });
      await peer.start(CAPABILITIES);
      peer.connection.onRequest('window/showMessageRequest', () => null);
      await peer.open(MCALC, text, 'mcalc');
      const outcome = await generate(peer, 'request:grad(f,x)', MCALC).then(() => 'kept', (e: Error) => e.message);
      expect(outcome).toContain(says);
      expect(edits(peer)).toBe(0);
      peer.dispose();
    }
    peer = serve(undefined, { readFile: async () => code });
    await peer.start(CAPABILITIES);
    await peer.open(MCALC, text, 'mcalc');
    await generate(peer, 'request:grad(f,x)', MCALC);
    expect(edits(peer)).toBe(0);
  });
  test('two windows on one folder: each leaves a whole file of its own text, and finds the other\'s to be mcalc\'s', async () => {
    const disk = new Map<string, string>();
    const window = async (formula: string): Promise<Peer> => {
      const p = serve(undefined, { readFile: async (uri) => disk.get(uri) });
      await p.start(CAPABILITIES);
      await p.open(MCALC, formula, 'mcalc');
      return p;
    };
    /** Does what an editor does with a file that it has not opened. */
    const saved = async (p: Peer): Promise<string | undefined> => {
      const before = edits(p);
      await generate(p, 'request:grad(f,x)', MCALC);
      if (edits(p) === before) return undefined;
      const { documentChanges } = (p.requests.at(-1)?.params as { edit: { documentChanges: readonly Change[] } }).edit;
      for (const change of documentChanges) {
        if (change.kind === 'create') disk.set(change.uri ?? '', '');
        else for (const { range, newText } of change.edits ?? []) {
          expect([range, disk.get(change.textDocument?.uri ?? '')]).toEqual([{ start: { line: 0, character: 0 }, end: { line: 0, character: 0 } }, '']);
          disk.set(change.textDocument?.uri ?? '', newText);
        }
      }
      return disk.get('file:///work/q.mcalc.ts');
    };
    const [one, other] = [await window(text), await window(text.replace('f =', 'f = 2 *'))];
    const [first, second] = [await saved(one), await saved(other)];
    expect(second).toContain('2');
    expect(second).not.toBe(first);
    expect(complaints(second ?? '?')).toEqual([]);
    // The one that wrote first writes its own again, and then has nothing to do.
    expect(await saved(one)).toBe(first);
    expect(await saved(one)).toBeUndefined();
    // Both at once: the disk holds one of the two.
    await Promise.all([saved(one), saved(other)]);
    expect([first, second]).toContain(disk.get('file:///work/q.mcalc.ts'));
    one.dispose();
    other.dispose();
  });
  test('for the target that the settings name', async () => {
    peer = serve();
    peer.connection.onRequest('workspace/configuration', ({ items }: { items: { section: string }[] }) => items.map((i) => (i.section === 'mcalc.generate.target' ? 'numpy' : 'vitest')));
    await peer.start({ workspace: { ...CAPABILITIES.workspace, configuration: true } });
    await peer.open(MCALC, text);
    await generate(peer, 'request:grad(f,x)', MCALC);
    const { documentChanges } = (peer.requests.find((r) => r.method === 'workspace/applyEdit')?.params as { edit: { documentChanges: Change[] } }).edit;
    expect(documentChanges.filter((c) => c.kind === 'create').map((c) => c.uri)).toEqual(['file:///work/q.mcalc.py', 'file:///work/test_q_mcalc.py']);
    const texts = documentChanges.flatMap((c) => c.edits?.[0]?.newText ?? []);
    expect(texts[0]).toContain('def gradient_f_by_x(A, x):');
    // vitest is none of Python's: the framework that comes with it.
    expect(texts[1]).toContain('class Derivatives(unittest.TestCase):');
  });
  test('with tests where the settings ask for them', async () => {
    peer = serve();
    peer.connection.onRequest('workspace/configuration', ({ items }: { items: { section: string }[] }) => items.map((i) => (i.section === 'mcalc.generate.tests' ? 'vitest' : 'typescript')));
    await peer.start({ workspace: { ...CAPABILITIES.workspace, configuration: true } });
    await peer.open(MCALC, text);
    await generate(peer, 'request:grad(f,x)', MCALC);
    const { documentChanges } = (peer.requests.find((r) => r.method === 'workspace/applyEdit')?.params as { edit: { documentChanges: Change[] } }).edit;
    expect(documentChanges.filter((c) => c.kind === 'create').map((c) => c.uri)).toEqual(['file:///work/q.mcalc.ts', 'file:///work/q.mcalc.test.ts']);
    const tests = documentChanges[3]?.edits?.[0]?.newText ?? '';
    expect(tests).toContain("from 'vitest'");
    expect(tests).toContain('"./q.mcalc"');
    expect(complaints(tests)).toEqual([]);
  });
  test('an editor that creates no files is told so', async () => {
    peer = serve();
    await peer.start({ workspace: { applyEdit: true } });
    await peer.open(MCALC, text);
    await expect(generate(peer, 'request:grad(f,x)', MCALC).catch((e: Error) => e.message)).resolves.toContain('create files');
  });
});

describe('tests beside it', () => {
  test.each([
    ['{"devDependencies":{"vitest":"1"}}', 'vitest'], ['{"devDependencies":{"mocha":"1","typescript":"5"}}', 'mocha'], ['{"dependencies":{"jest":"1"}}', 'jest'], ['{}', 'node'], ['not json', 'node'], [undefined, 'node'],
  ])('the framework of %j', (manifest, framework) => expect(frameworkOf(manifest)).toBe(framework));
});

describe('lenses', () => {
  test('say that code stands there already', async () => {
    const p = await start(COMMENT + OWN);
    const titles = async (): Promise<readonly string[]> => (await p.request<{ command: { title: string } }[]>('textDocument/codeLens', { textDocument: { uri: URI } })).map((l) => l.command.title);
    expect(await titles()).toContain('Generate code');
    await generate(p);
    await applied(p, COMMENT + OWN);
    expect(await titles()).toContain('Regenerate code');
  });
});
