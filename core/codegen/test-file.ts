/**
 * The tests that come with generated code: each derivative against five-point differences of the value along directions within
 * the declared structure, the rate at which the Taylor remainder falls, and the adjoint identity. They need nothing but the test framework.
 */
import { evaluateDim, isOne, isScalar, type Dim, type Shape } from '../algebra/dim';
import type { StructureWord } from '../algebra/program';
import { variablesOf, type FunctionKind, type GeneratedModule, type GenerationInput, type InputVariable, type ManifestFunction, type Target } from './generation';
import { commentSafe, createNames } from './names';
import { sample, sampleNumbers, sampleDirection, sampleSizes } from './sample';
import { pythonTestFile } from './test-file-python';
import { isPython, type ScriptFramework, type TestOptions } from './test-options';

const IMPORTS: Readonly<Record<ScriptFramework, string>> = {
  vitest: "import { test } from 'vitest';",
  jest: "import { test } from '@jest/globals';",
  mocha: "import { it as test } from 'mocha';",
  node: "import { test } from 'node:test';",
};
/** How a library's matrices are made of flat arrays, and read. */
interface LibraryTools { readonly imports: readonly string[]; readonly tools: readonly string[]; readonly wrap: (text: string, shape: Shape, size: (d: Dim) => number) => string }
const LIBRARIES: Readonly<Partial<Record<Target, LibraryTools>>> = {
  'ml-matrix': {
    imports: ["import { Matrix } from 'ml-matrix';"],
    tools: ["function list(x: number | Float64Array | Matrix): number[] {\n  return typeof x === 'number' ? [x] : x instanceof Matrix ? x.to1DArray() : Array.from(x);\n}"],
    wrap: (text, shape, size) => `Matrix.from1DArray(${size(shape.rows)}, ${size(shape.cols)}, ${text})`,
  },
  mathjs: {
    imports: ["import { matrix, type Matrix } from 'mathjs';"],
    tools: [
      "function list(x: number | Float64Array | Matrix): number[] {\n  if (typeof x === 'number') return [x];\n  return x instanceof Float64Array ? Array.from(x) : (x.toArray() as number[] | number[][]).flat();\n}",
      '/** A matrix with rows of this length, of its entries row by row. */\nfunction rowsOf(x: Float64Array, cols: number): Matrix {\n  return matrix(Array.from({ length: x.length / cols }, (_, i) => Array.from(x.subarray(i * cols, (i + 1) * cols))));\n}',
    ],
    wrap: (text, shape, size) => (isOne(shape.rows) || isOne(shape.cols) ? `matrix(list(${text}))` : `rowsOf(${text}, ${size(shape.cols)})`),
  },
};
/** Names that the test file uses itself. */
const OWN = ['matrix', 'Matrix', 'rowsOf', 'test', 'list', 'moved', 'dot', 'slope', 'curvature', 'expectClose', 'expectRate', 'times', 'vec'];

/** The text of a test file for `module`, which was generated from `inputs`. Undefined where there is nothing to test. */
export function testFile(inputs: readonly GenerationInput[], module: GeneratedModule, options: TestOptions): string | undefined {
  if (isPython(options.framework)) return pythonTestFile(inputs, module, options);
  const target = options.target ?? 'typescript';
  const typed = target !== 'javascript';
  const names = createNames([...OWN, ...[...module.functions, ...module.together].map((f) => f.name)]);
  const used = new Set<string>();
  const tests = inputs.flatMap((input, k) => testsOf(input, k, module, options, (f) => { used.add(f); return f; }, names.take, typed));
  if (tests.length === 0) return undefined;
  const imported = [...module.functions, ...module.together].map((f) => f.name).filter((n) => used.has(n));
  return [IMPORTS[options.framework], ...(LIBRARIES[target]?.imports ?? []), `import { ${imported.join(', ')} } from ${JSON.stringify(options.module)};`, '', ...tests, typed ? toolsFor(tests, LIBRARIES[target]?.tools ?? []) : untyped(toolsFor(tests))].join('\n');
}

function testsOf(input: GenerationInput, index: number, module: GeneratedModule, options: TestOptions, use: (f: string) => string, take: (wish: string) => string, typed: boolean): readonly string[] {
  if (input.wrt === undefined) return [];
  const find = (kind: FunctionKind): ManifestFunction | undefined => module.functions.find((f) => f.kind === kind && f.of === input.name && (kind === 'value' || f.wrt === variablesOf(input, kind).join()));
  const value = find('value');
  const variable = input.inputs.find((x) => x.name === input.wrt);
  if (!value || !variable) return [];
  const given = options.points?.(input);
  const sizes = given?.sizes ?? sampleSizes(input.inputs.map((x) => x.shape), input.sizes ?? new Map(), input.dimFacts ?? []);
  const next = sampleNumbers(index + 7);
  const NONE: ReadonlySet<StructureWord> = new Set();
  const library = LIBRARIES[options.target ?? 'typescript'];
  const lines: string[] = [];
  const locals = new Map<string, string>();
  const literal = (data: readonly number[], shape: Shape): string => (isScalar(shape) ? String(data[0] ?? 0) : `new Float64Array([${data.map((x) => String(x)).join(', ')}])`);
  const declare = (wish: string, data: readonly number[], shape: Shape): string => {
    const name = take(wish);
    lines.push(`const ${name} = ${literal(data, shape)};`);
    return name;
  };
  const points = new Map<string, readonly number[]>();
  for (const x of input.inputs) {
    const data = given?.values.get(x.name) ?? sample(x.shape, x.words ?? NONE, sizes, next);
    points.set(x.name, data);
    locals.set(x.name, declare(x.name, data, x.shape));
  }
  const directionOf = (x: InputVariable): readonly number[] => sampleDirection(x.shape, x.words ?? NONE, points.get(x.name) ?? [], sizes, next);
  const dims = value.parameters.some((p) => p.role === 'dims') || module.functions.some((f) => f.of === input.name && f.parameters.some((p) => p.role === 'dims')) ? take('dims') : '';
  if (dims !== '') lines.push(`const ${dims} = { ${[...sizes].map(([n, s]) => `${JSON.stringify(n)}: ${s}`).join(', ')} };`);
  const V = declare('V', directionOf(variable), variable.shape);
  const first = input.inputs.find((x) => x.name === input.first);
  const U = first ? declare('U', directionOf(first), first.shape) : '';
  const Ybar = declare('Ybar', sample(input.value.shape, NONE, sizes, next, true), input.value.shape);
  const X = locals.get(variable.name) ?? variable.name;

  const call = (f: ManifestFunction, x: string, direction = '', of: InputVariable = variable): string => {
    const variables = module.variables.get(f.name) ?? [];
    const args = f.parameters.filter((p) => p.role !== 'out').map((p, k) => {
      if (p.role === 'dims') return dims;
      const [text, shape] = p.role === 'direction' ? [direction, f.kind === 'vjp' ? input.value.shape : variable.shape] as const
        : variables[k] === of.name ? [x, of.shape] as const : [locals.get(variables[k] ?? '') ?? p.name, input.inputs.find((v) => v.name === variables[k])?.shape ?? input.value.shape] as const;
      return library && !isScalar(shape) ? library.wrap(text, shape, (d) => evaluateDim(d, sizes)) : text;
    });
    return `${use(f.name)}(${args.join(', ')})`;
  };
  const step = take('t');
  const path = (x: InputVariable, direction: string): string => { const at = locals.get(x.name) ?? x.name; return isScalar(x.shape) ? `${at} + ${step} * ${direction}` : `moved(${at}, ${direction}, ${step})`; };
  const t = typed ? `(${step}: number)` : `(${step})`;
  const moving = (f: ManifestFunction, x: InputVariable = variable, direction: string = V): string => `${t} => list(${call(f, path(x, direction), '', x)})`;
  const rate = (of: ManifestFunction, by: ManifestFunction, slope: string, x: InputVariable = variable, direction: string = V): void => add(`the Taylor remainder of ${of.name} with ${by.name} is of second order`,
    `expectRate(${JSON.stringify(by.name)}, ${moving(of, x, direction)}, ${slope});`);
  const slopeOf = (f: ManifestFunction, x: InputVariable = variable, direction: string = V): string => `slope(${moving(f, x, direction)})`;
  const [rows, cols] = [input.value.shape, variable.shape];
  const column = (input.vec ?? 'column') === 'column';
  const stacked = (text: string, shape: Shape): string => (column && !isScalar(shape) && shape.rows.key !== '1' && shape.cols.key !== '1' ? `vec(${text}, ${evaluateDim(shape.cols, sizes)})` : text);
  const tests: string[] = [];
  const add = (title: string, ...body: readonly string[]): void => { tests.push(`test(${JSON.stringify(title)}, () => {`, ...body.map((l) => `  ${l}`), '});', ''); };

  const gradient = find('gradient');
  const jvp = find('jvp');
  const vjp = find('vjp');
  const hvp = find('hvp');
  const jacobian = find('jacobian');
  const hessian = find('hessian');
  if (gradient) {
    const [x, direction] = first ? [first, U] : [variable, V];
    const product = isScalar(input.value.shape) ? `[dot(list(${call(gradient, X)}), list(${direction}))]` : `list(${call(gradient, X)}).map((x) => x * ${direction})`;
    add(`${gradient.name} agrees with differences of ${value.name}`, `expectClose(${JSON.stringify(gradient.name)}, ${product}, ${slopeOf(value, x, direction)});`);
    rate(value, gradient, product, x, direction);
  }
  if (jacobian) add(`${jacobian.name} agrees with differences of ${value.name}`,
    `expectClose(${JSON.stringify(jacobian.name)}, times(list(${call(jacobian, X)}), ${stacked(`list(${V})`, cols)}), ${stacked(slopeOf(value), rows)});`);
  if (jvp) add(`${jvp.name} agrees with differences of ${value.name}`, `expectClose(${JSON.stringify(jvp.name)}, list(${call(jvp, X, V)}), ${slopeOf(value)});`);
  if (jvp && !gradient) rate(value, jvp, `list(${call(jvp, X, V)})`);
  if (vjp && jvp) add(`${vjp.name} is the adjoint of ${jvp.name}`,
    `expectClose(${JSON.stringify(vjp.name)}, [dot(list(${call(vjp, X, Ybar)}), list(${V}))], [dot(list(${Ybar}), list(${call(jvp, X, V)}))]);`);
  if (hvp && input.curved) add(`${hvp.name} agrees with second differences of ${value.name}`, `expectClose(${JSON.stringify(hvp.name)}, [dot(list(${call(hvp, X, V)}), list(${V}))], curvature(${moving(value)}));`);
  else if (hvp && gradient) {
    add(`${hvp.name} agrees with differences of ${gradient.name}`, `expectClose(${JSON.stringify(hvp.name)}, list(${call(hvp, X, V)}), ${slopeOf(gradient)});`);
    rate(gradient, hvp, `list(${call(hvp, X, V)})`);
  }
  if (hessian && hvp) add(`${hessian.name} times a direction is ${hvp.name}`,
    `expectClose(${JSON.stringify(hessian.name)}, times(list(${call(hessian, X)}), ${stacked(`list(${V})`, cols)}), ${stacked(`list(${call(hvp, X, V)})`, (first ?? variable).shape)});`);
  for (const both of module.together.filter((f) => f.of === input.name)) {
    const last = both.kinds[both.kinds.length - 1] ?? 'value';
    // A gradient is tested with the request for it, also where there is a request for the Hessian.
    if (both.wrt !== variablesOf(input, last).join() || both.kinds.some((kind) => kind !== 'value' && !find(kind)) || (last === 'gradient') === (input.kind === 'hessian')) continue;
    const one = { ...value, name: both.name, parameters: both.parameters };
    const made = take('all');
    const along = last === 'vjp' ? Ybar : V;
    add(`${both.name} gives what its parts give one by one`, `const ${made} = ${call(one, X, along)};`,
      ...both.kinds.map((kind) => `expectClose(${JSON.stringify(`${both.name}, ${kind}`)}, list(${made}.${kind}), list(${call(find(kind) ?? value, X, kind === last ? along : '')}));`));
  }
  if (tests.length === 0) return [];
  if (!tests.some((l) => l.includes(Ybar))) lines.splice(lines.findIndex((l) => l.startsWith(`const ${Ybar} `)), 1);
  return [`// ${commentSafe(`${input.name} by ${variablesOf(input, input.kind).join(' and ')}`)}`, ...lines, '', ...tests];
}

/** The tools that these tests call, and those that they call. */
function toolsFor(tests: readonly string[], own: readonly string[] = []): string {
  const all = [...own, TOOLS.trimEnd()].join('\n\n').split(/\n\n(?=\/\*\*|function )/).map((text) => ({ text, name: /^function (\w+)/m.exec(text)?.[1] ?? '' })).filter((t, k, list) => list.findIndex((x) => x.name === t.name) === k);
  const needed = new Set<string>();
  const visit = (text: string): void => {
    for (const t of all) if (!needed.has(t.name) && new RegExp(`\\b${t.name}\\(`).test(text)) { needed.add(t.name); visit(t.text.replace(`function ${t.name}(`, '')); }
  };
  visit(tests.join('\n'));
  return `${all.filter((t) => needed.has(t.name)).map((t) => t.text).join('\n\n')}\n`;
}

const TOOLS = `function list(x: number | Float64Array): number[] {
  return typeof x === 'number' ? [x] : Array.from(x);
}

/** X + t*V. */
function moved(X: Float64Array, V: Float64Array, t: number): Float64Array {
  return X.map((x, i) => x + t * Number(V[i]));
}

function dot(a: number[], b: number[]): number {
  return a.reduce((sum, x, i) => sum + x * Number(b[i]), 0);
}

/** The product of a row-major matrix with a vector. */
function times(M: number[], v: number[]): number[] {
  return Array.from({ length: M.length / v.length }, (_, i) => dot(M.slice(i * v.length, (i + 1) * v.length), v));
}

/** The columns of a row-major matrix, stacked. */
function vec(A: number[], cols: number): number[] {
  const rows = A.length / cols;
  return A.map((_, q) => Number(A[(q % rows) * cols + Math.floor(q / rows)]));
}

/** The derivative of f at 0 by five-point differences. */
function slope(f: (t: number) => number[]): number[] {
  const h = 1e-3;
  const near = f(h), back = f(-h), far = f(2 * h), farBack = f(-2 * h);
  return near.map((x, i) => (8 * (x - Number(back[i])) - (Number(far[i]) - Number(farBack[i]))) / (12 * h));
}

/** The second derivative of f at 0 by five-point differences. */
function curvature(f: (t: number) => number[]): number[] {
  const h = 1e-2;
  const near = f(h), back = f(-h), far = f(2 * h), farBack = f(-2 * h);
  return f(0).map((x, i) => (16 * (Number(near[i]) + Number(back[i])) - Number(far[i]) - Number(farBack[i]) - 30 * x) / (12 * h * h));
}

/**
 * Halving t divides f(t) - f(0) - t*d by four where d is the derivative, and only by two where it is not. A remainder that is all
 * rounding (f is linear there) says nothing and passes.
 */
function expectRate(name: string, f: (t: number) => number[], d: number[]): void {
  const start = f(0);
  const floor = 1e-11 * Math.max(1, ...start.map(Math.abs), ...d.map(Math.abs));
  const sizes = [1 / 128, 1 / 256, 1 / 512].map((t) => Math.hypot(...f(t).map((x, i) => x - Number(start[i]) - t * Number(d[i]))));
  const orders = sizes.slice(1).map((size, k) => (size < floor ? 2 : Math.log2(Number(sizes[k]) / size)));
  if (Math.max(...orders) > 1.6) return;
  throw new Error(\`\${name}: the Taylor remainder falls with the orders \${orders.map((x) => x.toFixed(2)).join(', ')} as t is halved, expected 2\`);
}

function expectClose(name: string, got: number[], want: number[]): void {
  if (got.length !== want.length) throw new Error(\`\${name}: \${got.length} entries, expected \${want.length}\`);
  const size = Math.max(1, ...want.map(Math.abs), ...got.map(Math.abs));
  got.forEach((x, i) => {
    const error = Math.abs(x - Number(want[i])) / size;
    if (!(error < 1e-7)) throw new Error(\`\${name}, entry \${i + 1}: \${x}, by differences \${want[i]} (relative error \${error.toExponential(1)})\`);
  });
}
`;
const untyped = (text: string): string => text.replace(/: \(t: number\) => number\[\]/g, '').replace(/: number \| Float64Array/g, '').replace(/(?<=[\w)]): (?:number\[\]|number|Float64Array|string|void)(?=[,) ])/g, '');
