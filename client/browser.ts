/** The extension in VS Code for the Web: the server is a worker made from a blob, since remote scripts cannot be workers. */
import { Uri, workspace, type ExtensionContext } from 'vscode';
import type { LanguageClient as BrowserClient } from 'vscode-languageclient/browser';
import { activateOn, type Api } from './extension';

declare const Worker: new (url: string) => ConstructorParameters<typeof BrowserClient>[3];

/** Files that the server shares with the one for the desktop, loaded when it first needs them. */
const SHARED_FILES = ['core.js', 'mathjax.js', 'mathjs.js'] as const;

/** Gives the worker a `require` for those files: they are CommonJS, read by importScripts. */
const prelude = (urls: Readonly<Record<string, string>>): string => `
self.mcalcRequire = ((urls, loaded) => (file) => {
  if (!(file in loaded)) {
    self.module = { exports: {} };
    self.exports = self.module.exports;
    importScripts(urls[file]);
    loaded[file] = self.module.exports;
  }
  return loaded[file];
})(${JSON.stringify(urls)}, {});
`;

async function scriptUrl(context: ExtensionContext, file: string, before = ''): Promise<string> {
  const bytes = await workspace.fs.readFile(Uri.joinPath(context.extensionUri, 'dist', file));
  return URL.createObjectURL(new Blob([before, new Uint8Array(bytes)], { type: 'text/javascript' }));
}

export function activate(context: ExtensionContext): Api {
  return activateOn(context, {
    createClient: async (own, options) => {
      const { LanguageClient } = await import('vscode-languageclient/browser');
      const shared = await Promise.all(SHARED_FILES.map(async (file) => [file, await scriptUrl(own, file)] as const));
      const url = await scriptUrl(own, 'browser/server.js', prelude(Object.fromEntries(shared)));
      return new LanguageClient('mcalc', 'Matrix Calculus', options, new Worker(url));
    },
  });
}
