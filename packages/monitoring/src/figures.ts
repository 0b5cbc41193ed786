/** The alliance's figures: defaults that its own procedure may change (infra/decisions/0019-visits.md). */

/** How long a provider has to comment on a finding, in calendar days after the day on which it was asked. */
export const REPLY_DAYS = 14;

/** How long before an action is due its borough is reminded, in calendar days. */
export const ACTION_NOTICE_DAYS = 7;

/** How long after its day an action that is not done moves up to the assistant director, in calendar days. */
export const ESCALATED_AFTER_DAYS = 7;

/** How many photos a care-experienced visitor adds to a visit. */
export const MOST_PHOTOS = 3;
