/** Between the editor and the server: what settings leave out, and the file that a command has written. */
import * as vscode from 'vscode';
import type { BaseLanguageClient, Middleware } from 'vscode-languageclient';
import { GENERATE, GENERATE_ALL, VERIFY_AT, VERIFY_COMMAND } from '../server/protocol';
import { did } from './firsts';

function isOn(name: string, document: vscode.TextDocument): boolean {
  return vscode.workspace.getConfiguration('mcalc', document).get(name, true);
}

/** The file that a command says it wrote to. */
function writtenFile(result: unknown): vscode.Uri | undefined {
  const uri = typeof result === 'object' && result !== null && 'uri' in result ? result.uri : undefined;
  return typeof uri === 'string' ? vscode.Uri.parse(uri) : undefined;
}

/** Shows a file that stands beside the formulas; code below a comment is in sight already. */
async function showWritten(result: unknown): Promise<void> {
  const uri = writtenFile(result);
  const isInSight = (file: vscode.Uri): boolean => vscode.window.visibleTextEditors.some((editor) => editor.document.uri.toString() === file.toString());
  if (!uri) vscode.window.setStatusBarMessage('The generated code is up to date', 3000);
  else if (!isInSight(uri)) await vscode.window.showTextDocument(uri, { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true, preview: true });
}

/** `verified` hears of each verdict that a lens has asked for. */
export const createMiddleware = (verified: (uri: vscode.Uri, id: string) => Promise<void>): Middleware => ({
  executeCommand: async (command, args, next) => {
    const result: unknown = await next(command, args);
    if (command === GENERATE || command === GENERATE_ALL) {
      if (writtenFile(result)) did('code');
      await showWritten(result);
    }
    if (command === VERIFY_COMMAND || command === VERIFY_AT) did('verdict');
    const [uri, id] = args as readonly unknown[];
    if (command === VERIFY_COMMAND && typeof uri === 'string' && typeof id === 'string') await verified(vscode.Uri.parse(uri), id);
    return result;
  },
  provideCodeLenses: (document, token, next) => isOn('codeLens.enabled', document) ? next(document, token) : [],
  provideInlayHints: (document, range, token, next) => isOn('inlayHints.shapes', document) ? next(document, range, token) : [],
});

/** Asks again for what a changed setting shows or hides. */
export function followSettings(client: BaseLanguageClient): vscode.Disposable {
  return vscode.workspace.onDidChangeConfiguration((event) => {
    for (const document of vscode.workspace.textDocuments) {
      if (event.affectsConfiguration('mcalc.codeLens.enabled', document)) {
        client.getFeature('textDocument/codeLens').getProvider(document)?.onDidChangeCodeLensEmitter.fire();
      }
      if (event.affectsConfiguration('mcalc.inlayHints.shapes', document)) {
        client.getFeature('textDocument/inlayHint').getProvider(document)?.onDidChangeInlayHints.fire();
      }
    }
  });
}
