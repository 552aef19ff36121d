/** What happens beside the key that is pressed, over the protocol: linked names, the layout of a line and of a range, highlights, links. */
import type { DocumentHighlight, DocumentLink, LinkedEditingRanges, Range, TextEdit } from 'vscode-languageserver';
import { afterEach, describe, expect, test } from 'vitest';
import { textDocument, offsetAt } from '../../server/text';
import { serve } from './memory';
import type { Peer } from './peer';

const URI = 'file:///work/t.mcalc';
const OPTIONS = { tabSize: 2, insertSpaces: true };
const TEXT = "X : matrix(m, n)   # doi:10.1137/1.9780898717778, https://example.org/a.\ny : vector(m)\nF=X'*X\nG=X*X'\n";
let peer: Peer | undefined;
afterEach(() => peer?.dispose());

async function opened(text: string, languageId = 'mcalc'): Promise<Peer> {
  peer = serve();
  await peer.start();
  await peer.open(URI, text, languageId);
  return peer;
}
const doc = { textDocument: { uri: URI } };
const at = (line: number, character: number): object => ({ ...doc, position: { line, character } });
const textOf = (text: string, { start, end }: Range): string => {
  const document = textDocument(URI, 'mcalc', 1, text);
  return text.slice(offsetAt(document, start), offsetAt(document, end));
};
function applied(text: string, edits: readonly TextEdit[]): string {
  const document = textDocument(URI, 'mcalc', 1, text);
  return [...edits].sort((a, b) => offsetAt(document, b.range.start) - offsetAt(document, a.range.start))
    .reduce((done, e) => done.slice(0, offsetAt(document, e.range.start)) + e.newText + done.slice(offsetAt(document, e.range.end)), text);
}

describe('linked editing', () => {
  test('of the name of a dimension, wherever it stands', async () => {
    const p = await opened(TEXT);
    const linked = await p.request<LinkedEditingRanges>('textDocument/linkedEditingRange', at(0, 12));
    expect(linked.ranges.map((r) => [r.start.line, textOf(TEXT, r)])).toEqual([[0, 'm'], [1, 'm']]);
    // VS Code compiles a pattern without the flag for Unicode, and links nothing that it then does not match.
    expect(linked.wordPattern).toBeUndefined();
  });
  test('of nothing else', async () => {
    const p = await opened(TEXT);
    expect(await p.request('textDocument/linkedEditingRange', at(0, 0))).toBeNull();
  });
});

describe('layout', () => {
  test('of a range leaves the other lines as they are', async () => {
    const p = await opened(TEXT);
    const edits = await p.request<TextEdit[]>('textDocument/rangeFormatting', { ...doc, range: { start: { line: 2, character: 0 }, end: { line: 2, character: 6 } }, options: OPTIONS });
    expect(applied(TEXT, edits).split('\n').slice(2)).toEqual(["F = X'*X", "G=X*X'", '']);
  });
  test('on type: a line that goes on is indented, one that ends is not', async () => {
    const goesOn = "F = X' *\n";
    const p = await opened(goesOn);
    const onType = (line: number): Promise<TextEdit[]> => p.request('textDocument/onTypeFormatting', { ...at(line, 0), ch: '\n', options: OPTIONS });
    expect(applied(goesOn, await onType(1))).toBe("F = X' *\n  ");
    await p.change(URI, [{ text: "F = X'\n" }]);
    expect(await onType(1)).toEqual([]);
  });
  test('is left to others in other languages', async () => {
    const p = await opened('/** @mcalc\n * F=X+\n */\n', 'typescript');
    expect(await p.request('textDocument/onTypeFormatting', { ...at(2, 0), ch: '\n', options: OPTIONS })).toEqual([]);
    expect(await p.request('textDocument/formatting', { ...doc, options: OPTIONS })).toEqual([]);
  });
});

test('a name is highlighted where it is declared and where it is used', async () => {
  const p = await opened(TEXT);
  const found = await p.request<DocumentHighlight[]>('textDocument/documentHighlight', at(2, 2));
  expect(found.map((h) => h.range.start.line)).toEqual([0, 2, 2, 3, 3]);
});

test('addresses and papers in comments are links', async () => {
  const p = await opened(TEXT);
  const found = await p.request<DocumentLink[]>('textDocument/documentLink', doc);
  expect(found.map((l) => l.target)).toEqual(['https://doi.org/10.1137/1.9780898717778', 'https://example.org/a']);
});
