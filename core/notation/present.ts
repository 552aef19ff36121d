/** A request to its presentation: every notation, the shared names, notes and steps. The one entry for editor and command line. */
import { isOne, isScalar, mulDim, type Dim } from '../algebra/dim';
import type { Graph } from '../algebra/graph';
import type { Node } from '../algebra/node';
import { operator } from '../algebra/operators';
import type { Program, ProgramRequest } from '../algebra/program';
import { Refusal } from '../algebra/refusal';
import { childrenOf } from '../algebra/substitute';
import { alternativesOf } from '../calculus/alternatives';
import { spaceOf } from '../calculus/projection';
import type { RuleUse } from '../calculus/differential';
import { directionFor, type Workspace } from '../calculus/workspace';
import { diagnose } from '../syntax/codes';
import type { Diagnostic } from '../syntax/diagnostic';
import { printLatex } from '../syntax/latex';
import { printSize } from '../syntax/size';
import { printText } from '../syntax/print';
import { printUnicode } from '../syntax/unicode';
import type { Expr } from '../syntax/tree';
import { createArrange } from './arrange';
import { NOWHERE } from './place';
import { createWriter } from './printer';
import { readable, type Readable } from './readable';
import { treeSize } from './cost';
import { MAX_WRITTEN_OUT } from './limits';
import { writtenOut } from './written-out';
import { stepsOf } from './steps';
import { subjectOf, workspaceOf, type Subject } from './subject';
import type { Alternative, Form, FormName, Presentation, WhereDefinition, Written } from './presentation';
import { viewsOf, type Views } from './views';
import { pickNames } from './views-names';
import { tensorForm } from './views-tensor';

export type Presented = Presentation | { readonly refused: Diagnostic };

/** What was printed already: the verdict, the generated code and the panel ask for the same forms. */
const printed = new WeakMap<Program, { readonly request: ProgramRequest; readonly presented: Presented }[]>();
const same = (a: ProgramRequest, b: ProgramRequest): boolean =>
  a.kind === b.kind && a.of === b.of && a.ofTerm === b.ofTerm && a.term === b.term && a.line === b.line && a.range === b.range && a.wrt.join() === b.wrt.join();

export function present(program: Program, request: ProgramRequest): Presented {
  const known = printed.get(program) ?? [];
  const old = known.find((k) => same(k.request, request));
  if (old) return old.presented;
  const presented = presentedAnew(program, request);
  printed.set(program, [...known, { request, presented }]);
  return presented;
}

function presentedAnew(program: Program, request: ProgramRequest): Presented {
  try {
    return presentation(workspaceOf(program), request);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { refused: diagnose('MC4001', error.reason, request.range) };
  }
}

const write = (tree: Expr): Written => ({ text: printText(tree), unicode: printUnicode(tree), latex: printLatex(tree) });

function presentation(w: Workspace, request: ProgramRequest): Presentation {
  const { g, program } = w;
  const subject = subjectOf(w, request);
  const whole = request.kind === 'value' || request.kind === 'diff' || request.kind === 'hvp' || request.kind === 'vjp' ? w.node(request.term) : undefined;
  const names = pickNames(program, subject);
  const views: Views | undefined = subject && viewsOf(g, subject.of, subject.symbol, names, program.settings);
  const best = bestForm(request, subject, whole);
  const definitions = new Map<string, Node>();
  for (const name of program.definitions.keys()) {
    try { definitions.set(name, w.definition(name)); } catch (error) { if (!(error instanceof Refusal)) throw error; }
  }
  const taken = new Set([...program.variables.keys(), ...program.definitions.keys(), ...program.functions.keys(), ...program.dimensions.keys(),
    names.differential, names.direction, ...names.ofF, ...names.ofX]);
  const nodes: Partial<Record<FormName, Node>> = { ...views?.nodes, ...(whole ? { value: whole } : {}) };

  // The form that answers best chooses the shared names; the others use them.
  const lead = nodes[best];
  const where: WhereDefinition[] = [];
  const tooLong: FormName[] = [];
  const forms: Partial<Record<FormName, Form>> = {};
  const shared = new Map(definitions);
  const own = best === 'value' && request.kind === 'value' ? withoutSelf(definitions, whole) : definitions;
  const bound = new Set([...names.ofF, ...names.ofX]);
  /** New names join those of the request; what holds a direction, an index or a basis vector is written out. */
  const settled = (r: Readable, name: FormName): Form | undefined => {
    const inside = new Map<string, Expr>();
    for (const d of r.where) {
      taken.add(d.name);
      const tree = writtenOut(d.tree, inside);
      if (d.node.linear || holdsBound(d.node, bound)) {
        inside.set(d.name, tree);
        continue;
      }
      shared.set(d.name, d.node);
      const written = write(tree);
      where.push({ name: d.name, text: `${d.name} = ${written.text}`, unicode: `${d.name} = ${written.unicode}`, latex: `${d.name} = ${written.latex}` });
    }
    const tree = writtenOut(r.tree, inside);
    if (treeSize(tree) <= MAX_WRITTEN_OUT) return formOf(tree, where);
    tooLong.push(name);
    return undefined;
  };
  if (lead) {
    forms[best] = settled(readable(g, lead, { definitions: own, where: true, taken }), best);
  }
  for (const [name, node] of Object.entries(nodes) as [FormName, Node][]) {
    if (name === best) continue;
    const indices = name === 'components' ? names.ofX : name === 'index' ? [...names.ofF, ...names.ofX] : undefined;
    const form = settled(readable(g, node, { definitions: shared, where: false, taken }), name);
    if (form) forms[name] = { ...form, ...(indices ? { indices } : {}) };
  }
  // What is too long to print without names of its own is left out where there is no place for them.
  let isWhole = true;
  const plain = (node: Node): Expr => {
    const r = readable(g, node, { definitions: shared, where: false, taken });
    if (r.where.length > 0) isWhole = false;
    return r.tree;
  };
  const unnamed = <T>(make: () => T): T | undefined => {
    isWhole = true;
    const made = make();
    return isWhole ? made : undefined;
  };
  if (views && subject) {
    const tensor = unnamed(() => tensorForm(g, views, names, plain));
    if (tensor) forms.tensor = { ...tensor, size: printSize(tensor.text) };
  }
  const others = views && subject ? alternativesOf(g, { of: subject.of, symbol: subject.symbol, direction: views.direction, ...(views.gradient ? { gradient: views.gradient } : {}) })
    .flatMap((a) => unnamed(() => ({ label: a.label, form: a.form, ...write(plain(a.node)) })) ?? []) : [];
  // Symmetric parts and commutation factors are the shortest forms; the terms they stand for are what many textbooks print.
  const alternatives = [...others, ...termByTerm(g, nodes, forms, shared)];
  return {
    of: request.of, wrt: request.wrt, kind: request.kind, line: request.line, range: request.range,
    shape: requestedShape(request, subject, whole), size: forms[best]?.size ?? 0, direction: subject ? names.direction : '', best, forms, alternatives, where,
    notes: [...notesOf(w, request, subject, views), ...tooLong.map((form) => `No ${form} form: it is too long to print.`)],
    steps: subject && views ? stepsOf(g, subject.of, subject.symbol, directionFor(g, subject.symbol, names.differential), views, nodes[best] ?? views.directional, plain, unnamed) : [],
  };
}

function termByTerm(g: Graph, nodes: Partial<Record<FormName, Node>>, forms: Partial<Record<FormName, Form>>, names: ReadonlyMap<string, Node>): Alternative[] {
  return (['vec', 'directional', 'components'] as const).flatMap((form) => {
    const [node, shown] = [nodes[form], forms[form]];
    if (!node || !shown || !/\b(?:sym|skewpart)\(|\(I [+-] commutation/.test(shown.text)) return [];
    const plain = createWriter(g, { names: [...names].map(([name, of]) => ({ name, node: of })), arrange: createArrange({ pairs: false }), symmetricParts: false });
    const written = write(plain.tree(node, NOWHERE));
    return written.text === shown.text || written.text.length > MAX_ALTERNATIVE ? [] : [{ label: `${form}, term by term`, form, ...written }];
  });
}

/** Longer texts say no more than the short form does. */
const MAX_ALTERNATIVE = 400;

const withoutSelf = (definitions: ReadonlyMap<string, Node>, self: Node | undefined): ReadonlyMap<string, Node> =>
  new Map([...definitions].filter(([, node]) => node !== self));

function formOf(tree: Expr, where: readonly WhereDefinition[]): Form {
  const written = write(tree);
  return { ...written, size: printSize(written.text) + neededWhere(written.text, where).reduce((n, d) => n + printSize(d.text), 0) };
}

/** Whether a node holds an index, or a basis vector. */
const holdsBound = (node: Node, bound: ReadonlySet<string>): boolean =>
  [...reachable(node)].some((a) => a.kind === 'basis' || (a.kind === 'symbol' && bound.has(a.name)));

/** The `where` lines that a text uses, directly or through each other. */
export function neededWhere(text: string, where: readonly WhereDefinition[]): WhereDefinition[] {
  const needed: WhereDefinition[] = [];
  const words = (t: string): ReadonlySet<string> => new Set(t.match(/[\p{L}_][\p{L}\p{N}_]*/gu) ?? []);
  let used = words(text);
  for (const d of [...where].reverse()) {
    if (!used.has(d.name)) continue;
    needed.unshift(d);
    used = new Set([...used, ...words(d.text)]);
  }
  return needed;
}

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

function notesOf(w: Workspace, request: ProgramRequest, subject: Subject | undefined, views: Views | undefined): string[] {
  const notes = new Set<string>();
  if (!subject || !views) return [];
  const { program } = w;
  if (!w.g.depends(subject.of, subject.symbol)) notes.add(`${request.of} does not depend on ${request.wrt.at(-1) ?? ''}.`);
  for (const use of views.uses) {
    const condition = conditionOf(w, use);
    if (condition !== undefined) notes.add(`Holds where ${condition} (${use.name}).`);
  }
  for (const node of reachable(subject.of)) {
    if (node.kind !== 'apply') continue;
    const kinks = operator(node.op)?.notDifferentiable;
    if (kinks) notes.add(`Not differentiable ${kinks}.`.replace(/\.\.$/, '.'));
    const record = w.g.records.get(node.id);
    if (record?.condition) notes.add(`Uses ${record.rule}: ${record.condition}.`);
  }
  const below = reachable(subject.of);
  for (const node of w.g.implied.values()) {
    // Only what this formula's own inverses take for granted, not those of other statements.
    const base = [...below].find((p) => p.kind === 'power' && w.g.implied.has(p.base.id) && (p.base === node || reachable(p.base).has(node)));
    if (node.linear || !base) continue;
    const tree = printText(readable(w.g, node, { where: false }).tree);
    notes.add(node.shape.rows.key === node.shape.cols.key ? `Assumes that ${tree} is invertible.` : `Assumes that ${tree} has full column rank.`);
  }
  const space = spaceOf(subject.symbol);
  const x = request.wrt.at(-1) ?? '';
  if (space) notes.add(space === 'orthogonal' ? `Projected on the tangent space of the orthogonal matrices at ${x}.` : `The derivative in the space of ${space} matrices; directions are ${space} too.`);
  if (views.nodes.vec && !isScalar(subject.of.shape)) {
    notes.add(program.settings.vec === 'row' ? 'vec stacks rows (set vec = row).' : 'vec stacks columns.');
  }
  if (program.settings.layout !== 'mixed') notes.add(`Printed in ${program.settings.layout} layout.`);
  for (const m of views.missing) notes.add(`No ${m.form} form: ${m.reason}.`);
  return [...notes];
}

/** A rule's condition about the node it was used on; undefined where the node's structure meets it. */
function conditionOf(w: Workspace, use: RuleUse): string | undefined {
  const { g } = w;
  const arg = use.node.kind === 'power' ? use.node.base : use.node.kind === 'apply' ? use.node.args[0] : undefined;
  if (use.condition === undefined || !arg) return use.condition;
  if (use.condition === 'x > 0' && g.isPositive(arg)) return undefined;
  if (use.condition === 'A invertible' && g.isInvertible(arg) && !g.implied.has(arg.id)) return undefined;
  if (g.isPosdef(arg) && /positive definite|closed negative axis|det\(A\) > 0|A invertible/.test(use.condition)) return undefined;
  const name = printText(readable(g, arg, { where: false }).tree);
  return /\b(?:A|x)\b/.test(use.condition) ? use.condition.replace(/\b(?:A|x)\b/g, () => name).replace(/^(.*[^a-zA-Z0-9)\]'].*) (invertible|positive definite|symmetric)/, '$1 is $2').replace(/^([\w']+) (invertible|positive definite|symmetric)/, '$1 is $2') : `${name} has ${use.condition}`;
}

function reachable(root: Node): ReadonlySet<Node> {
  const seen = new Set<Node>();
  const stack: Node[] = [root];
  while (stack.length > 0) {
    const a = stack.pop() as Node;
    if (seen.has(a)) continue;
    seen.add(a);
    stack.push(...childrenOf(a));
  }
  return seen;
}
