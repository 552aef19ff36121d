/** Rows of the operator table: functions of a matrix whose result is an array. */
import { row, type Operator } from './operator';

const SQUARE = '(n,n) -> (n,n)';

export const matrixFunctions: readonly Operator[] = [
  row('matrix', 'general', 'inv(A)', SQUARE, 'The inverse. Also written `A^-1` and `A⁻¹`.', 'A^{-1}', 'inv(A)', { domain: 'A invertible', elsewhere: ['inverse'] }),
  row('matrix', 'general', 'pinv(A)', '(m,n) -> (n,m)', 'The pseudo-inverse (Moore–Penrose).', 'A^{+}', 'pinv(A)', { kinks: 'where the rank changes', elsewhere: ['pseudoinverse'] }),
  row('matrix', 'general', 'sqrtm(A)', SQUARE, 'The principal square root: the R with `R * R = A` and eigenvalues in the right half plane.', 'A^{1/2}', 'sqrtm(A)',
    { domain: 'no eigenvalue of A on the negative axis', kinks: 'A singular' }),
  row('matrix', 'general', 'invsqrtm(A)', SQUARE, 'The inverse of the principal square root.', 'A^{-1/2}', 'invsqrtm(A)', { domain: 'no eigenvalue of A on the closed negative axis' }),
  row('matrix', 'general', 'expm(A)', SQUARE, 'The matrix exponential. `exp` acts on the entries.', 'e^{A}', 'expm(t*A)', { elsewhere: ['mexp', 'matexp'] }),
  row('matrix', 'general', 'logm(A)', SQUARE, 'The principal matrix logarithm. `log` acts on the entries.', '\\log A', 'logm(A)', { domain: 'no eigenvalue of A on the closed negative axis' }),
  row('matrix', 'general', 'chol(A)', SQUARE, "The lower Cholesky factor: the L with `L * L' = A` and a positive diagonal.", '\\operatorname{chol}(A)', 'chol(A)',
    { domain: 'A posdef', elsewhere: ['cholesky'] }),
  row('matrix', 'general', 'polar(A)', '(m,n) -> (m,n)', "The polar factor `A * (A' * A)^(-1/2)`, with orthonormal columns.", '\\operatorname{polar}(A)', 'polar(X)', { domain: 'A has full column rank' }),
  row('matrix', 'general', 'adj(A)', SQUARE, 'The adjugate: `det(A) * inv(A)` where A is invertible.', '\\operatorname{adj}(A)', 'adj(A)', { elsewhere: ['adjugate', 'adjoint'] }),
  row('matrix', 'general', 'eigvals(A)', '(n,n) -> (n,1)', 'The eigenvalues of a symmetric matrix, ascending.', '\\lambda(A)', 'eigvals(A)', { domain: 'A symmetric', kinks: 'where eigenvalues meet', elsewhere: ['eig', 'eigenvalues', 'eigh'] }),
  row('matrix', 'general', 'eigvecs(A)', SQUARE, 'The eigenvectors of a symmetric matrix as columns, in the order of `eigvals`.', 'Q(A)', 'eigvecs(A)', { domain: 'A symmetric', kinks: 'where eigenvalues meet' }),
  row('matrix', 'general', 'svdvals(A)', '(m,n) -> (min(m,n),1)', 'The singular values, descending.', '\\sigma(A)', 'svdvals(A)', { kinks: 'where singular values meet or vanish', elsewhere: ['svd', 'singularvalues'] }),
  row('matrix', 'general', 'svdu(A)', '(m,n) -> (m,min(m,n))', 'The left singular vectors as columns (thin), in the order of `svdvals`.', 'U(A)', 'svdu(A)', { kinks: 'where singular values meet or vanish' }),
  row('matrix', 'general', 'svdv(A)', '(m,n) -> (n,min(m,n))', 'The right singular vectors as columns (thin), in the order of `svdvals`.', 'V(A)', 'svdv(A)', { kinks: 'where singular values meet or vanish' }),
  row('matrix', 'general', 'svdu1(A)', '(m,n) -> (m,1)', 'The left singular vector of the largest singular value: the first column of `svdu(A)`, whichever side of A is longer.', 'u_{1}(A)', 'svdu1(A)',
    { kinks: 'where the largest singular value is not simple' }),
  row('matrix', 'general', 'svdv1(A)', '(m,n) -> (n,1)', 'The right singular vector of the largest singular value: the first column of `svdv(A)`, whichever side of A is longer.', 'v_{1}(A)', 'svdv1(A)',
    { kinks: 'where the largest singular value is not simple' }),
];
