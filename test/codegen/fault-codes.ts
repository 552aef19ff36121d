/** The fault table's rows in the targets whose arrays are not flat: ml-matrix, mathjs and numpy. */
import { isScalar, evaluateDim } from '../../core/algebra/dim';
import { generateModule } from '../../core/codegen/generate';
import type { GeneratedModule, ManifestFunction } from '../../core/codegen/generation';
import type { Sized } from './drawn-requests';
import { FAULTS, SIZES } from './fault-inputs';
import { answered, inputsAt, type Code, type Inputs, type Prepared } from './fault-table';
import { LIBRARIES, loadLibrary, type LibraryName } from './libraries';
import { inPython, type PythonArgument } from './python';

interface Given { readonly sized: Sized; readonly vector: boolean }
/** The arguments with their shapes, in order; the sizes where they are asked for. */
function given({ input }: Prepared, f: ManifestFunction, module: GeneratedModule, { values, direction }: Inputs): readonly (Given | Readonly<Record<string, number>>)[] {
  const names = module.variables.get(f.name) ?? [];
  const inputs = f.parameters.filter((p) => p.role === 'input');
  return f.parameters.filter((p) => p.role !== 'out').map((p) => {
    if (p.role === 'dims') return Object.fromEntries(SIZES);
    const name = p.role === 'direction' ? undefined : names[inputs.indexOf(p)];
    const shape = name === undefined ? (f.kind === 'vjp' ? input.value.shape : input.inputs.find((x) => x.name === input.wrt)?.shape) : input.inputs.find((x) => x.name === name)?.shape;
    if (!shape) throw new Error(`no shape for ${p.name}`);
    const [rows, cols] = [evaluateDim(shape.rows, SIZES), evaluateDim(shape.cols, SIZES)];
    const data = name === undefined ? (typeof direction === 'number' ? [direction] : [...(direction ?? [])]) : [...(values.get(name) ?? [])];
    return { sized: { shape: [rows, cols], data }, vector: !isScalar(shape) && (rows === 1 || cols === 1) };
  });
}
const isGiven = (x: Given | Readonly<Record<string, number>>): x is Given => Object.hasOwn(x, 'sized');

export function libraryCode(prepared: Prepared, target: LibraryName): Code {
  const module = generateModule([prepared.input], { target });
  const program = loadLibrary(module.text);
  const { value, numbers } = LIBRARIES[target];
  return {
    functions: module.functions,
    call: (f, inputs) => answered(() => {
      const args = given(prepared, f, module, inputs).map((x, k) => (!isGiven(x) ? x : f.parameters[k]?.type === 'number' ? x.sized.data[0] : value(x.sized, x.vector)));
      const made = program[f.name]?.(...args);
      return typeof made === 'number' ? [made] : numbers(made);
    }),
  };
}

/** All rows at all faults in one process. */
export function numpyCodes(rows: readonly Prepared[]): readonly Code[] {
  const modules = rows.map(({ input }) => generateModule([input], { target: 'numpy' }));
  const calls = rows.map((prepared, r) => {
    const module = modules[r] as GeneratedModule;
    return module.functions.flatMap((f) => FAULTS.map((fault) => ({
      name: f.name,
      args: given(prepared, f, module, inputsAt(prepared.input, prepared.program, fault, f)).map((x, k): PythonArgument => (isGiven(x) ? { ...x.sized, scalar: f.parameters[k]?.type === 'float', vector: x.vector } : x)),
    })));
  });
  const answers = inPython(rows.map((_, r) => ({ text: modules[r]?.text ?? '', calls: calls[r] ?? [] })));
  return rows.map((_, r) => ({
    functions: modules[r]?.functions ?? [],
    call: (f, { fault }) => answers[r]?.[(modules[r]?.functions.indexOf(f) ?? -1) * FAULTS.length + FAULTS.findIndex((x) => x.name === fault)] ?? 'no answer',
  }));
}
