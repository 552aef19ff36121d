/** One exported function: its doc comment, signature, sizes and checks around the lines of its plan. */
import { isOne, isScalar, mulDim, type Dim, type Shape } from '../algebra/dim';
import { flopsText } from './cost';
import { fitted } from './fit-lines';
import { givenBack, placesOf, togetherLines } from './emit-together';
import { createStepWriter, type Helper, type StepWriter, type Surroundings } from './emit-steps';
import type { Comparison } from './choice';
import type { Expr, Leaf } from './expr';
import type { Facts } from './facts';
import type { FunctionKind, ManifestParameter, TogetherKind } from './generation';
import { assignMemory, leavesOf, outsOf } from './memory';
import { commentSafe, createNames, identifier, quote, type Names } from './names';
import { indexText, type IndexNeed, type LeastSize } from './needs';
import type { Plan, Step } from './plan';
import { readLate } from './read-late';
import { fuseRowPasses } from './row-pass';
import { planSizes, sizeText, type Sized } from './sizes';
import type { WrittenFunction } from './target';

export interface FunctionSpec {
  readonly name: string;
  readonly of: string;
  readonly wrt: string | undefined;
  readonly kind: FunctionKind;
  /** `Gradient of f by w: 2*X'*(X*w - y)`. */
  readonly summary: string;
  readonly notes: readonly string[];
  readonly inputs: readonly Sized[];
  readonly direction: Sized | undefined;
  readonly result: Shape;
  readonly plan: Plan;
  /** Where another plan is cheaper unless left <= right. */
  readonly other?: { readonly plan: Plan; readonly when: Comparison };
  /** Several results at once, in the order of the arguments of the plan's `tuple`. */
  readonly results?: readonly TogetherResult[];
  /** Writes the result where the plan's last array is not it (a tabulated Jacobian). */
  readonly finish?: (w: StepWriter, split: { readonly before: string[]; readonly write: (steps: readonly Step[], declarations?: string[]) => string[] }, names: FunctionNames) => void;
  /** For languages of whole arrays: a Jacobian by columns, one for each entry of the variable; these steps change with it. */
  readonly columns?: { readonly varying: ReadonlySet<Step>; readonly variable: Shape; readonly value: Shape; readonly vec: 'column' | 'row' };
  /** Dimensions used beyond those of the inputs. */
  readonly extraDims: readonly string[];
  /** Dimensions that entries with fixed indices need: `x[3]` needs n >= 3. */
  readonly least?: readonly LeastSize[];
  readonly indices?: readonly IndexNeed[];
  readonly known: (e: Expr) => string | undefined;
  readonly facts: Facts;
}
export interface FunctionNames { readonly out: string; readonly size: (d: Dim) => string; readonly local: (wish: string) => string; readonly free: (wish: string) => string; readonly use: (kernel: string) => string; readonly scratch: (slot: number, length: string) => string }
export interface TogetherResult { readonly key: TogetherKind; readonly shape: Shape }
export interface Module {
  readonly use: (kernel: string) => string;
  readonly kernelExists: (kernel: string) => boolean;
  readonly helper: (name: Helper) => string;
  /** Names of the module's functions, kernels and helpers. */
  readonly names: Names;
  /** Whether types are written. */
  readonly typed: boolean;
}

export function emitFunction(spec: FunctionSpec, module: Module): WrittenFunction {
  const names = createNames([], module.names);
  const parameters = new Map<string, string>();
  const manifest: ManifestParameter[] = [];
  const pair = (s: Shape): readonly [string, string] => [s.rows.key, s.cols.key];
  const addParameter = (x: Sized, role: 'input' | 'direction'): void => {
    const name = names.take(x.name);
    parameters.set(x.name, name);
    manifest.push({ name, type: isScalar(x.shape) ? 'number' : 'Float64Array', role, shape: pair(x.shape) });
  };
  for (const x of spec.inputs) addParameter(x, 'input');
  if (spec.direction) addParameter(spec.direction, 'direction');

  const sizes = planSizes(spec.inputs, spec.extraDims.filter((d) => !d.startsWith('min(')));
  const dimNames = new Map<string, string>();
  for (const d of sizes.all) dimNames.set(d, names.take(d));
  const smaller = spec.extraDims.filter((d) => d.startsWith('min('));
  for (const d of smaller) dimNames.set(d, names.take('r'));
  const size = (d: Dim): string => sizeText(d, (n) => dimNames.get(n) ?? identifier(n));
  const scalarResult = isScalar(spec.result);
  const dimsName = sizes.asked.length > 0 ? names.take('dims') : '';
  if (dimsName !== '') manifest.push({ name: dimsName, type: 'dims', role: 'dims', shape: [...sizes.asked] });
  const several = (spec.results ?? []).filter((r) => !isScalar(r.shape));
  const outName = scalarResult && several.length === 0 ? '' : names.take('out');
  const locals = new Map(several.map((r) => [r.key, names.take(r.key)] as const));
  if (!scalarResult) manifest.push({ name: outName, type: 'Float64Array', role: 'out', shape: pair(spec.result) });

  const lines: string[] = [];
  const given = sizes.asked.map((d) => (dimNames.get(d) === d && identifier(d) === d ? d : `${JSON.stringify(d)}: ${dimNames.get(d)}`));
  if (dimsName !== '') lines.push(`const { ${given.join(', ')} } = ${dimsName};`);
  for (const r of sizes.rules) lines.push(`const ${dimNames.get(r.dim)} = ${r.how(`${parameters.get(r.from)}.length`, size)};`);
  for (const d of smaller) lines.push(`const ${dimNames.get(d)} = Math.min(${d.slice(4, -1).split(', ').map((n) => smallerText(n, dimNames)).join(', ')});`);
  for (const d of sizes.asked) lines.push(`${module.helper('expectSize')}(${quote(d)}, ${dimNames.get(d)});`);
  const arrays = [...spec.inputs, ...(spec.direction ? [spec.direction] : [])].filter((x) => !isScalar(x.shape));
  for (const x of arrays) {
    const [rows, cols] = [size(x.shape.rows), size(x.shape.cols)];
    const written = isOne(x.shape.cols) ? wrapDim(x.shape.rows) : `${wrapDim(x.shape.rows)} x ${wrapDim(x.shape.cols)}`;
    lines.push(`${module.helper('expectShape')}(${quote(x.name)}, ${parameters.get(x.name)}, ${rows}, ${cols}, ${quote(written)});`);
  }
  for (const x of [...spec.inputs, ...(spec.direction ? [spec.direction] : [])]) if (isScalar(x.shape) && !spec.indices?.some((i) => i.name === x.name)) lines.push(`${module.helper('expectNumber')}(${quote(x.name)}, ${parameters.get(x.name)});`);
  for (const { name, more, dim } of spec.indices ?? []) lines.push(`${module.helper('expectIndex')}(${quote(indexText(name, more))}, ${indexText(parameters.get(name) ?? identifier(name), more)}, ${size(dim)});`);
  for (const { dim, size: least } of spec.least ?? []) lines.push(`if (${size(dim)} < ${least}) throw new RangeError(${quote(`an entry with index ${least} needs ${dim.key} >= ${least}`)});`);
  const checks = lines.length;

  const steps = spec.plan.steps;
  const body = (plan: Plan, s: Surroundings): string[] => (spec.results ? togetherLines(fuseRowPasses(plan), spec.results, locals, s) : bodyOf(fuseRowPasses(plan), s, scalarResult));
  const surroundings: Surroundings = {
    names, facts: spec.facts, parameter: (n) => parameters.get(n) ?? identifier(n), size, use: module.use, kernelExists: module.kernelExists, helper: module.helper, known: spec.known, outName,
  };
  if (spec.finish) {
    const held = new Set<Leaf>(leavesOf(spec.plan.result));
    for (const s of steps) for (const l of outsOf(s)) held.add(l);
    const { results } = spec;
    const memory = assignMemory(steps, undefined, held, results && placesOf(spec.plan.beside ?? [], results, locals));
    const w = createStepWriter(steps, memory, surroundings, leavesOf(spec.plan.result));
    spec.finish(w, { before: lines, write: (list, declarations) => w.write(list, declarations) }, { out: locals.get(results?.[results.length - 1]?.key ?? 'value') ?? outName, size, local: (wish) => names.take(wish), free: (wish) => freeName(names, wish), use: module.use, scratch: (slot, length) => `${module.helper('scratch')}(${slot}, ${length})` });
    lines.push(...(results ? givenBack(spec.plan.beside ?? [], results, locals, w) : [`return ${outName};`]));
  } else if (spec.other) {
    const { left, right } = spec.other.when;
    const within = (plan: Plan): string[] => body(plan, { ...surroundings, names: createNames([], names) });
    lines.push(`if (${size(left)} <= ${size(right)}) {`, ...within(spec.plan).map((l) => `  ${l}`), '}', ...within(spec.other.plan));
  } else lines.push(...body(spec.plan, surroundings));
  const bodyLines = lines.splice(checks);
  /** Inputs that are read while this result is written come in brackets: they are apart in memory, the others only not it. */
  const resultOf = (name: string, given: string, shape: Shape, before: readonly string[]): string => {
    const all = arrays.map((x) => parameters.get(x.name) ?? x.name);
    const late = readLate(bodyLines, name, all);
    return `${module.helper('result')}(${[given, size(mulDim(shape.rows, shape.cols)), `[${[...late, ...before].join(', ')}]`, ...all.filter((x) => !late.includes(x))].join(', ')})`;
  };
  for (const [at, r] of several.entries()) {
    const name = locals.get(r.key) ?? '';
    lines.push(`const ${name} = ${resultOf(name, `${outName}?.${r.key}`, r.shape, several.slice(0, at).map((x) => locals.get(x.key) ?? ''))};`);
  }
  if (!scalarResult) lines.push(`${outName} = ${resultOf(outName, outName, spec.result, [])};`);
  if (lines.length > 0 && bodyLines.length > 1) lines.push('');
  lines.push(...bodyLines);

  const type = (p: ManifestParameter): string =>
    p.type === 'dims' ? `{ ${p.shape.map((d) => `${identifier(d) === d ? d : JSON.stringify(d)}: number`).join('; ')} }` : p.type;
  const outs = several.map((r) => `${r.key}?: Float64Array`).join('; ');
  const list = [...manifest.map((p) => (module.typed ? `${p.name}${p.role === 'out' ? '?' : ''}: ${type(p)}` : p.name)), ...(several.length === 0 ? [] : [module.typed ? `${outName}?: { ${outs} }` : outName])];
  const returns = scalarResult ? 'number' : 'Float64Array';
  const written = spec.results ? `{ ${spec.results.map((r) => `${r.key}: ${isScalar(r.shape) ? 'number' : 'Float64Array'}`).join('; ')} }` : returns;
  const result = module.typed ? `: ${written}` : '';
  const oneLine = `export function ${spec.name}(${list.join(', ')})${result} {`;
  const head = oneLine.length <= 120 ? [oneLine] : [`export function ${spec.name}(`, `  ${wrapList(list)},`, `)${result} {`];
  const shapes = shapesText([...spec.inputs, ...(spec.direction ? [spec.direction] : [])]);
  const doc = [
    `${spec.summary}.`,
    `${shapes}${arrays.some((x) => !isOne(x.shape.cols) && !isOne(x.shape.rows)) ? '; row-major' : ''}. ${flopsOfBoth(spec)}`.trim(),
    ...(scalarResult ? [] : [`Fills and returns ${'`'}${outName}${'`'} (${shapeWords(spec.result)}) where it is given; it must not be an input.`]),
    ...(several.length === 0 ? [] : [`Arrays in ${'`'}${outName}${'`'} (${several.map((r) => `${r.key} ${shapeWords(r.shape)}`).join(', ')}) are filled and returned where they are given; they must not be inputs.`]),
    ...spec.notes,
  ].map(commentSafe);
  const text = ['/**', ...doc.flatMap((l) => foldText(l, 116)).map((l) => ` * ${l}`), ' */', ...head, ...lines.map((l) => (l === '' ? '' : `  ${l}`)).flatMap(fitted), '}', ''].join('\n');
  return {
    text,
    variables: [...spec.inputs, ...(spec.direction ? [spec.direction] : [])].map((x) => x.name),
    manifest: { name: spec.name, of: spec.of, wrt: spec.wrt ?? null, kind: spec.kind, parameters: manifest, returns: { type: returns, shape: pair(spec.result) } },
  };
}

/** `About 2*n flops.`, or of both plans. */
export function flopsOfBoth({ plan, other }: FunctionSpec): string {
  if (other) return `About ${flopsText(plan.flops)} flops where ${other.when.left.key} <= ${other.when.right.key}, else ${flopsText(other.plan.flops)}.`;
  return plan.flops.terms.length > 0 ? `About ${flopsText(plan.flops)} flops.` : '';
}
/** The lines of a plan, with the return. */
function bodyOf(plan: Plan, s: Surroundings, scalarResult: boolean): string[] {
  const memory = assignMemory(plan.steps, plan.result);
  const w = createStepWriter(plan.steps, memory, s);
  const lines = w.write(plan.steps);
  const { result } = plan;
  if (scalarResult) {
    const before: string[] = [];
    const value = w.scalar(result, before);
    const last = lines[lines.length - 1];
    const folded = before.length === 0 && last !== undefined ? new RegExp(`^const ${value.replace(/[$()*+.?[\\\]^{|}]/g, '\\$&')} = ([^;]*);( // .*)?$`).exec(last) : null;
    if (folded) { lines.pop(); lines.push(`return ${folded[1]};${folded[2] ?? ''}`); } else lines.push(...before, `return ${value};`);
    return lines;
  }
  const final = result.kind === 'leaf' ? w.nameOf(result.name, result.local) : s.outName;
  if (final !== s.outName) lines.push(`${s.outName}.set(${result.kind === 'leaf' && result.local ? `${final}.subarray(0, ${s.outName}.length)` : final});`);
  lines.push(`return ${s.outName};`);
  return lines;
}

/** A name for a loop of its own, which other loops may use too. */
const freeName = (names: Names, wish: string): string => {
  let name = wish;
  for (let k = 2; names.has(name); k++) name = `${wish}${k}`;
  return name;
};
const smallerText = (d: string, names: ReadonlyMap<string, string>): string => d.replace(/[\p{ID_Start}_][\p{ID_Continue}]*/gu, (n) => names.get(n) ?? n);
const wrapDim = (d: Dim): string => (d.terms.length > 1 ? `(${d.key})` : d.key);
/** `X m x n, a, b of length n, t a number`: names of one shape that stand beside each other share it. */
export function shapesText(list: readonly Sized[], nameOf: (x: Sized) => string = (x) => x.name): string {
  const groups: { words: string; names: string[] }[] = [];
  for (const x of list) {
    const last = groups[groups.length - 1];
    const words = shapeWords(x.shape);
    if (last?.words === words) last.names.push(nameOf(x));
    else groups.push({ words, names: [nameOf(x)] });
  }
  return groups.map((g) => `${g.names.join(', ')} ${g.words === 'a number' && g.names.length > 1 ? 'numbers' : g.words}`).join('; ');
}
export const shapeWords = (s: Shape): string => (isScalar(s) ? 'a number' : isOne(s.cols) ? `of length ${s.rows.key}` : `${wrapDim(s.rows)} x ${wrapDim(s.cols)}`);

export function wrapList(list: readonly string[]): string {
  const rows: string[] = [];
  for (const item of list) {
    const last = rows[rows.length - 1];
    if (last !== undefined && last.length + item.length < 108) rows[rows.length - 1] = `${last}, ${item}`;
    else rows.push(item);
  }
  return rows.join(',\n  ');
}
export function foldText(text: string, width: number): readonly string[] {
  const rows: string[] = [];
  for (const word of text.split(' ')) {
    const last = rows[rows.length - 1];
    if (last !== undefined && last.length + word.length < width) rows[rows.length - 1] = `${last} ${word}`;
    else rows.push(word);
  }
  return rows;
}
