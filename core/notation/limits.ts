/** How much the search for a short form may try. Counts, so that results do not depend on the machine. */

/** Groups that are tried among the terms of a sum, of a group's sum, and so on; those inside the last are printed as they stand. */
export const MAX_GROUPS: readonly number[] = [3, 1];
/** Sums with more terms are printed as they stand, but for groups that take in all terms. */
export const MAX_SEARCHED_TERMS = 14;
/** A product of sums is multiplied out for comparison up to here. */
export const MAX_EXPANDED_TERMS = 24;
/** Factors that are taken out of a sum together. */
export const MAX_RUN = 3;
/** Rounds in which a new name is looked for, and candidates printed in each. */
export const MAX_NAMES = 3;
export const MAX_CANDIDATES = 3;
/** An expression of more operators and leaves gets names for its repeated parts before any search. */
export const MAX_SEARCHED_SIZE = 400;
/** The least size of a part that is named so. */
export const MIN_FORCED_SIZE = 24;
/** A form that is longer once its own names are written out is left out, and a note says so. The parser reads as much back. */
export const MAX_WRITTEN_OUT = 5000;
/** Entries of nested products with more terms would be longer than that. */
export const MAX_ENTRY_TERMS = 1000;
