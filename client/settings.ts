/** The settings that the client itself keeps: what the server answers, it leaves out. */
import * as vscode from 'vscode';
import type { BaseLanguageClient, Middleware } from 'vscode-languageclient';

function isOn(name: string, document: vscode.TextDocument): boolean {
  return vscode.workspace.getConfiguration('mcalc', document).get(name, true);
}

export const middleware: Middleware = {
  provideCodeLenses: (document, token, next) => isOn('codeLens.enabled', document) ? next(document, token) : [],
  provideInlayHints: (document, range, token, next) => isOn('inlayHints.shapes', document) ? next(document, range, token) : [],
};

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
