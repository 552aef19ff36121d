/**
 * The one place that catches errors and hears cancellation. Work is a plain function, or a generator that yields where it may be
 * interrupted: it then runs in slices, between which the connection reads its messages.
 */
import { ErrorCodes, LSPErrorCodes, ResponseError } from 'vscode-languageserver';

/** A computation that can pause; it may yield what it would like to have before it goes on. */
export type Work<T, Wish = void> = Generator<Wish | void, T, void>;
export interface Cancellation {
  readonly isCancellationRequested: boolean;
  readonly onCancellationRequested?: (listen: () => void) => { dispose(): void };
}

export interface Clock {
  /** Milliseconds, from any origin. */
  readonly now: () => number;
  /** Resolves after the messages that are waiting have been read. */
  readonly pause: () => Promise<void>;
}

/** The longest that a slice may hold the thread. */
const SLICE_MS = 10;

export const cancelled = (): ResponseError => new ResponseError(LSPErrorCodes.RequestCancelled, 'cancelled');
export const invalidParams = (what: string): ResponseError => new ResponseError(ErrorCodes.InvalidParams, what);

const isWork = (value: unknown): value is Work<unknown> =>
  typeof value === 'object' && value !== null && Symbol.iterator in value && 'next' in value && 'throw' in value;

/** The result of what is waited for. @throws ResponseError `cancelled` as soon as the token says so */
export async function orCancelled<T>(waited: Promise<T>, token: Cancellation | undefined): Promise<T> {
  if (token?.isCancellationRequested) throw cancelled();
  if (!token?.onCancellationRequested) return waited;
  let listening: { dispose(): void } | undefined;
  const end = new Promise<never>((_, reject) => { listening = token.onCancellationRequested?.(() => reject(cancelled())); });
  try {
    return await Promise.race([waited, end]);
  } finally {
    listening?.dispose();
  }
}

/**
 * Runs pausable work to its end.
 * @param grant is waited for with each wish, without a claim on the thread
 * @throws ResponseError `cancelled` where the token says so between two slices.
 */
export async function runWork<T, Wish extends object = never>(work: Work<T, Wish>, clock: Clock, token?: Cancellation, grant?: (wish: Wish) => Promise<void>): Promise<T> {
  let started = clock.now();
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
    if (step.value !== undefined && grant) {
      await grant(step.value);
      started = clock.now();
      continue;
    }
    if (clock.now() - started < SLICE_MS) continue;
    await orCancelled(clock.pause(), token);
    if (token?.isCancellationRequested) throw cancelled();
    started = clock.now();
  }
}

/**
 * The answer to a request, once what it needs is ready: a result, or an error response; never a rejection. A second of silence is no answer, so nothing is
 * swallowed.
 */
export async function answer(run: () => unknown, clock: Clock, token: Cancellation, report: (error: unknown) => void, ready?: () => Promise<void>): Promise<unknown> {
  try {
    await orCancelled(clock.pause(), token);
    if (ready) {
      await orCancelled(ready(), token);
      // All that waited for one reading go on at once: each in a turn of its own, so that cancellations are heard between them.
      await orCancelled(clock.pause(), token);
    }
    if (token.isCancellationRequested) return cancelled();
    const made = run();
    const result: unknown = isWork(made) ? await runWork(made, clock, token) : await made;
    return result ?? null;
  } catch (error) {
    if (error instanceof ResponseError) return error;
    report(error);
    return new ResponseError(ErrorCodes.InternalError, error instanceof Error ? error.message : 'internal error');
  }
}

/** Runs a notification's handler or a timer's work; an error is reported and ends nothing. */
export async function quietly(run: () => unknown, clock: Clock, report: (error: unknown) => void, token?: Cancellation): Promise<void> {
  try {
    const made = run();
    if (isWork(made)) await runWork(made, clock, token);
    else await made;
  } catch (error) {
    if (!(error instanceof ResponseError)) report(error);
  }
}
