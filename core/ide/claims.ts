/** The verdict on an item as a diagnostic of its line. */
import { diagnose } from '../syntax/codes';
import type { Diagnostic } from '../syntax/diagnostic';
import type { Item } from './items';

export interface Verdict {
  readonly verdict: 'verified' | 'refuted' | 'undecided' | 'proved';
  readonly summary: string;
}

/** At document ranges; undefined where all is well, and for requests that are merely undecided. */
export function claimDiagnostic(item: Item, { verdict, summary }: Verdict): Diagnostic | undefined {
  switch (verdict) {
    case 'verified': case 'proved':
      return undefined;
    case 'refuted':
      return diagnose(item.kind === 'check' ? 'MC6001' : 'MC6002', summary, item.range);
    case 'undecided':
      return item.kind === 'check' ? diagnose('MC6003', summary, item.range) : undefined;
  }
}
