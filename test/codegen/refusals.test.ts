/** Nothing well formed is refused: random formulas of slices, blocks, sums over indices and broadcasts become code in every target, and that of JavaScript has the right values. */
import { expect, test } from 'vitest';
import { evaluateDim, isScalar } from '../../core/algebra/dim';
import type { Node } from '../../core/algebra/node';
import { resolve } from '../../core/algebra/resolve';
import { generateModule } from '../../core/codegen/generate';
import { TARGETS } from '../../core/codegen/targets';
import { generationInput } from '../../core/ide/generation';
import { evaluate } from '../../core/numeric/evaluate';
import { parse } from '../../core/syntax/parse';
import { randomFrom, type Random } from '../fuzz/random';
import { argumentsOf, draw, random, run } from './harness';

const HEAD = `dim m >= n
dim n >= 3
A, B : matrix(n, n)
S : matrix(n, n) posdef
T : matrix(n, n) symmetric
L : matrix(n, n) lower invertible
D : matrix(n, n) diagonal
X, Y : matrix(m, n)
W : matrix(n, k)
C : matrix(m, m)
x, y : vector(n)
z : vector(m)
p : vector(n) positive
t : scalar positive
`;
const SIZES: ReadonlyMap<string, number> = new Map([['m', 4], ['n', 3], ['k', 2]]);
const VARIABLES: Readonly<Record<string, readonly string[]>> = { nn: ['A', 'B', 'S', 'T', 'L', 'D'], mn: ['X', 'Y'], nk: ['W'], mm: ['C'], n1: ['x', 'y', 'p'], m1: ['z'], '11': ['t'] };

/** A formula of r×c, each letter a dimension. */
function formula(r: Random, rows: string, cols: string, depth: number): string {
  const go = (a: string, b: string): string => formula(r, a, b, depth - 1);
  const own = VARIABLES[rows + cols];
  const turned = VARIABLES[cols + rows];
  const leaf = (): string => (own ? r.pick(own) : turned ? `${r.pick(turned)}'` : cols === '1' ? `ones(${rows})` : rows === '1' ? `ones(${cols})'` : `ones(${rows}, ${cols})`);
  if (depth <= 0) return leaf();
  const makes: (() => string)[] = [
    () => `(${go(rows, cols)} + ${go(rows, cols)})`, () => `(${go(rows, cols)} - ${go('1', '1')}*(${go(rows, cols)}))`, () => `(${go(rows, cols)} .* (${go(rows, cols)}))`, () => `tanh(${go(rows, cols)})`,
    () => { const k = r.pick(['n', 'm', 'k']); return `((${go(rows, k)})*(${go(k, cols)}))`; },
  ];
  if (rows + cols === '11') makes.push(
    () => `sum(${go(r.pick(['n', 'm']), r.pick(['n', 'k', '1']))})`, () => `tr(${go('n', 'n')})`, () => `(${go('m', 'n')})[2, 3]`, () => `max(${go('n', '1')})`, () => `logsumexp(${go('n', '1')})`, () => `sum((${go('n', 'n')})[:, 2])`,
    () => `sum(exp((${go('n', 'n')})[i, i]), i = 1:n)`, () => `sum((${go('m', 'n')})[i, j]*x[j], i = 1:m, j = 1:n)`, () => `sum(x[i + 1]*(${go('n', '1')})[i], i = 1:n-1)`,
    () => `sum([${go('n', 'n')}, ${go('n', 'k')}; ${go('k', 'n')}, ${go('k', 'k')}]*[${go('n', '1')}; ${go('k', '1')}])`,
  );
  if (cols === '1' && rows !== '1') makes.push(() => `(${go(rows, 'n')})[:, 2]`, () => `((${go('n', rows)})[3, :])'`, () => `diag(${go(rows, rows)})`, () => `rowsum(${go(rows, 'n')})`, () => `softmax(${go(rows, '1')})`);
  if (rows === 'n') makes.push(() => `(${go('m', cols)})[1:n${cols === '1' ? '' : ', :'}]`, () => `(inv(S)*(${go('n', cols)}))`, () => `(inv(L)*(${go('n', cols)}))`);
  if (cols === 'n' && rows !== '1') makes.push(() => `(${go(rows, 'm')})[:, 1:n]`);
  if (rows === cols && rows !== '1') makes.push(() => `${r.pick(['tril', 'triu', 'sym', 'skewpart', 'phi'])}(${go(rows, rows)})`, () => `diag(${go(rows, '1')})`);
  return r.pick(makes)();
}
function document(seed: number): string {
  const r = randomFrom(seed);
  const [rows, cols] = r.pick([['1', '1'], ['1', '1'], ['n', '1'], ['n', 'n'], ['m', 'n']] as const);
  const body = formula(r, rows, cols, 2 + (seed % 3));
  const used = Object.values(VARIABLES).flat().filter((v) => new RegExp(`(?<!\\w)${v}(?![\\w(])`).test(body));
  const by = used.length > 0 ? r.pick(used) : 'x';
  return `${HEAD}F = ${body}\n${rows === '1' || by === 't' ? (rows === '1' && seed % 2 === 0 ? 'hessian' : 'grad') : 'jacobian'}(F, ${by})`;
}

const FIRST = 400, COUNT = 40;
test('random formulas', () => {
  const wrong: string[] = [];
  let checked = 0;
  for (let seed = FIRST; seed < FIRST + COUNT; seed++) {
    const text = document(seed);
    const program = resolve(parse(text));
    const request = program.requests.at(-1);
    const input = request && generationInput(program, request, false);
    // What the language or the calculus refuses is not the generator's.
    if (!input || 'refused' in input || program.diagnostics.some((d) => d.severity === 'error')) continue;
    const say = (what: string): void => { wrong.push(`${what}: ${text.slice(HEAD.length)}`); };
    for (const target of TARGETS) for (const refusal of generateModule([input], { target }).refused) say(`${target}, ${refusal.kind}: ${refusal.reason}`);
    const module = generateModule([input], { target: 'javascript' });
    const code = run(module.text);
    const next = random(seed);
    const drawn = (v: { readonly shape: Node['shape']; readonly words?: Parameters<typeof draw>[1] }): Float64Array => draw(v.shape, v.words ?? new Set(), SIZES, next);
    const sized = (shape: Node['shape'], data: Float64Array): { rows: number; cols: number; data: Float64Array } => ({ rows: evaluateDim(shape.rows, SIZES), cols: evaluateDim(shape.cols, SIZES), data });
    const arrays = new Map(input.inputs.map((v) => [v.name, sized(v.shape, drawn(v))] as const));
    const values = new Map(input.inputs.map((v) => [v.name, isScalar(v.shape) ? arrays.get(v.name)?.data[0] ?? NaN : arrays.get(v.name)?.data ?? new Float64Array()] as const));
    const maps: Readonly<Record<string, { readonly node: Node; readonly direction?: Node } | undefined>> = { value: { node: input.value }, gradient: input.gradient && { node: input.gradient }, jvp: input.jvp, vjp: input.vjp, hvp: input.hvp };
    for (const f of module.functions) {
      const map = maps[f.kind];
      if (!map) continue;
      const direction = map.direction?.kind === 'symbol' ? map.direction : undefined;
      const V = direction && drawn(direction);
      const want = evaluate(map.node, { sizes: SIZES, values: direction && V ? new Map([...arrays, [direction.name, sized(direction.shape, V)]]) : arrays }).data;
      const made = code[f.name]?.(...argumentsOf(f, values, SIZES, direction && isScalar(direction.shape) ? V?.[0] : V));
      const got = typeof made === 'number' ? [made] : [...(made ?? [])];
      const size = Math.max(1e-3, ...want.map(Math.abs));
      checked++;
      if (got.length !== want.length || got.some((g, i) => !(Math.abs(g - (want[i] ?? NaN)) <= 1e-7 * size))) say(`${f.kind} is wrong`);
    }
  }
  expect(wrong).toEqual([]);
  expect(checked).toBeGreaterThan(2 * COUNT);
}, 120000);
