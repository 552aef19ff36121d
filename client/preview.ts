/** The code of a document in an editor beside it: shown by the server, written nowhere, following the edit. */
import * as vscode from 'vscode';
import { CODE_SCHEME, GENERATE_ALL, previewUri, sourceOfPreview } from '../server/protocol';
import type { Start } from './extension';

export async function showPreview(start: Start, document: vscode.TextDocument): Promise<void> {
  const client = await start();
  const uri = client.protocol2CodeConverter.asUri(previewUri(client.code2ProtocolConverter.asUri(document.uri)));
  await vscode.window.showTextDocument(uri, { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true, preview: true });
}

/** Writes what the preview in the active editor shows. */
export async function writePreview(start: Start): Promise<void> {
  const uri = vscode.window.activeTextEditor?.document.uri;
  if (uri?.scheme !== CODE_SCHEME) return;
  const client = await start();
  const source = sourceOfPreview(client.code2ProtocolConverter.asUri(uri));
  if (source !== undefined) await vscode.commands.executeCommand(GENERATE_ALL, source);
}
