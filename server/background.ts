/** What happens when the typing pauses: derivations are made ahead in the other thread, and claims are looked at. */
import { ResponseError } from 'vscode-languageserver';
import type { Analysis } from '../core/ide/analysis';
import { isRefusal } from '../core/ide/engine';
import { derived } from './deriving';
import { typesetterOf } from './hover';
import type { Session } from './session';
import type { TextDocument } from './text';

/** After a job was cut short by one that somebody waits for, the rest is left for the next pause. */
const gaveWay = (error: unknown): boolean => error instanceof ResponseError;

export interface News {
  /** A diagnostic has come of it. */
  readonly diagnosed: () => void;
  /** Every request has its derivation. */
  readonly derived: () => void;
}

/** How long after its first work a session keeps its compiled code. */
const KEEP_CODE_AFTER_MS = 2000;
const hasKeptCode = new WeakSet<Session>();

/** The first hover must not wait for the typesetter, nor the next start for its compiler. */
async function warmUp(session: Session): Promise<void> {
  if (hasKeptCode.has(session)) return;
  hasKeptCode.add(session);
  if (session.client.typesetHover) await typesetterOf(session);
  setTimeout(session.runtime.keepCode, KEEP_CODE_AFTER_MS);
}

/** Goes through the items until the document changes. @throws Error where the thread fails. */
export async function workAhead(session: Session, document: TextDocument, analysis: Analysis, news: News): Promise<void> {
  const { uri, text, languageId } = document;
  const isCurrent = (): boolean => session.documents.get(uri) === document && session.phase === 'running';
  try {
    if (analysis.items.some((item) => item.kind === 'request')) await warmUp(session);
    for (const item of analysis.items) {
      if (item.kind !== 'request' || analysis.presented(item.part, item.request)) continue;
      await derived(session, { document, analysis }, item.part, item.request, 'background');
      if (!isCurrent()) return;
      if (isRefusal(analysis.present(item.part, item.request))) news.diagnosed();
    }
    news.derived();
    for (const item of analysis.items) {
      if (item.kind !== 'check' || session.standings.report(uri, item) || session.glances.report(uri, item)) continue;
      const report = await session.verifying.verify({ text, languageId, id: item.id }, 'background').result;
      if (!isCurrent()) return;
      session.glances.done(uri, item, report);
      if (report.verdict === 'refuted') news.diagnosed();
    }
  } catch (error) {
    if (!gaveWay(error)) throw error;
  }
}
