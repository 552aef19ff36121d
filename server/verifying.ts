/**
 * Long work in another thread: one job at a time, the rest waiting. A cancelled job ends its thread, and the next one starts
 * afresh; one whose thread ends under it is done once more. Work in the background gives way to what somebody waits for. A thread
 * that has had nothing to do for a while is ended, and its memory is free again.
 */
import type { PicturesResult } from '../core/ide/picture-data';
import type { Presented, ToDerive } from '../core/ide/engine';
import { cancelled } from './guard';
import type { Runtime, VerifierPort } from './runtime';
import type { AboutCode, CodeGiven, CodeKind } from './codeProtocol';
import type { AboutText, FromVerifier, ToVerifier, VerifierReport } from './verifierProtocol';

export type Job = Omit<AboutText, 'task'>;
export type Urgency = 'asked' | 'background';

export interface Running<T> {
  /** Rejects with ResponseError `cancelled` after `cancel`, or when it gave way; with Error where the thread fails. */
  readonly result: Promise<T>;
  readonly cancel: () => void;
}
export interface Verifying {
  readonly verify: (job: Job, urgency: Urgency) => Running<VerifierReport>;
  readonly present: (job: ToDerive, urgency: Urgency) => Running<Presented>;
  /** Starts the thread and has it load the engine, where there is none yet. */
  readonly warm: () => void;
  /** The data of the pictures of a request, written or not; undefined where there is no such request. */
  readonly pictures: (job: Job) => Running<PicturesResult | undefined>;
  readonly code: <K extends CodeKind>(job: AboutCode<K>) => Running<CodeGiven[K]>;
  readonly dispose: () => void;
}

/** There are no threads here. */
export class NoThread extends Error {}

interface Waiting {
  readonly message: ToVerifier;
  readonly urgency: Urgency;
  readonly resolve: (reply: FromVerifier) => void;
  readonly reject: (reason: unknown) => void;
  /** Its thread has ended under it once, and it was given another. */
  readonly isSecond?: boolean;
}

/** How long a thread is kept with nothing to do: starting one takes some hundred milliseconds. */
const IDLE_MS = 30_000;

/** @param say what is worth a line in the log */
export function startVerifying(runtime: Runtime, say: (message: string) => void, idleMs = IDLE_MS): Verifying {
  let port: VerifierPort | undefined;
  let running: Waiting | undefined;
  let queue: readonly Waiting[] = [];
  let jobs = 0;
  let idle: ReturnType<typeof setTimeout> | undefined;

  const stop = (): void => {
    clearTimeout(idle);
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
      if (port === started && running?.message.job === message.job) settle(running, (w) => w.resolve(message));
    });
    started.onFailure((reason) => {
      if (port !== started) return;
      stop();
      const failed = running;
      if (!failed) return;
      if (failed.isSecond === true) {
        settle(failed, (w) => w.reject(new Error(`${reason}, twice in the same work`)));
        return;
      }
      say(`${reason}; its work is done again in a new one`);
      running = undefined;
      queue = [{ ...failed, isSecond: true }, ...queue];
      next();
    });
    return started;
  }

  function next(): void {
    if (running) return;
    clearTimeout(idle);
    const waiting = queue.find((w) => w.urgency === 'asked') ?? queue[0];
    if (!waiting) {
      if (port) idle = setTimeout(stop, idleMs);
      return;
    }
    queue = queue.filter((w) => w !== waiting);
    running = waiting;
    try {
      port ??= connect();
      port.post(waiting.message);
    } catch (error) {
      stop();
      settle(waiting, (w) => w.reject(new NoThread(error instanceof Error ? error.message : String(error))));
    }
  }

  function cancel(job: number): void {
    if (running?.message.job === job) {
      stop();
      settle(running, (w) => w.reject(cancelled()));
      return;
    }
    const waiting = queue.find((w) => w.message.job === job);
    queue = queue.filter((w) => w !== waiting);
    waiting?.reject(cancelled());
  }

  type Task = AboutText | ({ readonly task: 'code' } & AboutCode) | ({ readonly task: 'present' } & ToDerive) | { readonly task: 'warm' };
  function start<T>(job: Task, urgency: Urgency, read: (reply: FromVerifier) => T): Running<T> {
    const message: ToVerifier = { ...job, job: ++jobs };
    const reply = new Promise<FromVerifier>((resolve, reject) => { queue = [...queue, { message, urgency, resolve, reject }]; });
    if (urgency === 'asked' && running?.urgency === 'background' && running.message.task === 'verify') cancel(running.message.job);
    next();
    return { result: reply.then(read), cancel: () => cancel(message.job) };
  }

  const failure = (reply: FromVerifier): Error => new Error('failed' in reply ? reply.failed : 'an answer to another question');
  return {
    verify: ({ text, languageId, id, values }, urgency) => start({ task: 'verify', text, languageId, id, ...(values !== undefined && { values }) }, urgency, (reply) => {
      if (!('report' in reply)) throw failure(reply);
      return reply.report;
    }),
    present: ({ key, program, request }, urgency) => start({ task: 'present', key, program, request }, urgency, (reply) => {
      if (!('presented' in reply)) throw failure(reply);
      return reply.presented;
    }),
    warm() {
      // Whoever needs the thread will be told of its failure.
      if (!port) start({ task: 'warm' }, 'background', () => undefined).result.catch(() => undefined);
    },
    pictures: ({ text, languageId, id }) => start({ task: 'pictures', text, languageId, id }, 'asked', (reply) => {
      if (!('pictures' in reply)) throw failure(reply);
      return reply.pictures;
    }),
    code: <K extends CodeKind>({ text, languageId, kind, asked }: AboutCode<K>) => start({ task: 'code', text, languageId, kind, asked }, 'asked', (reply) => {
      if (!('code' in reply)) throw failure(reply);
      // The answer to this very question, as `codeOf` gives it.
      return reply.code as CodeGiven[K];
    }),
    dispose() {
      stop();
      const left = [...(running ? [running] : []), ...queue];
      running = undefined;
      queue = [];
      for (const waiting of left) waiting.reject(cancelled());
    },
  };
}
