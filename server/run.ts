/** The generated program as verification runs it: the JavaScript target, loaded into the verifying thread and called at points. */
import { evaluateDim } from '../core/algebra/dim';
import type { Program, ProgramRequest } from '../core/algebra/program';
import { generateModule } from '../core/codegen/generate';
import type { FunctionKind } from '../core/codegen/generation';
import { generationInput } from '../core/ide/generation';
import type { Candidate, Tensor } from '../core/verify/verdict';

type Run = NonNullable<Candidate['run']>;
type Point = { readonly sizes: Parameters<Run>[0]; readonly values: Parameters<Run>[1] };
type Callable = (...args: readonly unknown[]) => number | Float64Array;

/** Calls one of a module's functions at a point; undefined where there is no such function. */
function loaded(program: Program, request: ProgramRequest): ((kind: FunctionKind, point: Point) => Float64Array | undefined) | undefined {
  const input = generationInput(program, request, false);
  if ('refused' in input) return undefined;
  const { text, functions, variables } = generateModule([input], { target: 'javascript' });
  const names = functions.map((f) => f.name);
  // The text is the generator's own, made of expression nodes; nothing of the document stands in it but identifiers that it has checked.
  const make = new Function(`"use strict";\n${text.replace(/^export /gm, '')}\nreturn { ${names.join(', ')} };`) as () => Readonly<Record<string, Callable>>;
  const callables = make();
  return (kind, { sizes, values }) => {
    const f = functions.find((x) => x.kind === kind);
    const call = f && callables[f.name];
    if (!f || !call) return undefined;
    const sources = variables.get(f.name) ?? [];
    let next = 0;
    const args = f.parameters.filter((p) => p.role !== 'out').map((p) => {
      if (p.role === 'dims') return Object.fromEntries(sizes);
      const data = Float64Array.from(values.get(sources[next++] ?? p.name)?.data ?? [], Number);
      return p.type === 'number' ? data[0] : data;
    });
    const result = call(...args);
    return typeof result === 'number' ? Float64Array.of(result) : result;
  };
}

/** A matrix with rows vec(F) and columns vec(X) as the tensor [i, j, k, l]. */
function tensorOf(M: Float64Array, [m, n]: readonly [number, number], [p, q]: readonly [number, number], stacksRows: boolean, lead: readonly number[]): Tensor {
  const data: number[] = [];
  for (let i = 0; i < m; i++) for (let j = 0; j < n; j++) for (let k = 0; k < p; k++) for (let l = 0; l < q; l++) {
    const r = stacksRows ? i * n + j : j * m + i;
    const c = stacksRows ? k * q + l : l * p + k;
    data.push(M[r * p * q + c] ?? NaN);
  }
  return { shape: [...lead, m, n, p, q], data };
}

/** Absent where no program can be written for the request, or none that a derivative can be read off. */
export function runOf(program: Program, request: ProgramRequest): Run | undefined {
  if (request.kind === 'diff' || request.kind === 'hvp' || request.kind === 'vjp') return undefined;
  const call = loaded(program, request);
  if (!call) return undefined;
  const of = request.ofTerm.shape;
  return (sizes, values) => {
    const point = { sizes, values };
    const F: readonly [number, number] = [evaluateDim(of.rows, sizes), evaluateDim(of.cols, sizes)];
    const found = call('value', point);
    const value: Tensor | undefined = found && { shape: F, data: found };
    const by = program.variables.get(request.wrt[request.wrt.length - 1] ?? '')?.shape;
    if (!by) return { ...(value && { value }) };
    const X: readonly [number, number] = [evaluateDim(by.rows, sizes), evaluateDim(by.cols, sizes)];
    const stacksRows = program.settings.vec === 'row';
    const second = request.kind === 'hessian' ? call('hessian', point) : undefined;
    const gradient = request.kind === 'hessian' ? undefined : call('gradient', point);
    const jacobian = request.kind === 'hessian' ? undefined : call('jacobian', point);
    const firstBy = program.variables.get(request.wrt[0] ?? '')?.shape ?? by;
    const rows: readonly [number, number] = [evaluateDim(firstBy.rows, sizes), evaluateDim(firstBy.cols, sizes)];
    const derivative = second ? tensorOf(second, rows, X, stacksRows, [1, 1])
      : gradient ? { shape: [...F, ...X], data: gradient }
        : jacobian ? tensorOf(jacobian, F, X, stacksRows, []) : undefined;
    return { ...(value && { value }), ...(derivative && { derivative }) };
  };
}
