/** From a document to generated code that runs, and points to run it at. */
import ts from 'typescript';
import { evaluateDim, isScalar, type Shape } from '../../core/algebra/dim';
import type { Node } from '../../core/algebra/node';
import type { StructureWord } from '../../core/algebra/program';
import { resolve } from '../../core/algebra/resolve';
import { project } from '../../core/calculus/projection';
import { directionFor, directional, gradient, openWorkspace, pullback, type Workspace } from '../../core/calculus/workspace';
import type { GeneratedModule, GenerationInput, ManifestFunction } from '../../core/codegen/generation';
import { generateModule } from '../../core/codegen/generate';
import { generationInput } from '../../core/ide/generation';
import { newGraph } from '../../core/simplify';
import { parse } from '../../core/syntax/parse';

export interface Prepared { readonly input: GenerationInput; readonly space: Workspace; readonly of: Node; readonly symbol: Node | undefined }

/** What the command line hands to the generator for each request of a document. */
export function requested(text: string): readonly GenerationInput[] {
  const program = resolve(parse(text));
  return program.requests.map((r) => {
    const input = generationInput(program, r, false);
    if ('refused' in input) throw new Error(input.refused.message);
    return input;
  });
}

/** Every request of a document with its nodes, for the values that generated code is held to. */
export function prepare(text: string): readonly Prepared[] {
  const program = resolve(parse(text));
  const errors = program.diagnostics.filter((d) => d.severity === 'error');
  if (errors.length > 0) throw new Error(`${text}: ${errors.map((d) => d.message).join('; ')}`);
  const space = openWorkspace(program, newGraph);
  const { g } = space;
  return program.requests.map((r) => {
    const of = space.node(r.ofTerm);
    const inputs = [...program.variables.values()].filter((v) => uses(of, space.variable(v.name)) || r.wrt.includes(v.name)).map((v) => ({ name: v.name, shape: v.shape, words: v.words }));
    const [by] = r.wrt;
    const common = { name: /^[\p{L}_]\w*$/u.test(r.of) ? r.of : `line${r.line}`, value: of, inputs, dimFacts: program.dimFacts, sizes: program.sizes, vec: program.settings.vec };
    if (by === undefined) return { input: { ...common, kind: 'value' }, space, of, symbol: undefined };
    const symbol = space.variable(by);
    const V = directionFor(g, symbol, 'V');
    const E = g.symbol('E', symbol.shape, 'direction');
    const along = (F: Node, direction: Node): Node => g.substitute(directional(g, F, symbol, V), new Map([[V, direction]]));
    if (r.kind === 'hessian') {
      const G = gradient(g, of, symbol);
      const hvp = along(G, V);
      return { space, of, symbol, input: { ...common, wrt: by, kind: 'hessian', gradient: G, tabulate: { node: project(g, symbol, along(G, project(g, symbol, E))), direction: E }, hvp: { node: project(g, symbol, hvp), direction: V } } };
    }
    const jvp = { node: along(of, V), direction: V };
    const Ybar = g.symbol('Ybar', of.shape, 'direction');
    const vjp = { node: pullback(g, of, symbol, Ybar), direction: Ybar };
    if (isScalar(of.shape) || isScalar(symbol.shape)) return { space, of, symbol, input: { ...common, wrt: by, kind: 'gradient', gradient: gradient(g, of, symbol), jvp, vjp } };
    return { space, of, symbol, input: { ...common, wrt: by, kind: 'jacobian', tabulate: { node: along(of, project(g, symbol, E)), direction: E }, jvp, vjp } };
  });
}
const uses = (e: Node, symbol: Node): boolean => {
  const seen = new Set<number>();
  const visit = (n: Node): boolean => {
    if (n === symbol) return true;
    if (seen.has(n.id)) return false;
    seen.add(n.id);
    switch (n.kind) {
      case 'transpose': return visit(n.arg);
      case 'product': return n.scalars.some((s) => visit(s.base)) || n.factors.some(visit);
      case 'chain': return n.factors.some(visit);
      case 'sum': return n.terms.some(visit);
      case 'power': return visit(n.base);
      case 'hadamard': return n.factors.some((f) => visit(f.base));
      case 'apply': return n.args.some(visit);
      case 'basis': return visit(n.index);
      default: return false;
    }
  };
  return visit(e);
};

export const generate = (text: string): GeneratedModule => generateModule(prepare(text).map((p) => p.input));

export type Program = Readonly<Record<string, (...args: unknown[]) => number | Float64Array>>;
/** Runs a generated module. */
export function load(text: string): Program {
  const js = ts.transpileModule(text, { compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext } }).outputText;
  return run(js);
}
export function run(js: string): Program {
  const names = [...js.matchAll(/^export function ([\p{ID_Continue}$]+)/gmu)].map((m) => m[1] ?? '');
  const body = js.replace(/^export /gm, '');
  return new Function(`"use strict";\n${body}\nreturn { ${names.map((n) => `${JSON.stringify(n)}: ${n}`).join(', ')} };`)() as Program;
}

/** What tsc says under every strict flag that people use, of modules that import nothing. */
export function typeErrors(files: Readonly<Record<string, string>>): readonly string[] {
  const options: ts.CompilerOptions = {
    strict: true, noUncheckedIndexedAccess: true, exactOptionalPropertyTypes: true, noPropertyAccessFromIndexSignature: true, noImplicitReturns: true, noImplicitOverride: true, noFallthroughCasesInSwitch: true,
    noUnusedLocals: true, isolatedModules: true, verbatimModuleSyntax: true, erasableSyntaxOnly: true, allowUnreachableCode: false, target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext, noEmit: true, lib: ['lib.es2022.d.ts'], types: [] };
  const host = ts.createCompilerHost(options);
  const original = host.getSourceFile.bind(host);
  host.getSourceFile = (name, version) => (Object.hasOwn(files, name) ? ts.createSourceFile(name, files[name] ?? '', version) : original(name, version));
  host.fileExists = (name) => Object.hasOwn(files, name) || ts.sys.fileExists(name);
  const program = ts.createProgram(Object.keys(files), options, host);
  return ts.getPreEmitDiagnostics(program).map((d) => `${d.file?.fileName ?? ''}:${d.file && d.start !== undefined ? d.file.getLineAndCharacterOfPosition(d.start).line + 1 : 0} ${ts.flattenDiagnosticMessageText(d.messageText, ' ')}`);
}

/** Numbers in (-1, 1), the same on every run. */
export function random(seed: number): () => number {
  let s = seed;
  return () => {
    s = (s * 1103515245 + 12345) % 2147483648;
    return s / 1073741824 - 1;
  };
}
/** A point with the declared structure, row-major. */
export function draw(shape: Shape, words: ReadonlySet<StructureWord>, sizes: ReadonlyMap<string, number>, next: () => number): Float64Array {
  const r = evaluateDim(shape.rows, sizes);
  const c = evaluateDim(shape.cols, sizes);
  const raw = Array.from({ length: r * c }, () => next());
  const at = (i: number, j: number): number => raw[i * c + j] ?? 0;
  const make = (f: (i: number, j: number) => number): Float64Array => Float64Array.from({ length: r * c }, (_, q) => f(Math.floor(q / c), q % c));
  const positive = words.has('positive') || words.has('nonnegative');
  if (words.has('diagonal')) return make((i, j) => (i === j ? (positive || words.has('posdef') ? Math.abs(at(i, j)) + 0.3 : at(i, j)) : 0));
  if (words.has('posdef') || words.has('possemidef')) return make((i, j) => Array.from({ length: r }, (_, q) => at(q, i) * at(q, j)).reduce((a, b) => a + b, i === j ? 1.5 : 0));
  if (words.has('symmetric')) return make((i, j) => at(i, j) + at(j, i));
  if (words.has('skew')) return make((i, j) => at(i, j) - at(j, i));
  if (words.has('lower')) return make((i, j) => (i > j ? at(i, j) : i === j ? Math.abs(at(i, j)) + 1 : 0));
  if (words.has('upper')) return make((i, j) => (i < j ? at(i, j) : i === j ? Math.abs(at(i, j)) + 1 : 0));
  if (words.has('tridiagonal')) return make((i, j) => (Math.abs(i - j) <= 1 ? at(i, j) : 0));
  if (words.has('orthogonal')) return make((i, j) => (r === 2 ? [[0.6, -0.8], [0.8, 0.6]][i]?.[j] ?? 0 : i === j ? 1 : 0));
  if (positive) return make((i, j) => Math.abs(at(i, j)) + 0.3);
  return r === c && r > 1 ? make((i, j) => at(i, j) * 0.6 + (i === j ? 1.6 : 0)) : make(at);
}
/** The arguments of a generated function, from values by name. */
export const argumentsOf = (f: ManifestFunction, values: ReadonlyMap<string, Float64Array | number>, sizes: ReadonlyMap<string, number>, direction?: Float64Array | number): unknown[] =>
  f.parameters.filter((p) => p.role !== 'out').map((p) => (p.role === 'dims' ? Object.fromEntries(sizes) : p.role === 'direction' ? direction : values.get(p.name)));
