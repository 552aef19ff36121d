/** Hessians and Jacobians by a matrix W of what is made row by row of X*W: a product for each pair of columns, half of one where it is symmetric; in both stackings. */
import { expect, test } from 'vitest';
import { generateModule } from '../../core/codegen/generate';
import { argumentsOf, draw, load, prepare, random } from './harness';

const SIZES = new Map([['m', 7], ['d', 5], ['k', 3], ['p', 2]]);

/** The table's text, and the table times a direction beside the product along it. */
function made(document: string): { readonly text: string; readonly flops: string; readonly product: readonly number[]; readonly along: readonly number[] } {
  const [prepared] = prepare(document);
  const { input, of, symbol } = prepared!;
  const module = generateModule([input]);
  expect(module.refused).toEqual([]);
  const code = load(module.text);
  const next = random(7);
  const values = new Map<string, Float64Array | number>(input.inputs.map((v) => { const a = draw(v.shape, v.words ?? new Set(), SIZES, next); return [v.name, a.length === 1 ? a[0]! : a]; }));
  const V = draw(symbol!.shape, new Set(), SIZES, next);
  const find = (...kinds: readonly string[]) => module.functions.find((f) => kinds.includes(f.kind))!;
  const table = find('hessian', 'jacobian');
  const J = code[table.name]!(...argumentsOf(table, values, SIZES)) as Float64Array;
  const along = code[find('hvp', 'jvp').name]!(...argumentsOf(find('hvp', 'jvp'), values, SIZES, V)) as Float64Array;
  const size = (d: { key: string }): number => SIZES.get(d.key) ?? Number(d.key);
  const [m, n] = [size(symbol!.shape.rows), size(symbol!.shape.cols)];
  const [p, q] = input.kind === 'hessian' ? [m, n] : [size(of.shape.rows), size(of.shape.cols)];
  const place = (i: number, j: number, rows: number, cols: number): number => (document.includes('set vec = row') ? i * cols + j : j * rows + i);
  const product: number[] = [];
  for (let i = 0; i < p; i++) for (let j = 0; j < q; j++) {
    let s = 0;
    for (let k = 0; k < m; k++) for (let l = 0; l < n; l++) s += J[place(i, j, p, q) * m * n + place(k, l, m, n)]! * V[k * n + l]!;
    product.push(s);
  }
  const text = module.texts.get(table.name)!;
  return { text, flops: /About ([^.]*?) flops/.exec(text.replace(/\s*\*\s+/g, ' '))![1]!, product, along: [...along] };
}
const close = (a: readonly number[], b: readonly number[]): void => {
  expect(a.length).toBe(b.length);
  const size = Math.max(...b.map(Math.abs));
  a.forEach((x, i) => expect(Math.abs(x - b[i]!) / size).toBeLessThan(1e-12));
};

const HEAD = 'X : matrix(m, d); W : matrix(d, k); Y : matrix(m, k); B : matrix(p, m); C : matrix(k, k); t : scalar; c : scalar\n';
const PROGRAMS: readonly (readonly [title: string, document: string, products: readonly string[], loop: RegExp, leading: string])[] = [
  ['softmax regression: half of the pairs, half a product each', `${HEAD}f = sum(log(rowsum(exp(X*W)))) - tr(Y'*X*W)\nhessian(f, W)`, ['multiplyTNSym('], /for \(let j = l; j < k; j\+\+\) \{/, 'd^2*k^2*m/2 + d^2*k*m/2 + '],
  ['points as columns, and a multiple of W', 'X : matrix(d, m); W : matrix(k, d); t : scalar\nf = sum(log(colsum(exp(W*X)))) + t*normF(W)^2\nhessian(f, W)', ['multiplyTNSym('], /for \(let j = l; j < k; j\+\+\) \{/, 'd^2*k^2*m/2 + d^2*k*m/2 + '],
  ['a layer: the columns of W are apart', `${HEAD}f = normF(tanh(X*W) - Y)^2 + c*normF(W)^2\nhessian(f, W)`, ['multiplyTNSym('], /out\.fill\(0\);/, 'd^2*k*m + '],
  ['a layer between two matrices: a product each', `${HEAD}F = B*tanh(X*W*C)\njacobian(F, W)`, ['multiplyTN('], /for \(let j = 0; j < k; j\+\+\) \{/, '2*d*k^2*m*p + '],
];
for (const [title, document, products, loop, leading] of PROGRAMS) {
  for (const vec of ['column', 'row']) {
    test(`${title}, ${vec}s stacked`, () => {
      const { text, flops, product, along } = made(`set vec = ${vec}\n${document}`);
      const inner = text.slice(text.indexOf('for (let l = 0'));
      expect(inner.match(/multiply\w*\(/g)).toEqual(products);
      expect(text).toMatch(loop);
      expect(flops.startsWith(leading)).toBe(true);
      close(product, along);
    });
  }
}

test('a matrix behind the rows takes one column to all: no product for each pair', () => {
  const { text, product, along } = made(`${HEAD}F = X'*(X*W .* Y)*C\njacobian(F, W)`);
  expect(text).not.toMatch(/for \(let j = 0; j < k; j\+\+\) \{\n\s*for \(let i = 0; i < m/);
  close(product, along);
});
test('rows that are mixed are no rows apart', () => {
  for (const f of ["normF(tanh(B*X*W)*C)^2 + normF(X*W)^4", "logdet((X*W)'*(X*W) + I)", "normF(tanh(X*W)'*tanh(X*W))^2"]) {
    const { product, along } = made(`${HEAD}f = ${f}\nhessian(f, W)`);
    close(product, along);
  }
});
