/** What `mcalc eval` prints of generated code at a point: the very code that `generate` writes. */
import type { Program, ProgramRequest } from '../core/algebra/program';
import { asGenerated, derivativeFrom, loadGenerated, type Loaded } from '../core/ide/run';
import { fail } from './exit';
import type { Chosen } from './requests';
import { arrayJson, type Evaluated } from './tensor';
import type { Point } from './values';

/** The generated functions of one request, callable at points. @throws Stop where nothing can be generated */
export function load(program: Program, request: ProgramRequest): Loaded {
  const loaded = loadGenerated(program, request);
  return 'refused' in loaded ? fail(`${loaded.refused.message} [${loaded.refused.code}]`) : loaded;
}

export const generatedAt = ({ program, request }: Chosen, point: Point, order: 1 | 2): Evaluated =>
  evaluated({ program, request }, load(program, asGenerated(request, order)), point, order);

export function evaluated({ program, request }: Pick<Chosen, 'program' | 'request'>, loaded: Loaded, point: Point, order: 1 | 2): Evaluated {
  const value = loaded.call('value', point) ?? fail(`no code for the value of ${request.of}: ${loaded.why('value') ?? ''}`);
  if (request.wrt.length === 0) return { value: arrayJson(value) };
  const derivative = derivativeFrom(program, request, loaded, point, order);
  if (derivative) return { value: arrayJson(value), derivative };
  if (!program.variables.has(request.wrt.at(-1) ?? '')) return fail(`${request.wrt.join()} is not a variable`);
  const [what, why] = order === 2 ? ['Hessian', loaded.why('hessian')] : ['Jacobian', loaded.why('jacobian') ?? loaded.why('gradient')];
  return fail(`no code for the ${what} of ${request.of}: ${why ?? ''}`);
}
