// A sum's cost grows with its length: the graph that a derivation leaves holds a bounded number of nodes and edges for each term.
import { describe, expect, test, vi } from 'vitest';
import { childrenOf } from '../../core/algebra/substitute';
import { resolve } from '../../core/algebra/resolve';
import { gradient } from '../../core/calculus/workspace';
import { present } from '../../core/notation/present';
import { parse } from '../../core/syntax/parse';
import { readable } from '../../core/notation/readable';
import { candidatesOf } from '../../core/notation/groups';
import { open } from './program';

const kinds: readonly (readonly [string, (n: number) => string])[] = [
  ['different terms', (n) => `x : vector(n)\n${names('a', n)} : vector(n)\n${join(n, (i) => `sin(a${i}'*x)`)}`],
  ['terms with one part in common', (n) => `x : vector(n)\n${join(n, (i) => `exp(${i + 2}*x'*x)`)}`],
  ['matrices', (n) => `X : matrix(m, n)\n${names('A', n)} : matrix(m, n)\n${join(n, (i) => `tr(A${i}'*X)^2`)}`],
];
const names = (a: string, n: number): string => Array.from({ length: n }, (_, i) => `${a}${i}`).join(', ');
const join = (n: number, term: (i: number) => string): string => Array.from({ length: n }, (_, i) => term(i)).join(' + ');

/** Edges of the graph after the gradient was found and printed. */
function edges(text: string): number {
  const o = open(text);
  const [f] = o.nodes;
  const x = o.g.symbols.find((s) => s.name.toLowerCase() === 'x');
  if (!f || !x) throw new Error('no expression');
  readable(o.g, gradient(o.g, f, x), { where: true });
  return o.g.nodes.reduce((n, a) => n + childrenOf(a).length, 0);
}

describe.each(kinds)('%s', (_name, make) => {
  test('four times the terms, about four times the graph', () => {
    expect(edges(make(400)) / edges(make(100))).toBeLessThan(4.5);
  });
  test('the groups of terms that may be written together hold each term a bounded number of times', () => {
    const members = (n: number): number => {
      const o = open(make(n));
      const sum = o.nodes[0];
      return sum?.kind === 'sum' ? candidatesOf(o.g, sum.terms).reduce((k, c) => k + c.members.length, 0) : NaN;
    };
    expect(members(400)).toBeLessThanOrEqual(4.5 * Math.max(members(100), 1));
  });
});

/** How often anything is looked up while a request is answered in every form and step: each table of what is known already is a Map. */
function lookUps(text: string): number {
  const program = resolve(parse(text));
  const [request] = program.requests;
  if (!request) throw new Error('no request');
  const looked = vi.spyOn(Map.prototype, 'get');
  try {
    const shown = present(program, request);
    if ('refused' in shown) throw new Error(shown.refused.message);
    for (const form of [...Object.values(shown.forms), ...shown.where, ...shown.steps, ...shown.alternatives]) void [form.text, form.latex, form.unicode];
    return looked.mock.calls.length + shown.notes.length;
  } finally {
    looked.mockRestore();
  }
}
const definitions = (declared: string, first: string, n: number, next: (k: number) => string, last: (n: number) => string): string =>
  `${declared}\n${first}\n${Array.from({ length: n }, (_, k) => next(k)).join('\n')}\n${last(n)}\n`;

// What is walked for each place where it stands, and not once, doubles with every level.
describe.each<readonly [string, (n: number) => string, readonly [number, number], number]>([
  ['f = f*f + f', (n) => definitions('x : scalar', 'f0 = x', n, (k) => `f${k + 1} = f${k}*f${k} + f${k}`, () => `grad(f${n}, x)`), [12, 24], 5],
  ['f = sin(f) + f', (n) => definitions('x : scalar', 'f0 = x', n, (k) => `f${k + 1} = sin(f${k}) + f${k}`, () => `grad(f${n}, x)`), [12, 24], 5],
  ['Y = A*Y*Y + I, its trace', (n) => definitions('A, X : matrix(n, n)', 'Y0 = X', n, (k) => `Y${k + 1} = A*Y${k}*Y${k} + I`, () => `grad(tr(Y${n}), X)`), [12, 24], 2],
  ['Y = A*Y*Y + I, its Jacobian', (n) => definitions('A, X : matrix(n, n)', 'Y0 = X', n, (k) => `Y${k + 1} = A*Y${k}*Y${k} + I`, () => `jacobian(Y${n}, X)`), [12, 24], 2],
  ['f = 1/(1 + x*f)', (n) => definitions('x : scalar', 'f0 = x', n, (k) => `f${k + 1} = 1/(1 + f${k}*x)`, () => `grad(f${n}, x)`), [5, 7], 4],
  ['the trace of a long product', (n) => `X, A : matrix(n, n)\ngrad(tr(${Array.from({ length: n }, () => 'X*A').join('*')}), X)`, [15, 30], 4],
])('%s', (_name, make, [few, many], most) => {
  test('does not double its work with every level', () => {
    expect(lookUps(make(many)) / lookUps(make(few))).toBeLessThan(most);
  });
});
