/** Requests to one self-contained module: public functions first, kernels once, below. */
import { addDim, dimNames, isOne, isScalar, mulDim, SCALAR, shape, type Shape } from '../algebra/dim';
import type { Node } from '../algebra/node';
import type { StructureWord } from '../algebra/program';
import { planColumns } from './arrays/columns';
import { CannotGenerate } from './cannot-generate';
import { flopsText, typicalSizes } from './cost';
import type { FunctionSpec } from './emit-function';
import type { Expr } from './expr';
import { createExprs, type Exprs } from './exprs';
import { createFacts } from './facts';
import { indicesIn, leastSizes } from './needs';
import { formula } from './formula';
import { variablesOf, type FunctionKind, type FunctionPlan, type GeneratedModule, type GenerationInput, type GenerationOptions, type LinearMap, type ManifestFunction, type ManifestTogether, type Refused, type TogetherKind } from './generation';
import { asMatrix, tabulate } from './jacobian';
import { createLowering } from './lower';
import { planWords } from './plan-words';
import { createStable } from './stable';
import type { Language } from './target';
import { choosePlan } from './choice';
import { mapOf, planTogether, togetherKinds } from './together';
import { LANGUAGES } from './targets';

/** The module for these requests. A function that cannot be written is refused with its reason; nothing throws. */
export function generateModule(inputs: readonly GenerationInput[], options: GenerationOptions = {}): GeneratedModule {
  const language = LANGUAGES[options.target ?? 'typescript'];
  const writer = language.open();
  const texts = new Map<string, string>();
  const functions: ManifestFunction[] = [];
  const together: ManifestTogether[] = [];
  const plans: FunctionPlan[] = [];
  const variables = new Map<string, readonly string[]>();
  const refused: Refused[] = [];
  const done = new Set<string>();

  for (const input of inputs) {
    for (const kind of kindsOf(input)) {
      // A gradient that is asked for by itself and as a Hessian's companion is one function.
      const key = kind === 'value' ? input.name : `${kind} ${input.name} ${variablesOf(input, kind).join()}`;
      if (done.has(key)) continue;
      try {
        const name = writer.names.take(writer.functionName(kind, input.name, variablesOf(input, kind)));
        const spec = specify(input, kind, name, language);
        const made = writer.write(spec);
        plans.push(planWords(spec));
        texts.set(name, writer.finish(made.text));
        functions.push(made.manifest);
        variables.set(name, made.variables);
        done.add(key);
      } catch (error) {
        if (!(error instanceof CannotGenerate)) throw error;
        refused.push({ name: input.name, kind, reason: error.message });
      }
    }
  }
  for (const input of language.flat ? inputs : []) {
    if (refused.some((r) => r.name === input.name)) continue;
    for (const kinds of togetherKinds(input)) {
      const spec = orNone(() => specifyTogether(input, kinds, (results, kind) => {
        const by = variablesOf(input, kind);
        const key = `${results} ${input.name} ${by.join()}`;
        if (done.has(key)) return undefined;
        done.add(key);
        return writer.names.take(writer.functionName(kind, input.name, by).replace(kind, results));
      }));
      if (!spec) continue;
      const made = writer.write(spec);
      texts.set(spec.name, writer.finish(made.text));
      variables.set(spec.name, made.variables);
      together.push({ name: spec.name, of: input.name, wrt: spec.wrt ?? '', kinds: (spec.results ?? []).map((r) => r.key), parameters: made.manifest.parameters });
    }
  }
  const { above, below } = writer.surroundings();
  const [head, rest] = [writer.finish(above), writer.finish(below)];
  return { text: [head, ...texts.values(), rest].filter((t) => t !== '').join('\n'), head, texts, rest, functions, together, plans, variables, refused };
}

/** Undefined where it cannot be generated: each of its parts can, or says why not. */
function orNone<T>(make: () => T): T | undefined {
  try { return make(); } catch (error) { if (error instanceof CannotGenerate) return undefined; throw error; }
}
function kindsOf(input: GenerationInput): readonly FunctionKind[] {
  return [
    'value', ...(input.gradient ? ['gradient'] as const : []), ...(input.tabulate ? [input.kind === 'hessian' ? 'hessian' : 'jacobian'] as const : []),
    ...(input.jvp ? ['jvp'] as const : []), ...(input.vjp ? ['vjp'] as const : []), ...(input.hvp ? ['hvp'] as const : []),
  ];
}
function specify(input: GenerationInput, kind: FunctionKind, name: string, { tabulates }: Pick<Language, 'tabulates'>): FunctionSpec {
  const ex = createExprs();
  const facts = createFacts(ex);
  const NONE: ReadonlySet<StructureWord> = new Set();
  const leaves = new Map(input.inputs.map((x) => [x.name, ex.leaf(x.name, x.shape, x.words ?? NONE)]));
  const map: LinearMap | undefined = kind === 'jvp' ? input.jvp : kind === 'vjp' ? input.vjp : kind === 'hvp' ? input.hvp : undefined;
  const direction = map ? directionOf(ex, map.direction) : undefined;
  const single = input.tabulate && isScalar(input.tabulate.node.shape) && isScalar(input.tabulate.direction.shape);
  const form = createStable(ex, facts, variablesOf(input, kind).flatMap((v) => leaves.get(v) ?? []));
  const lowering = createLowering(ex, facts, (s) => (map && s === map.direction ? direction : single && s === input.tabulate?.direction ? ex.number(1) : s.role === 'variable' || s.role === 'direction' ? leaves.get(s.name) : undefined), form);
  const shapes = input.inputs.map((x) => x.shape);
  const common = { name, of: input.name, wrt: kind === 'value' ? undefined : variablesOf(input, kind).join(), kind, inputs: input.inputs, facts };
  const needs = () => ({ least: leastSizes(ex), indices: indicesIn(ex) });
  const described = (text: string): { summary: string; notes: readonly string[] } => { const said = summary(input, kind, text); return { summary: said, notes: notesFor(input, kind, said) }; };
  const named = new Map((input.named ?? []).flatMap(({ name: n, node }) => { const e = tryLower(lowering, node); return e && e.kind !== 'leaf' && e.kind !== 'number' ? [[e.id, n] as const] : []; }));
  const known = (e: Expr): string | undefined => (e.kind === 'leaf' ? undefined : named.get(e.id));

  if ((kind === 'jacobian' || kind === 'hessian') && input.tabulate && !single) {
    const result = shape(mulDim(input.tabulate.node.shape.rows, input.tabulate.node.shape.cols), mulDim(input.tabulate.direction.shape.rows, input.tabulate.direction.shape.cols));
    const sizes = typicalSizes(input.sizes ?? new Map(), shapes, result, input.dimFacts ?? []);
    if (tabulates === 'columns') {
      const { plan, columns, text } = planColumns(ex, facts, sizes, input.tabulate, leaves, input.vec ?? 'column', form);
      return { ...common, direction: undefined, result, plan, ...(columns ? { columns } : {}), known, extraDims: dimsIn(ex), ...needs(), ...described(text) };
    }
    const whole = asMatrix(ex, facts, input.tabulate, leaves, form);
    if (whole) {
      const { plan, other, assumes } = choosePlan(ex, facts, whole, { given: input.sizes ?? new Map(), inputs: shapes, result, facts: input.dimFacts ?? [] });
      const words = described(formula(whole, (n) => n));
      return { ...common, direction: undefined, result, plan, ...(other ? { other } : {}), known, extraDims: dimsIn(ex), ...needs(), summary: words.summary, notes: [...words.notes, ...(assumes === undefined ? [] : [assumes])] };
    }
    const made = tabulate(ex, facts, sizes, input.tabulate, leaves, input.vec ?? 'column', form);
    return { ...common, direction: undefined, result, plan: made.plan, ...(made.finish ? { finish: made.finish } : {}), known, extraDims: dimsIn(ex), ...needs(), ...described(made.text) };
  }
  const node = kind === 'value' ? input.value : kind === 'gradient' ? input.gradient : map ? map.node : input.tabulate?.node;
  if (!node) throw new CannotGenerate(`nothing to write for ${kind}`);
  const e = lowering(node);
  const { plan, other, assumes } = choosePlan(ex, facts, e, { given: input.sizes ?? new Map(), inputs: shapes, result: node.shape, facts: input.dimFacts ?? [] });
  const words = described(formula(e, (n) => n, (x) => (x === e ? undefined : known(x))));
  return {
    ...common, plan, ...(other ? { other } : {}), summary: words.summary, notes: [...words.notes, ...(assumes === undefined ? [] : [assumes])], result: node.shape, known: kind === 'value' ? (x) => (x === e ? undefined : known(x)) : known, extraDims: dimsIn(ex), ...needs(),
    direction: direction && map ? { name: symbolName(map.direction), shape: map.direction.shape } : undefined,
  };
}
const WORDS: Readonly<Record<TogetherKind, string>> = { value: 'value', gradient: 'gradient', jacobian: 'Jacobian', hessian: 'Hessian', jvp: 'directional derivative', vjp: 'adjoint derivative', hvp: 'Hessian' };
/** `valueGradientAndHessianFByX`: named as its last part alone, and by the same variables. */
function specifyTogether(input: GenerationInput, asked: readonly TogetherKind[], nameFor: (results: string, kind: TogetherKind) => string | undefined): FunctionSpec | undefined {
  const ex = createExprs();
  const facts = createFacts(ex);
  const leaves = new Map(input.inputs.map((x) => [x.name, ex.leaf(x.name, x.shape, x.words ?? new Set())]));
  const map = mapOf(input, asked);
  const direction = map && directionOf(ex, map.direction);
  const made = planTogether(ex, facts, input, leaves, asked, direction);
  if (!made?.results) return undefined;
  const lowering = createLowering(ex, facts, (s) => (s.role === 'variable' || s.role === 'direction' ? leaves.get(s.name) : undefined), createStable(ex, facts));
  const named = new Map((input.named ?? []).flatMap(({ name: n, node }) => { const e = tryLower(lowering, node); return e && e.kind !== 'leaf' && e.kind !== 'number' ? [[e.id, n] as const] : []; }));
  const kinds = made.results.map((r) => r.key);
  const last = kinds[kinds.length - 1] ?? 'value';
  const by = variablesOf(input, last);
  const said = summary(input, 'value', '');
  const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);
  const name = nameFor(`value${kinds.slice(1, -1).map(capital).join('')}And${capital(last)}`, last);
  if (name === undefined) return undefined;
  const apart = flopsText(made.flopsApart.reduce(addDim));
  const along = map && direction ? symbolName(map.direction) : '';
  const tail = last === 'jvp' ? ` along ${along}` : last === 'vjp' ? `, applied to ${along},` : last === 'hvp' ? ` times ${along}` : '';
  const words = kinds.slice(0, -1).map((k) => WORDS[k]).join(tail === '' ? ', ' : ' and ');
  return {
    name, of: input.name, wrt: by.join(), kind: last, inputs: input.inputs, facts, result: SCALAR,
    direction: map && direction ? { name: along, shape: map.direction.shape } : undefined,
    plan: made.plan, ...(made.other ? { other: made.other } : {}), ...(made.finish ? { finish: made.finish } : {}), results: made.results,
    summary: tail === '' ? `${capital(words)} and ${WORDS[last]} of ${said} by ${by.join(' and ')} at once, which share work` : `${capital(words)} of ${said}, and its ${WORDS[last]} by ${by.join(' and ')}${tail} at once, which share work`,
    notes: [`One by one they take about ${apart} flops.`, ...notesFor(input, last === 'jacobian' || last === 'hessian' ? last : 'gradient', said), ...(made.assumes === undefined ? [] : [made.assumes])],
    known: (e) => (e.kind === 'leaf' ? undefined : named.get(e.id)), extraDims: dimsIn(ex), least: leastSizes(ex), indices: indicesIn(ex),
  };
}
const symbolName = (n: Node): string => (n.kind === 'symbol' ? n.name : 'V');
const directionOf = (ex: Exprs, n: Node): Expr => ex.leaf(symbolName(n), n.shape, n.kind === 'symbol' ? n.words : new Set());

function tryLower(lower: (n: Node) => Expr, node: Node): Expr | undefined {
  return orNone(() => lower(node));
}

/** Every dimension's name that the expressions hold, in order. */
function dimsIn(ex: Exprs): readonly string[] {
  const found = new Set<string>();
  const add = (s: Shape): void => { for (const d of [s.rows, s.cols]) for (const n of dimNames(d)) found.add(n); };
  for (const e of ex.all) {
    add(e.shape);
    if (e.kind === 'size') for (const n of dimNames(e.dim)) found.add(n);
    if (e.kind === 'call') for (const d of e.dims) for (const n of dimNames(d)) found.add(n);
  }
  return [...found];
}

function summary(input: GenerationInput, kind: FunctionKind, text: string): string {
  const value = input.texts?.value ?? formulaOf(input);
  const of = value === '' ? input.name : `${input.name} = ${value}`;
  const adjoint = kind === 'vjp' && isScalar(input.value.shape) && input.texts?.gradient !== undefined ? `${input.vjp ? symbolName(input.vjp.direction) : 'Ybar'}*(${input.texts.gradient})` : undefined;
  const made = kind === 'value' ? '' : input.texts?.[kind] ?? adjoint ?? text;
  // Half a formula says nothing.
  const derivative = made.endsWith('…') ? '' : made;
  const tail = derivative === '' ? '' : `: ${derivative}`;
  const by = variablesOf(input, kind).join(' and ');
  switch (kind) {
    case 'value': return of;
    case 'gradient': return `${isScalar(input.value.shape) ? 'Gradient' : 'Derivative'} of ${of} by ${by}${tail}`;
    case 'jacobian': return `Jacobian of ${of} by ${input.wrt}, rows vec(${input.name}) and columns vec(${input.wrt}), ${(input.vec ?? 'column') === 'column' ? 'columns' : 'rows'} stacked${tail}`;
    case 'hessian': return `Hessian of ${of} by ${by}${tail}`;
    case 'jvp': return `Directional derivative of ${of} by ${input.wrt} along ${input.jvp ? symbolName(input.jvp.direction) : 'V'}${tail}`;
    case 'vjp': return `Adjoint of the derivative of ${of} by ${input.wrt}, applied to ${input.vjp ? symbolName(input.vjp.direction) : 'Ybar'}${tail}`;
    case 'hvp': return `Hessian of ${of} by ${by} times ${input.hvp ? symbolName(input.hvp.direction) : 'V'}${tail}`;
  }
}
/** What a function's reader needs of the notes: conditions of a derivative at derivatives, the names that its formula uses. */
function notesFor(input: GenerationInput, kind: FunctionKind, text: string): readonly string[] {
  const notes = input.notes ?? [];
  const conditions = notes.flatMap((n) => /^Holds where (.*?)(?: \([^()]*\))?\.$/.exec(n)?.[1] ?? []);
  const matrices = [input.value.shape, input.inputs.find((x) => x.name === input.wrt)?.shape].some((s) => s !== undefined && !isOne(s.rows) && !isOne(s.cols));
  let said = text;
  return [...notes].reverse().filter((n) => {
    const name = /^where ([^ =]+) = /.exec(n)?.[1];
    if (name !== undefined) {
      const used = new RegExp(`(?<![\\p{ID_Continue}])${name.replace(/[^\p{ID_Continue}]/gu, '\\$&')}(?![\\p{ID_Continue}])`, 'u').test(said.slice(said.indexOf(': ')));
      if (used) said += n;
      return used;
    }
    if (/^vec stacks /.test(n)) return (kind === 'jacobian' || kind === 'hessian') && matrices;
    if (kind === 'value') return !/^(?:Holds where|Not differentiable|The derivative)/.test(n);
    return !conditions.some((c) => n === `Assumes that ${c}.`);
  }).reverse();
}
function formulaOf(input: GenerationInput): string {
  const ex = createExprs();
  const lower = createLowering(ex, createFacts(ex), (s) => ex.leaf(s.name, s.shape, s.words));
  const e = tryLower(lower, input.value);
  return e ? formula(e, (n) => n) : '';
}

