/** "Try an Example": copies one of the shipped files into a new, unsaved document. */
import * as vscode from 'vscode';
import { did } from './firsts';

interface Choice extends vscode.QuickPickItem { readonly uri: vscode.Uri }

/** The first comment line of a file is its title. */
async function choice(uri: vscode.Uri): Promise<Choice> {
  const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
  const title = /^\s*(?:#|\/\/)\s*(.+)$/m.exec(text)?.[1] ?? '';
  return { label: uri.path.slice(uri.path.lastIndexOf('/') + 1), description: title, uri };
}

async function examples(folder: vscode.Uri): Promise<readonly Choice[]> {
  const entries = await vscode.workspace.fs.readDirectory(folder);
  const files = entries.map(([name]) => name).filter((name) => name.endsWith('.mcalc')).sort();
  return Promise.all(files.map((name) => choice(vscode.Uri.joinPath(folder, name))));
}

export function registerExamples(context: vscode.ExtensionContext): void {
  const folder = vscode.Uri.joinPath(context.extensionUri, 'examples');
  const open = async (name?: unknown): Promise<void> => {
    const all = examples(folder);
    const picked = typeof name === 'string' ? (await all).find((one) => one.label === name)
      : await vscode.window.showQuickPick(all, { title: 'Try an Example', placeHolder: 'It opens in a new, unsaved file', matchOnDescription: true });
    if (!picked) return;
    const content = new TextDecoder().decode(await vscode.workspace.fs.readFile(picked.uri));
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ language: 'mcalc', content }));
    did('example');
  };
  context.subscriptions.push(vscode.commands.registerCommand('mcalc.tryExample', open));
}
