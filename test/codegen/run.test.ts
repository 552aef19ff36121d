/** Generated code, compiled strictly and run, against the evaluation of the same nodes, the tabulated Jacobian against jvp, and the adjoint identity. */
import { expect, test } from 'vitest';
import { evaluateDim, isScalar } from '../../core/algebra/dim';
import type { Node } from '../../core/algebra/node';
import { generateModule } from '../../core/codegen/generate';
import type { FunctionKind } from '../../core/codegen/generation';
import { evaluate, type NumericArray } from '../../core/numeric/evaluate';
import { argumentsOf, draw, load, prepare, random, run, typeErrors } from './harness';
import { programs, SIZES } from './programs';

const flat = (x: number | Float64Array | undefined): number[] => (typeof x === 'number' ? [x] : [...(x ?? [])]);
const close = (got: readonly number[], want: readonly number[], what: string): void => {
  expect(got.length, what).toBe(want.length);
  const size = Math.max(1, ...want.map(Math.abs));
  got.forEach((g, i) => expect(Math.abs(g - (want[i] ?? NaN)) / size, `${what}, entry ${i}: ${g}, not ${want[i]}`).toBeLessThan(1e-8));
};
const product = (a: readonly number[], b: readonly number[]): number => a.reduce((s, x, i) => s + x * (b[i] ?? 0), 0);
const columns = (a: readonly number[], rows: number, cols: number): number[] => a.map((_, q) => a[(q % rows) * cols + Math.floor(q / rows)] ?? NaN);

programs.forEach(({ title, text }, index) => {
  test(title, () => {
    const [prepared] = prepare(text);
    if (!prepared) throw new Error('no request');
    const { input, of, symbol } = prepared;
    const module = generateModule([input]);
    expect(module.refused).toEqual([]);
    const code = load(module.text);
    const next = random(index + 3);
    const arrays = new Map(input.inputs.map((v) => [v.name, draw(v.shape, v.words ?? new Set(), SIZES, next)]));
    const values = new Map([...arrays].map(([name, a]) => [name, isScalar(input.inputs.find((v) => v.name === name)!.shape) ? a[0]! : a]));
    const numeric = (node: Node, data: Float64Array): NumericArray => ({ rows: evaluateDim(node.shape.rows, SIZES), cols: evaluateDim(node.shape.cols, SIZES), data });
    const environment = new Map(input.inputs.map((v) => [v.name, { rows: evaluateDim(v.shape.rows, SIZES), cols: evaluateDim(v.shape.cols, SIZES), data: arrays.get(v.name)! }]));
    const at = (node: Node, direction?: Node, data?: Float64Array): number[] =>
      [...evaluate(node, { sizes: SIZES, values: direction && data && direction.kind === 'symbol' ? new Map([...environment, [direction.name, numeric(direction, data)]]) : environment }).data];
    const call = (kind: FunctionKind, direction?: Float64Array): number[] | undefined => {
      const f = module.functions.find((x) => x.kind === kind);
      const scalarDirection = direction && f?.parameters.some((p) => p.role === 'direction' && p.type === 'number') ? direction[0] : direction;
      return f && flat(code[f.name]?.(...argumentsOf(f, values, SIZES, scalarDirection)));
    };
    close(call('value')!, at(of), 'value');
    if (input.gradient) close(call('gradient')!, at(input.gradient), 'gradient');
    if (!symbol) return;
    const words = symbol.kind === 'symbol' ? new Set(symbol.words) : new Set<never>();
    const space = new Set([...words].map((w) => (w === 'posdef' || w === 'possemidef' ? 'symmetric' as const : w)).filter((w) => w !== 'positive' && w !== 'nonnegative' && w !== 'orthogonal'));
    const raw = draw(symbol.shape, space, SIZES, next);
    const forward = input.kind === 'hessian' ? input.hvp : input.jvp;
    const V = raw;
    const directional = call(input.kind === 'hessian' ? 'hvp' : 'jvp', V)!;
    if (forward) close(directional, at(forward.node, forward.direction, V), 'jvp');
    const [p, q, m, n] = [of.shape.rows, of.shape.cols, symbol.shape.rows, symbol.shape.cols].map((d) => evaluateDim(d, SIZES)) as [number, number, number, number];
    const table = call(input.kind === 'hessian' ? 'hessian' : 'jacobian');
    if (table) {
      const v = columns([...V], m, n);
      const [r, c] = input.kind === 'hessian' ? [m, n] : [p, q];
      close(Array.from({ length: r * c }, (_, i) => product(table.slice(i * m * n, (i + 1) * m * n), v)), columns(directional, r, c), 'Jacobian times V');
    }
    if (input.vjp) {
      const Ybar = draw(of.shape, new Set(), SIZES, next);
      const back = call('vjp', Ybar)!;
      close([product(back, [...V])], [product(directional, [...Ybar])], 'adjoint');
    }
  });
});

test('all of it in one module passes tsc --strict, and runs as JavaScript too', () => {
  const inputs = programs.flatMap(({ text }, index) => prepare(text).map((p) => ({ ...p.input, name: `R${index}` })));
  const typed = generateModule(inputs);
  expect(typed.functions.length).toBeGreaterThan(500);
  expect(typeErrors({ 'all.ts': typed.text })).toEqual([]);
  const plain = generateModule(inputs, { target: 'javascript' });
  expect(plain.text).not.toMatch(/: Float64Array|: number|\]!/);
  expect(Object.keys(run(plain.text))).toEqual(Object.keys(load(typed.text)));
}, 120000);
