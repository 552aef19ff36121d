/**
 * Documents are read in slices, so that messages are heard meanwhile: one reading at a time for each document, of the newest text
 * there is when it starts. An edit does not end the reading under it, since while someone types fast none would ever be finished.
 */
import { analysing } from '../core/ide/analysis';
import { runWork } from './guard';
import { sourceUriOf } from './origin';
import { isFields } from './params';
import { sourceOfPreview } from './protocol';
import type { Read, Reading, Session } from './session';
import type { TextDocument } from './text';

function start(session: Session, document: TextDocument): Reading {
  const { uri, text, languageId } = document;
  const read = async (): Promise<void> => {
    try {
      const analysis = await runWork(analysing(text, languageId, session.engine, session.analyses.get(uri)?.analysis), session.runtime);
      // A document that was closed has no reading any more, one that was opened again has another.
      if (session.readings.get(uri) === reading) session.analyses.set(uri, { document, analysis });
    } finally {
      if (session.readings.get(uri) === reading) session.readings.delete(uri);
    }
  };
  const reading: { readonly document: TextDocument; done: Promise<void> } = { document, done: Promise.resolve() };
  session.readings.set(uri, reading);
  reading.done = read();
  return reading;
}

/** What was read of a document: of its text as it stands when this is asked, or as it stood later. Undefined where it is not open any more. */
export async function upToDate(session: Session, uri: string): Promise<Read | undefined> {
  const wanted = session.documents.get(uri);
  const running = session.readings.get(uri);
  if (running && running.document !== wanted) await running.done;
  const newest = session.documents.get(uri);
  if (newest && session.analyses.get(uri)?.document !== newest) await (session.readings.get(uri) ?? start(session, newest)).done;
  return session.documents.has(uri) ? session.analyses.get(uri) : undefined;
}

/** The open documents that the params of a request speak of, and those that these were generated from. */
export function namedIn(session: Session, params: unknown): readonly string[] {
  if (!isFields(params)) return [];
  const { textDocument, uri, arguments: args } = params;
  const given = [isFields(textDocument) ? textDocument.uri : undefined, uri, Array.isArray(args) ? (args as readonly unknown[])[0] : undefined].filter((one) => typeof one === 'string');
  const sources = given.flatMap((one) => {
    const document = session.documents.get(one);
    return [sourceOfPreview(one), document && sourceUriOf(document)].filter((source) => source !== undefined);
  });
  return [...new Set([...given, ...sources])].filter((one) => session.documents.has(one));
}

export async function allRead(session: Session, uris: readonly string[]): Promise<void> {
  for (const uri of uris) await upToDate(session, uri);
}
