/** `dim` statements: sizes, equalities and inequalities of dimensions, and whether they can all hold. */
import type { DimRelation, DimStatement, Document } from '../syntax/tree';
import { addDim, constantDim, D1, dimNames, dimNumber, subDim, substituteDim, type Dim } from './dim';
import type { DimFact } from './program';
import { NO_INDICES, type Place, type Scope } from './scope';
import { readSize } from './sizes';
import { namesIn } from './walk';

/** Reads all relations; returns the facts that are written (`m = 2*n`, `m >= n`), sizes (`n = 3`) go to the scope. */
export function readDims(scope: Scope, document: Document): void {
  const written: DimFact[] = [];
  const places = new Map<string, DimRelation>();
  for (const s of document.statements) if (s.kind === 'dim') readStatement(scope, s, written, places);
  scope.facts.push(...written);
  contradictions(scope, written);
}

function readStatement(scope: Scope, s: DimStatement, written: DimFact[], places: Map<string, DimRelation>): void {
  const place: Place = { scope, owner: { broken: false, range: s.range }, indices: NO_INDICES };
  for (const relation of s.relations) {
    for (const side of [relation.left, relation.right]) {
      for (const { name, range } of namesIn(side)) if (!scope.dimensions.has(name)) scope.dimensions.set(name, range);
    }
    const left = readSize(place, relation.left, { introduce: true });
    const right = readSize(place, relation.right, { introduce: true });
    if (!left || !right) continue;
    readRelation(scope, relation, left, right, written, places);
  }
}

const onlyName = (d: Dim): string | undefined => {
  const [t, more] = d.terms;
  return t && !more && t.coefficient === 1 && t.names.length === 1 ? t.names[0] : undefined;
};

function readRelation(scope: Scope, relation: DimRelation, left: Dim, right: Dim, written: DimFact[], places: Map<string, DimRelation>): void {
  const { range } = relation;
  const one = addDim(right, D1);
  switch (relation.op) {
    case '>=':
      return void written.push({ left, op: '>=', right, range });
    case '<=':
      return void written.push({ left: right, op: '>=', right: left, range });
    case '>':
      return void written.push({ left, op: '>=', right: one, range });
    case '<':
      return void written.push({ left: right, op: '>=', right: addDim(left, D1), range });
    case '=': {
      const name = onlyName(left) ?? onlyName(right);
      const value = onlyName(left) ? constantDim(right) : constantDim(left);
      if (name === undefined || value === undefined) return void written.push({ left, op: '=', right, range });
      const old = scope.sizes.get(name);
      const before = places.get(name);
      if (old === undefined || old === value) {
        scope.sizes.set(name, value);
        places.set(name, relation);
        return;
      }
      scope.report('MC3011', `\`${name}\` is ${old} already; it cannot be ${value}`, range, {
        related: before ? [{ range: before.range, message: `\`${name}\` = ${old} stands here` }] : [],
        fixes: before ? [{ title: `Write ${name} = ${old}`, edits: [{ range, text: `${name} = ${old}` }], safe: false }] : [],
      });
    }
  }
}

/** Single facts, pairs, and facts under the sizes that are given. */
function contradictions(scope: Scope, written: readonly DimFact[]): void {
  const excess = (f: DimFact): Dim => subDim(f.left, f.right);
  const isNegative = (d: Dim): boolean => (constantDim(d) ?? 0) < 0;
  const sizes: ReadonlyMap<string, Dim> = new Map([...scope.sizes].map(([k, v]) => [k, dimNumber(v)]));
  written.forEach((fact, i) => {
    const difference = substituteDim(excess(fact), sizes);
    const value = constantDim(difference);
    const wrong = value !== undefined && (fact.op === '=' ? value !== 0 : value < 0);
    const other = written.slice(0, i).find((o) => o.op === '>=' && fact.op === '>=' && isNegative(addDim(excess(o), excess(fact))));
    if (!wrong && !other) return;
    const known = [...new Set([...dimNames(fact.left), ...dimNames(fact.right)])].filter((n) => scope.sizes.has(n));
    const why = other ? 'this excludes an earlier relation' : known.length > 0 ? `this does not hold with ${known.map((n) => `${n} = ${scope.sizes.get(n)}`).join(', ')}` : 'this never holds';
    scope.report('MC3011', `${why}: no sizes satisfy both`.replace('this never holds: no sizes satisfy both', 'this never holds'), fact.range, { related: other ? [{ range: other.range, message: 'the earlier relation' }] : [] });
  });
  for (const [name, range] of scope.dimensions) {
    const value = scope.sizes.get(name);
    if (value !== undefined && (value < 1 || !Number.isInteger(value))) scope.report('MC3009', `\`${name}\` = ${value}: a size must be a whole number that is at least 1`, range);
  }
}

/** Equalities as replacements, for texts in which shapes fit only by them: `dim m = 2*n` puts 2*n for m. */
export function equalities(scope: Scope): ReadonlyMap<string, Dim> {
  const out = new Map<string, Dim>();
  const put = (name: string, value: Dim): void => {
    const by = substituteDim(value, out);
    if (out.has(name) || dimNames(by).has(name)) return;
    for (const [k, v] of out) out.set(k, substituteDim(v, new Map([[name, by]])));
    out.set(name, by);
  };
  for (const [name, size] of scope.sizes) put(name, dimNumber(size));
  for (const f of scope.facts) {
    if (f.op !== '=') continue;
    const [left, right] = [onlyName(f.left), onlyName(f.right)];
    if (left !== undefined) put(left, f.right);
    else if (right !== undefined) put(right, f.left);
  }
  return out;
}

