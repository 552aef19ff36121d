/** The extension on the desktop: the server is a process of its own. */
import type { ExtensionContext } from 'vscode';
import { LanguageClient, TransportKind } from 'vscode-languageclient/node';
import { activateOn, type Api } from './extension';

export function activate(context: ExtensionContext): Api {
  return activateOn(context, {
    createClient: async (own, options) => {
      const server = { module: own.asAbsolutePath('dist/server.js'), transport: TransportKind.ipc };
      return new LanguageClient('mcalc', 'Matrix Calculus', server, options);
    },
  });
}
