/** Code lenses: above each request its derivation, generation and verification, above each claim its verdict. */
import type { Range } from '../syntax/tree';
import { needsOf } from '../verify/needs';
import type { Analysis } from './analysis';
import { isRefusal } from './engine';
import { blockOf, blocksOf } from './generated';
import type { Item } from './items';

/** What is known of an item. A verdict holds for one state of the item only. */
export type Standing =
  | { readonly kind: 'running' }
  | { readonly kind: 'done'; readonly verdict: 'verified' | 'refuted' | 'undecided' | 'proved'; readonly short: string };

/** `none` says why there is nothing to do. */
export type LensAction = 'derivation' | 'generate' | 'generateAll' | 'verify' | 'none';
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

/** Why a request can be neither generated nor verified, as far as that is known; and whether it has a derivation. */
function obstacleOf(analysis: Analysis, item: Item & { readonly kind: 'request' }): { readonly title: string; readonly isDerived: boolean } | undefined {
  const { part, request } = item;
  const { program } = part.compiled;
  const presented = analysis.presented(part, request);
  if (presented && isRefusal(presented)) return { title: 'No derivative: see the error', isDerived: false };
  const formal = program.functions.size === 0 ? [] : [...needsOf(program, [request.ofTerm]).formal];
  return formal.length === 0 ? undefined : { title: `No code and no test: ${formal.join(', ')} has no body`, isDerived: true };
}

/** The lenses of a document: none for what cannot be done. `standing` tells what is known of an item as it stands. */
export function lenses(analysis: Analysis, standing: (item: Item) => Standing | undefined, showsDerivations: boolean): readonly Lens[] {
  const found: Lens[] = [];
  const blocks = blocksOf(analysis.text);
  for (const item of analysis.items) {
    const lens = (title: string, action: LensAction): number => found.push({ range: item.range, title, action, id: item.id });
    if (item.kind === 'request') {
      const obstacle = obstacleOf(analysis, item);
      if (obstacle) {
        if (obstacle.isDerived && showsDerivations) lens('∂ Derivation', 'derivation');
        lens(obstacle.title, 'none');
        continue;
      }
      if (showsDerivations) lens('∂ Derivation', 'derivation');
      lens(blockOf(analysis, item.part, blocks) ? 'Regenerate code' : 'Generate code', 'generate');
    }
    lens(standingText(standing(item)), 'verify');
  }
  return found;
}
