/**
 * Differentials, in mcalc's own notation: `rule` for an operator of its arguments A, B, C, `each` for the derivative of a function that
 * acts on every entry. Linear and multilinear operators need no row: they are named in `LINEAR_IN`.
 * `F` is the operator's own value, `n` the number of A's rows, `Im` and `In` the identities of its rows and columns. Each row is checked against the 64-digit oracle in the tests, next to a mutated twin that must fail.
 */
export interface Rule {
  readonly op: string;
  /** The pattern, which names the arguments. */
  readonly of: string;
  readonly differential: string;
  /** Shared parts: `R = A^(1/2)`. */
  readonly where?: readonly string[];
  readonly condition?: string;
  readonly source: string;
  readonly name: string;
}
/** A rule as it is said in a derivation: not each has a row of the table. */
export type NamedRule = Pick<Rule, 'name'> & Partial<Rule>;
export interface EachRule { readonly op: string; readonly derivative: string; readonly condition?: string; readonly source: string }

const rule = (op: string, of: string, differential: string, name: string, source: string, condition?: string, where?: readonly string[]): Rule =>
  ({ op, of, differential, name, source, ...(condition === undefined ? {} : { condition }), ...(where === undefined ? {} : { where }) });
const each = (op: string, derivative: string, condition?: string, source = 'calculus'): EachRule =>
  condition === undefined ? { op, derivative, source } : { op, derivative, source, condition };

export const rules: readonly Rule[] = [
  rule('det', 'det(A)', 'det(A)*tr(inv(A)*dA)', "Jacobi's formula", 'Magnus & Neudecker 2019, Theorem 8.1', 'A invertible'),
  rule('logdet', 'logdet(A)', 'tr(inv(A)*dA)', 'differential of the log-determinant', 'Magnus & Neudecker 2019, Theorem 8.2', 'det(A) > 0'),
  rule('adj', 'adj(A)', 'tr(adj(A)*dA)*inv(A) - adj(A)*dA*inv(A)', 'differential of the adjugate', 'Magnus & Neudecker 2019, Theorem 8.3', 'A invertible'),
  rule('chol', 'chol(A)', "F*phi(inv(F)*dA*inv(F)')", 'differential of the Cholesky factor', 'Murray 2016, eq. (8)', 'A positive definite'),
  rule('expm', 'expm(A)', 'expmFrechet(A, dA)', 'Fréchet derivative of the exponential', 'Higham 2008, Functions of Matrices, section 10.2'),
  rule('logm', 'logm(A)', 'logmFrechet(A, dA)', 'Fréchet derivative of the logarithm', 'Higham 2008, Functions of Matrices, section 11.8', 'no eigenvalue on the closed negative axis'),
  rule('sylvester', 'sylvester(A, B, C)', 'sylvester(A, B, dC - dA*F - F*dB)', 'implicit differentiation of A*Y + Y*B = C', 'Giles 2008', 'no eigenvalue of A is the negative of one of B'),
  rule('softmax', 'softmax(A)', "F .* dA - F*(F'*dA)", 'differential of softmax', 'calculus'),
  rule('logsumexp', 'logsumexp(A)', 'sum(exp(A - F) .* dA)', 'differential of logsumexp', 'calculus'),
  rule('norm2', 'norm2(A)', "svdu1(A)'*dA*svdv1(A)", 'differential of the largest singular value', 'Magnus & Neudecker 2019, section 8.11', 'the largest singular value of A is simple'),
  rule('svdu1', 'svdu1(A)', "inv(norm2(A)^2*Im - A*A' + norm2(A)^2*F*F')*(norm2(A)*dA*svdv1(A) + A*dA'*F) - 2*F*(F'*dA*svdv1(A))/norm2(A)", 'differential of the leading left singular vector', 'Magnus 1985, Theorem 1, for A*A\'', 'the largest singular value of A is simple'),
  rule('svdv1', 'svdv1(A)', "inv(norm2(A)^2*In - A'*A + norm2(A)^2*F*F')*(norm2(A)*dA'*svdu1(A) + A'*dA*F) - 2*F*(F'*dA'*svdu1(A))/norm2(A)", 'differential of the leading right singular vector', 'Magnus 1985, Theorem 1, for A\'*A', 'the largest singular value of A is simple'),
  rule('svdu', 'svdu(A)', "F*(reciprocalGaps(svdvals(A).^2) .* (F'*dA*svdv(A)*diag(svdvals(A)) + diag(svdvals(A))*svdv(A)'*dA'*F)) + (Im - F*F')*dA*svdv(A)*diag(1 ./ svdvals(A))", 'differential of the left singular vectors', 'Townsend 2016, Differentiating the singular value decomposition', 'distinct, non-zero singular values'),
  rule('svdv', 'svdv(A)', "F*(reciprocalGaps(svdvals(A).^2) .* (diag(svdvals(A))*svdu(A)'*dA*F + F'*dA'*svdu(A)*diag(svdvals(A)))) + (In - F*F')*dA'*svdu(A)*diag(1 ./ svdvals(A))", 'differential of the right singular vectors', 'Townsend 2016, Differentiating the singular value decomposition', 'distinct, non-zero singular values'),
  rule('eigmax', 'eigmax(A)', "tr(eigvecs(A)[:, n]*eigvecs(A)[:, n]'*dA)", 'differential of the largest eigenvalue', 'Magnus 1985, Theorem 1', 'A symmetric, with a simple largest eigenvalue'),
  rule('eigmin', 'eigmin(A)', "tr(eigvecs(A)[:, 1]*eigvecs(A)[:, 1]'*dA)", 'differential of the smallest eigenvalue', 'Magnus 1985, Theorem 1', 'A symmetric, with a simple smallest eigenvalue'),
  rule('eigvals', 'eigvals(A)', "diag(eigvecs(A)'*dA*eigvecs(A))", 'differential of the eigenvalues', 'Magnus 1985, Theorem 1', 'A symmetric, with distinct eigenvalues'),
  rule('svdvals', 'svdvals(A)', "diag(svdu(A)'*dA*svdv(A))", 'differential of the singular values', 'Magnus & Neudecker 2019, section 8.11', 'distinct, non-zero singular values'),
  rule('eigvecs', 'eigvecs(A)', "F*((reciprocalGaps(eigvals(A))) .* (F'*dA*F))", 'differential of the eigenvectors', 'Magnus 1985, Theorem 1', 'A symmetric, with distinct eigenvalues'),
  rule('reciprocalGaps', 'reciprocalGaps(A)', "F.^2 .* (dA*ones(n)' - ones(n)*dA')", 'differential of 1/(w[j] - w[i])', 'calculus', 'distinct entries'),
  rule('prod', 'prod(A)', 'F*sum(dA ./ A)', 'differential of a product of entries', 'calculus', 'no entry of A is 0'),
  rule('normInf', 'normInf(A)', "sum(sign(A) .* argmax(abs(A)) .* dA)", 'differential of the largest absolute entry', 'calculus', 'the largest absolute entry of A is unique'),
  rule('maximum', 'maximum(A)', 'sum(argmax(A) .* dA)', 'differential of the largest entry', 'calculus', 'the largest entry of A is unique'),
  rule('minimum', 'minimum(A)', 'sum(argmax(-A) .* dA)', 'differential of the smallest entry', 'calculus', 'the smallest entry of A is unique'),
  rule('argmax', 'argmax(A)', '0*dA', 'the place of the largest entry does not change', 'calculus', 'the largest entry of A is unique'),
  rule('max', 'max(A, B)', 'step(A - B) .* dA + step(B - A) .* dB', 'differential of the larger', 'calculus', 'A and B differ in every entry'),
  rule('min', 'min(A, B)', 'step(B - A) .* dA + step(A - B) .* dB', 'differential of the smaller', 'calculus', 'A and B differ in every entry'),
];

/** Of two that both change: where they are equal throughout, as in max(x, x.^1), these are right too. */
export const tieRules = {
  max: rule('max', 'max(A, B)', 'dA + step(B - A) .* (dB - dA)', 'differential of the larger', 'calculus', 'A and B differ in every entry, or change alike'),
  min: rule('min', 'min(A, B)', 'dA - step(A - B) .* (dA - dB)', 'differential of the smaller', 'calculus', 'A and B differ in every entry, or change alike'),
} as const;

/** logsumexp of a column: softmax is of vectors. */
export const logsumexpOfColumn = rule('logsumexp', 'logsumexp(A)', "softmax(A)'*dA", 'differential of logsumexp', 'calculus');

/** pinv: the shorter row where the columns (or rows) are known to be independent. */
export const pinvRules = {
  tall: rule('pinv', 'pinv(A)', "-F*dA*F + inv(A'*A)*dA'*(I - A*F)", 'differential of the pseudo-inverse', 'Golub & Pereyra 1973, eq. (4.12)', 'A has full column rank'),
  wide: rule('pinv', 'pinv(A)', "-F*dA*F + (I - F*A)*dA'*inv(A*A')", 'differential of the pseudo-inverse', 'Golub & Pereyra 1973, eq. (4.12)', 'A has full row rank'),
  general: rule('pinv', 'pinv(A)', "-F*dA*F + F*F'*dA'*(I - A*F) + (I - F*A)*dA'*F'*F", 'differential of the pseudo-inverse', 'Golub & Pereyra 1973, eq. (4.12)', 'constant rank'),
} as const;

export const powerRules = {
  inverse: rule('inv', 'inv(A)', '-inv(A)*dA*inv(A)', 'differential of the inverse', 'Magnus & Neudecker 2019, Theorem 8.3', 'A invertible'),
  root: rule('sqrtm', 'A^(1/2)', 'sylvester(F, F, dA)', 'differential of the square root: F*dF + dF*F = dA', 'Higham 2008, Functions of Matrices, chapter 6', 'no eigenvalue on the closed negative axis'),
  inverseRoot: rule('invsqrtm', 'A^(-1/2)', '-F*sylvester(R, R, dA)*F', 'differential of the inverse square root', 'Higham 2008, Functions of Matrices, chapter 6', 'no eigenvalue on the closed negative axis', ['R = A^(1/2)']),
  fraction: rule('powm', 'A^p', 'powmFrechet(A, p, dA)', 'Fréchet derivative of the power', 'Higham & Lin 2013', 'no eigenvalue on the closed negative axis'),
} as const;

export const eachRules: readonly EachRule[] = [
  each('exp', 'exp(x)'), each('log', '1/x', 'x > 0'), each('sin', 'cos(x)'), each('cos', '-sin(x)'), each('tan', '1 + tan(x)^2', 'cos(x) != 0'),
  each('asin', '(1 - x^2)^(-1/2)', '|x| < 1'), each('acos', '-(1 - x^2)^(-1/2)', '|x| < 1'), each('atan', '1/(1 + x^2)'),
  each('sinh', 'cosh(x)'), each('cosh', 'sinh(x)'), each('tanh', '1 - tanh(x)^2'), each('abs', 'sign(x)', 'x != 0'), each('sign', '0', 'x != 0'),
  each('relu', 'step(x)', 'x != 0'), each('step', '0', 'x != 0'), each('sigmoid', 'sigmoid(x)*(1 - sigmoid(x))'), each('softplus', 'sigmoid(x)'),
  each('erf', '2*pi^(-1/2)*exp(-x^2)', undefined, 'NIST DLMF 7.2.1'), each('normcdf', '(2*pi)^(-1/2)*exp(-x^2/2)'),
  each('gamma', 'gamma(x)*digamma(x)', 'x is no whole number <= 0', 'NIST DLMF 5.2.2'), each('lgamma', 'digamma(x)', 'x > 0', 'NIST DLMF 5.2.2'),
  each('digamma', 'trigamma(x)', 'x is no whole number <= 0', 'NIST DLMF 5.15'), each('trigamma', 'polygamma(2, x)', 'x is no whole number <= 0', 'NIST DLMF 5.15'),
];

/** Arguments in which an operator is linear (each by itself). */
export const LINEAR_IN: Readonly<Record<string, readonly number[]>> = {
  tr: [0], sum: [0], diag: [0], vec: [0], unvec: [0], vech: [0], tril: [0], triu: [0], phi: [0], band: [0], skew3: [0], kron: [0, 1], blocks: [],
};
