/** What the extension and the derivation panel's page say to each other. Types only. */
import type { DerivationResult, PicturesResult } from '../../server/protocol';

export type CopyFormat = 'mcalc' | 'latex' | 'markdown' | 'svg' | 'typescript';

export type ToPage =
  | { readonly type: 'show'; readonly derivation: DerivationResult }
  /** For the derivation that was shown last; absent where there are none. */
  | { readonly type: 'pictures'; readonly pictures: PicturesResult | undefined }
  | { readonly type: 'empty'; readonly reason: string }
  /** What was just done. */
  | { readonly type: 'said'; readonly text: string };

export type FromPage =
  | { readonly type: 'ready' }
  /** The page has drawn what it was sent; `text` is what a screen reader finds there. */
  | { readonly type: 'drawn'; readonly text: string }
  /** The code of the request that is shown. */
  | { readonly type: 'copyCode' }
  | { readonly type: 'copy'; readonly text: string; readonly format: CopyFormat };
