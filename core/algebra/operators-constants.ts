/** Rows of the operator table: constants, some of them sized by their place. */
import { row, type Operator } from './operator';

export const constants: readonly Operator[] = [
  row('constant', 'general', 'pi', '-> (1,1)', 'The number π.', '\\pi', '2*pi', { spelled: ['pi', 'π'] }),
  row('constant', 'general', 'identity(n)', '; n -> (n,n)', 'The identity matrix. `I` alone takes its size from where it stands.', 'I', 'I(n)', { spelled: ['I'], elsewhere: ['eye', 'Id'] }),
  row('constant', 'general', 'ones(m, n)', '; m -> (m,1) | ; m,n -> (m,n)', 'All ones: a vector `ones(n)`, a matrix `ones(m, n)`.', '\\mathbf{1}', 'ones(n)'),
  row('constant', 'general', 'zeros(m, n)', '; m -> (m,1) | ; m,n -> (m,n)', 'All zeros: a vector `zeros(n)`, a matrix `zeros(m, n)`.', '0', 'zeros(n)'),
  row('constant', 'general', 'basis(i, n)', '(1,1); n -> (n,1)', 'The i-th column of the identity, sized by its place; `e(i, n)` says the size.', 'e_{i}', 'x - e(1)', { spelled: ['e'] }),
  row('constant', 'general', 'unit(i, j, m, n)', '(1,1),(1,1); m,n -> (m,n)', 'The matrix with a 1 at (i, j) and else 0, sized by its place; `E(i, j, m, n)` says the size.', 'E_{ij}', 'A + E(1, 2)', { spelled: ['E'] }),
  row('constant', 'general', 'delta(i, j)', '(1,1),(1,1) -> (1,1)', '1 where i = j, else 0 (Kronecker).', '\\delta_{ij}', 'delta(1, 2)', { elsewhere: ['kroneckerDelta'] }),
  row('constant', 'general', 'commutation(m, n)', "; m,n -> (m*n,m*n)", "The commutation matrix: `commutation(m, n)*vec(A) = vec(A')` for A of m×n.", 'K_{mn}', 'commutation(m, n)', { elsewhere: ['K'] }),
  row('constant', 'general', 'duplication(n)', '; n -> (n^2,n*(n+1)/2)', 'The duplication matrix: `duplication(n)*vech(S) = vec(S)` for symmetric S.', 'D_{n}', 'duplication(n)'),
  row('constant', 'general', 'diagonalisation(n)', '; n -> (n^2,n)', 'The n²×n matrix with `vec(diag(x)) = diagonalisation(n)*x`.', '\\Delta_{n}', 'diagonalisation(n)', { elsewhere: ['diagonalization'] }),
];
