/** Functions of NumPy, MATLAB, R, Julia and Mathematica that the language writes as operators, or does not have: `solve(A, b)` is `A \ b`. By the text of their arguments. */
import type { Fix } from '../syntax/diagnostic';
import type { Range } from '../syntax/tree';
import { spelled } from './operators';

/** What the call is here; undefined where the arguments are others. `isNumber` tells a text that is surely a scalar. */
type Written = (args: readonly string[]) => string | undefined;

const NAME = /^[\p{L}_][\p{L}\p{M}_0-9]*$/u;
const CALL = /^[\p{L}_][\p{L}\p{M}_0-9]*\([^()]*\)$/u;
/** An operand that needs no parentheses. */
const atom = (text: string): string => (NAME.test(text) || /^[0-9.]+$/.test(text) || CALL.test(text) ? text : `(${text})`);
const both = (op: string): Written => ([a, b, ...more]) => (a !== undefined && b !== undefined && more.length === 0 ? `${atom(a)}${op}${atom(b)}` : undefined);
const one = (write: (a: string) => string): Written => ([a, ...more]) => (a !== undefined && more.length === 0 ? write(a) : undefined);
const power: Written = ([a, p, ...more]) => (a !== undefined && p !== undefined && more.length === 0 ? `${atom(a)}.^${atom(p)}` : undefined);

/** A function that acts on every entry, given as an argument. */
const mapped = (f: string | undefined, x: string | undefined, more: readonly string[]): string | undefined => (f !== undefined && x !== undefined && more.length === 0 && spelled(f)?.kind === 'elementwise' ? `${f}(${x})` : undefined);

const rows: readonly (readonly [string, Written])[] = [
  ...['linsolve', 'mldivide', 'Solve', 'LinearSolve', 'lu_solve'].map((n) => [n, both(' \\ ')] as const),
  ['solve', (args) => (args.length === 1 ? `inv(${args[0] ?? ''})` : both(' \\ ')(args))],
  ...['matmul', 'mul', 'mm', 'mv', 'mtimes', 'multi_dot', 'times_matrix', 'Dot'].map((n) => [n, both('*')] as const),
  ...['multiply', 'times', 'elementwise', 'hprod'].map((n) => [n, both(' .* ')] as const),
  ...['add', 'plus'].map((n) => [n, both(' + ')] as const), ...['subtract', 'minus', 'sub'].map((n) => [n, both(' - ')] as const), ...['divide', 'rdivide', 'true_divide'].map((n) => [n, both(' ./ ')] as const),
  ...['pow', 'power', 'Power'].map((n) => [n, power] as const),
  ...['σ', 'expit', 'logistic', 'Sigmoid'].map((n) => [n, one((a) => `sigmoid(${a})`)] as const), ...['ReLU', 'Relu', 'ramp'].map((n) => [n, one((a) => `relu(${a})`)] as const),
  ['log1p', one((a) => `log(1 + ${atom(a)})`)], ['expm1', one((a) => `(exp(${a}) - 1)`)], ['log2', one((a) => `(log(${a})/log(2))`)], ['log10', one((a) => `(log(${a})/log(10))`)],
  ['square', one((a) => `${atom(a)}.^2`)], ['abs2', one((a) => `${atom(a)}.^2`)],
  ['outer', ([a, b, ...more]) => (a !== undefined && b !== undefined && more.length === 0 ? `${atom(a)}*${atom(b)}'` : undefined)],
  ['crossprod', ([a, b = a, ...more]) => (a !== undefined && b !== undefined && more.length === 0 ? `${atom(a)}'*${atom(b)}` : undefined)],
  ['tcrossprod', ([a, b = a, ...more]) => (a !== undefined && b !== undefined && more.length === 0 ? `${atom(a)}*${atom(b)}'` : undefined)],
  ...['lstsq', 'lsqr'].map((n) => [n, ([a, b, ...more]: readonly string[]) => (a !== undefined && b !== undefined && more.length === 0 ? `pinv(${a})*${atom(b)}` : undefined)] as const),
  ...['map', 'broadcast'].map((n) => [n, ([f, x, ...more]: readonly string[]) => mapped(f, x, more)] as const), ...['sapply', 'lapply'].map((n) => [n, ([x, f, ...more]: readonly string[]) => mapped(f, x, more)] as const),
  ['maximum', ([a, b, ...more]) => (a !== undefined && b !== undefined && more.length === 0 ? `max(${a}, ${b})` : undefined)], ['minimum', ([a, b, ...more]) => (a !== undefined && b !== undefined && more.length === 0 ? `min(${a}, ${b})` : undefined)],
  ['quad_form', ([x, a, ...more]) => (x !== undefined && a !== undefined && more.length === 0 ? `${atom(x)}'*${atom(a)}*${atom(x)}` : undefined)],
  ['sum_squares', one((a) => `sum(${atom(a)}.^2)`)],
  ...['eye', 'identity', 'Identity', 'IdentityMatrix', 'speye'].map((n) => [n, ([a, b, ...more]: readonly string[]) => (a !== undefined && more.length === 0 && (b === undefined || b === a) ? `I(${a})` : undefined)] as const),
  ...['derivative', 'differentiate', 'deriv', 'gradient', 'Gradient', 'Derivative', 'Grad', 'autodiff'].map((n) => [n, ([f, x, ...more]: readonly string[]) => (f !== undefined && x !== undefined && more.length === 0 ? `grad(${f}, ${x})` : undefined)] as const),
  ['hess', ([f, x, ...more]) => (f !== undefined && x !== undefined && more.length === 0 ? `hessian(${f}, ${x})` : undefined)],
  ...['Inverse', 'inverse', 'solve_inv'].map((n) => [n, one((a) => `inv(${a})`)] as const), ...['Det', 'determinant'].map((n) => [n, one((a) => `det(${a})`)] as const),
  ...['Tr', 'Trace', 'trace'].map((n) => [n, one((a) => `tr(${a})`)] as const), ...['Transpose', 'ConjugateTranspose'].map((n) => [n, one((a) => `${atom(a)}'`)] as const),
  ...['Norm'].map((n) => [n, one((a) => `norm(${a})`)] as const), ...['MatrixExp'].map((n) => [n, one((a) => `expm(${a})`)] as const), ...['MatrixLog'].map((n) => [n, one((a) => `logm(${a})`)] as const),
  ...['Exp', 'Log', 'Sin', 'Cos', 'Tan', 'Sqrt', 'Abs', 'Tanh', 'Sinh', 'Cosh'].map((n) => [n, one((a) => `${n.toLowerCase()}(${a})`)] as const), ['Eigenvalues', one((a) => `eigvals(${a})`)], ['SingularValueList', one((a) => `svdvals(${a})`)], ['Total', one((a) => `sum(${a})`)],
  ['D', ([f, x, ...more]) => (f !== undefined && x !== undefined && more.length === 0 ? `∂(${f})/∂${x}` : undefined)], ['PseudoInverse', one((a) => `pinv(${a})`)], ['DiagonalMatrix', one((a) => `diag(${a})`)], ['KroneckerProduct', ([a, b, ...more]) => (a !== undefined && b !== undefined && more.length === 0 ? `kron(${a}, ${b})` : undefined)],
];
const WRITTEN: ReadonlyMap<string, Written> = new Map(rows);

/** Functions that nothing here stands for, and what there is instead. */
const ABSENT: ReadonlyMap<string, string> = new Map([
  ...['rand', 'randn', 'random', 'normal', 'uniform', 'rnorm', 'runif'].map((n) => [n, 'nothing is drawn at random: declare the array, and points are drawn where they are needed'] as const),
  ...['qr', 'lu', 'schur', 'hess', 'ldl'].map((n) => [n, 'this factorisation is not in the language; there are `chol`, `polar`, `eigvals`, `eigvecs`, `svdvals`, `svdu`, `svdv`'] as const),
  ...['argmin', 'minimize', 'maximize', 'minimise', 'maximise', 'fmin', 'fminsearch', 'fsolve', 'optim'].map((n) => [n, 'nothing is minimised here: write the function, and ask for `grad(f, x)`'] as const),
  ...['where', 'ifelse', 'cond_select', 'select', 'Piecewise', 'piecewise'].map((n) => [n, 'there are no conditions; `max`, `abs`, `relu` and `step` choose by sign'] as const),
  ...['Variable', 'Parameter', 'Symbol', 'MatrixSymbol', 'placeholder', 'sdpvar'].map((n) => [n, 'a variable is declared: `x : vector(n)`, `X : matrix(m, n)`'] as const),
  ...['Matrix', 'array', 'asarray', 'tensor', 'DMatrix'].map((n) => [n, 'a matrix of numbers or blocks stands in brackets: `[1, 2; 3, 4]`'] as const),
  ...['repmat', 'tile', 'repeat', 'expand_dims', 'broadcast_to', 'bsxfun', 'arrayfun', 'cellfun', 'vmap', 'map', 'apply', 'sapply'].map((n) => [n, 'nothing is repeated or mapped here: functions act on every entry, and an outer product with `ones(n)` repeats a vector'] as const),
  ...['einsum', 'tensordot', 'contract'].map((n) => [n, 'arrays have two indices at most: write products, `diag`, `⊗` or `sum(A[i, j]*x[j], j = 1:n)`'] as const),
  ...['reshape', 'Reshape'].map((n) => [n, 'an array is reshaped by `vec(A)` and `unvec(v, m, n)`, column by column'] as const),
  ...['concatenate', 'vstack', 'hstack', 'vcat', 'hcat', 'cbind', 'rbind', 'horzcat', 'vertcat', 'Join'].map((n) => [n, 'blocks stand in brackets: `[A, B]` beside each other, `[A; B]` below'] as const),
  ...['size', 'length', 'numel', 'len', 'shape', 'nrow', 'ncol', 'ndims', 'Length', 'Dimensions'].map((n) => [n, 'a dimension is written by its name, as in `norm(x)^2 / n`'] as const),
  ...['integrate', 'int', 'Integrate', 'quad', 'limit', 'Limit', 'simplify', 'Simplify', 'expand', 'factor', 'subs'].map((n) => [n, 'this is no part of matrix calculus: results are simplified by themselves'] as const),
]);

/** What a call of another system's function says. `text` is the program, `end` is after the name; `open` its bracket. */
export function foreignCall(text: string, name: string, end: number, open: '(' | '['): { readonly said: string; readonly meant?: string; readonly end: number } | undefined {
  if (!WRITTEN.has(name) && !ABSENT.has(name)) return undefined;
  const found = argumentsAt(text, end, open);
  if (!found) return undefined;
  const meant = WRITTEN.get(name)?.(found.args);
  if (meant !== undefined) return { said: `it is written \`${meant.slice(0, 60)}\``, meant, end: found.end };
  const said = ABSENT.get(name);
  return said === undefined ? undefined : { said, end: found.end };
}

/** What is said of `solve(A, b)`, and the edit that mends it; undefined for names that no table here holds. */
export function foreignFunction(text: string, name: string, range: Range): { readonly message: string; readonly fixes: readonly Fix[] } | undefined {
  const found = foreignCall(text, name, range.end, '(');
  if (!found) return undefined;
  const { meant } = found;
  return {
    message: `\`${name}\` is no function of the language; ${found.said}`,
    fixes: meant === undefined ? [] : [{ title: `Write ${meant}`, edits: [{ range: { start: range.start, end: found.end }, text: placed(text, range.start, found.end, meant) }], safe: false }],
  };
}

/** An operator that takes the place of a call keeps together among factors, powers and marks. */
export const placed = (text: string, start: number, end: number, meant: string): string => {
  const isCall = /^[\p{L}_0-9]+\([^()]*\)$/u.test(meant);
  const isAlone = /(?:^|\n|[=(,;[:])[ \t]*$/.test(text.slice(Math.max(0, start - 6), start)) && /^[ \t]*(?:$|[),;\]#+\r\n-])/.test(text.slice(end, end + 4));
  return isCall || isAlone ? meant : `(${meant})`;
};

/** At most this far a call's end is looked for. */
const FAR = 400;
/** Texts between brackets, parted by commas that stand in no inner bracket. */
export function argumentsAt(text: string, at: number, open: '(' | '['): { readonly args: readonly string[]; readonly end: number } | undefined {
  if (text[at] !== open) return undefined;
  const args: string[] = [];
  let depth = 0;
  let from = at + 1;
  for (let i = at; i < Math.min(text.length, at + FAR); i++) {
    const c = text.charAt(i);
    if (c === '\n' || c === '#') return undefined;
    if (c === '(' || c === '[') depth++;
    if (c === ')' || c === ']') depth--;
    if ((c === ',' && depth === 1) || depth === 0) { args.push(text.slice(from, i).trim()); from = i + 1; }
    if (depth === 0) return args.some((a) => a === '') ? undefined : { args, end: i + 1 };
  }
  return undefined;
}
