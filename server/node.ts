/** The server in Node: stdio, IPC or a socket, as the arguments say; and its thread for long work. Each is started by `boot.ts`. */
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { arrival } from './arrival';
import { engine } from './engine';
import { nodeRuntime } from './nodeRuntime';
import { startServer } from './start';

export { serveThread } from './nodeRuntime';

/**
 * @param start the script that is started again for the thread
 * @param keepCode writes the code cache of what has been loaded
 */
export function main(start: string, keepCode: () => void): void {
  const connection = createConnection(ProposedFeatures.all, { messageStrategy: arrival });
  startServer(connection, nodeRuntime(start, keepCode), engine);
  connection.listen();
}
