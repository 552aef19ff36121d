/** Wires the client: the server starts with the first document that holds formulas, and everything else hangs on it. */
import * as vscode from 'vscode';
import type { BaseLanguageClient, State } from 'vscode-languageclient';
import type { InitializationOptions } from '../server/protocol';
import { registerCommands } from './commands';
import { createDerivationPanel } from './derivation';
import { holdsFormulas, SELECTOR } from './documents';
import { registerExamples } from './examples';
import { createExplorer, type RunResults } from './explorer';
import type { Platform } from './platform';
import { createMiddleware, followSettings } from './middleware';
import { createStatus, type ServerState } from './status';
import { followTheme, fontSize, themeKind } from './theme';

/** What the extension exports; the editor tests read it. */
export interface Api {
  /** Starts the server if it has not started, and resolves when it answers. */
  readonly ready: () => Promise<void>;
  /** The verdict of every test item that has run. */
  readonly results: RunResults;
  /** What the derivation panel shows, once its page has drawn it. */
  readonly shownDerivation: () => string | undefined;
}

/** Resolves to the client; the first call starts the server. */
export type Start = () => Promise<BaseLanguageClient>;

/** By number: the enumeration itself would load the whole language client at start. */
function stateName(state: State): ServerState {
  const names: Readonly<Record<State, ServerState>> = { 1: 'stopped', 2: 'running', 3: 'starting', 4: 'stopped' };
  return names[state];
}

export function activateOn(context: vscode.ExtensionContext, platform: Platform): Api {
  const output = vscode.window.createOutputChannel('Matrix Calculus', { log: true });
  const status = createStatus();
  let started: Promise<BaseLanguageClient> | undefined;

  const boot = async (): Promise<BaseLanguageClient> => {
    const options: InitializationOptions = {
      colorTheme: themeKind(),
      fontSize: fontSize(),
      typesetHover: vscode.workspace.getConfiguration('mcalc').get('hover.typeset', true),
    };
    const client = await platform.createClient(context, { documentSelector: [...SELECTOR], outputChannel: output, initializationOptions: options, middleware: createMiddleware(explorer.run), markdown: { isTrusted: { enabledCommands: ['mcalc.showDerivation'] } } });
    context.subscriptions.push(client.onDidChangeState((change) => status.server(stateName(change.newState))));
    await client.start();
    context.subscriptions.push(followTheme(client), followSettings(client), client);
    explorer.follow(client);
    return client;
  };
  const start: Start = () => started ??= boot().catch((error: unknown) => {
    started = undefined;
    status.failed(error);
    throw error;
  });
  const wake = (document: vscode.TextDocument): void => {
    if (started === undefined && holdsFormulas(document)) void start().catch(() => undefined);
  };

  const explorer = createExplorer(start, status);
  const derivation = createDerivationPanel(context, start);
  registerCommands(context, { start, explorer, derivation, output });
  registerExamples(context);
  context.subscriptions.push(
    output, status, explorer, derivation,
    vscode.workspace.onDidOpenTextDocument(wake),
    vscode.workspace.onDidChangeTextDocument((event) => wake(event.document)),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration('mcalc.hover.typeset')) void vscode.commands.executeCommand('mcalc.restartServer');
    }),
  );
  vscode.workspace.textDocuments.forEach(wake);
  return {
    ready: async () => { await start(); },
    results: explorer.results,
    shownDerivation: derivation.shown,
  };
}
