/** The derivative as numbers at a point, in float64: the engine's operator applied to each basis direction of the variable's space. */
import { evaluateDim } from '../algebra/dim';
import type { Node } from '../algebra/node';
import { project } from '../calculus/projection';
import { alongField, directionFor, type Workspace } from '../calculus/workspace';
import type { Subject } from '../notation/subject';
import { evaluator, type Environment } from '../numeric/evaluate';

export interface DerivativeAt {
  /** Of what is differentiated. */
  readonly of: readonly [number, number];
  readonly by: readonly [number, number];
  /** Row-major: entry (i, j) of F, then entry (k, l) of X. */
  readonly data: Float64Array;
}

const NAME = 'direction of the derivative';

/** @throws NumericError where it has no value at the point; Refusal where nothing can be derived */
export function derivativeAt({ g }: Workspace, subject: Subject, point: Environment): DerivativeAt {
  const E = g.symbol(NAME, subject.symbol.shape, 'direction');
  const V = directionFor(g, subject.symbol, 'projected direction');
  const d = g.substitute(alongField(g, subject, subject.symbol, V), new Map([[V, project(g, subject.symbol, E)]]));
  const size = (n: Node): readonly [number, number] => [evaluateDim(n.shape.rows, point.sizes), evaluateDim(n.shape.cols, point.sizes)];
  const of = size(subject.of);
  const by = size(subject.symbol);
  const width = by[0] * by[1];
  const height = of[0] * of[1];
  const data = new Float64Array(height * width);
  for (let k = 0; k < width; k++) {
    const basis = new Float64Array(width);
    basis[k] = 1;
    const column = evaluator({ sizes: point.sizes, values: new Map([...point.values, [NAME, { rows: by[0], cols: by[1], data: basis }]]) })(d);
    for (let r = 0; r < height; r++) data[r * width + k] = column.data[r] ?? 0;
  }
  return { of, by, data };
}
