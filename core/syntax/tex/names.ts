/** What LaTeX's words mean in mcalc: letters, functions, accents. Imports nothing. */

const GREEK_WORDS = 'alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau upsilon phi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega'.split(' ');
/** Commands that are letters. */
export const LETTERS: ReadonlyMap<string, string> = new Map([
  ...GREEK_WORDS.map((w) => [w, w] as const),
  ['varepsilon', 'epsilon'], ['vartheta', 'theta'], ['varrho', 'rho'], ['varsigma', 'sigma'], ['varphi', 'phi'], ['varpi', 'pi'], ['varkappa', 'kappa'],
  ['ell', 'l'], ['imath', 'i'], ['jmath', 'j'], ['hbar', 'hbar'],
]);

/** Styles that do not change which letter it is. `bold` lower-case letters are vectors. */
export const STYLES: ReadonlyMap<string, 'plain' | 'bold' | 'words'> = new Map([
  ['mathbf', 'bold'], ['boldsymbol', 'bold'], ['bm', 'bold'], ['pmb', 'bold'], ['mathbfit', 'bold'], ['symbf', 'bold'], ['textbf', 'bold'],
  ['mathit', 'plain'], ['mathcal', 'plain'], ['mathscr', 'plain'], ['mathfrak', 'plain'], ['mathnormal', 'plain'], ['symbfit', 'bold'],
  ['mathrm', 'words'], ['operatorname', 'words'], ['operatorname*', 'words'], ['text', 'words'], ['textrm', 'words'], ['mathsf', 'words'], ['textsf', 'words'], ['mathtt', 'words'], ['mbox', 'words'], ['rm', 'words'], ['textit', 'words'], ['mathop', 'words'],
]);

export const ACCENTS: ReadonlyMap<string, string> = new Map([
  ['hat', 'hat'], ['widehat', 'hat'], ['tilde', 'tilde'], ['widetilde', 'tilde'], ['bar', 'bar'], ['overline', 'bar'], ['dot', 'dot'], ['ddot', 'ddot'], ['vec', 'vec'], ['underline', 'underline'],
  ['check', 'check'], ['breve', 'breve'],
]);

/** Functions by the words that people write, lower case. Of those in `WHOLE_PRODUCT` the argument may go without parentheses. */
export const FUNCTIONS: ReadonlyMap<string, string> = new Map([
  ...'exp log sin cos tan sinh cosh tanh det vec vech diag kron max min sigmoid softplus softmax relu erf adj chol pinv inv tril triu sym expm logm sqrtm sqrt logsumexp logdet tr sum mean unvec cond rowsum colsum normcdf polar phi sign abs cross commutation'.split(' ').map((w) => [w, w] as const),
  ['trace', 'tr'], ['ln', 'log'], ['arcsin', 'asin'], ['arccos', 'acos'], ['arctan', 'atan'], ['sgn', 'sign'], ['skew', 'skewpart'], ['lse', 'logsumexp'], ['adjugate', 'adj'], ['cholesky', 'chol'], ['vect', 'vec'], ['diagonal', 'diag'],
]);
/** Functions that are commands of LaTeX itself or of its common packages. */
export const COMMAND_FUNCTIONS: ReadonlySet<string> = new Set(['exp', 'log', 'ln', 'sin', 'cos', 'tan', 'sinh', 'cosh', 'tanh', 'arcsin', 'arccos', 'arctan', 'det', 'max', 'min', 'tr', 'Tr', 'trace']);
/** Words that are known and have no counterpart. */
export const REFUSED_WORDS: ReadonlySet<string> = new Set(['rank', 'rk', 'ker', 'dim', 'im', 'var', 'cov', 'corr', 'argmin', 'argmax', 'span', 'prox', 'proj', 'sinc', 'cot', 'sec', 'csc', 'coth', 'lim', 'sup', 'inf', 'pr', 'null', 'range', 'blkdiag', 'grad', 'div', 'curl', 'hess']);
export const WHOLE_PRODUCT: ReadonlySet<string> = new Set(['tr', 'det', 'logdet']);
/** Of a matrix these have names of their own. */
export const OF_MATRIX: ReadonlyMap<string, string> = new Map([['exp', 'expm'], ['log', 'logm'], ['sqrt', 'sqrtm']]);
