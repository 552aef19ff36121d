/** The state of one connection: open documents, their analyses, verdicts, and what the client can do. */
import type { Connection } from 'vscode-languageserver';
import { analyse, type Analysis } from '../core/ide/analysis';
import type { Engine } from '../core/ide/engine';
import { readClient, type Client } from './client';
import type { Phase } from './lifecycle';
import type { ColorThemeKind } from './protocol';
import type { Runtime } from './runtime';
import { newStandings, type Standings } from './standing';
import type { TextDocument } from './text';
import type { Verifying } from './verifying';

/** A document and what was read of it. */
export interface Read { readonly document: TextDocument; readonly analysis: Analysis }
/** A document that is being read. */
export interface Reading { readonly document: TextDocument; readonly done: Promise<void> }

export interface Session {
  readonly connection: Connection;
  readonly runtime: Runtime;
  readonly engine: Engine;
  /** The open documents as they stand. */
  readonly documents: Map<string, TextDocument>;
  /** The last reading of each; while someone types, of a text that stood a moment ago. */
  readonly analyses: Map<string, Read>;
  readonly readings: Map<string, Reading>;
  /** What the client was last told of. */
  readonly told: WeakSet<Analysis>;
  readonly verifying: Verifying;
  readonly standings: Standings;
  /** What a look at a claim in the background found; no lens shows it. */
  readonly glances: Standings;
  /** Work that waits for a pause in the typing, one timer a document. */
  readonly timers: Map<string, ReturnType<typeof setTimeout>>;
  /** The items that the client was last told of. */
  readonly itemKeys: Map<string, string>;
  /** Documents whose code is shown without being written. */
  readonly previews: Set<string>;
  /** The last semantic tokens sent for a document, for deltas. */
  readonly sentTokens: Map<string, { readonly resultId: string; readonly data: readonly number[] }>;
  /** Counts the results, for their ids. */
  tokenResults: number;
  phase: Phase;
  client: Client;
  theme: ColorThemeKind;
  /** How large formulas in hovers are drawn. */
  scale: number;
  readonly report: (error: unknown) => void;
}

export function newSession(connection: Connection, runtime: Runtime, engine: Engine, verifying: Verifying): Session {
  const report = (error: unknown): void => connection.console.error(error instanceof Error ? error.stack ?? error.message : String(error));
  return {
    connection, runtime, engine, verifying, report,
    documents: new Map(), analyses: new Map(), readings: new Map(), told: new WeakSet(), sentTokens: new Map(), standings: newStandings(), glances: newStandings(), timers: new Map(), itemKeys: new Map(), previews: new Set(),
    tokenResults: 0, phase: 'new', client: readClient(undefined), theme: 'dark', scale: 1,
  };
}

/** An open document as it was last read; one that never was is read now, whatever that takes. */
export function readOf(session: Session, uri: string): Read | undefined {
  const document = session.documents.get(uri);
  if (!document) return undefined;
  let read = session.analyses.get(uri);
  if (!read) session.analyses.set(uri, (read = { document, analysis: analyse(document.text, document.languageId, session.engine) }));
  return read;
}
