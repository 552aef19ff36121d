/** Random sessions: mostly sensible requests, among them everything that a broken or hostile client might say. */
import { HANDLERS } from '../../server/handlers';
import { one, type Dice } from './dice';
import { LANGUAGES, PIECES, TEXTS } from './texts';
import type { Answer, Wire } from './wire';

const URIS = ['file:///w/a.mcalc', 'file:///w/b.ts', 'file:///w/c.md', 'untitled:Untitled-1', 'vscode-vfs://host/d.mcalc'];
const ODD_URIS = ['file:///never/opened.mcalc', 'not a uri', '', '__proto__', 'file:///%00', `file:///${'x'.repeat(5000)}`];
const ODD: readonly unknown[] = [null, 0, -1, 1e9, 1e300, '', 'x', true, [], {}, [1, 2], { line: -1, character: 'a' }, { toString: 1 }, '\ud800', '__proto__'];
const NUMBERS = [0, 0, 1, 2, 3, 5, 8, 13, 60, 4294967295, 2147483647, -1, 1.5];
const NAMES = ['Y', 'm', 'n', '1x', 'dim', '__proto__', 'constructor', 'X', '', 'λ', 'a b'];
/** Slow by nature, so asked for now and then only. */
const SLOW = new Set(['mcalc/verify']);
const METHODS = [...HANDLERS.map((handler) => handler.method), 'no/such', '__proto__', 'textDocument/rangesFormatting', 'initialize'];

/** Params that fit most methods; about one in five has something odd in it, somewhere. */
function params(roll: Dice, kept: { readonly items: string[] }): unknown {
  if (roll(40) === 0) return one(roll, ODD);
  const oddity = roll(5) === 0 ? roll(14) : -1;
  let slot = 0;
  const maybe = (value: unknown): unknown => (slot++ === oddity ? one(roll, ODD) : value);
  const position = (): object => ({ line: one(roll, NUMBERS), character: one(roll, NUMBERS) });
  const uri = maybe(roll(8) === 0 ? one(roll, ODD_URIS) : one(roll, URIS));
  const id = maybe(roll(3) === 0 ? one(roll, ['request:grad(f,w)', 'derivative:0:f:X', '__proto__', '']) : one(roll, kept.items));
  return {
    textDocument: maybe({ uri }), uri, id, position: maybe(position()), positions: maybe([position(), position()]), range: maybe({ start: position(), end: position() }),
    query: maybe('x'), ch: maybe(one(roll, ['\n', '}', 'x'])), options: maybe({ tabSize: 2, insertSpaces: true }), newName: maybe(one(roll, NAMES)),
    context: maybe({ diagnostics: [], only: roll(2) === 0 ? ['quickfix'] : undefined, includeDeclaration: true }),
    command: maybe(one(roll, ['mcalc.generate', 'mcalc.generateAll', 'rm -rf', '__proto__'])), arguments: maybe([uri, id]),
    previousResultId: maybe('1.1'), item: maybe({ label: 'x', data: one(roll, ODD) }), color: maybe({ red: 1 }), files: maybe([{ oldUri: uri, newUri: one(roll, URIS) }]),
  };
}

const ranged = (roll: Dice): object => ({ start: { line: one(roll, NUMBERS), character: one(roll, NUMBERS) }, end: { line: one(roll, NUMBERS), character: one(roll, NUMBERS) } });

/**
 * Says `rounds` things to a server that has been initialised, and waits for what it owes.
 * Returns the number of cancelled requests; everything else stands in the wire's counts.
 */
export async function storm(client: Wire, roll: Dice, rounds: number, slow: number): Promise<{ readonly cancelled: number }> {
  const kept = { items: ['request:grad(f,w)'] };
  let waiting: { readonly id: number; readonly answer: Promise<Answer> }[] = [];
  let cancelled = 0;
  let version = 1;
  const open = (uri: string): void => client.notify('textDocument/didOpen', { textDocument: { uri, languageId: one(roll, LANGUAGES), version: version++, text: one(roll, TEXTS) } });
  for (const uri of URIS) open(uri);
  for (let i = 0; i < rounds; i++) {
    const uri = one(roll, URIS);
    switch (roll(16)) {
      case 0: open(uri); break;
      case 1: client.notify('textDocument/didClose', { textDocument: { uri: roll(6) === 0 ? one(roll, ODD_URIS) : uri } }); break;
      case 2: case 3:
        client.notify('textDocument/didChange', { textDocument: { uri, version: version++ }, contentChanges: Array.from({ length: 1 + roll(3) }, () => (roll(20) === 0 ? one(roll, ODD) : { range: ranged(roll), text: one(roll, PIECES) })) });
        break;
      case 4: {
        // A file that is renamed while it is open.
        const renamed = one(roll, URIS);
        client.notify('workspace/didRenameFiles', { files: [{ oldUri: uri, newUri: renamed }] });
        client.notify('textDocument/didClose', { textDocument: { uri } });
        open(renamed);
        break;
      }
      case 5:
        client.notify(one(roll, ['textDocument/didChange', 'textDocument/didOpen', 'textDocument/didClose', 'mcalc/colorTheme', 'nothing', '$/cancelRequest', '$/setTrace', 'initialized', 'workspace/didChangeConfiguration']), roll(3) === 0 ? undefined : one(roll, ODD));
        break;
      case 6: {
        const ids = waiting.length > 0 ? waiting.map((asked) => asked.id) : [1e6];
        client.notify('$/cancelRequest', { id: one(roll, ids) });
        cancelled++;
        break;
      }
      default: {
        const method = one(roll, METHODS);
        if (SLOW.has(method) && roll(100) >= slow) break;
        const asked = client.request(method, roll(60) === 0 ? undefined : params(roll, kept));
        if (method === 'mcalc/items') {
          void asked.answer.then(({ result }) => {
            const items = (result as { readonly items?: readonly { readonly id: string }[] } | undefined)?.items ?? [];
            if (items.length > 0) kept.items = items.map((item) => item.id);
          });
        }
        waiting.push(asked);
      }
    }
    if (waiting.length >= 40) {
      await Promise.all(waiting.map((asked) => asked.answer));
      waiting = [];
    }
  }
  await Promise.all(waiting.map((asked) => asked.answer));
  return { cancelled };
}
