/** The server in Node: stdio, IPC or a socket, as the arguments say. The same file is the verifying thread. */
import { setFlagsFromString } from 'node:v8';
import { isMainThread } from 'node:worker_threads';
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { arrival } from './arrival';
import { engine } from './engine';
import { nodeRuntime, serveVerifierThread } from './nodeRuntime';
import { startServer } from './start';

export function main(): void {
  // An editor runs many servers: memory is collected earlier, in the threads too, at no cost in time that was seen.
  setFlagsFromString('--optimize-for-size');
  const connection = createConnection(ProposedFeatures.all, { messageStrategy: arrival });
  startServer(connection, nodeRuntime(__filename), engine);
  connection.listen();
}

if (isMainThread) main();
else serveVerifierThread();
