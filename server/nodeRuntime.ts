/** The server's surroundings in Node. */
import { parentPort, Worker } from 'node:worker_threads';
import { VERSION } from './version';
import type { Runtime } from './runtime';
import type { FromVerifier, ToVerifier } from './verifierProtocol';

/** `verifierFile` is a script that calls `serveVerifierThread` where it is not the main thread. */
export function nodeRuntime(verifierFile: string): Runtime {
  return {
    version: VERSION,
    now: () => performance.now(),
    pause: () => new Promise((resolve) => setImmediate(resolve)),
    loadTypesetter: async () => (await import('./typeset')).typeset,
    startVerifier() {
      // What the thread prints must not mix with the protocol on standard output.
      const worker = new Worker(verifierFile, { stdout: true, stderr: true });
      worker.unref();
      return {
        post: (message) => worker.postMessage(message),
        onMessage: (listen) => void worker.on('message', (message: FromVerifier) => listen(message)),
        onFailure: (listen) => {
          worker.on('error', (error) => listen(error.message));
          worker.on('exit', () => listen('the verifying thread has ended'));
        },
        terminate: () => void worker.terminate(),
      };
    },
  };
}

/** Answers jobs in a thread that `startVerifier` has made. The oracle is loaded nowhere else. */
export function serveVerifierThread(): void {
  parentPort?.on('message', (message: ToVerifier) => {
    void import('./verifier').then(({ answerJob }) => answerJob(message)).then((reply) => parentPort?.postMessage(reply));
  });
}
