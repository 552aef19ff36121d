/** Requests to one self-contained module: public functions first, kernels once, below. */
import { dimNames, isScalar, mulDim, shape, type Shape } from '../algebra/dim';
import type { Node } from '../algebra/node';
import type { StructureWord } from '../algebra/program';
import { planColumns } from './arrays/columns';
import { CannotGenerate } from './cannot-generate';
import { typicalSizes } from './cost';
import type { FunctionSpec } from './emit-function';
import type { Expr } from './expr';
import { createExprs, type Exprs } from './exprs';
import { createFacts } from './facts';
import { formula } from './formula';
import type { FunctionKind, FunctionPlan, GeneratedModule, GenerationInput, GenerationOptions, LinearMap, ManifestFunction, Refused } from './generation';
import { tabulate } from './jacobian';
import { createLowering } from './lower';
import { planWords } from './plan-words';
import { choosePlan } from './choice';
import { LANGUAGES } from './targets';

/** The module for these requests. A function that cannot be written is refused with its reason; nothing throws. */
export function generateModule(inputs: readonly GenerationInput[], options: GenerationOptions = {}): GeneratedModule {
  const language = LANGUAGES[options.target ?? 'typescript'];
  const writer = language.open();
  const texts = new Map<string, string>();
  const functions: ManifestFunction[] = [];
  const plans: FunctionPlan[] = [];
  const variables = new Map<string, readonly string[]>();
  const refused: Refused[] = [];
  const done = new Set<string>();

  for (const input of inputs) {
    for (const kind of kindsOf(input)) {
      // A gradient that is asked for by itself and as a Hessian's companion is one function.
      const key = kind === 'value' ? input.name : `${kind} ${input.name} ${input.wrt ?? ''}`;
      if (done.has(key)) continue;
      try {
        const name = writer.names.take(writer.functionName(kind, input.name, input.wrt ?? ''));
        const spec = specify(input, kind, name, language.tabulates);
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
  const { above, below } = writer.surroundings();
  const [head, rest] = [writer.finish(above), writer.finish(below)];
  return { text: [head, ...texts.values(), rest].filter((t) => t !== '').join('\n'), head, texts, rest, functions, plans, variables, refused };
}

function kindsOf(input: GenerationInput): readonly FunctionKind[] {
  return [
    'value', ...(input.gradient ? ['gradient'] as const : []), ...(input.tabulate ? [input.kind === 'hessian' ? 'hessian' : 'jacobian'] as const : []),
    ...(input.jvp ? ['jvp'] as const : []), ...(input.vjp ? ['vjp'] as const : []), ...(input.hvp ? ['hvp'] as const : []),
  ];
}
function specify(input: GenerationInput, kind: FunctionKind, name: string, tabulates: 'entries' | 'columns'): FunctionSpec {
  const ex = createExprs();
  const facts = createFacts(ex);
  const NONE: ReadonlySet<StructureWord> = new Set();
  const leaves = new Map(input.inputs.map((x) => [x.name, ex.leaf(x.name, x.shape, x.words ?? NONE)]));
  const map: LinearMap | undefined = kind === 'jvp' ? input.jvp : kind === 'vjp' ? input.vjp : kind === 'hvp' ? input.hvp : undefined;
  const direction = map ? directionOf(ex, map.direction) : undefined;
  const single = input.tabulate && isScalar(input.tabulate.node.shape) && isScalar(input.tabulate.direction.shape);
  const lowering = createLowering(ex, facts, (s) => (map && s === map.direction ? direction : single && s === input.tabulate?.direction ? ex.number(1) : s.role === 'variable' || s.role === 'direction' ? leaves.get(s.name) : undefined));
  const shapes = input.inputs.map((x) => x.shape);
  const common = { name, of: input.name, wrt: kind === 'value' ? undefined : input.wrt, kind, notes: input.notes ?? [], inputs: input.inputs, facts };
  const named = new Map((input.named ?? []).flatMap(({ name: n, node }) => { const e = tryLower(lowering, node); return e && e.kind !== 'leaf' && e.kind !== 'number' ? [[e.id, n] as const] : []; }));
  const known = (e: Expr): string | undefined => (e.kind === 'leaf' ? undefined : named.get(e.id));

  if ((kind === 'jacobian' || kind === 'hessian') && input.tabulate && !single) {
    const result = shape(mulDim(input.tabulate.node.shape.rows, input.tabulate.node.shape.cols), mulDim(input.tabulate.direction.shape.rows, input.tabulate.direction.shape.cols));
    const sizes = typicalSizes(input.sizes ?? new Map(), shapes, result, input.dimFacts ?? []);
    if (tabulates === 'columns') {
      const { plan, columns, text } = planColumns(ex, facts, sizes, input.tabulate, leaves, input.vec ?? 'column');
      return { ...common, direction: undefined, result, plan, ...(columns ? { columns } : {}), known, extraDims: dimsIn(ex), summary: summary(input, kind, text) };
    }
    const made = tabulate(ex, facts, sizes, input.tabulate, leaves, input.vec ?? 'column');
    return { ...common, direction: undefined, result, plan: made.plan, ...(made.finish ? { finish: made.finish } : {}), known, extraDims: dimsIn(ex), summary: summary(input, kind, made.text) };
  }
  const node = kind === 'value' ? input.value : kind === 'gradient' ? input.gradient : map ? map.node : input.tabulate?.node;
  if (!node) throw new CannotGenerate(`nothing to write for ${kind}`);
  const e = lowering(node);
  const { plan, other, assumes } = choosePlan(ex, facts, e, { given: input.sizes ?? new Map(), inputs: shapes, result: node.shape, facts: input.dimFacts ?? [] });
  return {
    ...common, plan, ...(other ? { other } : {}), notes: [...common.notes, ...(assumes === undefined ? [] : [assumes])], result: node.shape, known: kind === 'value' ? (x) => (x === e ? undefined : known(x)) : known, extraDims: dimsIn(ex),
    direction: direction && map ? { name: symbolName(map.direction), shape: map.direction.shape } : undefined,
    summary: summary(input, kind, formula(e, (n) => n, (x) => (x === e ? undefined : known(x)))),
  };
}
const symbolName = (n: Node): string => (n.kind === 'symbol' ? n.name : 'V');
const directionOf = (ex: Exprs, n: Node): Expr => ex.leaf(symbolName(n), n.shape, n.kind === 'symbol' ? n.words : new Set());

function tryLower(lower: (n: Node) => Expr, node: Node): Expr | undefined {
  try { return lower(node); } catch (error) { if (error instanceof CannotGenerate) return undefined; throw error; }
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
  const derivative = kind === 'value' ? '' : input.texts?.[kind] ?? text;
  const tail = derivative === '' ? '' : `: ${derivative}`;
  switch (kind) {
    case 'value': return of;
    case 'gradient': return `${isScalar(input.value.shape) ? 'Gradient' : 'Derivative'} of ${of} by ${input.wrt}${tail}`;
    case 'jacobian': return `Jacobian of ${of} by ${input.wrt}, rows vec(${input.name}) and columns vec(${input.wrt}), ${(input.vec ?? 'column') === 'column' ? 'columns' : 'rows'} stacked${tail}`;
    case 'hessian': return `Hessian of ${of} by ${input.wrt}${tail}`;
    case 'jvp': return `Directional derivative of ${of} by ${input.wrt} along ${input.jvp ? symbolName(input.jvp.direction) : 'V'}${tail}`;
    case 'vjp': return `Adjoint of the derivative of ${of} by ${input.wrt}, applied to ${input.vjp ? symbolName(input.vjp.direction) : 'Ybar'}${tail}`;
    case 'hvp': return `Hessian of ${of} by ${input.wrt} times ${input.hvp ? symbolName(input.hvp.direction) : 'V'}${tail}`;
  }
}
function formulaOf(input: GenerationInput): string {
  const ex = createExprs();
  const lower = createLowering(ex, createFacts(ex), (s) => ex.leaf(s.name, s.shape, s.words));
  const e = tryLower(lower, input.value);
  return e ? formula(e, (n) => n) : '';
}

