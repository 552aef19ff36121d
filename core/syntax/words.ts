/** The words of the language that the parser must know: functions, structure words, types, Greek letters. Imports nothing. */

const list = (text: string): readonly string[] => text.trim().split(/\s+/);

/** Names that are called when `(` follows and nobody declared them. The operator table of core/algebra says what they do. */
export const BUILTIN_FUNCTIONS: ReadonlySet<string> = new Set(list(`
  exp log sqrt sin cos tan asin acos atan sinh cosh tanh abs sign relu sigmoid softplus erf normcdf gamma lgamma digamma trigamma polygamma max min step
  inv pinv sqrtm invsqrtm expm logm chol polar adj
  tr det logdet sum mean prod norm normF norm2 normNuc norm1 normInf logsumexp dot entropy eigmax eigmin cond
  diag vec unvec vech kron kronsum commutation duplication diagonalisation tril triu sym skewpart softmax eigvals svdvals cross skew3
  rowsum colsum cumsum hadamard
  I ones zeros e E delta
  sylvester phi expmFrechet logmFrechet powmFrechet eigvecs svdu svdv svdu1 svdv1 expmKron logmKron powmKron argmax band reciprocalGaps
  grad jacobian hessian diff hvp vjp
`));

export const STRUCTURE_WORDS: ReadonlySet<string> = new Set(list(`
  symmetric skew diagonal tridiagonal lower upper posdef spd possemidef psd orthogonal invertible positive nonnegative fullrank
`));

export const TYPE_WORDS: ReadonlySet<string> = new Set(['scalar', 'vector', 'matrix']);
export const STATEMENT_WORDS: ReadonlySet<string> = new Set(['dim', 'check', 'assume', 'set']);

const GREEK_LETTERS: readonly (readonly [string, string])[] = [
  ['alpha', 'α'], ['beta', 'β'], ['gamma', 'γ'], ['delta', 'δ'], ['epsilon', 'ε'], ['zeta', 'ζ'], ['eta', 'η'], ['theta', 'θ'],
  ['iota', 'ι'], ['kappa', 'κ'], ['lambda', 'λ'], ['mu', 'μ'], ['nu', 'ν'], ['xi', 'ξ'], ['omicron', 'ο'], ['pi', 'π'],
  ['rho', 'ρ'], ['sigma', 'σ'], ['tau', 'τ'], ['upsilon', 'υ'], ['phi', 'φ'], ['chi', 'χ'], ['psi', 'ψ'], ['omega', 'ω'],
  ['Gamma', 'Γ'], ['Delta', 'Δ'], ['Theta', 'Θ'], ['Lambda', 'Λ'], ['Xi', 'Ξ'], ['Pi', 'Π'], ['Sigma', 'Σ'], ['Upsilon', 'Υ'],
  ['Phi', 'Φ'], ['Psi', 'Ψ'], ['Omega', 'Ω'],
];
/** `lambda` to `λ`. */
export const GREEK: ReadonlyMap<string, string> = new Map(GREEK_LETTERS);
/** `λ` to `lambda`. */
export const GREEK_NAMES: ReadonlyMap<string, string> = new Map(GREEK_LETTERS.map(([name, letter]) => [letter, name]));
