/** Verification in another thread: one job at a time, the rest waiting; a cancelled job ends its thread, the next one starts afresh. */
import { cancelled } from './guard';
import type { Runtime, VerifierPort } from './runtime';
import type { ToVerifier, VerifierReport } from './verifierProtocol';

export type VerifyJob = Omit<ToVerifier, 'job'>;

export interface Verifying {
  /**
   * The report on one item.
   * @throws ResponseError `cancelled` after `cancel`; Error where the thread fails.
   */
  readonly verify: (job: VerifyJob) => { readonly report: Promise<VerifierReport>; readonly cancel: () => void };
  readonly dispose: () => void;
}

interface Waiting {
  readonly message: ToVerifier;
  readonly resolve: (report: VerifierReport) => void;
  readonly reject: (reason: unknown) => void;
}

export function startVerifying(runtime: Runtime): Verifying {
  let port: VerifierPort | undefined;
  let running: Waiting | undefined;
  const queue: Waiting[] = [];
  let jobs = 0;

  const stop = (): void => {
    port?.terminate();
    port = undefined;
  };
  const settle = (waiting: Waiting, how: (w: Waiting) => void): void => {
    if (running === waiting) running = undefined;
    how(waiting);
    next();
  };

  function connect(): VerifierPort {
    const started = runtime.startVerifier();
    started.onMessage((message) => {
      if (port !== started || running?.message.job !== message.job) return;
      settle(running, (w) => ('report' in message ? w.resolve(message.report) : w.reject(new Error(message.failed))));
    });
    started.onFailure((reason) => {
      if (port !== started) return;
      stop();
      if (running) settle(running, (w) => w.reject(new Error(reason)));
    });
    return started;
  }

  function next(): void {
    if (running) return;
    const waiting = queue.shift();
    if (!waiting) return;
    running = waiting;
    try {
      port ??= connect();
      port.post(waiting.message);
    } catch (error) {
      stop();
      settle(waiting, (w) => w.reject(error));
    }
  }

  return {
    verify(job) {
      const message: ToVerifier = { ...job, job: ++jobs };
      const report = new Promise<VerifierReport>((resolve, reject) => queue.push({ message, resolve, reject }));
      next();
      const cancel = (): void => {
        if (running?.message.job === message.job) {
          stop();
          settle(running, (w) => w.reject(cancelled()));
          return;
        }
        const at = queue.findIndex((w) => w.message.job === message.job);
        if (at >= 0) queue.splice(at, 1)[0]?.reject(cancelled());
      };
      return { report, cancel };
    },
    dispose() {
      stop();
      for (const waiting of [running, ...queue.splice(0)]) waiting?.reject(cancelled());
      running = undefined;
    },
  };
}
