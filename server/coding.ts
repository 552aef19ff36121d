/** Code is written in the other thread, so that this one hears messages meanwhile; here only where there is no other. */
import type { CodeAsked, CodeGiven, CodeKind, ModuleCode } from './codeProtocol';
import { orCancelled, type Cancellation } from './guard';
import type { Open } from './handler';
import type { Session } from './session';
import { nameOf, type TextDocument } from './text';
import { NoThread, type Running } from './verifying';

function running<K extends CodeKind>(session: Session, { document, analysis }: Open, kind: K, asked: CodeAsked[K]): Running<CodeGiven[K]> {
  const { result, cancel } = session.verifying.code({ text: document.text, languageId: document.languageId, kind, asked });
  const here = async (error: unknown): Promise<CodeGiven[K]> => {
    if (!(error instanceof NoThread)) throw error;
    return (await import('./code')).codeOf(analysis, kind, asked);
  };
  return { result: result.catch(here), cancel };
}

/** Code that one request waits for: with it, the work ends. @throws ResponseError `cancelled`; Error where the thread fails */
export async function codeFor<K extends CodeKind>(session: Session, open: Open, kind: K, asked: CodeAsked[K], token?: Cancellation): Promise<CodeGiven[K]> {
  const job = running(session, open, kind, asked);
  const listening = token?.onCancellationRequested?.(job.cancel);
  try {
    return await orCancelled(job.result, token);
  } finally {
    listening?.dispose();
  }
}

/** The module of a version, under way or made. */
const modules = new WeakMap<TextDocument, Promise<ModuleCode>>();

/** The module of a document's formulas, made once for each version: whoever cancels only stops waiting. */
export async function moduleOf(session: Session, open: Open, token?: Cancellation): Promise<ModuleCode> {
  const { document } = open;
  let making = modules.get(document);
  if (!making) {
    making = running(session, open, 'module', { name: nameOf(document.uri) }).result;
    making.catch(() => { modules.delete(document); });
    modules.set(document, making);
  }
  return orCancelled(making, token);
}
