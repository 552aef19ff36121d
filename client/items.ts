/** The formulas of a document as the server sees them, and the one at the cursor. */
import type { Position, TextDocument, Uri } from 'vscode';
import { ITEMS, type Item, type ItemsParams, type ItemsResult } from '../server/protocol';
import type { Start } from './extension';

export async function itemsOf(start: Start, uri: Uri): Promise<readonly Item[]> {
  const client = await start();
  const params: ItemsParams = { uri: client.code2ProtocolConverter.asUri(uri) };
  return (await client.sendRequest<ItemsResult>(ITEMS, params)).items;
}

/** The item that holds the position, else the nearest above it, else the first. */
export async function itemAt(start: Start, document: TextDocument, position: Position): Promise<Item | undefined> {
  const items = [...await itemsOf(start, document.uri)].sort((a, b) => a.range.start.line - b.range.start.line);
  const above = items.filter((item) => item.range.start.line <= position.line);
  const holding = above.filter((item) => item.range.end.line >= position.line);
  return holding.at(-1) ?? above.at(-1) ?? items[0];
}
