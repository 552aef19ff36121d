// Whatever is printed parses, resolves and builds to the same value: random expressions, with a negative control.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readable } from '../../core/notation/readable';
import { toTree } from '../../core/notation/tree';
import { printText } from '../../core/syntax/print';
import { difference, last, open, valuesAt } from './program';

const DECLARED = `
dim m >= n
A, B : matrix(n, n)
S : matrix(n, n) symmetric
P : matrix(n, n) posdef
X, Y : matrix(m, n) fullrank
x, y : vector(n)
u : vector(m) positive
c : scalar positive
t : scalar
G = A*B + I
z = A*x - y
q = x'*P*x
`;
type Kind = 'nn' | 'mn' | 'nm' | 'n' | 'm' | '1';

/** Texts of well-shaped expressions, by shape. */
const { nn, mn, n, m, one } = fc.letrec<Record<'nn' | 'mn' | 'nm' | 'n' | 'm' | 'one', string>>((tie) => {
  const on = (kind: Kind): fc.Arbitrary<string> => tie(kind === '1' ? 'one' : kind);
  const make = (form: string, ...kinds: readonly Kind[]): fc.Arbitrary<string> => fc.tuple(...kinds.map(on)).map((parts) => parts.reduce((text, p, i) => text.replaceAll(`$${i}`, `(${p})`), form));
  const pick = (leaves: readonly string[], ...forms: readonly fc.Arbitrary<string>[]): fc.Arbitrary<string> => fc.oneof({ maxDepth: 4, depthIdentifier: 'all' }, fc.constantFrom(...leaves), ...forms);
  return {
    nn: pick(['A', 'B', 'S', 'P', "A'", 'G', 'I(n)', 'inv(P)', 'P^(1/2)', 'diag(x)'], make('$0 + $1', 'nn', 'nn'), make('$0 - $1', 'nn', 'nn'), make('$0*$1', 'nn', 'nn'), make("$0'", 'nn'), make('$0*$1', '1', 'nn'),
      make("$0*$1'", 'n', 'n'), make('$0*$1', 'nm', 'mn'), make('$0 .* $1', 'nn', 'nn'), make('$0 + I', 'nn'), make('$0 + $1', 'nn', '1'), make('$0 / $1', 'nn', '1'), make('sym($0)', 'nn'), make('skewpart($0)', 'nn'), make('tril($0)', 'nn'), make('diag($0)', 'n')),
    mn: pick(['X', 'Y', '2*X', 'ones(m, n)'], make('$0 + $1', 'mn', 'mn'), make('$0*$1', 'mn', 'nn'), make("$0'", 'nm'), make("$0*$1'", 'm', 'n'), make('$0 .* $1', 'mn', 'mn'), make('diag($0)*$1', 'm', 'mn'), make('$0*$1', '1', 'mn'), make('tanh($0)', 'mn')),
    nm: pick(["X'", "Y'", '-Y\''], make("$0'", 'mn'), make('$0*$1', 'nn', 'nm'), make('$0 - $1', 'nm', 'nm')),
    n: pick(['x', 'y', 'z', 'e(1, n)', 'ones(n)', 'A[:, 2]', "B[1, :]'"], make('$0*$1', 'nn', 'n'), make('$0 + $1', 'n', 'n'), make('$0 - $1', 'n', 'n'), make('$0 .* $1', 'n', 'n'), make('$0*$1', 'nm', 'm'), make('$0*$1', '1', 'n'), make('$0 / 2', 'n'),
      make('sigmoid($0)', 'n'), make('diag($0)', 'nn'), make('$0 + 1', 'n'), make('$0.^2', 'n'), make('rowsum($0)', 'nn'), make('1 - sigmoid($0)', 'n')),
    m: pick(['u', 'X*x', 'sqrt(u)', '1 ./ u'], make('$0*$1', 'mn', 'n'), make('$0 + $1', 'm', 'm'), make('$0 .* u', 'm'), make('exp(-$0.^2)', 'm')),
    one: pick(['c', 't', '2', '1/3', 'q', 'x[1]', 'A[1, 2]', '1/c', 'n', '0.25'], make("$0'*$1", 'n', 'n'), make('tr($0)', 'nn'), make('$0 + $1', '1', '1'), make('$0*$1', '1', '1'), make('-$0', '1'), make('sum($0)', 'mn'), make('normF($0)^2', 'mn'), make('$0 / c^2', '1'), make('norm(x)*$0', '1')),
  };
});
const expression = fc.oneof(nn, mn, n, m, one);

/** The greatest relative difference of the value of `printed` from that of `text`. */
function drift(text: string, print: (o: ReturnType<typeof open>) => string): number {
  const first = open(`${DECLARED}\n${text}`);
  const both = open(`${DECLARED}\n${text}\n${print(first)}`);
  const [a, b] = both.nodes.slice(-2);
  if (!a || !b) return Infinity;
  if (a === b) return 0;
  const [va, vb] = valuesAt(both, [a, b], 5);
  return difference(va ?? [], vb ?? []);
}

/** A busy machine is no failure. */
const PATIENCE = 120_000;
const RUNS = { numRuns: 150, seed: 20240611 };

describe('print, parse, resolve, build', () => {
  test('the plain form is the same node or has its value', () => {
    fc.assert(fc.property(expression, (text) => { expect(drift(text, (o) => printText(toTree(o.g, last(o)))), text).toBeLessThan(1e-8); }), RUNS);
  }, PATIENCE);
  test('the readable form, with its new names, has the same value', () => {
    fc.assert(fc.property(expression, (text) => {
      const found = drift(text, (o) => {
        const r = readable(o.g, last(o), { definitions: o.definitions, where: true, taken: new Set([...o.program.variables.keys(), ...o.definitions.keys()]) });
        return [...r.where.map((d) => `${d.name} = ${printText(d.tree)}`), printText(r.tree)].join('\n');
      });
      expect(found, text).toBeLessThan(1e-8);
    }), RUNS);
  }, PATIENCE);
  test('negative control: a changed sign is noticed', () => {
    expect(drift('A*x - y', () => 'A*x + y')).toBeGreaterThan(1e-3);
  });
});
