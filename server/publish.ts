/** Diagnostics, pushed or pulled, and the news that lenses and items have changed. */
import { DiagnosticSeverity, DocumentDiagnosticReportKind, type DocumentDiagnosticReport, type Diagnostic as LspDiagnostic } from 'vscode-languageserver';
import { diagnosticsOf } from '../core/ide/diagnostics';
import { claimDiagnostic } from '../core/ide/claims';
import { fingerprint } from '../core/ide/fingerprint';
import type { Diagnostic, Severity } from '../core/syntax/diagnostic';
import { codePageUri } from './code-page';
import { workAhead } from './background';
import { quietly } from './guard';
import { openOf, type Handler, type Open } from './handler';
import { generatedFrom, staleFile } from './origin';
import { fields } from './params';
import { refreshPreview } from './preview';
import { ITEMS_CHANGED } from './protocol';
import { inQuotes } from './quoting';
import { upToDate } from './reading';
import { readOf, type Session } from './session';
import { rangeAt, type TextDocument } from './text';

const SEVERITIES: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error, warning: DiagnosticSeverity.Warning, information: DiagnosticSeverity.Information, hint: DiagnosticSeverity.Hint,
};

/** With a link to the page of its code where the client can show one. */
export const lspDiagnostic = (session: Session, document: TextDocument, diagnostic: Diagnostic): LspDiagnostic => ({
  range: rangeAt(document, diagnostic.range), severity: SEVERITIES[diagnostic.severity], code: diagnostic.code, ...(session.client.readsContents && { codeDescription: { href: codePageUri(diagnostic.code) } }), source: 'mcalc', message: inQuotes(diagnostic.message),
  ...(diagnostic.related && diagnostic.related.length > 0 && {
    relatedInformation: diagnostic.related.map((r) => ({ location: { uri: document.uri, range: rangeAt(document, r.range) }, message: inQuotes(r.message) })),
  }),
});

/** All diagnostics of a document: the analysis's, and the refuted claims and requests. */
export function allDiagnostics(session: Session, { document, analysis }: Open): readonly Diagnostic[] {
  const refuted = analysis.items.flatMap((item) => {
    const report = session.standings.report(document.uri, item) ?? session.glances.report(document.uri, item);
    const diagnostic = report && claimDiagnostic(item, report);
    return diagnostic ? [diagnostic] : [];
  });
  const stale = staleFile(session, document);
  return [...(stale ? [stale] : []), ...diagnosticsOf(analysis), ...refuted];
}

/** How long the typing must pause before work is done ahead. */
const PAUSE_MS = 150;

function publish(session: Session, open: Open): void {
  const { document } = open;
  const diagnostics = allDiagnostics(session, open).map((d) => lspDiagnostic(session, document, d));
  void session.connection.sendDiagnostics({ uri: document.uri, version: document.version, diagnostics });
}

/** Sends the diagnostics as they are known, or tells a client that pulls them to ask again. */
export function showDiagnostics(session: Session, uri: string): void {
  const open = readOf(session, uri);
  if (!open || session.phase !== 'running') return;
  if (!session.client.pullsDiagnostics) publish(session, open);
  else if (session.client.refreshesDiagnostics) void session.connection.languages.diagnostics.refresh();
}

export function refreshLenses(session: Session): void {
  if (session.client.refreshesLenses && session.phase === 'running') void session.connection.sendRequest('workspace/codeLens/refresh').catch(() => undefined);
}

function itemsKey(open: Open): string {
  return open.analysis.items.map((item) => `${item.id}@${item.range.start}-${item.range.end}`).join('\n');
}

/** After an edit: what is quickly known at once, what takes longer once the typing pauses. */
export function documentChanged(session: Session, uri: string): void {
  if (!session.documents.has(uri)) return;
  clearTimeout(session.timers.get(uri));
  const soon = setTimeout(() => {
    void quietly(() => settle(session, uri), session.runtime, session.report);
  }, 0);
  session.timers.set(uri, soon);
}

/** Tells of the next reading, once, even where the text has changed again: its diagnostics bear their version. */
async function settle(session: Session, uri: string): Promise<void> {
  const open = await upToDate(session, uri);
  if (!open || session.told.has(open.analysis) || session.phase !== 'running') return;
  session.told.add(open.analysis);
  const { document } = open;
  if (!session.client.pullsDiagnostics) publish(session, open);
  for (const made of generatedFrom(session, document.uri)) showDiagnostics(session, made.uri);
  const key = itemsKey(open);
  if (session.itemKeys.get(document.uri) !== key) {
    session.itemKeys.set(document.uri, key);
    void session.connection.sendNotification(ITEMS_CHANGED, { uri: document.uri });
  }
  // Who typed meanwhile has set another timer.
  if (session.documents.get(uri) !== document) return;
  session.timers.set(document.uri, setTimeout(() => {
    void quietly(() => workAhead(session, document, open.analysis, {
      diagnosed: () => {
        showDiagnostics(session, document.uri);
        refreshLenses(session);
      }, derived: () => refreshPreview(session, document.uri),
    }), session.runtime, session.report);
  }, PAUSE_MS));
}

/** Unlike the other requests, this one may not be answered with null: a document that is not open has no diagnostics. */
function report(session: Session, params: unknown): DocumentDiagnosticReport {
  const open = openOf(session, params);
  if (!open) return { kind: DocumentDiagnosticReportKind.Full, items: [] };
  const items = allDiagnostics(session, open).map((d) => lspDiagnostic(session, open.document, d));
  const resultId = `${open.document.version}.${fingerprint(JSON.stringify(items))}`;
  return fields(params).previousResultId === resultId
    ? { kind: DocumentDiagnosticReportKind.Unchanged, resultId }
    : { kind: DocumentDiagnosticReportKind.Full, resultId, items };
}

export const diagnosing: readonly Handler[] = [{
  method: 'textDocument/diagnostic',
  capability: { diagnosticProvider: { interFileDependencies: false, workspaceDiagnostics: false, identifier: 'mcalc' } },
  handle: report,
}];
