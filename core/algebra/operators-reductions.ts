/** Rows of the operator table: from an array to a scalar. */
import { row, type Operator } from './operator';

const ANY = '(m,n) -> (1,1)';
const SQUARE = '(n,n) -> (1,1)';
const VECTOR = '(n,1) -> (1,1) | (1,n) -> (1,1)';

export const reductions: readonly Operator[] = [
  row('reduction', 'linear', 'tr(A)', SQUARE, 'The trace: the sum of the diagonal.', '\\operatorname{tr}(A)', "tr(A' * B)", { elsewhere: ['trace', 'Tr'] }),
  row('reduction', 'general', 'det(A)', SQUARE, 'The determinant.', '\\det(A)', 'det(A)', { elsewhere: ['determinant'] }),
  row('reduction', 'general', 'logdet(A)', SQUARE, 'The logarithm of the determinant.', '\\log\\det(A)', 'logdet(A)', { domain: 'det(A) > 0', elsewhere: ['slogdet', 'logabsdet'] }),
  row('reduction', 'linear', 'sum(A)', ANY, 'The sum of all entries. `sum(a[i]*x[i], i = 1:n)` is a sum over an index.', '\\sum_{ij} A_{ij}', 'sum(x.^2)', { spelled: ['sum', 'Σ'] }),
  row('reduction', 'linear', 'mean(A)', ANY, 'The mean of all entries.', '\\operatorname{mean}(A)', 'mean(x)', { elsewhere: ['average', 'avg'] }),
  row('reduction', 'general', 'prod(A)', ANY, 'The product of all entries.', '\\prod_{ij} A_{ij}', 'prod(x)'),
  row('reduction', 'general', 'norm(x)', VECTOR, 'The Euclidean norm of a vector. Of a matrix, say which: `normF`, `norm2`, `normNuc`.', '\\lVert x \\rVert', 'norm(A*x - y)', { kinks: 'x = 0', elsewhere: ['vecnorm'] }),
  row('reduction', 'general', 'normF(A)', ANY, 'The Frobenius norm: the root of the sum of the squares of the entries.', '\\lVert A \\rVert_{F}', 'normF(A)', { kinks: 'A = 0', elsewhere: ['frob', 'normfro'] }),
  row('reduction', 'general', 'norm2(A)', ANY, 'The spectral norm: the largest singular value; of a vector, the Euclidean norm.', '\\lVert A \\rVert_{2}', 'norm2(A)', { kinks: 'where the largest singular value is not simple' }),
  row('reduction', 'general', 'normNuc(A)', ANY, 'The nuclear norm: the sum of the singular values.', '\\lVert A \\rVert_{*}', 'normNuc(A)', { kinks: 'where the rank falls', elsewhere: ['nuclear'] }),
  row('reduction', 'general', 'norm1(x)', VECTOR, 'The sum of the absolute values of a vector.', '\\lVert x \\rVert_{1}', 'norm1(x)', { kinks: 'where an entry is 0' }),
  row('reduction', 'general', 'normInf(x)', VECTOR, 'The largest absolute value of a vector.', '\\lVert x \\rVert_{\\infty}', 'normInf(x)', { kinks: 'where the largest is not single, or x = 0' }),
  row('reduction', 'general', 'logsumexp(A)', ANY, '`log(sum(exp(A)))`, without overflow.', '\\log\\sum\\exp(A)', 'logsumexp(z)', { elsewhere: ['lse', 'log_sum_exp'] }),
  row('reduction', 'multilinear', 'dot(x, y)', '(m,n),(m,n) -> (1,1)', 'The sum of the products of the entries.', 'x \\cdot y', 'dot(x, y)', { elsewhere: ['inner', 'vdot'] }),
  row('reduction', 'general', 'entropy(p)', ANY, '`-sum(p .* log(p))`.', 'H(p)', 'entropy(p)', { domain: 'p > 0' }),
  row('reduction', 'general', 'eigmax(A)', SQUARE, 'The largest eigenvalue of a symmetric matrix.', '\\lambda_{\\max}(A)', 'eigmax(A)', { domain: 'A symmetric', kinks: 'where it is not simple' }),
  row('reduction', 'general', 'eigmin(A)', SQUARE, 'The smallest eigenvalue of a symmetric matrix.', '\\lambda_{\\min}(A)', 'eigmin(A)', { domain: 'A symmetric', kinks: 'where it is not simple' }),
  row('reduction', 'general', 'cond(A)', ANY, 'The condition number: the largest singular value by the smallest.', '\\kappa(A)', 'cond(A)',
    { domain: 'A of full rank', kinks: 'where the largest or smallest singular value is not simple' }),
];
