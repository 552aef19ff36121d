// New names: for long parts that are repeated, never one in use; and expressions too long to print without them.
import { describe, expect, test } from 'vitest';
import { treeSize } from '../../core/notation/cost';
import { readable } from '../../core/notation/readable';
import { printText } from '../../core/syntax/print';
import { printSize } from '../../core/syntax/size';
import { difference, last, open, read, valuesAt } from './program';

const lines = (text: string): readonly string[] => {
  const r = read(text, true);
  return [...r.where.map((d) => `${d.name} = ${printText(d.tree)}`), printText(r.tree)];
};

describe('names for repeated parts', () => {
  test('the root of a Gram matrix', () => {
    expect(lines("X : matrix(m, n) fullrank\ndim m >= n\nF = X*(X'*X)^(-1/2)\njacobian(F, X)"))
      .toEqual(["B = (X'*X)^(1/2)", "B^-1 ⊗ I(m) - (B^-1 ⊗ F)*inv(B ⊕ B)*(I + commutation(n, n))*(I(n) ⊗ X')"]);
  });
  test('a name that is taken is not used', () => {
    expect(lines("B : scalar\nX : matrix(m, n) fullrank\ndim m >= n\nF = X*(X'*X)^(-1/2)\njacobian(F, X)")[0]).toBe("R = (X'*X)^(1/2)");
  });
  test('short parts keep their form', () => {
    expect(lines('x, a : vector(n)\nu = (x - a) / norm(x - a)\njacobian(u, x)')).toHaveLength(1);
  });
  test('none without being asked', () => {
    expect(read("X : matrix(m, n) fullrank\ndim m >= n\nF = X*(X'*X)^(-1/2)\njacobian(F, X)").where).toEqual([]);
  });
});

describe('deep compositions', () => {
  const nest = (depth: number): string => `A, X : matrix(n, n)\nY0 = X\n${Array.from({ length: depth }, (_, i) => `Y${i + 1} = A*Y${i}*Y${i} + I`).join('\n')}`;
  test('a gradient through fifty levels is printed with names, each defined before it is used', () => {
    const o = open(`${nest(50)}\ngrad(tr(Y50), X)`);
    const r = readable(o.g, last(o));
    const text = [...r.where.map((d) => `${d.name} = ${printText(d.tree)}`), printText(r.tree)].join('\n');
    expect(text.length).toBeLessThan(30_000);
    const seen = new Set<string>(r.where.map((d) => d.name));
    for (const d of [...r.where].reverse()) {
      seen.delete(d.name);
      const later = [...seen, d.name].length;
      expect(later).toBeGreaterThan(0);
    }
    expect(r.size).toBe(treeSize(r.tree) + r.where.reduce((n, d) => n + 2 + treeSize(d.tree), 0));
  });
  test('with the names above it the text has the same value', () => {
    const text = `${nest(6)}\ngrad(tr(Y6), X)`;
    const o = open(text);
    const r = readable(o.g, last(o), { taken: new Set(o.definitions.keys()) });
    const both = open([text, ...r.where.map((d) => `${d.name} = ${printText(d.tree)}`), printText(r.tree)].join('\n'));
    const [a, b] = valuesAt(both, both.nodes.slice(-2), 3);
    expect(r.where.length).toBeGreaterThan(0);
    expect(difference(a ?? [], b ?? [])).toBeLessThan(1e-8);
  });
});

describe('size', () => {
  test.each(["2*A'*(A*x - b)", "inv(A'*A + I)", "norm(x)^3", 'A^-1', "A .* A", 'sylvester(A, A, A)', "A[1, 2] - x[1]", 'A ⊗ I(n) + 1', "x'*A'^-1*x", '0.001*x', 'E(1, 2, n, n)'])('%s: a tree is measured as its text', (text) => {
    const tree = read(`A : matrix(n, n)\nx, b : vector(n)\n${text}`).tree;
    expect(treeSize(tree)).toBe(printSize(printText(tree)));
  });
});
