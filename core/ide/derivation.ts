/** Which request a derivation is asked for: by an item's id, by the id of an unwritten request, or by a place in the text. */
import type { ProgramRequest } from '../algebra/program';
import { partAt, type Analysis } from './analysis';
import { nameAt } from './navigate';
import { fromDocument, isOwn, type Part } from './part';
import { requestFor, variablesFor } from './requests';
import { contains } from './walk';

export interface Asked {
  readonly part: Part;
  readonly request: ProgramRequest;
  readonly title: string;
  /** By which it is found again. */
  readonly id: string;
}

/** The id of a request that nobody wrote: a definition by a variable. */
export const unwrittenId = (analysis: Analysis, part: Part, definition: string, variable: string): string =>
  `derivative:${analysis.parts.indexOf(part)}:${definition}:${variable}`;

function byDefinition(analysis: Analysis, part: Part, name: string, variable?: string): Asked | undefined {
  const { program } = part.compiled;
  const definition = program.definitions.get(name);
  if (!definition) return undefined;
  const by = variable ?? variablesFor(program, definition)[0];
  const request = by === undefined ? undefined : requestFor(program, definition, by);
  return request && { part, request, title: `∂${name}/∂${by}`, id: unwrittenId(analysis, part, name, by ?? '') };
}

/** The request with this id. */
export function askedById(analysis: Analysis, id: string): Asked | undefined {
  const item = analysis.item(id);
  if (item) return item.kind === 'request' ? { part: item.part, request: item.request, title: item.label, id } : undefined;
  const [kind, index, definition, variable] = id.split(':');
  const part = analysis.parts[Number(index)];
  return kind === 'derivative' && part && definition !== undefined ? byDefinition(analysis, part, definition, variable) : undefined;
}

/** The request at an offset; on a definition its derivative by its first variable. */
export function askedAt(analysis: Analysis, offset: number): Asked | undefined {
  const item = analysis.items.find((i) => i.kind === 'request' && contains(i.range, offset));
  if (item?.kind === 'request') return { part: item.part, request: item.request, title: item.label, id: item.id };
  const part = partAt(analysis, offset);
  const local = part && fromDocument(part, offset);
  if (!part || local === undefined) return undefined;
  const name = nameAt(analysis, offset)?.occurrence;
  if (name?.role === 'definition') return byDefinition(analysis, part, name.name);
  const definition = [...part.compiled.program.definitions.values()].find((d) => isOwn(part.compiled, d.range) && contains(d.range, local));
  return definition && byDefinition(analysis, part, definition.name);
}
