/** The messages beyond the protocol that the server and its clients share: types, names and addresses. Both sides import it. */
import type { Range } from 'vscode-languageserver-types';

export type ColorThemeKind = 'light' | 'dark' | 'hcDark' | 'hcLight';

/** What a client may say in `initialize`. A client that does not announce `typesetHover` gets Unicode hovers. */
export interface InitializationOptions {
  readonly colorTheme: ColorThemeKind;
  /** The editor's, in CSS pixels: formulas in hovers are drawn to match the text around them. */
  readonly fontSize?: number;
  readonly typesetHover: boolean;
}

/** Notification, client to server. */
export const COLOR_THEME = 'mcalc/colorTheme';
export interface ColorThemeParams { readonly kind: ColorThemeKind; readonly fontSize?: number }

/** Request, client to server: what can be verified in a document. */
export const ITEMS = 'mcalc/items';
export interface ItemsParams { readonly uri: string }
export interface Item {
  readonly id: string;
  readonly label: string;
  readonly kind: 'request' | 'check';
  readonly range: Range;
  readonly uri: string;
  /** As the lens has it: of the item as it stands. */
  readonly verdict?: VerdictWord;
}
export interface ItemsResult { readonly items: readonly Item[] }

/** Notification, server to client: the items of a document are no longer what they were. */
export const ITEMS_CHANGED = 'mcalc/itemsChanged';
export interface ItemsChangedParams { readonly uri: string }

/** Request, client to server; cancellable. */
export const VERIFY = 'mcalc/verify';
export interface VerifyParams { readonly uri: string; readonly id: string }
export type VerdictWord = 'verified' | 'refuted' | 'undecided' | 'proved';
export interface VerifyResult {
  readonly verdict: VerdictWord;
  readonly summary: string;
  /** Markdown. */
  readonly details: string;
  readonly expected?: string;
  readonly actual?: string;
  readonly range: Range;
  readonly durationMs: number;
}

/** What the command that verifies at a person's own point answers; it refuses values that are no point, by name. */
export interface VerifyAtResult { readonly verdict: VerdictWord; readonly summary: string; /** Markdown. */ readonly details: string }

/** Request, client to server: a point of a request to begin with, as the text of a values file. */
export const POINT = 'mcalc/point';
export type PointParams = VerifyParams;
export interface PointResult { readonly text: string }

/** Request, client to server: everything the derivation panel shows of the request at a place, or with an id. */
export const DERIVATION = 'mcalc/derivation';
export interface DerivationParams {
  readonly uri: string;
  readonly position?: { readonly line: number; readonly character: number };
  readonly id?: string;
}
export interface WrittenWithPicture {
  readonly text: string;
  readonly unicode: string;
  readonly latex: string;
  /** A whole `<svg>` element; empty where typesetting failed. */
  readonly svg: string;
}
export interface DerivationTab extends WrittenWithPicture {
  readonly name: string;
  readonly label: string;
  /** What else there is to say of this form. */
  readonly words?: string;
}
export interface DerivationStep extends WrittenWithPicture {
  readonly rule: string;
  readonly source?: string;
  /** Definitions of names that this line alone uses. */
  readonly where?: readonly string[];
}
export interface DerivationResult {
  readonly title: string;
  /** By which its pictures and its code are asked for. */
  readonly id: string;
  readonly tabs: readonly DerivationTab[];
  readonly where: readonly WrittenWithPicture[];
  readonly notes: readonly string[];
  readonly steps: readonly DerivationStep[];
}

/** Request, client to server; cancellable: the data of the pictures of that derivation. Null where there is no such request, or no thread to draw in. */
export const PICTURES = 'mcalc/pictures';
export type PicturesParams = DerivationParams;
export type { Curve, DifferencesPicture, MatrixPicture, PicturesResult, PlanPicture, TaylorPicture } from '../core/ide/picture-data';

/** Request, client to server: the code of one request, or with no id and no position of the whole document, written nowhere. */
export const CODE = 'mcalc/code';
export type CodeParams = DerivationParams;
export interface CodeResult {
  readonly text: string;
  /** What no code could be written for, with the reasons. */
  readonly refused: readonly string[];
}

/** The schemes of documents that the server gives the text of: code that is written nowhere, and pages of the documentation. */
export const CODE_SCHEME = 'mcalc-code';
export const PAGE_SCHEME = 'mcalc-page';
/** The address under which the code of a document is shown; its name ends like the file that it would be. */
export const previewUri = (source: string): string =>
  `${CODE_SCHEME}:/${source.slice(source.lastIndexOf('/') + 1).replace(/\.(mcalc|md|markdown|[cm]?[jt]sx?)$/i, '')}.mcalc.ts?${encodeURIComponent(source)}`;
/** The document whose code an address shows; undefined for other addresses. */
export function sourceOfPreview(uri: string): string | undefined {
  const query = uri.startsWith(`${CODE_SCHEME}:`) ? uri.indexOf('?') : -1;
  if (query < 0) return undefined;
  try {
    return decodeURIComponent(uri.slice(query + 1));
  } catch {
    return undefined;
  }
}

/** Commands that the server executes; arguments in comments. */
export const GENERATE = 'mcalc.generate'; // [uri, id]
export const GENERATE_ALL = 'mcalc.generateAll'; // [uri]
export const UPDATE = 'mcalc.update'; // [uri]: what has been generated before, and nothing else
export const VERIFY_COMMAND = 'mcalc.verify'; // [uri, id]
export const VERIFY_AT = 'mcalc.verifyAt'; // [uri, id, the text of a values file]
export const SERVER_COMMANDS = [GENERATE, GENERATE_ALL, UPDATE, VERIFY_COMMAND, VERIFY_AT] as const;
/** A command of the client; the server only names it, in lenses and hovers. */
export const SHOW_DERIVATION = 'mcalc.showDerivation'; // [uri, id]
