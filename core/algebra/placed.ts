/** What a base knows, where it stands in a later text. */
import { lazily, movedStatement } from '../syntax/shift';
import type { Statement } from '../syntax/tree';
import type { Base } from './base';
import { placedAlike, type Places } from './places';
import type { Entry } from './scope';

/** The names of a base, each moved when it is looked up, with those that are set over them and beyond them. Nothing is copied. */
export class PlacedNames extends Map<string, Entry> {
  private readonly own = new Map<string, Entry>();
  constructor(private readonly base: ReadonlyMap<string, Entry>, private readonly place: (entry: Entry) => Entry) { super(); }

  override get(name: string): Entry | undefined {
    const own = this.own.get(name);
    if (own) return own;
    const entry = this.base.get(name);
    if (!entry) return undefined;
    const placed = this.place(entry);
    this.own.set(name, placed);
    return placed;
  }
  override has(name: string): boolean { return this.base.has(name) || this.own.has(name); }
  override set(name: string, entry: Entry): this { this.own.set(name, entry); return this; }
  /** Only of names that the base does not have. */
  override delete(name: string): boolean { return !this.base.has(name) && this.own.delete(name); }
  /** What was looked up or set: among all others every shape is known. */
  lookedUp(): Iterable<Entry> { return this.own.values(); }
  /** Names that the base does not have. */
  added(): readonly Entry[] { return [...this.own].filter(([name]) => !this.base.has(name)).map(([, entry]) => entry); }
  override get size(): number { return this.base.size + this.added().length; }
  private *all(): Generator<[string, Entry], undefined> {
    for (const [name, entry] of this.base) yield [name, this.own.get(name) ?? entry];
    for (const [name, entry] of this.own) if (!this.base.has(name)) yield [name, entry];
    return undefined;
  }
  private *names(): Generator<string, undefined> { for (const [name] of this.all()) yield name; return undefined; }
  private *each(): Generator<Entry, undefined> { for (const [, entry] of this.all()) yield entry; return undefined; }
  override entries(): MapIterator<[string, Entry]> { return this.all() as unknown as MapIterator<[string, Entry]>; }
  override keys(): MapIterator<string> { return this.names() as unknown as MapIterator<string>; }
  override values(): MapIterator<Entry> { return this.each() as unknown as MapIterator<Entry>; }
  override [Symbol.iterator](): MapIterator<[string, Entry]> { return this.entries(); }
  override forEach(callback: (entry: Entry, name: string, map: Map<string, Entry>) => void): void { for (const [name, entry] of this.all()) callback(entry, name, this); }
}

/** What a statement of the base gave; one that holds parts of others is moved part by part. */
export const placedResult = <T>({ index }: Base, places: Places, offset: number, value: T): T => (index().tied.has(places.sliceAt(offset) ?? -1) ? places.placed(value) : undefined) ?? placedAlike(places, offset, value);

export const placedStatement = <S extends Statement>(places: Places, s: S): S => movedStatement(s, places.shift(s.range.start)) as S;

export function placedEntry(base: Base, places: Places, entry: Entry): Entry {
  switch (entry.kind) {
    case 'variable': return { ...entry, range: placedAlike(places, entry.range.start, entry.range) };
    case 'function': return { ...entry, formal: { ...entry.formal, range: placedAlike(places, entry.formal.range.start, entry.formal.range) } };
    case 'definition': {
      const { statement, typed } = entry;
      if (!statement) return entry;
      const { start } = statement.range;
      const now = placedStatement(places, statement);
      const settle = typed && lazily(() => placedResult(base, places, start, typed.settle()));
      return { ...entry, statement: now, owner: { broken: entry.owner.broken, range: now.range }, ...(typed && settle && { typed: { shape: typed.shape, expr: now.name, owner: { broken: false, range: now.range }, settle }, term: settle }) };
    }
  }
}
