/** The parser's budgets, as counts, so that results do not depend on the machine. Imports nothing. */

/** Brackets, exponents and arguments inside each other; each level costs the parser's stack a dozen frames. */
export const MAX_NESTING = 120;
/** Height of one expression's tree, so that whoever walks it by recursion is safe. A sum of n terms has height n. */
export const MAX_HEIGHT = 1200;
/** Indices of one finite sum. */
export const MAX_SUM_INDICES = 8;
/** Characters of one line, lines with words, words of one statement, statements of one text. */
export const MAX_LINE = 100_000;
export const MAX_LINES = 20_000;
export const MAX_STATEMENTS = 12_000;
/** Statements that are read of a text which has more than that: nobody writes it, and an answer should not take long. */
export const MAX_OF_TOO_MANY = 1000;
export const MAX_STATEMENT_TOKENS = 20_000;
/** Characters of one name or number. */
export const MAX_WORD = 200;
/** Diagnostics of one statement, and of one text; beyond the second a last one says that there are more. */
export const MAX_STATEMENT_DIAGNOSTICS = 4;
export const MAX_DIAGNOSTICS = 60;
/** Levels to which macros of a LaTeX snippet are expanded, and characters that they may expand to. */
export const MAX_MACRO_DEPTH = 64;
export const MAX_MACRO_TOKENS = 50_000;
