/** What the targets' tests run: each case of the corpus and each of our programs as generation inputs with a point and the values expected there. */
import { evaluateDim, isScalar } from '../../core/algebra/dim';
import { termNames } from '../../core/algebra/term-names';
import { generateModule } from '../../core/codegen/generate';
import type { GeneratedModule, GenerationInput, ManifestFunction, Target } from '../../core/codegen/generation';
import { generationInput } from '../../core/ide/generation';
import { asked } from '../../cli/requests';
import { pointOf } from '../../cli/values';
import { cases, sourceFrom, type Tensor } from '../corpus/cases';
import { argumentsOf, draw, load, prepare, random } from './harness';
import { programs, SIZES } from './programs';

/** An argument or a result with its shape; sizes by name for `dims`. */
export interface Sized { readonly shape: readonly [number, number]; readonly data: readonly number[] }
export interface Call { readonly f: ManifestFunction; readonly args: readonly (Sized | Readonly<Record<string, number>>)[]; readonly want: readonly number[] | undefined }
export interface Run { readonly id: string; readonly module: GeneratedModule; readonly calls: readonly Call[]; readonly tolerance: number }

/** The tensor [i, j, k, l] as the matrix with rows vec(F) and columns vec(X), or as the array that has its entries one by one. */
function expected(t: Tensor, kind: ManifestFunction['kind'], vec: 'column' | 'row'): readonly number[] {
  if (kind !== 'jacobian' && kind !== 'hessian') return t.data;
  const [m = 1, n = 1, p = 1, q = 1] = kind === 'hessian' ? t.shape.slice(2) : t.shape;
  const out = new Array<number>(t.data.length);
  let at = 0;
  for (let i = 0; i < m; i++) for (let j = 0; j < n; j++) for (let k = 0; k < p; k++) for (let l = 0; l < q; l++) {
    const row = vec === 'row' ? i * n + j : j * m + i;
    const col = vec === 'row' ? k * q + l : l * p + k;
    out[row * p * q + col] = t.data[at++] ?? NaN;
  }
  return out;
}

const inputsOf = new Map<string, GenerationInput>();
const runsOf = new Map<Target, readonly Run[]>();
/** Every case of the corpus: value and derivative, against the stored tensors. */
export function corpusRuns(target: Target): readonly Run[] {
  const known = runsOf.get(target);
  if (known) return known;
  const made = corpus(target);
  runsOf.set(target, made);
  return made;
}
function corpus(target: Target): readonly Run[] {
  return cases.map((c) => {
    const { program, request } = asked(sourceFrom(c), c.of, c.wrt);
    const input = inputsOf.get(c.id) ?? generationInput(program, { ...request, kind: c.order === 2 ? 'hessian' : 'jacobian' });
    if ('refused' in input) throw new Error(`${c.id}: ${input.refused.message}`);
    inputsOf.set(c.id, input);
    const module = generateModule([input], { target });
    const point = pointOf(program, c.values, termNames(program, request.ofTerm));
    const argument = (name: string): Sized => {
      const v = point.values.get(name);
      if (!v) throw new Error(`${c.id}: ${name} has no value`);
      return { shape: [v.rows, v.cols], data: [...v.data] };
    };
    const calls = module.functions.flatMap((f): readonly Call[] => {
      const names = module.variables.get(f.name) ?? [];
      const derivative = f.kind === 'jacobian' || (f.kind === 'gradient' && c.order !== 2) || (f.kind === 'hessian' && c.order === 2);
      if (f.kind !== 'value' && !derivative) return [];
      let at = 0;
      const args = f.parameters.filter((p) => p.role !== 'out').map((p) => (p.role === 'dims' ? Object.fromEntries(point.sizes) : argument(names[at++] ?? '')));
      return [{ f, args, want: f.kind === 'value' ? c.value.data : expected(c.derivative, f.kind, program.settings.vec) }];
    });
    return { id: c.id, module, calls, tolerance: c.tolerance ?? 1e-8 };
  });
}

/** Our programs, all functions at one point, against the TypeScript target. */
export function programRuns(target: Target, every = 1): readonly Run[] {
  return programs.filter((_, k) => k % every === 0).map(({ title, text }, index) => {
    const input = prepare(text)[0]?.input as GenerationInput;
    const plain = generateModule([input]);
    const module = generateModule([input], { target });
    const code = load(plain.text);
    const next = random(index + 3);
    const values = new Map(input.inputs.map((v) => [v.name, draw(v.shape, v.words ?? new Set(), SIZES, next)] as const));
    const sized = (rows: number, cols: number, data: Float64Array): Sized => ({ shape: [rows, cols], data: [...data] });
    const calls = module.functions.flatMap((f): readonly Call[] => {
      const twin = plain.functions.find((x) => x.kind === f.kind && x.of === f.of && x.wrt === f.wrt);
      if (!twin) return [];
      const p = f.parameters.find((x) => x.role === 'direction');
      const shapeOf = (pair: readonly string[]): readonly [number, number] => {
        const found = [...input.inputs.map((x) => x.shape), input.value.shape].find((s) => s.rows.key === pair[0] && s.cols.key === pair[1]);
        if (!found) throw new Error(`no shape ${pair.join('×')}`);
        return [evaluateDim(found.rows, SIZES), evaluateDim(found.cols, SIZES)];
      };
      const by = input.inputs.find((x) => x.name === f.wrt);
      const direction = p && by && (f.kind === 'vjp' ? draw(input.value.shape, new Set(), SIZES, next) : draw(by.shape, new Set([...(by.words ?? [])].map((w) => (w === 'posdef' || w === 'possemidef' ? 'symmetric' as const : w)).filter((w) => !['positive', 'nonnegative', 'orthogonal'].includes(w))), SIZES, next));
      const flatValues = new Map([...values].map(([name, a]) => [name, isScalar(input.inputs.find((v) => v.name === name)!.shape) ? a[0]! : a] as const));
      const twinNames = plain.variables.get(twin.name) ?? [];
      const given = twin.parameters.filter((x) => x.role !== 'out');
      const isNumber = given.find((x) => x.role === 'direction')?.type === 'number';
      const ordered = new Map(given.flatMap((x, k) => (x.role === 'input' ? [[x.name, flatValues.get(twinNames[k] ?? '') ?? 0] as const] : [])));
      const result = code[twin.name]?.(...argumentsOf(twin, ordered, SIZES, isNumber ? direction?.[0] : direction));
      const names = module.variables.get(f.name) ?? [];
      let at = 0;
      const args = f.parameters.filter((x) => x.role !== 'out').map((x) => {
        if (x.role === 'dims') return Object.fromEntries(SIZES);
        const name = names[at++] ?? '';
        const [r, c] = shapeOf(x.shape);
        return x.role === 'direction' ? sized(r, c, direction ?? new Float64Array()) : sized(r, c, values.get(name) ?? new Float64Array());
      });
      return [{ f, args, want: typeof result === 'number' ? [result] : [...(result ?? [])] }];
    });
    return { id: title, module, calls, tolerance: 1e-8 };
  });
}
