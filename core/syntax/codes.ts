/** The one table of diagnostic codes, for every layer; each row becomes a page of the documentation. Imports only the contracts. */
import type { Diagnostic, Fix, Related, Severity } from './diagnostic';
import type { Range } from './tree';

export interface CodeRow {
  /** `MC` and four digits; the first says the layer: 1 syntax, 2 names, 3 shapes, 4 calculus, 5 generation, 6 verification. */
  readonly code: string;
  readonly severity: Severity;
  readonly title: string;
  /** What is wrong, for somebody who sees the code for the first time. */
  readonly meaning: string;
  /** A text that gives this diagnostic. */
  readonly example: string;
  /** What to do about it. */
  readonly fix: string;
}

const row = <C extends string>(code: C, severity: Severity, title: string, meaning: string, example: string, fix: string) =>
  ({ code, severity, title, meaning, example, fix }) as const;

/** Ordered by code; a layer appends its rows in its own block. */
export const CODES = [
  // 1: syntax
  row('MC1001', 'error', 'Unknown character', 'A character that no part of the notation uses.', 'f = $x', 'Remove the character, or write the operator or name that was meant.'),
  row('MC1002', 'error', 'Expression expected', 'An operand is missing: an operator, a bracket or the end of the line stands where an expression must.', 'F = A * / B', 'Write the missing operand, or remove the operator.'),
  row('MC1003', 'error', 'Unbalanced bracket', 'A bracket is opened and not closed, closed by one of another kind, or closed without having been opened.', 'f = tr(A*(B + C)', 'Add the missing bracket or remove the extra one.'),
  row('MC1004', 'error', 'End of statement expected', 'A statement is complete and something follows it on the same line, or the wrong sign parts statements or arguments.', 'x : scalar y : scalar', 'Put the next statement on its own line, or a `;` between the two; arguments are separated by commas.'),
  row('MC1005', 'error', 'Bad declaration', 'A declaration needs `name : matrix(m, n)`, `vector(n)`, `scalar` or `∈ R^n`, then structure words.', 'A matrix(m, n)', 'Write `A : matrix(m, n)`.'),
  row('MC1006', 'error', 'Bad `dim` statement', '`dim` takes relations between dimensions (`m >= n`) or sizes (`m = 6`), separated by commas.', 'dim m >>> n', 'Write `dim m >= n` or `dim m = 6, n = 3`.'),
  row('MC1007', 'error', 'Bad `set` statement', '`set` takes a convention and its value: `set vec = column` or `row`, `set layout = numerator` or `denominator`.', 'set vec column', 'Write `set vec = column`.'),
  row('MC1008', 'error', 'Comparison outside `check`', '`==` claims an identity and stands only in `check A == B` and `assume A == B`.', 'f = A == B', 'Write `check` in front, or a single `=` to define.'),
  row('MC1009', 'error', '`=` inside an expression', 'A statement has one `=`, between the name it defines and the expression.', 'f = g = x', 'Give each definition a line of its own.'),
  row('MC1010', 'error', '`check` without two sides', '`check` compares two expressions: `check A == B`.', 'check grad(f, w)', 'Write `==` and the expression it should equal.'),
  row('MC1011', 'error', 'Cannot be defined', 'Only a name, or a name with the names of its arguments, can stand to the left of `=`.', '2*x = y', 'Write `name = …` or `name(x) = …`.'),
  row('MC1012', 'error', 'Empty parentheses', 'Parentheses, brackets or an argument list that must hold something are empty.', 'f = ()', 'Write the expression that belongs inside.'),
  row('MC1013', 'error', 'Bad entry or slice', 'Entries are `X[i, j]`, `x[i]`, `X[:, j]`, `x[1:k]`, counted from 1.', 'X[1, , 2]', 'Write one item for each dimension, separated by commas.'),
  row('MC1014', 'error', 'Bad blocks', 'A block matrix is `[A, B; C, D]`: every row has the same number of blocks.', '[A, B; C]', 'Give each row the same number of blocks.'),
  row('MC1015', 'error', 'Bad finite sum', 'A finite sum is `sum(expression, i = 1:N)`.', 'sum(x[i], i = 3)', 'Give the range of the index: `i = 1:N`.'),
  row('MC1016', 'error', 'Bad derivative', 'A derivative is `∂F/∂X`, `dF/dX`, `∂²f/∂x²` or `∂²f/∂x∂y`.', '∂²f/∂x', 'Name as many variables below as the order above says.'),
  row('MC1017', 'error', 'Too deeply nested', 'The expression is nested deeper than any formula a person writes; the rest of the statement is not read.', '((((…))))', 'Give parts of the expression names of their own.'),
  row('MC1018', 'error', 'Too long', 'The statement is longer than the limit; it is not read.', 'f = x + x + …', 'Give parts of the expression names of their own.'),
  row('MC1019', 'error', 'Bad number', 'A number is digits with at most one point and an exponent: `2`, `0.5`, `1e-3`.', 'f = 1.2.3', 'Write the number that was meant.'),
  row('MC1020', 'error', 'Bad assumption', '`assume` takes a fact such as `invertible(M)` or `A == B`.', 'assume', 'Write `assume invertible(M)`, or another structure word, or `assume A == B`.'),
  row('MC1021', 'error', 'Invisible or look-alike character', 'A character that cannot be seen, changes the direction of the text or only looks like one of the notation: a null, a byte order mark inside the text, a bidirectional control, a full-width letter or bracket, half of a surrogate pair.', 'f\u200b = x', 'Remove it, or type the ordinary character.'),
  row('MC1022', 'error', 'Not valid UTF-8', 'The text has a replacement character where its bytes were not UTF-8.', 'f = \ufffd', 'Save the file as UTF-8.'),
  row('MC1023', 'hint', 'Mixed products without parentheses', '`*`, `.*` and `⊗` have one strength and go from left to right, which a reader may not expect.', 'A * B ⊗ C', 'Put in the parentheses; the formatter does.'),
  row('MC1024', 'error', 'Phrase of another language', 'A statement begins, or holds a phrase, as in another language: an import, a return, a condition, a loop, a minimisation, a function without a name, a block comment, `sum(… for i in …)`, `einsum`, `S ≻ 0`. It is the only complaint about its statement.', 'import numpy as np', 'Leave it out, or write it as the message says.'),
  row('MC1025', 'hint', 'Power before a quotient', 'A power ends where its number ends: `A^-1/2` is half of the inverse, not the inverse root.', 'S : matrix(n, n) posdef; F = S^-1/2', 'Write `A^(-1/2)` for the root, `(A^-1)/2` for half of the inverse.'),
  row('MC1030', 'error', 'LaTeX that cannot be read', 'The formula holds a command, a relation or a construct that has no counterpart in mcalc, or whose definition was not copied with it.', '\\grad{f}{x}', 'Copy the definitions of macros too (`\\def\\grad#1#2{…}`), or write that part in mcalc by hand.'),
  row('MC1031', 'error', 'LaTeX that can be read in two ways', 'Two readings of the formula differ, and nothing in it decides between them. Declarations of its names may.', '\\|A\\|', 'Put in parentheses, name the norm, or give the declarations with `--with FILE`.'),
  // 2: names
  row('MC2001', 'error', 'Unknown name', 'A name that is neither declared, nor defined, nor an argument of a function, nor a dimension.', "f = x'*y", 'Declare it (`y : vector(n)`), or correct its spelling.'),
  row('MC2002', 'error', 'Defined twice', 'A name is declared or defined a second time, or a declared variable is defined.', 'x : scalar; x = 2', 'Give one of the two another name.'),
  row('MC2003', 'error', 'Cyclic definition', 'A definition that needs itself, directly or through others.', 'f = g + 1; g = 2*f', 'Break the circle: one of the definitions must not use the others.'),
  row('MC2004', 'error', 'Unknown function', 'A name is called that is no function of the language and is not defined.', 'f = trace(A)', 'Correct its spelling, or define it with its arguments.'),
  row('MC2005', 'error', 'Wrong number of arguments', 'A function takes another number of arguments.', 'grad(f, x, x, x)', 'Write the arguments that the signature names.'),
  row('MC2006', 'error', 'Not a variable', 'Derivatives are taken by variables: a declared name, or an argument of a function.', 'grad(f, A*x)', 'Name a variable.'),
  row('MC2007', 'error', 'Function without arguments', 'The name of a function stands alone, or a name that is no function is called.', 'f = 2*exp', 'Write the arguments in parentheses: `exp(x)`.'),
  row('MC2008', 'hint', 'Name hides a function', 'A declared name is that of a function or constant of the language, and is written like a call: it is read as a product.', 'gamma : scalar; f = gamma(2)', 'Write `*`, or give the variable another name.'),
  row('MC2009', 'error', 'Transpose or power?', 'A variable is named `T`, so `A^T` could be a power as well as the transpose.', "T : scalar; F = A^T", "Write `A'` for the transpose."),
  row('MC2010', 'warning', 'Variable named like a dimension', 'One name is both a dimension and a variable. In expressions it is the variable.', 'n : scalar; x : vector(n)', 'Give one of the two another name.'),
  row('MC2011', 'warning', 'Product with a definition', 'A definition without arguments is written like a call: it is read as a product.', "f = x'*x; g = f(x)", 'Write `f` alone, or `f * (…)`, or define it as `f(x) = …`.'),
  row('MC2012', 'error', 'Unknown structure word', 'A declaration ends with a word that is no structure of the language.', 'A : matrix(n, n) symetric', 'Use one of the structure words: symmetric, posdef, diagonal, lower, ….'),
  row('MC2013', 'error', 'Unknown setting', '`set` knows `vec` (`column`, `row`) and `layout` (`mixed`, `numerator`, `denominator`).', 'set layout = wide', 'Use one of the values.'),
  row('MC2014', 'error', 'Cannot be differentiated this way', 'A derivative is written in a form that is not supported here.', '∇³f(x)', 'Write it with `grad`, `jacobian`, `hessian` or `diff`.'),
  // 3: shapes
  row('MC3001', 'error', 'Product does not fit', 'In a product the columns of the left factor must be as many as the rows of the right one.', 'A : matrix(m, n); F = A*A', 'Transpose or swap a factor, or write `.*` for the product by entries.'),
  row('MC3002', 'error', 'Shapes differ', 'Sums and operations by entries need two arrays of one shape, or a scalar.', 'A : matrix(m, n); F = A + A\'', 'Transpose one of the two.'),
  row('MC3003', 'error', 'Square matrix needed', 'The operation exists for square matrices only.', 'A : matrix(m, n); F = inv(A)', "Use a square matrix such as `A'*A`, or `pinv`."),
  row('MC3004', 'error', 'Argument of another shape', 'A function is given an argument of a shape that it does not take.', 'A : matrix(m, n); s = softmax(A)', 'Give it an argument of the shape that its signature names.'),
  row('MC3005', 'error', 'Which norm?', '`norm` is the Euclidean norm of a vector. A matrix has several norms.', 'A : matrix(m, n); f = norm(A)', 'Write `normF`, `norm2` or `normNuc`.'),
  row('MC3006', 'error', 'Identity without a size', 'Nothing around this `I` says its size.', 'f = tr(I)', 'Write `I(n)`.'),
  row('MC3007', 'error', 'Size cannot be found', 'Nothing around this basis vector, block or expression says its size.', 'f = sum(e(1))', 'Say the size: `e(i, n)`, `E(i, j, m, n)`, `zeros(m, n)`.'),
  row('MC3008', 'hint', 'Scalar added to a square matrix', 'A scalar adds to every entry of a matrix. With a square matrix a multiple of the identity is often meant.', 'A : matrix(n, n); F = A + 1', 'Write `* I` behind the scalar where the identity was meant.'),
  row('MC3009', 'error', 'Impossible size', 'A size must be a whole number that is at least 1.', 'x : vector(0)', 'Correct the size.'),
  row('MC3010', 'error', 'Not a size', 'A size is made of dimension names, whole numbers, sums and products.', 'x : vector(sin(n))', 'Write a sum or product of dimension names and whole numbers.'),
  row('MC3011', 'error', 'Contradictory sizes', 'Two statements about dimensions exclude each other.', 'dim n = 3; dim n = 4', 'Keep one of them.'),
  row('MC3012', 'error', 'Contradictory structure', 'Structure words that exclude each other, or that need a square matrix.', 'A : matrix(m, n) posdef', 'Remove the word, or make the matrix square.'),
  row('MC3013', 'error', 'Outside the bounds', 'An entry or slice beyond the size of the array. Indices count from 1.', 'x : vector(3); f = x[4]', 'Correct the index.'),
  row('MC3014', 'error', 'Blocks do not fit', 'Blocks in a row must be equally high, and the rows equally wide.', '[A, B; C, D]', 'Correct the shapes or the order of the blocks.'),
  row('MC3015', 'error', 'Gradient of an array', 'A gradient is that of a scalar. An array has a Jacobian.', 'grad(A*x, x)', 'Write `jacobian`.'),
  row('MC3016', 'error', 'Direction of another shape', 'A direction has the shape of the variable; that of `vjp` the shape of the function.', 'diff(f, x, A)', 'Give a direction of that shape.'),
  row('MC3017', 'error', 'Power of such a shape', 'A power needs a square matrix or a scalar below and a scalar above. `.^` takes powers of the entries.', 'x : vector(n); f = x^2', "Write `.^`, or `x'*x`."),
  row('MC3018', 'error', 'Sides of different shapes', 'The two sides of a claim or assumption must have one shape.', "check A*x == x'", 'Transpose one of the sides.'),
  row('MC3019', 'information', 'Rows taken to be at least as many as columns', 'The smaller of two sizes is needed, and nothing says which it is.', 'X : matrix(m, n); s = svdvals(X)', 'Write `dim m >= n` or `dim n >= m`.'),
  row('MC3020', 'error', 'Too large', 'Putting definitions into each other gives an expression beyond the limit.', 'f(x) = g(g(g(x)))', 'Use fewer calls with other arguments than those of the definition.'),
  row('MC3022', 'warning', 'Division by 0', 'A quotient is by the number 0, or a power of 0 has a negative exponent: it has no value at any point.', 'x : scalar\nf = x / (1 - 1)', 'Divide by something else.'),
  row('MC3021', 'hint', 'Blocks without commas', 'Factors beside each other are a product, also between brackets; elsewhere (MATLAB) a blank separates blocks.', 'A, B : matrix(n, n); M = [A B; B A]', 'Write commas where blocks were meant: `[A, B; B, A]`.'),
  // 4: calculus
  row('MC4001', 'error', 'No derivative', 'The engine has no derivative for this expression, or it does not exist; the message says why.', 'X : matrix(n, n)\nx : vector(n)\nf = sum(sum(delta(i, j)*X[i, j]*x[i], j = 1:n), i = 1:n)\ngrad(f, X)', 'Rewrite the expression, or add the structure that makes it differentiable.'),
  // 5: generation
  row('MC5001', 'warning', 'Stale generated code', 'The formula above a block of generated code has changed since the block was written.', '// @mcalc f = 2*x', 'Generate again: the lens above the formula, or the quick fix.'),
  // 6: verification
  row('MC6001', 'error', 'False claim', 'The two sides of a `check` differ at a point, which the message shows.', 'x : vector(n); f = x\'*x; check grad(f, x) == x', 'Correct one of the sides.'),
  row('MC6002', 'error', 'Refuted derivative', 'The derivative disagrees with the 64-digit differences of the function. This is a fault of mcalc, not of the formula.', 'grad(f, x)', 'Report the formula.'),
  row('MC6003', 'warning', 'Undecided', 'Neither a proof nor a counterexample was found: the point lies at a kink, is ill-conditioned, or a budget was spent.', 'g : R^n -> R\nx : vector(n)\ncheck g(x) == g(2*x)', 'Narrow the domain with structure words or `assume`; give functions a body.'),
  row('MC6004', 'error', 'No value at this point', 'The point that `mcalc eval` was given lies where the function or its derivative does not exist, or outside of what a variable is declared to be; the message names it.', 'x : scalar\nf = log(x)', 'Evaluate at a point within the domain, or declare the domain: `x : scalar positive`.'),
] as const;

export type Code = (typeof CODES)[number]['code'];

const byCode: ReadonlyMap<string, CodeRow> = new Map(CODES.map((r) => [r.code, r]));

/** The row of a code, or undefined for a code of no table. */
export const codeRow = (code: string): CodeRow | undefined => byCode.get(code);

/** A diagnostic of this code, with its row's severity. The compiler refuses a code that has no row. */
export function diagnose(code: Code, message: string, range: Range, extra: { readonly related?: readonly Related[]; readonly fixes?: readonly Fix[]; readonly severity?: Severity } = {}): Diagnostic {
  return { code, severity: extra.severity ?? byCode.get(code)?.severity ?? 'error', message, range, ...(extra.related && { related: extra.related }), ...(extra.fixes && { fixes: extra.fixes }) };
}
