/** The alliance's figures: defaults that its own procedure may change (infra/decisions/0008-accreditation.md). */

/** How long a provider has to reply to the gist of an adverse proposal, in calendar days after the day on which it was told. */
export const REPLY_DAYS = 14;

/** Within how many working days another lead ratifies an interim suspension. */
export const RATIFY_WORKING_DAYS = 2;

/** How long a provider may appeal, in calendar days after the day on which the decision was taken or it was told, whichever is later. */
export const APPEAL_DAYS = 28;

/** How long before a review is due the leads are told of it, in calendar days. */
export const REVIEW_NOTICE_DAYS = 28;

/** When a review is due where nobody names a day, in months after the day on which the decision takes effect. */
export const REVIEW_MONTHS = { ACCREDITED: 24, ACCREDITED_WITH_CONDITIONS: 12 } as const;
