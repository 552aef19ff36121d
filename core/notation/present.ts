/** A request to its presentation: every notation, the shared names, notes and steps. The one entry for editor and command line. */
import { inCommutingOrder } from '../algebra/commuting';
import { isOne, isScalar, mulDim, type Dim } from '../algebra/dim';
import type { Graph } from '../algebra/graph';
import type { Node } from '../algebra/node';
import type { Program, ProgramDefinition, ProgramRequest } from '../algebra/program';
import { termsWithin } from '../algebra/terms-within';
import { Refusal } from '../algebra/refusal';
import { alternativesOf, type AlternativeNode } from '../calculus/alternatives';
import { differentiatedBy, directionFor, openWorkspace, type Workspace } from '../calculus/workspace';
import { newGraph } from '../simplify';
import { otherSide } from '../simplify/push-through';
import { diagnose } from '../syntax/codes';
import type { Diagnostic } from '../syntax/diagnostic';
import type { Expr } from '../syntax/tree';
import { createArrange } from './arrange';
import { isSolve, treeSize } from './cost';
import { entryTree, rowOf } from './entry-tree';
import { lazily, withOwn } from './lazy';
import { MAX_WRITTEN_OUT } from './limits';
import { mapTree } from './map-tree';
import { notesOf } from './notes';
import { NOWHERE } from './place';
import { pairedTree } from './pairing';
import { createWriter } from './printer';
import { namingsOf } from './readable';
import { createSession, type Session } from './session';
import { shadowedBy, unshadowed } from './shadowed';
import { spelledOut } from './spelled-out';
import { stepsOf } from './steps';
import { reachable } from './reachable';

import { stagesOf } from './stages';
import { subjectOf, type Subject } from './subject';
import { somePart } from './words';
import { call, itemAt, named } from './trees';
import type { Alternative, Form, FormName, Presentation, WhereDefinition, Written } from './presentation';
import { viewsOf, type Views } from './views';
import { pickNames } from './views-names';
import { hasTensorForm, tensorForm } from './views-tensor';
import { weightOf } from '../algebra/weight';
import { write } from './write';

export type Presented = Presentation | { readonly refused: Diagnostic };

/** What was presented already: the verdict, the generated code and the panel ask for the same forms. */
const known = new WeakMap<Program, { readonly request: ProgramRequest; readonly presented: Presented }[]>();
const same = (a: ProgramRequest, b: ProgramRequest): boolean =>
  a.kind === b.kind && a.of === b.of && a.ofTerm === b.ofTerm && a.term === b.term && a.line === b.line && a.range === b.range && a.wrt.join() === b.wrt.join();

/** Found once for each request of a program. */
export function present(program: Program, request: ProgramRequest): Presented {
  const mine = known.get(program) ?? [];
  const old = mine.find((k) => same(k.request, request));
  if (old) return old.presented;
  const made = presented(program, request);
  known.set(program, [...mine, { request, presented: made }]);
  return made;
}

function presented(program: Program, request: ProgramRequest): Presented {
  try {
    return presentation(openWorkspace(program, newGraph, differentiatedBy(program, request)), request);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { refused: diagnose('MC4001', error.reason, request.range) };
  }
}

function presentation(w: Workspace, request: ProgramRequest): Presentation {
  const { g, program } = w;
  const subject = subjectOf(w, request);
  const whole = request.kind === 'value' || request.kind === 'diff' || request.kind === 'hvp' || request.kind === 'vjp' ? w.node(request.term) : undefined;
  const names = pickNames(program, subject);
  const views: Views | undefined = subject && viewsOf(g, subject, names, program.settings);
  const best = bestForm(request, subject, whole);
  const definitions = new Map<string, Node>();
  for (const [name, own] of program.definitions) {
    if (isDerivedBelow(program, request, own)) continue;
    try { definitions.set(name, w.definition(name)); } catch (error) { if (!(error instanceof Refusal)) throw error; }
  }
  const taken = new Set([...program.variables.keys(), ...program.definitions.keys(), ...program.functions.keys(), ...program.dimensions.keys(),
    names.differential, names.direction, ...names.ofF, ...names.ofX]);
  const shadowed = shadowedBy(taken, program.functions);
  const nodes: Partial<Record<FormName, Node>> = { ...views?.nodes, ...(whole ? { value: spelledOut(g, inCommutingOrder(g, whole)) } : {}) };
  const own = best === 'value' && request.kind === 'value' ? withoutSelf(definitions, whole) : definitions;
  const lead = nodes[best];
  const others = (Object.entries(nodes) as [FormName, Node][]).filter(([name]) => name !== best);
  const session = createSession(g, { nodes: others.map(([, node]) => node), ...(lead ? { lead } : {}), definitions, own, taken, bound: new Set([...names.ofF, ...names.ofX]) });
  const indices = (name: FormName): readonly string[] | undefined => (name === 'components' ? names.ofX : name === 'index' ? [...names.ofF, ...names.ofX] : undefined);
  const changes: Partial<Record<FormName, Node>> = subject && views?.gradient && isScalar(subject.of.shape) ? { directional: views.direction, differential: directionFor(g, subject.symbol, names.differential) } : {};
  const readOff = (name: FormName) => (free: Expr): Expr => {
    const [G, V] = [views?.gradient, changes[name]];
    if (!views?.gradient && (name === 'directional' || name === 'differential' || name === 'components')) return shorterOf(free, termsOf(g, nodes[name], session, free));
    if (!G || !V || spelledOut(g, G) !== G) return free;
    const read = pairedTree(g, G, V, free, { print: (node) => session.print(node)?.tree, shapeOf: session.shapeOf });
    const direct = views && holdsSolve(G) ? session.print(g.substitute(views.plain, new Map([[views.direction, V]])))?.tree : undefined;
    return direct && treeSize(direct) < treeSize(read) ? direct : read;
  };
  const isPart = (name: FormName): boolean => name === 'components' || name === 'index' || name === 'vec';
  /** An entry of the gradient as it is printed, or its row, where that is shorter. In numerator layout what is printed is the transpose. */
  const partOfGradient = (name: FormName) => (free: Expr): Expr => {
    const gradient = best === 'gradient' && lead && program.settings.layout !== 'numerator' && subject && isScalar(subject.of.shape) && !isScalar(subject.symbol.shape) && spelledOut(g, lead) === lead ? session.print(lead)?.tree : undefined;
    const made = name === 'vec' ? (gradient && program.settings.vec !== 'row' && program.settings.layout !== 'denominator' && subject && !isOne(subject.symbol.shape.rows) ? rowOf(gradient, session.shapeOf, isOne(subject.symbol.shape.cols)) : undefined)
      : gradient && session.shapeOf(gradient) && entryTree(gradient, names.ofX.map((k) => itemAt(named(k))), session.shapeOf);
    return made && treeSize(made) < treeSize(free) ? made : free;
  };
  const stages = stagesOf({
    best: () => lead && formOf(session, lead, undefined, shadowed),
    others: (): Partial<Record<FormName, Form>> => {
      const tensor = views && hasTensorForm(views) ? tensorForm(g, views, session) : undefined;
      const found = others.flatMap(([name, node]) => { const form = formOf(session, node, indices(name), shadowed, isPart(name) && views?.gradient ? partOfGradient(name) : readOff(name)); return form ? [[name, form] as const] : []; });
      return { ...Object.fromEntries(found), ...(tensor ? { tensor } : {}) };
    },
    alternatives: () => (shadowed.size > 0 ? [] : [...otherForms(g, subject, views, session, program.settings.layout === 'numerator', forms().gradient?.size), ...termByTerm(g, nodes, forms(), session)]),
    notes: () => notesOf(w, request, subject, views),
    steps: () => (subject && views ? stepsOf(g, subject, directionFor(g, subject.symbol, names.differential), views, lead ?? views.directional, session, writtenDefinition(program, request)) : []),
  });
  const everything = (): Partial<Record<FormName, Form>> => { const first = stages.best(); return { ...(first ? { [best]: first } : {}), ...stages.others() }; };
  // Which forms there are is known beforehand, but where one may be too long to print.
  const onDemand = (): Partial<Record<FormName, Form>> => {
    const formNames = [...(lead ? [best] : []), ...others.map(([name]) => name), ...(views && hasTensorForm(views) ? ['tensor' as const] : [])];
    return lazily(Object.fromEntries(formNames.map((name) => [name, () => (name === best ? stages.best() : stages.others()[name])])) as unknown as { [K in FormName]: () => Form });
  };
  let made: Partial<Record<FormName, Form>> | undefined;
  const isLong = shadowed.size > 0 || session.isLong || (lead !== undefined && weightOf(lead) > MAX_WRITTEN_OUT);
  const forms = (): Partial<Record<FormName, Form>> => (made ??= isLong ? everything() : onDemand());
  const where = (): readonly WhereDefinition[] => {
    if (isLong) stages.others(); else stages.best();
    return session.where().map(({ name, tree }): WhereDefinition => withOwn<WhereDefinition>(definitionOf(name, unshadowed(tree, shadowed) ?? tree) as WhereDefinition, { name }));
  };
  const tooLong = (): readonly string[] => (isLong ? [...(lead ? [best] : []), ...others.map(([name]) => name)].filter((name) => !forms()[name]) : []).map((form) => `No ${form} form: ${shadowed.size > 0 ? `it is written with a function whose name a declaration of the file has taken (${[...shadowed].join(', ')})` : 'it is too long to print'}.`);

  return lazily<Presentation>({
    of: () => request.of, wrt: () => request.wrt, kind: () => request.kind, line: () => request.line, range: () => request.range,
    shape: () => requestedShape(request, subject, whole), size: () => stages.best()?.size ?? 0, direction: () => (subject ? names.direction : ''), best: () => best,
    forms, alternatives: stages.alternatives, where, notes: () => [...stages.notes(), ...tooLong()], steps: stages.steps,
  });
}

/** The definition of what is differentiated, as it stands in the text; longer ones are looked up there. */
function writtenDefinition({ definitions, text }: Program, { ofTerm }: ProgramRequest): string | undefined {
  const range = ofTerm.kind === 'reference' ? definitions.get(ofTerm.name)?.range : undefined;
  const written = range && text.slice(range.start, range.end).replace(/\s+/g, ' ').trim();
  // A comment may stand between two lines of it.
  return written !== undefined && written.length <= MAX_DEFINITION_TEXT && !/[#%]|\/\//.test(written) ? written : undefined;
}

/** Whether a name is one of a derivative that the text asks for after the request, which does not speak of it: who reads from above does not know it. */
function isDerivedBelow(program: Program, request: ProgramRequest, { name, body, nameRange }: ProgramDefinition): boolean {
  if (nameRange.start < request.range.start || ![...termsWithin(program, body)].some((t) => t.kind === 'derivative')) return false;
  return ![...termsWithin(program, request.term, request.ofTerm)].some((t) => t.kind === 'reference' && t.name === name);
}

/** A line of the panel and the hover. */
const MAX_DEFINITION_TEXT = 100;

const withoutSelf = (definitions: ReadonlyMap<string, Node>, self: Node | undefined): ReadonlyMap<string, Node> =>
  new Map([...definitions].filter(([, node]) => node !== self));

const definitionOf = (name: string, tree: Expr): Written => {
  const written = write(tree);
  return lazily<Written>({ text: () => `${name} = ${written.text}`, unicode: () => `${name} = ${written.unicode}`, latex: () => `${name} = ${written.latex}` });
};

/** Whether a gradient is written with a solve that was turned over: the rules' own is the one that people know then. */
const holdsSolve = (a: Node): boolean => [...reachable(a)].some((x) => x.kind === 'apply' && (isSolve(x.op) || x.op === 'phi'));

function formOf(session: Session, node: Node, indices: readonly string[] | undefined, shadowed: ReadonlySet<string>, rewritten: (tree: Expr) => Expr = (tree) => tree): Form | undefined {
  const printed = session.print(node);
  const made = printed && rewritten(printed.tree);
  const tree = made && session.where().every((d) => unshadowed(d.tree, shadowed)) ? unshadowed(made, shadowed) : undefined;
  return printed && made && tree && withOwn<Form>(write(tree) as Form, { size: printed.size + treeSize(made) - treeSize(printed.tree), ...(indices ? { indices } : {}) });
}

/** Forms by other rules that people know. One that is too long to print without names of its own is left out, and so are smaller inverses at the price of a formula much longer than the gradient's. */
function otherForms(g: Graph, subject: Subject | undefined, views: Views | undefined, session: Session, isNumerator: boolean, size = Infinity): Alternative[] {
  if (!subject || !views) return [];
  const small = views.gradient && otherSide(g, views.gradient);
  const known = alternativesOf(g, { of: subject.of, symbol: subject.symbol, direction: views.direction, ...(views.gradient ? { gradient: views.gradient } : {}) });
  const sides: typeof known = small ? [{ label: `with an inverse of size ${small.to.key} instead of ${small.from.key} (${small.by})`, form: 'gradient', node: small.node }] : [];
  const found = [...sides, ...known];
  return found.flatMap(({ label, form, node, part }: AlternativeNode) => {
    const stand = part && ![...session.definitions.values()].includes(part.node) ? { name: `?${part.op}`, node: part.node } : undefined;
    const { tree, own, size: long } = session.open(stand ? [stand] : []).print(isNumerator && form === 'gradient' && isScalar(subject.of.shape) ? g.transpose(node) : node);
    if (node === small?.node && long > MOST_TIMES_LONGER * size) return [];
    const made = part && stand ? mapTree(tree, (e) => (e.kind === 'name' && e.name === stand.name ? call(part.op, session.open().print(part.arg).tree) : undefined)) : tree;
    return own.length > 0 ? [] : [withOwn<Alternative>(write(made) as Alternative, { label, form })];
  });
}

/** Symmetric parts and commutation factors are the shortest forms; the terms they stand for are what many textbooks print. */
function termByTerm(g: Graph, nodes: Partial<Record<FormName, Node>>, forms: Partial<Record<FormName, Form>>, session: Session): Alternative[] {
  return (['vec', 'directional', 'components'] as const).flatMap((form) => {
    const [node, shown] = [nodes[form], forms[form]];
    if (!node || !shown || !/\b(?:sym|skewpart)\(|\(I [+-] commutation/.test(shown.text)) return [];
    const written = write(plainTree(g, node, session));
    return written.text === shown.text || written.text.length > MAX_ALTERNATIVE ? [] : [withOwn<Alternative>(written as Alternative, { label: `${form}, term by term`, form })];
  });
}

function plainTree(g: Graph, node: Node, session: Session): Expr {
  const names = [...namingsOf(session.definitions), ...session.where()];
  return createWriter(g, { names, arrange: createArrange({ pairs: false }), symmetricParts: false }).tree(node, NOWHERE);
}

/** The same without symmetric parts, where a form has some. */
const termsOf = (g: Graph, node: Node | undefined, session: Session, form: Expr): Expr | undefined =>
  node && somePart(form, (e) => e.kind === 'call' && e.callee.name === 'sym') ? plainTree(g, node, session) : undefined;
const shorterOf = (a: Expr, b: Expr | undefined): Expr => (b && treeSize(b) < treeSize(a) ? b : a);

/** Longer texts say no more than the short form does. */
const MAX_ALTERNATIVE = 400;
/** Woodbury's formula is 2.7 times as long as the inverse that it is for. */
const MOST_TIMES_LONGER = 3;

function bestForm(request: ProgramRequest, subject: Subject | undefined, whole: Node | undefined): FormName {
  if (!subject || (whole && request.kind !== 'diff')) return 'value';
  if (request.kind === 'diff') return 'value';
  if (isScalar(subject.of.shape) || isScalar(subject.symbol.shape)) return 'gradient';
  if (request.kind === 'hessian') return isOne(subject.symbol.shape.cols) ? 'vec' : 'directional';
  return 'vec';
}

function requestedShape(request: ProgramRequest, subject: Subject | undefined, whole: Node | undefined): readonly [string, string] {
  const text = (rows: Dim, cols: Dim): readonly [string, string] => [rows.key, cols.key];
  if (whole || !subject) return text((whole as Node).shape.rows, (whole as Node).shape.cols);
  const { of, symbol } = subject;
  if (isScalar(symbol.shape)) return text(of.shape.rows, of.shape.cols);
  if (request.kind === 'grad') return text(symbol.shape.rows, symbol.shape.cols);
  return text(mulDim(of.shape.rows, of.shape.cols), mulDim(symbol.shape.rows, symbol.shape.cols));
}
