/** Rows of the operator table: what derivatives of matrix functions are written with. */
import { row, type Operator } from './operator';

const FRECHET = '(n,n),(n,n) -> (n,n)';
const KRONECKER = '(n,n) -> (n^2,n^2)';

export const solves: readonly Operator[] = [
  row('solve', 'linear', 'sylvester(A, B, C)', '(m,m),(n,n),(m,n) -> (m,n)', 'The Y with `A*Y + Y*B = C`.', '\\operatorname{sylv}(A, B, C)', 'sylvester(A, B, C)',
    { linearIn: [2], domain: 'no eigenvalue of A is the negative of one of B', elsewhere: ['lyap', 'sylv', 'lyapunov'] }),
  row('solve', 'linear', 'expmFrechet(A, E)', FRECHET, 'The derivative of `expm` at A in direction E.', 'L_{\\exp}(A, E)', 'expmFrechet(A, V)', { linearIn: [1], elsewhere: ['expm_frechet'] }),
  row('solve', 'linear', 'logmFrechet(A, E)', FRECHET, 'The derivative of `logm` at A in direction E.', 'L_{\\log}(A, E)', 'logmFrechet(A, V)', { linearIn: [1], domain: 'no eigenvalue of A on the closed negative axis' }),
  row('solve', 'linear', 'powmFrechet(A, p, E)', '(n,n),(1,1),(n,n) -> (n,n)', 'The derivative of `A^p` (principal) at A in direction E.', 'L_{p}(A, E)', 'powmFrechet(A, 1/3, V)',
    { linearIn: [2], domain: 'no eigenvalue of A on the closed negative axis' }),
  row('solve', 'general', 'expmKron(A)', KRONECKER, 'The matrix of the derivative of `expm`: `vec(expmFrechet(A, E)) = expmKron(A)*vec(E)`.', 'K_{\\exp}(A)', 'expmKron(A)'),
  row('solve', 'general', 'logmKron(A)', KRONECKER, 'The matrix of the derivative of `logm`: `vec(logmFrechet(A, E)) = logmKron(A)*vec(E)`.', 'K_{\\log}(A)', 'logmKron(A)', { domain: 'no eigenvalue of A on the closed negative axis' }),
  row('solve', 'general', 'powmKron(A, p)', '(n,n),(1,1) -> (n^2,n^2)', 'The matrix of the derivative of `A^p`: `vec(powmFrechet(A, p, E)) = powmKron(A, p)*vec(E)`.', 'K_{p}(A)', 'powmKron(A, 1/3)',
    { domain: 'no eigenvalue of A on the closed negative axis' }),
  row('solve', 'general', 'argmax(A)', '(m,n) -> (m,n)', '1 where the largest entry stands, in equal shares where several are largest, 0 elsewhere: the derivative of `max(A)`, and by a symmetric A too.', '\\operatorname{argmax}(A)', 'argmax(x)', { kinks: 'where the largest entry is not unique' }),
  row('solve', 'linear', 'band(A)', '(n,n) -> (n,n)', 'The three middle diagonals; 0 elsewhere: the projection on the tridiagonal matrices.', '\\operatorname{band}(A)', 'band(A)'),
  row('solve', 'general', 'reciprocalGaps(w)', '(n,1) -> (n,n)', 'The matrix with entries `1/(w[j] - w[i])`, 0 on the diagonal: what the derivative of eigenvectors is written with.', 'R(w)', 'reciprocalGaps(eigvals(A))', { domain: 'distinct entries' }),
];
