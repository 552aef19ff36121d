/** The server: wires the table of handlers to a connection. The only rooms that it needs are core and its own. */
import { ResponseError, type Connection, type InitializeResult, type ServerCapabilities } from 'vscode-languageserver';
import type { Engine } from '../core/ide/engine';
import { readClient, scaleFor, themeKind } from './client';
import { answer, quietly } from './guard';
import type { Handler } from './handler';
import { HANDLERS } from './handlers';
import { refusal } from './lifecycle';
import { contentChanges, fields, isFields, text, uriOf } from './params';
import { COLOR_THEME } from './protocol';
import { documentChanged } from './publish';
import { allRead, namedIn } from './reading';
import { registerFormatting } from './register';
import type { Runtime } from './runtime';
import { newSession, type Session } from './session';
import { applyChanges, textDocument } from './text';
import { startVerifying } from './verifying';

const byMethod: ReadonlyMap<string, Handler> = new Map(HANDLERS.map((h) => [h.method, h]));

/** Everything that the rows of the table announce. */
export function capabilitiesOf(session: Session): ServerCapabilities {
  const all: ServerCapabilities = Object.assign({}, ...HANDLERS.map((h) => h.capability));
  const formatting = session.client.registersFormatting
    ? { documentFormattingProvider: undefined, documentRangeFormattingProvider: undefined, documentOnTypeFormattingProvider: undefined } : {};
  return { ...all, ...formatting, positionEncoding: 'utf-16', textDocumentSync: { openClose: true, change: 2, save: false } };
}

type Notified = (session: Session, params: unknown) => unknown;

const NOTIFICATIONS: Readonly<Record<string, Notified>> = {
  'textDocument/didOpen': (session, params) => {
    const item = fields(fields(params).textDocument, 'textDocument');
    const uri = text(item.uri, 'uri');
    session.documents.set(uri, textDocument(uri, typeof item.languageId === 'string' ? item.languageId : '', typeof item.version === 'number' ? item.version : 0, text(item.text, 'text')));
    session.standings.open(uri);
    session.glances.open(uri);
    documentChanged(session, uri);
    // While this thread reads the document, the other one loads the engine.
    if (item.languageId === 'mcalc') session.verifying.warm();
  },
  'textDocument/didChange': (session, params) => {
    const uri = uriOf(params);
    const document = session.documents.get(uri);
    if (!document) return;
    const { version } = fields(fields(params).textDocument);
    session.documents.set(uri, applyChanges(document, contentChanges(fields(params).contentChanges), typeof version === 'number' ? version : document.version + 1));
    documentChanged(session, uri);
  },
  'textDocument/didClose': (session, params) => {
    const uri = uriOf(params);
    if (!session.documents.delete(uri)) return;
    clearTimeout(session.timers.get(uri));
    for (const kept of [session.analyses, session.readings, session.timers, session.itemKeys, session.sentTokens]) kept.delete(uri);
    session.standings.close(uri);
    session.glances.close(uri);
    if (!session.client.pullsDiagnostics) void session.connection.sendDiagnostics({ uri, diagnostics: [] });
  },
  [COLOR_THEME]: (session, params) => {
    session.theme = themeKind(fields(params).kind);
    session.scale = scaleFor(fields(params).fontSize);
  },
  'initialized': (session) => registerFormatting(session),
  'workspace/didChangeConfiguration': () => undefined,
  'workspace/didChangeWatchedFiles': () => undefined,
  'textDocument/didSave': () => undefined,
};

/** Serves one connection until it closes. The caller listens on the connection afterwards. */
export function startServer(connection: Connection, runtime: Runtime, engine: Engine): Session {
  const session = newSession(connection, runtime, engine, startVerifying(runtime, (message) => connection.console.warn(message)));

  connection.onInitialize((params): InitializeResult | ResponseError<never> => {
    const refused = refusal(session.phase, 'initialize');
    if (refused) return refused as ResponseError<never>;
    session.client = readClient(params);
    session.theme = session.client.colorTheme;
    session.scale = session.client.scale;
    session.phase = 'running';
    return { capabilities: capabilitiesOf(session), serverInfo: { name: 'mcalc', version: runtime.version } };
  });

  connection.onShutdown(() => {
    const refused = refusal(session.phase, 'shutdown');
    // The library's type leaves no room for an error here; the protocol does.
    if (refused) throw refused;
    session.phase = 'shutdown';
    session.verifying.dispose();
    for (const timer of session.timers.values()) clearTimeout(timer);
  });

  connection.onRequest((method, params, token) => {
    const refused = refusal(session.phase, method);
    if (refused) return refused;
    const handler = byMethod.get(method);
    if (!handler) return new ResponseError(-32601, `no such request: ${method}`);
    const given: unknown = Array.isArray(params) ? params[0] : params;
    return answer(() => handler.handle(session, given, token), runtime, token, session.report, () => allRead(session, handler.reads?.(session) ?? namedIn(session, given)));
  });

  connection.onNotification((method, params) => {
    const notified = NOTIFICATIONS[method];
    if (session.phase !== 'running' || !notified || !Object.hasOwn(NOTIFICATIONS, method)) return;
    void quietly(() => notified(session, isFields(params) ? params : {}), runtime, session.report);
  });
  return session;
}
