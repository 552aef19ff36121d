/** The extension on the desktop: the server is a process of its own. */
import { Uri, type ExtensionContext } from 'vscode';
import { SERVER_FLAGS } from '../server/flags';
import { activateOn, type Api } from './extension';
import { registerTasks } from './tasks';

export function activate(context: ExtensionContext): Api {
  registerTasks(context);
  return activateOn(context, {
    createClient: async (own, options) => {
      // Loaded only now: a window without formulas pays nothing for it.
      const { LanguageClient, TransportKind } = await import('vscode-languageclient/node');
      const env = { ...process.env, MCALC_CODE_CACHE: Uri.joinPath(own.globalStorageUri, 'code').fsPath };
      const server = { module: own.asAbsolutePath('dist/server.js'), transport: TransportKind.ipc, options: { execArgv: [...SERVER_FLAGS], env } };
      return new LanguageClient('mcalc', 'Matrix Calculus', server, options);
    },
  });
}
