/** What a whole reading leaves for those of later texts in which only a few statements differ. */
import { beside } from '../syntax/beside';
import type { Diagnostic } from '../syntax/diagnostic';
import { firstFrom, startOf } from '../syntax/layout';
import { readingOf, type Reading } from '../syntax/parse';
import { lazily } from '../syntax/shift';
import type { Document, Statement } from '../syntax/tree';
import { isKnownShape, type Dim } from './dim';
import type { Program } from './program';
import type { Anchor } from './reuse';
import type { Entry, Owner, Scope } from './scope';
import { freeNames } from './units';

export interface Base {
  readonly document: Document;
  readonly reading: Reading;
  readonly program: Program;
  readonly scope: Scope;
  /** What was said of names and shapes. */
  readonly found: readonly Diagnostic[];
  readonly closed: ReadonlySet<string>;
  readonly anchors: readonly Anchor[];
  readonly equal: ReadonlyMap<string, Dim>;
  readonly owners: ReadonlyMap<Statement, Owner>;
  readonly index: () => Index;
}
export interface Index {
  /** Names as they stood in the end, each with the shape that was found for it; those that nothing declares are left out. */
  readonly names: ReadonlyMap<string, Entry>;
  /** Those whose shape came out only when all was solved. */
  readonly late: ReadonlySet<string>;
  /** Names that nothing declares. */
  readonly unsaid: readonly string[];
  /** Whether a declared name has a size that nothing says, so that the reading named it. */
  readonly namesSizes: boolean;
  /** Dimensions that a statement introduced that is no declaration, each with the slice where it stands. */
  readonly loose: ReadonlyMap<string, number>;
  /** Slices with results that hold parts of others'. */
  readonly tied: ReadonlySet<number>;
  /** The slices that speak of a name, in order. */
  readonly users: (name: string) => readonly number[];
  /** The statements of a slice, where they stand in the base's own text. */
  readonly statements: (slice: number) => readonly Statement[];
}

const bases = beside<Program, Base>();
export const baseOf = (program: Program): Base | undefined => bases.get(program);

/** Later texts are read from the base of a program; a program that was read from a base hands that on. */
export const handOn = (program: Program, base: Base): void => { bases.set(program, base); };

export function leaveBase(document: Document, program: Program, left: Pick<Base, 'scope' | 'owners' | 'found' | 'closed' | 'anchors' | 'equal'>): void {
  const reading = readingOf(document);
  if (reading) bases.set(program, { document, reading, program, ...left, index: lazily(() => indexOf(document, reading, left.scope, left.owners)) });
}

function indexOf(document: Document, { slices, layout }: Reading, scope: Scope, owners: ReadonlyMap<Statement, Owner>): Index {
  const names = new Map<string, Entry>();
  const late = new Set<string>();
  const unsaid: string[] = [];
  const namesSizes = [...scope.fresh].some((name) => { const entry = scope.names.get(name); return entry?.kind !== 'variable' || !entry.unknown; });
  for (const [name, entry] of scope.names) {
    if (entry.kind !== 'variable') { names.set(name, entry); continue; }
    if (entry.unknown) { unsaid.push(name); continue; }
    if (isKnownShape(entry.shape)) { names.set(name, entry); continue; }
    late.add(name);
    names.set(name, { ...entry, shape: scope.solver.resolveShape(entry.shape) });
  }
  const first = new Int32Array(slices.length + 1);
  for (let i = 0; i < slices.length; i++) first[i + 1] = (first[i] ?? 0) + (slices[i]?.statements.length ?? 0);
  const statements = (i: number): readonly Statement[] => document.statements.slice(first[i], first[i + 1]);
  const users = new Map<string, number[]>();
  slices.forEach((read, i) => {
    for (const s of read.statements) {
      for (const name of freeNames(s)) {
        const list = users.get(name);
        if (!list) users.set(name, [i]); else if (list.at(-1) !== i) list.push(i);
      }
    }
  });
  const sliceAt = (start: number): number => firstFrom(slices.length, (i) => startOf(layout, layout.slices[i]?.from ?? 0) > start) - 1;
  const tied = new Set([...owners].filter(([, owner]) => owner.tied).map(([s]) => sliceAt(s.range.start)));
  const loose = new Map<string, number>();
  for (const [name, { start }] of scope.dimensions) {
    const at = sliceAt(start);
    if (statements(at).some((s) => s.kind !== 'declaration' && s.kind !== 'dim')) loose.set(name, at);
  }
  return { names, late, unsaid, namesSizes, loose, tied, statements, users: (name) => users.get(name) ?? NOBODY };
}
const NOBODY: readonly number[] = [];
