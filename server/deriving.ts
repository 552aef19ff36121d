/** Derivations are made in the other thread, so that this one hears messages meanwhile. */
import type { Presented } from '../core/ide/engine';
import type { Part } from '../core/ide/part';
import type { ProgramRequest } from '../core/algebra/program';
import { orCancelled, type Cancellation } from './guard';
import type { Open } from './handler';
import type { Session } from './session';
import { NoThread, type Urgency } from './verifying';

/** What is being derived, by key: two that ask for the same wait for one. */
const underWay = new WeakMap<Session, Map<string, Promise<Presented>>>();

/**
 * Has the analysis know a derivation. A request that is cancelled no longer waits; the derivation is finished all the same, for it is
 * likely to be asked for again.
 * @throws ResponseError `cancelled`; Error where the thread fails
 */
export async function derived(session: Session, { analysis }: Open, part: Part, request: ProgramRequest, urgency: Urgency, token?: Cancellation): Promise<void> {
  if (analysis.presented(part, request)) return;
  const job = analysis.toDerive(part, request);
  let running = underWay.get(session);
  if (!running) underWay.set(session, (running = new Map<string, Promise<Presented>>()));
  let making = running.get(job.key);
  if (!making) {
    const made = running;
    making = session.verifying.present(job, urgency).result.finally(() => { made.delete(job.key); });
    // Also where the request that asked first is cancelled.
    void making.then((presented) => { analysis.remember(part, request, presented); }, () => undefined);
    running.set(job.key, making);
  }
  try {
    const presented = await orCancelled(making, token);
    // Another document with the same formula may have asked first.
    if (!analysis.presented(part, request)) analysis.remember(part, request, presented);
  } catch (error) {
    // Then it is derived here, when it is read.
    if (!(error instanceof NoThread)) throw error;
  }
}
