/** Runs the very code that `generate` writes, on a point: the JavaScript target, loaded into this process. */
import { evaluateDim, isScalar } from '../core/algebra/dim';
import type { Program, ProgramRequest } from '../core/algebra/program';
import type { ManifestFunction } from '../core/codegen/generation';
import { generateModule } from '../core/codegen/generate';
import { generationInput } from '../core/ide/generation';
import type { NumericArray } from '../core/numeric/array';
import type { Candidate } from '../core/verify/verdict';
import { fail } from './exit';
import type { Chosen } from './requests';
import type { Evaluated, TensorJson } from './tensor';
import { arrayJson } from './tensor';
import type { Point } from './values';

type Callable = (...args: unknown[]) => number | Float64Array;
export interface Loaded {
  /** The direction of a product stands in the point under this name. */
  readonly direction: (kind: ManifestFunction['kind']) => string | undefined;
  readonly call: (kind: ManifestFunction['kind'], point: Point) => NumericArray | undefined;
  readonly why: (kind: ManifestFunction['kind']) => string | undefined;
}

/** The generated functions of one request, callable at points. @throws Stop where nothing can be generated */
export function load(program: Program, request: ProgramRequest): Loaded {
  const input = generationInput(program, request, false);
  if ('refused' in input) return fail(`${input.refused.message} [${input.refused.code}]`);
  const module = generateModule([input], { target: 'javascript' });
  const names = module.functions.map((f) => f.name);
  // The text is this program's own output, made of expression nodes; names and numbers in it are the generator's.
  const make = new Function(`"use strict";\n${module.text.replace(/^export /gm, '')}\nreturn { ${names.join(', ')} };`) as () => Record<string, Callable>;
  const functions = make();
  return {
    direction: (kind) => { const f = module.functions.find((x) => x.kind === kind); return f && module.variables.get(f.name)?.at(-1); },
    why: (kind) => module.refused.find((r) => r.kind === kind)?.reason,
    call(kind, point) {
      const f = module.functions.find((x) => x.kind === kind);
      const run = f && functions[f.name];
      if (!f || !run) return undefined;
      const sources = module.variables.get(f.name) ?? [];
      let at = 0;
      const args = f.parameters.filter((p) => p.role !== 'out').map((p) => {
        if (p.role === 'dims') return Object.fromEntries(point.sizes);
        const value = point.values.get(sources[at++] ?? p.name);
        if (!value) return fail(`${p.name} has no value`);
        return p.type === 'number' ? value.data[0] : value.data;
      });
      const out = run(...args);
      if (typeof out === 'number') return { rows: 1, cols: 1, data: Float64Array.of(out) };
      const shape = kind === 'value' ? input.value.shape : undefined;
      const rows = shape ? evaluateDim(shape.rows, point.sizes) : out.length;
      return { rows, cols: out.length / rows, data: out };
    },
  };
}

export function generatedAt({ program, request }: Chosen, point: Point, order: 1 | 2): Evaluated {
  return evaluated({ program, request }, load(program, asGenerated(request, order)), point, order);
}
export const asGenerated = (request: ProgramRequest, order: 1 | 2): ProgramRequest => ({ ...request, kind: request.wrt.length === 0 ? 'value' : order === 2 ? 'hessian' : 'jacobian' });

export function evaluated({ program, request }: Pick<Chosen, 'program' | 'request'>, loaded: Loaded, point: Point, order: 1 | 2): Evaluated {
  const value = loaded.call('value', point) ?? fail(`no code for the value of ${request.of}: ${loaded.why('value') ?? ''}`);
  if (request.wrt.length === 0) return { value: arrayJson(value) };
  const x = program.variables.get(request.wrt.at(-1) as string);
  if (!x) return fail(`${request.wrt.join()} is not a variable`);
  const [p, q] = [evaluateDim(x.shape.rows, point.sizes), evaluateDim(x.shape.cols, point.sizes)];
  const row = program.settings.vec === 'row';
  if (order === 2) {
    const first = program.variables.get(request.wrt[0] as string) ?? x;
    const rows: readonly [number, number] = [evaluateDim(first.shape.rows, point.sizes), evaluateDim(first.shape.cols, point.sizes)];
    const H = loaded.call('hessian', point) ?? (isScalar(x.shape) ? loaded.call('gradient', point) : undefined) ?? fail(`no code for the Hessian of ${request.of}: ${loaded.why('hessian') ?? ''}`);
    return { value: arrayJson(value), derivative: tensorOf(H.data, rows, [p, q], row, [1, 1]) };
  }
  const G = loaded.call('gradient', point);
  if (G) return { value: arrayJson(value), derivative: { shape: [value.rows, value.cols, p, q], data: Array.from(G.data, (e) => e + 0) } };
  const J = loaded.call('jacobian', point) ?? fail(`no code for the Jacobian of ${request.of}: ${loaded.why('jacobian') ?? loaded.why('gradient') ?? ''}`);
  return { value: arrayJson(value), derivative: tensorOf(J.data, [value.rows, value.cols], [p, q], row) };
}

/** A matrix with rows vec(F) and columns vec(X) as the tensor [i, j, k, l]. */
function tensorOf(M: Float64Array, [m, n]: readonly [number, number], [p, q]: readonly [number, number], rowStacking: boolean, lead: readonly number[] = []): TensorJson {
  const data: number[] = [];
  for (let i = 0; i < m; i++) for (let j = 0; j < n; j++) for (let k = 0; k < p; k++) for (let l = 0; l < q; l++) {
    const r = rowStacking ? i * n + j : j * m + i;
    const c = rowStacking ? k * q + l : l * p + k;
    data.push((M[r * p * q + c] ?? NaN) + 0);
  }
  return { shape: [...lead, m, n, p, q], data };
}

/** The generated program as verification runs it; absent where none can be written. */
export function runOf(program: Program, request: ProgramRequest): Pick<Candidate, 'run'> {
  if (request.kind === 'diff' || request.kind === 'hvp' || request.kind === 'vjp') return {};
  const order = request.kind === 'hessian' ? 2 : 1;
  const input = generationInput(program, asGenerated(request, order), false);
  if ('refused' in input) return {};
  let loaded: Loaded | undefined;
  return {
    run(sizes, values) {
      loaded ??= load(program, asGenerated(request, order));
      const arrays = new Map([...values].map(([name, v]) => [name, { rows: v.rows, cols: v.cols, data: Float64Array.from(v.data, Number) }] as const));
      return evaluated({ program, request }, loaded, { sizes, values: arrays }, order);
    },
  };
}
