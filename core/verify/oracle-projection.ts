/** Orthogonal projections on the linear spaces of structured variables: what a derivative by such a variable moves in. */
import type { StructureWord } from '../algebra/program';
import { ONE, ZERO } from './oracle-decimal';
import { at, matrix, mul, skewPart, symmetricPart, transpose, type Matrix } from './oracle-matrix';

const keep = (E: Matrix, inside: (i: number, j: number) => boolean): Matrix =>
  matrix(E.rows, E.cols, (i, j) => (inside(i, j) ? at(E, i, j).times(ONE) : ZERO));

function one(word: StructureWord, X: Matrix, E: Matrix): Matrix {
  switch (word) {
    case 'symmetric': case 'posdef': case 'possemidef': return symmetricPart(E);
    case 'skew': return skewPart(E);
    case 'diagonal': return keep(E, (i, j) => i === j);
    case 'tridiagonal': return keep(E, (i, j) => Math.abs(i - j) <= 1);
    case 'lower': return keep(E, (i, j) => i >= j);
    case 'upper': return keep(E, (i, j) => i <= j);
    case 'orthogonal': return mul(X, skewPart(mul(transpose(X), E)));
    case 'invertible': case 'positive': case 'nonnegative': case 'fullrank': return E;
  }
}

/** E projected on the space of matrices of this structure (for `orthogonal`, on the tangent space at X). */
export const projected = (words: ReadonlySet<StructureWord>, X: Matrix, E: Matrix): Matrix =>
  [...words].reduce((P, word) => one(word, X, P), E);
