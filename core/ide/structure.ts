/** What is known of a definition's value beyond its shape: the words of the language that hold for it, the strongest first. */
import { isScalar, isSquare } from '../algebra/dim';
import type { Program } from '../algebra/program';
import { Refusal } from '../algebra/refusal';
import { workspaceOf } from '../notation/subject';

/** Empty where nothing is known, or the engine has no form for the expression. */
export function structureOf(program: Program, name: string): readonly string[] {
  try {
    const { g, definition } = workspaceOf(program);
    const node = definition(name);
    if (isScalar(node.shape) || !isSquare(node.shape)) return g.isPositive(node) ? ['positive'] : g.isNonnegative(node) ? ['nonnegative'] : [];
    if (g.isPosdef(node)) return g.isDiagonal(node) ? ['diagonal', 'posdef'] : ['posdef'];
    if (g.isDiagonal(node)) return ['diagonal'];
    if (g.isPossemidef(node)) return ['possemidef'];
    const words = [
      ...(g.isSymmetric(node) ? ['symmetric'] : g.isSkew(node) ? ['skew'] : []),
      ...(g.isLower(node) ? ['lower'] : []), ...(g.isUpper(node) ? ['upper'] : []),
      ...(g.isOrthogonal(node) ? ['orthogonal'] : g.isInvertible(node) ? ['invertible'] : []),
    ];
    return words;
  } catch (error) {
    if (error instanceof Refusal) return [];
    throw error;
  }
}
