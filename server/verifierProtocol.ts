/** The messages between the server and its verifying thread. */
import type { VerdictWord } from './protocol';

/** The verifier analyses the text itself: a text is all that has to cross. */
export interface ToVerifier {
  readonly job: number;
  readonly text: string;
  readonly languageId: string;
  /** An item of that document. */
  readonly id: string;
}

export interface VerifierReport {
  readonly verdict: VerdictWord;
  readonly summary: string;
  /** A few words for a lens: `38 digits`. */
  readonly short: string;
  readonly details: string;
  readonly expected?: string;
  readonly actual?: string;
}

export type FromVerifier =
  | { readonly job: number; readonly report: VerifierReport }
  | { readonly job: number; readonly failed: string };
