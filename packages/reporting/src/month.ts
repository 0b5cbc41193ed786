import { badInput } from '@accord/kernel';

/** A month of London's calendar, by its first day, `YYYY-MM-01`. */
export type Month = string;

export const monthOf = (day: string): Month => `${day.slice(0, 7)}-01`;

/** The month so many after it; before it where negative. */
export function monthAfter(month: Month, count: number): Month {
  const date = new Date(`${month}T00:00:00Z`);
  date.setUTCMonth(date.getUTCMonth() + count);
  return date.toISOString().slice(0, 10);
}

/** As clients write it: `YYYY-MM`. */
export const writeMonth = (month: Month): string => month.slice(0, 7);

/** @throws AccordError `BAD_USER_INPUT` for what is no month. */
export function readMonth(path: string, text: string): Month {
  if (!/^\d{4}-(0[1-9]|1[0-2])$/.test(text)) throw badInput(path, 'Expected a month such as 2026-11.');
  return `${text}-01`;
}

/** Of which month the returns are that a month's report is made of: there is a month's time to give them. */
export const returnsOf = (month: Month): Month => monthAfter(month, -1);
