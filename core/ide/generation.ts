/** A request as the code generator takes it: value, derivative and products as graph nodes. */
import { isScalar } from '../algebra/dim';
import type { Node } from '../algebra/node';
import type { Program, ProgramRequest, StructureWord } from '../algebra/program';
import { Refusal } from '../algebra/refusal';
import { childrenOf } from '../algebra/substitute';
import { termNames } from '../algebra/term-names';
import { adjoint } from '../calculus/adjoint';
import { project, spaceOf } from '../calculus/projection';
import { alongField, directionFor, gradient, type Workspace } from '../calculus/workspace';
import type { GenerationInput } from '../codegen/generation';
import { present } from '../notation/present';
import { subjectOf, workspaceOf } from '../notation/subject';
import type { Diagnostic } from '../syntax/diagnostic';
import { diagnose } from '../syntax/codes';

/**
 * The input, or why nothing can be generated.
 * @param described whether comments hold the printed forms; code that is only run needs none
 */
export function generationInput(program: Program, request: ProgramRequest, described = true): GenerationInput | { readonly refused: Diagnostic } {
  try {
    return inputOf(workspaceOf(program, request), program, request, described);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { refused: diagnose('MC4001', error.reason, request.range) };
  }
}

const isPlainName = (text: string): boolean => /^[\p{L}_][\p{L}\p{N}_]*$/u.test(text);

/** `f`, or `line3` for an expression without a name. */
export const generatedName = (request: ProgramRequest): string => (isPlainName(request.of) && request.kind !== 'diff' && request.kind !== 'hvp' && request.kind !== 'vjp' ? request.of : `line${request.line}`);

function inputOf(w: Workspace, program: Program, request: ProgramRequest, described: boolean): GenerationInput {
  const { g } = w;
  const subject = request.kind === 'diff' || request.kind === 'hvp' || request.kind === 'vjp' ? undefined : subjectOf(w, request);
  const used = termNames(program, subject ? request.ofTerm : request.term);
  for (const x of request.wrt) used.add(x);
  const variables = [...program.variables.values()].filter((v) => used.has(v.name));
  const formal = [...program.functions.keys()][0];
  if (formal !== undefined && holdsFormal(subject?.value ?? w.node(request.term))) throw new Refusal(`${formal} has no body, so no code can be written for it`);
  const named: { name: string; node: Node }[] = [];
  for (const name of program.definitions.keys()) {
    try { named.push({ name, node: w.definition(name) }); } catch (error) { if (!(error instanceof Refusal)) throw error; }
  }
  const body = request.ofTerm.kind === 'reference' ? program.definitions.get(request.ofTerm.name)?.body.range : undefined;
  const written = body ? program.text.slice(body.start, body.end).replace(/\s+/g, ' ').trim() : undefined;
  const common = {
    name: generatedName(request), inputs: variables.map((v) => ({ name: v.name, shape: v.shape, words: structureOf(w.variable(v.name)) })),
    dimFacts: program.dimFacts, sizes: program.sizes, vec: program.settings.vec, named,
  };
  if (!subject) return { ...common, kind: 'value', value: w.node(request.kind === 'value' ? request.ofTerm : request.term) };
  const { of, symbol } = subject;
  const wrt = request.wrt.at(-1) as string;
  const taken = new Set([...program.variables.keys(), ...program.dimensions.keys()]);
  const V = directionFor(g, symbol, free(taken, ['V', 'H', 'E', 'V_1']));
  const E = g.symbol(free(taken, ['V', 'H', 'E', 'V_1']), symbol.shape, 'direction');
  const d = alongField(g, subject, symbol, V);
  const presented = described ? present(program, request) : undefined;
  const texts: Readonly<Record<string, string | undefined>> = !presented || 'refused' in presented ? {} : { value: written, gradient: presented.forms.gradient?.text, jacobian: presented.forms.vec?.text, jvp: presented.forms.directional?.text };
  const notes = !presented || 'refused' in presented ? [] : [...presented.where.map((x) => `where ${x.text}`), ...presented.notes];
  const tabulated = { node: g.substitute(d, new Map([[V, project(g, symbol, E)]])), direction: E };
  const jvp = { node: d, direction: V };
  const mine = { ...common, wrt, notes, value: subject.value };
  if (subject.order === 2) {
    const first = w.variable(request.wrt[0] as string);
    return { ...mine, kind: 'hessian', ...(request.wrt.length > 1 && request.wrt[0] !== wrt ? { first: request.wrt[0] as string } : {}), ...(subject.outer ? { curved: true } : {}), gradient: gradient(g, subject.value, first), tabulate: tabulated, hvp: jvp, texts: defined({ value: written, hessian: texts.jacobian }) };
  }
  const Ybar = g.symbol(free(taken, ['Ybar', 'Y_bar', 'W_bar']), of.shape, 'direction');
  const vjp = { node: project(g, symbol, adjoint(g, d, V, Ybar)), direction: Ybar };
  if (isScalar(of.shape) || isScalar(symbol.shape)) return { ...mine, kind: 'gradient', gradient: isScalar(of.shape) && spaceOf(symbol) === 'orthogonal' ? project(g, symbol, adjoint(g, d, V, g.number(1))) : gradient(g, of, symbol), jvp, vjp, texts: defined(texts) };
  return { ...mine, kind: 'jacobian', tabulate: tabulated, jvp, vjp, texts: defined(texts) };
}

/** Declared and assumed. */
const structureOf = (a: Node): ReadonlySet<StructureWord> => (a.kind === 'symbol' ? a.words : new Set());
const defined = (texts: Readonly<Record<string, string | undefined>>): Record<string, string> => Object.fromEntries(Object.entries(texts).filter((e): e is [string, string] => e[1] !== undefined));
const free = (taken: ReadonlySet<string>, names: readonly string[]): string => names.find((n) => !taken.has(n)) ?? `V_${taken.size}`;

function holdsFormal(root: Node): boolean {
  const stack: Node[] = [root];
  const seen = new Set<number>();
  for (let a = stack.pop(); a; a = stack.pop()) {
    if (seen.has(a.id)) continue;
    seen.add(a.id);
    if (a.kind === 'apply' && a.op.startsWith('formal:')) return true;
    stack.push(...childrenOf(a));
  }
  return false;
}
