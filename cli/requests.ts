/** Which requests a command is about: all of the file's, or the one that `--of` and `--wrt` name. */
import type { Program, ProgramRequest } from '../core/algebra/program';
import { isScalar } from '../core/algebra/dim';
import type { Part } from '../core/ide/part';
import { isOwn } from '../core/ide/part';
import { fail } from './exit';
import { placeOf, type Source } from './files';
import type { Flags } from './main';

export interface Chosen {
  readonly part: Part;
  readonly program: Program;
  readonly request: ProgramRequest;
  /** Of the request in its document, from 1. */
  readonly line: number;
}

export function chosenRequests(source: Source, flags: Flags): Chosen[] {
  const of = typeof flags.of === 'string' ? flags.of : undefined;
  const wrt = typeof flags.wrt === 'string' ? flags.wrt : undefined;
  const all = source.analysis.parts.flatMap((part) => part.compiled.program.requests.filter((r) => isOwn(part.compiled, r.range))
    .map((request): Chosen => ({ part, program: part.compiled.program, request, line: lineOf(source, part, request) })));
  if (of === undefined && wrt === undefined) return all;
  const found = all.filter((c) => (of === undefined || c.request.of === of) && (wrt === undefined || c.request.wrt.join(',') === wrt));
  if (found.length > 0) return found;
  if (of === undefined || wrt === undefined) return fail(`no request ${of !== undefined ? `of ${of}` : `by ${wrt ?? ''}`} in ${source.file}`);
  return [asked(source, of, wrt)];
}

const lineOf = (source: Source, part: Part, request: ProgramRequest): number => {
  const segment = part.segments.at(-1);
  return segment ? placeOf(source.text, segment.toDocument(request.range.start - segment.start)).line : request.line;
};

/** A request that the file does not hold: a definition by one of its variables. */
export function asked(source: Source, of: string, wrt?: string): Chosen {
  for (const part of source.analysis.parts) {
    const program = part.compiled.program;
    const definition = program.definitions.get(of);
    const variable = program.variables.get(of);
    if (!definition && !variable) {
      const request = program.requests.find((r) => r.of === of);
      if (!request) continue;
      return { part, program, line: request.line, request: { ...request, wrt: wrt === undefined ? [] : [wrt], kind: wrt === undefined ? 'value' : request.kind === 'value' ? 'jacobian' : request.kind, term: request.ofTerm } };
    }
    const range = definition?.nameRange ?? variable?.range ?? { start: 0, end: 0 };
    const shape = definition?.body.shape ?? variable?.shape;
    if (!shape) continue;
    const ofTerm = { kind: definition ? 'reference' : 'variable', name: of, shape, range } as const;
    if (wrt !== undefined && !program.variables.has(wrt)) return fail(`${wrt} is not a variable of ${source.file}`);
    const kind = wrt === undefined ? 'value' : isScalar(shape) ? 'grad' : 'jacobian';
    return { part, program, line: 0, request: { of, ofTerm, wrt: wrt === undefined ? [] : [wrt], kind, term: ofTerm, range, line: 0 } };
  }
  return fail(`${of} is not defined in ${source.file}`);
}
