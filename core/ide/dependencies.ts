/** What the presentation of a request depends on, as one text: equal texts have equal presentations, wherever they stand. */
import type { Program, ProgramRequest } from '../algebra/program';
import type { Term } from '../algebra/term';
import { shapeText } from '../algebra/dim';

/** The terms directly inside a term. */
function partsOf(term: Term): readonly Term[] {
  switch (term.kind) {
    case 'number': case 'constant': case 'variable': case 'dimension': case 'index': case 'reference':
      return [];
    case 'apply': case 'formal':
      return term.args;
    case 'power':
      return 'kind' in term.exponent ? [term.base, term.exponent] : [term.base];
    case 'slice':
      return [term.arg, ...[term.rows, term.cols].flatMap((item) => (item.kind === 'at' ? [item.index] : []))];
    case 'blocks':
      return term.rows.flat();
    case 'finiteSum':
      return [term.body];
    case 'derivative':
      return [term.of, ...term.args];
  }
}

/** Names of variables and definitions that a term reaches, itself and through definitions. */
export function reached(program: Program, roots: readonly Term[]): { readonly variables: ReadonlySet<string>; readonly definitions: ReadonlySet<string> } {
  const variables = new Set<string>();
  const definitions = new Set<string>();
  const waiting = [...roots];
  for (let term = waiting.pop(); term; term = waiting.pop()) {
    if (term.kind === 'variable') variables.add(term.name);
    if (term.kind === 'derivative') for (const name of term.wrt) variables.add(name);
    if (term.kind === 'reference' && !definitions.has(term.name)) {
      definitions.add(term.name);
      const definition = program.definitions.get(term.name);
      if (definition) {
        waiting.push(definition.body);
        for (const name of definition.parameters) variables.add(name);
      }
    }
    waiting.push(...partsOf(term));
  }
  return { variables, definitions };
}

/** A text that differs wherever the presentations of two requests may. */
export function dependenciesOf(program: Program, request: ProgramRequest): string {
  const slice = (range: { readonly start: number; readonly end: number }): string => program.text.slice(range.start, range.end);
  const { variables, definitions } = reached(program, [request.term, request.ofTerm]);
  const described = [...program.variables.values()].filter((v) => variables.has(v.name))
    .map((v) => `${v.name}:${v.shape.rows.key}×${v.shape.cols.key} ${[...v.words].sort().join(' ')}`);
  const lines = [
    `${request.kind} ${request.of} ${request.wrt.join(',')}`, slice(request.range),
    ...described.sort(),
    ...[...definitions].sort().map((name) => {
      const definition = program.definitions.get(name);
      return definition ? `${name}(${definition.parameters.join(',')}) ${slice(definition.range)}` : name;
    }),
    ...[...program.functions.values()].map((f) => `${f.name}:${f.from.map(shapeText).join(',')}→${shapeText(f.to)}`),
    ...program.dimFacts.map((f) => `${f.left.key}${f.op}${f.right.key}`),
    ...program.assumptions.map((a) => slice(a.range)),
    ...[...program.sizes].map(([name, size]) => `${name}=${size}`),
    [...program.dimensions.keys()].sort().join(' '),
    `${program.settings.vec} ${program.settings.layout}`,
    // Names that a form must not take for its indices and directions.
    [...program.variables.keys(), ...program.definitions.keys()].sort().join(' '),
  ];
  return lines.join('\n');
}

/** The variables that a term depends on, also through definitions, in the order of the program. */
export function variablesOf(program: Program, term: Term): ReadonlySet<string> {
  const { variables } = reached(program, [term]);
  return new Set([...program.variables.keys()].filter((name) => variables.has(name)));
}
