import { badInput, londonDate } from '@accord/kernel';
import { plainText } from '../personal-data.js';

const LONGEST_TEXT = 5000;

/** A text that has to be there, and that others may read. @throws AccordError `BAD_USER_INPUT` as `plainText` does. */
export const requiredText = (path: string, value: string): string => plainText(path, value, LONGEST_TEXT);

/** The day from which something holds or no longer does: today unless given. @throws `BAD_USER_INPUT` for a day that is over. */
export function dayFromToday(path: string, day: string | null | undefined): string {
  const today = londonDate(new Date());
  if (day === null || day === undefined) return today;
  if (day < today) throw badInput(path, `This day is over: give ${today} or a later one.`);
  return day;
}

export const later = (one: string, other: string): string => (one > other ? one : other);
