import { TODAY } from '@accord/persistence';

/** How long visits, answers and references are kept after they were over, in years (rules 8). */
export const KEPT_YEARS = 6;

/** SQL: so long ago was a day that what was over with it is kept no longer; null: it is not over. */
export const isLongOver = (day: string): string => `${day} <= (${TODAY} - interval '${KEPT_YEARS} years')::date`;

/** SQL: a legal hold of a record of the calling tenant's stands. */
export const isLegallyHeld = (id: string): string => `exists (select from record_hold h where h.record_id = ${id})`;

/**
 * SQL, for the policy that lets rows be deleted: the time of a record of the calling tenant's is over, and no legal
 * hold of it stands. Nothing younger can be deleted by any way at all.
 */
export const mayGo = (id: string, day: string): string => `${isLongOver(day)} and not ${isLegallyHeld(id)}`;

/** A class of records that are kept for years and no longer, and how one of them is deleted. */
export interface RecordKeeper {
  readonly kind: string;
  /** SQL of the calling tenant's own: `id`, `provider_id`, `home_id`, and `over_on`, the day from which the years run. */
  readonly records: string;
  /** Statements that delete some and what hangs on them, in their order; each binds their ids once. */
  readonly deletions: readonly string[];
  /** Whether each has a `sharing` with its id. */
  readonly isShared: boolean;
}
