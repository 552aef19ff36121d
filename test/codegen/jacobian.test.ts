/** How full Jacobians are filled: blocks of a small product, half of a symmetric one; in both stackings; and planning's count of plans. */
import { expect, test } from 'vitest';
import { searchPlans } from '../../core/codegen/alternatives';
import { typicalSizes } from '../../core/codegen/cost';
import { createExprs } from '../../core/codegen/exprs';
import { createFacts } from '../../core/codegen/facts';
import { generateModule } from '../../core/codegen/generate';
import { createLowering } from '../../core/codegen/lower';
import { argumentsOf, draw, load, prepare, random } from './harness';
import { APPLICATIONS } from './linnea';

const SIZES = new Map([['m', 5], ['n', 3], ['k', 2]]);

/** The Jacobian of the first request, times a direction, and the jvp along it, as matrices by rows. */
function both(document: string): { readonly text: string; readonly product: readonly number[]; readonly along: readonly number[] } {
  const [prepared] = prepare(document);
  const { input, of, symbol } = prepared!;
  const module = generateModule([input]);
  expect(module.refused).toEqual([]);
  const code = load(module.text);
  const next = random(7);
  const values = new Map<string, Float64Array | number>(input.inputs.map((v) => { const a = draw(v.shape, v.words ?? new Set(), SIZES, next); return [v.name, a.length === 1 ? a[0]! : a]; }));
  const symmetric = symbol!.kind === 'symbol' && [...symbol!.words].some((w) => w === 'posdef' || w === 'symmetric');
  const V = draw(symbol!.shape, new Set(symmetric ? ['symmetric'] : []), SIZES, next);
  const find = (kind: string) => module.functions.find((f) => f.kind === kind)!;
  const J = code[find('jacobian').name]!(...argumentsOf(find('jacobian'), values, SIZES)) as Float64Array;
  const along = code[find('jvp').name]!(...argumentsOf(find('jvp'), values, SIZES, V)) as Float64Array;
  const size = (d: { key: string }): number => SIZES.get(d.key) ?? Number(d.key);
  const [p, q, m, n] = [size(of.shape.rows), size(of.shape.cols), size(symbol!.shape.rows), size(symbol!.shape.cols)];
  const row = document.includes('set vec = row');
  const place = (i: number, j: number, rows: number, cols: number): number => (row ? i * cols + j : j * rows + i);
  const product: number[] = [];
  for (let i = 0; i < p; i++) for (let j = 0; j < q; j++) {
    let s = 0;
    for (let k = 0; k < m; k++) for (let l = 0; l < n; l++) s += J[place(i, j, p, q) * m * n + place(k, l, m, n)]! * V[k * n + l]!;
    product.push(s);
  }
  const start = module.text.indexOf('export function jacobian');
  return { text: module.text.slice(start, module.text.indexOf('\n}\n', start)), product, along: [...along] };
}
const close = (a: readonly number[], b: readonly number[]): void => {
  expect(a.length).toBe(b.length);
  const size = Math.max(...b.map(Math.abs));
  a.forEach((x, i) => expect(Math.abs(x - b[i]!) / size).toBeLessThan(1e-10));
};

const BLOCKS: readonly (readonly [string, string])[] = [
  ['polar factor', 'dim m >= n\nX : matrix(m, n)\nF = polar(X)\njacobian(F, X)'], ['root of a definite matrix', 'S : matrix(n, n) posdef; t : scalar positive\nF = (S + t*I)^(1/2)\njacobian(F, S)'],
  ['inverse root of a Gram matrix', "dim m >= n\nX : matrix(m, n); d, c, a, b : scalar positive\nF = d*(X'*X + c*a*b*I)^(-1/2)\njacobian(F, X)"],
  ['exponential, between two matrices', 'T : matrix(n, n) symmetric; A : matrix(m, n); B : matrix(n, k)\nF = A*expm(T)*B\njacobian(F, T)'],
  ['logarithm of a square', "A : matrix(n, n)\nF = logm(A*A' + I)\njacobian(F, A)"],
];
for (const [title, document] of BLOCKS) {
  for (const vec of ['column', 'row']) {
    test(`${title}: one small product a block, ${vec}s stacked`, () => {
      const { text, product, along } = both(`set vec = ${vec}\n${document}`);
      expect(text).toContain('multiplyBlock(');
      // No product within the loops is larger than a block's.
      expect(text.match(/for \(let l = 0[\s\S]*/)?.[0].match(/multiply\w*\(/g)).toEqual(['multiply(', 'multiplyBlock(']);
      close(product, along);
    });
  }
}
const HALVES: readonly string[] = ["A : matrix(n, n); X : matrix(n, k)\nF = A*X*X'*A'\njacobian(F, X)", "A, B : matrix(n, n)\nF = A*B*A' + A*B'*A'\njacobian(F, B)"];
for (const document of HALVES) {
  for (const vec of ['column', 'row']) {
    test(`half of a symmetric Jacobian is computed, ${vec}s stacked: ${document.split('\n')[1]}`, () => {
      const { text, product, along } = both(`set vec = ${vec}\n${document}`);
      expect(text).toMatch(/out\[row[^\]]*\] = out\[mirror[^\]]*\] = /);
      close(product, along);
    });
  }
}
const LISTED: readonly (readonly [string, column: RegExp, row: RegExp])[] = [
  ["t : scalar positive; x : vector(n)\nF = (t*x*x' + I)^(1/2)\njacobian(F, x)", /for \(let k = 0; k < n; k\+\+\) out\[row \+ k\] = /, /for \(let k = 0; k < n; k\+\+\) out\[row \+ k\] = /],
  ["X : matrix(m, n); y : vector(m)\nF = X*sin(y'*X*X'*y)\njacobian(F, X)", /for \(let k = 0; k < m; k\+\+\) out\[row \+ l \* m \+ k\] = /, /for \(let l = 0; l < n; l\+\+\) out\[row \+ k \* n \+ l\] = /],
  ['X : matrix(n, n)\nF = logdet(X\'*X)^3*X + det(X)*X\njacobian(F, X)', /for \(let k = 0; k < n; k\+\+\) out\[row \+ l \* n \+ k\] = /, /for \(let l = 0; l < n; l\+\+\) out\[row \+ k \* n \+ l\] = /],
];
for (const [document, column, row] of LISTED) {
  for (const [vec, inOrder] of [['column', column], ['row', row]] as const) {
    test(`numbers that change with the column are listed first, and J is written in order, ${vec}s stacked: ${document.split('\n')[1]}`, () => {
      const { text, product, along } = both(`set vec = ${vec}\n${document}`);
      expect(text).toMatch(inOrder);
      // What is added at one place alone stays apart, and no number is computed for each entry of J.
      expect(text).toContain('+= ');
      expect(text).not.toMatch(/out\[.*Math\./);
      close(product, along);
    });
  }
}
const THROUGH: readonly (readonly [string, string])[] = [
  ['a layer, times its input', "A : matrix(n, n); X : matrix(n, k)\nF = tanh(A*X)*X'\njacobian(F, X)"],
  ['a function of the variable itself, between two matrices', 'A : matrix(m, n); X : matrix(n, k); B : matrix(k, n)\nF = A*exp(X)*B\njacobian(F, X)'],
  ['two functions', 'A, B : matrix(n, n)\nF = sin(A*B)*exp(B)\njacobian(F, B)'],
  ['a sum within one', "A, B : matrix(n, n)\nF = sigmoid(A*B + B'*A + B)*A\njacobian(F, B)"],
  ['entry by entry', 'A, B : matrix(n, n)\nF = A ./ (1 + B.^2)\njacobian(F, B)'],
];
for (const [title, document] of THROUGH) {
  for (const vec of ['column', 'row']) {
    test(`no product meets the zeros of a column through an elementwise function: ${title}, ${vec}s stacked`, () => {
      const { text, product, along } = both(`set vec = ${vec}\n${document}`);
      expect(text).not.toMatch(/^ {4}.*multiply/m);
      expect(text).not.toContain('=== ');
      close(product, along);
    });
  }
}
test('what is added on the diagonal of a Jacobian alone is added there alone', () => {
  const { text } = both('A, B : matrix(n, n)\nF = A ./ (1 + B.^2)\njacobian(F, B)');
  expect(text.slice(text.indexOf('out.fill(0)')).match(/for \(/g)).toHaveLength(2);
});
test('a Jacobian that is not symmetric is filled in full', () => {
  const { text, product, along } = both('A, B : matrix(n, n); X : matrix(n, k)\nF = A*X*X\'*B\njacobian(F, X)');
  expect(text).not.toContain('mirror');
  close(product, along);
});

test('roots of matrices that are singular up to rounding', () => {
  const [prepared] = prepare('S : matrix(n, n) possemidef\nF = S^(1/2)\nF');
  const root = load(generateModule([prepared!.input]).text)['F']!;
  const v = [0.1, 0.2, 0.3, 0.7];
  const S = Float64Array.from({ length: 16 }, (_, i) => v[Math.floor(i / 4)]! * v[i % 4]!);
  const F = root(S) as Float64Array;
  const norm = Math.hypot(...v);
  F.forEach((x, i) => expect(x).toBeCloseTo(S[i]! / norm, 12));
  expect([...(root(new Float64Array(9)) as Float64Array)]).toEqual(new Array(9).fill(0));
  expect(() => root(Float64Array.of(1, 0, 0, -1))).toThrow('S has a negative eigenvalue');
  const [inverse] = prepare('S : matrix(n, n) possemidef\nF = S^(-1/2)\nF');
  expect(() => load(generateModule([inverse!.input]).text)['F']!(S)).toThrow('S is not positive definite, or nearly singular');
});

test('plans that are weighed for one function stay few', () => {
  const counts = APPLICATIONS.flatMap(({ document, outputs, number }) => outputs.map((o) => {
    const [prepared] = prepare(`${document}\n${o}`);
    const ex = createExprs();
    const facts = createFacts(ex);
    const leaves = new Map(prepared!.input.inputs.map((v) => [v.name, ex.leaf(v.name, v.shape, v.words ?? new Set())]));
    const e = createLowering(ex, facts, (s) => leaves.get(s.name))(prepared!.of);
    return [`${number} ${o}`, searchPlans(ex, facts, typicalSizes(new Map(), prepared!.input.inputs.map((v) => v.shape), e.shape, []), e).weighed.length] as const;
  }));
  const total = counts.reduce((sum, [, n]) => sum + n, 0);
  expect(Math.max(...counts.map(([, n]) => n))).toBeLessThanOrEqual(60);
  expect(counts.filter(([, n]) => n === 1).length).toBeGreaterThan(8);
  expect(total).toBeLessThan(600);
});
