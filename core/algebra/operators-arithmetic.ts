/** Rows of the operator table: what is written between, before or after its operands. */
import { row, type Operator } from './operator';

const SAME = '(1,1),(m,n) -> (m,n) | (m,n),(1,1) -> (m,n) | (m,n),(m,n) -> (m,n)';

export const arithmetic: readonly Operator[] = [
  row('arithmetic', 'linear', 'add(A, B)', SAME, 'The sum. A scalar adds to every entry of an array.', 'A + B', 'A + B', { spelled: ['+'] }),
  row('arithmetic', 'linear', 'sub(A, B)', SAME, 'The difference. A scalar is subtracted from every entry of an array.', 'A - B', 'A - B', { spelled: ['-'] }),
  row('arithmetic', 'linear', 'neg(A)', '(m,n) -> (m,n)', 'The negative.', '-A', '-A', { spelled: ['-'] }),
  row('arithmetic', 'multilinear', 'mul(A, B)', '(1,1),(m,n) -> (m,n) | (m,n),(1,1) -> (m,n) | (m,k),(k,n) -> (m,n)',
    'The matrix product, or a scalar times an array. Also written `A B` and `A · B`.', 'A B', 'A * B', { spelled: ['*', '·'], elsewhere: ['matmul', 'mtimes', 'times'] }),
  row('arithmetic', 'multilinear', 'hadamard(A, B)', SAME, 'The product entry by entry (Hadamard).', 'A \\odot B', 'A .* B',
    { spelled: ['.*', '⊙', 'hadamard'], elsewhere: ['multiply'] }),
  row('arithmetic', 'general', 'elementDivide(A, B)', SAME, 'The quotient entry by entry; division by a scalar.', 'A \\oslash B', 'A ./ B',
    { spelled: ['./'], domain: 'no entry of B is 0' }),
  row('arithmetic', 'general', 'rightDivide(A, B)', '(m,n),(n,n) -> (m,n)', '`A * inv(B)`, computed by a solve.', 'A B^{-1}', 'A / B', { spelled: ['/'], domain: 'B invertible' }),
  row('arithmetic', 'general', 'leftDivide(A, B)', '(n,n),(n,k) -> (n,k)', '`inv(A) * B`, computed by a solve.', 'A^{-1} B', 'A \\ x',
    { spelled: ['\\'], domain: 'A invertible', elsewhere: ['solve', 'linsolve', 'mldivide'] }),
  row('arithmetic', 'multilinear', 'kron(A, B)', '(m,n),(p,q) -> (m*p,n*q)', 'The Kronecker product: each entry of A times all of B.', 'A \\otimes B', 'kron(A, B)', { spelled: ['⊗', 'kron'] }),
  row('arithmetic', 'linear', 'kronsum(A, B)', '(m,m),(n,n) -> (m*n,m*n)', 'The Kronecker sum `A ⊗ I + I ⊗ B`.', 'A \\oplus B', 'kronsum(A, B)', { spelled: ['⊕', 'kronsum'] }),
  row('arithmetic', 'multilinear', 'frobenius(A, B)', '(m,n),(m,n) -> (1,1)', 'The Frobenius product `tr(A\' * B)`: the sum of the products of the entries.',
    '\\langle A, B \\rangle', 'A : B', { spelled: [':'] }),
  row('arithmetic', 'linear', 'transpose(A)', '(m,n) -> (n,m)', 'The transpose. Also written `A^T`, `Aᵀ`, `A.T`.', 'A^{\\mathsf T}', "A'", { spelled: ["'", 'ᵀ'], elsewhere: ['t'] }),
  row('arithmetic', 'general', 'power(A, p)', '(n,n),(1,1) -> (n,n)',
    'The power: of a scalar, or of a square matrix (whole, or fractional and then principal). `A .^ p` takes it entry by entry.', 'A^{p}', 'A^(1/2)',
    { spelled: ['^'], elsewhere: ['pow', 'mpower'], domain: 'A invertible for a negative p; no eigenvalue on the closed negative axis for a fractional one' }),
];
