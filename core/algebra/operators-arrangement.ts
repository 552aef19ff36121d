/** Rows of the operator table: arranging, masking and collecting entries. */
import { row, type Operator } from './operator';

const SQUARE = '(n,n) -> (n,n)';

export const arrangements: readonly Operator[] = [
  row('arrangement', 'linear', 'diag(x)', '(n,1) -> (n,n) | (1,n) -> (n,n) | (n,n) -> (n,1)', 'Of a vector, the diagonal matrix; of a square matrix, its diagonal as a vector.', '\\operatorname{diag}(x)', 'diag(x)',
    { elsewhere: ['Diagonal', 'diagonal', 'diagm'] }),
  row('arrangement', 'linear', 'vec(A)', '(m,n) -> (m*n,1)', 'The columns of A, stacked.', '\\operatorname{vec}(A)', 'vec(A)', { elsewhere: ['flatten', 'ravel'] }),
  row('arrangement', 'linear', 'unvec(v, m, n)', '(m*n,1); m,n -> (m,n)', 'The m×n matrix whose stacked columns are v.', '\\operatorname{unvec}(v)', 'unvec(v, m, n)', { elsewhere: ['reshape', 'mat'] }),
  row('arrangement', 'linear', 'vech(A)', '(n,n) -> (n*(n+1)/2,1)', 'The lower triangle of A with its diagonal, columns stacked.', '\\operatorname{vech}(A)', 'vech(S)'),
  row('arrangement', 'linear', 'tril(A)', '(m,n) -> (m,n)', 'The lower triangle with the diagonal; 0 above.', '\\operatorname{tril}(A)', 'tril(A)'),
  row('arrangement', 'linear', 'triu(A)', '(m,n) -> (m,n)', 'The upper triangle with the diagonal; 0 below.', '\\operatorname{triu}(A)', 'triu(A)'),
  row('arrangement', 'linear', 'sym(A)', SQUARE, "The symmetric part `(A + A') / 2`.", '\\operatorname{sym}(A)', 'sym(A)', { elsewhere: ['symmetrize'] }),
  row('arrangement', 'linear', 'skewpart(A)', SQUARE, "The skew-symmetric part `(A - A') / 2`.", '\\operatorname{skew}(A)', 'skewpart(A)'),
  row('arrangement', 'linear', 'phi(A)', SQUARE, 'The lower triangle with the diagonal halved; 0 above.', '\\Phi(A)', 'phi(A)'),
  row('arrangement', 'general', 'softmax(x)', '(n,1) -> (n,1) | (1,n) -> (1,n)', '`exp(x) / sum(exp(x))` of a vector.', '\\operatorname{softmax}(x)', 'softmax(z)'),
  row('arrangement', 'multilinear', 'cross(a, b)', '(3,1),(3,1) -> (3,1)', 'The cross product of two vectors of length 3.', 'a \\times b', 'cross(a, b)'),
  row('arrangement', 'linear', 'skew3(a)', '(3,1) -> (3,3)', 'The skew matrix with `skew3(a) * b = cross(a, b)`.', '[a]_{\\times}', 'skew3(a)', { elsewhere: ['hat'] }),
  row('arrangement', 'linear', 'rowsum(A)', '(m,n) -> (m,1)', 'The sum of each row, m×1.', 'A \\mathbf{1}', 'rowsum(A)'),
  row('arrangement', 'linear', 'colsum(A)', '(m,n) -> (1,n)', 'The sum of each column, 1×n.', '\\mathbf{1}^{\\mathsf T} A', 'colsum(A)'),
  row('arrangement', 'linear', 'cumsum(A)', '(m,n) -> (m,n)', 'The running sums down each column; along a row vector.', '\\operatorname{cumsum}(A)', 'cumsum(x)'),
];
