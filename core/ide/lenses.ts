/** Code lenses: above each request its derivation, generation and verification, above each claim its verdict. */
import type { Range } from '../syntax/tree';
import type { Analysis } from './analysis';
import { blockOf, blocksOf } from './generated';
import type { Item } from './items';

/** What is known of an item. A verdict holds for one state of the item only. */
export type Standing =
  | { readonly kind: 'running' }
  | { readonly kind: 'done'; readonly verdict: 'verified' | 'refuted' | 'undecided' | 'proved'; readonly short: string };

export type LensAction = 'derivation' | 'generate' | 'generateAll' | 'verify';
export interface Lens {
  readonly range: Range;
  readonly title: string;
  readonly action: LensAction;
  /** The item; empty for `generateAll`. */
  readonly id: string;
}

const MARKS = { verified: '✓ verified', proved: '✓ proved', refuted: '✗ refuted', undecided: '? undecided' } as const;

/** The words of a verdict: `✓ verified, 38 digits`. */
export function standingText(standing: Standing | undefined): string {
  if (!standing) return 'Verify';
  if (standing.kind === 'running') return 'Verifying…';
  return standing.short === '' ? MARKS[standing.verdict] : `${MARKS[standing.verdict]}, ${standing.short}`;
}

/** The lenses of a document. `standing` tells what is known of an item as it stands. */
export function lenses(analysis: Analysis, standing: (item: Item) => Standing | undefined, showsDerivations: boolean): readonly Lens[] {
  const found: Lens[] = [];
  const blocks = blocksOf(analysis.text);
  for (const item of analysis.items) {
    const lens = (title: string, action: LensAction): number => found.push({ range: item.range, title, action, id: item.id });
    if (item.kind === 'request') {
      if (showsDerivations) lens('∂ Derivation', 'derivation');
      lens(blockOf(analysis, item.part, blocks) ? 'Regenerate code' : 'Generate code', 'generate');
    }
    lens(standingText(standing(item)), 'verify');
  }
  return found;
}
