import { badInput, londonDate } from '@accord/kernel';
import { required } from '../directory.service.js';

const LONGEST_TEXT = 5000;

/** A text that has to be there. @throws AccordError `BAD_USER_INPUT` when it is empty or too long. */
export function requiredText(path: string, value: string): string {
  const trimmed = required(path, value);
  if (trimmed.length > LONGEST_TEXT)
    throw badInput(path, `Write at most ${LONGEST_TEXT} characters; this has ${trimmed.length}.`);
  return trimmed;
}

/** The day from which something holds or no longer does: today unless given. @throws `BAD_USER_INPUT` for a day that is over. */
export function dayFromToday(path: string, day: string | null | undefined): string {
  const today = londonDate(new Date());
  if (day === null || day === undefined) return today;
  if (day < today) throw badInput(path, `This day is over: give ${today} or a later one.`);
  return day;
}

export const later = (one: string, other: string): string => (one > other ? one : other);
