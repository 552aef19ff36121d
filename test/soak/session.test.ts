/** A budget of the soak: random sessions and random edits against the server in this process, every message held to the protocol. */
import { describe, expect, test } from 'vitest';
import { dice } from './dice';
import { randomEdits } from './edits';
import { isProtocol, resultProblem, sentProblem } from './meta-model';
import { HANDLERS } from '../../server/handlers';
import { serverHere } from './servers';
import { storm } from './storm';
import { LANGUAGES, TEXTS } from './texts';

const EVERYTHING = {
  workspace: { applyEdit: true, workspaceEdit: { documentChanges: true, resourceOperations: ['create'] }, codeLens: { refreshSupport: true }, inlayHint: { refreshSupport: true } },
  window: { workDoneProgress: true },
  textDocument: { completion: { completionItem: { snippetSupport: true } }, documentSymbol: { hierarchicalDocumentSymbolSupport: true }, hover: { contentFormat: ['markdown'] }, diagnostic: {} },
};

describe('the check against the protocol', () => {
  test('takes what is right', () => {
    expect(resultProblem('textDocument/hover', { contents: { kind: 'markdown', value: 'x' } })).toBeUndefined();
    expect(resultProblem('textDocument/hover', null)).toBeUndefined();
    expect(sentProblem('notification', 'textDocument/publishDiagnostics', { uri: 'a', diagnostics: [{ range: { start: { line: 0, character: 0 }, end: { line: 0, character: 1 } }, message: 'm', severity: 1 }] })).toBeUndefined();
  });
  test.each([
    ['textDocument/hover', { contents: 3 }], ['textDocument/hover', { contents: { kind: 'html', value: 'x' } }], ['textDocument/hover', { contents: 'x', extra: 1 }],
    ['textDocument/documentSymbol', [{ name: 'x', kind: 0 }]], ['textDocument/definition', { uri: 'a', range: { start: { line: -1, character: 0 }, end: { line: 0, character: 0 } } }],
    ['textDocument/rename', { changes: { a: [{ newText: 'x' }] } }], ['textDocument/semanticTokens/full', { data: [0, 0, 1.5, 0, 0] }], ['shutdown', 0],
  ])('%s: %o is reported', (method, result) => expect(resultProblem(method, result)).toBeTypeOf('string'));
  test('reports messages that are no server\'s to send', () => {
    expect(sentProblem('request', 'textDocument/hover', {})).toMatch(/not for servers/);
    expect(sentProblem('notification', 'window/unknown', {})).toMatch(/is no notification/);
    expect(sentProblem('notification', 'window/logMessage', { type: 9, message: 'x' })).toMatch(/MessageType/);
  });
  test('knows every method of the table of handlers that is not our own', () => {
    expect(HANDLERS.map((handler) => handler.method).filter((method) => !method.startsWith('mcalc/') && !isProtocol(method))).toEqual([]);
  });
});

describe('random sessions', () => {
  test.each([1, 2, 3])('seed %i: every request is answered, no message is beyond the protocol, nothing fails inside', async (seed) => {
    const { client } = serverHere(false);
    await client.initialize(seed === 2 ? {} : EVERYTHING, seed === 3 ? { colorTheme: 'light', typesetHover: false } : undefined);
    await storm(client, dice(seed), 1500, 0);
    await client.settled();
    expect(client.unanswered()).toEqual([]);
    expect(client.counts.internal).toEqual([]);
    expect(client.counts.invalid).toEqual([]);
    expect(client.counts.results).toBeGreaterThan(300);
  });
});

describe('random edits', () => {
  test.each(LANGUAGES)('%s: the text and the diagnostics are those of a fresh open', async (languageId) => {
    const roll = dice(7);
    const { client, session } = serverHere();
    await client.initialize();
    for (const [round, start] of TEXTS.entries()) {
      const uri = `file:///w/edited-${round}`;
      const fresh = `file:///w/fresh-${round}`;
      client.notify('textDocument/didOpen', { textDocument: { uri, languageId, version: 1, text: start } });
      let text = start;
      for (let version = 2; version < 40; version++) {
        const made = randomEdits(text, roll, 1 + roll(4));
        text = made.text;
        client.notify('textDocument/didChange', { textDocument: { uri, version }, contentChanges: made.edits });
      }
      client.notify('textDocument/didOpen', { textDocument: { uri: fresh, languageId, version: 1, text } });
      const ask = async (method: string, of: string): Promise<string> => JSON.stringify((await client.request(method, { textDocument: { uri: of } }).answer).result).replaceAll(of, '');
      for (const method of ['textDocument/diagnostic', 'textDocument/semanticTokens/full', 'textDocument/documentSymbol', 'textDocument/foldingRange']) {
        expect((await ask(method, uri)).replaceAll(/"resultId":"[^"]*"/g, ''), method).toBe((await ask(method, fresh)).replaceAll(/"resultId":"[^"]*"/g, ''));
      }
      expect(session.documents.get(uri)?.text).toBe(text);
    }
    expect(client.counts.invalid).toEqual([]);
  });
});
