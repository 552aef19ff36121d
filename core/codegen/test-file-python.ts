/** The tests that come with numpy functions, for unittest or pytest: the same comparisons as the other targets' tests. */
import { evaluateDim, isOne, isScalar, type Shape } from '../algebra/dim';
import type { StructureWord } from '../algebra/program';
import { variablesOf, type FunctionKind, type GeneratedModule, type GenerationInput, type InputVariable, type ManifestFunction } from './generation';
import { commentSafe, createNames } from './names';
import { sample, sampleDirection, sampleNumbers, sampleSizes } from './sample';
import type { TestOptions } from './test-options';

const OWN = ['np', 'unittest', 'pytest', 'moved', 'slope', 'curvature', 'close', 'rate', 'Derivatives', 'self', 'importlib', 'functions', 'spec', 'pathlib', 'code', 't', 'h', 'f', 'd', 'name', 'got', 'want'];

/** Undefined where there is nothing to test. The module is loaded by its file's name, which is no name that Python imports. */
export function pythonTestFile(inputs: readonly GenerationInput[], module: GeneratedModule, options: TestOptions): string | undefined {
  const names = createNames([...OWN, ...module.functions.map((f) => f.name)]);
  const tests: { readonly title: string; readonly body: readonly string[] }[] = [];
  const lines: string[] = [];
  inputs.forEach((input, k) => {
    const made = testsOf(input, k, module, options, names.take);
    lines.push(...made.lines);
    tests.push(...made.tests);
  });
  if (tests.length === 0) return undefined;
  const unit = options.framework === 'unittest';
  const title = (text: string): string => `test_${text.toLowerCase().replace(/[^a-z0-9_]+/g, '_')}`;
  const body = unit
    ? ['class Derivatives(unittest.TestCase):', ...tests.flatMap((t) => [`    def ${title(t.title)}(self):`, ...t.body.map((l) => `        ${l}`), '']), '', 'if __name__ == "__main__":', '    unittest.main()']
    : tests.flatMap((t) => [`def ${title(t.title)}():`, ...t.body.map((l) => `    ${l}`), '', '']);
  return [
    `"""Derivatives of ${options.module.replace(/^\.\//, '')} beside differences of the value."""`, 'import importlib.util', 'import pathlib', ...(unit ? ['import unittest'] : []), '', 'import numpy as np', '',
    `spec = importlib.util.spec_from_file_location("code", pathlib.Path(__file__).parent / ${JSON.stringify(options.module.replace(/^\.\//, ''))})`,
    'code = importlib.util.module_from_spec(spec)', 'spec.loader.exec_module(code)', '', ...lines, '', TOOLS, '', ...body,
  ].join('\n').trimEnd() + '\n';
}

function testsOf(input: GenerationInput, index: number, module: GeneratedModule, options: TestOptions, take: (wish: string) => string): { readonly lines: readonly string[]; readonly tests: readonly { readonly title: string; readonly body: readonly string[] }[] } {
  const find = (kind: FunctionKind): ManifestFunction | undefined => module.functions.find((f) => f.kind === kind && f.of === input.name && (kind === 'value' || f.wrt === variablesOf(input, kind).join()));
  const value = find('value');
  const variable = input.inputs.find((x) => x.name === input.wrt);
  if (!value || !variable) return { lines: [], tests: [] };
  const given = options.points?.(input);
  const sizes = given?.sizes ?? sampleSizes(input.inputs.map((x) => x.shape), input.sizes ?? new Map(), input.dimFacts ?? []);
  const next = sampleNumbers(index + 7);
  const NONE: ReadonlySet<StructureWord> = new Set();
  const lines: string[] = [`# ${commentSafe(`${input.name} by ${variablesOf(input, input.kind).join(' and ')}`)}`];
  const literal = (data: readonly number[], s: Shape): string => {
    if (isScalar(s)) return String(data[0] ?? 0);
    const cols = evaluateDim(s.cols, sizes);
    if (isOne(s.cols) || isOne(s.rows)) return `np.array([${data.join(', ')}], dtype=float)`;
    return `np.array([${data.join(', ')}], dtype=float).reshape(-1, ${cols})`;
  };
  const declare = (wish: string, data: readonly number[], s: Shape): string => {
    const name = take(wish);
    lines.push(`${name} = ${literal(data, s)}`);
    return name;
  };
  const locals = new Map<string, string>();
  const points = new Map(input.inputs.map((x) => [x.name, given?.values.get(x.name) ?? sample(x.shape, x.words ?? NONE, sizes, next)] as const));
  for (const x of input.inputs) locals.set(x.name, declare(x.name, points.get(x.name) ?? [], x.shape));
  const direction = (wish: string, x: InputVariable): string => declare(wish, sampleDirection(x.shape, x.words ?? NONE, points.get(x.name) ?? [], sizes, next), x.shape);
  const V = direction('V', variable);
  const first = input.inputs.find((x) => x.name === input.first);
  const U = first ? direction('U', first) : V;
  const Ybar = declare('Ybar', sample(input.value.shape, NONE, sizes, next, true), input.value.shape);
  const X = locals.get(variable.name) ?? variable.name;
  const call = (f: ManifestFunction, x: string, along = '', of: InputVariable = variable): string => {
    const variables = module.variables.get(f.name) ?? [];
    let at = 0;
    const args = f.parameters.filter((p) => p.role !== 'out').map((p) => {
      if (p.role === 'dims') return `{${[...sizes].map(([n, s]) => `${JSON.stringify(n)}: ${s}`).join(', ')}}`;
      const name = variables[at++] ?? '';
      return p.role === 'direction' ? along : name === of.name ? x : locals.get(name) ?? p.name;
    });
    return `code.${f.name}(${args.join(', ')})`;
  };
  const moving = (f: ManifestFunction, x: InputVariable = variable, by: string = V): string => `lambda t: ${call(f, `${locals.get(x.name) ?? x.name} + t * ${by}`, '', x)}`;
  const order = (input.vec ?? 'column') === 'column' ? '"F"' : '"C"';
  const vec = (text: string): string => `np.ravel(${text}, order=${order})`;
  const tests: { title: string; body: readonly string[] }[] = [];
  const add = (title: string, body: string): void => { tests.push({ title, body: [body] }); };
  const slope = (f: ManifestFunction, x: InputVariable = variable, by: string = V): string => `slope(${moving(f, x, by)})`;
  const rate = (of: ManifestFunction, by: ManifestFunction, change: string, x: InputVariable = variable, direction: string = V): void => add(`taylor remainder of ${of.name} with ${by.name} is of second order`, `rate(${JSON.stringify(by.name)}, ${moving(of, x, direction)}, ${change})`);
  const [gradient, jvp, vjp, hvp, jacobian, hessian] = (['gradient', 'jvp', 'vjp', 'hvp', 'jacobian', 'hessian'] as const).map(find);
  if (gradient) {
    const product = isScalar(input.value.shape) ? `np.vdot(${call(gradient, X)}, ${U})` : `${call(gradient, X)} * ${U}`;
    add(`${gradient.name} agrees with differences of ${value.name}`, `close(${JSON.stringify(gradient.name)}, ${product}, ${slope(value, first ?? variable, U)})`);
    rate(value, gradient, product, first ?? variable, U);
  }
  if (jacobian) add(`${jacobian.name} agrees with differences of ${value.name}`, `close(${JSON.stringify(jacobian.name)}, ${call(jacobian, X)} @ ${vec(V)}, ${vec(slope(value))})`);
  if (jvp) add(`${jvp.name} agrees with differences of ${value.name}`, `close(${JSON.stringify(jvp.name)}, ${call(jvp, X, V)}, ${slope(value)})`);
  if (jvp && !gradient) rate(value, jvp, call(jvp, X, V));
  if (vjp && jvp) add(`${vjp.name} is the adjoint of ${jvp.name}`, `close(${JSON.stringify(vjp.name)}, np.vdot(${call(vjp, X, Ybar)}, ${V}), np.vdot(${Ybar}, ${call(jvp, X, V)}))`);
  if (hvp && input.curved) add(`${hvp.name} agrees with second differences of ${value.name}`, `close(${JSON.stringify(hvp.name)}, np.vdot(${call(hvp, X, V)}, ${V}), curvature(${moving(value)}))`);
  else if (hvp && gradient) {
    add(`${hvp.name} agrees with differences of ${gradient.name}`, `close(${JSON.stringify(hvp.name)}, ${call(hvp, X, V)}, ${slope(gradient)})`);
    rate(gradient, hvp, call(hvp, X, V));
  }
  if (hessian && hvp) add(`${hessian.name} times a direction is ${hvp.name}`, `close(${JSON.stringify(hessian.name)}, np.ravel(${call(hessian, X)} @ ${vec(V)}), ${vec(call(hvp, X, V))})`);
  if (tests.length === 0) return { lines: [], tests };
  const used = tests.some((t) => t.body.some((l) => l.includes(Ybar)));
  return { lines: used ? lines : lines.filter((l) => !l.startsWith(`${Ybar} = `)), tests };
}

const TOOLS = `
def slope(f):
    """The derivative of f at 0 by five-point differences."""
    h = 1e-3
    return (8 * (np.asarray(f(h)) - f(-h)) - (np.asarray(f(2 * h)) - f(-2 * h))) / (12 * h)


def curvature(f):
    """The second derivative of f at 0 by five-point differences."""
    h = 1e-2
    return (16 * (np.asarray(f(h)) + f(-h)) - (np.asarray(f(2 * h)) + f(-2 * h)) - 30 * np.asarray(f(0.0))) / (12 * h * h)


def close(name, got, want):
    got, want = np.asarray(got, dtype=float), np.asarray(want, dtype=float)
    assert got.shape == want.shape, f"{name}: shape {got.shape}, expected {want.shape}"
    size = max(1.0, np.abs(want).max(), np.abs(got).max())
    error = np.abs(got - want) / size
    worst = np.unravel_index(error.argmax(), error.shape)
    assert error.max() < 1e-7, f"{name}, entry {list(map(int, worst))}: {got[worst]}, by differences {want[worst]} (relative error {error.max():.1e})"


def rate(name, f, d):
    """Halving t divides f(t) - f(0) - t*d by four where d is the derivative, and only by two where it is not.

    A remainder that is all rounding (f is linear there) says nothing and passes.
    """
    start, d = np.asarray(f(0.0)), np.asarray(d)
    floor = 1e-11 * max(1.0, np.abs(start).max(), np.abs(d).max())
    sizes = [np.linalg.norm(np.ravel(f(t) - start - t * d)) for t in (1 / 128, 1 / 256, 1 / 512)]
    orders = [2.0 if b < floor else float(np.log2(a / b)) for a, b in zip(sizes, sizes[1:])]
    assert max(orders) > 1.6, f"{name}: the Taylor remainder falls with the orders {[round(x, 2) for x in orders]} as t is halved, expected 2"

`;
