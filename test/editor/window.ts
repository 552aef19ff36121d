/** What the tests do with VS Code: open a text, wait until something is so, read what is shown. */
import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import * as vscode from 'vscode';
import type { Api } from '../../client/extension';

/** Polls until `read` gives something, and fails with `what` when it never does. */
export async function eventually<T>(what: string, read: () => T | undefined | false | Thenable<T | undefined | false>, timeoutMs = 30_000): Promise<T> {
  const end = Date.now() + timeoutMs;
  for (let wait = 25; ; wait = Math.min(500, wait * 1.5)) {
    const found = await read();
    if (found !== undefined && found !== false) return found;
    if (Date.now() > end) assert.fail(`never: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, wait));
  }
}

export async function api(): Promise<Api> {
  const extension = vscode.extensions.getExtension<Api>('mcalc.mcalc');
  assert.ok(extension, 'the extension is not installed');
  const exported = await extension.activate();
  await exported.ready();
  return exported;
}

/** A file of the workspace with that text. */
export function writeFile(name: string, text: string): vscode.Uri {
  const folder = vscode.workspace.workspaceFolders?.[0];
  assert.ok(folder, 'no folder is open');
  const file = path.join(folder.uri.fsPath, name);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, text);
  return vscode.Uri.file(file);
}

/** The same, shown in an editor. */
export async function openFile(name: string, text: string): Promise<vscode.TextEditor> {
  const document = await vscode.workspace.openTextDocument(writeFile(name, text));
  const editor = await vscode.window.showTextDocument(document, { preview: false });
  // A file that an earlier run left open may hold its old text.
  if (document.getText() !== text) await editor.edit((edit) => { edit.replace(new vscode.Range(0, 0, document.lineCount, 0), text); });
  return editor;
}

/** The place of the nth occurrence of some text. */
export function placeOf(document: vscode.TextDocument, text: string, nth = 0): vscode.Position {
  let at = -1;
  for (let i = 0; i <= nth; i += 1) at = document.getText().indexOf(text, at + 1);
  assert.ok(at >= 0, `${text} is not in the document`);
  return document.positionAt(at);
}

export async function typeText(editor: vscode.TextEditor, at: vscode.Position, text: string): Promise<void> {
  editor.selection = new vscode.Selection(at, at);
  await vscode.commands.executeCommand('type', { text });
}

export const errorsOf = (document: vscode.TextDocument): readonly vscode.Diagnostic[] =>
  vscode.languages.getDiagnostics(document.uri).filter((one) => one.severity === vscode.DiagnosticSeverity.Error);

/** Everything that the hovers at a place say, as one Markdown text. */
export async function hoverAt(document: vscode.TextDocument, position: vscode.Position): Promise<string> {
  const hovers = await vscode.commands.executeCommand<readonly vscode.Hover[]>('vscode.executeHoverProvider', document.uri, position);
  return hovers.flatMap((hover) => hover.contents).map((content) => typeof content === 'string' ? content : content.value).join('\n\n');
}

export async function lensesOf(document: vscode.TextDocument): Promise<readonly vscode.Command[]> {
  const lenses = await vscode.commands.executeCommand<readonly vscode.CodeLens[]>('vscode.executeCodeLensProvider', document.uri, 100);
  return lenses.flatMap((lens) => lens.command ? [lens.command] : []);
}

/** The first lens whose title holds some text, once there is one. */
export async function lens(document: vscode.TextDocument, title: string): Promise<vscode.Command> {
  return eventually(`a lens "${title}"`, async () => (await lensesOf(document)).find((one) => one.title.includes(title)));
}

export async function click(command: vscode.Command): Promise<void> {
  await vscode.commands.executeCommand(command.command, ...(command.arguments ?? []) as unknown[]);
}

export const closeAll = (): Thenable<void> => vscode.commands.executeCommand('workbench.action.closeAllEditors');
