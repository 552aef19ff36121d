/** The analysis of a document, from which every feature is read: its parts, parsed and resolved, and what can be asked of them. */
import { spelled } from '../algebra/operators';
import type { Program, ProgramRequest } from '../algebra/program';
import { resolving } from '../algebra/resolve';
import { withOwn } from '../notation/lazy';
import type { Diagnostic } from '../syntax/diagnostic';
import { LATER, withLater } from '../syntax/later-fields';
import { parsing } from '../syntax/parse';
import { reparsing } from '../syntax/reparse';
import { regions, toHost, type Region } from '../syntax/regions';
import { finish, type Steps } from '../syntax/steps';
import type { Statement } from '../syntax/tree';
import { STATEMENT_WORDS, STRUCTURE_WORDS, TYPE_WORDS } from '../syntax/words';
import { isRefusal, type Engine, type Presented, type ToDerive } from './engine';
import { inherited } from './inherit';
import { itemsOf, type Item } from './items';
import { occurrencesOf, type Occurrence } from './names';
import { ownStatements, type Compiled, type Part, type Segment } from './part';
import { dependenciesOf } from './dependencies';
import { sliceFor } from './slice';
import { contains } from './walk';

export interface Analysis {
  readonly text: string;
  readonly languageId: string;
  /** In the order of the document, without overlaps. */
  readonly parts: readonly Part[];
  /** Requests and claims in the order of the document. */
  readonly items: readonly Item[];
  readonly item: (id: string) => Item | undefined;
  /** Every place of a name in a part; with an offset in the part's text, those of the statements there alone. */
  readonly occurrences: (part: Part, local?: number) => readonly Occurrence[];
  /** Kept as long as nothing changes that the request depends on. */
  readonly present: (part: Part, request: ProgramRequest) => Presented;
  /** Takes over what was derived elsewhere, from the same text. */
  readonly remember: (part: Part, request: ProgramRequest, presented: Presented) => void;
  /** What `present` has found already. */
  readonly presented: (part: Part, request: ProgramRequest) => Presented | undefined;
  /** The refusals among that. */
  readonly refusals: (part: Part) => readonly Diagnostic[];
  /** What a request is derived from, for another thread. */
  readonly toDerive: (part: Part, request: ProgramRequest) => ToDerive;
  /** True for words that cannot be names. */
  readonly isKeyword: (word: string) => boolean;
  readonly memory: Memory;
}

/** What an analysis hands on to the next one of the same document. */
export interface Memory {
  readonly compiled: ReadonlyMap<string, Compiled>;
  readonly occurrences: WeakMap<Compiled, readonly Occurrence[]>;
  readonly presentations: Map<string, Presented>;
  /** Those that are refusals. */
  readonly refused: Set<string>;
}

/** Enough for every request of a long file at once; beyond it the oldest go. */
const MAX_PRESENTATIONS = 2000;

const isOperator = (name: string): boolean => spelled(name) !== undefined;
const isKeyword = (word: string): boolean => STATEMENT_WORDS.has(word) || STRUCTURE_WORDS.has(word) || TYPE_WORDS.has(word);

/** A text that inherits nothing is its own key: long ones are not copied for it. */
const keyOf = (prefix: string, text: string): string => (prefix === '' ? text : `${prefix.length}:${text}`);

/** `old` is the part that stood there before, or none. */
function* compile(prefix: string, own: string, known: ReadonlyMap<string, Compiled>, old: Compiled | undefined): Steps<Compiled> {
  const text = prefix + own;
  const kept = known.get(keyOf(prefix, text));
  if (kept?.own === prefix.length) return kept;
  const document = yield* old ? reparsing(old.document, text) : parsing(text);
  const program = yield* resolving(document, old && { previous: old.program });
  const { comments, diagnostics } = document;
  return withLater({ text, statements: LATER, comments, tokens: LATER, diagnostics, document, own: prefix.length, program }, () => document);
}

/** A request as if it stood where `like` stands: positions are the only part of a presentation that its text does not determine. */
const placed = (presented: Presented, request: ProgramRequest): Presented =>
  isRefusal(presented) ? { refused: { ...presented.refused, range: request.range } } : withOwn(presented, { line: request.line, range: request.range });

/** Total. Parts whose text and inheritance are those of `previous` are taken over from it. */
export const analyse = (text: string, languageId: string, engine: Engine, previous?: Analysis): Analysis => finish(analysing(text, languageId, engine, previous));

/** `analyse` in steps. */
export function* analysing(text: string, languageId: string, engine: Engine, previous?: Analysis): Steps<Analysis> {
  const known = previous?.memory.compiled ?? new Map<string, Compiled>();
  const compiled = new Map<string, Compiled>();
  const parts: Part[] = [];
  for (const region of regions(text, languageId)) {
    const above = inherited(parts, region.text);
    const made = yield* compile(above.text, region.text, known, previous?.parts[parts.length]?.compiled);
    compiled.set(keyOf(above.text, made.text), made);
    parts.push(place(region, made, above.segments));
  }
  const memory: Memory = {
    compiled,
    occurrences: previous?.memory.occurrences ?? new WeakMap<Compiled, readonly Occurrence[]>(),
    presentations: previous?.memory.presentations ?? new Map<string, Presented>(),
    refused: previous?.memory.refused ?? new Set<string>(),
  };
  const seen = new Map<string, number>();
  const items = parts.flatMap((part) => itemsOf(part, seen));
  const byId = new Map(items.map((item) => [item.id, item]));
  const keys = new WeakMap<ProgramRequest, string>();
  const requestKey = (program: Program, request: ProgramRequest): string => {
    let key = keys.get(request);
    if (key === undefined) keys.set(request, (key = dependenciesOf(program, request)));
    return key;
  };
  const keep = (key: string, presented: Presented): void => {
    const oldest = memory.presentations.size >= MAX_PRESENTATIONS ? memory.presentations.keys().next() : undefined;
    if (oldest && !oldest.done) { memory.presentations.delete(oldest.value); memory.refused.delete(oldest.value); }
    memory.presentations.set(key, presented);
    if (isRefusal(presented)) memory.refused.add(key); else memory.refused.delete(key);
  };
  const presented = (part: Part, request: ProgramRequest): Presented | undefined => {
    const found = memory.presentations.get(requestKey(part.compiled.program, request));
    return found && placed(found, request);
  };
  return {
    text, languageId, parts, items, memory, isKeyword,
    item: (id) => byId.get(id),
    occurrences(part, local) {
      const among = (statements: readonly Statement[]): readonly Occurrence[] => statements.flatMap((s) => occurrencesOf(s, part.compiled.program, isOperator));
      if (local !== undefined) return among(ownStatements(part.compiled).filter((s) => contains(s.range, local)));
      let found = memory.occurrences.get(part.compiled);
      if (!found) memory.occurrences.set(part.compiled, (found = among(ownStatements(part.compiled))));
      return found;
    },
    present(part, request) {
      const key = requestKey(part.compiled.program, request);
      let presented = memory.presentations.get(key);
      if (!presented) {
        presented = engine.present(sliceFor(part.compiled.program, request), request);
        keep(key, presented);
      }
      return placed(presented, request);
    },
    remember(part, request, presented) {
      keep(requestKey(part.compiled.program, request), presented);
    },
    toDerive(part, request) {
      const { program } = part.compiled;
      return { key: requestKey(program, request), program: sliceFor(program, request), request };
    },
    presented,
    // Nearly always there are none, and no key need be made to see it.
    refusals: (part) => (memory.refused.size === 0 ? [] : part.compiled.program.requests.map((request) => presented(part, request)).filter((p) => p !== undefined).filter(isRefusal).map((p) => p.refused)),
  };
}

function place(region: Region, compiled: Compiled, above: readonly Segment[]): Part {
  const own: Segment = { start: compiled.own, end: compiled.text.length, toDocument: (offset) => toHost(region, offset) };
  return { compiled, region, range: region.range, segments: [...above, own] };
}

/** The part that an offset stands in. */
export const partAt = (analysis: Analysis, offset: number): Part | undefined =>
  analysis.parts.find((part) => part.range.start <= offset && offset <= part.range.end);
