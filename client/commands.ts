/** The commands of the palette. Each finds the formula at the cursor and hands it to the server or to a panel. */
import * as vscode from 'vscode';
import { GENERATE, GENERATE_ALL, SHOW_DERIVATION, type Item, type VerifyAtResult } from '../server/protocol';
import type { DerivationPanel } from './derivation';
import type { Explorer } from './explorer';
import type { Start } from './extension';
import { itemAt } from './items';
import { verifyAtPoint } from './point';
import { showPreview, writePreview } from './preview';
import { updateAll } from './update';

export interface Parts {
  readonly start: Start;
  readonly explorer: Explorer;
  readonly derivation: DerivationPanel;
  readonly output: vscode.LogOutputChannel;
}

type Act = (editor: vscode.TextEditor, item: Item) => Promise<void>;

/** Runs `act` on the formula at the cursor, or says that there is none. */
async function atCursor(start: Start, act: Act): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  const item = editor && await itemAt(start, editor.document, editor.selection.active);
  if (editor && item) await act(editor, item);
  else void vscode.window.showInformationMessage('There is no formula here: write a request such as grad(f, x), or an @mcalc comment.');
}

export function registerCommands(context: vscode.ExtensionContext, parts: Parts): void {
  const { start, explorer, derivation, output } = parts;
  const execute = async (command: string, ...args: readonly unknown[]): Promise<void> => {
    await start();
    await vscode.commands.executeCommand(command, ...args);
  };
  const file = (): vscode.Uri | undefined => vscode.window.activeTextEditor?.document.uri;
  const commands: Readonly<Record<string, (...args: readonly unknown[]) => unknown>> = {
    'mcalc.generateHere': () => atCursor(start, (_, item) => execute(GENERATE, item.uri, item.id)),
    'mcalc.generateFile': async () => { const uri = file(); if (uri) await execute(GENERATE_ALL, uri.toString()); },
    'mcalc.verifyHere': () => atCursor(start, (editor, item) => explorer.run(editor.document.uri, item.id)),
    'mcalc.verifyAtPoint': (values) => {
      let result: VerifyAtResult | undefined;
      return atCursor(start, async (editor, item) => { result = await verifyAtPoint(start, editor.document, item, typeof values === 'string' ? values : undefined); }).then(() => result);
    },
    'mcalc.verifyFile': async () => { const uri = file(); if (uri) await explorer.run(uri); },
    'mcalc.derivation': async () => { const editor = vscode.window.activeTextEditor; if (editor) await derivation.showAt(editor); },
    [SHOW_DERIVATION]: async (uri, id) => { if (typeof uri === 'string' && typeof id === 'string') await derivation.show(uri, id); },
    'mcalc.preview': async () => { const document = vscode.window.activeTextEditor?.document; if (document) await showPreview(start, document); },
    'mcalc.writePreview': () => writePreview(start),
    'mcalc.updateAll': () => updateAll(start),
    'mcalc.restartServer': async () => {
      const client = await start();
      await client.stop();
      await client.start();
    },
    'mcalc.showLog': () => output.show(),
    'mcalc.openWalkthrough': () => vscode.commands.executeCommand('workbench.action.openWalkthrough', `${context.extension.id}#start`, false),
  };
  for (const [id, run] of Object.entries(commands)) context.subscriptions.push(vscode.commands.registerCommand(id, run));
}
