/** The messages between the server and its thread for long work: verdicts, the data of pictures, and derivations made ahead of the hover. */
import type { Presented } from '../core/ide/engine';
import type { PicturesResult } from '../core/ide/picture-data';
import type { VerdictWord } from './protocol';

/** The thread analyses the text itself: a text is all that has to cross. */
export interface ToVerifier {
  readonly job: number;
  readonly task: 'verify' | 'present' | 'pictures';
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
  | { readonly job: number; readonly presented: Presented | undefined }
  | { readonly job: number; readonly pictures: PicturesResult | undefined }
  | { readonly job: number; readonly failed: string };
