/** The server's surroundings in Node. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parentPort, Worker } from 'node:worker_threads';
import { messagesHeard } from './arrival';
import { VERSION } from './version';
import type { Runtime } from './runtime';
import type { FromVerifier, ToVerifier } from './verifierProtocol';

/** Formulas are short-lived: with the usual 48 MB the thread keeps garbage for which other programs have a use. */
const YOUNG_MB = 3;

/** `verifierFile` is a script that calls `serveThread` where it is not the main thread. */
export function nodeRuntime(verifierFile: string, keepCode: () => void = () => undefined): Runtime {
  let turn: Promise<void> = Promise.resolve();
  return {
    version: VERSION,
    now: () => performance.now(),
    pause: () => (turn = turn.then(untilHeard)),
    readAbove,
    readFile: async (uri) => (uri.startsWith('file:') ? readFile(fileURLToPath(uri), 'utf8').catch(() => undefined) : undefined),
    keepCode,
    loadTypesetter: async () => (await import('./typeset')).typeset,
    startVerifier() {
      // What the thread prints must not mix with the protocol on standard output.
      const worker = new Worker(verifierFile, { stdout: true, stderr: true, resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB } });
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

/** Messages that are read in one pause; who says more is heard after the next slice of work. */
const MOST_MESSAGES = 200;

/**
 * One slice of work between any two pauses, however much is under way; each lasts until all that came in is read. The protocol
 * library reads one message a turn of the event loop: with a slice in every turn, a queue that has formed once stayed.
 */
async function untilHeard(): Promise<void> {
  for (let k = 0; k < MOST_MESSAGES; k++) {
    const before = messagesHeard();
    await new Promise((resolve) => { setImmediate(resolve); });
    if (messagesHeard() === before) return;
  }
}

async function readAbove(uri: string, name: string): Promise<string | undefined> {
  if (!uri.startsWith('file:')) return undefined;
  for (let folder = path.dirname(fileURLToPath(uri)); ; folder = path.dirname(folder)) {
    const text = await readFile(path.join(folder, name), 'utf8').catch(() => undefined);
    if (text !== undefined || folder === path.dirname(folder)) return text;
  }
}

/** How long the thread must have had nothing to do before its code is kept. */
const KEEP_CODE_AFTER_MS = 1000;

/** Answers jobs in a thread that `startVerifier` has made. The oracle is loaded nowhere else. */
export function serveThread(code: { readonly lacking: () => readonly string[]; readonly keep: () => void }): void {
  let resting: ReturnType<typeof setTimeout> | undefined;
  const keepCode = async (): Promise<void> => {
    if (code.lacking().length === 0) return;
    // It is kept once: what the first documents have not needed would be compiled in every session after this one.
    (await import('./verifier')).rehearseAll();
    code.keep();
  };
  parentPort?.on('message', (message: ToVerifier) => {
    clearTimeout(resting);
    void import('./verifier').then(({ answerJob }) => answerJob(message)).then((reply) => {
      parentPort?.postMessage(reply);
      clearTimeout(resting);
      resting = setTimeout(() => void keepCode(), KEEP_CODE_AFTER_MS).unref();
    });
  });
}
