/** Whether a point will do: its values have their structure, assumptions hold there, and the functions exist well away from where they stop to. */
import type { Assumption, Program, StructureWord } from '../algebra/program';
import type { Term } from '../algebra/term';
import { violation, type Acceptance, type DrawnPoint } from '../numeric/points';
import { createOracle, OutsideDomain, type Oracle } from './oracle';
import { num } from './oracle-decimal';
import { cholesky, identity, largest, mul, sub, transpose, type Matrix } from './oracle-matrix';
import { eigen, svd } from './oracle-spectral';
import { projected } from './oracle-projection';

const HOLDS = num('1e-12');

function hasWord(A: Matrix, word: StructureWord): boolean {
  const small = (D: Matrix): boolean => largest(D).lte(largest(A).times(HOLDS));
  switch (word) {
    case 'symmetric': case 'skew': case 'diagonal': case 'tridiagonal': case 'lower': case 'upper':
      return small(sub(A, projected(new Set([word]), A, A)));
    case 'posdef':
      cholesky(A);
      return true;
    case 'possemidef': return eigen(A).values.every((x) => x.gte(largest(A).times(HOLDS).neg()));
    case 'orthogonal': return largest(sub(mul(transpose(A), A), identity(A.cols))).lte(HOLDS);
    case 'invertible': case 'fullrank': {
      const { values } = svd(A);
      const least = values[values.length - 1];
      return least !== undefined && least.gt(largest(A).times(HOLDS));
    }
    case 'positive': return A.data.every((x) => x.gt(0));
    case 'nonnegative': return A.data.every((x) => x.gte(0));
  }
}

function holds(a: Assumption, oracle: Oracle): boolean {
  const left = oracle.evaluate(a.left);
  if (!a.right) return a.word === undefined || hasWord(left, a.word);
  const right = oracle.evaluate(a.right);
  const size = largest(left).gt(largest(right)) ? largest(left) : largest(right);
  return largest(sub(left, right)).lte((size.gt(1) ? size : num(1)).times(HOLDS));
}

/** Why the value of a variable, or an assumption, is not as declared; undefined where all are. */
export function declaredProblem(program: Program, point: DrawnPoint, assumptions: readonly Assumption[]): string | undefined {
  for (const [name, value] of point.values) {
    const words = program.variables.get(name)?.words ?? new Set<StructureWord>();
    const word = violation(value, words);
    if (word) return `${name} is declared ${word} and is not at this point`;
  }
  const oracle = createOracle(program, point.sizes, point.values);
  try {
    for (const [name] of point.values) for (const word of program.variables.get(name)?.words ?? [])
      if ((word === 'posdef' || word === 'possemidef' || word === 'orthogonal' || word === 'invertible' || word === 'fullrank') && !hasWord(oracle.value(name), word))
        return `${name} is declared ${word} and is not at this point`;
    for (const a of assumptions) if (!holds(a, oracle)) return `the assumption \`${program.text.slice(a.range.start, a.range.end)}\` does not hold`;
  } catch (error) {
    if (error instanceof OutsideDomain) return error.message;
    throw error;
  }
  return undefined;
}

/**
 * Accepts points at which all terms have values, and stay a relative `margin` away from where they would not.
 * @param also a further test of a point that has passed: why it will not do, if it will not
 */
export const accepting = (
  program: Program, terms: readonly Term[], assumptions: readonly Assumption[], margin: number, also: (point: DrawnPoint) => string | undefined = () => undefined,
): Acceptance => (point) => {
  const problem = declaredProblem(program, point, assumptions);
  if (problem) return { reason: problem };
  const oracle = createOracle(program, point.sizes, point.values);
  try {
    for (const t of terms) oracle.evaluate(t);
  } catch (error) {
    if (error instanceof OutsideDomain) return { reason: error.message };
    throw error;
  }
  const near = oracle.nearness();
  if (near.margin < margin) return { reason: near.what };
  const further = also(point);
  return further === undefined ? undefined : { reason: further };
};
