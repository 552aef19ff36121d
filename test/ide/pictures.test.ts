import { describe, expect, test } from 'vitest';
import { flopsText } from '../../core/codegen/cost';
import { addDim, D0 } from '../../core/algebra/dim';
import { generate } from '../../core/ide/generate';
import { analyse } from '../../core/ide/analysis';
import { candidateOf } from '../../core/ide/candidate';
import { matrixPicture } from '../../core/ide/matrix-picture';
import { picturesOf } from '../../core/ide/pictures';
import type { PicturesResult } from '../../core/ide/picture-data';
import { drawPoints, randomFrom } from '../../core/numeric/points';
import { curveDirection, curvesAt } from '../../core/verify/curves';
import { engine } from '../../server/engine';

const analysed = (text: string) => {
  const analysis = analyse(text, 'mcalc', engine);
  const item = analysis.items.find((i) => i.kind === 'request');
  if (item?.kind !== 'request') throw new Error('no request');
  return { analysis, program: item.part.compiled.program, request: item.request, presented: analysis.present(item.part, item.request) };
};
const pictures = (text: string): PicturesResult => {
  const { program, request, presented } = analysed(text);
  return picturesOf(program, request, presented);
};
const matrix = (text: string) => {
  const { program, request } = analysed(text);
  const found = matrixPicture(program, request, [...program.variables.keys()]);
  if ('missing' in found) throw new Error(found.missing);
  return found;
};

describe('the matrix at a sample point', () => {
  test('the Jacobian of A*X by X has the blocks of I ⊗ A', () => {
    const m = matrix('A : matrix(p, m)\nX : matrix(m, n)\nF = A*X\njacobian(F, X)\n');
    const [p, q] = m.block;
    expect(m.structure).toContain('block diagonal');
    expect(m.nonzeros).toBe((m.rowNames.length / p) * p * q);
    const at = (i: number, j: number): number => m.values[i * m.columnNames.length + j] ?? NaN;
    for (let i = 0; i < p; i++) for (let j = 0; j < q; j++) expect(at(i + p, j + q)).toBe(at(i, j));
    expect(m.rowNames[1]).toBe('F[2, 1]');
    expect(m.columnNames[q]).toBe('X[1, 2]');
  });

  test.each([
    ['x : vector(n)\nF = exp(x)\njacobian(F, x)\n', 'diagonal'],
    ['X : matrix(m, n)\nB : matrix(n, k)\nF = X*B\njacobian(F, X)\n', 'diagonal in each block'],
    ["A : matrix(n, n) symmetric\nx : vector(n)\nf = x'*A*x\nhessian(f, x)\n", 'symmetric'],
    ['x : vector(n)\nF = cumsum(x)\njacobian(F, x)\n', 'lower triangular'],
  ])('%j is %s', (text, word) => expect(matrix(text).structure).toContain(word));

  test('rows are stacked where the file says so', () => {
    const m = matrix('set vec = row\nX : matrix(m, n)\nF = X\njacobian(F, X)\n');
    expect(m.rowNames.slice(0, 2)).toEqual(['F[1, 1]', 'F[1, 2]']);
  });

  test('a gradient is shown in the shape of its variable', () => {
    const m = matrix("X : matrix(m, n)\nf = tr(X'*X)\ngrad(f, X)\n");
    expect([m.rowNames.length, m.columnNames.length]).toEqual(m.block);
    expect(m.rowLabel).toContain('∇f');
  });
});

describe('the curves', () => {
  const RIGHT = 'X : matrix(m, n)\ndim m >= n\nf = logdet(X\'*X)\ngrad(f, X)\n';

  test('differences make a V, and the derivative lies below it', () => {
    const { differences, taylor } = pictures(RIGHT);
    const central = differences?.central.points ?? [];
    const least = Math.min(...central.map(([, y]) => y));
    expect(least).toBeGreaterThan(1e-13);
    expect(central[0]?.[1]).toBeGreaterThan(1e3 * least);
    expect(central.at(-1)?.[1]).toBeGreaterThan(1e3 * least);
    expect(differences?.derivative).toBeLessThan(1e-13);
    expect(taylor?.seen).toBeGreaterThan(1.9);
    expect(taylor?.rate).toBe(2);
    expect(taylor?.letters).toEqual({ of: 'f', at: 'X', step: 'h', direction: 'V' });
  });

  test.each([
    ['V : matrix(n, n)\ngrad(logdet(V), V)\n', ['F', 'V', 'h', 'W']],
    ["h : vector(n)\nt = exp(h'*h)\ngrad(t, h)\n", ['t', 'h', 's', 'V']],
    ["Sigma : matrix(n, n) posdef\nphi_long_name = logdet(Sigma)\ngrad(phi_long_name, Sigma)\n", ['F', 'Σ', 'h', 'V']],
  ])('no two things in a legend bear one name: %j', (text, expected) => {
    const { taylor } = pictures(text);
    expect(Object.values(taylor?.letters ?? {})).toEqual(expected);
  });

  test('a wrong derivative lies above, and its remainder falls too slowly', () => {
    const { program, request, presented } = analysed(RIGHT);
    const wrong = candidateOf(analysed(RIGHT.replace('logdet', '1.1*logdet')).program, analysed(RIGHT.replace('logdet', '1.1*logdet')).request);
    const right = candidateOf(program, request, 'refused' in presented ? undefined : presented);
    const [point] = drawPoints(program, { seed: 3, names: ['X'], count: 1, accept: (p) => ((p.sizes.get('m') ?? 0) < (p.sizes.get('n') ?? 0) ? { reason: 'wide' } : undefined) }).points;
    if (!wrong || !right || !point) throw new Error('no candidate');
    const V = curveDirection(program, 'X', point, randomFrom(3, 'curves'));
    const slopes = (candidate: typeof right): readonly number[] => {
      const { taylor } = curvesAt(program, candidate, { of: request.ofTerm, order: 1, x: 'X', y: 'X' }, point, V, { along: () => [0], derivative: [1] });
      const r = taylor?.remainder ?? [];
      return r.slice(3, 9).map((y, i) => Math.log10((r[i + 2] ?? NaN) / (y ?? NaN)));
    };
    for (const s of slopes(right)) expect(s).toBeCloseTo(2, 1);
    for (const s of slopes(wrong)) expect(s).toBeCloseTo(1, 1);
  });

  test('what has none says why', () => {
    expect(pictures("A : matrix(m, n)\nx : vector(n)\nF = A*x\njacobian(F, x)\n").notes.join()).toMatch(/exactly linear/);
    expect(pictures('x : vector(n)\nh : R^n -> R\ng = h(x)\ngrad(g, x)\n').notes.join()).toMatch(/no body/);
    expect(pictures('x : vector(n)\nf = sum(sign(x))\ngrad(f, x)\n').notes.join()).toMatch(/zero|not differentiable/);
  });
});

describe('the plan', () => {
  test('its steps add up to its flops, and name only what was made before', () => {
    for (const text of [
      "X : matrix(m, n)\ny : vector(m)\nlambda : scalar\nf(w) = norm(X*w - y)^2 + lambda*w'w\ngrad(f, w)\n",
      "X : matrix(m, n)\ndim m >= n\nF = X*(X'*X)^(-1/2)\njacobian(F, X)\n",
      'S : matrix(n, n) posdef\nmu, x : vector(n)\nf = logdet(S) + (x - mu)\'*inv(S)*(x - mu)\ngrad(f, S)\n',
    ]) {
      const { analysis } = analysed(text);
      for (const p of generate(analysis, analysis.parts, 'typescript').module.plans) {
        if (p.kind !== 'jacobian') expect(flopsText(p.steps.reduce((sum, s) => addDim(sum, s.flops), D0))).toBe(flopsText(p.flops));
        const made = new Set<string>();
        for (const s of p.steps) {
          for (const used of s.formula.match(/\bt\d+\b/g) ?? []) expect(made, `${p.name}: ${s.formula}`).toContain(used);
          s.name.split(', ').forEach((n) => made.add(n));
        }
      }
    }
  });

  test('its steps are told in words', () => {
    const { analysis } = analysed("X : matrix(m, n)\ndim m >= n\nF = X*(X'*X)^(-1/2)\njacobian(F, X)\n");
    const words = new Set(generate(analysis, analysis.parts, 'typescript').module.plans.flatMap((p) => p.steps.map((s) => s.operation)));
    for (const known of ['symmetric matrix product', 'symmetric eigenvalues', 'reciprocal sums', 'transpose', 'entry by entry']) expect(words).toContain(known);
    expect([...words].filter((w) => /[a-z][A-Z]/.test(w))).toEqual([]);
  });
});
