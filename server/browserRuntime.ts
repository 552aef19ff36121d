/** The server's surroundings in a browser's worker. */
import type { BrowserMessageReader } from 'vscode-languageserver/browser';
import { VERSION } from './version';
import type { Runtime } from './runtime';
import type { FromVerifier, ToVerifier } from './verifierProtocol';

type Scope = ConstructorParameters<typeof BrowserMessageReader>[0] & { readonly name: string; readonly location: { readonly href: string } };
interface WorkerLike {
  postMessage(message: unknown): void;
  terminate(): void;
  onmessage: ((event: { readonly data: FromVerifier }) => void) | null;
  onerror: ((event: { readonly message: string }) => void) | null;
}
declare const self: Scope;
declare const Worker: new (url: string, options: { readonly name: string }) => WorkerLike;

const VERIFIER = 'mcalc-verifier';
export const scope: Scope = self;
export const isVerifier = (): boolean => scope.name === VERIFIER;

export function browserRuntime(): Runtime {
  return {
    version: VERSION,
    now: () => performance.now(),
    pause: () => new Promise((resolve) => setTimeout(resolve, 0)),
    readAbove: async () => undefined,
    readFile: async () => undefined,
    keepCode: () => undefined,
    loadTypesetter: async () => (await import('./typeset')).typeset,
    startVerifier() {
      // This very script again: a worker that was made of a blob has no other address to start one from.
      const worker = new Worker(scope.location.href, { name: VERIFIER });
      return {
        post: (message) => worker.postMessage(message),
        onMessage: (listen) => { worker.onmessage = (event) => listen(event.data); },
        onFailure: (listen) => { worker.onerror = (event) => listen(event.message); },
        terminate: () => worker.terminate(),
      };
    },
  };
}

/** Answers jobs in a worker that `startVerifier` has made. */
export function serveVerifierWorker(): void {
  const port = scope as unknown as { onmessage: (event: { readonly data: ToVerifier }) => void; postMessage: (message: FromVerifier) => void };
  port.onmessage = (event) => void import('./verifier').then(({ answerJob }) => answerJob(event.data)).then((reply) => port.postMessage(reply));
}
