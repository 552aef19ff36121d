/** Trees and reports at another place of a text: the same but for ranges. Bodies of statements move when they are asked for. */
import { beside } from './beside';
import type { Diagnostic } from './diagnostic';
import { LATER, withLater } from './later-fields';
import type { Range, Statement } from './tree';

/** Where a moved statement comes from, so that what is known of it by then is found again and moves do not pile up. */
const origins = beside<Statement, { readonly statement: Statement; readonly delta: number }>();
/** The statement as it was first read; itself where it never moved. */
export const originOf = (s: Statement): Statement => origins.get(s)?.statement ?? s;

/** Sizes and shapes stand nowhere in a text. */
const isPlaceless = (value: object): boolean => ('key' in value && 'terms' in value) || ('rows' in value && !('kind' in value));
const isRange = (value: object): value is Range => 'start' in value && typeof value.start === 'number' && !('kind' in value);

/** A copy of plain data with every range in it moved. */
export const moved = <T>(value: T, delta: number): T => (delta === 0 ? value : rangesMapped(value, ({ start, end }) => ({ start: start + delta, end: end + delta })));

/** A copy of plain data with every range in it replaced. What occurs twice is copied once. */
export function rangesMapped<T>(value: T, by: (range: Range) => Range): T {
  const known = new Map<object, unknown>();
  /** A spread keeps the layout that the object has, which is several times as fast as making one from its entries. */
  const copyFields = (v: object): object => {
    const made = { ...v } as Record<string, unknown>;
    for (const key in made) {
      const part = made[key];
      if (typeof part === 'object' && part !== null) made[key] = copy(part);
    }
    return made;
  };
  const copy = (v: unknown): unknown => {
    if (typeof v !== 'object' || v === null) return v;
    if (isPlaceless(v)) return v;
    if (isRange(v)) return by(v);
    const old = known.get(v);
    if (old !== undefined) return old;
    const made = Array.isArray(v) ? v.map(copy) : copyFields(v);
    known.set(v, made);
    return made;
  };
  return copy(value) as T;
}

/** Runs once, when it is first asked, and then holds what it made and nothing else. */
export function lazily<T>(make: () => T): () => T {
  let open: (() => T) | undefined = make;
  let made: { readonly value: T } | undefined;
  return () => {
    if (open) {
      made = { value: open() };
      open = undefined;
    }
    return (made as { readonly value: T }).value;
  };
}

export function movedStatement(s: Statement, by: number): Statement {
  if (by === 0) return s;
  const old = origins.get(s);
  const origin = old?.statement ?? s;
  const delta = by + (old?.delta ?? 0);
  if (delta === 0) return origin;
  const result = place(origin, delta);
  origins.set(result, { statement: origin, delta });
  return result;
}

function place(s: Statement, delta: number): Statement {
  const range = moved(s.range, delta);
  switch (s.kind) {
    case 'definition':
      return withLater({ kind: s.kind, name: moved(s.name, delta), ...(s.parameters && { parameters: moved(s.parameters, delta) }), body: LATER, range }, () => ({ body: moved(s.body, delta) }));
    case 'request':
      return withLater({ kind: s.kind, expr: LATER, range }, () => ({ expr: moved(s.expr, delta) }));
    case 'check':
      return withLater({ kind: s.kind, left: LATER, right: LATER, range }, () => ({ left: moved(s.left, delta), right: moved(s.right, delta) }));
    case 'declaration': case 'dim': case 'assume': case 'set': case 'broken':
      return moved(s, delta);
  }
}

export const movedDiagnostic = (d: Diagnostic, delta: number): Diagnostic => moved(d, delta);
