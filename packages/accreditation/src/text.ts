import { required } from '@accord/access';
import { badInput } from '@accord/kernel';

const LONGEST_TEXT = 10_000;

/** Twelve digits that begin with two noughts, in a row or in groups, and no longer number. */
const CERTIFICATE_NUMBER = /(?<!\d[ -]?)00(?:[ -]?\d){10}(?![ -]?\d)/;

/**
 * A text that has to be there.
 * @throws AccordError `BAD_USER_INPUT` when it is empty, too long, or has a DBS certificate's number in it:
 * Accord keeps none (rules 14; Police Act 1997 s124).
 */
export function requiredText(path: string, value: string): string {
  const trimmed = required(path, value);
  if (trimmed.length > LONGEST_TEXT)
    throw badInput(path, `Write at most ${LONGEST_TEXT} characters; this has ${trimmed.length}.`);
  if (CERTIFICATE_NUMBER.test(trimmed))
    throw badInput(
      path,
      'This looks like the number of a DBS certificate. Leave out numbers, contents and names: "sampled on, gaps".',
    );
  return trimmed;
}

export const optionalText = (path: string, value: string | null | undefined): string | null =>
  (value ?? '').trim() === '' ? null : requiredText(path, value ?? '');
