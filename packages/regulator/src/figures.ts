/** What was published longer ago is no news: it comes in without a word to anybody (rules 17). */
export const SILENT_AFTER_DAYS = 30;

/** After so many tries that got no further an import is given up: the fault is not in the moment. */
export const MOST_TRIES = 5;

/** So often a batch is written anew when somebody else wrote the same rows meanwhile. */
export const BATCH_TRIES = 3;

/** The file is kept in pieces of this size until it has come in. */
export const PART_BYTES = 262_144;
