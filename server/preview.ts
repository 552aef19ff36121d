/** Generated code that is written nowhere: of one request for the clipboard, of a whole document for a preview beside it that follows the edit. */
import { generateModule } from '../core/codegen/generate';
import { generationInput } from '../core/ide/generation';
import { moduleFile, type ModuleFile } from '../core/ide/module-file';
import { askedFor } from './derivation';
import { codePage } from './code-page';
import { invalidParams, orCancelled, type Cancellation } from './guard';
import { openOf, type Handler, type Open } from './handler';
import { fields, text } from './params';
import { CODE, CODE_SCHEME, PAGE_SCHEME, previewUri, sourceOfPreview, type CodeResult } from './protocol';
import { nameOf } from './text';
import type { ModuleReport } from './verifierProtocol';
import { NoThread } from './verifying';
import type { Session } from './session';
import type { TextDocument } from './text';

const modules = new WeakMap<TextDocument, ModuleFile>();

/** The module of a document's formulas, as it would stand in a file beside it; made once for each version. */
export function moduleOf({ document, analysis }: Open): ModuleFile {
  let made = modules.get(document);
  if (!made) modules.set(document, (made = moduleFile(analysis, nameOf(document.uri))));
  return made;
}

/** What the preview of a version says, under way or made. */
const reports = new WeakMap<TextDocument, Promise<ModuleReport>>();

/** The code of a document, written in the other thread where there is one, so that this one hears messages meanwhile. */
async function codeOfDocument(session: Session, open: Open, token: Cancellation): Promise<CodeResult> {
  const { document } = open;
  let making = reports.get(document);
  if (!making) {
    making = session.verifying.module({ text: document.text, languageId: document.languageId, name: nameOf(document.uri) }).result.catch((error: unknown) => {
      if (!(error instanceof NoThread)) throw error;
      const { module, text: code, refused } = moduleOf(open);
      return { text: module.functions.length === 0 ? '' : code, refused };
    });
    making.catch(() => { reports.delete(document); });
    reports.set(document, making);
  }
  return orCancelled(making, token);
}

/** What the preview of a document shows; a comment says why where there is no code. */
async function previewText(session: Session, uri: string, token: Cancellation): Promise<string> {
  const open = openOf(session, { textDocument: { uri } });
  if (!open) return `// ${nameOf(uri)} is not open.\n`;
  const { text: code, refused } = await codeOfDocument(session, open, token);
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
    handle(session, params, token): CodeResult | Promise<CodeResult> | null {
      const { uri, id, position } = fields(params);
      const open = openOf(session, { textDocument: { uri } });
      if (!open) return null;
      if (id === undefined && position === undefined) return codeOfDocument(session, open, token);
      const found = askedFor(session, params);
      if (!found) return null;
      const input = generationInput(found.asked.part.compiled.program, found.asked.request);
      if ('refused' in input) return { text: '', refused: [input.refused.message] };
      const made = generateModule([input]);
      return { text: made.functions.length === 0 ? '' : made.text, refused: made.refused.map((r) => `${r.name}, ${r.kind}: ${r.reason}`) };
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
