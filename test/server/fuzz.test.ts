import { describe, expect, test } from 'vitest';
import { HANDLERS } from '../../server/handlers';
import { engine } from '../../server/engine';
import { fixtureEngine } from './quick';
import { serve } from './memory';

function dice(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const URIS = ['file:///a.mcalc', 'file:///b.ts', 'file:///c.md', 'file:///unknown.mcalc', 'not a uri', ''];
const TEXTS = [
  "X : matrix(m, n)\ny : vector(m)\nf(w) = norm(X*w - y)^2\ngrad(f, w)\ncheck grad(f, w) == 2*X'*(X*w - y)\n",
  "// @mcalc A : matrix(n, n); f = logdet(A); grad(f, A)\r\nconst a = '😀';\r/** @mcalc\r\n * g = tr(A)\r\n */\r\n",
  '# title\n\n```mcalc\nx : vector(n)\nf = x\'*x\n```\n', '', '((((', '😀\r\r\n\n',
];
const METHODS = HANDLERS.map((h) => h.method).filter((m) => m !== 'mcalc/verify');
const ODD: readonly unknown[] = [undefined, null, 0, -1, 1e9, NaN, '', 'x', true, [], {}, [1, 2], { line: -1, character: 'a' }];

/** What a client might send, most of it well formed, some of it not. */
function message(pick: (below: number) => number): unknown {
  const odd = (): unknown => ODD[pick(ODD.length)];
  const maybe = <T>(value: T): unknown => (pick(12) === 0 ? odd() : value);
  const number = (): unknown => maybe([0, 1, 2, 3, 7, 50, 4294967295, -1, 1.5][pick(9)]);
  const position = (): unknown => maybe({ line: number(), character: number() });
  const range = (): unknown => maybe({ start: position(), end: position() });
  if (pick(25) === 0) return odd();
  const command = maybe(['mcalc.generate', 'mcalc.generateAll', 'rm -rf', '__proto__', 'constructor'][pick(5)]);
  const id = maybe(['request:grad(f,w)', 'derivative:0:f:X', '__proto__', ''][pick(4)]);
  const uri = maybe(URIS[pick(URIS.length)]);
  return {
    textDocument: maybe({ uri }), uri, id, position: position(), positions: maybe([position(), position()]), range: range(), query: maybe('x'), ch: maybe('\n'), options: maybe({ tabSize: 2 }),
    newName: maybe(['Y', 'm', '1x', 'dim', '__proto__'][pick(5)]), context: maybe({ diagnostics: odd(), only: maybe(['quickfix']), includeDeclaration: odd() }),
    command, arguments: maybe([uri, id]), previousResultId: maybe('1.1'), item: odd(),
  };
}

async function storm(rounds: number, seed: number, quick: boolean): Promise<{ readonly answered: number; readonly sensible: number; readonly internal: readonly string[] }> {
  const pick = dice(seed);
  const peer = serve(quick ? fixtureEngine : engine);
  await peer.start({ workspace: { applyEdit: true, workspaceEdit: { resourceOperations: ['create'] } }, textDocument: { completion: { completionItem: { snippetSupport: true } } } });
  const pending: Promise<unknown>[] = [];
  const internal: string[] = [];
  let answered = 0;
  let sensible = 0;
  for (let i = 0; i < rounds; i++) {
    const uri = URIS[pick(3)] ?? '';
    switch (pick(8)) {
      case 0:
        await peer.open(uri, TEXTS[pick(TEXTS.length)] ?? '', ['mcalc', 'typescript', 'markdown'][pick(3)]);
        break;
      case 1:
        await peer.notify('textDocument/didClose', { textDocument: { uri } });
        break;
      case 2:
        await peer.change(uri, [{ range: { start: { line: pick(6), character: pick(12) }, end: { line: pick(8), character: pick(12) } }, text: ["'", '\n', 'X', '', '(', '\r'][pick(6)] }]);
        break;
      case 3:
        await peer.notify(['textDocument/didChange', 'textDocument/didOpen', 'mcalc/colorTheme', 'nothing', '$/cancelRequest'][pick(5)] ?? '', pick(2) === 0 ? { textDocument: ODD[pick(ODD.length)] } : { kind: 'x' });
        break;
      default: {
        const method = METHODS[pick(METHODS.length)] ?? '';
        const params = message(pick);
        pending.push(peer.request(method, params === undefined ? {} : params).then((result) => {
          answered++;
          if (result !== null) sensible++;
        }, (error: { code: number; message: string }) => {
          answered++;
          if (error.code === -32603) internal.push(`${method} ${JSON.stringify(params)}: ${error.message}`);
        }));
      }
    }
    if (pending.length % 50 === 0) await Promise.all(pending);
  }
  await Promise.all(pending);
  expect(answered).toBe(pending.length);
  await peer.open('file:///last.mcalc', 'X : matrix(m, n)\n');
  expect(await peer.request<unknown[]>('textDocument/documentSymbol', { textDocument: { uri: 'file:///last.mcalc' } })).toHaveLength(1);
  peer.dispose();
  return { answered, sensible, internal };
}

describe('a storm of requests', () => {
  test('every one is answered, none of them by an internal error, and the server lives', async () => {
    const { answered, sensible, internal } = await storm(6000, 3, true);
    expect(answered).toBeGreaterThan(2500);
    expect(sensible).toBeGreaterThan(250);
    expect(internal).toEqual([]);
  });
  test('with the real engine', async () => {
    expect((await storm(500, 4, false)).internal).toEqual([]);
  });
});
