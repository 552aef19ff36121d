/** What is known of each item: its verdict, for as long as nothing changes that it depends on. */
import type { Item } from '../core/ide/items';
import type { Standing } from '../core/ide/lenses';
import type { VerifierReport } from './verifierProtocol';

interface Entry {
  readonly state: string;
  readonly standing: Standing;
  readonly report?: VerifierReport;
}
export interface Standings {
  readonly get: (uri: string, item: Item) => Standing | undefined;
  readonly report: (uri: string, item: Item) => VerifierReport | undefined;
  readonly running: (uri: string, item: Item) => void;
  readonly done: (uri: string, item: Item, report: VerifierReport) => void;
  readonly forget: (uri: string, item: Item) => void;
  /** A verdict holds for a text, open or not: those of the documents that were closed last are kept. */
  readonly close: (uri: string) => void;
  readonly open: (uri: string) => void;
}

const MOST_CLOSED = 100;

export function newStandings(): Standings {
  const documents = new Map<string, Map<string, Entry>>();
  const closed = new Set<string>();
  const entry = (uri: string, item: Item): Entry | undefined => {
    const found = documents.get(uri)?.get(item.id);
    return found && found.state === item.state ? found : undefined;
  };
  const put = (uri: string, item: Item, value: Omit<Entry, 'state'>): void => {
    const entries = documents.get(uri) ?? new Map<string, Entry>();
    documents.set(uri, entries.set(item.id, { state: item.state, ...value }));
  };
  return {
    get: (uri, item) => entry(uri, item)?.standing,
    report: (uri, item) => entry(uri, item)?.report,
    running: (uri, item) => put(uri, item, { standing: { kind: 'running' } }),
    done: (uri, item, report) => put(uri, item, { standing: { kind: 'done', verdict: report.verdict, short: report.short }, report }),
    forget(uri, item) {
      documents.get(uri)?.delete(item.id);
    },
    open(uri) {
      closed.delete(uri);
    },
    close(uri) {
      if (!documents.has(uri)) return;
      closed.delete(uri);
      closed.add(uri);
      const [oldest] = closed;
      if (closed.size <= MOST_CLOSED || oldest === undefined) return;
      closed.delete(oldest);
      documents.delete(oldest);
    },
  };
}
