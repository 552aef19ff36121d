/** A scripted client: talks to a server over any pair of streams and remembers what it is told. */
import type { Readable, Writable } from 'node:stream';
import { createMessageConnection, StreamMessageReader, StreamMessageWriter, type CancellationToken, type MessageConnection } from 'vscode-languageserver/node';

export interface Notification { readonly method: string; readonly params: unknown }

export interface Peer {
  readonly connection: MessageConnection;
  readonly notifications: readonly Notification[];
  readonly requests: readonly Notification[];
  request<R = unknown>(method: string, params?: unknown, token?: CancellationToken): Promise<R>;
  notify(method: string, params?: unknown): Promise<void>;
  /** The next notification of this method that is not yet taken; waits for it. */
  next<P = unknown>(method: string, accept?: (params: P) => boolean): Promise<P>;
  open(uri: string, text: string, languageId?: string): Promise<void>;
  change(uri: string, changes: readonly unknown[], version?: number): Promise<void>;
  /** initialize and initialized. */
  start(capabilities?: object, initializationOptions?: object): Promise<{ capabilities: Record<string, unknown> }>;
  dispose(): void;
}

export function connect(input: Readable, output: Writable): Peer {
  const connection = createMessageConnection(new StreamMessageReader(input), new StreamMessageWriter(output));
  const notifications: Notification[] = [];
  const requests: Notification[] = [];
  const taken = new Set<Notification>();
  const waiting = new Set<() => void>();
  const hear = (method: string, params: unknown): void => {
    notifications.push({ method, params });
    for (const wake of waiting) wake();
  };
  connection.onNotification(hear);
  connection.onUnhandledProgress((params) => hear('$/progress', params));
  connection.onRequest((method, params) => {
    requests.push({ method, params });
    if (method === 'workspace/applyEdit') return { applied: true };
    return null;
  });
  connection.onError(() => undefined);
  connection.listen();
  let version = 1;
  const peer: Peer = {
    connection, notifications, requests,
    request: (method, params, token) => connection.sendRequest(method, ...(params === undefined ? [] : [params]), ...(token ? [token] : [])),
    notify: (method, params) => (params === undefined ? connection.sendNotification(method) : connection.sendNotification(method, params)),
    next<P>(method: string, accept: (params: P) => boolean = () => true) {
      return new Promise<P>((resolve) => {
        const look = (): boolean => {
          const found = notifications.find((n) => n.method === method && !taken.has(n) && accept(n.params as P));
          if (!found) return false;
          taken.add(found);
          waiting.delete(look);
          resolve(found.params as P);
          return true;
        };
        if (!look()) waiting.add(look);
      });
    },
    open: (uri, text, languageId = 'mcalc') => connection.sendNotification('textDocument/didOpen', { textDocument: { uri, languageId, version: (version += 1), text } }),
    change: (uri, contentChanges, v) => connection.sendNotification('textDocument/didChange', { textDocument: { uri, version: v ?? (version += 1) }, contentChanges }),
    async start(capabilities = {}, initializationOptions) {
      const result = await connection.sendRequest<{ capabilities: Record<string, unknown> }>('initialize', { processId: null, rootUri: null, capabilities, initializationOptions });
      await connection.sendNotification('initialized', {});
      return result;
    },
    dispose: () => connection.dispose(),
  };
  return peer;
}
