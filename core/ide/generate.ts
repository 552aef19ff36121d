/** Code for the requests of a document: one module for all parts that want code, so that they share their kernels. */
import { generateModule } from '../codegen/generate';
import { variablesOf, type GeneratedModule, type GenerationInput, type Target } from '../codegen/generation';
import type { ProgramRequest } from '../algebra/program';
import type { Diagnostic } from '../syntax/diagnostic';
import type { Analysis } from './analysis';
import { placeDiagnostic } from './diagnostics';
import type { PartCode } from './generated';
import { generationInput } from './generation';
import type { Part } from './part';

export interface Generation {
  readonly module: GeneratedModule;
  /** What the module was made from, with the names that it uses, and the part of each. */
  readonly inputs: readonly { readonly part: Part; readonly request: ProgramRequest; readonly input: GenerationInput }[];
  /** What of the module belongs to each part. */
  readonly codes: readonly PartCode[];
  /** Requests and functions that no code can be written for, at document ranges. */
  readonly refused: readonly { readonly message: string; readonly diagnostic?: Diagnostic }[];
}

/** Total: what cannot be generated is refused with its reason. */
export function generate(analysis: Analysis, parts: readonly Part[], target: Target): Generation {
  const inputs: { readonly part: Part; readonly request: ProgramRequest; readonly input: GenerationInput }[] = [];
  const refused: { message: string; diagnostic?: Diagnostic }[] = [];
  const owner = new Map<string, Part>();
  for (const item of analysis.items) {
    if (item.kind !== 'request' || !parts.includes(item.part)) continue;
    const input = generationInput(item.part.compiled.program, item.request);
    if ('refused' in input) {
      refused.push({ message: `${item.label}: ${input.refused.message}`, diagnostic: placeDiagnostic(item.part, input.refused, analysis.text) });
      continue;
    }
    inputs.push({ part: item.part, request: item.request, input: { ...input, name: nameIn(owner, input.name, item.part) } });
  }
  const module = generateModule(inputs.map((i) => i.input), { target });
  for (const r of module.refused) refused.push({ message: `${r.name}, ${r.kind}: ${r.reason}` });
  const codes = parts.map((part) => ({
    part,
    functions: [...module.functions, ...module.together].filter((f) => inputs.find(({ input }) => input.name === f.of && (f.wrt === null || [input.wrt, input.first, variablesOf(input, 'hessian').join()].includes(f.wrt)))?.part === part),
  }));
  return { module, inputs, codes, refused };
}

/** A name that another part gives to something else gets a number. */
function nameIn(owner: Map<string, Part>, name: string, part: Part): string {
  for (let k = 1; ; k++) {
    const candidate = k === 1 ? name : `${name}_${k}`;
    const taken = owner.get(candidate);
    const isSame = taken === undefined || taken === part || sameDefinition(taken, part, name);
    if (!isSame) continue;
    owner.set(candidate, taken ?? part);
    return candidate;
  }
}

/** Both parts see the definition at one place of the document. */
function sameDefinition(a: Part, b: Part, name: string): boolean {
  const [one, other] = [a, b].map((part) => {
    const definition = part.compiled.program.definitions.get(name);
    return definition && part.compiled.text.slice(definition.range.start, definition.range.end);
  });
  return one !== undefined && one === other;
}
