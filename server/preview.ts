/** Generated code that is written nowhere: of one request for the clipboard, of a whole document for a preview beside it that follows the edit. */
import { askedFor } from './derivation';
import { codePage } from './code-page';
import { codeFor, moduleOf } from './coding';
import { invalidParams, type Cancellation } from './guard';
import { openOf, type Handler } from './handler';
import { fields, text } from './params';
import { CODE, CODE_SCHEME, PAGE_SCHEME, previewUri, sourceOfPreview, type CodeResult } from './protocol';
import { nameOf } from './text';
import type { Session } from './session';

/** What the preview of a document shows; a comment says why where there is no code. */
async function previewText(session: Session, uri: string, token: Cancellation): Promise<string> {
  const open = openOf(session, { textDocument: { uri } });
  if (!open) return `// ${nameOf(uri)} is not open.\n`;
  const { text: code, refused } = await moduleOf(session, open, token);
  const reasons = refused.map((reason) => `// No code for ${reason.replace(/\s+/g, ' ')}\n`).join('');
  return code === '' ? `// ${nameOf(uri)} asks for nothing that code can be written for.\n${reasons}` : `${code}${reasons === '' ? '' : `\n${reasons}`}`;
}

/** Tells a client that shows the code of a document to ask for it again. */
export function refreshPreview(session: Session, uri: string): void {
  if (session.previews.has(uri) && session.client.readsContents && session.phase === 'running') {
    void session.connection.sendRequest('workspace/textDocumentContent/refresh', { uri: previewUri(uri) }).catch(() => undefined);
  }
}

const MOST_PREVIEWS = 50;

export const previews: readonly Handler[] = [
  {
    method: CODE, capability: {},
    async handle(session, params, token): Promise<CodeResult | null> {
      const { uri, id, position } = fields(params);
      const open = openOf(session, { textDocument: { uri } });
      if (!open) return null;
      const found = id === undefined && position === undefined ? undefined : askedFor(session, params);
      if (!found && (id !== undefined || position !== undefined)) return null;
      const { text: code, refused } = found ? await codeFor(session, found, 'request', { id: found.asked.id }, token) : await moduleOf(session, open, token);
      return { text: code, refused };
    },
  },
  {
    method: 'workspace/textDocumentContent', capability: { workspace: { textDocumentContent: { schemes: [CODE_SCHEME, PAGE_SCHEME] } } },
    async handle(session, params, token): Promise<{ readonly text: string }> {
      const uri = text(fields(params).uri, 'uri');
      const page = codePage(uri);
      if (page !== undefined) return { text: page };
      const source = sourceOfPreview(uri);
      if (source === undefined) throw invalidParams(`nothing is shown under ${uri}`);
      if (session.previews.size < MOST_PREVIEWS) session.previews.add(source);
      return { text: await previewText(session, source, token) };
    },
  },
];
