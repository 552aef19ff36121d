/** What a row of the table of handlers is, and how a handler finds the document that a message speaks of. */
import type { CancellationToken, ServerCapabilities } from 'vscode-languageserver';
import type { Analysis } from '../core/ide/analysis';
import { fields, position, uriOf } from './params';
import { analysisOf, type Session } from './session';
import { offsetAt, type TextDocument } from './text';

export interface Handler {
  readonly method: string;
  /** What `initialize` announces for it. */
  readonly capability: Partial<ServerCapabilities>;
  /** The answer, a promise of it, or pausable work. Undefined is answered as null. */
  readonly handle: (session: Session, params: unknown, token: CancellationToken) => unknown;
}

export interface Open {
  readonly document: TextDocument;
  readonly analysis: Analysis;
}

/** The document that the params name, or undefined where it is not open. */
export function openOf(session: Session, params: unknown): Open | undefined {
  const document = session.documents.get(uriOf(params));
  return document && { document, analysis: analysisOf(session, document) };
}

type Answer = (open: Open, session: Session, params: unknown, token: CancellationToken) => unknown;

/** A handler that answers nothing for documents that are not open. */
export const inDocument = (method: string, capability: Partial<ServerCapabilities>, answer: Answer): Handler => ({
  method, capability,
  handle(session, params, token) {
    const open = openOf(session, params);
    return open && answer(open, session, params, token);
  },
});

type AnswerAt = (open: Open, offset: number, session: Session, params: unknown) => unknown;

/** The same for what is asked at a position. */
export const atPosition = (method: string, capability: Partial<ServerCapabilities>, answer: AnswerAt): Handler =>
  inDocument(method, capability, (open, session, params) => answer(open, offsetAt(open.document, position(fields(params).position)), session, params));
