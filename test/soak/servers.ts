/** Servers to put to the test: in this process, or as one of their own. */
import { spawn, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { createConnection, ProposedFeatures, StreamMessageReader, StreamMessageWriter } from 'vscode-languageserver/node';
import { arrival } from '../../server/arrival';
import { engine } from '../../server/engine';
import { SERVER_FLAGS } from '../../server/flags';
import { nodeRuntime } from '../../server/nodeRuntime';
import type { Session } from '../../server/session';
import { startServer } from '../../server/start';
import { wire, type Wire } from './wire';

const root = path.resolve(import.meta.dirname, '../..');

/**
 * A server in this process, whose documents can be looked at. Its other thread never answers: what verifies is tested elsewhere.
 * @param hasThread false where there is none, so that the server derives by itself
 */
export function serverHere(hasThread = true): { readonly client: Wire; readonly session: Session } {
  const up = new PassThrough();
  const down = new PassThrough();
  const connection = createConnection(ProposedFeatures.all, new StreamMessageReader(up), new StreamMessageWriter(down), { messageStrategy: arrival });
  const silent = { post: () => undefined, onMessage: () => undefined, onFailure: () => undefined, terminate: () => undefined };
  const session = startServer(connection, { ...nodeRuntime('unused'), startVerifier: () => { if (!hasThread) throw new Error('no threads here'); return silent; } }, engine);
  connection.listen();
  return { client: wire(down, up), session };
}

export interface ServerProcess {
  readonly client: Wire;
  readonly child: ChildProcess;
  readonly stderr: () => string;
  /** The exit code; null where a signal ended it. */
  readonly exited: Promise<number | null>;
  /** Resident bytes, as the kernel counts them; undefined where it does not say. */
  readonly kill: (signal?: NodeJS.Signals) => void;
}

/** The built server as the extension starts it: with its flags, and with the compiled code of an earlier session. */
export const editorServer = (codeCache: string): ServerProcess => serverProcess(SERVER_FLAGS, true, { MCALC_CODE_CACHE: codeCache });

/** The built server, dist/server.js, with nothing kept from an earlier session. */
export function serverProcess(nodeArguments: readonly string[] = [], isChecked = true, environment: Readonly<Record<string, string>> = {}): ServerProcess {
  const child = spawn(process.execPath, [...nodeArguments, path.join(root, 'dist/server.js'), '--stdio'], { stdio: ['pipe', 'pipe', 'pipe'], env: { ...process.env, ...environment } });
  let errors = '';
  child.stderr.on('data', (data: Buffer) => { errors += data.toString(); });
  child.stdin.on('error', () => undefined);
  const exited = new Promise<number | null>((resolve) => child.on('exit', (code) => resolve(code)));
  return { client: wire(child.stdout, child.stdin, isChecked), child, stderr: () => errors, exited, kill: (signal) => { child.kill(signal); } };
}
