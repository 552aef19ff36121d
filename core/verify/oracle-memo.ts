/**
 * Values of subterms, kept while what they depend on stays: a part without the variable that moves is computed once for all
 * differences, and equal parts once for a point. Equal means written alike; nothing is simplified.
 */
import type { Program } from '../algebra/program';
import type { SliceItem, Term } from '../algebra/term';
import type { Matrix } from './oracle-matrix';

interface Entry { readonly inputs: readonly (Matrix | undefined)[]; readonly value: Matrix }

export interface Memo {
  /** The term's value from before, if what it depends on has the same values; else `compute` is asked. */
  recall(term: Term, values: ReadonlyMap<string, Matrix>, compute: () => Matrix): Matrix;
}

export function createMemo(program: Program): Memo {
  const ids = new Map<string, number>();
  const idOf = new WeakMap<Term, number>();
  /** Undefined for a term with a free index, whose value is never kept. */
  const inputsOf = new Map<number, readonly string[] | undefined>();
  const kept = new Map<number, Entry>();

  const item = (s: SliceItem): string => (s.kind === 'all' ? ':' : s.kind === 'at' ? `@${id(s.index)}` : `${s.from.key}:${s.to.key}`);
  function spell(t: Term): string {
    switch (t.kind) {
      case 'number': return `#${t.value.n}/${t.value.d}`;
      case 'constant': case 'variable': case 'index': case 'reference': return `${t.kind} ${t.name}`;
      case 'dimension': return `dim ${t.dim.key}`;
      case 'apply': return `${t.op}(${t.args.map(id).join()};${t.dims.map((d) => d.key).join()})`;
      case 'power': return `${t.elementwise ? '.^' : '^'}(${id(t.base)},${'n' in t.exponent ? `${t.exponent.n}/${t.exponent.d}` : id(t.exponent)})`;
      case 'slice': return `slice(${id(t.arg)},${item(t.rows)},${item(t.cols)})`;
      case 'blocks': return `blocks(${t.rows.map((r) => r.map(id).join()).join(';')})`;
      case 'finiteSum': return `sum(${t.index},${t.from.key},${t.to.key},${id(t.body)},${t.shape.rows.key},${t.shape.cols.key})`;
      case 'derivative': return `${t.op}(${id(t.of)};${t.wrt.join()};${t.args.map(id).join()};${t.shape.rows.key},${t.shape.cols.key})`;
      case 'formal': return `formal ${t.name} ${t.order}(${t.args.map(id).join()})`;
    }
  }
  const union = (terms: readonly Term[], extra: readonly string[] = []): readonly string[] | undefined => {
    const all = new Set(extra);
    for (const t of terms) {
      const own = inputs(t);
      if (!own) return undefined;
      own.forEach((n) => all.add(n));
    }
    return [...all];
  };
  function find(t: Term): readonly string[] | undefined {
    switch (t.kind) {
      case 'number': case 'constant': case 'dimension': return [];
      case 'variable': return [t.name];
      case 'index': case 'finiteSum': return undefined;
      case 'reference': {
        const body = program.definitions.get(t.name)?.body;
        return body ? inputs(body) : undefined;
      }
      case 'apply': case 'formal': return union(t.args);
      case 'power': return union('n' in t.exponent ? [t.base] : [t.base, t.exponent]);
      case 'slice': return union([t.arg, ...[t.rows, t.cols].flatMap((s) => (s.kind === 'at' ? [s.index] : []))]);
      case 'blocks': return union(t.rows.flat());
      case 'derivative': return union([t.of, ...t.args], t.wrt);
    }
  }
  function id(t: Term): number {
    const known = idOf.get(t);
    if (known !== undefined) return known;
    const text = spell(t);
    const number = ids.get(text) ?? ids.size;
    ids.set(text, number);
    idOf.set(t, number);
    return number;
  }
  function inputs(t: Term): readonly string[] | undefined {
    const key = id(t);
    if (!inputsOf.has(key)) inputsOf.set(key, find(t));
    return inputsOf.get(key);
  }

  return {
    recall(term, values, compute) {
      const names = inputs(term);
      if (!names) return compute();
      const key = id(term);
      const now = names.map((n) => values.get(n));
      const entry = kept.get(key);
      if (entry && entry.inputs.every((A, k) => A === now[k])) return entry.value;
      const value = compute();
      kept.set(key, { inputs: now, value });
      return value;
    },
  };
}
