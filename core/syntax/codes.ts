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
  row('MC1004', 'error', 'End of statement expected', 'A statement is complete and something follows it on the same line.', 'x : scalar y : scalar', 'Put the next statement on its own line, or a `;` between the two.'),
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
] as const;

export type Code = (typeof CODES)[number]['code'];

const byCode: ReadonlyMap<string, CodeRow> = new Map(CODES.map((r) => [r.code, r]));

/** The row of a code, or undefined for a code of no table. */
export const codeRow = (code: string): CodeRow | undefined => byCode.get(code);

/** A diagnostic of this code, with its row's severity. The compiler refuses a code that has no row. */
export function diagnose(code: Code, message: string, range: Range, extra: { readonly related?: readonly Related[]; readonly fixes?: readonly Fix[]; readonly severity?: Severity } = {}): Diagnostic {
  return { code, severity: extra.severity ?? byCode.get(code)?.severity ?? 'error', message, range, ...(extra.related && { related: extra.related }), ...(extra.fixes && { fixes: extra.fixes }) };
}
