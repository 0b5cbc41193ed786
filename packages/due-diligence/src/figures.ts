/** How long before an answer lapses it is EXPIRING and those who rely on it are told, in days, where a set does not say otherwise. */
export const NOTICE_DAYS = 30;
export const MOST_NOTICE_DAYS = 365;

/** Twelve-month counts travel in bands (rules 10). */
export const COUNT_BANDS = ['0-4', '5-9', '10+'] as const;

export const LONGEST_TEXT = 2000;
export const LONGEST_NOTE = 500;
export const LONGEST_QUESTION = 500;
export const MOST_CHOICES = 20;
export const MOST_ANSWERS_AT_ONCE = 200;
/** Answers may hold for as long as a lease: beyond this it is a slip of the keyboard. */
export const MOST_MONTHS = 240;

/** A link that nobody has used holds so long, in days. */
export const LINK_DAYS = 14;
export const MOST_LINK_DAYS = 30;

/** Files of one answer. */
export const MOST_FILES = 10;
export const LONGEST_NAME = 200;
