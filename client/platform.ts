/** What differs between the desktop and the browser: how the server is started. */
import type { ExtensionContext } from 'vscode';
import type { BaseLanguageClient, LanguageClientOptions } from 'vscode-languageclient';

export interface Platform {
  readonly createClient: (context: ExtensionContext, options: LanguageClientOptions) => Promise<BaseLanguageClient>;
}
