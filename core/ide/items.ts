/** What can be verified in a document: its requests and its claims, each with an id that survives edits elsewhere. */
import type { ProgramClaim, ProgramRequest } from '../algebra/program';
import { LATER, withLater } from '../syntax/later-fields';
import { lazily } from '../syntax/shift';
import type { Range } from '../syntax/tree';
import { isOwn, rangeToDocument, textOf, type Part } from './part';

export type Item = {
  readonly id: string;
  /** The statement on one line, as it is written. */
  readonly label: string;
  readonly part: Part;
  /** In the document. */
  readonly range: Range;
  /** Differs whenever something that the item's truth depends on does. */
  readonly state: string;
} & ({ readonly kind: 'request'; readonly request: ProgramRequest } | { readonly kind: 'check'; readonly claim: ProgramClaim });

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** The part's text without comments and blanks: what a verdict depends on. */
function stateOf(part: Part): string {
  const { text, comments } = part.compiled;
  let state = '';
  let from = 0;
  for (const comment of comments) {
    state += text.slice(from, comment.range.start);
    from = comment.range.end;
  }
  return (state + text.slice(from)).replace(/[ \t]+/g, ' ').replace(/\s*[\r\n]\s*/g, '\n').trim();
}

/** The items of a part in the order of the text. `seen` counts equal statements, and is shared by the parts of a document. */
export function itemsOf(part: Part, seen: Map<string, number>): readonly Item[] {
  const { compiled } = part;
  const { requests, claims } = compiled.program;
  const state = lazily(() => stateOf(part));
  const later = (): { readonly state: string } => ({ state: state() });
  const item = (kind: 'request' | 'check', range: Range) => {
    const label = oneLine(textOf(compiled, range));
    const base = `${kind}:${label.replace(/ /g, '')}`;
    const count = (seen.get(base) ?? 0) + 1;
    seen.set(base, count);
    return { id: count === 1 ? base : `${base}#${count}`, label, part, range: rangeToDocument(part, range) };
  };
  return [
    ...requests.map((request) => ({ range: request.range, kind: 'request' as const, request })),
    ...claims.map((claim) => ({ range: claim.range, kind: 'check' as const, claim })),
  ]
    .filter((made) => isOwn(compiled, made.range))
    .sort((a, b) => a.range.start - b.range.start)
    .map((made): Item => (made.kind === 'request'
      ? withLater({ kind: made.kind, request: made.request, ...item(made.kind, made.range), state: LATER }, later)
      : withLater({ kind: made.kind, claim: made.claim, ...item(made.kind, made.range), state: LATER }, later)));
}
