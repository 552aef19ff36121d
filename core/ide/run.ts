/** The generated program of a request, run as it is written: the JavaScript target, loaded from its text and called at points. */
import { evaluateDim, isScalar } from '../algebra/dim';
import type { Program, ProgramRequest } from '../algebra/program';
import { generateModule } from '../codegen/generate';
import type { FunctionKind } from '../codegen/generation';
import type { NumericArray } from '../numeric/array';
import type { Diagnostic } from '../syntax/diagnostic';
import type { Candidate } from '../verify/verdict';
import { generationInput } from './generation';

export interface Point { readonly sizes: ReadonlyMap<string, number>; readonly values: ReadonlyMap<string, NumericArray> }
type Callable = (...args: readonly unknown[]) => number | Float64Array;

export interface Loaded {
  /** The direction of a product stands in the point under this name. */
  readonly direction: (kind: FunctionKind) => string | undefined;
  /** Undefined where there is no such function. @throws RangeError where the point lacks a value */
  readonly call: (kind: FunctionKind, point: Point) => NumericArray | undefined;
  /** Why there is no such function. */
  readonly why: (kind: FunctionKind) => string | undefined;
}

/** Generated code says by an Error where it has no value, a singular matrix for one. @throws RangeError that says so */
function atPoint(run: Callable, args: readonly unknown[]): number | Float64Array {
  try {
    return run(...args);
  } catch (error) {
    if (error instanceof Error && error.constructor === Error) throw new RangeError(error.message, { cause: error });
    throw error;
  }
}

export function loadGenerated(program: Program, request: ProgramRequest): Loaded | { readonly refused: Diagnostic } {
  const input = generationInput(program, request, false);
  if ('refused' in input) return input;
  const { text, functions, variables, refused } = generateModule([input], { target: 'javascript' });
  const names = functions.map((f) => f.name);
  // The text is the generator's own, made of expression nodes; nothing of the document stands in it but identifiers that it has checked.
  const make = new Function(`"use strict";\n${text.replace(/^export /gm, '')}\nreturn { ${names.join(', ')} };`) as () => Readonly<Record<string, Callable>>;
  const callables = make();
  const find = (kind: FunctionKind): (typeof functions)[number] | undefined => functions.find((f) => f.kind === kind);
  return {
    direction: (kind) => { const f = find(kind); return f && variables.get(f.name)?.at(-1); },
    why: (kind) => refused.find((r) => r.kind === kind)?.reason,
    call(kind, { sizes, values }) {
      const f = find(kind);
      const run = f && callables[f.name];
      if (!f || !run) return undefined;
      const sources = variables.get(f.name) ?? [];
      let next = 0;
      const out = atPoint(run, f.parameters.filter((p) => p.role !== 'out').map((p) => {
        if (p.role === 'dims') return Object.fromEntries(sizes);
        const value = values.get(sources[next++] ?? p.name);
        if (!value) throw new RangeError(`${p.name} has no value`);
        return p.type === 'number' ? value.data[0] : value.data;
      }));
      if (typeof out === 'number') return { rows: 1, cols: 1, data: Float64Array.of(out) };
      const shape = kind === 'value' ? input.value.shape : undefined;
      const rows = shape ? evaluateDim(shape.rows, sizes) : out.length;
      return { rows, cols: out.length / rows, data: out };
    },
  };
}

/** The request for a first or second derivative, of which a program gives the whole array. */
export const asGenerated = (request: ProgramRequest, order: 1 | 2): ProgramRequest => ({ ...request, kind: request.wrt.length === 0 ? 'value' : order === 2 ? 'hessian' : 'jacobian' });

/** The tensor [i, j, k, l], row-major; -0 is 0 in it. */
export interface Found { readonly shape: readonly number[]; readonly data: readonly number[] }
type Size = readonly [number, number];

/** A matrix with rows vec(F) and columns vec(X) as a tensor. */
function tensorOf(M: Float64Array, [m, n]: Size, [p, q]: Size, stacksRows: boolean, lead: readonly number[] = []): Found {
  const data: number[] = [];
  for (let i = 0; i < m; i++) for (let j = 0; j < n; j++) for (let k = 0; k < p; k++) for (let l = 0; l < q; l++) {
    const r = stacksRows ? i * n + j : j * m + i;
    const c = stacksRows ? k * q + l : l * p + k;
    data.push((M[r * p * q + c] ?? NaN) + 0);
  }
  return { shape: [...lead, m, n, p, q], data };
}

/** The derivative of a request at a point as a tensor, from whichever function gives it; undefined where none does. */
export function derivativeFrom(program: Program, request: ProgramRequest, loaded: Loaded, point: Point, order: 1 | 2): Found | undefined {
  const size = (name: string | undefined): Size | undefined => {
    const shape = name === undefined ? undefined : program.variables.get(name)?.shape;
    return shape && [evaluateDim(shape.rows, point.sizes), evaluateDim(shape.cols, point.sizes)];
  };
  const x = program.variables.get(request.wrt.at(-1) ?? '');
  const by = size(x?.name);
  if (!x || !by) return undefined;
  const stacksRows = program.settings.vec === 'row';
  const of = request.ofTerm.shape;
  const F: Size = [evaluateDim(of.rows, point.sizes), evaluateDim(of.cols, point.sizes)];
  if (order === 2) {
    const H = loaded.call('hessian', point) ?? (isScalar(x.shape) ? loaded.call('gradient', point) : undefined);
    return H && tensorOf(asFloats(H), size(request.wrt[0]) ?? by, by, stacksRows, [1, 1]);
  }
  const G = loaded.call('gradient', point);
  if (G) return { shape: [...F, ...by], data: Array.from(G.data, (e) => e + 0) };
  const J = loaded.call('jacobian', point);
  return J && tensorOf(asFloats(J), F, by, stacksRows);
}

const asFloats = ({ data }: NumericArray): Float64Array => (data instanceof Float64Array ? data : Float64Array.from(data));

/** The program as verification runs it; absent where none can be written for the request, or none that a derivative can be read off. */
export function runOf(program: Program, request: ProgramRequest): Pick<Candidate, 'run'> {
  if (request.kind === 'diff' || request.kind === 'hvp' || request.kind === 'vjp') return {};
  const order = request.kind === 'hessian' ? 2 : 1;
  const loaded = loadGenerated(program, asGenerated(request, order));
  if ('refused' in loaded) return {};
  return {
    run(sizes, values) {
      const point = { sizes, values: new Map([...values].map(([name, v]) => [name, { rows: v.rows, cols: v.cols, data: Float64Array.from(v.data, Number) }] as const)) };
      const value = loaded.call('value', point);
      const derivative = request.wrt.length === 0 ? undefined : derivativeFrom(program, request, loaded, point, order);
      return { ...(value && { value: { shape: [value.rows, value.cols], data: value.data } }), ...(derivative && { derivative }) };
    },
  };
}
