/**
 * A client that speaks raw messages: it may say what no library lets one say, and it keeps account of every request, of every
 * answer, and of what in the server's messages the protocol does not know.
 */
import type { Readable, Writable } from 'node:stream';
import { StreamMessageReader, StreamMessageWriter, type Message } from 'vscode-languageserver/node';
import { resultProblem, sentProblem } from './meta-model';

interface Incoming { readonly id?: number | string | null; readonly method?: string; readonly params?: unknown; readonly result?: unknown; readonly error?: { readonly code: number; readonly message: string } }
export interface Answer { readonly result?: unknown; readonly error?: { readonly code: number; readonly message: string } }

export interface Wire {
  /** Answers by what they are; `unanswered` is what still waits. */
  readonly counts: { requests: number; results: number; errors: number; internal: string[]; invalid: string[]; notifications: number };
  readonly unanswered: () => readonly string[];
  readonly request: (method: string, params?: unknown) => { readonly id: number; readonly answer: Promise<Answer> };
  readonly notify: (method: string, params?: unknown) => void;
  /** Resolves once a notification of this method about a document is one that is waited for. */
  readonly heard: (method: string, uri: string, accept: (params: unknown) => boolean) => Promise<void>;
  /** The last notification of a method about a document. */
  readonly last: (method: string, uri: string) => unknown;
  /** Resolves when the server has read everything that was said before. */
  readonly settled: () => Promise<void>;
  readonly initialize: (capabilities?: object, initializationOptions?: object) => Promise<Answer>;
}

const INTERNAL = -32603;

/** @param isChecked whether every message is held to the protocol: where answers are timed, that would be timed too */
export function wire(input: Readable, output: Writable, isChecked = true): Wire {
  const writer = new StreamMessageWriter(output);
  const reader = new StreamMessageReader(input);
  const waiting = new Map<number, { readonly method: string; readonly resolve: (answer: Answer) => void }>();
  const told = new Map<string, unknown>();
  const listeners = new Set<(key: string, params: unknown) => void>();
  const counts: Wire['counts'] = { requests: 0, results: 0, errors: 0, internal: [], invalid: [], notifications: 0 };
  const invalid = (found: string | undefined): void => { if (found !== undefined) counts.invalid.push(found); };
  const check = (find: () => string | undefined): void => { if (isChecked) invalid(find()); };
  // A server that has ended closes its input; what is said afterwards is answered by nobody, and counted as that.
  const say = (message: object): void => { writer.write({ jsonrpc: '2.0', ...message } as Message).catch(() => undefined); };
  let ids = 0;

  const hearRequest = ({ id, method = '', params }: Incoming): void => {
    check(() => sentProblem('request', method, params));
    say({ id, result: method === 'workspace/applyEdit' ? { applied: true } : method === 'workspace/configuration' ? [] : null });
  };
  const hearNotification = ({ method = '', params }: Incoming): void => {
    counts.notifications++;
    check(() => sentProblem('notification', method, params));
    const uri = (params as { readonly uri?: unknown } | undefined)?.uri;
    if (typeof uri !== 'string') return;
    told.set(`${method} ${uri}`, params);
    for (const listen of listeners) listen(`${method} ${uri}`, params);
  };
  const hearAnswer = ({ id, result, error }: Incoming): void => {
    const asked = typeof id === 'number' ? waiting.get(id) : undefined;
    if (asked === undefined || typeof id !== 'number') { invalid(`an answer to ${JSON.stringify(id)}, which waits for none`); return; }
    waiting.delete(id);
    if (error === undefined) {
      counts.results++;
      check(() => resultProblem(asked.method, result));
    } else {
      counts.errors++;
      if (!Number.isInteger(error.code) || typeof error.message !== 'string') invalid(`${asked.method}: an error without code or message`);
      if (error.code === INTERNAL) counts.internal.push(`${asked.method}: ${error.message}`);
    }
    asked.resolve({ ...(error === undefined ? { result } : { error }) });
  };
  reader.listen((message) => {
    const heard = message as Incoming;
    if (heard.method === undefined) hearAnswer(heard);
    else if (heard.id !== undefined) hearRequest(heard);
    else hearNotification(heard);
  });

  const made: Wire = {
    counts,
    unanswered: () => [...waiting.values()].map((one) => one.method),
    request: (method, params) => {
      const id = ++ids;
      counts.requests++;
      const answer = new Promise<Answer>((resolve) => waiting.set(id, { method, resolve }));
      say({ id, method, ...(params === undefined ? {} : { params }) });
      return { id, answer };
    },
    notify: (method, params) => say({ method, ...(params === undefined ? {} : { params }) }),
    heard: (method, uri, accept) => new Promise((resolve) => {
      const wanted = `${method} ${uri}`;
      if (told.has(wanted) && accept(told.get(wanted))) { resolve(); return; }
      const listen = (key: string, params: unknown): void => {
        if (key !== wanted || !accept(params)) return;
        listeners.delete(listen);
        resolve();
      };
      listeners.add(listen);
    }),
    last: (method, uri) => told.get(`${method} ${uri}`),
    settled: async () => { await made.request('workspace/symbol', { query: '' }).answer; },
    initialize: async (capabilities = {}, initializationOptions) => {
      const answer = await made.request('initialize', { processId: null, rootUri: null, capabilities, initializationOptions }).answer;
      made.notify('initialized', {});
      return answer;
    },
  };
  return made;
}
