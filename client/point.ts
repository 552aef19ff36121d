/** "Verify at a Point…": a person's own values, typed or from a file, instead of random ones. */
import * as vscode from 'vscode';
import { POINT, VERIFY_AT, type Item, type PointParams, type PointResult, type VerifyAtResult } from '../server/protocol';
import type { Start } from './extension';

interface Choice extends vscode.QuickPickItem { readonly act: () => Thenable<string | undefined> }

const textOf = async (uri: vscode.Uri): Promise<string> => new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));

/** JSON files in the folder of the formulas. */
async function filesBeside(document: vscode.TextDocument): Promise<readonly vscode.Uri[]> {
  if (document.isUntitled) return [];
  const folder = vscode.Uri.joinPath(document.uri, '..');
  try {
    const entries = await vscode.workspace.fs.readDirectory(folder);
    return entries.filter(([name, type]) => type === vscode.FileType.File && name.endsWith('.json')).map(([name]) => vscode.Uri.joinPath(folder, name));
  } catch {
    return [];
  }
}

function problemOf(text: string): string | undefined {
  try {
    JSON.parse(text);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** The text of a values file, or undefined where the person changed their mind. */
async function valuesFor(start: Start, document: vscode.TextDocument, item: Item): Promise<string | undefined> {
  const client = await start();
  const type = async (): Promise<string | undefined> => {
    const params: PointParams = { uri: item.uri, id: item.id };
    const { text } = await client.sendRequest<PointResult>(POINT, params);
    return vscode.window.showInputBox({ title: `Verify ${item.label} at a Point`, value: text, prompt: 'One value for each name; sizes that no array gives stand in "dims"', validateInput: problemOf, ignoreFocusOut: true });
  };
  const browse = async (): Promise<string | undefined> => {
    const [uri] = await vscode.window.showOpenDialog({ title: 'The Values', filters: { 'Values': ['json'] }, ...(!document.isUntitled && { defaultUri: vscode.Uri.joinPath(document.uri, '..') }) }) ?? [];
    return uri && textOf(uri);
  };
  const beside = await filesBeside(document);
  const choices: readonly Choice[] = [
    { label: '$(edit) Type the values', description: 'beginning with a random point', act: type },
    ...beside.map((uri) => ({ label: `$(json) ${uri.path.slice(uri.path.lastIndexOf('/') + 1)}`, act: () => textOf(uri) })),
    { label: '$(folder-opened) Choose a file…', act: browse },
  ];
  return (await vscode.window.showQuickPick(choices, { title: `Verify ${item.label} at a Point` }))?.act();
}

/** @param values the text of a values file; asked for where none is given */
export async function verifyAtPoint(start: Start, document: vscode.TextDocument, item: Item, values?: string): Promise<VerifyAtResult | undefined> {
  if (item.kind !== 'request') {
    void vscode.window.showInformationMessage('A claim is decided over many points; only a derivative is verified at one.');
    return undefined;
  }
  const text = values ?? await valuesFor(start, document, item);
  if (text === undefined) return undefined;
  await start();
  try {
    const result = await vscode.commands.executeCommand<VerifyAtResult | undefined>(VERIFY_AT, item.uri, item.id, text);
    if (result) tell(item, result);
    return result;
  } catch (error) {
    // The server names the entry that is wrong.
    void vscode.window.showErrorMessage(error instanceof Error ? error.message : String(error));
    return undefined;
  }
}

function tell(item: Item, { verdict, summary }: VerifyAtResult): void {
  const words = `${item.label} at this point: ${verdict}${summary === '' ? '' : `. ${summary}`}`;
  if (verdict === 'verified') void vscode.window.showInformationMessage(words);
  else if (verdict === 'refuted') void vscode.window.showErrorMessage(words);
  else void vscode.window.showWarningMessage(words);
}
