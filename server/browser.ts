/** The server in a browser's worker. The same script, under another name, is the verifying worker. */
import { BrowserMessageReader, BrowserMessageWriter, createConnection } from 'vscode-languageserver/browser';
import { arrival } from './arrival';
import { browserRuntime, isVerifier, scope, serveVerifierWorker } from './browserRuntime';
import { engine } from './engine';
import { startServer } from './start';

if (isVerifier()) {
  serveVerifierWorker();
} else {
  const connection = createConnection(new BrowserMessageReader(scope), new BrowserMessageWriter(scope), { messageStrategy: arrival });
  startServer(connection, browserRuntime(), engine);
  connection.listen();
}
