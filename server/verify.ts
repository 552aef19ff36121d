/** Verification: the items of a document, their verdicts, and the lenses that show them. */
import type { CancellationToken, CodeLens } from 'vscode-languageserver';
import type { Item as IdeItem } from '../core/ide/items';
import { lenses, type Lens } from '../core/ide/lenses';
import { pointTemplate } from '../core/ide/point-template';
import { invalidParams } from './guard';
import { inDocument, openOf, type Handler, type Open } from './handler';
import { fields, text } from './params';
import { GENERATE, GENERATE_ALL, ITEMS, POINT, SHOW_DERIVATION, VERIFY, VERIFY_COMMAND, type Item, type PointResult, type VerifyResult } from './protocol';
import { refreshLenses, showDiagnostics } from './publish';
import { readOf, type Session } from './session';
import { rangeAt } from './text';
import type { VerifierReport } from './verifierProtocol';

const named = (params: unknown): unknown => ({ textDocument: { uri: fields(params).uri } });

/** The item with an id in an open document. @throws ResponseError where there is none. */
export function itemOf(session: Session, uri: string, id: string): { readonly open: Open; readonly item: IdeItem } {
  const open = readOf(session, uri);
  if (!open) throw invalidParams(`the document is not open: ${uri}`);
  const item = open.analysis.item(id);
  if (!item) throw invalidParams(`there is no such formula any more: ${id}`);
  return { open, item };
}

/** Runs the verifier on one item; its lens follows. @throws ResponseError `cancelled`. */
export async function verifyItem(session: Session, { document }: Open, item: IdeItem, token: CancellationToken): Promise<VerifierReport> {
  const { uri } = document;
  const known = session.standings.report(uri, item);
  if (known) return known;
  const job = session.verifying.verify({ text: document.text, languageId: document.languageId, id: item.id }, 'asked');
  const listening = token.onCancellationRequested(job.cancel);
  session.standings.running(uri, item);
  refreshLenses(session);
  try {
    const report = await job.result;
    session.standings.done(uri, item, report);
    return report;
  } catch (error) {
    session.standings.forget(uri, item);
    throw error;
  } finally {
    listening.dispose();
    refreshLenses(session);
    showDiagnostics(session, uri);
  }
}

function lensOf(lens: Lens, { document }: Open): CodeLens {
  const range = rangeAt(document, lens.range);
  const one = [document.uri, lens.id];
  switch (lens.action) {
    case 'derivation':
      return { range, command: { title: lens.title, command: SHOW_DERIVATION, arguments: one } };
    case 'generate':
      return { range, command: { title: lens.title, command: GENERATE, arguments: one } };
    case 'generateAll':
      return { range, command: { title: lens.title, command: GENERATE_ALL, arguments: [document.uri] } };
    case 'verify':
      return { range, command: { title: lens.title, command: VERIFY_COMMAND, arguments: one } };
    // Without a command it is text.
    case 'none':
      return { range, command: { title: lens.title, command: '' } };
  }
}

/** The lenses of a document, as the client may show them or have their commands run. */
export const lensesOf = (session: Session, open: Open): readonly CodeLens[] =>
  lenses(open.analysis, (item) => session.standings.get(open.document.uri, item), session.client.isOwn).map((lens) => lensOf(lens, open));

export const verification: readonly Handler[] = [
  inDocument('textDocument/codeLens', { codeLensProvider: { resolveProvider: false } }, (open, session) => lensesOf(session, open)),

  {
    method: ITEMS, capability: {},
    handle(session, params) {
      const open = openOf(session, named(params));
      const items = open?.analysis.items.map((item): Item => {
        const verdict = session.standings.report(open.document.uri, item)?.verdict;
        return { id: item.id, label: item.label, kind: item.kind, range: rangeAt(open.document, item.range), uri: open.document.uri, ...(verdict && { verdict }) };
      }) ?? [];
      return { items };
    },
  },

  {
    method: POINT, capability: {},
    handle(session, params): PointResult {
      const { uri, id } = fields(params);
      const { item } = itemOf(session, text(uri, 'uri'), text(id, 'id'));
      return { text: (item.kind === 'request' ? pointTemplate(item.part.compiled.program, item.request) : undefined) ?? '{}' };
    },
  },

  {
    method: VERIFY, capability: {},
    async handle(session, params, token): Promise<VerifyResult> {
      const { uri, id } = fields(params);
      const { open, item } = itemOf(session, text(uri, 'uri'), text(id, 'id'));
      const started = session.runtime.now();
      const { verdict, summary, details, expected, actual } = await verifyItem(session, open, item, token);
      return {
        verdict, summary, details, range: rangeAt(open.document, item.range), durationMs: Math.round(session.runtime.now() - started),
        ...(expected !== undefined && { expected }), ...(actual !== undefined && { actual }),
      };
    },
  },
];
