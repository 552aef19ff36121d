/** What a row of the table of handlers is, and how a handler finds the document that a message speaks of. */
import type { CancellationToken, ServerCapabilities } from 'vscode-languageserver';
import { fields, position, uriOf } from './params';
import { readOf, type Read, type Session } from './session';
import { offsetAt } from './text';

export interface Handler {
  readonly method: string;
  /** What `initialize` announces for it. */
  readonly capability: Partial<ServerCapabilities>;
  /** The documents that must be read before it is asked, where the params do not name them. */
  readonly reads?: (session: Session) => readonly string[];
  /** The answer, a promise of it, or pausable work. Undefined is answered as null. */
  readonly handle: (session: Session, params: unknown, token: CancellationToken) => unknown;
}

/** What was read of a document: its text when the request came, or a later one. */
export type Open = Read;

/** The document that the params name, or undefined where it is not open. */
export const openOf = (session: Session, params: unknown): Open | undefined => readOf(session, uriOf(params));

type Answer = (open: Open, session: Session, params: unknown, token: CancellationToken) => unknown;

/** A handler that answers nothing for documents that are not open. */
export const inDocument = (method: string, capability: Partial<ServerCapabilities>, answer: Answer): Handler => ({
  method, capability,
  handle(session, params, token) {
    const open = openOf(session, params);
    return open && answer(open, session, params, token);
  },
});

type AnswerAt = (open: Open, offset: number, session: Session, params: unknown, token: CancellationToken) => unknown;

/** The same for what is asked at a position. */
export const atPosition = (method: string, capability: Partial<ServerCapabilities>, answer: AnswerAt): Handler =>
  inDocument(method, capability, (open, session, params, token) => answer(open, offsetAt(open.document, position(fields(params).position)), session, params, token));
