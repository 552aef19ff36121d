/** Rows of the operator table: scalar functions, which act on every entry. */
import { row, type Operator } from './operator';

const each = (call: string, documentation: string, latex: string, extra: { domain?: string; kinks?: string; elsewhere?: readonly string[]; spelled?: readonly string[] } = {}): Operator =>
  row('elementwise', 'elementwise', call, '(m,n) -> (m,n)', documentation, latex, call, extra);

const PAIR = '(m,n) -> (1,1) | (1,1),(m,n) -> (m,n) | (m,n),(1,1) -> (m,n) | (m,n),(m,n) -> (m,n)';

export const elementwise: readonly Operator[] = [
  each('exp(x)', 'The exponential of every entry. The matrix exponential is `expm`.', '\\exp(x)'),
  each('log(x)', 'The natural logarithm of every entry. The matrix logarithm is `logm`.', '\\log(x)', { domain: 'x > 0', elsewhere: ['ln'] }),
  each('sqrt(x)', 'The square root of every entry. The matrix square root is `sqrtm`.', '\\sqrt{x}', { domain: 'x ≥ 0', kinks: 'x = 0' }),
  each('sin(x)', 'The sine of every entry.', '\\sin(x)'),
  each('cos(x)', 'The cosine of every entry.', '\\cos(x)'),
  each('tan(x)', 'The tangent of every entry.', '\\tan(x)', { domain: 'cos(x) ≠ 0' }),
  each('asin(x)', 'The inverse sine of every entry.', '\\arcsin(x)', { domain: '-1 ≤ x ≤ 1', kinks: 'x = ±1', elsewhere: ['arcsin'] }),
  each('acos(x)', 'The inverse cosine of every entry.', '\\arccos(x)', { domain: '-1 ≤ x ≤ 1', kinks: 'x = ±1', elsewhere: ['arccos'] }),
  each('atan(x)', 'The inverse tangent of every entry.', '\\arctan(x)', { elsewhere: ['arctan'] }),
  each('sinh(x)', 'The hyperbolic sine of every entry.', '\\sinh(x)'),
  each('cosh(x)', 'The hyperbolic cosine of every entry.', '\\cosh(x)'),
  each('tanh(x)', 'The hyperbolic tangent of every entry.', '\\tanh(x)'),
  each('abs(x)', 'The absolute value of every entry.', '\\lvert x \\rvert', { kinks: 'x = 0' }),
  each('sign(x)', 'The sign of every entry: -1, 0 or 1.', '\\operatorname{sign}(x)', { kinks: 'x = 0', elsewhere: ['sgn'] }),
  each('relu(x)', 'Every entry where it is positive, else 0.', '\\operatorname{relu}(x)', { kinks: 'x = 0', elsewhere: ['ReLU'] }),
  each('step(x)', '1 where an entry is positive, 0 where it is negative: the derivative of `relu`.', '\\operatorname{step}(x)', { kinks: 'x = 0', elsewhere: ['heaviside'] }),
  each('sigmoid(x)', 'The logistic function `1 / (1 + exp(-x))` of every entry.', '\\sigma(x)', { elsewhere: ['logistic', 'expit'] }),
  each('softplus(x)', '`log(1 + exp(x))` of every entry.', '\\operatorname{softplus}(x)', { elsewhere: ['log1pexp'] }),
  each('erf(x)', 'The error function of every entry.', '\\operatorname{erf}(x)'),
  each('normcdf(x)', 'The distribution function of the standard normal law, of every entry.', '\\Phi(x)', { elsewhere: ['ncdf', 'pnorm'] }),
  each('gamma(x)', 'The gamma function of every entry.', '\\Gamma(x)', { domain: 'x is no whole number ≤ 0' }),
  each('lgamma(x)', 'The logarithm of the gamma function of every entry.', '\\log\\Gamma(x)', { domain: 'x > 0', elsewhere: ['gammaln', 'loggamma'] }),
  each('digamma(x)', 'The derivative of `lgamma`, of every entry.', '\\psi(x)', { domain: 'x is no whole number ≤ 0', elsewhere: ['psi'] }),
  each('trigamma(x)', 'The derivative of `digamma`, of every entry.', '\\psi_1(x)', { domain: 'x is no whole number ≤ 0' }),
  row('elementwise', 'elementwise', 'polygamma(k, x)', '(1,1),(m,n) -> (m,n)', 'The k-th derivative of `digamma`, of every entry of x; k is a whole number.', '\\psi_{k}(x)', 'polygamma(2, x)',
    { domain: 'x is no whole number ≤ 0' }),
  row('elementwise', 'elementwise', 'max(x, y)', PAIR, 'The larger of two, entry by entry; of one array, its largest entry.', '\\max(x, y)', 'max(x, 0)', { kinks: 'x = y, or two largest entries', elsewhere: ['maximum'] }),
  row('elementwise', 'elementwise', 'min(x, y)', PAIR, 'The smaller of two, entry by entry; of one array, its smallest entry.', '\\min(x, y)', 'min(x, 1)', { kinks: 'x = y, or two smallest entries', elsewhere: ['minimum'] }),
];
