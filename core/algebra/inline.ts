/** Puts a definition's body in the place of a call with other arguments than its own. */
import type { Range } from '../syntax/tree';
import type { Shape } from './dim';
import { MAX_INLINED_HEIGHT, MAX_INLINED_NODES } from './limits';
import type { DefinitionEntry, Place, Scope } from './scope';
import type { SliceItem, Term } from './term';

/** The names of variables that a term depends on, through references too. */
export function dependencies(scope: Scope, term: Term): ReadonlySet<string> {
  const out = new Set<string>();
  const seen = new Set<string>();
  const todo: Term[] = [term];
  for (let t = todo.pop(); t; t = todo.pop()) {
    if (t.kind === 'variable') out.add(t.name);
    else if (t.kind === 'reference') {
      const entry = scope.names.get(t.name);
      if (!seen.has(t.name) && entry?.kind === 'definition' && entry.term) {
        seen.add(t.name);
        todo.push(entry.term());
      }
    } else todo.push(...subterms(t));
  }
  return out;
}

/** Direct subterms. */
export function subterms(t: Term): readonly Term[] {
  switch (t.kind) {
    case 'number':
    case 'constant':
    case 'variable':
    case 'dimension':
    case 'index':
    case 'reference':
      return [];
    case 'apply':
    case 'formal':
      return t.args;
    case 'power':
      return 'kind' in t.exponent ? [t.base, t.exponent] : [t.base];
    case 'slice':
      return [t.arg, ...[t.rows, t.cols].flatMap((i) => (i.kind === 'at' ? [i.index] : []))];
    case 'blocks':
      return t.rows.flat();
    case 'finiteSum':
      return [t.body];
    case 'derivative':
      return [t.of, ...t.args];
  }
}

function indicesIn(terms: Iterable<Term>): ReadonlySet<string> {
  const out = new Set<string>();
  const todo = [...terms];
  for (let t = todo.pop(); t; t = todo.pop()) {
    if (t.kind === 'index') out.add(t.name);
    todo.push(...subterms(t));
  }
  return out;
}

/** The body with its parameters replaced. On a refusal it is reported and the result stands for nothing (the owner is broken). */
export function inline(place: Place, range: Range, entry: DefinitionEntry, by: ReadonlyMap<string, Term>, whole: Shape): Term {
  const { scope, owner } = place;
  const given = new Set([...by.values()].flatMap((t) => [...dependencies(scope, t)]));
  const free = indicesIn(by.values());
  const uses = new Map<string, boolean>();
  let fault: readonly ['MC2014' | 'MC3020', string] | undefined;

  const isAffected = (name: string, body: Term): boolean => {
    const old = uses.get(name);
    if (old !== undefined) return old;
    const found = [...dependencies(scope, body)].some((n) => by.has(n));
    uses.set(name, found);
    return found;
  };
  const item = (i: SliceItem, renamed: ReadonlyMap<string, string>, height: number): SliceItem => (i.kind === 'at' ? { kind: 'at', index: replace(i.index, renamed, height) } : i);
  const replace = (t: Term, renamed: ReadonlyMap<string, string>, height: number): Term => {
    if (fault) return t;
    if (++scope.expanded > MAX_INLINED_NODES || height > MAX_INLINED_HEIGHT) {
      fault = ['MC3020', `putting \`${entry.name}\` in here gives an expression beyond the limit of ${MAX_INLINED_NODES} parts`];
      return t;
    }
    const go = (x: Term): Term => replace(x, renamed, height + 1);
    switch (t.kind) {
      case 'number':
      case 'constant':
      case 'dimension':
        return t;
      case 'index':
        return { ...t, name: renamed.get(t.name) ?? t.name };
      case 'variable':
        return by.get(t.name) ?? t;
      case 'reference': {
        const target = scope.names.get(t.name);
        const body = target?.kind === 'definition' ? target.term?.() : undefined;
        return body && isAffected(t.name, body) ? go(body) : t;
      }
      case 'apply':
      case 'formal':
        return { ...t, args: t.args.map(go) };
      case 'power':
        return { ...t, base: go(t.base), exponent: 'kind' in t.exponent ? go(t.exponent) : t.exponent };
      case 'slice':
        return { ...t, arg: go(t.arg), rows: item(t.rows, renamed, height + 1), cols: item(t.cols, renamed, height + 1) };
      case 'blocks':
        return { ...t, rows: t.rows.map((r) => r.map(go)) };
      case 'finiteSum': {
        let index = t.index;
        while (free.has(index)) index += '_';
        const inner = index === t.index ? renamed : new Map(renamed).set(t.index, index);
        return { ...t, index, body: replace(t.body, inner, height + 1) };
      }
      case 'derivative': {
        const captured = t.wrt.find((n) => by.has(n) || given.has(n));
        if (captured === undefined) return { ...t, of: go(t.of), args: t.args.map(go) };
        fault = ['MC2014', `\`${entry.name}\` holds a derivative by \`${captured}\`, so it cannot be taken at another point here; write its expression out`];
        return t;
      }
    }
  };
  const result = entry.term ? replace(entry.term(), new Map(), 0) : undefined;
  if (result && !fault) return { ...result, shape: whole };
  const isFirst = !owner.broken;
  owner.broken = true;
  if (fault && isFirst) scope.report(fault[0], fault[1], range);
  return { kind: 'number', value: { n: 0n, d: 1n }, shape: whole, range };
}
