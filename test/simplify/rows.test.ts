/** Every identity, where it shows, against the value of the expression as it is written; a mutated twin of each must be noticed. */
import { describe, expect, test } from 'vitest';
import { applyShape } from '../../core/algebra/apply-shape';
import { createGraph, type Graph, type NamedRewrite } from '../../core/algebra/graph';
import type { Node } from '../../core/algebra/node';
import type { Program } from '../../core/algebra/program';
import { rational } from '../../core/algebra/rational';
import { resolve } from '../../core/algebra/resolve';
import type { Term } from '../../core/algebra/term';
import { openWorkspace } from '../../core/calculus/workspace';
import { evaluate, NumericError } from '../../core/numeric/evaluate';
import { identities } from '../../core/simplify';
import { pairIdentity } from '../../core/simplify/matrix';
import type { Identity } from '../../core/simplify/rewrite';
import { parse } from '../../core/syntax/parse';
import { naive } from '../fuzz/naive';
import { drawPoint } from '../fuzz/point';
import { randomFrom } from '../fuzz/random';
import { DECLARED, examplesOf, PAIRS } from './rows';

/** Something else than the node, of its shape. */
const mutated = (g: Graph, node: Node): Node => (node.kind === 'zero' ? g.ones(node.shape) : g.scale(rational(2), node));

interface Built { readonly applied: ReadonlySet<string>; readonly pairs: number; readonly values: readonly number[] }

/** The value by a graph of its own, in which one row (or the identities of neighbours) may be a mutated one. */
function built(program: Program, term: Term, twin?: Identity | 'pair'): Built {
  const table = new Map<string, NamedRewrite[]>();
  let inside = false;
  for (const row of identities) {
    const own: NamedRewrite = row !== twin ? row : {
      text: row.text,
      rewrite: (g, args, dims) => {
        // Once: a rewrite that leads to itself would be wrong twice, and right again.
        if (inside) return row.rewrite(g, args, dims);
        inside = true;
        try { const made = row.rewrite(g, args, dims); return made && mutated(g, made); } finally { inside = false; }
      },
    };
    table.set(row.op, [...(table.get(row.op) ?? []), own]);
  }
  let pairs = 0;
  const w = openWorkspace(program, (facts) => createGraph({
    rewrites: table, dimFacts: facts, shapeOf: (op, args, dims) => applyShape(op, args, dims, facts),
    pair: (g, a, b) => {
      const made = pairIdentity(g, a, b);
      if (made) pairs++;
      return made && twin === 'pair' ? mutated(g, made) : made;
    },
  }));
  const node = w.node(term);
  return { applied: w.g.applied, pairs, values: [...evaluate(node, point(program)).data] };
}
const point = (program: Program): ReturnType<typeof drawPoint> => drawPoint(program, 0, randomFrom(5));

function read(text: string): { readonly program: Program; readonly term: Term } {
  const document = parse(`${DECLARED}\n${text}`);
  const program = resolve(document);
  const error = [...document.diagnostics, ...program.diagnostics].find((d) => d.severity === 'error');
  const term = program.requests.at(-1)?.term;
  if (error || !term) throw new Error(`${error?.message ?? 'nothing'} in ${text}`);
  return { program, term };
}
function gap(got: readonly number[], want: ArrayLike<number>): number {
  if (got.length !== want.length) return Infinity;
  const size = Math.max(1e-3, ...Array.from(want, Math.abs));
  return Math.max(...got.map((x, i) => Math.abs(x - (want[i] ?? NaN)))) / size;
}
/** Rows about a zero argument where the function has no value at 0, or one that is left as it is: they never show. */
const SILENT = new Set(['log(0)', 'gamma(0)', 'lgamma(0)', 'digamma(0)', 'trigamma(0)', 'acos(0)', 'sigmoid(0)', 'softplus(0)', 'normcdf(0)', 'step(0)']);
const shows = identities.filter((row) => !SILENT.has(row.text));

describe.each(shows.map((row) => [`${row.op}: ${row.text}`, row] as const))('%s', (_, row) => {
  test('holds where it shows, and its mutated twin does not', () => {
    const examples = examplesOf(row.op, row.text);
    expect(examples.length).toBeGreaterThan(0);
    let shown = 0;
    for (const text of examples) {
      const { program, term } = read(text);
      const want = naive(program, term, point(program)).data;
      const right = built(program, term);
      expect(gap(right.values, want), text).toBeLessThan(1e-9);
      if (!right.applied.has(row.text)) continue;
      shown++;
      expect(gap(built(program, term, row).values, want), `twin of ${text}`).toBeGreaterThan(1e-3);
    }
    expect(shown, `the row rewrites none of ${examples.join(' ; ')}`).toBeGreaterThan(0);
  });
});

test.each(PAIRS)('neighbours: %s', (text) => {
  const { program, term } = read(text);
  const want = naive(program, term, point(program)).data;
  const right = built(program, term);
  expect(right.pairs).toBeGreaterThan(0);
  expect(gap(right.values, want)).toBeLessThan(1e-9);
  expect(gap(built(program, term, 'pair').values, want)).toBeGreaterThan(1e-3);
});

test('rows that never show leave the expression as it is', () => {
  for (const text of SILENT) {
    const { program, term } = read(text.replace('0', 'x - x'));
    let value: Built | undefined;
    try { value = built(program, term); } catch (error) { expect(error).toBeInstanceOf(NumericError); }
    if (value) expect(value.applied.has(text)).toBe(false);
  }
});
