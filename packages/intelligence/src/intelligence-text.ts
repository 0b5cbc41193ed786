import { optionalText, plainText, SharingInput, type Operation } from '@accord/access';
import { badInput, calendarDaysAfter } from '@accord/kernel';
import { execute } from '@accord/persistence';
import { REVIEW_AFTER_DAYS } from './retention.js';

export const LONGEST_REASON = 1000;

/** Takes the text of an item away wherever this database has it: detail, earlier wordings, conditions. */
export async function removeText(op: Operation, itemId: string): Promise<void> {
  for (const statement of [
    'delete from intelligence_detail where item_id = ?',
    'delete from intelligence_version where item_id = ?',
    'delete from police_origin where item_id = ?',
    'delete from proposed_correction where item_id = ?',
    'update intelligence_keeping set evidence = null where item_id = ?',
    'update sharing set conditions = null where id = ?',
  ]) {
    await execute(op.em, statement, [itemId]);
  }
}

/** Reasons and conditions are read by others, or handed out: nothing personal stands in them. */
export function checkedSharing(sharing: SharingInput): SharingInput {
  const reason = plainText('input.sharing.reason', sharing.reason, LONGEST_REASON);
  const conditions = optionalText('input.sharing.conditions', sharing.conditions, LONGEST_REASON);
  return Object.assign(new SharingInput(), sharing, { reason, conditions });
}

/** Review is due 90 days from now at the latest (rules 8). */
export function reviewDate(given: string | null | undefined, today: string): string {
  const latest = calendarDaysAfter(today, REVIEW_AFTER_DAYS);
  if (!isGiven(given)) return latest;
  if (given <= today || given > latest) {
    throw badInput('input.reviewOn', `Choose a day from tomorrow to ${latest}, ${REVIEW_AFTER_DAYS} days from today.`);
  }
  return given;
}

export const isGiven = <T>(value: T | null | undefined): value is T => value !== null && value !== undefined;
