/** The messages between the server and its thread for long work: verdicts, the data of pictures, derivations and generated code. */
import type { Presented, ToDerive } from '../core/ide/engine';
import type { PicturesResult } from '../core/ide/picture-data';
import type { AboutCode, CodeGiven, CodeKind } from './codeProtocol';
import type { VerdictWord } from './protocol';

/** For these the thread analyses the text itself. */
export interface AboutText {
  readonly task: 'verify' | 'pictures';
  readonly text: string;
  readonly languageId: string;
  /** An item of that document. */
  readonly id: string;
  /** To verify at a person's own point: the text of a values file. */
  readonly values?: string;
}

export type ToVerifier = { readonly job: number } & (
  | AboutText
  /** A derivation, of what it depends on and nothing else. */
  | ({ readonly task: 'present' } & ToDerive)
  | ({ readonly task: 'code' } & AboutCode)
  /** Loads the engine and uses it once. */
  | { readonly task: 'warm' }
);

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
  | { readonly job: number; readonly presented: Presented }
  | { readonly job: number; readonly code: CodeGiven[CodeKind] }
  | { readonly job: number; readonly isWarm: true }
  | { readonly job: number; readonly pictures: PicturesResult | undefined }
  | { readonly job: number; readonly failed: string };
