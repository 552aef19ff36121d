/** The server in Node: stdio, IPC or a socket, as the arguments say; and its thread for long work. Each is started by `boot.ts`. */
import { Console } from 'node:console';
import { createConnection, ProposedFeatures, StreamMessageReader, StreamMessageWriter, type Connection } from 'vscode-languageserver/node';
import { arrival } from './arrival';
import { engine } from './engine';
import { frames } from './frames';
import { nodeRuntime } from './nodeRuntime';
import type { Session } from './session';
import { startServer } from './start';

export { serveThread } from './nodeRuntime';

const OPTIONS = { messageStrategy: arrival };

/**
 * @param start the script that is started again for the thread
 * @param keepCode writes the code cache of what has been loaded
 */
export function main(start: string, keepCode: () => void): void {
  const runtime = nodeRuntime(start, keepCode);
  const overStdio = process.argv.includes('--stdio') ? stdio() : undefined;
  const connection = overStdio?.connection ?? createConnection(ProposedFeatures.all, OPTIONS);
  const session = startServer(connection, runtime, engine);
  overStdio?.endWith(session);
  connection.listen();
}

/** Over standard input and output, which carry messages and nothing else. */
function stdio(): { readonly connection: Connection; readonly endWith: (session: Session) => void } {
  globalThis.console = new Console(process.stderr);
  const warn = (text: string): void => { connection.console.warn(text); };
  const reader = new StreamMessageReader(process.stdin.pipe(frames((what) => { warn(`This is no message, and was left out up to the next one: ${JSON.stringify(what)}`); })));
  const connection = createConnection(ProposedFeatures.all, reader, new StreamMessageWriter(process.stdout), OPTIONS);
  reader.onError((error) => { warn(`A message could not be read: ${error.message}`); });
  return {
    connection,
    endWith(session) {
      const end = (): never => process.exit(session.phase === 'shutdown' ? 0 : 1);
      process.stdin.on('close', end);
      process.stdout.on('error', end);
      // `mcalc lsp` keeps a channel open for as long as it lives.
      process.on('disconnect', end);
    },
  };
}
