/** What happens when the typing pauses: derivations are made ahead in the other thread, and claims are looked at. */
import { ResponseError } from 'vscode-languageserver';
import type { Analysis } from '../core/ide/analysis';
import { isRefusal } from '../core/ide/engine';
import type { Session } from './session';
import type { TextDocument } from './text';

/** After a job was cut short by one that somebody waits for, the rest is left for the next pause. */
const gaveWay = (error: unknown): boolean => error instanceof ResponseError;

/** Goes through the items until the document changes; `show` is called where a diagnostic came of it. @throws Error where the thread fails. */
export async function workAhead(session: Session, document: TextDocument, analysis: Analysis, show: () => void): Promise<void> {
  const { uri, text, languageId } = document;
  const isCurrent = (): boolean => session.documents.get(uri) === document && session.phase === 'running';
  try {
    for (const item of analysis.items) {
      if (item.kind !== 'request' || analysis.presented(item.part, item.request)) continue;
      const presented = await session.verifying.present({ text, languageId, id: item.id }).result;
      if (!isCurrent()) return;
      if (!presented) continue;
      analysis.remember(item.part, item.request, presented);
      if (isRefusal(presented)) show();
    }
    for (const item of analysis.items) {
      if (item.kind !== 'check' || session.standings.report(uri, item.id, item.state) || session.glances.report(uri, item.id, item.state)) continue;
      const report = await session.verifying.verify({ text, languageId, id: item.id }, 'background').result;
      if (!isCurrent()) return;
      session.glances.done(uri, item, report);
      if (report.verdict === 'refuted') show();
    }
  } catch (error) {
    if (!gaveWay(error)) throw error;
  }
}
