/** The lines of a plan in a language of whole arrays: an assignment a step, named as the script targets name them. */
import { isOne, isScalar, type Dim, type Shape } from '../../algebra/dim';
import type { FunctionSpec } from '../emit-function';
import type { Expr, Leaf } from '../expr';
import { formula } from '../formula';
import { leavesOf, outsOf, readsOf } from '../memory';
import type { Names } from '../names';
import { takeOne, wishesFor } from '../naming';
import type { KernelStep, ReduceStep, SolveStep, Step } from '../plan';
import { mayVanish } from '../weigh';
import { COLUMN_INDEX, ROW_INDEX } from './columns';
import type { Dialect, LinearTerm, Text, Value } from './dialect';
import { createArrayWriter, valueOf, type ArrayWriter } from './expression';

/** What a language adds to its dialect: statements, solves and kernels. */
export interface Grammar {
  readonly dialect: Dialect;
  readonly assign: (name: string, value: string, comment: string) => string;
  /** The names of several results at once. */
  readonly solve: (step: SolveStep, right: Value, c: StepContext) => Text;
  readonly kernel: (step: KernelStep, c: StepContext) => readonly string[];
  /** An error where a scalar is 0. */
  readonly refuseZero: (name: string, reason: string) => readonly string[];
  readonly reduce: (body: Value, along: ReduceStep['along'], shape: Shape) => Text;
  /** The columns of a Jacobian `out`, p·q × m·n: loops over k and l around `inner`, which make the derivative `text`. */
  readonly table: (t: Table) => readonly string[];
}
export interface StepContext {
  readonly write: ArrayWriter;
  readonly name: (leaf: Leaf) => string;
  readonly size: (d: Dim) => string;
  /** The formula of a step as a comment's text. */
  readonly formula: (e: Expr) => string;
  readonly assign: (leaf: Leaf, value: string) => string;
  /** Whether the factors are for a determinant alone, so that the matrix may be singular. */
  readonly lenient: (factors: Leaf) => boolean;
  /** Whether another step reads it. */
  readonly isRead: (leaf: Leaf) => boolean;
  readonly isReadTwice: (leaf: Leaf) => boolean;
  /** What the factors were made of. */
  readonly source: (leaf: Leaf) => Expr;
}
export interface Table {
  readonly out: string; readonly k: string; readonly l: string; readonly value: Value; readonly inner: readonly string[];
  readonly variable: Shape; readonly shape: Shape; readonly vec: 'column' | 'row';
}

export function writePlan(spec: FunctionSpec, g: Grammar, names: Names, parameter: (name: string) => string, size: (d: Dim) => string): { readonly lines: readonly string[]; readonly result: string } {
  const { steps, result } = spec.plan;
  const values = new Map<string, Expr>();
  for (const step of steps) outsOf(step).forEach((leaf, part) => { values.set(leaf.name, (step.kind === 'kernel' ? step.parts[part] : undefined) ?? step.value); });
  const given = new Map<string, string>();
  const byValue = new Map<number, string>();
  const leaves = new Map<string, Leaf>();
  for (const step of steps) for (const l of outsOf(step)) leaves.set(l.name, l);
  const called = (e: Expr): string | undefined => spec.known(e) ?? (e.kind === 'leaf' ? nameOf(e.name, e.local) : byValue.get(e.id));
  const nameLeaf = (leaf: Leaf): string => {
    if (!leaf.local) return parameter(leaf.name);
    const old = given.get(leaf.name);
    if (old !== undefined) return old;
    const value = values.get(leaf.name);
    const name = takeOne(names, wishesFor(value ?? leaf, spec.facts, called));
    given.set(leaf.name, name);
    if (value && !byValue.has(value.id)) byValue.set(value.id, name);
    return name;
  };
  const nameOf = (name: string, local: boolean): string => {
    const leaf = local ? leaves.get(name) : undefined;
    return leaf ? nameLeaf(leaf) : local ? name : parameter(name);
  };
  // By a scalar there is one column, and no loop that would name it.
  const [k, l] = !spec.columns ? ['k', 'l'] : isScalar(spec.columns.variable) ? ['0', '0'] : [names.take('k'), names.take('l')];
  const write = createArrayWriter(g.dialect, nameOf, (t) => (t === ROW_INDEX ? k : t === COLUMN_INDEX ? l : t));
  const text = (e: Expr): string => formula(e, (n, local) => nameOf(n, local), (x) => byValue.get(x.id)).replaceAll(ROW_INDEX, k).replaceAll(COLUMN_INDEX, l);
  const term = (c: Expr, arg: Value): LinearTerm => {
    const negative = c.kind === 'number' && c.value.n < 0n;
    const size_: Expr = negative && c.kind === 'number' ? { ...c, value: { n: -c.value.n, d: c.value.d } } : c;
    const one = size_.kind === 'number' && size_.value.n === 1n && size_.value.d === 1n;
    return { negative, coefficient: one ? undefined : write(size_), arg };
  };
  const scaled = (c: Expr, v: Value): Value => {
    const t = term(c, v);
    return !t.negative && t.coefficient === undefined ? v : valueOf(g.dialect.linear([t], v.shape), v.shape);
  };
  // A column is made of these after the steps.
  const later: ReadonlySet<Leaf> = spec.columns ? leavesOf(spec.plan.result) : new Set();
  const context: StepContext = {
    write, name: nameLeaf, size, formula: text,
    assign: (leaf, value) => g.assign(nameLeaf(leaf), value, text(values.get(leaf.name) ?? leaf)),
    lenient: (factors) => steps.every((x) => !(x.kind === 'solve' && x.matrix === factors) && !(x.kind === 'kernel' && x.op !== 'luDeterminant' && x.args.includes(factors))),
    isRead: (leaf) => later.has(leaf) || steps.some((x) => readsOf(x).has(leaf)), isReadTwice: (leaf) => later.has(leaf) || steps.filter((x) => readsOf(x).has(leaf)).length > 1,
    source: (leaf) => { const v = values.get(leaf.name); return v?.kind === 'call' && v.args[0] ? v.args[0] : leaf; },
  };
  const lineOf = (step: Step): readonly string[] => {
    switch (step.kind) {
      case 'product': {
        const [a, b] = [write(step.a), write(step.b)];
        const isDyad = isOne(step.a.shape.cols) && !isScalar(step.out.shape);
        // A number scales a vector before the matrix is made of it.
        const product = valueOf(isScalar(step.out.shape) ? g.dialect.dot(a, b) : isDyad ? g.dialect.outer(scaled(step.alpha, a), b) : g.dialect.multiply(a, b), step.out.shape);
        const terms = [isDyad ? { negative: false, coefficient: undefined, arg: product } : term(step.alpha, product), ...(step.add ? [term(step.beta, write(step.add))] : [])];
        const comment = `${text(step.a)}*${text(step.b)}`;
        const sum = terms.length === 1 ? isDyad ? product : scaled(step.alpha, product) : g.dialect.linear(terms, step.out.shape);
        const alpha = text(step.alpha);
        const full = `${alpha === '1' ? '' : alpha === '-1' ? '-' : `${alpha}*`}${comment}${step.add ? ` + ${text(step.beta) === '1' ? '' : `${text(step.beta)}*`}${nameLeaf(step.add)}` : ''}`;
        return [g.assign(nameLeaf(step.out), sum.text, full.replace('+ -1*', '- ').replace('+ -', '- '))];
      }
      case 'scalar': case 'loop': return [
        g.assign(nameLeaf(step.out), write(step.body).text, text(step.body)),
        ...(step.kind === 'scalar' && mayVanish(step.body) ? g.refuseZero(nameLeaf(step.out), `${text(step.body)} is too small for a number`) : []),
      ];
      case 'reduce': return [g.assign(nameLeaf(step.out), g.reduce(write(step.body), step.along, step.out.shape).text, `${step.along === 'rows' ? 'rowsum' : 'colsum'}(${text(step.body)})`)];
      case 'solve': return [g.assign(nameLeaf(step.out), g.solve(step, scaled(step.alpha, write(step.right)), context).text, text(step.value))];
      case 'kernel': return g.kernel(step, context);
    }
  };
  if (!spec.columns) return { lines: steps.flatMap(lineOf), result: write(result).text };
  const { varying, variable, value, vec } = spec.columns;
  const out = names.take('J');
  const once = steps.filter((s) => !varying.has(s)).flatMap(lineOf);
  const inner = steps.filter((s) => varying.has(s)).flatMap(lineOf);
  return { lines: [...once, ...g.table({ out, k, l, value: write(result), inner, variable, shape: value, vec })], result: out };
}
