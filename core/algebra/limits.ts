/** Budgets of reading names and shapes, as counts, so that results do not depend on the machine. Imports nothing. */

/** Diagnostics about names and shapes of one text. */
export const MAX_RESOLVE_DIAGNOSTICS = 100;
/** Trials of forms for the arguments of one definition that nobody declared; afterwards the first form that fits is taken. */
export const MAX_FORM_TRIALS = 4000;
/** Nodes that calls of definitions may be expanded to in one text, and the height of one expansion. */
export const MAX_INLINED_NODES = 20_000;
export const MAX_INLINED_HEIGHT = 700;
/** Degree and terms of a size. */
export const MAX_SIZE_DEGREE = 8;
export const MAX_SIZE_TERMS = 40;
