import { optionalText, plainText, SharingInput } from '@accord/access';
import { badInput, londonDate } from '@accord/kernel';
import { VisitReason } from './vocabulary.js';

export const LONGEST_REASON = 1000;

/** Of one answer, one finding. */
export const LONGEST_TEXT = 10_000;

/** Reasons and conditions are read by others: nothing personal stands in them. */
export function checkedSharing(sharing: SharingInput): SharingInput {
  const reason = plainText('input.sharing.reason', sharing.reason, LONGEST_REASON);
  const conditions = optionalText('input.sharing.conditions', sharing.conditions, LONGEST_REASON);
  return Object.assign(new SharingInput(), sharing, { reason, conditions });
}

export const isGiven = <T>(value: T | null | undefined): value is T => value !== null && value !== undefined;

/** @throws AccordError `BAD_USER_INPUT` for a day that is still to come in London. */
export function pastDay(path: string, day: string): string {
  if (day > londonDate(new Date())) throw badInput(path, 'This day is still to come.');
  return day;
}

/** The reason in words, which goes with OTHER, and only with it. */
export function reasonInWords(reason: VisitReason, words: string | null | undefined): string | null {
  const path = 'input.reasonOther';
  const trimmed = (words ?? '').trim();
  if (reason !== VisitReason.OTHER) return null;
  if (trimmed === '') throw badInput(path, 'State the reason.');
  if (trimmed.length > LONGEST_REASON) throw badInput(path, `Write at most ${LONGEST_REASON} characters.`);
  return trimmed;
}
