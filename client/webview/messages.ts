/** What the extension and the derivation panel's page say to each other. Types only. */
import type { DerivationResult } from '../../server/protocol';

export type CopyFormat = 'mcalc' | 'latex' | 'markdown';

export type ToPage =
  | { readonly type: 'show'; readonly derivation: DerivationResult }
  | { readonly type: 'empty'; readonly reason: string };

export type FromPage =
  | { readonly type: 'ready' }
  /** The page has drawn what it was sent; `text` is what a screen reader finds there. */
  | { readonly type: 'drawn'; readonly text: string }
  | { readonly type: 'copy'; readonly text: string; readonly format: CopyFormat };
