// Programs for the tests of notation: declarations, expressions as nodes, their printed text, and values at a point.
import { resolve } from '../../core/algebra/resolve';
import type { Graph } from '../../core/algebra/graph';
import type { Node } from '../../core/algebra/node';
import type { Program } from '../../core/algebra/program';
import { openWorkspace } from '../../core/calculus/workspace';
import { readable, type Readable } from '../../core/notation/readable';
import { toTree } from '../../core/notation/tree';
import { evaluate, type Environment } from '../../core/numeric/evaluate';
import { drawPoints } from '../../core/numeric/points';
import { newGraph } from '../../core/simplify';
import { parse } from '../../core/syntax/parse';
import { printText } from '../../core/syntax/print';

export interface Opened { readonly g: Graph; readonly program: Program; readonly definitions: ReadonlyMap<string, Node>; readonly nodes: readonly Node[] }

/** The bare expressions of a text, in order, in one graph. */
export function open(text: string): Opened {
  const program = resolve(parse(text));
  const errors = program.diagnostics.filter((d) => d.severity === 'error');
  if (errors.length > 0) throw new Error(`${errors[0]?.message ?? ''} in ${text}`);
  const w = openWorkspace(program, newGraph);
  const definitions = new Map([...program.definitions.keys()].map((name) => [name, w.definition(name)] as const));
  return { g: w.g, program, definitions, nodes: program.requests.map((r) => w.node(r.term)) };
}

export const last = (o: Opened): Node => {
  const node = o.nodes.at(-1);
  if (!node) throw new Error('no expression');
  return node;
};
export const plain = (text: string): string => { const o = open(text); return printText(toTree(o.g, last(o))); };
export function read(text: string, where = false): Readable {
  const o = open(text);
  const node = last(o);
  return readable(o.g, node, { definitions: new Map([...o.definitions].filter(([, d]) => d !== node)), where, taken: new Set([...o.program.variables.keys(), ...o.definitions.keys()]) });
}
export const short = (text: string): string => printText(read(text).tree);

/** Values of nodes at one drawn point. @throws Error where none is found. */
export function valuesAt(o: Opened, nodes: readonly Node[], seed: number): readonly (readonly number[])[] {
  let values: readonly (readonly number[])[] = [];
  const draw = drawPoints(o.program, {
    seed, names: [...o.program.variables.keys()], count: 1,
    accept: ({ sizes, values: drawn }) => {
      const env: Environment = { sizes, values: new Map([...drawn].map(([name, v]) => [name, { rows: v.rows, cols: v.cols, data: Float64Array.from(v.data.map(Number)) }])) };
      try {
        values = nodes.map((n) => [...evaluate(n, env).data]);
        return undefined;
      } catch (error) {
        return { reason: error instanceof Error ? error.message : 'unknown' };
      }
    },
  });
  if (draw.points.length === 0) throw new Error(draw.reason ?? 'no point');
  return values;
}

/** The greatest difference of two values, relative to the greatest entry. */
export function difference(a: readonly number[], b: readonly number[]): number {
  if (a.length !== b.length) return Infinity;
  const scale = Math.max(1e-3, ...a.map(Math.abs));
  return Math.max(0, ...a.map((x, i) => Math.abs(x - (b[i] ?? NaN)) / scale));
}
